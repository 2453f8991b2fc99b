//! A socket that says exactly what it is told, also nonsense and nothing. Knows no promise.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use jalostamo::wire::{Head, lib0::put_bytes};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// Longer than anything that works takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A socket.
pub(crate) struct Raw {
    socket: WebSocketStream<TcpStream>,
    /// A message in parts has begun.
    begun: bool,
}

impl Raw {
    /// Opens `path`; the system keeps few bytes for it that it has not read.
    pub(crate) async fn open(address: SocketAddr, path: &str, token: Option<&str>) -> Self {
        let tcp = TcpSocket::new_v4().unwrap();
        tcp.set_recv_buffer_size(16 * 1024).unwrap();
        let stream = tcp.connect(address).await.unwrap();
        let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
        if let Some(token) = token {
            request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        let (socket, _) = client_async(request, stream).await.unwrap();
        Self { socket, begun: false }
    }

    /// Sends a frame; a socket that the server has closed meanwhile is no error.
    pub(crate) async fn send(&mut self, frame: Vec<u8>) {
        let _ = self.socket.send(Message::Binary(frame.into())).await;
    }

    /// Sends a message about a document of `/collab`.
    pub(crate) async fn about(&mut self, name: &str, message: Vec<u8>) {
        self.send(Head::named(name).frame(&message.into()).to_vec()).await;
    }

    /// The begin of a frame that says it is longer than what comes.
    pub(crate) async fn begin(&mut self, said: u64, come: &[u8]) {
        let mut bytes = vec![0x82, 0x80 | 127];
        bytes.extend_from_slice(&said.to_be_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(come);
        let _ = self.socket.get_mut().write_all(&bytes).await;
    }

    /// A part of a message that never ends, and a ping.
    pub(crate) async fn fragment(&mut self, part: &[u8]) {
        let opcode = if std::mem::replace(&mut self.begun, true) { 0 } else { 2 };
        let mut bytes = vec![opcode, 0x80 | 126];
        bytes.extend_from_slice(&u16::try_from(part.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(part);
        bytes.extend_from_slice(&[0x89, 0x80, 0, 0, 0, 0]);
        let _ = self.socket.get_mut().write_all(&bytes).await;
    }

    /// Bytes as they are, whether they make a frame or not.
    pub(crate) async fn bytes(&mut self, bytes: &[u8]) {
        let _ = self.socket.get_mut().write_all(bytes).await;
    }

    /// Reads some bytes as they come, past all frames; none once the connection is closed.
    pub(crate) async fn read(&mut self, buffer: &mut [u8]) -> usize {
        self.socket.get_mut().read(buffer).await.unwrap_or(0)
    }

    /// A message of text, which no framing has.
    pub(crate) async fn text(&mut self, text: &str) {
        let _ = self.socket.send(Message::Text(text.into())).await;
    }

    /// The next frame; `None` once the socket is closed.
    pub(crate) async fn frame(&mut self) -> Option<Vec<u8>> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("the socket says nothing") {
                Some(Ok(Message::Binary(frame))) => return Some(frame.to_vec()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Reads until the server closes; the code, or 1006 when the connection just ended.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("the socket stays open") {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Err(_)) | None => return 1006,
                Some(Ok(_)) => {}
            }
        }
    }
}

/// The message that signs in.
pub(crate) fn auth(token: &str) -> Vec<u8> {
    let mut message = vec![2, 0];
    put_bytes(&mut message, token.as_bytes());
    message
}

/// A sync message: 0 step 1, 1 step 2, 2 update.
pub(crate) fn sync(step: u8, payload: &[u8]) -> Vec<u8> {
    let mut message = vec![0, step];
    put_bytes(&mut message, payload);
    message
}
