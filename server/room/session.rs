//! The session state of a board: facilitation with its recent past, people, storage; and its JSON for one person.
//! Knows no peers and no journal.

use std::collections::{HashSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use crate::{
    access::table,
    clock,
    facilitation::{self, Event, State},
    ids::{PersonId, Seq},
    limits,
    rights::{Action, Rights, Whose},
    role::Role,
    store::{Health, records::Person},
};

/// The facilitation state as a checkpoint keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    seq: Seq,
    state: State,
}

/// The JSON of a checkpoint's facilitation.
pub(super) fn keep(seq: Seq, state: &State) -> String {
    serde_json::to_string(&Kept { seq, state: state.clone() }).unwrap_or_default()
}

/// Reads what [`keep`] wrote. A checkpoint that something else made may hold the bare state; then its number is
/// the checkpoint's. `None` when it is neither.
pub(super) fn kept(json: &str, checkpoint: Seq) -> Option<(Seq, State)> {
    if json.is_empty() {
        return Some((0, State::default()));
    }
    match serde_json::from_str::<Kept>(json) {
        Ok(kept) => Some((kept.seq, kept.state)),
        Err(_) => serde_json::from_str(json).ok().map(|state| (checkpoint, state)),
    }
}

pub(super) struct Session {
    /// Facilitation states, oldest first; never empty: those that may still bind somebody.
    states: VecDeque<(Seq, Instant, State)>,
    pub(super) people: Vec<(Person, Role)>,
    pub(super) storage: Health,
}

impl Session {
    pub(super) fn new(seq: Seq, state: State) -> Self {
        Self { states: [(seq, clock::instant(), state)].into(), people: Vec::new(), storage: Health::Good }
    }

    /// The number of the newest facilitation event.
    pub(super) fn seq(&self) -> Seq {
        self.states.back().map_or(0, |(seq, _, _)| *seq)
    }

    pub(super) fn state(&self) -> State {
        self.states.back().map(|(_, _, state)| state.clone()).unwrap_or_default()
    }

    /// Takes an event that is in the journal as number `seq`.
    pub(super) fn apply(&mut self, seq: Seq, event: &Event) {
        let mut state = self.state();
        facilitation::apply(&mut state, event);
        self.push(seq, state);
    }

    /// Takes the state after entry `seq` as read anew from the journal.
    pub(super) fn replace(&mut self, seq: Seq, state: State) {
        if seq != self.seq() {
            self.push(seq, state);
        }
    }

    fn push(&mut self, seq: Seq, state: State) {
        self.states.push_back((seq, clock::instant(), state));
        // One that is older than the grace binds nobody who has a newer one that is older than it too.
        while self.states.get(1).is_some_and(|(_, since, _)| since.elapsed() >= limits::GRACE) {
            self.states.pop_front();
        }
    }

    /// The rights by which an update is judged, one after the other: it may enter if any of them lets it. The
    /// newest always counts, older ones as long as the connection has not confirmed what followed them, and
    /// for the grace time at most.
    pub(super) fn rights(&self, person: PersonId, role: Role, seen: Seq) -> Vec<Rights> {
        let binds = |(seq, since, _): &(Seq, Instant, State)| *seq <= seen || since.elapsed() >= limits::GRACE;
        let oldest = self.states.iter().rposition(binds).unwrap_or(0);
        let states = self.states.iter().skip(oldest).rev();
        states.map(|(_, _, state)| table::rights(person, role, state)).collect()
    }

    /// What is the same in everyone's session state: members of an object, without braces.
    pub(super) fn shared(&self, here: &HashSet<PersonId>, guests: &[(Person, Role)]) -> Map<String, Value> {
        let state = self.state();
        let mut locked: Vec<&String> = state.locked.iter().collect();
        locked.sort_unstable();
        let person = |(person, role): &(Person, Role)| json!({ "person": person.id, "name": person.name, "role": role, "here": here.contains(&person.id) });
        let people: Vec<Value> = self.people.iter().chain(guests).map(person).collect();
        let storage = match self.storage {
            Health::Good => "good",
            Health::Full => "full",
            Health::Failing => "failing",
        };
        let shared = json!({ "people": people, "locked": locked, "paused": state.paused, "storage": storage });
        match shared {
            Value::Object(shared) => shared,
            _ => Map::new(),
        }
    }

    /// What is the receiver's own.
    pub(super) fn own(&self, person: PersonId, role: Role) -> (Value, Value) {
        let rights = table::rights(person, role, &self.state());
        let whose = |action: Action| -> Value {
            let allowed = |whose: &Whose| !rights.read_only && rights.allowed.has(action, *whose);
            json!(Whose::ALL.into_iter().filter(allowed).collect::<Vec<_>>())
        };
        let row: Map<String, Value> = Action::ALL
            .into_iter()
            .filter_map(|action| Some((json!(action).as_str()?.to_owned(), whose(action))))
            .collect();
        (json!({ "person": person, "role": role }), Value::Object(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_only(session: &Session, seen: Seq) -> Vec<bool> {
        session.rights(PersonId::new(), Role::Participant, seen).iter().map(|rights| rights.read_only).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_binds_who_has_seen_it_at_once_and_others_after_the_grace() {
        let mut session = Session::new(0, State::default());
        session.apply(5, &Event::Paused { by: PersonId::new() });
        assert_eq!(read_only(&session, 0), [true, false]);
        assert_eq!(read_only(&session, 5), [true]);
        tokio::time::advance(limits::GRACE).await;
        assert_eq!(read_only(&session, 0), [true]);
        session.apply(6, &Event::Resumed { by: PersonId::new() });
        assert_eq!(read_only(&session, 5), [false, true]);
    }

    #[test]
    fn a_kept_state_comes_back_with_its_number() {
        let state = State { paused: true, ..State::default() };
        assert_eq!(kept(&keep(7, &state), 9), Some((7, state.clone())));
        assert_eq!(kept(&serde_json::to_string(&state).unwrap(), 9), Some((9, state)));
        assert_eq!(kept("", 9), Some((0, State::default())));
        assert_eq!(kept("nonsense", 9), None);
    }
}
