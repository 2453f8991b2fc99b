//! A workshop series is set up over HTTP from nothing to a team at work, and everything comes back as it was written.

use serde_json::{Value, json};

use crate::support::{TestServer, series};

#[tokio::test]
async fn from_nothing_to_a_team_at_work() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let wanted = json!({"name": {"fi": " Jalostamo\u{200B} ", "sv": "Förädling"}, "purpose": "Yksi\n\n  kaksi ",
        "starts": "2026-05-27", "ends": "2026-09-23", "languages": ["sv", "fi"]});
    let made = owner.post("/api/series", wanted).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("ws_"), "{id}");
    let expected = json!({"id": id, "role": "owner", "name": {"fi": "Jalostamo", "sv": "Förädling", "en": ""},
        "purpose": "Yksi\n\nkaksi", "starts": "2026-05-27", "ends": "2026-09-23", "languages": ["fi", "sv"],
        "owners": [], "organisations": [], "teams": []});
    assert_eq!(made.json(), expected);

    let facilitator = series::member(&server, &owner, &id, "facilitator", "Fanni").await;
    let path = format!("/api/series/{id}");
    let kela = json!({"name": {"fi": "Kansaneläkelaitos", "en": "Social Insurance"}, "abbreviation": "Kela", "sector": "kela"});
    let kela = facilitator.post(&format!("{path}/organisations"), kela).await.json();
    let expected = json!({"id": kela["id"], "name": {"fi": "Kansaneläkelaitos", "sv": "", "en": "Social Insurance"},
        "abbreviation": "Kela", "sector": "kela"});
    assert_eq!(kela, expected);
    let city = series::organisation(&facilitator, &id, "Kaupunki").await;

    let challenge = json!({"title": "Maksut", "theme": "Toimeentulo", "problem": "Lasku ensin,\ntuki sitten.",
        "customerGroup": "Potilaat", "needTypes": ["process", "digitalisation"], "proposerOrg": kela["id"]});
    let team = facilitator.post(&format!("{path}/teams"), json!({"name": "Tiimi", "challenge": challenge})).await;
    assert_eq!(team.status, 200, "{}", team.text);
    let team = team.json();
    let expected = json!({"id": team["id"], "name": "Tiimi", "board": team["board"], "challenge": {
        "id": team["challenge"]["id"], "title": "Maksut", "theme": "Toimeentulo", "problem": "Lasku ensin,\ntuki sitten.",
        "customerGroup": "Potilaat", "needTypes": ["digitalisation", "process"], "proposerOrg": kela["id"], "ownerOrg": null},
        "withdrawn": null, "mergedInto": null, "splitFrom": null});
    assert_eq!(team, expected);
    for (name, prefix) in [(&team["id"], "tm_"), (&team["challenge"]["id"], "ch_"), (&team["board"], "b_")] {
        assert!(name.as_str().unwrap().starts_with(prefix), "{name}");
    }

    // The board is the team's, and empty.
    let board = team["board"].as_str().unwrap();
    let line = facilitator.get(&format!("/api/boards/{board}")).await.json();
    assert_eq!(
        (&line["title"], &line["role"], &line["team"]),
        (&json!("Maksut"), &json!("facilitator"), &json!("Tiimi"))
    );
    assert_eq!(line["series"], json!({"id": id, "name": {"fi": "Jalostamo", "sv": "Förädling", "en": ""}}));
    let listed = facilitator.get("/api/boards").await.json();
    assert_eq!(listed, json!([line]));
    assert_eq!(facilitator.get(&format!("/api/boards/{board}/export.json")).await.json()["items"], json!([]));

    // Whoever comes by the team's link sees what the board belongs to.
    let secret = facilitator.invite(board, json!({"role": "participant"})).await;
    let looked = server.stranger().post("/api/invites/look", json!({"secret": secret})).await.json();
    let names = json!({"fi": "Jalostamo", "sv": "Förädling", "en": ""});
    let expected =
        json!({"purpose": "board", "title": "Maksut", "team": "Tiimi", "series": names, "role": "participant"});
    assert_eq!(looked, expected);
    let mut guest = server.stranger();
    guest.join(&secret, "Pekka").await;
    let context = guest.get(&format!("/api/boards/{board}/context")).await.json();
    let organisations = owner.get(&path).await.json()["organisations"].clone();
    let expected = json!({"series": {"id": id, "name": names, "starts": "2026-05-27", "ends": "2026-09-23"},
        "team": {"id": team["id"], "name": "Tiimi", "mergedInto": null}, "challenge": team["challenge"], "organisations": organisations,
        "workshops": []});
    assert_eq!(context, expected);
    assert_eq!(
        organisations.as_array().unwrap().iter().map(|one| &one["id"]).collect::<Vec<_>>(),
        [&kela["id"], &json!(city)]
    );

    // All of it is on disk.
    let whole = owner.get(&path).await.json();
    let server = server.restart().await;
    let owner = server.owner().await;
    assert_eq!(owner.get(&path).await.json(), whole);
    let lines = owner.get("/api/series").await.json();
    assert_eq!(
        lines,
        json!([{"id": id, "name": names, "starts": "2026-05-27", "ends": "2026-09-23", "role": "owner", "teams": 1}])
    );
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_takes_away() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let (first, second) =
        (series::organisation(&owner, &id, "Eka").await, series::organisation(&owner, &id, "Toka").await);
    let path = format!("/api/series/{id}");
    let days = json!({"starts": "2026-05-27", "ends": "2026-09-23", "owners": [second, first]});
    assert_eq!(owner.patch(&path, days).await.json()["owners"], json!([second, first]));
    let changed = owner.patch(&path, json!({"starts": null, "purpose": "Uusi", "owners": [first]})).await.json();
    assert_eq!((&changed["starts"], &changed["ends"]), (&Value::Null, &json!("2026-09-23")));
    assert_eq!((&changed["purpose"], &changed["owners"]), (&json!("Uusi"), &json!([first])));
    assert_eq!(changed["name"]["fi"], "Sarja");

    let organisation = format!("{path}/organisations/{second}");
    let renamed = owner.patch(&organisation, json!({"abbreviation": "T", "sector": "ministry"})).await.json();
    assert_eq!((&renamed["name"]["fi"], &renamed["abbreviation"]), (&json!("Toka"), &json!("T")));

    let team = series::team(&owner, &id, "Tiimi").await;
    let team_path = format!("{path}/teams/{}", team["id"].as_str().unwrap());
    let edit = json!({"challenge": {"ownerOrg": first, "proposerOrg": first, "theme": "Teema"}});
    assert_eq!(owner.patch(&team_path, edit).await.json()["challenge"]["ownerOrg"], json!(first));
    let changed = owner.patch(&team_path, json!({"name": "Uusi", "challenge": {"ownerOrg": null}})).await.json();
    assert_eq!((&changed["name"], &changed["challenge"]["theme"]), (&json!("Uusi"), &json!("Teema")));
    assert_eq!(
        (&changed["challenge"]["ownerOrg"], &changed["challenge"]["proposerOrg"]),
        (&Value::Null, &json!(first))
    );
    assert_eq!(owner.get(&path).await.json()["teams"], json!([changed]));
}

