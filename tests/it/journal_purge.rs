//! What was deleted from a board can be erased for good: no byte of it is left, what is on the board is the same, no old copy
//! brings it back, and nobody's edits vanish without a word.

use hyper::Method;
use jalostamo::{
    ids::SnapshotId,
    role::Role,
    store::{Health, Journal, Records, Snapshots, Stream},
};
use serde_json::{Value, json};
use tempfile::tempdir;
use yrs::{Doc, GetString, Map, Out, Text, Transact, Update, updates::decoder::Decode};

use crate::{
    journal_prune::anywhere,
    support::{
        board::Server,
        collab::{Client, options, texts},
        eventually,
        http::{Answer, Asking},
    },
};

/// In every text that is to be erased.
const SECRET: &str = "salainen";

async fn ask(server: &Server, method: Method, path: &str, token: &str, body: Option<Value>) -> Answer {
    let url = format!("http://{}/api/boards/{}{path}", server.address, server.board);
    let request = Asking::new(method, &url).bearer_auth(token);
    if let Some(body) = body { request.json(&body).send().await } else { request.send().await }
}

async fn purge(server: &Server, token: &str) -> Answer {
    ask(server, Method::POST, "/purge", token, None).await
}

/// The board as its file, but for when that was written.
async fn file(server: &Server, token: &str) -> Value {
    let mut file = ask(server, Method::GET, "/export.json", token, None).await.json();
    file.as_object_mut().unwrap().remove("exported").unwrap();
    file
}

async fn delete(client: &Client, note: &str) {
    let update = client.write(|txn, items| {
        let Some(Out::YMap(item)) = items.get(txn, note) else { panic!("no note {note}") };
        item.insert(txn, "gone", true);
    });
    client.sync(2, &update).await;
}

async fn cut(client: &Client, note: &str, letters: u32) {
    let update = client.write(|txn, items| {
        let Some(Out::YMap(item)) = items.get(txn, note) else { panic!("no note {note}") };
        let Some(Out::YText(text)) = item.get(txn, "text") else { panic!("no text") };
        assert!(text.get_string(txn).starts_with(SECRET));
        text.remove_range(txn, 0, letters);
    });
    client.sync(2, &update).await;
}

async fn saved(client: &Client) {
    client.until("all is saved", |heard| heard.durable == heard.sent && heard.refused.is_empty()).await;
}

