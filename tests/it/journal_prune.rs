//! The past is kept as long as the configuration says, and deleted then: whole boards, an honest answer about what is
//! gone, no byte of it left, and a file that does not grow. The second half knows SQLite's file.

use std::{collections::HashMap, path::Path, sync::Arc, time::Instant};

use jalostamo::{
    config::History,
    error::StoreError,
    ids::{BoardId, PersonId, Seq},
    store::{AuthoredUpdate, Body, Commit, Journal, Pruned, SqliteStore, Store, Stream, backup, pruning},
};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::{
    store_contract::{against_sqlite, append, checkpoint, entry, new_board},
    store_snapshots::taken,
    support::{TestServer, eventually},
};

/// Later than every entry of these tests, which are of the years 1970 and 1971.
const LATE: i64 = 40_000_000_000;

/// A board with entries 1 to `count`, made at 1000, 1001, …: events and updates by turns.
async fn board_of(store: &dyn Store, count: Seq) -> BoardId {
    let id = new_board(store).await;
    for expected in 0..count {
        let update = AuthoredUpdate { person: PersonId::new(), update: vec![7; 10].into() };
        let body = if expected % 2 == 0 { Body::Event("{}".into()) } else { Body::Updates(vec![update]) };
        store.commit(Commit { appends: vec![append(id, expected, body)], records: vec![] }).await.unwrap();
    }
    id
}

async fn keep(store: &dyn Store, board: BoardId, seq: Seq) {
    store.checkpoint(&Stream::board(board), 1, checkpoint(seq, "board")).await.unwrap();
}

/// The numbers of a board's entries, from the first that is there.
async fn numbers(store: &dyn Store, board: BoardId) -> Vec<Seq> {
    let stream = Stream::board(board);
    let entries = match store.entries(&stream, 0, usize::MAX).await {
        Err(StoreError::Pruned(until)) => store.entries(&stream, until, usize::MAX).await,
        entries => entries,
    };
    entries.unwrap().iter().map(|entry| entry.seq).collect()
}

const fn pruned(entries: usize, more: bool) -> Pruned {
    Pruned { entries, more }
}

async fn only_what_is_old_and_in_a_checkpoint_goes(store: Arc<dyn Store>) {
    let id = board_of(&*store, 6).await;
    let stream = Stream::board(id);
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(0, false), "without a checkpoint all are needed");
    keep(&*store, id, 4).await;
    let before = store.load(&stream).await.unwrap();
    assert_eq!(store.prune(1_000, 100).await.unwrap(), pruned(0, false), "none is older than the first");
    assert_eq!(store.prune(1_002, 100).await.unwrap(), pruned(2, false), "the third is not older than itself");
    assert_eq!(numbers(&*store, id).await, [3, 4, 5, 6]);
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(2, false), "the checkpoint is at 4");
    assert_eq!(numbers(&*store, id).await, [5, 6]);
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(0, false));

    let after = store.load(&stream).await.unwrap();
    assert_eq!((before.seq, before.checkpoint, before.tail), (after.seq, after.checkpoint, after.tail));
    store.commit(entry(id, 6, "later")).await.unwrap();
    // One that was made earlier and comes late is not what loading needs now.
    keep(&*store, id, 3).await;
    keep(&*store, id, 7).await;
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(3, false));
    assert_eq!(store.load(&stream).await.unwrap().seq, 7);
    assert_eq!(numbers(&*store, id).await, [0; 0]);
    store.commit(entry(id, 7, "and on")).await.unwrap();
    assert_eq!(numbers(&*store, id).await, [8]);
}

