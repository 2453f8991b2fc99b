//! Somebody who is removed is out within a second, on every board, and the links by which they came are void; others stay.

use std::time::Duration;

use serde_json::json;

use crate::support::{
    TestServer,
    people::{Two, role, socket},
};

#[tokio::test]
async fn out_of_the_series_within_a_second_and_nobody_else() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let mut other = server.stranger();
    other.join(&two.secret, "Otto").await;
    let both = json!({"team": two.teams[1], "role": "observer"});
    assert_eq!(two.set_role(&two.facilitator, &two.person, both).await.status, 204);
    let mine = [socket(&server, &two.person, &two.boards[0]).await, socket(&server, &two.person, &two.boards[1]).await];
    let others = socket(&server, &other, &two.boards[0]).await;
    let details = json!({"profession": "Lääkäri"});
    assert_eq!(two.person.patch(&two.path("me"), details).await.status, 200);

    let path = two.path(&format!("people/{}", two.person.person));
    assert_eq!(two.facilitator.delete(&path).await.status, 204);
    for socket in &mine {
        let closed = socket.until("closed", |heard| heard.closed.is_some());
        assert!(tokio::time::timeout(Duration::from_secs(1), closed).await.is_ok(), "open a second later");
        assert_eq!(socket.has(|heard| heard.closed), Some(4403));
    }
    assert_eq!(role(&two.person, &two.boards[0]).await, "none");
    assert_eq!(two.person.get(&two.path("me")).await.status, 404);
    assert_eq!(two.line(&two.person).await, json!(null));
    assert_eq!(two.facilitator.delete(&path).await.status, 404, "once");

    // The link is nobody's any more, and who came by it before is in.
    for mut again in [two.person.clone(), server.stranger()] {
        let refused = again.try_join(&two.secret, "Uusi").await;
        assert_eq!((refused.status, &refused.json()["detail"]), (404, &json!("revoked")));
    }
    others.note("Jään").await;
    others.until("durable", |heard| heard.durable == heard.sent && heard.refused.is_empty()).await;
    assert_eq!(others.has(|heard| heard.closed), None);
    assert_eq!(role(&other, &two.boards[0]).await, "participant");
    // By a new link they may come again, with nothing of what was known of them.
    let secret = two.facilitator.invite(&two.boards[0], json!({"role": "participant"})).await;
    let mut back = two.person.clone();
    back.join(&secret, "Pekka").await;
    assert_eq!(two.line(&back).await["profession"], "");
}

#[tokio::test]
async fn out_of_one_team_is_not_out_of_the_other() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let set = async |team: usize, role: serde_json::Value| {
        let wanted = json!({"team": two.teams[team], "role": role});
        two.set_role(&two.facilitator, &two.person, wanted).await.status
    };
    assert_eq!(set(1, json!("participant")).await, 204);
    let (first, second) =
        (socket(&server, &two.person, &two.boards[0]).await, socket(&server, &two.person, &two.boards[1]).await);
    assert_eq!(set(0, json!(null)).await, 204);
    first.until("closed", |heard| heard.closed == Some(4403)).await;
    assert_eq!(second.has(|heard| heard.closed), None);
    assert_eq!(two.person.clone().try_join(&two.secret, "Pekka").await.status, 404);
    assert_eq!(set(0, json!(null)).await, 404, "once");
}
