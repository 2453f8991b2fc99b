//! The way out of one socket: what its documents, its reader and the WebSocket library have to say. Knows no connection.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::{
    http::flow::Visitor,
    limits,
    metrics::Metrics,
    room::Outbox,
    wire::{CloseCode, message::encode},
};

/// What goes out, in order.
pub(super) enum Piece {
    /// The payload of a binary message.
    Message(Bytes),
    /// Bytes that are WebSocket frames already.
    Frames(Bytes),
}

/// The way out of one socket: the outboxes of its documents, and what the reader itself answers.
pub(in crate::http) struct Line {
    /// Woken by every outbox and by the reader.
    pub(in crate::http) wake: Arc<Notify>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    answers: Vec<Piece>,
    outboxes: Vec<Arc<Outbox>>,
    close: Option<CloseCode>,
    /// The peer has gone or said that it goes.
    over: bool,
    /// Whose socket it is.
    visitors: Vec<Arc<Visitor>>,
}

impl Inner {
    /// Whoever sent garbage waits for the next connection; told once.
    fn blame(&mut self, code: CloseCode) {
        if code == CloseCode::Policy {
            self.visitors.drain(..).for_each(|visitor| visitor.strike());
        }
    }
}

/// What goes out next.
pub(super) struct Out {
    pub(super) pieces: Vec<Piece>,
    pub(super) close: Option<CloseCode>,
    pub(super) over: bool,
}

impl Line {
    pub(in crate::http) fn new() -> Self {
        Self { wake: Arc::new(Notify::new()), inner: Mutex::default() }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        let out = work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner));
        self.wake.notify_one();
        out
    }

    /// An answer of the reader itself, a whole message.
    pub(in crate::http) fn answer(&self, message: Bytes) {
        self.put(Piece::Message(message));
    }

    /// What the WebSocket library answers by itself: pongs, the other half of a close.
    pub(super) fn frames(&self, frames: Bytes) {
        self.put(Piece::Frames(frames));
    }

    /// A peer that asks without reading is closed.
    fn put(&self, piece: Piece) {
        self.with(|inner| {
            inner.answers.push(piece);
            if inner.answers.len() > limits::INBOX {
                inner.close = Some(CloseCode::Stalled);
            }
        });
    }

    pub(in crate::http) fn add(&self, outbox: &Arc<Outbox>) {
        self.with(|inner| inner.outboxes.push(Arc::clone(outbox)));
    }

    /// Garbage on this line is this person's.
    pub(in crate::http) fn is_of(&self, visitor: &Arc<Visitor>) {
        self.with(|inner| {
            if !inner.visitors.iter().any(|there| Arc::ptr_eq(there, visitor)) {
                inner.visitors.push(Arc::clone(visitor));
            }
        });
    }

    pub(in crate::http) fn remove(&self, outbox: &Arc<Outbox>) {
        self.with(|inner| inner.outboxes.retain(|there| !Arc::ptr_eq(there, outbox)));
    }

    /// Closes the socket after what waits.
    pub(in crate::http) fn close(&self, code: CloseCode) {
        self.with(|inner| {
            inner.close.get_or_insert(code);
            inner.blame(code);
        });
    }

    /// Ends the socket after what waits.
    pub(super) fn end(&self) {
        self.with(|inner| inner.over = true);
    }

    pub(super) fn take(&self, metrics: &Metrics) -> Out {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = std::mem::take(&mut inner.answers);
        let several = inner.outboxes.len() > 1;
        let mut close = inner.close;
        inner.outboxes.retain(|outbox| {
            let taken = outbox.take();
            pieces.extend(taken.frames.into_iter().map(Piece::Message));
            let Some(code) = taken.close else { return true };
            // One document's rights end: the others' go on. A room that fails or restarts closes the socket,
            // because stock providers do not come back to a document on a socket that stays open.
            if several && matches!(code, CloseCode::Forbidden | CloseCode::Unknown | CloseCode::Retired) {
                pieces.push(Piece::Message(outbox.head().frame(&encode::denied(code))));
                pieces.push(Piece::Message(outbox.head().frame(&encode::close(code))));
            } else {
                close.get_or_insert(code);
            }
            false
        });
        if let Some(code) = close {
            metrics.garbage.inc_by(u64::from(code == CloseCode::Policy));
            inner.blame(code);
        }
        Out { pieces, close, over: inner.over }
    }
}
