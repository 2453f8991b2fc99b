//! The edits: a board of notes, and people who move them, as real lib0-v1 updates. Knows no servers.

use std::collections::HashMap;

use jalostamo::ids::PersonId;
use yrs::{
    Any, ClientID, Doc, GetString as _, Map as _, MapPrelim, MapRef, OffsetKind, Options, Out, ReadTxn as _,
    StateVector, TextPrelim, Transact as _, Update, types::ToJson as _, updates::decoder::Decode as _,
};

/// What stands on a note. 100 notes take 48 KB encoded.
const TEXT: &str = "Asiakas odottaa p\u{e4}\u{e4}t\u{f6}st\u{e4} viikkoja, koska lausunto pyydet\u{e4}\u{e4}n kirjeell\u{e4} ja vastaus tulee \
                    kirjeell\u{e4}. What would happen if both offices saw the same case at the same time, and if the \
                    one that waits could see why? Vem best\u{e4}mmer, och vem f\u{e5}r veta? Sama asia kysyt\u{e4}\u{e4}n nelj\u{e4} kertaa.";

/// A document with this client id.
pub(crate) fn doc(client: u64) -> Doc {
    let client_id = ClientID::new(client);
    Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() })
}

/// A board as it is before anybody works on it.
#[derive(Clone)]
pub(crate) struct Board {
    /// The updates that make it, in order, each small enough for one message.
    pub(crate) parts: Vec<Vec<u8>>,
    /// The clock after the last of whoever made it.
    pub(crate) end: u64,
    pub(crate) notes: Vec<String>,
}

/// Changes in one update while a board is made.
const AT_ONCE: usize = 1_000;

impl Board {
    /// So many notes, made by the client `client` in the name of `author`, and then moved `moves` times in all.
    pub(crate) fn new(client: u64, author: PersonId, notes: usize, moves: usize) -> Self {
        let doc = doc(client);
        let items = doc.get_or_insert_map("items");
        let notes: Vec<String> = (0..notes).map(|number| format!("n_01K{number:0>23}")).collect();
        let mut parts = Vec::new();
        let mut made = Vec::new();
        for (number, ids) in notes.chunks(AT_ONCE).enumerate() {
            let mut txn = doc.transact_mut();
            for (place, id) in (number * AT_ONCE..).zip(ids) {
                let item = items.insert(&mut txn, id.as_str(), MapPrelim::default());
                item.insert(&mut txn, "kind", "note");
                item.insert(&mut txn, "author", author.to_string());
                item.insert(&mut txn, "made", 1_790_000_000_000_i64);
                item.insert(&mut txn, "at", point(place as u32 % 100 * 200, place as u32 / 100 * 150));
                // Boards with a history have short notes.
                let text = if moves == 0 { TEXT } else { "mitä tässä kestää?" };
                item.insert(&mut txn, "text", TextPrelim::new(format!("Note {place}: {text}")));
                made.push(item);
            }
            parts.push(txn.encode_update_v1());
        }
        for first in (0..moves).step_by(AT_ONCE) {
            let mut txn = doc.transact_mut();
            for number in first..moves.min(first + AT_ONCE) {
                // Scattered over the board, as many people's moves are: 7,919 is prime.
                let note = &made[number * 7_919 % made.len()];
                note.insert(&mut txn, "at", point(number as u32 % 4_000, number as u32 % 3_000));
            }
            parts.push(txn.encode_update_v1());
        }
        let end = u64::from(doc.transact().state_vector().get(&ClientID::new(client)));
        Self { parts, end, notes }
    }

    /// The whole document in one update.
    pub(crate) fn whole(&self) -> Result<Vec<u8>, String> {
        let doc = doc(1);
        for part in &self.parts {
            apply(&doc, part)?;
        }
        Ok(doc.transact().encode_state_as_update_v1(&StateVector::default()))
    }
}

fn point(x: u32, y: u32) -> Any {
    Any::from(vec![Any::from(f64::from(x)), Any::from(f64::from(y))])
}

