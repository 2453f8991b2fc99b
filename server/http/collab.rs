//! `GET /collab`: several documents on one socket in Hocuspocus framing. Knows no bytes beyond the framing.

use std::{collections::HashMap, pin::pin, sync::Arc};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::time::{Instant, sleep};

use super::{
    socket::{self, Line, Next},
    sync::{allowed, current, say},
};
use crate::{
    access::session::Caller,
    http::{
        App,
        flow::Visitor,
        problem::{Code, Problem},
        seen,
        upgrade::{Upgrade, Upgraded},
    },
    ids::Seq,
    limits,
    role::Role,
    room::{Dialect, Join, Seat},
    store::{DraftId, records::SecretHash},
    wire::{
        CloseCode, DocumentName, DraftName, Head, Incoming,
        hocuspocus::{self, Frame},
        message::encode,
    },
};

/// The upgrade. Whoever has no cookie and no token yet may send one in the auth message.
pub(crate) async fn handler(State(app): State<App>, headers: HeaderMap, upgrade: Upgrade) -> Response {
    if socket::is_foreign(&app, &headers) {
        return Problem::from(Code::Origin).into_response();
    }
    let caller = match socket::caller(&app, &headers).await {
        Ok(caller) => caller,
        Err(error) => return Problem::from(error).into_response(),
    };
    let tasks = app.tasks.clone();
    upgrade.answer(move |upgraded| tasks.track_future(serve(app, caller, upgraded)))
}

async fn serve(app: App, caller: Option<Caller>, upgraded: Upgraded) {
    let pace = &app.config.pace;
    let (mut frames, line, writer) = Box::pin(socket::open(upgraded, hocuspocus::ping(), &app)).await;
    let reader = pin!(async {
        let mut desk = Desk::new(&app, caller, &line);
        let mut first = pin!(sleep(pace.first_frame));
        frames.is_a_strangers();
        loop {
            let next = tokio::select! {
                next = frames.next() => next,
                Some(()) = desk.sessions.next() => return Some(CloseCode::NotSignedIn),
                () = first.as_mut(), if desk.seats.is_empty() => {
                    return Some(desk.denied.unwrap_or(CloseCode::NotSignedIn));
                }
                () = app.shutdown.cancelled(), if desk.seats.is_empty() => return Some(CloseCode::Restart),
            };
            match next {
                Next::End(code) => return code,
                Next::Frame(frame) => {
                    if let Err(code) = desk.take(frame).await {
                        return Some(code);
                    }
                    if let Some(visitor) = desk.visitor.take() {
                        frames.is_of(&visitor);
                    }
                    if desk.seats.is_empty() {
                        frames.is_a_strangers();
                    } else {
                        frames.is_known();
                        first.as_mut().reset(Instant::now() + pace.first_frame);
                    }
                }
            }
        }
    });
    socket::run(reader, writer, &line, pace).await;
}

/// The documents of one socket.
struct Desk<'a> {
    app: &'a App,
    /// By cookie or header.
    caller: Option<Caller>,
    line: &'a Arc<Line>,
    /// Who opened the newest document.
    visitor: Option<Arc<Visitor>>,
    /// By the name as the client writes it.
    seats: HashMap<String, Seat>,
    /// Messages for documents that are not open yet: typed before the token was ready.
    waiting: Vec<(String, Incoming)>,
    /// How the last document was denied.
    denied: Option<CloseCode>,
    /// Whose sessions opened documents here.
    held: Vec<SecretHash>,
    /// Each is ready when one of these sessions is over.
    sessions: FuturesUnordered<BoxFuture<'a, ()>>,
}

impl<'a> Desk<'a> {
    fn new(app: &'a App, caller: Option<Caller>, line: &'a Arc<Line>) -> Self {
        Self {
            app,
            caller,
            line,
            visitor: None,
            seats: HashMap::new(),
            waiting: Vec::new(),
            denied: None,
            held: Vec::new(),
            sessions: FuturesUnordered::new(),
        }
    }

