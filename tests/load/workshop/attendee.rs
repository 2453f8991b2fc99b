//! A participant on a team's board: hears what facilitators say to all, and some of them write. Knows no figures.

use std::{cell::RefCell, net::SocketAddr, rc::Rc};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use jalostamo::wire::{Head, lib0::put_bytes, message::encode};
use tokio::{net::TcpStream, task::spawn_local};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use yrs::{Doc, Map, MapPrelim, OffsetKind, Options, Text, TextPrelim, TextRef, Transact, WriteTxn, block::ClientID};

use super::held::Seat;
use crate::clock;

/// A note is full before it is as long as it may be.
const FULL: u32 = 3_000;

type Sink = SplitSink<WebSocketStream<MaybeTlsStream<TcpStream>>, Message>;

/// What all have heard: of each call the moments at which it came to somebody.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) calls: Vec<Vec<u64>>,
    /// Connections that ended.
    pub(crate) ended: usize,
    /// Edits that did not enter.
    pub(crate) refused: usize,
}

/// The words of a call, by which it is known again.
pub(crate) fn words(call: usize) -> String {
    format!("Kutsu numero {call}.")
}

pub(crate) struct Attendee {
    sink: Sink,
    head: Head,
    person: String,
    doc: Doc,
    text: Option<TextRef>,
    made: usize,
}

impl Attendee {
    /// Opens the board; what is said comes into `heard`.
    pub(crate) async fn join(address: SocketAddr, seat: &Seat, heard: &Rc<RefCell<Heard>>) -> Result<Self, String> {
        let (socket, _) = connect_async(format!("ws://{address}/collab")).await.map_err(|error| error.to_string())?;
        let (sink, mut stream) = socket.split();
        let head = Head::named(&format!("board.{}", seat.board));
        let mut attendee = Self { sink, head, person: seat.person.clone(), doc: document()?, text: None, made: 0 };
        let mut auth = vec![2, 0];
        put_bytes(&mut auth, seat.token.as_bytes());
        attendee.send(auth.into()).await?;
        attendee.send(encode::stateless(r#"{"type":"hello","client":"load/1"}"#)).await?;
        attendee.send(encode::step_1(&[0])).await?;
        attendee.send(encode::step_2(&[0, 0])).await?;
        let heard = Rc::clone(heard);
        spawn_local(async move {
            while let Some(Ok(message)) = stream.next().await {
                if let Message::Binary(frame) = message {
                    take(&frame, &mut heard.borrow_mut());
                }
            }
            heard.borrow_mut().ended += 1;
        });
        Ok(attendee)
    }

    async fn send(&mut self, message: Bytes) -> Result<(), String> {
        let frame = self.head.frame(&message);
        self.sink.send(Message::Binary(frame)).await.map_err(|error| error.to_string())
    }

    /// Types one letter, in a new note when there is none or it is full.
    pub(crate) async fn write(&mut self) -> Result<(), String> {
        let update = {
            let mut txn = self.doc.transact_mut();
            match self.text.as_ref().filter(|text| yrs::Text::len(*text, &txn) < FULL) {
                Some(text) => {
                    let end = text.len(&txn);
                    text.insert(&mut txn, end, "k");
                }
                None => {
                    let items = txn.get_or_insert_map("items");
                    let id = jalostamo::ids::BoardId::new().to_string().replacen("b_", "n_", 1);
                    let item = items.insert(&mut txn, id, MapPrelim::default());
                    item.insert(&mut txn, "kind", "note");
                    item.insert(&mut txn, "author", self.person.as_str());
                    item.insert(&mut txn, "made", 1_790_000_000_000_i64);
                    self.text = Some(item.insert(&mut txn, "text", TextPrelim::new("")));
                    self.made += 1;
                }
            }
            txn.encode_update_v1()
        };
        self.send(encode::update(&update)).await
    }
}

/// As Yjs: a client id of 32 bits, lengths in UTF-16.
fn document() -> Result<Doc, String> {
    let id = getrandom::u32().map_err(|error| error.to_string())?;
    let client_id = ClientID::new(u64::from(id));
    Ok(Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() }))
}

/// Notes which call a session state brings.
fn take(frame: &[u8], heard: &mut Heard) {
    let refused = br#"{"type":"refused""#;
    heard.refused += usize::from(frame.windows(refused.len()).any(|window| window == refused));
    let begin = b"Kutsu numero ";
    let Some(at) = frame.windows(begin.len()).position(|window| window == begin) else { return };
    let digits = frame.iter().skip(at + begin.len()).take_while(|byte| byte.is_ascii_digit());
    let call = digits.fold(0_usize, |number, digit| number * 10 + usize::from(digit - b'0'));
    if heard.calls.len() <= call {
        heard.calls.resize_with(call + 1, Vec::new);
    }
    heard.calls[call].push(clock::now());
}
