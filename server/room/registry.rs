//! The open rooms of this process. Knows not what happens in a room.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use dashmap::DashMap;
use tokio::sync::{OnceCell, mpsc};
use tokio_util::task::TaskTracker;

use super::{
    actor::Actor,
    ask::Ask,
    draft::{self, Draft},
    handle::{Closed, Join, JoinError, Room, Seat},
    load,
};
use crate::{
    error::StoreError,
    ids::{BoardId, PersonId, RoundId},
    limits,
    metrics::Metrics,
    store::{DraftId, Store, Stream},
};

/// Why a board could not be opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// The server is going down.
    #[error("the server is shutting down")]
    ShuttingDown,
    /// `NotFound`: no such board.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a room is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Board(BoardId),
    Draft(DraftId),
}

/// All open rooms. Cheap to clone.
#[derive(Clone)]
pub struct Rooms {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) store: Arc<dyn Store>,
    pub(super) metrics: Arc<Metrics>,
    /// Counts what is nobody's business.
    pub(super) unseen: Arc<Metrics>,
    pub(super) pace: limits::Pace,
    /// A cell is there before its room: whoever comes while it loads waits for the same load.
    open: DashMap<Key, Arc<OnceCell<Room>>>,
    shutting_down: AtomicBool,
    actors: TaskTracker,
}

impl Inner {
    /// Forgets a room that closes, unless a newer one has its place.
    pub(super) fn forget(&self, key: Key, room: &mpsc::WeakSender<Ask>) {
        self.open.remove_if(&key, |_, cell| cell.get().is_some_and(|there| there.is_same(room)));
    }

    /// The open drafts of a round. One that opens now finds out by itself that it is to stand still.
    pub(super) fn drafts(&self, board: BoardId, round: RoundId) -> Vec<Room> {
        self.drafts_that(|draft| draft.board == board && draft.round == round)
    }

    /// What somebody has open of what they write in private on a board.
    pub(super) fn drafts_by(&self, board: BoardId, person: PersonId) -> Vec<Room> {
        self.drafts_that(|draft| draft.board == board && draft.person == person)
    }

    fn drafts_that(&self, are: impl Fn(&DraftId) -> bool) -> Vec<Room> {
        self.open
            .iter()
            .filter(|entry| matches!(entry.key(), Key::Draft(draft) if are(draft)))
            .filter_map(|entry| entry.value().get().cloned())
            .collect()
    }
}

impl Rooms {
    #[must_use]
    pub fn new(store: Arc<dyn Store>, metrics: Arc<Metrics>) -> Self {
        Self::paced(store, metrics, limits::Pace::default())
    }

    /// As [`Rooms::new`], where what takes time takes another.
    #[must_use]
    pub fn paced(store: Arc<dyn Store>, metrics: Arc<Metrics>, pace: limits::Pace) -> Self {
        let (open, actors, unseen) = (DashMap::new(), TaskTracker::new(), Arc::new(Metrics::new()));
        let shutting_down = AtomicBool::new(false);
        Self { inner: Arc::new(Inner { store, metrics, unseen, pace, open, shutting_down, actors }) }
    }

    /// The room of a board, opened from its journal if need be, once however many ask.
    ///
    /// # Errors
    /// When it cannot be read whole; the next call tries again.
    pub async fn open(&self, board: BoardId) -> Result<Room, OpenError> {
        self.open_by(Key::Board(board), || self.start(board)).await
    }

    async fn open_by<F>(&self, key: Key, start: impl Fn() -> F) -> Result<Room, OpenError>
    where
        F: Future<Output = Result<Room, StoreError>>,
    {
        loop {
            if self.inner.shutting_down.load(Ordering::Acquire) {
                return Err(OpenError::ShuttingDown);
            }
            let cell = Arc::clone(&self.inner.open.entry(key).or_default());
            let opened = cell.get_or_try_init(&start).await.cloned();
            match opened {
                Ok(room) if !room.is_closed() => {
                    if self.inner.shutting_down.load(Ordering::Acquire) {
                        room.shut_down().await;
                        return Err(OpenError::ShuttingDown);
                    }
                    return Ok(room);
                }
                Ok(_) => {
                    self.inner.open.remove_if(&key, |_, there| Arc::ptr_eq(there, &cell));
                }
                Err(error) => {
                    // Unless somebody else's try has succeeded in between.
                    let empty = |there: &Arc<OnceCell<Room>>| Arc::ptr_eq(there, &cell) && !there.initialized();
                    self.inner.open.remove_if(&key, |_, there| empty(there));
                    return Err(error.into());
                }
            }
        }
    }

