//! Every route of a series answers every role as the table says, and the higher of two roles on a board counts.

use hyper::Method;
use jalostamo::ids::{OrganisationId, TeamId};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, series};

/// Method, path, body, and the status for: nobody, an owner of another series, a participant of a team's board, an owner
/// of a team's board, observer, facilitator and owner of the series, owner of the server.
type Row = (Method, &'static str, Option<Value>, [u16; 8]);

const UNKNOWN_PERSON: &str = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";
const UNKNOWN_TEAM: &str = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA";
const UNKNOWN_INVITE: &str = "v_01JAAAAAAAAAAAAAAAAAAAAAAA";

fn table() -> Vec<Row> {
    let row = |method, path, body, statuses| (method, path, body, statuses);
    let read = [401, 404, 404, 404, 200, 200, 200, 200];
    let write = [401, 404, 404, 404, 403, 200, 200, 200];
    let owner = [401, 404, 404, 404, 403, 403, 200, 200];
    let server = [401, 403, 403, 403, 403, 403, 403, 200];
    let nobody = write.map(|status| if status == 200 { 404 } else { status });
    let refused = write.map(|status| if status == 200 { 409 } else { status });
    let name = json!({"fi": "Nimi"});
    vec![
        row(Method::GET, "/api/series", None, [401, 200, 200, 200, 200, 200, 200, 200]),
        row(Method::POST, "/api/series", Some(json!({"name": name})), server),
        row(Method::POST, "/api/series/demo", Some(json!({})), server),
        row(Method::GET, "/api/series/{series}", None, read),
        row(Method::PATCH, "/api/series/{series}", Some(json!({"purpose": "Uusi"})), write),
        row(Method::POST, "/api/series/{series}/organisations", Some(json!({"name": name, "sector": "other"})), write),
        row(
            Method::PATCH,
            "/api/series/{series}/organisations/{organisation}",
            Some(json!({"abbreviation": "N"})),
            write,
        ),
        // The series owns nothing that goes: it is in use for all who may.
        row(
            Method::DELETE,
            "/api/series/{series}/organisations/{organisation}",
            None,
            write.map(|status| if status == 200 { 409 } else { status }),
        ),
        row(
            Method::POST,
            "/api/series/{series}/teams",
            Some(json!({"name": "Tiimi", "challenge": {"title": "Haaste"}})),
            write,
        ),
        row(Method::PATCH, "/api/series/{series}/teams/{team}", Some(json!({"name": "Tiimi"})), write),
        row(Method::GET, "/api/series/{series}/people", None, write),
        row(Method::GET, "/api/series/{series}/me", None, [401, 404, 200, 200, 200, 200, 200, 200]),
        row(Method::PATCH, "/api/series/{series}/me", Some(json!({})), [401, 404, 200, 200, 200, 200, 200, 200]),
        // Somebody who is not there; who may do what to whom is told by `people_roles`.
        row(Method::PATCH, "/api/series/{series}/people/{person}", Some(json!({})), nobody),
        row(Method::PUT, "/api/series/{series}/people/{person}/role", Some(json!({"role": null})), nobody),
        row(
            Method::POST,
            "/api/series/{series}/people/{person}/move",
            Some(json!({"from": UNKNOWN_TEAM, "to": UNKNOWN_TEAM})),
            nobody,
        ),
        row(Method::DELETE, "/api/series/{series}/people/{person}", None, nobody),
        row(
            Method::POST,
            "/api/series/{series}/lead",
            Some(json!({"person": UNKNOWN_PERSON})),
            [401, 404, 404, 404, 403, 403, 404, 404],
        ),
        // A team that works cannot be brought back, nor be taken into itself.
        row(Method::POST, "/api/series/{series}/teams/{team}/restore", None, refused),
        row(Method::POST, "/api/series/{series}/teams/{team}/merge", Some(json!({"into": UNKNOWN_TEAM})), nobody),
        row(Method::POST, "/api/series/{series}/teams/{team}/split", Some(json!({"name": "Uusi"})), write),
        row(Method::POST, "/api/series/{series}/teams/{team}/withdraw", None, [401, 404, 404, 404, 403, 200, 409, 409]),
        row(Method::GET, "/api/series/{series}/workshops", None, read),
        row(Method::POST, "/api/series/{series}/workshops", Some(json!({"title": name})), write),
        row(Method::GET, "/api/series/{series}/workshops/{workshop}", None, read),
        row(Method::PATCH, "/api/series/{series}/workshops/{workshop}", Some(json!({"kind": "gala"})), write),
        row(
            Method::PUT,
            "/api/series/{series}/workshops/{workshop}/agenda",
            Some(json!({"version": 1, "parts": []})),
            write.map(|status| if status == 200 { 400 } else { status }),
        ),
        row(
            Method::POST,
            "/api/series/{series}/workshop-order",
            Some(json!({"workshops": []})),
            write.map(|status| if status == 200 { 409 } else { status }),
        ),
        row(Method::GET, "/api/series/{series}/workshops/{workshop}/session", None, read),
        row(Method::GET, "/api/series/{series}/workshops/{workshop}/surveys", None, write),
        row(Method::GET, "/api/series/{series}/surveys", None, read),
        row(Method::GET, "/api/series/{series}/control", None, write),
        row(Method::GET, "/api/series/{series}/control/feed", None, write),
        row(Method::GET, "/api/series/{series}/teams/{team}/thumbnail", None, write),
        // What nobody may, so that the workshop stays one that can go.
        row(
            Method::POST,
            "/api/series/{series}/workshops/{workshop}/commands",
            Some(json!({"type": "lock", "objects": []})),
            write.map(|status| if status == 200 { 400 } else { status }),
        ),
        // The first who may takes it away.
        row(
            Method::DELETE,
            "/api/series/{series}/workshops/{workshop}",
            None,
            [401, 404, 404, 404, 403, 204, 404, 404],
        ),
        row(Method::GET, "/api/series/{series}/invites", None, write),
        row(Method::POST, "/api/series/{series}/invites", Some(json!({"role": "observer"})), write),
        row(Method::POST, "/api/series/{series}/invites", Some(json!({"role": "facilitator"})), owner),
        row(Method::POST, "/api/series/{series}/invites", Some(json!({"role": "owner"})), owner),
        row(
            Method::POST,
            "/api/series/{series}/invites",
            Some(json!({"role": "participant"})),
            write.map(|status| if status == 200 { 400 } else { status }),
        ),
        row(
            Method::DELETE,
            "/api/series/{series}/invites/{invite}",
            None,
            write.map(|status| if status == 200 { 404 } else { status }),
        ),
        // Roles in a series are roles on its boards.
        row(Method::GET, "/api/boards/{board}/session", None, [401, 404, 200, 200, 200, 200, 200, 200]),
        row(
            Method::POST,
            "/api/boards/{board}/commands",
            Some(json!({"type": "resume"})),
            [401, 404, 403, 200, 403, 200, 200, 200],
        ),
        row(
            Method::POST,
            "/api/boards/{board}/invites",
            Some(json!({"role": "participant"})),
            [401, 404, 403, 200, 403, 200, 200, 200],
        ),
        row(
            Method::POST,
            "/api/boards/{board}/invites",
            Some(json!({"role": "facilitator"})),
            [401, 404, 403, 200, 403, 403, 200, 200],
        ),
    ]
}

async fn everyone(server: &TestServer, root: &Client, id: &str, board: &str) -> [Client; 8] {
    let other = series::series(root).await;
    [
        server.stranger(),
        series::member(server, root, &other, "owner", "Muu").await,
        server.member(root, board, "participant", "Pekka").await,
        server.member(root, board, "owner", "Omppu").await,
        series::member(server, root, id, "observer", "Oili").await,
        series::member(server, root, id, "facilitator", "Fanni").await,
        series::member(server, root, id, "owner", "Olli").await,
        root.clone(),
    ]
}

#[tokio::test]
async fn roles_and_routes() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let organisation = series::organisation(&root, &id, "Virasto").await;
    assert_eq!(root.patch(&format!("/api/series/{id}"), json!({"owners": [organisation]})).await.status, 200);
    let team = series::team(&root, &id, "Tiimi").await;
    let (team, board) = (team["id"].as_str().unwrap(), team["board"].as_str().unwrap());
    let workshop = series::workshop(&root, &id, "Työpaja").await["id"].as_str().unwrap().to_owned();
    let people = everyone(&server, &root, &id, board).await;
    let mut wrong = Vec::new();
    for (method, path, body, statuses) in table() {
        let names = [
            ("{series}", id.as_str()),
            ("{organisation}", &organisation),
            ("{team}", team),
            ("{board}", board),
            ("{workshop}", workshop.as_str()),
            ("{invite}", UNKNOWN_INVITE),
            ("{person}", UNKNOWN_PERSON),
        ];
        let address = names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
        for (client, expected) in people.iter().zip(statuses) {
            let ask = async || {
                let request = client.request(method.clone(), &address);
                let request = body.iter().fold(request, |request, body| request.json(body));
                // A feed goes on.
                if path.ends_with("/feed") {
                    return (request.status().await, String::new());
                }
                let answer = request.send().await;
                (answer.status, answer.text)
            };
            let (mut status, mut text) = ask().await;
            // A person may give ten commands a second, and here gives them all.
            while status == 429 {
                (status, text) = ask().await;
            }
            if status != expected {
                wrong.push(format!("{method} {path} {body:?}: {status} and not {expected}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_table_has_every_described_route_of_series() {
    let server = TestServer::start().await;
    let described = server.stranger().get("/api/openapi.json").await.json();
    let mut count = 0;
    for (path, operations) in described["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|_| path.starts_with("/api/series")) {
            let tested = table().iter().any(|row| row.0.as_str().eq_ignore_ascii_case(method) && row.1 == path);
            assert!(tested, "no role is tested for {method} {path}");
            count += 1;
        }
    }
    assert!(count >= 13, "{count}");
}

#[tokio::test]
async fn a_hidden_series_is_the_same_as_none() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let (mine, hidden) = (series::series(&root).await, series::series(&root).await);
    let organisation = series::organisation(&root, &hidden, "Virasto").await;
    let team = series::team(&root, &hidden, "Tiimi").await["id"].as_str().unwrap().to_owned();
    let (_, invite) = series::link(&root, &hidden, json!({"role": "observer"})).await;
    let facilitator = series::member(&server, &root, &mine, "facilitator", "Fanni").await;
    let unknown = jalostamo::ids::SeriesId::new().to_string();
    let same = async |asks: Vec<(Method, String)>| {
        let mut answers = Vec::new();
        for (method, path) in asks {
            let mut answer = facilitator.request(method, &path).json(&json!({})).send().await;
            answer.headers.remove("date");
            answers.push((answer.status, answer.code(), answer.text, answer.headers));
        }
        assert_eq!(answers[0].0, 404);
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    };
    for (method, rest) in [
        (Method::GET, String::new()),
        (Method::PATCH, String::new()),
        (Method::GET, "/invites".to_owned()),
        (Method::POST, "/invites".to_owned()),
        (Method::POST, "/teams".to_owned()),
        (Method::PATCH, format!("/teams/{team}")),
        (Method::PATCH, format!("/organisations/{organisation}")),
        (Method::DELETE, format!("/organisations/{organisation}")),
        (Method::DELETE, format!("/invites/{invite}")),
    ] {
        let of = |id: &str| (method.clone(), format!("/api/series/{id}{rest}"));
        same(vec![of(&hidden), of(&unknown), of("ws_"), of("%00"), of(&mine.to_lowercase())]).await;
    }
    // Nor does one's own series tell a hidden thing from none.
    for (method, hidden, unknown) in [
        (Method::PATCH, format!("teams/{team}"), format!("teams/{}", TeamId::new())),
        (Method::DELETE, format!("organisations/{organisation}"), format!("organisations/{}", OrganisationId::new())),
        (Method::DELETE, format!("invites/{invite}"), format!("invites/{UNKNOWN_INVITE}")),
    ] {
        let of = |rest: &str| (method.clone(), format!("/api/series/{mine}/{rest}"));
        same(vec![of(&hidden), of(&unknown)]).await;
    }
}

#[tokio::test]
async fn the_higher_of_two_roles_counts() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let (first, second) = (series::board(&root, &id, "A").await, series::board(&root, &id, "B").await);
    let role = async |client: &Client, board: &str| {
        client.get(&format!("/api/boards/{board}")).await.json()["role"].as_str().unwrap_or("none").to_owned()
    };

    let mut person = server.member(&root, &first, "participant", "Aino").await;
    assert_eq!((role(&person, &first).await, role(&person, &second).await), ("participant".into(), "none".into()));
    let (observer, _) = series::link(&root, &id, json!({"role": "observer"})).await;
    let names = json!({"fi": "Sarja", "sv": "Serie", "en": ""});
    let looked = person.post("/api/invites/look", json!({"secret": observer})).await.json();
    assert_eq!(
        (&looked["purpose"], &looked["series"], &looked["role"]),
        (&json!("series"), &names, &json!("observer"))
    );
    let joined = person.join(&observer, "Aino").await;
    assert_eq!(joined["series"], json!({"id": id, "name": names, "role": "observer"}));
    assert_eq!(joined.get("board"), None);
    assert_eq!((role(&person, &first).await, role(&person, &second).await), ("participant".into(), "observer".into()));

    let (facilitator, invite) = series::link(&root, &id, json!({"role": "facilitator"})).await;
    person.join(&facilitator, "Aino").await;
    assert_eq!(
        (role(&person, &first).await, role(&person, &second).await),
        ("facilitator".into(), "facilitator".into())
    );
    let later = series::board(&root, &id, "C").await;
    assert_eq!(role(&person, &later).await, "facilitator");
    let down = person.join(&observer, "Aino").await;
    assert_eq!(down["series"]["role"], "facilitator", "a higher role is kept");
    let boards = person.get("/api/boards").await.json();
    assert_eq!(boards.as_array().unwrap().len(), 3, "each once");
    let session = person.get(&format!("/api/boards/{first}/session")).await.json();
    let people = session["state"]["people"].as_array().unwrap();
    let found: Vec<_> = people.iter().filter(|one| one["person"] == json!(person.person)).collect();
    assert_eq!(found.len(), 1, "{session}");
    assert_eq!(found[0]["role"], "facilitator");

    // The role in the series ends; the one on the board stays.
    assert_eq!(root.delete(&format!("/api/series/{id}/invites/{invite}")).await.status, 204);
    assert_eq!((role(&person, &first).await, role(&person, &second).await), ("participant".into(), "none".into()));
    assert_eq!(person.get(&format!("/api/series/{id}")).await.status, 404);
}
