//! Promise: the gate and yrs agree. What the gate accepts leaves nothing pending, what it makes wait has a gap, and
//! the index that grew is the one that the document gives.

use bytes::Bytes;
use jalostamo::{
    gate::{Accepted, Verdict, splice},
    rights::Rights,
    role::Role,
};
use proptest::{collection::vec, prelude::*};
use yrs::{
    Any, Map, MapPrelim, Out, ReadTxn, StateVector, Text, TextPrelim, Transact, TransactionMut, WriteTxn,
    types::ToJson, updates::decoder::Decode,
};

use crate::gate_peer::{Board, Peer, apply, document, id, make, point, rights, survives, whole};

/// One step of somebody, read off five random numbers.
pub(crate) type Step = (u8, u8, u16, u16, u8);

/// The obstacles: they have text, plain fields and a set.
fn notes(txn: &TransactionMut<'_>) -> Vec<(String, yrs::MapRef)> {
    let Some(items) = txn.get_map("items") else { return vec![] };
    let mut notes: Vec<_> = items
        .iter(txn)
        .filter(|(name, _)| name.starts_with("o_"))
        .filter_map(|(name, value)| if let Out::YMap(note) = value { Some((name.to_owned(), note)) } else { None })
        .collect();
    notes.sort_by(|a, b| a.0.cmp(&b.0));
    notes
}

/// A step that the schema allows; the update it makes.
pub(crate) fn step(peer: &Peer, new: usize, (_, what, a, b, c): Step) -> Bytes {
    peer.edit(|txn| {
        let notes = notes(txn);
        let chosen = notes.get(usize::from(a) % notes.len().max(1)).cloned();
        let Some((name, note)) = chosen.filter(|_| what % 16 > 1) else {
            let name = id("o", new);
            let note = make(txn, "items", &name, "obstacle", peer.person);
            note.insert(txn, "text", TextPrelim::new("alku😀"));
            return;
        };
        let text = match note.get(txn, "text") {
            Some(Out::YText(text)) => Some(text),
            _ => None,
        };
        let length = text.as_ref().map_or(0, |text| text.len(txn));
        match what % 16 {
            2..=5 => {
                if let Some(text) = text {
                    text.insert(txn, u32::from(b) % (length + 1), ["a", "äö", "x😀y", "pitkä pätkä"][usize::from(c % 4)]);
                }
            }
            6 | 7 if length > 0 => {
                let at = u32::from(b) % length;
                if let Some(text) = text {
                    text.remove_range(txn, at, (u32::from(c) % 5 + 1).min(length - at));
                }
            }
            8 | 9 => { note.insert(txn, "at", point(i64::from(a), i64::from(b))); },
            10 => { note.insert(txn, "gone", c % 2 == 0); },
            11 => { note.remove(txn, "gone"); },
            12 => { note.insert(txn, "types", MapPrelim::from([("funding", true)])); },
            13 => {
                if let Some(Out::YMap(types)) = note.get(txn, "types") {
                    let element = ["funding", "culture", "other"][usize::from(c % 3)];
                    if b % 2 == 0 { { types.insert(txn, element, true); } } else { { types.remove(txn, element); } }
                }
            }
            14 => { note.insert(txn, "text", TextPrelim::new("uusi")); },
            _ => {
                let own = matches!(note.get(txn, "author"), Some(Out::Any(Any::String(who))) if *who == *peer.person.to_string());
                if own {
                    txn.get_or_insert_map("items").remove(txn, &name);
                }
            }
        }
    })
}

struct Scene {
    board: Board,
    peers: Vec<Peer>,
    /// Updates that nobody has judged yet, with who sends them.
    mail: Vec<(usize, Bytes)>,
    accepted: Vec<Accepted>,
}

impl Scene {
    fn new() -> Self {
        let peers = (0..4).map(|n| Peer::new(100 + n)).collect();
        Self { board: Board::new(), peers, mail: vec![], accepted: vec![] }
    }

    fn rights(&self, who: usize) -> Rights {
        rights(self.peers[who].person, Role::Owner)
    }

