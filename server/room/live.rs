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
        metrics.documents.inc();
        Self { document: Some(document), gate, metrics: Arc::clone(metrics) }
    }

    /// The document; made again of what a newcomer would get, if it rests.
    pub(super) fn document(&mut self, state: &JoinState) -> Result<&Document, Broken> {
        if self.document.is_none() {
            let (base, tail) = state.parts();
            self.document = Some(Document::of(&base, &tail)?);
            self.metrics.documents.inc();
        }
        self.document.as_ref().ok_or(Broken)
    }

    /// The document if it does not rest.
    pub(super) fn awake(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Lets the document of a small board go. All that was applied to it must be in the join state.
    pub(super) fn rest(&mut self, state: &JoinState) {
        if state.bytes() <= limits::REST_BYTES && self.document.take().is_some() {
            self.metrics.documents.dec();
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.metrics.rooms_warm.dec();
        self.metrics.documents.dec_by(i64::from(self.document.is_some()));
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::gate::Known;

    #[test]
    fn boards_at_the_limit_rest_and_one_byte_past_it_do_not() {
        let metrics = Arc::new(Metrics::new());
        let mut live = Live::new(Document::new(), Gate::new(Known::default()), &metrics);
        let state = JoinState::default();
        state.reset(&Bytes::from(vec![0; limits::REST_BYTES + 1]));
        live.rest(&state);
        assert!(live.awake().is_some());
        state.reset(&Bytes::from(vec![0; limits::REST_BYTES]));
        live.rest(&state);
        assert!(live.awake().is_none());
        assert_eq!((metrics.documents.get(), metrics.rooms_warm.get()), (0, 1));
    }

    #[test]
    fn a_document_that_rested_is_what_it_was() {
        let (whole, later) = ([0, 0], [1, 1, 7, 0, 4, 1, 4, b'm', b'e', b't', b'a', 1, b'a', 0]);
        let metrics = Arc::new(Metrics::new());
        let mut live = Live::new(Document::new(), Gate::new(Known::default()), &metrics);
        let state = JoinState::default();
        state.reset(&Bytes::copy_from_slice(&whole));
        live.document(&state).unwrap().apply(&later).unwrap();
        state.push(&later);
        let before = live.document(&state).unwrap().encode().unwrap();
        live.rest(&state);
        assert_eq!(live.document(&state).unwrap().encode().unwrap(), before);
        assert_eq!(metrics.documents.get(), 1);
        drop(live);
        assert_eq!((metrics.documents.get(), metrics.rooms_warm.get()), (0, 0));
    }
}
