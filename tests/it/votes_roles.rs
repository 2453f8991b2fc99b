//! Who may vote, open, close and enter ballots, in every setting of the part that runs: the server says so.

use std::collections::BTreeMap;

use hyper::Method;
use jalostamo::{
    facilitation::{Command, Part},
    ids::{BallotId, VoteId},
    role::Role,
};
use serde_json::{Value, json};

use crate::support::{
    script::{command, start},
    votes::{Hall, Who},
};

/// The status of each operation for owner, facilitator, participant and observer, while a vote is open.
const EXPECTED: &str = "
                   ballot           own              enter            withdraw         progress         list
no part            403 403 204 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
no rules           403 403 204 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
nothing            403 403 409 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
everything else    403 403 409 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
vote               403 403 204 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
paused             403 403 409 403  403 403 200 403  204 204 403 403  204 204 403 403  200 200 403 403  200 200 200 200
";

async fn status(hall: &Hall, who: &Who, vote: VoteId, operation: &str) -> u16 {
    let id = BallotId::from_bytes([3; 16]);
    let entered = format!("/votes/{vote}/entered/{id}");
    let ballot = Some(json!({"marks": {&hall.notes[0]: 1}}));
    let answer = match operation {
        "ballot" => hall.ask(who, Method::PUT, &format!("/votes/{vote}/ballot"), ballot).await,
        "own" => hall.get(who, &format!("/votes/{vote}/ballot")).await,
        "enter" => hall.ask(who, Method::PUT, &entered, ballot).await,
        "withdraw" => hall.ask(who, Method::DELETE, &entered, None).await,
        "progress" => hall.get(who, &format!("/votes/{vote}/progress")).await,
        "list" => hall.get(who, "/votes").await,
        unknown => panic!("{unknown}"),
    };
    if answer.status == 409 {
        assert_eq!(answer.code(), "notNow", "{}", answer.text);
    }
    answer.status
}

fn part(may: Value) -> Part {
    serde_json::from_value(json!({"title": {"fi": "Osa"}, "minutes": 5, "may": may, "vote": {"method": "rating"}}))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_role_and_part_allow() {
    let hall = Hall::new().await;
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push(hall.somebody(role.word(), role).await);
    }
    let vote = hall.open(json!({"method": "dots", "votes": 5, "most": 2})).await;
    let rest =
        json!({"add": ["note"], "editAll": true, "move": true, "connect": true, "deleteOwn": true, "comment": true});
    let rules =
        [("no rules", Value::Null), ("nothing", json!({})), ("everything else", rest), ("vote", json!({"vote": true}))];
    let chair = hall.fanni.person;
    let started = start(&hall.server, chair, rules.iter().map(|(_, may)| part(may.clone())).collect()).await;
    let parts: BTreeMap<&str, _> = rules.iter().map(|(name, _)| *name).zip(started).collect();
    let mut lines = EXPECTED.trim_matches('\n').lines();
    let operations: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    for line in lines {
        let (name, expected) = (line[..19].trim(), line[19..].split_whitespace().collect::<Vec<_>>());
        match parts.get(name) {
            Some(part) => _ = command(&hall.server, chair, Command::StartPart { part: *part }).await,
            None => _ = command(&hall.server, chair, Command::EndPart).await,
        }
        if name == "paused" {
            command(&hall.server, chair, Command::Pause).await;
        }
        let mut found = vec![String::new(); operations.len() * 4];
        for (at, operation) in operations.iter().enumerate() {
            // Each withdraws what they entered: of each in turn.
            for (n, who) in people.iter().enumerate() {
                if *operation == "withdraw" && n < 2 {
                    status(&hall, who, vote, "enter").await;
                }
                found[at * 4 + n] = status(&hall, who, vote, operation).await.to_string();
                if *operation == "enter" && n < 2 {
                    status(&hall, who, vote, "withdraw").await;
                }
            }
        }
        assert_eq!(found, expected, "{name}");
        // What a browser is told is what the server does.
        let state = hall.get(&people[2], "/session").await.json()["state"].clone();
        assert_eq!(state["mayVote"], found[2] == "204", "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opens_and_closes() {
    let hall = Hall::new().await;
    for (role, status) in Role::ALL.into_iter().zip([200, 200, 403, 403]) {
        let who = hall.somebody(role.word(), role).await;
        let open = json!({"type": "openVote", "vote": {"method": "rating"}});
        assert_eq!(hall.command(&who, open).await.status, status, "{role:?}");
        assert_eq!(hall.command(&who, json!({"type": "closeVote"})).await.status, status, "{role:?}");
    }
    let survey = json!({"type": "openSurvey", "workshop": "wk_01JAAAAAAAAAAAAAAAAAAAAAAA", "survey": "end"});
    assert_eq!(hall.command(&hall.fanni, survey).await.status, 400, "not for one board");
    // The pause names itself, the part its id.
    let aino = &hall.team(1).await[0];
    let vote = hall.open(json!({"method": "rating"})).await;
    let parts = start(&hall.server, hall.fanni.person, vec![part(json!({}))]).await;
    command(&hall.server, hall.fanni.person, Command::StartPart { part: parts[0] }).await;
    let refused = hall.cast(aino, vote, json!({})).await.json();
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("notNow"), &json!(parts[0])));
    command(&hall.server, hall.fanni.person, Command::Pause).await;
    assert_eq!(hall.cast(aino, vote, json!({})).await.json()["detail"], "paused");
}
