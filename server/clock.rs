//! Time as the rest of the server sees it. Knows nothing of who asks.
//!
//! Two clocks that must not be mixed: `now_ms` is wall time, to show and to store; `instant` is monotonic,
//! for timeouts and limits, and follows tokio's paused clock in tests.

use std::{
    cell::Cell,
    time::{SystemTime, UNIX_EPOCH},
};

thread_local! {
    /// On a thread whose time is simulated: what wall time it was, and when.
    static SIMULATED: Cell<Option<(i64, tokio::time::Instant)>> = const { Cell::new(None) };
}

/// From now on it is `now`, and wall time on this thread goes as its monotonic clock does, so that whoever pauses that
/// decides what time it is. `None` ends it.
pub fn simulate(now: Option<i64>) {
    SIMULATED.set(now.map(|now| (now, instant())));
}

/// Milliseconds since 1970 in UTC; 0 should the machine's clock stand before that.
#[must_use]
pub fn now_ms() -> i64 {
    if let Some((began, at)) = SIMULATED.get() {
        return began.saturating_add(i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX));
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The monotonic clock.
#[must_use]
pub fn instant() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn simulated_wall_time_goes_as_the_paused_clock_does() {
        simulate(Some(1_000));
        tokio::time::advance(std::time::Duration::from_secs(5)).await;
        assert_eq!(now_ms(), 6_000);
        simulate(None);
        assert!(now_ms() > 1_700_000_000_000);
    }
}
