//! Whether the store can write, as its threads tell each other and everyone else. Knows no SQL.

use std::{path::PathBuf, sync::OnceLock};

use tokio::sync::watch;

use super::{fault, folder};
use crate::{error::StoreError, store::Health};

/// Shared by the writer, the housekeeper and all who ask.
pub(super) struct State {
    health: watch::Sender<Health>,
    /// Why writing has ended for good.
    reason: OnceLock<String>,
    data: PathBuf,
}

impl State {
    pub(super) fn new(data: PathBuf) -> Self {
        Self { health: watch::Sender::new(Health::Good), reason: OnceLock::new(), data }
    }

    pub(super) fn watch(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }

    pub(super) fn health(&self) -> Health {
        *self.health.borrow()
    }

    /// The error with which everything that would write is answered now.
    pub(super) fn writable(&self) -> Result<(), StoreError> {
        match self.health() {
            Health::Good => Ok(()),
            Health::Full => Err(StoreError::Full),
            Health::Failing => Err(self.ended()),
        }
    }

    /// The answer when the writer is gone.
    pub(super) fn ended(&self) -> StoreError {
        StoreError::Failing(self.reason.get().cloned().unwrap_or_else(|| "the store is closed".into()))
    }

    /// What an error of writing is: a used-up quota, for one, is no broken disk, and SQLite cannot tell them apart.
    pub(super) fn judge(&self, error: StoreError) -> StoreError {
        if fault::may_want_room(&error) && folder::has_no_room(&self.data) { StoreError::Full } else { error }
    }

    /// What an error of the writer or of a checkpoint means for all that follow.
    pub(super) fn note(&self, error: &StoreError) {
        match error {
            StoreError::Full if self.turn(Health::Full) => {
                tracing::warn!("the disk is full: nothing is saved until there is room");
            }
            StoreError::Failing(why) | StoreError::Corrupt(why) => self.fail(why),
            _ => {}
        }
    }

    /// Ends writing for good: after a failed write or sync nobody knows what the disk holds, and trying again
    /// can succeed without it (the kernel drops the pages that it could not write).
    pub(super) fn fail(&self, why: &str) {
        let _ = self.reason.set(why.to_owned());
        if self.turn(Health::Failing) {
            tracing::error!(why, "the store cannot write; restart the server when the disk is well");
        }
    }

    pub(super) fn recovered(&self) {
        if self.turn(Health::Good) {
            tracing::info!("there is room on the disk again");
        }
    }

    /// Whether that was a change. Nothing follows `Failing`.
    fn turn(&self, to: Health) -> bool {
        self.health.send_if_modified(|health| {
            let changes = *health != to && *health != Health::Failing;
            if changes {
                *health = to;
            }
            changes
        })
    }
}
