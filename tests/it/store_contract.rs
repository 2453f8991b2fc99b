//! What every store promises of journals, as functions over the traits: each implementation runs them all.
//! Knows no SQL.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use jalostamo::{
    error::StoreError,
    ids::{BoardId, PersonId, Seq},
    store::{
        Append, AuthoredUpdate, Body, Change, Checkpoint, Commit, Health, Journal, SqliteStore, Store, Stream,
        records::{Board, Person},
    },
};

/// Runs contract functions against SQLite, each on a store of its own.
macro_rules! against_sqlite {
    ($($promise:ident)*) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $promise() {
                    let folder = tempfile::tempdir().unwrap();
                    let store = std::sync::Arc::new(jalostamo::store::SqliteStore::open(folder.path()).unwrap());
                    super::$promise(store.clone()).await;
                    store.close().await;
                }
            )*
        }
    };
}
pub(crate) use against_sqlite;

pub(crate) fn board(id: BoardId) -> Board {
    Board { id, epoch: 1, title: "Palvelupolku".into(), made: 1_000, made_by: PersonId::new(), series: None }
}

pub(crate) fn person(name: &str) -> Person {
    Person { id: PersonId::new(), name: name.into(), language: "fi".into(), made: 5, server_owner: false }
}

pub(crate) fn records(records: Vec<Change>) -> Commit {
    Commit { appends: vec![], records }
}

pub(crate) fn append(board: BoardId, expected: Seq, body: Body) -> Append {
    Append { stream: Stream::board(board), epoch: 1, expected, at: 1_000 + expected as i64, body }
}

pub(crate) fn entry(board: BoardId, expected: Seq, text: &str) -> Commit {
    Commit { appends: vec![append(board, expected, Body::Event(text.into()))], records: vec![] }
}

pub(crate) async fn new_board(store: &dyn Store) -> BoardId {
    let id = BoardId::new();
    store.commit(records(vec![Change::NewBoard(board(id))])).await.unwrap();
    id
}

/// The texts of a board's events.
pub(crate) async fn texts(store: &dyn Store, board: BoardId) -> Vec<String> {
    let entries = store.entries(&Stream::board(board), 0, usize::MAX).await.unwrap();
    entries
        .into_iter()
        .map(|entry| match entry.body {
            Body::Event(text) => text,
            Body::Updates(_) => panic!("entry {} is no event", entry.seq),
        })
        .collect()
}

pub(crate) fn checkpoint(seq: Seq, text: &str) -> Checkpoint {
    Checkpoint { seq, document: Bytes::copy_from_slice(text.as_bytes()), facilitation: format!("{{\"at\":{seq}}}") }
}

async fn entries_are_numbered_and_read_back(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let (anna, ben) = (PersonId::new(), PersonId::new());
    let update = |person, bytes: &[u8]| AuthoredUpdate { person, update: Bytes::copy_from_slice(bytes) };
    let bodies = [
        Body::Updates(vec![update(anna, b"one"), update(ben, &[0; 70_000]), update(anna, b"")]),
        Body::Event("{\"type\":\"paused\"}".into()),
        Body::Updates(vec![]),
    ];
    for (expected, body) in (0..).zip(&bodies) {
        store.commit(Commit { appends: vec![append(id, expected, body.clone())], records: vec![] }).await.unwrap();
    }
    let loaded = store.load(&Stream::board(id)).await.unwrap();
    assert_eq!((loaded.epoch, loaded.seq, loaded.checkpoint), (1, 3, None));
    assert_eq!(
        loaded.tail.iter().map(|entry| (entry.seq, entry.at)).collect::<Vec<_>>(),
        [(1, 1_000), (2, 1_001), (3, 1_002)]
    );
    assert!(loaded.tail.iter().map(|entry| &entry.body).eq(&bodies));

    let stream = Stream::board(id);
    let numbers = async |after, limit| -> Vec<Seq> {
        store.entries(&stream, after, limit).await.unwrap().iter().map(|entry| entry.seq).collect()
    };
    assert_eq!(numbers(0, 2).await, [1, 2]);
    assert_eq!(numbers(1, 2).await, [2, 3]);
    assert_eq!(numbers(2, usize::MAX).await, [3]);
    assert_eq!(numbers(0, 0).await, [0; 0]);
    assert_eq!(numbers(3, 9).await, [0; 0]);
    assert_eq!(numbers(99, 9).await, [0; 0]);
}

