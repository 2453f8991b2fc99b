//! The gate: decides on decoded bytes whether an update may enter a board. Knows no yrs, no tokio, no I/O.
//!
//! An update is parsed to its end (`parse`), every new block is placed in an object and a field (`place`, against
//! the `index` of who owns what), and what it does is judged by the sender's rights (`judge`). Only an accepted
//! update changes the index.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use bytes::Bytes;

use self::{
    attempt::{Attempt, Stop},
    index::{Caps, Index},
    judge::Removals,
    parse::{Id, Span},
};
use crate::{
    error::{Refusal, RefusalCode},
    ids::PersonId,
    limits,
    rights::Rights,
};

mod attempt;
mod index;
mod judge;
mod news;
mod order;
mod parse;
mod place;
mod reader;
mod runs;
mod splice;
mod value;
mod vector;

pub use self::{
    splice::splice,
    vector::{read_state_vector, write_state_vector},
};

/// What the store remembers beside the document and the gate needs to judge.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub clients: HashMap<u64, PersonId>,
    pub authors: HashMap<String, PersonId>,
}

/// The gate's answer to one update.
#[derive(Debug)]
pub enum Verdict {
    /// It may enter, once it is durable.
    Accept(Accepted),
    /// It changes nothing: everything in it is known already.
    Nothing,
    /// Something before it is missing: park it, ask for what is missing, judge again.
    Wait,
    Refuse(Refusal),
}

/// An update that may enter, and what the store must remember with it.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The bytes as they came, every one of them walked, without what was known already.
    pub update: Bytes,
    /// Client ids that this update binds to its sender.
    pub clients: Vec<(u64, PersonId)>,
    /// Objects it makes for the first time.
    pub created: Vec<(String, PersonId)>,
    /// Objects whose text it changes, the first few.
    pub texts: Vec<Arc<str>>,
    /// It writes into what was deleted before.
    buried: bool,
    spans: Vec<Span>,
    deletions: usize,
}

/// Why a stored document cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It builds on something that is not in it.
    #[error("the document has holes")]
    Incomplete,
    #[error("not a document of a board: {0:?}")]
    Refused(Refusal),
}

/// The index of one board's document and the judge of what may enter it.
#[derive(Debug)]
pub struct Gate {
    index: Index,
    known: Known,
    /// How many client ids each person has bound.
    bound: HashMap<PersonId, usize>,
}

impl Gate {
    /// The gate of an empty document.
    #[must_use]
    pub fn new(known: Known) -> Gate {
        let mut bound = HashMap::new();
        for person in known.clients.values() {
            *bound.entry(*person).or_default() += 1;
        }
        Gate { index: Index::new(), known, bound }
    }

    /// The gate of a stored document: its whole state as one lib0-v1 update. It was judged when it came, so rights,
    /// caps and values are not judged again, but every byte is walked.
    ///
    /// # Errors
    /// When the state is not a whole document.
    pub fn load(state: &[u8], known: Known) -> Result<Gate, LoadError> {
        let mut gate = Gate::new(known);
        let update = parse::update(state, usize::MAX, |_| 0).map_err(LoadError::Refused)?;
        let mut attempt = Attempt::new(&mut gate.index, &update, true);
        let removals = attempt
            .place_all()
            .and_then(|()| attempt.removals(state.get(update.deletions..).unwrap_or_default()))
            .map_err(|stop| match stop {
                Stop::Wait => LoadError::Incomplete,
                Stop::Refuse(refusal) => LoadError::Refused(refusal),
            })?;
        attempt.commit(removals);
        gate.index.bytes = state.len();
        for object in &mut gate.index.objects {
            // The first author is the store's to remember; what a document says is only read where it is silent.
            object.author = gate.known.authors.get(&*object.name).copied().or(object.author);
        }
        Ok(gate)
    }

    /// The gate of a stored document in which nobody but this person ever wrote: it may hold as much as a draft may.
    ///
    /// # Errors
    /// As [`Gate::load`].
    pub fn load_draft(state: &[u8], person: PersonId) -> Result<Gate, LoadError> {
        let mut gate = Gate::load(state, Known::default())?;
        gate.index.caps = Caps { objects: limits::DRAFT_OBJECTS, bytes: limits::DRAFT_BYTES };
        gate.known.clients = gate.state_vector().map(|(client, _)| (client, person)).collect();
        gate.known.authors = gate.index.objects.iter().map(|object| (object.name.to_string(), person)).collect();
        gate.bound.insert(person, gate.known.clients.len());
        Ok(gate)
    }

