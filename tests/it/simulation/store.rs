//! The store of one server, over the simulated disk: it takes its time, fails as it is told, and is dead after a crash.
//! Knows no rooms.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jalostamo::{
    error::StoreError,
    ids::{BoardId, Epoch, PersonId, Seq},
    store::{Change, Checkpoint, Commit, Health, Journal, Loaded, Pruned, Stored, Stream},
};
use tokio::{
    sync::{oneshot, watch},
    time::sleep,
};

use super::{
    book::Book,
    bug::Bug,
    disk::{Disk, board_of},
};
use crate::support::random::Random;

/// The books of all boards.
pub(crate) type Books = Arc<BTreeMap<BoardId, Mutex<Book>>>;

/// What is wrong with the disk at the moment.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) full: bool,
    pub(crate) slow: bool,
    pub(crate) unreadable: bool,
    pub(crate) fsync_fails: bool,
    pub(crate) hiccups: BTreeSet<BoardId>,
}

/// What outlives a server.
#[derive(Clone)]
pub(crate) struct Machine {
    pub(crate) disk: Arc<Mutex<Disk>>,
    pub(crate) faults: Arc<Mutex<Faults>>,
    pub(crate) books: Books,
    /// By board, so that what one board does decides nothing on another.
    draws: Arc<BTreeMap<BoardId, Mutex<Random>>>,
    bug: Option<Bug>,
}

impl Machine {
    pub(crate) fn new(disk: Disk, books: Books, seed: u64, bug: Option<Bug>) -> Self {
        let draw =
            |(at, board): (usize, &BoardId)| (*board, Mutex::new(Random::new(seed ^ (0xd15c << 16) ^ at as u64)));
        let draws = Arc::new(disk.boards.keys().enumerate().map(draw).collect());
        Self { disk: Arc::new(Mutex::new(disk)), faults: Arc::default(), books, draws, bug }
    }

    pub(crate) fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap()
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap()
    }

    pub(crate) fn book(&self, board: BoardId) -> MutexGuard<'_, Book> {
        self.books[&board].lock().unwrap()
    }

    /// Commits and writes that down.
    pub(crate) fn keep(&self, commit: &Commit) -> Result<(), StoreError> {
        let appended = self.disk().commit(commit)?;
        appended.iter().for_each(|(board, stored)| self.book(*board).committed(stored));
        Ok(())
    }

    /// How long something takes on this board's behalf, in milliseconds: at most `most`, and seldom far longer.
    fn draw(&self, board: BoardId, most: usize) -> u64 {
        let mut random = self.draws[&board].lock().unwrap();
        let long = if self.faults().slow { 2_000 } else { 10 * most };
        let most = if random.below(20) == 0 { long } else { most };
        let mut time = random.below(most + 1) as u64;
        if self.bug == Some(Bug::NotDecided) && random.below(50) == 0 {
            let mut fresh = [0];
            getrandom::fill(&mut fresh).unwrap();
            time += u64::from(fresh[0] % 4);
        }
        time
    }
}

async fn pass(millis: u64) {
    if millis > 0 {
        sleep(Duration::from_millis(millis)).await;
    }
}

/// One server's store. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SimStore {
    pub(crate) machine: Machine,
    alive: Arc<AtomicBool>,
    failing: Arc<AtomicBool>,
    health: Arc<Mutex<Option<watch::Sender<Health>>>>,
}

impl SimStore {
    pub(crate) fn new(machine: Machine) -> Self {
        Self {
            machine,
            alive: Arc::new(AtomicBool::new(true)),
            failing: Arc::default(),
            health: Arc::new(Mutex::new(Some(watch::Sender::new(Health::Good)))),
        }
    }

    /// kill -9: whatever the server still does, it reaches nobody and nothing.
    pub(crate) fn kill(&self) {
        self.alive.store(false, Ordering::Relaxed);
        // Rooms end without a last word.
        *self.health.lock().unwrap() = None;
    }

    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    pub(crate) fn set_health(&self, health: Health) {
        if let Some(sender) = self.health.lock().unwrap().as_ref() {
            sender.send_if_modified(|there| std::mem::replace(there, health) != health);
        }
    }

    /// There is room again.
    pub(crate) fn recover(&self) {
        if !self.is_failing() {
            self.set_health(Health::Good);
        }
    }

    async fn go_on(&self) {
        if !self.alive.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    }

    /// Before and after everything that reads.
    pub(super) async fn read<T: Send>(
        &self,
        board: Option<BoardId>,
        work: impl FnOnce(&Disk) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        let board = board.filter(|board| self.machine.draws.contains_key(board));
        let (before, after) = board.map_or((0, 0), |board| (self.machine.draw(board, 3), self.machine.draw(board, 2)));
        pass(before).await;
        self.go_on().await;
        if self.machine.faults().unreadable {
            return Err(StoreError::Other("the disk does not answer".into()));
        }
        let answer = work(&self.machine.disk());
        // Others may change it before the answer is there.
        pass(after).await;
        self.go_on().await;
        answer
    }

