//! Hocuspocus frames: a document name before every message, and one-byte pings. Knows not which documents exist.

use bytes::Bytes;

use super::{
    Bad, Incoming,
    lib0::Reader,
    message::{PING, PONG, read},
    name::NAME_BYTES,
};

/// One frame from a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A message about a document, whose name is as the client wrote it: answers carry the same.
    Document(String, Incoming),
    /// Answer with [`pong`].
    Ping,
    Pong,
}

/// Reads a frame.
///
/// # Errors
/// When it is malformed or larger than its kind may be.
pub fn read_frame(frame: Bytes) -> Result<Frame, Bad> {
    match frame.as_ref() {
        [PING] => return Ok(Frame::Ping),
        [PONG] => return Ok(Frame::Pong),
        _ => {}
    }
    let mut reader = Reader::new(frame);
    let name = reader.string()?;
    if name.len() > NAME_BYTES {
        return Err(Bad::Malformed);
    }
    Ok(Frame::Document(name, read(reader)?))
}

/// Keeps a stock provider from dropping an idle socket.
#[must_use]
pub fn ping() -> Bytes {
    Bytes::from_static(&[PING])
}

#[must_use]
pub fn pong() -> Bytes {
    Bytes::from_static(&[PONG])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        limits,
        wire::{
            Head,
            lib0::{put_bytes, put_uint},
            message::encode,
        },
    };

    fn frame(name: &str, message: &[u8]) -> Bytes {
        Head::named(name).frame(&Bytes::copy_from_slice(message))
    }

    #[test]
    fn stock_manners_are_understood() {
        assert_eq!(read_frame(Bytes::from_static(&[9])), Ok(Frame::Ping));
        assert_eq!(read_frame(Bytes::from_static(&[10])), Ok(Frame::Pong));
        let mut auth = vec![2, 0];
        put_bytes(&mut auth, b"token");
        put_bytes(&mut auth, b"4.7.0");
        let token = Frame::Document("x\0session".into(), Incoming::Token("token".into()));
        assert_eq!(read_frame(frame("x\0session", &auth)), Ok(token));
        assert_eq!(read_frame(frame("x", &[7])), Ok(Frame::Document("x".into(), Incoming::Close)));
        assert_eq!(read_frame(frame("x", &[3])), Ok(Frame::Document("x".into(), Incoming::QueryAwareness)));
        assert_eq!(read_frame(frame("x", &[99])), Ok(Frame::Document("x".into(), Incoming::Other(99))));
    }

    #[test]
    fn what_the_server_writes_it_can_read() {
        let written = frame("x", &encode::step_2(b"abc"));
        let expected = Frame::Document("x".into(), Incoming::SyncStep2(Bytes::from_static(b"abc")));
        assert_eq!(read_frame(written), Ok(expected));
        let json = frame("x", &encode::stateless("{}"));
        assert_eq!(read_frame(json), Ok(Frame::Document("x".into(), Incoming::Stateless("{}".into()))));
    }

    #[test]
    fn sizes_at_the_limit_and_one_past_it() {
        let sync = |step: u64, total: usize| {
            let (mut low, mut message) = (total, Vec::new());
            while message.len() != total {
                low -= 1;
                message.clear();
                put_uint(&mut message, 0);
                put_uint(&mut message, step);
                put_bytes(&mut message, &vec![0; low]);
            }
            read_frame(frame("x", &message))
        };
        assert!(sync(2, limits::MESSAGE_BYTES).is_ok());
        assert_eq!(sync(2, limits::MESSAGE_BYTES + 1), Err(Bad::TooBig));
        assert!(sync(1, limits::MESSAGE_BYTES + 1).is_ok());
        let step_2 = |size: usize| read_frame(frame("x", &encode::step_2(&vec![0; size])));
        assert!(step_2(limits::SYNC_STEP_2_BYTES).is_ok());
        assert_eq!(step_2(limits::SYNC_STEP_2_BYTES + 1), Err(Bad::TooBig));
        assert!(read_frame(frame(&"n".repeat(NAME_BYTES), &[7])).is_ok());
        assert_eq!(read_frame(frame(&"n".repeat(NAME_BYTES + 1), &[7])), Err(Bad::Malformed));
    }

    #[test]
    fn every_cut_of_a_frame_is_malformed_and_none_panics() {
        let whole = frame("board", &encode::update(b"0123456789"));
        for end in 0..whole.len() {
            assert_eq!(read_frame(whole.slice(..end)), Err(Bad::Malformed), "cut at {end}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_an_answer(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
            let _ = read_frame(Bytes::from(bytes.clone()));
            let _ = crate::wire::ywebsocket::read_frame(Bytes::from(bytes));
        }
    }
}
