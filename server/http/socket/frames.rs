//! WebSocket frames that a server sends (RFC 6455, section 5.2), as parts that need not be copied together. Knows no
//! connection.
//!
//! Frames of a server are not masked, so the same bytes go to every peer. Written by the WebSocket library they would be copied
//! once for each, into a buffer that stays as large as the largest board.

use std::io::IoSlice;

use bytes::Bytes;

use crate::wire::CloseCode;

/// Final frames: the first byte of a binary message and of a close, and a whole ping.
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
pub(super) const PING: &[u8] = &[0x89, 0];

/// What goes out, in order.
#[derive(Debug)]
pub(super) enum Piece {
    /// The payload of a binary message.
    Message(Bytes),
    /// Bytes that are WebSocket frames already, or the rest of one.
    Frames(Bytes),
}

impl Piece {
    fn bytes(&self) -> &Bytes {
        let (Piece::Message(bytes) | Piece::Frames(bytes)) = self;
        bytes
    }

    fn head(&self) -> FrameHead {
        match self {
            Piece::Message(payload) => FrameHead::new(payload.len()),
            Piece::Frames(_) => FrameHead { bytes: [0; 10], len: 0 },
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

/// Pieces with their heads.
pub(super) struct Frames {
    pieces: Vec<Piece>,
    heads: Vec<FrameHead>,
}

impl Frames {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        let heads = pieces.iter().map(Piece::head).collect();
        Self { pieces, heads }
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Their payloads' length.
    pub(super) fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.bytes().len()).sum()
    }

    /// All of it for one call.
    pub(super) fn slices(&self) -> Vec<IoSlice<'_>> {
        let mut slices = Vec::with_capacity(2 * self.pieces.len());
        for (head, piece) in self.heads.iter().zip(&self.pieces) {
            let parts = [head.as_slice(), piece.bytes()];
            slices.extend(parts.into_iter().filter(|part| !part.is_empty()).map(IoSlice::new));
        }
        slices
    }

    /// What is left after so many bytes of [`Frames::slices`].
    pub(super) fn after(self, written: usize) -> Vec<Piece> {
        let mut left = Vec::new();
        let mut written = written;
        for (head, piece) in self.heads.iter().zip(self.pieces) {
            let whole = head.len + piece.bytes().len();
            match written {
                0 => left.push(piece),
                // The rest of a frame is no message any more.
                _ if written < whole => {
                    let bytes = piece.bytes();
                    if let Some(head) = head.as_slice().get(written..) {
                        left.push(Piece::Frames(Bytes::copy_from_slice(head)));
                    }
                    left.push(Piece::Frames(bytes.slice(written.saturating_sub(head.len)..)));
                }
                _ => {}
            }
            written = written.saturating_sub(whole);
        }
        left
    }
}

/// A close frame with its code and sentence, which all are short.
pub(super) fn close_frame(code: CloseCode) -> Vec<u8> {
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

    use tokio_tungstenite::tungstenite::protocol::frame::{
        FrameHeader,
        coding::{Data, OpCode},
    };

    use super::*;

    fn joined(frames: &Frames) -> Vec<u8> {
        frames.slices().iter().flat_map(|slice| slice.to_vec()).collect()
    }

    #[test]
    fn what_is_left_after_any_number_of_bytes_is_the_rest() {
        let pieces = || {
            let long = Bytes::from(vec![7; 200]);
            vec![
                Piece::Message(Bytes::from_static(b"one")),
                Piece::Frames(Bytes::from_static(PING)),
                Piece::Message(long),
            ]
        };
        let all = joined(&Frames::new(pieces()));
        assert_eq!(all.len(), 2 + 3 + 2 + 4 + 200);
        for written in 0..=all.len() {
            let rest = Frames::new(Frames::new(pieces()).after(written));
            assert_eq!(joined(&rest), all[written..], "after {written}");
        }
    }

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
}
