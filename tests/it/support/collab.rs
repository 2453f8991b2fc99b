//! A client of the Hocuspocus framing that folds what it hears into state, so that tests wait for conditions.
//! Knows no promise.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use jalostamo::{
    ids::{BoardId, PersonId},
    wire::{
        Head, awareness,
        lib0::{Reader, put_bytes, put_uint},
    },
};
use serde_json::Value;
use tokio::{net::TcpStream, sync::Notify, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};
use yrs::{
    Any, Doc, GetString, Map, MapPrelim, MapRef, OffsetKind, Options, Out, ReadTxn, StateVector, Text, TextPrelim,
    Transact, TransactionMut, Update,
    block::ClientID,
    updates::{decoder::Decode, encoder::Encode},
};

use crate::support::board::Server;

/// Longer than anything that works takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// As Yjs: a random client id of 32 bits, lengths in UTF-16.
pub(crate) fn options() -> Options {
    let mut id = [0; 4];
    getrandom::fill(&mut id).unwrap();
    let client_id = ClientID::new(u64::from(u32::from_le_bytes(id)));
    Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() }
}

/// What a client has heard.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) synced: bool,
    /// Sync messages with an update that this connection sent, answers to the server's step 1 among them.
    pub(crate) sent: u64,
    pub(crate) durable: u64,
    pub(crate) statuses: Vec<u64>,
    /// (n, code)
    pub(crate) refused: Vec<(u64, String)>,
    /// The reasons of refusals, by n.
    pub(crate) reasons: HashMap<u64, Value>,
    pub(crate) session: Option<Value>,
    pub(crate) presence: HashMap<u64, Value>,
    pub(crate) presence_frames: usize,
    pub(crate) steps_1: usize,
    pub(crate) steps_2: usize,
    pub(crate) denied: Option<String>,
    pub(crate) closed: Option<u16>,
    /// Since [`Client::record`]: each message with an update or a state.
    pub(crate) received: Option<Vec<Bytes>>,
}

type Sink = SplitSink<WebSocketStream<MaybeTlsStream<TcpStream>>, Message>;

