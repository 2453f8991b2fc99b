//! Who is slow on purpose, gone without a word, or slow because the line is: the first two end in time and take their cursor
//! with them, the third is waited for.

use std::time::Duration;

use jalostamo::{
    limits::{self, Pace},
    role::Role,
    wire::{Head, lib0::put_bytes},
};
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{Instant, interval, timeout},
};
use yrs::{Doc, ReadTxn, StateVector, Transact};

use crate::support::{
    TestServer,
    board::Server,
    collab::{Client, options, put_note},
    eventually,
    proxy::Proxy,
    raw::{Raw, auth},
};

/// Longer than anything that works takes.
const PATIENCE: Duration = Duration::from_secs(20);

fn quick(silent: Duration) -> Pace {
    Pace { silent, keep_alive: silent / 10, ..Pace::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_vanishes_without_a_word_is_gone_with_their_cursor() {
    assert!(limits::SILENT <= Duration::from_secs(45));
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), quick(Duration::from_secs(3))).await;
    let line = Proxy::to(server.address).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let name = format!("board.{}", server.board);
    let aino = Client::dial_address(line.address, person, &token, Doc::with_options(options()), &name).await;
    aino.until("in step", |heard| heard.synced).await;
    let otto = server.client("Otto", Role::Participant).await;
    aino.presence(7, 1, Some(r#"{"cursor":[1,2]}"#)).await;
    otto.until("her cursor", |heard| heard.presence.contains_key(&7)).await;
    line.die();
    // Her presence would last longer by itself: it goes with the socket.
    assert!(limits::PRESENCE_LIFE > PATIENCE);
    otto.until("her cursor is gone", |heard| !heard.presence.contains_key(&7)).await;
    let here = |person| format!(r#""here":{person}"#);
    otto.until("she is not here", |heard| {
        let state = heard.session.as_ref().unwrap()["state"]["people"].to_string();
        state.matches(&here(true)).count() == 1 && state.contains(&person.to_string())
    })
    .await;
    otto.note("goes on").await;
    otto.until("kept", |heard| heard.durable >= heard.sent && heard.closed.is_none()).await;
    // She comes back on another line, with everything.
    let back = server.connect(person, &token).await;
    assert_eq!(back.texts(), ["goes on"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_reads_stays_however_much_there_is_to_read() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), quick(Duration::from_secs(2))).await;
    let writer = server.client("Aino", Role::Participant).await;
    let reader = server.client("Otto", Role::Observer).await;
    let (mut ticks, begin) = (interval(Duration::from_millis(5)), Instant::now());
    let mut texts = Vec::new();
    while begin.elapsed() < Duration::from_secs(5) {
        let text = format!("{:05}", texts.len());
        writer.note(&text).await;
        texts.push(text);
        ticks.tick().await;
    }
    reader.until("all of it", |_| reader.texts() == texts).await;
    assert_eq!(reader.has(|heard| heard.closed), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_trickles_ends_its_socket_before_and_after_signing_in() {
    let folder = tempdir().unwrap();
    let pace = Pace { first_frame: Duration::from_secs(1), ..quick(Duration::from_secs(2)) };
    let server = Server::paced(folder.path(), pace).await;
    let (_, token) = server.person("Slow", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    for signed_in in [false, true] {
        let mut slow = Raw::open(server.address, "/collab", None).await;
        if signed_in {
            slow.about(&format!("board.{}", server.board), auth(&token)).await;
            eventually("both are there", async || server.app.metrics.peers.get() == 2).await;
        }
        let frames = server.app.metrics.frames_in.get();
        // Says that it has a megabyte, and sends a hundred bytes a second of it.
        slow.begin(1 << 20, &[0]).await;
        let code = if signed_in {
            let (mut ticks, begin) = (interval(Duration::from_millis(10)), Instant::now());
            while server.app.metrics.peers.get() == 2 {
                assert!(begin.elapsed() < PATIENCE, "it is still there");
                slow.bytes(&[0]).await;
                ticks.tick().await;
            }
            slow.closed().await
        } else {
            let mut ticks = interval(Duration::from_millis(10));
            let begin = Instant::now();
            while begin.elapsed() < Duration::from_millis(500) {
                slow.bytes(&[0]).await;
                ticks.tick().await;
            }
            slow.closed().await
        };
        let expected = if signed_in { 4008 } else { 4401 };
        // What was sent after the close may reset the connection before the code is heard.
        assert!(code == expected || code == 1006, "{code}");
        assert_eq!(server.app.metrics.frames_in.get(), frames, "no frame was ever whole");
    }
    otto.note("goes on").await;
    otto.until("kept", |heard| heard.durable >= heard.sent && heard.closed.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_message_on_a_slow_line_arrives_however_long_it_takes() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), quick(Duration::from_secs(2))).await;
    let otto = server.client("Otto", Role::Participant).await;
    let (person, token) = server.person("Far", Role::Participant).await;
    let name = format!("board.{}", server.board);
    // Offline work of 200 kB; the line carries 33 kB a second, above the slowest that counts as moving.
    let away = Doc::with_options(options());
    let items = away.get_or_insert_map("items");
    for number in 0..50 {
        let id = format!("n_01J{number:023}");
        put_note(&mut away.transact_mut(), &items, &id, person, &"y".repeat(3_900));
    }
    let whole = away.transact().encode_state_as_update_v1(&StateVector::default());
    let mut message = vec![0, 1];
    put_bytes(&mut message, &whole);
    let frame = Head::named(&name).frame(&message.into());
    let mut far = Raw::open(server.address, "/collab", None).await;
    far.about(&name, auth(&token)).await;
    eventually("signed in", async || server.app.metrics.peers.get() == 2).await;
    far.begin(frame.len() as u64, &[]).await;
    let mut ticks = interval(Duration::from_millis(150));
    for part in frame.chunks(5_000) {
        ticks.tick().await;
        far.bytes(part).await;
    }
    otto.until("all of it", |_| otto.texts().len() == 50).await;
    assert_eq!(server.app.metrics.peers.get(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_reads_is_given_up() {
    let server = TestServer::with(|config| {
        config.connections = 1;
        config.pace.stalled = Duration::from_millis(200);
    })
    .await;
    let address = server.running().address;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut deaf = socket.connect(address).await.unwrap();
    // Answers of some ten megabytes, far more than the system keeps.
    let request = b"GET /api/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(400);
    deaf.write_all(&request).await.unwrap();
    // There is room for one connection: the next is served because that one is ended.
    let mut next = TcpStream::connect(address).await.unwrap();
    next.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, next.read_to_string(&mut answer)).await.expect("the place is never free").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(deaf);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_slowly_is_waited_for_however_long_it_takes() {
    let folder = tempdir().unwrap();
    let stalled = Duration::from_secs(1);
    let pace = Pace { stalled, slowest_line: 64 * 1024, ..Pace::default() };
    let server = Server::narrow(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    for number in 0..250 {
        aino.note(&format!("{number:04}{}", "x".repeat(3_900))).await;
    }
    aino.until("kept", |heard| heard.durable >= heard.sent).await;
    let (_, token) = server.person("Far", Role::Observer).await;
    let mut far = Raw::open(server.address, "/collab", None).await;
    let name = format!("board.{}", server.board);
    far.about(&name, auth(&token)).await;
    far.about(&name, vec![0, 0, 1, 0]).await;
    // The board is a megabyte, of which this line carries some hundred kilobytes a second.
    let (mut ticks, begin, mut read) = (interval(Duration::from_millis(20)), Instant::now(), 0);
    let mut buffer = vec![0; 6 * 1024];
    while read < 1_000_000 {
        ticks.tick().await;
        let count = timeout(PATIENCE, far.read(&mut buffer)).await.expect("nothing comes any more");
        assert!(count > 0, "closed after {read} bytes");
        read += count;
    }
    assert!(begin.elapsed() > 2 * stalled, "{:?}", begin.elapsed());
    assert_eq!(server.app.metrics.peers.get(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_socket_hears_from_the_server_in_its_own_framing() {
    // Stock providers give up after 30 s without a message.
    assert!(2 * limits::KEEP_ALIVE < Duration::from_secs(30));
    let folder = tempdir().unwrap();
    let pace = Pace { keep_alive: Duration::from_millis(100), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let (_, token) = server.person("Idle", Role::Observer).await;
    let name = format!("board.{}", server.board);
    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.about(&name, auth(&token)).await;
    while raw.frame().await.expect("it stays open") != [9] {}
    assert_eq!(raw.frame().await.unwrap(), [9], "and again");
    let mut raw = Raw::open(server.address, &format!("/sync/{name}"), Some(&token)).await;
    let empty = jalostamo::wire::ywebsocket::keep_alive();
    while raw.frame().await.expect("it stays open") != empty {}
    assert_eq!(raw.frame().await.unwrap(), empty, "and again");
}
