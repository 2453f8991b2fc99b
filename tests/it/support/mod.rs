//! A server on a port of its own with a data folder of its own, and a client that talks to it over HTTP.

pub(crate) mod board;
pub(crate) mod collab;
pub(crate) mod disk;
pub(crate) mod drafts;
pub(crate) mod events;
pub(crate) mod faulty;
pub(crate) mod http;
pub(crate) mod jumping;
pub(crate) mod people;
pub(crate) mod program;
pub(crate) mod proxy;
pub(crate) mod random;
pub(crate) mod raw;
pub(crate) mod script;
pub(crate) mod series;
pub(crate) mod votes;

use std::{path::PathBuf, time::Duration};

use hyper::{Method, header};
use jalostamo::{
    Running,
    config::{Config, Listen},
    serve,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::{Answer, Asking};

/// Waits until something is so that no message tells.
pub(crate) async fn eventually(what: &str, so: impl AsyncFn() -> bool) {
    let wait = async {
        let mut looks = tokio::time::interval(Duration::from_millis(2));
        while !so().await {
            looks.tick().await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), wait).await.is_ok(), "waited in vain: {what}");
}

/// A running server; its data goes when it is dropped.
pub(crate) struct TestServer {
    running: Running,
    data: TempDir,
}

impl TestServer {
    /// On a free port, with an empty folder.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// As [`TestServer::start`], with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(tempfile::tempdir().unwrap(), change).await
    }

    /// On a folder that is there already.
    pub(crate) async fn on(data: TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = test_config(data.path().to_owned());
        change(&mut config);
        let running = serve(config).await.unwrap();
        Self { running, data }
    }

    /// Stops in order and gives back the folder.
    pub(crate) async fn stop(self) -> TempDir {
        self.running.stop().await;
        self.data
    }

    /// Stops, and starts again on the same folder and another port.
    pub(crate) async fn restart(self) -> Self {
        let data = self.stop().await;
        Self::on(data, |_| {}).await
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.data.path()
    }

    pub(crate) fn running(&self) -> &Running {
        &self.running
    }

    /// The address of a path, which begins with `/`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// The address of a socket's path.
    pub(crate) fn socket(&self, path: &str) -> String {
        format!("ws://{}{path}", self.running.address)
    }

    /// What a browser on the server's own page sends as `Origin`.
    pub(crate) fn origin(&self) -> &str {
        self.running.public_origin()
    }

    /// The secret of the owner link.
    pub(crate) fn owner_secret(&self) -> String {
        secret_of(&self.running.owner_link)
    }

    /// A browser that is not signed in.
    pub(crate) fn stranger(&self) -> Client {
        Client {
            base: self.url(""),
            origin: Some(self.origin().to_owned()),
            cookie: None,
            bearer: None,
            person: String::new(),
        }
    }

    /// A browser that has redeemed the owner link.
    pub(crate) async fn owner(&self) -> Client {
        let mut client = self.stranger();
        client.join(&self.owner_secret(), "Omistaja").await;
        client
    }

    /// A new empty board; its id.
    pub(crate) async fn board(&self, owner: &Client) -> String {
        let answer = owner.post("/api/boards", json!({"title": "Lauta", "content": "empty"})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// A new browser with a role on a board, by a link that `by` makes.
    pub(crate) async fn member(&self, by: &Client, board: &str, role: &str, name: &str) -> Client {
        let secret = by.invite(board, json!({"role": role})).await;
        let mut client = self.stranger();
        client.join(&secret, name).await;
        client
    }
}

/// A configuration for tests: a free port, few words in the log.
pub(crate) fn test_config(data: PathBuf) -> Config {
    Config { listen: Listen::Address("127.0.0.1:0".parse().unwrap()), data, ..Config::default() }
}

/// The secret in a link's fragment.
pub(crate) fn secret_of(link: &str) -> String {
    link.split_once("/#join=").unwrap().1.to_owned()
}

/// One browser or program.
#[derive(Clone)]
pub(crate) struct Client {
    base: String,
    /// Sent with every request, as browsers do with changes.
    pub(crate) origin: Option<String>,
    /// `name=value`, as it goes into the header `Cookie`.
    pub(crate) cookie: Option<String>,
    pub(crate) bearer: Option<String>,
    /// Who this is, once joined.
    pub(crate) person: String,
}

impl Client {
    /// A program with a token and no origin.
    pub(crate) fn program(mut self, token: &str) -> Self {
        (self.origin, self.cookie, self.bearer) = (None, None, Some(token.to_owned()));
        self
    }

    /// The same session, as a program of a server elsewhere on the same data.
    pub(crate) fn at(&self, address: std::net::SocketAddr) -> Self {
        let token = self.cookie.as_ref().and_then(|cookie| cookie.split_once('=')).unwrap().1.to_owned();
        Self { base: format!("http://{address}"), ..self.clone().program(&token) }
    }

    /// A request with this client's credentials.
    pub(crate) fn request(&self, method: Method, path: &str) -> Asking {
        let mut request = Asking::new(method, &format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie.as_str());
        }
        if let Some(token) = &self.bearer {
            request = request.bearer_auth(token);
        }
        if let Some(origin) = &self.origin {
            request = request.header(header::ORIGIN, origin.as_str());
        }
        request
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path).send().await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.request(Method::POST, path).json(&body).send().await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.request(Method::PATCH, path).json(&body).send().await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.request(Method::PUT, path).json(&body).send().await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.request(Method::DELETE, path).send().await
    }

    /// Redeems a link and keeps the session; the answer must be good.
    pub(crate) async fn join(&mut self, secret: &str, name: &str) -> Value {
        let answer = self.try_join(secret, name).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Redeems a link and keeps the session, if there is one.
    pub(crate) async fn try_join(&mut self, secret: &str, name: &str) -> Answer {
        let answer = self.post("/api/join", json!({"secret": secret, "name": name, "language": "fi"})).await;
        if let Some((cookie, _)) = answer.header("set-cookie").split_once(';') {
            self.cookie = Some(cookie.to_owned());
        }
        if answer.status == 200 {
            self.person = answer.json()["me"]["person"].as_str().unwrap().to_owned();
        }
        answer
    }

    /// Makes a link to a board; its secret.
    pub(crate) async fn invite(&self, board: &str, wanted: Value) -> String {
        let answer = self.post(&format!("/api/boards/{board}/invites"), wanted).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        secret_of(answer.json()["url"].as_str().unwrap())
    }
}
