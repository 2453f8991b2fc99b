//! The program's faults: a full disk, a stop under load, a client that sends anything. Each closes at most what it must,
//! and loses nothing. Knows the program from outside only.

use std::{path::Path, process::Command, time::Duration};

use hyper::Method;
use jalostamo::role::Role;
use serde_json::json;
use tokio::{task::JoinSet, time::timeout};

use crate::{
    kill_load::{Worker, facts_of, facts_of_update},
    support::{
        collab::{Client, put_note, texts},
        http::Asking,
        program::{Program, new_board},
        random::Random,
        secret_of,
    },
};

/// A small file system of its own, where the machine lets us mount one.
struct Small(tempfile::TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m", "none"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Nothing is lost when it stays: it is in memory.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_acknowledgements_and_loses_nothing() {
    let Some(disk) = Small::mount() else {
        println!("No file system can be mounted here; room_full and store_faults prove the same with a page limit.");
        return;
    };
    let (board, people) = new_board(disk.path(), &[Role::Participant, Role::Participant]).await;
    let ballast = disk.path().join("ballast");
    let program = Program::start(disk.path()).await;
    let writer = program.client(board, &people[0]).await;
    writer.note("before").await;
    writer.until("kept", |heard| heard.durable >= heard.sent).await;
    // Everything that is left but a little.
    let _ = std::fs::write(&ballast, vec![0; 6 << 20]);
    let mut kept = facts_of(&writer.doc);
    let storage = |client: &Client| client.has(|heard| heard.session.as_ref().unwrap()["state"]["storage"].clone());
    while storage(&writer) == "good" {
        let (_, update) = writer.write_note(&"long ".repeat(700));
        let n = writer.sync(2, &update).await;
        writer
            .until("kept or full", |heard| {
                heard.durable >= n || heard.session.as_ref().unwrap()["state"]["storage"] != "good"
            })
            .await;
        if writer.has(|heard| heard.durable >= n) {
            kept.join(&facts_of_update(&update));
        }
    }
    assert_eq!(storage(&writer), "full");
    let durable = writer.has(|heard| heard.durable);
    // Joining and reading go on; what is written now waits with its author.
    let reader = program.client(board, &people[1]).await;
    assert!(facts_of(&reader.doc).contains(&kept));
    assert_eq!(storage(&reader), "full");
    writer.note("meanwhile").await;
    assert_eq!(writer.has(|heard| heard.durable), durable);
    std::fs::remove_file(&ballast).unwrap();
    writer.until("everything kept", |heard| heard.durable >= heard.sent).await;
    let all = facts_of(&writer.doc);
    reader.until("everything", |_| facts_of(&reader.doc) == all).await;
    program.kill().await;
    let program = Program::start(disk.path()).await;
    let fresh = program.client(board, &people[1]).await;
    assert_eq!(facts_of(&fresh.doc), all);
}

/// A file system that can only be read, as after a fault of its disk: named at the start, and no board is made or lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_disk_is_named_at_the_start() {
    let Some(disk) = Small::mount() else {
        println!("No file system can be mounted here; http_process proves the same with a folder without rights.");
        return;
    };
    let (board, people) = new_board(disk.path(), &[Role::Participant]).await;
    let remount = |how: &str| {
        let status = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(disk.path()).status();
        assert!(status.unwrap().success());
    };
    remount("ro");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalostamo"));
    let output = command.args(["--listen", "127.0.0.1:0", "--data"]).arg(disk.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot be written") && said.contains(disk.path().to_str().unwrap()), "{said}");
    remount("rw");
    let program = Program::start(disk.path()).await;
    let writer = program.client(board, &people[0]).await;
    writer.note("again").await;
    writer.until("kept", |heard| heard.durable >= heard.sent).await;
}

