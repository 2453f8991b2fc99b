//! Silent writing: rounds in which everybody writes for themselves until it is revealed. Knows no drafts.
//!
//! A round begins with a part that is written in silence and goes on until a facilitator reveals what was written, or throws
//! it away; the part may end before. What comes later is of the round's next number, and waits to be revealed too.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Event, May, Naming, Part, State, Writing};
use crate::{
    ids::{PartId, PersonId, RoundId},
    limits,
    rights::{Action, Allowed, PartRights},
};

/// A round of silent writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SilentRound {
    pub id: RoundId,
    pub part: PartId,
    /// As it was when people began to write: what they were told then holds.
    pub naming: Naming,
    /// Kinds of items that may be written; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Arc<[String]>>,
    /// How often it was revealed.
    #[serde(default)]
    pub reveals: u32,
    /// What was written was thrown away: nothing more is written.
    #[serde(default)]
    pub discarded: bool,
    /// Everybody sees how many people have written something.
    #[serde(default)]
    pub counted: bool,
    /// Where the newest reveal put what there was: x, y, width, height in board units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<[i64; 4]>,
}

impl SilentRound {
    /// The number of the drafts that are written now, from 1: those of earlier ones are closed.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.reveals.saturating_add(1)
    }

    /// Whether nobody has decided yet what becomes of what was written.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.reveals == 0 && !self.discarded
    }

    /// What a part that is this round's leaves of a person's rights on their draft.
    #[must_use]
    pub fn rights(&self, own: Allowed) -> Option<PartRights> {
        let kinds = self.kinds.clone()?;
        Some(PartRights { part: self.part, allowed: own, kinds, texts: None })
    }
}

impl State {
    /// The round of this id.
    #[must_use]
    pub fn round(&self, id: RoundId) -> Option<&SilentRound> {
        self.rounds.iter().find(|round| round.id == id)
    }

    /// The round that people write in now: the running part is silent, and what is written in it is not revealed.
    #[must_use]
    pub fn writing(&self) -> Option<&SilentRound> {
        let part = self.workshop()?.part().filter(|part| part.writing == Writing::Silent)?;
        self.rounds.iter().rev().find(|round| round.part == part.id).filter(|round| round.is_open())
    }

    /// The round that a command is about: the newest of a part, or else the newest open one, or else the newest.
    pub(super) fn round_of(&self, part: Option<PartId>) -> Option<&SilentRound> {
        let newest = || self.rounds.iter().rev();
        match part {
            Some(part) => newest().find(|round| round.part == part),
            None => newest().find(|round| round.is_open()).or_else(|| newest().next()),
        }
    }

    pub(super) fn begin_round(&mut self, round: SilentRound) {
        let rounds = Arc::make_mut(&mut self.rounds);
        if rounds.iter().any(|there| there.id == round.id) {
            return;
        }
        rounds.push(round);
        if rounds.len() > limits::ROUNDS {
            let closed = rounds.iter().position(|round| !round.is_open()).unwrap_or_default();
            rounds.remove(closed);
        }
    }

    pub(super) fn change_round(&mut self, id: RoundId, change: impl FnOnce(&mut SilentRound)) {
        if let Some(round) = Arc::make_mut(&mut self.rounds).iter_mut().find(|round| round.id == id) {
            change(round);
        }
    }

    /// A part is another: what may be written in its open rounds follows it. Whether it has names does not.
    pub(super) fn change_kinds(&mut self, part: &Part) {
        let open = |round: &&mut SilentRound| round.part == part.id && round.is_open();
        for round in Arc::make_mut(&mut self.rounds).iter_mut().filter(open) {
            round.kinds = kinds(part);
        }
    }
}

/// What a part leaves of a participant's rights on the board while people write in private: nobody adds in the open.
pub(super) fn in_silence(part: &Part) -> PartRights {
    let allowed = part.may.as_ref().map_or(Allowed::EVERYTHING, May::allowed).without(Action::Create);
    PartRights { part: part.id, allowed, kinds: Arc::default(), texts: None }
}

fn kinds(part: &Part) -> Option<Arc<[String]>> {
    part.may.as_ref().map(|may| Arc::clone(&may.add))
}

