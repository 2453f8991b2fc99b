//! The server's end of a line, as the routes in `server/http` are: it reads frames, takes a seat, and writes what the
//! outbox has. Knows no documents.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use bytes::Bytes;
use jalostamo::{
    error::StoreError,
    ids::{BoardId, PersonId},
    role::Role,
    room::{Dialect, Join, JoinError, OpenError, Rooms, Seat, SeatError},
    store::Records,
    wire::{
        CloseCode, DocumentName, Head, Incoming,
        hocuspocus::{self, Frame},
        ywebsocket,
    },
};
use serde_json::Value;
use tokio::{sync::Notify, time::sleep_until};

use super::{
    bug::Bug,
    line::{Item, Line},
    plan::Manner,
    store::SimStore,
};

/// Who is at the other end.
#[derive(Clone, Copy)]
pub(crate) struct Caller {
    pub(crate) tab: usize,
    pub(crate) person: PersonId,
    pub(crate) board: BoardId,
    pub(crate) manner: Manner,
}

/// What a socket works with.
pub(crate) struct Socket {
    pub(crate) rooms: Rooms,
    pub(crate) store: SimStore,
    pub(crate) caller: Caller,
    pub(crate) line: Rc<Line>,
    pub(crate) bug: Option<Bug>,
    /// What a bug does not give back.
    pub(crate) kept: Rc<RefCell<Vec<Rc<Seat>>>>,
}

fn close_code(error: &SeatError) -> CloseCode {
    match error {
        SeatError::Open(OpenError::Store(StoreError::NotFound)) => CloseCode::Unknown,
        SeatError::Open(OpenError::ShuttingDown) | SeatError::Join(JoinError::Closed(_)) => CloseCode::Restart,
        SeatError::Join(JoinError::Busy) => CloseCode::Busy,
        SeatError::Open(OpenError::Store(_)) | SeatError::Join(_) => CloseCode::Failed,
    }
}

impl Socket {
    /// Until either side ends it.
    pub(crate) async fn run(self) {
        let (wake, seat) = (Arc::new(Notify::new()), OnceCell::new());
        let code = tokio::select! {
            biased;
            code = self.hear(&wake, &seat) => code,
            () = self.write(&wake, &seat) => None,
        };
        if let Some(code) = code {
            self.line.down.push(Item::End(Some(code)));
        }
    }

    /// The reader; its end says how the socket is closed.
    async fn hear(&self, wake: &Arc<Notify>, seat: &OnceCell<Rc<Seat>>) -> Option<CloseCode> {
        let Caller { board, manner, .. } = self.caller;
        if manner == Manner::YWebsocket
            && let Err(code) = self.sit(&format!("board.{board}"), wake, seat).await
        {
            return Some(code);
        }
        let mut waiting = Vec::new();
        loop {
            let frame = match self.line.up.next().await {
                Item::End(_) => return None,
                Item::Frame(frame) => frame,
            };
            let (name, message) = match self.read(frame) {
                Ok(Some(read)) => read,
                Ok(None) => continue,
                Err(code) => return Some(code),
            };
            match (message, seat.get()) {
                (Incoming::Token(_), _) => {
                    if let Err(code) = self.sit(&name, wake, seat).await {
                        return Some(code);
                    }
                    if let Some(seat) = seat.get() {
                        for message in waiting.drain(..) {
                            say(seat, message).await;
                        }
                    }
                }
                (message, Some(seat)) => say(seat, message).await,
                (message, None) => waiting.push(message),
            }
        }
    }

    fn read(&self, frame: Bytes) -> Result<Option<(String, Incoming)>, CloseCode> {
        if self.caller.manner == Manner::YWebsocket {
            let message = ywebsocket::read_frame(frame).map_err(|bad| bad.close())?;
            return Ok(Some((String::new(), message)));
        }
        match hocuspocus::read_frame(frame).map_err(|bad| bad.close())? {
            Frame::Document(name, message) => Ok(Some((name, message))),
            Frame::Ping | Frame::Pong => Ok(None),
        }
    }

