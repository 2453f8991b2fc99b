//! From a command to the events that it makes. Knows no journal.

use std::collections::HashSet;

use super::{Command, Event, LOCKS, No, Part, Run, SilentRound, State, Timer, Writing, writing};
use crate::{
    board::schema,
    ids::{PartId, PersonId},
    limits,
    programme::Wrong,
    role::Role,
    text,
};

/// The events that a command makes; none when everything is already as asked. `now` is milliseconds since 1970.
///
/// # Errors
/// When the role may not, what is named is not there, or a value is out of its range.
pub fn decide(state: &State, command: &Command, who: PersonId, role: Role, now: i64) -> Result<Vec<Event>, No> {
    if !(role.runs_the_board() || command.is_everybodys()) {
        return Err(No::Role);
    }
    let by = who;
    let when = |so: bool, event: Event| if so { vec![event] } else { vec![] };
    let asker = Asker { state, by, now };
    match command {
        Command::Lock { objects } => {
            let new = changed(objects, |id| !state.locked.contains(id))?;
            if state.locked.len() + new.len() > LOCKS {
                return Err(No::TooMany);
            }
            Ok(when(!new.is_empty(), Event::Locked { objects: new, by }))
        }
        Command::Unlock { objects } => {
            let old = changed(objects, |id| state.locked.contains(id))?;
            Ok(when(!old.is_empty(), Event::Unlocked { objects: old, by }))
        }
        Command::Pause => Ok(when(!state.paused, Event::Paused { by })),
        Command::Resume => Ok(when(state.paused, Event::Resumed { by })),
        Command::StartWorkshop { workshop, plan } => {
            let plan = plan.as_ref().ok_or(No::NoWorkshop)?;
            if state.workshop().is_some_and(|run| run.workshop == *workshop) {
                return Ok(vec![]);
            }
            let mut events = asker.end_workshop();
            events.push(Event::WorkshopStarted { workshop: *workshop, plan: plan.as_ref().clone(), at: now, by });
            Ok(events)
        }
        Command::EndWorkshop => Ok(asker.end_workshop()),
        Command::StartPart { part } => {
            let run = asker.run()?;
            let part = run.agenda().part(*part).ok_or(No::NoPart)?;
            let runs = run.current.is_some_and(|current| current.part == part.id);
            Ok(if runs { vec![] } else { asker.start(run, part) })
        }
        Command::NextPart => {
            let run = asker.run()?;
            Ok(run.next().map_or_else(|| asker.end(run), |part| asker.start(run, part)))
        }
        Command::EndPart => Ok(state.workshop().map(|run| asker.end(run)).unwrap_or_default()),
        Command::SkipPart { part } => {
            let run = asker.run()?;
            known(run, *part)?;
            if run.skipped.contains(part) {
                return Ok(vec![]);
            }
            let mut events = if run.current.is_some_and(|it| it.part == *part) { asker.end(run) } else { vec![] };
            events.push(Event::PartSkipped { part: *part, by });
            Ok(events)
        }
        Command::RepeatPart { part } => {
            let run = asker.run()?;
            let part = part.or(run.last).and_then(|part| run.agenda().part(part)).ok_or(No::NoPart)?;
            Ok(asker.start(run, part))
        }
        Command::Reorder { parts } => asker.reorder(parts),
        Command::ChangePart { part } => asker.change(Part::clone(part)),
        Command::SetMinutes { part, minutes } => asker.set_minutes(*part, *minutes),
        Command::StartTimer { .. }
        | Command::PauseTimer
        | Command::ResumeTimer
        | Command::AddMinutes { .. }
        | Command::StopTimer => {
            let timer = asker.timer(command)?;
            Ok(when(timer != state.timer, Event::TimerSet { timer, by }))
        }
        Command::Reveal { part, late } => {
            let round = asker.round(*part)?;
            let event = Event::Revealed { round: round.id, part: round.part, area: None, at: now, by };
            Ok(when(round.is_open() || *late, event))
        }
        Command::DiscardDrafts { part } => {
            let round = state.round_of(Some(*part)).filter(|round| round.reveals == 0).ok_or(No::NoRound)?;
            let event = Event::DraftsDiscarded { round: round.id, part: round.part, at: now, by };
            Ok(when(!round.discarded, event))
        }
        Command::ShowCounts { part, shown } => {
            let round = asker.round(*part)?;
            Ok(when(round.counted != *shown, Event::CountsShown { round: round.id, shown: *shown, by }))
        }
        Command::Say { text } => {
            let text = text::lines(text, limits::MESSAGE_CHARS)
                .ok_or(No::Wrong(Wrong::Field("a message has at most 500 characters")))?;
            let nothing = text.is_empty() && state.message.is_none();
            Ok(when(!nothing, Event::Said { text, at: now, by }))
        }
        Command::OpenVote { .. }
        | Command::CloseVote { .. }
        | Command::OpenSurvey { .. }
        | Command::CloseSurvey { .. } => asker.vote(command),
        about_attention => attention::decide(state, about_attention, who, role, now),
    }
}

/// Whether `part` is on the agenda.
fn known(run: &Run, part: PartId) -> Result<&Part, No> {
    run.agenda().part(part).ok_or(No::NoPart)
}

