//! A server of this project with a series, its teams, a workshop and people with tokens. Knows no sockets.

use std::{net::SocketAddr, path::Path, process::Command};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{http, process::Process, servers::Place};

/// Somebody on a board.
pub(crate) struct Seat {
    pub(crate) board: String,
    pub(crate) person: String,
    pub(crate) token: String,
}

/// What runs.
pub(crate) struct Held {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    metrics: SocketAddr,
    pub(crate) series: String,
    pub(crate) workshop: String,
    pub(crate) seats: Vec<Seat>,
    /// The owner's, who facilitates.
    pub(crate) token: String,
    _data: TempDir,
}

impl Held {
    /// Starts it all; the workshop has begun on all boards.
    pub(crate) async fn start(place: &Place, teams: usize, each: usize) -> Result<Self, String> {
        let made = std::fs::create_dir_all(&place.data).and_then(|()| tempfile::tempdir_in(&place.data));
        let data = made.map_err(|error| format!("{}: {error}", place.data.display()))?;
        let (address, metrics) = (http::free_address()?, http::free_address()?);
        let folder = data.path().display().to_string();
        let (listen, watched) = (address.to_string(), metrics.to_string());
        let arguments = ["--data", &folder, "--listen", &listen, "--metrics-listen", &watched, "--log", "warn"];
        let mut process = Process::start(&place.binary, &arguments.map(str::to_owned), &[])?;
        process.says("Owner link: ").await?;
        process.ignore();
        let token = owner(&place.binary, data.path())?;
        let none = String::new();
        let mut held =
            Self { process, address, metrics, series: none.clone(), workshop: none, seats: vec![], token, _data: data };
        held.fill(teams, each).await?;
        Ok(held)
    }

    async fn fill(&mut self, teams: usize, each: usize) -> Result<(), String> {
        let name = |text: &str| json!({"fi": text});
        self.series = id(&self.ask("POST", "/api/series", &json!({"name": name("Sarja")})).await?)?;
        let series = format!("/api/series/{}", self.series);
        let workshop = self.ask("POST", &format!("{series}/workshops"), &json!({"title": name("Työpaja")})).await?;
        self.workshop = id(&workshop)?;
        for team in 1..=teams {
            let wanted = json!({"name": format!("Tiimi {team}"), "challenge": {"title": format!("Haaste {team}")}});
            let board = word(&self.ask("POST", &format!("{series}/teams"), &wanted).await?, "board")?;
            let link = format!("/api/boards/{board}/invites");
            let url = word(&self.ask("POST", &link, &json!({"role": "participant"})).await?, "url")?;
            let secret = url.split("#join=").nth(1).ok_or("no secret in the link")?.to_owned();
            for person in 0..each {
                let wanted = json!({"secret": secret, "name": format!("Henkilö {person}"), "language": "fi"});
                let (head, body) = http::ask(self.address, "POST", "/api/join", "", &wanted.to_string()).await?;
                let joined: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
                let person = joined["me"]["person"].as_str().ok_or("nobody joined")?.to_owned();
                let cookie = head.split("jalostamo=").nth(1).and_then(|rest| rest.split(';').next());
                let token = cookie.ok_or("no session")?.to_owned();
                self.seats.push(Seat { board: board.clone(), person, token });
            }
        }
        self.call(&json!({"type": "startWorkshop", "workshop": self.workshop})).await
    }

    /// Says something to all boards.
    pub(crate) async fn call(&self, command: &Value) -> Result<(), String> {
        let path = format!("/api/series/{}/workshops/{}/commands", self.series, self.workshop);
        self.ask("POST", &path, command).await.map(|_| ())
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let (_, answer) = http::ask(self.address, method, path, &self.token, &body.to_string()).await?;
        serde_json::from_slice(&answer).map_err(|error| format!("{path}: {error}"))
    }

    /// How often boards were painted so far.
    pub(crate) async fn painted(&self) -> Result<f64, String> {
        let (_, text) = http::ask(self.metrics, "GET", "/metrics", "", "").await?;
        let text = String::from_utf8_lossy(&text);
        let line = text.lines().find_map(|line| line.strip_prefix("jalostamo_thumbnails_total "));
        line.and_then(|number| number.parse().ok()).ok_or_else(|| "no count of pictures".to_owned())
    }
}

/// A token of an owner of the server.
fn owner(binary: &Path, data: &Path) -> Result<String, String> {
    let said = Command::new(binary).arg("owner-token").arg("--data").arg(data).output();
    let said = said.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&said.stdout);
    text.split_whitespace().last().map(str::to_owned).ok_or_else(|| "no owner's token".to_owned())
}

fn word(value: &Value, name: &str) -> Result<String, String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| format!("no {name} in {value}"))
}

fn id(value: &Value) -> Result<String, String> {
    word(value, "id")
}
