//! A crowd: some stop reading, or all come back at once. Nobody misses anything, and nobody waits for those who do not read.

use std::{sync::Arc, time::Duration};

use jalostamo::{limits::Pace, role::Role};
use tempfile::tempdir;
use tokio::{task::JoinSet, time::timeout};
use yrs::Doc;

use crate::support::{
    board::Server,
    collab::{Heard, hear, options, texts},
    eventually,
    program::{Program, new_board},
    random::setting,
    raw::{Raw, auth, sync},
};

/// Longer than anything that works takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// So many characters has a note's text that begins with its number.
const LONG: usize = 3_900;

/// Which of `many` numbered notes a reader has met: every note comes in one piece.
struct Met {
    numbers: Vec<bool>,
    missing: usize,
}

impl Met {
    fn none_of(many: usize) -> Self {
        Self { numbers: vec![false; many], missing: many }
    }

    /// Reads what a frame holds, whatever it is.
    fn read(&mut self, frame: &[u8]) {
        let mut rest = frame;
        while let Some(at) = rest.iter().position(|byte| *byte == b'#') {
            rest = &rest[at + 1..];
            let Some(number) = rest.get(..5).filter(|end| end[4] == b'#') else { continue };
            let number = std::str::from_utf8(&number[..4]).ok().and_then(|number| number.parse::<usize>().ok());
            let Some(met) = number.and_then(|number| self.numbers.get_mut(number)) else { continue };
            self.missing -= usize::from(!std::mem::replace(met, true));
        }
    }
}

/// A reader of which the system keeps few bytes, signed in and synchronised: it has read the answer to its step 1.
async fn reader(server: &Server, token: &str) -> Raw {
    let name = format!("board.{}", server.board);
    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.about(&name, auth(token)).await;
    raw.about(&name, sync(0, &[0])).await;
    let answer = sync(1, &[0, 0]);
    while !raw.frame().await.expect("the socket stays open").ends_with(&answer) {}
    raw
}

async fn read_all(mut raw: Raw, many: usize) -> Raw {
    let mut met = Met::none_of(many);
    while met.missing > 0 {
        met.read(&raw.frame().await.expect("the socket stays open"));
    }
    raw
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sixth_of_the_readers_stops_and_nobody_else_notices() {
    let readers = usize::try_from(setting("JALOSTAMO_READERS", 300)).unwrap();
    let stopped = readers / 6;
    // Enough for what the system keeps of a socket, for what its writer holds, and for more than may wait behind it.
    let notes = 400;
    let folder = tempdir().unwrap();
    // Nobody is ended for not reading while this runs.
    let pace = Pace { stalled: 2 * PATIENCE, silent: 2 * PATIENCE, ..Pace::default() };
    let server: &'static Server = Box::leak(Box::new(Server::narrow(folder.path(), pace).await));
    let crowd = server.crowd(readers).await;
    let (mut live, mut deaf) = (JoinSet::new(), Vec::new());
    for (number, (_, token)) in crowd.into_iter().enumerate() {
        if number < stopped {
            deaf.push(reader(server, &token).await);
        } else {
            live.spawn(async move { read_all(reader(server, &token).await, notes).await });
        }
    }
    eventually("all are there", async || server.app.metrics.peers.get() == readers as i64).await;
    let writer = server.client("Aino", Role::Participant).await;
    let end = "x".repeat(LONG);
    for number in 0..notes {
        writer.note(&format!("#{number:04}#{end}")).await;
        // One after the other: who reads is never so far behind as to be given the whole board instead.
        writer.until("kept", |heard| heard.durable >= heard.sent).await;
    }
    let live = timeout(PATIENCE, live.join_all()).await.expect("somebody who reads waits for those who do not");
    assert_eq!(live.len(), readers - stopped);
    // What waited for each of those who do not was thrown away for the whole board instead: past that no queue grows.
    let whole = usize::try_from(server.app.metrics.full_states.get()).unwrap();
    assert!(whole >= stopped, "{whole} of {stopped}");
    assert_eq!(server.app.metrics.peers.get(), readers as i64 + 1);
    // They read again, and have the same board as everyone.
    let expected = writer.texts();
    let mut back = JoinSet::new();
    for mut raw in deaf {
        let expected = expected.clone();
        back.spawn(async move {
            let (doc, mut heard) = (Doc::with_options(options()), Heard::default());
            while texts(&doc).len() < expected.len() {
                let frame = raw.frame().await.expect("the socket stays open");
                let _ = hear(&doc, &mut heard, frame.into());
            }
            assert_eq!(texts(&doc), expected);
        });
    }
    while let Some(equal) = timeout(PATIENCE, back.join_next()).await.unwrap() {
        equal.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_come_back_at_once_after_a_restart_and_nothing_is_lost() {
    let clients = usize::try_from(setting("JALOSTAMO_STORM", 300)).unwrap();
    // A board holds 500 people; each may have some tabs.
    let people = clients.min(500);
    let data = tempdir().unwrap();
    let (board, people) = new_board(data.path(), &vec![Role::Participant; people]).await;
    let program = Program::start(data.path()).await;
    let mut docs = Vec::new();
    let mut early = JoinSet::new();
    for number in 0..clients {
        let who = people[number % people.len()].clone();
        let doc = Doc::with_options(options());
        let client = program.client_with(board, &who, doc).await;
        early.spawn(async move {
            if number % 10 == 0 {
                client.note(&format!("before {number:04}")).await;
                client.until("kept", |heard| heard.durable >= heard.sent).await;
            }
            (number, who, client)
        });
    }
    while let Some(joined) = early.join_next().await {
        docs.push(joined.unwrap());
    }
    program.kill().await;
    // Everybody writes on while nobody is there.
    let docs: Vec<_> = docs
        .into_iter()
        .map(|(number, who, client)| {
            client.write_note(&format!("offline {number:04}"));
            (who, client.doc.clone())
        })
        .collect();
    let begin = std::time::Instant::now();
    let program = Arc::new(Program::start(data.path()).await);
    let all = clients + clients.div_ceil(10);
    let mut storm = JoinSet::new();
    for (who, doc) in docs {
        let program = Arc::clone(&program);
        storm.spawn(async move {
            let client = program.client_with(board, &who, doc).await;
            client.until("its own is kept", |heard| heard.durable >= heard.sent).await;
            client.until("everyone's is here", |_| texts(&client.doc).len() == all).await;
            assert!(client.has(|heard| heard.closed.is_none() && heard.refused.is_empty()));
            client
        });
    }
    let mut back = Vec::new();
    while let Some(client) = timeout(2 * PATIENCE, storm.join_next()).await.expect("in sync") {
        back.push(client.unwrap());
    }
    println!("{clients} clients are in sync {:.1} s after the start", begin.elapsed().as_secs_f64());
    let expected = back[0].texts();
    assert!(back.iter().all(|client| client.texts() == expected));
    // In the end everybody is told of everybody.
    let here = |heard: &Heard| {
        let state = heard.session.as_ref().map(|session| session["state"]["people"].to_string());
        state.is_some_and(|state| state.matches(r#""here":true"#).count() == people.len())
    };
    back[0].until("all are here", here).await;
    let fresh = program.client(board, &people[0]).await;
    assert_eq!(fresh.texts(), expected);
}
