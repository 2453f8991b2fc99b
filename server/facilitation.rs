//! Facilitation as a pure state machine: `decide` turns a command into events, `apply` folds events.
//! Knows no tokio, no I/O and no documents.
//!
//! Events are what the journal keeps, so their JSON is a stored format: a variant or field is added, never
//! changed. Today: locks on objects, and the pause of a board. The step script, timer and votes join here.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{board::schema, ids::PersonId, role::Role};

/// How many objects can be locked at once; the set travels to every client.
pub const LOCKS: usize = 2_000;

/// The facilitation of one board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    /// Ids of locked objects.
    pub locked: Arc<HashSet<String>>,
    /// Only owners and facilitators may edit.
    pub paused: bool,
}

/// What happened, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Event {
    Locked { objects: Vec<String>, by: PersonId },
    Unlocked { objects: Vec<String>, by: PersonId },
    Paused { by: PersonId },
    Resumed { by: PersonId },
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Lock objects: only owners and facilitators can change them.
    Lock {
        objects: Vec<String>,
    },
    Unlock {
        objects: Vec<String>,
    },
    /// Pause the board: participants read only.
    Pause,
    Resume,
}

/// Why a command was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum No {
    #[error("only facilitators and owners may do this")]
    Role,
    #[error("not the id of an object")]
    BadObject,
    #[error("too many locked objects")]
    TooMany,
}

/// The events that a command makes; none when everything is already as asked.
///
/// # Errors
/// When the role may not, an id is malformed, or too many objects would be locked.
pub fn decide(state: &State, command: &Command, who: PersonId, role: Role) -> Result<Vec<Event>, No> {
    if !role.runs_the_board() {
        return Err(No::Role);
    }
    let by = who;
    match command {
        Command::Lock { objects } => {
            let new = changed(objects, |id| !state.locked.contains(id))?;
            if state.locked.len() + new.len() > LOCKS {
                return Err(No::TooMany);
            }
            Ok(if new.is_empty() { vec![] } else { vec![Event::Locked { objects: new, by }] })
        }
        Command::Unlock { objects } => {
            let old = changed(objects, |id| state.locked.contains(id))?;
            Ok(if old.is_empty() { vec![] } else { vec![Event::Unlocked { objects: old, by }] })
        }
        Command::Pause => Ok(if state.paused { vec![] } else { vec![Event::Paused { by }] }),
        Command::Resume => Ok(if state.paused { vec![Event::Resumed { by }] } else { vec![] }),
    }
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

/// The state after an event. Total: any event applies to any state.
pub fn apply(state: &mut State, event: &Event) {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";

    #[test]
    fn a_lock_is_made_once_and_undone() {
        let (mut state, who) = (State::default(), PersonId::new());
        let lock = Command::Lock { objects: vec![NOTE.into(), NOTE.into()] };
        let events = decide(&state, &lock, who, Role::Facilitator).unwrap();
        assert_eq!(events, [Event::Locked { objects: vec![NOTE.into()], by: who }]);
        events.iter().for_each(|event| apply(&mut state, event));
        assert_eq!(decide(&state, &lock, who, Role::Owner), Ok(vec![]));
        let unlock = Command::Unlock { objects: vec![NOTE.into()] };
        decide(&state, &unlock, who, Role::Owner).unwrap().iter().for_each(|event| apply(&mut state, event));
        assert_eq!(state, State::default());
    }

    #[test]
    fn participants_and_observers_facilitate_nothing() {
        for role in [Role::Participant, Role::Observer] {
            for command in [Command::Pause, Command::Lock { objects: vec![] }] {
                assert_eq!(decide(&State::default(), &command, PersonId::new(), role), Err(No::Role));
            }
        }
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        let id = |n: usize| format!("n_01J{n:0>23}");
        let full: Vec<String> = (0..LOCKS).map(id).collect();
        let who = PersonId::new();
        let mut state = State::default();
        let events = decide(&state, &Command::Lock { objects: full }, who, Role::Owner).unwrap();
        events.iter().for_each(|event| apply(&mut state, event));
        let one_more = Command::Lock { objects: vec![id(LOCKS)] };
        assert_eq!(decide(&state, &one_more, who, Role::Owner), Err(No::TooMany));
        let odd = Command::Lock { objects: vec!["<script>".into()] };
        assert_eq!(decide(&state, &odd, who, Role::Owner), Err(No::BadObject));
    }
}
