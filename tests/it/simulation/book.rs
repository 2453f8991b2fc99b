//! What is known of one board from outside the server: what was committed, promised and shown, and what of it was
//! broken. Knows no rooms.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use bytes::Bytes;
use jalostamo::{
    facilitation::{self, Event, State},
    ids::{PersonId, Seq},
    store::{Body, Stored},
};
use tokio::time::Instant;
use yrs::{Any, Doc, ReadTxn, Transact, Update, types::ToJson, updates::decoder::Decode};

use super::{disk::Kept, plan::Order, tab::Tab, trace::Trace};
use crate::{
    kill_facts::Facts,
    kill_history::History,
    kill_load::{facts_of, facts_of_decoded, facts_of_update},
};

/// One committed entry.
struct Entry {
    hash: u64,
    facts: Facts,
    state: State,
}

/// A command that was answered with success: what it asked for, and the number it was given.
type Obeyed = (Seq, Order, Option<String>);

pub(crate) struct Book {
    pub(crate) name: String,
    began: Instant,
    /// Prints what happens.
    pub(crate) loud: bool,
    pub(crate) trace: Trace,
    /// What is wrong, in the order in which it was found.
    pub(crate) findings: Vec<String>,
    pub(crate) history: History,
    entries: Vec<Entry>,
    /// By client: where its blocks of an entry end, and the entry's number.
    ends: BTreeMap<u64, Vec<(u32, Seq)>>,
    committed: Facts,
    /// The journal, replayed.
    doc: Doc,
    doc_facts: Option<Facts>,
    /// All that was ever sent to anybody.
    seen: Facts,
    last_sent: Option<Bytes>,
    obeyed: Vec<Obeyed>,
    /// Who was put out.
    barred: Vec<PersonId>,
}

/// What a copy shows, comparable.
pub(crate) fn content(doc: &Doc) -> (Any, Any) {
    let (items, meta) = (doc.get_or_insert_map("items"), doc.get_or_insert_map("meta"));
    let txn = doc.transact();
    (items.to_json(&txn), meta.to_json(&txn))
}

fn hash(stored: &Stored) -> u64 {
    let mut hasher = DefaultHasher::new();
    match &stored.body {
        Body::Updates(updates) => {
            for update in updates {
                update.person.hash(&mut hasher);
                update.update.hash(&mut hasher);
            }
        }
        Body::Event(json) => json.hash(&mut hasher),
    }
    hasher.finish()
}

impl Book {
    pub(crate) fn new(name: String, doc: Doc) -> Self {
        Self {
            name,
            began: Instant::now(),
            loud: false,
            trace: Trace::default(),
            findings: Vec::new(),
            history: History::default(),
            entries: Vec::new(),
            ends: BTreeMap::new(),
            committed: Facts::default(),
            doc,
            doc_facts: None,
            seen: Facts::default(),
            last_sent: None,
            obeyed: Vec::new(),
            barred: Vec::new(),
        }
    }

    pub(crate) fn wrong(&mut self, what: String) {
        self.note(|| format!("WRONG: {what}"));
        self.findings.push(format!("{} at {} ms: {what}", self.name, self.began.elapsed().as_millis()));
    }

    /// Something that happened, for whoever replays a seed.
    pub(crate) fn note(&self, what: impl FnOnce() -> String) {
        if self.loud {
            println!("{:>7} ms      {}: {}", self.began.elapsed().as_millis(), self.name, what());
        }
    }

    pub(crate) fn seq(&self) -> Seq {
        self.entries.len() as Seq
    }

    /// The facilitation after an entry.
    pub(crate) fn state(&self, seq: Seq) -> State {
        let at = usize::try_from(seq).unwrap().min(self.entries.len());
        at.checked_sub(1).map(|at| self.entries[at].state.clone()).unwrap_or_default()
    }

    pub(crate) fn replayed(&self) -> &Doc {
        &self.doc
    }

    pub(crate) fn replayed_facts(&mut self) -> &Facts {
        self.doc_facts.get_or_insert_with(|| facts_of(&self.doc))
    }

    /// An entry is on the disk.
    pub(crate) fn committed(&mut self, stored: &Stored) {
        if stored.seq != self.seq() + 1 {
            self.wrong(format!("entry {} comes after entry {}", stored.seq, self.seq()));
        }
        self.trace.number(hash(stored));
        self.note(|| format!("entry {} is committed", stored.seq));
        let (mut facts, mut state) = (Facts::default(), self.state(self.seq()));
        match &stored.body {
            Body::Updates(updates) => {
                for update in updates {
                    let decoded = Update::decode_v1(&update.update).unwrap();
                    facts.join(&facts_of_decoded(&decoded));
                    self.doc.transact_mut().apply_update(decoded).unwrap();
                    if self.barred.contains(&update.person) {
                        self.wrong(format!("entry {} holds an edit of somebody who had been put out", stored.seq));
                    }
                }
            }
            Body::Event(json) => {
                let event: Event = serde_json::from_str(json).unwrap();
                facilitation::apply(&mut state, &event);
            }
        }
        if self.doc.transact().has_missing_updates() {
            self.wrong(format!("entry {} builds on something that is in no entry before it", stored.seq));
        }
        self.note(|| format!("  it is {facts:?}").chars().take(300).collect());
        for (client, end) in facts.ends() {
            self.ends.entry(client).or_default().push((end, stored.seq));
        }
        self.committed.join(&facts);
        self.doc_facts = None;
        self.entries.push(Entry { hash: hash(stored), facts, state });
    }

