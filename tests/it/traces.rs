//! yrs against Yjs through the server: random concurrent work of stock clients and a yrs client, with lines that go
//! away and come back, ends in equal documents everywhere. Knows not what the stock clients do: `tests/stock/traces.mjs`.
//!
//! `JALOSTAMO_TRACES` sets how many traces (3), `JALOSTAMO_SEED` the first seed; see docs/durability.md.

use std::{path::Path, process::Stdio, time::Duration};

use hyper::Method;
use jalostamo::{ids::PersonId, role::Role};
use serde_json::{Value, json};
use tokio::{process::Command, time::sleep};
use yrs::{Any, Doc, Map, MapPrelim, ReadTxn, TextPrelim, Transact, types::ToJson};

use crate::{
    kill_load::Worker,
    support::{
        board::Server,
        collab::{Client, options},
        http::Asking,
        random::{Random, seed, setting},
    },
};

const ROOTS: [&str; 4] = ["items", "links", "comments", "meta"];
/// Edits of each client.
const STEPS: usize = 150;

/// The whole document as JSON; nothing may wait in it.
fn content(doc: &Doc) -> Value {
    let roots = ROOTS.map(|root| (root, doc.get_or_insert_map(root)));
    let txn = doc.transact();
    assert!(!txn.has_missing_updates(), "something waits in a yrs document");
    let json = |any: Any| -> Value {
        let mut text = String::new();
        any.to_json(&mut text);
        numbers(serde_json::from_str(&text).unwrap())
    };
    roots.into_iter().map(|(name, root)| (name.to_owned(), json(root.to_json(&txn)))).collect()
}

/// All numbers as JavaScript has them.
fn numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().unwrap()),
        Value::Array(all) => all.into_iter().map(numbers).collect(),
        Value::Object(all) => all.into_iter().map(|(key, value)| (key, numbers(value))).collect(),
        other => other,
    }
}

/// Each client's last edit is a comment; nobody works on those.
fn markers(doc: &Doc) -> usize {
    let comments = doc.get_or_insert_map("comments");
    usize::try_from(comments.len(&doc.transact())).unwrap()
}

fn mark(client: &Client) -> Vec<u8> {
    let comments = client.doc.get_or_insert_map("comments");
    let mut txn = client.doc.transact_mut();
    let comment = comments.insert(&mut txn, format!("c_01J{:0>23}", 9), MapPrelim::default());
    comment.insert(&mut txn, "kind", "comment");
    comment.insert(&mut txn, "author", client.person.to_string());
    comment.insert(&mut txn, "made", 0_i64);
    comment.insert(&mut txn, "text", TextPrelim::new("done"));
    txn.encode_update_v1()
}

async fn settled(client: &Client) {
    client.until("acknowledged", |heard| heard.sent > 0 && heard.durable >= heard.sent).await;
}

/// Works at random, off and on; then leaves its marker.
async fn yrs_client(server: &Server, who: &(PersonId, String), random: Random) -> Client {
    let doc = Doc::with_options(options());
    let mut dice = random.clone();
    let mut worker = Worker::new(who.0, doc.clone(), random);
    let mut client = Some(server.dial(who.0, &who.1, doc.clone()).await);
    for _ in 0..STEPS {
        if let (Some(update), Some(client)) = (worker.work(), &client) {
            client.sync(2, &update).await;
        }
        match dice.below(40) {
            0 => client = None,
            1..6 if client.is_none() => client = Some(server.dial(who.0, &who.1, doc.clone()).await),
            _ => {}
        }
        sleep(Duration::from_millis(dice.next() % 4)).await;
    }
    let client = match client {
        Some(client) => client,
        None => server.dial(who.0, &who.1, doc.clone()).await,
    };
    let update = mark(&client);
    client.sync(2, &update).await;
    settled(&client).await;
    client
}

