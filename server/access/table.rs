//! The one table of rights: role × kind of action × whose object. Knows no bytes, no sessions.
//!
//! `docs/rights.md` shows it to people; a test holds the two equal.

use std::sync::Arc;

use crate::{
    facilitation::State,
    ids::PersonId,
    rights::{Action, Allowed, Rights, Whose},
    role::Role,
};

/// What a role may do when nothing restricts it further.
#[must_use]
pub const fn allowed(role: Role) -> Allowed {
    let none = match role {
        Role::Owner | Role::Facilitator => return everything(),
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

const fn everything() -> Allowed {
    let mut all = Allowed::NONE;
    let mut a = 0;
    while a < Action::ALL.len() {
        let mut w = 0;
        while w < Whose::ALL.len() {
            all = all.with(Action::ALL[a], Whose::ALL[w]);
            w += 1;
        }
        a += 1;
    }
    all
}

/// The rights of one person now: the role's row, the board's locks, the pause.
#[must_use]
pub fn rights(person: PersonId, role: Role, state: &State) -> Rights {
    Rights {
        person,
        allowed: allowed(role),
        locked: Arc::clone(&state.locked),
        read_only: state.paused && !role.runs_the_board(),
    }
}
