//! What waits for one peer. The room puts in and never waits; the socket's writer takes everything at once.
//! Knows no sockets and no document.
//!
//! What can be merged is: the latest session state, the latest presence of each client, the highest
//! acknowledgement. Document frames that do not fit are dropped all together, and the peer gets the board's
//! whole state instead: it may be slow, it never misses anything.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use tokio::sync::Notify;

use super::{join_state::JoinState, session::Told};
use crate::{
    error::Refusal,
    limits,
    metrics::Metrics,
    wire::{CloseCode, Head, awareness, message::encode},
};

/// Whoever takes out what waits: one for all documents of a socket.
pub trait Wake: Send + Sync {
    /// Something waits. Said once for all that a room does in one turn, and not from within an outbox: it may take at once.
    fn wake(&self);
}

impl Wake for Notify {
    fn wake(&self) {
        self.notify_one();
    }
}

/// Who is to be woken when the room's turn ends: what the room says in between goes out together.
#[derive(Default)]
pub(super) struct Turn {
    due: Mutex<Vec<Arc<dyn Wake>>>,
}

impl Turn {
    pub(super) fn end(&self) {
        let due = std::mem::take(&mut *self.due.lock().unwrap_or_else(PoisonError::into_inner));
        due.iter().for_each(|wake| wake.wake());
    }
}

/// The queue of one seat.
pub struct Outbox {
    head: Head,
    join_state: Arc<JoinState>,
    metrics: Arc<Metrics>,
    wake: Arc<dyn Wake>,
    turn: Arc<Turn>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// It is on the list of those to be woken.
    due: bool,
    accepted: Option<bool>,
    session: Option<Told>,
    step_1: Option<Bytes>,
    /// The whole state goes instead of `frames`.
    whole: bool,
    /// The answer to the peer's newest sync step 1.
    diff: Option<Bytes>,
    frames: Vec<Bytes>,
    frame_bytes: usize,
    /// Encoded presence entries by client id.
    presence: BTreeMap<u64, Bytes>,
    refused: Vec<(u64, Refusal)>,
    durable: Option<u64>,
    statuses: Vec<bool>,
    close: Option<CloseCode>,
}

/// Answers that can wait for a peer which sends without reading; past it the peer is closed.
const ANSWERS: usize = 4_096;

impl Inner {
    fn close_if_deaf(&mut self) {
        if self.refused.len() + self.statuses.len() > ANSWERS {
            self.close = Some(CloseCode::Stalled);
        }
    }
}

/// What the writer took.
#[derive(Debug, Default)]
pub struct Taken {
    /// Whole frames, in the order in which they must go out.
    pub frames: Vec<Bytes>,
    /// After them the document is closed.
    pub close: Option<CloseCode>,
}

impl Outbox {
    pub(super) fn new(
        head: Head,
        join_state: Arc<JoinState>,
        metrics: Arc<Metrics>,
        wake: Arc<dyn Wake>,
        turn: Arc<Turn>,
    ) -> Arc<Self> {
        Arc::new(Self { head, join_state, metrics, wake, turn, inner: Mutex::default() })
    }

