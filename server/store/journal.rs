//! The journal as its users see it: streams of numbered entries, checkpoints, epochs. Knows no SQL.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::watch;

use crate::{
    error::StoreError,
    ids::{BoardId, Epoch, PersonId, RoundId, Seq, WorkshopId},
    store::Change,
};

/// The name of a stream: `board.<id>`, `workshop.<id>`, `draft.<board>.<round>.<number>.<person>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stream(Arc<str>);

impl Stream {
    #[must_use]
    pub fn board(id: BoardId) -> Self {
        Self(format!("board.{id}").into())
    }

    /// What is said to all boards of a workshop: [`crate::facilitation::Call`]s.
    #[must_use]
    pub fn workshop(id: WorkshopId) -> Self {
        Self(format!("workshop.{id}").into())
    }

    /// What one person writes in private; gone once it is revealed or thrown away.
    #[must_use]
    pub fn draft(draft: DraftId) -> Self {
        let DraftId { board, round, number, person } = draft;
        Self(format!("draft.{board}.{round}.{number}.{person}").into())
    }

    /// A stream by the name that a store kept.
    pub(super) fn named(name: &str) -> Self {
        Self(name.into())
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one person writes in private in a round. The number grows when what was written is revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftId {
    pub board: BoardId,
    pub round: RoundId,
    pub number: u32,
    pub person: PersonId,
}

/// One accepted CRDT update (lib0 v1) and who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoredUpdate {
    pub person: PersonId,
    pub update: Bytes,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Accepted updates, in the order in which they were judged.
    Updates(Vec<AuthoredUpdate>),
    /// A facilitation event as JSON.
    Event(String),
}

/// An entry as it is read back; its checksum was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub seq: Seq,
    /// When it was appended, milliseconds since 1970.
    pub at: i64,
    pub body: Body,
}

/// An entry to append.
#[derive(Debug, Clone)]
pub struct Append {
    pub stream: Stream,
    /// The epoch the writer believes the stream to be in; another one is a conflict.
    pub epoch: Epoch,
    /// The number of the stream's last entry as the writer knows it; this one gets the next.
    pub expected: Seq,
    pub at: i64,
    pub body: Body,
}

/// Appends and record changes that happen together or not at all: the changes in their order, then the appends.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    pub appends: Vec<Append>,
    pub records: Vec<Change>,
}

/// The state of a stream after entry `seq`, from which loading starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub seq: Seq,
    /// The document, encoded as one lib0 v1 update.
    pub document: Bytes,
    /// The facilitation state, JSON.
    pub facilitation: String,
}

/// All that opening a board needs: its newest checkpoint and what came after it.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub epoch: Epoch,
    /// The number of the last entry; 0 when there is none.
    pub seq: Seq,
    pub checkpoint: Option<Checkpoint>,
    /// Entries after the checkpoint, in order, without holes.
    pub tail: Vec<Stored>,
    /// Client ids bound in this epoch, and to whom.
    pub clients: HashMap<u64, PersonId>,
    /// Who first made each object of this epoch, deleted ones too.
    pub authors: HashMap<String, PersonId>,
    /// Updates that made the CRDT fail: (entry, index in it). They are never applied.
    pub quarantined: Vec<(Seq, usize)>,
}

/// What one call of [`Journal::prune`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// How many entries were deleted.
    pub entries: usize,
    /// There is more to delete.
    pub more: bool,
}

/// Whether commits succeed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    Good,
    /// The disk is full; tried again by itself.
    Full,
    /// Writing failed; only a restart writes again.
    Failing,
}

/// Streams of entries.
#[async_trait]
pub trait Journal: Send + Sync + 'static {
    /// Appends entries and changes records, all or none. When it returns `Ok` they are durable.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a stream stands elsewhere; nothing is written then, nor on any other error.
    async fn commit(&self, commit: Commit) -> Result<(), StoreError>;

    /// Everything needed to open a stream. An unknown stream is [`StoreError::NotFound`]; a stream is made by
    /// [`Change::NewBoard`], [`Change::NewWorkshop`] or [`Change::NewDraft`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a checksum or number does not fit: never an empty or shortened answer.
    async fn load(&self, stream: &Stream) -> Result<Loaded, StoreError>;

    /// Entries after `after`, oldest first, at most `limit`, of the current epoch.
    ///
    /// # Errors
    /// [`StoreError::Pruned`] when some that are asked for have been deleted by [`Journal::prune`]; else as
    /// [`Journal::load`].
    async fn entries(&self, stream: &Stream, after: Seq, limit: usize) -> Result<Vec<Stored>, StoreError>;

    /// Keeps a checkpoint. Older checkpoints of the stream go; entries stay (time travel, audit), and so do snapshots.
    ///
    /// # Errors
    /// When it could not be made durable.
    async fn checkpoint(&self, stream: &Stream, epoch: Epoch, checkpoint: Checkpoint) -> Result<(), StoreError>;

    /// Rewrites a stream: in one transaction the epoch goes from `from` to `from + 1`, numbering goes on
    /// after `expected`, old entries, checkpoints, snapshots, clients and authors are deleted, and the new epoch
    /// begins with this checkpoint (`checkpoint.seq` = `expected`) and these authors. No snapshot is kept, since any may
    /// hold what the rewriting is to take away.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the stream stands elsewhere.
    async fn begin_epoch(
        &self,
        stream: &Stream,
        from: Epoch,
        expected: Seq,
        checkpoint: Checkpoint,
        authors: HashMap<String, PersonId>,
    ) -> Result<(), StoreError>;

    /// Deletes entries that are older than `before` (milliseconds since 1970) and that the newest checkpoint of
    /// their stream holds, at most `at_most` over all streams, and overwrites their bytes. Of each stream the oldest go
    /// first: what is left has no holes, and begins with an entry that is younger or that loading needs. Snapshots stay.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a stream began a new epoch meanwhile; nothing is deleted then, nor on any other error.
    async fn prune(&self, before: i64, at_most: usize) -> Result<Pruned, StoreError>;

    /// Remembers that an update must never be applied again.
    ///
    /// # Errors
    /// When it could not be made durable.
    async fn quarantine(&self, stream: &Stream, seq: Seq, index: usize) -> Result<(), StoreError>;

    /// Whether commits succeed now; changes are seen by everyone who holds a receiver.
    fn health(&self) -> watch::Receiver<Health>;
}
