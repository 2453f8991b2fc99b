//! A room and its peers: who comes, goes, and what they say. Knows no sockets; edits are `batch`'s.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use bytes::Bytes;

use super::{
    acks::Acks,
    actor::{Actor, End},
    ask::Said,
    handle::{Arriving, Join, JoinError, Joined},
    join_state::NOTHING,
    outbox::Outbox,
    peer::{Dialect, Peer, PeerId, Throttle},
    session::Told,
    work::Work,
};
use crate::{
    access::table, clock, error::StoreError, gate, ids::PersonId, limits, role::Role, store::records::Person,
    wire::CloseCode,
};

impl Actor {
    pub(super) async fn join(&mut self, join: Join, person: Arriving) -> Result<Joined, JoinError> {
        if self.draft.is_none() && !self.knows(join.person) {
            self.read_people().await;
        }
        // The role was looked up a moment ago: whoever was put out since has none.
        if self.draft.is_none() && !self.knows(join.person) && !person.server_owner {
            return Err(StoreError::NotFound.into());
        }
        if self.draft.is_some() {
            self.still_writes(join.person).await?;
        }
        self.make_room(join.person)?;
        self.last_peer += 1;
        let (id, wake) = (self.last_peer, join.wake);
        let (join_state, metrics) = (Arc::clone(&self.join_state), Arc::clone(&self.metrics));
        let outbox = Outbox::new(join.head, join_state, metrics, wake, Arc::clone(&self.turn));
        let peer = Peer {
            id,
            person: join.person,
            role: join.role,
            member: self.knows(join.person),
            name: person.name,
            dialect: join.dialect,
            own_provider: false,
            outbox: Arc::clone(&outbox),
            acks: Acks::default(),
            parked: VecDeque::new(),
            seen: 0,
            client: None,
            heard: clock::instant(),
            resyncs: Throttle::new(self.pace.resync_minute),
            in_step: false,
            unanswered: None,
            to_ask: false,
            steps_1: 0,
            presence_told: clock::instant(),
            malformed: 0,
            counted_steps_2: 1,
        };
        self.peers.insert(id, Box::new(peer));
        self.metrics.peers.inc();
        if join.dialect == Dialect::Hocuspocus {
            outbox.accepted(table::allowed(join.role).is_empty());
            if self.draft.is_none() {
                outbox.session(self.session_of(join.person, join.role));
            }
        }
        outbox.step_1(self.vector.clone());
        self.presence.all().for_each(|there| outbox.presence(there.client, there.encoded));
        self.session_dirty = true;
        Ok((id, outbox))
    }

    fn knows(&self, person: PersonId) -> bool {
        self.session.people.iter().any(|(there, _)| there.id == person)
    }

    /// Whether one more connection of this person fits. One that has fallen silent makes way; otherwise the
    /// newcomer is turned away, because a provider that is thrown out comes back and throws out the next.
    fn make_room(&mut self, person: PersonId) -> Result<(), JoinError> {
        let own: Vec<&Peer> = self.peers.values().map(|peer| &**peer).filter(|peer| peer.person == person).collect();
        if own.len() >= limits::SOCKETS_PER_PERSON {
            let silent =
                own.iter().find(|peer| peer.is_silent(self.pace.stalled)).map(|peer| peer.id).ok_or(JoinError::Busy)?;
            self.close(silent, CloseCode::Stalled);
            return Ok(());
        }
        let people: HashSet<PersonId> = self.peers.values().map(|peer| peer.person).collect();
        if people.len() >= limits::PEOPLE_PER_BOARD && !people.contains(&person) {
            return Err(JoinError::Busy);
        }
        Ok(())
    }

    fn close(&mut self, id: PeerId, code: CloseCode) {
        if let Some(peer) = self.peers.get(&id) {
            peer.outbox.close(code);
        }
        self.leave(id);
    }

    /// A message of this peer is none. A few are borne, since a program may be broken; then it is closed, and what it said
    /// and nobody has judged yet is not looked at.
    pub(super) fn malformed(&mut self, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.malformed += 1;
        if peer.malformed > limits::MALFORMED_MESSAGES {
            self.close(id, CloseCode::Policy);
            self.queue.retain(|work| !matches!(work, Work::Update { peer, .. } if *peer == id));
            self.queue_bytes = self.queue.iter().map(Work::bytes).sum();
        }
    }

