//! Connections that only read, on threads of their own: no reader waits for the writer. Knows no rows.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{
    connection::{Use, connect},
    fault::while_reading,
};
use crate::error::StoreError;

/// How many read at once; loads are mostly memory copies, so more than the cores gain nothing.
const READERS: usize = 4;

/// The connections.
pub(super) struct Pool {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Pool {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, permits: Arc::new(Semaphore::new(READERS)), idle: Arc::default() }
    }

    /// Runs `read` with a connection of its own.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| closed())?;
        let idle = Arc::clone(&self.idle);
        let path = self.path.clone();
        spawn_blocking(move || {
            let _permit = permit;
            let connection = take(&idle).map_or_else(|| connect(&path, Use::Read), Ok)?;
            let result = read(&connection);
            // After a panic or an error it is not used again: a new one costs little.
            if !matches!(result, Err(StoreError::Other(_) | StoreError::Corrupt(_) | StoreError::Failing(_))) {
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            }
            result
        })
        .await
        .unwrap_or_else(|error| Err(StoreError::Other(format!("reading stopped: {error}"))))
        .map_err(while_reading)
    }

    /// Closes all that are idle and lets nobody in any more.
    pub(super) fn close(&self) {
        self.permits.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn take(idle: &Mutex<Vec<Connection>>) -> Option<Connection> {
    idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

fn closed() -> StoreError {
    StoreError::Other("the store is closed".into())
}
