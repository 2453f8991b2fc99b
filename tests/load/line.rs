//! One WebSocket connection: what it sends, and a task that hands on what comes. Knows frames, not what is in them.

use std::{
    cell::RefCell,
    future::poll_fn,
    net::SocketAddr,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker, ready},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{
        TcpSocket, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::spawn_local,
};

use crate::{clock::now, frames};

/// All connections are read into one buffer: they take turns on one thread.
const READ_BUFFER: usize = 256 * 1024;
thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ_BUFFER]);
}

/// What is done with a message: its bytes and when it came.
pub(crate) trait Hear {
    fn hear(&mut self, message: &[u8], at: u64);
    /// The connection has ended, and why.
    fn ended(&mut self, why: String);
}

/// A connection.
pub(crate) struct Line {
    state: RefCell<State>,
}

struct State {
    write: OwnedWriteHalf,
    /// What the system has not taken yet.
    waiting: Vec<u8>,
    scratch: Vec<u8>,
    /// Of the task, for when something waits.
    waker: Option<Waker>,
    /// Nothing more is read: a reader that stopped.
    deaf: bool,
    closed: bool,
}

/// How a connection is opened.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    /// Begins with `/`.
    pub(crate) path: String,
    /// A bearer token.
    pub(crate) token: Option<String>,
    /// How many bytes the system keeps that were not read, where not as many as it likes.
    pub(crate) window: Option<u32>,
}

impl Line {
    /// Opens a connection; what comes goes to `ear` from then on.
    pub(crate) async fn open(door: &Door, ear: Rc<RefCell<impl Hear + 'static>>) -> Result<Rc<Self>, String> {
        let (stream, rest) = upgrade(door).await.map_err(|error| format!("connecting to {}: {error}", door.address))?;
        let (read, write) = stream.into_split();
        let state = State { write, waiting: Vec::new(), scratch: Vec::new(), waker: None, deaf: false, closed: false };
        let line = Rc::new(Self { state: RefCell::new(state) });
        let mut inlet = Inlet { read, rest: Vec::new(), message: Vec::new(), line: Rc::clone(&line), ear };
        spawn_local(async move {
            let why = match inlet.take(&rest, now()) {
                Ok(()) => poll_fn(|context| inlet.poll(context)).await,
                Err(why) => why,
            };
            inlet.line.state.borrow_mut().closed = true;
            inlet.ear.borrow_mut().ended(why);
        });
        Ok(line)
    }

    /// Sends a message. What the system does not take at once waits: nothing here waits for the server.
    pub(crate) fn send(&self, message: &[u8]) {
        self.state.borrow_mut().put(frames::BINARY, message);
    }

    /// Bytes that the system has not taken.
    pub(crate) fn waiting(&self) -> usize {
        self.state.borrow().waiting.len()
    }

    /// Reads no more, or reads again.
    pub(crate) fn deafen(&self, deaf: bool) {
        let mut state = self.state.borrow_mut();
        state.deaf = deaf;
        state.waker.take().into_iter().for_each(Waker::wake);
    }

    /// Ends the connection.
    pub(crate) fn close(&self) {
        let mut state = self.state.borrow_mut();
        state.put(frames::CLOSE, &1000_u16.to_be_bytes());
        state.closed = true;
        state.waker.take().into_iter().for_each(Waker::wake);
    }
}

impl State {
    fn put(&mut self, opcode: u8, payload: &[u8]) {
        if !self.waiting.is_empty() {
            frames::put(&mut self.waiting, opcode, payload);
            return;
        }
        self.scratch.clear();
        frames::put(&mut self.scratch, opcode, payload);
        let taken = self.write.try_write(&self.scratch).unwrap_or(0);
        if taken < self.scratch.len() {
            self.waiting.extend_from_slice(&self.scratch[taken..]);
            self.waker.take().into_iter().for_each(Waker::wake);
        }
    }

    /// Writes what waits when the system takes it.
    fn poll_write(&mut self, context: &mut Context<'_>) -> std::io::Result<()> {
        while !self.waiting.is_empty() {
            match Pin::new(&mut self.write).poll_write(context, &self.waiting) {
                Poll::Ready(taken) => _ = self.waiting.drain(..taken?),
                Poll::Pending => break,
            }
        }
        Ok(())
    }
}

