//! Every role gives every command about attention, over HTTP: who may is in one table, and nobody sees more than their role does.

use serde_json::{Value, json};

use crate::support::{
    Client, TestServer,
    series::{self, Setup, command, session},
};

/// The owner of the board, a facilitator, a participant, an observer, one who has no role here.
async fn everyone(server: &TestServer, setup: &Setup, owner: &Client) -> [Client; 5] {
    let board = &setup.boards[0];
    [
        server.member(owner, board, "owner", "Olli").await,
        series::member(server, owner, &setup.series, "facilitator", "Maija").await,
        server.member(owner, board, "participant", "Aino").await,
        server.member(owner, board, "observer", "Oili").await,
        server.member(owner, &setup.boards[1], "owner", "Muu").await,
    ]
}

#[tokio::test]
async fn roles_and_commands() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let board = &setup.boards[0];
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    let people = everyone(&server, &setup, &owner).await;
    let part = session(&owner, board).await["state"]["script"]["part"]["part"].clone();
    // Somebody whose hand is up and who waits for help, for commands about another.
    let venla = server.member(&owner, board, "participant", "Venla").await;
    let of_venla = |command: &str| json!({"type": command, "person": venla.person});
    let table = [
        (json!({"type": "raiseHand"}), [200, 200, 200, 200, 404]),
        (json!({"type": "lowerHand"}), [200, 200, 200, 200, 404]),
        (of_venla("lowerHand"), [200, 200, 403, 403, 404]),
        (json!({"type": "askHelp", "text": "Ääni ei kuulu"}), [200, 200, 200, 200, 404]),
        (json!({"type": "endHelp"}), [200, 200, 200, 200, 404]),
        (of_venla("releaseHelp"), [200, 200, 403, 403, 404]),
        (json!({"type": "sayDone", "part": part}), [200, 200, 200, 403, 404]),
        (json!({"type": "sayNotDone", "part": part}), [200, 200, 200, 403, 404]),
        (json!({"type": "gather", "place": {"rect": [0, 0, 800, 600]}}), [200, 200, 403, 403, 404]),
        (json!({"type": "endGather"}), [200, 200, 403, 403, 404]),
        (json!({"type": "endLead"}), [200, 200, 403, 403, 404]),
        (of_venla("claimHelp"), [200, 409, 403, 403, 404]),
        (of_venla("endHelp"), [200, 200, 403, 403, 404]),
        (json!({"type": "lead"}), [200, 409, 403, 403, 404]),
        (json!({"type": "lead", "control": true}), [200, 409, 403, 403, 404]),
        (json!({"type": "askHelp", "text": "ö".repeat(201)}), [400, 400, 400, 400, 404]),
        (json!({"type": "lowerHand", "person": "Venla"}), [400, 400, 400, 400, 404]),
        (json!({"type": "gather", "place": {"rect": [0, 0, 0, 0]}}), [400, 400, 403, 403, 404]),
        (json!({"type": "sayDone", "part": jalostamo::ids::PartId::new()}), [409, 409, 409, 403, 404]),
        (json!({"type": "claimHelp", "person": setup.facilitator.person}), [409, 409, 403, 403, 404]),
    ];
    for about in ["raiseHand", "askHelp"] {
        assert_eq!(command(&venla, board, json!({"type": about})).await.status, 200);
    }
    for (asked, statuses) in table {
        for (client, expected) in people.iter().zip(statuses) {
            let mut answer = command(client, board, asked.clone()).await;
            while answer.status == 429 {
                answer = command(client, board, asked.clone()).await;
            }
            assert_eq!(answer.status, expected, "{asked}: {}", answer.text);
        }
    }
    // None of it is for all boards at once.
    for one in [json!({"type": "raiseHand"}), json!({"type": "lead"})] {
        assert_eq!(setup.facilitator.post(&format!("{}/commands", setup.path()), one).await.status, 400);
    }
}

