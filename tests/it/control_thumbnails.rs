//! A team's board as a small picture: what it shows, how large it is, and how seldom it is made.

use std::time::{Duration, Instant};

use hyper::Method;
use jalostamo::{ids::PersonId, limits};
use serde_json::json;
use yrs::Doc;

use crate::support::{Client, TestServer, collab, collab::options, events::Watcher, series::Setup};

/// How many boards were painted so far.
fn painted(server: &TestServer) -> u64 {
    server.running().app().metrics.thumbnails.get()
}

async fn open(server: &TestServer, client: &Client, board: &str) -> collab::Client {
    let token = client.cookie.as_ref().unwrap().split_once('=').unwrap().1;
    let person: PersonId = client.person.parse().unwrap();
    let (doc, name) = (Doc::with_options(options()), format!("board.{board}"));
    let socket = collab::Client::dial_address(server.running().address, person, token, doc, &name).await;
    socket.until("in step", |heard| heard.synced).await;
    socket
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_series_in_small_pictures() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let demo = owner.post("/api/series/demo", json!({})).await.json();
    let series = demo["id"].as_str().unwrap();
    let mut tags = std::collections::HashSet::new();
    for team in demo["teams"].as_array().unwrap() {
        let path = format!("/api/series/{series}/teams/{}/thumbnail", team["id"].as_str().unwrap());
        let picture = owner.get(&path).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"), "{}", picture.text);
        assert!(picture.bytes.starts_with(b"\x89PNG") && picture.bytes.len() <= limits::THUMBNAIL_BYTES);
        assert_eq!(picture.header("content-security-policy"), "default-src 'none'; sandbox");
        let tag = picture.header("etag").to_owned();
        let again = owner.request(Method::GET, &path).header("if-none-match", tag.as_str()).send().await;
        assert_eq!((again.status, again.header("etag"), again.bytes.len()), (304, tag.as_str(), 0));
        let other = owner.request(Method::GET, &path).header("if-none-match", "\"other\"").send().await;
        assert_eq!((other.status, &other.bytes), (200, &picture.bytes));
        tags.insert(tag);
    }
    assert_eq!(tags.len(), 6, "each is another");
    // What is on the boards comes with them.
    let mut feed = Watcher::open(&owner, series).await;
    let counted = |room: &serde_json::Value| {
        room["teams"].as_array().unwrap().iter().all(|team| team["content"]["obstacles"].as_u64() > Some(0))
    };
    feed.until("the obstacles of all teams", counted).await;
    assert!(feed.room["teams"][0]["content"]["types"].as_object().unwrap().len() > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_painted_when_it_changed_and_somebody_looks_and_seldom() {
    assert!(limits::THUMBNAIL_EVERY >= Duration::from_millis(500), "at most two a second");
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = &setup.boards[0];
    let aino = server.member(&owner, board, "participant", "Aino").await;
    let socket = open(&server, &aino, board).await;
    let note = socket.note("a").await;
    socket.until("durable", |heard| heard.durable >= heard.sent).await;
    assert_eq!(painted(&server), 0, "nobody looks");

    // Four look, and one of them asks for the picture all the time.
    let mut feeds = vec![Watcher::open(&owner, &setup.series).await];
    for _ in 0..3 {
        feeds.push(Watcher::open(&setup.facilitator, &setup.series).await);
    }
    let team = feeds[0].room["teams"][0]["team"].as_str().unwrap().to_owned();
    let path = format!("/api/series/{}/teams/{team}/thumbnail", setup.series);
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(5) {
        socket.append(&note, "kirjoittaa ").await;
        assert_eq!(owner.get(&path).await.status, 200);
    }
    let made = painted(&server);
    let most = begin.elapsed().as_secs() / limits::THUMBNAIL_EVERY.as_secs() + 1;
    assert!((2..=most).contains(&made), "{made} in {:?}", begin.elapsed());

    // Once nothing changes any more, nothing is painted but what changed last.
    let (begin, mut ticks) = (Instant::now(), tokio::time::interval(Duration::from_millis(100)));
    while begin.elapsed() < 2 * limits::THUMBNAIL_EVERY + limits::CONTROL_TICK {
        ticks.tick().await;
        assert_eq!(owner.get(&path).await.status, 200);
    }
    assert!(painted(&server) <= made + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_names_a_new_picture_when_the_board_looks_different() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let aino = server.member(&owner, &setup.boards[0], "participant", "Aino").await;
    let mut feed = Watcher::open(&owner, &setup.series).await;
    let tag = |room: &serde_json::Value, team: usize| room["teams"][team]["thumbnail"].clone();
    feed.until("pictures", |room| tag(room, 0).is_string() && tag(room, 1).is_string()).await;
    assert_eq!(tag(&feed.room, 0), tag(&feed.room, 1), "two empty boards look alike");
    let empty = tag(&feed.room, 1);
    let socket = open(&server, &aino, &setup.boards[0]).await;
    socket.note("Uusi").await;
    feed.until("another picture", |room| tag(room, 0) != empty).await;
    assert_eq!(tag(&feed.room, 1), empty);
    let path =
        format!("/api/series/{}/teams/{}/thumbnail", setup.series, feed.room["teams"][0]["team"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.header("etag"), format!("{:?}", tag(&feed.room, 0).as_str().unwrap()));
}
