//! A store that can be told to fail, around a real one. Knows no rooms.

use std::{
    collections::HashMap,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

use async_trait::async_trait;
use jalostamo::{
    error::StoreError,
    facilitation::Ballot,
    ids::{BallotId, BoardId, Epoch, InviteId, PersonId, RoundId, Seq, SeriesId, SnapshotId, VoteId, WorkshopId},
    programme::{Answer, Series, Survey, Team, WholeSeries, Workshop},
    role::Role,
    store::{
        Ballots, Checkpoint, Commit, Counted, Health, Journal, Loaded, People, Pruned, Records, Snapshot, Snapshots,
        SqliteStore, Stored, Stream,
        ballots::SurveyState,
        people::{Around, Profile, Roster},
        records::{Board, Invite, Member, Person, SecretHash, SeriesLine, Session},
    },
};
use tokio::sync::{Semaphore, watch};

use crate::support::eventually;

/// A real store with switches.
pub(crate) struct Faulty {
    pub(crate) real: Arc<SqliteStore>,
    /// Loads fail.
    pub(crate) unreadable: AtomicBool,
    /// Commits fail with a conflict.
    pub(crate) conflicts: AtomicBool,
    /// How often a stream was loaded.
    pub(crate) loads: AtomicU64,
    /// A commit takes one permit; without any, commits hang.
    pub(crate) commits: Semaphore,
    /// Commits that hang now.
    pub(crate) hanging: AtomicU64,
    /// A commit is done within the turn that asks for it, so that a paused clock stands meanwhile.
    pub(crate) at_once: AtomicBool,
    health: watch::Sender<Health>,
}

impl Faulty {
    pub(crate) fn new(real: Arc<SqliteStore>) -> Arc<Self> {
        Arc::new(Self {
            real,
            unreadable: AtomicBool::new(false),
            conflicts: AtomicBool::new(false),
            loads: AtomicU64::new(0),
            commits: Semaphore::new(Semaphore::MAX_PERMITS),
            hanging: AtomicU64::new(0),
            at_once: AtomicBool::new(false),
            health: watch::Sender::new(Health::Good),
        })
    }

    /// The disk is full, or has room again.
    pub(crate) fn set_health(&self, health: Health) {
        self.health.send_replace(health);
    }

    /// From now on commits hang until [`Faulty::let_commit`].
    pub(crate) fn hold_commits(&self) {
        self.commits.forget_permits(Semaphore::MAX_PERMITS);
    }

    /// Waits until a commit hangs.
    pub(crate) async fn until_it_hangs(&self) {
        eventually("a commit hangs", async || self.hanging.load(Ordering::Relaxed) > 0).await;
    }

    pub(crate) fn let_commit(&self) {
        self.commits.add_permits(1_000);
    }
}

/// Waits on this thread, whatever else would run on it.
fn stand_still<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
    }
}

#[async_trait]
impl Journal for Faulty {
    async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        self.hanging.fetch_add(1, Ordering::Relaxed);
        self.commits.acquire().await.unwrap().forget();
        self.hanging.fetch_sub(1, Ordering::Relaxed);
        if *self.health.borrow() == Health::Full {
            return Err(StoreError::Full);
        }
        if self.conflicts.load(Ordering::Relaxed) {
            return Err(StoreError::Conflict { expected: 0, found: 1 });
        }
        if self.at_once.load(Ordering::Relaxed) {
            return stand_still(self.real.commit(commit));
        }
        self.real.commit(commit).await
    }

    async fn load(&self, stream: &Stream) -> Result<Loaded, StoreError> {
        self.loads.fetch_add(1, Ordering::Relaxed);
        if self.unreadable.load(Ordering::Relaxed) {
            return Err(StoreError::Other("as the test says".into()));
        }
        self.real.load(stream).await
    }

    async fn entries(&self, stream: &Stream, after: Seq, limit: usize) -> Result<Vec<Stored>, StoreError> {
        self.real.entries(stream, after, limit).await
    }

    async fn checkpoint(&self, stream: &Stream, epoch: Epoch, checkpoint: Checkpoint) -> Result<(), StoreError> {
        self.real.checkpoint(stream, epoch, checkpoint).await
    }

    async fn begin_epoch(
        &self,
        stream: &Stream,
        from: Epoch,
        expected: Seq,
        checkpoint: Checkpoint,
        authors: HashMap<String, PersonId>,
    ) -> Result<(), StoreError> {
        if *self.health.borrow() == Health::Full {
            return Err(StoreError::Full);
        }
        self.real.begin_epoch(stream, from, expected, checkpoint, authors).await
    }

    async fn prune(&self, before: i64, at_most: usize) -> Result<Pruned, StoreError> {
        self.real.prune(before, at_most).await
    }

    async fn quarantine(&self, stream: &Stream, seq: Seq, index: usize) -> Result<(), StoreError> {
        self.real.quarantine(stream, seq, index).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }
}

