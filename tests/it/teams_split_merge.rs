//! Teams are withdrawn, brought back, split and merged during a series; what they did can be read, and nobody loses their way.

use jalostamo::limits;
use serde_json::{Value, json};

use crate::support::{
    TestServer,
    people::{Two, role, socket},
    series::{self, command, session},
};

async fn teams(two: &Two) -> Vec<Value> {
    let whole = two.facilitator.get(&format!("/api/series/{}", two.series)).await.json();
    whole["teams"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_withdrawn_team_can_be_read_and_comes_back() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let fanni = &two.facilitator;
    let workshop = series::workshop(fanni, &two.series, "Työpaja").await["id"].as_str().unwrap().to_owned();
    let calls = two.path(&format!("workshops/{workshop}/commands"));
    let line = socket(&server, &two.person, &two.boards[0]).await;
    line.note("Ennen").await;
    line.until("durable", |heard| heard.durable == heard.sent).await;

    let path = two.path(&format!("teams/{}", two.teams[0]));
    let gone = fanni.post(&format!("{path}/withdraw"), json!({})).await;
    assert!(gone.json()["withdrawn"].is_i64(), "{}", gone.text);
    let withdrawn = |is: bool| {
        move |heard: &crate::support::collab::Heard| heard.session.as_ref().unwrap()["state"]["withdrawn"] == is
    };
    line.until("told", withdrawn(true)).await;
    assert_eq!(line.has(|heard| heard.session.as_ref().unwrap()["state"]["allowed"]["edit"].clone()), json!([]));
    line.note("Jälkeen").await;
    line.until("refused", |heard| heard.refused.iter().any(|(_, code)| code == "readOnly")).await;
    assert_eq!(line.has(|heard| heard.closed), None, "read it they may");
    let facilitator = socket(&server, fanni, &two.boards[0]).await;
    facilitator.note("Ohjaaja").await;
    facilitator.until("durable", |heard| heard.durable == heard.sent && heard.refused.is_empty()).await;
    assert_eq!(fanni.post(&format!("{path}/withdraw"), json!({})).await.code(), "conflict", "once");

    // What is said to all boards passes it by, until it is back.
    let called = fanni.post(&calls, json!({"type": "pause"})).await.json();
    assert!(called["boards"].as_array().unwrap().iter().all(|told| told["team"] != json!(two.teams[0])), "{called}");
    assert_eq!(session(fanni, &two.boards[0]).await["state"]["paused"], false);
    assert_eq!(fanni.get("/api/series").await.json()[0]["teams"], 1, "those that work");
    let control = fanni.get(&two.path("control")).await.json();
    assert_eq!(control["teams"].as_array().unwrap().len(), 1, "{control}");
    assert_eq!(fanni.post(&format!("{path}/restore"), json!({})).await.json()["withdrawn"], json!(null));
    line.until("back", withdrawn(false)).await;
    assert_eq!(session(fanni, &two.boards[0]).await["state"]["paused"], true, "and does what was said meanwhile");
    assert_eq!(command(fanni, &two.boards[0], json!({"type": "resume"})).await.status, 200);
    assert_eq!(fanni.post(&format!("{path}/restore"), json!({})).await.code(), "conflict", "once");
}

#[tokio::test]
async fn withdrawn_holds_after_a_restart() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let path = two.path(&format!("teams/{}/withdraw", two.teams[0]));
    assert_eq!(two.facilitator.post(&path, json!({})).await.status, 200);
    let server = server.restart().await;
    let person = two.person.at(server.running().address);
    assert_eq!(session(&person, &two.boards[0]).await["state"]["withdrawn"], true);
}

