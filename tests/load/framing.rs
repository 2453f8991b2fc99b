//! The two ways to put y-protocols messages into frames. Knows not what is in an update.

use jalostamo::wire::lib0::{put_bytes, put_uint};

use crate::ranges::Walk;

/// How messages are framed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Framing {
    YWebsocket,
    /// The document's name before every message; the token that opens it.
    Hocuspocus {
        document: String,
        token: String,
    },
}

/// What a server said, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    /// A state vector: what does the client have?
    Asks,
    /// What the client lacked when it came.
    Whole(&'a [u8]),
    Update(&'a [u8]),
    Awareness(&'a [u8]),
    /// The document is not opened to this client.
    Denied(String),
    /// Everything else.
    Other,
}

impl Framing {
    fn frame(&self, kind: u64, payload: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        if let Framing::Hocuspocus { document, .. } = self {
            put_bytes(&mut out, document.as_bytes());
        }
        put_uint(&mut out, kind);
        payload(&mut out);
        out
    }

    fn sync(&self, step: u64, bytes: &[u8]) -> Vec<u8> {
        self.frame(0, |out| {
            put_uint(out, step);
            put_bytes(out, bytes);
        })
    }

    /// What a client without anything says first.
    pub(crate) fn greeting(&self) -> Vec<Vec<u8>> {
        // An empty state vector.
        let asks = self.sync(0, &[0]);
        match self {
            Framing::YWebsocket => vec![asks],
            Framing::Hocuspocus { token, .. } => {
                let auth = self.frame(2, |out| {
                    put_uint(out, 0);
                    put_bytes(out, token.as_bytes());
                    put_bytes(out, b"4.0.0");
                });
                vec![auth, asks]
            }
        }
    }

    /// The answer to a server that asks: nothing that it lacks.
    pub(crate) fn nothing(&self) -> Vec<u8> {
        self.sync(1, &[0, 0])
    }

    /// All that there is, for a newcomer.
    pub(crate) fn whole(&self, update: &[u8]) -> Vec<u8> {
        self.sync(1, update)
    }

    pub(crate) fn update(&self, update: &[u8]) -> Vec<u8> {
        self.sync(2, update)
    }

    /// One presence entry.
    pub(crate) fn awareness(&self, client: u64, clock: u64, state: &str) -> Vec<u8> {
        let mut entry = Vec::new();
        put_uint(&mut entry, 1);
        put_uint(&mut entry, client);
        put_uint(&mut entry, clock);
        put_bytes(&mut entry, state.as_bytes());
        self.frame(1, |out| put_bytes(out, &entry))
    }

    /// Reads a server's message. `None` when it is malformed.
    pub(crate) fn read<'a>(&self, message: &'a [u8]) -> Option<Said<'a>> {
        let mut walk = Walk::new(message);
        if matches!(self, Framing::Hocuspocus { .. }) {
            // A ping or a pong has no name.
            if matches!(message, [9] | [10]) {
                return Some(Said::Other);
            }
            walk.bytes()?;
        }
        Some(match walk.number()? {
            // 4 is a sync message that asks for no answer.
            0 | 4 => match walk.number()? {
                0 => Said::Asks,
                1 => Said::Whole(walk.bytes()?),
                2 => Said::Update(walk.bytes()?),
                _ => return None,
            },
            1 => Said::Awareness(walk.bytes()?),
            2 if walk.number()? == 1 => Said::Denied(String::from_utf8_lossy(walk.bytes()?).into_owned()),
            _ => Said::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_framings_read_what_they_write() {
        let named = Framing::Hocuspocus { document: "board.x".to_owned(), token: String::new() };
        for framing in [Framing::YWebsocket, named] {
            assert_eq!(framing.read(&framing.update(b"abc")), Some(Said::Update(b"abc")));
            assert_eq!(framing.read(&framing.whole(b"abc")), Some(Said::Whole(b"abc")));
            let greeting = framing.greeting();
            assert_eq!(framing.read(greeting.last().unwrap()), Some(Said::Asks));
            let presence = framing.awareness(7, 300, "{}");
            assert_eq!(framing.read(&presence), Some(Said::Awareness(&[1, 7, 0xac, 2, 2, b'{', b'}'])));
        }
    }

    #[test]
    fn manners_of_servers() {
        let framing = Framing::Hocuspocus { document: "x".to_owned(), token: String::new() };
        assert_eq!(framing.read(&[9]), Some(Said::Other));
        assert_eq!(framing.read(&[1, b'x', 2, 1, 2, b'n', b'o']), Some(Said::Denied("no".to_owned())));
        assert_eq!(framing.read(&[1, b'x', 8, 1]), Some(Said::Other));
        assert_eq!(framing.read(&[1, b'x', 0, 2, 5, 1]), None);
    }
}
