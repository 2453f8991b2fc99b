//! What one person may do on one board right now: the value the gate judges by.
//!
//! Made by `access` from role, part of the script and locks; this file knows neither roles nor scripts.

use std::{collections::HashSet, sync::Arc};

use crate::ids::{PartId, PersonId};

/// The kinds of action that an edit can be, as the gate reads them off the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// A new item on the board.
    Create,
    /// Text and the fields of the kind.
    Edit,
    /// `at`, `size`, `parent`, `order`, `offset`.
    Move,
    /// A new link, or a changed end of one.
    Connect,
    /// `gone`, and the removal of a key by its author's undo.
    Delete,
    /// A comment, and its text.
    Comment,
    /// The board's own title and settings in `meta`.
    Meta,
    /// `entered`: that a facilitator wrote it down for somebody in the room or on the phone.
    Enter,
}

impl Action {
    pub const ALL: [Action; 8] = [
        Action::Create,
        Action::Edit,
        Action::Move,
        Action::Connect,
        Action::Delete,
        Action::Comment,
        Action::Meta,
        Action::Enter,
    ];

    /// The word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Edit => "edit",
            Action::Move => "move",
            Action::Connect => "connect",
            Action::Delete => "delete",
            Action::Comment => "comment",
            Action::Meta => "meta",
            Action::Enter => "enter",
        }
    }
}

/// To whom an object belongs, seen from the person who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Whose {
    Own,
    Others,
    /// Locked by a facilitator, whoever made it.
    Locked,
}

impl Whose {
    pub const ALL: [Whose; 3] = [Whose::Own, Whose::Others, Whose::Locked];
}

/// A set of (action, whose) pairs: 24 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowed(u32);

impl Allowed {
    /// Nothing at all.
    pub const NONE: Allowed = Allowed(0);

    /// Every pair.
    pub const EVERYTHING: Allowed = Allowed((1 << (Action::ALL.len() * Whose::ALL.len())) - 1);

    const fn bit(action: Action, whose: Whose) -> u32 {
        1 << (action as u32 * 3 + whose as u32)
    }

    #[must_use]
    pub const fn with(self, action: Action, whose: Whose) -> Self {
        Self(self.0 | Self::bit(action, whose))
    }

    /// Without this action, whosever object it is.
    #[must_use]
    pub fn without(self, action: Action) -> Self {
        Self(Whose::ALL.into_iter().fold(self.0, |bits, whose| bits & !Self::bit(action, whose)))
    }

    #[must_use]
    pub const fn has(self, action: Action, whose: Whose) -> bool {
        self.0 & Self::bit(action, whose) != 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Rights of one person on one board at one moment.
#[derive(Debug, Clone)]
pub struct Rights {
    pub person: PersonId,
    pub allowed: Allowed,
    /// Ids of locked objects (`n_01J…`), shared by everyone on the board.
    pub locked: Arc<HashSet<String>>,
    /// Nobody may edit now (pause, archive), whatever `allowed` says; facilitators get `false` here.
    pub read_only: bool,
    /// What the running part leaves of `allowed`; `None` when none runs, or it binds this person not.
    pub part: Option<PartRights>,
}

impl Rights {
    /// Whether this may be done to somebody's object, as far as its kind does not matter.
    #[must_use]
    pub fn allows(&self, action: Action, whose: Whose) -> bool {
        let by_part = self.part.as_ref().is_none_or(|part| part.allowed.has(action, whose));
        !self.read_only && self.allowed.has(action, whose) && by_part
    }
}

/// What a part of the script allows.
#[derive(Debug, Clone)]
pub struct PartRights {
    /// What a refusal names.
    pub part: PartId,
    pub allowed: Allowed,
    /// Kinds of items that may be made.
    pub kinds: Arc<[String]>,
    /// Ids of objects whose text may be written whatever the part says: this person was writing it when the part began.
    pub texts: Option<Arc<HashSet<String>>>,
}
