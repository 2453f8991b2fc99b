//! kill -9 under load, over and over on one folder: nothing that was acknowledged or seen is lost, nothing refused
//! gets in, every board opens, everyone converges. Knows the program from outside only.
//!
//! `JALOSTAMO_KILLS` sets how often (20), `JALOSTAMO_SEED` with which seed; see docs/proofs.md.

use std::{sync::Arc, time::Duration};

use jalostamo::{
    ids::BoardId,
    role::Role,
    store::{Journal, SqliteStore, Stream},
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use yrs::Doc;

use crate::{
    kill_history::{Copy, Fault, History, diverged},
    kill_load::{Worker, content_of, facts_of, facts_of_update},
    support::{
        collab::{Client, options, put_note},
        program::{Program, Who, new_board},
        random::{Random, seed, setting},
    },
};

const BOARDS: usize = 3;
const WORKERS: usize = 3;
/// Boards are made anew after so many kills, and stay: a folder has many.
const KILLS_PER_BOARD: u64 = 10;
/// Edits that a worker sends before it waits for acknowledgements.
const AHEAD: u64 = 8;

/// A board on which people work.
struct Desk {
    board: BoardId,
    workers: Vec<(Who, Worker)>,
    observer: Who,
    history: History,
    /// The number of its last journal entry that was looked at.
    entries: u64,
}

impl Desk {
    async fn new(data: &std::path::Path, random: &mut Random) -> Self {
        let mut roles = vec![Role::Participant; WORKERS];
        roles.push(Role::Observer);
        let (board, mut people) = new_board(data, &roles).await;
        let observer = people.pop().unwrap();
        let worker = |who: Who| {
            let (doc, random) = (Doc::with_options(options()), Random::new(random.next()));
            (who.clone(), Worker::new(who.person, doc, random))
        };
        let workers = people.into_iter().map(worker).collect();
        Self { board, workers, observer, history: History::default(), entries: 0 }
    }

    fn must(&self, faults: &[Fault]) {
        assert!(faults.is_empty(), "board {}: {faults:?}", self.board);
    }

    /// After a restart, before anybody has come back: what the server has must be all that it ever gave its word for.
    async fn look(&mut self, program: &Program) -> Client {
        let fresh = program.client(self.board, &self.observer).await;
        content_of(&fresh.doc);
        self.must(&self.history.faults(&facts_of(&fresh.doc)));
        self.history.fold();
        fresh
    }

    /// The numbers of its entries have no holes, by another program's eyes.
    async fn count(&mut self, store: &SqliteStore) {
        let stream = Stream::board(self.board);
        let loaded = store.load(&stream).await.unwrap();
        let entries = store.entries(&stream, self.entries, usize::MAX).await.unwrap();
        let numbers: Vec<u64> = entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, (self.entries + 1..=loaded.seq).collect::<Vec<u64>>(), "holes in {stream}");
        assert_eq!(loaded.quarantined, []);
        self.entries = loaded.seq;
    }

    /// Everybody comes back with what was not acknowledged, and all copies become equal.
    async fn come_back(&mut self, program: &Program, fresh: &Client) -> Vec<Client> {
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
        self.must(&self.history.faults(&all));
        clients
    }
}

/// What one worker had sent when the server died, and what of it was acknowledged.
struct Shift {
    who: Who,
    worker: Worker,
    sent: Vec<(u64, Vec<u8>)>,
    durable: u64,
}

/// Works until the connection is gone.
async fn shift(who: Who, mut worker: Worker, client: Client) -> Shift {
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
    Shift { who, worker, sent, durable }
}

/// Sends what must never enter until the connection is gone: an observer's note, a note in another's name.
async fn trespass(program: &Program, desk: &mut Desk) -> Vec<Client> {
    let (other, mallory) = (desk.workers[0].0.person, desk.workers[1].0.clone());
    let mut clients = Vec::new();
    for (name, who, author) in [
        ("an observer's note", desk.observer.clone(), desk.observer.person),
        ("a note in another's name", mallory, other),
    ] {
        let client = program.client(desk.board, &who).await;
        let update =
            client.write(|txn, items| put_note(txn, items, &format!("n_01J{:0>23}", clients.len()), author, "refused"));
        client.sync(2, &update).await;
        desk.history.refused.push((name.into(), facts_of_update(&update)));
        clients.push(client);
    }
    clients
}

