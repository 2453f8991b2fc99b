//! A gate and the document behind it, and what must hold whatever is offered to them. Knows no sockets and no server.

use bytes::Bytes;
use jalostamo::{
    access::table,
    board::read,
    error::Refusal,
    facilitation::State,
    gate::{Accepted, Gate, Known, Verdict},
    ids::PersonId,
    rights::Rights,
    role::Role,
};
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode};

use super::{
    blocks,
    dice::Dice,
    mutate,
    plan::{self, Author},
    world::World,
};

/// People, each with clients below and above those of everybody else.
pub(crate) const PEOPLE: usize = 3;

/// What became of an update.
#[derive(Debug)]
pub(crate) enum Outcome {
    Accepted(Accepted),
    Nothing,
    Waits,
    Refused(Refusal),
}

pub(crate) struct Arena {
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) world: World,
    pub(crate) accepted: Vec<Bytes>,
    known: Known,
    /// Judges only what the gate accepted: the rest must have left no trace in the gate.
    twin: Gate,
}

pub(crate) fn person(who: usize) -> PersonId {
    PersonId::from_bytes([who as u8 + 1; 16])
}

/// The clients that a person writes from without an editor.
pub(crate) fn clients(who: usize) -> [u64; 3] {
    let who = who as u64;
    [1_000 + who, 4_000_000_000 + who, 5 + who]
}

pub(crate) fn owner(who: usize) -> Rights {
    table::rights(person(who), Role::Owner, &State::default())
}

pub(crate) fn document(client: u64) -> Doc {
    Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(client)) })
}

pub(crate) fn whole(doc: &Doc) -> Vec<u8> {
    doc.transact().encode_state_as_update_v1(&StateVector::default())
}

type Fingerprint = (Vec<(u64, u32)>, usize, Vec<(String, Option<PersonId>, usize)>);

/// All that a gate tells of itself but its size, which is an estimate.
fn fingerprint(gate: &Gate) -> Fingerprint {
    let mut vector: Vec<_> = gate.state_vector().collect();
    vector.sort_unstable();
    let mut objects: Vec<_> = gate.objects().map(|(name, author, units)| (name.to_owned(), author, units)).collect();
    objects.sort();
    (vector, gate.live_objects(), objects)
}

impl Arena {
    pub(crate) fn new() -> Self {
        let gate = || Gate::new(Known::default());
        Self {
            gate: gate(),
            twin: gate(),
            doc: document(1),
            world: World::default(),
            accepted: Vec::new(),
            known: Known::default(),
        }
    }

    /// Offers an update, and holds gate, document and the update's fate against each other.
    ///
    /// # Panics
    /// When they contradict each other.
    pub(crate) fn offer(&mut self, who: usize, update: &Bytes) -> Outcome {
        let before = (fingerprint(&self.gate), self.gate.bytes());
        let verdict = self.gate.judge(update, &owner(who));
        if let Verdict::Accept(accepted) = verdict {
            self.enter(who, &accepted);
            return Outcome::Accepted(accepted);
        }
        assert_eq!((fingerprint(&self.gate), self.gate.bytes()), before, "what did not enter changed the gate");
        match verdict {
            Verdict::Nothing => {
                let told = |doc: &Doc| (doc.transact().state_vector(), doc.transact().snapshot());
                let before = told(&self.doc);
                self.apply(update);
                assert_eq!(told(&self.doc), before, "called nothing what changes the document");
                Outcome::Nothing
            }
            Verdict::Refuse(refusal) => Outcome::Refused(refusal),
            Verdict::Wait | Verdict::Accept(_) => Outcome::Waits,
        }
    }

    fn apply(&self, update: &[u8]) {
        let update = Update::decode_v1(update).expect("yrs reads what the gate accepts");
        self.doc.transact_mut().apply_update(update).expect("yrs applies what the gate accepts");
        assert!(!self.doc.transact().has_missing_updates(), "something is pending");
    }

    fn enter(&mut self, who: usize, accepted: &Accepted) {
        let again = self.twin.judge(&accepted.update, &owner(who));
        assert!(matches!(again, Verdict::Accept(_)), "what was refused left a trace: {again:?}");
        self.known.clients.extend(accepted.clients.iter().copied());
        self.known.authors.extend(accepted.created.iter().cloned());
        self.accepted.push(accepted.update.clone());
        self.apply(&accepted.update);
        let mut vector: Vec<_> = self.gate.state_vector().collect();
        vector.sort_unstable();
        let mut other: Vec<_> =
            self.doc.transact().state_vector().iter().map(|(client, clock)| (client.get(), *clock)).collect();
        other.sort_unstable();
        assert_eq!(vector, other, "the gate and the document know different clocks");
        let parts = blocks::read(&accepted.update).expect("what the gate accepts can be read");
        self.world.learn(&parts);
    }

    /// The document as a whole: it can be written, read back, loaded by a new gate that knows the same, and shown.
    ///
    /// # Panics
    /// When one of that is not so.
    pub(crate) fn check(&self) -> Vec<u8> {
        let state = whole(&self.doc);
        let loaded = Gate::load(&state, self.known.clone()).expect("the state loads");
        assert_eq!(fingerprint(&loaded), fingerprint(&self.gate), "a loaded gate knows something else");
        assert_eq!(fingerprint(&self.twin), fingerprint(&self.gate), "what was refused left a trace");
        let board = read::from_update(&state).expect("the state can be read");
        assert_eq!(board, read::from_doc(&self.doc), "read back, it is another board");
        state
    }

    /// An update of this person that was made by hand; every fourth of them changed.
    pub(crate) fn made_by_hand(&mut self, dice: &mut Dice<'_>, who: usize) -> Bytes {
        let (name, mark) = (person(who).to_string(), self.world.mark());
        let mut parts = plan::update(dice, &mut self.world, &Author { person: &name, clients: &clients(who) });
        if dice.percent(25) {
            mutate::parts(&mut parts, dice, &self.world);
        }
        self.world.reset(mark);
        let mut bytes = parts.write();
        if dice.percent(8) {
            let other = self.accepted.last().cloned().unwrap_or_default();
            mutate::bytes(&mut bytes, &other, dice);
        }
        bytes.into()
    }
}
