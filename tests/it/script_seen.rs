//! Everybody on a board is told the part, the timer and messages; participants may look back, not ahead.

use serde_json::{Value, json};

use crate::support::{
    TestServer,
    raw::{Raw, auth},
    series::{Setup, command, session},
};

#[tokio::test]
async fn participants_are_told_what_is_and_was_and_not_what_comes() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let (board, fanni) = (&setup.boards[0], &setup.facilitator);
    let aino = server.member(&owner, board, "participant", "Aino").await;
    let agenda = fanni.get(&setup.path()).await.json()["agenda"].clone();
    let part = |n: usize| agenda[n]["id"].as_str().unwrap().to_owned();
    assert_eq!(session(&aino, board).await["state"]["script"], Value::Null);
    setup.start().await;
    setup.call(json!({"type": "startPart", "part": part(3)})).await;
    setup.call(json!({"type": "nextPart"})).await;
    let (seen, all) = (session(&aino, board).await, session(fanni, board).await);
    assert_eq!(seen["seq"], all["seq"]);
    let (seen, all) = (&seen["state"], &all["state"]);
    assert_eq!(seen["script"]["part"]["part"], part(4));
    assert_eq!(
        (&seen["script"]["workshop"], &seen["script"]["title"]["fi"]),
        (&json!(setup.workshop), &json!("Työpaja"))
    );
    let ids = |state: &Value| -> Vec<String> {
        let parts = state["script"]["parts"].as_array().unwrap();
        parts.iter().map(|part| part["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((ids(seen), ids(all).len()), (vec![part(3), part(4)], 23));
    for ahead in (0..3).chain(5..23) {
        assert!(!seen.to_string().contains(&part(ahead)), "part {ahead} was not there yet");
    }
    assert_eq!(seen["script"]["parts"][0]["instruction"], agenda[3]["instruction"]);
    assert_eq!(seen["adds"], json!(["goal", "note"]));
    assert_eq!((&all["adds"], &all["allowed"]["create"]), (&Value::Null, &json!(["own", "others", "locked"])));
    assert_eq!((&seen["allowed"]["connect"], &seen["allowed"]["comment"]), (&json!(["own", "others"]), &json!([])));
    let starts = all["script"]["parts"][5]["starts"].as_i64().unwrap();
    assert_eq!(starts, all["timer"]["now"].as_i64().unwrap() + all["timer"]["left"].as_i64().unwrap());

    // What the socket says is the same.
    let token = aino.cookie.as_ref().unwrap().split_once('=').unwrap().1.to_owned();
    let mut socket = Raw::open(server.running().address, "/collab", None).await;
    socket.about(&format!("board.{board}"), auth(&token)).await;
    let told = loop {
        let frame = socket.frame().await.expect("the socket stays open");
        let text = String::from_utf8_lossy(&frame).into_owned();
        if let Some(at) = text.find(r#"{"type":"session""#) {
            break serde_json::from_str::<Value>(&text[at..]).unwrap()["state"].clone();
        }
    };
    assert_eq!((&told["script"], &told["allowed"], &told["adds"]), (&seen["script"], &seen["allowed"], &seen["adds"]));

    // A message to one team, and to all; an empty one takes it away.
    assert_eq!(command(fanni, board, json!({"type": "say", "text": " Viisi\n minuuttia "})).await.status, 200);
    let message = session(&aino, board).await["state"]["message"].clone();
    assert_eq!((&message["text"], &message["by"]), (&json!("Viisi\nminuuttia"), &json!(fanni.person)));
    setup.call(json!({"type": "say", "text": "Kaikille"})).await;
    assert_eq!(session(&aino, board).await["state"]["message"]["text"], "Kaikille");
    setup.call(json!({"type": "say", "text": ""})).await;
    assert_eq!(session(&aino, board).await["state"]["message"], Value::Null);
    let refused = command(fanni, board, json!({"type": "say", "text": "ä".repeat(501)})).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "badRequest"));

    // The workshop is over: what was, stays to be looked at.
    setup.call(json!({"type": "endWorkshop"})).await;
    let over = session(&aino, board).await["state"].clone();
    assert_eq!((&over["script"]["part"], ids(&over)), (&Value::Null, vec![part(3), part(4)]));
    assert!(over["script"]["ended"].is_i64() && over["adds"].is_null());
    assert_eq!(over["allowed"]["edit"], json!(["own", "others"]));
}

#[tokio::test]
async fn a_team_has_an_agenda_of_its_own_once_it_has_begun() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let (board, fanni) = (&setup.boards[0], &setup.facilitator);
    let workshop = fanni.get(&setup.path()).await.json();
    let id = |n: usize| workshop["agenda"][n]["id"].as_str().unwrap().to_owned();
    setup.start().await;
    let mut part = workshop["agenda"][1].clone();
    part.as_object_mut().unwrap().remove("starts");
    part["may"] = json!({"add": ["note"]});
    part["minutes"] = json!(13);
    assert_eq!(command(fanni, board, json!({"type": "changePart", "part": part})).await.status, 200);
    assert_eq!(command(fanni, board, json!({"type": "skipPart", "part": id(0)})).await.status, 200);
    assert_eq!(command(fanni, board, json!({"type": "reorder", "parts": [id(0), id(2), id(1)]})).await.status, 200);
    // The workshop's own agenda changes: boards keep what they follow.
    let new = json!({"version": 1, "parts": [{"title": {"fi": "Uusi"}, "minutes": 5}]});
    assert_eq!(fanni.put(&format!("{}/agenda", setup.path()), new).await.status, 200);
    let lines = async |board: &str| {
        let state = session(fanni, board).await["state"].clone();
        let parts = state["script"]["parts"].as_array().unwrap().clone();
        let line =
            |part: &Value| (part["id"].as_str().unwrap().to_owned(), part["progress"].clone(), part["minutes"].clone());
        parts.iter().take(3).map(line).collect::<Vec<_>>()
    };
    let ahead = json!("ahead");
    let mine =
        [(id(0), json!("skipped"), json!(15)), (id(2), ahead.clone(), json!(8)), (id(1), ahead.clone(), json!(13))];
    assert_eq!(lines(board).await, mine);
    let others = [(id(0), ahead.clone(), json!(15)), (id(1), ahead.clone(), json!(10)), (id(2), ahead, json!(8))];
    assert_eq!(lines(&setup.boards[1]).await, others);
    for (wrong, status) in [
        (json!({"type": "startPart", "part": jalostamo::ids::PartId::new()}), 409),
        (json!({"type": "changePart", "part": {"title": {"fi": "Uusi"}, "minutes": 5}}), 409),
        (json!({"type": "setMinutes", "part": id(1), "minutes": 481}), 400),
        (
            json!({"type": "startWorkshop", "workshop": setup.workshop, "plan": {"title": {"fi": "X"}, "language": "fi", "agenda": []}}),
            400,
        ),
        (json!({"type": "startWorkshop", "workshop": jalostamo::ids::WorkshopId::new()}), 404),
        (json!({"type": "nextPart", "sideways": true, "expected": 1}), 409),
        (json!({"type": "dance"}), 400),
    ] {
        assert_eq!(command(fanni, board, wrong.clone()).await.status, status, "{wrong}");
    }
    assert_eq!(lines(board).await, mine);
}
