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
    handle::{Closed, Join, JoinError, Room, Seat},
    load,
};
use crate::{error::StoreError, ids::BoardId, metrics::Metrics, store::Store};

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

/// All open rooms. Cheap to clone.
#[derive(Clone)]
pub struct Rooms {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    store: Arc<dyn Store>,
    metrics: Arc<Metrics>,
    /// A cell is there before its room: whoever comes while it loads waits for the same load.
    open: DashMap<BoardId, Arc<OnceCell<Room>>>,
    shutting_down: AtomicBool,
    actors: TaskTracker,
}

impl Inner {
    /// Forgets a room that closes, unless a newer one has its place.
    pub(super) fn forget(&self, board: BoardId, room: &mpsc::WeakSender<Ask>) {
        self.open.remove_if(&board, |_, cell| cell.get().is_some_and(|there| there.is_same(room)));
    }
}

impl Rooms {
    #[must_use]
    pub fn new(store: Arc<dyn Store>, metrics: Arc<Metrics>) -> Self {
        let (open, actors) = (DashMap::new(), TaskTracker::new());
        Self { inner: Arc::new(Inner { store, metrics, open, shutting_down: AtomicBool::new(false), actors }) }
    }

    /// The room of a board, opened from its journal if need be, once however many ask.
    ///
    /// # Errors
    /// When it cannot be read whole; the next call tries again.
    pub async fn open(&self, board: BoardId) -> Result<Room, OpenError> {
        loop {
            if self.inner.shutting_down.load(Ordering::Acquire) {
                return Err(OpenError::ShuttingDown);
            }
            let cell = Arc::clone(&self.inner.open.entry(board).or_default());
            let opened = cell.get_or_try_init(|| self.start(board)).await.cloned();
            match opened {
                Ok(room) if !room.is_closed() => {
                    if self.inner.shutting_down.load(Ordering::Acquire) {
                        room.shut_down().await;
                        return Err(OpenError::ShuttingDown);
                    }
                    return Ok(room);
                }
                Ok(_) => {
                    self.inner.open.remove_if(&board, |_, there| Arc::ptr_eq(there, &cell));
                }
                Err(error) => {
                    // Unless somebody else's try has succeeded in between.
                    let empty = |there: &Arc<OnceCell<Room>>| Arc::ptr_eq(there, &cell) && !there.initialized();
                    self.inner.open.remove_if(&board, |_, there| empty(there));
                    return Err(error.into());
                }
            }
        }
    }

    async fn start(&self, board: BoardId) -> Result<Room, StoreError> {
        let inner = &self.inner;
        let opened = load::open(&inner.store, board).await?;
        let people = inner.store.people_on(board).await?;
        let (store, metrics) = (Arc::clone(&inner.store), Arc::clone(&inner.metrics));
        let (room, actor) = Actor::new(board, opened, people, store, metrics, Arc::downgrade(inner));
        inner.actors.spawn(actor.run());
        Ok(room)
    }

    /// The room if it is open now.
    #[must_use]
    pub fn if_open(&self, board: BoardId) -> Option<Room> {
        let cell = Arc::clone(self.inner.open.get(&board)?.value());
        cell.get().filter(|room| !room.is_closed()).cloned()
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
