//! The server's own edits, as lib0-v1 updates made on a scratch document: judged and stored like anybody's.
//! Knows no gate, no rooms and no stores.

use bytes::Bytes;
use yrs::{
    Any, Doc, Map, MapPrelim, MapRef, OffsetKind, Options, Text, TextPrelim, TextRef, Transact, block::ClientID,
};

use super::{
    import::{File, one_line},
    schema::Root,
    value::{FieldValue, Fields},
};
use crate::{ids::PersonId, limits};

/// An update of an import ends after about this many structs or bytes: far below what one message may carry.
const CHUNK_STRUCTS: usize = limits::STRUCTS_PER_UPDATE / 5;
const CHUNK_BYTES: usize = limits::MESSAGE_BYTES / 4;

/// The updates that make an empty board of this title. `client_id` is below 2^53 and used for nothing else.
#[must_use]
pub fn empty(title: &str, client_id: u64) -> Vec<Bytes> {
    vec![entitle(&scratch(client_id), title)]
}

fn entitle(doc: &Doc, title: &str) -> Bytes {
    let meta = doc.get_or_insert_map(Root::Meta.name());
    let mut txn = doc.transact_mut();
    meta.insert(&mut txn, "title", one_line(title));
    txn.encode_update_v1().into()
}

/// The updates that put a file's content on an empty board, in the order to apply them, as if `author` had
/// just made everything: `made` is the file's time, or `now_ms` where the file has none.
#[must_use]
pub fn import(file: &File, author: PersonId, client_id: u64, now_ms: i64) -> Vec<Bytes> {
    let doc = scratch(client_id);
    let roots = [Root::Items, Root::Links, Root::Comments].map(|root| (root, doc.get_or_insert_map(root.name())));
    let root = |wanted: Root| roots.iter().find(|(root, _)| *root == wanted).map(|(_, map)| map);
    let mut updates = vec![entitle(&doc, &file.board().title)];
    let author = author.to_string();
    let objects: Vec<New<'_>> = objects(file);
    let mut rest = objects.as_slice();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk_length(rest));
        rest = after;
        let mut txn = doc.transact_mut();
        let mut tails: Vec<(TextRef, &str)> = Vec::new();
        for object in chunk {
            let Some(map) = root(object.root) else { continue };
            let map = map.insert(&mut txn, object.id, MapPrelim::default());
            map.insert(&mut txn, "kind", object.kind);
            map.insert(&mut txn, "author", author.clone());
            map.insert(&mut txn, "made", if object.made == 0 { now_ms } else { object.made });
            let (first, tail) = split_text(object.text);
            let text = map.insert(&mut txn, "text", TextPrelim::new(first));
            if !tail.is_empty() {
                tails.push((text, tail));
            }
            for (name, value) in &object.fields {
                write(&map, &mut txn, name, value);
            }
        }
        updates.push(txn.encode_update_v1().into());
        drop(txn);
        // One run of text has a cap in bytes. Runs written in one transaction would be joined again.
        if !tails.is_empty() {
            let mut txn = doc.transact_mut();
            for (text, tail) in tails {
                text.push(&mut txn, tail);
            }
            updates.push(txn.encode_update_v1().into());
        }
    }
    updates
}

/// An object to write.
struct New<'a> {
    root: Root,
    id: &'a str,
    kind: &'static str,
    text: &'a str,
    made: i64,
    fields: Fields,
}

/// A document in which only this client id writes.
pub(super) fn scratch(client_id: u64) -> Doc {
    let mut options = Options::with_client_id(ClientID::new(client_id));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}

/// Containers first, so that whoever reads half of it finds the parents there.
fn objects(file: &File) -> Vec<New<'_>> {
    let reference = |id: &Option<String>| id.clone().map_or(FieldValue::Nothing, FieldValue::Text);
    let board = file.board();
    let (containers, others): (Vec<_>, Vec<_>) = board.items.iter().partition(|item| item.kind.is_container());
    let items = containers.into_iter().chain(others).map(|item| {
        let mut fields = item.fields.clone();
        fields.insert("at", FieldValue::Pair(item.at));
        fields.insert("size", FieldValue::Pair(item.size));
        fields.insert("parent", reference(&item.parent));
        fields.insert("order", FieldValue::Text(item.order.clone()));
        fields.insert("layer", FieldValue::Number(item.layer));
        fields.insert("color", FieldValue::Text(item.color.to_owned()));
        if item.entered {
            fields.insert("entered", FieldValue::Flag(true));
        }
        New { root: Root::Items, id: &item.id, kind: item.kind.name(), text: &item.text, made: item.made, fields }
    });
    let links = board.links.iter().map(|link| {
        let mut fields = link.fields.clone();
        fields.insert("from", FieldValue::Text(link.from.clone()));
        fields.insert("to", FieldValue::Text(link.to.clone()));
        New { root: Root::Links, id: &link.id, kind: link.kind.name(), text: &link.text, made: link.made, fields }
    });
    let comments = board.comments.iter().map(|comment| {
        let fields = Fields::from([("target", reference(&comment.target))]);
        New { root: Root::Comments, id: &comment.id, kind: "comment", text: &comment.text, made: comment.made, fields }
    });
    items.chain(links).chain(comments).collect()
}

/// How many of the next objects fit one update; at least one.
fn chunk_length(objects: &[New<'_>]) -> usize {
    let (mut structs, mut bytes) = (0, 0);
    for (at, object) in objects.iter().enumerate() {
        let (more_structs, more_bytes) = object.fields.values().fold((6, object.text.len() + 256), |(s, b), value| {
            let (structs, bytes) = weight(value);
            (s + structs, b + bytes)
        });
        structs += more_structs;
        bytes += more_bytes;
        if at > 0 && (structs > CHUNK_STRUCTS || bytes > CHUNK_BYTES) {
            return at;
        }
    }
    objects.len()
}

/// Structs and bytes that a field takes, rather too much: its name and framing are in.
fn weight(value: &FieldValue) -> (usize, usize) {
    match value {
        FieldValue::Text(text) => (1, text.len() + 40),
        FieldValue::Set(elements) => (1 + elements.len(), 40 + elements.len() * 64),
        _ => (1, 48),
    }
}

/// The first run of a text, at most `limits::STRING_BYTES`, and what is left for a second.
pub(super) fn split_text(text: &str) -> (&str, &str) {
    let mut end = text.len().min(limits::STRING_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.split_at(end)
}

/// Sets a field of an object.
pub(super) fn write(map: &MapRef, txn: &mut yrs::TransactionMut<'_>, name: &str, value: &FieldValue) {
    let plain = match value {
        FieldValue::Nothing => Any::Null,
        FieldValue::Text(text) => Any::from(text.as_str()),
        FieldValue::Number(number) => Any::from(*number),
        FieldValue::Flag(flag) => Any::from(*flag),
        FieldValue::Pair((first, second)) => Any::from(vec![Any::from(*first), Any::from(*second)]),
        FieldValue::Set(elements) => {
            let set = map.insert(txn, name, MapPrelim::default());
            for element in elements {
                set.insert(txn, element.as_str(), true);
            }
            return;
        }
    };
    map.insert(txn, name, plain);
}
