//! Time as the rest of the server sees it. Knows nothing of who asks.
//!
//! Two clocks that must not be mixed: `now_ms` is wall time, to show and to store; `instant` is monotonic,
//! for timeouts and limits, and follows tokio's paused clock in tests.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 in UTC; 0 should the machine's clock stand before that.
#[must_use]
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The monotonic clock.
#[must_use]
pub fn instant() -> tokio::time::Instant {
    tokio::time::Instant::now()
}
