//! The one thread that writes: everything that waits goes into one transaction, so one sync serves all boards.
//! Knows no boards.

use std::{
    sync::{Arc, mpsc::SyncSender},
    thread,
};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::{housekeeper::Chores, state::State, work::Work};
use crate::{
    crash_point::{self, Point},
    error::StoreError,
    store::Health,
};

/// What may wait for the writer; past it the caller waits. Every board has one batch in flight at most.
pub(super) const QUEUE: usize = 1_024;
/// What one transaction takes: past it those who wait would wait long for the first.
const GROUP: usize = 512;
const GROUP_BYTES: usize = 16 * 1024 * 1024;
/// After about this much the housekeeper is asked to move the write-ahead log into the file.
const CHECKPOINT_BYTES: usize = 4 * 1024 * 1024;
/// Pages that a small commit writes, about.
const COMMIT_BYTES: usize = 4 * 4096;
/// What the probe writes: with less room than this a board's next batch would find the disk full again.
const PROBE_BYTES: usize = 64 * 1024;

pub(super) type Answer = oneshot::Sender<Result<(), StoreError>>;

/// A message to the writer.
pub(super) enum Job {
    Write(Box<Work>, Answer),
    /// Find out whether a full disk has room again.
    Probe,
}

/// The writer's side of the channel.
pub(super) struct Writer {
    connection: Connection,
    state: Arc<State>,
    chores: Arc<Chores>,
    wake: SyncSender<()>,
    /// Bytes written since the housekeeper was asked, about.
    written: usize,
}

impl Writer {
    pub(super) fn new(connection: Connection, state: Arc<State>, chores: Arc<Chores>, wake: SyncSender<()>) -> Self {
        Self { connection, state, chores, wake, written: 0 }
    }

    /// Serves until the last sender is gone and everything that waited is answered.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(job) = jobs.blocking_recv() {
            let mut group = Vec::new();
            let mut bytes = 0;
            let mut next = Some(job);
            while let Some(job) = next {
                match job {
                    Job::Write(work, answer) => {
                        bytes += work.weight();
                        group.push((work, answer));
                    }
                    Job::Probe => self.probe(),
                }
                next = if group.len() < GROUP && bytes < GROUP_BYTES { jobs.try_recv().ok() } else { None };
            }
            self.serve(group, bytes);
        }
    }

    fn serve(&mut self, group: Vec<(Box<Work>, Answer)>, bytes: usize) {
        let result = self.state.writable().and_then(|()| self.transact(&group).map_err(|error| self.report(error)));
        match result {
            Ok(results) => {
                group.iter().filter_map(|(work, _)| work.kept()).for_each(crash_point::pass);
                let erased = group.iter().zip(&results).any(|((work, _), result)| work.erases() && result.is_ok());
                self.written += bytes + COMMIT_BYTES;
                if self.written >= CHECKPOINT_BYTES || erased {
                    self.written = 0;
                    self.chores.ask(erased);
                    // A full channel: it has been woken and not looked yet.
                    let _ = self.wake.try_send(());
                }
                for ((_, answer), result) in group.into_iter().zip(results) {
                    // Nobody waits for it any more; it is written all the same.
                    let _ = answer.send(result);
                }
            }
            Err(error) => {
                for (_, answer) in group {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// One transaction, and in it each piece of work wholly or not at all. The outer error is everyone's.
    fn transact(&mut self, group: &[(Box<Work>, Answer)]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let transaction = Transaction::begin(&self.connection)?;
        if let [(work, _)] = group {
            // Nobody else's work has to be kept apart from it.
            return match work.apply(transaction.connection) {
                Ok(()) => transaction.commit().map(|()| vec![Ok(())]),
                Err(error) if ends_the_group(&error) => Err(error),
                Err(error) => Ok(vec![Err(error)]),
            };
        }
        let connection = transaction.connection;
        let mut results = Vec::with_capacity(group.len());
        for (work, _) in group {
            connection.prepare_cached("SAVEPOINT piece")?.execute([])?;
            let result = work.apply(connection);
            if let Err(error) = &result {
                // Some errors make SQLite roll back everything; then there is nothing left to save of the group.
                if ends_the_group(error) || connection.is_autocommit() {
                    return Err(error.clone());
                }
                connection.prepare_cached("ROLLBACK TO piece")?.execute([])?;
            }
            connection.prepare_cached("RELEASE piece")?.execute([])?;
            results.push(result);
        }
        transaction.commit()?;
        Ok(results)
    }

    /// Writes for real, and takes it away again: only then is there room.
    fn probe(&mut self) {
        if self.state.health() != Health::Full {
            return;
        }
        match self.write_probe() {
            Ok(()) => self.state.recovered(),
            Err(error) => _ = self.report(error),
        }
    }

    fn write_probe(&mut self) -> Result<(), StoreError> {
        let put = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        put.execute("INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(?1))", [PROBE_BYTES as i64])?;
        put.commit()?;
        self.connection.execute("DELETE FROM probe", [])?;
        Ok(())
    }

    /// An error that the disk gave, not one of those with which a full store answers. Gives what it is.
    fn report(&self, error: StoreError) -> StoreError {
        let error = self.state.judge(error);
        self.state.note(&error);
        if self.state.health() == Health::Full {
            let _ = self.wake.try_send(());
        }
        error
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if thread::panicking() {
            self.state.fail("the writer stopped unexpectedly");
        }
    }
}

/// A transaction that is rolled back unless it is committed; its statements are prepared once.
struct Transaction<'a> {
    connection: &'a Connection,
}

impl<'a> Transaction<'a> {
    fn begin(connection: &'a Connection) -> Result<Self, StoreError> {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self { connection })
    }

    fn commit(self) -> Result<(), StoreError> {
        crash_point::pass(Point::BeforeCommit);
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        crash_point::pass(Point::AfterCommit);
        Ok(())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // After a commit, and after an error that rolled everything back, there is nothing to take back. A failure here shows
        // at the next beginning.
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

/// Errors of the disk, not of one piece of work.
fn ends_the_group(error: &StoreError) -> bool {
    matches!(error, StoreError::Full | StoreError::Failing(_) | StoreError::Corrupt(_))
}
