//! Every route answers every role as the table says, and what one may not see is what does not exist.

use hyper::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

/// Method, path, body, and the status for: nobody, a person of another board, observer, participant, facilitator,
/// owner of the board, owner of the server.
type Row = (Method, String, Option<Value>, [u16; 7]);

const SNAPSHOT: &str = "/api/boards/{board}/snapshots/sn_01JAAAAAAAAAAAAAAAAAAAAAAA";
const EXPORT: &str = "/api/boards/{board}/exports/ex_01JAAAAAAAAAAAAAAAAAAAAAAA";
const EXPORT_FILE: &str = "/api/boards/{board}/exports/ex_01JAAAAAAAAAAAAAAAAAAAAAAA/file";

const VOTE: &str = "/api/boards/{board}/votes/vt_01JAAAAAAAAAAAAAAAAAAAAAAA";
const SURVEY: &str = "/api/boards/{board}/surveys/wk_01JAAAAAAAAAAAAAAAAAAAAAAA/start";

/// Votes and surveys that are not there: who may ask learns that, who may not is refused. `votes_roles` has those that are.
fn of_votes() -> Vec<(Method, String, Option<Value>, [u16; 7])> {
    let (runs, votes) = ([401, 404, 403, 403, 404, 404, 404], [401, 404, 403, 404, 403, 403, 403]);
    let entered = format!("{VOTE}/entered/bl_01JAAAAAAAAAAAAAAAAAAAAAAA");
    let answer = Some(json!({"scores": {"pulse": 3}}));
    vec![
        (Method::GET, "/api/boards/{board}/votes".to_owned(), None, [401, 404, 200, 200, 200, 200, 200]),
        (Method::GET, format!("{VOTE}/progress"), None, runs),
        (Method::GET, format!("{VOTE}/ballot"), None, votes),
        (Method::PUT, format!("{VOTE}/ballot"), Some(json!({})), votes),
        (Method::GET, format!("{VOTE}/entered"), None, runs),
        (Method::PUT, entered.clone(), Some(json!({})), runs),
        (Method::DELETE, entered, None, runs),
        (Method::GET, SURVEY.to_owned(), None, [401, 404, 404, 404, 404, 404, 404]),
        (Method::POST, SURVEY.to_owned(), answer, votes),
    ]
}

