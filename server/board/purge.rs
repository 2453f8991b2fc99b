//! A board's document without what was deleted from it. Knows no gate, no rooms and no stores.
//!
//! The document's own bytes are kept: what is purged becomes tombstones without content, as in every Yjs document, and
//! nothing else is written again. So every block keeps its client id and clock. An old copy of the board then has nothing
//! that the document does not know: what it sends changes nothing, and brings back nothing. A document made anew from what is
//! on the board would know none of those blocks, and take a copy's for new ones, beside its own.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use bytes::Bytes;
use yrs::{
    Any, Doc, Map, MapRef, Out, ReadTxn, StateVector, Transact, TransactionMut, Update, updates::decoder::Decode,
};

use super::{
    edit, read,
    schema::{REACH, Root},
    value::{Board, FieldValue, Item, Pair},
};

/// A document that holds nothing of what was deleted.
#[derive(Debug)]
pub struct Purged {
    /// As one lib0-v1 update.
    pub document: Bytes,
    /// The ids of the objects that are not in it any more.
    pub objects: HashSet<String>,
}

/// Why a document cannot be purged; it stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unpurged {
    /// The CRDT failed on it.
    #[error("the document cannot be read")]
    Unreadable,
    /// Something that is on the board would be another.
    #[error("the board would not be the same without what was deleted")]
    Changed,
}

/// Takes out of a document the objects that are gone, and the links and comments that went with them. What is on the board
/// stays as it is: that is compared before anything is given back. `client_id` writes where things stood in what is
/// purged; nobody else may use it.
///
/// # Errors
/// [`Unpurged`]; the bytes that came through the gate give none that is known.
pub fn without_deleted(document: &[u8], client_id: u64) -> Result<Purged, Unpurged> {
    let work = || {
        let doc = edit::scratch(client_id);
        let update = Update::decode_v1(document).map_err(|_| Unpurged::Unreadable)?;
        doc.transact_mut().apply_update(update).map_err(|_| Unpurged::Unreadable)?;
        purge(&doc)
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Unpurged::Unreadable))
}

fn purge(doc: &Doc) -> Result<Purged, Unpurged> {
    let before = read::from_doc(doc);
    let objects = take_out(doc);
    put_back(doc, &before, &read::from_doc(doc));
    if !is_same(&before, &read::from_doc(doc)) {
        return Err(Unpurged::Changed);
    }
    let document = doc.transact().encode_state_as_update_v1(&StateVector::default()).into();
    Ok(Purged { document, objects })
}

/// Removes what is gone; gives its ids.
fn take_out(doc: &Doc) -> HashSet<String> {
    let [items, links, comments] =
        [Root::Items, Root::Links, Root::Comments].map(|root| doc.get_or_insert_map(root.name()));
    let mut txn = doc.transact_mut();
    let mut dead: HashSet<String> = HashSet::new();
    dead.extend(those(&txn, &items, |txn, item| is_gone(txn, item)));
    // An arrow goes with its ends, a pin with its arrow: until no more go.
    loop {
        let before = dead.len();
        let more = those(&txn, &links, |txn, link| is_gone(txn, link) || refers(txn, link, &["from", "to"], &dead));
        dead.extend(more);
        if dead.len() == before {
            break;
        }
    }
    let about =
        those(&txn, &comments, |txn, comment| is_gone(txn, comment) || refers(txn, comment, &["target"], &dead));
    dead.extend(about);
    for root in [items, links, comments] {
        for id in &dead {
            // Nothing is written for a key that is not there.
            root.remove(&mut txn, id);
        }
    }
    dead
}

/// The keys of a root whose objects are such.
fn those(txn: &TransactionMut<'_>, root: &MapRef, so: impl Fn(&TransactionMut<'_>, &MapRef) -> bool) -> Vec<String> {
    let object = |key: &&str| matches!(root.get(txn, key), Some(Out::YMap(object)) if so(txn, &object));
    root.keys(txn).filter(object).map(str::to_owned).collect()
}

