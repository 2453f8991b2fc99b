//! What every store promises of snapshots: kept with a document of their own, whatever becomes of the board; damage is an
//! error and never another document. The second half knows SQLite's file, in order to damage it.

use std::{collections::HashMap, fs, path::Path, sync::Arc};

use jalostamo::{
    error::StoreError,
    ids::{BoardId, PersonId, Seq, SnapshotId},
    limits,
    store::{
        Change, Checkpoint, Commit, Journal, Snapshot, Snapshots, SqliteStore, Store, Stream, backup, snapshots::Kind,
    },
};
use rusqlite::Connection;

use crate::{
    store_contract::{against_sqlite, checkpoint, entry, new_board, records},
    support::eventually,
};

fn snapshot(board: BoardId, name: &str, at: i64) -> Snapshot {
    Snapshot { id: SnapshotId::new(), board, name: name.into(), kind: Kind::Manual, at, by: PersonId::new() }
}

/// The change that takes it, in the first epoch.
fn take(snapshot: &Snapshot, seq: Seq, document: &str) -> Change {
    Change::TakeSnapshot { snapshot: snapshot.clone(), epoch: 1, checkpoint: checkpoint(seq, document) }
}

/// Takes a snapshot of this name at this number.
pub(crate) async fn taken(store: &dyn Store, board: BoardId, name: &str, seq: Seq, document: &str) -> Snapshot {
    let snapshot = snapshot(board, name, 1_000 + seq as i64);
    store.commit(records(vec![take(&snapshot, seq, document)])).await.unwrap();
    snapshot
}

/// A board with three entries.
async fn board_of_three(store: &dyn Store) -> BoardId {
    let id = new_board(store).await;
    for expected in 0..3 {
        store.commit(entry(id, expected, &expected.to_string())).await.unwrap();
    }
    id
}

async fn they_are_listed_and_read_back(store: Arc<dyn Store>) {
    let (id, other) = (board_of_three(&*store).await, board_of_three(&*store).await);
    let first = taken(&*store, id, "Nykytila", 0, "empty").await;
    let second = taken(&*store, id, "Tavoitetila", 2, "two").await;
    // The same number again is another snapshot.
    let third = taken(&*store, id, "Nykytila", 2, "two").await;
    let elsewhere = taken(&*store, other, "Muu", 3, "other").await;
    let mut newest_first = vec![second.clone(), third.clone()];
    newest_first.sort_by_key(|snapshot| std::cmp::Reverse(snapshot.id));
    newest_first.push(first.clone());
    assert_eq!(store.snapshots_of(id).await.unwrap(), newest_first);
    assert_eq!(store.snapshots_of(BoardId::new()).await.unwrap(), []);
    assert_eq!(store.snapshot(id, third.id).await.unwrap(), third);
    assert_eq!(store.snapshot_state(id, first.id).await.unwrap(), checkpoint(0, "empty"));
    assert_eq!(store.snapshot_state(id, second.id).await.unwrap(), checkpoint(2, "two"));
    for (board, wrong) in [(id, elsewhere.id), (other, first.id), (BoardId::new(), first.id), (id, SnapshotId::new())] {
        assert!(matches!(store.snapshot(board, wrong).await, Err(StoreError::NotFound)));
        assert!(matches!(store.snapshot_state(board, wrong).await, Err(StoreError::NotFound)));
    }
}

async fn what_comes_later_leaves_them_alone(store: Arc<dyn Store>) {
    let id = board_of_three(&*store).await;
    let stream = Stream::board(id);
    store.checkpoint(&stream, 1, checkpoint(2, "latest")).await.unwrap();
    let kept = taken(&*store, id, "Nykytila", 2, "as it was").await;
    assert_eq!(
        store.load(&stream).await.unwrap().checkpoint,
        Some(checkpoint(2, "latest")),
        "and they leave the board"
    );
    for expected in 3..9 {
        store.commit(entry(id, expected, "later")).await.unwrap();
        store.checkpoint(&stream, 1, checkpoint(expected, "newer")).await.unwrap();
    }
    assert_eq!(store.snapshot_state(id, kept.id).await.unwrap(), checkpoint(2, "as it was"));
    assert_eq!(store.load(&stream).await.unwrap().checkpoint, Some(checkpoint(8, "newer")));
}

