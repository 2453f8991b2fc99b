//! Who is on the board and what their pointer does: memory only. Knows no document and no journal.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::{palette, peer::Peer, peer::PeerId};
use crate::{
    clock,
    ids::PersonId,
    limits,
    role::Role,
    wire::{Bad, awareness},
};

/// The presence of all peers, one entry a connection.
#[derive(Default)]
pub(super) struct Presence {
    entries: BTreeMap<u64, Entry>,
    /// Clients whose entry is to go out.
    dirty: BTreeSet<u64>,
    /// The clock of the last entry sent. The server's own clocks, ever growing, let a returning client's
    /// entry be taken by everyone although that client counts on from where it was.
    clock: u64,
}

struct Entry {
    owner: PeerId,
    person: PersonId,
    /// Stamped JSON; `None` once it is gone and that is still to be told.
    state: Option<String>,
    encoded: Bytes,
    renewed: Instant,
}

/// One entry to send: to everybody but its owner.
pub(super) struct Changed {
    pub(super) client: u64,
    pub(super) owner: PeerId,
    pub(super) encoded: Bytes,
}

impl Presence {
    /// Takes what a peer sent about itself: one entry. Entries of other clients are ignored: stock providers repeat what
    /// they know of others.
    ///
    /// # Errors
    /// When these are no entries.
    pub(super) fn take(&mut self, peer: &mut Peer, payload: Bytes) -> Result<(), Bad> {
        for entry in awareness::read(payload)? {
            match peer.client {
                Some(own) if own != entry.client || self.taken_over(peer, own) => continue,
                None if entry.state.is_none() || !self.may_own(peer, entry.client) => continue,
                _ => {}
            }
            let Some(state) = entry.state else {
                self.remove(peer.id, entry.client);
                break;
            };
            let Some(stamped) = stamp(&state, peer) else { continue };
            peer.client = Some(entry.client);
            let encoded = self.encode(entry.client, Some(&stamped));
            let (owner, person) = (peer.id, peer.person);
            let kept = Entry { owner, person, state: Some(stamped), encoded, renewed: clock::instant() };
            self.entries.insert(entry.client, kept);
            self.dirty.insert(entry.client);
            break;
        }
        Ok(())
    }

    /// A client id whose entry is another connection's is free only for a later connection of the same person:
    /// a reload that was faster than the end of the old socket.
    fn may_own(&self, peer: &Peer, client: u64) -> bool {
        let free = |entry: &Entry| entry.state.is_none() || entry.person == peer.person;
        self.entries.get(&client).is_none_or(free)
    }

    /// Whether a newer connection has the client's entry.
    fn taken_over(&self, peer: &Peer, client: u64) -> bool {
        self.entries.get(&client).is_some_and(|entry| entry.state.is_some() && entry.owner > peer.id)
    }

    fn encode(&mut self, client: u64, state: Option<&str>) -> Bytes {
        let now = u64::try_from(clock::now_ms()).unwrap_or_default();
        self.clock = now.max(self.clock + 1);
        awareness::entry(client, self.clock, state)
    }

    fn remove(&mut self, owner: PeerId, client: u64) {
        let there = self.entries.get(&client).filter(|entry| entry.owner == owner && entry.state.is_some());
        let Some(person) = there.map(|entry| entry.person) else { return };
        let encoded = self.encode(client, None);
        self.entries.insert(client, Entry { owner, person, state: None, encoded, renewed: clock::instant() });
        self.dirty.insert(client);
    }

    /// A peer left. An entry that a newer connection has taken over stays.
    pub(super) fn left(&mut self, peer: &Peer) {
        if let Some(client) = peer.client {
            self.remove(peer.id, client);
        }
    }

    /// Removes what was not renewed in time.
    pub(super) fn expire(&mut self, life: Duration) {
        let now = clock::instant();
        let late = |entry: &Entry| entry.state.is_some() && now - entry.renewed >= life;
        let old: Vec<_> = self
            .entries
            .iter()
            .filter(|(_, entry)| late(entry))
            .map(|(client, entry)| (*client, entry.owner))
            .collect();
        old.into_iter().for_each(|(client, owner)| self.remove(owner, client));
    }

    /// Stamps a person's entries anew: their name or role changed.
    pub(super) fn restamp(&mut self, peer: &Peer) {
        let Some(client) = peer.client else { return };
        let Some(entry) = self.entries.get(&client).filter(|entry| entry.owner == peer.id) else { return };
        let renewed = entry.renewed;
        let Some(state) = entry.state.clone().and_then(|state| stamp(state.as_bytes(), peer)) else { return };
        let encoded = self.encode(client, Some(&state));
        let (owner, person) = (peer.id, peer.person);
        self.entries.insert(client, Entry { owner, person, state: Some(state), encoded, renewed });
        self.dirty.insert(client);
    }

    pub(super) fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// What changed since the last call.
    pub(super) fn changed(&mut self) -> Vec<Changed> {
        let mut out = Vec::with_capacity(self.dirty.len());
        for client in std::mem::take(&mut self.dirty) {
            let Some(entry) = self.entries.get(&client) else { continue };
            out.push(Changed { client, owner: entry.owner, encoded: entry.encoded.clone() });
            if entry.state.is_none() {
                self.entries.remove(&client);
            }
        }
        out
    }

    /// Everybody that is there, for a newcomer or one who asks.
    pub(super) fn all(&self) -> impl Iterator<Item = Changed> {
        let there = self.entries.iter().filter(|(_, entry)| entry.state.is_some());
        there.map(|(client, entry)| Changed { client: *client, owner: entry.owner, encoded: entry.encoded.clone() })
    }
}

/// The state with the server's word on who this is; `None` when it is not a JSON object or too large.
fn stamp(state: &[u8], peer: &Peer) -> Option<String> {
    if state.len() > limits::PRESENCE_BYTES {
        return None;
    }
    let mut object: Map<String, Value> = serde_json::from_slice(state).ok()?;
    object.insert("user".into(), user(peer.person.to_string(), &peer.name, peer.role, palette::color(peer.person)));
    serde_json::to_string(&object).ok()
}

fn user(id: String, name: &str, role: Role, color: &str) -> Value {
    serde_json::json!({ "id": id, "name": name, "role": role, "color": color })
}
