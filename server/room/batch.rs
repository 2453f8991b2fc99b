//! How an edit gets into a room: judged, made durable as one entry with others, applied, told. Knows no sockets.

use bytes::Bytes;
use tokio::time::Instant;

use super::{
    actor::{Actor, End},
    ballots::CastReply,
    draft::Draft,
    orders::Told,
    peer::{Parked, PeerId},
    work::Work,
};
use crate::{
    clock,
    crash_point::{self, Point},
    error::{Refusal, RefusalCode, StoreError},
    gate::{self, Accepted, Verdict},
    ids::{PersonId, Seq},
    limits,
    role::Role,
    store::{
        Change, Health,
        journal::{Append, AuthoredUpdate, Body, Commit},
    },
    wire::CloseCode,
};

/// One update message and who sent it.
#[derive(Clone, Copy)]
pub(super) struct Message {
    peer: PeerId,
    person: PersonId,
    n: u64,
    step_2: bool,
}

/// What was handed to the journal.
pub(super) enum InFlight {
    /// As entry `seq`.
    Updates {
        seq: Seq,
        started: Instant,
        entering: Vec<(Message, Accepted)>,
        settled: Vec<Message>,
    },
    Events(Box<Told>),
    Title(String),
    Ballot(CastReply),
}

impl Actor {
    /// Judges what waits and hands it to the journal, if nothing is on its way there.
    pub(super) async fn start_batch(&mut self) -> Result<(), End> {
        while self.commit.is_none() && !self.is_held() {
            if self.session.storage == Health::Good
                && let Some(title) = self.new_title.take()
            {
                self.start_title(title);
                return Ok(());
            }
            match self.queue.front() {
                None => return Ok(()),
                Some(_) if self.session.storage != Health::Good => self.turn_away(),
                Some(Work::Update { .. }) => self.start_updates().await?,
                Some(Work::Command { .. }) => Box::pin(self.start_command()).await?,
                Some(Work::Cast(_)) => Box::pin(self.start_casting()).await?,
                Some(Work::Adopt(_)) => Box::pin(self.start_adopting()).await?,
                Some(Work::Left(_)) => Box::pin(self.start_leaving()).await?,
            }
        }
        Ok(())
    }

    /// Nothing can be written: updates stay with their authors, unacknowledged, commands fail.
    fn turn_away(&mut self) {
        let full = self.session.storage == Health::Full;
        for work in std::mem::take(&mut self.queue) {
            match work {
                Work::Update { peer, n, step_2, .. } => self.drop_update(peer, n, step_2),
                Work::Adopt(None) | Work::Left(_) => {}
                Work::Cast(casting) => casting.turn_away(full),
                Work::Command { reply, .. } | Work::Adopt(Some(reply)) => {
                    let error =
                        if full { StoreError::Full } else { StoreError::Failing("the store cannot write".into()) };
                    // An answer that nobody waits for any more is no error.
                    let _ = reply.send(Err(error.into()));
                }
            }
        }
        self.queue_bytes = 0;
    }

