//! Everyone on a board comes to the same document, whoever comes when, and what is acknowledged is on disk.

use std::sync::Arc;

use bytes::Bytes;
use jalostamo::{
    role::Role,
    store::{Body, Journal, Stream},
};
use tempfile::tempdir;
use tokio::sync::Notify;
use yrs::Doc;

use crate::support::{
    board::Server,
    collab::{apply, options, texts},
    eventually,
};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_and_a_latecomer_see_the_same() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let note = aino.note("one").await;
    otto.until_texts(&["one"]).await;
    otto.append(&note, " and more").await;
    aino.until_texts(&["one and more"]).await;
    let late = server.client("Late", Role::Observer).await;
    late.until_texts(&["one and more"]).await;
    late.until("the role", |heard| heard.session.as_ref().unwrap()["state"]["me"]["role"] == "observer").await;
}

/// A returning document lacks what came while it was away. An update that comes before the server has told what that is
/// would leave a hole, and a provider built on yrs 0.28 breaks when the hole is filled.
#[tokio::test(flavor = "multi_thread")]
async fn updates_follow_the_answer_to_a_step_1_and_never_come_before_it() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let (person, _) = server.person("Back", Role::Participant).await;
    let seat = server.sit(person, &Arc::new(Notify::new())).await;
    let whole = |vector: &'static [u8]| {
        let (seat, doc) = (&seat, Doc::with_options(options()));
        async move {
            seat.sync_step_1(vector.into()).await.unwrap();
            eventually("an answer", async || {
                let frames = seat.outbox().take().frames;
                updates_in(&frames).into_iter().for_each(|update| apply(&doc, update));
                frames.iter().any(|frame| frame.starts_with(&[0, 1]))
            })
            .await;
            texts(&doc)
        }
    };
    let note = aino.note("before").await;
    otto.until_texts(&["before"]).await;
    assert_eq!(updates_in(&seat.outbox().take().frames), Vec::<&[u8]>::new(), "it has not asked");
    assert_eq!(whole(&[0]).await, ["before"]);
    aino.append(&note, " and after").await;
    otto.until_texts(&["before and after"]).await;
    eventually("what comes then", async || !updates_in(&seat.outbox().take().frames).is_empty()).await;
    assert_eq!(whole(&[0]).await, ["before and after"]);
}

