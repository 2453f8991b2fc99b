//! A snapshot is the board at one moment, kept whatever comes after; each role may do with it what the table says.

use std::sync::Mutex;

use hyper::Method;
use jalostamo::{export::json::same_content, ids::PersonId};
use serde_json::{Value, json};
use yrs::{Doc, Transact, Update, updates::decoder::Decode};

use crate::support::{
    Client, TestServer,
    collab::{Client as Editor, options, texts},
    eventually,
    http::Answer,
    series,
};

/// Somebody who edits the board over a socket.
async fn editor(server: &TestServer, client: &Client, board: &str) -> Editor {
    let (_, secret) = client.cookie.as_deref().unwrap().split_once('=').unwrap();
    let person: PersonId = client.person.parse().unwrap();
    let (address, doc) = (server.running().address, Doc::with_options(options()));
    let editor = Editor::dial_address(address, person, secret, doc, &format!("board.{board}")).await;
    editor.until("in step", |heard| heard.synced && heard.session.is_some()).await;
    editor
}

/// Waits until all that was sent is durable.
async fn saved(editor: &Editor) {
    editor.until("saved", |heard| heard.durable == heard.sent).await;
}

fn path(board: &str) -> String {
    format!("/api/boards/{board}/snapshots")
}

/// Takes a snapshot; its id.
async fn take(client: &Client, board: &str, name: &str) -> String {
    let answer = calmly(async || client.post(&path(board), json!({"name": name})).await).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// Asks again when it was too often.
async fn calmly(ask: impl AsyncFn() -> Answer) -> Answer {
    let last = Mutex::new(None);
    eventually("an answer", async || {
        let answer = ask().await;
        let is_final = answer.header("retry-after").is_empty();
        last.lock().unwrap().replace(answer);
        is_final
    })
    .await;
    last.into_inner().unwrap().unwrap()
}

/// The texts in a snapshot's document.
async fn texts_in(client: &Client, board: &str, snapshot: &str) -> Vec<String> {
    let answer = calmly(async || client.get(&format!("{}/{snapshot}/document", path(board))).await).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let doc = Doc::with_options(options());
    doc.transact_mut().apply_update(Update::decode_v1(&answer.bytes).unwrap()).unwrap();
    texts(&doc)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_stays_what_it_was() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let facilitator = server.member(&owner, &board, "facilitator", "Fanni").await;
    let editing = editor(&server, &facilitator, &board).await;
    let note = editing.note("Asiakas odottaa").await;
    editing.note("toinen").await;
    saved(&editing).await;
    let named = facilitator.post(&path(&board), json!({"name": "  Nyky\u{200B}tila "})).await.json();
    let expected = json!({"id": named["id"], "name": "Nykytila", "kind": "manual", "at": named["at"],
        "by": facilitator.person, "byName": "Fanni"});
    assert_eq!(named, expected);
    let first = named["id"].as_str().unwrap().to_owned();

    editing.append(&note, " kauan").await;
    editing.note("kolmas").await;
    saved(&editing).await;
    let second = take(&owner, &board, "Tavoitetila").await;
    let list = owner.get(&path(&board)).await.json();
    let names: Vec<&str> = list.as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Tavoitetila", "Nykytila"]);
    assert_eq!(list[1], named);
    assert_eq!(texts_in(&owner, &board, &first).await, ["Asiakas odottaa", "toinen"]);
    assert_eq!(texts_in(&owner, &board, &second).await, ["Asiakas odottaa kauan", "kolmas", "toinen"]);

    // A room that closes writes a checkpoint, and the next one reads it.
    drop(editing);
    let server = server.restart().await;
    let mut back = server.stranger();
    (back.cookie, back.person) = (owner.cookie.clone(), owner.person.clone());
    let editing = editor(&server, &back, &board).await;
    editing.append(&note, " ja jonottaa").await;
    saved(&editing).await;
    assert_eq!(texts_in(&back, &board, &first).await, ["Asiakas odottaa", "toinen"]);
    assert_eq!(back.get(&path(&board)).await.json(), list);

    let renamed = back.patch(&format!("{}/{first}", path(&board)), json!({"name": "Ennen"})).await.json();
    assert_eq!(
        renamed,
        json!({"id": first, "name": "Ennen", "kind": "manual", "at": named["at"],
        "by": facilitator.person, "byName": "Fanni"})
    );
    assert_eq!(back.delete(&format!("{}/{second}", path(&board))).await.status, 204);
    assert_eq!(back.get(&path(&board)).await.json(), json!([renamed]));
    assert_eq!(back.get(&format!("{}/{second}/document", path(&board))).await.code(), "notFound");
    assert_eq!(editing.texts(), ["Asiakas odottaa kauan ja jonottaa", "kolmas", "toinen"], "the board goes on");
}

/// Each is the board at one journal number: of an author's edits it holds the first so many, whatever else goes on.
#[tokio::test(flavor = "multi_thread")]
async fn while_everybody_types_each_snapshot_is_of_one_moment() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let typist = server.member(&owner, &board, "participant", "Pekka").await;
    let editing = editor(&server, &typist, &board).await;
    let note = editing.note("0").await;
    saved(&editing).await;
    let typing = async {
        for number in 1..300 {
            editing.append(&note, &format!(" {number}")).await;
        }
        saved(&editing).await;
    };
    let taking = async {
        let mut taken = Vec::new();
        for number in 0..8 {
            taken.push(take(&owner, &board, &format!("{number}")).await);
        }
        taken
    };
    let ((), taken) = tokio::join!(typing, taking);
    let whole = (0..300).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(editing.texts(), std::slice::from_ref(&whole));
    let mut longest = 0;
    for snapshot in taken {
        let text = texts_in(&owner, &board, &snapshot).await.remove(0);
        let next = whole.strip_prefix(&text).unwrap_or_else(|| panic!("{text}"));
        assert!(next.is_empty() || next.starts_with(' '), "half an edit: {text}");
        assert!(text.len() >= longest, "a later snapshot has all of an earlier one");
        longest = text.len();
    }
}