/// One connection. Its reader answers the server's sync step 1 as every provider does.
pub(crate) struct Client {
    pub(crate) person: PersonId,
    pub(crate) doc: Doc,
    head: Head,
    sink: Arc<tokio::sync::Mutex<Sink>>,
    heard: Arc<Mutex<Heard>>,
    news: Arc<Notify>,
    reader: tokio::task::JoinHandle<()>,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Client {
    pub(crate) async fn dial(server: &Server, person: PersonId, token: &str, doc: Doc, name: &str) -> Self {
        Self::dial_address(server.address, person, token, doc, name).await
    }

    /// As [`Client::dial`], for a server of which only the address is known.
    pub(crate) async fn dial_address(address: SocketAddr, person: PersonId, token: &str, doc: Doc, name: &str) -> Self {
        let request = format!("ws://{address}/collab").into_client_request().unwrap();
        // Browsers take a board in one frame whatever its size.
        let any_size = WebSocketConfig::default().max_frame_size(None).max_message_size(None);
        let (socket, _) = connect_async_with_config(request, Some(any_size), false).await.unwrap();
        let (sink, mut stream) = socket.split();
        let mut client = Self {
            person,
            doc: doc.clone(),
            head: Head::named(name),
            sink: Arc::new(tokio::sync::Mutex::new(sink)),
            heard: Arc::default(),
            news: Arc::default(),
            reader: tokio::spawn(async {}),
        };
        let (heard, news, sink) = (Arc::clone(&client.heard), Arc::clone(&client.news), Arc::clone(&client.sink));
        let head = client.head.clone();
        // Before anything is read: who answers the server's step 1 first is a provider that cannot be told of refusals.
        let mut auth = vec![2, 0];
        put_bytes(&mut auth, token.as_bytes());
        client.send(auth).await;
        client.stateless(r#"{"type":"hello","client":"test/1"}"#).await;
        client.step_1().await;
        let own = doc.clone();
        let reader = tokio::spawn(async move {
            while let Some(message) = stream.next().await {
                let answer = match message {
                    Ok(Message::Binary(frame)) => hear(&own, &mut heard.lock().unwrap(), frame),
                    Ok(Message::Close(frame)) => {
                        heard.lock().unwrap().closed = Some(frame.map_or(1005, |frame| frame.code.into()));
                        None
                    }
                    Ok(_) => None,
                    Err(_) => break,
                };
                if let Some(answer) = answer {
                    let mut sink = sink.lock().await;
                    heard.lock().unwrap().sent += 1;
                    let _ = sink.send(Message::Binary(head.frame(&answer))).await;
                }
                news.notify_waiters();
            }
            heard.lock().unwrap().closed.get_or_insert(1006);
            news.notify_waiters();
        });
        client.reader = reader;
        client
    }

    /// Sends a message of this document.
    pub(crate) async fn send(&self, message: Vec<u8>) {
        // A socket that the server has closed is what some tests are about.
        let _ = self.sink.lock().await.send(Message::Binary(self.head.frame(&message.into()))).await;
    }

    pub(crate) async fn stateless(&self, json: &str) {
        let mut message = vec![5];
        put_bytes(&mut message, json.as_bytes());
        self.send(message).await;
    }

    pub(crate) async fn step_1(&self) {
        let vector = self.doc.transact().state_vector().encode_v1();
        self.sync(0, &vector).await;
    }

    /// A sync message: 0 step 1, 1 step 2, 2 update. Gives its number among those that carry an update.
    pub(crate) async fn sync(&self, step: u64, payload: &[u8]) -> u64 {
        let mut message = vec![0];
        put_uint(&mut message, step);
        put_bytes(&mut message, payload);
        let mut sink = self.sink.lock().await;
        let n = {
            let mut heard = self.heard.lock().unwrap();
            heard.sent += u64::from(step > 0);
            heard.sent
        };
        // As in `send`.
        let _ = sink.send(Message::Binary(self.head.frame(&message.into()))).await;
        n
    }

    pub(crate) async fn presence(&self, client: u64, clock: u64, state: Option<&str>) {
        let entry = awareness::entry(client, clock, state);
        let mut message = vec![1];
        put_bytes(&mut message, &awareness::write([entry].iter()));
        self.send(message).await;
    }

    /// Edits the local document and gives the update, unsent.
    pub(crate) fn write(&self, work: impl FnOnce(&mut TransactionMut<'_>, &MapRef)) -> Vec<u8> {
        let items = self.doc.get_or_insert_map("items");
        let mut txn = self.doc.transact_mut();
        work(&mut txn, &items);
        txn.encode_update_v1()
    }

    /// Makes a note and sends it; gives its id.
    pub(crate) async fn note(&self, text: &str) -> String {
        let (id, update) = self.write_note(text);
        self.sync(2, &update).await;
        id
    }

    pub(crate) fn write_note(&self, text: &str) -> (String, Vec<u8>) {
        let id = BoardId::new().to_string().replacen("b_", "n_", 1);
        let update = self.write(|txn, items| put_note(txn, items, &id, self.person, text));
        (id, update)
    }

    /// Appends to a note's text and sends that.
    pub(crate) async fn append(&self, note: &str, text: &str) {
        let update = self.write_append(note, text);
        self.sync(2, &update).await;
    }

    pub(crate) fn write_append(&self, note: &str, text: &str) -> Vec<u8> {
        self.write(|txn, items| {
            let Some(Out::YMap(item)) = items.get(txn, note) else { panic!("no note {note}") };
            let Some(Out::YText(y)) = item.get(txn, "text") else { panic!("no text") };
            let end = y.len(txn);
            y.insert(txn, end, text);
        })
    }

    /// The texts of all notes, sorted.
    pub(crate) fn texts(&self) -> Vec<String> {
        texts(&self.doc)
    }

    pub(crate) fn has<T>(&self, read: impl FnOnce(&Heard) -> T) -> T {
        read(&self.heard.lock().unwrap())
    }

    /// From now on every update is kept as it comes. Gives what is read from the document as it is at that moment.
    pub(crate) fn record<T>(&self, read: impl FnOnce(&Doc) -> T) -> T {
        // The lock is what the reader holds while it applies.
        let mut heard = self.heard.lock().unwrap();
        heard.received = Some(Vec::new());
        read(&self.doc)
    }

    /// Waits until what was heard is so.
    pub(crate) async fn until(&self, what: &str, so: impl Fn(&Heard) -> bool) {
        let wait = async {
            loop {
                let news = self.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                if so(&self.heard.lock().unwrap()) {
                    return;
                }
                news.await;
            }
        };
        if timeout(PATIENCE, wait).await.is_err() {
            let heard = self.heard.lock().unwrap();
            panic!(
                "waited in vain: {what}; durable {}, refused {:?}, closed {:?}, denied {:?}, session {:?}, notes {:?}",
                heard.durable,
                heard.refused,
                heard.closed,
                heard.denied,
                heard.session,
                texts(&self.doc)
            );
        }
    }

    /// Waits until the document shows these texts.
    pub(crate) async fn until_texts(&self, expected: &[&str]) {
        self.until(&format!("{expected:?}"), |_| texts(&self.doc) == expected).await;
    }
}

/// The fields that a browser writes for a new note.
pub(crate) fn put_note(txn: &mut TransactionMut<'_>, items: &MapRef, id: &str, author: PersonId, text: &str) {
    let item = items.insert(txn, id, MapPrelim::default());
    item.insert(txn, "kind", "note");
    item.insert(txn, "author", author.to_string());
    item.insert(txn, "made", 1_790_000_000_000_i64);
    item.insert(txn, "at", Any::from(vec![Any::from(0), Any::from(0)]));
    item.insert(txn, "text", TextPrelim::new(text));
}

pub(crate) fn texts(doc: &Doc) -> Vec<String> {
    let items = doc.get_or_insert_map("items");
    let txn = doc.transact();
    let text = |out: Out| match out {
        Out::YMap(item) => match item.get(&txn, "text") {
            Some(Out::YText(text)) => Some(text.get_string(&txn)),
            _ => None,
        },
        _ => None,
    };
    let mut texts: Vec<String> = items.iter(&txn).filter_map(|(_, out)| text(out)).collect();
    texts.sort();
    texts
}

/// Applies a sync message's payload, behind its length, to a document.
pub(crate) fn apply(doc: &Doc, payload: &[u8]) {
    let payload = Reader::new(Bytes::copy_from_slice(payload)).bytes().unwrap();
    doc.transact_mut().apply_update(Update::decode_v1(&payload).unwrap()).unwrap();
}

/// Takes a frame in; gives the answer that every provider would send.
pub(crate) fn hear(doc: &Doc, heard: &mut Heard, frame: Bytes) -> Option<Bytes> {
    let mut reader = Reader::new(frame);
    if reader.left() == 1 {
        return None;
    }
    reader.string().unwrap();
    match reader.uint().unwrap() {
        0 => {
            let step = reader.uint().unwrap();
            let payload = reader.bytes().unwrap();
            if step == 0 {
                heard.steps_1 += 1;
                let vector = StateVector::decode_v1(&payload).unwrap();
                let update = doc.transact().encode_state_as_update_v1(&vector);
                return Some(jalostamo::wire::message::encode::step_2(&update));
            }
            doc.transact_mut().apply_update(Update::decode_v1(&payload).unwrap()).unwrap();
            if let Some(received) = &mut heard.received {
                received.push(payload);
            }
            if step == 1 {
                heard.steps_2 += 1;
                heard.synced = true;
            }
        }
        1 => {
            heard.presence_frames += 1;
            for entry in awareness::read(reader.bytes().unwrap()).unwrap() {
                match entry.state {
                    Some(state) => _ = heard.presence.insert(entry.client, serde_json::from_slice(&state).unwrap()),
                    None => _ = heard.presence.remove(&entry.client),
                }
            }
        }
        2 => {
            if reader.uint().unwrap() == 1 {
                heard.denied = Some(reader.string().unwrap());
            }
        }
        5 => {
            let json: Value = serde_json::from_str(&reader.string().unwrap()).unwrap();
            match json["type"].as_str().unwrap() {
                "session" => heard.session = Some(json),
                "durable" => heard.durable = json["n"].as_u64().unwrap(),
                "refused" => {
                    let code = json["reason"]["code"].as_str().unwrap().to_owned();
                    heard.refused.push((json["n"].as_u64().unwrap(), code));
                    heard.reasons.insert(json["n"].as_u64().unwrap(), json["reason"].clone());
                }
                other => panic!("unknown message {other}"),
            }
        }
        8 => heard.statuses.push(reader.uint().unwrap()),
        7 => {}
        other => panic!("unknown type {other}"),
    }
    None
}