    async fn start(&self, board: BoardId) -> Result<Room, StoreError> {
        let inner = &self.inner;
        let opened = load::open(&inner.store, &Stream::board(board), None).await?;
        let people = inner.store.people_on(board).await?;
        let row = inner.store.board(board).await?;
        let called = inner.store.called(board).await?;
        let around = inner.store.around(board).await?;
        let behind = called.iter().any(|(workshop, newest)| opened.facilitation.1.adopted(*workshop) < *newest);
        let (room, mut actor) = Actor::new(row, opened, people, inner);
        actor.session.around = around;
        actor.tell_drafts_of_people();
        if behind {
            actor.catch_up();
        }
        inner.actors.spawn(actor.run());
        Ok(room)
    }

    async fn start_draft(&self, id: DraftId, board: &Room) -> Result<Room, StoreError> {
        let inner = &self.inner;
        let opened = load::open(&inner.store, &Stream::draft(id), Some(id.person)).await?;
        let row = inner.store.board(id.board).await?;
        let draft = Draft::new(id, opened.seq > 0, board.facts.clone(), board.inbox.downgrade());
        let (room, mut actor) = Actor::of(row, opened, Some(draft), inner);
        actor.session.around.withdrawn = board.facts.borrow().withdrawn;
        inner.actors.spawn(actor.run());
        Ok(room)
    }

    /// Opens what somebody writes in private in a round and takes a seat at it.
    ///
    /// # Errors
    /// [`JoinError::NoDraft`] when the round is not at this number, or is not known; else as [`Rooms::join`].
    pub async fn join_draft(&self, id: DraftId, mut make: impl FnMut(&Room) -> Join) -> Result<Seat, SeatError> {
        for _ in 0..3 {
            let board = self.open(id.board).await?;
            if let Some(code) = draft::over(id, &board.facts.borrow().state) {
                return Err(JoinError::NoDraft(code).into());
            }
            let room = self.open_by(Key::Draft(id), || self.start_draft(id, &board)).await?;
            match room.join(make(&room)).await {
                Err(JoinError::Closed(Closed)) => {}
                Ok(seat) => return Ok(seat),
                Err(error) => return Err(error.into()),
            }
        }
        Err(JoinError::Closed(Closed).into())
    }

    /// The room if it is open now.
    #[must_use]
    pub fn if_open(&self, board: BoardId) -> Option<Room> {
        let cell = Arc::clone(self.inner.open.get(&Key::Board(board))?.value());
        cell.get().filter(|room| !room.is_closed()).cloned()
    }

    /// As [`Rooms::if_open`]; a room that is being opened is waited for, since it may have read its people already.
    pub async fn if_open_or_opening(&self, board: BoardId) -> Option<Room> {
        if !self.inner.open.contains_key(&Key::Board(board)) {
            return None;
        }
        self.open(board).await.ok()
    }

    /// Opens a board and takes a seat on it; a room that closes in between is opened again.
    ///
    /// # Errors
    /// As [`Rooms::open`] and [`Room::join`].
    pub async fn join(&self, board: BoardId, mut make: impl FnMut(&Room) -> Join) -> Result<Seat, SeatError> {
        for _ in 0..3 {
            let room = self.open(board).await?;
            match room.join(make(&room)).await {
                Err(JoinError::Closed(Closed)) => {}
                Ok(seat) => return Ok(seat),
                Err(error) => return Err(error.into()),
            }
        }
        Err(JoinError::Closed(Closed).into())
    }

    /// Closes every room: each stops taking, makes durable what it took, and closes its peers with 1012.
    pub async fn shutdown(&self) {
        self.inner.shutting_down.store(true, Ordering::Release);
        let cells: Vec<_> = self.inner.open.iter().map(|entry| Arc::clone(entry.value())).collect();
        let rooms: Vec<Room> = cells.iter().filter_map(|cell| cell.get().cloned()).collect();
        futures_util::future::join_all(rooms.iter().map(Room::shut_down)).await;
        drop((cells, rooms));
        self.inner.actors.close();
        self.inner.actors.wait().await;
    }
}

