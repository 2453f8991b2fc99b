//! The store dies at named points: each change is there wholly or not at all, what was acknowledged is there, and what an
//! epoch took away is in no file. Each death is that of a process of its own, which is this test program again.

use std::{
    collections::HashMap,
    fs,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, Stdio},
};

use jalostamo::{
    crash_point::{self, Point},
    ids::{BoardId, Epoch, PersonId, Seq, SeriesId},
    programme::{Names, Organisation, OrganisationEdit, Sector, Series, SeriesEdit},
    store::{Change, Journal, Records, SqliteStore, Stream},
};

use crate::{
    store_contract::{checkpoint, entry, new_board, person, records, texts},
    store_crash::{child_of, data},
};

/// Tells the child where to die.
const POINT: &str = "JALOSTAMO_TEST_POINT";

/// All that the store passes.
const POINTS: [Point; 12] = [
    Point::InMigration,
    Point::InRecords,
    Point::BeforeCommit,
    Point::AfterCommit,
    Point::BeforeCheckpoint,
    Point::InCheckpoint,
    Point::AfterCheckpoint,
    Point::BeforeLogMove,
    Point::AfterLogMove,
    Point::BeforeEpoch,
    Point::InEpoch,
    Point::AfterEpoch,
];
/// Entries of an epoch before the next.
const ENTRIES: Seq = 4;

/// What an epoch's texts begin with.
fn secret(epoch: Epoch) -> String {
    format!("salaisuus {epoch} ")
}

#[test]
#[ignore = "a child of whatever_was_acknowledged_survives_a_death_at_every_point"]
fn child_dies_at_a_point() {
    crash_point::arm(std::env::var(POINT).unwrap().parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(live());
}

/// Entries with records, checkpoints, series and epochs, one after the other; each is said before and after.
async fn live() {
    let store = SqliteStore::open(&data()).unwrap();
    let board = new_board(&store).await;
    let stream = Stream::board(board);
    println!("board {board} .");
    let mut seq = 0;
    for epoch in 1..50 {
        for _ in 0..ENTRIES {
            let anna = person("Anna");
            let mut commit = entry(board, seq, &format!("{}{}", secret(epoch), anna.id));
            commit.appends[0].epoch = epoch;
            commit.records = vec![Change::PutPerson(anna.clone())];
            println!("trying {} .", anna.id);
            store.commit(commit).await.unwrap();
            seq += 1;
            println!("entry {epoch} {seq} .");
        }
        store.checkpoint(&stream, epoch, checkpoint(seq - 1, &format!("{}whole", secret(epoch)))).await.unwrap();
        let name = Some(Names { fi: "Sarja".into(), ..Names::default() });
        let series =
            Series::new(SeriesEdit { name: name.clone(), ..SeriesEdit::default() }, PersonId::new(), 7).unwrap();
        let sector = Some(Sector::WellbeingCounty);
        let organisation = Organisation::new(OrganisationEdit { name, sector, abbreviation: None }).unwrap();
        let id = series.id;
        println!("planning {id} .");
        let changes = vec![Change::NewSeries(series), Change::NewOrganisation { series: id, organisation }];
        store.commit(records(changes)).await.unwrap();
        println!("series {id} .");
        let authors = HashMap::from([(format!("n_{}", epoch + 1), PersonId::new())]);
        let first = checkpoint(seq, &format!("{}begins", secret(epoch + 1)));
        store.begin_epoch(&stream, epoch, seq, first, authors).await.unwrap();
        println!("epoch {} .", epoch + 1);
    }
    store.close().await;
}

/// What a child said before it died.
#[derive(Default)]
struct Said {
    board: Option<BoardId>,
    epoch: Epoch,
    seq: Seq,
    tried: Vec<PersonId>,
    planned: Vec<SeriesId>,
    series: Vec<SeriesId>,
}

fn run(data: &Path, at: &str) -> Said {
    let this = std::env::current_exe().unwrap();
    let mut child = child_of("store_crash_points", Command::new(this), "child_dies_at_a_point", data);
    let output = child.env(POINT, at).stderr(Stdio::piped()).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(6), "{at}: {:?}: {log}", output.status);
    let mut said = Said { epoch: 1, ..Said::default() };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let words: Vec<&str> = line.strip_suffix(" .").unwrap_or_default().split(' ').collect();
        match words.as_slice() {
            ["board", id] => said.board = id.parse().ok(),
            ["trying", id] => said.tried.extend(id.parse::<PersonId>()),
            ["entry", _, seq] => said.seq = seq.parse().unwrap(),
            ["planning", id] => said.planned.extend(id.parse::<SeriesId>()),
            ["series", id] => said.series.extend(id.parse::<SeriesId>()),
            ["epoch", epoch] => said.epoch = epoch.parse().unwrap(),
            _ => {}
        }
    }
    said
}