/// What a client has, in a document of another client id: as a device that was offline.
fn copy(client: &Client) -> Doc {
    let doc = Doc::with_options(options());
    let state = yrs::ReadTxn::encode_state_as_update_v1(&client.doc.transact(), &yrs::StateVector::default());
    doc.transact_mut().apply_update(Update::decode_v1(&state).unwrap()).unwrap();
    doc
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_is_nowhere_and_no_old_copy_brings_it_back() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let (_, facilitator) = server.person("Fanni", Role::Facilitator).await;
    let aino = server.connect(person, &token).await;
    let kept = aino.note(&format!("{SECRET} kept")).await;
    let gone = aino.note(&format!("{SECRET} note")).await;
    saved(&aino).await;
    let named = ask(&server, Method::POST, "/snapshots", &facilitator, Some(json!({"name": "Ennen"}))).await;
    assert_eq!(named.status, 200, "{}", named.text);
    cut(&aino, &kept, SECRET.len() as u32 + 1).await;
    let typed_and_deleted = aino.note("").await;
    aino.append(&typed_and_deleted, &format!("{SECRET} typed")).await;
    let old_copy = copy(&aino);
    delete(&aino, &gone).await;
    delete(&aino, &typed_and_deleted).await;
    saved(&aino).await;
    let eye = server.dial_name(person, &token, &format!("board.{}.1", server.board)).await;
    eye.until("in step", |heard| heard.synced).await;
    let before = file(&server, &facilitator).await;
    assert!(before.to_string().contains("kept") && !before.to_string().contains(SECRET));
    assert!(anywhere(folder.path(), SECRET));

    let answer = purge(&server, &facilitator).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"objects": 2, "epoch": 2})));
    for client in [&aino, &eye] {
        client.until("it hears that its copy is old", |heard| heard.closed == Some(4410)).await;
    }
    assert_eq!(file(&server, &facilitator).await, before);
    let stream = Stream::board(server.board);
    let loaded = server.store.load(&stream).await.unwrap();
    assert_eq!((loaded.epoch, loaded.clients.len(), loaded.tail.len()), (2, 0, 0));
    assert_eq!(loaded.authors.into_iter().collect::<Vec<_>>(), [(kept.clone(), person)]);
    assert!(server.store.snapshots_of(server.board).await.unwrap().is_empty());
    eventually("no byte is left", async || !anywhere(folder.path(), SECRET)).await;

    // By the old name nobody gets in; by the name of today an old copy has nothing that the board takes.
    let by_name = server.dial_name(person, &token, &format!("board.{}.1", server.board)).await;
    by_name.until("denied", |heard| heard.denied.as_deref() == Some("retired")).await;
    let offline = server.dial(person, &token, old_copy).await;
    offline.until("in step", |heard| heard.synced && heard.durable == heard.sent).await;
    let old_client = server.dial(person, &token, aino.doc.clone()).await;
    old_client.until("in step", |heard| heard.synced && heard.durable == heard.sent).await;
    // What it had not sent when the epoch began is refused with a word.
    old_client.append(&kept, " unsent").await;
    old_client.until("refused", |heard| heard.refused.iter().any(|(_, code)| code == "client")).await;
    assert_eq!(file(&server, &facilitator).await, before);

    // The board goes on.
    let ben = server.client("Ben", Role::Participant).await;
    assert_eq!(ben.texts(), ["kept"]);
    ben.append(&kept, " and changed").await;
    ben.note("new").await;
    saved(&ben).await;
    ben.until_texts(&["kept and changed", "new"]).await;
    let server = server.restart().await;
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["kept and changed", "new"]);
    assert!(!anywhere(folder.path(), SECRET));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_is_saved_before() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (_, facilitator) = server.person("Fanni", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    saved(&aino).await;
    server.store.hold_commits();
    aino.note("on its way").await;
    let eye = server.client("Eye", Role::Observer).await;
    // The room has taken the note when it tells of what came after it.
    aino.presence(7, 1, Some("{}")).await;
    eye.until("what came after it", |heard| heard.presence.contains_key(&7)).await;
    let (answer, ()) = tokio::join!(purge(&server, &facilitator), async {
        // The first command that finds a held commit waits with all that follow.
        server.store.let_commit();
    });
    assert_eq!(answer.status, 200, "{}", answer.text);
    aino.until("it is told", |heard| heard.closed == Some(4410)).await;
    assert!(aino.has(|heard| heard.durable == heard.sent), "acknowledged before the end");
    assert_eq!(server.client("Late", Role::Observer).await.texts(), ["on its way"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_everything_as_it_was() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let (_, facilitator) = server.person("Fanni", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    let note = aino.note("deleted").await;
    delete(&aino, &note).await;
    saved(&aino).await;
    server.store.set_health(Health::Full);
    let refused = purge(&server, &facilitator).await;
    assert_eq!((refused.status, refused.code().as_str()), (503, "storage"));
    assert_eq!(server.store.board(server.board).await.unwrap().epoch, 1);
    server.store.set_health(Health::Good);
    aino.note("on").await;
    aino.until("saved again", |heard| heard.durable == heard.sent).await;
    assert!(aino.has(|heard| heard.closed.is_none()));
    let answer = purge(&server, &facilitator).await;
    assert_eq!(answer.json(), json!({"objects": 1, "epoch": 2}));
    // Nothing deleted is left; the past and snapshots go all the same.
    assert_eq!(purge(&server, &facilitator).await.json(), json!({"objects": 0, "epoch": 3}));
    let nothing = server.store.snapshot(server.board, SnapshotId::new()).await;
    assert!(nothing.is_err());
    assert_eq!(texts(&server.client("Late", Role::Observer).await.doc), ["on"]);
}
