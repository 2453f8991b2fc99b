//! Boards are downloaded in every format, at once or as a job that is watched, fetched and cancelled; of a snapshot too.

use jalostamo::{clock, limits};
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{Client, TestServer, eventually};

/// Every format of a job, the path of its download, and its media type.
const FORMATS: [(&str, &str, &str); 7] = [
    ("json", "export.json", "application/json"),
    ("markdown", "export.md", "text/markdown; charset=utf-8"),
    ("svg", "export.svg", "image/svg+xml"),
    ("png", "export.png", "image/png"),
    ("nextStepsCsv", "export-next-steps.csv", "text/csv; charset=utf-8"),
    ("obstaclesCsv", "export-obstacles.csv", "text/csv; charset=utf-8"),
    ("stepsCsv", "export-steps.csv", "text/csv; charset=utf-8"),
];

async fn demo(owner: &Client) -> String {
    let made = owner.post("/api/boards", json!({"title": "Esimerkki", "content": "demo"})).await;
    made.json()["id"].as_str().unwrap().to_owned()
}

/// A board whose picture takes a while.
async fn large(owner: &Client) -> String {
    let items: Vec<Value> = (0..4_000)
        .map(|number| {
            json!({"id": format!("n_01EAHC000000000000000{number:05}"), "kind": "note",
                "at": [number % 60 * 240, number / 60 * 160], "text": format!("Lappu {number}: monta sanaa samassa lapussa")})
        })
        .collect();
    let file = json!({"format": "jalostamo.board", "version": 1, "title": "Suuri", "items": items});
    let made = owner.post("/api/boards/import", file).await;
    assert_eq!(made.status, 200, "{}", made.text);
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn begin(client: &Client, board: &str, wanted: Value) -> Value {
    let answer = client.post(&format!("/api/boards/{board}/exports"), wanted).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

fn path(board: &str, job: &Value) -> String {
    format!("/api/boards/{board}/exports/{}", job["id"].as_str().unwrap())
}

async fn state(client: &Client, path: &str) -> String {
    client.get(path).await.json()["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_format_is_downloaded_by_every_member() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = demo(&owner).await;
    let observer = server.member(&owner, &board, "observer", "Katsoja").await;
    for (_, file, media) in FORMATS {
        let answer = observer.get(&format!("/api/boards/{board}/{file}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media), "{file}");
        let ending = file.strip_prefix("export").unwrap().trim_start_matches(['.', '-']);
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{board}.{ending}\""));
        assert!(answer.header("content-security-policy").contains("sandbox"));
        let begins: &[u8] = match ending {
            "json" => b"{",
            "md" => b"# ",
            "svg" => b"<svg",
            "png" => b"\x89PNG",
            _ => b"\xef\xbb\xbf",
        };
        assert!(answer.bytes.starts_with(begins), "{file}");
        assert_eq!(server.stranger().get(&format!("/api/boards/{board}/{file}")).await.status, 401);
        let other = demo(&owner).await;
        assert_eq!(observer.get(&format!("/api/boards/{other}/{file}")).await.status, 404);
    }
}

#[tokio::test]
async fn language_decimals_and_snapshot_are_chosen() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let step = json!({"id": "s_01EAHC00000000000000000001", "kind": "step", "text": "Vaihe", "duration": "2,5"});
    let file = json!({"format": "jalostamo.board", "version": 1, "title": "Valinnat", "items": [step]});
    let board = owner.post("/api/boards/import", file).await.json()["id"].as_str().unwrap().to_owned();
    let csv = async |query: &str| owner.get(&format!("/api/boards/{board}/export-steps.csv{query}")).await;
    assert!(csv("").await.text.contains(";2,5;"), "the caller's language is Finnish");
    assert!(csv("").await.text.contains("Kesto") && csv("?language=sv").await.text.contains("Varaktighet"));
    let english = csv("?language=en&decimal=dot").await.text;
    assert!(english.contains("Duration") && english.contains(";2.5;"), "{english}");
    for wrong in ["?language=de", "?decimal=point", "?snapshot=x", "?other=1"] {
        assert_eq!((csv(wrong).await.status, csv(wrong).await.code().as_str()), (400, "badRequest"), "{wrong}");
    }

    let snapshot = owner.post(&format!("/api/boards/{board}/snapshots"), json!({"name": "Alku"})).await.json();
    let snapshot = snapshot["id"].as_str().unwrap();
    for (format, file, _) in FORMATS {
        assert_eq!(owner.get(&format!("/api/boards/{board}/{file}?snapshot={snapshot}")).await.status, 200, "{format}");
        let job = begin(&owner, &board, json!({"format": format, "snapshot": snapshot, "language": "en"})).await;
        let path = path(&board, &job);
        eventually("the job is ready", async || state(&owner, &path).await == "ready").await;
    }
    // Another board's snapshot, and one that is not there.
    let other = demo(&owner).await;
    let there = format!("/api/boards/{other}/export.svg?snapshot={snapshot}");
    assert_eq!(owner.get(&there).await.status, 404);
    let asked = json!({"format": "svg", "snapshot": snapshot});
    assert_eq!(owner.post(&format!("/api/boards/{other}/exports"), asked).await.status, 404);
}

#[tokio::test]
async fn a_job_is_watched_fetched_and_dropped_by_whoever_asked_for_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = demo(&owner).await;
    let other = server.member(&owner, &board, "facilitator", "Toinen").await;
    for (format, file, media) in FORMATS {
        let job = begin(&owner, &board, json!({"format": format})).await;
        let ending = file.strip_prefix("export").unwrap().trim_start_matches(['.', '-']);
        assert_eq!(job["name"], format!("{board}.{ending}"));
        assert_eq!(job["of"], 1_000);
        let path = path(&board, &job);
        eventually("the job is ready", async || state(&owner, &path).await == "ready").await;
        let (ready, fetched) = (owner.get(&path).await.json(), owner.get(&format!("{path}/file")).await);
        assert_eq!((&ready["done"], &ready["bytes"]), (&json!(1_000), &json!(fetched.bytes.len())));
        assert_eq!((fetched.status, fetched.header("content-type")), (200, media));
        assert!(fetched.header("content-disposition").ends_with(&format!("\"{board}.{ending}\"")));
        if format != "json" {
            let direct = owner.get(&format!("/api/boards/{board}/{file}")).await;
            assert_eq!(direct.bytes, fetched.bytes, "{format}: both ways give the same");
        }
        for path in [path.clone(), format!("{path}/file")] {
            assert_eq!(other.get(&path).await.status, 404);
        }
        assert_eq!(other.delete(&path).await.status, 404);
        assert_eq!(owner.delete(&path).await.status, 204);
        assert_eq!((owner.get(&path).await.status, owner.delete(&path).await.status), (404, 404));
    }
    for wrong in [json!({}), json!({"format": "pdf"}), json!({"format": "svg", "x": 1}), json!({"format": "csv"})] {
        let answer = owner.post(&format!("/api/boards/{board}/exports"), wrong).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "badRequest"));
    }
    assert_eq!(owner.get(&format!("/api/boards/{board}/exports/ex_0")).await.status, 404);
}

