//! The writer of one socket: what a connection did not take at once, something small when nothing else goes out, and the end.
//! Knows no documents.

use std::{
    io::{self, IoSlice},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use tokio::{
    net::tcp::OwnedWriteHalf,
    time::{sleep_until, timeout},
};

use super::{
    frames::{Frames, PING, Piece, close_frame},
    line::{Line, Out},
};
use crate::{clock, config::Config};

/// How long the last frames may take once the server has decided to close.
const LAST_FRAMES: Duration = Duration::from_secs(5);

/// What a socket's writer works with.
pub(in crate::http) struct Writer {
    pub(super) line: Arc<Line>,
    /// What says that the server is there.
    pub(super) idle: Bytes,
    pub(super) config: Arc<Config>,
}

impl Writer {
    /// Writes until the socket is closed. Gives up on a peer that takes nothing.
    pub(super) async fn run(self) {
        let Self { line, idle, config } = self;
        let pace = &config.pace;
        // When the last message went out; a ping is none to a provider.
        let mut last = clock::instant();
        // Looked at when it is over, not set anew for every message.
        let mut keep_alive = pin!(sleep_until(last + pace.keep_alive));
        loop {
            let woken = tokio::select! {
                biased;
                () = line.wake.notified() => true,
                () = keep_alive.as_mut() => false,
            };
            let mut due = !woken || keep_alive.is_elapsed();
            loop {
                let Out { mut pieces, close, over, sent } = line.take();
                last = last.max(sent.unwrap_or(last));
                if due && pieces.is_empty() && last.elapsed() >= pace.keep_alive {
                    pieces.push(Piece::Message(idle.clone()));
                }
                if !pieces.is_empty() {
                    last = clock::instant();
                }
                if due {
                    // Its answer shows that somebody is there, whatever their provider says, also when others give it much
                    // to read.
                    pieces.push(Piece::Frames(Bytes::from_static(PING)));
                    due = false;
                    keep_alive.as_mut().reset(last + pace.keep_alive);
                }
                if !pieces.is_empty() {
                    let frames = Frames::new(pieces);
                    line.count(&frames);
                    let patience = pace.stalled + Duration::from_secs(frames.bytes() as u64 / pace.slowest_line);
                    // It takes nothing: a close frame would only wait behind the rest.
                    let Ok(Ok(())) = timeout(patience, send(&line.connection, &frames)).await else { return };
                }
                if let Some(code) = close {
                    let last = Frames::new(vec![Piece::Frames(close_frame(code).into())]);
                    // Whether the peer still hears it changes nothing.
                    let _ = timeout(LAST_FRAMES, send(&line.connection, &last)).await;
                }
                if close.is_some() || over {
                    return;
                }
                if !line.done() {
                    break;
                }
            }
        }
    }
}

/// All of it, in as few calls as the connection takes.
async fn send(connection: &OwnedWriteHalf, frames: &Frames) -> io::Result<()> {
    let mut slices = frames.slices();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        connection.writable().await?;
        match connection.try_write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::AsyncReadExt,
        net::{TcpListener, TcpStream},
    };

    use super::*;

    #[tokio::test]
    async fn more_pieces_than_one_call_takes_arrive_in_order() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (_, out) = listener.accept().await.unwrap().0.into_split();
        let pieces = (0..3_000_u32).map(|number| Piece::Message(Bytes::from(vec![number as u8; number as usize])));
        let frames = Frames::new(pieces.chain([Piece::Frames(Bytes::from_static(PING))]).collect());
        let expected: Vec<u8> = frames.slices().iter().flat_map(|slice| slice.to_vec()).collect();
        let sending = tokio::spawn(async move { send(&out, &frames).await });
        let mut received = Vec::new();
        peer.read_to_end(&mut received).await.unwrap();
        sending.await.unwrap().unwrap();
        assert!(received == expected);
    }
}
