//! Damage, foreign files, second servers and full disks: an error each time, never an empty or shortened board.
//! Knows SQLite's file, in order to damage it.

use std::{collections::HashMap, fs, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use jalostamo::{
    error::StoreError,
    ids::BoardId,
    store::{Body, Change, Checkpoint, Commit, Health, Journal, Options, Records, SqliteStore, Store, Stream},
};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::store_contract::{append, board, checkpoint, entry, new_board, person, records, texts};

fn database(data: &Path) -> Connection {
    Connection::open(data.join("jalostamo.db")).unwrap()
}

#[tokio::test]
async fn a_second_server_is_refused() {
    let folder = tempdir().unwrap();
    let first = SqliteStore::open(folder.path()).unwrap();
    assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::InUse)));
    new_board(&first).await;
    first.close().await;
    // Closed is enough; the value may still be there.
    SqliteStore::open(folder.path()).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for impossible in [file.join("data"), file.clone(), "/proc/jalostamo".into()] {
        match SqliteStore::open(&impossible) {
            Err(StoreError::ReadOnly(why)) => assert!(why.contains(impossible.to_str().unwrap()), "{why}"),
            other => panic!("{other:?}"),
        }
    }
    let blocked = tempdir().unwrap();
    fs::create_dir(blocked.path().join("jalostamo.db")).unwrap();
    assert!(matches!(SqliteStore::open(blocked.path()), Err(StoreError::ReadOnly(_))));
}

#[test]
fn a_foreign_or_newer_database_is_left_alone() {
    for (sql, says) in [
        ("PRAGMA user_version = 99; PRAGMA application_id = 0x4a616c73; CREATE TABLE streams (id)", "newer"),
        ("CREATE TABLE recipes (id)", "not a database of Jalostamo"),
        ("PRAGMA application_id = 7", "not a database of Jalostamo"),
    ] {
        let folder = tempdir().unwrap();
        database(folder.path()).execute_batch(sql).unwrap();
        let before = fs::read(folder.path().join("jalostamo.db")).unwrap();
        match SqliteStore::open(folder.path()) {
            Err(StoreError::Other(why)) => assert!(why.contains(says), "{why}"),
            other => panic!("{other:?}"),
        }
        assert!(SqliteStore::attach(folder.path()).is_err());
        assert_eq!(fs::read(folder.path().join("jalostamo.db")).unwrap(), before);
    }
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("jalostamo.db"), "no database at all, but long enough to look at".repeat(100))
        .unwrap();
    assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::Corrupt(_))));
}

/// Two boards: one with five entries and a checkpoint at 3, and one of which the damage must not be felt.
async fn two_boards(data: &Path) -> (BoardId, BoardId) {
    let store = SqliteStore::open(data).unwrap();
    let (hurt, well) = (new_board(&store).await, new_board(&store).await);
    for id in [hurt, well] {
        for expected in 0..5 {
            store.commit(entry(id, expected, &format!("text {expected} of {id}"))).await.unwrap();
        }
        store.checkpoint(&Stream::board(id), 1, checkpoint(3, "document")).await.unwrap();
    }
    store.close().await;
    (hurt, well)
}

/// `true` when loading, and `true` when reading all entries, reports damage.
async fn damaged(data: &Path, hurt: BoardId, well: BoardId) -> (bool, bool) {
    let store = SqliteStore::open(data).unwrap();
    let loaded = store.load(&Stream::board(hurt)).await;
    let entries = store.entries(&Stream::board(hurt), 0, usize::MAX).await;
    for error in [loaded.as_ref().err(), entries.as_ref().err()].into_iter().flatten() {
        assert!(matches!(error, StoreError::Corrupt(why) if why.contains(&hurt.to_string())), "{error:?}");
    }
    assert_eq!(store.load(&Stream::board(well)).await.unwrap().tail.len(), 2);
    assert_eq!(texts(&store, well).await.len(), 5);
    assert_eq!(*store.health().borrow(), Health::Good);
    (loaded.is_err(), entries.is_err())
}