#[tokio::test]
async fn what_is_asked_is_seen_by_all_and_what_is_wrong_by_those_who_help() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = &setup.boards[0];
    let maija = series::member(&server, &owner, &setup.series, "facilitator", "Maija").await;
    let aino = server.member(&owner, board, "participant", "Aino").await;
    let oili = server.member(&owner, board, "observer", "Oili").await;
    assert_eq!(command(&oili, board, json!({"type": "askHelp", "text": "En näe lappuja"})).await.status, 200);
    assert_eq!(command(&aino, board, json!({"type": "raiseHand"})).await.status, 200);
    let seen = async |by: &Client| session(by, board).await["state"]["attention"].clone();
    let (for_aino, for_maija) = (seen(&aino).await, seen(&maija).await);
    let help = &for_maija["help"][0];
    assert_eq!((&help["person"], &help["text"]), (&json!(oili.person), &json!("En näe lappuja")));
    assert_eq!((&help["coming"], &for_maija["hands"][0]["person"]), (&Value::Null, &json!(aino.person)));
    assert!(help["at"].as_i64().unwrap() <= for_maija["now"].as_i64().unwrap());
    assert_eq!((&for_aino["help"][0]["person"], &for_aino["help"][0]["at"]), (&help["person"], &help["at"]));
    assert!(!for_aino.to_string().contains("lappuja"), "that is between her and those who help");

    // The one who comes is seen by the team; another facilitator sees who was first.
    let claim = json!({"type": "claimHelp", "person": oili.person});
    assert_eq!(command(&maija, board, claim.clone()).await.status, 200);
    assert_eq!(seen(&oili).await["help"][0]["coming"], json!(maija.person));
    let late = command(&setup.facilitator, board, claim.clone()).await;
    let first = late.json()["first"].clone();
    assert_eq!((late.status, &first["by"], &first["byName"]), (409, &json!(maija.person), &json!("Maija")));
    assert_eq!(first["what"], "helpClaimed");

    // A hand that goes up in between makes no facilitator late; another facilitator's deed does.
    let seq = session(&maija, board).await["seq"].clone();
    assert_eq!(command(&oili, board, json!({"type": "raiseHand"})).await.status, 200);
    let pause = json!({"type": "pause", "expected": seq});
    assert_eq!(command(&maija, board, pause.clone()).await.status, 200);
    assert_eq!(command(&maija, board, pause).await.json()["first"]["what"], "paused");
    let lead = command(&maija, board, json!({"type": "lead", "control": true})).await;
    assert_eq!((lead.status, &seen(&aino).await["lead"]["control"]), (200, &json!(true)));
    let place = json!({"frame": "r_01JAAAAAAAAAAAAAAAAAAAAAAA"});
    assert_eq!(command(&maija, board, json!({"type": "gather", "place": place})).await.status, 200);
    let gather = seen(&aino).await["gather"].clone();
    assert_eq!((&gather["place"], &gather["by"]), (&place, &json!(maija.person)));
}

#[tokio::test]
async fn a_board_knows_when_its_people_meet() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = &setup.boards[0];
    let when = json!({"date": "2026-11-24", "begins": "09:00"});
    assert_eq!(setup.facilitator.patch(&setup.path(), when).await.status, 200);
    let aino = server.member(&owner, board, "participant", "Aino").await;
    assert_eq!(aino.patch("/api/me", json!({"language": "sv"})).await.status, 200);
    let workshops = aino.get(&format!("/api/boards/{board}/context")).await.json()["workshops"].clone();
    let line = &workshops[0];
    assert_eq!(
        (&line["id"], &line["date"], &line["begins"]),
        (&json!(setup.workshop), &json!("2026-11-24"), &json!("09:00"))
    );
    assert_eq!((&line["zone"], line.get("agenda")), (&json!("Europe/Helsinki"), None));
    let people = session(&aino, board).await["state"]["people"].clone();
    let own = people.as_array().unwrap().iter().find(|person| person["person"] == json!(aino.person)).unwrap();
    assert_eq!(own["language"], "sv");
}
