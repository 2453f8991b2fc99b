//! Opening a board from its journal: checkpoint, tail, checks. Knows no peers.
//!
//! What comes out is whole or an error: a board is never opened empty or shortened because something failed.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use bytes::Bytes;

use super::{
    aside::aside,
    document::Document,
    session::{keep, kept},
};
use crate::{
    error::StoreError,
    facilitation::{self, Event, State},
    gate::{Gate, Known},
    ids::{Epoch, PersonId, Seq},
    store::{Body, Checkpoint, Loaded, Store, Stream},
};

/// A board as its journal has it.
pub(super) struct Opened {
    pub(super) epoch: Epoch,
    pub(super) seq: Seq,
    pub(super) document: Document,
    pub(super) gate: Gate,
    pub(super) encoded: Bytes,
    pub(super) vector: Bytes,
    /// The number of the newest facilitation event, and the state after it.
    pub(super) facilitation: (Seq, State),
    /// The number of the newest checkpoint; 0 when there is none.
    pub(super) checkpoint: Seq,
    /// Bytes of updates after it.
    pub(super) tail_bytes: usize,
}

/// Why a board's journal gives no board.
enum Failure {
    /// The CRDT fails on this update: it is to be put aside, and the rest read again.
    Update(Seq, usize),
    Damaged(String),
}

/// Reads a board, or with `author` what this one person wrote in private: that may not have begun. An update on which the CRDT fails is quarantined, and so is what builds on it.
///
/// # Errors
/// When the journal cannot be read, or does not give a whole board.
pub(super) async fn open(
    store: &Arc<dyn Store>,
    stream: &Stream,
    author: Option<PersonId>,
) -> Result<Opened, StoreError> {
    let opened = read(store, stream, author).await;
    if let Err(error @ StoreError::Corrupt(_)) = &opened {
        tracing::error!(%stream, %error, "this is damaged, and nothing of it is served; a backup brings it back");
    }
    opened
}

async fn read(store: &Arc<dyn Store>, stream: &Stream, author: Option<PersonId>) -> Result<Opened, StoreError> {
    loop {
        let loaded = match store.load(stream).await {
            Err(StoreError::NotFound) if author.is_some() => nothing(),
            loaded => loaded?,
        };
        // Decoding a large board takes long enough to hold up every other room of this thread.
        let built = aside(move || build(loaded, author)).await;
        match built.map_err(|error| StoreError::Other(error.to_string()))? {
            Ok(opened) => return Ok(opened),
            Err(Failure::Update(seq, index)) => {
                tracing::error!(%stream, seq, index, "the document fails on a stored update: quarantined");
                store.quarantine(stream, seq, index).await?;
            }
            Err(Failure::Damaged(what)) => return Err(StoreError::Corrupt(format!("{stream}: {what}"))),
        }
    }
}

/// A stream that is not there yet.
fn nothing() -> Loaded {
    let (clients, authors) = (HashMap::new(), HashMap::new());
    Loaded { epoch: 1, seq: 0, checkpoint: None, tail: vec![], clients, authors, quarantined: vec![] }
}

fn damaged(what: impl ToString) -> Failure {
    Failure::Damaged(what.to_string())
}

fn build(loaded: Loaded, author: Option<PersonId>) -> Result<Opened, Failure> {
    let document = Document::new();
    let mut facilitation = (0, State::default());
    let mut checkpoint = 0;
    if let Some(Checkpoint { seq, document: bytes, facilitation: json }) = &loaded.checkpoint {
        document.apply(bytes).map_err(|_| damaged("the checkpoint cannot be applied"))?;
        facilitation = kept(json, *seq).ok_or_else(|| damaged("the checkpoint's facilitation cannot be read"))?;
        checkpoint = *seq;
    }
    let quarantined: HashSet<(Seq, usize)> = loaded.quarantined.iter().copied().collect();
    let mut tail_bytes = 0;
    let mut updates = 0_usize;
    for entry in &loaded.tail {
        match &entry.body {
            Body::Updates(batch) => {
                for (index, update) in batch.iter().enumerate() {
                    if quarantined.contains(&(entry.seq, index)) {
                        continue;
                    }
                    document.apply(&update.update).map_err(|_| Failure::Update(entry.seq, index))?;
                    if !quarantined.is_empty() && document.has_gaps() {
                        return Err(Failure::Update(entry.seq, index));
                    }
                    tail_bytes += update.update.len();
                    updates += 1;
                }
            }
            Body::Event(json) => {
                let event: Event = serde_json::from_str(json).map_err(damaged)?;
                facilitation::apply(&mut facilitation.1, &event);
                facilitation.0 = entry.seq;
            }
        }
    }
    if document.has_gaps() {
        return Err(damaged("an update builds on something that is not there"));
    }
    let encoded = document.encode().map_err(damaged)?;
    if updates > 0 && encoded.as_ref() == [0, 0] {
        return Err(damaged("the entries give an empty document"));
    }
    let known = Known { clients: loaded.clients, authors: loaded.authors };
    let gate = author.map_or_else(|| Gate::load(&encoded, known), |author| Gate::load_draft(&encoded, author));
    let gate = gate.map_err(|refusal| damaged(format!("the gate: {refusal:?}")))?;
    let vector = gate.encode_state_vector().into();
    let (epoch, seq) = (loaded.epoch, loaded.seq);
    Ok(Opened { epoch, seq, document, gate, encoded, vector, facilitation, checkpoint, tail_bytes })
}

/// A checkpoint of the state after entry `seq`.
pub(super) fn checkpoint(seq: Seq, document: Bytes, facilitation: &(Seq, State)) -> Checkpoint {
    Checkpoint { seq, document, facilitation: keep(facilitation.0, &facilitation.1) }
}
