//! What both socket routes share: who opens a socket, its three parts, its end. Knows no documents.

mod frames;
mod line;
mod read;
mod write;

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::http::HeaderMap;
use bytes::Bytes;
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

pub(super) use self::{
    line::Line,
    read::{Next, Reader},
    write::Writer,
};
use crate::{
    access::session::{self, By, Caller},
    clock,
    error::StoreError,
    http::{
        App,
        auth::{bearer, cookie_secret, origin_ok},
        flow::Visitor,
        upgrade::Upgraded,
    },
    ids::PersonId,
    limits::Pace,
    room::{OpenError, SeatError},
    store::records::SecretHash,
    wire::CloseCode,
};

/// How long what waits may take once the peer has gone or said that it goes.
const FAREWELL: Duration = Duration::from_secs(1);

/// A socket's reader, its way out, and its writer, which says `idle` when nothing else has been said for long.
pub(super) async fn open(upgraded: Upgraded, idle: Bytes, app: &App) -> (Reader, Arc<Line>, Writer) {
    let (inward, connection) = upgraded.connection.into_halves();
    let line = Arc::new(Line::new(connection, Arc::clone(&app.metrics)));
    let reader = Reader::new(inward, upgraded.early, Arc::clone(&line), app).await;
    let writer = Writer { line: Arc::clone(&line), idle, config: Arc::clone(&app.config) };
    (reader, line, writer)
}

/// Whether a page of another origin asks: no token and no cookie makes that right.
pub(super) fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    !origin_ok(app, headers, By::Bearer)
}

/// Who opens the socket, by header, subprotocol or cookie; a later message may say otherwise.
pub(super) async fn caller(app: &App, headers: &HeaderMap) -> Result<Option<Caller>, StoreError> {
    let offered = headers.get_all("sec-websocket-protocol").iter().filter_map(|value| value.to_str().ok());
    let offered = offered.flat_map(|line| line.split(',')).find_map(|word| word.trim().strip_prefix("bearer."));
    if let Some(token) = bearer(headers).or_else(|| offered.map(str::to_owned)) {
        return by_token(app, &token).await;
    }
    match cookie_secret(headers) {
        Some(secret) if origin_ok(app, headers, By::Cookie) => session::caller(app.store.as_ref(), &secret).await,
        _ => Ok(None),
    }
}

/// Who a bearer token stands for.
pub(super) async fn by_token(app: &App, token: &str) -> Result<Option<Caller>, StoreError> {
    Ok(session::caller(app.store.as_ref(), token).await?.map(Caller::by_bearer))
}

/// How a socket is closed, or a document denied, because there is no seat.
pub(super) fn close_code(error: &SeatError) -> CloseCode {
    use crate::room::JoinError;
    match error {
        SeatError::Open(OpenError::Store(StoreError::NotFound)) => CloseCode::Unknown,
        SeatError::Open(OpenError::Store(StoreError::Corrupt(_))) => CloseCode::Damaged,
        SeatError::Open(OpenError::ShuttingDown) | SeatError::Join(JoinError::Closed(_)) => CloseCode::Restart,
        SeatError::Join(JoinError::NoDraft(code)) => *code,
        SeatError::Join(JoinError::Busy) => CloseCode::Busy,
        SeatError::Open(OpenError::Store(_)) | SeatError::Join(JoinError::Store(_)) => CloseCode::Failed,
    }
}

/// The person's turn to open one more document: who opens very many, or has sent garbage, waits.
pub(super) async fn turn(app: &App, person: PersonId) -> Result<Arc<Visitor>, CloseCode> {
    let visitor = app.rates.visitors.get(person, &app.config.pace);
    let wait = visitor.opening();
    if !wait.is_zero() {
        tokio::select! {
            () = sleep(wait) => {}
            () = app.shutdown.cancelled() => return Err(CloseCode::Restart),
        }
    }
    Ok(visitor)
}

/// Runs the reader until it or the writer ends; the reader's end says how to close, if at all. The writer is a task of its
/// own: what it waits for is no concern of the reader's.
///
/// The reader stays where it is: a future that is handed on is there twice as long as the socket lives.
pub(super) async fn run<R>(mut reader: Pin<&mut R>, writer: Writer, line: &Line, pace: &Pace)
where
    R: Future<Output = Option<CloseCode>>,
{
    let mut writing = AbortOnDropHandle::new(tokio::spawn(writer.run()));
    tokio::select! {
        code = reader.as_mut() => {
            let patience = match code {
                Some(code) => {
                    line.close(code);
                    pace.stalled
                }
                None => {
                    line.end();
                    FAREWELL
                }
            };
            let _ = timeout(patience, writing).await;
        }
        _ = &mut writing => {}
    }
}

/// Returns once a session is no more: at once when it is ended in this process, at the next look when it has expired or
/// another process has ended it.
pub(super) async fn session_over(app: &App, session: SecretHash) {
    let hold = app.sessions.hold(session);
    loop {
        // The first look is for a session that ended just before it was held.
        if matches!(app.store.session(&session, clock::now_ms()).await, Err(StoreError::NotFound)) {
            return;
        }
        if timeout(app.config.pace.session_check, hold.ended()).await.is_ok() {
            return;
        }
    }
}
