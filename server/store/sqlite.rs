//! The store in one SQLite file: `jalostamo.db` in the data folder. Knows no rooms and no HTTP.
//!
//! One thread writes for all boards at once, another keeps the write-ahead log short, readers have connections of
//! their own. What "durable" means here: the write-ahead log has been synced to the disk (`synchronous=FULL`).

mod backup;
mod ballots;
mod body;
mod change;
mod change_series;
mod connection;
mod drafts;
mod fault;
mod folder;
mod housekeeper;
mod people;
mod pool;
mod prune;
mod reading;
mod reading_people;
mod reading_records;
mod reading_series;
mod restore;
mod snapshots;
mod state;
mod sum;
mod surveys;
mod work;
mod workshops;
mod writer;

use std::{
    collections::HashMap,
    fmt,
    fs::File,
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc as blocking},
    thread::{self, JoinHandle},
};

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot, watch};

pub use backup::backup;
pub use body::decode as decode_body;
use connection::{Use, check_version, connect, prepare};
use housekeeper::{Chores, Housekeeper};
use pool::Pool;
pub use restore::restore;
use state::State;
use work::{NewEpoch, Work};
use writer::{Job, QUEUE, Writer};

use crate::{
    error::StoreError,
    ids::{Epoch, PersonId, Seq},
    store::{Checkpoint, Commit, Health, Journal, Loaded, Pruned, Stored, Stream},
};

/// How a store is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The largest size of the database in pages of 4 KiB; past it the disk counts as full. `None`: as large as
    /// the disk.
    pub max_pages: Option<u32>,
}

/// An open store. Dropping it writes what waits and closes it; [`SqliteStore::close`] does so without blocking.
pub struct SqliteStore {
    pool: Pool,
    state: Arc<State>,
    /// `None` once it closes.
    running: Mutex<Option<Running>>,
}

struct Running {
    jobs: mpsc::Sender<Job>,
    threads: [JoinHandle<()>; 2],
}

impl SqliteStore {
    /// Opens the store of a server: makes the folder and the database where they are missing, converts an older
    /// database, and holds the folder against a second server until it is closed.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another server holds the folder, [`StoreError::ReadOnly`] when it cannot be made
    /// or written, [`StoreError::Corrupt`] when the file is damaged, [`StoreError::Other`] when it is another
    /// program's or a newer version's.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        Self::open_with(data, Options::default())
    }

    /// As [`SqliteStore::open`].
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open_with(data: &Path, options: Options) -> Result<Self, StoreError> {
        let lock = folder::hold(data)?;
        let path = folder::make_database(data)?;
        let mut connection = connect(&path, Use::Write).map_err(|error| no_write(data, error))?;
        prepare(&mut connection).map_err(|error| no_write(data, error))?;
        if let Some(pages) = options.max_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        Self::start(data, connection, Some(lock))
    }

    /// Opens the store beside a running server, which goes on: for a command that changes a record or two. The
    /// database has to be there, at this program's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the folder holds no database; else as [`SqliteStore::open`].
    pub fn attach(data: &Path) -> Result<Self, StoreError> {
        let path = folder::database(data);
        if !path.is_file() {
            return Err(StoreError::NotFound);
        }
        let connection = connect(&path, Use::Write).map_err(|error| no_write(data, error))?;
        check_version(&connection)?;
        Self::start(data, connection, None)
    }

    fn start(data: &Path, connection: rusqlite::Connection, lock: Option<File>) -> Result<Self, StoreError> {
        let path = folder::database(data);
        let state = Arc::new(State::new(data.to_owned()));
        let chores = Arc::new(Chores::default());
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let (wake, woken) = blocking::sync_channel(1);
        let housekeeper = Housekeeper {
            connection: connect(&path, Use::Write)?,
            state: Arc::clone(&state),
            chores: Arc::clone(&chores),
            wake: woken,
            writer: jobs.downgrade(),
            lock,
        };
        housekeeper.begin();
        let writer = Writer::new(connection, Arc::clone(&state), chores, wake);
        let housekeeping = named("store-housekeeper", move || housekeeper.run())?;
        let writing = named("store-writer", move || writer.run(waiting))?;
        let running = Running { jobs, threads: [writing, housekeeping] };
        Ok(Self { pool: Pool::new(path), state, running: Mutex::new(Some(running)) })
    }

    /// Writes what waits, empties the write-ahead log and gives the folder free. Afterwards every call is an error.
    pub async fn close(&self) {
        self.pool.close();
        if let Some(running) = self.stop() {
            let ended = tokio::task::spawn_blocking(move || running.join()).await;
            if let Err(error) = ended {
                tracing::error!(%error, "the store was not closed in order");
            }
        }
    }

    fn stop(&self) -> Option<Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn jobs(&self) -> Option<mpsc::Sender<Job>> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().map(|running| running.jobs.clone())
    }

    async fn write(&self, work: Work) -> Result<(), StoreError> {
        self.state.writable()?;
        let jobs = self.jobs().ok_or_else(|| self.state.ended())?;
        let (answer, answered) = oneshot::channel();
        jobs.send(Job::Write(Box::new(work), answer)).await.map_err(|_| self.state.ended())?;
        drop(jobs);
        answered.await.unwrap_or_else(|_| Err(self.state.ended()))
    }
}

impl Running {
    fn join(self) {
        drop(self.jobs);
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the store stopped unexpectedly");
            }
        }
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.pool.close();
        if let Some(running) = self.stop() {
            running.join();
        }
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("health", &self.state.health()).finish_non_exhaustive()
    }
}

/// While opening, a failed write is about the folder.
fn no_write(data: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::Failing(why) => StoreError::ReadOnly(format!("{}: {why}", data.display())),
        other => other,
    }
}

fn named(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    thread::Builder::new()
        .name(name.into())
        .spawn(run)
        .map_err(|error| StoreError::Other(format!("no thread for the store: {error}")))
}

#[async_trait]
impl Journal for SqliteStore {
    async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        self.write(Work::Commit(commit)).await
    }

    async fn load(&self, stream: &Stream) -> Result<Loaded, StoreError> {
        let stream = stream.clone();
        self.pool.read(move |connection| reading::load(connection, &stream)).await
    }

    async fn entries(&self, stream: &Stream, after: Seq, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let stream = stream.clone();
        self.pool.read(move |connection| reading::entries(connection, &stream, after, limit)).await
    }

    async fn checkpoint(&self, stream: &Stream, epoch: Epoch, checkpoint: Checkpoint) -> Result<(), StoreError> {
        self.write(Work::Checkpoint { stream: stream.clone(), epoch, checkpoint }).await
    }

    async fn begin_epoch(
        &self,
        stream: &Stream,
        from: Epoch,
        expected: Seq,
        checkpoint: Checkpoint,
        authors: HashMap<String, PersonId>,
    ) -> Result<(), StoreError> {
        self.write(Work::BeginEpoch(NewEpoch { stream: stream.clone(), from, expected, checkpoint, authors })).await
    }

    async fn prune(&self, before: i64, at_most: usize) -> Result<Pruned, StoreError> {
        // Found beside the writer, so that it only deletes.
        let plan = self.pool.read(move |connection| prune::plan(connection, before, at_most)).await?;
        let pruned = plan.outcome();
        if pruned.entries > 0 {
            self.write(Work::Prune(plan)).await?;
        }
        Ok(pruned)
    }

    async fn quarantine(&self, stream: &Stream, seq: Seq, index: usize) -> Result<(), StoreError> {
        self.write(Work::Quarantine { stream: stream.clone(), seq, index }).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.state.watch()
    }
}
