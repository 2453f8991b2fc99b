//! Every limit of a socket at it and one past it: at most that connection ends, and nobody else is disturbed.

use std::{sync::Arc, time::Duration};

use jalostamo::{
    ids::{BoardId, PersonId},
    limits::{self, Pace},
    role::Role,
    room::{Dialect, Join, SeatError},
    store::{Change, Commit, Journal, records::Member},
    wire::{Head, lib0::put_bytes},
};
use tempfile::tempdir;
use tokio::sync::Notify;
use yrs::{Doc, Options, Transact, block::ClientID};

use crate::support::{
    board::Server,
    collab::{Client, options, put_note},
    eventually,
    raw::{Raw, auth, sync},
};

/// Two people who go on whatever others do.
struct Witnesses(Client, Client);

impl Witnesses {
    async fn on(server: &Server) -> Self {
        Self(server.client("Aino", Role::Participant).await, server.client("Otto", Role::Participant).await)
    }

    async fn go_on(&self) {
        let (from, to) = (BoardId::new().to_string(), BoardId::new().to_string());
        self.0.note(&from).await;
        self.1.note(&to).await;
        self.1.until("the one's edit", |_| self.1.texts().contains(&from)).await;
        self.0.until("the other's edit", |_| self.0.texts().contains(&to)).await;
    }
}

fn name(server: &Server) -> String {
    format!("board.{}", server.board)
}

