//! The accept loop: connections with time and size limits, counted, and ended in order. Knows no routes.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Sleep,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use crate::{
    http::{allowance::Allowance, rate::Peer},
    limits,
};

/// How long open requests have once the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(5);
/// How long accepting rests when the system has no more file handles.
const REST: Duration = Duration::from_millis(100);

/// What the loop is told.
#[derive(Clone)]
pub struct Terms {
    /// Time to send a request's headers; also how long an idle connection is kept.
    pub header_time: Duration,
    /// How long a connection is kept of which nothing is taken that was sent.
    pub stalled: Duration,
    /// Room for connections, upgraded ones too; shared by all listeners.
    pub connections: Arc<Semaphore>,
    pub shutdown: CancellationToken,
    pub tasks: TaskTracker,
}

/// Accepts and serves until the shutdown. A connection past the limit waits in the kernel's queue.
pub async fn run(listener: TcpListener, router: Router, terms: Terms) {
    loop {
        let permit = tokio::select! {
            () = terms.shutdown.cancelled() => return,
            permit = Arc::clone(&terms.connections).acquire_owned() => permit,
        };
        let Ok(permit) = permit else { return };
        let accepted = tokio::select! {
            () = terms.shutdown.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Small messages must not wait for more of them.
                let _ = stream.set_nodelay(true);
                let (allowance, stalled) = (Arc::default(), Stalled { after: terms.stalled, since: None });
                let stream = Counted { stream, allowance, stalled, permit };
                let connection = serve(stream, Peer(peer.ip()), router.clone(), &terms);
                terms.tasks.spawn(connection);
            }
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// The other end went away before it was accepted.
fn is_the_peers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn serve(stream: Counted, peer: Peer, router: Router, terms: &Terms) -> impl Future<Output = ()> + use<> {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(terms.header_time)
        .max_header_size(limits::HEADER_BYTES)
        .max_buf_size(limits::HEADER_BYTES * 4)
        .half_close(false);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let shutdown = terms.shutdown.clone();
    async move {
        let mut connection = std::pin::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = shutdown.cancelled() => {
                connection.as_mut().graceful_shutdown();
                tokio::time::timeout(LAST_REQUESTS, connection).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = ended {
            // Slow, broken and vanished clients are everyday matters.
            tracing::debug!(%error, "connection ended");
        }
    }
}

/// A connection that gives its place back when it is over, also after it has become a socket.
pub(super) struct Counted {
    stream: TcpStream,
    allowance: Arc<Allowance>,
    stalled: Stalled,
    permit: OwnedSemaphorePermit,
}

/// Since when nothing that was sent has been taken. An answer that nobody reads would else be kept as long as they like.
struct Stalled {
    after: Duration,
    since: Option<Pin<Box<Sleep>>>,
}

impl Stalled {
    /// Passes on how a write went; an error once nothing was taken for too long.
    fn watch<T>(&mut self, cx: &mut Context<'_>, wrote: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if wrote.is_ready() {
            self.since = None;
            return wrote;
        }
        let since = self.since.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.after)));
        match since.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Counted {
    /// Both directions of a connection that has become a socket.
    pub(super) fn into_halves(self) -> (Inward, OwnedWriteHalf) {
        let (stream, out) = self.stream.into_split();
        (Inward { stream, allowance: self.allowance, _permit: self.permit }, out)
    }
}

/// What comes on a socket; it holds the connection's place.
pub(super) struct Inward {
    stream: OwnedReadHalf,
    pub(super) allowance: Arc<Allowance>,
    _permit: OwnedSemaphorePermit,
}

/// Reads as long as the allowance lasts.
fn read<R: AsyncRead + Unpin>(
    stream: &mut R,
    allowance: &Allowance,
    cx: &mut Context<'_>,
    buf: &mut ReadBuf<'_>,
) -> Poll<io::Result<()>> {
    if allowance.is_used_up() {
        return Poll::Ready(Err(io::Error::other("more bytes than an unknown peer may send")));
    }
    let before = buf.filled().len();
    let read = Pin::new(stream).poll_read(cx, buf);
    allowance.spend(buf.filled().len() - before);
    read
}

impl AsyncRead for Inward {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        read(&mut this.stream, &this.allowance, cx, buf)
    }
}

impl AsyncRead for Counted {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        read(&mut this.stream, &this.allowance, cx, buf)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.stalled.watch(cx, wrote)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.stalled.watch(cx, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
