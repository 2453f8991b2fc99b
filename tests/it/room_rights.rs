//! Rights bind at the server: what a person may not do does not enter, and is told one by one.

use std::time::Duration;

use jalostamo::{facilitation::Command, ids::Seq, limits, role::Role};
use tempfile::tempdir;
use yrs::{Doc, Map, MapRef, ReadTxn, StateVector, Text, TextRef, Transact};

use crate::support::{
    board::Server,
    collab::{Client, options, put_note},
};

/// A facilitator locks this object; the number of that.
async fn lock(server: &Server, chair: &Client, object: &str) -> Seq {
    let room = server.app.rooms.open(server.board).await.unwrap();
    let lock = Command::Lock { objects: vec![object.to_owned()] };
    room.command(chair.person, Role::Facilitator, lock).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_changes_nothing_and_hears_it_for_each_message() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let eye = server.client("Eye", Role::Observer).await;
    eye.note("no").await;
    eye.until("refused", |heard| heard.refused == [(2, "role".to_owned())] && heard.durable == 2).await;
    aino.note("yes").await;
    eye.until("only the other's", |_| true).await;
    aino.until("durable", |heard| heard.durable == 2).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["yes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_author_is_refused_and_what_follows_independently_enters() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let forged = Doc::with_options(options());
    let items = forged.get_or_insert_map("items");
    let mut txn = forged.transact_mut();
    put_note(&mut txn, &items, "n_01J00000000000000000000000", aino.person, "forged");
    let forged = txn.encode_update_v1();
    otto.sync(2, &forged).await;
    otto.note("honest").await;
    otto.until("both judged", |heard| heard.durable == 3 && heard.refused == [(2, "author".to_owned())]).await;
    aino.until_texts(&["honest"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_object_cannot_be_changed_by_a_hand_made_update() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let note = aino.note("agreed").await;
    chair.until_texts(&["agreed"]).await;
    let seq = lock(&server, &chair, &note).await;
    aino.until("the lock", |heard| heard.session.as_ref().unwrap()["state"]["locked"][0] == note.as_str()).await;
    // Not confirmed yet: what was typed meanwhile enters.
    aino.append(&note, "!").await;
    aino.until("in the grace", |heard| heard.durable == 3 && heard.refused.is_empty()).await;
    aino.stateless(&format!(r#"{{"type":"seen","seq":{seq}}}"#)).await;
    aino.append(&note, "?").await;
    aino.until("refused", |heard| heard.refused == [(4, "locked".to_owned())]).await;
    chair.append(&note, " (chair)").await;
    chair.until("the chair may", |heard| heard.durable == 2 && heard.refused.is_empty()).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["agreed! (chair)"]);
}

/// Somebody who has heard of a refusal sees it as not saved: it must not come in with what they had sent before they heard.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_stays_out_also_when_what_was_forbidden_in_it_is_undone() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let given_up = server.connect(person, &token).await;
    let aino = server.connect(person, &token).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let note = aino.note("agreed").await;
    chair.until_texts(&["agreed"]).await;
    let seq = lock(&server, &chair, &note).await;
    aino.stateless(&format!(r#"{{"type":"seen","seq":{seq}}}"#)).await;
    let before = aino.doc.transact().state_vector();
    let _typed = aino.write_append(&note, "?");
    let (_, _made) = aino.write_note("beside it");
    let forbidden = aino.doc.transact().encode_diff_v1(&before);
    let refused = aino.sync(1, &forbidden).await;
    let _taken_back = aino.write(|txn, items| {
        let note: MapRef = items.get(txn, &note).unwrap().cast().unwrap();
        let text: TextRef = note.get(txn, "text").unwrap().cast().unwrap();
        text.remove_range(txn, 6, 1);
    });
    let whole = aino.doc.transact().encode_diff_v1(&StateVector::default());
    let again = aino.sync(1, &whole).await;
    aino.until("both refused", |heard| {
        heard.refused == [(refused, "locked".to_owned()), (again, "locked".to_owned())] && heard.durable == again
    })
    .await;
    // What had been sent before, on a connection that was given up since, arrives only now.
    let late = given_up.sync(1, &whole).await;
    given_up.until("refused there too", |heard| heard.refused == [(late, "locked".to_owned())]).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["agreed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_overtook_what_it_builds_on_waits_for_it() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let (note, _offline) = aino.write_note("offline");
    aino.append(&note, " and online").await;
    aino.until("the gap is filled", |heard| heard.durable == 3 && heard.refused.is_empty()).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["offline and online"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_expelled_is_out_and_nothing_more_of_theirs_enters() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let room = server.app.rooms.open(server.board).await.unwrap();
    server.store.hold_commits();
    aino.note("first").await;
    aino.presence(7, 1, Some("{}")).await;
    otto.until("presence", |heard| heard.presence.contains_key(&7)).await;
    aino.note("waiting behind the first").await;
    aino.presence(7, 2, Some(r#"{"view":"canvas"}"#)).await;
    otto.until("received", |heard| heard.presence.get(&7).is_some_and(|state| state["view"] == "canvas")).await;
    room.expel(aino.person).await.unwrap();
    server.store.let_commit();
    aino.until("out", |heard| heard.closed == Some(4403)).await;
    otto.until_texts(&["first"]).await;
    otto.until("and gone", |heard| !heard.presence.contains_key(&7)).await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["first"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_boards_and_forbidden_ones_look_alike() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let elsewhere = Server::start(tempdir().unwrap().path()).await;
    let (person, token) = server.person("Nobody", Role::Observer).await;
    let stranger = server.dial(person, &"x".repeat(43), Doc::with_options(options())).await;
    stranger.until("no session", |heard| heard.denied.as_deref() == Some("unauthorized")).await;
    let other = server.add_board().await;
    for name in [format!("board.{other}"), format!("board.{}", elsewhere.board), "board.b_1".into(), "x".into()] {
        let client = server.dial_name(person, &token, &name).await;
        client.until("unknown", |heard| heard.denied.as_deref() == Some("unknown")).await;
    }
    let old = server.dial_name(person, &token, &format!("board.{}.7", server.board)).await;
    old.until("retired", |heard| heard.denied.as_deref() == Some("retired")).await;
    let named = server.dial_name(person, &token, &format!("board.{}.1\0abc", server.board)).await;
    named.until("in", |heard| heard.synced).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_sockets_of_a_person_fit_and_the_sixth_is_told_to_come_later() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Many", Role::Participant).await;
    let mut open = Vec::new();
    for _ in 0..limits::SOCKETS_PER_PERSON {
        open.push(server.connect(person, &token).await);
    }
    let sixth = server.dial(person, &token, Doc::with_options(options())).await;
    sixth.until("busy", |heard| heard.closed == Some(1013)).await;
    drop(open.pop());
    // A place is free as soon as the server has noticed.
    let free = async {
        loop {
            let next = server.dial(person, &token, Doc::with_options(options())).await;
            next.until("an answer", |heard| heard.synced || heard.closed.is_some()).await;
            if next.has(|heard| heard.synced) {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), free).await.unwrap();
    assert!(open.iter().all(|client| client.has(|heard| heard.closed.is_none())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_without_a_kind_is_not_a_note() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let update = aino.write(|txn, items| {
        items.insert(txn, "n_01J00000000000000000000000", "text");
    });
    aino.sync(2, &update).await;
    aino.until("refused", |heard| heard.refused == [(2, "schema".to_owned())]).await;
}
