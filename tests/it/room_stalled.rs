//! Somebody who never reads slows nobody, costs little, is closed, and has everything when they return.

use std::time::Duration;

use jalostamo::{limits::Pace, role::Role};
use tempfile::tempdir;

use crate::support::{
    board::Server,
    collab::texts,
    eventually,
    raw::{Raw, auth},
};

#[tokio::test(flavor = "multi_thread")]
async fn who_never_reads_is_closed_and_nobody_waits_for_them() {
    let folder = tempdir().unwrap();
    let pace = Pace { stalled: Duration::from_millis(500), slowest_line: u64::MAX, ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let (person, token) = server.person("Deaf", Role::Participant).await;
    let mut deaf = Raw::open(server.address, "/collab", None).await;
    deaf.about(&format!("board.{}", server.board), auth(&token)).await;
    eventually("all three are there", async || server.app.metrics.peers.get() == 3).await;
    // More than the system keeps for a socket that nobody reads: then the room's own queue fills, and the writer waits.
    let text = "x".repeat(3_900);
    let mut round = 0_u64;
    while server.app.metrics.peers.get() == 3 {
        round += 1;
        assert!(round < 15_000, "the socket that never reads is still open");
        aino.note(&text).await;
        // The pair stays in step all along: each edit is durable and seen before the next one.
        aino.until("durable", |heard| heard.durable == round + 1).await;
        if round.is_multiple_of(50) {
            otto.until("in step", |_| texts(&otto.doc).len() as u64 == round).await;
        }
    }
    // What waited was at some time dropped for the whole state instead: it never grew past its quota.
    assert!(server.app.metrics.full_states.get() >= 1);
    assert!(aino.has(|heard| heard.closed.is_none()) && otto.has(|heard| heard.closed.is_none()));
    otto.until("in step", |_| texts(&otto.doc).len() as u64 == round).await;
    let back = server.connect(person, &token).await;
    assert_eq!(back.texts(), aino.texts());
}
