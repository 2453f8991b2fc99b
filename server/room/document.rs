//! The CRDT document of a board behind a fence: a panic inside it is an error here. Knows no people and no journal.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use yrs::{
    Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update, block::ClientID, updates::decoder::Decode,
};

use crate::{
    board::{read, scope, value::Board},
    facilitation::Scope,
};

/// The CRDT failed on bytes that the gate had let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document failed")]
pub(super) struct Broken;

/// A live document. After a [`Broken`] answer it must be thrown away: its inside may be half done.
pub(super) struct Document {
    doc: Doc,
}

impl Document {
    pub(super) fn new() -> Self {
        Self { doc: Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() }) }
    }

    /// Applies one lib0 v1 update that the gate has walked.
    pub(super) fn apply(&self, update: &[u8]) -> Result<(), Broken> {
        fenced(|| {
            trip(update);
            let update = Update::decode_v1(update).map_err(|_| Broken)?;
            self.doc.transact_mut().apply_update(update).map_err(|_| Broken)
        })
    }

    /// What a document's encoding and updates after it make. `Broken` also when something is missing between them.
    pub(super) fn of(document: &[u8], updates: &[Bytes]) -> Result<Self, Broken> {
        let whole = Self::new();
        if !document.is_empty() {
            whole.apply(document)?;
        }
        updates.iter().try_for_each(|update| whole.apply(update))?;
        if whole.has_gaps() { Err(Broken) } else { Ok(whole) }
    }

    /// Whether something was applied whose cause is missing; the gate lets no such thing through.
    pub(super) fn has_gaps(&self) -> bool {
        fenced(|| Ok(self.doc.transact().has_missing_updates())).unwrap_or(true)
    }

    /// The whole document as one update; no larger in memory than it is, for it may be kept for long.
    pub(super) fn encode(&self) -> Result<Bytes, Broken> {
        fenced(|| {
            let encoded = self.doc.transact().encode_state_as_update_v1(&StateVector::default());
            Ok(encoded.into_boxed_slice().into())
        })
    }

    /// What a peer lacks that has these clocks: (client id, next clock).
    pub(super) fn diff(&self, peer: &[(u64, u32)]) -> Result<Bytes, Broken> {
        fenced(|| {
            let mut vector = StateVector::default();
            peer.iter().for_each(|(client, clock)| vector.set_max(ClientID::new(*client), *clock));
            Ok(self.doc.transact().encode_state_as_update_v1(&vector).into())
        })
    }

    /// The first of these items that is not what a vote is about; none when all are.
    pub(super) fn outside<'a>(
        &self,
        items: impl Iterator<Item = &'a String>,
        scope: &Scope,
    ) -> Result<Option<String>, Broken> {
        fenced(|| Ok(scope::outside(&self.doc.transact(), items, scope.frame.as_deref(), &scope.kinds).cloned()))
    }

    /// What is on the board.
    pub(super) fn board(&self) -> Result<Board, Broken> {
        fenced(|| Ok(read::from_transaction(&self.doc.transact())))
    }

    /// The board's title; `None` when it has none that anybody could read.
    pub(super) fn title(&self) -> Option<String> {
        let title = fenced(|| Ok(read::title_of(&self.doc.transact()))).ok()?;
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    }
}

/// Runs `work`, making a panic of the CRDT into an error.
fn fenced<T>(work: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Broken))
}

/// Text that makes a document panic in unit tests, as a fault inside the CRDT would.
#[cfg(test)]
pub(super) const TRIP: &[u8] = b"trip the document";

/// Panics in unit tests on [`TRIP`]; otherwise nothing.
fn trip(_update: &[u8]) {
    #[cfg(test)]
    assert!(!_update.windows(TRIP.len()).any(|window| window == TRIP), "tripped by a test");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_and_panics_are_errors() {
        let document = Document::new();
        assert_eq!(document.apply(&[0xff, 0xff]), Err(Broken));
        assert_eq!(document.apply(TRIP), Err(Broken));
        assert!(!document.has_gaps());
        assert_eq!(document.encode().unwrap().as_ref(), [0, 0]);
    }
}