    pub(super) fn leave(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.remove(&id) {
            self.presence.left(&peer);
            self.metrics.peers.dec();
            self.session_dirty = true;
        }
    }

    /// What the peers of this person said and the journal does not have yet never enters.
    pub(super) fn expel(&mut self, person: PersonId, code: CloseCode) {
        let own: Vec<PeerId> = self.peers.values().filter(|peer| peer.person == person).map(|peer| peer.id).collect();
        own.into_iter().for_each(|id| self.close(id, code));
        self.queue.retain(|work| work.person() != Some(person));
        self.queue_bytes = self.queue.iter().map(Work::bytes).sum();
        self.tell_drafts_of_people();
    }

    /// Reads names and roles anew. Members whose membership ended are closed.
    pub(super) async fn read_people(&mut self) {
        match self.store.people_on(self.board).await {
            Ok(people) => self.session.people = people,
            // The old list stays: nobody is thrown out because the store could not be read.
            Err(error) => return tracing::warn!(board = %self.board, %error, "people cannot be read"),
        }
        self.read_around().await;
        let mut gone = HashSet::new();
        let known: HashMap<PersonId, &(Person, Role)> =
            self.session.people.iter().map(|known| (known.0.id, known)).collect();
        for peer in self.peers.values_mut() {
            match known.get(&peer.person) {
                Some((person, role)) => {
                    // A server owner is owner here whatever the membership says.
                    let role = if peer.member { *role } else { peer.role };
                    if peer.name != person.name || peer.role != role {
                        peer.name.clone_from(&person.name);
                        peer.role = role;
                        self.presence.restamp(peer);
                        // Somebody's rights may be others now: that waits for no crowd at the door.
                        self.session_from = clock::instant();
                    }
                }
                None if peer.member => _ = gone.insert(peer.person),
                None => {}
            }
        }
        gone.into_iter().for_each(|person| self.expel(person, CloseCode::Forbidden));
        self.session_dirty = true;
        self.tell_drafts_of_people();
    }

    pub(super) async fn said(&mut self, id: PeerId, said: Said) -> Result<(), End> {
        let Some(peer) = self.peers.get_mut(&id) else { return Ok(()) };
        peer.heard = clock::instant();
        match said {
            Said::Step1(vector) => self.step_1(id, vector).await?,
            // A newcomer that has nothing: no reason to warm a cold room.
            Said::Update { step_2: true, update } if update.as_ref() == NOTHING && peer.parked.is_empty() => {
                let n = peer.acks.next();
                peer.settle(n, true);
            }
            Said::Update { step_2, update } => {
                let (n, person, role, seen) = (peer.acks.next(), peer.person, peer.role, peer.seen);
                self.queue_bytes += update.len();
                self.queue.push_back(Work::Update { peer: id, person, role, seen, n, step_2, update });
            }
            // Nobody else is there to see it.
            Said::Awareness(_) if self.draft.is_some() => {}
            Said::Awareness(payload) => {
                if self.presence.take(peer, payload).is_err() {
                    self.malformed(id);
                }
            }
            // All of it went into the outbox a moment ago, and what has changed since follows.
            Said::QueryAwareness if peer.presence_told.elapsed() < limits::PRESENCE_TICK => {}
            Said::QueryAwareness => {
                peer.presence_told = clock::instant();
                let others = self.presence.all().filter(|there| there.owner != id);
                others.for_each(|there| peer.outbox.presence(there.client, there.encoded));
            }
            Said::Hello => {
                peer.own_provider = true;
                if peer.acks.settled() > 0 {
                    peer.outbox.durable(peer.acks.settled());
                }
            }
            Said::Seen(seq) => peer.seen = peer.seen.max(seq.min(self.session.seq())),
        }
        Ok(())
    }

