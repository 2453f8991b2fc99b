//! Journals and records on disk: the traits, and SQLite behind them. The only place with SQL.
//! Knows no rooms and no HTTP.

pub mod journal;
pub mod records;
pub mod sqlite;

pub use journal::{Append, AuthoredUpdate, Body, Checkpoint, Commit, Health, Journal, Loaded, Stored, Stream};
pub use records::{Change, Records};
pub use sqlite::{Options, SqliteStore, backup};

/// Everything that is kept: one object behind both traits, so that one commit can span them.
pub trait Store: Journal + Records {}
impl<T: Journal + Records> Store for T {}
