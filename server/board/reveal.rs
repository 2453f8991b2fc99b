//! Puts on a board what several people wrote apart from each other: one update that does all of it. Knows no rounds, rooms and stores.
//!
//! With names, a draft's own blocks become the board's: whoever still types in a note goes on in the same note. Without names everything is
//! written anew by the server: another client, other ids, no author, no times. Either way in an order that says nothing of who wrote what.

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use bytes::Bytes;
use yrs::{
    Doc, Map, MapPrelim, MapRef, Out, ReadTxn, StateVector, Text, TextPrelim, TextRef, Transact, TransactionMut,
    Update, updates::decoder::Decode,
};

use super::{
    edit,
    gather::{Loose, gather},
    read,
    schema::{self, Root},
    value::{FieldValue, Item, Rect},
};
use crate::ids::{self, PersonId};

/// What one person wrote.
#[derive(Debug, Clone)]
pub struct Draft {
    pub person: PersonId,
    /// As one lib0-v1 update.
    pub document: Bytes,
}

/// How it is to be done.
#[derive(Debug, Clone)]
pub struct How {
    pub anonymous: bool,
    /// The frame into which it goes.
    pub frame: Option<String>,
    /// The server's: used by nobody else, and for nothing else.
    pub client_id: u64,
    /// Decides the order.
    pub seed: u64,
}

/// A board with what people wrote.
#[derive(Debug)]
pub struct Revealed {
    /// The whole board.
    pub document: Bytes,
    /// What is new of it.
    pub update: Bytes,
    /// Where that is.
    pub area: Rect,
    /// Client ids that are people's from now on.
    pub clients: Vec<(u64, PersonId)>,
    /// Who made what; nothing of it when nobody is to know.
    pub authors: Vec<(String, PersonId)>,
}

/// A document cannot be read; nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a document cannot be read")]
pub struct Unreadable;

/// The board with the drafts' objects; `None` when there are none.
///
/// # Errors
/// [`Unreadable`]; bytes that came through the gate give none that is known.
pub fn reveal(board: &[u8], drafts: Vec<Draft>, how: &How) -> Result<Option<Revealed>, Unreadable> {
    catch_unwind(AssertUnwindSafe(|| work(board, drafts, how))).unwrap_or(Err(Unreadable))
}

fn work(board: &[u8], mut drafts: Vec<Draft>, how: &How) -> Result<Option<Revealed>, Unreadable> {
    let mut dice = Dice(how.seed);
    dice.shuffle(&mut drafts);
    let doc = open(board, how.client_id)?;
    let before = doc.transact().state_vector();
    let there = read::from_doc(&doc);
    let mut shown = Shown::default();
    for draft in drafts {
        take(&doc, &draft, how, &mut shown)?;
    }
    if shown.items.is_empty() {
        return Ok(None);
    }
    dice.shuffle(&mut shown.items);
    let (loose, placed): (Vec<_>, Vec<_>) =
        shown.items.iter().map(|(id, item)| (Loose { size: item.size, parent: item.parent.clone() }, id)).unzip();
    let items = doc.get_or_insert_map(Root::Items.name());
    let mut txn = doc.transact_mut();
    let new: HashSet<&String> = shown.items.iter().map(|(id, _)| id).collect();
    for (id, spot) in placed.into_iter().zip(gather(&there, how.frame.as_deref(), &loose)) {
        let Some(Out::YMap(object)) = items.get(&txn, id) else { continue };
        let parent = spot.parent.map_or(FieldValue::Nothing, FieldValue::Text);
        edit::write(&object, &mut txn, "at", &FieldValue::Pair(spot.at));
        edit::write(&object, &mut txn, "parent", &parent);
        edit::write(&object, &mut txn, "order", &FieldValue::Text(spot.order));
    }
    drop(txn);
    let rects = read::from_doc(&doc).items.into_iter().filter(|item| new.contains(&item.id)).map(|item| item.rect());
    let Some(area) = rects.reduce(Rect::around) else { return Err(Unreadable) };
    let txn = doc.transact();
    let document = txn.encode_state_as_update_v1(&StateVector::default()).into();
    let update = txn.encode_state_as_update_v1(&before).into();
    Ok(Some(Revealed { document, update, area, clients: shown.clients, authors: shown.authors }))
}

