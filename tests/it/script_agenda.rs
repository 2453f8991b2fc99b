//! A series has workshops in an order, each with an agenda that begins as the default one and is edited.

use jalostamo::limits;
use serde_json::{Value, json};

use crate::support::{TestServer, series};

#[tokio::test]
async fn workshops_are_made_changed_ordered_and_taken_away() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let facilitator = series::member(&server, &owner, &id, "facilitator", "Fanni").await;
    let path = format!("/api/series/{id}/workshops");
    let wanted = json!({"title": {"fi": " Aloitus ", "sv": "Start"}, "kind": "kickoff", "setting": "hybrid",
        "date": "2026-05-27", "begins": "09:00", "zone": "Europe/Mariehamn"});
    let made = facilitator.post(&path, wanted).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let first = made.json();
    let line = json!({"id": first["id"], "title": {"fi": "Aloitus", "sv": "Start", "en": ""}, "kind": "kickoff",
        "setting": "hybrid", "date": "2026-05-27", "begins": "09:00", "zone": "Europe/Mariehamn",
        "opens": 15, "minutes": 180});
    assert_eq!((&first["version"], first["agenda"].as_array().unwrap().len()), (&json!(1), 23));
    let starts = |n: usize| first["agenda"][n]["starts"].as_i64().unwrap();
    assert_eq!((starts(0), starts(1), starts(2)), (-15, 0, 10), "the open door is before the beginning");
    let second = series::workshop(&facilitator, &id, "Toinen").await;
    let one = |workshop: &Value| format!("{path}/{}", workshop["id"].as_str().unwrap());
    let listed = owner.get(&path).await.json();
    assert_eq!((&listed[0], &listed[1]["id"]), (&line, &second["id"]));
    assert_eq!(owner.get(&one(&first)).await.json(), first);

    let changed = owner.patch(&one(&second), json!({"kind": "gala", "date": "2026-09-23"})).await.json();
    assert_eq!((&changed["kind"], &changed["title"]["fi"]), (&json!("gala"), &json!("Toinen")));
    assert_eq!(owner.patch(&one(&second), json!({"date": null})).await.json()["date"], Value::Null);
    let order = format!("/api/series/{id}/workshop-order");
    let turned = owner.post(&order, json!({"workshops": [second["id"], first["id"]]})).await.json();
    assert_eq!((&turned[0]["id"], &turned[1]["id"]), (&second["id"], &first["id"]));
    for wrong in [json!([first["id"]]), json!([first["id"], first["id"]]), json!([])] {
        let refused = owner.post(&order, json!({"workshops": wrong})).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "conflict"), "{wrong}");
    }

    let server = server.restart().await;
    let owner = server.owner().await;
    assert_eq!(owner.get(&path).await.json(), turned);
    assert_eq!(owner.delete(&one(&second)).await.status, 204);
    assert_eq!(owner.delete(&one(&second)).await.status, 404);
    assert_eq!(owner.get(&path).await.json(), json!([line]));
}

