//! Exports at work: few at once, each on a thread of its own, stopped when nobody waits for it. Knows no requests and
//! no stores.

mod job;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use dashmap::DashMap;
use tokio::sync::{Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

use crate::{
    board::read,
    export::{self, Failure, Order, progress::Progress},
    ids::{BoardId, ExportId, PersonId},
    limits,
};

pub use job::{Job, Outcome};
use job::{StopOnDrop, Turn};

/// All exports of the server.
#[derive(Debug)]
pub struct Exports {
    /// For downloads that somebody waits for.
    direct: Semaphore,
    /// For jobs.
    background: Semaphore,
    jobs: DashMap<ExportId, Arc<Job>>,
    /// How long what is finished is kept.
    kept: Duration,
    /// How many were stopped before they were finished.
    stopped: AtomicUsize,
}

impl Exports {
    #[must_use]
    pub fn new(kept: Duration) -> Self {
        Self {
            direct: Semaphore::new(limits::EXPORTS_AT_ONCE),
            background: Semaphore::new(limits::EXPORTS_AT_ONCE),
            jobs: DashMap::new(),
            kept,
            stopped: AtomicUsize::new(0),
        }
    }

    /// How many exports ended because nobody wanted them any more.
    #[must_use]
    pub fn stopped(&self) -> usize {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How many exports are at work.
    #[must_use]
    pub fn at_work(&self) -> usize {
        let free = self.direct.available_permits() + self.background.available_permits();
        (2 * limits::EXPORTS_AT_ONCE).saturating_sub(free)
    }

    /// How many jobs are known, finished ones too.
    #[must_use]
    pub fn known(&self) -> usize {
        self.jobs.len()
    }

    /// Makes an export while the caller waits; dropping the future stops the work. The document is not fetched before it
    /// is its turn, so that those who wait hold nothing.
    ///
    /// # Errors
    /// Those of fetching; inside, [`Failure::Broken`], also for a document that cannot be read.
    pub async fn now<E>(
        &self,
        document: impl Future<Output = Result<Bytes, E>>,
        order: Order,
    ) -> Result<Result<Bytes, Failure>, E> {
        let turn = match self.turn(&self.direct).await {
            Ok(turn) => turn,
            Err(failure) => return Ok(Err(failure)),
        };
        let document = match document.await {
            Ok(document) => document,
            Err(error) => {
                turn.finish();
                return Err(error);
            }
        };
        Ok(self.run(turn, Arc::default(), move |progress| make(&document, order, progress)).await)
    }

    /// Waits for a place among few.
    async fn turn<'a>(&'a self, places: &'a Semaphore) -> Result<Turn<'a>, Failure> {
        // They are never closed.
        let place = places.acquire().await.map_err(|_| Failure::Broken("the server stops".to_owned()))?;
        Ok(Turn::new(place, &self.stopped))
    }

    /// Runs work on a thread with a stack that no board is too deep for. The thread ends soon after
    /// the future is dropped.
    async fn run<T: Send + 'static>(
        &self,
        turn: Turn<'_>,
        progress: Arc<Progress>,
        work: impl FnOnce(&Progress) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let guard = StopOnDrop(Arc::clone(&progress));
        let (send, result) = oneshot::channel();
        let thread = std::thread::Builder::new().name("export".to_owned()).stack_size(limits::EXPORT_STACK);
        let spawned = thread.spawn(move || {
            // Nobody listens any more if the future was dropped.
            let _ = send.send(work(&progress));
        });
        if let Err(error) = spawned {
            turn.finish();
            return Err(Failure::Broken(format!("no thread: {error}")));
        }
        // A thread that panicked has dropped its end.
        let done = result.await.unwrap_or_else(|_| Err(Failure::Broken("the thread panicked".to_owned())));
        turn.finish();
        drop(guard);
        done
    }

    /// A new job of a person; none if too many of theirs, or of everybody's, are unfinished.
    pub fn add(&self, board: BoardId, person: PersonId, order: Order) -> Option<Arc<Job>> {
        let unfinished: Vec<PersonId> = self.jobs.iter().filter(|job| job.is_running()).map(|job| job.person).collect();
        let theirs = unfinished.iter().filter(|other| **other == person).count();
        if theirs >= limits::EXPORTS_PER_PERSON || unfinished.len() >= limits::EXPORTS_UNFINISHED {
            return None;
        }
        let job = Arc::new(Job {
            id: ExportId::new(),
            board,
            person,
            order,
            progress: Arc::default(),
            unwanted: CancellationToken::new(),
            outcome: Mutex::new(Outcome::Running),
        });
        self.jobs.insert(job.id, Arc::clone(&job));
        Some(job)
    }

    /// Works on a job until it is finished or unwanted, and keeps the result for its time. `shutdown` ends both.
    pub async fn work(&self, job: &Job, document: Bytes, shutdown: &CancellationToken) {
        let order = job.order;
        let progress = Arc::clone(&job.progress);
        let made = async {
            let turn = self.turn(&self.background).await?;
            self.run(turn, progress, move |progress| make(&document, order, progress)).await
        };
        let outcome = tokio::select! {
            () = job.unwanted.cancelled() => Outcome::Cancelled,
            () = shutdown.cancelled() => Outcome::Cancelled,
            made = made => match made {
                Ok(bytes) => Outcome::Ready(bytes, Instant::now()),
                Err(Failure::Stopped(_)) => Outcome::Cancelled,
                Err(Failure::Broken(error)) => {
                    tracing::error!(%error, board = %job.board, "an export failed");
                    Outcome::Failed
                }
            },
        };
        job.settle(outcome);
        self.make_room();
        tokio::select! {
            () = tokio::time::sleep(self.kept) => {}
            () = shutdown.cancelled() => {}
        }
        self.jobs.remove(&job.id);
    }

    /// Forgets a job that could not be begun.
    pub fn forget(&self, job: &Job) {
        self.jobs.remove(&job.id);
    }

    /// A person's job on a board.
    #[must_use]
    pub fn find(&self, id: ExportId, board: BoardId, person: PersonId) -> Option<Arc<Job>> {
        let job = self.jobs.get(&id)?;
        (job.board == board && job.person == person).then(|| Arc::clone(&job))
    }

    /// Stops a job that is at work; drops one that is finished.
    pub fn cancel(&self, job: &Job) {
        if job.is_running() {
            job.settle(Outcome::Cancelled);
            job.progress.stop();
            job.unwanted.cancel();
        } else {
            self.jobs.remove(&job.id);
        }
    }

    /// Drops the oldest results while all together take more than they may.
    fn make_room(&self) {
        let mut ready: Vec<(Instant, ExportId, usize)> = Vec::new();
        for job in &self.jobs {
            if let Outcome::Ready(bytes, since) = &*job.lock() {
                ready.push((*since, job.id, bytes.len()));
            }
        }
        ready.sort_unstable_by_key(|(since, _, _)| *since);
        let mut bytes: usize = ready.iter().map(|(_, _, bytes)| bytes).sum();
        for (_, id, size) in ready {
            if bytes <= limits::EXPORTS_KEPT_BYTES {
                break;
            }
            self.jobs.remove(&id);
            bytes -= size;
        }
    }
}

fn make(document: &[u8], order: Order, progress: &Progress) -> Result<Bytes, Failure> {
    let board = read::from_update(document).map_err(|error| Failure::Broken(error.to_string()))?;
    export::make(&board, order, progress).map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Format, csv::Decimal, words::Words};
    use std::sync::atomic::AtomicBool;

    const ORDER: Order =
        Order { format: Format::Json, words: Words::FINNISH, decimal: Decimal::Comma, now: 1_600_000_000_000 };

    fn exports() -> Arc<Exports> {
        Arc::new(Exports::new(Duration::from_secs(3_600)))
    }

    /// An empty document.
    fn document() -> Bytes {
        Bytes::from_static(&[0, 0])
    }

    async fn until(so: impl Fn() -> bool) {
        let wait = async {
            while !so() {
                tokio::task::yield_now().await;
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(30), wait).await.is_ok());
    }

    /// Work that ends only when it is stopped.
    fn endless(begun: Arc<AtomicBool>, ended: Arc<AtomicBool>) -> impl FnOnce(&Progress) -> Result<(), Failure> {
        move |progress| {
            begun.store(true, Ordering::SeqCst);
            while progress.check().is_ok() {
                std::thread::yield_now();
            }
            ended.store(true, Ordering::SeqCst);
            Ok(())
        }
    }

    #[tokio::test]
    async fn dropping_the_future_ends_the_work_and_frees_the_turn() {
        let exports = exports();
        let (begun, ended): (Arc<AtomicBool>, Arc<AtomicBool>) = Default::default();
        let work = endless(Arc::clone(&begun), Arc::clone(&ended));
        let task = tokio::spawn({
            let exports = Arc::clone(&exports);
            async move { exports.run(exports.turn(&exports.direct).await?, Arc::default(), work).await }
        });
        until(|| begun.load(Ordering::SeqCst)).await;
        assert_eq!(exports.direct.available_permits(), limits::EXPORTS_AT_ONCE - 1);
        task.abort();
        until(|| ended.load(Ordering::SeqCst)).await;
        until(|| exports.direct.available_permits() == limits::EXPORTS_AT_ONCE).await;
        assert_eq!(exports.stopped(), 1);
    }

    #[tokio::test]
    async fn a_thread_that_panics_is_a_failure_and_not_the_end() {
        let exports = exports();
        let place = exports.turn(&exports.direct).await.unwrap();
        let broken = exports.run::<()>(place, Arc::default(), |_| panic!("meant")).await;
        assert!(matches!(broken, Err(Failure::Broken(_))));
        let now = async |bytes: &'static [u8]| {
            exports.now(async { Ok::<_, ()>(Bytes::from_static(bytes)) }, ORDER).await.unwrap()
        };
        assert!(matches!(now(b"\xff\xff").await, Err(Failure::Broken(_))));
        assert!(now(&[0, 0]).await.is_ok());
        assert_eq!(exports.now(async { Err("no document") }, ORDER).await, Err("no document"));
        assert_eq!(exports.stopped(), 0);
    }

    #[tokio::test]
    async fn a_person_has_so_many_unfinished_jobs_and_others_theirs() {
        let exports = exports();
        let (person, other, board) = (PersonId::new(), PersonId::new(), BoardId::new());
        let jobs: Vec<Arc<Job>> =
            (0..limits::EXPORTS_PER_PERSON).map(|_| exports.add(board, person, ORDER).unwrap()).collect();
        assert!(exports.add(board, person, ORDER).is_none());
        assert!(exports.add(board, other, ORDER).is_some());
        exports.cancel(&jobs[0]);
        assert!(matches!(jobs[0].outcome(), Outcome::Cancelled));
        assert!(exports.add(board, person, ORDER).is_some());
        // Nobody else's, and not on another board.
        assert!(exports.find(jobs[1].id, board, person).is_some());
        assert!(exports.find(jobs[1].id, board, other).is_none());
        assert!(exports.find(jobs[1].id, BoardId::new(), person).is_none());
    }

    #[tokio::test]
    async fn so_many_jobs_wait_in_all() {
        let exports = exports();
        let add = || exports.add(BoardId::new(), PersonId::new(), ORDER);
        let jobs: Vec<Arc<Job>> = (0..limits::EXPORTS_UNFINISHED).map(|_| add().unwrap()).collect();
        assert!(add().is_none());
        jobs[0].settle(Outcome::Failed);
        assert!(add().is_some() && add().is_none());
    }

    #[tokio::test]
    async fn jobs_wait_for_their_turn_and_a_waiting_one_can_be_cancelled() {
        let exports = exports();
        let _turns = exports.background.acquire_many(u32::try_from(limits::EXPORTS_AT_ONCE).unwrap()).await.unwrap();
        let job = exports.add(BoardId::new(), PersonId::new(), ORDER).unwrap();
        let task = tokio::spawn({
            let (exports, job) = (Arc::clone(&exports), Arc::clone(&job));
            async move { exports.work(&job, document(), &CancellationToken::new()).await }
        });
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert!(job.is_running() && job.done() == 0);
        exports.cancel(&job);
        assert!(matches!(job.outcome(), Outcome::Cancelled));
        // A second time drops it.
        exports.cancel(&job);
        assert_eq!(exports.known(), 0);
        task.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn results_are_kept_for_their_time() {
        let exports = Arc::new(Exports::new(limits::EXPORT_KEPT));
        let job = exports.add(BoardId::new(), PersonId::new(), ORDER).unwrap();
        job.settle(Outcome::Failed);
        let task = tokio::spawn({
            let (exports, job) = (Arc::clone(&exports), Arc::clone(&job));
            async move {
                let shutdown = CancellationToken::new();
                job.unwanted.cancel();
                exports.work(&job, document(), &shutdown).await;
            }
        });
        tokio::time::sleep(limits::EXPORT_KEPT - Duration::from_millis(10)).await;
        assert_eq!(exports.known(), 1);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(exports.known(), 0);
        task.await.unwrap();
    }

    #[tokio::test]
    async fn the_oldest_results_go_when_all_take_too_much() {
        let exports = exports();
        let half = Bytes::from(vec![0; limits::EXPORTS_KEPT_BYTES / 2]);
        let ready: Vec<Arc<Job>> = (0..2)
            .map(|_| {
                let job = exports.add(BoardId::new(), PersonId::new(), ORDER).unwrap();
                job.settle(Outcome::Ready(half.clone(), Instant::now()));
                job
            })
            .collect();
        exports.make_room();
        assert_eq!(exports.known(), 2);
        let more = exports.add(BoardId::new(), PersonId::new(), ORDER).unwrap();
        more.settle(Outcome::Ready(Bytes::from_static(b"x"), Instant::now()));
        exports.make_room();
        assert!(!exports.jobs.contains_key(&ready[0].id) && exports.jobs.contains_key(&ready[1].id));
    }
}
