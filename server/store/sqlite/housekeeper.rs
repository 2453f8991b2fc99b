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
use crate::{error::StoreError, store::Health};

/// How often a full disk is tried, and an unfinished chore.
const AGAIN: Duration = Duration::from_secs(1);
/// Frames (pages of 4 KiB) past which writers wait until the log is empty: without this a store that is never
/// idle would have a log that never ends.
const LONG_LOG: i64 = 32 * 1024;

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

/// The housekeeper's side.
pub(super) struct Housekeeper {
    pub(super) connection: Connection,
    pub(super) state: Arc<State>,
    pub(super) chores: Arc<Chores>,
    pub(super) wake: Receiver<()>,
    pub(super) writer: WeakSender<Job>,
    /// Given back with the end of this thread, the last to use the files.
    pub(super) lock: Option<File>,
}

impl Housekeeper {
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
        if self.state.health() != Health::Failing {
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
            && self.checkpoint("PASSIVE").is_some_and(|frames| frames > LONG_LOG)
        {
            self.checkpoint("RESTART");
        }
    }

    /// The frames in the log, when the checkpoint was not hindered.
    fn checkpoint(&self, mode: &str) -> Option<i64> {
        let result = self
            .connection
            .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })
            .map_err(StoreError::from);
        match result {
            Ok((0, frames)) => Some(frames),
            Ok(_) => None,
            Err(error) => {
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