fn table() -> Vec<Row> {
    let get = |path: &str, statuses| (Method::GET, path.to_owned(), None, statuses);
    let post = |path: &str, body, statuses| (Method::POST, path.to_owned(), Some(body), statuses);
    let mut table = vec![
        get("/api/me", [401, 200, 200, 200, 200, 200, 200]),
        get("/api/boards", [401, 200, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/context", [401, 404, 200, 200, 200, 200, 200]),
        // Nobody was moved from it.
        get("/api/boards/{board}/moved", [401, 404, 404, 404, 404, 404, 404]),
        get("/api/boards/{board}/session", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export.json", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export.svg", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export.md", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export.png", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export-next-steps.csv", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export-obstacles.csv", [401, 404, 200, 200, 200, 200, 200]),
        get("/api/boards/{board}/export-steps.csv", [401, 404, 200, 200, 200, 200, 200]),
        post("/api/boards/{board}/exports", json!({"format": "json"}), [401, 404, 200, 200, 200, 200, 200]),
        (Method::POST, "/api/boards/{board}/purge".to_owned(), None, [401, 404, 403, 403, 200, 200, 200]),
        // An export that is not there, or another's, is nobody's.
        get(EXPORT, [401, 404, 404, 404, 404, 404, 404]),
        get(EXPORT_FILE, [401, 404, 404, 404, 404, 404, 404]),
        (Method::DELETE, EXPORT.to_owned(), None, [401, 404, 404, 404, 404, 404, 404]),
        get("/api/boards/{board}/invites", [401, 404, 403, 403, 200, 200, 200]),
        post("/api/boards/{board}/commands", json!({"type": "pause"}), [401, 404, 403, 403, 200, 200, 200]),
        post("/api/boards/{board}/commands", json!({"type": "resume"}), [401, 404, 403, 403, 200, 200, 200]),
        post(
            "/api/boards/{board}/commands",
            json!({"type": "lock", "objects": []}),
            [401, 404, 403, 403, 200, 200, 200],
        ),
        post("/api/boards/{board}/invites", json!({"role": "observer"}), [401, 404, 403, 403, 200, 200, 200]),
        post("/api/boards/{board}/invites", json!({"role": "participant"}), [401, 404, 403, 403, 200, 200, 200]),
        post("/api/boards/{board}/invites", json!({"role": "facilitator"}), [401, 404, 403, 403, 403, 200, 200]),
        post("/api/boards/{board}/invites", json!({"role": "owner"}), [401, 404, 403, 403, 403, 200, 200]),
        post("/api/boards", json!({"title": "Uusi", "content": "empty"}), [401, 403, 403, 403, 403, 403, 200]),
        post("/api/boards/import", json!({}), [401, 403, 403, 403, 403, 403, 400]),
        get("/api/boards/{board}/snapshots", [401, 404, 200, 200, 200, 200, 200]),
        post("/api/boards/{board}/snapshots", json!({"name": ""}), [401, 404, 403, 403, 400, 400, 400]),
        // Snapshots that are not there: who may ask for them learns that, who may not is refused.
        (Method::PATCH, SNAPSHOT.to_owned(), Some(json!({"name": "Uusi"})), [401, 404, 403, 403, 404, 404, 404]),
        (Method::DELETE, SNAPSHOT.to_owned(), None, [401, 404, 403, 403, 404, 404, 404]),
        get(
            "/api/boards/{board}/snapshots/sn_01JAAAAAAAAAAAAAAAAAAAAAAA/document",
            [401, 404, 404, 404, 404, 404, 404],
        ),
        get("/api/boards/{board}/snapshots/sn_01JAAAAAAAAAAAAAAAAAAAAAAA/compare", [401, 404, 404, 404, 404, 404, 404]),
        post(
            "/api/boards/{board}/snapshots/sn_01JAAAAAAAAAAAAAAAAAAAAAAA/copy",
            json!({"title": "Kopio"}),
            [401, 404, 403, 403, 403, 404, 404],
        ),
        (Method::PATCH, "/api/me".to_owned(), Some(json!({"language": "sv"})), [401, 200, 200, 200, 200, 200, 200]),
        // Links that are not of this board, or not there, are nobody's.
        (
            Method::DELETE,
            "/api/boards/{board}/invites/v_01JAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            None,
            [401, 404, 403, 403, 404, 404, 404],
        ),
        get("/healthz", [200; 7]),
        get("/readyz", [200; 7]),
        get("/api/openapi.json", [200; 7]),
    ];
    table.extend(of_votes());
    table
}

async fn everyone(server: &TestServer, board: &str, root: &Client) -> [Client; 7] {
    let other_board = server.board(root).await;
    [
        server.stranger(),
        server.member(root, &other_board, "owner", "Muu").await,
        server.member(root, board, "observer", "Oili").await,
        server.member(root, board, "participant", "Pekka").await,
        server.member(root, board, "facilitator", "Fanni").await,
        server.member(root, board, "owner", "Olli").await,
        root.clone(),
    ]
}

#[tokio::test]
async fn roles_and_routes() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let board = server.board(&root).await;
    let people = everyone(&server, &board, &root).await;
    let mut wrong = Vec::new();
    for (method, path, body, statuses) in table() {
        for (client, expected) in people.iter().zip(statuses) {
            let ask = || {
                let request = client.request(method.clone(), &path.replace("{board}", &board));
                if let Some(body) = &body { request.json(body) } else { request }
            };
            let mut answer = ask().send().await;
            // Ten commands a second a person: the table is asked faster than that.
            while answer.status == 429 {
                answer = ask().send().await;
            }
            if answer.status != expected {
                wrong.push(format!("{method} {path} {body:?}: {} and not {expected}: {}", answer.status, answer.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_table_has_every_described_route() {
    let server = TestServer::start().await;
    let described = server.stranger().get("/api/openapi.json").await.json();
    // Signing in has tests of its own, and series have a table of their own.
    let elsewhere = |path: &str| {
        ["/api/join", "/api/invites/look", "/api/leave"].contains(&path) || path.starts_with("/api/series")
    };
    for (path, operations) in described["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let pattern = path
                .replace("{invite}", "v_01JAAAAAAAAAAAAAAAAAAAAAAA")
                .replace("{export}", "ex_01JAAAAAAAAAAAAAAAAAAAAAAA")
                .replace("{snapshot}", "sn_01JAAAAAAAAAAAAAAAAAAAAAAA")
                .replace("{vote}", "vt_01JAAAAAAAAAAAAAAAAAAAAAAA")
                .replace("{ballot}", "bl_01JAAAAAAAAAAAAAAAAAAAAAAA")
                .replace("{workshop}/{survey}", "wk_01JAAAAAAAAAAAAAAAAAAAAAAA/start");
            let tested = table().iter().any(|row| row.0.as_str().eq_ignore_ascii_case(method) && row.1 == pattern);
            assert!(tested || elsewhere(path), "no role is tested for {method} {path}");
        }
    }
}

#[tokio::test]
async fn a_hidden_board_is_the_same_as_none() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let (mine, hidden) = (server.board(&root).await, server.board(&root).await);
    let person = server.member(&root, &mine, "facilitator", "Fanni").await;
    let unknown = jalostamo::ids::BoardId::new().to_string();
    for path in ["", "/context", "/session", "/export.json", "/export.svg", "/invites", "/snapshots"] {
        let mut answers = Vec::new();
        for board in [&hidden, &unknown, &"b_".to_owned(), &"%00".to_owned(), &mine.to_lowercase()] {
            let mut answer = person.get(&format!("/api/boards/{board}{path}")).await;
            answer.headers.remove("date");
            answers.push((answer.status, answer.code(), answer.text, answer.headers));
        }
        assert_eq!(answers[0].0, 404);
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{path}: {answers:?}");
    }
}

#[tokio::test]
async fn facilitators_see_and_revoke_only_links_that_they_may_make() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let board = server.board(&root).await;
    let path = format!("/api/boards/{board}/invites");
    for role in ["owner", "facilitator", "participant", "observer"] {
        root.invite(&board, json!({"role": role})).await;
    }
    let facilitator = server.member(&root, &board, "facilitator", "Fanni").await;
    let all = root.get(&path).await.json();
    let ids = |role: &str| -> Vec<String> {
        let lines = all.as_array().unwrap().iter().filter(|line| line["role"] == role);
        lines.map(|line| line["id"].as_str().unwrap().to_owned()).collect()
    };
    let seen = facilitator.get(&path).await.json();
    let mut roles: Vec<&str> = seen.as_array().unwrap().iter().map(|line| line["role"].as_str().unwrap()).collect();
    // Links of one millisecond have no order.
    roles.sort_unstable();
    assert_eq!(roles, ["observer", "participant"]);
    assert!(!seen.to_string().contains("secret") && !seen.to_string().contains("join="), "shown once, when made");
    for id in ids("owner").into_iter().chain(ids("facilitator")) {
        assert_eq!(facilitator.delete(&format!("{path}/{id}")).await.status, 404);
    }
    for id in ids("participant").into_iter().chain(ids("observer")) {
        assert_eq!(facilitator.delete(&format!("{path}/{id}")).await.status, 204);
    }
    // A link of another board is not this board's.
    let other = server.board(&root).await;
    let owner_link = &ids("owner")[0];
    assert_eq!(root.delete(&format!("/api/boards/{other}/invites/{owner_link}")).await.status, 404);
}