/// Whether a file of the folder holds a text.
fn holds(data: &Path, text: &str) -> bool {
    fs::read_dir(data).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

async fn look(data: &Path, at: &str, said: Said) {
    let store = SqliteStore::open(data).unwrap();
    let Some(board) = said.board else {
        // It died before anything was acknowledged.
        new_board(&store).await;
        return;
    };
    let stream = Stream::board(board);
    let loaded = store.load(&stream).await.unwrap();
    assert!((said.epoch..=said.epoch + 1).contains(&loaded.epoch), "{at}: epoch {}", loaded.epoch);
    assert!((said.seq..=said.seq + 1).contains(&loaded.seq), "{at}: {} of {}", loaded.seq, said.seq);
    let texts = texts(&store, board).await;
    assert!(texts.iter().all(|text| text.starts_with(&secret(loaded.epoch))), "{at}: {texts:?}");
    assert_eq!(texts.len() as Seq, loaded.seq - ENTRIES * Seq::from(loaded.epoch - 1), "{at}");
    if loaded.epoch > 1 {
        let (first, newer) = (format!("{}begins", secret(loaded.epoch)), format!("{}whole", secret(loaded.epoch)));
        let kept = loaded.checkpoint.unwrap();
        assert!([first.as_bytes(), newer.as_bytes()].contains(&kept.document.as_ref()), "{at}");
        assert_eq!(loaded.authors.keys().collect::<Vec<_>>(), [&format!("n_{}", loaded.epoch)], "{at}");
    }
    for epoch in 1..loaded.epoch {
        assert!(!holds(data, &secret(epoch)), "{at}: what epoch {} took away is in a file", epoch + 1);
    }
    // An entry and the record that came with it: both or neither.
    for id in said.tried {
        let is_there = texts.iter().any(|text| text.ends_with(&id.to_string()));
        let is_known = store.person(id).await.is_ok();
        assert!(is_known == is_there || (is_known && loaded.epoch > 1), "{at}: {id}");
    }
    for id in said.planned {
        let found = store.whole_series(id).await;
        assert!(found.is_ok() || !said.series.contains(&id), "{at}: an acknowledged series is lost");
        assert!(found.is_err() || found.unwrap().organisations.len() == 1, "{at}: half a series");
    }
    let mut next = entry(board, loaded.seq, "it goes on");
    next.appends[0].epoch = loaded.epoch;
    store.commit(next).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn whatever_was_acknowledged_survives_a_death_at_every_point() {
    for point in POINTS {
        let passings = match point {
            Point::InMigration => [1, 2, 3],
            // The first is at the start.
            Point::BeforeLogMove | Point::AfterLogMove => [1, 2, 4],
            Point::BeforeEpoch | Point::InEpoch | Point::AfterEpoch => [1, 2, 5],
            _ => [1, 4, 11],
        };
        for passing in passings {
            let folder = tempfile::tempdir().unwrap();
            let at = format!("{}:{passing}", point.name());
            let said = run(folder.path(), &at);
            look(folder.path(), &at, said).await;
        }
    }
}

/// Before the first commit behind them: what a process left in the log may be in the system's memory only, and what it
/// took away may still be there.
#[tokio::test]
async fn a_start_moves_what_is_in_the_log_into_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("jalostamo.db-wal");
    run(folder.path(), "after-commit:3");
    assert!(fs::metadata(&log).unwrap().len() > 0);
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(fs::metadata(&log).unwrap().len(), 0);
    store.close().await;
}
