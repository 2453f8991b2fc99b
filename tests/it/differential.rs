//! Promise: what the gate accepts, yrs and Yjs take alike: no panic, no exception, the same JSON, nothing pending; and what
//! it does not accept leaves no trace. Over generated updates, honest ones and hand-made, and over changes to both.
//!
//! `JALOSTAMO_UPDATES` sets how many (20,000), `JALOSTAMO_SEED` the first seed; see docs/durability.md.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use bytes::Bytes;
use jalostamo::{
    error::{Refusal, RefusalCode},
    gate::{Accepted, splice},
};
use serde::Deserialize;
use yrs::{ReadTxn, StateVector, Transact};

use crate::{
    differential_yjs::{Round, ask, shown},
    fuzz_targets::{
        arena::{Arena, Outcome, PEOPLE, clients, document, person},
        blocks,
        dice::Dice,
        mutate,
    },
    gate_differential::step,
    gate_peer::Peer,
    support::random::setting,
};

/// Updates that one board is offered.
const SCENE: usize = 60;

/// What became of all updates.
#[derive(Default, Debug, Clone, Copy)]
struct Tally {
    offered: usize,
    accepted: usize,
    nothing: usize,
    waits: usize,
    refused: usize,
}

/// One board, people with editors, and the same people without.
struct Scene {
    arena: Arena,
    dice: Dice<'static>,
    editors: Vec<Peer>,
    /// How many of the accepted updates each editor has heard of.
    heard: Vec<usize>,
    accepted: Vec<Accepted>,
    told: Vec<(usize, Bytes)>,
    shown: Vec<Vec<yrs::Any>>,
    tally: Tally,
    renewed: u64,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let editors = (0..PEOPLE).map(|who| Peer { doc: document(100 + who as u64), person: person(who) }).collect();
        Self {
            arena: Arena::new(),
            dice: Dice::of_seed(seed),
            editors,
            heard: vec![0; PEOPLE],
            accepted: vec![],
            told: vec![],
            shown: vec![],
            tally: Tally::default(),
            renewed: 0,
        }
    }

    /// Offers an update. The last told is the one on its way, until it is known not to enter.
    fn offer(&mut self, who: usize, update: &Bytes) -> Outcome {
        self.told.push((who, update.clone()));
        let outcome = self.arena.offer(who, update);
        self.tally.offered += 1;
        if let Outcome::Accepted(accepted) = &outcome {
            self.accepted.push(accepted.clone());
            self.shown.push(shown(&self.arena.doc));
            self.tally.accepted += 1;
            if self.tally.accepted.is_multiple_of(8) {
                self.arena.check();
            }
            return outcome;
        }
        self.told.pop();
        match outcome {
            Outcome::Nothing => self.tally.nothing += 1,
            Outcome::Waits => self.tally.waits += 1,
            _ => self.tally.refused += 1,
        }
        outcome
    }

    fn catch_up(&mut self, who: usize) {
        for update in self.arena.accepted.iter().skip(self.heard[who]) {
            self.editors[who].apply(update);
        }
        self.heard[who] = self.arena.accepted.len();
    }

    /// An edit in somebody's editor; perhaps a changed copy of it, by another client of theirs, comes first.
    fn honest(&mut self, number: usize) {
        let who = self.dice.below(PEOPLE);
        if self.dice.percent(60) {
            self.catch_up(who);
        }
        let before = self.clock(who);
        let mut number_of = |end| u16::try_from(self.dice.below(end)).unwrap();
        let choices = (0, number_of(256) as u8, number_of(1 << 16), number_of(1 << 16), number_of(256) as u8);
        let update = step(&self.editors[who], 1_000_000 + number, choices);
        if self.dice.percent(35) {
            let mut parts = blocks::read(&update).expect("an editor's update can be read");
            let [client, ..] = clients(who);
            let own = self.editors[who].doc.client_id().get();
            mutate::rebase(&mut parts, &self.arena.world, own, client);
            if self.dice.percent(80) {
                mutate::parts(&mut parts, &mut self.dice, &self.arena.world);
            }
            self.offer(who, &parts.write().into());
        }
        if self.dice.percent(6) {
            let mut bytes = update.to_vec();
            mutate::bytes(&mut bytes, &self.arena.accepted.last().cloned().unwrap_or_default(), &mut self.dice);
            self.offer(who, &bytes.into());
        }
        if self.hijacked(who, before) {
            return self.renew(who);
        }
        match self.offer(who, &update) {
            Outcome::Accepted(_) | Outcome::Nothing => {}
            Outcome::Refused(refusal) if self.made_before(&refusal) => self.renew(who),
            outcome => panic!("an editor's update: {outcome:?}"),
        }
    }

    /// Whether an editor was refused because a changed copy of an edit had made the object that this one makes.
    fn made_before(&self, refusal: &Refusal) -> bool {
        let name = refusal.object.as_deref().filter(|_| refusal.code == RefusalCode::Replaced);
        let says = |bytes: &[u8], name: &str| bytes.windows(name.len()).any(|word| word == name.as_bytes());
        name.is_some_and(|name| self.told.iter().any(|(_, update)| says(update, name)))
    }

    /// How far an editor's own client is in its own document.
    fn clock(&self, who: usize) -> u64 {
        let doc = &self.editors[who].doc;
        u64::from(doc.transact().state_vector().get(&doc.client_id()))
    }

    /// Whether something made by hand was taken in the name of an editor's client, which had told of itself until `clock`.
    fn hijacked(&self, who: usize, clock: u64) -> bool {
        self.arena.world.next(self.editors[who].doc.client_id().get()) > clock
    }

    /// A new editor, as a browser opens one whose client id is somebody else's.
    fn renew(&mut self, who: usize) {
        self.renewed += 1;
        self.editors[who] = Peer { doc: document(200 + self.renewed), person: person(who) };
        self.heard[who] = 0;
    }

    fn run(&mut self) {
        for number in 0..SCENE {
            match self.dice.below(100) {
                0..45 => self.honest(number),
                45..50 => {
                    let which = self.dice.below(self.told.len());
                    if let Some((who, update)) = self.told.get(which).cloned() {
                        let again = self.offer(who, &update);
                        assert!(matches!(again, Outcome::Nothing), "said twice: {again:?}");
                    }
                }
                50..53 => {
                    let who = self.dice.below(PEOPLE);
                    let state = self.editors[who].doc.transact().encode_state_as_update_v1(&StateVector::default());
                    self.offer(who, &state.into());
                }
                _ => {
                    let who = self.dice.below(PEOPLE);
                    let update = self.arena.made_by_hand(&mut self.dice, who);
                    self.offer(who, &update);
                }
            }
            for who in 0..PEOPLE {
                if self.hijacked(who, self.clock(who)) {
                    self.renew(who);
                }
            }
        }
    }

    fn finish(mut self, seed: u64) -> Round {
        self.arena.check();
        let mut frames = Vec::new();
        let mut rest = self.accepted.as_slice();
        while !rest.is_empty() {
            let (batch, after) = rest.split_at((1 + self.dice.below(12)).min(rest.len()));
            frames.extend(splice(batch));
            rest = after;
        }
        Round {
            seed,
            accepted: self.told,
            sent: self.arena.accepted.clone(),
            shown: self.shown,
            frames,
            arena: self.arena,
        }
    }
}

