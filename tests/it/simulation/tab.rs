//! A browser tab: a document, somebody who works on it, and what they have been told. Knows no server; its provider's
//! manners are `hear`'s.

use std::{collections::BTreeMap, collections::VecDeque, ops::Range, rc::Rc};

use bytes::Bytes;
use jalostamo::ids::{PersonId, Seq};
use serde_json::Value;
use yrs::{
    Doc, Map, OffsetKind, Options, ReadTxn, Transact, Update, block::ClientID, updates::decoder::Decode,
    updates::encoder::Encode,
};

use super::{
    bug::Bug,
    frame,
    line::{Item, Line},
    plan::{Manner, Mischief, Part},
};
use crate::{
    kill_facts::Facts,
    kill_load::{Worker, facts_of_update},
    support::{collab::put_note, random::Random},
};

/// The text of everything that must never be seen.
pub(crate) const FORBIDDEN: &str = "forbidden";

/// A message with an update, on its way or acknowledged.
pub(crate) struct Sent {
    pub(crate) n: u64,
    pub(crate) facts: Facts,
    /// The tab's own blocks that no message had carried before.
    pub(crate) fresh: Range<u32>,
    pub(crate) mischief: bool,
}

pub(crate) struct Tab {
    pub(crate) number: usize,
    pub(crate) part: Part,
    pub(crate) person: PersonId,
    /// The document's name on the wire.
    pub(crate) name: String,
    pub(crate) worker: Worker,
    /// All that the document has been given, its own edits among it.
    pub(crate) known: Facts,
    /// Up to which journal entry that was held against the journal.
    pub(crate) checked: Seq,
    /// Up to where its own blocks were ever sent.
    sent_until: u32,

    pub(crate) line: Option<Rc<Line>>,
    /// Neither tries to come back.
    pub(crate) offline: bool,
    pub(crate) out: bool,
    /// Edits go out as they are made.
    pub(crate) talks: bool,
    pub(crate) synced: bool,
    /// What came before that.
    pub(crate) early: Vec<Bytes>,
    pub(crate) sent: u64,
    pub(crate) durable: u64,
    pub(crate) pending: VecDeque<Sent>,
    /// What a stock Hocuspocus provider counts, and what it stands for.
    pub(crate) unsynced: i64,
    pub(crate) unsynced_facts: Facts,
    pub(crate) mischief: usize,
    pub(crate) session: Option<Value>,

    presence_clock: u64,
    pub(crate) presence: Option<Value>,
    pub(crate) others: BTreeMap<u64, Value>,
    pub(crate) clocks: BTreeMap<u64, u64>,
    pub(crate) bug: Option<Bug>,
    pub(crate) figures: Figures,
}

/// What a tab did.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    pub(crate) edits: u64,
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) received: u64,
}

/// A document as a browser makes it, with a client id from the seed.
pub(crate) fn new_doc(random: &mut Random) -> Doc {
    let client_id = ClientID::new(random.next() & 0xffff_ffff);
    Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() })
}

impl Tab {
    pub(crate) fn new(number: usize, part: Part, person: PersonId, name: String, mut random: Random) -> Self {
        let doc = new_doc(&mut random);
        Self {
            number,
            part,
            person,
            name,
            worker: Worker::new(person, doc, random),
            known: Facts::default(),
            checked: 0,
            sent_until: 0,
            line: None,
            offline: false,
            out: false,
            talks: false,
            synced: false,
            early: Vec::new(),
            sent: 0,
            durable: 0,
            pending: VecDeque::new(),
            unsynced: 0,
            unsynced_facts: Facts::default(),
            mischief: 0,
            session: None,
            presence_clock: 0,
            presence: None,
            others: BTreeMap::new(),
            clocks: BTreeMap::new(),
            bug: None,
            figures: Figures::default(),
        }
    }

    pub(crate) fn client(&self) -> u64 {
        self.worker.doc.client_id().get()
    }

    /// The page is loaded anew: a document without anything, under another client id.
    pub(crate) fn fresh(&mut self) {
        let mut random = self.worker.random.clone();
        let doc = new_doc(&mut random);
        self.worker = Worker::new(self.person, doc, random);
        (self.known, self.checked, self.sent_until) = (Facts::default(), 0, 0);
        self.presence_clock = 0;
        self.clocks.clear();
    }

    /// The line is gone.
    pub(crate) fn lost(&mut self) -> Option<Rc<Line>> {
        (self.talks, self.synced, self.sent, self.durable) = (false, false, 0, 0);
        (self.unsynced, self.mischief, self.session) = (0, 0, None);
        self.unsynced_facts = Facts::default();
        self.pending.clear();
        self.early.clear();
        self.others.clear();
        if self.part.manner == Manner::Own {
            self.clocks.clear();
        }
        self.line.take()
    }

    pub(crate) fn say(&mut self, message: Vec<u8>) {
        let Some(line) = &self.line else { return };
        if self.bug == Some(Bug::DropsUp) && line.random.borrow_mut().below(25) == 0 {
            return;
        }
        line.up.push(Item::Frame(frame::framed(message, self.part.manner, &self.name)));
    }

