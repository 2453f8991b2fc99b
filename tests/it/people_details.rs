//! What people say about themselves in a series, who is here, who was, and who is missing in a team.

use jalostamo::{clock, limits, programme::Day};
use serde_json::json;

use crate::support::{
    TestServer, eventually,
    people::{Two, socket},
    series,
};

#[tokio::test]
async fn a_participant_says_where_they_come_from_and_the_team_shows_who_is_missing() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let agency = series::organisation(&root, &two.series, "Virasto").await;
    let city = root.post(&two.path("organisations"), json!({"name": {"fi": "Kunta"}, "sector": "municipality"})).await;
    assert_eq!(city.status, 200);
    let elsewhere = series::organisation(&root, &series::series(&root).await, "Muualla").await;
    let mine = two.path("me");
    assert_eq!(two.person.get(&mine).await.json(), json!({"organisation": null, "profession": "", "perspective": ""}));
    let said = two.person.patch(&mine, json!({"organisation": agency, "perspective": "Laki"})).await;
    assert_eq!(said.json(), json!({"organisation": agency, "profession": "", "perspective": "Laki"}));
    assert_eq!(two.person.patch(&mine, json!({"organisation": elsewhere})).await.status, 400);
    assert_eq!(server.stranger().patch(&mine, json!({})).await.status, 401);
    let foreign = series::member(&server, &root, &series::series(&root).await, "owner", "Vieras").await;
    assert_eq!((foreign.get(&mine).await.status, foreign.patch(&mine, json!({})).await.status), (404, 404));

    let people = two.people().await;
    let team = |n: usize| &people["teams"][n];
    assert_eq!(team(0)["team"], two.teams[0]);
    assert_eq!(team(0)["sectors"], json!({"present": ["agency"], "absent": ["municipality"]}));
    assert_eq!(team(0)["perspectives"], json!({"present": ["Laki"], "absent": []}));
    assert_eq!(team(1)["sectors"], json!({"present": [], "absent": ["agency", "municipality"]}));
    assert_eq!(team(1)["perspectives"], json!({"present": [], "absent": ["Laki"]}));

    // A facilitator writes it for somebody who did not; the organisation that goes takes nobody with it.
    let path = two.path(&format!("people/{}", two.person.person));
    assert_eq!(two.facilitator.patch(&path, json!({"profession": "Juristi"})).await.status, 200);
    assert_eq!(root.delete(&two.path(&format!("organisations/{agency}"))).await.status, 204);
    let line = two.line(&two.person).await;
    assert_eq!((&line["organisation"], &line["profession"]), (&json!(null), &json!("Juristi")));
    assert_eq!(two.people().await["teams"][0]["unknown"], 1);
}

#[tokio::test]
async fn at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let says =
        async |field: &str, n: usize| two.person.patch(&two.path("me"), json!({field: "ä".repeat(n)})).await.status;
    for (field, most) in [("profession", limits::PROFESSION_CHARS), ("perspective", limits::PERSPECTIVE_CHARS)] {
        assert_eq!((says(field, most).await, says(field, most + 1).await), (200, 400), "{field}");
    }
}

#[tokio::test]
async fn who_is_here_and_when_somebody_was_last() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let before = two.line(&two.person).await;
    assert_eq!((&before["here"], &before["seen"]), (&json!(false), &json!(null)));
    let line = socket(&server, &two.person, &two.boards[0]).await;
    let today = [Day::at(clock::now_ms()), Day::at(clock::now_ms() + 60_000)].map(|day| json!(day));
    eventually("the day is kept", async || today.contains(&two.line(&two.person).await["seen"])).await;
    let now = two.line(&two.person).await;
    assert_eq!((&now["here"], &now["teams"][0]["here"]), (&json!(true), &json!(true)));
    drop(line);
    eventually("gone", async || two.line(&two.person).await["here"] == json!(false)).await;
}
