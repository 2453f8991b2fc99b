//! What the writer is asked to do, as SQL on streams. Knows no threads and no transactions: its caller makes
//! each piece of work happen wholly or not at all.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    body,
    change::{self, ROW},
    fault::{from_stored, to_stored},
    prune::{self, Plan},
    sum::{self, Place},
};
use crate::{
    crash_point::{self, Point},
    error::StoreError,
    ids::{Epoch, PersonId, Seq},
    store::{Append, Body, Change, Checkpoint, Commit, Stream},
};

/// One piece of work.
pub(super) enum Work {
    Commit(Commit),
    Checkpoint { stream: Stream, epoch: Epoch, checkpoint: Checkpoint },
    BeginEpoch(NewEpoch),
    Prune(Plan),
    Quarantine { stream: Stream, seq: Seq, index: usize },
}

/// The rewriting of a stream.
pub(super) struct NewEpoch {
    pub(super) stream: Stream,
    pub(super) from: Epoch,
    pub(super) expected: Seq,
    pub(super) checkpoint: Checkpoint,
    pub(super) authors: HashMap<String, PersonId>,
}

impl Work {
    /// About how many bytes it writes, by which the writer bounds what it takes at once.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Commit(commit) => {
                let bodies: usize = commit.appends.iter().map(|append| bytes_of(&append.body) + ROW).sum();
                bodies + commit.records.iter().map(|change| ROW * change::rows(change)).sum::<usize>()
            }
            Self::Checkpoint { checkpoint, .. } => checkpoint.document.len() + checkpoint.facilitation.len() + ROW,
            Self::BeginEpoch(new) => new.checkpoint.document.len() + new.authors.len() * ROW,
            Self::Prune(plan) => plan.weight(),
            Self::Quarantine { .. } => ROW,
        }
    }

    /// Whether it takes away what must not linger in the write-ahead log.
    pub(super) fn erases(&self) -> bool {
        match self {
            Self::BeginEpoch(_) => true,
            // Once for all pieces that follow each other.
            Self::Prune(plan) => !plan.outcome().more,
            // Ballots that are counted; and an answer, whose pages in the log are beside those of who answered.
            Self::Commit(commit) => commit.records.iter().any(|change| {
                matches!(
                    change,
                    Change::DropSnapshot { .. }
                        | Change::CloseDrafts { .. }
                        | Change::CloseVote { .. }
                        | Change::CloseSurvey { .. }
                        | Change::PutAnswer { .. }
                )
            }),
            Self::Checkpoint { .. } | Self::Quarantine { .. } => false,
        }
    }

    /// The crash point behind its commit, where it has one of its own.
    pub(super) fn kept(&self) -> Option<Point> {
        match self {
            Self::Checkpoint { .. } => Some(Point::AfterCheckpoint),
            Self::BeginEpoch(_) => Some(Point::AfterEpoch),
            Self::Commit(_) | Self::Prune(_) | Self::Quarantine { .. } => None,
        }
    }

    pub(super) fn apply(&self, connection: &Connection) -> Result<(), StoreError> {
        match self {
            Self::Commit(commit) => {
                // Records first: a new board's first entries may come with it.
                for record in &commit.records {
                    change::apply(connection, record)?;
                }
                if !commit.records.is_empty() {
                    crash_point::pass(Point::InRecords);
                }
                commit.appends.iter().try_for_each(|entry| append(connection, entry))
            }
            Self::Checkpoint { stream, epoch, checkpoint } => keep_checkpoint(connection, stream, *epoch, checkpoint),
            Self::BeginEpoch(new) => begin_epoch(connection, new),
            Self::Prune(plan) => prune::delete(connection, plan),
            Self::Quarantine { stream, seq, index } => quarantine(connection, stream, *seq, *index),
        }
    }
}

fn bytes_of(body: &Body) -> usize {
    match body {
        Body::Updates(updates) => updates.iter().map(|update| update.update.len() + 20).sum(),
        Body::Event(json) => json.len(),
    }
}

/// Where a stream stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct StreamRow {
    pub(super) id: i64,
    pub(super) epoch: Epoch,
    /// The number after which the epoch begins.
    pub(super) base: Seq,
    /// The number of the last entry.
    pub(super) seq: Seq,
    /// The number up to which entries have been deleted in this epoch; with an older number, none.
    pruned: Seq,
}

impl StreamRow {
    /// `NotFound` when there is no such stream.
    pub(super) fn find(connection: &Connection, stream: &Stream) -> Result<Self, StoreError> {
        let mut query =
            connection.prepare_cached("SELECT id, epoch, base, seq, pruned FROM streams WHERE name = ?1")?;
        let numbers = |row: &Row<'_>| -> rusqlite::Result<_> {
            Ok((row.get(0)?, row.get(1)?, [row.get::<_, i64>(2)?, row.get(3)?, row.get(4)?]))
        };
        let (id, epoch, [base, seq, pruned]) = query.query_row([stream.name()], numbers)?;
        Ok(Self { id, epoch, base: from_stored(base)?, seq: from_stored(seq)?, pruned: from_stored(pruned)? })
    }

    /// The number after which the entries of this epoch are there.
    pub(super) fn kept(&self) -> Seq {
        self.base.max(self.pruned)
    }

    /// The stream, when it is in this epoch.
    pub(super) fn in_epoch(connection: &Connection, stream: &Stream, epoch: Epoch) -> Result<Self, StoreError> {
        let row = Self::find(connection, stream)?;
        row.must(row.epoch == epoch, row.seq).map(|()| row)
    }

    /// That there is an entry of this number in its epoch, or none yet and it is 0.
    pub(super) fn must_reach(&self, seq: Seq) -> Result<(), StoreError> {
        self.must((self.base..=self.seq).contains(&seq), seq)
    }

    fn must(&self, stands: bool, expected: Seq) -> Result<(), StoreError> {
        if stands { Ok(()) } else { Err(StoreError::Conflict { expected, found: self.seq }) }
    }
}

