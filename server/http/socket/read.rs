//! The reader of one socket: whole messages, made of frames by the WebSocket library. Knows no documents.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
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
        protocol::{Role, WebSocketConfig},
    },
};

use super::line::Line;
use crate::{
    clock,
    http::{accept::Inward, allowance::Allowance},
    limits,
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
    heard: Instant,
    silent: Duration,
    /// Looked at when it is over, not set anew for every frame.
    silence: Pin<Box<Sleep>>,
}

impl Reader {
    /// `silent`: how long a peer may give no sign of life. `early`: what had come before it was a socket.
    pub(super) async fn new(inward: Inward, early: Bytes, line: Arc<Line>, silent: Duration) -> Self {
        let terms = WebSocketConfig::default()
            .read_buffer_size(limits::SOCKET_READ_BUFFER)
            .max_message_size(Some(limits::SYNC_STEP_2_BYTES + SLACK))
            .max_frame_size(Some(limits::SYNC_STEP_2_BYTES + SLACK));
        let allowance = Arc::clone(&inward.allowance);
        let duplex = Duplex { inward, line };
        let stream = WebSocketStream::from_partially_read(duplex, early.to_vec(), Role::Server, Some(terms)).await;
        let heard = clock::instant();
        Self { stream, allowance, heard, silent, silence: Box::pin(sleep_until(heard + silent)) }
    }

    /// The next frame may be as long as an unknown peer's.
    pub(in crate::http) fn is_a_strangers(&self) {
        self.allowance.set(STRANGERS);
    }

    /// The peer is known: its frames may be long.
    pub(in crate::http) fn is_known(&self) {
        self.allowance.lift();
    }

    /// The next message, or the end. A peer that gives no sign of life is gone. Can be dropped while it waits.
    pub(in crate::http) async fn next(&mut self) -> Next {
        loop {
            let message = tokio::select! {
                biased;
                message = self.stream.next() => message,
                () = self.silence.as_mut() => {
                    let due = self.heard + self.silent;
                    if clock::instant() >= due {
                        return Next::End(Some(CloseCode::Stalled));
                    }
                    self.silence.as_mut().reset(due);
                    continue;
                }
            };
            self.heard = clock::instant();
            match message {
                None | Some(Ok(Message::Close(_))) => return Next::End(None),
                Some(Ok(Message::Binary(frame))) => return Next::Frame(frame),
                Some(Ok(Message::Text(_))) => return Next::End(Some(CloseCode::Policy)),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(error)) => {
                    let too_big = self.allowance.is_used_up() || matches!(error, Error::Capacity(_));
                    return Next::End(too_big.then_some(CloseCode::TooBig));
                }
            }
        }
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