#[tokio::test]
async fn an_organisation_in_use_stays() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let path = format!("/api/series/{id}");
    let one = series::organisation(&owner, &id, "Eka").await;
    let team = series::team(&owner, &id, "Tiimi").await;
    let team_path = format!("{path}/teams/{}", team["id"].as_str().unwrap());
    let organisation = format!("{path}/organisations/{one}");
    for (place, used, free) in [
        (&path, json!({"owners": [one]}), json!({"owners": []})),
        (&team_path, json!({"challenge": {"ownerOrg": one}}), json!({"challenge": {"ownerOrg": null}})),
        (&team_path, json!({"challenge": {"proposerOrg": one}}), json!({"challenge": {"proposerOrg": null}})),
    ] {
        assert_eq!(owner.patch(place, used.clone()).await.status, 200);
        let refused = owner.delete(&organisation).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "inUse"), "{used}");
        assert_eq!(owner.patch(place, free).await.status, 200);
    }
    assert_eq!(owner.delete(&organisation).await.status, 204);
    assert_eq!(owner.delete(&organisation).await.status, 404);
    assert_eq!(owner.get(&path).await.json()["organisations"], json!([]));
}

#[tokio::test]
async fn nothing_refers_to_another_series() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let (mine, other) = (series::series(&owner).await, series::series(&owner).await);
    let foreign = series::organisation(&owner, &other, "Vieras").await;
    let unknown = jalostamo::ids::OrganisationId::new().to_string();
    let team = series::team(&owner, &mine, "Tiimi").await;
    let team_path = format!("/api/series/{mine}/teams/{}", team["id"].as_str().unwrap());
    for id in [&foreign, &unknown] {
        let refused = owner.patch(&format!("/api/series/{mine}"), json!({"owners": [id]})).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "badRequest"));
        assert_eq!(owner.patch(&team_path, json!({"challenge": {"ownerOrg": id}})).await.status, 400);
        let wanted = json!({"name": "Toinen", "challenge": {"title": "T", "proposerOrg": id}});
        assert_eq!(owner.post(&format!("/api/series/{mine}/teams"), wanted).await.status, 400);
        let organisation = format!("/api/series/{mine}/organisations/{id}");
        assert_eq!(owner.patch(&organisation, json!({"abbreviation": "X"})).await.status, 404);
        assert_eq!(owner.delete(&organisation).await.status, 404);
    }
    let elsewhere = team_path.replace(&mine, &other);
    assert_eq!(owner.patch(&elsewhere, json!({"name": "Uusi"})).await.status, 404);
    assert_eq!(owner.get("/api/boards").await.json().as_array().unwrap().len(), 1, "no board of a refused team");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_changes_nothing() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let path = format!("/api/series/{id}");
    let before = owner.get(&path).await.text;
    for (wrong, code) in [
        (json!({"name": {"fi": " \u{200B}"}}), "name"),
        (json!({"name": {"fi": "ä".repeat(121)}}), "name"),
        (json!({"name": {"de": "Reihe"}}), "badRequest"),
        (json!({"starts": "27.5.2026"}), "badRequest"),
        (json!({"starts": "2026-02-29"}), "badRequest"),
        (json!({"starts": "2026-05-27", "ends": "2026-05-26"}), "badRequest"),
        (json!({"languages": []}), "badRequest"),
        (json!({"languages": ["de"]}), "badRequest"),
        (json!({"purpose": "ä".repeat(2_001)}), "badRequest"),
        (json!({"teams": []}), "badRequest"),
    ] {
        let refused = owner.patch(&path, wrong.clone()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{wrong}");
        if wrong.get("name").is_none() && wrong.get("teams").is_none() {
            let mut new = wrong.clone();
            new["name"] = json!({"fi": "Sarja"});
            assert_eq!(owner.post("/api/series", new).await.status, 400, "{wrong}");
        }
    }
    for (wrong, code) in [
        (json!({"name": {"fi": "A"}, "sector": "kingdom"}), "badRequest"),
        (json!({"name": {"fi": "A"}}), "badRequest"),
        (json!({"name": {}, "sector": "other"}), "name"),
        (json!({"name": {"fi": "A"}, "sector": "other", "abbreviation": "ä".repeat(21)}), "badRequest"),
    ] {
        let refused = owner.post(&format!("{path}/organisations"), wrong.clone()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{wrong}");
    }
    for (wrong, code) in [
        (json!({"name": "T", "challenge": {}}), "name"),
        (json!({"name": "", "challenge": {"title": "A"}}), "name"),
        (json!({"name": "T", "challenge": {"title": "ä".repeat(121)}}), "name"),
        (json!({"name": "ä".repeat(81), "challenge": {"title": "A"}}), "name"),
        (json!({"name": "T", "challenge": {"title": "A", "needTypes": ["magic"]}}), "badRequest"),
        (json!({"name": "T", "challenge": {"title": "A", "problem": "ä".repeat(2_001)}}), "badRequest"),
        (json!({"name": "T"}), "badRequest"),
    ] {
        let refused = owner.post(&format!("{path}/teams"), wrong.clone()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{wrong}");
    }
    assert_eq!(owner.get(&path).await.text, before);
    assert_eq!(owner.get("/api/series").await.json().as_array().unwrap().len(), 1);
    assert_eq!(owner.get("/api/boards").await.json(), json!([]));
}

/// Two edits of one team that meet: each keeps the other's field.
#[tokio::test]
async fn edits_that_meet_keep_each_other() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let id = series::series(&owner).await;
    let team = series::team(&owner, &id, "Tiimi").await;
    let path = format!("/api/series/{id}/teams/{}", team["id"].as_str().unwrap());
    for round in 0..20 {
        let (theme, group) = (format!("T{round}"), format!("R{round}"));
        let (one, other) = tokio::join!(
            owner.patch(&path, json!({"challenge": {"theme": theme}})),
            owner.patch(&path, json!({"challenge": {"customerGroup": group}})),
        );
        assert_eq!((one.status, other.status), (200, 200));
        let now = owner.get(&format!("/api/series/{id}")).await.json()["teams"][0]["challenge"].clone();
        assert_eq!((&now["theme"], &now["customerGroup"]), (&json!(theme), &json!(group)));
    }
}

#[tokio::test]
async fn pages_of_series_and_snapshots_are_the_app() {
    let server = TestServer::start().await;
    let start = server.stranger().get("/").await;
    for path in ["/series/ws_1", "/board/b_1/snapshot/sn_1", "/board/b_1/compare/sn_1"] {
        let page = server.stranger().get(path).await;
        assert_eq!((page.status, &page.text), (200, &start.text), "{path}");
    }
}