    /// Answers a sync step 1, unless this peer asks too often: then its newest one is answered later.
    async fn step_1(&mut self, id: PeerId, vector: Bytes) -> Result<(), End> {
        let Some(peer) = self.peers.get_mut(&id) else { return Ok(()) };
        peer.steps_1 += 1;
        if peer.steps_1 > 1 && !peer.own_provider && peer.unanswered.is_none() {
            // A stock provider that synchronises again counts on our step 1 in return.
            peer.to_ask = true;
            peer.counted_steps_2 += 1;
        }
        peer.unanswered = Some(vector);
        self.answer(id).await
    }

    async fn answer(&mut self, id: PeerId) -> Result<(), End> {
        let Some(peer) = self.peers.get_mut(&id) else { return Ok(()) };
        if !peer.resyncs.allow() {
            return Ok(());
        }
        if std::mem::take(&mut peer.to_ask) {
            peer.outbox.step_1(self.vector.clone());
        }
        let Some(vector) = peer.unanswered.take() else { return Ok(()) };
        if vector.as_ref() == [0] {
            self.refresh_join_state().await?;
            self.tell_what_lacks(id, Outbox::whole);
            return Ok(());
        }
        let state = Arc::clone(&self.join_state);
        let known = self.warm().await?;
        let clients = known.gate.clients();
        let Ok(clocks) = gate::read_state_vector(&vector, clients) else {
            self.close(id, CloseCode::Policy);
            return Ok(());
        };
        let diff = known
            .document(&state)
            .and_then(|document| document.diff(&clocks))
            .map_err(|_| End::Failed(CloseCode::Failed))?;
        self.tell_what_lacks(id, |outbox| outbox.diff(&diff));
        Ok(())
    }

    fn tell_what_lacks(&mut self, id: PeerId, tell: impl FnOnce(&Outbox)) {
        if let Some(peer) = self.peers.get_mut(&id) {
            tell(&peer.outbox);
            peer.in_step = true;
        }
    }

    /// Asks a peer for what the room lacks, or does so later if it was asked too often.
    pub(super) fn ask_for_more(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.to_ask = !peer.resyncs.allow();
            if !peer.to_ask {
                peer.outbox.step_1(self.vector.clone());
            }
        }
    }

    /// What was put off because it was asked for too often.
    pub(super) async fn catch_up_on_steps_1(&mut self) -> Result<(), End> {
        let waits = |peer: &Peer| peer.to_ask || peer.unanswered.is_some();
        let waiting: Vec<PeerId> = self.peers.values().filter(|peer| waits(peer)).map(|peer| peer.id).collect();
        for id in waiting {
            self.answer(id).await?;
        }
        Ok(())
    }

    /// Sends everyone on Hocuspocus framing their session state. What all have in common, the people above all, is
    /// written once.
    pub(super) fn send_session(&mut self) {
        if self.draft.is_some() {
            self.session_dirty = false;
            return;
        }
        let (seq, shared) = (self.session.seq(), self.shared_session());
        let mut allowed: HashMap<Role, Arc<str>> = HashMap::new();
        let mut bytes = 0;
        for peer in self.peers.values().filter(|peer| peer.dialect == Dialect::Hocuspocus) {
            let (person, role) = (peer.person, peer.role);
            let allowed = Arc::clone(allowed.entry(role).or_insert_with(|| self.session.allowed(role)));
            bytes += shared.len() + allowed.len();
            peer.outbox.session(Told { seq, person, role, shared: Arc::clone(&shared), allowed });
        }
        self.session_dirty = false;
        self.session_from = clock::instant() + limits::session_rest(bytes);
    }

    /// The session state for one person.
    pub(super) fn session_of(&self, person: PersonId, role: Role) -> Told {
        let (shared, allowed) = (self.shared_session(), self.session.allowed(role));
        Told { seq: self.session.seq(), person, role, shared, allowed }
    }

    fn shared_session(&self) -> Arc<str> {
        let here: HashSet<PersonId> = self.peers.values().map(|peer| peer.person).collect();
        // Server owners are here without being members.
        let guests = self.peers.values().filter(|peer| !peer.member && !self.knows(peer.person));
        let guests: BTreeMap<PersonId, (&str, Role)> =
            guests.map(|peer| (peer.person, (peer.name.as_str(), peer.role))).collect();
        let guests: Vec<_> = guests.into_iter().map(|(id, (name, role))| (id, name, role)).collect();
        self.session.shared(&here, &guests)
    }
}