/// Runs a scene; a panic in it is told with what led to it.
fn scene(seed: u64, run: impl FnOnce(&mut Scene)) -> (Round, Tally) {
    let mut scene = Scene::new(seed);
    let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut scene)));
    if let Err(panic) = outcome {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        panic!("{}\n{}", words.unwrap_or_default(), Round::told(seed, &scene.told));
    }
    let tally = scene.tally;
    (scene.finish(seed), tally)
}

#[test]
fn what_the_gate_accepts_yrs_and_yjs_read_alike() {
    let wanted = usize::try_from(setting("JALOSTAMO_UPDATES", 20_000)).unwrap();
    let first = setting("JALOSTAMO_SEED", 20_261_123);
    println!("JALOSTAMO_SEED={first}");
    let mut sum = Tally::default();
    let mut next = first;
    ask(|| {
        if sum.offered >= wanted {
            return None;
        }
        let (round, tally) = scene(next, Scene::run);
        next = next.wrapping_add(1);
        sum.offered += tally.offered;
        sum.accepted += tally.accepted;
        sum.nothing += tally.nothing;
        sum.waits += tally.waits;
        sum.refused += tally.refused;
        if sum.offered / 1_000_000 > (sum.offered - tally.offered) / 1_000_000 {
            println!("{sum:?}");
        }
        Some(round)
    });
    println!("{sum:?}: {} of 100 accepted", sum.accepted * 100 / sum.offered);
    // One scene alone may be an odd one.
    assert!(sum.offered < 5_000 || sum.accepted * 100 >= sum.offered * 40, "too little of it gets in: {sum:?}");
}

#[derive(Deserialize)]
struct Pinned {
    updates: Vec<Sent>,
}

#[derive(Deserialize)]
struct Sent {
    person: usize,
    hex: String,
}

/// Cases that once failed, as they were printed.
#[test]
fn cases_that_failed_once_do_not_fail_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/differential");
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut rounds = 0;
    ask(|| {
        let path = files.next()?;
        println!("{}", path.display());
        let pinned: Pinned = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        rounds += 1;
        let (round, _) = scene(0, |scene| {
            for sent in pinned.updates {
                let update = data_encoding::HEXLOWER.decode(sent.hex.as_bytes()).unwrap();
                scene.offer(sent.person, &update.into());
            }
        });
        Some(round)
    });
    assert!(rounds > 0, "nothing is pinned");
}
