//! The thread beside the writer: moves the write-ahead log into the file, and asks for a probe while the disk is
//! full. Knows no rows.

use std::{
    fs::File,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use rusqlite::Connection;
use tokio::sync::mpsc::WeakSender;

use super::{state::State, writer::Job};
use crate::{
    crash_point::{self, Point},
    error::StoreError,
    store::Health,
};

/// How often a full disk is tried, and an unfinished chore.
const AGAIN: Duration = Duration::from_secs(1);
/// Frames (pages of 4 KiB) past which writers wait until the log is empty: without this a store that is never
/// idle would have a log that never ends.
const LONG_LOG: i64 = 8 * 1024;
/// How long a checkpoint that keeps writers out waits for readers: a backup reads for minutes.
const PATIENCE: Duration = Duration::from_millis(100);

/// What is to be done, as the writer asks for it.
#[derive(Default)]
pub(super) struct Chores {
    checkpoint: AtomicBool,
    /// The log holds what was erased: it has to be emptied.
    empty_log: AtomicBool,
}

impl Chores {
    pub(super) fn ask(&self, empty_log: bool) {
        self.checkpoint.store(true, Ordering::Release);
        if empty_log {
            self.empty_log.store(true, Ordering::Release);
        }
    }
}

/// The write-ahead log after a checkpoint: its frames, and how many of them are in the database.
struct Log {
    frames: i64,
    moved: i64,
}

/// The housekeeper's side.
pub(super) struct Housekeeper {
    pub(super) connection: Connection,
    pub(super) state: Arc<State>,
    pub(super) chores: Arc<Chores>,
    pub(super) wake: Receiver<()>,
    pub(super) writer: WeakSender<Job>,
    /// The server's hold on the folder; given back with the end of this thread, the last to use the files.
    pub(super) lock: Option<File>,
}

impl Housekeeper {
    /// Before the first commit of a server: moves what its predecessor left in the log into the file, and empties it.
    ///
    /// After a crash the log may hold what was erased. And after a failed sync it may hold what only the system's
    /// memory has, which reads as if it were on the disk: whatever is committed behind it would be lost with it. In
    /// the file it is written and synced anew.
    pub(super) fn begin(&self) {
        if let Err(error) = self.connection.busy_timeout(PATIENCE) {
            tracing::warn!(%error, "checkpoints may keep writers waiting");
        }
        if self.lock.is_some() && self.checkpoint("TRUNCATE").is_none() {
            self.chores.ask(true);
        }
    }

    /// Serves until the writer is gone.
    pub(super) fn run(self) {
        loop {
            let unfinished = self.state.health() == Health::Full || self.chores.empty_log.load(Ordering::Acquire);
            let woken = if unfinished {
                self.wake.recv_timeout(AGAIN)
            } else {
                self.wake.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match woken {
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) if self.state.health() == Health::Full => self.ask_for_probe(),
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            }
            self.keep();
        }
        // A guest leaves the log to the server that it stands beside.
        if self.lock.is_some() && self.state.health() != Health::Failing {
            self.checkpoint("TRUNCATE");
        }
        drop(self.lock);
    }

    fn ask_for_probe(&self) {
        if let Some(writer) = self.writer.upgrade() {
            // A full queue: they are being answered with `Full`, and the next second comes.
            let _ = writer.try_send(Job::Probe);
        }
    }

    fn keep(&self) {
        if self.state.health() == Health::Failing {
            self.chores.empty_log.store(false, Ordering::Release);
            return;
        }
        if self.chores.empty_log.swap(false, Ordering::AcqRel) && self.checkpoint("TRUNCATE").is_none() {
            // Somebody reads from it now.
            self.chores.empty_log.store(true, Ordering::Release);
        }
        if self.chores.checkpoint.swap(false, Ordering::AcqRel)
            && let Some(log) = self.checkpoint("PASSIVE")
            // With much left over a long reader is in the way, and keeping writers out would gain nothing.
            && log.frames > LONG_LOG && log.frames - log.moved < LONG_LOG
        {
            self.checkpoint("RESTART");
        }
    }

    /// What the log held, when the checkpoint was not hindered.
    fn checkpoint(&self, mode: &str) -> Option<Log> {
        crash_point::pass(Point::BeforeLogMove);
        let result = self
            .connection
            .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
                Ok((row.get::<_, i64>(0)?, Log { frames: row.get(1)?, moved: row.get(2)? }))
            })
            .map_err(StoreError::from);
        crash_point::pass(Point::AfterLogMove);
        match result {
            Ok((0, log)) => Some(log),
            Ok(_) => None,
            Err(error) => {
                let error = self.state.judge(error);
                // A full disk is not noted here: commits may still fit into the log, and they tell when not.
                if !matches!(error, StoreError::Full) {
                    self.state.note(&error);
                }
                tracing::warn!(%error, mode, "the write-ahead log could not be moved into the database");
                None
            }
        }
    }
}
