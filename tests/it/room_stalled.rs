//! Somebody who never reads slows nobody, costs little, is closed, and has everything when they return.

use std::time::Duration;

use jalostamo::{limits::Pace, role::Role};
use tempfile::tempdir;
use yrs::{Map, Transact};

use crate::support::{
    board::Server,
    collab::Client,
    eventually,
    raw::{Raw, auth, sync},
};

/// Waits until the one's edits are durable and the other has as many objects.
async fn in_step(one: &Client, other: &Client, edits: u64) {
    one.until("durable", |heard| heard.durable == edits + 1).await;
    let items = other.doc.get_or_insert_map("items");
    other.until("in step", |_| u64::from(items.len(&other.doc.transact())) == edits).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_reads_is_closed_and_nobody_waits_for_them() {
    let folder = tempdir().unwrap();
    let pace = Pace { stalled: Duration::from_secs(2), slowest_line: u64::MAX, ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let (person, token) = server.person("Deaf", Role::Participant).await;
    let mut deaf = Raw::open(server.address, "/collab", None).await;
    let board = format!("board.{}", server.board);
    deaf.about(&board, auth(&token)).await;
    deaf.about(&board, sync(0, &[0])).await;
    eventually("all three are there", async || server.app.metrics.peers.get() == 3).await;
    // The system keeps some megabytes for a socket that nobody reads; behind them the room's own queue fills, until it
    // is dropped for the whole state: it never grows past its quota.
    let text = "x".repeat(3_900);
    let mut edits = 0_u64;
    while server.app.metrics.full_states.get() == 0 {
        assert!(edits < 15_000 && server.app.metrics.peers.get() == 3, "the queue never filled");
        for _ in 0..50 {
            aino.note(&text).await;
            edits += 1;
        }
        in_step(&aino, &otto, edits).await;
    }
    // Then the socket is closed. The pair stays in step all along.
    while server.app.metrics.peers.get() == 3 {
        aino.note("on").await;
        edits += 1;
        in_step(&aino, &otto, edits).await;
    }
    assert!(aino.has(|heard| heard.closed.is_none()) && otto.has(|heard| heard.closed.is_none()));
    let back = server.connect(person, &token).await;
    assert_eq!(back.texts(), aino.texts());
}