/// The payloads of all sync steps 2 and updates.
fn updates_in(frames: &[Bytes]) -> Vec<&[u8]> {
    frames.iter().filter(|frame| frame[0] == 0 && frame[1] > 0).map(|frame| &frame[2..]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_and_nobody_is_told_durable_before_the_commit() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    aino.until("its own step 2", |heard| heard.durable == 1).await;
    server.store.hold_commits();
    aino.note("held").await;
    // Presence overtakes the edit: the room goes on receiving while the commit hangs.
    aino.presence(7, 1, Some("{}")).await;
    otto.until("presence", |heard| heard.presence.contains_key(&7)).await;
    assert_eq!(aino.has(|heard| heard.durable), 1);
    assert!(otto.texts().is_empty());
    server.store.let_commit();
    aino.until("durable", |heard| heard.durable == 2).await;
    otto.until_texts(&["held"]).await;
    let entries = server.store.entries(&Stream::board(server.board), 0, 10).await.unwrap();
    let Body::Updates(updates) = &entries[0].body else { panic!("an event") };
    assert_eq!((entries.len(), updates.len(), updates[0].person), (1, 1, aino.person));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_server_has_what_was_acknowledged() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    aino.note("kept").await;
    aino.until("durable", |heard| heard.durable == 2).await;
    let server = server.restart().await;
    aino.until("an orderly end", |heard| heard.closed == Some(1012)).await;
    let again = server.connect(person, &token).await;
    again.until_texts(&["kept"]).await;
    // And a returning document with offline work brings only that.
    aino.write_note("offline");
    let back = server.dial(person, &token, aino.doc.clone()).await;
    back.until("durable", |heard| heard.durable == 1).await;
    again.until_texts(&["kept", "offline"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_shutdown_is_durable() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    server.store.hold_commits();
    for number in 0..50 {
        aino.note(&format!("{number:02}")).await;
    }
    // The server has them all once it answers what was sent after them.
    let otto = server.client("Otto", Role::Participant).await;
    aino.presence(7, 1, Some("{}")).await;
    otto.until("presence", |heard| heard.presence.contains_key(&7)).await;
    server.store.let_commit();
    let server = server.restart().await;
    aino.until("an orderly end", |heard| heard.closed == Some(1012)).await;
    let late = server.client("Late", Role::Observer).await;
    assert_eq!(late.texts().len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_at_once_open_the_board_once() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let opens = (0..100).map(|_| server.app.rooms.open(server.board));
    let rooms = futures_util::future::join_all(opens).await;
    assert!(rooms.iter().all(Result::is_ok));
    assert_eq!(server.store.loads.load(std::sync::atomic::Ordering::Relaxed), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_load_is_an_error_and_the_next_try_may_succeed() {
    use std::sync::atomic::Ordering;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    server.store.unreadable.store(true, Ordering::Relaxed);
    let unlucky = server.dial(person, &token, Doc::with_options(options())).await;
    unlucky.until("an error", |heard| heard.closed == Some(1011)).await;
    assert!(!unlucky.has(|heard| heard.synced));
    server.store.unreadable.store(false, Ordering::Relaxed);
    server.connect(person, &token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_closes_the_room_and_it_opens_anew() {
    use std::sync::atomic::Ordering;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    server.store.conflicts.store(true, Ordering::Relaxed);
    aino.note("again").await;
    aino.until("the room reloads", |heard| heard.closed == Some(1012)).await;
    assert_eq!(aino.has(|heard| heard.durable), 1);
    server.store.conflicts.store(false, Ordering::Relaxed);
    let back = server.dial(person, &token, aino.doc.clone()).await;
    back.until("durable", |heard| heard.durable == 1).await;
    server.client("Otto", Role::Observer).await.until_texts(&["again"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_made_while_the_disk_is_full_arrive_once_it_has_room() {
    use jalostamo::store::Health;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    aino.until("its own step 2", |heard| heard.durable == 1).await;
    server.store.set_health(Health::Full);
    let storage = |word: &'static str| {
        move |heard: &crate::support::collab::Heard| heard.session.as_ref().unwrap()["state"]["storage"] == word
    };
    aino.until("full", storage("full")).await;
    aino.note("while full").await;
    aino.presence(7, 1, Some("{}")).await;
    otto.until("presence", |heard| heard.presence.contains_key(&7)).await;
    assert!(otto.texts().is_empty());
    let reader = server.client("Late", Role::Observer).await;
    assert_eq!((aino.has(|heard| heard.durable), reader.texts().len()), (1, 0));
    server.store.set_health(Health::Good);
    aino.until("good", storage("good")).await;
    // Message 2 was dropped and is in message 3, the step 2 that the server asked for.
    aino.until("durable", |heard| heard.durable == 3).await;
    otto.until_texts(&["while full"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_reads_slowly_gets_the_whole_state_and_ends_equal() {
    use jalostamo::{
        limits,
        room::{Dialect, Join},
        wire::Head,
    };
    use std::sync::Arc;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let (person, _) = server.person("Slow", Role::Observer).await;
    let wake = Arc::new(tokio::sync::Notify::new());
    let join = |_: &_| Join {
        person,
        role: Role::Observer,
        dialect: Dialect::YWebsocket,
        head: Head::none(),
        wake: wake.clone(),
    };
    let slow = server.app.rooms.join(server.board, join).await.unwrap();
    let doc = Doc::with_options(options());
    slow.sync_step_1(vec![0].into()).await.unwrap();
    eventually("in step", async || !updates_in(&slow.outbox().take().frames).is_empty()).await;
    // Takes nothing until far more than its quota was edited.
    let text = "x".repeat(3_000);
    let notes = limits::OUTBOX_BYTES / text.len() + 50;
    for _ in 0..notes {
        aino.note(&text).await;
    }
    aino.until("all durable", |heard| heard.durable == notes as u64 + 1).await;
    let taken = slow.outbox().take();
    let before: usize = taken.frames.iter().map(bytes::Bytes::len).sum();
    aino.note("last").await;
    aino.until("the last", |heard| heard.durable == notes as u64 + 2).await;
    for frame in taken.frames.into_iter().chain(slow.outbox().take().frames) {
        if frame[0] == 0 && frame[1] > 0 {
            crate::support::collab::apply(&doc, &frame[2..]);
        }
    }
    assert_eq!(crate::support::collab::texts(&doc), aino.texts());
    assert!(before < 2 * notes * text.len(), "{before} bytes waited");
    assert_eq!(server.app.metrics.full_states.get(), 1);
}