async fn who_asks_for_what_is_gone_is_told(store: Arc<dyn Store>) {
    let id = board_of(&*store, 6).await;
    let stream = Stream::board(id);
    keep(&*store, id, 4).await;
    store.prune(LATE, 100).await.unwrap();
    for after in 0..4 {
        let asked = store.entries(&stream, after, 1).await;
        assert!(matches!(asked, Err(StoreError::Pruned(4))), "{asked:?}");
    }
    assert_eq!(store.entries(&stream, 4, 1).await.unwrap()[0].seq, 5);
    assert!(store.entries(&stream, 9, 1).await.unwrap().is_empty());
    // A new epoch has a past of its own, all of which is there.
    let facts = HashMap::new();
    store.begin_epoch(&stream, 1, 6, checkpoint(6, "new"), facts).await.unwrap();
    assert!(store.entries(&stream, 0, 10).await.unwrap().is_empty());
    let mut next = entry(id, 6, "next");
    next.appends[0].epoch = 2;
    store.commit(next).await.unwrap();
    assert_eq!(numbers(&*store, id).await, [7]);
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(0, false), "its checkpoint is older");
}

async fn it_is_done_in_small_pieces(store: Arc<dyn Store>) {
    let mut boards = Vec::new();
    for _ in 0..3 {
        let id = board_of(&*store, 5).await;
        keep(&*store, id, 5).await;
        boards.push(id);
    }
    for (at_most, expected) in [(4, pruned(4, true)), (1, pruned(1, true)), (7, pruned(7, true)), (0, pruned(0, true))]
    {
        assert_eq!(store.prune(LATE, at_most).await.unwrap(), expected);
        for id in &boards {
            assert_eq!(store.load(&Stream::board(*id)).await.unwrap().seq, 5);
        }
    }
    assert_eq!(store.prune(LATE, 3).await.unwrap(), pruned(3, false), "exactly what was left");
    for id in boards {
        assert!(numbers(&*store, id).await.is_empty());
    }
}

async fn large_entries_are_a_piece_of_their_own(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let text = "x".repeat(jalostamo::limits::PRUNE_BYTES * 2 / 3);
    for expected in 0..3 {
        store.commit(entry(id, expected, &text)).await.unwrap();
    }
    keep(&*store, id, 3).await;
    for more in [true, true, false] {
        assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(1, more));
    }
}

async fn a_clock_that_went_back_makes_no_hole(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    for (expected, at) in (0..).zip([1_000, 9_000, 2_000, 3_000]) {
        let mut commit = entry(id, expected, "");
        commit.appends[0].at = at;
        store.commit(commit).await.unwrap();
    }
    keep(&*store, id, 4).await;
    assert_eq!(store.prune(5_000, 100).await.unwrap(), pruned(1, false));
    assert_eq!(numbers(&*store, id).await, [2, 3, 4]);
}

async fn snapshots_and_quarantine_stay_whole(store: Arc<dyn Store>) {
    let id = board_of(&*store, 6).await;
    let stream = Stream::board(id);
    let kept = taken(&*store, id, "Nykytila", 2, "as it was").await;
    keep(&*store, id, 5).await;
    for (seq, index) in [(2, 0), (6, 1)] {
        store.quarantine(&stream, seq, index).await.unwrap();
    }
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(5, false));
    assert_eq!(store.snapshot_state(id, kept.id).await.unwrap(), checkpoint(2, "as it was"));
    assert_eq!(store.load(&stream).await.unwrap().quarantined, [(6, 1)]);
    assert!(matches!(store.quarantine(&stream, 5, 0).await, Err(StoreError::NotFound)));
    store.quarantine(&stream, 6, 2).await.unwrap();
}

async fn it_goes_on_beside_writers(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let server = Arc::clone(&store);
    let writing = tokio::spawn(async move {
        for expected in 0..300 {
            server.commit(entry(id, expected, &expected.to_string())).await.unwrap();
            if expected % 7 == 0 {
                server.checkpoint(&Stream::board(id), 1, checkpoint(expected, "board")).await.unwrap();
            }
        }
    });
    let mut gone = 0;
    while !writing.is_finished() {
        gone += store.prune(LATE, 5).await.unwrap().entries;
    }
    writing.await.unwrap();
    gone += pruning::round(&*store, LATE).await.unwrap();
    assert_eq!(gone, 294, "all up to the last checkpoint");
    assert_eq!(numbers(&*store, id).await, (295..=300).collect::<Vec<_>>());
    assert_eq!(store.load(&Stream::board(id)).await.unwrap().tail.len(), 6);
}