#[tokio::test]
async fn the_document_is_bytes_that_no_page_runs_and_no_cache_keeps() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let snapshot = take(&owner, &board, "Tyhjä").await;
    let answer = owner.get(&format!("{}/{snapshot}/document", path(&board))).await;
    let headers = ["content-type", "cache-control", "x-content-type-options"].map(|name| answer.header(name));
    assert_eq!(headers, ["application/octet-stream", "no-store", "nosniff"]);
    assert!(!answer.bytes.is_empty());
}

#[tokio::test]
async fn names_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let snapshot = take(&owner, &board, &"ä".repeat(80)).await;
    for wrong in ["ä".repeat(81), String::new(), " \u{200B} ".into()] {
        assert_eq!(owner.post(&path(&board), json!({"name": wrong})).await.code(), "name");
        let rename = owner.patch(&format!("{}/{snapshot}", path(&board)), json!({"name": wrong})).await;
        assert_eq!(rename.code(), "name");
    }
    for wrong in [json!({}), json!({"name": "a", "kind": "auto"}), json!({"name": 7})] {
        assert_eq!(owner.post(&path(&board), wrong).await.code(), "badRequest");
    }
    assert_eq!(owner.get(&path(&board)).await.json().as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_and_no_more() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    // Each of them may send ten a second.
    let mut all = Vec::new();
    for number in 0..20 {
        all.push(server.member(&owner, &board, "facilitator", &format!("F{number}")).await);
    }
    let taking = all.iter().map(|client| async {
        for number in 0..10 {
            take(client, &board, &number.to_string()).await;
        }
    });
    futures_util::future::join_all(taking).await;
    let list = owner.get(&path(&board)).await.json();
    assert_eq!(list.as_array().unwrap().len(), 200);
    let more = owner.post(&path(&board), json!({"name": "Liikaa"})).await;
    assert_eq!((more.status, more.code().as_str()), (409, "limit"));
    assert_eq!(owner.delete(&format!("{}/{}", path(&board), list[0]["id"].as_str().unwrap())).await.status, 204);
    take(&owner, &board, "Mahtuu").await;
}