#[tokio::test]
async fn so_many_unfinished_jobs_a_person_and_a_cancelled_one_stops_its_work() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = large(&owner).await;
    let exports = &server.running().app().exports;
    let mut paths = Vec::new();
    for _ in 0..limits::EXPORTS_PER_PERSON {
        paths.push(path(&board, &begin(&owner, &board, json!({"format": "png"})).await));
    }
    let one_more = owner.post(&format!("/api/boards/{board}/exports"), json!({"format": "csv"})).await;
    assert_eq!(one_more.status, 400, "what is wrong is said first");
    let one_more = owner.post(&format!("/api/boards/{board}/exports"), json!({"format": "json"})).await;
    assert_eq!((one_more.status, one_more.code().as_str()), (429, "tooMany"));
    assert!(!one_more.header("retry-after").is_empty());
    eventually("two are at work", async || exports.at_work() == limits::EXPORTS_AT_ONCE).await;
    assert_eq!(state(&owner, &paths[2]).await, "running");
    let early = owner.get(&format!("{}/file", paths[2])).await;
    assert_eq!((early.status, early.code().as_str()), (409, "conflict"));

    for path in &paths {
        assert_eq!(owner.delete(path).await.status, 204);
        assert_eq!(state(&owner, path).await, "cancelled");
        assert_eq!(owner.get(&format!("{path}/file")).await.status, 404);
    }
    eventually("nothing is at work", async || exports.at_work() == 0).await;
    assert!(exports.stopped() >= limits::EXPORTS_AT_ONCE);
    begin(&owner, &board, json!({"format": "json"})).await;
}

#[tokio::test]
async fn a_download_that_nobody_waits_for_any_more_stops_its_work() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = large(&owner).await;
    let exports = &server.running().app().exports;
    let mut socket = TcpStream::connect(server.running().address).await.unwrap();
    let request = format!(
        "GET /api/boards/{board}/export.png HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
        server.running().address,
        owner.cookie.as_deref().unwrap()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    eventually("it is at work", async || exports.at_work() == 1).await;
    drop(socket);
    eventually("it has stopped", async || exports.stopped() == 1 && exports.at_work() == 0).await;
}

#[tokio::test]
async fn what_is_exported_is_what_the_board_was_when_it_was_asked_for() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = demo(&owner).await;
    let before = clock::now_ms();
    let file = owner.get(&format!("/api/boards/{board}/export.json")).await.json();
    let exported: jiff::Timestamp = file["exported"].as_str().unwrap().parse().unwrap();
    assert!(exported.as_second() >= before / 1_000 && exported.as_second() <= clock::now_ms() / 1_000);
}
