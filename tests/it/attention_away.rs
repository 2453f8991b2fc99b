//! Who left has no hand up and leads nobody any more, and is still to be helped; who only comes back has all of it.

use std::time::Duration;

use jalostamo::{facilitation::Command, ids::PersonId, limits::Pace, role::Role};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::board::Server;

async fn run(server: &Server, who: PersonId, role: Role, command: Command) {
    server.app.rooms.open(server.board).await.unwrap().command(who, role, command).await.unwrap();
}

/// What somebody who stays hears of it.
fn attention(session: Option<&Value>) -> Option<Value> {
    session.map(|session| session["state"]["attention"].clone())
}

fn pace(away: Duration) -> Pace {
    Pace { housekeeping: Duration::from_millis(20), away, ..Pace::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_stands_out_no_more() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(Duration::from_millis(200))).await;
    let stays = server.client("Oili", Role::Observer).await;
    let aino = server.client("Aino", Role::Participant).await;
    let fanni = server.client("Fanni", Role::Facilitator).await;
    run(&server, stays.person, Role::Observer, Command::RaiseHand).await;
    run(&server, aino.person, Role::Participant, Command::RaiseHand).await;
    run(&server, aino.person, Role::Participant, Command::AskHelp { text: String::new() }).await;
    run(&server, fanni.person, Role::Facilitator, Command::Lead { control: true }).await;
    let stood = |attention: &Value| attention["hands"].as_array().unwrap().len() == 2 && !attention["lead"].is_null();
    stays.until("all of it", |heard| attention(heard.session.as_ref()).is_some_and(|it| stood(&it))).await;
    let asked = json!(aino.person);
    drop((aino, fanni));
    let gone = |attention: &Value| attention["hands"].as_array().unwrap().len() == 1 && attention["lead"].is_null();
    stays.until("that they left", |heard| attention(heard.session.as_ref()).is_some_and(|it| gone(&it))).await;
    let left = stays.has(|heard| attention(heard.session.as_ref())).unwrap();
    assert_eq!((&left["hands"][0]["person"], &left["help"][0]["person"]), (&json!(stays.person), &asked));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loads_the_page_anew_has_not_left() {
    let folder = tempdir().unwrap();
    let server = Server::paced(folder.path(), pace(Duration::from_secs(600))).await;
    let stays = server.client("Oili", Role::Observer).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    run(&server, person, Role::Participant, Command::RaiseHand).await;
    let here = move |session: Option<&Value>, here: bool| {
        let people = session.map(|session| session["state"]["people"].as_array().unwrap().clone()).unwrap_or_default();
        people.iter().any(|line| line["person"] == json!(person) && line["here"] == json!(here))
    };
    drop(aino);
    stays.until("that she is away", |heard| here(heard.session.as_ref(), false)).await;
    let _again = server.connect(person, &token).await;
    stays.until("that she is back", |heard| here(heard.session.as_ref(), true)).await;
    let hands = stays.has(|heard| attention(heard.session.as_ref())).unwrap()["hands"].clone();
    assert_eq!(hands[0]["person"], json!(person));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_everybody_left_has_no_hands_up_when_it_opens_again() {
    let folder = tempdir().unwrap();
    let pace = Pace { room_idle: Duration::from_millis(100), ..pace(Duration::from_secs(600)) };
    let server = Server::paced(folder.path(), pace).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    run(&server, person, Role::Participant, Command::RaiseHand).await;
    drop(aino);
    crate::support::eventually("the room is closed", async || server.app.rooms.if_open(server.board).is_none()).await;
    let again = server.connect(person, &token).await;
    let now = again.has(|heard| attention(heard.session.as_ref())).unwrap();
    assert_eq!(now["hands"], json!([]));
}
