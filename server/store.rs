//! Journals and records on disk: the traits, and SQLite behind them. The only place with SQL.
//! Knows no rooms and no HTTP.

pub mod ballots;
pub mod journal;
pub mod people;
pub mod pruning;
pub mod records;
pub mod snapshots;
pub mod sqlite;

pub use ballots::{Ballots, Counted};
pub use journal::{
    Append, AuthoredUpdate, Body, Checkpoint, Commit, DraftId, Health, Journal, Loaded, Pruned, Stored, Stream,
};
pub use people::{People, PeopleChange};
pub use records::{Change, Records};
pub use snapshots::{Snapshot, Snapshots};
pub use sqlite::{Options, SqliteStore, backup, decode_body, restore};

/// Everything that is kept: one object behind all traits, so that one commit can span them.
pub trait Store: Journal + Records + Snapshots + Ballots + People {}
impl<T: Journal + Records + Snapshots + Ballots + People> Store for T {}
