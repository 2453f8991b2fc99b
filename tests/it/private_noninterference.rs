//! The same run three times, and only what one person writes in private differs: every other connection is sent the same bytes at the same
//! moments until it is revealed, and what leaves the server otherwise is the same too.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use jalostamo::{
    clock,
    facilitation::{Agenda, Command, Naming, Part, Plan},
    ids::{BoardId, PartId, PersonId, RoundId, WorkshopId},
    metrics::Metrics,
    programme::{Language, Names},
    role::Role,
    room::{Dialect, Join, Rooms, Seat},
    store::{
        Change, Commit, DraftId, Journal, SqliteStore, Store, Stream,
        records::{Board, Member, Person},
    },
    wire::{Head, awareness},
};
use tempfile::tempdir;
use tokio::{sync::Notify, time::Instant};
use yrs::{Doc, OffsetKind, Options, Transact, block::ClientID};

use crate::support::{
    collab::put_note,
    drafts::{REVEAL, silent},
    faulty::Faulty,
    random::Random,
};

const BEGAN: i64 = 1_790_000_000_000;
const STEPS: u64 = 120;

const CHAIR: u8 = 1;
const OTTO: u8 = 2;
const EYE: u8 = 3;
const ALICE: u8 = 4;

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

/// A connection, and all that it is sent, with when.
struct Line {
    seat: Seat,
    sent: Arc<Mutex<Vec<(u128, Vec<u8>)>>>,
    doc: Doc,
    who: u8,
    made: u64,
}

impl Line {
    async fn join(
        rooms: &Rooms,
        board: BoardId,
        draft: Option<RoundId>,
        (who, role): (u8, Role),
        began: Instant,
    ) -> Self {
        let wake = Arc::new(Notify::new());
        let join = |_: &_| Join {
            person: person(who),
            role,
            dialect: Dialect::Hocuspocus,
            head: Head::named("x"),
            wake: wake.clone(),
        };
        let seat = match draft {
            Some(round) => {
                let id = DraftId { board, round, number: 1, person: person(who) };
                rooms.join_draft(id, join).await.unwrap()
            }
            None => rooms.join(board, join).await.unwrap(),
        };
        seat.hello().await.unwrap();
        seat.sync_step_1(vec![0].into()).await.unwrap();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (outbox, kept) = (Arc::clone(seat.outbox()), Arc::clone(&sent));
        tokio::spawn(async move {
            loop {
                wake.notified().await;
                let at = began.elapsed().as_millis();
                kept.lock().unwrap().extend(outbox.take().frames.into_iter().map(|frame| (at, frame.to_vec())));
            }
        });
        let client = u64::from(who) * 1_000 + u64::from(draft.is_some());
        let options =
            Options { client_id: ClientID::new(client), offset_kind: OffsetKind::Utf16, ..Options::default() };
        Self { seat, sent, doc: Doc::with_options(options), who, made: 0 }
    }

    /// Writes a note.
    async fn note(&mut self, text: &str) {
        self.made += 1;
        let id = format!("n_01J{:0>23}", u64::from(self.who) * 100_000 + self.made);
        let items = self.doc.get_or_insert_map("items");
        let update = {
            let mut txn = self.doc.transact_mut();
            put_note(&mut txn, &items, &id, person(self.who), text);
            txn.encode_update_v1()
        };
        self.seat.update(update.into()).await.unwrap();
    }

    async fn point(&self, step: u64) {
        let state = format!(r#"{{"cursor":[{step},{step}]}}"#);
        let entry = awareness::entry(u64::from(self.who), step + 1, Some(&state));
        self.seat.awareness(awareness::write([entry].iter())).await.unwrap();
    }

    fn heard(&self) -> Vec<(u128, Vec<u8>)> {
        self.sent.lock().unwrap().clone()
    }
}

/// What Alice does in private.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hidden {
    /// She never even opens it.
    Nothing,
    ALittle,
    /// Much, and what is refused, at any moment.
    ALot,
}

/// What everybody but Alice could see: each line's bytes, what is counted, what the board and its journal hold.
#[derive(PartialEq)]
struct Seen {
    lines: Vec<Vec<(u128, Vec<u8>)>>,
    metrics: String,
    document: Vec<u8>,
    facilitation: String,
    entries: String,
}

fn plan(parts: Vec<Part>) -> Plan {
    let title = Names { fi: "Työpaja".into(), ..Names::default() };
    Plan { title, language: Language::Fi, agenda: Agenda::cleaned(parts).unwrap() }
}

async fn set_up(data: &std::path::Path, board: BoardId) -> Arc<Faulty> {
    let store = Faulty::new(Arc::new(SqliteStore::open(data).unwrap()));
    store.at_once.store(true, std::sync::atomic::Ordering::Relaxed);
    let roles =
        [(CHAIR, Role::Facilitator), (OTTO, Role::Participant), (EYE, Role::Observer), (ALICE, Role::Participant)];
    let mut records: Vec<Change> = Vec::new();
    for (who, _) in roles {
        let name = format!("Person {who}");
        let row = Person { id: person(who), name, language: "fi".into(), made: BEGAN, server_owner: false };
        records.push(Change::PutPerson(row));
    }
    let (title, made_by) = ("Lauta".into(), person(CHAIR));
    records.push(Change::NewBoard(Board { id: board, epoch: 1, title, made: BEGAN, made_by, series: None }));
    let member = |(who, role)| Change::PutMember(Member { board, person: person(who), role, invite: None });
    records.extend(roles.map(member));
    store.commit(Commit { appends: vec![], records }).await.unwrap();
    store
}

