//! A role with an end is nothing from then on: for every request, and for open sockets within two seconds.

use std::time::Duration;

use jalostamo::{access::invite::LONGEST_MS, clock};
use serde_json::json;

use crate::support::{
    TestServer, eventually,
    people::{Two, role, socket},
    series,
};

#[tokio::test]
async fn a_facilitator_of_a_firm_is_one_until_the_end() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let firm = series::member(&server, &root, &two.series, "facilitator", "Firma").await;
    let line = socket(&server, &firm, &two.boards[0]).await;
    let end = clock::now_ms() + 1_500;
    assert_eq!(two.set_role(&root, &firm, json!({"role": "facilitator", "ends": end})).await.status, 204);
    assert_eq!(two.line(&firm).await["ends"], end);
    assert_eq!(firm.get(&two.path("people")).await.status, 200, "until then");
    line.until("closed", |heard| heard.closed.is_some()).await;
    let late = clock::now_ms() - end;
    assert!((0..2_000).contains(&late), "closed {late} ms after the end");
    assert_eq!(line.has(|heard| heard.closed), Some(4403));
    assert_eq!(role(&firm, &two.boards[0]).await, "none");
    assert_eq!(firm.get(&two.path("people")).await.status, 404);
    assert_eq!(firm.get("/api/series").await.json(), json!([]));
    assert_eq!(firm.get("/api/boards").await.json(), json!([]));
    assert_eq!(two.line(&firm).await, json!(null));
}

#[tokio::test]
async fn what_is_left_when_one_of_two_roles_ends_is_the_other() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let ends = clock::now_ms() + 1_000;
    let more = json!({"role": "facilitator", "ends": ends});
    assert_eq!(two.set_role(&root, &two.person, more).await.status, 204);
    let line = socket(&server, &two.person, &two.boards[0]).await;
    let is = |role: &'static str| {
        move |heard: &crate::support::collab::Heard| heard.session.as_ref().unwrap()["state"]["me"]["role"] == role
    };
    line.until("facilitator", is("facilitator")).await;
    let lowered = line.until("participant", is("participant"));
    assert!(tokio::time::timeout(Duration::from_secs(4), lowered).await.is_ok());
    assert_eq!(line.has(|heard| heard.closed), None);
    eventually("the other board is not theirs", async || role(&two.person, &two.boards[1]).await == "none").await;
}

#[tokio::test]
async fn an_end_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let set = async |ends: i64| {
        let wanted = json!({"team": two.teams[0], "role": "participant", "ends": ends});
        two.set_role(&two.facilitator, &two.person, wanted).await.status
    };
    let now = clock::now_ms();
    assert_eq!(set(now + LONGEST_MS).await, 204);
    assert_eq!(set(now + LONGEST_MS + 60_000).await, 400);
    assert_eq!(set(now - 1).await, 400);
    // A link that gives the role without an end does not take the end away.
    let again = two.person.clone().try_join(&two.secret, "Pekka").await;
    assert_eq!((again.status, &again.json()["detail"]), (404, &json!("revoked")));
}
