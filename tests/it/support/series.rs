//! Workshop series over HTTP, as tests need them. Knows no promise.

use serde_json::{Value, json};

use crate::support::{Client, TestServer, secret_of};

/// A new series without teams; its id.
pub(crate) async fn series(owner: &Client) -> String {
    let answer = owner.post("/api/series", json!({"name": {"fi": "Sarja", "sv": "Serie"}})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// A new team with a challenge of the same name, as it is answered.
pub(crate) async fn team(by: &Client, series: &str, name: &str) -> Value {
    let wanted = json!({"name": name, "challenge": {"title": format!("Haaste {name}")}});
    let answer = by.post(&format!("/api/series/{series}/teams"), wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

/// A new team; its board.
pub(crate) async fn board(by: &Client, series: &str, name: &str) -> String {
    team(by, series, name).await["board"].as_str().unwrap().to_owned()
}

/// A new organisation; its id.
pub(crate) async fn organisation(by: &Client, series: &str, name: &str) -> String {
    let wanted = json!({"name": {"fi": name}, "sector": "agency"});
    let answer = by.post(&format!("/api/series/{series}/organisations"), wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// A new link to a series: its secret and its id.
pub(crate) async fn link(by: &Client, series: &str, wanted: Value) -> (String, String) {
    let answer = by.post(&format!("/api/series/{series}/invites"), wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let made = answer.json();
    (secret_of(made["url"].as_str().unwrap()), made["id"].as_str().unwrap().to_owned())
}

/// A new browser with a role in a series, by a link that `by` makes.
pub(crate) async fn member(server: &TestServer, by: &Client, series: &str, role: &str, name: &str) -> Client {
    let (secret, _) = link(by, series, json!({"role": role})).await;
    let mut client = server.stranger();
    client.join(&secret, name).await;
    client
}

/// A new workshop, as it is answered.
pub(crate) async fn workshop(by: &Client, series: &str, title: &str) -> Value {
    let answer = by.post(&format!("/api/series/{series}/workshops"), json!({"title": {"fi": title}})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}