async fn only_what_is_in_the_journal_can_be_named(store: Arc<dyn Store>) {
    let id = board_of_three(&*store).await;
    let new = snapshot(id, "Nykytila", 5);
    let with = |epoch, seq| Change::TakeSnapshot { snapshot: new.clone(), epoch, checkpoint: checkpoint(seq, "") };
    for wrong in [with(1, 4), with(2, 3), with(0, 3)] {
        assert!(matches!(store.commit(records(vec![wrong])).await, Err(StoreError::Conflict { .. })));
    }
    let nowhere = take(&snapshot(BoardId::new(), "Ei mitään", 5), 0, "");
    assert!(matches!(store.commit(records(vec![nowhere])).await, Err(StoreError::NotFound)));
    // With a commit that fails it is not there either, and nor is its document.
    let mut commit = entry(id, 2, "too late");
    commit.records = vec![with(1, 3)];
    assert!(matches!(store.commit(commit).await, Err(StoreError::Conflict { .. })));
    assert_eq!(store.snapshots_of(id).await.unwrap(), []);
    store.commit(records(vec![with(1, 3)])).await.unwrap();
    assert!(matches!(store.commit(records(vec![with(1, 2)])).await, Err(StoreError::Exists)));
    assert_eq!(store.snapshot_state(id, new.id).await.unwrap(), checkpoint(3, ""));
}

async fn they_are_renamed_and_deleted(store: Arc<dyn Store>) {
    let (id, other) = (board_of_three(&*store).await, board_of_three(&*store).await);
    let (one, two) = (taken(&*store, id, "Yksi", 1, "one").await, taken(&*store, id, "Kaksi", 1, "two").await);
    let rename = |board, snapshot| records(vec![Change::RenameSnapshot { board, snapshot, name: "Uusi".into() }]);
    let delete = |board, snapshot| records(vec![Change::DropSnapshot { board, snapshot }]);
    for (board, wrong) in [(other, one.id), (BoardId::new(), one.id), (id, SnapshotId::new())] {
        assert!(matches!(store.commit(rename(board, wrong)).await, Err(StoreError::NotFound)));
        assert!(matches!(store.commit(delete(board, wrong)).await, Err(StoreError::NotFound)));
    }
    store.commit(rename(id, one.id)).await.unwrap();
    assert_eq!(store.snapshot(id, one.id).await.unwrap(), Snapshot { name: "Uusi".into(), ..one.clone() });
    store.commit(delete(id, one.id)).await.unwrap();
    assert!(matches!(store.commit(delete(id, one.id)).await, Err(StoreError::NotFound)));
    assert!(matches!(store.snapshot_state(id, one.id).await, Err(StoreError::NotFound)));
    assert_eq!(store.snapshots_of(id).await.unwrap(), std::slice::from_ref(&two));
    assert_eq!(store.snapshot_state(id, two.id).await.unwrap(), checkpoint(1, "two"));
    assert_eq!(store.load(&Stream::board(id)).await.unwrap().seq, 3);
}