#[tokio::test]
async fn damaged_rows_are_reported_and_hurt_no_other_board() {
    let both = (true, true);
    for (sql, seen) in [
        // In the tail, which both read.
        ("UPDATE entries SET body = CAST(replace(body, 'text', 'test') AS BLOB) WHERE stream = 1 AND seq = 4", both),
        ("UPDATE entries SET at = at + 1 WHERE stream = 1 AND seq = 4", both),
        ("UPDATE entries SET kind = 1 WHERE stream = 1 AND seq = 4", both),
        ("UPDATE entries SET epoch = 2 WHERE stream = 1 AND seq = 4", both),
        ("UPDATE entries SET sum = sum + 1 WHERE stream = 1 AND seq = 5", both),
        ("DELETE FROM entries WHERE stream = 1 AND seq = 4", both),
        ("DELETE FROM entries WHERE stream = 1 AND seq = 5", both),
        ("DELETE FROM entries WHERE stream = 1", both),
        (
            "UPDATE entries SET seq = 9 WHERE stream = 1 AND seq = 4; UPDATE entries SET seq = 4 WHERE stream = 1 AND seq = 5; UPDATE entries SET seq = 5 WHERE stream = 1 AND seq = 9",
            both,
        ),
        ("UPDATE entries SET seq = 6 WHERE stream = 1 AND seq = 5", both),
        ("UPDATE streams SET seq = 4 WHERE id = 1", both),
        ("UPDATE streams SET seq = 6 WHERE id = 1", both),
        ("UPDATE streams SET epoch = 2 WHERE id = 1", both),
        // Below the checkpoint: only those who read there meet it.
        ("DELETE FROM entries WHERE stream = 1 AND seq = 2", (false, true)),
        ("UPDATE entries SET at = 0 WHERE stream = 1 AND seq = 1", (false, true)),
        // The checkpoint.
        ("UPDATE checkpoints SET document = zeroblob(8) WHERE stream = 1", (true, false)),
        ("UPDATE checkpoints SET facilitation = '{}' WHERE stream = 1", (true, false)),
        ("UPDATE checkpoints SET seq = 2 WHERE stream = 1", (true, false)),
        ("UPDATE checkpoints SET seq = 9 WHERE stream = 1", (true, false)),
        ("UPDATE checkpoints SET epoch = 2 WHERE stream = 1", (true, false)),
    ] {
        let folder = tempdir().unwrap();
        let (hurt, well) = two_boards(folder.path()).await;
        assert_eq!(damaged(folder.path(), hurt, well).await, (false, false));
        database(folder.path()).execute_batch(sql).unwrap();
        assert_eq!(damaged(folder.path(), hurt, well).await, seen, "{sql}");
    }
}

#[tokio::test]
async fn an_epoch_without_its_first_checkpoint_is_damage() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let stream = Stream::board(new_board(&store).await);
    store.begin_epoch(&stream, 1, 0, checkpoint(0, "new"), HashMap::new()).await.unwrap();
    store.load(&stream).await.unwrap();
    database(folder.path()).execute("DELETE FROM checkpoints", []).unwrap();
    assert!(matches!(store.load(&stream).await, Err(StoreError::Corrupt(_))));
}

/// One byte of the file itself, as a disk turns it over.
#[tokio::test]
async fn flipped_bytes_of_the_file_are_noticed() {
    let folder = tempdir().unwrap();
    let (hurt, _) = two_boards(folder.path()).await;
    let path = folder.path().join("jalostamo.db");
    let good = fs::read(&path).unwrap();
    let text = format!("text 3 of {hurt}");
    let place = good.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    for offset in [0, 9, text.len() - 1] {
        let mut bad = good.clone();
        bad[place + offset] ^= 0x10;
        fs::write(&path, bad).unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        assert!(matches!(store.load(&Stream::board(hurt)).await, Err(StoreError::Corrupt(_))));
    }
    // And a whole page that was lost.
    let page = place / 4096 * 4096;
    let mut bad = good.clone();
    bad[page..page + 4096].fill(0);
    fs::write(&path, bad).unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(matches!(store.load(&Stream::board(hurt)).await, Err(StoreError::Corrupt(_))));
    store.close().await;
    fs::write(&path, good).unwrap();
    assert_eq!(texts(&SqliteStore::open(folder.path()).unwrap(), hurt).await.len(), 5);
}

