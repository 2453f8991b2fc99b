//! More than can be taken in: what is sent too fast waits with its sender, queues stay within their limits, and everything arrives.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use jalostamo::{
    limits::{self, Pace, Quota},
    role::Role,
};
use tempfile::tempdir;
use tokio::{
    sync::Notify,
    task::JoinSet,
    time::{Instant, timeout},
};

use crate::support::{board::Server, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_and_a_person_past_their_rate_are_read_slower_and_lose_nothing() {
    let (roomy, narrow) =
        (Pace::default().person, Quota { messages: 100, message_burst: 100, ..Pace::default().person });
    let folder = tempdir().unwrap();
    for (sockets, pace) in [
        (1, Pace { socket: narrow, ..Pace::default() }),
        // None of the three is past its own rate: together they are past the person's.
        (3, Pace { person: narrow, socket: roomy, ..Pace::default() }),
    ] {
        let data = folder.path().join(sockets.to_string());
        std::fs::create_dir(&data).unwrap();
        let server = Server::paced(&data, pace).await;
        let otto = server.client("Otto", Role::Participant).await;
        let (person, token) = server.person("Fast", Role::Participant).await;
        let begin = Instant::now();
        let mut fast = Vec::new();
        for _ in 0..sockets {
            fast.push(server.connect(person, &token).await);
        }
        for number in 0..300 {
            fast[number % sockets].note(&format!("{number:03}")).await;
        }
        // Others go on at once, or later: in any case they go on.
        otto.note("otto").await;
        otto.until("kept", |heard| heard.durable >= heard.sent).await;
        for client in &fast {
            client.until("all is kept", |heard| heard.durable >= heard.sent).await;
            assert!(client.has(|heard| heard.refused.is_empty() && heard.closed.is_none()));
        }
        // 300 and the words of joining: a hundred at once, the others a hundred a second.
        assert!(begin.elapsed() >= Duration::from_millis(1_900), "{:?}", begin.elapsed());
        assert!(server.app.metrics.reads_slowed.get() >= 150);
        otto.until("all of it", |_| otto.texts().len() == 301).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_edits_than_the_disk_takes_wait_within_bounds_and_all_arrive() {
    const WRITERS: usize = 8;
    const EACH: usize = 600;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let crowd = server.crowd(WRITERS).await;
    let mut writers = Vec::new();
    for (person, token) in &crowd {
        writers.push(server.connect(*person, token).await);
    }
    for writer in &writers {
        writer.until("settled", |heard| heard.durable >= heard.sent).await;
    }
    let metrics = Arc::clone(&server.app.metrics);
    let before = metrics.frames_in.get();
    // Taken from sockets and not yet told as durable: in the inbox, in the queue, in flight, and one in each reader's hand.
    let most = (limits::INBOX + 2 * limits::BATCH_UPDATES + WRITERS) as u64;
    let inside = || (metrics.frames_in.get() - before).saturating_sub(metrics.updates_accepted.get());
    server.store.hold_commits();
    let mut senders = JoinSet::new();
    for writer in writers {
        senders.spawn(async move {
            for number in 0..EACH {
                writer.note(&format!("{number:04}")).await;
            }
            writer
        });
    }
    // The disk hangs: the queues fill.
    eventually("full", async || inside() >= (limits::INBOX + limits::BATCH_UPDATES) as u64).await;
    // It takes one batch after the other, far slower than edits come.
    let all = (WRITERS * EACH) as u64;
    let largest = AtomicU64::new(0);
    while metrics.updates_accepted.get() < all {
        let accepted = metrics.updates_accepted.get();
        server.store.commits.add_permits(1);
        eventually("a batch is durable", async || {
            largest.fetch_max(inside(), Ordering::Relaxed);
            metrics.updates_accepted.get() > accepted
        })
        .await;
    }
    let largest = largest.into_inner();
    assert!(largest <= most, "{largest} inside, {most} at most");
    server.store.let_commit();
    for writer in senders.join_all().await {
        writer.until("all is kept", |heard| heard.durable >= heard.sent).await;
        assert!(writer.has(|heard| heard.refused.is_empty() && heard.closed.is_none()));
        writer.until("all of it", |_| writer.texts().len() == WRITERS * EACH).await;
    }
    let fresh = server.client("Late", Role::Observer).await;
    assert_eq!(fresh.texts().len(), WRITERS * EACH);
    let server = server.restart().await;
    assert_eq!(server.client("After", Role::Observer).await.texts().len(), WRITERS * EACH);
}

#[tokio::test(flavor = "multi_thread")]
async fn large_messages_wait_by_their_bytes() {
    const MESSAGES: usize = 60;
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let otto = server.client("Otto", Role::Participant).await;
    let aino = server.client("Aino", Role::Participant).await;
    // An update of nearly a megabyte that is known already: the largest that costs nothing to judge.
    let text = "x".repeat(3_900);
    let update: Bytes = aino
        .write(|txn, items| {
            for number in 0..240 {
                let id = format!("n_01J{number:023}");
                crate::support::collab::put_note(txn, items, &id, aino.person, &text);
            }
        })
        .into();
    assert!(update.len() > 900_000 && update.len() < limits::MESSAGE_BYTES);
    aino.sync(2, &update).await;
    aino.until("kept", |heard| heard.durable >= heard.sent).await;
    let wake = Arc::new(Notify::new());
    let seat = Arc::new(server.sit(aino.person, &wake).await);
    server.store.hold_commits();
    otto.note("hangs").await;
    server.store.until_it_hangs().await;
    let taken = Arc::new(AtomicUsize::new(0));
    let mut senders = JoinSet::new();
    for _ in 0..MESSAGES {
        let (seat, update, taken) = (Arc::clone(&seat), update.clone(), Arc::clone(&taken));
        senders.spawn(async move {
            seat.update(update).await.unwrap();
            taken.fetch_add(1, Ordering::Relaxed);
        });
    }
    let all = async { while senders.join_next().await.is_some() {} };
    assert!(timeout(Duration::from_millis(500), all).await.is_err(), "60 MB lie in the room");
    let bytes = taken.load(Ordering::Relaxed) * update.len();
    // The inbox, and the queue with the message that filled it.
    assert!(bytes <= limits::INBOX_BYTES + limits::BATCH_BYTES + limits::MESSAGE_BYTES, "{bytes}");
    assert!(bytes >= limits::INBOX_BYTES / 2, "{bytes}");
    // Small ones of others find their way in beside them, as far as the inbox goes; nothing is lost.
    otto.note("waits").await;
    server.store.let_commit();
    while let Some(sent) = senders.join_next().await {
        sent.unwrap();
    }
    otto.until("kept", |heard| heard.durable >= heard.sent).await;
    assert_eq!(taken.load(Ordering::Relaxed), MESSAGES);
    aino.until("both", |_| aino.texts().len() == 242).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_while_the_disk_hangs_and_comes_back_fills_nothing() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let otto = server.client("Otto", Role::Participant).await;
    let (person, _) = server.person("Fast", Role::Participant).await;
    let wake = Arc::new(Notify::new());
    // Nothing in it is new, so that a room would take any number of them in.
    let nothing = Bytes::from_static(&[0, 0]);
    server.store.hold_commits();
    otto.note("hangs").await;
    server.store.until_it_hangs().await;
    let mut taken = 0;
    let mut seats = Vec::new();
    for _ in 0..limits::SOCKETS_PER_PERSON {
        seats.push(server.sit(person, &wake).await);
    }
    // Each fills what there is to fill, and leaves: what lies in the inbox is not pulled in for that.
    for seat in seats {
        for _ in 0..3 * limits::INBOX {
            match timeout(Duration::from_millis(100), seat.update(nothing.clone())).await {
                Ok(sent) => sent.unwrap(),
                Err(_) => break,
            }
            taken += 1;
        }
    }
    assert!(taken <= limits::INBOX + limits::BATCH_UPDATES, "{taken}");
    server.store.let_commit();
    otto.until("kept", |heard| heard.durable >= heard.sent).await;
    eventually("they are gone", async || server.app.metrics.peers.get() == 1).await;
}
