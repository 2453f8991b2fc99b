//! The facilitation of one board, and how events change it. Knows no commands.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Asking, Attention, Barred, Deed, Event, Outcome, Part, Rounds, Run, SilentRound, Timer, writing};
use crate::{
    ids::{PersonId, Seq, WorkshopId},
    rights::PartRights,
    role::Role,
};

/// How many objects can be locked at once; the set travels to every client.
pub const LOCKS: usize = 2_000;

/// The facilitation of one board. A clone shares what is large.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// Ids of locked objects.
    pub locked: Arc<HashSet<String>>,
    /// Only owners and facilitators may edit.
    pub paused: bool,
    /// The workshop that runs here, or the last one that did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Arc<Run>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer: Option<Timer>,
    /// The facilitators' newest message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<Message>>,
    /// Rounds of silent writing, the oldest first; at most [`crate::limits::ROUNDS`].
    #[serde(default, skip_serializing_if = "no_rounds")]
    pub rounds: Arc<Vec<SilentRound>>,
    /// The newest call of each workshop that was carried out here.
    #[serde(default, skip_serializing_if = "none")]
    pub adopted: Arc<BTreeMap<WorkshopId, Seq>>,
    /// Who asks for attention, and where facilitators lead.
    #[serde(default, skip_serializing_if = "quiet")]
    pub attention: Arc<Attention>,
    /// Votes, closed ones with their results.
    #[serde(default, skip_serializing_if = "Rounds::is_empty")]
    pub votes: Arc<Rounds>,
    /// The survey that people are asked to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<Asking>,
    /// The newest thing that somebody did to how the board is run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Deed>,
}

fn quiet(attention: &Attention) -> bool {
    attention.is_empty()
}

fn none(adopted: &BTreeMap<WorkshopId, Seq>) -> bool {
    adopted.is_empty()
}

fn no_rounds(rounds: &[SilentRound]) -> bool {
    rounds.is_empty()
}

/// What facilitators tell a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FacilitatorsMessage)]
pub struct Message {
    pub text: String,
    /// Milliseconds since 1970.
    pub at: i64,
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub by: PersonId,
}

impl State {
    /// The workshop that runs here.
    #[must_use]
    pub fn workshop(&self) -> Option<&Run> {
        self.run.as_deref().filter(|run| run.is_on())
    }

    /// What the running part leaves of a participant's rights; `None`: all of them.
    #[must_use]
    pub fn part_rights(&self) -> Option<PartRights> {
        let part = self.workshop()?.part()?;
        if self.writing().is_some() { Some(writing::in_silence(part)) } else { part.rights() }
    }

    /// Whether somebody of this role may vote now, as far as it is not about a vote of their own: participants, when neither a pause
    /// nor the part that runs forbids it.
    ///
    /// # Errors
    /// Says what forbids it.
    pub fn may_vote(&self, role: Role) -> Result<(), Barred> {
        let part = self.workshop().and_then(Run::part);
        match part {
            _ if role != Role::Participant => Err(Barred::Role),
            _ if self.paused => Err(Barred::Paused),
            Some(part) if part.may.as_ref().is_some_and(|may| !may.vote) => Err(Barred::Part(part.id)),
            _ => Ok(()),
        }
    }

    /// The newest call of a workshop that was carried out here; 0 when none was.
    #[must_use]
    pub fn adopted(&self, workshop: WorkshopId) -> Seq {
        self.adopted.get(&workshop).copied().unwrap_or_default()
    }

    fn run_mut(&mut self) -> Option<&mut Run> {
        self.run.as_mut().map(Arc::make_mut)
    }
}