against_sqlite! {
    only_what_is_old_and_in_a_checkpoint_goes
    who_asks_for_what_is_gone_is_told
    it_is_done_in_small_pieces
    large_entries_are_a_piece_of_their_own
    a_clock_that_went_back_makes_no_hole
    snapshots_and_quarantine_stay_whole
    it_goes_on_beside_writers
}

/// Whether a word is in any file of a folder.
pub(crate) fn anywhere(folder: &Path, word: &str) -> bool {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    // The log before the database: what is moved from one to the other meanwhile is then seen in one of them.
    files.sort_by_key(|file| !file.to_string_lossy().ends_with("-wal"));
    files.iter().any(|file| {
        let bytes = std::fs::read(file).unwrap_or_default();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}

#[tokio::test]
async fn what_was_deleted_is_in_no_byte_of_the_folder() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let id = new_board(&store).await;
    for expected in 0..50 {
        // Some on the pages of others, some on pages of their own.
        let text = "a word long forgotten ".repeat(if expected % 10 == 0 { 1_000 } else { 3 });
        store.commit(entry(id, expected, &text)).await.unwrap();
    }
    keep(&store, id, 49).await;
    assert!(anywhere(folder.path(), "long forgotten"));
    assert_eq!(store.prune(LATE, 49).await.unwrap(), pruned(49, false));
    assert!(anywhere(folder.path(), "long forgotten"), "the fiftieth is there");
    keep(&store, id, 50).await;
    assert_eq!(store.prune(LATE, 100).await.unwrap(), pruned(1, false));
    eventually("it is overwritten", async || !anywhere(folder.path(), "long forgotten")).await;
    store.close().await;
    assert!(!anywhere(folder.path(), "long forgotten"));
}

/// What the file counts: all pages, and those that wait to be used again.
fn pages(data: &Path) -> (i64, i64) {
    let database = Connection::open(data.join("jalostamo.db")).unwrap();
    let pragma = |name| database.pragma_query_value(None, name, |row| row.get(0)).unwrap();
    (pragma("page_count"), pragma("freelist_count"))
}

/// A board with edits of so many days, a checkpoint a day, and a history of `history` days; pages after each day.
async fn days_of_work(folder: &Path, days: i64, history: u32) -> Vec<(i64, i64)> {
    const DAY: i64 = 86_400_000;
    let store = SqliteStore::open(folder).unwrap();
    let id = new_board(&store).await;
    let (mut seq, mut seen) = (0, Vec::new());
    for day in 0..days {
        let appends = (0..200).map(|n| {
            let text = "edit ".repeat(20 + n % 300);
            let mut append = append(id, seq + n as u64, Body::Event(text));
            append.at = day * DAY + n as i64;
            append
        });
        store.commit(Commit { appends: appends.collect(), records: vec![] }).await.unwrap();
        seq += 200;
        store.checkpoint(&Stream::board(id), 1, checkpoint(seq, &"board ".repeat(5_000))).await.unwrap();
        if let Some(before) = History::Days(history).before(day * DAY + 1_000) {
            pruning::round(&store, before).await.unwrap();
        }
        seen.push(pages(folder));
    }
    store.close().await;
    seen
}

#[tokio::test]
async fn the_file_does_not_grow_under_steady_work() {
    let (kept, all) = (tempdir().unwrap(), tempdir().unwrap());
    let pages = days_of_work(kept.path(), 40, 5).await;
    println!("pages of 4 KiB, and free ones, with 5 days kept: {pages:?}");
    let (settled, last) = (pages[9].0, pages[39].0);
    // A page or two for the numbers that grow longer; thirty days of work would be far more.
    assert!(last <= settled + settled / 20, "{settled} pages after 10 days, {last} after 40");
    let without = days_of_work(all.path(), 40, 1_000).await;
    assert!(without[39].0 > 3 * last, "and without deleting it would have grown: {without:?}");
}

#[tokio::test]
async fn damage_to_the_mark_is_an_error_and_never_a_shorter_board() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let (id, well) = (board_of(&store, 6).await, board_of(&store, 6).await);
    let stream = Stream::board(id);
    for board in [id, well] {
        keep(&store, board, 4).await;
    }
    store.prune(LATE, 100).await.unwrap();
    let database = Connection::open(folder.path().join("jalostamo.db")).unwrap();
    let damage = |sql: &str| database.execute(sql, [stream.name()]).unwrap();
    let copy = folder.path().join("copy.db");

    damage("UPDATE streams SET pruned = 2 WHERE name = ?1");
    assert!(matches!(store.entries(&stream, 2, 10).await, Err(StoreError::Corrupt(_))), "3 and 4 are missing");
    assert!(matches!(backup(folder.path(), &copy), Err(StoreError::Corrupt(_))));
    damage("UPDATE streams SET pruned = 5 WHERE name = ?1");
    assert!(matches!(store.load(&stream).await, Err(StoreError::Corrupt(_))), "the checkpoint is older");
    damage("UPDATE streams SET pruned = 4 WHERE name = ?1");
    backup(folder.path(), &copy).unwrap();
    damage("DELETE FROM checkpoints WHERE stream = (SELECT id FROM streams WHERE name = ?1)");
    assert!(matches!(store.load(&stream).await, Err(StoreError::Corrupt(_))));
    assert_eq!(store.load(&Stream::board(well)).await.unwrap().seq, 6);
}

