//! Frames as a tab reads and writes them, in either framing. Knows no lines and no documents.

use bytes::Bytes;
use jalostamo::wire::{
    Head,
    awareness::{self, Entry},
    lib0::{Reader, put_bytes, put_uint},
};
use serde_json::Value;

use super::plan::Manner;

/// What the server says.
#[derive(Debug)]
pub(crate) enum Said {
    Step1(Bytes),
    /// A sync step 2, or an update.
    Update {
        step_2: bool,
        update: Bytes,
    },
    Presence(Vec<Entry>),
    Accepted,
    Denied,
    Stateless(Value),
    Status(bool),
    /// A ping, or a close of the document.
    Nothing,
}

pub(crate) fn read(frame: Bytes, manner: Manner) -> Said {
    let mut reader = Reader::new(frame);
    if manner != Manner::YWebsocket {
        if reader.left() == 1 {
            return Said::Nothing;
        }
        reader.string().unwrap();
    }
    match reader.uint().unwrap() {
        0 => match reader.uint().unwrap() {
            0 => Said::Step1(reader.bytes().unwrap()),
            step => Said::Update { step_2: step == 1, update: reader.bytes().unwrap() },
        },
        1 => Said::Presence(awareness::read(reader.bytes().unwrap()).unwrap()),
        2 if reader.uint().unwrap() == 2 => Said::Accepted,
        2 => Said::Denied,
        5 => Said::Stateless(serde_json::from_str(&reader.string().unwrap()).unwrap()),
        8 => Said::Status(reader.uint().unwrap() == 1),
        7 => Said::Nothing,
        other => panic!("the server sent a message of type {other}"),
    }
}

/// The update that a frame carries, if it carries one.
pub(crate) fn update_in(frame: Bytes, manner: Manner) -> Option<Bytes> {
    let mut reader = Reader::new(frame);
    if manner != Manner::YWebsocket {
        reader.string().ok()?;
    }
    match (reader.uint().ok()?, reader.uint().ok()?) {
        (0, 1 | 2) => reader.bytes().ok(),
        _ => None,
    }
}

/// A sync message: 0 step 1, 1 step 2, 2 update.
pub(crate) fn sync(step: u64, payload: &[u8]) -> Vec<u8> {
    let mut message = vec![0];
    put_uint(&mut message, step);
    put_bytes(&mut message, payload);
    message
}

pub(crate) fn presence(client: u64, clock: u64, state: Option<&str>) -> Vec<u8> {
    let mut message = vec![1];
    put_bytes(&mut message, &awareness::write([awareness::entry(client, clock, state)].iter()));
    message
}

/// The auth message with an empty token: the cookie says who it is.
pub(crate) fn auth() -> Vec<u8> {
    vec![2, 0, 0]
}

pub(crate) fn stateless(json: &str) -> Vec<u8> {
    let mut message = vec![5];
    put_bytes(&mut message, json.as_bytes());
    message
}

/// A whole frame.
pub(crate) fn framed(message: Vec<u8>, manner: Manner, name: &str) -> Bytes {
    match manner {
        Manner::YWebsocket => message.into(),
        Manner::Own | Manner::Hocuspocus => Head::named(name).frame(&message.into()),
    }
}