#[async_trait]
impl Records for Faulty {
    async fn board(&self, id: BoardId) -> Result<Board, StoreError> {
        self.real.board(id).await
    }
    async fn boards_of(&self, person: PersonId) -> Result<Vec<(Board, Role)>, StoreError> {
        self.real.boards_of(person).await
    }
    async fn person(&self, id: PersonId) -> Result<Person, StoreError> {
        self.real.person(id).await
    }
    async fn people_on(&self, board: BoardId) -> Result<Vec<(Person, Role)>, StoreError> {
        self.real.people_on(board).await
    }
    async fn role_on(&self, board: BoardId, person: PersonId) -> Result<Role, StoreError> {
        self.real.role_on(board, person).await
    }
    async fn invite_by_secret(&self, secret: &SecretHash) -> Result<Invite, StoreError> {
        self.real.invite_by_secret(secret).await
    }
    async fn invite(&self, id: InviteId) -> Result<Invite, StoreError> {
        self.real.invite(id).await
    }
    async fn invites_of(&self, board: BoardId) -> Result<Vec<Invite>, StoreError> {
        self.real.invites_of(board).await
    }
    async fn members_by_invite(&self, invite: InviteId) -> Result<Vec<Member>, StoreError> {
        self.real.members_by_invite(invite).await
    }
    async fn session(&self, secret: &SecretHash, at: i64) -> Result<Session, StoreError> {
        self.real.session(secret, at).await
    }
    async fn invites_of_series(&self, series: SeriesId) -> Result<Vec<Invite>, StoreError> {
        self.real.invites_of_series(series).await
    }
    async fn series(&self, id: SeriesId) -> Result<Series, StoreError> {
        self.real.series(id).await
    }
    async fn whole_series(&self, id: SeriesId) -> Result<WholeSeries, StoreError> {
        self.real.whole_series(id).await
    }
    async fn series_of(&self, person: PersonId) -> Result<Vec<SeriesLine>, StoreError> {
        self.real.series_of(person).await
    }
    async fn role_in(&self, series: SeriesId, person: PersonId) -> Result<Role, StoreError> {
        self.real.role_in(series, person).await
    }
    async fn team_on(&self, board: BoardId) -> Result<Team, StoreError> {
        self.real.team_on(board).await
    }
    async fn workshops_of(&self, series: SeriesId) -> Result<Vec<Workshop>, StoreError> {
        self.real.workshops_of(series).await
    }
    async fn workshop(&self, series: SeriesId, id: WorkshopId) -> Result<Workshop, StoreError> {
        self.real.workshop(series, id).await
    }
    async fn called(&self, board: BoardId) -> Result<Vec<(WorkshopId, Seq)>, StoreError> {
        self.real.called(board).await
    }
    async fn drafts_of(&self, board: BoardId, round: RoundId, number: u32) -> Result<Vec<(PersonId, Seq)>, StoreError> {
        self.real.drafts_of(board, round, number).await
    }
}

#[async_trait]
impl Snapshots for Faulty {
    async fn snapshots_of(&self, board: BoardId) -> Result<Vec<Snapshot>, StoreError> {
        self.real.snapshots_of(board).await
    }
    async fn snapshot(&self, board: BoardId, id: SnapshotId) -> Result<Snapshot, StoreError> {
        self.real.snapshot(board, id).await
    }
    async fn snapshot_state(&self, board: BoardId, id: SnapshotId) -> Result<Checkpoint, StoreError> {
        self.real.snapshot_state(board, id).await
    }
}

#[async_trait]
impl People for Faulty {
    async fn roster(&self, series: SeriesId) -> Result<Roster, StoreError> {
        self.real.roster(series).await
    }
    async fn profile(&self, series: SeriesId, person: PersonId) -> Result<Profile, StoreError> {
        self.real.profile(series, person).await
    }
    async fn around(&self, board: BoardId) -> Result<Around, StoreError> {
        self.real.around(board).await
    }
    async fn moved(&self, board: BoardId, person: PersonId) -> Result<BoardId, StoreError> {
        self.real.moved(board, person).await
    }
    async fn has_redeemed(&self, invite: InviteId, person: PersonId) -> Result<bool, StoreError> {
        self.real.has_redeemed(invite, person).await
    }
}

#[async_trait]
impl Ballots for Faulty {
    async fn ballots(&self, board: BoardId, vote: VoteId) -> Result<Counted, StoreError> {
        self.real.ballots(board, vote).await
    }
    async fn ballot(&self, board: BoardId, vote: VoteId, person: PersonId) -> Result<Ballot, StoreError> {
        self.real.ballot(board, vote, person).await
    }
    async fn entered(&self, board: BoardId, vote: VoteId, by: PersonId) -> Result<Vec<(BallotId, Ballot)>, StoreError> {
        self.real.entered(board, vote, by).await
    }
    async fn answers(&self, workshop: WorkshopId, survey: Survey) -> Result<(SurveyState, Vec<Answer>), StoreError> {
        self.real.answers(workshop, survey).await
    }
    async fn has_answered(&self, workshop: WorkshopId, survey: Survey, person: PersonId) -> Result<bool, StoreError> {
        self.real.has_answered(workshop, survey, person).await
    }
}