async fn what_is_not_there_is_not_found(store: Arc<dyn Store>) {
    let stream = Stream::board(BoardId::new());
    assert!(matches!(store.load(&stream).await, Err(StoreError::NotFound)));
    assert!(matches!(store.entries(&stream, 0, 1).await, Err(StoreError::NotFound)));
    assert!(matches!(store.commit(entry(BoardId::new(), 0, "")).await, Err(StoreError::NotFound)));
    assert!(matches!(store.checkpoint(&stream, 1, checkpoint(0, "")).await, Err(StoreError::NotFound)));
    assert!(matches!(store.quarantine(&stream, 1, 0).await, Err(StoreError::NotFound)));
    let id = new_board(&*store).await;
    assert!(matches!(store.quarantine(&Stream::board(id), 1, 0).await, Err(StoreError::NotFound)));
    let again = store.commit(records(vec![Change::NewBoard(board(id))])).await;
    assert!(matches!(again, Err(StoreError::Exists)));
}

async fn a_wrong_number_or_epoch_is_a_conflict(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    store.commit(entry(id, 0, "a")).await.unwrap();
    for wrong in [0, 2] {
        let found = store.commit(entry(id, wrong, "x")).await;
        assert!(matches!(found, Err(StoreError::Conflict { expected, found: 1 }) if expected == wrong), "{found:?}");
    }
    let mut other_epoch = entry(id, 1, "x");
    other_epoch.appends[0].epoch = 2;
    assert!(matches!(store.commit(other_epoch).await, Err(StoreError::Conflict { .. })));
    assert_eq!(texts(&*store, id).await, ["a"]);
    store.commit(entry(id, 1, "b")).await.unwrap();
}

async fn a_commit_is_all_or_nothing(store: Arc<dyn Store>) {
    let (one, two) = (new_board(&*store).await, new_board(&*store).await);
    let anna = person("Anna");
    let failing = Commit {
        appends: vec![
            append(one, 0, Body::Event("a".into())),
            append(one, 1, Body::Event("b".into())),
            append(two, 7, Body::Event("c".into())),
        ],
        records: vec![Change::PutPerson(anna.clone())],
    };
    assert!(matches!(store.commit(failing.clone()).await, Err(StoreError::Conflict { expected: 7, found: 0 })));
    assert!(texts(&*store, one).await.is_empty());
    assert!(matches!(store.person(anna.id).await, Err(StoreError::NotFound)));

    let mut taken = failing.clone();
    taken.appends[2].expected = 0;
    taken.records.push(Change::NewBoard(board(one)));
    assert!(matches!(store.commit(taken.clone()).await, Err(StoreError::Exists)));
    assert!(texts(&*store, two).await.is_empty());
    assert!(matches!(store.person(anna.id).await, Err(StoreError::NotFound)));

    taken.records.pop();
    store.commit(taken).await.unwrap();
    assert_eq!(texts(&*store, one).await, ["a", "b"]);
    assert_eq!(texts(&*store, two).await, ["c"]);
    assert_eq!(store.person(anna.id).await.unwrap(), anna);
}

async fn a_board_and_its_first_entries_come_together(store: Arc<dyn Store>) {
    let id = BoardId::new();
    let mut commit = entry(id, 0, "first");
    commit.records = vec![Change::NewBoard(board(id))];
    store.commit(commit).await.unwrap();
    assert_eq!(texts(&*store, id).await, ["first"]);
}

async fn of_two_racing_writers_one_wins_each_number(store: Arc<dyn Store>) {
    const EACH: usize = 100;
    let id = new_board(&*store).await;
    let writers = ["a", "b", "c"].map(|name| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut won = Vec::new();
            let mut next = 0;
            while won.len() < EACH {
                let text = format!("{name}{}", won.len());
                match store.commit(entry(id, next, &text)).await {
                    Ok(()) => {
                        next += 1;
                        won.push((next, text));
                    }
                    Err(StoreError::Conflict { found, .. }) => next = found,
                    Err(error) => panic!("{error}"),
                }
            }
            won
        })
    });
    let mut won = Vec::new();
    for writer in writers {
        won.extend(writer.await.unwrap());
    }
    won.sort();
    assert_eq!(won.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), (1..=3 * EACH as Seq).collect::<Vec<_>>());
    assert!(won.into_iter().map(|(_, text)| text).eq(texts(&*store, id).await));
}

