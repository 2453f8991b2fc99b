//! A room closes, grows cold and writes checkpoints by itself, and nothing is ever lost by it.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use jalostamo::{
    limits::Pace,
    role::Role,
    store::{Body, Checkpoint, Journal, Stream},
};
use tempfile::tempdir;
use tokio::sync::Notify;
use yrs::{Doc, Transact, Update, types::ToJson, updates::decoder::Decode};

use crate::support::{
    board::Server,
    collab::{options, texts},
    eventually,
};

const SOON: Duration = Duration::from_millis(30);

/// Rooms that close or grow cold almost at once, or do not.
fn pace(idle: Option<Duration>, cold: Option<Duration>) -> Pace {
    let mut pace = Pace { housekeeping: Duration::from_millis(2), ..Pace::default() };
    pace.room_idle = idle.unwrap_or(pace.room_idle);
    pace.room_cold = cold.unwrap_or(pace.room_cold);
    pace
}

async fn checkpoint(server: &Server) -> Option<Checkpoint> {
    server.store.real.load(&Stream::board(server.board)).await.unwrap().checkpoint
}

async fn until_closed(server: &Server) {
    eventually("the room closes", async || server.app.metrics.rooms.get() == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_room_closes_with_a_checkpoint_and_opens_with_everything() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(Some(SOON), None)).await;
    for text in ["one", "two", "three"] {
        let aino = server.client("Aino", Role::Participant).await;
        aino.note(text).await;
        aino.until("durable", |heard| heard.durable == 2).await;
        drop(aino);
        until_closed(&server).await;
        assert!(server.app.rooms.if_open(server.board).is_none());
    }
    assert_eq!(checkpoint(&server).await.map(|kept| kept.seq), Some(3));
    let late = server.client("Late", Role::Observer).await;
    assert_eq!(late.texts(), ["one", "three", "two"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_whose_edits_are_not_durable_stays_open() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(Some(SOON), None)).await;
    let aino = server.client("Aino", Role::Participant).await;
    let eye = server.client("Eye", Role::Observer).await;
    let other = server.add_board().await;
    server.store.hold_commits();
    aino.note("held").await;
    aino.presence(7, 1, Some("{}")).await;
    eye.until("what came after it", |heard| heard.presence.contains_key(&7)).await;
    drop((aino, eye));
    eventually("nobody is there", async || server.app.metrics.peers.get() == 0).await;
    // A room that opens after that, and has nothing to keep, closes before it.
    drop(server.app.rooms.open(other).await.unwrap());
    eventually("the other closes", async || server.app.rooms.if_open(other).is_none()).await;
    assert!(server.app.rooms.if_open(server.board).is_some());
    server.store.let_commit();
    until_closed(&server).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["held"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cold_room_has_only_bytes_and_warms_on_an_edit_and_on_a_question() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(None, Some(SOON))).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    let note = aino.note("one").await;
    aino.until("durable", |heard| heard.durable == 2).await;
    let cold = async || eventually("cold", async || server.app.metrics.rooms_warm.get() == 0).await;
    let loads = || server.store.loads.load(Ordering::Relaxed);
    cold().await;
    assert_eq!(checkpoint(&server).await.map(|kept| kept.seq), Some(1));

    // Newcomers get the bytes: nothing is loaded for them.
    let before = loads();
    let otto = server.client("Otto", Role::Participant).await;
    otto.until_texts(&["one"]).await;
    assert_eq!((loads(), server.app.metrics.rooms_warm.get()), (before, 0));

    otto.append(&note, " and two").await;
    aino.until_texts(&["one and two"]).await;
    assert_eq!(loads(), before + 1);

    // Somebody who lacks only the end asks for it.
    cold().await;
    let old = Doc::with_options(options());
    let begun = server.store.real.entries(&Stream::board(server.board), 0, 1).await.unwrap();
    let Body::Updates(updates) = &begun[0].body else { panic!("an event") };
    old.transact_mut().apply_update(Update::decode_v1(&updates[0].update).unwrap()).unwrap();
    let before = loads();
    let back = server.dial(person, &token, old).await;
    back.until_texts(&["one and two"]).await;
    assert_eq!(loads(), before + 1);
    back.append(&note, " and three").await;
    for client in [&aino, &otto, &back] {
        client.until_texts(&["one and two and three"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_boards_document_rests_and_is_made_again_for_an_edit_and_a_question() {
    let folder = tempdir().unwrap();
    let pace = Pace { document_rest: SOON, ..pace(None, None) };
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    let note = aino.note("one").await;
    aino.until("durable", |heard| heard.durable == 2).await;
    let metrics = &server.app.metrics;
    let rests = async || eventually("it rests", async || metrics.documents.get() == 0).await;
    rests().await;
    let (person, token) = server.person("Otto", Role::Participant).await;
    let otto = server.connect(person, &token).await;
    otto.until_texts(&["one"]).await;
    let loads = server.store.loads.load(Ordering::Relaxed);
    otto.append(&note, " and two").await;
    aino.until_texts(&["one and two"]).await;
    rests().await;

    // Somebody who lacks only the end asks for it.
    let old = Doc::with_options(options());
    let begun = server.store.real.entries(&Stream::board(server.board), 0, 1).await.unwrap();
    let Body::Updates(updates) = &begun[0].body else { panic!("an event") };
    old.transact_mut().apply_update(Update::decode_v1(&updates[0].update).unwrap()).unwrap();
    let back = server.dial(person, &token, old).await;
    back.until_texts(&["one and two"]).await;
    back.append(&note, " and three").await;
    for client in [&aino, &otto, &back] {
        client.until_texts(&["one and two and three"]).await;
    }
    // All of it from memory, and what is kept is the same.
    assert_eq!((server.store.loads.load(Ordering::Relaxed), metrics.rooms_warm.get()), (loads, 1));
    assert_eq!(texts(&whole_journal(&server).await), ["one and two and three"]);
}

/// The board from every entry there is, without any checkpoint.
async fn whole_journal(server: &Server) -> Doc {
    let doc = Doc::with_options(options());
    for entry in server.store.real.entries(&Stream::board(server.board), 0, 100_000).await.unwrap() {
        let Body::Updates(updates) = entry.body else { continue };
        for update in updates {
            doc.transact_mut().apply_update(Update::decode_v1(&update.update).unwrap()).unwrap();
        }
    }
    doc
}

/// Twenty entries of somewhat over 1,000 bytes; there is no checkpoint after the first `none` of them.
async fn checkpoints_come(none: u64, change: impl FnOnce(&mut Pace)) {
    let folder = tempdir().unwrap();
    let mut pace = pace(None, None);
    change(&mut pace);
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    for number in 1..=20 {
        aino.note(&format!("{number:02} {}", "x".repeat(1_000))).await;
        aino.until("durable", |heard| heard.durable == number + 1).await;
        assert!(number > none || checkpoint(&server).await.is_none(), "after {number} entries");
    }
    eventually("a checkpoint", async || checkpoint(&server).await.is_some_and(|kept| kept.seq > none)).await;
    aino.note("a tail").await;
    aino.until("durable", |heard| heard.durable == 22).await;

    let loaded = server.store.real.load(&Stream::board(server.board)).await.unwrap();
    assert!(loaded.seq == 21 && !loaded.tail.is_empty() && loaded.tail.len() < 15, "{}", loaded.tail.len());
    let again = Server::over(Arc::clone(&server.store), server.board).await;
    let (seq, encoded) = again.app.rooms.open(server.board).await.unwrap().encoded().await.unwrap();
    let opened = Doc::with_options(options());
    opened.transact_mut().apply_update(Update::decode_v1(&encoded).unwrap()).unwrap();
    let whole = whole_journal(&server).await;
    let json = |doc: &Doc| doc.get_or_insert_map("items").to_json(&doc.transact());
    assert_eq!((seq, json(&opened)), (21, json(&whole)));
    assert_eq!(texts(&opened), aino.texts());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_comes_after_so_many_entries() {
    checkpoints_come(19, |pace| pace.checkpoint_entries = 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_comes_after_so_many_bytes() {
    checkpoints_come(10, |pace| pace.checkpoint_bytes = 20_000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_rounds_leave_nothing_behind() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(Some(Duration::ZERO), None)).await;
    let (person, _) = server.person("Aino", Role::Participant).await;
    let handles = || Arc::strong_count(&server.store);
    let before = handles();
    let wake = Arc::new(Notify::new());
    for _ in 0..1_000 {
        let seat = server.sit(person, &wake).await;
        assert_eq!(server.app.metrics.peers.get(), 1);
        drop(seat);
        until_closed(&server).await;
    }
    // A server before this one on the same store may have held some, too.
    eventually("no handle is left", async || handles() <= before).await;
    eventually("no document is left", async || server.app.metrics.rooms_warm.get() == 0).await;
}
