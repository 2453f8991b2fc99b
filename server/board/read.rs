//! A total read: whatever is in a document, it becomes a board. Knows no stores, rooms or formats.
//!
//! Two steps: `objects` takes each object out of the document by the schema, with defaults for what is odd;
//! then references, places and order are settled over all of them.

mod objects;
mod settle;

use std::panic::{AssertUnwindSafe, catch_unwind};

use yrs::{Doc, Map, Out, ReadTxn, Transact, Update, updates::decoder::Decode};

use super::{
    check,
    schema::{self, Root, Value},
    value::{Board, Odd},
};
pub(super) use objects::Object;
use objects::Odds;

/// The bytes are no document at all. One that can be decoded can always be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a document: {0}")]
pub struct BadState(pub String);

/// Reads a board from a lib0-v1 update that holds a whole document.
///
/// # Errors
/// `BadState` when yrs cannot decode or integrate the bytes. Bytes that did not come through the gate may make
/// yrs panic; that is caught and is the same error.
pub fn from_update(update: &[u8]) -> Result<Board, BadState> {
    let read = || {
        let doc = Doc::new();
        let update = Update::decode_v1(update).map_err(|error| BadState(error.to_string()))?;
        doc.transact_mut().apply_update(update).map_err(|error| BadState(error.to_string()))?;
        Ok(from_doc(&doc))
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(BadState("the CRDT failed".to_owned())))
}

/// Reads a board from a document. Waits while a transaction of the same document writes.
#[must_use]
pub fn from_doc(doc: &Doc) -> Board {
    from_transaction(&doc.transact())
}

/// Reads a board inside a transaction.
#[must_use]
pub fn from_transaction<T: ReadTxn>(txn: &T) -> Board {
    let mut odds = Odds::default();
    let title = title(txn, &mut odds);
    let items = objects::all(txn, Root::Items, &mut odds);
    let links = objects::all(txn, Root::Links, &mut odds);
    let comments = objects::all(txn, Root::Comments, &mut odds);
    let (items, links, comments) = settle::board(items, links, comments, &mut odds);
    Board { title, items, links, comments, oddities: odds.into_found() }
}

/// A board from objects that did not come out of a document: the same references, places and order.
pub(super) fn assemble(title: String, items: Vec<Object>, links: Vec<Object>, comments: Vec<Object>) -> Board {
    let mut odds = Odds::default();
    let (items, links, comments) = settle::board(items, links, comments, &mut odds);
    Board { title, items, links, comments, oddities: odds.into_found() }
}

/// The board's title alone, as [`from_transaction`] reads it; empty when there is none.
#[must_use]
pub fn title_of<T: ReadTxn>(txn: &T) -> String {
    title(txn, &mut Odds::default())
}

fn title<T: ReadTxn>(txn: &T, odds: &mut Odds) -> String {
    let Some(meta) = txn.get_map(Root::Meta.name()) else { return String::new() };
    let mut title = String::new();
    for key in meta.keys(txn) {
        let Some(field) = schema::META_FIELDS.iter().find(|field| field.name == key) else {
            odds.add(key, "", Odd::Unknown);
            continue;
        };
        match (meta.get(txn, key), field.value) {
            (Some(Out::Any(yrs::Any::String(text))), Value::Line(most)) => {
                if check::units(&text) > most {
                    odds.add("", field.name, Odd::Long);
                }
                let plain: String = text.chars().filter(|c| !c.is_control()).collect();
                title = check::cut(&plain, most).to_owned();
            }
            _ => odds.add("", field.name, Odd::Value),
        }
    }
    title
}