    pub(crate) fn say_step_1(&mut self) {
        let vector = self.worker.doc.transact().state_vector().encode_v1();
        self.say(frame::sync(0, &vector));
    }

    /// What the server lacks.
    pub(crate) fn answer(&mut self, vector: &[u8]) {
        let vector = yrs::StateVector::decode_v1(vector).unwrap();
        let update = self.worker.doc.transact().encode_state_as_update_v1(&vector);
        self.say_update(1, &update, false);
    }

    /// A message with an update, counted.
    pub(crate) fn say_update(&mut self, step: u64, update: &[u8], mischief: bool) {
        self.sent += 1;
        let facts = facts_of_update(update);
        let mut fresh = 0..0;
        if !mischief {
            let own = self.client();
            let end = facts.ends().find(|(client, _)| *client == own).map_or(self.sent_until, |(_, end)| end);
            fresh = self.sent_until..end.max(self.sent_until);
            self.sent_until = fresh.end;
            self.unsynced_facts.join(&facts);
        }
        if step == 2 {
            self.unsynced += 1;
        }
        self.pending.push_back(Sent { n: self.sent, facts, fresh, mischief });
        self.say(frame::sync(step, update));
    }

    /// Takes what was done to the document, and sends it if there is a line.
    fn edited(&mut self, update: &[u8]) {
        self.figures.edits += 1;
        self.known.join(&facts_of_update(update));
        if self.line.is_some() && self.talks {
            self.say_update(2, update, false);
        }
    }

    pub(crate) fn work(&mut self, heavy: bool) {
        if self.part.role == jalostamo::role::Role::Observer || self.out {
            return;
        }
        self.worker.heavy = heavy;
        if let Some(update) = self.worker.work() {
            self.edited(&update);
        }
    }

    pub(crate) fn title(&mut self) {
        if !self.part.role.runs_the_board() || self.out {
            return;
        }
        let meta = self.worker.doc.get_or_insert_map("meta");
        let update = {
            let title = format!("Title {:x}", self.worker.random.next() & 0xffff);
            let doc = self.worker.doc.clone();
            let mut txn = doc.transact_mut();
            meta.insert(&mut txn, "title", title);
            txn.encode_update_v1()
        };
        self.edited(&update);
    }

    /// Something forbidden, by hand: it is in no document. Gives what must never enter, where that can be told by blocks.
    pub(crate) fn mischief(&mut self, what: Mischief, other: (PersonId, u64)) -> Option<Facts> {
        if self.line.is_none() || !self.talks || !self.synced {
            return None;
        }
        let scratch = match what {
            Mischief::ForgedAuthor | Mischief::Observer => new_doc(&mut self.worker.random),
            Mischief::ForeignClient => {
                let client_id = ClientID::new(other.1);
                let state = self.worker.doc.transact();
                // Whose blocks nobody has seen has no owner yet.
                if state.state_vector().get(&client_id) == 0 {
                    return None;
                }
                let scratch =
                    Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() });
                let whole = state.encode_state_as_update_v1(&yrs::StateVector::default());
                scratch.transact_mut().apply_update(Update::decode_v1(&whole).unwrap()).unwrap();
                scratch
            }
        };
        let author = if what == Mischief::ForgedAuthor { other.0 } else { self.person };
        let update = {
            let items = scratch.get_or_insert_map("items");
            let mut txn = scratch.transact_mut();
            let id = format!("n_01J{:023}", self.worker.random.next());
            put_note(&mut txn, &items, &id, author, FORBIDDEN);
            txn.encode_update_v1()
        };
        self.mischief += 1;
        self.say_update(2, &update, true);
        (what != Mischief::ForeignClient).then(|| facts_of_update(&update))
    }

    /// Moves the pointer.
    pub(crate) fn point(&mut self) {
        let place = [self.worker.random.below(5_000), self.worker.random.below(5_000)];
        self.presence = Some(serde_json::json!({ "cursor": place }));
        self.tell_presence();
    }

    pub(crate) fn tell_presence(&mut self) {
        let Some(state) = self.presence.clone() else { return };
        if self.line.is_none() || !(self.talks || self.part.manner == Manner::YWebsocket) {
            return;
        }
        self.presence_clock += 1;
        let (client, clock) = (self.client(), self.presence_clock);
        self.say(frame::presence(client, clock, Some(&state.to_string())));
    }

    /// As y-websocket does now and then: tells what it has, and asks for the rest.
    pub(crate) fn resync(&mut self) {
        if self.part.manner == Manner::YWebsocket {
            self.say_step_1();
        }
    }

    /// A note that is there.
    pub(crate) fn some_note(&mut self) -> Option<String> {
        let items = self.worker.doc.get_or_insert_map("items");
        let mut ids: Vec<String> = items.keys(&self.worker.doc.transact()).map(ToString::to_string).collect();
        ids.sort();
        self.worker.random.pick(&ids).cloned()
    }

    /// Whether it has nothing left to say or to hear of.
    pub(crate) fn is_quiet(&self) -> bool {
        let told = match self.part.manner {
            Manner::Own => self.pending.iter().all(|sent| sent.n <= self.durable),
            Manner::Hocuspocus => self.unsynced == 0,
            Manner::YWebsocket => true,
        };
        self.line.is_some() && self.synced && told
    }
}