/// What a disk turned over is found by its checksum: that board says so by name and shows nothing, the others work.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_board_names_itself_and_the_others_work() {
    for table in ["entries", "checkpoints"] {
        let data = tempfile::tempdir().unwrap();
        let (hurt, hurt_people) = new_board(data.path(), &[Role::Participant]).await;
        let (well, well_people) = new_board(data.path(), &[Role::Participant; 2]).await;
        let program = Program::start(data.path()).await;
        for (board, who) in [(hurt, &hurt_people[0]), (well, &well_people[0])] {
            let writer = program.client(board, who).await;
            writer.note("before").await;
            writer.until("kept", |heard| heard.durable >= heard.sent).await;
        }
        // At the stop each board gets its checkpoint.
        program.signal("TERM").await;
        assert_eq!(program.ended().await.0, Some(0));
        let database = rusqlite::Connection::open(data.path().join("jalostamo.db")).unwrap();
        let of = "stream = (SELECT id FROM streams WHERE name = ?1)";
        if table == "entries" {
            database.execute(&format!("DELETE FROM checkpoints WHERE {of}"), [format!("board.{hurt}")]).unwrap();
        }
        let column = if table == "entries" { "body" } else { "document" };
        let sql =
            format!("UPDATE {table} SET {column} = CAST(replace({column}, 'before', 'befoRe') AS BLOB) WHERE {of}");
        assert_eq!(database.execute(&sql, [format!("board.{hurt}")]).unwrap(), 1);
        drop(database);

        let program = Program::start(data.path()).await;
        let (person, token) = (hurt_people[0].person, &hurt_people[0].token);
        let name = format!("board.{hurt}");
        let denied = Client::dial_address(program.address, person, token, yrs::Doc::new(), &name).await;
        denied.until("the damage", |heard| heard.denied.as_deref() == Some("damaged")).await;
        assert_eq!(denied.texts(), Vec::<String>::new());
        let writer = program.client(well, &well_people[0]).await;
        let reader = program.client(well, &well_people[1]).await;
        writer.note("later").await;
        reader.until_texts(&["before", "later"]).await;
        let ready = Asking::new(Method::GET, &format!("http://{}/readyz", program.address)).send().await;
        assert_eq!(ready.status, 200);
        program.signal("TERM").await;
        let (code, log) = program.ended().await;
        assert_eq!(code, Some(0));
        assert!(log.lines().any(|line| line.contains(&hurt.to_string()) && line.contains("ERROR")), "{log}");
        assert!(!log.contains(&well.to_string()), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_under_load_is_orderly_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let roles = [Role::Participant, Role::Participant, Role::Participant, Role::Observer];
    let (board, people) = new_board(data.path(), &roles).await;
    let program = Program::start(data.path()).await;
    let reader = program.client(board, &people[3]).await;
    let mut workers = JoinSet::new();
    for (number, who) in people[..3].iter().cloned().enumerate() {
        let client = program.client(board, &who).await;
        workers.spawn(async move {
            let mut worker = Worker::new(who.person, client.doc.clone(), Random::new(number as u64));
            let mut sent = Vec::new();
            while client.has(|heard| heard.closed.is_none()) {
                let Some(update) = worker.work() else { continue };
                let n = client.sync(2, &update).await;
                sent.push((n, update));
                client.until("acks", |heard| heard.durable + 8 > n || heard.closed.is_some()).await;
            }
            (client, sent)
        });
    }
    reader.until("a hundred edits", |_| texts(&reader.doc).len() > 30).await;
    program.signal("TERM").await;
    let (code, log) = timeout(Duration::from_secs(10), program.ended()).await.unwrap();
    assert_eq!(code, Some(0), "{log}");
    reader.until("closed", |heard| heard.closed.is_some()).await;
    assert_eq!(reader.has(|heard| heard.closed), Some(1012));
    let program = Program::start(data.path()).await;
    let fresh = program.client(board, &people[3]).await;
    let there = facts_of(&fresh.doc);
    assert!(there.contains(&facts_of(&reader.doc)), "something that was seen is lost");
    while let Some(worker) = workers.join_next().await {
        let (client, sent) = worker.unwrap();
        assert_eq!(client.has(|heard| heard.closed), Some(1012));
        let durable = client.has(|heard| heard.durable);
        assert!(durable > 5);
        for (n, update) in sent.iter().filter(|(n, _)| *n <= durable) {
            assert!(there.contains(&facts_of_update(update)), "acknowledged edit {n} is lost");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_never_mix() {
    let data = tempfile::tempdir().unwrap();
    let mut boards = Vec::new();
    for _ in 0..20 {
        boards.push(new_board(data.path(), &[Role::Participant, Role::Participant]).await);
    }
    let program = Program::start(data.path()).await;
    let mut clients = Vec::new();
    for (number, (board, people)) in boards.iter().enumerate() {
        let pair = (program.client(*board, &people[0]).await, program.client(*board, &people[1]).await);
        pair.0.note(&format!("canary {number}")).await;
        clients.push(pair);
    }
    for (number, (writer, reader)) in clients.iter().enumerate() {
        let only = format!("canary {number}");
        reader.until_texts(&[&only]).await;
        writer.until("kept", |heard| heard.durable >= heard.sent).await;
    }
    program.kill().await;
    let program = Program::start(data.path()).await;
    for (number, (board, people)) in boards.iter().enumerate() {
        let fresh = program.client(*board, &people[1]).await;
        assert_eq!(fresh.texts(), [format!("canary {number}")]);
        let other = &boards[(number + 1) % boards.len()].1[0];
        let name = format!("board.{board}");
        let denied = Client::dial_address(program.address, other.person, &other.token, yrs::Doc::new(), &name).await;
        denied.until("denied", |heard| heard.denied.is_some()).await;
        assert_eq!(denied.texts(), Vec::<String>::new());
    }
}

/// Frames that no honest client sends, behind a document's name.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let sync = |step: u8, payload: &[u8]| {
        let mut message = vec![0, step];
        jalostamo::wire::lib0::put_bytes(&mut message, payload);
        message
    };
    let bomb = [vec![1, 1, 7, 0, 8, 1, 5, b'i', b't', b'e', b'm', b's'], [117, 1].repeat(100_000)].concat();
    let deep =
        [vec![1, 1, 7, 0, 0x28, 1, 4], b"meta".to_vec(), vec![5], b"title".to_vec(), vec![1], [117, 1].repeat(50_000)];
    vec![
        ("nothing behind the name", vec![]),
        ("an unknown type", vec![99]),
        ("a number that never ends", vec![0xff; 40]),
        ("an unknown sync step", sync(9, b"x")),
        ("a length past the end", vec![0, 2, 0xff, 0xff, 0x03]),
        ("no update", sync(2, &[0xff; 64])),
        ("a bomb of nested values", sync(2, &bomb)),
        ("a deep title", sync(2, &deep.concat())),
        ("an update of version 2", sync(2, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        ("a state vector of a billion", sync(0, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
        ("past the size of a message", sync(2, &vec![0; 1 << 20])),
        ("an endless presence", [vec![1, 0xff, 0xff, 0xff, 0xff, 0x07], vec![1; 100]].concat()),
        ("a presence of 5 KiB", [vec![1], vec![0; 5_000]].concat()),
        ("stateless words that are not JSON", vec![5, 3, b'{', b'{', b'{']),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_client_disturbs_nobody() {
    let data = tempfile::tempdir().unwrap();
    let (board, people) = new_board(data.path(), &[Role::Participant; 3]).await;
    let program = Program::start(data.path()).await;
    let (one, two) = (program.client(board, &people[0]).await, program.client(board, &people[1]).await);
    let mut expected = Vec::new();
    for (number, (what, frame)) in hostile().into_iter().enumerate() {
        let mallory = program.client(board, &people[2]).await;
        mallory.send(frame).await;
        // Whatever became of that connection, the pair goes on, and so does its sender in a new one.
        let text = format!("witness {number:02}");
        one.note(&text).await;
        expected.push(text);
        let texts: Vec<&str> = expected.iter().map(String::as_str).collect();
        two.until_texts(&texts).await;
        one.until(what, |heard| heard.durable >= heard.sent).await;
        assert!(one.has(|heard| heard.closed.is_none()) && two.has(|heard| heard.closed.is_none()), "{what}");
    }
    let flood = program.client(board, &people[2]).await;
    for clock in 0..2_000 {
        flood.presence(7, clock, Some(r#"{"cursor":[1,2]}"#)).await;
    }
    let forged =
        flood.write(|txn, items| put_note(txn, items, "n_01J00000000000000000000000", people[0].person, "forged"));
    flood.sync(2, &forged).await;
    flood.until("refused", |heard| !heard.refused.is_empty()).await;
    one.note("zzz").await;
    expected.push("zzz".into());
    two.until_texts(&expected.iter().map(String::as_str).collect::<Vec<_>>()).await;
    program.signal("TERM").await;
    let (code, log) = program.ended().await;
    assert_eq!(code, Some(0));
    assert!(!log.contains("panicked"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_logged_or_stored() {
    let data = tempfile::tempdir().unwrap();
    let (board, people) = new_board(data.path(), &[Role::Owner, Role::Participant]).await;
    let program = Program::start_with(data.path(), &["--log", "trace,tungstenite::protocol=trace"]).await;
    let base = format!("http://{}", program.address);
    let asked = Asking::new(Method::POST, &format!("{base}/api/boards/{board}/invites")).bearer_auth(&people[0].token);
    let made = asked.json(&json!({"role": "participant"})).send().await.json();
    let invite = secret_of(made["url"].as_str().unwrap());
    let body = json!({"secret": invite, "name": "Kanarialintu", "language": "fi"});
    let asked = Asking::new(Method::POST, &format!("{base}/api/join")).header("origin", &base);
    let joined = asked.json(&body).send().await;
    assert_eq!(joined.status, 200);
    let cookie = joined.header("set-cookie").split(';').next().unwrap().to_owned();
    let session = cookie.split_once('=').unwrap().1.to_owned();
    let client = program.client(board, &people[1]).await;
    client.note("canary").await;
    client.until("kept", |heard| heard.durable >= heard.sent).await;
    let said = program.greeting.clone();
    let owner = secret_of(said.trim_end());
    let secrets = [invite, session, people[0].token.clone(), people[1].token.clone()];
    // While it runs the newest rows are in the write-ahead log; after kill -9 they still are.
    let log = program.kill().await;
    assert!(log.contains("/api/join") && !log.contains("canary"), "the log is written, without texts");
    let files: Vec<_> = std::fs::read_dir(data.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.iter().any(|file| file.to_string_lossy().ends_with("-wal")), "{files:?}");
    for secret in secrets.iter().chain([&owner]) {
        let line = log.lines().find(|line| line.contains(secret.as_str()));
        assert!(secret.len() > 20 && line.is_none(), "a secret is in the log: {line:?}");
        for file in &files {
            let bytes = std::fs::read(file).unwrap();
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "a secret is in {file:?}");
        }
    }
    assert!(
        secrets.iter().all(|secret| !said.contains(secret)) && said.contains(&owner),
        "only the owner link is said"
    );
}
