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

/// A series with a workshop and so many teams, and a facilitator.
pub(crate) struct Setup {
    pub(crate) series: String,
    pub(crate) workshop: String,
    pub(crate) boards: Vec<String>,
    pub(crate) facilitator: Client,
}

impl Setup {
    pub(crate) async fn new(server: &TestServer, owner: &Client, teams: usize) -> Self {
        let series = series(owner).await;
        let facilitator = member(server, owner, &series, "facilitator", "Fanni").await;
        let workshop = workshop(&facilitator, &series, "Työpaja").await["id"].as_str().unwrap().to_owned();
        let mut boards = Vec::new();
        for n in 0..teams {
            boards.push(board(&facilitator, &series, &format!("Tiimi {n}")).await);
        }
        Self { series, workshop, boards, facilitator }
    }

    /// The workshop's address.
    pub(crate) fn path(&self) -> String {
        format!("/api/series/{}/workshops/{}", self.series, self.workshop)
    }

    /// Says a command to all boards; the call's number.
    pub(crate) async fn call(&self, command: Value) -> u64 {
        let answer = self.facilitator.post(&format!("{}/commands", self.path()), command).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["seq"].as_u64().unwrap()
    }

    /// Begins the workshop on all boards.
    pub(crate) async fn start(&self) -> u64 {
        self.call(json!({"type": "startWorkshop", "workshop": self.workshop})).await
    }

    /// The workshop's own session.
    pub(crate) async fn state(&self, client: &Client) -> Value {
        client.get(&format!("{}/session", self.path())).await.json()
    }
}

/// A board's session as this client sees it.
pub(crate) async fn session(client: &Client, board: &str) -> Value {
    let answer = client.get(&format!("/api/boards/{board}/session")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

/// Carries out a command on one board; its answer.
pub(crate) async fn command(client: &Client, board: &str, command: Value) -> crate::support::http::Answer {
    client.post(&format!("/api/boards/{board}/commands"), command).await
}
