//! The generator's one clock: nanoseconds since it was first asked. Knows nothing else.

use std::{sync::OnceLock, time::Instant};

/// Now, in nanoseconds.
pub(crate) fn now() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_nanos() as u64
}

/// A moment of [`now`] as the runtime's timers want it.
pub(crate) fn instant(at: u64) -> tokio::time::Instant {
    let now = now();
    tokio::time::Instant::now() + std::time::Duration::from_nanos(at.saturating_sub(now))
}
