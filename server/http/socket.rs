//! What both socket routes share: terms of the upgrade, the writer, the reader's next frame. Knows no documents.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    http::HeaderMap,
};
use bytes::Bytes;
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::{sync::Notify, time::timeout};

use crate::{
    access::session::{self, By, Caller},
    clock,
    crash_point::{self, Point},
    error::StoreError,
    http::{
        App,
        allowance::Allowance,
        auth::{bearer, cookie_secret, origin_ok},
    },
    limits::{self, Pace},
    room::{OpenError, Outbox, SeatError},
    store::records::SecretHash,
    wire::{CloseCode, message::encode},
};

/// The WebSocket subprotocol; beside it a client may offer `bearer.<token>`.
const PROTOCOL: &str = "jalostamo";
/// Frame heads beyond the payload of the largest message.
const SLACK: usize = 1024;
/// How long the last frames may take once the server has decided to close.
const LAST_FRAMES: Duration = Duration::from_secs(5);

/// Buffers and sizes of a socket.
pub(super) fn terms(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(limits::SOCKET_READ_BUFFER)
        .max_message_size(limits::SYNC_STEP_2_BYTES + SLACK)
        .max_frame_size(limits::SYNC_STEP_2_BYTES + SLACK)
        .max_write_buffer_size(2 * limits::BOARD_BYTES)
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
        SeatError::Join(JoinError::Busy) => CloseCode::Busy,
        SeatError::Open(OpenError::Store(_)) | SeatError::Join(JoinError::Store(_)) => CloseCode::Failed,
    }
}

/// The way out of one socket: the outboxes of its documents, and what the reader itself answers.
pub(super) struct Line {
    /// Woken by every outbox and by the reader.
    pub(super) wake: Arc<Notify>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    answers: Vec<Bytes>,
    outboxes: Vec<Arc<Outbox>>,
    close: Option<CloseCode>,
}

/// What goes out next.
struct Out {
    frames: Vec<Bytes>,
    close: Option<CloseCode>,
}

impl Line {
    pub(super) fn new() -> Self {
        Self { wake: Arc::new(Notify::new()), inner: Mutex::default() }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        let out = work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner));
        self.wake.notify_one();
        out
    }

    /// An answer of the reader itself; a peer that asks without reading is closed.
    pub(super) fn answer(&self, frame: Bytes) {
        self.with(|inner| {
            inner.answers.push(frame);
            if inner.answers.len() > limits::INBOX {
                inner.close = Some(CloseCode::Stalled);
            }
        });
    }

    pub(super) fn add(&self, outbox: &Arc<Outbox>) {
        self.with(|inner| inner.outboxes.push(Arc::clone(outbox)));
    }

    pub(super) fn remove(&self, outbox: &Arc<Outbox>) {
        self.with(|inner| inner.outboxes.retain(|there| !Arc::ptr_eq(there, outbox)));
    }

    /// Closes the socket after what waits.
    pub(super) fn close(&self, code: CloseCode) {
        self.with(|inner| _ = inner.close.get_or_insert(code));
    }

    fn take(&self) -> Out {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut frames = std::mem::take(&mut inner.answers);
        let several = inner.outboxes.len() > 1;
        let mut close = inner.close;
        inner.outboxes.retain(|outbox| {
            let taken = outbox.take();
            frames.extend(taken.frames);
            let Some(code) = taken.close else { return true };
            // One document's rights end: the others' go on. A room that fails or restarts closes the socket,
            // because stock providers do not come back to a document on a socket that stays open.
            if several && code.is_about_one_document() {
                frames.push(outbox.head().frame(&encode::denied(code)));
                frames.push(outbox.head().frame(&encode::close(code)));
            } else {
                close.get_or_insert(code);
            }
            false
        });
        Out { frames, close }
    }
}

/// Writes until the socket is closed: everything that waits in one go, something small when nothing has for long.
/// Gives up on a peer that takes nothing.
pub(super) async fn write(mut sink: SplitSink<WebSocket, Message>, line: &Line, idle: Bytes, app: &App) {
    let (metrics, pace) = (&app.metrics, &app.config.pace);
    loop {
        let woken = timeout(pace.keep_alive, line.wake.notified()).await.is_ok();
        let Out { mut frames, close } = line.take();
        if !woken && frames.is_empty() {
            frames.push(idle.clone());
            // Its answer shows that somebody is there, whatever their provider says.
            if sink.feed(Message::Ping(Bytes::new())).await.is_err() {
                return;
            }
        }
        let bytes: usize = frames.iter().map(Bytes::len).sum();
        metrics.frames_out.inc_by(frames.len() as u64);
        metrics.bytes_out.inc_by(bytes as u64);
        let patience = pace.stalled + Duration::from_secs(bytes as u64 / pace.slowest_line);
        crash_point::pass(Point::BeforeSend);
        let sent = timeout(patience, async {
            for frame in frames {
                sink.feed(Message::Binary(frame)).await?;
            }
            sink.flush().await
        });
        let sent = sent.await;
        crash_point::pass(Point::AfterSend);
        let code = match sent {
            Ok(Ok(())) => close,
            Ok(Err(_)) => return,
            // It takes nothing: a close frame would only wait behind the rest.
            Err(_) => return,
        };
        if let Some(code) = code {
            let frame = CloseFrame { code: code.code(), reason: code.sentence().into() };
            // Whether the peer still hears it changes nothing.
            let _ = timeout(LAST_FRAMES, sink.send(Message::Close(Some(frame)))).await;
            return;
        }
    }
}

/// Runs reader and writer of a socket until one of them ends; the reader's end says how to close, if at all.
pub(super) async fn run(
    reader: impl Future<Output = Option<CloseCode>>,
    writer: impl Future<Output = ()>,
    line: &Line,
    pace: &Pace,
) {
    tokio::pin!(writer);
    tokio::select! {
        code = reader => {
            if let Some(code) = code {
                line.close(code);
                let _ = timeout(pace.stalled, writer).await;
            }
        }
        () = &mut writer => {}
    }
}

/// What a peer sent.
pub(super) enum Next {
    Frame(Bytes),
    /// The socket ends, or is to be closed with this code.
    End(Option<CloseCode>),
}

/// The next frame, or the end. A peer that gives no sign of life is gone.
pub(super) async fn next(stream: &mut SplitStream<WebSocket>, pace: &Pace, allowance: &Allowance) -> Next {
    loop {
        match timeout(pace.silent, stream.next()).await {
            Err(_) => return Next::End(Some(CloseCode::Stalled)),
            Ok(None) | Ok(Some(Ok(Message::Close(_)))) => return Next::End(None),
            Ok(Some(Ok(Message::Binary(frame)))) => return Next::Frame(frame),
            Ok(Some(Ok(Message::Text(_)))) => return Next::End(Some(CloseCode::Policy)),
            Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
            Ok(Some(Err(error))) => {
                let too_big = allowance.is_used_up() || error.to_string().contains("Space limit exceeded");
                return Next::End(too_big.then_some(CloseCode::TooBig));
            }
        }
    }
}

/// How much an unknown peer may send for one frame.
pub(super) const STRANGERS: usize = limits::PRE_AUTH_BYTES + SLACK;

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
