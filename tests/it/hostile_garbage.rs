//! Garbage ends the connection that it came on, quickly, and makes its sender wait for the next one. Others go on.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use jalostamo::{
    limits::{self, Pace},
    role::Role,
    wire::lib0::put_bytes,
};
use tempfile::tempdir;
use tokio::{task::JoinSet, time::Instant};

use crate::support::{
    board::Server,
    raw::{Raw, auth},
};

/// A message of an update that is none.
fn no_update() -> Vec<u8> {
    let mut message = vec![0, 2];
    put_bytes(&mut message, &[0xff; 64]);
    message
}

/// A message of presence that is none.
fn no_presence() -> Vec<u8> {
    let mut message = vec![1];
    put_bytes(&mut message, &[0xff, 0xff, 0xff]);
    message
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_messages_that_are_none_are_borne_and_one_more_is_not() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let otto = server.client("Otto", Role::Participant).await;
    for (kind, message) in [("update", no_update()), ("presence", no_presence())] {
        let broken = server.client("Broken", Role::Participant).await;
        for _ in 0..limits::MALFORMED_MESSAGES {
            broken.send(message.clone()).await;
        }
        broken.note(kind).await;
        otto.until("the good one", |_| otto.texts().contains(&kind.to_owned())).await;
        let refused = broken.has(|heard| heard.refused.iter().filter(|(_, code)| code == "malformed").count());
        assert_eq!(refused, if kind == "update" { limits::MALFORMED_MESSAGES as usize } else { 0 });
        assert_eq!(broken.has(|heard| heard.closed), None);
        broken.send(message).await;
        broken.until("closed", |heard| heard.closed == Some(1008)).await;
    }
    otto.note("z").await;
    otto.until("kept", |heard| heard.durable >= heard.sent && heard.closed.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_to_do_it_again_waits_longer_each_time() {
    let folder = tempdir().unwrap();
    let pace = Pace { garbage_rest: Duration::from_millis(200), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let (_, token) = server.person("Mallory", Role::Participant).await;
    let name = format!("board.{}", server.board);
    let mut closed = Instant::now();
    for rest in [0, 200, 400, 800] {
        let mut raw = Raw::open(server.address, "/collab", None).await;
        raw.about(&name, auth(&token)).await;
        assert!(raw.frame().await.is_some(), "the seat");
        assert!(closed.elapsed() >= Duration::from_millis(rest), "{:?} after the last", closed.elapsed());
        // On the other route it is the same person.
        if rest == 400 {
            drop(raw);
            raw = Raw::open(server.address, &format!("/sync/{name}"), Some(&token)).await;
            raw.send(vec![0, 0xff]).await;
        } else {
            raw.about(&name, vec![0, 9, 1, 1]).await;
        }
        // The rest counts from when the server closed, so taking it a little early is on the safe side.
        closed = Instant::now();
        let code = raw.closed().await;
        assert_eq!(code, 1008);
    }
}

/// Sends one kind of garbage until the connection ends, and whether it did as it should.
async fn one_go(server: &Server, token: &str, kind: usize) -> bool {
    let name = format!("board.{}", server.board);
    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.about(&name, auth(token)).await;
    if raw.frame().await.is_none() {
        return false;
    }
    match kind {
        0 => raw.send(vec![0xff; 60_000]).await,
        1 => raw.text("text").await,
        // A frame that no mask is on, of a kind that there is not.
        2 => raw.bytes(&[0xff; 4_000]).await,
        3 => raw.about(&name, vec![0, 9, 1, 1]).await,
        kind => {
            let message = if kind == 4 { no_update() } else { no_presence() };
            for _ in 0..=limits::MALFORMED_MESSAGES {
                raw.about(&name, message.clone()).await;
            }
        }
    }
    let code = raw.closed().await;
    // What it sent beyond the close may reset the connection before the code is heard.
    code == 1008 || code == 1006
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_work_beside_twenty_connections_of_garbage() {
    let folder = tempdir().unwrap();
    let pace = Pace { garbage_rest: Duration::from_millis(5), ..Pace::default() };
    let server: &'static Server = Box::leak(Box::new(Server::paced(folder.path(), pace).await));
    let (aino, otto) = (server.client("Aino", Role::Participant).await, server.client("Otto", Role::Participant).await);
    let crowd = server.crowd(10).await;
    static ENDED: AtomicUsize = AtomicUsize::new(0);
    let mut hostile = JoinSet::new();
    for number in 0..20 {
        let token = crowd[number % crowd.len()].1.clone();
        hostile.spawn(async move {
            for round in 0..12 {
                assert!(one_go(server, &token, (number + round) % 6).await, "{number} in round {round}");
                ENDED.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let mut texts = Vec::new();
    while !hostile.is_empty() {
        let text = format!("{:05}", texts.len());
        aino.note(&text).await;
        texts.push(text.clone());
        otto.until("the other's edit", |_| otto.texts().last() == Some(&text)).await;
        while let Some(ended) = hostile.try_join_next() {
            ended.unwrap();
        }
    }
    assert_eq!(ENDED.load(Ordering::Relaxed), 20 * 12, "each ended its own connection");
    assert!(server.app.metrics.garbage.get() >= 20 * 12 / 2, "{}", server.app.metrics.garbage.get());
    // It was long enough to mean something, and nobody honest was closed or refused.
    assert!(texts.len() >= 20, "{}", texts.len());
    for witness in [&aino, &otto] {
        witness.until("all of it", |_| witness.texts() == texts).await;
        assert!(witness.has(|heard| heard.closed.is_none() && heard.refused.is_empty()));
    }
    assert_eq!(server.app.metrics.quarantined.get(), 0);
}
