//! The targets without a plan: bytes go in as they are. Knows the programs' readers, not who calls them.

use bytes::Bytes;
use jalostamo::{
    access::{name, secret},
    board::{edit, import, read},
    export::json,
    gate::{Gate, Known, Verdict, read_state_vector, write_state_vector},
    ids::{BoardId, InviteId, PersonId},
    limits,
    store::{self, Body},
    wire::{DocumentName, Incoming, awareness as presence, hocuspocus, ywebsocket},
};
use yrs::{ClientID, Doc, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode};

use super::{BOARD, arena};

pub(super) fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).expect("yrs reads what the gate accepts");
    doc.transact_mut().apply_update(update).expect("yrs applies what the gate accepts");
    assert!(!doc.transact().has_missing_updates(), "something is pending");
}

/// A peer's state vector, and the answer to it.
pub(super) fn sync_step_1(data: &[u8]) {
    let Ok(vector) = read_state_vector(data, 4) else { return };
    assert!(vector.len() <= 4 + limits::UNKNOWN_CLIENTS);
    assert_eq!(write_state_vector(&vector), data, "read and written it is another vector");
    let doc = arena::document(1);
    apply(&doc, &BOARD.0);
    let mut peer = StateVector::default();
    vector.iter().for_each(|(client, clock)| peer.set_max(ClientID::new(*client), *clock));
    let answer = doc.transact().encode_state_as_update_v1(&peer);
    Update::decode_v1(&answer).expect("the answer can be read");
}

/// The payload of a presence message.
pub(super) fn awareness(data: &[u8]) {
    let Ok(entries) = presence::read(Bytes::copy_from_slice(data)) else { return };
    assert!(entries.len() as u64 <= presence::ENTRIES);
    let text = |state: &Option<Bytes>| state.as_ref().map(|state| String::from_utf8_lossy(state).into_owned());
    let written: Vec<Bytes> =
        entries.iter().map(|entry| presence::entry(entry.client, entry.clock, text(&entry.state).as_deref())).collect();
    let again = presence::read(presence::write(written.iter())).expect("what was written can be read");
    assert_eq!(again.len(), entries.len());
    for (one, other) in again.iter().zip(&entries) {
        assert_eq!((one.client, one.clock, text(&one.state)), (other.client, other.clock, text(&other.state)));
        if let Some(state) = &other.state {
            // As the room reads what it stamps.
            let _ = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(state);
        }
    }
}

/// One frame in both framings, and what is inside it.
pub(super) fn frames(data: &[u8]) {
    let frame = Bytes::copy_from_slice(data);
    let (mut messages, named) = (Vec::new(), hocuspocus::read_frame(frame.clone()));
    if let Ok(hocuspocus::Frame::Document(name, message)) = named {
        let _ = DocumentName::parse(&name);
        messages.push(message);
    }
    messages.extend(ywebsocket::read_frame(frame));
    for message in messages {
        match message {
            Incoming::SyncStep1(payload) => sync_step_1(&payload),
            Incoming::SyncStep2(payload) | Incoming::Update(payload) => assert!(payload.len() <= data.len()),
            Incoming::Awareness(payload) => awareness(&payload),
            Incoming::Token(token) => secret(token.as_bytes()),
            Incoming::Stateless(text) => _ = serde_json::from_str::<serde_json::Value>(&text),
            Incoming::QueryAwareness | Incoming::Close | Incoming::Other(_) => {}
        }
    }
}

/// A board file: refused, or a board that the gate takes, and that is written and read again as the same.
pub(super) fn import(data: &[u8]) {
    let file = match import::read(data) {
        Ok(file) => file,
        Err(refusal) => return assert!(refusal.detail.len() < 1_000 && refusal.pointer.len() < 1_000),
    };
    let board = file.board();
    assert!(board.items.len() + board.links.len() + board.comments.len() <= limits::LIVE_OBJECTS);
    let first = imported(&file);
    let again = import::read(&first).expect("what was written can be read");
    assert!(json::same_content(&first, &imported(&again)), "written and read it is another board");
}

/// The file of the board that a file's import makes.
fn imported(file: &import::File) -> Vec<u8> {
    const MADE: i64 = 1_700_000_000_000;
    let (mut gate, doc, owner) = (Gate::new(Known::default()), arena::document(1), arena::owner(0));
    for update in edit::import(file, owner.person, 7, MADE) {
        let verdict = gate.judge(&update, &owner);
        assert!(matches!(verdict, Verdict::Accept(_)), "the gate does not take an import: {verdict:?}");
        apply(&doc, &update);
    }
    let board = read::from_doc(&doc);
    assert_eq!(board.oddities, [], "an import makes something odd");
    assert_eq!(board.items.len(), file.board().items.len());
    json::write(&board, MADE)
}

/// What somebody sends in place of a link's secret, an id or a name.
pub(super) fn secret(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if secret::hash(text).is_some() {
        assert_eq!(text.len(), 43);
    }
    let _ = DocumentName::parse(text);
    if let Ok(person) = text.parse::<PersonId>() {
        assert_eq!(person.to_string(), text);
    }
    if let Ok(board) = text.parse::<BoardId>() {
        assert_eq!(board.to_string(), text);
    }
    let _ = text.parse::<InviteId>();
    let _ = (name::name(text), name::title(text), name::snapshot(text));
}

/// The body of a stored entry: whatever the disk made of it, it is read or refused.
pub(super) fn record(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    if let Ok(Body::Updates(updates)) = store::decode_body(i64::from(*kind), bytes.to_vec()) {
        assert!(updates.iter().map(|update| update.update.len()).sum::<usize>() <= bytes.len());
    }
}