    /// Whether the document holds no more than a board may.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.index.live <= self.index.caps.objects && self.index.bytes <= self.index.caps.bytes
    }

    /// What the store remembers beside the document.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Judges one incoming lib0-v1 update by the sender's rights. Changes the index only when it accepts.
    pub fn judge(&mut self, update: &Bytes, rights: &Rights) -> Verdict {
        let index = &self.index;
        let parsed = match parse::update(update, limits::STRUCTS_PER_UPDATE, |client| index.clock(client)) {
            Ok(parsed) => parsed,
            Err(refusal) => return Verdict::Refuse(refusal),
        };
        let clients = match self.bind(&parsed, rights.person) {
            Ok(clients) => clients,
            Err(refusal) => return Verdict::Refuse(refusal),
        };
        let mut attempt = Attempt::new(&mut self.index, &parsed, false);
        let deletions = update.get(parsed.deletions..).unwrap_or_default();
        let judged = attempt.place_all().and_then(|()| attempt.removals(deletions)).and_then(|removals| {
            attempt.judge(&removals, &self.known, rights)?;
            Ok(removals)
        });
        match judged {
            Ok(removals) if attempt.structs == 0 && removals.ranges.is_empty() => Verdict::Nothing,
            Ok(removals) => {
                let buried = attempt.buried;
                let created = attempt.created_names(&removals, &self.known, rights.person);
                let texts = attempt.texts(&removals);
                let before = attempt.commit(removals);
                let news::News { update, spans, deletions } = news::news(update, parsed, &before);
                self.known.clients.extend(clients.iter().copied());
                self.known.authors.extend(created.iter().cloned());
                if !clients.is_empty() {
                    *self.bound.entry(rights.person).or_default() += clients.len();
                }
                Verdict::Accept(Accepted { update, clients, created, texts, buried, spans, deletions })
            }
            Err(stop) => {
                attempt.take_back();
                match stop {
                    Stop::Wait => Verdict::Wait,
                    Stop::Refuse(refusal) => Verdict::Refuse(refusal),
                }
            }
        }
    }

    /// The clients of which an update has blocks that are not known; none, when it is malformed.
    #[must_use]
    pub fn brings(&self, update: &[u8]) -> Vec<u64> {
        let parsed = parse::update(update, limits::STRUCTS_PER_UPDATE, |client| self.index.clock(client));
        let sections = parsed.map(|parsed| parsed.sections).unwrap_or_default();
        let new = sections.iter().filter(|section| !section.blocks.is_empty());
        new.map(|section| u64::from(section.client)).collect()
    }

    /// The client ids that the update would bind. A client's blocks are one person's: that is authorship.
    fn bind(&self, update: &parse::Update<'_>, person: PersonId) -> Result<Vec<(u64, PersonId)>, Refusal> {
        let mut new = Vec::new();
        for section in update.sections.iter().filter(|section| !section.blocks.is_empty()) {
            match self.known.clients.get(&u64::from(section.client)) {
                Some(owner) if *owner == person => {}
                // Blocks without a recorded owner are the server's: nobody continues them.
                None if self.index.clock(section.client) == 0 => new.push((u64::from(section.client), person)),
                _ => return Err(Refusal::new(RefusalCode::Client)),
            }
        }
        let bound = self.bound.get(&person).copied().unwrap_or_default();
        if !new.is_empty() && bound + new.len() > limits::CLIENTS_PER_PERSON {
            return Err(reader::limit("clients"));
        }
        Ok(new)
    }

    /// The clock up to which each client's blocks are known.
    pub fn state_vector(&self) -> impl Iterator<Item = (u64, u32)> {
        self.index.clients.iter().map(|(client, runs)| (u64::from(*client), runs.clock()))
    }

    /// The state vector as sync step 1 carries it: of one state always the same bytes.
    #[must_use]
    pub fn encode_state_vector(&self) -> Vec<u8> {
        let mut clocks: Vec<_> = self.state_vector().collect();
        clocks.sort_unstable();
        write_state_vector(&clocks)
    }

    /// How many clients have blocks in the document.
    #[must_use]
    pub fn clients(&self) -> usize {
        self.index.clients.len()
    }

    /// How many objects are on the board: neither `gone` nor removed.
    #[must_use]
    pub fn live_objects(&self) -> usize {
        self.index.live
    }

    /// About how many bytes the encoded document takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.index.bytes
    }

    /// Live objects, who made each, and how many units its text has: for tests and diagnosis.
    pub fn objects(&self) -> impl Iterator<Item = (&str, Option<PersonId>, usize)> {
        let mut units: HashMap<u32, i64> = HashMap::new();
        for (number, text) in self.index.containers.iter().enumerate().filter(|(_, c)| c.shape == index::Shape::Text) {
            if let (Some(object), Ok(number)) = (text.object, u32::try_from(number))
                && !self.index.is_dead(number)
            {
                *units.entry(object).or_default() += text.units;
            }
        }
        self.index.objects.iter().enumerate().filter(|(_, object)| self.index.is_live(object)).map(
            move |(number, object)| {
                let units = u32::try_from(number).ok().and_then(|number| units.get(&number)).copied();
                (&*object.name, object.author, units.and_then(|units| usize::try_from(units).ok()).unwrap_or_default())
            },
        )
    }
}