async fn two_hundred_a_board_and_no_more(store: Arc<dyn Store>) {
    let (id, other) = (board_of_three(&*store).await, board_of_three(&*store).await);
    let all: Vec<Snapshot> = (0..limits::SNAPSHOTS_PER_BOARD).map(|n| snapshot(id, &n.to_string(), n as i64)).collect();
    let commit = |snapshot: &Snapshot| records(vec![take(snapshot, 3, "document")]);
    store.commit(records(all.iter().map(|snapshot| take(snapshot, 3, "document")).collect())).await.unwrap();
    assert_eq!(store.snapshots_of(id).await.unwrap().len(), 200);
    let more = snapshot(id, "Liikaa", 0);
    assert!(matches!(store.commit(commit(&more)).await, Err(StoreError::TooMany)));
    store.commit(commit(&snapshot(other, "Toinen lauta", 0))).await.unwrap();
    store.commit(records(vec![Change::DropSnapshot { board: id, snapshot: all[7].id }])).await.unwrap();
    store.commit(commit(&more)).await.unwrap();
    assert_eq!(store.snapshots_of(id).await.unwrap().len(), 200);
}

async fn a_new_epoch_has_none(store: Arc<dyn Store>) {
    let (id, other) = (board_of_three(&*store).await, board_of_three(&*store).await);
    let (gone, kept) = (taken(&*store, id, "Vanha", 2, "old").await, taken(&*store, other, "Muu", 2, "other").await);
    store.begin_epoch(&Stream::board(id), 1, 3, checkpoint(3, "new"), HashMap::new()).await.unwrap();
    assert_eq!(store.snapshots_of(id).await.unwrap(), []);
    assert!(matches!(store.snapshot_state(id, gone.id).await, Err(StoreError::NotFound)));
    assert_eq!(store.snapshot_state(other, kept.id).await.unwrap(), checkpoint(2, "other"));
    // What was begun in the old epoch comes too late, and old numbers cannot be named.
    let new = snapshot(id, "Uusi", 9);
    let with = |epoch, seq| Change::TakeSnapshot { snapshot: new.clone(), epoch, checkpoint: checkpoint(seq, "new") };
    for late in [with(1, 3), with(2, 2)] {
        assert!(matches!(store.commit(records(vec![late])).await, Err(StoreError::Conflict { .. })));
    }
    store.commit(records(vec![with(2, 3)])).await.unwrap();
    assert_eq!(store.snapshot_state(id, new.id).await.unwrap(), checkpoint(3, "new"));
}

against_sqlite! {
    they_are_listed_and_read_back
    what_comes_later_leaves_them_alone
    only_what_is_in_the_journal_can_be_named
    they_are_renamed_and_deleted
    two_hundred_a_board_and_no_more
    a_new_epoch_has_none
}

fn database(data: &Path) -> Connection {
    Connection::open(data.join("jalostamo.db")).unwrap()
}

/// A closed store with a board of a checkpoint and two snapshots.
async fn closed(data: &Path) -> (BoardId, [Snapshot; 2]) {
    let store = SqliteStore::open(data).unwrap();
    let id = board_of_three(&store).await;
    store.checkpoint(&Stream::board(id), 1, checkpoint(2, "latest")).await.unwrap();
    let both = [taken(&store, id, "Yksi", 2, "first document").await, taken(&store, id, "Kaksi", 3, "another").await];
    store.close().await;
    (id, both)
}

#[tokio::test]
async fn a_reopened_store_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let (id, [one, two]) = closed(folder.path()).await;
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(store.snapshots_of(id).await.unwrap(), [two.clone(), one]);
    assert_eq!(store.snapshot_state(id, two.id).await.unwrap(), checkpoint(3, "another"));
}

