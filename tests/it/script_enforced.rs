//! While a part of the script runs, a participant may do what role and part both allow: the server says so on the bytes.

use std::collections::BTreeMap;

use jalostamo::{facilitation::Command, ids::BoardId, role::Role};
use serde_json::json;
use tempfile::tempdir;
use yrs::Any;

use crate::support::{
    board::Server,
    collab::Client,
    script::{attempt, begin, command, confirm, part, put, set, start},
};

/// What each part lets a participant do, against all that one can try. `+` enters, `-` is refused by the part, `r` by the role.
/// Facilitators may do all of it in every part, observers nothing.
const EXPECTED: &str = "
                    note step editOwn editOther moveOther connect deleteOwn deleteOther comment title entered mark
no part             +    +    +       +         +         +       +         +           +       r     r       r
no rules            +    +    +       +         +         +       +         +           +       r     r       r
nothing             -    -    -       -         -         -       -         -           -       r     r       r
add note            +    -    -       -         -         -       -         -           -       r     r       r
add step            -    +    -       -         -         -       -         -           -       r     r       r
editOwn             -    -    +       -         -         -       -         -           -       r     r       r
editAll             -    -    +       +         -         -       -         -           -       r     r       r
move                -    -    -       -         +         -       -         -           -       r     r       r
connect             -    -    -       -         -         +       -         -           -       r     r       r
deleteOwn           -    -    -       -         -         -       +         -           -       r     r       r
comment             -    -    -       -         -         -       -         -           +       r     r       r
note, own, deletes  +    -    +       -         -         -       +         -           -       r     r       r
";

fn rules(name: &str) -> Option<serde_json::Value> {
    Some(match name {
        "no part" => return None,
        "no rules" => serde_json::Value::Null,
        "nothing" => json!({}),
        "add note" => json!({"add": ["note"]}),
        "add step" => json!({"add": ["step"]}),
        "note, own, deletes" => json!({"add": ["note"], "editOwn": true, "deleteOwn": true}),
        one => json!({one: true}),
    })
}

/// What somebody works on: their own note and another's.
struct Things {
    own: String,
    other: String,
}

fn id(prefix: &str) -> String {
    BoardId::new().to_string().replacen("b_", prefix, 1)
}

