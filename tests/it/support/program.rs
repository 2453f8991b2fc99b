//! The program itself as a child process on a data folder, and boards and people put into that folder while nothing
//! runs on it. Knows no promise.

use std::{ffi::OsStr, net::SocketAddr, os::unix::process::ExitStatusExt, path::Path, process::Stdio, time::Duration};

use jalostamo::{
    access::secret::Secret,
    clock,
    crash_point::Point,
    ids::{BoardId, PersonId},
    role::Role,
    store::{
        Change, Commit, Journal, SqliteStore,
        records::{Board, Member, Person, Session},
    },
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
    task::JoinHandle,
    time::timeout,
};
use yrs::Doc;

use crate::support::collab::{Client, options};

/// SIGABRT, by which the program dies at a crash point.
const ABORTED: i32 = 6;
/// Longer than any crash point takes to be passed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program. Dropping it kills it.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    /// What it printed on stdout until it listened: the owner link is the last line.
    pub(crate) greeting: String,
    child: Child,
    log: JoinHandle<String>,
}

impl Program {
    /// Starts it on a free port of the loopback.
    pub(crate) async fn start(data: &Path) -> Self {
        Self::start_with(data, &["--log", "warn"]).await
    }

    pub(crate) async fn start_with(data: &Path, flags: &[&str]) -> Self {
        Self::start_among(data, flags, &[]).await
    }

    /// With these variables and no others in its environment.
    pub(crate) async fn start_among(data: &Path, flags: &[&str], variables: &[(&str, &OsStr)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalostamo"));
        command.env_clear().args(["--listen", "127.0.0.1:0"]).arg("--data").arg(data).args(flags);
        command.envs(variables.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = tokio::spawn(async move {
            let mut said = String::new();
            errors.read_to_string(&mut said).await.unwrap();
            said
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        let link = loop {
            let line = lines.next_line().await.unwrap();
            line.iter().for_each(|line| greeting.extend([line, "\n"]));
            match line {
                Some(line) if line.starts_with("Owner link: ") => break line,
                Some(_) => {}
                None => panic!("it did not start: {}", log.await.unwrap()),
            }
        };
        let authority = link.split('/').nth(2).unwrap();
        let port = authority.rsplit(':').next().unwrap();
        let address = format!("127.0.0.1:{port}").parse().unwrap();
        Self { address, greeting, child, log }
    }

    /// Sends a signal by name, such as `TERM`.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().await.unwrap().success());
    }

    /// kill -9. Gives what it had logged.
    pub(crate) async fn kill(mut self) -> String {
        // It may have ended by itself just now.
        let _ = self.child.start_kill();
        self.child.wait().await.unwrap();
        self.log.await.unwrap()
    }

    /// Waits until it has died at the crash point that it was started with. Gives what it had logged.
    pub(crate) async fn crashed(mut self, point: Point) -> String {
        let died = timeout(PATIENCE, self.child.wait()).await;
        let status = died.unwrap_or_else(|_| panic!("it never came to {}", point.name())).unwrap();
        let log = self.log.await.unwrap();
        let said = format!("crash point {}", point.name());
        assert!(status.signal() == Some(ABORTED) && log.trim_end().ends_with(&said), "{status:?}: {log}");
        log
    }

    /// Waits for its end: the exit code and what it logged.
    pub(crate) async fn ended(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().await.unwrap();
        (status.code(), self.log.await.unwrap())
    }

    /// A client that is in step with a board.
    pub(crate) async fn client(&self, board: BoardId, who: &Who) -> Client {
        self.client_with(board, who, Doc::with_options(options())).await
    }

    /// As [`Program::client`], with a document that may have edits the server lacks.
    pub(crate) async fn client_with(&self, board: BoardId, who: &Who, doc: Doc) -> Client {
        let name = format!("board.{board}");
        let client = Client::dial_address(self.address, who.person, &who.token, doc, &name).await;
        client.until("in step", |heard| heard.synced && heard.session.is_some()).await;
        client
    }
}

/// A person and a bearer token of theirs.
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) person: PersonId,
    pub(crate) token: String,
}

/// Puts a new board and people with these roles into a folder on which no server runs.
pub(crate) async fn new_board(data: &Path, roles: &[Role]) -> (BoardId, Vec<Who>) {
    let (board, mut records, mut people) = (BoardId::new(), Vec::new(), Vec::new());
    for role in roles {
        let (person, secret) = (PersonId::new(), Secret::new().unwrap());
        let name = format!("Person {}", people.len());
        let row = Person { id: person, name, language: "en".into(), made: clock::now_ms(), server_owner: false };
        records.push(Change::PutPerson(row));
        if people.is_empty() {
            let row = Board {
                id: board,
                epoch: 1,
                title: "Board".into(),
                made: clock::now_ms(),
                made_by: person,
                series: None,
            };
            records.push(Change::NewBoard(row));
        }
        records.push(Change::PutMember(Member { board, person, role: *role, invite: None }));
        let session = Session { secret: secret.hash(), person, made: clock::now_ms(), expires: None };
        records.push(Change::NewSession(session));
        people.push(Who { person, token: secret.expose().to_owned() });
    }
    let store = SqliteStore::open(data).unwrap();
    store.commit(Commit { appends: vec![], records }).await.unwrap();
    store.close().await;
    (board, people)
}
