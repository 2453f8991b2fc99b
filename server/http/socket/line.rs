//! The way out of one socket: what its documents, its reader and the WebSocket library have to say, and the connection that
//! takes it. Knows no documents and no time.
//!
//! A room writes to the connection itself when its turn ends: to wake a task for each peer would cost as much again as the
//! sending. Only what the connection does not take at once is left to the writer.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use bytes::Bytes;
use tokio::{net::tcp::OwnedWriteHalf, sync::Notify, time::Instant};

use super::frames::{Frames, Piece};
use crate::{
    clock,
    crash_point::{self, Point},
    http::flow::Visitor,
    limits,
    metrics::Metrics,
    room::{Outbox, Wake},
    wire::{CloseCode, message::encode},
};

/// The way out of one socket.
pub(in crate::http) struct Line {
    pub(super) connection: OwnedWriteHalf,
    /// Wakes the writer.
    pub(super) wake: Notify,
    metrics: Arc<Metrics>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// What goes out first: answers of the reader, and what the connection did not take.
    pieces: Vec<Piece>,
    /// How many of them are answers.
    answers: usize,
    outboxes: Vec<Arc<Outbox>>,
    close: Option<CloseCode>,
    /// The peer has gone or said that it goes.
    over: bool,
    /// The writer is at work, or has ended: nobody else may write.
    busy: bool,
    /// Something came to wait while the writer was at work.
    again: bool,
    /// When something was last sent that the writer has not heard of.
    sent: Option<Instant>,
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
    /// When something was sent since the last time.
    pub(super) sent: Option<Instant>,
}

impl Inner {
    /// Everything that waits.
    fn take(&mut self) -> Vec<Piece> {
        let mut pieces = std::mem::take(&mut self.pieces);
        self.answers = 0;
        let several = self.outboxes.len() > 1;
        let close = &mut self.close;
        self.outboxes.retain(|outbox| {
            let taken = outbox.take();
            pieces.extend(taken.frames.into_iter().map(Piece::Message));
            let Some(code) = taken.close else { return true };
            // One document's rights end: the others' go on. A room that fails or restarts closes the socket,
            // because stock providers do not come back to a document on a socket that stays open.
            if several && code.is_about_one_document() {
                pieces.push(Piece::Message(outbox.head().frame(&encode::denied(code))));
                pieces.push(Piece::Message(outbox.head().frame(&encode::close(code))));
            } else {
                close.get_or_insert(code);
            }
            false
        });
        pieces
    }
}

impl Line {
    pub(super) fn new(connection: OwnedWriteHalf, metrics: Arc<Metrics>) -> Self {
        Self { connection, wake: Notify::new(), metrics, inner: Mutex::default() }
    }

    /// What wakes this line as long as its socket is there.
    pub(in crate::http) fn waker(self: &Arc<Self>) -> Arc<dyn Wake> {
        Arc::new(Waker(Arc::downgrade(self)))
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
            inner.pieces.push(piece);
            inner.answers += 1;
            if inner.answers > limits::INBOX {
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

    /// Everything that waits, for the writer: until it is [`Line::done`] nobody else writes.
    pub(super) fn take(&self) -> Out {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let pieces = inner.take();
        (inner.busy, inner.again) = (true, false);
        if let Some(code) = inner.close {
            self.metrics.garbage.inc_by(u64::from(code == CloseCode::Policy));
            inner.blame(code);
        }
        Out { pieces, close: inner.close, over: inner.over, sent: inner.sent.take() }
    }

    /// The writer has sent what it took. Returns whether something has come meanwhile.
    pub(super) fn done(&self) -> bool {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.busy = false;
        inner.again
    }

    pub(super) fn count(&self, frames: &Frames) {
        self.metrics.frames_out.inc_by(frames.pieces().len() as u64);
        self.metrics.bytes_out.inc_by(frames.bytes() as u64);
    }

    /// Sends what waits as far as the connection takes it at once; the writer has the rest.
    fn send_now(&self) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.busy {
            inner.again = true;
            return;
        }
        let frames = Frames::new(inner.take());
        if !frames.is_empty() {
            self.count(&frames);
            inner.sent = Some(clock::instant());
            crash_point::pass(Point::BeforeSend);
            let written = self.connection.try_write_vectored(&frames.slices());
            crash_point::pass(Point::AfterSend);
            let written = match written {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                Ok(written) => written,
                // The writer meets the same error and ends the socket.
                Err(_) => 0,
            };
            inner.pieces = frames.after(written);
        }
        if !inner.pieces.is_empty() || inner.close.is_some() || inner.over {
            self.wake.notify_one();
        }
    }
}

/// A line that may be gone.
struct Waker(Weak<Line>);

impl Wake for Waker {
    fn wake(&self) {
        if let Some(line) = self.0.upgrade() {
            line.send_now();
        }
    }
}
