//! A board on which people work while the server is killed: who they are, what they send, what has to hold when it is
//! back. Knows the program from outside only.

use std::{collections::BTreeSet, net::SocketAddr, path::Path, time::Duration};

use hyper::Method;
use jalostamo::{
    ids::BoardId,
    role::Role,
    store::{Body, Journal, SqliteStore, Stored, Stream},
};
use serde_json::json;
use yrs::{Doc, Transact, Update, updates::decoder::Decode};

use crate::{
    kill_facts::Facts,
    kill_history::{Copy, Fault, History, diverged, twice},
    kill_load::{Worker, content_of, facts_of, facts_of_update, new_id},
    kill_order::{Entry, Received},
    support::{
        collab::{Client, options, put_note, texts},
        http::Asking,
        program::{Program, Who, new_board},
        random::Random,
    },
};

const WORKERS: usize = 3;
/// Edits that a worker sends before it waits for acknowledgements.
const AHEAD: u64 = 8;
/// Edits of one trespasser in one life of the server.
const TRESPASSES: u64 = 30;
/// Links and snapshots of one board in one life: a board has at most 200 snapshots.
const RECORDS: usize = 12;

/// A board and its people.
pub(crate) struct Desk {
    pub(crate) board: BoardId,
    pub(crate) workers: Vec<(Who, Worker)>,
    pub(crate) observer: Who,
    /// Takes snapshots and makes links.
    pub(crate) clerk: Who,
    pub(crate) history: History,
    /// The journal as far as it was looked at, applied.
    journal: Doc,
}

impl Desk {
    pub(crate) async fn new(data: &Path, random: &mut Random) -> Self {
        let mut roles = vec![Role::Participant; WORKERS];
        roles.extend([Role::Observer, Role::Facilitator]);
        let (board, mut people) = new_board(data, &roles).await;
        let (clerk, observer) = (people.pop().unwrap(), people.pop().unwrap());
        let worker = |who: Who| {
            let (doc, random) = (Doc::with_options(options()), Random::new(random.next()));
            (who.clone(), Worker::new(who.person, doc, random))
        };
        let workers = people.into_iter().map(worker).collect();
        let journal = Doc::with_options(options());
        Self { board, workers, observer, clerk, history: History::default(), journal }
    }

    pub(crate) fn must(&self, faults: &[Fault]) {
        assert!(faults.is_empty(), "board {}: {faults:?}", self.board);
    }

    /// After a restart, before anybody has come back: what the server has must be all that it ever gave its word for.
    pub(crate) async fn look(&mut self, program: &Program, store: &SqliteStore) -> Client {
        self.look_into_journal(store).await;
        let fresh = program.client(self.board, &self.observer).await;
        content_of(&fresh.doc);
        for (_, worker) in &self.workers {
            self.history
                .written
                .get_or_insert_default()
                .join(&facts_of(&worker.doc).blocks_of(worker.doc.client_id().get()));
        }
        self.must(&self.history.faults(&facts_of(&fresh.doc)));
        let listed = listed(program, self.board, &self.clerk).await;
        self.must(&self.history.record_faults(&listed));
        self.history.fold();
        fresh
    }

    /// The journal by another program's eyes: its numbers, and its order against what everybody received.
    async fn look_into_journal(&mut self, store: &SqliteStore) {
        let stream = Stream::board(self.board);
        let loaded = store.load(&stream).await.unwrap();
        assert_eq!(loaded.quarantined, []);
        let entries = store.entries(&stream, self.history.entries(), usize::MAX).await.unwrap();
        let entries: Vec<Entry> = entries.iter().map(|entry| self.replay(entry)).collect();
        let faults = self.history.read_journal(&entries);
        self.must(&faults);
        assert_eq!(self.history.entries(), loaded.seq, "the last entry of {stream}");
    }

    /// The next entry, and what it does to the document.
    fn replay(&self, entry: &Stored) -> Entry {
        let (mut said, mut done) = (Facts::default(), Facts::default());
        if let Body::Updates(updates) = &entry.body {
            for update in updates {
                said.join(&facts_of_update(&update.update));
                let mut txn = self.journal.transact_mut();
                txn.apply_update(Update::decode_v1(&update.update).unwrap()).unwrap();
                done.join(&facts_of_update(&txn.encode_update_v1()));
            }
        }
        Entry { number: entry.seq, said, done }
    }