/// A board with a worked example, and a snapshot of it.
async fn example(owner: &Client) -> (String, String) {
    let demo = owner.post("/api/boards", json!({"title": "Esimerkki", "content": "demo"})).await.json();
    let board = demo["id"].as_str().unwrap().to_owned();
    let snapshot = take(owner, &board, "Nykytila").await;
    (board, snapshot)
}

#[tokio::test]
async fn a_copy_is_a_board_of_its_own() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let (board, snapshot) = example(&root).await;
    let owner = server.member(&root, &board, "owner", "Olli").await;
    let as_it_was = root.get(&format!("/api/boards/{board}/export.json")).await;
    let editing = editor(&server, &owner, &board).await;
    editing.note("myöhempi").await;
    saved(&editing).await;

    let copy = owner.post(&format!("{}/{snapshot}/copy", path(&board)), json!({"title": " Esimerkki "})).await;
    assert_eq!(copy.status, 200, "{}", copy.text);
    let copy = copy.json();
    assert_ne!(copy["id"], json!(board));
    assert_eq!((&copy["title"], &copy["role"], &copy["epoch"]), (&json!("Esimerkki"), &json!("owner"), &json!(1)));
    let file = owner.get(&format!("/api/boards/{}/export.json", copy["id"].as_str().unwrap())).await;
    assert!(same_content(file.text.as_bytes(), as_it_was.text.as_bytes()), "as the snapshot, not as the board is now");
    assert_eq!(owner.get("/api/boards").await.json().as_array().unwrap().len(), 2);
    let wrong = owner.post(&format!("{}/{snapshot}/copy", path(&board)), json!({"title": ""})).await;
    assert_eq!(wrong.code(), "name");
    // Its objects are new: an old copy of the board has no part in it.
    let first = |text: &str| serde_json::from_str::<Value>(text).unwrap()["items"][0]["id"].clone();
    assert_ne!(first(&file.text), first(&as_it_was.text));
}

#[tokio::test]
async fn a_copy_belongs_to_the_series_of_its_board() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let board = series::board(&root, &id, "Tiimi").await;
    let (owner, facilitator) = (
        series::member(&server, &root, &id, "owner", "Olli").await,
        series::member(&server, &root, &id, "facilitator", "Fanni").await,
    );
    let snapshot = take(&facilitator, &board, "Nykytila").await;
    let at = format!("{}/{snapshot}/copy", path(&board));
    assert_eq!(facilitator.post(&at, json!({"title": "Kopio"})).await.code(), "forbidden");
    let copy = owner.post(&at, json!({"title": "Kopio"})).await.json();
    assert_eq!((&copy["series"]["id"], &copy["team"], &copy["role"]), (&json!(id), &Value::Null, &json!("owner")));
    // So whoever has a role in the series has it there, and the team keeps its board.
    let line = facilitator.get(&format!("/api/boards/{}", copy["id"].as_str().unwrap())).await.json();
    assert_eq!(line["role"], "facilitator");
    assert_eq!(root.get(&format!("/api/series/{id}")).await.json()["teams"][0]["board"], json!(board));
}

#[tokio::test]
async fn a_snapshot_is_compared_with_now_and_with_another() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let board = server.board(&root).await;
    let owner = server.member(&root, &board, "owner", "Olli").await;
    let editing = editor(&server, &owner, &board).await;
    let (kept, gone) = (editing.note("pysyy").await, editing.note("lähtee").await);
    saved(&editing).await;
    let first = take(&root, &board, "Ennen").await;
    let compare = async |query: &str| {
        let answer = owner.get(&format!("{}/{first}/compare{query}", path(&board))).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    };
    let nothing = json!({"added": [], "removed": [], "changed": []});
    assert_eq!(compare("").await, nothing);

    editing.append(&kept, " ja muuttuu").await;
    let new = editing.note("tulee").await;
    let delete = editing.write(|txn, items| {
        let Some(yrs::Out::YMap(item)) = yrs::Map::get(items, txn, &gone) else { panic!() };
        yrs::Map::insert(&item, txn, "gone", true);
    });
    editing.sync(2, &delete).await;
    saved(&editing).await;
    let expected = json!({
        "added": [{"id": new, "kind": "note", "text": "tulee"}],
        "removed": [{"id": gone, "kind": "note", "text": "lähtee"}],
        "changed": [{"id": kept, "kind": "note", "text": "pysyy ja muuttuu",
            "fields": [{"name": "text", "before": "pysyy", "after": "pysyy ja muuttuu"}]}]
    });
    assert_eq!(compare("").await, expected);
    let second = take(&root, &board, "Jälkeen").await;
    editing.append(&new, " myöhemmin").await;
    saved(&editing).await;
    assert_eq!(compare(&format!("?with={second}")).await, expected);
    assert_eq!(compare(&format!("?with={first}")).await, nothing);

    let ask = async |query: &str| owner.get(&format!("{}/{first}/compare{query}", path(&board))).await.code();
    assert_eq!(ask("?with=x").await, "badRequest");
    assert_eq!(ask("?what=1").await, "badRequest");
    assert_eq!(ask(&format!("?with={}", jalostamo::ids::SnapshotId::new())).await, "notFound");
}