    fn put(&self, work: impl FnOnce(&mut Inner)) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.close.is_some() {
            return;
        }
        work(&mut inner);
        if !std::mem::replace(&mut inner.due, true) {
            self.turn.due.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.wake));
        }
    }

    /// Everything that waits, as frames; the queue is empty afterwards.
    #[must_use]
    pub fn take(&self) -> Taken {
        let inner = {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let close = inner.close;
            let taken = std::mem::take(&mut *inner);
            // A closed outbox stays closed: nothing is put in any more.
            inner.close = close;
            taken
        };
        let mut frames = Vec::new();
        let mut add = |message: &Bytes| frames.push(self.head.frame(message));
        if let Some(read_only) = inner.accepted {
            add(&encode::accepted(read_only));
        }
        if let Some(session) = &inner.session {
            add(&encode::stateless(&session.message()));
        }
        // Whose edit was refused must not answer with it.
        for (n, reason) in &inner.refused {
            add(&encode::stateless(&refused_json(*n, reason)));
        }
        if let Some(vector) = &inner.step_1 {
            add(&encode::step_1(vector));
        }
        if inner.whole {
            frames.extend(self.join_state.frames(&self.head));
        }
        frames.extend(inner.diff);
        frames.extend(inner.frames);
        let mut add = |message: &Bytes| frames.push(self.head.frame(message));
        if !inner.presence.is_empty() {
            self.metrics.presence_frames.inc();
            add(&encode::awareness(&awareness::write(inner.presence.values())));
        }
        if let Some(n) = inner.durable {
            add(&encode::stateless(&format!(r#"{{"type":"durable","n":{n}}}"#)));
        }
        for durable in &inner.statuses {
            add(&encode::sync_status(*durable));
        }
        Taken { frames, close: inner.close }
    }

    /// Auth accepted (Hocuspocus only).
    pub(super) fn accepted(&self, read_only: bool) {
        self.put(|inner| inner.accepted = Some(read_only));
    }

    /// The session state; replaces one that waits.
    pub(super) fn session(&self, told: Told) {
        self.put(|inner| inner.session = Some(told));
    }

    /// Asks the peer for what the server lacks.
    pub(super) fn step_1(&self, state_vector: Bytes) {
        self.put(|inner| inner.step_1 = Some(state_vector));
    }

    /// Gives the peer the whole board.
    pub(super) fn whole(&self) {
        self.put(|inner| {
            inner.whole = true;
            inner.frames.clear();
            inner.frame_bytes = 0;
        });
    }

    /// A frame of the document that already has this outbox's head. Returns whether it did not fit, and the
    /// whole state goes out instead.
    pub(super) fn frame(&self, frame: Bytes) -> bool {
        let mut overflowed = false;
        self.put(|inner| {
            if inner.whole {
                return; // It is in the join state by now.
            }
            inner.frame_bytes += frame.len();
            inner.frames.push(frame);
            if inner.frame_bytes > limits::OUTBOX_BYTES {
                inner.whole = true;
                inner.frames.clear();
                inner.frame_bytes = 0;
                overflowed = true;
            }
        });
        if overflowed {
            self.metrics.full_states.inc();
        }
        overflowed
    }

    /// What the peer lacks of the document: outside the quota, because it asked for it. A newer answer holds all
    /// that one which still waits does.
    pub(super) fn diff(&self, update: &Bytes) {
        let frame = self.head.frame(&encode::step_2(update));
        self.put(|inner| inner.diff = Some(frame));
    }

    /// The newest presence of a client.
    pub(super) fn presence(&self, client: u64, entry: Bytes) {
        self.put(|inner| {
            inner.presence.insert(client, entry);
        });
    }

    pub(super) fn refused(&self, n: u64, reason: Refusal) {
        self.put(|inner| {
            inner.refused.push((n, reason));
            inner.close_if_deaf();
        });
    }

    /// The first `n` are durable; replaces one that waits.
    pub(super) fn durable(&self, n: u64) {
        self.put(|inner| inner.durable = Some(n));
    }

    /// For stock Hocuspocus providers: one message is durable, or refused.
    pub(super) fn status(&self, durable: bool) {
        self.put(|inner| {
            inner.statuses.push(durable);
            inner.close_if_deaf();
        });
    }

    /// Closes the document for this peer after what waits; nothing is put in any more.
    pub(super) fn close(&self, code: CloseCode) {
        self.put(|inner| inner.close = Some(code));
    }

    /// The head of this peer's frames.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }
}

fn refused_json(n: u64, reason: &Refusal) -> String {
    serde_json::json!({ "type": "refused", "n": n, "reason": reason }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::RefusalCode, ids::PersonId, role::Role};

    fn outbox() -> Arc<Outbox> {
        let state = Arc::new(JoinState::default());
        state.reset(&Bytes::from_static(b"whole"));
        Outbox::new(Head::none(), state, Arc::new(Metrics::new()), Arc::new(Notify::new()), Arc::default())
    }

    #[test]
    fn frames_at_the_quota_wait_and_one_byte_past_it_becomes_the_whole_state() {
        let full = outbox();
        let frame = Bytes::from(vec![0; limits::OUTBOX_BYTES]);
        assert!(!full.frame(frame.clone()));
        assert_eq!(full.take().frames, std::slice::from_ref(&frame));
        assert!(!full.frame(frame));
        assert!(full.frame(Bytes::from_static(&[0])));
        assert!(!full.frame(Bytes::from_static(b"later")));
        assert_eq!(full.take().frames, [encode::update(b"whole"), encode::step_2(&[0, 0])]);
        assert!(full.take().frames.is_empty());
    }

    #[test]
    fn the_latest_of_each_kind_goes_out_once() {
        let outbox = outbox();
        let told = |seq| Told {
            seq,
            person: PersonId::new(),
            role: Role::Participant,
            shared: r#""people":[]"#.into(),
            allowed: r#""allowed":{}"#.into(),
        };
        outbox.session(told(1));
        let newest = told(2);
        outbox.session(newest.clone());
        outbox.durable(1);
        outbox.durable(4);
        outbox.presence(7, awareness::entry(7, 1, None));
        outbox.presence(7, awareness::entry(7, 2, None));
        outbox.refused(3, Refusal::new(RefusalCode::Locked));
        let expected = [
            encode::stateless(&newest.message()),
            encode::stateless(r#"{"n":3,"reason":{"code":"locked"},"type":"refused"}"#),
            encode::awareness(&awareness::write([awareness::entry(7, 2, None)].iter())),
            encode::stateless(r#"{"type":"durable","n":4}"#),
        ];
        assert_eq!(outbox.take().frames, expected);
    }

    #[test]
    fn a_refusal_is_heard_before_the_question_for_everything() {
        let outbox = outbox();
        outbox.step_1(Bytes::from_static(&[0]));
        outbox.refused(1, Refusal::new(RefusalCode::Locked));
        let refused = encode::stateless(r#"{"n":1,"reason":{"code":"locked"},"type":"refused"}"#);
        assert_eq!(outbox.take().frames, [refused, encode::step_1(&[0])]);
    }

    #[test]
    fn a_peer_that_sends_without_reading_is_closed_one_answer_past_the_limit() {
        let outbox = outbox();
        (0..ANSWERS).for_each(|_| outbox.status(true));
        assert_eq!(outbox.inner.lock().unwrap().close, None);
        outbox.status(true);
        assert_eq!(outbox.take().close, Some(CloseCode::Stalled));
    }

    #[test]
    fn after_a_close_nothing_more_is_taken_in() {
        let outbox = outbox();
        outbox.durable(1);
        outbox.close(CloseCode::Restart);
        outbox.durable(2);
        let taken = outbox.take();
        assert_eq!((taken.frames.len(), taken.close), (1, Some(CloseCode::Restart)));
        assert_eq!(outbox.take().close, Some(CloseCode::Restart));
    }
}
