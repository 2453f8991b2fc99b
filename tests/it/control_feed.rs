//! Whoever runs a series sees all its teams as they are: everything at first, then what changes, at most once a second.

use std::time::Duration;

use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    Client, TestServer, collab,
    collab::options,
    events::Watcher,
    eventually,
    series::{self, Setup, command},
};

/// Somebody on a team's board.
async fn open(server: &TestServer, client: &Client, board: &str) -> collab::Client {
    let token = client.cookie.as_ref().unwrap().split_once('=').unwrap().1;
    let (person, doc) = (client.person.parse().unwrap(), Doc::with_options(options()));
    let name = format!("board.{board}");
    let socket = collab::Client::dial_address(server.running().address, person, token, doc, &name).await;
    socket.until("in step", |heard| heard.synced).await;
    socket
}

/// A participant's line in a team.
fn person<'a>(team: &'a Value, client: &Client) -> &'a Value {
    let people = team["people"].as_array().unwrap();
    people.iter().find(|there| there["person"] == client.person.as_str()).unwrap_or(&Value::Null)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_on_the_boards_is_told_as_it_changes() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 3).await;
    let fanni = &setup.facilitator;
    let aino = server.member(&owner, &setup.boards[0], "participant", "Aino").await;
    let mut feed = Watcher::open(fanni, &setup.series).await;
    let mut other = Watcher::open(&owner, &setup.series).await;
    assert_eq!(feed.room["teams"].as_array().unwrap().len(), 3);
    let team = &feed.room["teams"][0];
    assert_eq!((&team["name"], &team["board"]), (&json!("Tiimi 0"), &json!(setup.boards[0])));
    assert_eq!(person(team, &aino)["here"], false, "she is the team's, and not here yet");
    assert_eq!(person(team, fanni), &Value::Null, "who runs all boards is told where they are");

    let socket = open(&server, &aino, &setup.boards[0]).await;
    socket.note("Ensimmäinen").await;
    feed.until("she is here", |room| person(&room["teams"][0], &aino)["here"] == true).await;
    feed.until("what she did", |room| room["teams"][0]["made"] == 1 && room["teams"][0]["edits"] == 1).await;
    feed.until("what is on the board", |room| room["teams"][0]["content"]["items"] == 1).await;
    let first = feed.room["teams"][0]["thumbnail"].clone();
    assert!(first.is_string());
    assert_eq!((&feed.room["teams"][1]["made"], &feed.room["teams"][1]["edits"]), (&json!(0), &json!(0)));

    // Everybody is told the same, also boards that nobody has open.
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    setup.call(json!({"type": "say", "text": "Hei"})).await;
    let all = |room: &Value, so: &dyn Fn(&Value) -> bool| room["teams"].as_array().unwrap().iter().all(so);
    feed.until("the first part", |room| all(room, &|team| team["script"]["part"]["number"] == 1)).await;
    feed.until("the message", |room| all(room, &|team| team["message"]["text"] == "Hei")).await;
    assert_eq!(feed.room["calls"], json!([{"workshop": setup.workshop, "seq": 3}]));
    assert!(feed.room["teams"][2]["script"]["part"]["of"].as_u64().unwrap() > 1);
    assert!(feed.room["teams"][2]["script"]["next"]["title"]["fi"].is_string());

    // And one team something else.
    let deadline = |room: &Value, team: usize| room["teams"][team]["timer"]["deadline"].as_i64().unwrap();
    let before = deadline(&feed.room, 1);
    let seq = feed.room["teams"][1]["seq"].clone();
    let more = command(fanni, &setup.boards[1], json!({"type": "addMinutes", "minutes": 2, "expected": seq})).await;
    assert_eq!(more.status, 200, "what a closed board stands at is what it will stand at: {}", more.text);
    feed.until("two minutes more", |room| deadline(room, 1) == before + 120_000).await;
    assert_eq!(deadline(&feed.room, 0), deadline(&feed.room, 2));
    assert_eq!(command(fanni, &setup.boards[2], json!({"type": "pause"})).await.status, 200);
    feed.until("the pause", |room| room["teams"][2]["paused"] == true).await;

    drop(socket);
    feed.until("she has left", |room| person(&room["teams"][0], &aino)["left"].is_i64()).await;
    assert_eq!(person(&feed.room["teams"][0], &aino)["here"], false);

    // Both saw the same, and so does whoever only asks.
    let path = format!("/api/series/{}/control", setup.series);
    other.until("the same", |room| room["teams"] == feed.room["teams"]).await;
    let asked = fanni.get(&path).await.json();
    assert_eq!((&asked["teams"], &asked["calls"]), (&feed.room["teams"], &feed.room["calls"]));

    let (begin, end) = (feed.told[0].0, feed.told.last().unwrap().0);
    assert!(feed.told.len() as u64 <= end.duration_since(begin).as_secs() + 2, "at most one a second: {:?}", feed.told);
    assert!(feed.told[1..].iter().all(|(_, name, _)| name == "changes"));
    let (whole, largest) = (feed.told[0].2, feed.told[1..].iter().map(|(_, _, bytes)| *bytes).max().unwrap());
    assert!(whole < 3_000 && largest < 5_000, "{whole} {largest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_opens_no_board() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let open = || server.running().app().metrics.rooms.get();
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    let mut feed = Watcher::open(&setup.facilitator, &setup.series).await;
    feed.until("the part", |room| room["teams"][1]["script"]["part"]["number"] == 1).await;
    feed.until("a picture", |room| room["teams"][1]["thumbnail"].is_string()).await;
    assert_eq!(open(), 0);
    // It stands where it would if it were opened.
    let seq = feed.room["teams"][1]["seq"].clone();
    assert_eq!(series::session(&owner, &setup.boards[1]).await["seq"], seq);
    assert_eq!(open(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn teams_that_come_and_a_line_that_breaks_begin_it_anew() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let mut feed = Watcher::open(&owner, &setup.series).await;
    series::board(&owner, &setup.series, "Uusi").await;
    feed.until("the new team", |room| room["teams"].as_array().unwrap().len() == 2).await;
    assert_eq!(feed.told.last().unwrap().1, "whole");
    let renamed = json!({"name": "Toinen nimi"});
    let team = feed.room["teams"][0]["team"].as_str().unwrap().to_owned();
    owner.patch(&format!("/api/series/{}/teams/{team}", setup.series), renamed).await;
    feed.until("the name", |room| room["teams"][0]["name"] == "Toinen nimi").await;
    assert_eq!(feed.told.last().unwrap().1, "changes");
    drop(feed);
    let again = Watcher::open(&owner, &setup.series).await;
    assert_eq!(again.room["teams"][0]["name"], "Toinen nimi");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_stops_while_somebody_watches() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let feed = Watcher::open(&owner, &setup.series).await;
    let stopped = tokio::time::timeout(Duration::from_secs(4), server.stop()).await;
    assert!(stopped.is_ok(), "a feed holds up the stop");
    feed.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_series_is_an_empty_room() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let series = series::series(&owner).await;
    let path = format!("/api/series/{series}/control");
    let room = owner.get(&path).await.json();
    assert_eq!((&room["teams"], &room["calls"]), (&json!([]), &json!([])));
    series::team(&owner, &series, "Ensimmäinen").await;
    eventually("the team", async || owner.get(&path).await.json()["teams"].as_array().is_some_and(|it| it.len() == 1))
        .await;
}
