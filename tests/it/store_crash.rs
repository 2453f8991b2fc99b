//! What is acknowledged is on disk: after `kill -9`, and after a write that the system refused. Each test runs a
//! writer in a process of its own, which is this test program again.
//!
//! The long form kills more often: `JALOSTAMO_TEST_KILLS=10000 cargo test --release --test it store_crash`.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use jalostamo::{
    error::StoreError,
    ids::{BoardId, Seq, SnapshotId},
    store::{Health, Journal, Snapshots, SqliteStore, Stream},
};

use crate::{
    store_contract::{checkpoint, entry, new_board, texts},
    store_snapshots::taken,
};

/// Tells the child where its data folder is.
const DATA: &str = "JALOSTAMO_TEST_STORE";

pub(crate) fn data() -> PathBuf {
    std::env::var_os(DATA).expect("run by a test of this module").into()
}

/// The test of this name, in a process of its own.
fn child(command: Command, name: &str, data: &Path) -> Command {
    child_of("store_crash", command, name, data)
}

/// The test of this name in this module, in a process of its own.
pub(crate) fn child_of(module: &str, mut command: Command, name: &str, data: &Path) -> Command {
    command.args(["--exact", &format!("{module}::{name}"), "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(DATA, data).stdout(Stdio::piped());
    command
}

/// The complete lines that report an acknowledged entry.
fn acknowledgement(line: &str) -> Option<(BoardId, Seq)> {
    let rest = line.strip_prefix("acknowledged ")?;
    let (board, seq) = rest.split_once(' ')?;
    Some((board.parse().ok()?, seq.strip_suffix(" .")?.parse().ok()?))
}

/// The complete lines that report a snapshot.
fn named(line: &str) -> Option<(SnapshotId, (BoardId, Seq))> {
    let words: Vec<&str> = line.strip_prefix("named ")?.strip_suffix(" .")?.split(' ').collect();
    let [id, board, seq] = words.as_slice() else { return None };
    Some((id.parse().ok()?, (board.parse().ok()?, seq.parse().ok()?)))
}

/// The last acknowledged number of each board, and the snapshots.
#[derive(Default)]
struct Acknowledged {
    last: HashMap<BoardId, Seq>,
    named: HashMap<SnapshotId, (BoardId, Seq)>,
}

/// What a child acknowledged that is killed after `enough` entries.
fn run_and_kill(data: &Path, enough: usize) -> Acknowledged {
    let this = std::env::current_exe().unwrap();
    let mut child = child(Command::new(this), "child_writes_until_it_is_killed", data).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut all = Acknowledged::default();
    let mut line = String::new();
    let mut count = 0;
    while output.read_line(&mut line).unwrap() > 0 {
        if let Some((board, seq)) = acknowledgement(line.trim_end_matches('\n')) {
            all.last.insert(board, seq);
            count += 1;
            if count == enough {
                child.kill().unwrap();
            }
        }
        all.named.extend(named(line.trim_end_matches('\n')));
        line.clear();
    }
    assert!(!child.wait().unwrap().success());
    assert!(count >= enough, "the child ended by itself after {count}");
    all
}

#[tokio::test]
async fn whatever_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let kills = std::env::var("JALOSTAMO_TEST_KILLS").map_or(10, |kills| kills.parse().unwrap());
    let mut all = Acknowledged::default();
    for round in 0..kills {
        // Sometimes at once, sometimes when the log has been moved into the database a few times.
        let new = run_and_kill(folder.path(), 1 + round * 37 % 2_000);
        all.last.extend(new.last);
        all.named.extend(new.named);
        let store = SqliteStore::open(folder.path()).unwrap();
        for (&board, &seq) in &all.last {
            let found = store.load(&Stream::board(board)).await.unwrap();
            assert!(found.seq >= seq, "{board}: {seq} was acknowledged, {} is there", found.seq);
            let texts = texts(&store, board).await;
            assert!(texts.into_iter().eq((1..=found.seq).map(|seq| format!("entry {seq}"))));
            // Also those that nobody heard of are whole.
            for snapshot in store.snapshots_of(board).await.unwrap() {
                store.snapshot_state(board, snapshot.id).await.unwrap();
            }
        }
        for (&id, &(board, seq)) in &all.named {
            let kept = store.snapshot_state(board, id).await.unwrap();
            assert_eq!(kept, checkpoint(seq, &format!("the board at {seq}")));
        }
    }
    assert!(!all.named.is_empty());
    let check: String = rusqlite::Connection::open(folder.path().join("jalostamo.db"))
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a child of whatever_was_acknowledged_survives_kill_9"]
async fn child_writes_until_it_is_killed() {
    let store = Arc::new(SqliteStore::open(&data()).unwrap());
    let mut writers = Vec::new();
    for _ in 0..4 {
        let store = Arc::clone(&store);
        writers.push(tokio::spawn(async move {
            let board = new_board(&*store).await;
            for seq in 1.. {
                store.commit(entry(board, seq - 1, &format!("entry {seq}"))).await.unwrap();
                println!("acknowledged {board} {seq} .");
                if seq % 5 == 0 && seq <= 900 {
                    let snapshot = taken(&*store, board, "Nimi", seq, &format!("the board at {seq}")).await;
                    println!("named {} {board} {seq} .", snapshot.id);
                }
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

/// The system refuses to let a file grow past 1 MiB: not a full disk but an error, as from a broken one.
#[tokio::test]
async fn a_write_error_ends_writing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    let output = child(limited, "child_meets_a_write_error", folder.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let (board, seq) = text.lines().filter_map(acknowledgement).next_back().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let texts = texts(&store, board).await;
    assert!(texts.len() as Seq >= seq);
    assert!(texts.iter().take(seq as usize).all(|text| text.len() == 20_000));
    store.commit(entry(board, texts.len() as Seq, "after a restart")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a child of a_write_error_ends_writing_and_loses_nothing"]
async fn child_meets_a_write_error() {
    let store = SqliteStore::open(&data()).unwrap();
    let board = new_board(&store).await;
    let text = "z".repeat(20_000);
    let mut acknowledged = 0;
    let error = loop {
        match store.commit(entry(board, acknowledged, &text)).await {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Failing(_)), "{error:?}");
    assert_eq!(*store.health().borrow(), Health::Failing);
    // Nothing more is tried, and nothing was lost.
    assert!(matches!(store.commit(entry(board, acknowledged, "small")).await, Err(StoreError::Failing(_))));
    assert!(matches!(store.quarantine(&Stream::board(board), 1, 0).await, Err(StoreError::Failing(_))));
    assert_eq!(texts(&store, board).await, vec![text; acknowledged as usize]);
    store.close().await;
    println!("\nacknowledged {board} {acknowledged} .");
}