/// The task's side of a connection.
struct Inlet<E> {
    read: OwnedReadHalf,
    /// The begin of a frame.
    rest: Vec<u8>,
    /// The begin of a message in several frames.
    message: Vec<u8>,
    line: Rc<Line>,
    ear: Rc<RefCell<E>>,
}

impl<E: Hear> Inlet<E> {
    /// Runs until the connection has ended.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<String> {
        loop {
            {
                let mut state = self.line.state.borrow_mut();
                state.waker = Some(context.waker().clone());
                if state.closed {
                    return Poll::Ready("closed by this side".to_owned());
                }
                if let Err(error) = state.poll_write(context) {
                    return Poll::Ready(format!("writing: {error}"));
                }
                if state.deaf {
                    return Poll::Pending;
                }
            }
            let read = BUFFER.with_borrow_mut(|buffer| {
                let mut into = ReadBuf::new(buffer);
                ready!(Pin::new(&mut self.read).poll_read(context, &mut into)).map_err(|error| error.to_string())?;
                let at = now();
                match into.filled() {
                    [] => Poll::Ready(Err("the server ended the connection".to_owned())),
                    bytes => Poll::Ready(self.take(bytes, at)),
                }
            });
            if let Err(why) = ready!(read) {
                return Poll::Ready(why);
            }
        }
    }

    fn take(&mut self, mut bytes: &[u8], at: u64) -> Result<(), String> {
        // The frame that had begun before: as many bytes as it lacks, so that the others stay where they are.
        while !self.rest.is_empty() && !bytes.is_empty() {
            let wanted = frames::size_of_first(&self.rest).map_or(1, |size| size - self.rest.len());
            let (now, later) = bytes.split_at(wanted.min(bytes.len()));
            self.rest.extend_from_slice(now);
            bytes = later;
            let mut rest = std::mem::take(&mut self.rest);
            match frames::first(&rest) {
                Some(frame) => {
                    self.frame(frame, at)?;
                    rest.clear();
                }
                None => self.rest = rest,
            }
        }
        while let Some(frame) = frames::first(bytes) {
            bytes = &bytes[frame.size..];
            self.frame(frame, at)?;
        }
        self.rest.extend_from_slice(bytes);
        Ok(())
    }

    fn frame(&mut self, frame: frames::Frame<'_>, at: u64) -> Result<(), String> {
        match frame.opcode {
            frames::BINARY if frame.last => self.ear.borrow_mut().hear(frame.payload, at),
            frames::BINARY | frames::CONTINUED => {
                self.message.extend_from_slice(frame.payload);
                if frame.last {
                    self.ear.borrow_mut().hear(&std::mem::take(&mut self.message), at);
                }
            }
            frames::PING => self.line.state.borrow_mut().put(frames::PONG, frame.payload),
            frames::PONG => {}
            frames::CLOSE => {
                let code = frame.payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code));
                let reason = String::from_utf8_lossy(frame.payload.get(2..).unwrap_or_default());
                return Err(format!("closed by the server: {code} {reason}"));
            }
            other => return Err(format!("a frame of kind {other}")),
        }
        Ok(())
    }
}

/// The upgrade; gives what came behind its answer too.
async fn upgrade(door: &Door) -> Result<(TcpStream, Vec<u8>), String> {
    let said = |error: std::io::Error| error.to_string();
    let socket = TcpSocket::new_v4().map_err(said)?;
    if let Some(window) = door.window {
        socket.set_recv_buffer_size(window).map_err(said)?;
    }
    let mut stream = socket.connect(door.address).await.map_err(said)?;
    stream.set_nodelay(true).map_err(said)?;
    let token = door.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n{token}\r\n",
        door.path, door.address
    );
    stream.write_all(request.as_bytes()).await.map_err(said)?;
    let mut answer = Vec::new();
    loop {
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&answer[..end]);
            let status = head.lines().next().unwrap_or_default();
            if !status.starts_with("HTTP/1.1 101") {
                return Err(status.to_owned());
            }
            return Ok((stream, answer.split_off(end + 4)));
        }
        if stream.read_buf(&mut answer).await.map_err(said)? == 0 {
            return Err("ended during the upgrade".to_owned());
        }
    }
}
