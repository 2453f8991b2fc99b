//! A board that is renamed has its new name in lists and on invites too.

use jalostamo::{
    role::Role,
    store::{Change, Commit, Journal, Records},
};
use serde_json::json;
use tempfile::tempdir;
use yrs::{Doc, Map};

use crate::support::{
    TestServer,
    board::Server,
    collab::{Client as Socket, options},
    eventually,
};

/// Gives the board a title as a browser does that has the document.
async fn rename(socket: &Socket, title: &str) {
    let meta = socket.doc.get_or_insert_map("meta");
    let update = socket.write(|txn, _| _ = meta.insert(txn, "title", title));
    socket.sync(2, &update).await;
}

async fn kept(server: &Server) -> String {
    server.store.board(server.board).await.unwrap().title
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_invites_show_the_title_of_today() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let made = server.board(&owner).await;
    let file = owner.get(&format!("/api/boards/{made}/export.json")).await.json();
    let imported = owner.post("/api/boards/import", file).await.json()["id"].as_str().unwrap().to_owned();
    for board in [made, imported] {
        let name = format!("board.{board}");
        let secret = owner.cookie.as_ref().unwrap().split_once('=').unwrap().1.to_owned();
        let doc = Doc::with_options(options());
        let person = owner.person.parse().unwrap();
        let socket = Socket::dial_address(server.running().address, person, &secret, doc, &name).await;
        socket.until("in step", |heard| heard.synced).await;
        rename(&socket, "Kotihoito 2020").await;
        let line = format!("/api/boards/{board}");
        eventually("renamed", async || owner.get(&line).await.json()["title"] == "Kotihoito 2020").await;
        let list = owner.get("/api/boards").await.json();
        let listed = list.as_array().unwrap().iter().find(|line| line["id"] == board.as_str()).unwrap();
        assert_eq!(listed["title"], "Kotihoito 2020");
        let invite = owner.invite(&board, json!({"role": "observer"})).await;
        let looked = server.stranger().post("/api/invites/look", json!({"secret": invite})).await.json();
        assert_eq!(looked["title"], "Kotihoito 2020");
        let joined = server.stranger().join(&invite, "Aino").await;
        assert_eq!(joined["board"]["title"], "Kotihoito 2020");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_rename_renames_nothing_and_an_empty_title_is_none() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let owner = server.client("Owner", Role::Owner).await;
    let otto = server.client("Otto", Role::Participant).await;
    rename(&otto, "Otto's").await;
    otto.until("refused", |heard| heard.refused.len() == 1).await;
    rename(&owner, "   ").await;
    owner.until("durable", |heard| heard.durable == 2).await;
    rename(&owner, "Mine").await;
    eventually("renamed", async || kept(&server).await != "Board").await;
    assert_eq!(kept(&server).await, "Mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_that_a_stop_left_behind_is_made_good_at_the_next_opening() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let owner = server.client("Owner", Role::Owner).await;
    rename(&owner, "New").await;
    eventually("renamed", async || kept(&server).await == "New").await;
    let old = Change::SetTitle { board: server.board, title: "Old".into() };
    server.store.commit(Commit { appends: vec![], records: vec![old] }).await.unwrap();
    let server = server.restart().await;
    server.app.rooms.open(server.board).await.unwrap();
    eventually("made good", async || kept(&server).await == "New").await;
}