/// Whatever happened to the rows: an error, not an empty document and not another snapshot's; the board itself goes on,
/// and no backup is made.
#[tokio::test]
async fn damaged_documents_are_reported() {
    let first = "(SELECT min(checkpoint) FROM snapshots)";
    for sql in [
        format!("UPDATE checkpoints SET document = zeroblob(0) WHERE id = {first}"),
        format!("UPDATE checkpoints SET document = CAST('second document' AS BLOB) WHERE id = {first}"),
        format!("UPDATE checkpoints SET facilitation = '{{}}' WHERE id = {first}"),
        format!("UPDATE checkpoints SET seq = 1 WHERE id = {first}"),
        format!("UPDATE checkpoints SET epoch = 2 WHERE id = {first}"),
        format!("UPDATE checkpoints SET sum = sum + 1 WHERE id = {first}"),
        format!("PRAGMA foreign_keys = off; DELETE FROM checkpoints WHERE id = {first}"),
        "UPDATE snapshots SET seq = 1 WHERE name = 'Yksi'".into(),
        "UPDATE snapshots SET epoch = 2 WHERE name = 'Yksi'".into(),
        // It names the other's document, or the board's own checkpoint.
        "UPDATE snapshots SET checkpoint = 99 WHERE name = 'Kaksi'; UPDATE snapshots SET checkpoint =
         (SELECT max(id) FROM checkpoints) WHERE name = 'Yksi'"
            .into(),
        "UPDATE snapshots SET checkpoint = (SELECT id FROM checkpoints WHERE purpose = 'latest') WHERE name = 'Yksi'"
            .into(),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (id, [hurt, _]) = closed(folder.path()).await;
        database(folder.path()).execute_batch(&format!("PRAGMA foreign_keys = off; {sql}")).unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        match store.snapshot_state(id, hurt.id).await {
            Err(StoreError::Corrupt(why)) => assert!(why.contains(&hurt.id.to_string()), "{why}"),
            other => panic!("{sql}: {other:?}"),
        }
        assert_eq!(store.load(&Stream::board(id)).await.unwrap().checkpoint, Some(checkpoint(2, "latest")));
        assert!(backup(folder.path(), &folder.path().join("backup.db")).is_err(), "{sql}");
        assert!(!folder.path().join("backup.db").exists());
    }
    let folder = tempfile::tempdir().unwrap();
    closed(folder.path()).await;
    backup(folder.path(), &folder.path().join("backup.db")).unwrap();
}

/// One byte of the file itself, as a disk turns it over.
#[tokio::test]
async fn a_flipped_byte_of_a_document_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (id, [hurt, well]) = closed(folder.path()).await;
    let path = folder.path().join("jalostamo.db");
    let mut bytes = fs::read(&path).unwrap();
    let text = b"first document";
    let place = bytes.windows(text.len()).position(|window| window == text).unwrap();
    bytes[place + 3] ^= 0x10;
    fs::write(&path, bytes).unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(matches!(store.snapshot_state(id, hurt.id).await, Err(StoreError::Corrupt(_))));
    assert_eq!(store.snapshot_state(id, well.id).await.unwrap(), checkpoint(3, "another"));
}

#[tokio::test]
async fn an_unknown_kind_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (id, [one, _]) = closed(folder.path()).await;
    database(folder.path()).execute("UPDATE snapshots SET kind = 'magic'", []).unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(matches!(store.snapshots_of(id).await, Err(StoreError::Corrupt(_))));
    assert!(matches!(store.snapshot(id, one.id).await, Err(StoreError::Corrupt(_))));
}

/// No file of the folder holds the text any more, the write-ahead log included.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_or_erased_leaves_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let holds = |secret: &str| {
        fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
        })
    };
    let id = board_of_three(&store).await;
    let commit = |change| store.commit(Commit { appends: vec![], records: vec![change] });
    for (secret, fill) in [("henkilötunnus 131052-308T", 50_000), ("puhelin 040 123 4567", 0)] {
        let document = format!("{secret}{}", "y".repeat(fill)).into();
        let named = snapshot(id, "Nykytila", 1);
        let whole = Checkpoint { document, ..checkpoint(3, "") };
        commit(Change::TakeSnapshot { snapshot: named.clone(), epoch: 1, checkpoint: whole }).await.unwrap();
        assert!(holds(secret));
        if fill > 0 {
            commit(Change::DropSnapshot { board: id, snapshot: named.id }).await.unwrap();
        } else {
            let stream = Stream::board(id);
            store.begin_epoch(&stream, 1, 3, checkpoint(3, "clean"), HashMap::new()).await.unwrap();
        }
        eventually("the text is gone", async || !holds(secret)).await;
    }
}
