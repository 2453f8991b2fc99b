//! Somebody who watches a control room: its server-sent events, folded into what the page would show. Knows no promise.

use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use hyper::{Method, body::Incoming};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::support::Client;

/// Longer than anything that works takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open feed.
pub(crate) struct Watcher {
    body: Incoming,
    rest: String,
    /// The control room as it was told.
    pub(crate) room: Value,
    /// When each message came, its name and how long it was.
    pub(crate) told: Vec<(Instant, String, usize)>,
}

impl Watcher {
    /// Opens the feed and reads everything as it is now.
    pub(crate) async fn open(by: &Client, series: &str) -> Self {
        let answer = by.request(Method::GET, &format!("/api/series/{series}/control/feed")).open().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut watcher = Self { body: answer.into_body(), rest: String::new(), room: Value::Null, told: Vec::new() };
        assert!(watcher.hear().await, "nothing is told");
        assert_eq!(watcher.told[0].1, "whole");
        watcher
    }

    /// Reads one message; whether there was one before the end.
    pub(crate) async fn hear(&mut self) -> bool {
        loop {
            if let Some((message, rest)) = self.rest.split_once("\n\n") {
                let (message, rest) = (message.to_owned(), rest.to_owned());
                self.rest = rest;
                if self.take(&message) {
                    return true;
                }
                continue;
            }
            match timeout(PATIENCE, self.body.frame()).await.expect("nothing is told for long") {
                Some(Ok(frame)) => self.rest.push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap()),
                Some(Err(_)) | None => return false,
            }
        }
    }

    /// Whether it was more than a sign of life.
    fn take(&mut self, message: &str) -> bool {
        let field = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        let (Some(name), Some(data)) = (field("event: "), field("data: ")) else { return false };
        fold(&mut self.room, &name, serde_json::from_str(&data).unwrap());
        self.told.push((Instant::now(), name, message.len() + 2));
        true
    }

    /// Reads until what was told is so.
    pub(crate) async fn until(&mut self, what: &str, so: impl Fn(&Value) -> bool) {
        let begin = Instant::now();
        while !so(&self.room) {
            assert!(begin.elapsed() < PATIENCE, "waited in vain: {what}: {}", self.room);
            assert!(self.hear().await, "the feed ended: {what}");
        }
    }

    /// Reads until the feed ends.
    pub(crate) async fn end(mut self) {
        while self.hear().await {}
    }
}

/// What a page makes of a message.
pub(crate) fn fold(room: &mut Value, name: &str, message: Value) {
    if name == "whole" {
        *room = message;
        return;
    }
    assert_eq!(name, "changes");
    let Value::Object(message) = message else { panic!("no object") };
    for (key, value) in message {
        if key != "teams" {
            room[key] = value;
            continue;
        }
        for change in value.as_array().unwrap() {
            let teams = room["teams"].as_array_mut().unwrap();
            let team = teams.iter_mut().find(|team| team["team"] == change["team"]).expect("a team that is known");
            let fields: Map<String, Value> = change.as_object().unwrap().clone();
            team.as_object_mut().unwrap().extend(fields);
        }
    }
}
