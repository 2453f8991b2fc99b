//! The board as a newcomer gets it: encoded once, and the frames since. Knows no peers and no document.
//!
//! Shared by every outbox of the room and outside their quota. The room adds a frame here before it hands it
//! to anyone, so whoever takes this state misses nothing.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::wire::{Head, message::encode};

/// Frames since the encoding, past which it is made anew when next needed.
const TAIL_FRAMES: usize = 256;
/// The same for their bytes, unless the board itself is larger.
const TAIL_BYTES: usize = 256 * 1024;

#[derive(Default)]
pub(super) struct JoinState {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// The board as one update.
    base: Bytes,
    /// Update messages since, in order, and of each the update in it.
    tail: Vec<(Bytes, Bytes)>,
    tail_bytes: usize,
    /// The last frame made of `base`, for which head, and whether alone: most peers of a board use the same name.
    framed: Option<(Head, bool, Bytes)>,
}

impl JoinState {
    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts over from the encoded document.
    pub(super) fn reset(&self, document: &Bytes) {
        let base = document.clone();
        self.with(|inner| *inner = Inner { base, ..Inner::default() });
    }

    /// Adds an update that everyone is about to get; the message with it.
    pub(super) fn push(&self, update: &[u8]) -> Bytes {
        let message = encode::update(update);
        // The same bytes: the update ends its message.
        let within = message.slice(message.len().saturating_sub(update.len())..);
        self.with(|inner| {
            inner.tail_bytes += message.len();
            inner.tail.push((message.clone(), within));
        });
        message
    }

    /// The encoded board of a moment ago and the updates since: together the board as it is now.
    pub(super) fn parts(&self) -> (Bytes, Vec<Bytes>) {
        self.with(|inner| (inner.base.clone(), inner.tail.iter().map(|(_, update)| update.clone()).collect()))
    }

    /// Whether the tail is so long that encoding anew is cheaper for newcomers.
    pub(super) fn is_long(&self) -> bool {
        self.with(|inner| inner.tail.len() > TAIL_FRAMES || inner.tail_bytes > TAIL_BYTES.max(inner.base.len()))
    }

    /// The frames that bring an empty document to the board's state. The last one is a sync step 2, by which a
    /// provider knows that it has everything.
    pub(super) fn frames(&self, head: &Head) -> Vec<Bytes> {
        self.with(|inner| {
            let alone = inner.tail.is_empty();
            let base = match &inner.framed {
                Some((known, as_alone, frame)) if known == head && *as_alone == alone => frame.clone(),
                _ => {
                    let message = if alone { encode::step_2(&inner.base) } else { encode::update(&inner.base) };
                    let frame = head.frame(&message);
                    inner.framed = Some((head.clone(), alone, frame.clone()));
                    frame
                }
            };
            let mut frames = vec![base];
            frames.extend(inner.tail.iter().map(|(message, _)| head.frame(message)));
            if !alone {
                frames.push(head.frame(&encode::step_2(NOTHING)));
            }
            frames
        })
    }
}

/// An update without blocks and deletions.
pub(super) const NOTHING: &[u8] = &[0, 0];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newcomer_gets_the_base_and_the_tail_in_order() {
        let state = JoinState::default();
        state.reset(&Bytes::from_static(b"doc"));
        assert_eq!(state.push(b"1"), encode::update(b"1"));
        state.push(b"2");
        assert_eq!(state.parts(), (Bytes::from_static(b"doc"), vec![b"1".as_ref().into(), b"2".as_ref().into()]));
        let expected = [encode::update(b"doc"), encode::update(b"1"), encode::update(b"2"), encode::step_2(NOTHING)];
        assert_eq!(state.frames(&Head::none()), expected);
        state.reset(&Bytes::from_static(b"new"));
        assert_eq!(state.frames(&Head::none()), [encode::step_2(b"new")]);
    }

    #[test]
    fn the_tail_is_long_one_past_its_limit() {
        let state = JoinState::default();
        state.reset(&Bytes::new());
        for _ in 0..TAIL_FRAMES {
            state.push(b"1");
        }
        assert!(!state.is_long());
        state.push(b"1");
        assert!(state.is_long());
    }
}