    async fn take(&mut self, frame: Bytes) -> Result<(), CloseCode> {
        let size = frame.len();
        let (name, message) = match hocuspocus::read_frame(frame).map_err(|bad| bad.close())? {
            Frame::Ping => {
                self.line.answer(hocuspocus::pong());
                return Ok(());
            }
            Frame::Pong => return Ok(()),
            Frame::Document(name, message) => (name, message),
        };
        match message {
            Incoming::Token(_) if size > limits::PRE_AUTH_BYTES => return Err(CloseCode::TooBig),
            Incoming::Token(token) => return self.open(name, &token).await,
            Incoming::Close => {
                self.leave(&name);
                return Ok(());
            }
            _ => {}
        }
        match self.seats.get(&name) {
            Some(seat) => {
                talk(seat, message).await;
                Ok(())
            }
            None if size > limits::PRE_AUTH_BYTES => Err(CloseCode::TooBig),
            None if self.waiting.len() >= limits::PRE_AUTH_FRAMES => Err(CloseCode::Policy),
            None => {
                self.waiting.push((name, message));
                Ok(())
            }
        }
    }

    fn leave(&mut self, name: &str) {
        self.waiting.retain(|(waiting, _)| waiting != name);
        if let Some(seat) = self.seats.remove(name) {
            self.line.remove(seat.outbox());
        }
    }

    async fn open(&mut self, raw: String, token: &str) -> Result<(), CloseCode> {
        if let Some(seat) = self.seats.remove(&raw) {
            self.line.remove(seat.outbox());
        }
        // What is over when the work begins takes no room in it.
        match Box::pin(self.sit(&raw, token)).await {
            Ok(seat) => {
                self.line.add(seat.outbox());
                let (mine, others) = std::mem::take(&mut self.waiting).into_iter().partition(|(name, _)| *name == raw);
                self.waiting = others;
                let mine: Vec<(String, Incoming)> = mine;
                for (_, message) in mine {
                    talk(&seat, message).await;
                }
                self.seats.insert(raw, seat);
                Ok(())
            }
            // About this document only: the others on the socket go on.
            Err(code) if code == CloseCode::NotSignedIn || code.is_about_one_document() => {
                self.waiting.retain(|(name, _)| *name != raw);
                self.denied = Some(code);
                self.line.answer(Head::named(&raw).frame(&encode::denied(code)));
                Ok(())
            }
            Err(code) => Err(code),
        }
    }

    async fn sit(&mut self, raw: &str, token: &str) -> Result<Seat, CloseCode> {
        if self.seats.len() >= limits::DOCUMENTS_PER_SOCKET {
            return Err(CloseCode::Busy);
        }
        let caller = if token.is_empty() {
            self.caller.clone()
        } else {
            socket::by_token(self.app, token).await.map_err(|_| CloseCode::Failed)?
        };
        let caller = caller.ok_or(CloseCode::NotSignedIn)?;
        let draft = DraftName::parse(raw);
        let name = draft.map(|draft| DocumentName { board: draft.board, epoch: None });
        let name = name.or_else(|| DocumentName::parse(raw)).ok_or(CloseCode::Unknown)?;
        let visitor = socket::turn(self.app, caller.person).await?;
        let (role, name) = allowed(self.app, &caller, name).await?;
        self.line.is_of(&visitor);
        self.visitor = Some(visitor);
        let join = |_: &_| Join {
            person: caller.person,
            role,
            dialect: Dialect::Hocuspocus,
            head: Head::named(raw),
            wake: self.line.waker(),
        };
        let seat = match draft {
            // Only whom parts bind write in private.
            Some(_) if role != Role::Participant => return Err(CloseCode::Forbidden),
            Some(DraftName { board, round, number }) => {
                let draft = DraftId { board, round, number, person: caller.person };
                self.app.rooms.join_draft(draft, join).await
            }
            None => self.app.rooms.join(name.board, join).await,
        };
        let seat = seat.map_err(|error| socket::close_code(&error))?;
        let seat = if draft.is_some() { seat } else { current(seat, name)? };
        if draft.is_none() {
            seen::note(self.app, name.board, caller.person);
        }
        if !self.held.contains(&caller.session) {
            self.held.push(caller.session);
            self.sessions.push(Box::pin(socket::session_over(self.app, caller.session)));
        }
        Ok(seat)
    }
}

/// A message to an open document. A closed room says by the outbox how the socket ends: the writer does it.
async fn talk(seat: &Seat, message: Incoming) {
    let said = match message {
        Incoming::Stateless(text) => match serde_json::from_str(&text) {
            Ok(Stateless::Hello) => seat.hello().await,
            Ok(Stateless::Seen { seq }) => seat.seen(seq).await,
            // Other providers send their own.
            Err(_) => Ok(()),
        },
        message => say(seat, message).await,
    };
    let _ = said;
}

/// What the project's own provider says beside Yjs: `docs/protocol.md` 3.1.
#[derive(serde::Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Stateless {
    Hello,
    Seen { seq: Seq },
}
