//! Two facilitators press at once: one wins, the other learns who did what, and nothing happened twice.

use serde_json::{Value, json};

use crate::support::{
    TestServer,
    series::{self, Setup, command, session},
};

/// Of two answers the good one and the other.
fn apart(one: crate::support::http::Answer, other: crate::support::http::Answer) -> (Value, Value) {
    let statuses = (one.status, other.status);
    assert!(statuses == (200, 409) || statuses == (409, 200), "{} {}", one.text, other.text);
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!(lost.code(), "conflict");
    (won.json(), lost.json())
}

#[tokio::test(flavor = "multi_thread")]
async fn on_one_board() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = &setup.boards[0];
    let maija = series::member(&server, &owner, &setup.series, "facilitator", "Maija").await;
    setup.start().await;
    for round in 0..3 {
        let seq = session(&maija, board).await["seq"].clone();
        let next = json!({"type": "nextPart", "expected": seq});
        let (one, other) =
            tokio::join!(command(&setup.facilitator, board, next.clone()), command(&maija, board, next.clone()));
        let fanni_won = one.status == 200;
        let (won, lost) = apart(one, other);
        let (by, name) = if fanni_won { (&setup.facilitator.person, "Fanni") } else { (&maija.person, "Maija") };
        let now = session(&maija, board).await;
        let part = &now["state"]["script"]["part"]["part"];
        let expected = json!({"seq": now["seq"], "by": by, "byName": name, "what": "partStarted", "part": part});
        assert_eq!((&lost["first"], &won["seq"]), (&expected, &now["seq"]));
        assert_eq!(now["state"]["script"]["parts"][round]["progress"], "current", "one step, not two");
        // Pressed again by mistake, or sent twice by a bad line: it was meant for what is over.
        assert_eq!(command(&maija, board, next).await.status, 409);
    }
    // With the number it is told, it goes.
    let seq = session(&maija, board).await["seq"].clone();
    assert_eq!(command(&maija, board, json!({"type": "endPart", "expected": seq})).await.status, 200);
    assert_eq!(command(&maija, board, json!({"type": "pause", "expected": 999_999})).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_all_boards() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let maija = series::member(&server, &owner, &setup.series, "facilitator", "Maija").await;
    let seq = setup.start().await;
    assert_eq!(setup.state(&maija).await["seq"], seq);
    let path = format!("{}/commands", setup.path());
    let next = json!({"type": "nextPart", "expected": seq});
    let (one, other) = tokio::join!(setup.facilitator.post(&path, next.clone()), maija.post(&path, next.clone()));
    let fanni_won = one.status == 200;
    let (_, lost) = apart(one, other);
    assert_eq!(lost["first"]["byName"], if fanni_won { "Fanni" } else { "Maija" });
    assert_eq!((&lost["first"]["what"], &lost["first"]["seq"]), (&json!("partStarted"), &json!(seq + 1)));
    for board in &setup.boards {
        let state = session(&maija, board).await["state"].clone();
        assert_eq!(state["script"]["part"]["part"], lost["first"]["part"]);
        assert_eq!(state["script"]["parts"][0]["progress"], "current", "one step, not two");
    }
    // Without a number both are done, one after the other.
    let say = |text: &str| json!({"type": "say", "text": text});
    let (one, other) = tokio::join!(setup.facilitator.post(&path, say("A")), maija.post(&path, say("B")));
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(setup.state(&maija).await["seq"], seq + 3);
    let told = setup.state(&maija).await["state"]["message"].clone();
    for board in &setup.boards {
        assert_eq!(session(&maija, board).await["state"]["message"], told, "the same last word everywhere");
    }
}