#[tokio::test]
async fn a_split_team_begins_with_a_copy_of_the_board() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let stays = server.member(&two.facilitator, &two.boards[0], "participant", "Sirpa").await;
    let (leaver, remains) =
        (socket(&server, &two.person, &two.boards[0]).await, socket(&server, &stays, &two.boards[0]).await);
    leaver.note("Yhteinen").await;
    leaver.until("durable", |heard| heard.durable == heard.sent).await;
    let snapshots = format!("/api/boards/{}/snapshots", two.boards[0]);
    let snapshot = two.facilitator.post(&snapshots, json!({"name": "Ennen"})).await.json()["id"].clone();
    remains.until_texts(&["Yhteinen"]).await;
    remains.note("Uudempi").await;
    remains.until("durable", |heard| heard.durable == heard.sent).await;

    let path = two.path(&format!("teams/{}/split", two.teams[0]));
    let made = two.facilitator.post(&path, json!({"name": "C", "people": [two.person.person]})).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["splitFrom"], &made["challenge"]["title"]), (&json!(two.teams[0]), &json!("Haaste A")));
    assert_ne!(made["challenge"]["id"], teams(&two).await[0]["challenge"]["id"]);
    leaver.until("moved", |heard| heard.closed == Some(4409)).await;
    assert_eq!(remains.has(|heard| heard.closed), None);
    let new = made["board"].as_str().unwrap();
    let there = socket(&server, &two.person, new).await;
    there.until_texts(&["Uudempi", "Yhteinen"]).await;
    // From then on each goes its own way.
    there.note("Oma").await;
    there.until("durable", |heard| heard.durable == heard.sent && heard.refused.is_empty()).await;
    let old = socket(&server, &two.facilitator, &two.boards[0]).await;
    old.until_texts(&["Uudempi", "Yhteinen"]).await;

    let of_snapshot = json!({"name": "D", "snapshot": snapshot});
    let board = two.facilitator.post(&path, of_snapshot).await.json()["board"].as_str().unwrap().to_owned();
    socket(&server, &two.facilitator, &board).await.until_texts(&["Yhteinen"]).await;
}

#[tokio::test]
async fn a_split_is_whole_or_not_at_all() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let path = two.path(&format!("teams/{}/split", two.teams[0]));
    let split = async |wanted: Value| two.facilitator.post(&path, wanted).await;
    let in_other = server.member(&two.facilitator, &two.boards[1], "participant", "Muu").await;
    let people = json!([two.person.person, in_other.person]);
    assert_eq!(split(json!({"name": "C", "people": people})).await.status, 404, "somebody is not in that team");
    assert_eq!(role(&two.person, &two.boards[0]).await, "participant");
    assert_eq!(teams(&two).await.len(), 2);
    assert_eq!(split(json!({"name": "C", "people": [two.facilitator.person]})).await.status, 403);
    assert_eq!(split(json!({"name": " "})).await.code(), "name");
    assert_eq!(split(json!({"name": "C", "snapshot": "sn_01JAAAAAAAAAAAAAAAAAAAAAAA"})).await.status, 404);
    let crowd = |n| json!({"name": "C", "people": vec!["p_01JAAAAAAAAAAAAAAAAAAAAAAA"; n]});
    assert_eq!(split(crowd(limits::PEOPLE_PER_BOARD)).await.status, 404, "nobody of that name");
    assert_eq!(split(crowd(limits::PEOPLE_PER_BOARD + 1)).await.status, 400);
}

#[tokio::test]
async fn a_team_that_is_taken_in_brings_its_people_and_its_links() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let line = socket(&server, &two.person, &two.boards[0]).await;
    let merge = async |from: usize, into: usize| {
        let path = two.path(&format!("teams/{}/merge", two.teams[from]));
        two.facilitator.post(&path, json!({"into": two.teams[into]})).await
    };
    assert_eq!(merge(0, 0).await.code(), "conflict", "into itself");
    let merged = merge(0, 1).await;
    assert_eq!((merged.status, &merged.json()["mergedInto"]), (200, &json!(two.teams[1])), "{}", merged.text);
    assert_eq!(merge(1, 0).await.code(), "conflict", "into one that works no more");
    // The old board stays to be read, the new one to be worked on.
    line.until("told", |heard| heard.session.as_ref().unwrap()["state"]["withdrawn"] == true).await;
    assert_eq!(line.has(|heard| heard.closed), None);
    assert_eq!(role(&two.person, &two.boards[1]).await, "participant");
    let context = two.person.get(&format!("/api/boards/{}/context", two.boards[0])).await.json();
    assert_eq!(context["team"]["mergedInto"], json!({"name": "B", "board": two.boards[1]}));
    // Latecomers with the old link come to the team that goes on.
    let looked = server.stranger().post("/api/invites/look", json!({"secret": two.secret})).await.json();
    assert_eq!(looked["team"], "B");
    let mut late = server.stranger();
    assert_eq!(late.join(&two.secret, "Myöhässä").await["board"]["id"], two.boards[1]);
    assert_eq!(role(&late, &two.boards[0]).await, "none");
    let path = two.path(&format!("teams/{}/restore", two.teams[0]));
    assert_eq!(two.facilitator.post(&path, json!({})).await.json()["mergedInto"], json!(null));
    assert_eq!(server.stranger().join(&two.secret, "Uusi").await["board"]["id"], two.boards[0]);
}