impl Attempt<'_> {
    /// Objects that the update makes and the store does not know yet.
    fn created_names(&self, removals: &Removals, known: &Known, person: PersonId) -> Vec<(String, PersonId)> {
        let mut seen = HashSet::new();
        let fresh = self.index.objects.iter().skip(self.first_object);
        fresh
            .filter(|object| !self.dies(object.container, removals) && !known.authors.contains_key(&*object.name))
            .filter(|object| seen.insert(object.name.clone()))
            .map(|object| (object.name.to_string(), person))
            .collect()
    }

    /// Makes the update part of the index for good. Gives the clocks before of the clients that it brings blocks of.
    fn commit(self, mut removals: Removals) -> HashMap<u32, u32> {
        self.index.live = self.live_after(&removals);
        let mut freed = 0;
        for Id { client, clock } in self.displaced {
            removals.ranges.entry(client).or_default().push(clock..clock + 1);
        }
        for (client, mut ranges) in removals.ranges {
            ranges.sort_by_key(|range| (range.start, range.end));
            // What was written over and what was deleted may be the same.
            let mut apart: Vec<std::ops::Range<u32>> = Vec::with_capacity(ranges.len());
            for range in ranges {
                match apart.last_mut() {
                    Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                    _ => apart.push(range),
                }
            }
            freed += apart.iter().map(|range| (range.end - range.start) as usize).sum::<usize>();
            if let Some(runs) = self.index.clients.get_mut(&client) {
                runs.delete(client, &apart);
            }
        }
        for container in removals.dying {
            if let Some(container) = self.index.containers.get_mut(container as usize) {
                container.dead = true;
                // Nothing is ever placed in it again.
                container.order = order::Order::default();
            }
        }
        // A deleted unit of text is a byte less; what is deleted otherwise shrinks too, by an amount nobody needs.
        self.index.bytes = (self.index.bytes + self.bytes).saturating_sub(freed);
        self.clients
    }
}

#[cfg(test)]
mod tests {
    use yrs::{Doc, Map, Transact, WriteTxn};

    use super::*;
    use crate::rights::{Action, Allowed, Whose};

    /// A board's title, written by a client of its own.
    fn title(client: u64) -> Bytes {
        let doc = Doc::with_client_id(client);
        let mut txn = doc.transact_mut();
        let meta = txn.get_or_insert_map("meta");
        meta.insert(&mut txn, "title", "Kotihoito");
        txn.encode_update_v1().into()
    }

    #[test]
    fn bytes_of_a_board_at_the_limit_and_past_it() {
        let owner = Rights {
            person: PersonId::new(),
            allowed: Allowed::NONE.with(Action::Meta, Whose::Others),
            locked: Arc::default(),
            read_only: false,
            part: None,
        };
        let mut gate = Gate::new(Known::default());
        assert!(matches!(gate.judge(&title(1), &owner), Verdict::Accept(_)));
        let one = gate.bytes();
        gate.index.bytes = limits::BOARD_BYTES - one + 1;
        let Verdict::Refuse(refusal) = gate.judge(&title(2), &owner) else { panic!("past the limit") };
        assert_eq!((refusal.code, refusal.detail.as_deref()), (RefusalCode::Limit, Some("board")));
        gate.index.bytes = limits::BOARD_BYTES - one;
        assert!(matches!(gate.judge(&title(2), &owner), Verdict::Accept(_)));
        assert!(matches!(gate.judge(&title(2), &owner), Verdict::Nothing));
    }
}