/// One bit anywhere in the file: what was written, or an error.
#[tokio::test]
async fn no_flipped_bit_changes_what_is_read() {
    let folder = tempdir().unwrap();
    let (one, two) = two_boards(folder.path()).await;
    let path = folder.path().join("jalostamo.db");
    let good = fs::read(&path).unwrap();
    let read = async |id| -> Result<_, StoreError> {
        let store = SqliteStore::open(folder.path())?;
        let loaded = store.load(&Stream::board(id)).await?;
        let entries = store.entries(&Stream::board(id), 0, usize::MAX).await?;
        Ok((loaded.epoch, loaded.seq, loaded.checkpoint, loaded.tail, entries))
    };
    let expected = [read(one).await.unwrap(), read(two).await.unwrap()];
    let good_length = good.len();
    let mut noticed = 0;
    for flip in 0..200 {
        // A stride that has no factor in common with the page size visits all parts of all pages.
        let (byte, bit) = (flip * 104_729 % good_length, flip % 8);
        let mut bad = good.clone();
        bad[byte] ^= 1 << bit;
        fs::write(&path, bad).unwrap();
        for (id, expected) in [one, two].into_iter().zip(&expected) {
            match read(id).await {
                Ok(found) => assert_eq!(&found, expected, "bit {bit} of byte {byte} was served"),
                Err(_) => noticed += 1,
            }
        }
        for name in ["jalostamo.db-wal", "jalostamo.db-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
    }
    assert!(noticed > 0, "no flip met any data");
}

/// Smaller than what the store tries a full disk with: once one does not fit, the disk stays full.
fn large(id: BoardId, expected: u64) -> Commit {
    let body = Body::Event("x".repeat(50_000));
    Commit { appends: vec![append(id, expected, body)], records: vec![] }
}

/// Fills the store; the number of entries that were acknowledged.
async fn fill(store: &dyn Store, id: BoardId) -> u64 {
    for expected in 0.. {
        match store.commit(large(id, expected)).await {
            Ok(()) => {}
            Err(StoreError::Full) => return expected,
            Err(error) => panic!("{error}"),
        }
    }
    0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_everything_until_there_is_room() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open_with(folder.path(), Options { max_pages: Some(500) }).unwrap();
    let id = new_board(&store).await;
    let mut health = store.health();
    let acknowledged = fill(&store, id).await;
    assert!(acknowledged > 5);
    assert_eq!(*health.borrow(), Health::Full);
    // Also what would have fitted, and at once: nobody is told that something is saved while other things are not.
    let small = BoardId::new();
    let refused = store.commit(records(vec![Change::NewBoard(board(small))])).await;
    assert!(matches!(refused, Err(StoreError::Full)));
    assert!(matches!(store.checkpoint(&Stream::board(id), 1, checkpoint(1, "")).await, Err(StoreError::Full)));
    assert!(matches!(store.board(small).await, Err(StoreError::NotFound)));
    assert_eq!(store.load(&Stream::board(id)).await.unwrap().seq, acknowledged, "reading goes on");

    assert_eq!(*health.borrow_and_update(), Health::Full);

    // Somebody makes room: the board is rewritten by another process.
    let other = SqliteStore::attach(folder.path()).unwrap();
    let first = checkpoint(acknowledged, "");
    other.begin_epoch(&Stream::board(id), 1, acknowledged, first, HashMap::new()).await.unwrap();
    other.close().await;
    health.wait_for(|health| *health == Health::Good).await.unwrap();
    store.commit(records(vec![Change::NewBoard(board(small))])).await.unwrap();
    assert_eq!(store.load(&Stream::board(id)).await.unwrap().seq, acknowledged);
}

#[tokio::test]
async fn a_full_store_opens_again_with_everything_acknowledged() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open_with(folder.path(), Options { max_pages: Some(300) }).unwrap();
    let id = new_board(&store).await;
    let acknowledged = fill(&store, id).await;
    store.close().await;
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(store.load(&Stream::board(id)).await.unwrap().seq, acknowledged);
    store.commit(large(id, acknowledged)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_and_the_writer_do_not_wait_for_each_other() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let id = new_board(&store).await;
    let reader = database(folder.path());
    reader.execute_batch("BEGIN; SELECT count(*) FROM entries").unwrap();
    store.commit(entry(id, 0, "a")).await.unwrap();
    let writer = database(folder.path());
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(texts(&store, id).await, ["a"]);
    let waiting = store.commit(entry(id, 1, "b"));
    let free = async { writer.execute_batch("ROLLBACK").unwrap() };
    let (committed, ()) = tokio::join!(waiting, free);
    committed.unwrap();
}

/// The writer always has somebody's work, so the file is free for moments only.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_writes_beside_a_busy_server() {
    const BOARDS: usize = 16;
    let folder = tempdir().unwrap();
    assert!(matches!(SqliteStore::attach(folder.path()), Err(StoreError::NotFound)));
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut busy = Vec::new();
    for _ in 0..BOARDS {
        let (id, server, stopped) = (new_board(&*store).await, Arc::clone(&store), stopped.clone());
        busy.push(tokio::spawn(async move {
            let mut expected = 0;
            while !*stopped.borrow() {
                server.commit(entry(id, expected, "busy")).await.unwrap();
                expected += 1;
            }
            (id, expected)
        }));
    }
    let anna = person("Anna");
    for _ in 0..20 {
        let command = SqliteStore::attach(folder.path()).unwrap();
        command.commit(records(vec![Change::PutPerson(anna.clone())])).await.unwrap();
        command.close().await;
    }
    stop.send(true).unwrap();
    for task in busy {
        let (id, written) = task.await.unwrap();
        assert_eq!(texts(&*store, id).await.len() as u64, written);
    }
    assert_eq!(store.person(anna.id).await.unwrap(), anna);
}

/// No file of the folder holds the text any more, the write-ahead log included.
#[tokio::test(flavor = "multi_thread")]
async fn erased_text_leaves_the_folder() {
    let folder = tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let id = new_board(&store).await;
    let stream = Stream::board(id);
    let secret = "henkilötunnus 131052-308T";
    let holds = || {
        fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
        })
    };
    store.commit(entry(id, 0, secret)).await.unwrap();
    for fill in ["", &"y".repeat(50_000)] {
        let document = Bytes::from(format!("{secret}{fill}"));
        store.checkpoint(&stream, 1, Checkpoint { document, ..checkpoint(1, "") }).await.unwrap();
    }
    assert!(holds());
    store.begin_epoch(&stream, 1, 1, checkpoint(1, "clean"), HashMap::new()).await.unwrap();
    let log = folder.path().join("jalostamo.db-wal");
    let emptied = async {
        while fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), emptied).await.unwrap();
    assert!(!holds());
    assert_eq!(store.load(&stream).await.unwrap().checkpoint, Some(checkpoint(1, "clean")));
}
