//! A backup made while a server writes holds everything acknowledged before it, restores by putting it in place,
//! and is never half a file. Knows no server's HTTP.

use std::{fs, path::Path, sync::Arc};

use jalostamo::{
    error::StoreError,
    ids::PersonId,
    store::{Change, Journal, Records, SqliteStore, Stream, backup},
};
use tempfile::tempdir;

use crate::store_contract::{checkpoint, entry, new_board, person, records, texts};

/// As docs/backup.md tells: the file, under its name, in an empty folder.
fn restore(copy: &Path, data: &Path) -> SqliteStore {
    fs::copy(copy, data.join("jalostamo.db")).unwrap();
    SqliteStore::open(data).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_during_writes_restores_to_one_moment() {
    let (data, copies) = (tempdir().unwrap(), tempdir().unwrap());
    let store = Arc::new(SqliteStore::open(data.path()).unwrap());
    let (one, two) = (new_board(&*store).await, new_board(&*store).await);
    let anna = person("Anna");
    store.commit(records(vec![Change::PutPerson(anna.clone())])).await.unwrap();
    store.checkpoint(&Stream::board(one), 1, checkpoint(0, "document")).await.unwrap();

    let (progress, mut written) = tokio::sync::watch::channel(0);
    let server = Arc::clone(&store);
    let busy = tokio::spawn(async move {
        let mut expected = 0;
        // Both boards in one commit, so that a copy of two moments would show.
        while !progress.is_closed() {
            let mut both = entry(one, expected, "text");
            both.appends.extend(entry(two, expected, "text").appends);
            server.commit(both).await.unwrap();
            expected += 1;
            progress.send_replace(expected);
        }
    });
    let mut before = Vec::new();
    for number in 1..=3 {
        let enough = 50 * number;
        written.wait_for(|written| *written >= enough).await.unwrap();
        before.push(*written.borrow());
        let (from, to) = (data.path().to_owned(), copies.path().join(format!("{number}.db")));
        tokio::task::spawn_blocking(move || backup(&from, &to)).await.unwrap().unwrap();
    }
    drop(written);
    busy.await.unwrap();

    assert_eq!(names(copies.path()), ["1.db", "2.db", "3.db"]);
    for (number, before) in (1..).zip(before) {
        let fresh = tempdir().unwrap();
        let restored = restore(&copies.path().join(format!("{number}.db")), fresh.path());
        let found = texts(&restored, one).await.len() as u64;
        assert!(found >= before, "{before} were acknowledged before the backup, it has {found}");
        assert_eq!(texts(&restored, two).await.len() as u64, found);
        assert_eq!(restored.person(anna.id).await.unwrap(), anna);
        assert_eq!(restored.load(&Stream::board(one)).await.unwrap().checkpoint, Some(checkpoint(0, "document")));
        restored.commit(entry(one, found, "life goes on")).await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_leaves_nothing_behind() {
    let (data, copies) = (tempdir().unwrap(), tempdir().unwrap());
    let to = copies.path().join("copy.db");
    assert!(matches!(backup(data.path(), &to), Err(StoreError::NotFound)));
    let store = SqliteStore::open(data.path()).unwrap();
    new_board(&store).await;
    fs::write(&to, "precious").unwrap();
    assert!(matches!(backup(data.path(), &to), Err(StoreError::Exists)));
    assert_eq!(fs::read_to_string(&to).unwrap(), "precious");
    let nowhere = to.join("copy.db");
    assert!(matches!(backup(data.path(), &nowhere), Err(StoreError::ReadOnly(_))));
    assert_eq!(names(copies.path()), ["copy.db"]);
    // Without a server, too.
    store.close().await;
    backup(data.path(), &copies.path().join("idle.db")).unwrap();
    assert_eq!(names(copies.path()), ["copy.db", "idle.db"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (data, copies) = (tempdir().unwrap(), tempdir().unwrap());
    let store = SqliteStore::open(data.path()).unwrap();
    new_board(&store).await;
    let to = copies.path().join("copy.db");
    backup(data.path(), &to).unwrap();
    assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn damaged_data_makes_no_backup() {
    let (data, copies) = (tempdir().unwrap(), tempdir().unwrap());
    let store = SqliteStore::open(data.path()).unwrap();
    let id = new_board(&store).await;
    for expected in 0..3 {
        store.commit(entry(id, expected, &PersonId::new().to_string())).await.unwrap();
    }
    let raw = rusqlite::Connection::open(data.path().join("jalostamo.db")).unwrap();
    raw.execute("UPDATE entries SET at = at + 1 WHERE seq = 2", []).unwrap();
    match backup(data.path(), &copies.path().join("copy.db")) {
        Err(StoreError::Corrupt(why)) => assert!(why.contains(&id.to_string()), "{why}"),
        other => panic!("{other:?}"),
    }
    assert!(names(copies.path()).is_empty());
}