/// The round that begins when this part does, or becomes silent while it runs.
pub(super) fn begins(part: &Part, at: i64, by: PersonId) -> Option<Event> {
    let began = || Event::WritingBegan {
        round: RoundId::of(part.id, at),
        part: part.id,
        naming: part.naming,
        kinds: kinds(part),
        at,
        by,
    };
    (part.writing == Writing::Silent).then(began)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        facilitation::{Command, No, any, apply, decide},
        role::Role,
    };

    fn silent(part: &Part, naming: Naming) -> Part {
        let may = serde_json::from_value(json!({"add": ["note"], "editOwn": true})).unwrap();
        Part { writing: Writing::Silent, naming, may: Some(may), ..part.clone() }
    }

    /// A workshop whose parts are all silent.
    fn started(parts: u8) -> (State, Vec<PartId>) {
        let (mut state, ids) = any::started(parts);
        for id in &ids {
            let part = silent(&any::part(*id), Naming::Named);
            run(&mut state, &Command::ChangePart { part: Box::new(part) }, 0).unwrap();
        }
        (state, ids)
    }

    fn run(state: &mut State, command: &Command, now: i64) -> Result<Vec<Event>, No> {
        let events = decide(state, command, PersonId::from_bytes([9; 16]), Role::Owner, now)?;
        events.iter().for_each(|event| apply(state, event));
        Ok(events)
    }

    fn may_add(state: &State) -> bool {
        state.part_rights().unwrap().allowed.has(Action::Create, crate::rights::Whose::Own)
    }

    const REVEAL: Command = Command::Reveal { part: None, late: false };

    #[test]
    fn a_silent_part_is_written_in_private_until_it_is_revealed() {
        let (mut state, ids) = started(1);
        run(&mut state, &Command::NextPart, 5).unwrap();
        let round = state.writing().unwrap().clone();
        assert_eq!((round.id, round.number(), may_add(&state)), (RoundId::of(ids[0], 5), 1, false));
        assert_eq!(run(&mut state, &REVEAL, 6).unwrap().len(), 1);
        assert!(state.writing().is_none() && may_add(&state));
        assert_eq!(state.round(round.id).unwrap().number(), 2);
        assert_eq!(run(&mut state, &REVEAL, 7), Ok(vec![]), "it is done");
        assert_eq!(run(&mut state, &Command::Reveal { part: None, late: true }, 8).unwrap().len(), 1);
        run(&mut state, &Command::RepeatPart { part: None }, 9).unwrap();
        assert_ne!(state.writing().unwrap().id, round.id);
    }

    #[test]
    fn a_part_without_rules_leaves_everything_but_adding() {
        let (mut state, ids) = any::started(1);
        let part = Part { writing: Writing::Silent, ..any::part(ids[0]) };
        run(&mut state, &Command::ChangePart { part: Box::new(part) }, 0).unwrap();
        run(&mut state, &Command::NextPart, 1).unwrap();
        let rights = state.part_rights().unwrap();
        assert_eq!(rights.allowed, Allowed::EVERYTHING.without(Action::Create));
        assert!(rights.kinds.is_empty() && state.writing().unwrap().kinds.is_none());
    }

    #[test]
    fn what_a_part_left_behind_can_be_revealed_or_thrown_away() {
        let (mut state, ids) = started(3);
        assert_eq!(run(&mut state, &REVEAL, 0), Err(No::NoRound));
        for now in 1..=3 {
            run(&mut state, &Command::NextPart, now).unwrap();
        }
        run(&mut state, &Command::EndPart, 4).unwrap();
        assert!(state.writing().is_none());
        run(&mut state, &Command::DiscardDrafts { part: ids[1] }, 5).unwrap();
        assert_eq!(run(&mut state, &Command::Reveal { part: Some(ids[1]), late: true }, 5), Err(No::NoRound));
        run(&mut state, &Command::Reveal { part: Some(ids[0]), late: false }, 5).unwrap();
        let open: Vec<_> = state.rounds.iter().map(|round| (round.is_open(), round.discarded)).collect();
        assert_eq!(open, [(false, false), (false, true), (true, false)]);
        assert_eq!(
            run(&mut state, &Command::DiscardDrafts { part: ids[0] }, 6),
            Err(No::NoRound),
            "it is on the board"
        );
    }

    #[test]
    fn what_people_were_told_of_names_holds_and_kinds_follow_the_part() {
        let (mut state, ids) = started(1);
        run(&mut state, &Command::NextPart, 1).unwrap();
        let mut part = silent(&any::part(ids[0]), Naming::Anonymous);
        part.may.as_mut().unwrap().add = vec!["idea".to_owned()].into();
        run(&mut state, &Command::ChangePart { part: Box::new(part.clone()) }, 2).unwrap();
        let round = state.writing().unwrap();
        assert_eq!((round.naming, round.kinds.as_deref()), (Naming::Named, Some(&["idea".to_owned()][..])));
        // Open and silent again: another round.
        let first = round.id;
        let open = Part { writing: Writing::Open, naming: Naming::Named, ..part.clone() };
        run(&mut state, &Command::ChangePart { part: Box::new(open) }, 3).unwrap();
        assert!(state.writing().is_none() && may_add(&state));
        run(&mut state, &Command::ChangePart { part: Box::new(part) }, 4).unwrap();
        let round = state.writing().unwrap();
        assert!(round.id != first && round.naming == Naming::Anonymous);
    }

    #[test]
    fn rounds_at_the_limit_and_one_past_it() {
        let (mut state, ids) = started(1);
        for now in (0..).take(limits::ROUNDS) {
            run(&mut state, &Command::RepeatPart { part: Some(ids[0]) }, now).unwrap();
        }
        assert_eq!(state.rounds.len(), limits::ROUNDS);
        let (first, second) = (state.rounds[0].id, state.rounds[1].id);
        state.change_round(second, |round| round.reveals = 1);
        run(&mut state, &Command::RepeatPart { part: None }, 1_000).unwrap();
        assert_eq!(state.rounds.len(), limits::ROUNDS);
        assert!(state.round(first).is_some() && state.round(second).is_none(), "the oldest that nobody waits for goes");
    }

    #[test]
    fn counts_are_shown_when_a_facilitator_says_so() {
        let (mut state, _) = started(1);
        run(&mut state, &Command::NextPart, 1).unwrap();
        assert!(!state.writing().unwrap().counted);
        assert_eq!(run(&mut state, &Command::ShowCounts { part: None, shown: false }, 1), Ok(vec![]));
        run(&mut state, &Command::ShowCounts { part: None, shown: true }, 1).unwrap();
        assert!(state.writing().unwrap().counted);
    }
}
