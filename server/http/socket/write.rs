//! The writer of one socket: everything that waits goes out in one call, without a copy. Knows no documents.
//!
//! Frames of a server are not masked, so the same bytes go to every peer. Written by the WebSocket library they would be copied
//! once for each into a buffer that stays as large as the largest board.

use std::{
    io::{self, IoSlice},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use tokio::{
    io::AsyncWriteExt,
    net::tcp::OwnedWriteHalf,
    time::{sleep_until, timeout},
};

use super::line::{Line, Out, Piece};
use crate::{clock, limits::Pace, metrics::Metrics, wire::CloseCode};

/// How long the last frames may take once the server has decided to close.
const LAST_FRAMES: Duration = Duration::from_secs(5);
/// Final frames (RFC 6455, section 5.2): the first byte of a binary message and of a close, and a whole ping.
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
const PING: &[u8] = &[0x89, 0];

/// What a socket's writer works with.
pub(in crate::http) struct Writer {
    pub(super) connection: OwnedWriteHalf,
    pub(super) line: Arc<Line>,
    /// What says that the server is there.
    pub(super) idle: Bytes,
    pub(super) metrics: Arc<Metrics>,
    pub(super) pace: Pace,
}

impl Writer {
    /// Writes until the socket is closed, something small when nothing went out for long. Gives up on a peer that takes nothing.
    pub(super) async fn run(self) {
        let Self { mut connection, line, idle, metrics, pace } = self;
        let mut last = clock::instant();
        // Looked at when it is over, not set anew for every message.
        let mut keep_alive = pin!(sleep_until(last + pace.keep_alive));
        loop {
            let woken = tokio::select! {
                biased;
                () = line.wake.notified() => true,
                () = keep_alive.as_mut() => false,
            };
            let Out { mut pieces, close, over } = line.take(&metrics);
            let due = !woken || keep_alive.is_elapsed();
            if due {
                if pieces.is_empty() && last.elapsed() >= pace.keep_alive {
                    pieces.push(Piece::Message(idle.clone()));
                }
                // Its answer shows that somebody is there, whatever their provider says, also when others give it much to read.
                pieces.push(Piece::Frames(Bytes::from_static(PING)));
            }
            if !pieces.is_empty() {
                let bytes: usize = pieces.iter().map(Piece::len).sum();
                metrics.frames_out.inc_by(pieces.len() as u64);
                metrics.bytes_out.inc_by(bytes as u64);
                let patience = pace.stalled + Duration::from_secs(bytes as u64 / pace.slowest_line);
                // It takes nothing: a close frame would only wait behind the rest.
                let Ok(Ok(())) = timeout(patience, send(&mut connection, &pieces)).await else { return };
                last = clock::instant();
            }
            if due {
                keep_alive.as_mut().reset(last + pace.keep_alive);
            }
            if let Some(code) = close {
                // Whether the peer still hears it changes nothing.
                let _ = timeout(LAST_FRAMES, connection.write_all(&close_frame(code))).await;
            }
            if close.is_some() || over {
                return;
            }
        }
    }
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Piece::Message(bytes) | Piece::Frames(bytes) => bytes.len(),
        }
    }
}

/// The head of a final binary frame: at most 10 bytes.
struct FrameHead {
    bytes: [u8; 10],
    len: usize,
}

impl FrameHead {
    fn new(payload: usize) -> Self {
        let mut bytes = [0; 10];
        bytes[0] = BINARY;
        let length = (payload as u64).to_be_bytes();
        let len = match payload {
            0..126 => {
                bytes[1] = length[7];
                2
            }
            126..0x1_0000 => {
                bytes[1] = 126;
                bytes[2..4].copy_from_slice(&length[6..]);
                4
            }
            _ => {
                bytes[1] = 127;
                bytes[2..].copy_from_slice(&length);
                10
            }
        };
        Self { bytes, len }
    }

    fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// All pieces in as few calls as the connection takes.
async fn send(connection: &mut OwnedWriteHalf, pieces: &[Piece]) -> io::Result<()> {
    let heads: Vec<FrameHead> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Message(payload) => FrameHead::new(payload.len()),
            Piece::Frames(_) => FrameHead { bytes: [0; 10], len: 0 },
        })
        .collect();
    let mut slices: Vec<IoSlice<'_>> = Vec::with_capacity(2 * pieces.len());
    for (head, piece) in heads.iter().zip(pieces) {
        let (Piece::Message(bytes) | Piece::Frames(bytes)) = piece;
        slices.extend([head.as_slice(), bytes].into_iter().filter(|part| !part.is_empty()).map(IoSlice::new));
    }
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        let written = connection.write_vectored(rest).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut rest, written);
    }
    Ok(())
}

/// A close frame with its code and sentence, which all are short.
fn close_frame(code: CloseCode) -> Vec<u8> {
    let sentence = code.sentence().as_bytes();
    let sentence = &sentence[..sentence.len().min(123)];
    let mut frame = vec![CLOSE, 2 + sentence.len() as u8];
    frame.extend_from_slice(&code.code().to_be_bytes());
    frame.extend_from_slice(sentence);
    frame
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tokio::{io::AsyncReadExt, net::TcpListener, net::TcpStream};
    use tokio_tungstenite::tungstenite::protocol::frame::{
        FrameHeader,
        coding::{Data, OpCode},
    };

    use super::*;

    #[test]
    fn heads_are_those_of_the_standard_at_each_border() {
        for payload in [0, 1, 125, 126, 0xffff, 0x1_0000, 20_000_000] {
            let head = FrameHead::new(payload);
            let (read, length) = FrameHeader::parse(&mut Cursor::new(head.as_slice())).unwrap().unwrap();
            assert_eq!((read.opcode, read.is_final, read.mask), (OpCode::Data(Data::Binary), true, None));
            assert_eq!(length, payload as u64);
            assert_eq!(read.len(length), head.len);
        }
    }

    #[test]
    fn every_close_code_fits_a_control_frame() {
        for code in CloseCode::ALL {
            let frame = close_frame(code);
            assert_eq!(usize::from(frame[1]), frame.len() - 2);
            assert!(frame[1] <= 125);
            assert!(std::str::from_utf8(&frame[4..]).is_ok(), "{code:?}");
        }
    }

    #[tokio::test]
    async fn more_pieces_than_one_call_takes_arrive_in_order() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (_, mut out) = listener.accept().await.unwrap().0.into_split();
        let pieces: Vec<Piece> = (0..3_000_u32)
            .map(|number| Piece::Message(Bytes::from(vec![number as u8; number as usize])))
            .chain([Piece::Frames(Bytes::from_static(PING))])
            .collect();
        let expected: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| match piece {
                Piece::Message(bytes) => [FrameHead::new(bytes.len()).as_slice(), bytes].concat(),
                Piece::Frames(bytes) => bytes.to_vec(),
            })
            .collect();
        let sending = tokio::spawn(async move { send(&mut out, &pieces).await });
        let mut received = Vec::new();
        peer.read_to_end(&mut received).await.unwrap();
        sending.await.unwrap().unwrap();
        assert!(received == expected);
    }
}