/// What a round did: edits acknowledged, edits sent, the boards after it.
struct Round {
    acknowledged: usize,
    sent: usize,
}

/// Starts the program, checks every board, lets everybody work, and kills it.
async fn round(data: &std::path::Path, number: u64, desks: &mut [Desk], random: &mut Random) -> Round {
    let program = Program::start(data).await;
    let mut shifts = JoinSet::new();
    let (mut readers, mut trespassers) = (Vec::new(), Vec::new());
    let store = SqliteStore::attach(data).unwrap();
    for (place, desk) in desks.iter_mut().enumerate() {
        let fresh = desk.look(&program).await;
        desk.count(&store).await;
        let clients = desk.come_back(&program, &fresh).await;
        trespassers.extend(trespass(&program, desk).await);
        for (at, ((who, mut worker), client)) in desk.workers.drain(..).zip(clients).enumerate() {
            // Every third round one worker of a board pastes so much that checkpoints are made all the time.
            worker.heavy = number % 3 == 1 && at == 0;
            shifts.spawn(async move { (place, shift(who, worker, client).await) });
        }
        readers.push(fresh);
    }
    store.close().await;
    sleep(Duration::from_micros(1_000 + random.next() % 100_000)).await;
    if number % 4 == 3 {
        // While the rooms close.
        program.signal("TERM").await;
        sleep(Duration::from_micros(random.next() % 20_000)).await;
    }
    let log = program.kill().await;
    assert!(!log.contains("panicked") && !log.contains("quarantined"), "{log}");
    for client in &trespassers {
        client.until("gone", |heard| heard.closed.is_some()).await;
    }
    for (reader, desk) in readers.iter().zip(desks.iter_mut()) {
        reader.until("gone", |heard| heard.closed.is_some()).await;
        desk.history.seen.push((format!("what a reader had before kill {number}"), facts_of(&reader.doc)));
    }
    let mut done = Round { acknowledged: 0, sent: 0 };
    while let Some(ended) = shifts.join_next().await {
        let (place, Shift { who, worker, sent, durable }) = ended.unwrap();
        done.sent += sent.len();
        for (n, update) in sent.into_iter().filter(|(n, _)| *n <= durable) {
            done.acknowledged += 1;
            let name = format!("edit {n} of {} before kill {number}", who.person);
            desks[place].history.acknowledged.push((name, facts_of_update(&update)));
        }
        desks[place].workers.push((who, worker));
    }
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_by_kill_9_under_load() {
    let (kills, seed) = (setting("JALOSTAMO_KILLS", 20), seed("JALOSTAMO_SEED"));
    println!("kill: {kills} kills, JALOSTAMO_SEED={seed}");
    let folder = tempfile::tempdir().unwrap();
    let data = Arc::new(folder.path().to_owned());
    let mut random = Random::new(seed);
    let (mut desks, mut past): (Vec<Desk>, Vec<Desk>) = (Vec::new(), Vec::new());
    let (mut acknowledged, mut sent) = (0, 0);
    let began = Instant::now();
    for number in 0..kills {
        if number % KILLS_PER_BOARD == 0 {
            past.append(&mut desks);
            for _ in 0..BOARDS {
                desks.push(Desk::new(&data, &mut random).await);
            }
        }
        let done = round(&data, number, &mut desks, &mut random).await;
        (acknowledged, sent) = (acknowledged + done.acknowledged, sent + done.sent);
        if (number + 1) % 50 == 0 {
            println!("{} kills, {sent} edits sent, {acknowledged} acknowledged, {:?}", number + 1, began.elapsed());
        }
    }
    past.append(&mut desks);
    let program = Program::start(&data).await;
    for desk in &mut past {
        let fresh = desk.look(&program).await;
        desk.come_back(&program, &fresh).await;
    }
    program.signal("TERM").await;
    let (code, log) = program.ended().await;
    assert_eq!(code, Some(0), "{log}");
    println!(
        "kill: {kills} kills, {} boards, {sent} edits sent, {acknowledged} acknowledged before a kill, {:?}",
        past.len(),
        began.elapsed()
    );
    assert!(acknowledged as u64 > kills * 10, "too little was going on: {acknowledged}");
}
