//! What all clients of one document share: who sent which edit when, and how long edits took. Knows no sockets.

use std::{cell::RefCell, rc::Rc};

use crate::histogram::Histogram;

/// The measurement of one run, over all its rooms.
#[derive(Default)]
pub(crate) struct Tally {
    /// Latencies of what was sent from `from` on, in nanoseconds of the generator's clock, before `until`.
    pub(crate) latency: Histogram,
    pub(crate) from: u64,
    pub(crate) until: u64,
    /// Edits, or presence states, that have reached one other client, since the start.
    pub(crate) delivered: u64,
    /// Messages in which they came.
    pub(crate) messages: u64,
    /// How late the generator itself was to send, against its plan.
    pub(crate) lag: Histogram,
}

impl Tally {
    /// Something sent at `sent` has come to another client.
    pub(crate) fn came(&mut self, sent: u64, at: u64) {
        if (self.from..self.until).contains(&sent) {
            self.latency.add(at.saturating_sub(sent));
        }
    }
}

/// A measurement that all clients of a run write to: they run on one thread.
pub(crate) type Shared = Rc<RefCell<Tally>>;

/// What a message brings.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sent {
    /// Edits up to this clock, each of one.
    Edits { end: u64 },
    /// A presence state with this number; the first is 1.
    Presence { number: u64 },
}

/// One who writes edits or presence: their clocks, or numbers, follow one another.
#[derive(Default)]
pub(crate) struct Author {
    /// When each was sent.
    sent: Vec<u64>,
    /// The clock after the last edit.
    pub(crate) end: u64,
    /// The number of the last presence state.
    pub(crate) presence: u64,
}

impl Author {
    /// Notes what goes out now.
    pub(crate) fn sends(&mut self, what: Sent, at: u64) {
        match what {
            Sent::Edits { end } => self.end = end,
            Sent::Presence { number } => self.presence = number,
        }
        self.sent.resize(self.end.max(self.presence + 1) as usize, at);
    }

    pub(crate) fn sent_at(&self, clock: u64) -> Option<u64> {
        self.sent.get(clock as usize).copied()
    }
}

/// One document. Its authors' client ids follow one another, the first is of whoever made the board.
pub(crate) struct Room {
    pub(crate) base: u64,
    pub(crate) authors: Vec<Author>,
    pub(crate) tally: Shared,
}

impl Room {
    pub(crate) fn new(base: u64, authors: usize, tally: &Shared) -> Rc<RefCell<Self>> {
        let authors = (0..authors).map(|_| Author::default()).collect();
        Rc::new(RefCell::new(Self { base, authors, tally: Rc::clone(tally) }))
    }

    /// Which author a client id is.
    pub(crate) fn author(&self, client: u64) -> Option<usize> {
        let place = usize::try_from(client.checked_sub(self.base)?).ok()?;
        (place < self.authors.len()).then_some(place)
    }
}
