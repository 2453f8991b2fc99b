//! A link to a series is good for as many people and as long as it says, and revoking it closes sockets on all boards.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jalostamo::{
    access::secret::Secret,
    ids::InviteId,
    role::Role,
    store::{
        Change, Commit,
        records::{Invite, Purpose},
    },
};
use serde_json::json;
use yrs::Doc;

use crate::support::{
    Client, TestServer,
    collab::{self, options},
    secret_of, series,
};

/// A socket of this browser on a board, once it is in.
async fn open(server: &TestServer, client: &Client, board: &str) -> collab::Client {
    let token = client.cookie.as_deref().unwrap().split_once('=').unwrap().1;
    let person = client.person.parse().unwrap();
    let doc = Doc::with_options(options());
    let socket =
        collab::Client::dial_address(server.running().address, person, token, doc, &format!("board.{board}.1")).await;
    socket.until("in", |heard| heard.synced && heard.session.is_some()).await;
    socket
}

#[tokio::test]
async fn revoking_closes_the_sockets_on_all_boards_within_a_second() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let boards = [series::board(&root, &id, "A").await, series::board(&root, &id, "B").await];
    let (secret, invite) = series::link(&root, &id, json!({"role": "facilitator"})).await;
    let mut out = server.stranger();
    out.join(&secret, "Ulos").await;
    // Who has a role on the board too stays with that.
    let mut down = server.member(&root, &boards[0], "participant", "Alas").await;
    down.join(&secret, "Alas").await;
    let stays = series::member(&server, &root, &id, "observer", "Jää").await;
    let gone = [open(&server, &out, &boards[0]).await, open(&server, &out, &boards[1]).await];
    let (lowered, thrown) = (open(&server, &down, &boards[0]).await, open(&server, &down, &boards[1]).await);
    let untouched = open(&server, &stays, &boards[1]).await;
    lowered.until("facilitator", |heard| heard.session.as_ref().unwrap()["state"]["me"]["role"] == "facilitator").await;

    assert_eq!(root.delete(&format!("/api/series/{id}/invites/{invite}")).await.status, 204);
    for socket in gone.iter().chain([&thrown]) {
        let closed = socket.until("closed", |heard| heard.closed.is_some());
        assert!(tokio::time::timeout(Duration::from_secs(1), closed).await.is_ok(), "open a second later");
        assert_eq!(socket.has(|heard| heard.closed), Some(4403));
    }
    lowered.until("participant", |heard| heard.session.as_ref().unwrap()["state"]["me"]["role"] == "participant").await;
    for (socket, what) in [(&lowered, "lowered"), (&untouched, "untouched")] {
        assert_eq!(socket.has(|heard| heard.closed), None, "{what}");
    }
    lowered.note("Jään").await;
    lowered.until("durable", |heard| heard.durable == heard.sent && heard.refused.is_empty()).await;
    assert_eq!(out.get(&format!("/api/boards/{}", boards[0])).await.status, 404);
    let refused = server.stranger().try_join(&secret, "Myöhässä").await;
    assert_eq!((refused.code().as_str(), &refused.json()["detail"]), ("invite", &json!("revoked")));
}

#[tokio::test]
async fn links_end_by_time_and_by_use() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let (twice, invite) = series::link(&root, &id, json!({"role": "observer", "uses": 2})).await;
    let mut first = server.stranger();
    first.join(&twice, "Eka").await;
    // Who has the role already does not use the link again.
    first.join(&twice, "Eka").await;
    server.stranger().join(&twice, "Toka").await;
    let third = server.stranger().try_join(&twice, "Kolmas").await;
    assert_eq!((third.status, &third.json()["detail"]), (404, &json!("used up")));
    let listed = root.get(&format!("/api/series/{id}/invites")).await.json();
    assert_eq!(
        listed[0],
        json!({"id": invite, "role": "observer", "made": listed[0]["made"], "expires": null,
        "usesLeft": 0, "revoked": false})
    );

    let old = Secret::new().unwrap();
    let expired = Invite {
        id: InviteId::new(),
        purpose: Purpose::Series(id.parse().unwrap(), Role::Facilitator),
        secret: old.hash(),
        made: 0,
        made_by: None,
        expires: Some(1),
        uses_left: None,
        revoked: false,
    };
    let records = vec![Change::NewInvite(expired)];
    server.running().app().store.commit(Commit { appends: vec![], records }).await.unwrap();
    let refused = server.stranger().try_join(old.expose(), "Myöhässä").await;
    assert_eq!((refused.status, &refused.json()["detail"]), (404, &json!("expired")));
    for wrong in [json!({"role": "observer", "uses": 0}), json!({"role": "observer", "expires": 1})] {
        assert_eq!(root.post(&format!("/api/series/{id}/invites"), wrong).await.status, 400);
    }
}

#[tokio::test]
async fn facilitators_see_and_revoke_only_links_for_observers() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let (_, for_owner) = series::link(&root, &id, json!({"role": "owner"})).await;
    let (_, for_observer) = series::link(&root, &id, json!({"role": "observer"})).await;
    let facilitator = series::member(&server, &root, &id, "facilitator", "Fanni").await;
    let path = format!("/api/series/{id}/invites");
    let seen = facilitator.get(&path).await.json();
    assert_eq!(seen.as_array().unwrap().iter().map(|line| &line["role"]).collect::<Vec<_>>(), ["observer"]);
    assert_eq!(facilitator.delete(&format!("{path}/{for_owner}")).await.status, 404);
    assert_eq!(facilitator.delete(&format!("{path}/{for_observer}")).await.status, 204);
    // A link of a board is not the series', nor the other way round.
    let board = series::board(&root, &id, "A").await;
    let of_board = root.post(&format!("/api/boards/{board}/invites"), json!({"role": "observer"})).await.json();
    assert_eq!(root.delete(&format!("{path}/{}", of_board["id"].as_str().unwrap())).await.status, 404);
    assert_eq!(root.delete(&format!("/api/boards/{board}/invites/{for_owner}")).await.status, 404);
}

#[tokio::test]
async fn a_made_link_comes_as_a_picture_too() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let board = series::board(&root, &id, "A").await;
    for place in [format!("/api/series/{id}/invites"), format!("/api/boards/{board}/invites")] {
        let made = root.post(&place, json!({"role": "observer"})).await.json();
        assert_eq!(BASE64URL_NOPAD.decode(secret_of(made["url"].as_str().unwrap()).as_bytes()).unwrap().len(), 32);
        let (size, path) = (made["qr"]["size"].as_u64().unwrap(), made["qr"]["path"].as_str().unwrap());
        assert!((29 + 8..=177 + 8).contains(&size), "{size}");
        // The quiet zone, then the seven dark modules of the first finder pattern.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(path.chars().all(|c| c.is_ascii_digit() || "Mhvz- ".contains(c)), "{path}");
        let again = root.get(&place).await.text;
        assert!(!again.contains("qr") && !again.contains("join="), "shown once");
    }
}
