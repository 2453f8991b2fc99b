//! The two handles on a room: `Room` for whoever asks it something, `Seat` for one connection. Knows no sockets.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot, watch};

use super::{
    aside::aside,
    ask::{Ask, Asked, Said, Still},
    ballots::{CastError, Casting, Put},
    document::Document,
    draft::Facts,
    outbox::{Outbox, Wake},
    peer::{Dialect, PeerId},
};
use crate::{
    error::StoreError,
    facilitation::{self, Command, Deed, Rounds},
    ids::{BoardId, Epoch, PersonId, Seq, VoteId},
    limits,
    role::Role,
    store::{Checkpoint, Store, records::Person},
    wire::{CloseCode, Head},
};

/// The room is gone; opening the board again gives a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the room is closed")]
pub struct Closed;

/// Who wants in, and how.
pub struct Join {
    pub person: PersonId,
    pub role: Role,
    pub dialect: Dialect,
    /// What begins each frame to this peer.
    pub head: Head,
    /// Woken when something waits in the outbox; one for all documents of a socket.
    pub wake: Arc<dyn Wake>,
}

/// Why nobody was let in.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    Closed(#[from] Closed),
    /// Too many people on the board, or too many connections of this person.
    #[error("too many connections")]
    Busy,
    /// Nothing is written in private there, or by this person.
    #[error("no draft: {0:?}")]
    NoDraft(CloseCode),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a command was not carried out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    No(#[from] facilitation::No),
    #[error(transparent)]
    Closed(#[from] Closed),
    /// What was written in private does not fit on the board.
    #[error("the board would hold too much")]
    TooMuch,
    /// Somebody else was first.
    #[error("the board stands at event {}", .0.seq)]
    Late(Box<Late>),
    /// Nothing can be written now.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a command that was meant for an earlier state came upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The number of the newest facilitation event.
    pub seq: Seq,
    /// Who made it, and what it was.
    pub last: Option<Deed>,
}

/// The unit in which large messages are weighed.
pub(super) const WEIGHT: usize = 1024;

/// Seats whose message that they leave found no place in the inbox.
#[derive(Default)]
pub(super) struct Departures {
    left: Mutex<Vec<PeerId>>,
    pub(super) notify: Notify,
}

impl Departures {
    fn push(&self, peer: PeerId) {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).push(peer);
        self.notify.notify_one();
    }

    pub(super) fn take(&self) -> Vec<PeerId> {
        std::mem::take(&mut *self.left.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A live board. Cheap to clone.
#[derive(Clone)]
pub struct Room {
    pub(super) board: BoardId,
    pub(super) epoch: Epoch,
    pub(super) inbox: mpsc::Sender<Ask>,
    /// Room for large messages in the inbox, in units of [`WEIGHT`].
    pub(super) weights: Arc<Semaphore>,
    pub(super) departures: Arc<Departures>,
    /// What drafts hear of the board.
    pub(super) facts: watch::Receiver<Facts>,
    pub(super) store: Arc<dyn Store>,
}

impl Room {
    #[must_use]
    pub fn board(&self) -> BoardId {
        self.board
    }

    #[must_use]
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    pub(super) fn is_closed(&self) -> bool {
        self.inbox.is_closed()
    }

    pub(super) fn is_same(&self, other: &mpsc::WeakSender<Ask>) -> bool {
        other.upgrade().is_some_and(|other| other.same_channel(&self.inbox))
    }

    pub(super) async fn ask<T>(&self, make: impl FnOnce(oneshot::Sender<T>) -> Ask) -> Result<T, Closed> {
        let (reply, answer) = oneshot::channel();
        self.inbox.send(make(reply)).await.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// Takes a seat. The session state, the server's sync step 1 and everybody's presence wait in its outbox.
    ///
    /// # Errors
    /// When the room is closed or full, or the person's record cannot be read.
    pub async fn join(&self, join: Join) -> Result<Seat, JoinError> {
        let person = self.store.person(join.person).await?;
        let (peer, outbox) = self.ask(|reply| Ask::Join(Box::new(Asked { join, person, reply }))).await??;
        Ok(Seat { peer, outbox, room: self.clone() })
    }

    /// Carries out a facilitation command; gives the number of the newest facilitation event after it.
    ///
    /// # Errors
    /// When the role may not, the room is closed, or nothing can be written.
    pub async fn command(&self, person: PersonId, role: Role, command: Command) -> Result<Seq, CommandError> {
        self.command_at(person, role, command, None).await
    }

    /// As [`Room::command`], when the newest facilitation event has this number.
    ///
    /// # Errors
    /// [`CommandError::Late`] when it has another; else as [`Room::command`].
    pub async fn command_at(
        &self,
        person: PersonId,
        role: Role,
        command: Command,
        expected: Option<Seq>,
    ) -> Result<Seq, CommandError> {
        self.ask(|reply| Ask::Command { person, role, command, expected, reply }).await?
    }

    /// Carries out what was said to all boards of a workshop and not yet done here; gives the number of the newest
    /// facilitation event after it.
    ///
    /// # Errors
    /// When the room is closed (then it does so when it opens next), or nothing can be read or written.
    pub async fn adopt(&self) -> Result<Seq, CommandError> {
        self.ask(Ask::Adopt).await?
    }

    /// Puts a ballot in, changes or withdraws one; it is durable then.
    ///
    /// # Errors
    /// Says why not; nothing has changed then.
    pub async fn cast(&self, person: PersonId, role: Role, vote: VoteId, put: Put) -> Result<(), CastError> {
        self.ask(|reply| Ask::Cast(Box::new(Casting { person, role, vote, put, reply }))).await?
    }

    /// The board's votes.
    ///
    /// # Errors
    /// When the room is closed.
    pub async fn rounds(&self) -> Result<Arc<Rounds>, Closed> {
        self.ask(Ask::Rounds).await
    }

    /// The live document as one lib0 v1 update, and the number of the entry it stands at. All of it is durable.
    ///
    /// # Errors
    /// When the room is closed.
    pub async fn encoded(&self) -> Result<(Seq, Bytes), Closed> {
        self.checkpoint().await.map(|checkpoint| (checkpoint.seq, checkpoint.document))
    }

    /// The board, document and facilitation, at the number of the newest entry. All of it is durable. The room only
    /// says what there is: encoding a large board holds up nobody who types.
    ///
    /// # Errors
    /// When the room is closed.
    pub async fn checkpoint(&self) -> Result<Checkpoint, Closed> {
        let Still { mut checkpoint, tail } = self.ask(Ask::Still).await?;
        if tail.is_empty() {
            return Ok(checkpoint);
        }
        let base = checkpoint.document;
        let put_together = aside(move || Document::of(&base, &tail)?.encode()).await;
        match put_together {
            Ok(Ok(document)) => checkpoint.document = document,
            failed => {
                // What the live document took, another takes too; whoever asks again gets the next state.
                tracing::error!(board = %self.board, ?failed, "the board's parts do not go together");
                return Err(Closed);
            }
        }
        Ok(checkpoint)
    }

    /// The session state for a person, as `docs/protocol.md` 3.2 has it.
    ///
    /// # Errors
    /// When the room is closed.
    pub async fn session(&self, person: PersonId, role: Role) -> Result<(Seq, serde_json::Value), Closed> {
        let (seq, state) = self.ask(|reply| Ask::Session { person, role, reply }).await?;
        // What the room wrote is JSON.
        serde_json::from_str(&state).map(|state| (seq, state)).map_err(|_| Closed)
    }

    /// Rewrites the board without what was deleted, as a new epoch without past and without snapshots; gives how many
    /// objects went. Then the room is closed, every seat with 4410, and opening the board gives the new epoch.
    ///
    /// # Errors
    /// When the room is closed, or the store's: then everything is as it was.
    pub async fn purge(&self) -> Result<Result<usize, StoreError>, Closed> {
        self.ask(Ask::Purge).await
    }

    /// Of a draft: returns when nothing is on its way to the journal.
    pub(super) async fn hold(&self) {
        // Of a closed one nothing is.
        let _ = self.ask(Ask::Hold).await;
    }

    /// Finishes what was taken in, makes it durable, and closes every seat (1012).
    pub(super) async fn shut_down(&self) {
        // A closed room is shut down already.
        let _ = self.ask(Ask::ShutDown).await;
    }
}

/// A person with a record and a role.
pub(super) type Joined = (PeerId, Arc<Outbox>);
pub(super) type Arriving = Person;

/// One connection's place in a room; dropping it leaves.
pub struct Seat {
    peer: PeerId,
    outbox: Arc<Outbox>,
    room: Room,
}

impl Seat {
    /// What waits for this peer.
    #[must_use]
    pub fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    #[must_use]
    pub fn board(&self) -> BoardId {
        self.room.board
    }

    /// The epoch of the room's document.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        self.room.epoch
    }

    async fn say(&self, said: Said) -> Result<(), Closed> {
        let weight = match said.bytes() {
            light if light <= limits::LIGHT_BYTES => None,
            heavy => {
                let units = heavy.min(limits::INBOX_BYTES).div_ceil(WEIGHT);
                let weights = Arc::clone(&self.room.weights);
                // What is larger than the inbox would be too big for its message.
                Some(weights.acquire_many_owned(u32::try_from(units).unwrap_or(u32::MAX)).await.map_err(|_| Closed)?)
            }
        };
        self.room.inbox.send(Ask::Said(self.peer, said, weight)).await.map_err(|_| Closed)
    }

    /// The peer's state vector: it gets what it lacks. Waits while the room's inbox is full, as all of these do.
    ///
    /// # Errors
    /// When the room is closed; the outbox says with which code.
    pub async fn sync_step_1(&self, state_vector: Bytes) -> Result<(), Closed> {
        self.say(Said::Step1(state_vector)).await
    }

    /// What the peer says the server lacks.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn sync_step_2(&self, update: Bytes) -> Result<(), Closed> {
        self.say(Said::Update { step_2: true, update }).await
    }

    /// An edit.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn update(&self, update: Bytes) -> Result<(), Closed> {
        self.say(Said::Update { step_2: false, update }).await
    }

    /// Presence entries.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn awareness(&self, payload: Bytes) -> Result<(), Closed> {
        self.say(Said::Awareness(payload)).await
    }

    /// The peer wants everybody's presence.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn query_awareness(&self) -> Result<(), Closed> {
        self.say(Said::QueryAwareness).await
    }

    /// The peer is the project's own provider: it gets numbered acknowledgements.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn hello(&self) -> Result<(), Closed> {
        self.say(Said::Hello).await
    }

    /// The session state with this number is on the peer's screen.
    ///
    /// # Errors
    /// As [`Seat::sync_step_1`].
    pub async fn seen(&self, seq: Seq) -> Result<(), Closed> {
        self.say(Said::Seen(seq)).await
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // In the inbox it stands behind what this peer said; the list is for when that is full.
        if let Err(mpsc::error::TrySendError::Full(_)) = self.room.inbox.try_send(Ask::Leave(self.peer)) {
            self.room.departures.push(self.peer);
        }
    }
}
