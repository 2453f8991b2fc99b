//! A link is redeemed once and gives a person who stays the same in that browser.

use jalostamo::{
    access::secret::Secret,
    ids::InviteId,
    role::Role,
    store::{
        Change, Commit,
        records::{Invite, Purpose},
    },
};
use serde_json::{Value, json};

use crate::support::TestServer;

#[tokio::test]
async fn the_owner_link_makes_an_owner_who_returns_as_the_same_person() {
    let server = TestServer::start().await;
    let looked = server.stranger().post("/api/invites/look", json!({"secret": server.owner_secret()})).await;
    assert_eq!(looked.json(), json!({"purpose": "server"}));

    let mut owner = server.owner().await;
    let me = owner.get("/api/me").await.json();
    assert_eq!(me, json!({"person": owner.person, "name": "Omistaja", "language": "fi", "serverOwner": true}));

    let (first, cookie) = (owner.person.clone(), owner.cookie.clone());
    owner.join(&server.owner_secret(), "Uusi nimi").await;
    assert_eq!(owner.person, first);
    assert_eq!(owner.cookie, cookie, "nothing was gained, so the session stays");
    assert_eq!(owner.get("/api/me").await.json()["name"], "Uusi nimi");

    let server = server.restart().await;
    let mut back = server.stranger();
    back.cookie = owner.cookie;
    assert_eq!(back.get("/api/me").await.json()["person"], json!(first));
}

#[tokio::test]
async fn the_owner_link_before_a_start_is_void() {
    let server = TestServer::start().await;
    let old = server.owner_secret();
    let server = server.restart().await;
    assert_ne!(server.owner_secret(), old);
    let refused = server.stranger().try_join(&old, "A").await;
    assert_eq!((refused.status, refused.code().as_str()), (404, "invite"));
    assert_eq!(refused.json()["detail"], "revoked");
}

#[tokio::test]
async fn the_cookie_is_for_this_server_only() {
    let server = TestServer::start().await;
    let answer = server.stranger().try_join(&server.owner_secret(), "A").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("jalostamo="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"));

    let server = TestServer::with(|config| config.public_url = Some("https://board.example.fi".parse().unwrap())).await;
    assert!(server.running().owner_link.starts_with("https://board.example.fi/#join="));
    let answer = server.stranger().try_join(&server.owner_secret(), "A").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-jalostamo=") && cookie.contains("; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn a_higher_role_wins_and_brings_a_new_session() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let mut person = server.member(&owner, &board, "participant", "Aino").await;
    let (who, first) = (person.person.clone(), person.clone());

    let up = owner.invite(&board, json!({"role": "facilitator"})).await;
    assert_eq!(person.join(&up, "Aino").await["board"]["role"], "facilitator");
    assert_eq!(person.person, who);
    assert_ne!(person.cookie, first.cookie);
    assert_eq!(first.get("/api/me").await.status, 401, "the session before the change is over");

    let down = owner.invite(&board, json!({"role": "observer", "uses": 1})).await;
    assert_eq!(person.join(&down, "Aino").await["board"]["role"], "facilitator");
    assert_eq!(person.get(&format!("/api/boards/{board}")).await.json()["role"], "facilitator");
    server.stranger().join(&down, "Eero").await;
}

#[tokio::test]
async fn links_that_open_nothing() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let detail = |answer: crate::support::http::Answer| {
        assert_eq!((answer.status, answer.code().as_str()), (404, "invite"));
        assert_eq!(answer.header("set-cookie"), "");
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    for wrong in ["", "x", &"a".repeat(43), &"a".repeat(5_000)] {
        assert_eq!(detail(server.stranger().try_join(wrong, "A").await), "unknown");
    }

    let twice = owner.invite(&board, json!({"role": "participant", "uses": 2})).await;
    for name in ["Yksi", "Kaksi"] {
        server.stranger().join(&twice, name).await;
    }
    assert_eq!(detail(server.stranger().try_join(&twice, "Kolme").await), "used up");

    let old = Secret::new().unwrap();
    let invite = Invite {
        id: InviteId::new(),
        purpose: Purpose::Board(board.parse().unwrap(), Role::Participant),
        secret: old.hash(),
        made: 0,
        made_by: None,
        expires: Some(1),
        uses_left: None,
        revoked: false,
    };
    let records = vec![Change::NewInvite(invite)];
    server.running().app().store.commit(Commit { appends: vec![], records }).await.unwrap();
    assert_eq!(detail(server.stranger().try_join(old.expose(), "A").await), "expired");

    let secret = owner.invite(&board, json!({"role": "participant"})).await;
    let invites = owner.get(&format!("/api/boards/{board}/invites")).await.json();
    let id = invites[0]["id"].as_str().unwrap();
    let out = server.member(&owner, &board, "observer", "Oili").await;
    let mut inside = server.stranger();
    inside.join(&secret, "Aino").await;
    assert_eq!(owner.delete(&format!("/api/boards/{board}/invites/{id}")).await.status, 204);
    assert_eq!(detail(server.stranger().try_join(&secret, "B").await), "revoked");
    assert_eq!(inside.get(&format!("/api/boards/{board}")).await.status, 404, "who came by it is out");
    assert_eq!(out.get(&format!("/api/boards/{board}")).await.status, 200, "others stay");
    let listed = owner.get(&format!("/api/boards/{board}/invites")).await.json();
    let found = |id: &str| listed.as_array().unwrap().iter().find(|line| line["id"] == id).cloned();
    assert_eq!(found(id).unwrap()["revoked"], true);
}

#[tokio::test]
async fn limits_of_new_links() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let make = async |wanted: Value| owner.post(&format!("/api/boards/{board}/invites"), wanted).await.status;
    assert_eq!(make(json!({"role": "participant", "uses": 10_000})).await, 200);
    for wrong in [
        json!({"role": "participant", "uses": 0}),
        json!({"role": "participant", "uses": 10_001}),
        json!({"role": "participant", "uses": -1}),
        json!({"role": "participant", "expires": 1}),
        json!({"role": "participant", "expires": i64::MAX}),
        json!({"role": "king"}),
        json!({"role": "participant", "secret": "mine"}),
        json!({}),
    ] {
        assert_eq!(make(wrong.clone()).await, 400, "{wrong}");
    }
}

