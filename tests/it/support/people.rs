//! People of a series over HTTP and sockets, as tests need them. Knows no promise.

use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    Client, TestServer,
    collab::{self, options},
    http::Answer,
    series,
};

/// A series with two teams, a facilitator, and a participant in the first team who came by a link of its board.
pub(crate) struct Two {
    pub(crate) series: String,
    pub(crate) teams: [String; 2],
    pub(crate) boards: [String; 2],
    pub(crate) facilitator: Client,
    pub(crate) person: Client,
    /// The secret of the link by which the person came.
    pub(crate) secret: String,
}

impl Two {
    pub(crate) async fn new(server: &TestServer, owner: &Client) -> Self {
        let id = series::series(owner).await;
        let facilitator = series::member(server, owner, &id, "facilitator", "Fanni").await;
        let text = |team: &Value, what: &str| team[what].as_str().unwrap().to_owned();
        let (a, b) = (series::team(&facilitator, &id, "A").await, series::team(&facilitator, &id, "B").await);
        let boards = [text(&a, "board"), text(&b, "board")];
        let secret = facilitator.invite(&boards[0], json!({"role": "participant"})).await;
        let mut person = server.stranger();
        person.join(&secret, "Pekka").await;
        Self { series: id, teams: [text(&a, "id"), text(&b, "id")], boards, facilitator, person, secret }
    }

    /// A path in the series.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/series/{}/{rest}", self.series)
    }

    pub(crate) async fn set_role(&self, by: &Client, person: &Client, wanted: Value) -> Answer {
        by.put(&self.path(&format!("people/{}/role", person.person)), wanted).await
    }

    /// Moves the person to the second team.
    pub(crate) async fn move_over(&self, by: &Client) -> Answer {
        let wanted = json!({"from": self.teams[0], "to": self.teams[1]});
        by.post(&self.path(&format!("people/{}/move", self.person.person)), wanted).await
    }

    /// Everybody, as the facilitator sees them.
    pub(crate) async fn people(&self) -> Value {
        let answer = self.facilitator.get(&self.path("people")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// One line of it.
    pub(crate) async fn line(&self, person: &Client) -> Value {
        let people = self.people().await;
        let lines = people["people"].as_array().unwrap();
        lines.iter().find(|line| line["person"] == json!(person.person)).cloned().unwrap_or(Value::Null)
    }
}

/// The role that somebody has on a board, or `none`.
pub(crate) async fn role(client: &Client, board: &str) -> String {
    let answer = client.get(&format!("/api/boards/{board}")).await;
    if answer.status == 404 { "none".into() } else { answer.json()["role"].as_str().unwrap().to_owned() }
}

/// A socket of this browser on a board, once it is in.
pub(crate) async fn socket(server: &TestServer, client: &Client, board: &str) -> collab::Client {
    let token = client.cookie.as_deref().unwrap().split_once('=').unwrap().1;
    let person = client.person.parse().unwrap();
    let doc = Doc::with_options(options());
    let name = format!("board.{board}.1");
    let socket = collab::Client::dial_address(server.running().address, person, token, doc, &name).await;
    socket.until("in", |heard| heard.synced && heard.session.is_some()).await;
    socket
}
