//! Work that takes long enough to hold up other rooms. Knows not what it is.

use tokio::{
    runtime::{Handle, RuntimeFlavor},
    task::{JoinError, spawn_blocking},
};

/// Does the work on a thread of its own. A runtime of one thread is meant to decide the order of everything: there it
/// is done at once.
///
/// # Errors
/// When it panicked, or the runtime ends.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, JoinError> {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::CurrentThread => Ok(work()),
        _ => spawn_blocking(work).await,
    }
}