async fn many_boards_write_at_once_and_one_conflict_hurts_no_other(store: Arc<dyn Store>) {
    let mut boards = Vec::new();
    for _ in 0..16 {
        boards.push(new_board(&*store).await);
    }
    let writers: Vec<_> = boards
        .iter()
        .map(|&id| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for expected in 0..20 {
                    let (right, wrong) = tokio::join!(
                        store.commit(entry(id, expected, &expected.to_string())),
                        store.commit(entry(id, expected + 100, "wrong")),
                    );
                    right.unwrap();
                    assert!(matches!(wrong, Err(StoreError::Conflict { .. })));
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for id in boards {
        assert!(texts(&*store, id).await.into_iter().eq((0..20).map(|n| n.to_string())));
    }
}

async fn loading_starts_at_the_newest_checkpoint(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let stream = Stream::board(id);
    for expected in 0..5 {
        store.commit(entry(id, expected, &expected.to_string())).await.unwrap();
    }
    let look = async || {
        let loaded = store.load(&stream).await.unwrap();
        assert_eq!(loaded.seq, 5);
        (loaded.checkpoint, loaded.tail.iter().map(|entry| entry.seq).collect::<Vec<_>>())
    };
    store.checkpoint(&stream, 1, checkpoint(2, "two")).await.unwrap();
    assert_eq!(look().await, (Some(checkpoint(2, "two")), vec![3, 4, 5]));
    store.checkpoint(&stream, 1, checkpoint(5, "five")).await.unwrap();
    assert_eq!(look().await, (Some(checkpoint(5, "five")), vec![]));
    // One that comes late changes nothing; a later one of the same number does.
    store.checkpoint(&stream, 1, checkpoint(4, "four")).await.unwrap();
    assert_eq!(look().await, (Some(checkpoint(5, "five")), vec![]));
    store.checkpoint(&stream, 1, checkpoint(5, "again")).await.unwrap();
    assert_eq!(look().await, (Some(checkpoint(5, "again")), vec![]));

    assert!(matches!(store.checkpoint(&stream, 1, checkpoint(6, "")).await, Err(StoreError::Conflict { .. })));
    assert!(matches!(store.checkpoint(&stream, 2, checkpoint(5, "")).await, Err(StoreError::Conflict { .. })));
    assert_eq!(texts(&*store, id).await.len(), 5, "entries stay");
}

async fn a_new_epoch_forgets_the_old_one(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let stream = Stream::board(id);
    let (anna, ben) = (PersonId::new(), PersonId::new());
    let mut commit = entry(id, 0, "old");
    commit.records = vec![
        Change::BindClients { board: id, epoch: 1, clients: vec![(7, anna)] },
        Change::Authors { board: id, epoch: 1, objects: vec![("n_1".into(), anna), ("n_2".into(), anna)] },
    ];
    store.commit(commit).await.unwrap();
    store.commit(entry(id, 1, "older")).await.unwrap();
    store.checkpoint(&stream, 1, checkpoint(1, "old")).await.unwrap();
    store.quarantine(&stream, 2, 3).await.unwrap();

    let kept = HashMap::from([("n_2".to_owned(), ben)]);
    let begin = async |from, expected, at| {
        store.begin_epoch(&stream, from, expected, checkpoint(at, "new"), kept.clone()).await
    };
    for wrong in [begin(1, 1, 1).await, begin(2, 2, 2).await, begin(1, 2, 1).await] {
        assert!(matches!(wrong, Err(StoreError::Conflict { .. })), "{wrong:?}");
    }
    assert_eq!(store.load(&stream).await.unwrap().epoch, 1);
    begin(1, 2, 2).await.unwrap();

    let loaded = store.load(&stream).await.unwrap();
    assert_eq!((loaded.epoch, loaded.seq, loaded.tail.len()), (2, 2, 0));
    assert_eq!(loaded.checkpoint, Some(checkpoint(2, "new")));
    assert_eq!((loaded.clients.len(), loaded.quarantined.len()), (0, 0));
    assert_eq!(loaded.authors, kept);
    assert_eq!(store.board(id).await.unwrap().epoch, 2);
    assert!(store.entries(&stream, 0, 10).await.unwrap().is_empty());

    // The old epoch's writers are too late; numbering goes on.
    assert!(matches!(store.commit(entry(id, 2, "late")).await, Err(StoreError::Conflict { .. })));
    let bind = |epoch| records(vec![Change::BindClients { board: id, epoch, clients: vec![(7, ben)] }]);
    assert!(matches!(store.commit(bind(1)).await, Err(StoreError::Conflict { .. })));
    store.commit(bind(2)).await.unwrap();
    let mut next = entry(id, 2, "next");
    next.appends[0].epoch = 2;
    store.commit(next).await.unwrap();
    let entries = store.entries(&stream, 0, 10).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3]);
    assert_eq!(store.load(&stream).await.unwrap().clients, HashMap::from([(7, ben)]));
}

