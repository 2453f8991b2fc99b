//! A restored backup is the boards of its moment, in a new epoch: no copy that a browser made since brings back what was
//! erased, and a folder that holds something is left alone.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use jalostamo::{
    clock,
    error::StoreError,
    ids::{BoardId, Epoch, PersonId},
    role::Role,
    store::{Change, Checkpoint, Journal, Records, Snapshots, SqliteStore, Stream, backup, restore},
};
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};
use tokio::process::Command;

use crate::{
    store_contract::{checkpoint, entry, new_board, person, records, texts},
    store_snapshots::taken,
    support::{board::Server, faulty::Faulty},
};

const NOW: i64 = 1_795_420_800_000;

/// A data folder with a backup of it beside.
struct Backup {
    data: TempDir,
    file: std::path::PathBuf,
    folder: TempDir,
}

async fn backup_of(make: impl AsyncFnOnce(&SqliteStore)) -> Backup {
    let (data, folder) = (tempdir().unwrap(), tempdir().unwrap());
    let store = SqliteStore::open(data.path()).unwrap();
    make(&store).await;
    let file = folder.path().join("copy.db");
    backup(data.path(), &file).unwrap();
    store.close().await;
    Backup { data, file, folder }
}

/// As the old epoch has it, under the new one.
async fn in_epoch(store: &SqliteStore, board: BoardId, expected: Epoch) -> Vec<String> {
    let loaded = store.load(&Stream::board(board)).await.unwrap();
    assert_eq!((loaded.epoch, loaded.clients.len()), (expected, 0));
    assert_eq!(store.board(board).await.unwrap().epoch, expected);
    texts(store, board).await
}

#[tokio::test]
async fn everything_is_there_in_an_epoch_that_was_never_used() {
    let (anna, mut boards) = (person("Anna"), Vec::new());
    let mut kept = None;
    let Backup { data: _data, file, folder } = backup_of(async |store| {
        store.commit(records(vec![Change::PutPerson(anna.clone())])).await.unwrap();
        // One whose past is pruned.
        let pruned = new_board(store).await;
        for expected in 0..3 {
            store.commit(entry(pruned, expected, &expected.to_string())).await.unwrap();
        }
        store.checkpoint(&Stream::board(pruned), 1, checkpoint(2, "two")).await.unwrap();
        assert_eq!(store.prune(1_002, 10).await.unwrap().entries, 2);
        for entries in [0, 3, 5] {
            let id = new_board(store).await;
            for expected in 0..entries {
                store.commit(entry(id, expected, &expected.to_string())).await.unwrap();
            }
            boards.push(id);
        }
        let facts = vec![
            Change::BindClients { board: boards[2], epoch: 1, clients: vec![(7, anna.id)] },
            Change::Authors { board: boards[2], epoch: 1, objects: vec![("n_1".into(), anna.id)] },
        ];
        store.commit(records(facts)).await.unwrap();
        store.checkpoint(&Stream::board(boards[2]), 1, checkpoint(4, "four")).await.unwrap();
        store.quarantine(&Stream::board(boards[2]), 5, 0).await.unwrap();
        kept = Some(taken(store, boards[2], "Nykytila", 2, "two").await);
        // One that has begun an epoch already.
        let rewritten = new_board(store).await;
        store.commit(entry(rewritten, 0, "old")).await.unwrap();
        let stream = Stream::board(rewritten);
        store.begin_epoch(&stream, 1, 1, checkpoint(1, "new"), HashMap::new()).await.unwrap();
        boards.push(rewritten);
        boards.push(pruned);
    })
    .await;
    let original = fs::read(&file).unwrap();
    let to = folder.path().join("restored");
    assert_eq!(restore(&file, &to, NOW).unwrap(), 5);
    assert_eq!(fs::read(&file).unwrap(), original, "the backup stays as it is");
    let mut names: Vec<_> = fs::read_dir(&to).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["jalostamo.db", "lock"]);

    let epoch = Epoch::try_from(NOW / 1_000).unwrap();
    let store = SqliteStore::open(&to).unwrap();
    assert!(in_epoch(&store, boards[0], epoch).await.is_empty());
    assert_eq!(in_epoch(&store, boards[1], epoch).await, ["0", "1", "2"]);
    assert_eq!(in_epoch(&store, boards[2], epoch).await, ["0", "1", "2", "3", "4"]);
    let loaded = store.load(&Stream::board(boards[2])).await.unwrap();
    assert_eq!((loaded.seq, loaded.checkpoint, loaded.tail.len()), (5, Some(checkpoint(4, "four")), 1));
    assert_eq!(loaded.authors, HashMap::from([("n_1".into(), anna.id)]));
    assert_eq!(loaded.quarantined, [(5, 0)]);
    let kept = kept.unwrap();
    assert_eq!(store.snapshot(boards[2], kept.id).await.unwrap(), kept);
    assert_eq!(store.snapshot_state(boards[2], kept.id).await.unwrap(), checkpoint(2, "two"));
    assert_eq!(store.load(&Stream::board(boards[3])).await.unwrap().checkpoint, Some(checkpoint(1, "new")));
    assert!(matches!(store.entries(&Stream::board(boards[4]), 0, 9).await, Err(StoreError::Pruned(2))));
    assert_eq!(store.person(anna.id).await.unwrap(), anna);
    // Without what came before its first entry a board of a later epoch is damaged, never empty.
    let empty = Checkpoint { seq: 0, document: vec![0, 0].into(), facilitation: String::new() };
    assert_eq!(store.load(&Stream::board(boards[1])).await.unwrap().checkpoint, Some(empty));
    let database = Connection::open(to.join("jalostamo.db")).unwrap();
    database.execute("DELETE FROM checkpoints WHERE seq = 0", []).unwrap();
    assert!(matches!(store.load(&Stream::board(boards[1])).await, Err(StoreError::Corrupt(_))));

    // The old epoch's writers are too late, and the board goes on.
    assert!(matches!(store.commit(entry(boards[2], 5, "late")).await, Err(StoreError::Conflict { .. })));
    let mut next = entry(boards[2], 5, "next");
    next.appends[0].epoch = epoch;
    store.commit(next).await.unwrap();
}