/// What is on the board now and was not before.
#[derive(Default)]
struct Shown {
    /// By their ids on the board; those that stand in another of the same draft stay where they are in it.
    items: Vec<(String, Item)>,
    clients: Vec<(u64, PersonId)>,
    authors: Vec<(String, PersonId)>,
}

fn take(doc: &Doc, draft: &Draft, how: &How, shown: &mut Shown) -> Result<(), Unreadable> {
    let private = open(&draft.document, how.client_id)?;
    take_out_gone(&private);
    let mut found = read::from_doc(&private).items;
    if how.anonymous {
        found.retain(|item| !item.text.trim().is_empty());
    }
    if found.is_empty() {
        return Ok(());
    }
    let clients: Vec<u64> = private.transact().state_vector().iter().map(|(client, _)| client.get()).collect();
    let known = doc.transact().state_vector();
    let is_new = |client: &u64| known.get(&yrs::block::ClientID::new(*client)) == 0;
    let items = doc.get_or_insert_map(Root::Items.name());
    let taken = |id: &str| items.contains_key(&doc.transact(), id);
    // A program that used its ids twice gets others: nobody's blocks or objects are replaced.
    let as_it_is = !how.anonymous && clients.iter().all(is_new) && found.iter().all(|item| !taken(&item.id));
    let names: HashMap<String, String> = if as_it_is {
        let bytes = private.transact().encode_state_as_update_v1(&StateVector::default());
        apply(doc, &bytes)?;
        shown.clients.extend(clients.iter().map(|client| (*client, draft.person)));
        found.iter().map(|item| (item.id.clone(), item.id.clone())).collect()
    } else {
        let fresh = |item: &Item| match schema::kind_of(Root::Items, item.kind.name()) {
            Some(kind) if how.anonymous || taken(&item.id) => ids::new_object(kind.prefix),
            _ => item.id.clone(),
        };
        let names: HashMap<String, String> = found.iter().map(|item| (item.id.clone(), fresh(item))).collect();
        let author = (!how.anonymous).then_some(draft.person);
        write_anew(doc, &items, &found, &names, author);
        names
    };
    for item in found {
        let Some(id) = names.get(&item.id).cloned() else { continue };
        if !how.anonymous {
            shown.authors.push((id.clone(), draft.person));
        }
        let is_within = item.parent.as_ref().is_some_and(|parent| names.contains_key(parent));
        if !is_within {
            // What the draft does not hold may be a container of the board.
            let parent = written_parent(&private, &item.id);
            shown.items.push((id, Item { parent, ..item }));
        }
    }
    Ok(())
}

fn open(document: &[u8], client_id: u64) -> Result<Doc, Unreadable> {
    let doc = edit::scratch(client_id);
    apply(&doc, document)?;
    Ok(doc)
}

fn apply(doc: &Doc, update: &[u8]) -> Result<(), Unreadable> {
    let update = Update::decode_v1(update).map_err(|_| Unreadable)?;
    doc.transact_mut().apply_update(update).map_err(|_| Unreadable)
}

/// What somebody deleted in private nobody ever sees: its text goes, only that there was something stays.
fn take_out_gone(doc: &Doc) {
    let items = doc.get_or_insert_map(Root::Items.name());
    let mut txn = doc.transact_mut();
    let is_gone =
        |txn: &TransactionMut<'_>, item: &MapRef| matches!(item.get(txn, "gone"), Some(Out::Any(yrs::Any::Bool(true))));
    let gone: Vec<String> = items
        .iter(&txn)
        .filter(|(_, object)| matches!(object, Out::YMap(item) if is_gone(&txn, item)))
        .map(|(id, _)| id.to_owned())
        .collect();
    for id in gone {
        items.remove(&mut txn, &id);
    }
}

