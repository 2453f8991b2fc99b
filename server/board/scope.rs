//! Whether items are in a frame and of certain kinds, looked up in a document without reading it whole. Knows no votes.

use yrs::{Any, Map, MapRef, Out, ReadTxn};

use super::schema::{self, CONTAINERS, Root};

/// Frames in frames; deeper than anybody sees, and an end for a ring.
const DEPTH: usize = 64;

/// The first of these items that is not there, deleted, of none of the kinds, or not in the frame at any depth. With no kinds
/// named, containers are of none and everything else is.
pub fn outside<'a, T: ReadTxn>(
    txn: &T,
    mut items: impl Iterator<Item = &'a String>,
    frame: Option<&str>,
    kinds: &[String],
) -> Option<&'a String> {
    let root = txn.get_map(Root::Items.name());
    items.find(|id| !root.as_ref().is_some_and(|root| is_inside(txn, root, id, frame, kinds)))
}

fn is_inside<T: ReadTxn>(txn: &T, root: &MapRef, id: &str, frame: Option<&str>, kinds: &[String]) -> bool {
    let Some(item) = live(txn, root, id) else { return false };
    let Some(kind) = word(txn, &item, "kind") else { return false };
    let named = if kinds.is_empty() {
        schema::kind_of(Root::Items, &kind).is_some() && !CONTAINERS.contains(&kind.as_str())
    } else {
        kinds.contains(&kind)
    };
    named && frame.is_none_or(|frame| stands_in(txn, root, item, frame))
}

fn stands_in<T: ReadTxn>(txn: &T, root: &MapRef, mut item: MapRef, frame: &str) -> bool {
    for _ in 0..DEPTH {
        let Some(parent) = word(txn, &item, "parent") else { return false };
        let Some(next) = live(txn, root, &parent) else { return false };
        if parent == frame {
            return true;
        }
        item = next;
    }
    false
}

fn live<T: ReadTxn>(txn: &T, root: &MapRef, id: &str) -> Option<MapRef> {
    match root.get(txn, id) {
        Some(Out::YMap(item)) => (item.get(txn, "gone") != Some(Out::Any(Any::Bool(true)))).then_some(item),
        _ => None,
    }
}

fn word<T: ReadTxn>(txn: &T, item: &MapRef, field: &str) -> Option<String> {
    match item.get(txn, field) {
        Some(Out::Any(Any::String(word))) => Some(word.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use yrs::{Doc, MapPrelim, Transact};

    use super::*;

    #[test]
    fn kinds_frames_and_what_was_deleted() {
        let doc = Doc::new();
        let root = doc.get_or_insert_map("items");
        let mut txn = doc.transact_mut();
        let mut put = |id: &str, kind: &str, parent: Option<&str>, gone: bool| {
            let item = root.insert(&mut txn, id, MapPrelim::default());
            item.insert(&mut txn, "kind", kind);
            item.insert(&mut txn, "gone", gone);
            if let Some(parent) = parent {
                item.insert(&mut txn, "parent", parent);
            }
        };
        put("r_1", "frame", None, false);
        put("g_1", "group", Some("r_1"), false);
        put("n_1", "note", Some("g_1"), false);
        put("n_2", "note", None, false);
        put("n_3", "note", Some("r_1"), true);
        put("o_1", "obstacle", Some("r_1"), false);
        put("r_2", "frame", Some("r_3"), false);
        put("r_3", "frame", Some("r_2"), false);
        put("n_4", "note", Some("r_2"), false);
        drop(txn);
        let inside = |frame: Option<&str>, kinds: &[&str]| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            let all = ["r_1", "g_1", "n_1", "n_2", "n_3", "o_1", "n_4", "n_5"].map(str::to_owned);
            let one = |id: &&String| outside(&doc.transact(), std::iter::once(*id), frame, &kinds).is_none();
            all.iter().filter(one).cloned().collect::<Vec<_>>()
        };
        assert_eq!(inside(None, &[]), ["n_1", "n_2", "o_1", "n_4"]);
        assert_eq!(inside(None, &["obstacle", "frame"]), ["r_1", "o_1"]);
        assert_eq!(inside(Some("r_1"), &[]), ["n_1", "o_1"]);
        assert_eq!(inside(Some("r_1"), &["note"]), ["n_1"]);
        assert!(inside(Some("r_9"), &[]).is_empty());
        let ids = ["n_1".to_owned(), "n_9".to_owned()];
        assert_eq!(outside(&doc.transact(), ids.iter(), None, &[]), Some(&ids[1]));
        let empty = Doc::new();
        assert_eq!(outside(&empty.transact(), ids.iter(), None, &[]), Some(&ids[0]));
        assert_eq!(outside(&empty.transact(), [].iter(), None, &[]), None);
    }
}