#[tokio::test]
async fn a_second_restoring_is_past_all_epochs_of_the_first() {
    let mut board = None;
    let made = backup_of(async |store| board = Some(new_board(store).await)).await;
    let board = board.unwrap();
    let first = made.folder.path().join("first");
    restore(&made.file, &first, NOW).unwrap();
    let store = SqliteStore::open(&first).unwrap();
    let stream = Stream::board(board);
    let epoch = store.load(&stream).await.unwrap().epoch;
    store.begin_epoch(&stream, epoch, 0, checkpoint(0, "purged"), HashMap::new()).await.unwrap();
    store.close().await;
    let second = made.folder.path().join("second");
    restore(&made.file, &second, NOW + 10_000).unwrap();
    let again = SqliteStore::open(&second).unwrap();
    assert!(again.load(&stream).await.unwrap().epoch > epoch + 1);
    drop((again, made.data));
}

fn refused(file: &Path, data: &Path) -> StoreError {
    let error = restore(file, data, NOW).unwrap_err();
    assert!(!data.join("jalostamo.db").is_file() || matches!(error, StoreError::Exists | StoreError::InUse), "{error}");
    error
}

#[tokio::test]
async fn what_cannot_be_restored_leaves_no_database() {
    let mut board = None;
    let made = backup_of(async |store| {
        let id = new_board(store).await;
        store.commit(entry(id, 0, "text")).await.unwrap();
        board = Some(id);
    })
    .await;
    let (file, folder) = (made.file, made.folder);
    let empty = folder.path().join("empty");
    assert!(matches!(refused(&folder.path().join("none.db"), &empty), StoreError::NotFound));
    assert!(!empty.exists());
    // A folder that holds anything at all, and one that a server holds.
    assert!(matches!(refused(&file, made.data.path()), StoreError::Exists));
    let store = SqliteStore::open(made.data.path()).unwrap();
    assert!(matches!(refused(&file, made.data.path()), StoreError::Exists));
    store.close().await;
    let other = tempdir().unwrap();
    fs::write(other.path().join("note.txt"), "mine").unwrap();
    assert!(matches!(refused(&file, other.path()), StoreError::Exists));
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1, "not even a lock");
    let under_a_file = other.path().join("note.txt").join("data");
    assert!(matches!(refused(&file, &under_a_file), StoreError::ReadOnly(_)));

    let damaged = folder.path().join("damaged.db");
    fs::copy(&file, &damaged).unwrap();
    Connection::open(&damaged).unwrap().execute("UPDATE entries SET at = at + 1", []).unwrap();
    match refused(&damaged, &empty) {
        StoreError::Corrupt(why) => assert!(why.contains(&board.unwrap().to_string()), "{why}"),
        other => panic!("{other:?}"),
    }
    for (name, bytes) in [("text.db", "not a database".repeat(99)), ("nothing.db", String::new())] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert!(matches!(refused(&path, &empty), StoreError::Corrupt(_) | StoreError::Other(_)));
    }
    let log = folder.path().join("copy.db-wal");
    fs::write(&log, "the newest changes").unwrap();
    assert!(matches!(refused(&file, &empty), StoreError::Other(_)));
    fs::remove_file(log).unwrap();
    // What failed left nothing that would be in the way.
    assert_eq!(fs::read_dir(&empty).unwrap().count(), 1, "the lock");
    assert_eq!(restore(&file, &empty, NOW).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_copy_brings_back_what_came_after_the_backup() {
    let (data, folder) = (tempdir().unwrap(), tempdir().unwrap());
    let server = Server::start(data.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.dial_name(person, &token, &format!("board.{}.1", server.board)).await;
    aino.until("in step", |heard| heard.synced).await;
    let note = aino.note("before").await;
    aino.until("saved", |heard| heard.durable == heard.sent).await;
    let file = folder.path().join("copy.db");
    backup(data.path(), &file).unwrap();
    aino.append(&note, " and after").await;
    aino.note("later").await;
    aino.until("saved", |heard| heard.durable == heard.sent).await;
    let (board, doc) = (server.board, aino.doc.clone());
    drop(aino);
    server.app.rooms.shutdown().await;
    server.app.shutdown.cancel();

    let restored = folder.path().join("restored");
    restore(&file, &restored, clock::now_ms()).unwrap();
    let store = Faulty::new(Arc::new(SqliteStore::open(&restored).unwrap()));
    let server = Server::over(store, board).await;
    let by_name = server.dial_name(person, &token, &format!("board.{board}.1")).await;
    by_name.until("denied", |heard| heard.denied.as_deref() == Some("retired")).await;
    // A program that knows no epochs sends what it has under its old client id: refused, with a word.
    let old = server.dial(person, &token, doc).await;
    old.until("refused", |heard| heard.refused.iter().any(|(_, code)| code == "client")).await;
    let ben = server.client("Ben", Role::Participant).await;
    assert_eq!(ben.texts(), ["before"]);
    ben.append(&note, " and on").await;
    ben.until("saved", |heard| heard.durable == heard.sent).await;
    ben.until_texts(&["before and on"]).await;
    server.app.rooms.shutdown().await;
}

#[tokio::test]
async fn the_command_says_what_it_did() {
    let made = backup_of(async |store| _ = new_board(store).await).await;
    let to = made.folder.path().join("restored");
    let run = async || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalostamo"));
        command.env_clear().arg("restore").arg(&made.file).arg("--data").arg(&to);
        command.output().await.unwrap()
    };
    let done = run().await;
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && said.contains("boards: 1"), "{said}");
    let refused = run().await;
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.starts_with("jalostamo: Something is in ") && said.trim_end().ends_with('.'), "{said}");
    assert_eq!(SqliteStore::open(&to).unwrap().boards_of(PersonId::new()).await.unwrap(), []);
}