async fn run(seed: u64, hidden: Hidden, counted: bool) -> (Seen, bool) {
    clock::simulate(Some(BEGAN));
    let began = Instant::now();
    let folder = tempdir().unwrap();
    let board = BoardId::from_bytes([9; 16]);
    let store = set_up(folder.path(), board).await;
    let metrics = Arc::new(Metrics::new());
    let rooms = Rooms::new(Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&metrics));
    let room = rooms.open(board).await.unwrap();
    let command = async |command| room.command(person(CHAIR), Role::Facilitator, command).await.unwrap();
    let part = Part { id: PartId::from_bytes([7; 16]), ..silent(Naming::Named) };
    let plan = Some(Arc::new(plan(vec![part.clone()])));
    command(Command::StartWorkshop { workshop: WorkshopId::from_bytes([8; 16]), plan }).await;
    command(Command::StartPart { part: part.id }).await;
    command(Command::ShowCounts { part: None, shown: counted }).await;
    let round = RoundId::of(part.id, BEGAN);
    let join = async |draft, who| Line::join(&rooms, board, draft, who, began).await;
    let mut chair = join(None, (CHAIR, Role::Facilitator)).await;
    let otto = join(None, (OTTO, Role::Participant)).await;
    let eye = join(None, (EYE, Role::Observer)).await;
    let alice = join(None, (ALICE, Role::Participant)).await;
    // Somebody's hand is up, and they are in nobody else's draft.
    room.command(person(OTTO), Role::Participant, Command::RaiseHand).await.unwrap();
    let mut ottos = join(Some(round), (OTTO, Role::Participant)).await;
    let mut hers = match hidden {
        Hidden::Nothing => None,
        _ => Some(join(Some(round), (ALICE, Role::Participant)).await),
    };
    let (mut random, mut private) = (Random::new(seed), Random::new(seed ^ 0xa11ce));
    for step in 0..STEPS {
        tokio::time::sleep(Duration::from_millis(random.below(400) as u64)).await;
        match (hidden, &mut hers) {
            (Hidden::ALittle, Some(line)) if step == 40 => line.note("pieni ajatus").await,
            (Hidden::ALot, Some(line)) => {
                for _ in 0..private.below(4) {
                    let length = private.below(600);
                    line.note(&"salaa ".repeat(length)).await;
                    line.point(step).await;
                }
                if step % 20 == 7 {
                    line.seat.update(vec![9, 9, 9].into()).await.unwrap();
                }
            }
            _ => {}
        }
        match random.below(6) {
            0 => chair.note(&format!("avoin {step}")).await,
            1 => ottos.note(&format!("oton {step}")).await,
            2 => otto.point(step).await,
            3 => _ = command(Command::Say { text: format!("viesti {step}") }).await,
            4 => _ = command(Command::AddMinutes { minutes: 1 }).await,
            _ => eye.seat.query_awareness().await.unwrap(),
        }
        alice.point(step).await;
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    let checkpoint = room.checkpoint().await.unwrap();
    let entries = store.entries(&Stream::board(board), 0, 10_000).await.unwrap();
    let seen = Seen {
        lines: [&chair, &otto, &eye, &ottos].map(Line::heard).to_vec(),
        metrics: metrics.encode(),
        document: checkpoint.document.to_vec(),
        facilitation: checkpoint.facilitation,
        entries: format!("{entries:?}"),
    };
    command(REVEAL).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let shown = eye.heard().iter().any(|(_, frame)| {
        let frame = String::from_utf8_lossy(frame);
        frame.contains("pieni ajatus") || frame.contains("salaa salaa")
    });
    clock::simulate(None);
    (seen, shown)
}

#[tokio::test(start_paused = true)]
async fn until_it_is_revealed_nobody_can_tell_what_one_person_writes() {
    for seed in [1, 2020] {
        let (nothing, shown) = run(seed, Hidden::Nothing, false).await;
        assert!(!shown && nothing.lines.iter().all(|line| line.len() > 20), "they do hear something");
        for hidden in [Hidden::ALittle, Hidden::ALot] {
            let (seen, shown) = run(seed, hidden, false).await;
            for (line, (one, other)) in seen.lines.iter().zip(&nothing.lines).enumerate() {
                let differs = one.iter().zip(other).position(|(one, other)| one != other);
                assert!(one == other, "seed {seed}, {hidden:?}, line {line}: differs at {differs:?}");
            }
            assert!(seen.metrics == nothing.metrics, "{}\n{}", seen.metrics, nothing.metrics);
            assert!(seen == nothing, "seed {seed}, {hidden:?}");
            assert!(shown, "revealed, it is there");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_count_that_a_facilitator_shows_is_all_that_differs() {
    let (nothing, _) = run(7, Hidden::Nothing, true).await;
    let (little, _) = run(7, Hidden::ALittle, true).await;
    let (lot, _) = run(7, Hidden::ALot, true).await;
    let said = |seen: &Seen, text: &str| {
        let frames = seen.lines.iter().flatten();
        frames.filter(|(_, frame)| String::from_utf8_lossy(frame).contains(text)).count()
    };
    let two = format!(r#""written":{{"{}":2}}"#, RoundId::of(PartId::from_bytes([7; 16]), BEGAN));
    assert_eq!(said(&nothing, &two), 0);
    assert!(said(&little, &two) > 0 && said(&lot, &two) > 0);
    assert!(little.document == nothing.document && little.entries == nothing.entries);
}
