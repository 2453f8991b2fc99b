//! Revealing: everything that people wrote apart from each other is on the board at once, tidy and in no order that says who wrote it.
//! With names it goes on in the same notes; without, nothing leads to its author.

use std::collections::{BTreeSet, HashMap};

use jalostamo::{
    board::{
        read,
        value::{Item, Rect},
    },
    facilitation::{Command, Naming, Part},
    ids::PersonId,
    limits,
    role::Role,
    room::CommandError,
    store::{Body, Health, Journal, Records, Stream},
};
use serde_json::{Value, json};
use tempfile::tempdir;
use yrs::{Any, Doc, Map, Out, ReadTxn, StateVector, Transact};

use crate::support::{
    board::Server,
    collab::{Client, Heard, options},
    drafts::{REVEAL, begin, dial, draft, name, note, silent},
    script::{self, attempt, command, confirm, put, set, start, write},
};

/// A server with a silent part that runs, and who runs it.
async fn running(data: &std::path::Path, naming: Naming) -> (Server, Client, jalostamo::ids::RoundId) {
    let server = Server::start(data).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let parts = start(&server, chair.person, vec![silent(naming), script::part(json!({"editAll": true}))]).await;
    let (round, _) = begin(&server, chair.person, parts[0]).await;
    (server, chair, round)
}

fn item(doc: &Doc, id: &str) -> Option<HashMap<String, Any>> {
    let items = doc.get_or_insert_map("items");
    let txn = doc.transact();
    let Some(Out::YMap(item)) = items.get(&txn, id) else { return None };
    let plain = |(key, value): (&str, Out)| match value {
        Out::Any(any) => Some((key.to_owned(), any)),
        _ => None,
    };
    Some(item.iter(&txn).filter_map(plain).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_names_everything_appears_at_once_and_the_author_goes_on() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Named).await;
    let (aino, otto) = (server.person("Aino", Role::Participant).await, server.person("Otto", Role::Participant).await);
    let on_board = server.connect(aino.0, &aino.1).await;
    let ainos = draft(&server, (aino.0, &aino.1), round).await;
    let ottos = draft(&server, (otto.0, &otto.1), round).await;
    let first = note(&ainos, "ainon ajatus").await;
    let gone = note(&ainos, "peruttu salaisuus").await;
    assert_eq!(attempt(&ainos, |txn| set(txn, &gone, "gone", Any::from(true))).await, None);
    let second = note(&ottos, "oton ajatus").await;
    let before = server.store.load(&Stream::board(server.board)).await.unwrap().seq;
    chair.record(|_| ());
    command(&server, chair.person, REVEAL).await;
    chair.until_texts(&["ainon ajatus", "oton ajatus"]).await;
    assert_eq!(chair.has(|heard| heard.received.as_ref().unwrap().len()), 1, "one update for all of it");
    // Everybody is told where it is, and that nothing is where nothing was.
    let area = |heard: &Heard| heard.session.as_ref().unwrap()["state"]["rounds"][0]["area"].clone();
    chair.until("told where", |heard| area(heard).is_array()).await;
    let board = read::from_doc(&chair.doc);
    let rects = board.items.iter().filter(|item| [&first, &second].contains(&&item.id)).map(Item::rect);
    let Rect { x, y, w, h } = rects.reduce(Rect::around).unwrap();
    assert_eq!(chair.has(area), json!([x, y, w, h]));
    // One entry with what was written, one that says so.
    let entries = server.store.entries(&Stream::board(server.board), before, 10).await.unwrap();
    assert!(matches!(entries[..], [ref all, ref event] if matches!(all.body, Body::Updates(ref all) if all.len() == 1)
        && matches!(event.body, Body::Event(_))));
    for (id, person) in [(&first, aino.0), (&second, otto.0)] {
        let shown = item(&chair.doc, id).unwrap();
        assert_eq!(shown["author"], Any::from(person.to_string()), "the same note, its author's");
    }
    assert_ne!(item(&chair.doc, &first).unwrap()["at"], item(&chair.doc, &second).unwrap()["at"]);
    let whole = chair.doc.transact().encode_state_as_update_v1(&StateVector::default());
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&whole, "ainon ajatus") && !holds(&whole, "peruttu"), "what was deleted in private nobody sees");
    // What Aino was still typing in her draft goes on in the note: the draft's blocks are the board's.
    on_board.until_texts(&["ainon ajatus", "oton ajatus"]).await;
    let more = ainos.write_append(&first, " ja loppu");
    let n = on_board.sync(2, &more).await;
    on_board.until("durable", |heard| heard.durable >= n).await;
    chair.until_texts(&["ainon ajatus ja loppu", "oton ajatus"]).await;
    // She may write in the open now, as the part has it, and the board is whole when it is opened again.
    let person = aino.0;
    assert_eq!(attempt(&on_board, |txn| put(txn, "items", "note", &fresh(), person)).await, None);
    let server = server.restart().await;
    let again = server.connect(aino.0, &aino.1).await;
    again.until_texts(&["Teksti", "ainon ajatus ja loppu", "oton ajatus"]).await;
    assert_eq!(attempt(&again, |txn| write(txn, &first, "!")).await, None, "her own");
}

