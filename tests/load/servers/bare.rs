//! The limit: a server that forwards each frame to everybody else at the same path. Knows no document and no disk.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    future::poll_fn,
    net::SocketAddr,
    path::{Path, PathBuf},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use futures_util::{Sink, Stream};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{LocalSet, spawn_local},
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async_with_config,
    tungstenite::{
        Bytes, Message,
        handshake::server::{Request, Response},
        protocol::WebSocketConfig,
    },
};

use super::text;
use crate::process::Process;

/// Frames that may wait for one peer. At it nobody is listened to until there is room: nothing is dropped.
const QUEUE: usize = 16 * 1024;

/// Starts this program as a bare server in a process of its own.
pub(super) async fn start(address: SocketAddr, greeting: &Path) -> Result<Process, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let arguments = ["bare", "--listen", &address.to_string(), "--greeting", &text(greeting)].map(str::to_owned);
    let mut process = Process::start(&own, &arguments, &[])?;
    process.says("Listening on ").await?;
    Ok(process)
}

/// What waits for one peer.
#[derive(Default)]
struct Peer {
    queue: RefCell<VecDeque<Bytes>>,
    waker: RefCell<Option<Waker>>,
}

/// Everybody at one path.
#[derive(Default)]
struct Room {
    peers: RefCell<Vec<Rc<Peer>>>,
    /// Those who wait until nobody's queue is full.
    held: RefCell<Vec<Waker>>,
}

impl Room {
    fn is_full(&self) -> bool {
        self.peers.borrow().iter().any(|peer| peer.queue.borrow().len() >= QUEUE)
    }

    fn forward(&self, from: &Rc<Peer>, frame: &Bytes) {
        for peer in self.peers.borrow().iter().filter(|peer| !Rc::ptr_eq(peer, from)) {
            peer.queue.borrow_mut().push_back(frame.clone());
            peer.waker.take().into_iter().for_each(Waker::wake);
        }
    }
}

/// One connection.
struct Session {
    socket: WebSocketStream<TcpStream>,
    room: Rc<Room>,
    peer: Rc<Peer>,
    unflushed: bool,
}

impl Session {
    /// Everything that waits goes out by one flush, then what has come is forwarded. Ready once the peer is gone.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        *self.peer.waker.borrow_mut() = Some(context.waker().clone());
        loop {
            if self.poll_write(context).is_err() {
                return Poll::Ready(());
            }
            if self.room.is_full() {
                self.room.held.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            match Pin::new(&mut self.socket).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(Message::Binary(frame)))) => self.room.forward(&self.peer, &frame),
                Poll::Ready(Some(Ok(Message::Close(_)) | Err(_)) | None) => return Poll::Ready(()),
                Poll::Ready(Some(Ok(_))) => {}
            }
        }
    }

    fn poll_write(&mut self, context: &mut Context<'_>) -> Result<(), ()> {
        let was_full = self.peer.queue.borrow().len() >= QUEUE;
        while !self.peer.queue.borrow().is_empty() {
            match Pin::new(&mut self.socket).poll_ready(context) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(_)) => return Err(()),
                Poll::Pending => return Ok(()),
            }
            let Some(frame) = self.peer.queue.borrow_mut().pop_front() else { break };
            Pin::new(&mut self.socket).start_send(Message::Binary(frame)).map_err(drop)?;
            self.unflushed = true;
        }
        if was_full && !self.room.is_full() {
            self.room.held.take().into_iter().for_each(Waker::wake);
        }
        if self.unflushed {
            match Pin::new(&mut self.socket).poll_flush(context) {
                Poll::Ready(Ok(())) => self.unflushed = false,
                Poll::Ready(Err(_)) => return Err(()),
                Poll::Pending => {}
            }
        }
        Ok(())
    }
}

#[allow(clippy::result_large_err, reason = "the library's own type of a refused upgrade")]
async fn serve(stream: TcpStream, rooms: Rc<RefCell<HashMap<String, Rc<Room>>>>, greeting: Option<Bytes>) {
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024);
    let mut path = String::new();
    let note = |request: &Request, response: Response| {
        path = request.uri().path().to_owned();
        Ok(response)
    };
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let Ok(socket) = accept_hdr_async_with_config(stream, note, Some(config)).await else { return };
    let room = Rc::clone(rooms.borrow_mut().entry(path.clone()).or_default());
    let peer = Rc::<Peer>::default();
    peer.queue.borrow_mut().extend(greeting);
    room.peers.borrow_mut().push(Rc::clone(&peer));
    let mut session = Session { socket, room: Rc::clone(&room), peer: Rc::clone(&peer), unflushed: false };
    poll_fn(|context| session.poll(context)).await;
    room.peers.borrow_mut().retain(|other| !Rc::ptr_eq(other, &peer));
    room.held.take().into_iter().for_each(Waker::wake);
    if room.peers.borrow().is_empty() {
        rooms.borrow_mut().remove(&path);
    }
}

/// Runs the server until it is killed.
pub(crate) async fn run(listen: &str, greeting: Option<PathBuf>) -> Result<(), String> {
    let listener = TcpListener::bind(listen).await.map_err(|error| format!("{listen}: {error}"))?;
    println!("Listening on {}", listener.local_addr().map_err(|error| error.to_string())?);
    let rooms = Rc::default();
    LocalSet::new()
        .run_until(async {
            let mut frame: Option<Bytes> = None;
            loop {
                if let Ok((stream, _)) = listener.accept().await {
                    if frame.is_none() {
                        frame = greeting.as_ref().and_then(|file| std::fs::read(file).ok()).map(Bytes::from);
                    }
                    spawn_local(serve(stream, Rc::clone(&rooms), frame.clone()));
                }
            }
        })
        .await
}
