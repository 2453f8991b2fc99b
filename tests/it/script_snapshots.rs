//! At the end of each part, and of the workshop, a board keeps by itself what it was then.

use jalostamo::{facilitation::Command, limits, role::Role, store::Snapshots};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{
    TestServer,
    board::Server,
    script::{command, part, start},
    series::{Setup, session},
};

#[tokio::test]
async fn they_have_the_names_of_parts_and_of_the_workshop() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let fanni = &setup.facilitator;
    session(fanni, &setup.boards[0]).await;
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    setup.call(json!({"type": "nextPart"})).await;
    setup.call(json!({"type": "skipPart", "part": fanni.get(&setup.path()).await.json()["agenda"][2]["id"]})).await;
    setup.call(json!({"type": "endWorkshop"})).await;
    let taken = fanni.get(&format!("/api/boards/{}/snapshots", setup.boards[0])).await.json();
    let mut lines: Vec<(String, String, String)> = taken
        .as_array()
        .unwrap()
        .iter()
        .map(|line| ["kind", "name", "byName"].map(|name| line[name].as_str().unwrap().to_owned()).into())
        .collect();
    lines.sort();
    let line = |kind: &str, name: &str| (kind.to_owned(), name.to_owned(), "Fanni".to_owned());
    assert_eq!(lines, [line("part", "Avaus"), line("part", "Avoimet ovet"), line("workshop", "Työpaja")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn they_hold_what_was_there_when_the_part_ended() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    let parts = start(&server, chair.person, vec![part(Value::Null), part(Value::Null)]).await;
    command(&server, chair.person, Command::NextPart).await;
    aino.note("ennen").await;
    aino.until("durable", |heard| heard.durable == 2).await;
    command(&server, chair.person, Command::StartPart { part: parts[1] }).await;
    aino.note("jälkeen").await;
    aino.until("durable", |heard| heard.durable == 3).await;
    command(&server, chair.person, Command::StartPart { part: parts[1] }).await;
    let taken = server.store.real.snapshots_of(server.board).await.unwrap();
    assert_eq!(taken.len(), 1, "what runs already does not end");
    let held = server.store.real.snapshot_state(server.board, taken[0].id).await.unwrap().document;
    let held = String::from_utf8_lossy(&held).into_owned();
    assert!(held.contains("ennen") && !held.contains("lkeen"), "{held}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_full_of_snapshots_goes_on_without() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    start(&server, chair.person, vec![part(Value::Null)]).await;
    command(&server, chair.person, Command::NextPart).await;
    // Each repetition ends the part before it: as many as there can be.
    for _ in 0..limits::SNAPSHOTS_BY_ITSELF {
        command(&server, chair.person, Command::RepeatPart { part: None }).await;
    }
    assert_eq!(server.store.real.snapshots_of(server.board).await.unwrap().len(), limits::SNAPSHOTS_BY_ITSELF);
    command(&server, chair.person, Command::EndPart).await;
    let taken = server.store.real.snapshots_of(server.board).await.unwrap();
    assert_eq!(taken.len(), limits::SNAPSHOTS_BY_ITSELF, "what is left is for those that people name");
    let room = server.app.rooms.open(server.board).await.unwrap();
    let state = room.session(chair.person, Role::Owner).await.unwrap().1;
    assert_eq!(state["script"]["part"], Value::Null, "the part ended all the same");
}