fn fresh() -> String {
    jalostamo::ids::new_object("n")
}

#[tokio::test(flavor = "multi_thread")]
async fn without_names_nothing_leads_to_the_author() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Anonymous).await;
    let mut secrets: Vec<String> = Vec::new();
    let mut clients = BTreeSet::new();
    for n in 0..6 {
        let (person, token) = server.person("Somebody", Role::Participant).await;
        let theirs = draft(&server, (person, &token), round).await;
        for m in 0..3 {
            secrets.push(note(&theirs, &format!("ajatus {n}{m}")).await);
        }
        note(&theirs, "  ").await;
        clients.insert(theirs.doc.client_id().get());
        secrets.push(person.to_string());
    }
    command(&server, chair.person, REVEAL).await;
    chair.until("all of it", |_| chair.texts().len() == 18).await;
    let whole = chair.doc.transact().encode_state_as_update_v1(&StateVector::default());
    for secret in &secrets {
        assert!(!whole.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
    let vector = chair.doc.transact().state_vector();
    assert_eq!(vector.len(), 1, "one client wrote all of it");
    assert!(vector.iter().all(|(client, _)| !clients.contains(&client.get())));
    let board = read::from_doc(&chair.doc);
    for item in &board.items {
        assert_eq!((item.author, item.made), (None, 0), "no author, no time");
    }
    // The order is one of very many, and neither the authors' nor the time's.
    let texts: Vec<&str> = board.items.iter().map(|item| item.text.as_str()).collect();
    let mut by_author = texts.clone();
    by_author.sort_unstable();
    assert_ne!(texts, by_author);
    let places: BTreeSet<_> = board.items.iter().map(|item| item.place).collect();
    assert_eq!(places.len(), board.items.len(), "tidy");
    // Nor does the disk keep who wrote what.
    let loaded = server.store.load(&Stream::board(server.board)).await.unwrap();
    assert!(loaded.clients.is_empty() && loaded.authors.is_empty());
    assert_eq!(server.store.drafts_of(server.board, round, 1).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_waits_and_is_revealed_too() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Anonymous).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    note(&draft(&server, (person, &token), round).await, "ajoissa").await;
    command(&server, chair.person, REVEAL).await;
    let late = dial(&server, (person, &token), &name(&server, round, 2), Doc::with_options(options())).await;
    late.until("in step", |heard| heard.synced).await;
    note(&late, "myöhässä").await;
    chair.until_texts(&["ajoissa"]).await;
    // Revealing what is revealed is no error and changes nothing; late things are asked for.
    command(&server, chair.person, REVEAL).await;
    assert_eq!(server.store.drafts_of(server.board, round, 2).await.unwrap().len(), 1);
    command(&server, chair.person, Command::Reveal { part: None, late: true }).await;
    chair.until_texts(&["ajoissa", "myöhässä"]).await;
    late.until("closed", |heard| heard.closed == Some(4410)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_ended_is_revealed_later_or_thrown_away_unseen() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Named).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    let theirs = draft(&server, (person, &token), round).await;
    note(&theirs, "ajatus").await;
    let seq = command(&server, chair.person, Command::NextPart).await;
    confirm(&aino, seq).await;
    // Back from a tunnel: what was written there still counts.
    note(&theirs, "tunnelista").await;
    assert!(chair.texts().is_empty());
    let server = server.restart().await;
    let chair = server.client("Chair", Role::Facilitator).await;
    command(&server, chair.person, REVEAL).await;
    chair.until_texts(&["ajatus", "tunnelista"]).await;
    command(&server, chair.person, Command::RepeatPart { part: None }).await;
    let part = script::part(json!({}));
    let refused = server.app.rooms.open(server.board).await.unwrap();
    let nothing = refused.command(chair.person, Role::Facilitator, Command::DiscardDrafts { part: part.id }).await;
    assert!(matches!(nothing, Err(CommandError::No(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_are_used_twice_replace_nothing() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Named).await;
    let theirs = chair.note("puheenjohtajan").await;
    let (person, token) = server.person("Mallory", Role::Participant).await;
    let on_board = server.connect(person, &token).await;
    on_board.until_texts(&["puheenjohtajan"]).await;
    let bad = draft(&server, (person, &token), round).await;
    let stolen = attempt(&bad, |txn| put(txn, "items", "note", &theirs, person)).await;
    assert_eq!(stolen, None, "in private it is nobody's");
    // And the client id that writes on the board, with other blocks of the same numbers.
    let seq = command(&server, chair.person, Command::EndPart).await;
    confirm(&on_board, seq).await;
    on_board.note("avoin").await;
    chair.until_texts(&["avoin", "puheenjohtajan"]).await;
    let same = Doc::with_options(yrs::Options { client_id: on_board.doc.client_id(), ..options() });
    let twin = dial(&server, (person, &token), &name(&server, round, 1), same).await;
    twin.until("in step", |heard| heard.synced).await;
    note(&twin, "kaksonen").await;
    command(&server, chair.person, REVEAL).await;
    chair.until_texts(&["Teksti", "avoin", "kaksonen", "puheenjohtajan"]).await;
    assert_eq!(item(&chair.doc, &theirs).unwrap()["author"], Any::from(chair.person.to_string()));
    let fresh = server.client("Fresh", Role::Participant).await;
    fresh.until_texts(&["Teksti", "avoin", "kaksonen", "puheenjohtajan"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_stays_in_the_drafts() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Named).await;
    let many = limits::LIVE_OBJECTS - 2;
    let chairs = chair.person;
    let fill = |n: usize| {
        move |txn: &mut yrs::TransactionMut<'_>| (0..n).for_each(|_| put(txn, "items", "note", &fresh(), chairs))
    };
    for _ in 0..many / 4_000 {
        assert_eq!(attempt(&chair, fill(4_000)).await, None);
    }
    assert_eq!(attempt(&chair, fill(many % 4_000)).await, None);
    let (person, token) = server.person("Aino", Role::Participant).await;
    let theirs = draft(&server, (person, &token), round).await;
    let ids = [note(&theirs, "yksi").await, note(&theirs, "kaksi").await, note(&theirs, "kolme").await];
    let room = server.app.rooms.open(server.board).await.unwrap();
    let refused = room.command(chair.person, Role::Facilitator, REVEAL).await;
    assert!(matches!(refused, Err(CommandError::TooMuch)), "{refused:?}");
    // They go on, and at the limit they fit.
    assert_eq!(attempt(&theirs, |txn| set(txn, &ids[2], "gone", Any::from(true))).await, None);
    room.command(chair.person, Role::Facilitator, REVEAL).await.unwrap();
    chair.until("at the limit", |_| item(&chair.doc, &ids[0]).is_some() && item(&chair.doc, &ids[1]).is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_loses_nothing_and_reveals_nothing() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Named).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let theirs = draft(&server, (person, &token), round).await;
    note(&theirs, "ajatus").await;
    server.store.set_health(Health::Full);
    let room = server.app.rooms.open(server.board).await.unwrap();
    let refused = room.command(chair.person, Role::Facilitator, REVEAL).await;
    assert!(matches!(refused, Err(CommandError::Store(_))), "{refused:?}");
    assert!(chair.texts().is_empty());
    server.store.set_health(Health::Good);
    note(&theirs, "toinen").await;
    room.command(chair.person, Role::Facilitator, REVEAL).await.unwrap();
    chair.until_texts(&["ajatus", "toinen"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_have_written_is_told_when_a_facilitator_says_so() {
    let folder = tempdir().unwrap();
    let (server, chair, round) = running(folder.path(), Naming::Anonymous).await;
    let otto = server.client("Otto", Role::Participant).await;
    let people = [server.person("Aino", Role::Participant).await, server.person("Eila", Role::Participant).await];
    let mut drafts = Vec::new();
    for (person, token) in &people {
        drafts.push(draft(&server, (*person, token), round).await);
    }
    note(&drafts[0], "yksi").await;
    note(&drafts[0], "kaksi").await;
    let written = |client: &Client| client.has(|heard| heard.session.as_ref().unwrap()["state"]["written"].clone());
    assert_eq!(written(&otto), Value::Null);
    let seq = command(&server, chair.person, Command::ShowCounts { part: None, shown: true }).await;
    confirm(&otto, seq).await;
    let says = |n: usize| {
        move |heard: &crate::support::collab::Heard| {
            heard.session.as_ref().unwrap()["state"]["written"] == json!({round.to_string(): n})
        }
    };
    otto.until("one person", says(1)).await;
    note(&drafts[1], "minäkin").await;
    otto.until("two people", says(2)).await;
    let seq = command(&server, chair.person, Command::ShowCounts { part: None, shown: false }).await;
    confirm(&otto, seq).await;
    otto.until("nothing", |heard| heard.session.as_ref().unwrap()["state"]["written"].is_null()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_into_the_parts_frame() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let frame = jalostamo::ids::new_object("r");
    let chairs: PersonId = chair.person;
    assert_eq!(attempt(&chair, |txn| put(txn, "items", "frame", &frame, chairs)).await, None);
    let part = Part { frame: Some(frame.clone()), ..silent(Naming::Named) };
    let parts = start(&server, chair.person, vec![part]).await;
    let (round, _) = begin(&server, chair.person, parts[0]).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let theirs = draft(&server, (person, &token), round).await;
    for n in 0..5 {
        note(&theirs, &format!("ajatus {n}")).await;
    }
    command(&server, chair.person, REVEAL).await;
    let (_, document) = server.app.rooms.open(server.board).await.unwrap().encoded().await.unwrap();
    let board = read::from_update(&document).unwrap();
    let inside = board.items.iter().filter(|item| item.parent.as_deref() == Some(&frame)).count();
    assert_eq!(inside, 5);
}
