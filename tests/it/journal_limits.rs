//! Limits of HTTP that no other module reaches: at each of them, and one past it.

use futures_util::future::poll_immediate;
use jalostamo::{
    http::rate::Rates,
    ids::PersonId,
    limits::{self, COMMANDS_PER_SECOND, REDEEM_PER_MINUTE},
};
use serde_json::json;

use crate::support::TestServer;

/// More than any quota, so that somebody is refused though a place comes free meanwhile.
const MANY: usize = 100_000;

#[test]
fn commands_are_counted_a_second_and_a_person() {
    let (rates, person) = (Rates::new(1), PersonId::new());
    for n in 0..COMMANDS_PER_SECOND {
        assert!(rates.command(person).is_ok(), "command {n} at once");
    }
    assert!((0..MANY).any(|_| rates.command(person).is_err()), "one past it, before a tenth of a second has gone");
    assert!(rates.command(PersonId::new()).is_ok(), "others are counted for themselves");
}

#[test]
fn links_are_counted_a_minute_and_an_address() {
    let rates = Rates::new(REDEEM_PER_MINUTE);
    let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
    for n in 0..REDEEM_PER_MINUTE {
        assert!(rates.link(one).is_ok(), "attempt {n} at once");
    }
    assert!((0..MANY).any(|_| rates.link(one).is_err()));
    assert!(rates.link(other).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn work_on_whole_boards_waits_for_a_place() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let snapshot = owner.post(&format!("/api/boards/{board}/snapshots"), json!({"name": "Nyt"})).await.json();
    let path = format!("/api/boards/{board}/snapshots/{}/compare", snapshot["id"].as_str().unwrap());
    let places = &server.running().app().heavy_work;
    assert_eq!(places.available_permits(), limits::HEAVY_WORK);
    let others = places.acquire_many(limits::HEAVY_WORK as u32 - 1).await.unwrap();
    assert_eq!(owner.get(&path).await.status, 200, "the last place is free");
    let last = places.acquire().await.unwrap();
    let mut waiting = Box::pin(owner.get(&path));
    // It is on its way before the next request is, on a connection of its own; nothing but a place can end its wait.
    assert!(poll_immediate(&mut waiting).await.is_none());
    for _ in 0..20 {
        assert_eq!(owner.get(&format!("/api/boards/{board}")).await.status, 200);
        assert!(poll_immediate(&mut waiting).await.is_none(), "there is no place");
    }
    drop((others, last));
    assert_eq!(waiting.await.status, 200);
}
