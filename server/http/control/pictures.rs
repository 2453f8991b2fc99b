//! Boards as small pictures and numbers, made when they have changed and somebody looks, however many look. Knows no requests.
//!
//! It all happens outside the board's room, one board at a time, so that nobody who types waits for it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use dashmap::DashMap;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use tokio::{
    sync::{Semaphore, oneshot},
    time::Instant,
};

use super::team::Content;
use crate::{
    board::value::Board,
    clock,
    error::StoreError,
    export::thumbnail,
    ids::BoardId,
    limits,
    metrics::Metrics,
    room::{Rooms, Version},
};

/// A board as it was when it was last looked at.
#[derive(Debug)]
pub struct Picture {
    pub version: Version,
    /// Of the picture: boards that look alike have the same.
    pub tag: String,
    pub png: Bytes,
    pub content: Content,
}

/// The pictures of all boards that somebody looks at.
pub struct Pictures {
    places: Semaphore,
    boards: DashMap<BoardId, Arc<Slot>>,
    metrics: Arc<Metrics>,
}

struct Slot {
    /// Held while the board is looked at; until when it is not to be looked at again.
    rest: tokio::sync::Mutex<Instant>,
    newest: Mutex<Option<Arc<Picture>>>,
    asked: Mutex<Instant>,
}

impl Slot {
    fn new() -> Self {
        let now = clock::instant();
        Self { rest: tokio::sync::Mutex::new(now), newest: Mutex::default(), asked: Mutex::new(now) }
    }

    fn newest(&self) -> Option<Arc<Picture>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Pictures {
    #[must_use]
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Self { places: Semaphore::new(limits::THUMBNAILS_AT_ONCE), boards: DashMap::new(), metrics }
    }

    fn slot(&self, board: BoardId) -> Arc<Slot> {
        let slot = Arc::clone(&self.boards.entry(board).or_insert_with(|| Arc::new(Slot::new())));
        *slot.asked.lock().unwrap_or_else(PoisonError::into_inner) = clock::instant();
        slot
    }

    /// The newest picture there is, and whether it is time for another, should the board be of this version now.
    #[must_use]
    pub fn newest(&self, board: BoardId, version: Version) -> (Option<Arc<Picture>>, bool) {
        let slot = self.slot(board);
        let newest = slot.newest();
        let is_old = newest.as_ref().is_none_or(|picture| picture.version != version);
        let may = slot.rest.try_lock().is_ok_and(|until| clock::instant() >= *until);
        (newest, is_old && may)
    }

    /// The board's picture, made anew if it has changed and is not to rest.
    ///
    /// # Errors
    /// When the board cannot be read.
    pub async fn renew(&self, rooms: &Rooms, board: BoardId) -> Result<Option<Arc<Picture>>, StoreError> {
        let slot = self.slot(board);
        let mut rest = slot.rest.lock().await;
        if clock::instant() < *rest {
            return Ok(slot.newest());
        }
        let _place = self.places.acquire().await.map_err(|error| StoreError::Other(error.to_string()))?;
        let begin = clock::instant();
        *rest = begin + limits::THUMBNAIL_EVERY;
        let known = slot.newest().map(|picture| picture.version);
        if let Some((version, content)) = rooms.look(board, known).await? {
            let made = paint(version, content).await?;
            self.metrics.thumbnails.inc();
            *slot.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(made));
        }
        *rest = begin + rest_after(begin.elapsed());
        Ok(slot.newest())
    }

    /// Forgets pictures that nobody has asked for in a while.
    pub fn sweep(&self) {
        self.boards.retain(|_, slot| {
            slot.asked.lock().unwrap_or_else(PoisonError::into_inner).elapsed() < limits::THUMBNAIL_KEPT
        });
    }
}

/// How long after its beginning a look is followed by the next at the earliest.
fn rest_after(took: Duration) -> Duration {
    limits::THUMBNAIL_EVERY.max(took * limits::THUMBNAIL_REST)
}

/// On a thread with a stack that no board is too deep for.
async fn paint(version: Version, board: Board) -> Result<Picture, StoreError> {
    let (send, painted) = oneshot::channel();
    let thread = std::thread::Builder::new().name("thumbnail".to_owned()).stack_size(limits::EXPORT_STACK);
    let spawned = thread.spawn(move || {
        let content = Content::of(&board);
        // Nobody listens any more if the server stops.
        let _ = send.send(thumbnail::write(&board).map(|png| (png, content)));
    });
    spawned.map_err(|error| StoreError::Other(error.to_string()))?;
    let painted = painted.await.map_err(|_| StoreError::Other("painting a board panicked".to_owned()))?;
    let (png, content) = painted.map_err(|error| StoreError::Other(error.to_string()))?;
    let tag = BASE64URL_NOPAD.encode(Sha256::digest(&png).first_chunk::<12>().unwrap_or(&[0; 12]));
    Ok(Picture { version, tag, png: png.into(), content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_rests_long() {
        assert_eq!(rest_after(Duration::from_millis(199)), limits::THUMBNAIL_EVERY);
        assert_eq!(rest_after(Duration::from_millis(300)), Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn pictures_that_nobody_asks_for_are_forgotten() {
        let pictures = Pictures::new(Arc::new(Metrics::new()));
        let (kept, left) = (BoardId::new(), BoardId::new());
        let _ = (pictures.newest(kept, (1, 1)), pictures.newest(left, (1, 1)));
        tokio::time::advance(limits::THUMBNAIL_KEPT).await;
        let _ = pictures.newest(kept, (1, 1));
        pictures.sweep();
        assert_eq!((pictures.boards.contains_key(&kept), pictures.boards.contains_key(&left)), (true, false));
    }
}
