//! kill -9 under load and at named points, over and over on one folder: nothing that was acknowledged or seen is lost,
//! nothing refused is ever seen, everyone receives one order, every board opens, everyone converges. Knows the program
//! from outside only.
//!
//! `JALOSTAMO_KILLS` sets how often (20), `JALOSTAMO_SEED` with which seed; see docs/durability.md.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jalostamo::{
    crash_point::{CrashAt, Point},
    ids::BoardId,
    store::SqliteStore,
};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep},
};

use crate::{
    kill_desk::{Desk, Shift, Tape, keep_records, shift, trespass},
    kill_facts::Facts,
    kill_load::{facts_of, facts_of_update},
    support::{
        collab::Client,
        program::{Program, Who},
        random::{Random, seed, setting},
    },
};

const BOARDS: usize = 3;
/// Boards are made anew after so many kills, and stay: a folder has many.
const KILLS_PER_BOARD: u64 = 10;

/// The points that a server under this load passes, and at which passing at the latest it dies there. The others are
/// proved in `store_crash`.
const POINTS: [(Point, usize); 14] = [
    (Point::BeforeAppend, 60),
    (Point::InRecords, 30),
    (Point::BeforeCommit, 60),
    (Point::AfterCommit, 60),
    (Point::BeforeApply, 60),
    (Point::BeforeBroadcast, 60),
    (Point::BeforeAcknowledge, 60),
    (Point::BeforeSend, 300),
    (Point::AfterSend, 300),
    (Point::BeforeCheckpoint, 3),
    (Point::InCheckpoint, 3),
    (Point::AfterCheckpoint, 3),
    (Point::BeforeLogMove, 3),
    (Point::AfterLogMove, 3),
];

/// How the server dies.
enum Death {
    /// Any moment, by SIGKILL.
    Sudden(Duration),
    /// By SIGKILL so long after a SIGTERM, while its rooms close.
    Stopping(Duration, Duration),
    At(CrashAt),
}

impl Death {
    /// Of four, three are at a point, so that twenty pass all of them.
    fn of(number: u64, signs: &Path, random: &mut Random) -> Self {
        let mut micros = |most: u64| Duration::from_micros(1_000 + random.next() % most);
        match number % 8 {
            3 => Self::Sudden(micros(100_000)),
            7 => Self::Stopping(micros(100_000), micros(20_000)),
            _ => {
                let place = usize::try_from(number - number / 4).unwrap() % POINTS.len();
                let (point, most) = POINTS[place];
                let passing = 1 + random.below(most) as u64;
                Self::At(CrashAt { point, passing, once: Some(signs.join(format!("work {number}"))) })
            }
        }
    }

    /// Whether it needs much text: checkpoints come after megabytes.
    fn is_heavy(&self, number: u64) -> bool {
        match self {
            Self::At(at) => {
                use Point::{AfterCheckpoint, AfterLogMove, BeforeCheckpoint, BeforeLogMove, InCheckpoint};
                [BeforeCheckpoint, InCheckpoint, AfterCheckpoint, BeforeLogMove, AfterLogMove].contains(&at.point)
            }
            _ => number % 16 > 7,
        }
    }

    async fn start(&self, data: &Path) -> Program {
        match self {
            Self::At(at) => Program::start_with(data, &["--log", "warn", "--crash-at", &at.to_string()]).await,
            _ => Program::start(data).await,
        }
    }

    /// Everybody is at work. Gives what the server had logged.
    async fn come(self, program: Program) -> String {
        match self {
            Self::At(CrashAt { point, .. }) => return program.crashed(point).await,
            Self::Sudden(after) => sleep(after).await,
            Self::Stopping(after, and_then) => {
                sleep(after).await;
                program.signal("TERM").await;
                sleep(and_then).await;
            }
        }
        program.kill().await
    }
}

/// Where somebody works, among the boards.
struct At<T> {
    place: usize,
    done: JoinHandle<T>,
}

/// What a life did: edits acknowledged, edits sent, records kept.
#[derive(Default)]
struct Done {
    acknowledged: usize,
    sent: usize,
    refused: usize,
    records: usize,
}

/// Those who are at work on all boards.
#[derive(Default)]
struct Load {
    shifts: JoinSet<(usize, Shift)>,
    readers: Vec<(Client, Tape)>,
    trespasses: Vec<At<Vec<(String, Facts)>>>,
    clerks: Vec<At<BTreeSet<String>>>,
}

impl Load {
    fn begin(&mut self, program: &Program, place: usize, desk: &mut Desk, come: Vec<Client>, is_heavy: bool) {
        for (at, ((who, mut worker), client)) in desk.workers.drain(..).zip(come).enumerate() {
            // One worker of a board pastes so much that checkpoints are made all the time.
            worker.heavy = is_heavy && at == 0;
            let tape = Tape::start(format!("worker {at}"), Some(client.doc.client_id().get()), &client);
            self.shifts.spawn(async move { (place, shift(who, worker, client, tape).await) });
        }
        let (board, clerk) = (desk.board, desk.clerk.clone());
        self.clerks.push(At { place, done: tokio::spawn(keep_records(program.address, board, clerk)) });
    }

