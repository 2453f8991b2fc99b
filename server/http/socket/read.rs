//! The reader of one socket: whole messages, made of frames by the WebSocket library. Knows no documents.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        error::ProtocolError,
        protocol::{Role, WebSocketConfig},
    },
};

use super::line::Line;
use crate::{
    clock,
    config::Config,
    http::{
        App,
        accept::Inward,
        allowance::Allowance,
        flow::{Intake, Visitor},
    },
    limits,
    metrics::Metrics,
    wire::CloseCode,
};

/// Frame heads beyond the payload of the largest message.
const SLACK: usize = 1024;
/// How much an unknown peer may send for one frame.
const STRANGERS: usize = limits::PRE_AUTH_BYTES + SLACK;

/// What a peer sent.
pub(in crate::http) enum Next {
    Frame(Bytes),
    /// The socket ends, or is to be closed with this code.
    End(Option<CloseCode>),
}

/// What comes on a socket.
pub(in crate::http) struct Reader {
    stream: WebSocketStream<Duplex>,
    allowance: Arc<Allowance>,
    intake: Intake,
    metrics: Arc<Metrics>,
    config: Arc<Config>,
    heard: Instant,
    /// Bytes that had come by then.
    came: u64,
    /// Looked at when it is over, not set anew for every frame.
    silence: Pin<Box<Sleep>>,
}

impl Reader {
    /// `early`: what had come before it was a socket.
    pub(super) async fn new(inward: Inward, early: Bytes, line: Arc<Line>, app: &App) -> Self {
        let terms = WebSocketConfig::default()
            .read_buffer_size(limits::SOCKET_READ_BUFFER)
            .max_message_size(Some(limits::SYNC_STEP_2_BYTES + SLACK))
            .max_frame_size(Some(limits::SYNC_STEP_2_BYTES + SLACK));
        let allowance = Arc::clone(&inward.allowance);
        let duplex = Duplex { inward, line };
        let stream = WebSocketStream::from_partially_read(duplex, early.to_vec(), Role::Server, Some(terms)).await;
        let (metrics, config, heard) = (Arc::clone(&app.metrics), Arc::clone(&app.config), clock::instant());
        let (intake, silence) = (Intake::new(&config.pace), Box::pin(sleep_until(heard + config.pace.silent)));
        Self { stream, allowance, intake, metrics, config, heard, came: 0, silence }
    }

    /// The next frame may be as long as an unknown peer's.
    pub(in crate::http) fn is_a_strangers(&self) {
        self.allowance.set(STRANGERS);
    }

    /// The peer is known: its frames may be long.
    pub(in crate::http) fn is_known(&self) {
        self.allowance.lift();
    }

    /// From now on it is read by this person's allowance too.
    pub(in crate::http) fn is_of(&mut self, visitor: &Arc<Visitor>) {
        self.intake.is_of(visitor);
    }

    /// The next message, or the end; not before it is this socket's turn to send more. A peer that gives no sign of life is
    /// gone: no message, no answer to a ping, and of a large message no more than trickles. Can be dropped while it waits.
    pub(in crate::http) async fn next(&mut self) -> Next {
        loop {
            self.intake.rest().await;
            let message = tokio::select! {
                biased;
                message = self.stream.next() => message,
                () = self.silence.as_mut() => {
                    if clock::instant() >= self.heard + self.config.pace.silent && !self.is_moving() {
                        return Next::End(Some(CloseCode::Stalled));
                    }
                    self.silence.as_mut().reset(self.heard + self.config.pace.silent);
                    continue;
                }
            };
            (self.heard, self.came) = (clock::instant(), self.allowance.came());
            match message {
                None | Some(Ok(Message::Close(_))) => return Next::End(None),
                Some(Ok(Message::Binary(frame))) => {
                    self.count(frame.len());
                    self.metrics.frames_in.inc();
                    self.metrics.bytes_in.inc_by(frame.len() as u64);
                    return Next::Frame(frame);
                }
                Some(Ok(Message::Text(_))) => return Next::End(Some(CloseCode::Policy)),
                Some(Ok(Message::Ping(sign) | Message::Pong(sign))) => self.count(sign.len()),
                Some(Ok(Message::Frame(_))) => {}
                Some(Err(_)) if self.allowance.is_used_up() => return Next::End(Some(CloseCode::TooBig)),
                Some(Err(error)) => return Next::End(why(&error)),
            }
        }
    }

    fn count(&mut self, bytes: usize) {
        if self.intake.count(bytes) {
            self.metrics.reads_slowed.inc();
        }
    }

    /// Whether a message is on its way, and comes at least as fast as the slowest line brings it.
    fn is_moving(&mut self) -> bool {
        let (since, before) = (self.heard, self.came);
        (self.heard, self.came) = (clock::instant(), self.allowance.came());
        let least = self.config.pace.slowest_line as f64 * (self.heard - since).as_secs_f64();
        (self.came - before) as f64 >= least.max(1.0)
    }
}

/// How the socket is closed after this error, if it is not closed already.
fn why(error: &Error) -> Option<CloseCode> {
    match error {
        Error::Capacity(_) => Some(CloseCode::TooBig),
        // Vanishing is no fault; frames that are none are.
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => None,
        Error::Protocol(_) | Error::Utf8(_) => Some(CloseCode::Policy),
        _ => None,
    }
}

/// The connection as the library sees it: what it writes (pongs, the other half of a close) takes its turn on the line.
struct Duplex {
    inward: Inward,
    line: Arc<Line>,
}

impl AsyncRead for Duplex {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inward).poll_read(cx, buf)
    }
}

impl AsyncWrite for Duplex {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.line.frames(Bytes::copy_from_slice(buf));
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