/// Tries one operation; `+`, `-` when the part refused it (and is named), `r` for the role.
async fn try_one(client: &Client, operation: &str, things: &Things, part: Option<&str>) -> char {
    let (who, own, other) = (client.person, things.own.as_str(), things.other.as_str());
    let answer = attempt(client, |txn| match operation {
        "note" => put(txn, "items", "note", &id("n_"), who),
        "step" => put(txn, "items", "step", &id("s_"), who),
        "editOwn" => set(txn, own, "color", Any::from("blue")),
        "editOther" => set(txn, other, "color", Any::from("pink")),
        "moveOther" => set(txn, other, "at", Any::from(vec![Any::from(9), Any::from(9)])),
        "connect" => put(txn, "links", "relation", &id("x_"), who),
        // Deleting and bringing back are one right; the value is another each time, so that it is never nothing new.
        "deleteOwn" => set(txn, own, "gone", Any::from(false)),
        "deleteOther" => set(txn, other, "gone", Any::from(false)),
        "comment" => put(txn, "comments", "comment", &id("c_"), who),
        // For somebody in the room or on the phone: made so, and said of one that is there.
        "entered" => {
            let note = id("n_");
            put(txn, "items", "note", &note, who);
            set(txn, &note, "entered", Any::from(true));
        }
        "mark" => set(txn, own, "entered", Any::from(true)),
        "title" => {
            use yrs::{Map as _, ReadTxn as _};
            txn.get_map("meta").unwrap().insert(txn, "title", "Toinen");
        }
        unknown => panic!("{unknown}"),
    })
    .await;
    match answer {
        None => '+',
        Some((code, named)) if code == "part" => {
            assert_eq!(named.as_deref(), part, "the part that refuses is named");
            '-'
        }
        Some((code, None)) if code == "role" => 'r',
        other => panic!("{operation}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_enters_is_what_role_and_part_allow() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    let eye = server.client("Eye", Role::Observer).await;
    let (of_aino, of_chair) = (aino.note("ainon").await, chair.note("puheenjohtajan").await);
    for client in [&aino, &chair, &eye] {
        client.until_texts(&["ainon", "puheenjohtajan"]).await;
    }
    let ainos = Things { own: of_aino.clone(), other: of_chair.clone() };
    let chairs = Things { own: of_chair, other: of_aino };
    let mut lines = EXPECTED.trim_matches('\n').lines();
    let operations: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let table: Vec<(&str, Vec<char>)> = lines
        .map(|line| {
            (line[..20].trim(), line[20..].split_whitespace().map(|cell| cell.chars().next().unwrap()).collect())
        })
        .collect();
    let with_rules: Vec<(&str, serde_json::Value)> =
        table.iter().filter_map(|(name, _)| Some((*name, rules(name)?))).collect();
    let parts = with_rules.iter().map(|(_, may)| part(may.clone())).collect();
    let started = start(&server, chair.person, parts).await;
    let ids: BTreeMap<&str, _> = with_rules.iter().map(|(name, _)| *name).zip(started).collect();
    for (name, expected) in &table {
        let named = ids.get(name).map(ToString::to_string);
        match ids.get(name) {
            Some(part) => begin(&server, chair.person, *part, &[&aino, &eye, &chair]).await,
            None => {
                let seq = server.app.rooms.open(server.board).await.unwrap().session(chair.person, Role::Owner).await;
                let seq = seq.unwrap().0;
                for client in [&aino, &eye, &chair] {
                    confirm(client, seq).await;
                }
            }
        }
        let mut found = Vec::new();
        for operation in &operations {
            found.push(try_one(&aino, operation, &ainos, named.as_deref()).await);
            assert_eq!(try_one(&chair, operation, &chairs, None).await, '+', "{name}: {operation} by a facilitator");
            assert_eq!(try_one(&eye, operation, &ainos, None).await, 'r', "{name}: {operation} by an observer");
        }
        assert_eq!(&found, expected, "{name}");
        // What a browser is told is what the gate does.
        aino.until("as told", |heard| {
            let state = &heard.session.as_ref().unwrap()["state"];
            state["allowed"]["comment"].as_array().unwrap().is_empty() == (found[8] != '+')
                && state["allowed"]["create"].as_array().unwrap().is_empty() == (found[0] != '+' && found[1] != '+')
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_has_just_begun_binds_who_has_seen_it() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    let parts = start(&server, chair.person, vec![part(json!({}))]).await;
    let seq = command(&server, chair.person, Command::StartPart { part: parts[0] }).await;
    aino.until("the part", |heard| {
        let state = &heard.session.as_ref().unwrap()["state"];
        state["script"]["part"]["part"] == parts[0].to_string() && state["adds"] == json!([])
    })
    .await;
    let person = aino.person;
    assert_eq!(attempt(&aino, |txn| put(txn, "items", "note", &id("n_"), person)).await, None, "not confirmed yet");
    confirm(&aino, seq).await;
    let refused = attempt(&aino, |txn| put(txn, "items", "note", &id("n_"), person)).await;
    assert_eq!(refused, Some(("part".to_owned(), Some(parts[0].to_string()))));
    // It is soft: with the part ended everything is as the role has it.
    let seq = command(&server, chair.person, Command::EndPart).await;
    confirm(&aino, seq).await;
    assert_eq!(attempt(&aino, |txn| put(txn, "items", "note", &id("n_"), person)).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_holds_after_a_restart() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let parts = start(&server, chair.person, vec![part(json!({"add": ["step"]}))]).await;
    command(&server, chair.person, Command::StartPart { part: parts[0] }).await;
    let server = server.restart().await;
    let aino = server.client("Aino", Role::Participant).await;
    let person = aino.person;
    let refused = attempt(&aino, |txn| put(txn, "items", "note", &id("n_"), person)).await;
    assert_eq!(refused, Some(("part".to_owned(), Some(parts[0].to_string()))));
    assert_eq!(attempt(&aino, |txn| put(txn, "items", "step", &id("s_"), person)).await, None);
}