#[tokio::test]
async fn a_server_deletes_what_is_too_old_when_it_starts() {
    let data = tempdir().unwrap();
    let store = SqliteStore::open(data.path()).unwrap();
    let id = board_of(&store, 6).await;
    keep(&store, id, 6).await;
    store.close().await;
    drop(store);
    let server = TestServer::on(data, |config| config.history = History::All).await;
    assert_eq!(server.running().app().store.entries(&Stream::board(id), 0, 10).await.unwrap().len(), 6);
    let server = TestServer::on(server.stop().await, |config| config.history = History::Days(1)).await;
    let store = Arc::clone(&server.running().app().store);
    let gone = async || matches!(store.entries(&Stream::board(id), 0, 10).await, Err(StoreError::Pruned(6)));
    eventually("entries of 1970 are deleted", gone).await;
    assert_eq!(store.board(id).await.unwrap().id, id);
}

/// What writers wait while a million entries go: `cargo test --release --test it journal_prune -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures"]
async fn measure_commits_beside_deleting() {
    let folder = tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let (old, live) = (new_board(&*store).await, new_board(&*store).await);
    for first in (0..200_000).step_by(1_000) {
        let appends =
            (first..first + 1_000).map(|n| append(old, n, Body::Event("a typical edit ".repeat(10)))).collect();
        store.commit(Commit { appends, records: vec![] }).await.unwrap();
    }
    keep(&*store, old, 200_000).await;
    let mut expected = 0;
    let mut commits = async |store: &SqliteStore, until: &dyn Fn(usize) -> bool| {
        let mut waits = Vec::new();
        while !until(waits.len()) {
            let begin = Instant::now();
            store.commit(entry(live, expected, "an edit")).await.unwrap();
            waits.push(begin.elapsed());
            expected += 1;
        }
        waits.sort();
        (waits.len(), waits[waits.len() / 2], waits[waits.len() * 99 / 100], waits[waits.len() - 1])
    };
    println!("alone: commits, p50, p99, most: {:?}", commits(&store, &|n| n == 2_000).await);
    let pruner = Arc::clone(&store);
    let begin = Instant::now();
    let pruning = tokio::spawn(async move { pruning::round(&*pruner, LATE).await.unwrap() });
    println!("beside: commits, p50, p99, most: {:?}", commits(&store, &|_| pruning.is_finished()).await);
    println!("{} entries deleted in {:?}", pruning.await.unwrap(), begin.elapsed());
    let begin = Instant::now();
    let stream = Stream::board(live);
    store.begin_epoch(&stream, 1, expected, checkpoint(expected, "purged"), HashMap::new()).await.unwrap();
    println!("a board of {expected} entries begins an epoch in {:?}", begin.elapsed());
}