/// Reads until the server has answered a sync step 1 of this document.
async fn until_step_2(raw: &mut Raw, name: &str) {
    let head = Head::named(name).frame(&vec![0, 1].into());
    while !raw.frame().await.expect("the socket stays open").starts_with(&head) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sends_small_frames_and_few_of_them() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let witnesses = Witnesses::on(&server).await;
    let (_, token) = server.person("New", Role::Participant).await;
    let name = name(&server);
    let room = limits::PRE_AUTH_BYTES - Head::named(&name).frame(&sync(1, &[]).into()).len() - 1;

    // The largest and the most that may wait, then the token: all is handled.
    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.about(&name, sync(2, &vec![0xff; room])).await;
    for _ in 1..limits::PRE_AUTH_FRAMES {
        raw.about(&name, sync(0, &[0])).await;
    }
    raw.about(&name, auth(&token)).await;
    until_step_2(&mut raw, &name).await;

    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.about(&name, sync(2, &vec![0xff; room + 1])).await;
    assert_eq!(raw.closed().await, 1009);

    let mut raw = Raw::open(server.address, "/collab", None).await;
    for _ in 0..=limits::PRE_AUTH_FRAMES {
        raw.about(&name, sync(0, &[0])).await;
    }
    assert_eq!(raw.closed().await, 1008);
    witnesses.go_on().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_large_frame_is_cut_off_before_it_is_there() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let witnesses = Witnesses::on(&server).await;
    // A frame that says it has 8 MiB, of which never more than 16 KiB come: only who does not wait for the rest closes.
    let mut raw = Raw::open(server.address, "/collab", None).await;
    raw.begin(8 * 1024 * 1024, &vec![0; 16 * 1024]).await;
    let code = raw.closed().await;
    assert!(code == 1009 || code == 1006, "{code}");
    // In pieces that are small, with pings between them, it is the same.
    let mut raw = Raw::open(server.address, "/collab", None).await;
    for _ in 0..16 {
        raw.fragment(&vec![0; 1024]).await;
    }
    let code = raw.closed().await;
    assert!(code == 1009 || code == 1006, "{code}");
    witnesses.go_on().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_and_who_only_talks_is_closed_in_time() {
    let folder = tempdir().unwrap();
    let pace = Pace { first_frame: Duration::from_millis(200), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let witnesses = Witnesses::on(&server).await;
    let mut silent = Raw::open(server.address, "/collab", None).await;
    assert_eq!(silent.closed().await, 4401);
    let mut pings = Raw::open(server.address, "/collab", None).await;
    pings.send(vec![9]).await;
    assert_eq!(pings.frame().await, Some(vec![10]));
    assert_eq!(pings.closed().await, 4401);
    assert_eq!(Raw::open(server.address, &format!("/sync/{}", name(&server)), None).await.closed().await, 4401);
    witnesses.go_on().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_past_its_size_ends_its_socket_only() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let witnesses = Witnesses::on(&server).await;
    let (_, token) = server.person("Large", Role::Participant).await;
    let name = name(&server);
    for (step, past) in
        [(2, limits::MESSAGE_BYTES), (1, limits::SYNC_STEP_2_BYTES + 1), (1, 2 * limits::SYNC_STEP_2_BYTES)]
    {
        let mut raw = Raw::open(server.address, "/collab", None).await;
        raw.about(&name, auth(&token)).await;
        raw.about(&name, sync(0, &[0])).await;
        until_step_2(&mut raw, &name).await;
        raw.about(&name, sync(step, &vec![0; past])).await;
        let code = raw.closed().await;
        // The rest of a frame that was not read may reset the connection before the code is heard.
        assert!(code == 1009 || code == 1006, "{code} at {past}");
        witnesses.go_on().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_offline_work_come_in_one_step_2() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let witnesses = Witnesses::on(&server).await;
    let (person, token) = server.person("Away", Role::Participant).await;
    let doc = Doc::with_options(options());
    let items = doc.get_or_insert_map("items");
    let text = "y".repeat(limits::TEXT_UNITS);
    let mut bytes = 0;
    while bytes < 12 * 1024 * 1024 {
        let mut txn = doc.transact_mut();
        let id = BoardId::new().to_string().replacen("b_", "n_", 1);
        put_note(&mut txn, &items, &id, person, &text);
        bytes += txn.encode_update_v1().len();
    }
    let back = server.dial(person, &token, doc).await;
    back.until("durable", |heard| heard.durable == 1).await;
    assert!(back.has(|heard| heard.refused.is_empty() && heard.closed.is_none()));
    for witness in [&witnesses.0, &witnesses.1] {
        witness.until("all of it", |_| witness.texts() == back.texts()).await;
    }
    witnesses.go_on().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_gap_is_bounded() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let witnesses = Witnesses::on(&server).await;
    let (person, _) = server.person("Gap", Role::Participant).await;
    let wake = Arc::new(Notify::new());
    let seat = server.sit(person, &wake).await;
    // Every one of them builds on an edit that never comes.
    let builds_on_nothing = |units: usize| {
        // One client id for all, so that the size depends on the text only.
        let client_id = ClientID::new(4_000_000_000);
        let doc = Doc::with_options(Options { client_id, ..options() });
        let items = doc.get_or_insert_map("items");
        put_note(&mut doc.transact_mut(), &items, "n_01J00000000000000000000001", person, "kept back");
        let mut txn = doc.transact_mut();
        put_note(&mut txn, &items, "n_01J00000000000000000000002", person, &"z".repeat(units));
        txn.encode_update_v1()
    };
    let dropped = || server.app.metrics.updates_dropped.get();
    let waited = || server.app.metrics.updates_waited.get();
    let largest = builds_on_nothing(limits::TEXT_UNITS).len();
    let around = largest - limits::TEXT_UNITS;
    let (mut left, mut sent) = (limits::PARKED_BYTES, 0);
    while left > 0 {
        // The last two share the rest, to the byte.
        let size = if left > 2 * largest {
            largest
        } else if left > largest {
            left / 2
        } else {
            left
        };
        let update = builds_on_nothing(size - around);
        assert_eq!(update.len(), size);
        left -= size;
        sent += 1;
        seat.update(update.into()).await.unwrap();
    }
    eventually("all wait", async || waited() == sent).await;
    assert_eq!(dropped(), 0);
    seat.update(builds_on_nothing(1).into()).await.unwrap();
    eventually("one is dropped", async || dropped() == 1).await;
    // A sync step 2 that held it would bring it in: it must not be called refused.
    assert_eq!(server.app.metrics.updates_refused.get(), 0);
    assert_eq!(seat.outbox().take().close, None);
    witnesses.go_on().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_resync_too_many_waits_for_the_next_minute() {
    let folder = tempdir().unwrap();
    let minute = Duration::from_secs(2);
    let pace = Pace { resync_minute: minute, housekeeping: Duration::from_millis(10), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let aino = server.client("Aino", Role::Participant).await;
    let started = tokio::time::Instant::now();
    let mut answered = 1;
    while started.elapsed() < minute && answered <= limits::RESYNCS_PER_MINUTE as usize {
        aino.step_1().await;
        answered += 1;
        aino.until("an answer", |heard| heard.steps_2 == answered).await;
    }
    // The one past the limit came, but not before the minute that began when the socket did was over.
    assert_eq!(answered, limits::RESYNCS_PER_MINUTE as usize + 1);
    assert!(started.elapsed() >= minute - Duration::from_millis(500), "{:?}", started.elapsed());
    assert_eq!(aino.has(|heard| heard.closed), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn presence_that_is_not_renewed_goes_and_the_socket_stays() {
    let folder = tempdir().unwrap();
    let pace =
        Pace { presence_life: Duration::from_millis(300), housekeeping: Duration::from_millis(10), ..Pace::default() };
    let server = Server::paced(folder.path(), pace).await;
    let Witnesses(aino, otto) = Witnesses::on(&server).await;
    aino.presence(7, 1, Some("{}")).await;
    otto.until("there", |heard| heard.presence.contains_key(&7)).await;
    otto.until("gone", |heard| !heard.presence.contains_key(&7)).await;
    aino.presence(7, 2, Some("{}")).await;
    otto.until("there again", |heard| heard.presence.contains_key(&7)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_fit_and_one_more_comes_later() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let people = server.crowd(limits::PEOPLE_PER_BOARD + 1).await;
    let people: Vec<PersonId> = people.into_iter().map(|(person, _)| person).collect();
    let wake = Arc::new(Notify::new());
    let mut seats = Vec::new();
    for person in &people[1..] {
        seats.push(server.sit(*person, &wake).await);
    }
    let join = |_: &_| Join {
        person: people[0],
        role: Role::Participant,
        dialect: Dialect::YWebsocket,
        head: Head::none(),
        wake: wake.clone(),
    };
    let one_more = server.app.rooms.join(server.board, join).await;
    assert!(matches!(one_more, Err(SeatError::Join(jalostamo::room::JoinError::Busy))));
    assert!(seats.iter().all(|seat| seat.outbox().take().close.is_none()));
    // Somebody who is there may open another tab, and a place that is given up is free.
    seats.push(server.sit(people[1], &wake).await);
    seats.truncate(limits::PEOPLE_PER_BOARD - 1);
    eventually("a place", async || server.app.metrics.peers.get() < 500).await;
    server.sit(people[0], &wake).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_has_so_many_documents_and_one_that_ends_leaves_the_others() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Many", Role::Participant).await;
    let mut boards = vec![server.board];
    while boards.len() <= limits::DOCUMENTS_PER_SOCKET {
        let board = server.add_board().await;
        let member = Member { board, person, role: Role::Participant, invite: None };
        let records = vec![Change::PutMember(member)];
        server.store.commit(Commit { appends: vec![], records }).await.unwrap();
        boards.push(board);
    }
    let names: Vec<String> = boards.iter().map(|board| format!("board.{board}")).collect();
    let (one_more, names) = names.split_last().unwrap();
    let mut raw = Raw::open(server.address, "/collab", None).await;
    for name in names {
        raw.about(name, auth(&token)).await;
        raw.about(name, sync(0, &[0])).await;
        until_step_2(&mut raw, name).await;
    }
    // Expelled from the first: it is denied and closed by name, and the second still answers.
    server.app.rooms.if_open(boards[0]).unwrap().expel(person).await.unwrap();
    let mut denied = vec![2, 1];
    put_bytes(&mut denied, b"forbidden");
    let denied = Head::named(&names[0]).frame(&denied.into());
    while raw.frame().await.expect("the socket stays open") != denied {}
    raw.about(&names[1], sync(0, &[0])).await;
    until_step_2(&mut raw, &names[1]).await;

    let witnesses = Witnesses::on(&server).await;
    raw.about(&names[0], auth(&token)).await;
    raw.about(&names[0], sync(0, &[0])).await;
    until_step_2(&mut raw, &names[0]).await;
    raw.about(one_more, auth(&token)).await;
    assert_eq!(raw.closed().await, 1013);
    witnesses.go_on().await;
}
