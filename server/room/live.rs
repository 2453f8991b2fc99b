//! What a room judges and answers with: the document, and the gate's index of it. Knows no peers and no journal.
//!
//! The document takes several times what its bytes take. That of a small board is made again when it is needed, so it
//! only stays while people edit.

use std::sync::Arc;

use super::{
    document::{Broken, Document},
    join_state::JoinState,
};
use crate::{gate::Gate, limits, metrics::Metrics};

/// What a warm room has and a cold one has not.
pub(super) struct Live {
    /// None: it rests.
    document: Option<Document>,
    pub(super) gate: Gate,
    metrics: Arc<Metrics>,
}

impl Live {
    pub(super) fn new(document: Document, gate: Gate, metrics: &Arc<Metrics>) -> Self {
        metrics.rooms_warm.inc();
        Self { document: Some(document), gate, metrics: Arc::clone(metrics) }
    }

    /// The document; made again of what a newcomer would get, if it rests.
    pub(super) fn document(&mut self, state: &JoinState) -> Result<&Document, Broken> {
        if self.document.is_none() {
            let (base, tail) = state.parts();
            self.document = Some(Document::of(&base, &tail)?);
        }
        self.document.as_ref().ok_or(Broken)
    }

    /// The document if it does not rest.
    pub(super) fn awake(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Lets the document of a small board go. All that was applied to it must be in the join state.
    pub(super) fn rest(&mut self, state: &JoinState) {
        if self.document.is_some() && state.bytes() <= limits::REST_BYTES {
            self.document = None;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.metrics.rooms_warm.dec();
    }
}
