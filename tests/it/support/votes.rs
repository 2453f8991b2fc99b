//! A board with notes, people and votes, over HTTP and sockets, as tests of votes need it. Knows no promise.

use hyper::Method;
use jalostamo::{
    ids::{PersonId, VoteId},
    role::Role,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    board::Server,
    http::{Answer, Asking},
};

/// Somebody with a role on the board.
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) person: PersonId,
    pub(crate) token: String,
}

/// A server with a board on which three notes lie, and a facilitator.
pub(crate) struct Hall {
    /// Goes with the hall.
    _folder: TempDir,
    pub(crate) server: Server,
    pub(crate) fanni: Who,
    pub(crate) notes: Vec<String>,
}

impl Hall {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(folder.path()).await;
        let (person, token) = server.person("Fanni", Role::Facilitator).await;
        let writer = server.connect(person, &token).await;
        let mut notes = Vec::new();
        for text in ["yksi", "kaksi", "kolme"] {
            notes.push(writer.note(text).await);
        }
        writer.until("all is saved", |heard| heard.durable == heard.sent).await;
        Self { _folder: folder, server, fanni: Who { person, token }, notes }
    }

    pub(crate) async fn somebody(&self, name: &str, role: Role) -> Who {
        let (person, token) = self.server.person(name, role).await;
        Who { person, token }
    }

    pub(crate) async fn team(&self, many: usize) -> Vec<Who> {
        let mut team = Vec::new();
        for n in 0..many {
            team.push(self.somebody(&format!("Jäsen {n}"), Role::Participant).await);
        }
        team
    }

    /// Asks the board's API, again when it was too often.
    pub(crate) async fn ask(&self, who: &Who, method: Method, path: &str, body: Option<Value>) -> Answer {
        loop {
            let url = format!("http://{}/api/boards/{}{path}", self.server.address, self.server.board);
            let request = Asking::new(method.clone(), &url).bearer_auth(&who.token);
            let answer = if let Some(body) = &body { request.json(body).send().await } else { request.send().await };
            if answer.status != 429 {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn get(&self, who: &Who, path: &str) -> Answer {
        self.ask(who, Method::GET, path, None).await
    }

    pub(crate) async fn command(&self, who: &Who, command: Value) -> Answer {
        self.ask(who, Method::POST, "/commands", Some(command)).await
    }

    /// Opens a vote; its id.
    pub(crate) async fn open(&self, vote: Value) -> VoteId {
        let id = VoteId::new();
        let answer = self.command(&self.fanni, json!({"type": "openVote", "id": id, "vote": vote})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        id
    }

    pub(crate) async fn cast(&self, who: &Who, vote: VoteId, marks: Value) -> Answer {
        self.ask(who, Method::PUT, &format!("/votes/{vote}/ballot"), Some(json!({ "marks": marks }))).await
    }

    /// Closes a vote; its outcome.
    pub(crate) async fn close(&self, vote: VoteId) -> Value {
        let answer = self.command(&self.fanni, json!({"type": "closeVote", "id": vote})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.outcome(vote).await
    }

    pub(crate) async fn outcome(&self, vote: VoteId) -> Value {
        let votes = self.get(&self.fanni, "/votes").await.json();
        let round = votes.as_array().unwrap().iter().find(|round| round["id"] == json!(vote)).unwrap().clone();
        round["outcome"].clone()
    }

    /// The same board by a new server.
    pub(crate) async fn restart(self) -> Self {
        Self { server: self.server.restart().await, ..self }
    }
}
