//! A room says what the board is at one journal number without waiting for anything: only what is durable, warm or cold.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use hyper::Method;
use jalostamo::{facilitation::Command, limits::Pace, role::Role, store::Journal, store::Stream};
use serde_json::json;
use tokio::sync::Notify;
use yrs::{Doc, Transact, Update, updates::decoder::Decode};

use crate::support::{
    board::Server,
    collab::{options, texts},
    eventually,
    http::Asking,
};

fn texts_in(document: &Bytes) -> Vec<String> {
    let doc = Doc::with_options(options());
    doc.transact_mut().apply_update(Update::decode_v1(document).unwrap()).unwrap();
    texts(&doc)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_durable_is_in_it_and_nobody_waits() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    aino.note("one").await;
    aino.note("two").await;
    aino.until("durable", |heard| heard.durable == heard.sent).await;
    let seat = server.sit(aino.person, &Arc::new(Notify::new())).await;
    let room = server.app.rooms.open(server.board).await.unwrap();
    let before = room.checkpoint().await.unwrap();
    assert_eq!(texts_in(&before.document), ["one", "two"]);
    assert_eq!(before.seq, server.store.real.load(&Stream::board(server.board)).await.unwrap().seq);

    server.store.hold_commits();
    let (_, update) = aino.write_note("three");
    seat.update(update.into()).await.unwrap();
    // The edit lies before the question in the room's inbox, and hangs in the store.
    for _ in 0..3 {
        let during = room.checkpoint().await.unwrap();
        assert_eq!((during.seq, texts_in(&during.document)), (before.seq, vec!["one".into(), "two".into()]));
    }
    server.store.let_commit();
    eventually("the edit enters", async || room.checkpoint().await.unwrap().seq > before.seq).await;
}

/// Two at once; the third waits until there is a place, and then is answered.
#[tokio::test(flavor = "multi_thread")]
async fn comparisons_and_copies_wait_for_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (_, token) = server.person("Olli", Role::Owner).await;
    let list = format!("http://{}/api/boards/{}/snapshots", server.address, server.board);
    let post = |path: String, body| Asking::new(Method::POST, &path).bearer_auth(&token).json(&body).send();
    let taken = post(list.clone(), json!({"name": "Nykytila"})).await.json();
    let at = format!("{list}/{}", taken["id"].as_str().unwrap());
    let get = |path: String| Asking::new(Method::GET, &path).bearer_auth(&token).send();
    let (compare, copy) = (|| get(format!("{at}/compare")), || post(format!("{at}/copy"), json!({"title": "Kopio"})));
    let one = server.app.heavy_work.acquire().await.unwrap();
    assert_eq!((compare().await.status, copy().await.status), (200, 200), "the second place");
    let two = server.app.heavy_work.acquire().await.unwrap();
    let waiting = [tokio::spawn(compare()), tokio::spawn(copy())];
    for _ in 0..20 {
        // Others are served meanwhile.
        assert_eq!(get(list.clone()).await.status, 200);
    }
    assert!(waiting.iter().all(|asked| !asked.is_finished()));
    drop((one, two));
    for asked in waiting {
        assert_eq!(asked.await.unwrap().status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cold_room_answers_from_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let soon = Duration::from_millis(30);
    let pace = Pace { housekeeping: Duration::from_millis(2), room_cold: soon, ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    aino.note("one").await;
    aino.until("durable", |heard| heard.durable == heard.sent).await;
    let (person, _) = server.person("Fanni", Role::Facilitator).await;
    let room = server.app.rooms.open(server.board).await.unwrap();
    room.command(person, Role::Facilitator, Command::Pause).await.unwrap();
    eventually("cold", async || server.app.metrics.rooms_warm.get() == 0).await;
    let loads = server.store.loads.load(Ordering::Relaxed);
    let checkpoint = room.checkpoint().await.unwrap();
    assert_eq!((checkpoint.seq, texts_in(&checkpoint.document)), (2, vec!["one".to_owned()]));
    assert!(checkpoint.facilitation.contains("\"paused\":true"), "{}", checkpoint.facilitation);
    assert_eq!((server.store.loads.load(Ordering::Relaxed), server.app.metrics.rooms_warm.get()), (loads, 0));
}
