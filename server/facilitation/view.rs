//! What of the facilitation each role sees: the one projection that everything told to people goes through.
//! Knows no people.

use serde::Serialize;

use super::{
    Asking, Attention, Current, Gather, Help, Lead, Message, Naming, Part, Round, Run, SilentRound, State, Timer,
};
use crate::{
    ids::{PartId, PersonId, RoundId, WorkshopId},
    programme::Names,
    role::Role,
};

/// What somebody of a role sees.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View<'a> {
    script: Option<Script<'a>>,
    timer: Option<TimerNow>,
    message: Option<&'a Message>,
    /// Kinds of items that may be made now; null: all that the role may.
    adds: Option<Vec<String>>,
    /// Rounds of silent writing, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rounds: Vec<Silent<'a>>,
    attention: Asked<'a>,
    /// The vote that is open.
    vote: Option<&'a Round>,
    /// Whether the receiver may vote now, when one is.
    may_vote: bool,
    /// How many votes have a result.
    results: usize,
    /// The survey that is to be answered.
    survey: Option<Asking>,
}

/// Who asks for attention, and who leads.
#[derive(Debug, Serialize)]
struct Asked<'a> {
    /// When this was said, by the clock of the moments in it.
    now: i64,
    hands: Vec<Hand>,
    help: Vec<Helped<'a>>,
    done: Vec<PersonId>,
    gather: Option<&'a Gather>,
    lead: Option<&'a Lead>,
}

#[derive(Debug, Serialize)]
struct Hand {
    person: PersonId,
    at: i64,
}

#[derive(Debug, Serialize)]
struct Helped<'a> {
    person: PersonId,
    at: i64,
    /// What is wrong is between who asks and those who help.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    coming: Option<PersonId>,
}

impl<'a> Asked<'a> {
    fn new(attention: &'a Attention, role: Role, now: i64) -> Self {
        let mut hands: Vec<Hand> =
            attention.hands.iter().map(|(person, at)| Hand { person: *person, at: *at }).collect();
        hands.sort_by_key(|hand| hand.at);
        let helped = |help: &'a Help| Helped {
            person: help.person,
            at: help.at,
            text: role.runs_the_board().then_some(&*help.text),
            coming: help.coming,
        };
        Self {
            now,
            hands,
            help: attention.help.iter().map(helped).collect(),
            done: attention.done.iter().copied().collect(),
            gather: attention.gather.as_ref(),
            lead: attention.lead.as_ref(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Script<'a> {
    workshop: WorkshopId,
    title: &'a Names,
    since: i64,
    ended: Option<i64>,
    part: Option<Current>,
    /// How many parts the agenda has, also those that are not told.
    count: usize,
    parts: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    part: &'a Part,
    /// Where it stands on the agenda, from 1.
    place: usize,
    progress: Progress,
    /// When it is to begin, as things are: milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Progress {
    Done,
    Current,
    Skipped,
    Ahead,
}

/// A round of silent writing, without what is written in it.
#[derive(Debug, Serialize)]
struct Silent<'a> {
    round: RoundId,
    part: PartId,
    /// Of the drafts that are written now: `draft.<board>.<round>.<number>`.
    number: u32,
    naming: Naming,
    /// Kinds of items that may be written; null: all.
    adds: Option<&'a [String]>,
    /// People write in it now.
    now: bool,
    /// Nobody has decided yet what becomes of what was written.
    open: bool,
    discarded: bool,
    counted: bool,
    /// Where the newest reveal put what there was.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<[i64; 4]>,
}

/// A timer with what browsers need to count it down by a clock of their own.
#[derive(Debug, Serialize)]
struct TimerNow {
    #[serde(flatten)]
    timer: Timer,
    /// Milliseconds left when this was said.
    left: i64,
    /// When this was said.
    now: i64,
}

impl State {
    /// Participants may look back, not ahead.
    #[must_use]
    pub fn visible_to(&self, role: Role, now: i64) -> View<'_> {
        let bound = self.part_rights().filter(|_| !role.runs_the_board());
        View {
            script: self.run.as_deref().map(|run| self.script(run, role, now)),
            timer: self.timer.map(|timer| TimerNow { timer, left: timer.remaining(now), now }),
            message: self.message.as_deref(),
            adds: bound.map(|part| part.kinds.to_vec()),
            rounds: self.rounds.iter().map(|round| self.silent(round)).collect(),
            attention: Asked::new(&self.attention, role, now),
            vote: self.votes.open(),
            may_vote: self.may_vote(role).is_ok(),
            results: self.votes.closed(),
            survey: self.survey,
        }
    }

