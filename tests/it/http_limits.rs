//! What is too large, too slow or malformed is refused by its name, and costs the server little.

use std::time::Duration;

use hyper::{Method, header};
use jalostamo::limits;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Client, TestServer, http::Answer};

async fn send(client: &Client, path: &str, body: Vec<u8>) -> Answer {
    let request = client.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
    request.body(body).send().await
}

/// A JSON text of exactly so many bytes.
fn padded(json: &str, length: usize) -> Vec<u8> {
    let mut bytes = json.as_bytes().to_vec();
    bytes.resize(length, b' ');
    bytes
}

#[tokio::test]
async fn bodies_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = r#"{"title":"A","content":"empty"}"#;
    assert_eq!(send(&owner, "/api/boards", padded(board, limits::BODY_BYTES)).await.status, 200);
    let refused = send(&owner, "/api/boards", padded(board, limits::BODY_BYTES + 1)).await;
    assert_eq!((refused.status, refused.code().as_str()), (413, "tooBig"));

    // At the limit of a file it is read, and found not to be a board.
    assert_eq!(send(&owner, "/api/boards/import", padded("{}", limits::IMPORT_BYTES)).await.code(), "badFile");
    let path = "/api/boards/import";
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\norigin: {}\r\ncookie: {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        server.origin(),
        owner.cookie.clone().unwrap(),
        limits::IMPORT_BYTES + 1
    );
    let answer = raw(&server, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("tooBig"), "before the body was sent: {answer}");
}

#[tokio::test]
async fn a_body_of_unknown_length_is_counted() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let mut request = format!(
        "POST /api/boards HTTP/1.1\r\nhost: x\r\norigin: {}\r\ncookie: {}\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\n\r\n",
        server.origin(),
        owner.cookie.clone().unwrap()
    )
    .into_bytes();
    for _ in 0..=limits::BODY_BYTES / 1024 {
        request.extend_from_slice(b"400\r\n");
        request.extend_from_slice(&[b' '; 1024]);
        request.extend_from_slice(b"\r\n");
    }
    let answer = raw(&server, &request).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn malformed_bodies() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    for wrong in ["", "{", "null", "[]", "{\"title\":\"A\"}", "{\"title\":1,\"content\":\"empty\"}", "\u{FEFF}{}"] {
        let refused = send(&owner, "/api/boards", wrong.as_bytes().to_vec()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "badRequest"), "{wrong:?}");
    }
    let unknown = json!({"title": "A", "content": "empty", "owner": true});
    assert_eq!(owner.post("/api/boards", unknown).await.code(), "badRequest");
    assert_eq!(send(&owner, "/api/boards", vec![0xFF; 10]).await.code(), "badRequest");
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    assert_eq!(send(&owner, "/api/boards", deep.clone().into_bytes()).await.code(), "badRequest");
    assert_eq!(send(&owner, "/api/boards/import", deep.into_bytes()).await.code(), "badFile");
    let packed = owner.request(Method::POST, "/api/boards").header(header::CONTENT_ENCODING, "gzip").json(&json!({}));
    assert_eq!(packed.send().await.code(), "unsupportedMedia");
    let form = owner.request(Method::POST, "/api/boards").header(header::CONTENT_TYPE, "text/plain").body("{}");
    assert_eq!(form.send().await.code(), "unsupportedMedia");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let server = TestServer::with(|config| config.body_time = Duration::from_millis(50)).await;
    let head = "POST /api/join HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    let answer = raw(&server, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("tooSlow"), "{answer}");
}

#[tokio::test]
async fn headers_that_do_not_come_end_the_connection() {
    let server = TestServer::with(|config| config.header_time = Duration::from_millis(50)).await;
    for begin in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        // Reading to the end comes back only because the server closes.
        let answer = raw(&server, begin.as_bytes()).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    assert_eq!(server.stranger().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn headers_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    for (length, status) in [(limits::HEADER_BYTES, "200"), (limits::HEADER_BYTES + 1, "431")] {
        let begin = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-padding: ";
        let head = format!("{begin}{}\r\n\r\n", "a".repeat(length - begin.len() - 4));
        let answer = raw(&server, head.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {answer}");
    }
}

#[tokio::test]
async fn connections_past_the_limit_wait_for_a_place() {
    let server = TestServer::with(|config| config.connections = 2).await;
    let address = server.running().address;
    let idle = [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
    let mut third = TcpStream::connect(address).await.unwrap();
    third.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut first = [0; 1];
    let waiting = tokio::time::timeout(Duration::from_millis(100), third.read(&mut first)).await;
    assert!(waiting.is_err(), "both places are taken");
    drop(idle);
    let mut answer = String::new();
    third.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn requests_that_can_be_read_in_two_ways_are_refused() {
    let server = TestServer::start().await;
    for request in [
        "POST /api/join HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "POST /api/join HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\ncontent-length: 2\r\n\r\n{}",
        "POST /api/join HTTP/1.1\r\nhost: x\r\ncontent-length: +2\r\n\r\n{}",
        "GET /healthz HTTP/1.1\r\nhost : x\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let answer = raw(&server, request.as_bytes()).await;
        assert!(!answer.contains("200 OK") && answer.matches("HTTP/1.1").count() <= 1, "{request:?}: {answer}");
    }
}

#[tokio::test]
async fn heavy_work_past_the_limit_waits_for_its_turn() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let path = format!("/api/boards/{board}/snapshots");
    let taken = owner.post(&path, json!({"name": "Start"})).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    let compare = format!("{path}/{}/compare", taken.json()["id"].as_str().unwrap());
    let places = &server.running().app().heavy_work;
    let mut held = places.acquire_many(u32::try_from(limits::HEAVY_WORK).unwrap()).await.unwrap();
    let waiting = tokio::time::timeout(Duration::from_millis(200), owner.get(&compare)).await;
    assert!(waiting.is_err(), "all places are taken");
    drop(held.split(1));
    assert_eq!(owner.get(&compare).await.status, 200);
}

/// Sends bytes as they are and reads until the server closes or has answered; what it said.
async fn raw(server: &TestServer, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.running().address).await.unwrap();
    // The server may answer, and close, before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count) = stream.read(&mut buffer).await {
        answer.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&answer);
        if count == 0 || (text.contains("\r\n\r\n") && text.ends_with('}')) {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}
