//! The server dies in the middle of a command to all boards: after the restart all of it happened, or none.

use jalostamo::crash_point::{CrashAt, Point};
use serde_json::{Value, json};

use crate::support::{
    Client, TestServer,
    program::Program,
    series::{self, Setup},
};

async fn script(client: &Client, board: &str) -> Value {
    let state = series::session(client, board).await["state"].clone();
    json!([
        state["script"]["part"],
        state["timer"]["deadline"],
        state["script"]["parts"].as_array().unwrap().iter().map(|part| part["progress"].clone()).collect::<Vec<_>>()
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_or_none() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 3).await;
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    for board in &setup.boards {
        series::session(&setup.facilitator, board).await;
    }
    let data = server.stop().await;
    // The first commit is the call; the next is a board's, or several boards', with the snapshots of the part that ends.
    let deaths = [
        (Point::BeforeCommit, 1, false),
        (Point::AfterCommit, 1, true),
        (Point::InRecords, 1, true),
        (Point::BeforeCommit, 2, true),
        (Point::AfterCommit, 2, true),
    ];
    for (round, (point, passing, happens)) in deaths.into_iter().enumerate() {
        let armed = data.path().join(format!("armed-{round}"));
        let at = CrashAt { point, passing, once: Some(armed.clone()) };
        let program = Program::start_with(data.path(), &["--log", "error", "--crash-at", &at.to_string()]).await;
        let fanni = setup.facilitator.at(program.address);
        let before = setup.state(&fanni).await;
        for board in &setup.boards {
            series::session(&fanni, board).await;
        }
        std::fs::write(&armed, "").unwrap();
        let press = json!({"type": "nextPart", "expected": before["seq"]});
        let answer =
            fanni.request(hyper::Method::POST, &format!("{}/commands", setup.path())).json(&press).try_send().await;
        assert!(answer.is_err(), "nobody was told");
        program.crashed(point).await;

        let program = Program::start(data.path()).await;
        let fanni = setup.facilitator.at(program.address);
        let after = setup.state(&fanni).await;
        let what = format!("dead at {point:?}, passing {passing}");
        assert_eq!(after["seq"].as_u64().unwrap(), before["seq"].as_u64().unwrap() + u64::from(happens), "{what}");
        let expected = script(&fanni, &setup.boards[0]).await;
        assert_eq!(expected[0]["part"], after["state"]["script"]["part"]["part"], "{what}");
        for board in &setup.boards {
            assert_eq!(script(&fanni, board).await, expected, "{what}");
            let taken = fanni.get(&format!("/api/boards/{board}/snapshots")).await.json();
            let done = expected[2].as_array().unwrap().iter().filter(|progress| **progress == "done").count();
            assert_eq!(taken.as_array().unwrap().len(), done, "a snapshot of each part that ended, {what}");
        }
        program.kill().await;
    }
}
