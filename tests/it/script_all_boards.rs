//! A command to all boards of a workshop reaches each of them once: open ones at once, closed ones before anybody sees them.

use serde_json::{Value, json};

use crate::support::{
    Client, TestServer,
    series::{self, Setup, command, session},
};

/// Where a board is: its part and timer, what was said, the pause.
async fn place(client: &Client, board: &str) -> Value {
    let state = session(client, board).await["state"].clone();
    json!([
        state["script"]["workshop"],
        state["script"]["part"],
        state["timer"]["deadline"],
        state["message"],
        state["paused"]
    ])
}

#[tokio::test]
async fn open_boards_and_closed_ones_come_to_the_same() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 3).await;
    let fanni = &setup.facilitator;
    // A board is open once somebody asks it something.
    session(fanni, &setup.boards[0]).await;
    let started = fanni
        .post(&format!("{}/commands", setup.path()), json!({"type": "startWorkshop", "workshop": setup.workshop}))
        .await;
    let boards: Vec<Value> =
        started.json()["boards"].as_array().unwrap().iter().map(|told| told["board"].clone()).collect();
    assert_eq!(boards, [json!(setup.boards[0])], "only what is open does it now");
    setup.call(json!({"type": "nextPart"})).await;
    setup.call(json!({"type": "say", "text": "Hei"})).await;
    setup.call(json!({"type": "pause"})).await;
    let expected = place(fanni, &setup.boards[0]).await;
    assert_eq!(expected[4], true);
    assert_eq!(place(fanni, &setup.boards[1]).await, expected, "caught up when it opened");
    let seqs = session(fanni, &setup.boards[1]).await["seq"].clone();
    let server = server.restart().await;
    let owner = server.owner().await;
    for board in &setup.boards {
        assert_eq!(place(&owner, board).await, expected);
    }
    assert_eq!(session(&owner, &setup.boards[1]).await["seq"], seqs, "nothing is done twice");
    let fanni = Setup { facilitator: owner.clone(), ..setup };
    fanni.call(json!({"type": "resume"})).await;
    for board in &fanni.boards {
        assert_eq!(place(&owner, board).await[4], false);
    }
}

#[tokio::test]
async fn next_brings_everybody_to_the_same_part() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let fanni = &setup.facilitator;
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    // One team runs ahead, and one takes longer.
    assert_eq!(command(fanni, &setup.boards[0], json!({"type": "nextPart"})).await.status, 200);
    assert_eq!(command(fanni, &setup.boards[1], json!({"type": "addMinutes", "minutes": 3})).await.status, 200);
    setup.call(json!({"type": "nextPart"})).await;
    let parts = async |n: usize| session(fanni, &setup.boards[n]).await["state"]["script"]["part"]["part"].clone();
    assert_eq!(parts(0).await, parts(1).await);
    let plan = setup.state(fanni).await["state"]["script"].clone();
    assert_eq!((&plan["part"]["part"], &plan["parts"][1]["progress"]), (&parts(0).await, &json!("current")));
}

#[tokio::test]
async fn a_team_made_meanwhile_joins_where_the_others_are() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let fanni = &setup.facilitator;
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    setup.call(json!({"type": "nextPart"})).await;
    let late = series::board(fanni, &setup.series, "Myöhäinen").await;
    assert_eq!(place(fanni, &late).await, place(fanni, &setup.boards[0]).await);
    let snapshots = async |board: &str| fanni.get(&format!("/api/boards/{board}/snapshots")).await.json();
    assert_eq!(snapshots(&late).await, json!([]), "of parts that it did not live through there is nothing to keep");
    assert_eq!(snapshots(&setup.boards[0]).await.as_array().unwrap().len(), 1);
    // A board that is no team's follows nothing.
    let copy = owner.post("/api/boards", json!({"title": "Muu", "content": "empty"})).await.json()["id"].clone();
    setup.call(json!({"type": "nextPart"})).await;
    assert_eq!(session(&owner, copy.as_str().unwrap()).await["state"]["script"], Value::Null);
}

#[tokio::test]
async fn what_cannot_be_said_to_all_is_said_to_nobody() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let other = Setup::new(&server, &owner, 1).await;
    let fanni = &setup.facilitator;
    let path = format!("{}/commands", setup.path());
    for (wrong, status) in [
        (json!({"type": "nextPart"}), 409),
        (json!({"type": "endWorkshop", "expected": 3}), 409),
        (json!({"type": "pauseTimer"}), 409),
        (json!({"type": "lock", "objects": []}), 400),
        (json!({"type": "startWorkshop", "workshop": other.workshop}), 400),
        (json!({"type": "say", "text": "ä".repeat(501)}), 400),
        (json!({"type": "say"}), 400),
    ] {
        assert_eq!(fanni.post(&path, wrong.clone()).await.status, status, "{wrong}");
    }
    assert_eq!(setup.state(fanni).await["seq"], 0);
    // A workshop of another series is none.
    let elsewhere = path.replace(&setup.series, &other.series);
    assert_eq!(other.facilitator.post(&elsewhere, json!({"type": "pause"})).await.status, 404);
    let start = json!({"type": "startWorkshop", "workshop": other.workshop});
    assert_eq!(command(fanni, &setup.boards[0], start).await.status, 404);
    assert_eq!(session(fanni, &setup.boards[0]).await["seq"], 0);
    // What was said to boards is history: the workshop stays.
    setup.start().await;
    let refused = fanni.delete(&setup.path()).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "inUse"));
}
