//! A team's participant sees no byte of another team: not in any answer of any route, not on any socket.

use hyper::Method;
use jalostamo::ids::BoardId;
use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    Client, TestServer,
    collab::{self, options},
    raw::{Raw, auth},
    secret_of, series,
};

/// Two teams of one series, a participant of the first, and everything that is the second's.
struct Scene {
    server: TestServer,
    series: String,
    organisation: String,
    own: Value,
    other: Value,
    participant: Client,
    /// The participant's link.
    secret: String,
    /// Somebody of the second team, at work.
    stranger: Client,
    /// What must not be seen.
    hidden: Vec<String>,
}

const NOTE: &str = "Beetan-muistilappu";

async fn scene() -> Scene {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let organisation = series::organisation(&root, &id, "Virasto").await;
    let own = series::team(&root, &id, "Alfa").await;
    let challenge = json!({"title": "Beetan-otsikko", "theme": "Beetan-teema", "problem": "Beetan-pulma",
        "customerGroup": "Beetan-asiakkaat", "ownerOrg": organisation});
    let other = json!({"name": "Beetan-tiimi", "challenge": challenge});
    let other = root.post(&format!("/api/series/{id}/teams"), other).await.json();
    let board = |team: &Value| team["board"].as_str().unwrap().to_owned();

    let secret = root.invite(&board(&own), json!({"role": "participant"})).await;
    let mut participant = server.stranger();
    participant.join(&secret, "Pekka").await;
    let made =
        root.post(&format!("/api/boards/{}/invites", board(&other)), json!({"role": "participant"})).await.json();
    let foreign = secret_of(made["url"].as_str().unwrap());
    let mut stranger = server.stranger();
    stranger.join(&foreign, "Beetan-väki").await;
    let socket = open(&server, &stranger, &board(&other)).await;
    socket.note(NOTE).await;
    socket.until("durable", |heard| heard.durable == heard.sent).await;

    let snapshot = format!("/api/boards/{}/snapshots", board(&other));
    let snapshot = root.post(&snapshot, json!({"name": "Beetan-tilannevedos"})).await.json();

    let names = [&other["id"], &other["board"], &other["challenge"]["id"], &made["id"], &snapshot["id"]];
    let mut hidden: Vec<String> = names.map(|name| name.as_str().unwrap().to_owned()).to_vec();
    hidden.extend(["Beetan".to_owned(), foreign, stranger.person.clone()]);
    Scene { server, series: id, organisation, own, other, participant, secret, stranger, hidden }
}

impl Scene {
    /// That nothing in it is the other team's.
    fn clean(&self, what: &str, bytes: &[u8]) {
        for hidden in &self.hidden {
            let seen = bytes.windows(hidden.len()).any(|window| window == hidden.as_bytes());
            assert!(!seen, "{hidden} in {what}: {}", String::from_utf8_lossy(bytes));
        }
    }
}

async fn open(server: &TestServer, client: &Client, board: &str) -> collab::Client {
    let person = client.person.parse().unwrap();
    let (address, doc) = (server.running().address, Doc::with_options(options()));
    let socket = collab::Client::dial_address(address, person, &token(client), doc, &format!("board.{board}.1")).await;
    socket.until("in", |heard| heard.synced && heard.session.is_some()).await;
    socket
}

fn token(client: &Client) -> String {
    client.cookie.as_deref().unwrap().split_once('=').unwrap().1.to_owned()
}

/// What a route could be asked with, so that as many as can be get past reading their body.
fn bodies(scene: &Scene) -> Vec<Value> {
    vec![
        json!({}),
        json!({"secret": scene.secret}),
        json!({"language": "fi"}),
        json!({"type": "pause"}),
        json!({"role": "participant"}),
        json!({"title": "Uusi", "content": "empty"}),
        json!({"name": {"fi": "Uusi"}, "sector": "other"}),
        json!({"name": "Uusi", "challenge": {"title": "Uusi"}}),
    ]
}

