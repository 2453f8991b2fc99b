//! What waits in a room to be judged. Knows not what becomes of it.

use bytes::Bytes;

use super::{ballots::Casting, orders::CommandReply, peer::PeerId};
use crate::{
    facilitation::Command,
    ids::{PersonId, Seq},
    role::Role,
};

pub(super) enum Work {
    /// `seen` is the newest session state that its sender had confirmed: it binds them also when they have left since.
    Update {
        peer: PeerId,
        person: PersonId,
        role: Role,
        seen: Seq,
        n: u64,
        step_2: bool,
        update: Bytes,
    },
    Command {
        person: PersonId,
        role: Role,
        command: Command,
        expected: Option<Seq>,
        reply: CommandReply,
    },
    /// What was said to all boards of a workshop and is not done here.
    Adopt(Option<CommandReply>),
    /// This person is away for so long that they have left.
    Left(PersonId),
    Cast(Box<Casting>),
}

impl Work {
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Work::Update { person, .. } | Work::Command { person, .. } => Some(*person),
            Work::Cast(casting) => Some(casting.person),
            Work::Adopt(_) | Work::Left(_) => None,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Work::Update { update, .. } => update.len(),
            Work::Command { .. } | Work::Adopt(_) | Work::Cast(_) | Work::Left(_) => 0,
        }
    }
}