    /// Something goes out to somebody.
    pub(crate) fn sent(&mut self, to: usize, update: &Bytes) {
        let same = |last: &Bytes| last.as_ptr() == update.as_ptr() && last.len() == update.len();
        if self.last_sent.as_ref().is_some_and(same) {
            return;
        }
        let facts = facts_of_update(update);
        if !self.committed.contains(&facts) && !self.replayed_facts().contains(&facts) {
            self.wrong(format!("tab {to} was sent something that is not committed"));
        }
        self.seen.join(&facts);
        self.last_sent = Some(update.clone());
    }

    /// Something came to a tab and is in its document: it must know every entry before the newest that it has a part of.
    pub(crate) fn in_order(&mut self, tab: &mut Tab, came: &Facts) {
        let newest = came.ends().filter_map(|(client, end)| {
            let ends = self.ends.get(&client)?;
            let at = ends.partition_point(|(there, _)| *there < end);
            ends.get(at.min(ends.len() - 1)).map(|(_, seq)| *seq)
        });
        let newest = newest.max().unwrap_or(0);
        let (from, until) = (usize::try_from(tab.checked).unwrap(), usize::try_from(newest).unwrap().saturating_sub(1));
        let lacks = |tab: &Tab| {
            let mut entries = self.entries.iter().enumerate().take(until).skip(from);
            entries.find(|(_, entry)| !tab.known.contains(&entry.facts)).map(|(at, _)| at + 1)
        };
        let mut lacking = lacks(tab);
        if lacking.is_some() {
            // One edit can delete what another brings: that is in the document, and in no message.
            tab.known.join(&facts_of(&tab.worker.doc));
            lacking = lacks(tab);
        }
        if let Some(entry) = lacking {
            self.wrong(format!("tab {} got a part of entry {newest} before entry {entry}", tab.number));
        }
        tab.checked = tab.checked.max(until as Seq);
    }

    /// A command was answered with success.
    pub(crate) fn obeys(&mut self, seq: Seq, order: Order, object: Option<String>) {
        self.obeyed.push((seq, order, object));
        self.look_at_orders();
    }

    /// What a command was told holds in the journal, at that number.
    fn look_at_orders(&mut self) {
        let mut wrong = Vec::new();
        for (seq, order, object) in &self.obeyed {
            let state = self.state(*seq);
            let done = match (order, object) {
                (Order::Lock, Some(object)) => state.locked.contains(object),
                (Order::Unlock, Some(object)) => !state.locked.contains(object),
                (Order::Pause, _) => state.paused,
                (Order::Resume, _) => !state.paused,
                (Order::Lock | Order::Unlock, None) => true,
            };
            if *seq > self.seq() || !done {
                wrong.push(format!("{order:?} of {object:?} was done as {seq}, and is not in the journal"));
            }
        }
        wrong.into_iter().for_each(|what| self.wrong(what));
    }

    /// Somebody is put out; nothing of theirs is committed from now on.
    pub(crate) fn bar(&mut self, person: PersonId) {
        self.barred.push(person);
    }

    /// The server is started anew, over what the disk has.
    pub(crate) fn restarted(&mut self, kept: &Kept) {
        let gone = self.entries.iter().enumerate().find(|(at, entry)| {
            let there = kept.entries.get(*at);
            there.is_none_or(|there| there.seq != *at as Seq + 1 || hash(there) != entry.hash)
        });
        self.note(|| format!("a start, with {} entries", kept.entries.len()));
        if let Some((at, _)) = gone {
            self.wrong(format!("entry {} is gone, or is another, after a restart", at + 1));
        }
        // A commit whose fsync failed can be there after all.
        let barred = std::mem::take(&mut self.barred);
        for stored in kept.entries.iter().skip(self.entries.len()) {
            self.committed(stored);
        }
        self.barred = barred;
        self.look_at_orders();
    }

    /// Everything that anybody was promised or shown by now.
    pub(crate) fn promises(&mut self) -> (History, Facts) {
        let mut all = Facts::default();
        self.history.acknowledged.drain(..).for_each(|(_, facts)| all.join(&facts));
        self.history.acknowledged.push(("something acknowledged".into(), all));
        (self.history.clone(), self.seen.clone())
    }

    /// Looks at a copy that the server gave after that.
    pub(crate) fn look(&mut self, when: &str, (history, seen): &(History, Facts), copy: &Facts) {
        history.faults(copy).iter().for_each(|fault| self.wrong(format!("{when}: {fault:?}")));
        if !copy.contains(seen) {
            self.wrong(format!("{when}: something is missing that somebody had been shown"));
        }
    }
}