    /// Everybody comes back with what was not acknowledged, and all copies become equal.
    pub(crate) async fn come_back(&mut self, program: &Program, fresh: &Client) -> Vec<Client> {
        let mut clients = Vec::new();
        for (who, worker) in &self.workers {
            clients.push(program.client_with(self.board, who, worker.doc.clone()).await);
        }
        for client in &clients {
            client.until("its own edits kept", |heard| heard.sent > 0 && heard.durable >= heard.sent).await;
            self.history.acknowledged.push(("what came back".into(), facts_of(&client.doc)));
        }
        let mut all = facts_of(&fresh.doc);
        clients.iter().for_each(|client| all.join(&facts_of(&client.doc)));
        for client in clients.iter().chain([fresh]) {
            client.until("everyone's edits", |_| facts_of(&client.doc) == all).await;
        }
        let copies = clients.iter().chain([fresh]).enumerate().map(|(number, client)| Copy {
            name: format!("client {number}"),
            facts: facts_of(&client.doc),
            content: content_of(&client.doc),
        });
        self.must(&diverged(&copies.collect::<Vec<_>>()));
        self.must(&twice(texts(&fresh.doc).iter().map(String::as_str)));
        self.must(&self.history.faults(&all));
        clients
    }
}

/// The ids of all snapshots and links of a board.
async fn listed(program: &Program, board: BoardId, clerk: &Who) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for what in ["snapshots", "invites"] {
        let url = format!("http://{}/api/boards/{board}/{what}", program.address);
        let answer = Asking::new(Method::GET, &url).bearer_auth(&clerk.token).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let list = answer.json();
        ids.extend(list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
    }
    ids
}

/// A record of what one client receives from now on.
pub(crate) struct Tape {
    name: String,
    own: Option<u64>,
    had: Facts,
}

impl Tape {
    pub(crate) fn start(name: String, own: Option<u64>, client: &Client) -> Self {
        Self { name, own, had: client.record(facts_of) }
    }

    /// Once the connection is gone.
    pub(crate) fn end(self, client: &Client) -> Received {
        let messages = client.has(|heard| heard.received.clone()).unwrap_or_default();
        let messages = messages.iter().map(|update| facts_of_update(update)).collect();
        Received { name: self.name, own: self.own, had: self.had, messages }
    }
}

/// What one worker had sent when the server died, and what of it was acknowledged.
pub(crate) struct Shift {
    pub(crate) who: Who,
    pub(crate) worker: Worker,
    pub(crate) sent: Vec<(u64, Vec<u8>)>,
    pub(crate) durable: u64,
    pub(crate) received: Received,
}

/// Works until the connection is gone.
pub(crate) async fn shift(who: Who, mut worker: Worker, client: Client, tape: Tape) -> Shift {
    let mut sent = Vec::new();
    while client.has(|heard| heard.closed.is_none()) {
        if let Some(update) = worker.work() {
            let n = client.sync(2, &update).await;
            sent.push((n, update));
            client.until("acks", |heard| heard.durable + AHEAD > n || heard.closed.is_some()).await;
        } else {
            tokio::task::yield_now().await;
        }
    }
    let (durable, refused) = client.has(|heard| (heard.durable, heard.refused.clone()));
    assert_eq!(refused, [], "workers do what they may");
    Shift { who, worker, sent, durable, received: tape.end(&client) }
}

/// Sends what must never enter until the connection is gone: notes in the name of `author`, whoever sends them.
/// Gives what they would have brought, with words for a report.
pub(crate) async fn trespass(client: Client, author: Who) -> Vec<(String, Facts)> {
    let (mut refused, mut random) = (Vec::new(), Random::new(client.doc.client_id().get()));
    while client.has(|heard| heard.closed.is_none() && (heard.refused.len() as u64) < TRESPASSES) {
        // A client id of its own: nothing is missing before it.
        let doc = Doc::with_options(options());
        let update = {
            let items = doc.get_or_insert_map("items");
            let mut txn = doc.transact_mut();
            put_note(&mut txn, &items, &new_id(&mut random), author.person, "<refused>");
            txn.encode_update_v1()
        };
        let n = client.sync(2, &update).await;
        refused.push((format!("refused {n} of {}", client.person), facts_of_update(&update)));
        let answered = |heard: &crate::support::collab::Heard| heard.refused.iter().any(|(of, _)| *of == n);
        client.until("a refusal", |heard| answered(heard) || heard.closed.is_some()).await;
    }
    client.until("gone", |heard| heard.closed.is_some()).await;
    refused
}

/// Makes links and takes snapshots, at most until the server is gone; the ids of those that it acknowledged.
pub(crate) async fn keep_records(address: SocketAddr, board: BoardId, clerk: Who) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    // About as often as a person may.
    let mut pace = tokio::time::interval(Duration::from_millis(10));
    let wanted = [("invites", json!({"role": "observer"})), ("snapshots", json!({"name": "Väli"}))];
    for (what, body) in wanted.iter().cycle() {
        if kept.len() == RECORDS {
            break;
        }
        let url = format!("http://{address}/api/boards/{board}/{what}");
        let asked = Asking::new(Method::POST, &url).bearer_auth(&clerk.token).json(body);
        let Ok(answer) = asked.try_send().await else { break };
        match answer.status {
            200 => _ = kept.insert(answer.json()["id"].as_str().unwrap().to_owned()),
            429 | 503 => _ = pace.tick().await,
            other => panic!("{other}: {}", answer.text),
        }
    }
    kept
}