#[tokio::test]
async fn no_answer_of_any_route() {
    let scene = scene().await;
    let described = scene.server.stranger().get("/api/openapi.json").await.json();
    let (mut asked, mut answered) = (0, 0);
    for (template, operations) in described["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|_| template != "/api/leave") {
            let method: Method = method.to_uppercase().parse().unwrap();
            for team in [&scene.own, &scene.other] {
                let path = template
                    .replace("{board}", team["board"].as_str().unwrap())
                    .replace("{series}", &scene.series)
                    .replace("{team}", team["id"].as_str().unwrap())
                    .replace("{organisation}", &scene.organisation)
                    .replace("{invite}", &scene.hidden[3])
                    .replace("{snapshot}", &scene.hidden[4]);
                let bodies = if method == Method::GET { vec![json!(null)] } else { bodies(&scene) };
                for body in bodies {
                    let mut request = scene.participant.request(method.clone(), &path);
                    if method != Method::GET {
                        request = request.json(&body);
                    }
                    let answer = request.send().await;
                    let what = format!("{method} {path} {body}: {}", answer.status);
                    scene.clean(&what, format!("{:?}\n{}", answer.headers, answer.text).as_bytes());
                    asked += 1;
                    answered += u32::from(answer.status == 200);
                    if path.contains("{") || team == &scene.other && template.contains("{board}") {
                        assert_eq!(answer.status, 404, "{what}");
                    }
                }
            }
        }
    }
    assert!(answered > 10 && asked > 100, "{answered} of {asked}");
    // What the other team has is there for its own.
    let board = scene.other["board"].as_str().unwrap();
    let own = scene.stranger.get(&format!("/api/boards/{board}/export.json")).await.text;
    assert!(own.contains(NOTE));
    let context = scene.stranger.get(&format!("/api/boards/{board}/context")).await.text;
    assert!(scene.hidden.iter().filter(|hidden| context.contains(*hidden)).count() >= 3, "{context}");
}

#[tokio::test]
async fn no_frame_of_ones_own_board() {
    let scene = scene().await;
    let (own, other) = (scene.own["board"].as_str().unwrap(), scene.other["board"].as_str().unwrap());
    let address = scene.server.running().address;
    let at_work = open(&scene.server, &scene.stranger, other).await;
    let name = format!("board.{own}.1");
    let mut socket = Raw::open(address, "/collab", None).await;
    socket.about(&name, auth(&token(&scene.participant))).await;
    socket.about(&name, vec![0, 0, 1, 0]).await;
    at_work.presence(7, 1, Some(r#"{"cursor":[1,2]}"#)).await;
    at_work.note(NOTE).await;
    at_work.until("durable", |heard| heard.durable == heard.sent).await;
    // What is written here afterwards comes afterwards.
    let mate = scene.server.owner().await;
    let mate = open(&scene.server, &mate, own).await;
    mate.note("Alfan-loppu").await;
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("Alfan-loppu") {
        seen.extend(socket.frame().await.expect("the socket is open"));
    }
    assert!(String::from_utf8_lossy(&seen).contains(&scene.participant.person), "the session is among it");
    scene.clean("the frames", &seen);
}

#[tokio::test]
async fn a_socket_tells_another_teams_board_not_from_none() {
    let scene = scene().await;
    let address = scene.server.running().address;
    let (other, unknown) = (scene.other["board"].as_str().unwrap().to_owned(), BoardId::new().to_string());
    let mut frames = Vec::new();
    let mut codes = Vec::new();
    for board in [&other, &unknown] {
        let name = format!("board.{board}.1");
        let mut socket = Raw::open(address, "/collab", None).await;
        socket.about(&name, auth(&token(&scene.participant))).await;
        let frame = socket.frame().await.expect("an answer");
        // The answer names the document as it was asked for.
        let frame = String::from_utf8_lossy(&frame).replace(board.as_str(), "…");
        scene.clean("the answer", frame.as_bytes());
        frames.push(frame);
        let path = format!("/sync/{name}");
        codes.push(Raw::open(address, &path, Some(&token(&scene.participant))).await.closed().await);
    }
    assert_eq!(frames[0], frames[1]);
    assert_eq!(codes, [4404, 4404]);
}