    /// Everything that writes is done even if nobody waits for it any more, as by the real store's writer.
    async fn write(
        &self,
        board: BoardId,
        work: impl FnOnce(&Self) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        let store = self.clone();
        tokio::spawn(async move {
            let (before, after) = (store.machine.draw(board, 6), store.machine.draw(board, 3));
            if store.machine.bug == Some(Bug::AcknowledgesEarly) {
                let _ = reply.send(Ok(()));
                pass(before + 5).await;
                store.go_on().await;
                let _ = work(&store);
                return;
            }
            pass(before).await;
            store.go_on().await;
            let result = work(&store);
            pass(after).await;
            store.go_on().await;
            // A room that closed meanwhile does not wait.
            let _ = reply.send(result);
        });
        match answer.await {
            Ok(result) => result,
            Err(_) => std::future::pending().await,
        }
    }

    /// What stands in the way of writing, if anything does.
    fn fault(&self, board: BoardId, commit: Option<&Commit>) -> Result<(), StoreError> {
        if self.is_failing() {
            return Err(StoreError::Failing("the disk".into()));
        }
        let mut faults = self.machine.faults();
        if faults.full {
            self.set_health(Health::Full);
            return Err(StoreError::Full);
        }
        if faults.hiccups.remove(&board) {
            return Err(StoreError::Other("a hiccup".into()));
        }
        if let Some(commit) = commit
            && std::mem::take(&mut faults.fsync_fails)
        {
            self.machine.disk().unsure.push(commit.clone());
            self.failing.store(true, Ordering::Relaxed);
            self.set_health(Health::Failing);
            return Err(StoreError::Failing("fsync".into()));
        }
        Ok(())
    }

    fn commit_now(&self, board: BoardId, commit: &Commit) -> Result<(), StoreError> {
        match self.fault(board, Some(commit)) {
            Err(StoreError::Full) if self.machine.bug == Some(Bug::AcknowledgesNothing) => Ok(()),
            Err(error) => Err(error),
            Ok(()) => self.machine.keep(commit),
        }
    }
}

/// The board that a commit is about.
fn about(commit: &Commit) -> BoardId {
    let record = commit.records.iter().find_map(|change| match change {
        Change::SetTitle { board, .. } => Some(*board),
        _ => None,
    });
    commit.appends.first().map(|append| board_of(&append.stream)).or(record).unwrap()
}

#[async_trait]
impl Journal for SimStore {
    async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        let board = about(&commit);
        self.write(board, move |store| store.commit_now(board, &commit)).await
    }

    async fn load(&self, stream: &Stream) -> Result<Loaded, StoreError> {
        let board = board_of(stream);
        self.read(Some(board), move |disk| disk.load(board)).await
    }

    async fn entries(&self, stream: &Stream, after: Seq, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let board = board_of(stream);
        self.read(Some(board), move |disk| disk.entries(board, after, limit)).await
    }

    async fn checkpoint(&self, stream: &Stream, epoch: Epoch, mut checkpoint: Checkpoint) -> Result<(), StoreError> {
        let board = board_of(stream);
        self.write(board, move |store| {
            store.fault(board, None)?;
            let mut disk = store.machine.disk();
            if store.machine.bug == Some(Bug::CheckpointTooHigh) {
                checkpoint.seq = disk.board(board)?.seq();
            }
            disk.checkpoint(board, epoch, checkpoint)
        })
        .await
    }

    async fn begin_epoch(
        &self,
        stream: &Stream,
        _: Epoch,
        _: Seq,
        _: Checkpoint,
        _: HashMap<String, PersonId>,
    ) -> Result<(), StoreError> {
        Err(StoreError::Other(format!("nobody rewrites {stream} here")))
    }

    async fn prune(&self, before: i64, _: usize) -> Result<Pruned, StoreError> {
        Err(StoreError::Other(format!("nobody deletes what is older than {before} here")))
    }

    async fn quarantine(&self, stream: &Stream, seq: Seq, index: usize) -> Result<(), StoreError> {
        let board = board_of(stream);
        self.machine.book(board).wrong(format!("update {index} of entry {seq} was quarantined"));
        self.write(board, move |store| store.machine.disk().quarantine(board, seq, index)).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        match self.health.lock().unwrap().as_ref() {
            Some(sender) => sender.subscribe(),
            None => watch::Sender::new(Health::Good).subscribe(),
        }
    }
}