    /// Gives an update to the server; the gate's word must be what a document says of it.
    fn deliver(&mut self, who: usize, update: &Bytes) -> bool {
        let probe = document(2);
        apply(&probe, &whole(&self.board.doc));
        let before = (probe.transact().state_vector(), probe.transact().snapshot());
        let read = yrs::Update::decode_v1(update).unwrap();
        // yrs bridges a gap before a client's blocks with a placeholder, and then calls nothing pending.
        let gap = read.state_vector_lower().iter().any(|(client, clock)| *clock > before.0.get(client));
        probe.transact_mut().apply_update(read).unwrap();
        let pending = gap || probe.transact().has_missing_updates();
        let changed = (probe.transact().state_vector(), probe.transact().snapshot()) != before;
        let rights = self.rights(who);
        match self.board.judge(update, &rights) {
            Verdict::Accept(accepted) => {
                assert!(!pending, "accepted with something pending");
                assert!(changed, "accepted what changes nothing");
                self.accepted.push(accepted);
                true
            }
            Verdict::Nothing => {
                assert!(!pending && !changed, "called nothing what changes something");
                true
            }
            Verdict::Wait => {
                assert!(pending, "waits though nothing is missing");
                false
            }
            Verdict::Refuse(refusal) => panic!("refused an honest edit: {refusal:?}"),
        }
    }

    fn run(&mut self, steps: &[Step]) {
        for (number, &it) in steps.iter().enumerate() {
            let (who, what, a, b, _) = it;
            let who = usize::from(who) % self.peers.len();
            match what >> 4 {
                // Hears of everything that the server has.
                0..=1 => {
                    let missing = self.peers[who].doc.transact().state_vector();
                    let news = self.board.doc.transact().encode_state_as_update_v1(&missing);
                    self.peers[who].apply(&news);
                }
                // Sends everything that the server has not: sync step 2.
                2 => {
                    let known = StateVector::decode_v1(&self.board.gate.encode_state_vector()).unwrap();
                    let update = self.peers[who].doc.transact().encode_state_as_update_v1(&known);
                    assert!(self.deliver(who, &update.into()), "sync step 2 waits");
                }
                // Something on its way arrives, perhaps not in order, perhaps not for the last time.
                3..=5 if !self.mail.is_empty() => {
                    let which = if what >> 4 == 3 { usize::from(a) % self.mail.len() } else { 0 };
                    let (who, update) = self.mail[which].clone();
                    if self.deliver(who, &update) && b % 4 > 0 {
                        self.mail.remove(which);
                    }
                }
                _ => {
                    let update = step(&self.peers[who], number, it);
                    self.mail.push((who, update));
                }
            }
            self.board.check_loaded();
        }
        for who in 0..self.peers.len() {
            let update = self.peers[who].whole();
            assert!(self.deliver(who, &update));
        }
    }
}

fn steps(count: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(any::<Step>(), 1..count)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gate_and_yrs_agree(steps in steps(60)) {
        let mut scene = Scene::new();
        scene.run(&steps);
        // Everyone who hears the batch has what those have who heard one after another.
        let (one, other) = (document(3), document(4));
        for accepted in &scene.accepted {
            apply(&one, &accepted.update);
        }
        for frame in splice(&scene.accepted) {
            apply(&other, &frame);
        }
        for root in ["items", "meta"] {
            let (a, b) = (one.get_or_insert_map(root), other.get_or_insert_map(root));
            prop_assert_eq!(a.to_json(&one.transact()), b.to_json(&other.transact()));
        }
        prop_assert_eq!(one.transact().state_vector(), other.transact().state_vector());
        prop_assert_eq!(one.transact().snapshot(), other.transact().snapshot());
        // Everyone has everything now, so nobody has anything to say.
        for who in 0..scene.peers.len() {
            let missing = scene.peers[who].doc.transact().state_vector();
            let news = scene.board.doc.transact().encode_state_as_update_v1(&missing);
            scene.peers[who].apply(&news);
            let observer = rights(scene.peers[who].person, Role::Observer);
            scene.board.nothing(&scene.peers[who].whole(), &observer);
        }
    }

    #[test]
    fn mutated_updates_do_no_harm(steps in steps(24), changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut scene = Scene::new();
        scene.run(&steps);
        let mut victim = Board::new();
        let accepted: Vec<_> = scene.accepted.iter().map(|one| one.update.clone()).collect();
        for update in accepted {
            let mut bytes = update.to_vec();
            for (place, value) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *value;
            }
            for person in &scene.peers {
                if survives(&mut victim, bytes.clone(), &rights(person.person, Role::Owner)) {
                    victim.check_loaded();
                }
            }
            for person in &scene.peers {
                let rights = rights(person.person, Role::Owner);
                if matches!(victim.judge(&update, &rights), Verdict::Accept(_)) {
                    victim.check_loaded();
                }
            }
        }
    }
}
