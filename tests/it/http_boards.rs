//! Boards are made, listed, exported and imported over HTTP.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn an_empty_board_and_the_demo() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let made = owner.post("/api/boards", json!({"title": " Asiakas\u{200B}maksut ", "content": "empty"})).await.json();
    assert_eq!((&made["title"], &made["role"], &made["epoch"]), (&json!("Asiakasmaksut"), &json!("owner"), &json!(1)));
    let demo = owner.post("/api/boards", json!({"title": "Esimerkki", "content": "demo"})).await.json();
    let list = owner.get("/api/boards").await.json();
    assert_eq!(list, json!([demo, made]), "newest first");

    let file = |line: &serde_json::Value| format!("/api/boards/{}/export.json", line["id"].as_str().unwrap());
    let (empty, full) = (owner.get(&file(&made)).await.json(), owner.get(&file(&demo)).await.json());
    assert_eq!((&empty["title"], &empty["items"]), (&json!("Asiakasmaksut"), &json!([])));
    assert_eq!(full["title"], "Esimerkki");
    assert!(full["items"].as_array().unwrap().len() > 10 && !full["links"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_exported_can_be_imported() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let demo = owner.post("/api/boards", json!({"title": "Esimerkki", "content": "demo"})).await.json();
    let exported = owner.get(&format!("/api/boards/{}/export.json", demo["id"].as_str().unwrap())).await;
    let copy = owner.post("/api/boards/import", exported.json()).await;
    assert_eq!(copy.status, 200, "{}", copy.text);
    assert_ne!(copy.json()["id"], demo["id"]);
    let again = owner.get(&format!("/api/boards/{}/export.json", copy.json()["id"].as_str().unwrap())).await;
    assert!(jalostamo::export::json::same_content(exported.text.as_bytes(), again.text.as_bytes()));

    let server = server.restart().await;
    let mut back = server.stranger();
    back.cookie = owner.cookie.clone();
    let after = back.get(&format!("/api/boards/{}/export.json", copy.json()["id"].as_str().unwrap())).await;
    assert!(
        jalostamo::export::json::same_content(exported.text.as_bytes(), after.text.as_bytes()),
        "all of it was kept"
    );
}

#[tokio::test]
async fn files_that_are_no_boards() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    for wrong in [json!({}), json!([]), json!("board"), json!({"format": "jalostamo.board", "version": 99})] {
        let refused = owner.post("/api/boards/import", wrong.clone()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "badFile"), "{wrong}");
    }
    assert_eq!(owner.get("/api/boards").await.json(), json!([]));
}

#[tokio::test]
async fn titles_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let make = async |title: String| owner.post("/api/boards", json!({"title": title, "content": "empty"})).await;
    assert_eq!(make("ä".repeat(120)).await.status, 200);
    assert_eq!(make("ä".repeat(121)).await.code(), "name");
    assert_eq!(make(" \u{200B} ".into()).await.code(), "name");
}

#[tokio::test]
async fn commands_reach_the_session_state() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let (commands, session) = (format!("/api/boards/{board}/commands"), format!("/api/boards/{board}/session"));
    let note = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";
    let lock = owner.post(&commands, json!({"type": "lock", "objects": [note]})).await.json();
    let pause = owner.post(&commands, json!({"type": "pause"})).await.json();
    assert!(pause["seq"].as_u64() > lock["seq"].as_u64());
    assert_eq!(owner.post(&commands, json!({"type": "pause"})).await.json(), pause, "done already");
    let member = server.member(&owner, &board, "participant", "Pekka").await;
    let state = member.get(&session).await.json();
    assert_eq!(state["seq"], pause["seq"]);
    assert_eq!((&state["state"]["paused"], &state["state"]["locked"]), (&json!(true), &json!([note])));
    assert_eq!(state["state"]["me"], json!({"person": member.person, "role": "participant"}));
    for wrong in [json!({"type": "lock", "objects": ["x"]}), json!({"type": "explode"}), json!({"type": "lock"})] {
        assert_eq!(owner.post(&commands, wrong.clone()).await.code(), "badRequest", "{wrong}");
    }
}

#[tokio::test]
async fn commands_a_second_are_limited() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let path = format!("/api/boards/{board}/commands");
    let sent = (0..60).map(|_| owner.post(&path, json!({"type": "resume"})));
    let answers = futures_util::future::join_all(sent).await;
    let refused = answers.iter().find(|answer| answer.status == 429).expect("60 at once are too many");
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("tooMany", "1"));
    assert!(answers.iter().filter(|answer| answer.status == 200).count() >= 10);
}
