//! The demo series is made in one go: six teams with six full boards, or nothing.

use std::time::Instant;

use jalostamo::{
    board::{demo, import},
    limits,
};
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn six_teams_with_boards_that_can_be_read() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let begin = Instant::now();
    let made = owner.post("/api/series/demo", json!({})).await;
    let took = begin.elapsed();
    assert_eq!(made.status, 200, "{}", made.text);
    let series = made.json();
    assert_eq!(series["name"]["fi"], "Jalostamo 2020");
    assert_eq!(series["teams"].as_array().unwrap().len(), 6);
    let known: Vec<_> = series["organisations"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert!(!series["owners"].as_array().unwrap().is_empty());
    assert!(series["owners"].as_array().unwrap().iter().all(|owner| known.contains(&owner)));
    let mut bytes = 0;
    for team in series["teams"].as_array().unwrap() {
        let board = team["board"].as_str().unwrap();
        let line = owner.get(&format!("/api/boards/{board}")).await.json();
        assert_eq!((&line["title"], &line["team"]), (&team["challenge"]["title"], &team["name"]));
        let file = owner.get(&format!("/api/boards/{board}/export.json")).await;
        bytes += file.text.len();
        let read = import::read(file.text.as_bytes()).unwrap();
        assert!(read.board().items.len() > 20, "{}", team["name"]);
        let session = owner.get(&format!("/api/boards/{board}/session")).await;
        assert_eq!(session.status, 200);
    }
    println!("demo series: made in {took:?}, all six boards read in {:?}, {bytes} bytes of JSON", begin.elapsed());
    assert_eq!(owner.get("/api/series").await.json()[0]["teams"], 6);

    // Once more is another series, with boards of its own.
    let again = owner.post("/api/series/demo", json!({})).await.json();
    assert_ne!(again["id"], series["id"]);
    assert_eq!(owner.get("/api/boards").await.json().as_array().unwrap().len(), 12);
    assert_eq!(owner.post("/api/series/demo", json!({"teams": 7})).await.code(), "badRequest");
}

#[test]
fn every_board_of_it_is_a_board_file_within_the_limits() {
    let teams = jalostamo::programme::demo::demo(jalostamo::ids::PersonId::new(), 0).unwrap().teams;
    for team in teams {
        let json = demo::named(&team.content).unwrap();
        let file = import::read(json).unwrap_or_else(|error| panic!("{}: {error}", team.content));
        assert!(file.board().oddities.is_empty(), "{}: {:?}", team.content, file.board().oddities);
        assert!(json.len() < limits::BATCH_BYTES);
    }
    assert!(demo::named("nothing").is_none());
}
