//! A person who works on a board at random: makes notes, types, moves, deletes, undoes, pastes. Knows documents, no
//! server and no verdicts.

use jalostamo::ids::{BoardId, PersonId};
use yrs::{
    Any, Doc, GetString, Map, MapRef, Out, ReadTxn, Text, TextRef, Transact, TransactionMut, Update, types::ToJson,
    updates::decoder::Decode,
};

use crate::{
    kill_facts::Facts,
    support::{collab::put_note, random::Random},
};

/// Notes of one paste, and how long each is: a checkpoint comes after a few of them.
const PASTE: (usize, usize) = (60, 4_000);
/// Texts grow to about here.
const LONG: u32 = 3_000;

/// What undo takes back.
enum Done {
    Made(String),
    Typed(String, String),
    Moved(String, Option<Any>),
    Deleted(String),
}

/// Somebody at work on a document of their own.
pub(crate) struct Worker {
    pub(crate) person: PersonId,
    pub(crate) doc: Doc,
    pub(crate) random: Random,
    /// Pastes and takes back what it pasted, nothing else.
    pub(crate) heavy: bool,
    done: Vec<Done>,
    pasted: Vec<String>,
    count: usize,
}

fn text_of(txn: &impl ReadTxn, items: &MapRef, id: &str) -> Option<TextRef> {
    match items.get(txn, id) {
        Some(Out::YMap(item)) => match item.get(txn, "text") {
            Some(Out::YText(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn item_of(txn: &impl ReadTxn, items: &MapRef, id: &str) -> Option<MapRef> {
    match items.get(txn, id) {
        Some(Out::YMap(item)) => Some(item),
        _ => None,
    }
}

impl Worker {
    pub(crate) fn new(person: PersonId, doc: Doc, random: Random) -> Self {
        Self { person, doc, random, heavy: false, done: Vec::new(), pasted: Vec::new(), count: 0 }
    }

    /// One edit of the document, as an update; `None` when there was nothing to edit.
    pub(crate) fn work(&mut self) -> Option<Vec<u8>> {
        let doc = self.doc.clone();
        let items = doc.get_or_insert_map("items");
        let mut txn = doc.transact_mut();
        if self.heavy {
            self.paste(&mut txn, &items);
        } else {
            match self.random.below(100) {
                0..25 => self.make(&mut txn, &items),
                25..65 => self.type_text(&mut txn, &items),
                65..80 => self.move_note(&mut txn, &items),
                80..86 => self.delete(&mut txn, &items),
                _ => self.undo(&mut txn, &items),
            }
        }
        let update = txn.encode_update_v1();
        (update != [0, 0]).then_some(update)
    }

    fn token(&mut self) -> String {
        self.count += 1;
        let words = ["ä", "työ ", "🧩", "next ", "é", "asiakas "];
        let word = self.random.pick(&words).copied().unwrap_or_default();
        format!("<{:x}.{}{word}>", self.doc.client_id().get(), self.count)
    }

    fn make(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        let (id, text) = (new_id(&mut self.random), self.token());
        put_note(txn, items, &id, self.person, &text);
        self.done.push(Done::Made(id));
    }

    fn some_note(&mut self, txn: &TransactionMut<'_>, items: &MapRef) -> Option<String> {
        let mut ids: Vec<String> = items.keys(txn).map(ToString::to_string).collect();
        ids.sort();
        self.random.pick(&ids).cloned()
    }

    fn type_text(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        let Some(id) = self.some_note(txn, items) else { return self.make(txn, items) };
        let Some(text) = text_of(txn, items, &id).filter(|text| text.len(txn) < LONG) else { return };
        let token = self.token();
        // Only between whole tokens: texts hold characters of two units.
        let at = if self.random.below(3) == 0 { 0 } else { text.len(txn) };
        text.insert(txn, at, &token);
        self.done.push(Done::Typed(id, token));
    }

    fn move_note(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        let Some(id) = self.some_note(txn, items) else { return };
        let Some(item) = item_of(txn, items, &id) else { return };
        let before = match item.get(txn, "at") {
            Some(Out::Any(at)) => Some(at),
            _ => None,
        };
        let place = [self.random.below(5_000), self.random.below(5_000)];
        let place: Vec<Any> = place.map(|number| Any::from(i64::try_from(number).unwrap())).into();
        item.insert(txn, "at", Any::from(place));
        self.done.push(Done::Moved(id, before));
    }

    fn delete(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        let Some(id) = self.some_note(txn, items) else { return };
        let Some(item) = item_of(txn, items, &id) else { return };
        item.insert(txn, "gone", true);
        self.done.push(Done::Deleted(id));
    }

    fn undo(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        match self.done.pop() {
            None => {}
            Some(Done::Made(id)) => _ = items.remove(txn, &id),
            Some(Done::Typed(id, token)) => {
                let Some(text) = text_of(txn, items, &id) else { return };
                let Some((before, _)) = text.get_string(txn).split_once(&token).map(|(a, b)| (units(a), units(b)))
                else {
                    return;
                };
                text.remove_range(txn, before, units(&token));
            }
            Some(Done::Moved(id, Some(at))) => _ = item_of(txn, items, &id).map(|item| item.insert(txn, "at", at)),
            Some(Done::Moved(..)) => {}
            Some(Done::Deleted(id)) => _ = item_of(txn, items, &id).map(|item| item.remove(txn, "gone")),
        }
    }

    fn paste(&mut self, txn: &mut TransactionMut<'_>, items: &MapRef) {
        if !self.pasted.is_empty() {
            return self.pasted.drain(..).for_each(|id| _ = items.remove(txn, &id));
        }
        let text = "ä".repeat(PASTE.1);
        for _ in 0..PASTE.0 {
            let id = new_id(&mut self.random);
            put_note(txn, items, &id, self.person, &text);
            self.pasted.push(id);
        }
    }
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap()
}

pub(crate) fn new_id(random: &mut Random) -> String {
    let halves = [random.next().to_be_bytes(), random.next().to_be_bytes()];
    BoardId::from_bytes(halves.concat().try_into().unwrap()).to_string().replacen("b_", "n_", 1)
}

/// What an update brings.
pub(crate) fn facts_of_update(update: &[u8]) -> Facts {
    facts_of_decoded(&Update::decode_v1(update).unwrap())
}

/// As [`facts_of_update`].
pub(crate) fn facts_of_decoded(update: &Update) -> Facts {
    let mut facts = Facts::default();
    for (client, ranges) in update.insertions(true).iter() {
        ranges.iter().for_each(|range| facts.made(client.get(), range.clone()));
    }
    for (client, ranges) in update.delete_set().iter() {
        ranges.iter().for_each(|range| facts.deleted(client.get(), range.clone()));
    }
    facts
}

/// What a document holds.
pub(crate) fn facts_of(doc: &Doc) -> Facts {
    let snapshot = doc.transact().snapshot();
    let mut facts = Facts::default();
    for (client, clock) in snapshot.state_map.iter() {
        facts.made(client.get(), 0..*clock);
    }
    for (client, ranges) in snapshot.delete_set.iter() {
        ranges.iter().for_each(|range| facts.deleted(client.get(), range.clone()));
    }
    facts
}

/// The content of a document, comparable; it must be whole.
pub(crate) fn content_of(doc: &Doc) -> Any {
    let items = doc.get_or_insert_map("items");
    let txn = doc.transact();
    assert!(!txn.has_missing_updates(), "something waits for what it builds on");
    items.to_json(&txn)
}