/// The parent that is written, whether or not the draft knows it.
fn written_parent(doc: &Doc, id: &str) -> Option<String> {
    let txn = doc.transact();
    let Some(Out::YMap(object)) = txn.get_map(Root::Items.name())?.get(&txn, id) else { return None };
    match object.get(&txn, "parent") {
        Some(Out::Any(yrs::Any::String(parent))) => Some(parent.to_string()),
        _ => None,
    }
}

fn write_anew(doc: &Doc, items: &MapRef, found: &[Item], names: &HashMap<String, String>, author: Option<PersonId>) {
    let mut tails: Vec<(TextRef, &str)> = Vec::new();
    let mut txn = doc.transact_mut();
    for item in found {
        let Some(id) = names.get(&item.id) else { continue };
        let object = items.insert(&mut txn, id.as_str(), MapPrelim::default());
        object.insert(&mut txn, "kind", item.kind.name());
        if let Some(author) = author {
            object.insert(&mut txn, "author", author.to_string());
            object.insert(&mut txn, "made", item.made);
            if item.entered {
                object.insert(&mut txn, "entered", true);
            }
        }
        let (first, tail) = edit::split_text(&item.text);
        let text = object.insert(&mut txn, "text", TextPrelim::new(first));
        if !tail.is_empty() {
            tails.push((text, tail));
        }
        edit::write(&object, &mut txn, "size", &FieldValue::Pair(item.size));
        edit::write(&object, &mut txn, "color", &FieldValue::Text(item.color.to_owned()));
        for (name, value) in item.fields.iter().filter(|(_, value)| **value != FieldValue::Nothing) {
            edit::write(&object, &mut txn, name, value);
        }
        // Within the same draft it stays where it was.
        if let Some(parent) = item.parent.as_ref().and_then(|parent| names.get(parent)) {
            edit::write(&object, &mut txn, "parent", &FieldValue::Text(parent.clone()));
            edit::write(&object, &mut txn, "at", &FieldValue::Pair(item.at));
        }
    }
    drop(txn);
    // Runs written in one transaction would be joined again, past what one may have.
    let mut txn = doc.transact_mut();
    for (text, tail) in tails {
        text.push(&mut txn, tail);
    }
}

/// A sequence that only the seed decides (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or_default();
            things.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draft with one note that says it was entered for somebody; the gate lets none of those in.
    fn draft(id: &str) -> Draft {
        let doc = edit::scratch(7);
        let items = doc.get_or_insert_map(Root::Items.name());
        let mut txn = doc.transact_mut();
        let note = items.insert(&mut txn, id, MapPrelim::default());
        note.insert(&mut txn, "kind", "note");
        note.insert(&mut txn, "text", TextPrelim::new("hei"));
        note.insert(&mut txn, "entered", true);
        let document = txn.encode_update_v1().into();
        Draft { person: PersonId::new(), document }
    }

    fn marks(drafts: Vec<Draft>, anonymous: bool) -> Vec<bool> {
        let empty = Doc::new().transact().encode_state_as_update_v1(&StateVector::default());
        let how = How { anonymous, frame: None, client_id: 99, seed: 1 };
        let board = reveal(&empty, drafts, &how).unwrap().unwrap();
        read::from_update(&board.document).unwrap().items.iter().map(|item| item.entered).collect()
    }

    #[test]
    fn that_something_was_entered_for_somebody_is_told_with_names_only() {
        let note = || draft("n_01JAAAAAAAAAAAAAAAAAAAAAAA");
        assert_eq!(marks(vec![note()], false), [true]);
        // The second comes under another id, written anew.
        assert_eq!(marks(vec![note(), note()], false), [true, true]);
        assert_eq!(marks(vec![note(), note()], true), [false, false]);
    }
}