/// Who asks, of which board, when.
struct Asker<'a> {
    state: &'a State,
    by: PersonId,
    now: i64,
}

impl Asker<'_> {
    fn run(&self) -> Result<&Run, No> {
        self.state.workshop().ok_or(No::NoWorkshop)
    }

    /// Ends the part that runs, if one does.
    fn end(&self, run: &Run) -> Vec<Event> {
        let ended = |current: super::Current| Event::PartEnded { part: current.part, at: self.now, by: self.by };
        run.current.map(ended).into_iter().collect()
    }

    /// One that was not thrown away.
    fn round(&self, part: Option<PartId>) -> Result<&SilentRound, No> {
        self.state.round_of(part).filter(|round| !round.discarded).ok_or(No::NoRound)
    }

    fn start(&self, run: &Run, part: &Part) -> Vec<Event> {
        let mut events = self.end(run);
        let timer = Timer::start(part.minutes, self.now);
        events.push(Event::PartStarted { part: part.id, timer, frame: None, at: self.now, by: self.by });
        events.extend(writing::begins(part, self.now, self.by));
        events
    }

    fn end_workshop(&self) -> Vec<Event> {
        let Some(run) = self.state.workshop() else { return vec![] };
        let mut events = self.end(run);
        events.push(Event::WorkshopEnded { at: self.now, by: self.by });
        events
    }

    fn reorder(&self, parts: &[PartId]) -> Result<Vec<Event>, No> {
        let run = self.run()?;
        if parts.len() > limits::AGENDA_PARTS {
            return Err(No::NoPart);
        }
        parts.iter().try_for_each(|part| known(run, *part).map(|_| ()))?;
        let order = |agenda: &super::Agenda| agenda.parts().iter().map(|part| part.id).collect::<Vec<_>>();
        let (before, after) = (order(run.agenda()), order(&run.agenda().reordered(parts)));
        Ok(if before == after { vec![] } else { vec![Event::Reordered { parts: after, by: self.by }] })
    }

    fn change(&self, part: Part) -> Result<Vec<Event>, No> {
        let run = self.run()?;
        let part = part.cleaned().map_err(No::Wrong)?;
        let before = known(run, part.id)?;
        if *before == part {
            return Ok(vec![]);
        }
        let runs = run.current.is_some_and(|current| current.part == part.id);
        let falls_silent = runs && before.writing == Writing::Open;
        let mut agenda = run.agenda().clone();
        agenda.replace(part.clone());
        if !agenda.fits() {
            return Err(No::Wrong(Wrong::Field("an agenda has at most 56 KiB")));
        }
        let began = writing::begins(&part, self.now, self.by).filter(|_| falls_silent);
        let changed = Event::PartChanged { part: Box::new(part), by: self.by };
        Ok(std::iter::once(changed).chain(began).collect())
    }

    fn set_minutes(&self, id: PartId, minutes: u32) -> Result<Vec<Event>, No> {
        let run = self.run()?;
        let part = known(run, id)?;
        bounded(i64::from(minutes), 1)?;
        if part.minutes == minutes {
            return Ok(vec![]);
        }
        let difference = i32::try_from(i64::from(minutes) - i64::from(part.minutes)).unwrap_or_default();
        let runs = run.current.is_some_and(|current| current.part == id);
        let timer = self.state.timer.filter(|_| runs).map(|timer| timer.changed(difference, self.now));
        Ok(vec![Event::MinutesSet { part: id, minutes, timer, by: self.by }])
    }

    /// The timer after a command for it.
    fn timer(&self, command: &Command) -> Result<Option<Timer>, No> {
        let there = self.state.timer.ok_or(No::NoTimer);
        Ok(match command {
            Command::StartTimer { minutes } => {
                let part = self.state.workshop().and_then(Run::part).map(|part| part.minutes);
                let minutes = minutes.or(part).ok_or(No::NoTimer)?;
                bounded(i64::from(minutes), 1)?;
                Some(Timer::start(minutes, self.now))
            }
            Command::PauseTimer => Some(there?.paused(self.now)),
            Command::ResumeTimer => Some(there?.resumed(self.now)),
            Command::AddMinutes { minutes } => {
                bounded(i64::from(*minutes), -i64::from(limits::PART_MINUTES))?;
                Some(there?.changed(*minutes, self.now))
            }
            _ => None,
        })
    }
}

fn bounded(minutes: i64, least: i64) -> Result<(), No> {
    let fits = (least..=i64::from(limits::PART_MINUTES)).contains(&minutes);
    if fits { Ok(()) } else { Err(No::Wrong(Wrong::Field("minutes is at most 480"))) }
}

/// The ids that pass `wanted`, once each.
fn changed(objects: &[String], wanted: impl Fn(&String) -> bool) -> Result<Vec<String>, No> {
    if objects.len() > LOCKS {
        return Err(No::TooMany);
    }
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for id in objects {
        if !schema::is_any_object_id(id) {
            return Err(No::BadObject);
        }
        if wanted(id) && seen.insert(id) {
            out.push(id.clone());
        }
    }
    Ok(out)
}

mod attention;
mod attention_tests;
mod tests;
mod votes;
