//! Somebody who is removed or moved is out of what they write in private too, with the same close code, and may not open it again;
//! what others write in private stays open. In a team that is withdrawn nobody writes.

use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    Client, TestServer,
    collab::{self, options},
    drafts::note,
    people::{Two, socket},
    script::{attempt, put},
    series,
};

/// Two teams, the first of which writes in silence.
async fn silent(server: &TestServer) -> Two {
    let root = server.owner().await;
    let two = Two::new(server, &root).await;
    let workshop = series::workshop(&two.facilitator, &two.series, "Työpaja").await["id"].clone();
    let path = two.path(&format!("workshops/{}", workshop.as_str().unwrap()));
    let part = json!({"title": {"fi": "Ideat"}, "minutes": 5, "writing": "silent", "may": {"add": ["note"]}});
    let agenda = json!({"version": 1, "parts": [part]});
    let kept = two.facilitator.put(&format!("{path}/agenda"), agenda).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    for command in [json!({"type": "startWorkshop", "workshop": workshop}), json!({"type": "nextPart"})] {
        let done = two.facilitator.post(&format!("{path}/commands"), command).await;
        assert_eq!(done.status, 200, "{}", done.text);
    }
    two
}

/// The newest round of the first board, as the name of a draft.
async fn name(two: &Two) -> String {
    let state = series::session(&two.facilitator, &two.boards[0]).await["state"].clone();
    let round: Value = state["rounds"].as_array().unwrap().last().unwrap().clone();
    format!("draft.{}.{}.{}", two.boards[0], round["round"].as_str().unwrap(), round["number"])
}

/// Dials somebody's draft.
async fn dial(server: &TestServer, client: &Client, name: &str) -> collab::Client {
    let token = client.cookie.as_deref().unwrap().split_once('=').unwrap().1;
    let person = client.person.parse().unwrap();
    let doc = Doc::with_options(options());
    collab::Client::dial_address(server.running().address, person, token, doc, name).await
}

/// As [`dial`], once it is in step and holds a note.
async fn written(server: &TestServer, client: &Client, name: &str) -> collab::Client {
    let draft = dial(server, client, name).await;
    draft.until("in step", |heard| heard.synced).await;
    note(&draft, "hiljaa").await;
    draft
}

async fn is_closed_out(server: &TestServer, client: &Client, name: &str) {
    let again = dial(server, client, name).await;
    again.until("denied", |heard| heard.closed.is_some()).await;
    assert!(!again.has(|heard| heard.synced) && again.texts().is_empty());
}

#[tokio::test]
async fn whoever_is_removed_or_moved_is_out_of_their_draft_with_the_boards_code() {
    for (moves, code) in [(false, 4403), (true, 4409)] {
        let server = TestServer::start().await;
        let two = silent(&server).await;
        let mut other = server.stranger();
        other.join(&two.secret, "Otto").await;
        let name = name(&two).await;
        let board = socket(&server, &two.person, &two.boards[0]).await;
        let (mine, others) = (written(&server, &two.person, &name).await, written(&server, &other, &name).await);
        let path = two.path(&format!("people/{}", two.person.person));
        let answer = if moves { two.move_over(&two.facilitator).await } else { two.facilitator.delete(&path).await };
        assert_eq!(answer.status, 204, "{}", answer.text);
        for seat in [&board, &mine] {
            seat.until("closed", |heard| heard.closed.is_some()).await;
            assert_eq!(seat.has(|heard| heard.closed), Some(code));
        }
        is_closed_out(&server, &two.person, &name).await;
        note(&others, "minä jään").await;
        assert_eq!(others.has(|heard| heard.closed), None);
    }
}

#[tokio::test]
async fn nobody_writes_in_private_in_a_team_that_is_withdrawn() {
    let server = TestServer::start().await;
    let two = silent(&server).await;
    let name = name(&two).await;
    let draft = written(&server, &two.person, &name).await;
    let path = two.path(&format!("teams/{}/withdraw", two.teams[0]));
    let answer = two.facilitator.post(&path, json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let person = two.person.person.parse().unwrap();
    let try_it = async |draft: &collab::Client| {
        let id = jalostamo::ids::BoardId::new().to_string().replacen("b_", "n_", 1);
        attempt(draft, |txn| put(txn, "items", "note", &id, person)).await.map(|(code, _)| code)
    };
    crate::support::eventually("it binds", async || try_it(&draft).await.as_deref() == Some("readOnly")).await;
    // One that is opened only now knows it from the start.
    drop(draft);
    let again = dial(&server, &two.person, &name).await;
    again.until("in step", |heard| heard.synced).await;
    assert_eq!(try_it(&again).await.as_deref(), Some("readOnly"));
}
