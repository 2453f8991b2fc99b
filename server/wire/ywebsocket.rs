//! Plain y-websocket frames: a message and nothing else. Knows not which document the socket is for.

use bytes::Bytes;

use super::{Bad, Incoming, lib0::Reader, message::read};

/// Reads a frame.
///
/// # Errors
/// When it is malformed or larger than its kind may be.
pub fn read_frame(frame: Bytes) -> Result<Incoming, Bad> {
    read(Reader::new(frame))
}

/// A presence message without entries: keeps a stock provider from dropping an idle socket.
#[must_use]
pub fn keep_alive() -> Bytes {
    Bytes::from_static(&[1, 1, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keep_alive_is_an_empty_presence_message() {
        assert_eq!(read_frame(keep_alive()), Ok(Incoming::Awareness(Bytes::from_static(&[0]))));
    }
}