/// Why there is no seat.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SeatError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Join(#[from] JoinError),
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Notify;
    use yrs::{Doc, Map, MapPrelim, Options, TextPrelim, Transact, block::ClientID};

    use super::*;
    use crate::room::{Dialect, document::TRIP};
    use crate::{
        clock,
        ids::{BoardId, PersonId},
        metrics::Metrics,
        role::Role,
        store::{
            Change, Commit, SqliteStore, Store, Stream,
            records::{Board, Member, Person},
        },
        wire::Head,
    };

    async fn sit(rooms: &Rooms, board: BoardId, person: PersonId, wake: &Arc<Notify>) -> Seat {
        let (dialect, head) = (Dialect::Hocuspocus, Head::named("x"));
        let join = |_: &_| Join { person, role: Role::Participant, dialect, head: head.clone(), wake: wake.clone() };
        let seat = rooms.join(board, join).await.unwrap();
        seat.hello().await.unwrap();
        seat
    }

    fn note(author: PersonId, client: u64, id: &str, text: &str) -> Vec<u8> {
        let doc = Doc::with_options(Options { client_id: ClientID::new(client), ..Options::default() });
        let items = doc.get_or_insert_map("items");
        let mut txn = doc.transact_mut();
        let item = items.insert(&mut txn, id, MapPrelim::default());
        item.insert(&mut txn, "kind", "note");
        item.insert(&mut txn, "author", author.to_string());
        item.insert(&mut txn, "made", 1_790_000_000_000_i64);
        item.insert(&mut txn, "text", TextPrelim::new(text));
        txn.encode_update_v1()
    }

    /// Waits until the outbox has said this.
    async fn until(seat: &Seat, wake: &Notify, said: &str) {
        let mut all = Vec::new();
        while !String::from_utf8_lossy(&all).contains(said) {
            seat.outbox().take().frames.iter().for_each(|frame| all.extend_from_slice(frame));
            if !String::from_utf8_lossy(&all).contains(said) {
                wake.notified().await;
            }
        }
    }

    #[tokio::test]
    async fn it_is_put_aside_for_good_and_the_rest_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path()).unwrap());
        let (board, made) = (BoardId::new(), clock::now_ms());
        let people = [PersonId::new(), PersonId::new()];
        let row = Board { id: board, epoch: 1, title: "Board".into(), made, made_by: people[0], series: None };
        let person = |id| Person { id, name: "Aino".into(), language: "fi".into(), made, server_owner: false };
        let mut records: Vec<Change> = people.iter().map(|id| Change::PutPerson(person(*id))).collect();
        records.push(Change::NewBoard(row));
        let member = |person| Member { board, person, role: Role::Participant, invite: None };
        records.extend(people.iter().map(|person| Change::PutMember(member(*person))));
        store.commit(Commit { appends: vec![], records }).await.unwrap();

        let rooms = Rooms::new(Arc::clone(&store), Arc::new(Metrics::new()));
        let wakes = [Arc::new(Notify::new()), Arc::new(Notify::new())];
        let bad = sit(&rooms, board, people[0], &wakes[0]).await;
        let good = sit(&rooms, board, people[1], &wakes[1]).await;
        let trip = std::str::from_utf8(TRIP).unwrap();
        bad.update(note(people[0], 1, "n_01J00000000000000000000001", trip).into()).await.unwrap();
        until(&bad, &wakes[0], r#""code":"quarantined""#).await;
        good.update(note(people[1], 2, "n_01J00000000000000000000002", "unharmed").into()).await.unwrap();
        until(&good, &wakes[1], r#"{"type":"durable","n":1}"#).await;

        let (_, encoded) = rooms.open(board).await.unwrap().encoded().await.unwrap();
        assert!(String::from_utf8_lossy(&encoded).contains("unharmed"));
        assert_eq!(store.load(&Stream::board(board)).await.unwrap().quarantined, [(1, 0)]);
        rooms.shutdown().await;
        let (_, again) =
            Rooms::new(store, Arc::new(Metrics::new())).open(board).await.unwrap().encoded().await.unwrap();
        let again = String::from_utf8_lossy(&again).into_owned();
        assert!(again.contains("unharmed") && !again.contains(trip));
    }
}