    async fn sit(&self, raw: &str, wake: &Arc<Notify>, seat: &OnceCell<Rc<Seat>>) -> Result<(), CloseCode> {
        let name = DocumentName::parse(raw).ok_or(CloseCode::Unknown)?;
        let Caller { person, manner, .. } = self.caller;
        let role = match self.store.role_on(name.board, person).await {
            Err(StoreError::NotFound) => return Err(CloseCode::Unknown),
            Err(_) => return Err(CloseCode::Failed),
            Ok(_) if self.bug == Some(Bug::WrongRole) => Role::Participant,
            Ok(role) => role,
        };
        let room = self.rooms.open(name.board).await.map_err(|error| close_code(&error.into()))?;
        if name.epoch.is_some_and(|epoch| epoch != room.epoch()) {
            return Err(CloseCode::Retired);
        }
        let (dialect, head) = match manner {
            Manner::YWebsocket => (Dialect::YWebsocket, Head::none()),
            Manner::Own | Manner::Hocuspocus => (Dialect::Hocuspocus, Head::named(raw)),
        };
        let join = |_: &_| Join { person, role, dialect, head: head.clone(), wake: wake.clone() };
        let taken = Rc::new(self.rooms.join(name.board, join).await.map_err(|error| close_code(&error))?);
        if self.bug == Some(Bug::KeepsSeats) && self.line.random.borrow_mut().below(8) == 0 {
            self.kept.borrow_mut().push(Rc::clone(&taken));
        }
        // One document a socket here: the cell is empty.
        let _ = seat.set(taken);
        wake.notify_one();
        Ok(())
    }

    /// The writer: everything that waits in one go, unless the tab takes nothing.
    async fn write(&self, wake: &Notify, seat: &OnceCell<Rc<Seat>>) {
        loop {
            wake.notified().await;
            // Stalls can grow meanwhile.
            while self.line.stalled.get() > tokio::time::Instant::now() {
                sleep_until(self.line.stalled.get()).await;
            }
            let Some(seat) = seat.get() else { continue };
            let taken = seat.outbox().take();
            for frame in taken.frames {
                self.show(&frame);
                self.line.down.push(Item::Frame(frame));
                self.misplace();
            }
            if let Some(code) = taken.close {
                return self.line.down.push(Item::End(Some(code)));
            }
        }
    }

    /// Tells the board's book what goes out.
    fn show(&self, frame: &Bytes) {
        let Some(update) = super::frame::update_in(frame.clone(), self.caller.manner) else { return };
        let mut book = self.store.machine.book(self.caller.board);
        book.sent(self.caller.tab, &update);
    }

    fn misplace(&self) {
        if self.line.random.borrow_mut().below(25) > 0 {
            return;
        }
        match self.bug {
            Some(Bug::SwapsFrames) => self.line.down.swap(),
            Some(Bug::DropsDown) => self.line.down.lose(),
            _ => {}
        }
    }
}

/// A closed room says by the outbox how the socket ends: the writer does it.
async fn say(seat: &Seat, message: Incoming) {
    let said = match message {
        Incoming::SyncStep1(vector) => seat.sync_step_1(vector).await,
        Incoming::SyncStep2(update) => seat.sync_step_2(update).await,
        Incoming::Update(update) => seat.update(update).await,
        Incoming::Awareness(payload) => seat.awareness(payload).await,
        Incoming::QueryAwareness => seat.query_awareness().await,
        Incoming::Stateless(text) => {
            let json: Value = serde_json::from_str(&text).unwrap();
            match json["type"].as_str() {
                Some("hello") => seat.hello().await,
                _ => seat.seen(json["seq"].as_u64().unwrap()).await,
            }
        }
        Incoming::Token(_) | Incoming::Close | Incoming::Other(_) => Ok(()),
    };
    let _ = said;
}