/// Gives how many stock clients, updates that entered, and objects.
async fn trace(seed: u64) -> (usize, u64, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stock");
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let mut random = Random::new(seed);
    let stock = 3 + random.below(3);
    let mut people = Vec::new();
    for number in 0..stock {
        let (person, token) = server.person(&format!("Stock {number}"), Role::Participant).await;
        people.push(json!({"person": person.to_string(), "token": token}));
    }
    let setting = json!({
        "server": server.address.to_string(), "board": server.board.to_string(), "people": people,
        "seed": seed, "steps": STEPS, "markers": stock + 1,
    });
    let node = Command::new("node")
        .arg("traces.mjs")
        .current_dir(&folder)
        .env("TRACE", setting.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let who = server.person("Yrs", Role::Participant).await;
    let (ours, output) = tokio::join!(yrs_client(&server, &who, random), node.wait_with_output());
    let output = output.unwrap();
    assert!(output.status.success(), "seed {seed}: {}", String::from_utf8_lossy(&output.stderr));
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(reports.len(), stock);

    let metrics = &server.app.metrics;
    assert_eq!(metrics.updates_refused.get(), 0, "seed {seed}: nobody did what they may not");
    let entered = metrics.updates_accepted.get();
    assert!(entered > 40 * stock as u64, "seed {seed}: only {entered} updates");
    let summary: Vec<Value> = reports
        .iter()
        .map(|report| json!([report["kind"], report["markers"], report["state"], report["pending"]]))
        .collect();
    for report in &reports {
        let kind = &report["kind"];
        assert_eq!(report["markers"], stock + 1, "seed {seed}: {kind} has not got everything: {summary:?}");
        assert_eq!(report["pending"], false, "seed {seed}: something waits in {kind}");
    }
    ours.until("all markers", |_| markers(&ours.doc) == stock + 1).await;
    let expected = content(&ours.doc);
    let fresh = server.client("Fresh", Role::Observer).await;
    assert_eq!(content(&fresh.doc), expected, "seed {seed}: the server's state and the yrs client's");
    for report in reports {
        let kind = report["kind"].as_str().unwrap();
        assert_eq!(numbers(report["content"].clone()), expected, "seed {seed}: {kind}");
    }
    let server = server.restart().await;
    let again = server.client("Again", Role::Observer).await;
    assert_eq!(content(&again.doc), expected, "seed {seed}: what was stored");
    exported(&server, &who.1, &expected).await;
    let objects = ROOTS.iter().filter_map(|root| expected[root].as_object().map(serde_json::Map::len)).sum();
    (stock, entered, objects)
}

/// The export holds the texts of exactly the notes that are on the board.
async fn exported(server: &Server, token: &str, content: &Value) {
    let url = format!("http://{}/api/boards/{}/export.json", server.address, server.board);
    let answer = Asking::new(Method::GET, &url).bearer_auth(token).send().await;
    assert_eq!(answer.status, 200);
    let file = answer.json();
    let mut exported: Vec<(String, String)> =
        file["items"].as_array().unwrap().iter().map(|item| (word(&item["id"]), word(&item["text"]))).collect();
    let here = content["items"].as_object().unwrap().iter().filter(|(_, item)| item["gone"] != json!(true));
    let mut expected: Vec<(String, String)> = here.map(|(id, item)| (id.clone(), word(&item["text"]))).collect();
    exported.sort();
    expected.sort();
    assert_eq!(exported, expected);
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn yjs_and_yrs_end_in_the_same_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stock/node_modules");
    assert!(folder.is_dir(), "The stock clients are not installed: run `npm ci --prefix tests/stock` first.");
    let (traces, first) = (setting("JALOSTAMO_TRACES", 3), seed("JALOSTAMO_SEED"));
    println!("traces: {traces} traces from JALOSTAMO_SEED={first}");
    for seed in first..first + traces {
        let (stock, updates, objects) = trace(seed).await;
        println!("traces: {seed} ended equal: {stock} stock clients, {updates} updates, {objects} objects");
    }
}
