//! What is said to all boards of a workshop, as its stream keeps it, and how a board does it. Knows no journal.
//!
//! A call is made once it is in the workshop's stream; each board carries out the calls in their order, once each, when
//! it hears of them or when it opens next. So all boards do it or, when the call did not reach the disk, none.

use serde::{Deserialize, Serialize};

use super::{Command, Deed, Event, No, State, apply, decide};
use crate::{
    ids::{PersonId, Seq, WorkshopId},
    role::Role,
};

/// A command to all boards. It was allowed when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub by: PersonId,
    pub command: Command,
}

impl Call {
    /// The events that call number `seq` of a workshop, made at this moment, makes of a board; none when it has been
    /// carried out there. What cannot be done there, since the board goes its own way, is left.
    #[must_use]
    pub fn events(&self, workshop: WorkshopId, seq: Seq, state: &State, at: i64) -> Vec<Event> {
        if seq <= state.adopted(workshop) {
            return vec![];
        }
        let mut events = vec![Event::Adopted { workshop, call: seq, by: self.by }];
        let elsewhere = state.workshop().is_some_and(|run| run.workshop != workshop);
        if !(elsewhere && self.command.is_of_the_script()) {
            events.extend(decide(state, &self.command, self.by, Role::Facilitator, at).unwrap_or_default());
        }
        events
    }
}

/// Where a workshop stands by its calls: as a board that did all of them and nothing else.
#[derive(Debug, Clone, Default)]
pub struct Calls {
    state: State,
    seq: Seq,
    last: Option<Deed>,
}

impl Calls {
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The number of the last call; 0 before the first.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// Who made the last call, and what it did.
    #[must_use]
    pub fn last(&self) -> Option<&Deed> {
        self.last.as_ref()
    }

    /// Takes call number `seq`, made at this moment.
    pub fn take(&mut self, seq: Seq, call: &Call, at: i64) {
        let events = decide(&self.state, &call.command, call.by, Role::Facilitator, at).unwrap_or_default();
        let nothing = || Deed { by: call.by, what: "called".to_owned(), part: None };
        self.last = Some(events.last().map_or_else(nothing, Event::deed));
        events.iter().for_each(|event| apply(&mut self.state, event));
        self.seq = seq;
    }

    /// The command as all boards are to do it: *next* is the same part on all of them, wherever each is.
    ///
    /// # Errors
    /// As [`decide`]: a call that makes no sense for the workshop is not made.
    pub fn resolved(&self, command: Command, who: PersonId, role: Role, now: i64) -> Result<Command, No> {
        let events = match decide(&self.state, &command, who, role, now) {
            // A team may have begun a silent part by itself.
            Err(No::NoRound) if command.is_of_drafts() => vec![],
            decided => decided?,
        };
        // All vote alike, also a board that is in another part.
        if let (Command::OpenVote { id, title, .. }, Some(Event::VoteOpened { round, .. })) = (&command, events.first())
        {
            let (vote, scope) = (Some(round.vote), Some(round.scope.clone()));
            return Ok(Command::OpenVote { id: *id, vote, scope, title: title.clone() });
        }
        let started = events.iter().find_map(|event| match event {
            Event::PartStarted { part, .. } => Some(*part),
            _ => None,
        });
        Ok(match (command, started) {
            (Command::NextPart, Some(part)) => Command::StartPart { part },
            (Command::NextPart, None) => Command::EndPart,
            (Command::RepeatPart { .. }, Some(part)) => Command::RepeatPart { part: Some(part) },
            (other, _) => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::facilitation::any;

    fn carry_out(state: &mut State, workshop: WorkshopId, seq: Seq, call: &Call, at: i64) -> usize {
        let events = call.events(workshop, seq, state, at);
        events.iter().for_each(|event| apply(state, event));
        events.len()
    }

    #[test]
    fn a_board_does_a_call_once() {
        let (workshop, by) = (WorkshopId::new(), PersonId::new());
        let plan = Some(Arc::new(any::plan([any::part(crate::ids::PartId::new())])));
        let start = Call { by, command: Command::StartWorkshop { workshop, plan } };
        let more = Call { by, command: Command::AddMinutes { minutes: 2 } };
        let mut state = State::default();
        assert_eq!(carry_out(&mut state, workshop, 1, &start, 5), 2);
        assert_eq!(carry_out(&mut state, workshop, 1, &start, 5), 0);
        assert_eq!(carry_out(&mut state, workshop, 2, &more, 6), 1, "there is no timer, and that is done with");
        assert_eq!((state.adopted(workshop), state.adopted(WorkshopId::new())), (2, 0));
    }

    #[test]
    fn another_workshops_calls_do_not_end_the_one_that_runs() {
        let (mut state, _) = any::started(2);
        let (before, by) = (state.run.clone(), PersonId::new());
        let other = WorkshopId::new();
        carry_out(&mut state, other, 1, &Call { by, command: Command::EndWorkshop }, 0);
        carry_out(&mut state, other, 2, &Call { by, command: Command::NextPart }, 0);
        assert_eq!(state.run, before);
        carry_out(&mut state, other, 3, &Call { by, command: Command::Pause }, 0);
        assert!(state.paused, "a pause is a pause");
    }

    #[test]
    fn next_is_the_same_part_for_all() {
        let (state, parts) = any::started(2);
        let mut calls = Calls { state, ..Calls::default() };
        let by = PersonId::new();
        let next = |calls: &Calls| calls.resolved(Command::NextPart, by, Role::Owner, 0).unwrap();
        for part in parts {
            assert_eq!(next(&calls), Command::StartPart { part });
            let command = next(&calls);
            calls.take(calls.seq() + 1, &Call { by, command }, 0);
            assert_eq!(calls.last().unwrap().what, "partStarted");
        }
        assert_eq!(next(&calls), Command::EndPart);
        assert_eq!(calls.resolved(Command::NextPart, by, Role::Participant, 0), Err(No::Role));
    }

    proptest! {
        /// However often a board is interrupted while it catches up, and whatever it is told again, it comes to the same.
        #[test]
        fn catching_up_in_pieces_is_catching_up(
            commands in prop::collection::vec((any::command(), any::moment()), 0..30),
            told in prop::collection::vec(0usize..30, 0..90),
        ) {
            let (workshop, by) = (WorkshopId::from_bytes([0; 16]), PersonId::from_bytes([1; 16]));
            let calls: Vec<_> = commands.into_iter().map(|(command, at)| (Call { by, command }, at)).collect();
            let (mut once, mut pieces) = (State::default(), State::default());
            for (seq, (call, at)) in (1..).zip(&calls) {
                let json = serde_json::to_string(call).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Call>(&json).unwrap(), call);
                carry_out(&mut once, workshop, seq, call, *at);
            }
            for up_to in told.into_iter().chain([calls.len()]) {
                let from = usize::try_from(pieces.adopted(workshop)).unwrap();
                // What was done already comes again with what is new.
                for (seq, (call, at)) in (1..).zip(&calls).take(up_to).skip(from.saturating_sub(2)) {
                    carry_out(&mut pieces, workshop, seq, call, *at);
                }
            }
            prop_assert_eq!(pieces, once);
        }
    }
}