fn append(connection: &Connection, append: &Append) -> Result<(), StoreError> {
    let row = StreamRow::find(connection, &append.stream)?;
    row.must(row.epoch == append.epoch && row.seq == append.expected, append.expected)?;
    let seq = append.expected.saturating_add(1);
    let stored = to_stored(seq)?;
    let (kind, body) = body::encode(&append.body);
    let sum = sum::entry(Place { stream: &append.stream, epoch: append.epoch, seq }, append.at, kind, &body);
    connection
        .prepare_cached(
            "INSERT INTO entries (stream, epoch, seq, at, kind, body, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![row.id, append.epoch, stored, append.at, kind, body.as_ref(), sum])?;
    connection.prepare_cached("UPDATE streams SET seq = ?2 WHERE id = ?1")?.execute(params![row.id, stored])?;
    Ok(())
}

fn keep_checkpoint(
    connection: &Connection,
    stream: &Stream,
    epoch: Epoch,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    crash_point::pass(Point::BeforeCheckpoint);
    let row = StreamRow::in_epoch(connection, stream, epoch)?;
    row.must_reach(checkpoint.seq)?;
    let newest: Option<i64> = connection
        .prepare_cached("SELECT seq FROM checkpoints WHERE stream = ?1 AND purpose = 'latest'")?
        .query_row([row.id], |row| row.get(0))
        .optional()?;
    if newest.is_some_and(|newest| newest > to_stored(checkpoint.seq).unwrap_or(i64::MAX)) {
        // One that was made earlier and came late: loading from the newer one is shorter.
        return Ok(());
    }
    connection.prepare_cached("DELETE FROM checkpoints WHERE stream = ?1 AND purpose = 'latest'")?.execute([row.id])?;
    crash_point::pass(Point::InCheckpoint);
    insert_checkpoint(connection, row.id, LATEST, stream, epoch, checkpoint).map(|_| ())
}

/// For what a row of `checkpoints` is there.
pub(super) const LATEST: &str = "latest";
pub(super) const SNAPSHOT: &str = "snapshot";

/// Gives the row's id.
pub(super) fn insert_checkpoint(
    connection: &Connection,
    id: i64,
    purpose: &str,
    stream: &Stream,
    epoch: Epoch,
    checkpoint: &Checkpoint,
) -> Result<i64, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO checkpoints (stream, epoch, seq, purpose, document, facilitation, sum)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            id,
            epoch,
            to_stored(checkpoint.seq)?,
            purpose,
            checkpoint.document.as_ref(),
            checkpoint.facilitation,
            sum::checkpoint(stream, epoch, checkpoint),
        ])?;
    Ok(connection.last_insert_rowid())
}

fn begin_epoch(connection: &Connection, new: &NewEpoch) -> Result<(), StoreError> {
    crash_point::pass(Point::BeforeEpoch);
    let row = StreamRow::find(connection, &new.stream)?;
    row.must(row.epoch == new.from && row.seq == new.expected && row.seq == new.checkpoint.seq, new.expected)?;
    let epoch = new.from.checked_add(1).ok_or_else(|| StoreError::Other("epochs are used up".into()))?;
    for table in ["snapshots", "entries", "checkpoints", "clients", "authors", "quarantine"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE stream = ?1"))?.execute([row.id])?;
    }
    crash_point::pass(Point::InEpoch);
    connection
        .prepare_cached("UPDATE streams SET epoch = ?2, base = seq WHERE id = ?1")?
        .execute(params![row.id, epoch])?;
    insert_checkpoint(connection, row.id, LATEST, &new.stream, epoch, &new.checkpoint)?;
    let mut insert = connection.prepare_cached("INSERT INTO authors (stream, object, person) VALUES (?1, ?2, ?3)")?;
    for (object, person) in &new.authors {
        insert.execute(params![row.id, object, person.to_bytes()])?;
    }
    Ok(())
}

fn quarantine(connection: &Connection, stream: &Stream, seq: Seq, index: usize) -> Result<(), StoreError> {
    let row = StreamRow::find(connection, stream)?;
    if !(row.kept() + 1..=row.seq).contains(&seq) {
        return Err(StoreError::NotFound);
    }
    connection
        .prepare_cached("INSERT OR IGNORE INTO quarantine (stream, seq, place) VALUES (?1, ?2, ?3)")?
        .execute(params![row.id, to_stored(seq)?, to_stored(index as u64)?])?;
    Ok(())
}
