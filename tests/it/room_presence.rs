//! Presence is stamped by the server, one entry a connection, merged, and gone with its socket.

use std::sync::Arc;

use jalostamo::{
    limits,
    role::Role,
    room::{Dialect, Join},
    wire::Head,
};
use serde_json::Value;
use tempfile::tempdir;
use tokio::{sync::Notify, time::Instant};

use crate::support::{
    board::Server,
    raw::{Raw, auth},
};

#[tokio::test(flavor = "multi_thread")]
async fn who_it_is_is_the_servers_word() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    aino.presence(7, 1, Some(r#"{"cursor":[1,2],"user":{"name":"Facilitator","role":"owner"}}"#)).await;
    otto.until("presence", |heard| heard.presence.contains_key(&7)).await;
    let state: Value = otto.has(|heard| heard.presence[&7].clone());
    assert_eq!((&state["user"]["name"], &state["user"]["role"]), (&"Aino".into(), &"participant".into()));
    assert_eq!(state["user"]["id"], aino.person.to_string());
    assert_eq!(state["cursor"], serde_json::json!([1, 2]));
    assert!(state["user"]["color"].as_str().unwrap().starts_with('#'));
    let late = server.client("Late", Role::Observer).await;
    late.until("at once", |heard| heard.presence.contains_key(&7)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_ones_entry_is_ignored_and_a_socket_has_one() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let eye = server.client("Eye", Role::Observer).await;
    aino.presence(7, 1, Some(r#"{"n":1}"#)).await;
    eye.until("the first", |heard| heard.presence.contains_key(&7)).await;
    otto.presence(7, 9, Some(r#"{"n":2}"#)).await;
    otto.presence(7, 10, None).await;
    otto.presence(8, 1, Some("{}")).await;
    aino.presence(9, 1, Some("{}")).await;
    aino.presence(7, 2, Some(r#"{"n":3}"#)).await;
    eye.until("its own", |heard| heard.presence.contains_key(&8) && heard.presence[&7]["n"] == 3).await;
    assert!(eye.has(|heard| !heard.presence.contains_key(&9) && heard.presence[&7]["user"]["name"] == "Aino"));
    drop(aino);
    eye.until("gone with the socket", |heard| !heard.presence.contains_key(&7)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_movements_are_few_messages() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let before = otto.has(|heard| heard.presence_frames);
    let started = tokio::time::Instant::now();
    for step in 1..=500 {
        aino.presence(7, step, Some(&format!(r#"{{"cursor":[{step},0]}}"#))).await;
    }
    otto.until("the last", |heard| heard.presence.get(&7).is_some_and(|state| state["cursor"][0] == 500)).await;
    let ticks = started.elapsed().as_millis() / limits::PRESENCE_TICK.as_millis() + 2;
    let frames = otto.has(|heard| heard.presence_frames) - before;
    assert!(frames as u128 <= ticks, "{frames} messages in {ticks} ticks");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_at_the_limit_is_taken_and_one_byte_more_is_not() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let state = |bytes: usize| format!(r#"{{"x":"{}"}}"#, "y".repeat(bytes - 8));
    assert_eq!(state(100).len(), 100);
    aino.presence(7, 1, Some(&state(limits::PRESENCE_BYTES))).await;
    otto.until("the largest", |heard| heard.presence.contains_key(&7)).await;
    let large = otto.has(|heard| heard.presence[&7]["x"].as_str().unwrap().len());
    aino.presence(7, 2, Some(&state(limits::PRESENCE_BYTES + 1))).await;
    aino.presence(7, 3, Some("not json")).await;
    aino.note("after them").await;
    otto.until_texts(&["after them"]).await;
    assert_eq!(otto.has(|heard| heard.presence[&7]["x"].as_str().unwrap().len()), large);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_the_door_is_told_to_the_crowd_inside_seldom_and_in_the_end() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let people = server.crowd(250).await;
    let wake = Arc::new(Notify::new());
    let sit = |person| {
        let (server, wake) = (&server, &wake);
        let join = move |_: &_| Join {
            person,
            role: Role::Participant,
            dialect: Dialect::Hocuspocus,
            head: Head::named("b"),
            wake: wake.clone(),
        };
        async move { server.app.rooms.join(server.board, join).await.unwrap() }
    };
    let (_, token) = server.person("Witness", Role::Participant).await;
    let mut witness = Raw::open(server.address, "/collab", None).await;
    witness.about(&format!("board.{}", server.board), auth(&token)).await;
    let here = |frame: &[u8]| String::from_utf8_lossy(frame).matches(r#""here":true"#).count();
    while here(&witness.frame().await.unwrap()) != 1 {}
    let mut seats = Vec::new();
    for (person, _) in &people {
        seats.push(sit(*person).await);
    }
    // From the state that names them all on, they go and come back for the time of many ticks.
    let mut told = witness.frame().await.unwrap();
    while here(&told) != people.len() + 1 {
        told = witness.frame().await.unwrap();
    }
    let (begin, mut states) = (Instant::now(), 0);
    let until = begin + 20 * limits::PRESENCE_TICK;
    let mut turn = people.iter().cycle();
    while Instant::now() < until {
        seats.remove(0);
        seats.push(sit(turn.next().unwrap().0).await);
    }
    // The last change is told too: two who stay away.
    seats.truncate(people.len() - 2);
    let state_bytes = told.len() * people.len();
    while here(&told) != people.len() - 1 {
        told = witness.frame().await.unwrap();
        states += u32::from(here(&told) > 1);
    }
    let most = begin.elapsed().as_secs_f64() / limits::session_rest(state_bytes).as_secs_f64() + 2.0;
    assert!(f64::from(states) <= most, "{states} states of {state_bytes} bytes in {:?}", begin.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_presence_again_and_again_is_answered_once_a_tick() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let aino = server.client("Aino", Role::Participant).await;
    aino.presence(7, 1, Some(r#"{"cursor":[1,2]}"#)).await;
    let (person, _) = server.person("Asks", Role::Participant).await;
    let seat = server.sit(person, &Arc::new(Notify::new())).await;
    let room = server.app.rooms.if_open(server.board).unwrap();
    let is_presence = |frame: &bytes::Bytes| frame.first() == Some(&1);
    let (begin, mut answers) = (Instant::now(), 0);
    while begin.elapsed() < 5 * limits::PRESENCE_TICK {
        for _ in 0..20 {
            seat.query_awareness().await.unwrap();
        }
        // What is asked of a room is answered in order.
        room.session(person, Role::Participant).await.unwrap();
        answers += seat.outbox().take().frames.iter().filter(|frame| is_presence(frame)).count();
    }
    let ticks = begin.elapsed().as_millis() / limits::PRESENCE_TICK.as_millis();
    // One at the beginning for having come, one for her cursor if that came later.
    assert!(answers >= 2 && answers as u128 <= ticks + 3, "{answers} answers in {ticks} ticks");
}
