//! One update on which the CRDT fails harms nobody but its author. Knows the fence's test hook.

use std::sync::Arc;

use tokio::sync::Notify;
use yrs::{Doc, Map, MapPrelim, Options, TextPrelim, Transact, block::ClientID};

use super::{Dialect, Join, Rooms, Seat, document::tests::TRIP};
use crate::{
    clock,
    ids::{BoardId, PersonId},
    metrics::Metrics,
    role::Role,
    store::{
        Change, Commit, SqliteStore, Store, Stream,
        records::{Board, Member, Person},
    },
    wire::Head,
};

async fn sit(rooms: &Rooms, board: BoardId, person: PersonId, wake: &Arc<Notify>) -> Seat {
    let (dialect, head) = (Dialect::Hocuspocus, Head::named("x"));
    let join = |_: &_| Join { person, role: Role::Participant, dialect, head: head.clone(), wake: Arc::clone(wake) };
    let seat = rooms.join(board, join).await.unwrap();
    seat.hello().await.unwrap();
    seat
}

fn note(author: PersonId, client: u64, id: &str, text: &str) -> Vec<u8> {
    let doc = Doc::with_options(Options { client_id: ClientID::new(client), ..Options::default() });
    let items = doc.get_or_insert_map("items");
    let mut txn = doc.transact_mut();
    let item = items.insert(&mut txn, id, MapPrelim::default());
    item.insert(&mut txn, "kind", "note");
    item.insert(&mut txn, "author", author.to_string());
    item.insert(&mut txn, "made", 1_790_000_000_000_i64);
    item.insert(&mut txn, "text", TextPrelim::new(text));
    txn.encode_update_v1()
}

/// Waits until the outbox has said this.
async fn until(seat: &Seat, wake: &Notify, said: &str) {
    let mut all = Vec::new();
    while !String::from_utf8_lossy(&all).contains(said) {
        seat.outbox().take().frames.iter().for_each(|frame| all.extend_from_slice(frame));
        if !String::from_utf8_lossy(&all).contains(said) {
            wake.notified().await;
        }
    }
}

#[tokio::test]
async fn it_is_put_aside_for_good_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let (board, made) = (BoardId::new(), clock::now_ms());
    let people = [PersonId::new(), PersonId::new()];
    let row = Board { id: board, epoch: 1, title: "Board".into(), made, made_by: people[0] };
    let person = |id| Person { id, name: "Aino".into(), language: "fi".into(), made, server_owner: false };
    let mut records: Vec<Change> = people.iter().map(|id| Change::PutPerson(person(*id))).collect();
    records.push(Change::NewBoard(row));
    let member = |person| Member { board, person, role: Role::Participant, invite: None };
    records.extend(people.iter().map(|person| Change::PutMember(member(*person))));
    store.commit(Commit { appends: vec![], records }).await.unwrap();

    let rooms = Rooms::new(Arc::clone(&store), Arc::new(Metrics::new()));
    let wakes = [Arc::new(Notify::new()), Arc::new(Notify::new())];
    let bad = sit(&rooms, board, people[0], &wakes[0]).await;
    let good = sit(&rooms, board, people[1], &wakes[1]).await;
    let trip = std::str::from_utf8(TRIP).unwrap();
    bad.update(note(people[0], 1, "n_01J00000000000000000000001", trip).into()).await.unwrap();
    until(&bad, &wakes[0], r#""code":"quarantined""#).await;
    good.update(note(people[1], 2, "n_01J00000000000000000000002", "unharmed").into()).await.unwrap();
    until(&good, &wakes[1], r#"{"type":"durable","n":1}"#).await;

    let (_, encoded) = rooms.open(board).await.unwrap().encoded().await.unwrap();
    assert!(String::from_utf8_lossy(&encoded).contains("unharmed"));
    assert_eq!(store.load(&Stream::board(board)).await.unwrap().quarantined, [(1, 0)]);
    rooms.shutdown().await;
    let (_, again) = Rooms::new(store, Arc::new(Metrics::new())).open(board).await.unwrap().encoded().await.unwrap();
    let again = String::from_utf8_lossy(&again).into_owned();
    assert!(again.contains("unharmed") && !again.contains(trip));
}