    /// The server is gone: what everybody had becomes history.
    async fn end(mut self, number: u64, desks: &mut [Desk]) -> Done {
        let mut done = Done::default();
        for ((reader, tape), desk) in self.readers.drain(..).zip(desks.iter_mut()) {
            reader.until("gone", |heard| heard.closed.is_some()).await;
            desk.history.seen.push((format!("what a reader had before kill {number}"), facts_of(&reader.doc)));
            desk.history.received.push(tape.end(&reader));
        }
        while let Some(ended) = self.shifts.join_next().await {
            let (place, Shift { who, worker, sent, durable, received }) = ended.unwrap();
            let history = &mut desks[place].history;
            done.sent += sent.len();
            for (n, update) in sent.into_iter().filter(|(n, _)| *n <= durable) {
                done.acknowledged += 1;
                let name = format!("edit {n} of {} before kill {number}", who.person);
                history.acknowledged.push((name, facts_of_update(&update)));
            }
            history.received.push(received);
            desks[place].workers.push((who, worker));
        }
        for At { place, done: refused } in self.trespasses {
            let refused = refused.await.unwrap();
            done.refused += refused.len();
            desks[place].history.refused.extend(refused);
        }
        for At { place, done: kept } in self.clerks {
            let kept = kept.await.unwrap();
            done.records += kept.len();
            desks[place].history.records.extend(kept);
        }
        done
    }
}

/// An observer, and a worker in another's name.
async fn trespassers(program: &Program, board: BoardId, desk: &Desk) -> [(Client, Who); 2] {
    let (other, mallory) = (desk.workers[0].0.clone(), desk.workers[1].0.clone());
    let observer = desk.observer.clone();
    [(program.client(board, &observer).await, observer), (program.client(board, &mallory).await, other)]
}

/// Starts the program, checks every board, lets everybody work until it dies.
async fn life(data: &Path, number: u64, death: Death, desks: &mut [Desk]) -> Done {
    let is_heavy = death.is_heavy(number);
    let program = death.start(data).await;
    let store = SqliteStore::attach(data).unwrap();
    let (mut load, mut all) = (Load::default(), Vec::new());
    for desk in desks.iter_mut() {
        let fresh = desk.look(&program, &store).await;
        let come = desk.come_back(&program, &fresh).await;
        let strangers = trespassers(&program, desk.board, desk).await;
        let tape = Tape::start(format!("a reader before kill {number}"), None, &fresh);
        load.readers.push((fresh, tape));
        all.push((come, strangers));
    }
    store.close().await;
    if let Death::At(CrashAt { once: Some(sign), .. }) = &death {
        std::fs::write(sign, "").unwrap();
    }
    for (place, (desk, (come, strangers))) in desks.iter_mut().zip(all).enumerate() {
        for (client, author) in strangers {
            load.trespasses.push(At { place, done: tokio::spawn(trespass(client, author)) });
        }
        load.begin(&program, place, desk, come, is_heavy);
    }
    let log = death.come(program).await;
    assert!(!log.contains("panicked") && !log.contains("quarantined"), "{log}");
    load.end(number, desks).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_by_kill_9_under_load() {
    let (kills, seed) = (setting("JALOSTAMO_KILLS", 20), seed("JALOSTAMO_SEED"));
    println!("kill: {kills} kills, JALOSTAMO_SEED={seed}");
    let (folder, signs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data: Arc<PathBuf> = Arc::new(folder.path().to_owned());
    let mut random = Random::new(seed);
    let (mut desks, mut past): (Vec<Desk>, Vec<Desk>) = (Vec::new(), Vec::new());
    let mut total = Done::default();
    let mut died_at: BTreeMap<&str, u64> = BTreeMap::new();
    let began = Instant::now();
    for number in 0..kills {
        if number % KILLS_PER_BOARD == 0 {
            past.append(&mut desks);
            for _ in 0..BOARDS {
                desks.push(Desk::new(&data, &mut random).await);
            }
        }
        let death = Death::of(number, signs.path(), &mut random);
        let place = match &death {
            Death::Sudden(_) => "any moment",
            Death::Stopping(..) => "while stopping",
            Death::At(at) => at.point.name(),
        };
        let done = life(&data, number, death, &mut desks).await;
        *died_at.entry(place).or_default() += 1;
        total.acknowledged += done.acknowledged;
        total.sent += done.sent;
        total.refused += done.refused;
        total.records += done.records;
        if (number + 1) % 50 == 0 {
            println!("{} kills, {} edits sent, {:?}", number + 1, total.sent, began.elapsed());
        }
    }
    past.append(&mut desks);
    let program = Program::start(&data).await;
    let store = SqliteStore::attach(&data).unwrap();
    for desk in &mut past {
        let fresh = desk.look(&program, &store).await;
        desk.come_back(&program, &fresh).await;
    }
    store.close().await;
    program.signal("TERM").await;
    let (code, log) = program.ended().await;
    assert_eq!(code, Some(0), "{log}");
    println!(
        "kill: {kills} kills, {} boards, {} edits sent, {} acknowledged before a kill, {} refused, {} records kept, {:?}",
        past.len(),
        total.sent,
        total.acknowledged,
        total.refused,
        total.records,
        began.elapsed()
    );
    println!("kill: {died_at:?}");
    assert!(total.acknowledged as u64 > kills * 10, "too little was going on: {}", total.acknowledged);
    if kills >= 20 {
        assert_eq!(died_at.len(), POINTS.len() + 2, "each point at least once");
        assert!(total.refused as u64 > kills && total.records as u64 > kills);
    }
}