fn is_gone<T: ReadTxn>(txn: &T, object: &MapRef) -> bool {
    matches!(object.get(txn, "gone"), Some(Out::Any(Any::Bool(true))))
}

fn refers<T: ReadTxn>(txn: &T, object: &MapRef, fields: &[&str], to: &HashSet<String>) -> bool {
    let named = |field: &&str| match object.get(txn, field) {
        Some(Out::Any(Any::String(id))) => to.contains(&*id),
        _ => false,
    };
    fields.iter().any(named)
}

/// What stood in a container that was gone is drawn where it was: that is written, since nothing else tells it now.
fn put_back(doc: &Doc, before: &Board, now: &Board) {
    let items = doc.get_or_insert_map(Root::Items.name());
    let mut txn = doc.transact_mut();
    for (old, new) in before.items.iter().filter_map(|old| Some((old, find(now, &old.id)?))) {
        let Some(Out::YMap(map)) = items.get(&txn, &old.id) else { continue };
        if within_reach(old.at) != within_reach(new.at) {
            edit::write(&map, &mut txn, "at", &FieldValue::Pair(within_reach(old.at)));
        }
        if old.parent != new.parent {
            let parent = old.parent.clone().map_or(FieldValue::Nothing, FieldValue::Text);
            edit::write(&map, &mut txn, "parent", &parent);
        }
    }
}

fn find<'a>(board: &'a Board, id: &str) -> Option<&'a Item> {
    board.items.iter().find(|item| item.id == id)
}

/// What lost its parent may stand beyond what `at` takes; exports say it so, too.
fn within_reach((x, y): Pair) -> Pair {
    (x.clamp(-REACH, REACH), y.clamp(-REACH, REACH))
}

/// Whether two boards show the same. Where a thing is drawn that stood beyond reach may differ, and whether it says that
/// it lost its parent.
fn is_same(one: &Board, other: &Board) -> bool {
    let shown = |board: &Board| -> Vec<Item> {
        let shown = |item: &Item| Item { at: within_reach(item.at), unplaced: false, place: (0, 0), ..item.clone() };
        let mut items: Vec<Item> = board.items.iter().map(shown).collect();
        items.sort_by(|a, b| a.id.cmp(&b.id));
        items
    };
    one.title == other.title && one.links == other.links && one.comments == other.comments && shown(one) == shown(other)
}

#[cfg(test)]
mod tests {
    use yrs::{MapPrelim, TextPrelim, WriteTxn};

    use super::*;

    fn id(prefix: &str, number: u8) -> String {
        format!("{prefix}_01J{number:0>23}")
    }

    /// Writes an object: plain fields, and a text.
    fn put(doc: &Doc, root: &str, id: &str, fields: &[(&str, Any)], text: &str) {
        let mut txn = doc.transact_mut();
        let root = txn.get_or_insert_map(root);
        let object = root.insert(&mut txn, id, MapPrelim::default());
        for (name, value) in fields {
            object.insert(&mut txn, *name, value.clone());
        }
        object.insert(&mut txn, "text", TextPrelim::new(text));
    }

    fn pair(x: i64, y: i64) -> Any {
        Any::from(vec![Any::from(x), Any::from(y)])
    }

    fn has(bytes: &[u8], word: &str) -> bool {
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    }

