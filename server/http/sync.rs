//! `GET /sync/{document}`: one document on a plain y-websocket socket. Knows no bytes beyond the framing.

use std::{pin::pin, sync::Arc};

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::socket::{self, Line, Next};
use crate::{
    access::session::{self, Caller},
    http::{
        App,
        problem::{Code, Problem},
        seen,
        upgrade::{Upgrade, Upgraded},
    },
    role::Role,
    room::{Closed, Dialect, Join, Seat},
    wire::{CloseCode, DocumentName, Head, Incoming, ywebsocket},
};

/// The upgrade. Who may not in hears why by close code, which a page can read; a status it cannot.
pub(crate) async fn handler(
    State(app): State<App>,
    Path(document): Path<String>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Response {
    if socket::is_foreign(&app, &headers) {
        return Problem::from(Code::Origin).into_response();
    }
    let caller = match socket::caller(&app, &headers).await {
        Ok(caller) => caller,
        Err(error) => return Problem::from(error).into_response(),
    };
    let tasks = app.tasks.clone();
    upgrade.answer(move |upgraded| tasks.track_future(serve(app, document, caller, upgraded)))
}

async fn serve(app: App, document: String, caller: Option<Caller>, upgraded: Upgraded) {
    let pace = &app.config.pace;
    let (mut frames, line, writer) = Box::pin(socket::open(upgraded, ywebsocket::keep_alive(), &app)).await;
    let reader = pin!(async {
        let Some(caller) = caller else { return Some(CloseCode::NotSignedIn) };
        // What is over when the work begins takes no room in it.
        match Box::pin(socket::turn(&app, caller.person)).await {
            Ok(visitor) => {
                frames.is_of(&visitor);
                line.is_of(&visitor);
            }
            Err(code) => return Some(code),
        }
        let seat = match Box::pin(sit(&app, &document, &caller, &line)).await {
            Ok(seat) => seat,
            Err(code) => return Some(code),
        };
        line.add(seat.outbox());
        let mut session = pin!(socket::session_over(&app, caller.session));
        loop {
            let next = tokio::select! {
                next = frames.next() => next,
                () = session.as_mut() => return Some(CloseCode::NotSignedIn),
            };
            match next {
                Next::End(code) => return code,
                Next::Frame(frame) => match ywebsocket::read_frame(frame) {
                    Err(bad) => return Some(bad.close()),
                    // A closed room says by the outbox how the socket ends: the writer does it.
                    Ok(message) => _ = say(&seat, message).await,
                },
            }
        }
    });
    socket::run(reader, writer, &line, pace).await;
}

async fn sit(app: &App, document: &str, caller: &Caller, line: &Arc<Line>) -> Result<Seat, CloseCode> {
    let name = DocumentName::parse(document).ok_or(CloseCode::Unknown)?;
    let (role, name) = allowed(app, caller, name).await?;
    let join = |_: &_| Join {
        person: caller.person,
        role,
        dialect: Dialect::YWebsocket,
        head: Head::none(),
        wake: line.waker(),
    };
    let seat = app.rooms.join(name.board, join).await.map_err(|error| socket::close_code(&error))?;
    let seat = current(seat, name)?;
    seen::note(app, name.board, caller.person);
    Ok(seat)
}

/// The seat, unless the board began a new epoch since it was looked at: what is in the old one's copies stays out.
pub(super) fn current(seat: Seat, name: DocumentName) -> Result<Seat, CloseCode> {
    if name.epoch.is_none_or(|epoch| epoch == seat.epoch()) { Ok(seat) } else { Err(CloseCode::Retired) }
}

/// The caller's role on a document that is there and current; otherwise how that is said.
pub(super) async fn allowed(app: &App, caller: &Caller, name: DocumentName) -> Result<(Role, DocumentName), CloseCode> {
    let role = session::role(app.store.as_ref(), caller, name.board).await.map_err(|_| CloseCode::Failed)?;
    let role = role.ok_or(CloseCode::Unknown)?;
    let room = app.rooms.open(name.board).await.map_err(|error| socket::close_code(&error.into()))?;
    if name.epoch.is_some_and(|epoch| epoch != room.epoch()) {
        return Err(CloseCode::Retired);
    }
    Ok((role, name))
}

/// Hands the room what a peer says. What concerns the framing or the socket is the route's own.
pub(super) async fn say(seat: &Seat, message: Incoming) -> Result<(), Closed> {
    match message {
        Incoming::SyncStep1(vector) => seat.sync_step_1(vector).await,
        Incoming::SyncStep2(update) => seat.sync_step_2(update).await,
        Incoming::Update(update) => seat.update(update).await,
        Incoming::Awareness(payload) => seat.awareness(payload).await,
        Incoming::QueryAwareness => seat.query_awareness().await,
        Incoming::Token(_) | Incoming::Stateless(_) | Incoming::Close | Incoming::Other(_) => Ok(()),
    }
}