    fn silent<'a>(&self, round: &'a SilentRound) -> Silent<'a> {
        Silent {
            round: round.id,
            part: round.part,
            number: round.number(),
            naming: round.naming,
            adds: round.kinds.as_deref(),
            now: self.writing().is_some_and(|now| now.id == round.id),
            open: round.is_open(),
            discarded: round.discarded,
            counted: round.counted,
            area: round.area,
        }
    }

    fn script<'a>(&'a self, run: &'a Run, role: Role, now: i64) -> Script<'a> {
        let sees = |line: &Line<'_>| role.runs_the_board() || run.visited.contains(&line.part.id);
        Script {
            workshop: run.workshop,
            title: &run.plan.title,
            since: run.since,
            ended: run.ended,
            part: run.current,
            count: run.agenda().parts().len(),
            parts: self.lines(run, now).into_iter().filter(sees).collect(),
        }
    }

    /// Parts ahead begin when those before them have had their minutes, counted from what is left of the present one.
    fn lines<'a>(&self, run: &'a Run, now: i64) -> Vec<Line<'a>> {
        let place = run.last.and_then(|part| run.agenda().place(part));
        let left = run.current.and(self.timer).map_or(0, |timer| timer.remaining(now));
        let mut starts = now.saturating_add(left);
        let line = |(at, part): (usize, &'a Part)| {
            let progress = progress(run, part.id);
            let ahead = run.is_on() && progress != Progress::Current && place.is_none_or(|place| at > place);
            let timed = ahead && progress != Progress::Skipped;
            let line = Line { part, place: at + 1, progress, starts: timed.then_some(starts) };
            if timed {
                starts = starts.saturating_add(i64::from(part.minutes) * 60_000);
            }
            line
        };
        run.agenda().parts().iter().enumerate().map(line).collect()
    }
}

fn progress(run: &Run, part: PartId) -> Progress {
    if run.current.is_some_and(|current| current.part == part) {
        Progress::Current
    } else if run.skipped.contains(&part) {
        Progress::Skipped
    } else if run.visited.contains(&part) {
        Progress::Done
    } else {
        Progress::Ahead
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        facilitation::{Command, any, apply, decide},
        ids::PersonId,
    };

    fn run(state: &mut State, command: &Command, now: i64) {
        let events = decide(state, command, PersonId::new(), Role::Owner, now).unwrap();
        events.iter().for_each(|event| apply(state, event));
    }

    fn seen(state: &State, role: Role, now: i64) -> Value {
        serde_json::to_value(state.visible_to(role, now)).unwrap()
    }

    #[test]
    fn participants_look_back_and_not_ahead() {
        let (mut state, parts) = any::started(4);
        let word = |state: &State, role| {
            let view = seen(state, role, 0);
            let parts = view["script"]["parts"].as_array().unwrap().clone();
            parts.iter().map(|part| part["progress"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(word(&state, Role::Participant).is_empty());
        assert_eq!(word(&state, Role::Facilitator), ["ahead"; 4]);
        run(&mut state, &Command::NextPart, 0);
        run(&mut state, &Command::SkipPart { part: parts[1] }, 0);
        run(&mut state, &Command::NextPart, 0);
        assert_eq!(word(&state, Role::Observer), ["done", "current"]);
        let told = seen(&state, Role::Participant, 0)["script"].clone();
        assert_eq!((&told["count"], &told["parts"][1]["place"]), (&json!(4), &json!(3)), "three of four");
        assert_eq!(word(&state, Role::Owner), ["done", "skipped", "current", "ahead"]);
        assert!(!seen(&state, Role::Participant, 0).to_string().contains(&parts[3].to_string()));
        run(&mut state, &Command::EndWorkshop, 7);
        let view = seen(&state, Role::Participant, 9);
        assert_eq!(
            (&view["script"]["ended"], &view["script"]["part"], &view["timer"]),
            (&json!(7), &Value::Null, &Value::Null)
        );
        assert_eq!(word(&state, Role::Participant), ["done", "done"]);
    }

    #[test]
    fn parts_ahead_move_with_the_one_that_runs() {
        let (mut state, parts) = any::started(4);
        let starts = |state: &State, now| {
            let view = seen(state, Role::Facilitator, now);
            let parts = view["script"]["parts"].as_array().unwrap().clone();
            parts.iter().map(|part| part["starts"].as_i64().map(|at| at / 60_000)).collect::<Vec<_>>()
        };
        assert_eq!(starts(&state, 0), [Some(0), Some(10), Some(20), Some(30)]);
        run(&mut state, &Command::NextPart, 0);
        assert_eq!(starts(&state, 120_000), [None, Some(10), Some(20), Some(30)]);
        run(&mut state, &Command::AddMinutes { minutes: 3 }, 0);
        run(&mut state, &Command::SetMinutes { part: parts[1], minutes: 4 }, 0);
        run(&mut state, &Command::SkipPart { part: parts[2] }, 0);
        assert_eq!(starts(&state, 0), [None, Some(13), None, Some(17)]);
        run(&mut state, &Command::SetMinutes { part: parts[0], minutes: 5 }, 0);
        assert_eq!(starts(&state, 0), [None, Some(8), None, Some(12)]);
        assert_eq!(seen(&state, Role::Participant, 60_000)["timer"]["left"], json!(7 * 60_000));
    }
}
