//! Promise: an edit costs what it costs, however much else is on the board: 10,000 notes or one. Knows no sockets and no disk.

use std::time::{Duration, Instant};

use bytes::Bytes;
use jalostamo::{
    board::{edit, import, read},
    gate::{Verdict, splice},
    ids::PersonId,
    rights::Rights,
    role::Role,
};
use serde_json::json;
use yrs::{GetString, Map, Out, ReadTxn, Text, Transact, Update, updates::decoder::Decode, updates::encoder::Encode};

use crate::{
    gate_peer::{Board, Peer, id, make, object, point, rights, text},
    support::random::Random,
};

/// Edits of one kind that are measured at a time, and how often.
const EDITS: usize = 100;
const ROUNDS: usize = 31;

/// A board of so many notes that an import made, and somebody with a browser who has it.
struct Desk {
    board: Board,
    peer: Peer,
    rights: Rights,
    names: Vec<String>,
    made: usize,
}

/// What one edit took: in the gate, and in the document with what the room does after it.
#[derive(Clone, Copy, Default)]
struct Cost {
    gate: Duration,
    document: Duration,
}

impl Desk {
    fn new(notes: usize) -> Self {
        let items: Vec<_> = (0..notes)
            .map(|n| {
                json!({"id": id("n", n), "kind": "note", "at": [n % 100 * 300, n / 100 * 200],
                    "text": format!("Lapun {n} teksti, jossa on muutama sana")})
            })
            .collect();
        let file = json!({"format": import::FORMAT, "version": import::VERSION, "items": items});
        let file = import::read(file.to_string().as_bytes()).unwrap();
        let (mut board, peer) = (Board::new(), Peer::new(4_000));
        let owner = rights(PersonId::new(), Role::Owner);
        for update in edit::import(&file, owner.person, 2_000, 1_700_000_000_000) {
            board.accept(&update, &owner);
            peer.apply(&update);
        }
        let names = file.board().items.iter().map(|item| item.id.clone()).collect();
        let rights = rights(peer.person, Role::Owner);
        Self { board, peer, rights, names, made: 0 }
    }

    /// An edit of this kind as an editor sends it.
    fn edit(&mut self, kind: &str, random: &mut Random) -> Bytes {
        let name = random.pick(&self.names).unwrap().clone();
        let at = random.below(100) as i64;
        self.made += 1;
        match kind {
            "move" => self.peer.edit(|txn| {
                object(txn, "items", &name).insert(txn, "at", point(at, -at));
            }),
            "type" => self.peer.edit(|txn| {
                let text = text(txn, "items", &name);
                let length = text.len(txn);
                text.insert(txn, length, "a");
            }),
            "delete" => self.peer.edit(|txn| {
                let text = text(txn, "items", &name);
                if text.len(txn) > 3 {
                    text.remove_range(txn, 2, 1);
                } else {
                    text.insert(txn, 0, "abcdefghijklmnopqrstuvwxyz");
                }
            }),
            _ => {
                let (person, name) = (self.peer.person, id("n", 1_000_000 + self.made));
                self.peer.edit(|txn| {
                    let note = make(txn, "items", &name, "note", person);
                    note.insert(txn, "at", point(at, at));
                })
            }
        }
    }

    /// What the server does with an edit that comes alone.
    fn take(&mut self, update: &Bytes) -> Cost {
        let began = Instant::now();
        let Verdict::Accept(accepted) = self.board.gate.judge(update, &self.rights) else { panic!("not accepted") };
        let gate = began.elapsed();
        let began = Instant::now();
        let doc = &self.board.doc;
        let decoded = Update::decode_v1(&accepted.update).unwrap();
        doc.transact_mut().apply_update(decoded).unwrap();
        let vector = doc.transact().state_vector().encode_v1();
        let frames = splice(std::slice::from_ref(&accepted));
        let title = read::title_of(&doc.transact());
        let document = began.elapsed();
        assert!(!vector.is_empty() && frames.len() == 1 && title.is_empty());
        Cost { gate, document }
    }

    /// The mean cost of some edits of one kind.
    fn some(&mut self, kind: &str, random: &mut Random) -> Cost {
        let mut sum = Cost::default();
        for _ in 0..EDITS {
            let update = self.edit(kind, random);
            let cost = self.take(&update);
            sum.gate += cost.gate;
            sum.document += cost.document;
        }
        Cost { gate: sum.gate / EDITS as u32, document: sum.document / EDITS as u32 }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// `cargo test --release --test it gate_cost -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measure_an_edit_against_the_size_of_its_board() {
    let (mut small, mut large, mut random) = (Desk::new(1), Desk::new(10_000), Random::new(1));
    println!("median of {ROUNDS} interleaved rounds of {EDITS} edits, microseconds: on 1 note, on 10,000, ratio");
    let (mut all_small, mut all_large) = (0.0, 0.0);
    for kind in ["move", "type", "delete", "make"] {
        let (mut gates, mut documents) = ([vec![], vec![]], [vec![], vec![]]);
        for _ in 0..ROUNDS {
            for (which, desk) in [&mut small, &mut large].into_iter().enumerate() {
                let cost = desk.some(kind, &mut random);
                gates[which].push(cost.gate.as_secs_f64() * 1e6);
                documents[which].push(cost.document.as_secs_f64() * 1e6);
            }
        }
        let [gate_small, gate_large] = gates.map(median);
        let [small, large] = documents.map(median);
        println!(
            "{kind:8} gate {gate_small:6.2} {gate_large:6.2} {:5.2}   document {small:6.2} {large:6.2} {:5.2}   both {:5.2}",
            gate_large / gate_small,
            large / small,
            (gate_large + large) / (gate_small + small),
        );
        all_small += gate_small + small;
        all_large += gate_large + large;
    }
    println!("all      {:.2}", all_large / all_small);
}

/// Whatever is measured is what happens: the desk's edits enter, and both sides read the same.
#[test]
fn the_measured_edits_are_edits() {
    let (mut desk, mut random) = (Desk::new(20), Random::new(1));
    for kind in ["move", "type", "delete", "make"] {
        for _ in 0..20 {
            let update = desk.edit(kind, &mut random);
            desk.take(&update);
        }
    }
    let texts = |doc: &yrs::Doc| {
        let txn = doc.transact();
        let items = txn.get_map("items").unwrap();
        let text = |name: &String| match items.get(&txn, name) {
            Some(Out::YMap(note)) => match note.get(&txn, "text") {
                Some(Out::YText(text)) => text.get_string(&txn),
                _ => panic!("no text"),
            },
            _ => panic!("no note"),
        };
        desk.names.iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(texts(&desk.board.doc), texts(&desk.peer.doc));
    assert_eq!(read::from_doc(&desk.board.doc).items.len(), 40);
}
