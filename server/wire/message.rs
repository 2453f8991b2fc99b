//! The messages of both framings, read and written. Knows not how a framing begins a frame.

use bytes::Bytes;

use super::{
    Bad,
    close::CloseCode,
    lib0::{Reader, put_bytes, put_uint},
};
use crate::limits;

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const STATELESS: u64 = 5;
const CLOSE: u64 = 7;
const SYNC_STATUS: u64 = 8;
pub(super) const PING: u8 = 9;
pub(super) const PONG: u8 = 10;

const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;

/// What a client can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// Its state vector: answer with what it lacks.
    SyncStep1(Bytes),
    /// What the server lacks.
    SyncStep2(Bytes),
    /// An edit.
    Update(Bytes),
    /// Presence entries, see [`super::awareness`].
    Awareness(Bytes),
    QueryAwareness,
    /// A bearer token; empty means the cookie.
    Token(String),
    /// JSON text, see `docs/protocol.md` 3.1.
    Stateless(String),
    /// The client leaves this document.
    Close,
    /// A type that this server does not know; a later provider may send it.
    Other(u64),
}

/// Reads a message from where the document name ended.
pub(super) fn read(mut reader: Reader) -> Result<Incoming, Bad> {
    let size = reader.left();
    let kind = reader.uint()?;
    if kind != SYNC && size > limits::MESSAGE_BYTES {
        return Err(Bad::TooBig);
    }
    Ok(match kind {
        SYNC => {
            let step = reader.uint()?;
            if step != STEP_2 && size > limits::MESSAGE_BYTES {
                return Err(Bad::TooBig);
            }
            let payload = reader.bytes()?;
            match step {
                STEP_1 => Incoming::SyncStep1(payload),
                STEP_2 if payload.len() > limits::SYNC_STEP_2_BYTES => return Err(Bad::TooBig),
                STEP_2 => Incoming::SyncStep2(payload),
                UPDATE => Incoming::Update(payload),
                _ => return Err(Bad::Malformed),
            }
        }
        AWARENESS => Incoming::Awareness(reader.bytes()?),
        // A version may trail the token; it decides nothing here.
        AUTH => match reader.uint()? {
            0 => Incoming::Token(reader.string()?),
            _ => return Err(Bad::Malformed),
        },
        QUERY_AWARENESS => Incoming::QueryAwareness,
        STATELESS => Incoming::Stateless(reader.string()?),
        CLOSE => Incoming::Close,
        other => Incoming::Other(other),
    })
}

/// What stands before a message in a frame: the document name on `/collab`, nothing on `/sync`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Head(Bytes);

impl Head {
    /// For Hocuspocus: the name exactly as the client wrote it.
    #[must_use]
    pub fn named(raw: &str) -> Self {
        let mut out = Vec::with_capacity(raw.len() + 2);
        put_bytes(&mut out, raw.as_bytes());
        Self(out.into())
    }

    /// For y-websocket.
    #[must_use]
    pub const fn none() -> Self {
        Self(Bytes::new())
    }

    /// Whether frames begin with their message.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes come before the message.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A frame: this head and a message of [`encode`].
    #[must_use]
    pub fn frame(&self, message: &Bytes) -> Bytes {
        if self.0.is_empty() {
            return message.clone();
        }
        let mut out = Vec::with_capacity(self.0.len() + message.len());
        out.extend_from_slice(&self.0);
        out.extend_from_slice(message);
        out.into()
    }
}

/// The server's messages, without a head.
pub mod encode {
    use super::*;

    fn sync(step: u64, payload: &[u8]) -> Bytes {
        let mut out = Vec::with_capacity(payload.len() + 12);
        put_uint(&mut out, SYNC);
        put_uint(&mut out, step);
        put_bytes(&mut out, payload);
        out.into()
    }

    fn text(kind: u64, words: &[u64], text: &str) -> Bytes {
        let mut out = Vec::with_capacity(text.len() + 8);
        put_uint(&mut out, kind);
        words.iter().for_each(|word| put_uint(&mut out, *word));
        put_bytes(&mut out, text.as_bytes());
        out.into()
    }

    /// The server's encoded state vector: send what is missing.
    #[must_use]
    pub fn step_1(state_vector: &[u8]) -> Bytes {
        sync(STEP_1, state_vector)
    }

    /// What the client lacks.
    #[must_use]
    pub fn step_2(update: &[u8]) -> Bytes {
        sync(STEP_2, update)
    }

    #[must_use]
    pub fn update(update: &[u8]) -> Bytes {
        sync(UPDATE, update)
    }

    /// Presence entries, see [`crate::wire::awareness::write`].
    #[must_use]
    pub fn awareness(entries: &[u8]) -> Bytes {
        let mut out = Vec::with_capacity(entries.len() + 6);
        put_uint(&mut out, AWARENESS);
        put_bytes(&mut out, entries);
        out.into()
    }

    #[must_use]
    pub fn accepted(read_only: bool) -> Bytes {
        text(AUTH, &[2], if read_only { "readonly" } else { "read-write" })
    }

    #[must_use]
    pub fn denied(why: CloseCode) -> Bytes {
        text(AUTH, &[1], why.word())
    }

    #[must_use]
    pub fn stateless(json: &str) -> Bytes {
        text(STATELESS, &[], json)
    }

    /// This document is closed; the socket stays.
    #[must_use]
    pub fn close(why: CloseCode) -> Bytes {
        text(CLOSE, &[], why.word())
    }

    /// For stock Hocuspocus providers: one message is durable, or refused.
    #[must_use]
    pub fn sync_status(durable: bool) -> Bytes {
        let mut out = Vec::with_capacity(2);
        put_uint(&mut out, SYNC_STATUS);
        put_uint(&mut out, u64::from(durable));
        out.into()
    }
}
