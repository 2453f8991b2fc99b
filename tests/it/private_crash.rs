//! The server dies while what people wrote in private is revealed: after the restart all of it is on the board, or all of it is still
//! private. And one command reveals it for all teams.

use std::net::SocketAddr;

use jalostamo::crash_point::{CrashAt, Point};
use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    self, TestServer,
    collab::{Client, options},
    drafts::note,
    program::Program,
    series::{Setup, command, session},
};

/// A series whose workshop has one silent part, and begins.
async fn silent(server: &TestServer, teams: usize, naming: &str) -> Setup {
    let owner = server.owner().await;
    let setup = Setup::new(server, &owner, teams).await;
    let part = json!({"title": {"fi": "Ideat"}, "minutes": 5, "writing": "silent", "naming": naming, "may": {"add": ["note"]}});
    let agenda = json!({"version": 1, "parts": [part]});
    let answer = setup.facilitator.put(&format!("{}/agenda", setup.path()), agenda).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    setup.start().await;
    setup
}

/// Somebody's draft of the newest round.
async fn draft(address: SocketAddr, who: &support::Client, board: &str) -> Client {
    let state = session(who, board).await["state"].clone();
    let round = state["rounds"].as_array().unwrap().last().unwrap().clone();
    let name = format!("draft.{board}.{}.{}", round["round"].as_str().unwrap(), round["number"]);
    let token = who.bearer.clone().unwrap();
    let doc = Doc::with_options(options());
    let client = Client::dial_address(address, who.person.parse().unwrap(), &token, doc, &name).await;
    client.until("in step", |heard| heard.synced).await;
    client
}

/// The texts on a board.
async fn texts(who: &support::Client, board: &str) -> Vec<String> {
    let json = who.get(&format!("/api/boards/{board}/export.json")).await.json();
    let mut texts: Vec<String> =
        json["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect();
    texts.sort();
    texts
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_or_none() {
    let server = TestServer::start().await;
    let setup = silent(&server, 1, "anonymous").await;
    let board = setup.boards[0].clone();
    let people = [
        server.member(&setup.facilitator, &board, "participant", "Aino").await,
        server.member(&setup.facilitator, &board, "participant", "Otto").await,
    ];
    let data = server.stop().await;
    let deaths = [
        (Point::BeforeReveal, false),
        (Point::InReveal, false),
        (Point::InRecords, false),
        (Point::BeforeCommit, false),
        (Point::AfterCommit, true),
        (Point::AfterReveal, true),
    ];
    let mut on_board: Vec<String> = Vec::new();
    for (round, (point, happens)) in deaths.into_iter().enumerate() {
        let what = format!("dead at {point:?}");
        let armed = data.path().join(format!("armed-{round}"));
        let at = CrashAt { point, passing: 1, once: Some(armed.clone()) };
        let program = Program::start_with(data.path(), &["--log", "error", "--crash-at", &at.to_string()]).await;
        let fanni = setup.facilitator.at(program.address);
        let kind = if round == 0 { json!({"type": "nextPart"}) } else { json!({"type": "repeatPart"}) };
        assert_eq!(command(&fanni, &board, kind).await.status, 200);
        let mut written = Vec::new();
        for person in &people {
            let theirs = draft(program.address, &person.at(program.address), &board).await;
            for n in 0..3 {
                let text = format!("{round} {n} {}", person.person);
                note(&theirs, &text).await;
                written.push(text);
            }
        }
        std::fs::write(&armed, "").unwrap();
        let press = json!({"type": "reveal"});
        let path = format!("/api/boards/{board}/commands");
        let answer = fanni.request(hyper::Method::POST, &path).json(&press).try_send().await;
        assert!(answer.is_err(), "nobody was told");
        program.crashed(point).await;

        let program = Program::start(data.path()).await;
        let fanni = setup.facilitator.at(program.address);
        let state = session(&fanni, &board).await["state"].clone();
        let newest = state["rounds"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(newest["open"], !happens, "{what}");
        if happens {
            on_board.extend(written);
        } else {
            assert_eq!(texts(&fanni, &board).await, on_board, "{what}: none of it");
            for person in &people {
                let theirs = draft(program.address, &person.at(program.address), &board).await;
                assert_eq!(theirs.texts().len(), 3, "{what}: still theirs");
            }
            // The next press does it, once.
            assert_eq!(command(&fanni, &board, press).await.status, 200);
            on_board.extend(written);
        }
        on_board.sort();
        assert_eq!(texts(&fanni, &board).await, on_board, "{what}");
        program.kill().await;
    }
    // Nothing of a round that is over is left.
    let left = rusqlite::Connection::open(data.path().join("jalostamo.db")).unwrap();
    let count = |sql: &str| left.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        count("SELECT count(*) FROM drafts") + count("SELECT count(*) FROM streams WHERE name LIKE 'draft.%'"),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_reveals_for_all_teams() {
    let server = TestServer::start().await;
    let setup = silent(&server, 3, "named").await;
    let address = server.running().address;
    setup.call(json!({"type": "nextPart"})).await;
    for (n, board) in setup.boards.iter().enumerate().take(2) {
        let member = server.member(&setup.facilitator, board, "participant", "Aino").await;
        note(&draft(address, &member.at(address), board).await, &format!("tiimin {n}")).await;
    }
    setup.call(json!({"type": "reveal"})).await;
    // The third wrote nothing, and is revealed when it opens.
    for (n, board) in setup.boards.iter().enumerate() {
        let expected = if n < 2 { vec![format!("tiimin {n}")] } else { vec![] };
        assert_eq!(texts(&setup.facilitator, board).await, expected);
        let rounds = session(&setup.facilitator, board).await["state"]["rounds"].clone();
        assert_eq!((&rounds[0]["open"], &rounds[0]["number"]), (&json!(false), &json!(2)));
    }
    // A team that began a silent part by itself is reached as well, and one without anything is left.
    let alone = &setup.boards[0];
    assert_eq!(command(&setup.facilitator, alone, json!({"type": "repeatPart"})).await.status, 200);
    let member = server.member(&setup.facilitator, alone, "participant", "Otto").await;
    note(&draft(address, &member.at(address), alone).await, "lisää").await;
    setup.call(json!({"type": "reveal"})).await;
    assert_eq!(texts(&setup.facilitator, alone).await, ["lisää", "tiimin 0"]);
    let snapshot: Value = setup.facilitator.get(&format!("/api/boards/{alone}/export.md")).await.text.into();
    assert!(snapshot.as_str().unwrap().contains("lisää"));
}
