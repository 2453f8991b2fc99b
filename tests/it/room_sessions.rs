//! Open sockets live by their session and their role: both can end or change while they are open.

use std::time::Duration;

use jalostamo::{
    access::secret::Secret,
    clock,
    limits::Pace,
    role::Role,
    store::{Change, Commit, Journal, records::Session},
};
use serde_json::json;
use tempfile::tempdir;

use crate::support::{
    TestServer,
    board::Server,
    raw::{Raw, auth},
};

/// A socket of `/collab` on a board, open by this secret.
async fn open(server: &TestServer, board: &str, secret: &str) -> Raw {
    let mut raw = Raw::open(server.running().address, "/collab", None).await;
    raw.about(&format!("board.{board}"), auth(secret)).await;
    until(&mut raw, r#""type":"session""#).await;
    raw
}

/// Reads until the server has said this.
async fn until(raw: &mut Raw, said: &str) {
    while !String::from_utf8_lossy(&raw.frame().await.expect("the socket stays open")).contains(said) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_closes_the_sockets_of_that_session_and_no_others() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let member = server.member(&owner, &board, "participant", "Aino").await;
    let secret = |cookie: &Option<String>| cookie.as_ref().unwrap().split_once('=').unwrap().1.to_owned();
    let (theirs, owners) = (secret(&member.cookie), secret(&owner.cookie));
    let mut first = open(&server, &board, &theirs).await;
    let mut second = Raw::open(server.running().address, &format!("/sync/board.{board}"), Some(&theirs)).await;
    assert!(second.frame().await.is_some());
    let mut other = open(&server, &board, &owners).await;
    assert_eq!(member.post("/api/leave", json!({})).await.status, 204);
    assert_eq!((first.closed().await, second.closed().await), (4401, 4401));
    // Who stays sees them go, and edits on.
    until(&mut other, r#""here":false"#).await;
    let mut again = Raw::open(server.running().address, "/collab", None).await;
    again.about(&format!("board.{board}"), auth(&theirs)).await;
    until(&mut again, "unauthorized").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_expires_takes_its_sockets_with_it() {
    let folder = tempdir().unwrap();
    let pace = Pace { session_check: Duration::from_millis(20), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let (person, lasting) = server.person("Aino", Role::Participant).await;
    let (secret, now) = (Secret::new().unwrap(), clock::now_ms());
    let session = Session { secret: secret.hash(), person, made: now, expires: Some(now + 1_500) };
    let records = vec![Change::NewSession(session)];
    server.store.commit(Commit { appends: vec![], records }).await.unwrap();
    let short = server.connect(person, secret.expose()).await;
    let long = server.connect(person, &lasting).await;
    short.note("in time").await;
    short.until("expired", |heard| heard.closed == Some(4401)).await;
    long.note("goes on").await;
    long.until("durable", |heard| heard.durable == 2).await;
    long.until_texts(&["goes on", "in time"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_role_holds_on_sockets_that_are_open() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let mut member = server.member(&owner, &board, "observer", "Aino").await;
    let secret = member.cookie.as_ref().unwrap().split_once('=').unwrap().1.to_owned();
    let mut socket = open(&server, &board, &secret).await;
    let higher = owner.invite(&board, json!({"role": "facilitator"})).await;
    member.join(&higher, "Aino").await;
    let mine = format!(r#""me":{{"person":"{}","role":"facilitator"}}"#, member.person);
    until(&mut socket, &mine).await;
}
