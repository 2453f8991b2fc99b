//! The one table of rights: role × kind of action × whose object. Knows no bytes, no sessions.
//!
//! `docs/rights.md` shows it to people; a test holds the two equal.

use std::sync::Arc;

use crate::{
    facilitation::{SilentRound, State},
    ids::PersonId,
    rights::{Action, Allowed, Rights, Whose},
    role::Role,
};

/// What a role may do when nothing restricts it further.
#[must_use]
pub const fn allowed(role: Role) -> Allowed {
    let none = match role {
        Role::Owner | Role::Facilitator => return Allowed::EVERYTHING,
        // A team works on one board together: its members change each other's notes. Locked objects
        // are in nobody's row here, and the board's own title is the facilitators'.
        Role::Participant => Allowed::NONE,
        Role::Observer => return Allowed::NONE,
    };
    none.with(Action::Create, Whose::Own)
        .with(Action::Edit, Whose::Own)
        .with(Action::Edit, Whose::Others)
        .with(Action::Move, Whose::Own)
        .with(Action::Move, Whose::Others)
        .with(Action::Connect, Whose::Own)
        .with(Action::Connect, Whose::Others)
        .with(Action::Delete, Whose::Own)
        .with(Action::Delete, Whose::Others)
        .with(Action::Comment, Whose::Own)
}

/// The rights of one person now: the role's row, the board's locks, the pause, the part of the script. Pause and part bind
/// nobody who runs the board.
#[must_use]
pub fn rights(person: PersonId, role: Role, state: &State) -> Rights {
    let bound = !role.runs_the_board();
    Rights {
        person,
        allowed: allowed(role),
        locked: Arc::clone(&state.locked),
        read_only: state.paused && bound,
        part: if bound { state.part_rights() } else { None },
    }
}

/// The rights of one person on what they write in private in a round; `None` when they write nothing there: only whom parts bind
/// do. All of it is their own, and nobody else's is in their reach.
#[must_use]
pub fn draft(person: PersonId, role: Role, state: &State, round: &SilentRound) -> Option<Rights> {
    if role != Role::Participant || round.discarded {
        return None;
    }
    let own = [Action::Create, Action::Edit, Action::Move, Action::Delete];
    let own = own.into_iter().fold(Allowed::NONE, |own, action| own.with(action, Whose::Own));
    Some(Rights { person, allowed: own, locked: Arc::default(), read_only: state.paused, part: round.rights(own) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word in JSON.
    fn word(value: impl serde::Serialize) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    fn row(action: Action) -> Vec<String> {
        let cell = |role| {
            let whose = Whose::ALL.into_iter().filter(|whose| allowed(role).has(action, *whose)).map(word);
            let whose = whose.collect::<Vec<_>>().join(", ");
            if whose.is_empty() { "–".to_owned() } else { whose }
        };
        std::iter::once(format!("`{}`", word(action))).chain(Role::ALL.map(cell)).collect()
    }

    #[test]
    fn the_document_shows_this_table() {
        let text = include_str!("../../docs/rights.md");
        let edits = text.split("## Edits").nth(1).unwrap().split("\n## ").next().unwrap();
        let mut lines = edits.lines().filter(|line| line.starts_with('|')).map(|line| {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            // The second column says in words what the action is.
            cells.into_iter().enumerate().filter(|(n, _)| *n != 1).map(|(_, cell)| cell).collect::<Vec<_>>()
        });
        let roles: Vec<String> = Role::ALL.map(word).to_vec();
        assert_eq!(lines.next().unwrap()[1..], roles[..]);
        lines.next();
        assert_eq!(lines.collect::<Vec<_>>(), Action::ALL.map(row).to_vec());
    }

    #[test]
    fn a_pause_binds_teams_and_not_those_who_run_the_board() {
        let state = State { paused: true, ..State::default() };
        let read_only = |role| rights(PersonId::new(), role, &state).read_only;
        assert_eq!(Role::ALL.map(read_only), [false, false, true, true]);
        assert!(!rights(PersonId::new(), Role::Participant, &State::default()).read_only);
    }
}
