//! One export that was asked for, and what watches over its work. Knows no turns and no other exports.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use bytes::Bytes;
use tokio::sync::SemaphorePermit;
use tokio_util::sync::CancellationToken;

use crate::{
    export::{Order, progress::Progress},
    ids::{BoardId, ExportId, PersonId},
};

/// A job as it is asked for.
#[derive(Debug)]
pub struct Job {
    pub id: ExportId,
    pub board: BoardId,
    pub person: PersonId,
    pub order: Order,
    pub(super) progress: Arc<Progress>,
    pub(super) unwanted: CancellationToken,
    pub(super) outcome: Mutex<Outcome>,
}

/// What has become of a job.
#[derive(Debug, Clone)]
pub enum Outcome {
    Running,
    /// The file, and since when.
    Ready(Bytes, Instant),
    Failed,
    Cancelled,
}

impl Job {
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.lock().clone()
    }

    /// Of [`crate::export::progress::WHOLE`].
    #[must_use]
    pub fn done(&self) -> u32 {
        self.progress.done()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what has become of it, unless that is known already.
    pub(super) fn settle(&self, outcome: Outcome) {
        let mut held = self.lock();
        if matches!(*held, Outcome::Running) {
            *held = outcome;
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(*self.lock(), Outcome::Running)
    }
}

/// Stops an export's work when nobody waits for it any more.
pub(super) struct StopOnDrop(pub(super) Arc<Progress>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// A place among few; work that ends because its future was dropped is counted.
pub(super) struct Turn<'a> {
    _place: SemaphorePermit<'a>,
    stopped: &'a AtomicUsize,
    finished: bool,
}

impl<'a> Turn<'a> {
    pub(super) fn new(place: SemaphorePermit<'a>, stopped: &'a AtomicUsize) -> Self {
        Self { _place: place, stopped, finished: false }
    }

    /// The work came to its end, whatever it was.
    pub(super) fn finish(mut self) {
        self.finished = true;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.stopped.fetch_add(1, Ordering::Relaxed);
        }
    }
}
