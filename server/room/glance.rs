//! A board as whoever runs the workshop looks at it from outside: who is here, how much is done, how facilitation stands.
//! Knows no HTTP.
//!
//! Looking opens no board. A room that is open is asked, which costs it next to nothing; a board that is closed is read from its
//! journal, with what was said to all boards meanwhile, and nothing of it stays in memory.

use std::{collections::HashSet, sync::Arc};

use super::{
    activity::Minute, actor::Actor, aside::aside, ask::Ask, document::Document, handle::Room, load, orders::next_call,
    registry::Rooms,
};
use crate::{
    board::value::Board,
    clock,
    error::StoreError,
    facilitation::{self, State},
    ids::{BoardId, Epoch, PersonId, Seq},
    role::Role,
    store::{Store, Stream},
};

/// Which state of a board: its epoch, and the number of its newest entry.
pub type Version = (Epoch, Seq);

/// How a board stands.
#[derive(Debug, Clone)]
pub struct Glance {
    pub version: Version,
    /// The number of the newest facilitation event, as commands expect it.
    pub seq: Seq,
    pub state: State,
    /// Everybody with a role on the board, and whoever is here.
    pub people: Vec<Attendee>,
    pub minute: Minute,
    /// The newest edit since the room opened: milliseconds since 1970.
    pub edited: Option<i64>,
    /// Since when the room is open; None: it is not, and nobody is here.
    pub open: Option<i64>,
}

/// A person as seen from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    /// Connected now.
    pub here: bool,
}

impl Actor {
    pub(super) fn glance(&self) -> Glance {
        let here: HashSet<PersonId> = self.peers.values().map(|peer| peer.person).collect();
        let members = self.session.people.iter().map(|(person, role)| Attendee {
            person: person.id,
            name: person.name.clone(),
            role: *role,
            here: here.contains(&person.id),
        });
        let mut people: Vec<Attendee> = members.collect();
        let known: HashSet<PersonId> = people.iter().map(|attendee| attendee.person).collect();
        // Server owners are here without being members.
        let mut guests = HashSet::new();
        for peer in self.peers.values().filter(|peer| !known.contains(&peer.person)) {
            if guests.insert(peer.person) {
                people.push(Attendee { person: peer.person, name: peer.name.clone(), role: peer.role, here: true });
            }
        }
        Glance {
            version: (self.epoch, self.seq),
            seq: self.session.seq(),
            state: self.session.state(),
            people,
            minute: self.activity.minute(clock::instant()),
            edited: self.activity.newest,
            open: Some(self.activity.since),
        }
    }
}

impl Rooms {
    /// How a board stands; `None` when its room is not open.
    pub async fn glance(&self, board: BoardId) -> Option<Glance> {
        self.if_open(board)?.ask(Ask::Glance).await.ok()
    }

    /// How a board stands of which no room is open, as it will be when one opens.
    ///
    /// # Errors
    /// When it cannot be read whole.
    pub async fn glance_closed(&self, board: BoardId) -> Result<Glance, StoreError> {
        let store = &self.inner.store;
        let opened = load::open(store, &Stream::board(board), None).await?;
        let (mut seq, mut state) = opened.facilitation;
        let version = (opened.epoch, opened.seq);
        let mut newest = opened.seq;
        while let Some(waiting) = next_call(store, board, &state).await? {
            let events = waiting.events(&state);
            newest += events.len() as Seq;
            seq = newest;
            events.iter().for_each(|event| facilitation::apply(&mut state, event));
        }
        let people = store.people_on(board).await?.into_iter().map(|(person, role)| Attendee {
            person: person.id,
            name: person.name,
            role,
            here: false,
        });
        let people = people.collect();
        Ok(Glance { version, seq, state, people, minute: Minute::default(), edited: None, open: None })
    }

    /// What is on a board, and which state of it that is; `None` when it is this one.
    ///
    /// # Errors
    /// When it cannot be read whole.
    pub async fn look(&self, board: BoardId, known: Option<Version>) -> Result<Option<(Version, Board)>, StoreError> {
        match self.if_open(board) {
            Some(room) => look_open(&room, known).await,
            None => look_closed(&self.inner.store, board, known).await,
        }
    }
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Other(error.to_string())
}

async fn look_open(room: &Room, known: Option<Version>) -> Result<Option<(Version, Board)>, StoreError> {
    let still = room.ask(Ask::Still).await.map_err(unreadable)?;
    let version = (room.epoch(), still.checkpoint.seq);
    if known == Some(version) {
        return Ok(None);
    }
    let read = aside(move || Document::of(&still.checkpoint.document, &still.tail)?.board()).await;
    Ok(Some((version, read.map_err(unreadable)?.map_err(unreadable)?)))
}

async fn look_closed(
    store: &Arc<dyn Store>,
    board: BoardId,
    known: Option<Version>,
) -> Result<Option<(Version, Board)>, StoreError> {
    if let Some((epoch, seq)) = known
        && store.board(board).await?.epoch == epoch
        && matches!(store.entries(&Stream::board(board), seq, 1).await.as_deref(), Ok([]))
    {
        return Ok(None);
    }
    let opened = load::open(store, &Stream::board(board), None).await?;
    let version = (opened.epoch, opened.seq);
    let read = aside(move || opened.document.board()).await;
    Ok(Some((version, read.map_err(unreadable)?.map_err(unreadable)?)))
}
