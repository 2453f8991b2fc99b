//! The roles that a person can have on a board. Knows not what they may do: that table is `access/table.rs`.

/// A role, from most to least.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Holds the board: everything, invites of every role included.
    Owner,
    /// Runs the workshop: everything on the board, locks, invites of participants and observers.
    Facilitator,
    /// A team's member.
    Participant,
    /// Sees, and changes nothing.
    Observer,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Owner, Role::Facilitator, Role::Participant, Role::Observer];

    /// The word in the store and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Facilitator => "facilitator",
            Role::Participant => "participant",
            Role::Observer => "observer",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Owners and facilitators: those who lock, and whom locks and pauses do not bind.
    #[must_use]
    pub const fn runs_the_board(self) -> bool {
        matches!(self, Role::Owner | Role::Facilitator)
    }
}