/// Somebody who moves notes.
pub(crate) struct Mover {
    doc: Doc,
    notes: Vec<MapRef>,
    moved: u32,
}

impl Mover {
    /// Moves these notes of the board, one after another, and around again.
    pub(crate) fn new(client: u64, board: &Board, notes: impl Iterator<Item = usize>) -> Result<Self, String> {
        let doc = doc(client);
        for part in &board.parts {
            apply(&doc, part)?;
        }
        let items = doc.get_or_insert_map("items");
        let txn = doc.transact();
        let note = |place: usize| match items.get(&txn, board.notes.get(place)?) {
            Some(Out::YMap(note)) => Some(note),
            _ => None,
        };
        let notes: Option<Vec<MapRef>> = notes.map(note).collect();
        drop(txn);
        Ok(Self { doc, notes: notes.ok_or("a note is not on the board")?, moved: 0 })
    }

    /// The next so many moves in one update: a clock of this client each.
    pub(crate) fn step(&mut self, moves: usize) -> Vec<u8> {
        let mut txn = self.doc.transact_mut();
        for _ in 0..moves {
            let note = &self.notes[self.moved as usize % self.notes.len()];
            note.insert(&mut txn, "at", point(self.moved * 7 % 4_000, self.moved * 13 % 3_000));
            self.moved += 1;
        }
        txn.encode_update_v1()
    }
}

/// Applies an update.
pub(crate) fn apply(doc: &Doc, update: &[u8]) -> Result<(), String> {
    let update = Update::decode_v1(update).map_err(|error| error.to_string())?;
    doc.transact_mut().apply_update(update).map_err(|error| error.to_string())
}

/// What a copy says once all these updates are in it: every note with its place and text.
pub(crate) fn copy<'a>(updates: impl Iterator<Item = &'a [u8]>) -> Result<HashMap<String, String>, String> {
    let doc = doc(1);
    for update in updates {
        apply(&doc, update)?;
    }
    let items = doc.get_or_insert_map("items");
    let txn = doc.transact();
    if txn.store().pending_update().is_some() || txn.store().pending_ds().is_some() {
        return Err("something is pending that never came".to_owned());
    }
    let show = |out: Out| match out {
        Out::YText(text) => text.get_string(&txn),
        other => other.to_json(&txn).to_string(),
    };
    let note = |(id, out): (&str, Out)| match out {
        Out::YMap(note) => {
            let mut fields: Vec<String> =
                note.iter(&txn).map(|(key, value)| format!("{key}={}", show(value))).collect();
            fields.sort_unstable();
            (id.to_owned(), fields.join(" "))
        }
        other => (id.to_owned(), show(other)),
    };
    Ok(items.iter(&txn).map(note).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranges::walk;

    #[test]
    fn every_move_takes_one_clock_and_all_together_make_the_copy() {
        let board = Board::new(100, PersonId::new(), 4, 0);
        let mut found = Vec::new();
        walk(&board.parts[0], |client, from, to| found.push((client, from, to))).unwrap();
        assert_eq!(found, [(100, 0, board.end)]);
        let mut mover = Mover::new(101, &board, [1, 2].into_iter()).unwrap();
        let moves: Vec<Vec<u8>> = (0..5).map(|_| mover.step(1)).collect();
        for (clock, update) in (0..).zip(&moves) {
            found.clear();
            walk(update, |client, from, to| found.push((client, from, to))).unwrap();
            assert_eq!(found, [(101, clock, clock + 1)]);
        }
        let updates = || board.parts.iter().map(Vec::as_slice).chain(moves.iter().map(Vec::as_slice));
        assert_eq!(board.parts.len(), 1);
        let whole = copy(updates()).unwrap();
        assert_eq!(whole.len(), 4);
        assert!(whole[&board.notes[1]].contains("at=[28, 52]"), "{whole:?}");
        assert_ne!(copy(updates().take(5)).unwrap(), whole);
        assert!(copy(updates().skip(1)).is_err());
    }
}
