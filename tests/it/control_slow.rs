//! Whoever reads the control room slowly takes no more memory for it, holds up nobody, and is told what holds by then.

use axum::{
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt;
use jalostamo::http::router::router;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{
    Client, TestServer,
    events::{Watcher, fold},
    series::{Setup, command},
};

/// The next message of a feed that is read only when the test does: its name, and its length.
async fn read(body: &mut Body, room: &mut Value) -> (String, usize) {
    loop {
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        let text = String::from_utf8(frame.to_vec()).unwrap();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        if let (Some(name), Some(data)) = (field("event: "), field("data: ")) {
            fold(room, &name, serde_json::from_str(&data).unwrap());
            return (name, text.len());
        }
    }
}

fn ask(by: &Client, series: &str) -> Request<Body> {
    let cookie = by.cookie.as_ref().unwrap();
    let path = format!("/api/series/{series}/control/feed");
    Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_are_one_message_to_whoever_has_not_read_meanwhile() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    // The connection's task asks for the next message only when the last one is out: here it is this test that does not ask.
    let routes = router(server.running().app().clone());
    let answer = routes.oneshot(ask(&setup.facilitator, &setup.series)).await.unwrap();
    assert_eq!(answer.status(), 200);
    let (mut body, mut room) = (answer.into_body(), Value::Null);
    let (name, whole) = read(&mut body, &mut room).await;
    assert_eq!(name, "whole");

    let mut quick = Watcher::open(&owner, &setup.series).await;
    for n in 0..5 {
        for board in &setup.boards {
            let said = json!({"type": "say", "text": format!("Viesti {n} {}", "ä".repeat(400))});
            assert_eq!(command(&setup.facilitator, board, said).await.status, 200);
        }
        let text = format!("Viesti {n} ");
        quick
            .until("each message", |room| {
                let teams = room["teams"].as_array().unwrap();
                teams.iter().all(|team| team["message"]["text"].as_str().is_some_and(|it| it.starts_with(&text)))
            })
            .await;
    }
    assert!(quick.told.len() >= 6, "who reads hears each");
    let (name, bytes) = read(&mut body, &mut room).await;
    assert_eq!((name.as_str(), &room["teams"]), ("changes", &quick.room["teams"]));
    assert!(bytes < whole + 3_000, "{bytes}: only the last of the messages");
}
