//! A board of any age opens quickly: what is read is the newest checkpoint and a bounded tail, whatever went before.
//!
//! The long form: `JALOSTAMO_ENTRIES=1000000 cargo test --release --test it journal_million -- --nocapture`; with
//! `JALOSTAMO_MOVES=1` every entry moves a note, which leaves most behind in the document.

use std::{sync::Arc, time::Instant};

use jalostamo::{
    clock,
    ids::{BoardId, PersonId},
    limits,
    metrics::Metrics,
    room::Rooms,
    store::{
        AuthoredUpdate, Body, Change, Checkpoint, Commit, Journal, SqliteStore, Store, Stream, journal::Append,
        records::Board,
    },
};
use tempfile::tempdir;
use yrs::{Any, Doc, Map, MapRef, Out, ReadTxn, StateVector, Text, Transact};

use crate::support::{
    collab::{options, put_note},
    random::setting,
};

/// Notes on the board, all of them edited again and again.
const NOTES: u64 = 1_000;
/// Entries in one commit here: it is the entries that count, and a room would have synced each.
const GROUP: u64 = 1_000;

/// Somebody whose edits become entries.
struct Author {
    doc: Doc,
    items: MapRef,
    person: PersonId,
    notes: Vec<String>,
    only_moves: bool,
}

impl Author {
    fn new() -> Self {
        let doc = Doc::with_options(options());
        let items = doc.get_or_insert_map("items");
        let notes = (0..NOTES).map(|n| format!("n_01J{n:0>23}")).collect();
        let only_moves = setting("JALOSTAMO_MOVES", 0) > 0;
        Self { doc, items, person: PersonId::new(), notes, only_moves }
    }

    /// Edit number `n`, as an update: first each note is made, then somebody stays at one for forty edits, of which most
    /// type a letter, and some delete one, move the note or colour it. Or each moves the next note.
    fn edit(&self, n: u64) -> Vec<u8> {
        let at = |n: u64| Any::from(vec![Any::from((n % 4_000) as i64), Any::from((n % 3_000) as i64)]);
        let turn = if self.only_moves { n } else { n / 40 };
        let mut txn = self.doc.transact_mut();
        if n < NOTES {
            let text = "A note with a typical text of some words";
            put_note(&mut txn, &self.items, &self.notes[n as usize], self.person, text);
            return txn.encode_update_v1();
        }
        let note = &self.notes[(turn % NOTES) as usize];
        let Some(Out::YMap(note)) = self.items.get(&txn, note) else { panic!("no note {note}") };
        let Some(Out::YText(text)) = note.get(&txn, "text") else { panic!("no text") };
        match if self.only_moves { 0 } else { n % 10 } {
            0 => _ = note.insert(&mut txn, "at", at(n)),
            1 => _ = note.insert(&mut txn, "color", if n % 20 < 10 { "green" } else { "blue" }),
            2 => {
                let end = text.len(&txn);
                text.remove_range(&mut txn, end - 1, 1);
            }
            _ => text.push(&mut txn, "x"),
        }
        txn.encode_update_v1()
    }

    fn document(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }
}

/// A board with so many entries. Its checkpoint is the last that a room would have written for good: of those before, which
/// it would have overwritten, nothing is left anyway. The tail is as long as it can be.
async fn board_of(store: &SqliteStore, entries: u64) -> (BoardId, Author) {
    let (board, author) = (BoardId::new(), Author::new());
    let made = clock::now_ms();
    let row = Board { id: board, epoch: 1, title: "Old".into(), made, made_by: author.person, series: None };
    let client = author.doc.client_id().get();
    let bind = Change::BindClients { board, epoch: 1, clients: vec![(client, author.person)] };
    let objects = author.notes.iter().map(|note| (note.clone(), author.person)).collect();
    let records = vec![Change::NewBoard(row), bind, Change::Authors { board, epoch: 1, objects }];
    store.commit(Commit { appends: vec![], records }).await.unwrap();
    let stream = Stream::board(board);
    let last = entries.saturating_sub(limits::CHECKPOINT_ENTRIES);
    let mut seq = 0;
    while seq < entries {
        let end = if seq < last { last } else { entries };
        let until = (seq + GROUP).min(end);
        let appends = (seq..until).map(|expected| {
            let update = AuthoredUpdate { person: author.person, update: author.edit(expected).into() };
            Append { stream: stream.clone(), epoch: 1, expected, at: made, body: Body::Updates(vec![update]) }
        });
        store.commit(Commit { appends: appends.collect(), records: vec![] }).await.unwrap();
        seq = until;
        if seq == last {
            let checkpoint = Checkpoint { seq, document: author.document().into(), facilitation: String::new() };
            store.checkpoint(&stream, 1, checkpoint).await.unwrap();
        }
    }
    (board, author)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_with_many_entries_opens_from_its_checkpoint() {
    let entries = setting("JALOSTAMO_ENTRIES", 6_000);
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let (board, author) = board_of(&store, entries).await;
    store.close().await;
    let size = std::fs::metadata(folder.path().join("jalostamo.db")).unwrap().len();

    let begin = Instant::now();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let opened = begin.elapsed();
    let loaded = store.load(&Stream::board(board)).await.unwrap();
    assert_eq!(loaded.seq, entries);
    assert!(loaded.checkpoint.is_some() && loaded.tail.len() as u64 <= limits::CHECKPOINT_ENTRIES);
    assert_eq!(store.entries(&Stream::board(board), 0, 3).await.unwrap().len(), 3, "and the past is there");

    let begin = Instant::now();
    let rooms = Rooms::new(Arc::clone(&store) as Arc<dyn Store>, Arc::new(Metrics::new()));
    let (seq, document) = rooms.open(board).await.unwrap().encoded().await.unwrap();
    let ready = begin.elapsed();
    assert_eq!(seq, entries);
    assert_eq!(document, author.document(), "it is the board of its author");
    println!(
        "{entries} entries, {} MiB: the store opens in {opened:?}, the board of {} KiB with a tail of {} entries in {ready:?}",
        size / (1024 * 1024),
        document.len() / 1024,
        loaded.tail.len(),
    );
    rooms.shutdown().await;
}