    fn drop_update(&mut self, peer: PeerId, n: u64, step_2: bool) {
        self.metrics.updates_dropped.inc();
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.acks.drop_one(n, step_2);
        }
    }

    async fn start_updates(&mut self) -> Result<(), End> {
        self.warm().await?;
        let (mut entering, mut settled, mut bytes) = (Vec::new(), Vec::new(), 0);
        while entering.len() < limits::BATCH_UPDATES && bytes < limits::BATCH_BYTES {
            let Some(Work::Update { .. }) = self.queue.front() else { break };
            let Some(Work::Update { peer, person, role, seen, n, step_2, update }) = self.queue.pop_front() else {
                break;
            };
            self.queue_bytes = self.queue_bytes.saturating_sub(update.len());
            let message = Message { peer, person, n, step_2 };
            match self.judge(message, role, seen, &update) {
                Verdict::Accept(accepted) => {
                    bytes += accepted.update.len();
                    entering.push((message, accepted));
                }
                Verdict::Nothing => settled.push(message),
                Verdict::Wait => {
                    self.park(message, update);
                    continue; // What it waits for must not bring itself back.
                }
                Verdict::Refuse(reason) => {
                    self.remember_refused(peer, &update, &reason);
                    self.refuse(message, reason);
                }
            }
            if step_2 {
                self.unpark(peer, person, role, seen);
            }
        }
        if entering.is_empty() {
            settled.into_iter().for_each(|message| self.settle(message));
            return Ok(());
        }
        self.hand_over(entering, settled);
        Ok(())
    }

    /// By the rights that bind this connection; see [`super::session::Session::rights`].
    fn judge(&mut self, message: Message, role: Role, seen: Seq, update: &Bytes) -> Verdict {
        let peer = self.peers.get(&message.peer);
        let role = peer.map_or(role, |peer| peer.role);
        let seen = peer.map_or(seen, |peer| peer.seen);
        let rights = self.rights(message.person, role, seen);
        let mut first = None;
        if let Some(live) = self.live.as_mut() {
            let refused = self.refused.get(&message.person);
            if let Some(reason) = refused.and_then(|refused| refused.reason(&live.gate.brings(update))) {
                return Verdict::Refuse(reason.clone());
            }
            for rights in rights {
                match live.gate.judge(update, &rights) {
                    Verdict::Refuse(reason) => _ = first.get_or_insert(reason),
                    verdict => return verdict,
                }
            }
        }
        Verdict::Refuse(first.unwrap_or_else(|| Refusal::new(RefusalCode::ReadOnly)))
    }

    fn park(&mut self, message: Message, update: Bytes) {
        self.metrics.updates_waited.inc();
        let Some(peer) = self.peers.get_mut(&message.peer) else { return };
        let parked = Parked { n: message.n, step_2: message.step_2, update };
        let asked = !peer.parked.is_empty();
        match peer.park(parked) {
            Ok(()) if !asked || message.step_2 => self.ask_for_more(message.peer),
            Ok(()) => {}
            // Not refused: the sync step 2 that is asked for holds it, and would bring in what was called refused.
            Err(parked) => {
                self.drop_update(message.peer, message.n, message.step_2);
                if !asked || parked.step_2 {
                    self.ask_for_more(message.peer);
                }
            }
        }
    }

    /// After a sync step 2, what waited for it is judged again.
    fn unpark(&mut self, id: PeerId, person: PersonId, role: Role, seen: Seq) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        for Parked { n, step_2, update } in std::mem::take(&mut peer.parked).into_iter().rev() {
            self.queue_bytes += update.len();
            self.queue.push_front(Work::Update { peer: id, person, role, seen, n, step_2, update });
        }
    }

    /// Only the project's own provider puts its copy aside; others send the same again, for it to enter once it may.
    fn remember_refused(&mut self, peer: PeerId, update: &Bytes, reason: &Refusal) {
        let (Some(live), Some(peer)) = (self.live.as_ref(), self.peers.get(&peer)) else { return };
        if peer.own_provider {
            self.refused.entry(peer.person).or_default().remember(live.gate.brings(update), reason);
        }
    }

    fn refuse(&mut self, message: Message, reason: Refusal) {
        self.metrics.updates_refused.inc();
        tracing::debug!(board = %self.board, person = %message.person, ?reason, "an update was refused");
        let malformed = reason.code == RefusalCode::Malformed;
        if let Some(peer) = self.peers.get_mut(&message.peer) {
            peer.refuse(message.n, reason);
        }
        if malformed {
            self.malformed(message.peer);
        }
    }

    fn settle(&mut self, message: Message) {
        if let Some(peer) = self.peers.get_mut(&message.peer) {
            peer.settle(message.n, message.step_2);
        }
    }

    pub(super) fn append(&self, after: Seq, body: Body) -> Append {
        Append { stream: self.stream.clone(), epoch: self.epoch, expected: after, at: clock::now_ms(), body }
    }

    fn hand_over(&mut self, entering: Vec<(Message, Accepted)>, settled: Vec<Message>) {
        let authored = |(message, accepted): &(Message, Accepted)| AuthoredUpdate {
            person: message.person,
            update: accepted.update.clone(),
        };
        let body = Body::Updates(entering.iter().map(authored).collect());
        let clients: Vec<_> = entering.iter().flat_map(|(_, accepted)| accepted.clients.iter().copied()).collect();
        let objects: Vec<_> = entering.iter().flat_map(|(_, accepted)| accepted.created.iter().cloned()).collect();
        let (board, epoch) = (self.board, self.epoch);
        let mut records = Vec::from_iter(self.draft.as_ref().and_then(Draft::beginning));
        if self.draft.is_none() {
            records.extend((!clients.is_empty()).then_some(Change::BindClients { board, epoch, clients }));
            records.extend((!objects.is_empty()).then_some(Change::Authors { board, epoch, objects }));
        }
        self.metrics.batch_updates.observe(entering.len() as f64);
        crash_point::pass(Point::BeforeAppend);
        self.commit(Commit { appends: vec![self.append(self.seq, body)], records });
        self.in_flight = Some(InFlight::Updates { seq: self.seq + 1, started: clock::instant(), entering, settled });
    }

    pub(super) fn commit(&mut self, commit: Commit) {
        let store = std::sync::Arc::clone(&self.store);
        self.commit = Some(Box::pin(async move { store.commit(commit).await }));
    }

    /// The board's record follows the document: lists and invites show the title of today. A stop in between is
    /// made good when the room opens next.
    fn start_title(&mut self, title: String) {
        let change = Change::SetTitle { board: self.board, title: title.clone() };
        self.commit(Commit { appends: Vec::new(), records: vec![change] });
        self.in_flight = Some(InFlight::Title(title));
    }

    /// The journal has answered.
    pub(super) async fn committed(&mut self, result: Result<(), StoreError>) -> Result<(), End> {
        match (self.in_flight.take(), result) {
            (None, _) => Ok(()),
            (Some(InFlight::Events(told)), Ok(())) => {
                self.events_committed(*told);
                Ok(())
            }
            (Some(InFlight::Events(told)), Err(error)) => self.events_failed(error, told.reply),
            (Some(InFlight::Ballot(reply)), result) => self.cast(result, reply),
            (Some(InFlight::Title(title)), Ok(())) => {
                self.kept_title = title;
                self.read_title();
                Ok(())
            }
            (Some(InFlight::Title(_)), Err(error)) => self.failed(&error),
            (Some(InFlight::Updates { seq, started, entering, settled }), Ok(())) => {
                self.metrics.commit_seconds.observe(started.elapsed().as_secs_f64());
                self.enter(seq, entering, settled).await
            }
            (Some(InFlight::Updates { entering, settled, .. }), Err(error)) => {
                let all = entering.iter().map(|(message, _)| message).chain(&settled);
                all.for_each(|message| self.drop_update(message.peer, message.n, message.step_2));
                self.failed(&error)
            }
        }
    }

    /// A commit failed. The gate knows what the journal does not have: it is loaded anew before it judges again.
    pub(super) fn failed(&mut self, error: &StoreError) -> Result<(), End> {
        match error {
            _ if self.is_closed_by(error) => return Err(End::Failed(CloseCode::Retired)),
            StoreError::Full => self.session.storage = Health::Full,
            StoreError::Failing(_) => self.session.storage = Health::Failing,
            other => {
                tracing::error!(board = %self.board, error = %other, "a commit failed: the room closes");
                return Err(End::Failed(CloseCode::Restart));
            }
        }
        (self.session_dirty, self.session_from) = (true, clock::instant());
        Ok(())
    }

    /// Durable as entry `seq`: applied, told, acknowledged. If the room was read anew since, it is in the document already,
    /// and being applied again changes nothing.
    async fn enter(&mut self, seq: Seq, entering: Vec<(Message, Accepted)>, settled: Vec<Message>) -> Result<(), End> {
        crash_point::pass(Point::BeforeApply);
        self.seq = self.seq.max(seq);
        self.last_edit = clock::instant();
        if let Some(draft) = &mut self.draft {
            draft.written();
        }
        let live = self.live.as_mut().ok_or(End::Failed(CloseCode::Failed))?;
        let document = live.document(&self.join_state).map_err(|_| End::Failed(CloseCode::Failed))?;
        if let Some(index) = entering.iter().position(|(_, accepted)| document.apply(&accepted.update).is_err()) {
            return Box::pin(self.quarantine(entering, settled, index)).await;
        }
        self.vector = live.gate.encode_state_vector().into();
        self.metrics.updates_accepted.inc_by(entering.len() as u64);
        for (message, accepted) in &entering {
            self.session.wrote(message.person, &accepted.texts);
            self.activity.edited(message.person, &accepted.created, self.last_edit);
        }
        let (messages, accepted): (Vec<Message>, Vec<Accepted>) = entering.into_iter().unzip();
        self.tail_bytes += accepted.iter().map(|accepted| accepted.update.len()).sum::<usize>();
        // Nobody needs their own edit back; with several authors in a batch everyone gets the same bytes.
        let first = messages.first().map(|message| message.peer);
        let only_author = first.filter(|first| messages.iter().all(|message| message.peer == *first));
        crash_point::pass(Point::BeforeBroadcast);
        for update in gate::splice(&accepted) {
            self.broadcast(&update, only_author);
        }
        crash_point::pass(Point::BeforeAcknowledge);
        messages.into_iter().chain(settled).for_each(|message| self.settle(message));
        self.read_title();
        self.checkpoint_if_due();
        Ok(())
    }

    /// The CRDT failed on an update that is in the journal already: it is put aside for ever, and the board read
    /// anew without it. Its author is told; everyone else gets the whole state, which lacks nothing of theirs.
    async fn quarantine(
        &mut self,
        entering: Vec<(Message, Accepted)>,
        settled: Vec<Message>,
        index: usize,
    ) -> Result<(), End> {
        self.metrics.quarantined.inc();
        tracing::error!(board = %self.board, seq = self.seq, index, "the document failed on an update: quarantined");
        if let Err(error) = self.store.quarantine(&self.stream, self.seq, index).await {
            tracing::error!(board = %self.board, %error, "the quarantine could not be kept");
            return Err(End::Failed(CloseCode::Restart));
        }
        self.reload().await?;
        for (at, (message, _)) in entering.iter().enumerate() {
            if at == index {
                self.refuse(*message, Refusal::new(RefusalCode::Quarantined));
            } else {
                self.settle(*message);
            }
        }
        settled.into_iter().for_each(|message| self.settle(message));
        self.peers.values().for_each(|peer| peer.outbox.whole());
        Ok(())
    }
}
