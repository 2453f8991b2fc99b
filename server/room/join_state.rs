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
    /// The board as one update; a part of `framed` once that is made.
    base: Bytes,
    /// Update messages since, in order, and of each the update in it.
    tail: Vec<(Bytes, Bytes)>,
    tail_bytes: usize,
    /// The last frame made of `base`, and for which head: most peers of a board use the same name.
    framed: Option<(Head, Bytes)>,
}

impl Inner {
    /// `base` as an update message in a frame. A board is in memory once, however many take it at a time.
    fn frame(&mut self, head: &Head) -> Bytes {
        let message = match &self.framed {
            Some((known, frame)) if known == head => return frame.clone(),
            Some((known, frame)) => frame.slice(known.len()..),
            None => encode::update(&self.base),
        };
        if head.is_empty() && self.framed.is_some() {
            return message;
        }
        let frame = head.frame(&message);
        self.base = frame.slice(frame.len().saturating_sub(self.base.len())..);
        self.framed = Some((head.clone(), frame.clone()));
        frame
    }
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

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.with(|inner| inner.base.len() + inner.tail_bytes)
    }

    /// Whether the tail is so long that encoding anew is cheaper for newcomers.
    pub(super) fn is_long(&self) -> bool {
        self.with(|inner| inner.tail.len() > TAIL_FRAMES || inner.tail_bytes > TAIL_BYTES.max(inner.base.len()))
    }

    /// The frames that bring an empty document to the board's state. The last one is a sync step 2, by which a
    /// provider knows that it has everything.
    pub(super) fn frames(&self, head: &Head) -> Vec<Bytes> {
        self.with(|inner| {
            let mut frames = vec![inner.frame(head)];
            frames.extend(inner.tail.iter().map(|(message, _)| head.frame(message)));
            frames.push(head.frame(&encode::step_2(NOTHING)));
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
        assert_eq!(state.frames(&Head::none()), [encode::update(b"new"), encode::step_2(NOTHING)]);
    }

    #[test]
    fn every_head_gets_its_frames_from_the_same_bytes() {
        let state = JoinState::default();
        state.reset(&Bytes::from_static(b"doc"));
        let (a, b) = (Head::named("a"), Head::named("bb"));
        let expected =
            |head: &Head| [encode::update(b"doc"), encode::step_2(NOTHING)].map(|message| head.frame(&message));
        for head in [&a, &Head::none(), &b, &a, &a, &Head::none()] {
            assert_eq!(state.frames(head), expected(head));
            assert_eq!(state.parts().0.as_ref(), b"doc");
        }
        let (named, plain) = (state.frames(&a).swap_remove(0), state.frames(&Head::none()).swap_remove(0));
        assert_eq!(named.as_ptr().wrapping_add(a.len()), plain.as_ptr(), "no copy");
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