#[tokio::test]
async fn names_are_cleaned_everywhere_they_enter() {
    let server = TestServer::start().await;
    let mut person = server.owner().await;
    let answer = person.try_join(&server.owner_secret(), " Ai\u{202E}no\u{200B}  Ma\u{308}ki\n").await;
    assert_eq!(answer.json()["me"]["name"], "Aino Mäki");
    let renamed = person.patch("/api/me", json!({"name": "\u{2067}Åke\u{7}", "language": "sv"})).await;
    assert_eq!((&renamed.json()["name"], &renamed.json()["language"]), (&json!("Åke"), &json!("sv")));
    assert_eq!(person.patch("/api/me", json!({"name": "ä".repeat(40)})).await.status, 200);
    for wrong in [json!({"name": "ä".repeat(41)}), json!({"name": " \u{200D} "})] {
        let refused = person.patch("/api/me", wrong).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "name"));
    }
    assert_eq!(person.patch("/api/me", json!({"language": "de"})).await.code(), "badRequest");
    assert_eq!(person.patch("/api/me", json!({"serverOwner": true})).await.code(), "badRequest");
}

#[tokio::test]
async fn leaving_ends_the_session() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let left = owner.post("/api/leave", json!({})).await;
    assert_eq!(left.status, 204);
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(owner.get("/api/me").await.code(), "unauthorized");
}

#[tokio::test]
async fn guesses_at_the_limit_and_one_past_it() {
    let server = TestServer::with(|config| config.redeem_per_minute = 3).await;
    let mut stranger = server.stranger();
    for _ in 0..3 {
        assert_eq!(stranger.try_join("x", "A").await.status, 404);
    }
    let refused = stranger.try_join("y", "A").await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "tooMany"));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(server.stranger().post("/api/invites/look", json!({"secret": "z"})).await.code(), "tooMany");
    // A good link opens for everybody else at this address.
    assert_eq!(stranger.try_join(&server.owner_secret(), "A").await.status, 200);
}