async fn clients_and_authors_keep_their_first_person(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let stream = Stream::board(id);
    let (anna, ben) = (PersonId::new(), PersonId::new());
    let bind = |clients| records(vec![Change::BindClients { board: id, epoch: 1, clients }]);
    store.commit(bind(vec![(1, anna), (u64::MAX, ben)])).await.unwrap();
    store.commit(bind(vec![(1, anna), (2, anna)])).await.unwrap();
    assert!(matches!(store.commit(bind(vec![(3, anna), (1, ben)])).await, Err(StoreError::Conflict { .. })));
    let author = |who| {
        let objects = vec![("n_1".to_owned(), who), (format!("n_{who}"), who)];
        records(vec![Change::Authors { board: id, epoch: 1, objects }])
    };
    store.commit(author(anna)).await.unwrap();
    store.commit(author(ben)).await.unwrap();
    let loaded = store.load(&stream).await.unwrap();
    assert_eq!(loaded.clients, HashMap::from([(1, anna), (2, anna), (u64::MAX, ben)]));
    assert_eq!(
        loaded.authors,
        HashMap::from([("n_1".into(), anna), (format!("n_{anna}"), anna), (format!("n_{ben}"), ben)])
    );
}

async fn quarantine_is_remembered(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    for expected in 0..2 {
        store.commit(entry(id, expected, "")).await.unwrap();
    }
    let stream = Stream::board(id);
    for (seq, index) in [(2, 0), (1, 4), (2, 0)] {
        store.quarantine(&stream, seq, index).await.unwrap();
    }
    assert!(matches!(store.quarantine(&stream, 3, 0).await, Err(StoreError::NotFound)));
    assert_eq!(store.load(&stream).await.unwrap().quarantined, [(1, 4), (2, 0)]);
}

async fn a_healthy_store_says_so(store: Arc<dyn Store>) {
    new_board(&*store).await;
    assert_eq!(*store.health().borrow(), Health::Good);
}

against_sqlite! {
    entries_are_numbered_and_read_back
    what_is_not_there_is_not_found
    a_wrong_number_or_epoch_is_a_conflict
    a_commit_is_all_or_nothing
    a_board_and_its_first_entries_come_together
    of_two_racing_writers_one_wins_each_number
    many_boards_write_at_once_and_one_conflict_hurts_no_other
    loading_starts_at_the_newest_checkpoint
    a_new_epoch_forgets_the_old_one
    clients_and_authors_keep_their_first_person
    quarantine_is_remembered
    a_healthy_store_says_so
}

/// What was written is there for the next process.
#[tokio::test]
async fn a_reopened_store_holds_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let id = new_board(&store).await;
    store.commit(entry(id, 0, "a")).await.unwrap();
    store.close().await;
    assert_eq!(std::fs::metadata(folder.path().join("jalostamo.db-wal")).map_or(0, |wal| wal.len()), 0);
    assert!(matches!(store.commit(entry(id, 1, "b")).await, Err(StoreError::Failing(_))));
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(texts(&store, id).await, ["a"]);
}
