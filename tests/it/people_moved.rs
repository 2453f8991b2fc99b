//! Somebody who is moved to another team keeps role and details, and is led there: by the close code, by the old board, by the old
//! link.

use std::time::Duration;

use serde_json::json;

use crate::support::{
    TestServer,
    people::{Two, role, socket},
};

#[tokio::test]
async fn moved_while_the_board_is_open() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let details = json!({"profession": "Ohjaaja", "perspective": "Nuoren arki"});
    assert_eq!(two.person.patch(&two.path("me"), details).await.status, 200);
    let line = socket(&server, &two.person, &two.boards[0]).await;
    line.note("Minun").await;
    line.until("durable", |heard| heard.durable == heard.sent).await;

    assert_eq!(two.move_over(&two.facilitator).await.status, 204);
    let closed = line.until("closed", |heard| heard.closed.is_some());
    assert!(tokio::time::timeout(Duration::from_secs(1), closed).await.is_ok(), "open a second later");
    assert_eq!(line.has(|heard| heard.closed), Some(4409));
    assert_eq!(
        (role(&two.person, &two.boards[0]).await, role(&two.person, &two.boards[1]).await),
        ("none".into(), "participant".into())
    );
    let known = two.line(&two.person).await;
    assert_eq!((&known["profession"], &known["perspective"]), (&json!("Ohjaaja"), &json!("Nuoren arki")));
    assert_eq!(known["teams"][0]["team"], two.teams[1]);
    // What they wrote stays where it was written.
    let old = socket(&server, &two.facilitator, &two.boards[0]).await;
    old.until_texts(&["Minun"]).await;

    let path = format!("/api/boards/{}/moved", two.boards[0]);
    let led = two.person.get(&path).await.json();
    assert_eq!(led, json!({"board": two.boards[1], "title": "Haaste B", "team": "B"}));
    assert_eq!(two.facilitator.get(&path).await.status, 404, "nobody else was moved");
    let joined = two.person.clone().join(&two.secret, "Pekka").await;
    assert_eq!(joined["board"]["id"], two.boards[1], "the link in the mail leads to the new board");
    assert_eq!(role(&two.person, &two.boards[0]).await, "none");
    // For newcomers it is what it was.
    let newcomer = server.stranger().join(&two.secret, "Uusi").await;
    assert_eq!(newcomer["board"]["id"], two.boards[0]);
}

#[tokio::test]
async fn there_and_back_and_what_cannot_be() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let path = two.path(&format!("people/{}/move", two.person.person));
    let go = async |from: usize, to: usize| {
        two.facilitator.post(&path, json!({"from": two.teams[from], "to": two.teams[to]})).await.status
    };
    assert_eq!(go(1, 0).await, 404, "not in that team");
    assert_eq!(go(0, 0).await, 404, "nowhere");
    assert_eq!((go(0, 1).await, go(1, 0).await), (204, 204));
    assert_eq!(two.person.get(&format!("/api/boards/{}/moved", two.boards[0])).await.status, 404, "back");
    assert_eq!(two.person.get(&format!("/api/boards/{}/moved", two.boards[1])).await.status, 200);
    assert_eq!(two.person.clone().join(&two.secret, "Pekka").await["board"]["id"], two.boards[0]);
    // Out of where they were moved to they are led nowhere.
    let out = json!({"team": two.teams[0], "role": null});
    assert_eq!(two.set_role(&two.facilitator, &two.person, out).await.status, 204);
    assert_eq!(two.person.get(&format!("/api/boards/{}/moved", two.boards[1])).await.status, 404);
}
