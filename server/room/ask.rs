//! What can lie in a room's inbox. Knows not what the room does with it.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::{
    ballots::Casting,
    glance::Glance,
    handle::{Arriving, Join, JoinError, Joined},
    orders::CommandReply,
    peer::PeerId,
    purge::PurgeReply,
};
use crate::{
    facilitation::{Command, Rounds},
    ids::{PersonId, Seq},
    role::Role,
    store::Checkpoint,
    wire::CloseCode,
};

/// A question or message; one that is dropped unanswered means that the room closed.
pub(super) enum Ask {
    Join(Box<Asked>),
    Leave(PeerId),
    /// With the room that a large message takes in the inbox.
    Said(PeerId, Said, Option<OwnedSemaphorePermit>),
    Command {
        person: PersonId,
        role: Role,
        command: Command,
        expected: Option<Seq>,
        reply: CommandReply,
    },
    /// Something was said to all boards of a workshop.
    Adopt(CommandReply),
    Cast(Box<Casting>),
    Rounds(oneshot::Sender<Arc<Rounds>>),
    Still(oneshot::Sender<Still>),
    Glance(oneshot::Sender<Glance>),
    Session {
        person: PersonId,
        role: Role,
        reply: oneshot::Sender<(Seq, String)>,
    },
    People(oneshot::Sender<()>),
    /// The people who are here.
    Here(oneshot::Sender<HashSet<PersonId>>),
    Expel {
        person: PersonId,
        code: CloseCode,
        reply: oneshot::Sender<()>,
    },
    Purge(PurgeReply),
    /// To a draft that is to stand still: answered when nothing of it is on its way to the journal.
    Hold(oneshot::Sender<()>),
    /// Somebody has begun to write in private.
    Drafted,
    ShutDown(oneshot::Sender<()>),
}

/// Somebody asks to be let in. Boxed where it lies in an inbox: every place there is as large as the largest question.
pub(super) struct Asked {
    pub(super) join: Join,
    pub(super) person: Arriving,
    pub(super) reply: oneshot::Sender<Result<Joined, JoinError>>,
}

/// The board at one journal number, in parts: putting them together is not the room's to wait for.
pub(super) struct Still {
    /// Its document is the board of some entries ago.
    pub(super) checkpoint: Checkpoint,
    /// The updates since.
    pub(super) tail: Vec<Bytes>,
}

impl Said {
    /// What it holds besides itself.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Said::Step1(bytes) | Said::Update { update: bytes, .. } | Said::Awareness(bytes) => bytes.len(),
            Said::QueryAwareness | Said::Hello | Said::Seen(_) => 0,
        }
    }
}

/// What one connection says.
pub(super) enum Said {
    Step1(Bytes),
    Update { step_2: bool, update: Bytes },
    Awareness(Bytes),
    QueryAwareness,
    Hello,
    Seen(Seq),
}
