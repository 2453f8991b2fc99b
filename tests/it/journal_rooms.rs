//! Boards that are opened and closed again and again leave nothing behind: no room, no task, no hold on the store.
//!
//! The long form, which prints the memory after each round:
//! `JALOSTAMO_BOARDS=1000 cargo test --release --test it journal_rooms -- --nocapture`, and `JALOSTAMO_ROUNDS` for more
//! than ten.

use std::{sync::Arc, time::Duration};

use jalostamo::{
    clock,
    ids::{BoardId, PersonId},
    limits::Pace,
    metrics::Metrics,
    role::Role,
    room::{Dialect, Join, JoinError, Rooms, SeatError},
    store::{
        Change, Commit, Journal, SqliteStore, Store,
        records::{Board, Member, Person},
    },
    wire::Head,
};
use tempfile::tempdir;
use tokio::{sync::Notify, task::JoinSet};
use yrs::{Doc, Transact};

use crate::support::{
    collab::{options, put_note},
    eventually,
    random::setting,
};

const NOTES: usize = 100;
/// Boards that are open at a time, as on a server.
const AT_ONCE: usize = 100;

/// Somebody makes notes on a board, and leaves.
async fn visit(rooms: Rooms, board: BoardId, person: PersonId, notes: usize) {
    let wake = Arc::new(Notify::new());
    let join = |_: &_| Join {
        person,
        role: Role::Participant,
        dialect: Dialect::Hocuspocus,
        head: Head::named("x"),
        wake: wake.clone(),
    };
    let seat = loop {
        match rooms.join(board, join).await {
            Ok(seat) => break seat,
            // It closes as soon as nobody is there, which may be before anybody came.
            Err(SeatError::Join(JoinError::Closed(_))) => {}
            Err(error) => panic!("{error}"),
        }
    };
    seat.hello().await.unwrap();
    let doc = Doc::with_options(options());
    let items = doc.get_or_insert_map("items");
    let update = {
        let mut txn = doc.transact_mut();
        for _ in 0..notes {
            let id = BoardId::new().to_string().replacen("b_", "n_", 1);
            put_note(&mut txn, &items, &id, person, "A note with a typical text of some words");
        }
        txn.encode_update_v1()
    };
    seat.update(update.into()).await.unwrap();
    let mut heard = String::new();
    while !heard.contains(r#"{"type":"durable","n":1}"#) {
        let waked = wake.notified();
        for frame in seat.outbox().take().frames {
            heard.push_str(&String::from_utf8_lossy(&frame));
        }
        if !heard.contains(r#""durable""#) {
            waked.await;
        }
    }
}

/// Memory of this process in KiB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_open_and_close_without_leaving_anything() {
    let (count, rounds) = (setting("JALOSTAMO_BOARDS", 100) as usize, setting("JALOSTAMO_ROUNDS", 10));
    let folder = tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let person = PersonId::new();
    let boards: Vec<BoardId> = (0..count).map(|_| BoardId::new()).collect();
    let made = clock::now_ms();
    let row = Person { id: person, name: "Aino".into(), language: "fi".into(), made, server_owner: false };
    let mut records = vec![Change::PutPerson(row)];
    for id in &boards {
        let board = Board { id: *id, epoch: 1, title: "Board".into(), made, made_by: person, series: None };
        records.push(Change::NewBoard(board));
        records.push(Change::PutMember(Member { board: *id, person, role: Role::Participant, invite: None }));
    }
    store.commit(Commit { appends: vec![], records }).await.unwrap();

    let metrics = Arc::new(Metrics::new());
    let pace = Pace { room_idle: Duration::from_millis(20), housekeeping: Duration::from_millis(5), ..Pace::default() };
    let shared = Arc::clone(&store) as Arc<dyn Store>;
    let rooms = Rooms::paced(shared, Arc::clone(&metrics), pace);
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let (handles, alive) = (Arc::strong_count(&store), tasks());
    let mut memory = Vec::new();
    for round in 0..rounds {
        for some in boards.chunks(AT_ONCE) {
            let mut visits = JoinSet::new();
            for board in some {
                // The boards grow in the first round only: then each opening reads what is there.
                visits.spawn(visit(rooms.clone(), *board, person, if round == 0 { NOTES } else { 1 }));
            }
            visits.join_all().await;
        }
        eventually("every room closes", async || metrics.rooms.get() == 0).await;
        eventually("no task is left", async || tasks() == alive).await;
        assert_eq!((metrics.rooms_warm.get(), metrics.peers.get()), (0, 0));
        assert_eq!(Arc::strong_count(&store), handles, "somebody holds the store");
        assert_eq!(Arc::strong_count(&metrics), 2, "somebody holds the metrics: this test and the registry do");
        assert!(boards.iter().all(|board| rooms.if_open(*board).is_none()));
        memory.push(resident());
    }
    println!("{count} boards, KiB after each of {rounds} rounds: {memory:?}");
    rooms.shutdown().await;
}
