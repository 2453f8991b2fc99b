//! Snapshots: names for what a board was at a journal number, each with a checkpoint of its own. Knows no SQL.
//!
//! They are made, renamed and deleted by [`super::Change`]s, so that a commit can span several boards' snapshots.
//! Later checkpoints and entries leave them as they are; a new epoch deletes them (see [`super::Journal::begin_epoch`]).

use async_trait::async_trait;

use crate::{
    error::StoreError,
    ids::{BoardId, PersonId, SnapshotId},
    store::Checkpoint,
};

/// What made a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SnapshotKind)]
pub enum Kind {
    /// Somebody named it.
    Manual,
    /// A part of a workshop ended; it has the part's name.
    Part,
    /// A workshop ended; it has the workshop's name.
    Workshop,
}

impl Kind {
    /// The word in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Manual => "manual",
            Kind::Part => "part",
            Kind::Workshop => "workshop",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Kind::Manual, Kind::Part, Kind::Workshop].into_iter().find(|kind| kind.word() == word)
    }
}

/// A snapshot's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub board: BoardId,
    /// 1 to [`crate::limits::SNAPSHOT_NAME_CHARS`] characters.
    pub name: String,
    pub kind: Kind,
    /// When it was taken, milliseconds since 1970.
    pub at: i64,
    pub by: PersonId,
}

/// Reading snapshots.
#[async_trait]
pub trait Snapshots: Send + Sync + 'static {
    /// A board's snapshots, newest first; none for an unknown board.
    ///
    /// # Errors
    /// When the store cannot be read, or a row is not what was written.
    async fn snapshots_of(&self, board: BoardId) -> Result<Vec<Snapshot>, StoreError>;

    /// One snapshot of this board.
    ///
    /// # Errors
    /// `NotFound` when the board has no such snapshot.
    async fn snapshot(&self, board: BoardId, id: SnapshotId) -> Result<Snapshot, StoreError>;

    /// The board as the snapshot holds it.
    ///
    /// # Errors
    /// `NotFound` when the board has no such snapshot, `Corrupt` when what is stored is missing or not what was written:
    /// never an empty or another document.
    async fn snapshot_state(&self, board: BoardId, id: SnapshotId) -> Result<Checkpoint, StoreError>;
}