    fn encoded(doc: &Doc) -> Vec<u8> {
        doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// A board with a gone group in a group, and in it a note; arrows, a pin and comments that went and that stay.
    fn board() -> Doc {
        let doc = edit::scratch(7);
        let (gone, outer, inner) = (("gone", Any::from(true)), id("u", 1), id("u", 2));
        let (stays, goes, other) = (id("n", 1), id("n", 2), id("n", 3));
        let at = |x, y| ("at", pair(x, y));
        let text = |value: &str| Any::from(value);
        put(&doc, "items", &outer, &[("kind", text("group")), at(100, 100)], "Ryhmä");
        put(
            &doc,
            "items",
            &inner,
            &[("kind", text("group")), at(10, 10), ("parent", text(&outer)), gone.clone()],
            "PURGED",
        );
        put(&doc, "items", &stays, &[("kind", text("note")), at(1, 2), ("parent", text(&inner))], "Jää");
        put(&doc, "items", &goes, &[("kind", text("note")), at(5, 5), gone.clone()], "PURGED note");
        put(&doc, "items", &other, &[("kind", text("note")), at(9, 9)], "Muu");
        let link = |from: &str, to: &str, kind: &str| [("kind", text(kind)), ("from", text(from)), ("to", text(to))];
        put(&doc, "links", &id("f", 1), &link(&stays, &other, "sequence"), "kept");
        put(&doc, "links", &id("f", 2), &link(&stays, &goes, "sequence"), "PURGED arrow");
        put(&doc, "links", &id("i", 3), &link(&other, &id("f", 2), "pin"), "PURGED pin");
        put(&doc, "comments", &id("c", 1), &[("target", text(&goes))], "PURGED comment");
        put(&doc, "comments", &id("c", 2), &[("target", text(&stays))], "kept comment");
        put(&doc, "comments", &id("c", 3), &[("target", text(&stays)), gone], "PURGED by itself");
        doc
    }

    #[test]
    fn what_is_on_the_board_stays_and_nothing_else() {
        let doc = board();
        let before = read::from_doc(&doc);
        assert!(before.items.iter().any(|item| item.unplaced), "{before:?}");
        let bytes = encoded(&doc);
        assert!(has(&bytes, "PURGED"));
        let purged = without_deleted(&bytes, 99).unwrap();
        let gone = [id("u", 2), id("n", 2), id("f", 2), id("i", 3), id("c", 1), id("c", 3)];
        assert_eq!(purged.objects, HashSet::from(gone));
        assert!(!has(&purged.document, "PURGED"));
        assert!(has(&purged.document, "kept comment"));
        let after = read::from_update(&purged.document).unwrap();
        assert_eq!((&after.items, &after.links, &after.comments), (&before.items, &before.links, &before.comments));
        let stays = find(&after, &id("n", 1)).unwrap();
        assert_eq!((stays.at, stays.place, stays.unplaced), ((111, 112), (111, 112), true));
        // What is purged already stays purged, and nothing is written any more.
        let again = without_deleted(&purged.document, 100).unwrap();
        assert!(again.objects.is_empty());
        assert_eq!(again.document, purged.document);
    }

    #[test]
    fn an_old_copy_brings_nothing_back() {
        let copy = board();
        let purged = without_deleted(&encoded(&copy), 99).unwrap();
        let doc = edit::scratch(1);
        doc.transact_mut().apply_update(Update::decode_v1(&purged.document).unwrap()).unwrap();
        let before = read::from_doc(&doc);
        doc.transact_mut().apply_update(Update::decode_v1(&encoded(&copy)).unwrap()).unwrap();
        assert_eq!(read::from_doc(&doc), before);
        assert!(!has(&encoded(&doc), "PURGED"));
    }

    #[test]
    fn a_ring_through_what_is_gone_stays_where_it_was() {
        let doc = edit::scratch(7);
        let groups = [id("u", 1), id("u", 2), id("u", 3)];
        for (at, group) in groups.iter().enumerate() {
            let parent = Any::from(groups[(at + 1) % 3].as_str());
            let mut fields = vec![("kind", Any::from("group")), ("at", pair(10, 1)), ("parent", parent)];
            fields.extend((at == 2).then_some(("gone", Any::from(true))));
            put(&doc, "items", group, &fields, "");
        }
        let before = read::from_doc(&doc);
        let purged = without_deleted(&encoded(&doc), 99).unwrap();
        let after = read::from_update(&purged.document).unwrap();
        assert_eq!(before.items.len(), 2);
        assert!(is_same(&before, &after), "{before:?} {after:?}");
    }

    #[test]
    fn garbage_is_an_error() {
        assert_eq!(without_deleted(&[0xff; 9], 1).unwrap_err(), Unpurged::Unreadable);
        assert!(without_deleted(&[0, 0], 1).unwrap().objects.is_empty());
    }
}