/// The state after an event. Total: any event applies to any state.
pub fn apply(state: &mut State, event: &Event) {
    if event.steers() {
        state.last = Some(event.deed());
    }
    if Attention::is_changed_by(event) {
        Arc::make_mut(&mut state.attention).apply(event);
    }
    match event {
        Event::Locked { objects, .. } => Arc::make_mut(&mut state.locked).extend(objects.iter().cloned()),
        Event::Unlocked { objects, .. } => {
            let locked = Arc::make_mut(&mut state.locked);
            for id in objects {
                locked.remove(id);
            }
        }
        Event::Paused { .. } => state.paused = true,
        Event::Resumed { .. } => state.paused = false,
        Event::WorkshopStarted { workshop, plan, at, .. } => {
            state.run = Some(Arc::new(Run::new(*workshop, plan.clone(), *at)));
            state.timer = None;
        }
        Event::WorkshopEnded { at, .. } => {
            if let Some(run) = state.run_mut() {
                (run.ended, run.current) = (Some(*at), None);
            }
            state.timer = None;
        }
        Event::PartStarted { part, timer, frame, at, .. } => {
            if let Some(run) = state.run_mut() {
                run.happens_in(*part, frame.as_ref());
                run.start(*part, *at);
            }
            state.timer = Some(*timer);
        }
        Event::PartEnded { part, .. } => {
            if let Some(run) = state.run_mut() {
                run.end_part(*part);
            }
            state.timer = None;
        }
        Event::PartSkipped { part, .. } => {
            if let Some(run) = state.run_mut() {
                run.skip(*part);
            }
        }
        Event::Reordered { parts, .. } => {
            if let Some(run) = state.run_mut() {
                run.plan.agenda = run.plan.agenda.reordered(parts);
            }
        }
        Event::PartChanged { part, .. } => {
            if let Some(run) = state.run_mut() {
                run.plan.agenda.replace(Part::clone(part));
            }
            state.change_kinds(part);
        }
        Event::MinutesSet { part, minutes, timer, .. } => {
            if let Some(run) = state.run_mut()
                && let Some(there) = run.plan.agenda.part(*part)
            {
                run.plan.agenda.replace(there.lasting(*minutes));
            }
            state.timer = timer.or(state.timer);
        }
        Event::TimerSet { timer, .. } => state.timer = *timer,
        Event::Said { text, at, by } => {
            let message = || Arc::new(Message { text: text.clone(), at: *at, by: *by });
            state.message = (!text.is_empty()).then(message);
        }
        Event::WritingBegan { round, part, naming, kinds, .. } => state.begin_round(SilentRound {
            id: *round,
            part: *part,
            naming: *naming,
            kinds: kinds.clone(),
            reveals: 0,
            discarded: false,
            counted: false,
            area: None,
        }),
        Event::Revealed { round, area, .. } => state.change_round(*round, |round| {
            round.reveals = round.reveals.saturating_add(1);
            round.area = *area;
        }),
        Event::DraftsDiscarded { round, .. } => state.change_round(*round, |round| round.discarded = true),
        Event::CountsShown { round, shown, .. } => state.change_round(*round, |round| round.counted = *shown),
        Event::Adopted { workshop, call, .. } => {
            let newest = Arc::make_mut(&mut state.adopted).entry(*workshop).or_default();
            *newest = (*newest).max(*call);
        }
        Event::VoteOpened { round, .. } => Arc::make_mut(&mut state.votes).add(round),
        Event::VoteClosed { vote, at, outcome, .. } => {
            let without = || Outcome { closed: *at, ..Outcome::default() };
            let outcome = outcome.as_deref().cloned().unwrap_or_else(without);
            Arc::make_mut(&mut state.votes).close(*vote, outcome);
        }
        Event::SurveyOpened { workshop, survey, .. } => {
            state.survey = Some(Asking { workshop: *workshop, survey: *survey });
        }
        Event::SurveyClosed { workshop, survey, .. } => {
            let other = |asking: &Asking| *asking != Asking { workshop: *workshop, survey: *survey };
            state.survey = state.survey.filter(other);
        }
        attention => debug_assert!(Attention::is_changed_by(attention)),
    }
}