/// Whose snapshot it is not cannot tell that there is one: not by the board, not by the snapshot's id.
#[tokio::test]
async fn a_snapshot_belongs_to_its_board() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let (mine, hidden) = (server.board(&root).await, server.board(&root).await);
    let person = server.member(&root, &mine, "owner", "Olli").await;
    let (own, foreign) = (take(&root, &mine, "Oma").await, take(&root, &hidden, "Piilossa").await);
    let unknown = jalostamo::ids::SnapshotId::new().to_string();
    let rename = json!({"name": "Uusi"});
    for (board, snapshot) in [
        (&mine, &foreign),
        (&mine, &unknown),
        (&hidden, &foreign),
        (&mine, &"sn_".to_owned()),
        (&mine, &own.to_lowercase()),
    ] {
        let at = format!("{}/{snapshot}", path(board));
        let answers = [
            person.get(&format!("{at}/document")).await,
            person.get(&format!("{at}/compare")).await,
            person.get(&format!("{}/{own}/compare?with={snapshot}", path(&hidden))).await,
            person.patch(&at, rename.clone()).await,
            person.delete(&at).await,
            person.post(&format!("{at}/copy"), json!({"title": "Kopio"})).await,
        ];
        assert!(answers.iter().all(|answer| answer.code() == "notFound"), "{board} {snapshot}: {answers:?}");
    }
    let with = calmly(async || person.get(&format!("{}/{own}/compare?with={foreign}", path(&mine))).await).await;
    assert_eq!(with.code(), "notFound");
    assert_eq!(root.get(&path(&hidden)).await.json()[0]["name"], "Piilossa");
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let board = server.board(&root).await;
    let snapshot = take(&root, &board, "Nykytila").await;
    let at = format!("{}/{snapshot}", path(&board));
    for (role, reads, takes, copies) in [
        ("observer", 200, 403, 403),
        ("participant", 200, 403, 403),
        ("facilitator", 200, 200, 403),
        ("owner", 200, 200, 200),
    ] {
        let person = server.member(&root, &board, role, role).await;
        assert_eq!(person.get(&path(&board)).await.status, reads, "{role}");
        assert_eq!(person.get(&format!("{at}/document")).await.status, reads, "{role}");
        assert_eq!(person.get(&format!("{at}/compare")).await.status, reads, "{role}");
        let taken = person.post(&path(&board), json!({"name": role})).await;
        assert_eq!(taken.status, takes, "{role}");
        assert_eq!(person.patch(&at, json!({"name": "Nykytila"})).await.status, takes, "{role}");
        let spare = take(&root, &board, "Poistettava").await;
        let deleted = person.delete(&format!("{}/{spare}", path(&board))).await;
        assert_eq!(deleted.status, if takes == 200 { 204 } else { 403 }, "{role}");
        assert_eq!(person.post(&format!("{at}/copy"), json!({"title": "Kopio"})).await.status, copies, "{role}");
    }
    let stranger = server.stranger();
    assert_eq!(stranger.get(&path(&board)).await.code(), "unauthorized");
    let mut elsewhere = root.clone();
    elsewhere.origin = Some("http://evil.example".into());
    assert_eq!(elsewhere.request(Method::DELETE, &at).send().await.code(), "origin");
}
