//! Keeping the past only as long as the configuration says: when, and how fast. Knows no SQL and no rooms.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::Journal;
use crate::{config::History, error::StoreError, limits};

/// Deletes entries that are too old, at once and then every [`limits::PRUNE_EVERY`], until `stop`. `now` is the time in
/// milliseconds since 1970.
pub async fn run<J: Journal + ?Sized>(
    journal: Arc<J>,
    history: History,
    now: impl Fn() -> i64,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        if let Some(before) = history.before(now()) {
            match stop.run_until_cancelled(round(journal.as_ref(), before)).await {
                Some(Ok(entries)) if entries > 0 => tracing::info!(entries, "entries past the kept time were deleted"),
                // What did not succeed is tried again; a disk that is full or fails is told by whoever writes.
                Some(Err(error)) => tracing::warn!(%error, "old entries were not deleted"),
                _ => {}
            }
        }
        stop.run_until_cancelled(tokio::time::sleep(limits::PRUNE_EVERY)).await;
    }
}

/// Deletes all that is older than `before` now, a little at a time, so that nobody who writes waits long; gives how many
/// entries went.
///
/// # Errors
/// As [`Journal::prune`]; what went before is gone.
pub async fn round<J: Journal + ?Sized>(journal: &J, before: i64) -> Result<usize, StoreError> {
    let mut entries = 0;
    loop {
        let pruned = journal.prune(before, limits::PRUNE_ENTRIES).await?;
        entries += pruned.entries;
        if !pruned.more {
            return Ok(entries);
        }
        pause().await;
    }
}

/// The writer is others' for most of the time.
async fn pause() {
    const PAUSE: Duration = Duration::from_millis(20);
    tokio::time::sleep(PAUSE).await;
}