#[tokio::test]
async fn an_agenda_is_edited_by_one_at_a_time() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let workshop = series::workshop(&owner, &id, "Työpaja").await;
    let path = format!("/api/series/{id}/workshops/{}", workshop["id"].as_str().unwrap());
    let parts: Vec<Value> = workshop["agenda"].as_array().unwrap().iter().map(without_time).collect();
    // Shortened, turned round, and with a new part: the rest begins earlier or later with it.
    let mut edited = vec![parts[2].clone(), parts[0].clone(), json!({"title": {"en": "New"}, "minutes": 7})];
    edited[0]["minutes"] = json!(3);
    edited[0]["may"] = json!({"add": ["step", "note"], "comment": true});
    let kept = owner.put(&format!("{path}/agenda"), json!({"version": 1, "parts": edited})).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let kept = kept.json();
    assert_eq!((&kept["version"], &kept["minutes"]), (&json!(2), &json!(25)));
    // The open door is no longer before the beginning, since it is not the first.
    let starts: Vec<&Value> = kept["agenda"].as_array().unwrap().iter().map(|part| &part["starts"]).collect();
    assert_eq!(starts, [&json!(0), &json!(3), &json!(18)]);
    assert_eq!((&kept["agenda"][0]["id"], &kept["agenda"][1]), (&parts[2]["id"], &with_time(&parts[0], 3)));
    assert_eq!(kept["agenda"][0]["may"]["add"], json!(["note", "step"]));
    assert!(kept["agenda"][2]["id"].as_str().unwrap().starts_with("pt_"));
    // Whoever changed the first version learns that it is gone.
    let late = owner.put(&format!("{path}/agenda"), json!({"version": 1, "parts": parts})).await;
    assert_eq!((late.status, late.code().as_str()), (409, "conflict"));
    assert_eq!(owner.get(&path).await.json(), kept);
    for wrong in [
        json!([]),
        json!([parts[0], parts[0]]),
        json!([{"title": {"fi": "A"}, "minutes": 0}]),
        json!([{"title": {"fi": "A"}, "minutes": 481}]),
        json!([{"title": {"fi": "A"}, "minutes": 5, "may": {"add": ["dragon"]}}]),
        json!([{"title": {"fi": "A"}, "minutes": 5, "naming": "anonymous"}]),
        json!([{"title": {"fi": "A"}, "minutes": 5, "starts": 0}]),
        json!([{"title": {"fi": "A"}, "minutes": 5, "instruction": {"fi": "ä".repeat(601)}}]),
    ] {
        let refused = owner.put(&format!("{path}/agenda"), json!({"version": 2, "parts": wrong})).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "badRequest"), "{wrong}");
    }
    assert_eq!(owner.get(&path).await.json(), kept);
}

fn without_time(part: &Value) -> Value {
    let mut part = part.clone();
    part.as_object_mut().unwrap().remove("starts").unwrap();
    part
}

fn with_time(part: &Value, starts: u32) -> Value {
    let mut part = part.clone();
    part["starts"] = json!(starts);
    part
}

#[tokio::test]
async fn who_does_not_run_the_series_changes_no_workshop() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let (id, other) = (series::series(&owner).await, series::series(&owner).await);
    let board = series::board(&owner, &id, "Tiimi").await;
    let workshop = series::workshop(&owner, &id, "Työpaja").await;
    let path = format!("/api/series/{id}/workshops");
    let one = format!("{path}/{}", workshop["id"].as_str().unwrap());
    let observer = series::member(&server, &owner, &id, "observer", "Otto").await;
    let participant = server.member(&owner, &board, "participant", "Aino").await;
    assert_eq!(observer.get(&one).await.json(), workshop);
    for (client, status) in [(&observer, 403), (&participant, 404), (&server.stranger(), 401)] {
        assert_eq!(client.post(&path, json!({"title": {"fi": "T"}})).await.status, status);
        assert_eq!(client.patch(&one, json!({"kind": "gala"})).await.status, status);
        assert_eq!(client.put(&format!("{one}/agenda"), json!({"version": 1, "parts": []})).await.status, status);
        assert_eq!(
            client.post(&format!("/api/series/{id}/workshop-order"), json!({"workshops": []})).await.status,
            status
        );
        assert_eq!(client.delete(&one).await.status, status);
    }
    assert_eq!(participant.get(&one).await.status, 404);
    let elsewhere = one.replace(&id, &other);
    assert_eq!(owner.get(&elsewhere).await.status, 404);
    assert_eq!(owner.delete(&elsewhere).await.status, 404);
    assert_eq!(owner.get(&one).await.json(), workshop);
}

#[tokio::test]
async fn workshops_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let mut last = Value::Null;
    for n in 0..limits::WORKSHOPS_PER_SERIES {
        last = series::workshop(&owner, &id, &format!("T{n}")).await;
    }
    let path = format!("/api/series/{id}/workshops");
    let refused = owner.post(&path, json!({"title": {"fi": "Yli"}})).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "limit"));
    assert_eq!(owner.delete(&format!("{path}/{}", last["id"].as_str().unwrap())).await.status, 204);
    assert_eq!(owner.post(&path, json!({"title": {"fi": "Yli"}})).await.status, 200);
}
