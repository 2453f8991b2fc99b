//! The actor of one room: what it holds, its loop, its end. Knows no sockets and no SQL.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::{
    sync::{Semaphore, mpsc, oneshot, watch},
    time::Instant,
};

use super::{
    activity::Activity,
    ask::{Ask, Asked},
    batch::InFlight,
    handle::{Departures, Room, WEIGHT},
    join_state::JoinState,
    live::Live,
    load::Opened,
    outbox::Turn,
    peer::{Peer, PeerId},
    presence::Presence,
    refused::Refused,
    registry,
    session::Session,
    work::Work,
};
use crate::{
    clock,
    error::StoreError,
    ids::{BoardId, Epoch, PersonId, Seq},
    limits,
    metrics::Metrics,
    role::Role,
    store::{
        Health, Store, Stream,
        records::{Board, Person},
    },
    wire::{CloseCode, Head},
};

/// Why the loop ends.
pub(super) enum End {
    /// Nobody is here, everything is durable.
    Idle,
    /// The room cannot go on; peers are closed with this.
    Failed(CloseCode),
    ShutDown(oneshot::Sender<()>),
}

pub(super) struct Actor {
    pub(super) board: BoardId,
    /// When the board was made, milliseconds since 1970.
    pub(super) made: i64,
    pub(super) stream: Stream,
    pub(super) epoch: Epoch,
    /// The number of the journal's last entry; all up to it is applied and told.
    pub(super) seq: Seq,
    pub(super) store: Arc<dyn Store>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) health: watch::Receiver<Health>,
    pub(super) inbox: mpsc::Receiver<Ask>,
    own_inbox: mpsc::WeakSender<Ask>,
    departures: Arc<Departures>,
    registry: Weak<registry::Inner>,
    pub(super) pace: limits::Pace,

    pub(super) live: Option<Live>,
    /// The encoded state vector of the document.
    pub(super) vector: Bytes,
    pub(super) join_state: Arc<JoinState>,
    /// The title that is in the board's record.
    pub(super) kept_title: String,
    /// The document's, when it is another and is still to be kept.
    pub(super) new_title: Option<String>,
    pub(super) session: Session,
    pub(super) presence: Presence,
    /// Boxed: a map's leaf has room for eleven.
    pub(super) peers: BTreeMap<PeerId, Box<Peer>>,
    pub(super) last_peer: PeerId,
    /// Of those who are here.
    pub(super) refused: HashMap<PersonId, Refused>,
    pub(super) turn: Arc<Turn>,
    /// Everyone's session state is to be sent.
    pub(super) session_dirty: bool,
    /// From when on it may go out again because people came or went.
    pub(super) session_from: Instant,

    pub(super) queue: VecDeque<Work>,
    pub(super) queue_bytes: usize,
    pub(super) in_flight: Option<InFlight>,
    pub(super) commit: Option<BoxFuture<'static, Result<(), StoreError>>>,

    /// The number of the newest checkpoint, also of one that is being written.
    pub(super) checkpoint: Seq,
    /// The newest checkpoint that is on disk.
    pub(super) kept_checkpoint: Arc<AtomicU64>,
    pub(super) tail_bytes: usize,
    pub(super) last_edit: Instant,
    pub(super) activity: Activity,
    pub(super) last_peer_left: Instant,
    /// Since when those are away who would leave something behind.
    pub(super) away: BTreeMap<PersonId, Instant>,
    last_sent: Instant,
    last_housekeeping: Instant,
}

impl Actor {
    pub(super) fn new(
        row: Board,
        opened: Opened,
        people: Vec<(Person, Role)>,
        registry: &Arc<registry::Inner>,
    ) -> (Room, Self) {
        let Board { id: board, title, made, .. } = row;
        let (store, metrics) = (Arc::clone(&registry.store), Arc::clone(&registry.metrics));
        let (sender, inbox) = mpsc::channel(limits::INBOX);
        let departures = Arc::new(Departures::default());
        let now = clock::instant();
        metrics.rooms.inc();
        let mut actor = Self {
            board,
            made,
            stream: Stream::board(board),
            epoch: opened.epoch,
            seq: 0,
            health: store.health(),
            metrics,
            inbox,
            own_inbox: sender.downgrade(),
            departures: Arc::clone(&departures),
            registry: Arc::downgrade(registry),
            pace: registry.pace,
            live: None,
            vector: Bytes::new(),
            join_state: Arc::default(),
            kept_title: title,
            new_title: None,
            session: Session::new(opened.facilitation.0, opened.facilitation.1.clone()),
            presence: Presence::default(),
            peers: BTreeMap::new(),
            last_peer: 0,
            refused: HashMap::new(),
            turn: Arc::default(),
            session_dirty: false,
            session_from: now,
            queue: VecDeque::new(),
            queue_bytes: 0,
            in_flight: None,
            commit: None,
            checkpoint: 0,
            kept_checkpoint: Arc::default(),
            tail_bytes: 0,
            last_edit: now,
            activity: Activity::new(),
            last_peer_left: now,
            away: BTreeMap::new(),
            last_sent: now,
            last_housekeeping: now,
            store: Arc::clone(&store),
        };
        actor.session.people = people;
        actor.adopt(opened);
        actor.session.storage = *actor.health.borrow();
        let weights = Arc::new(Semaphore::new(limits::INBOX_BYTES / WEIGHT));
        let room = Room { board, epoch: actor.epoch, inbox: sender, weights, departures, store };
        (room, actor)
    }

    /// Takes over what was read from the journal.
    pub(super) fn adopt(&mut self, opened: Opened) {
        self.seq = opened.seq;
        self.vector = opened.vector;
        self.join_state.reset(&opened.encoded);
        self.session.replace(opened.facilitation.0, opened.facilitation.1);
        self.checkpoint = opened.checkpoint;
        self.kept_checkpoint.fetch_max(opened.checkpoint, Ordering::AcqRel);
        self.tail_bytes = opened.tail_bytes;
        self.live = Some(Live::new(opened.document, opened.gate, &self.metrics));
        self.read_title();
    }

    /// Lives until nobody needs it, the server goes down, or it cannot go on.
    pub(super) async fn run(mut self) {
        let end = match self.serve().await {
            Ok(end) | Err(end) => end,
        };
        self.inbox.close();
        let code = match &end {
            End::Idle | End::ShutDown(_) => CloseCode::Restart,
            End::Failed(code) => *code,
        };
        self.turn.end();
        if !matches!(end, End::Failed(_)) {
            Box::pin(self.keep_checkpoint()).await;
        }
        self.peers.values().for_each(|peer| peer.outbox.close(code));
        self.turn.end();
        if let End::ShutDown(reply) = end {
            // Nobody waits any more when the server gave up on an orderly end.
            let _ = reply.send(());
        }
    }

    async fn serve(&mut self) -> Result<End, End> {
        // What was said to all boards meanwhile is done before anybody sees this one.
        Box::pin(self.finish()).await?;
        loop {
            self.turn.end();
            self.start_batch().await?;
            self.send_what_is_due();
            self.turn.end();
            let due = self.due();
            let has_room = self.queue.len() < limits::BATCH_UPDATES && self.queue_bytes < limits::BATCH_BYTES;
            tokio::select! {
                biased;
                result = running(&mut self.commit) => {
                    self.commit = None;
                    self.committed(result).await?;
                }
                // What lies in the inbox goes first, so they too wait while nothing more can be taken in.
                () = self.departures.notify.notified(), if has_room => self.departed().await?,
                () = tokio::time::sleep_until(due) => {}
                changed = self.health.changed() => {
                    if changed.is_err() {
                        return Err(End::Failed(CloseCode::Failed));
                    }
                    Box::pin(self.storage_changed()).await?;
                }
                ask = self.inbox.recv(), if has_room => match ask {
                    Some(ask) => self.drain(ask).await?,
                    None => return Ok(End::Idle),
                },
            }
            if self.last_housekeeping.elapsed() >= self.pace.housekeeping {
                self.last_housekeeping = clock::instant();
                self.keep_house().await?;
            }
        }
    }

    /// Takes what lies in the inbox now, so that it can be one batch.
    async fn drain(&mut self, first: Ask) -> Result<(), End> {
        self.take(first).await?;
        for _ in 0..limits::INBOX {
            if self.queue.len() >= limits::BATCH_UPDATES || self.queue_bytes >= limits::BATCH_BYTES {
                break;
            }
            match self.inbox.try_recv() {
                Ok(ask) => self.take(ask).await?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Peers that left without finding room in the inbox: first what they had said before.
    async fn departed(&mut self) -> Result<(), End> {
        let left = self.departures.take();
        for _ in 0..self.inbox.len() {
            if let Ok(ask) = self.inbox.try_recv() {
                self.take(ask).await?;
            }
        }
        left.into_iter().for_each(|peer| self.leave(peer));
        Ok(())
    }

    pub(super) async fn take(&mut self, ask: Ask) -> Result<(), End> {
        // Whoever asked may have gone away meanwhile: an answer that nobody takes is no error.
        match ask {
            Ask::Join(asked) => {
                let Asked { join, person, reply } = *asked;
                let joined = Box::pin(self.join(join, person)).await;
                if let Err(Ok((peer, _))) = reply.send(joined) {
                    self.leave(peer);
                }
            }
            Ask::Leave(peer) => self.leave(peer),
            Ask::Said(peer, said, weight) => {
                // Out of the inbox; the queue counts for itself.
                drop(weight);
                self.said(peer, said).await?;
            }
            Ask::Command { person, role, command, expected, reply } => {
                self.queue.push_back(Work::Command { person, role, command, expected, reply });
            }
            Ask::Adopt(reply) => self.queue.push_back(Work::Adopt(Some(reply))),
            Ask::Cast(casting) => self.queue.push_back(Work::Cast(casting)),
            Ask::Rounds(reply) => _ = reply.send(self.session.state().votes),
            Ask::Still(reply) => _ = reply.send(self.still()),
            Ask::Glance(reply) => _ = reply.send(self.glance()),
            Ask::Session { person, role, reply } => {
                let _ = reply.send((self.session.seq(), self.session_of(person, role).state()));
            }
            Ask::People(reply) => {
                Box::pin(self.read_people()).await;
                let _ = reply.send(());
            }
            Ask::Here(reply) => _ = reply.send(self.peers.values().map(|peer| peer.person).collect()),
            Ask::Expel { person, code, reply } => {
                self.expel(person, code);
                let _ = reply.send(());
            }
            Ask::Purge(reply) => Box::pin(self.purge(reply)).await?,
            Ask::ShutDown(reply) => {
                Box::pin(self.finish()).await?;
                return Err(End::ShutDown(reply));
            }
        }
        Ok(())
    }

    /// Makes durable what was taken in.
    pub(super) async fn finish(&mut self) -> Result<(), End> {
        while self.commit.is_some() || !self.queue.is_empty() {
            if self.commit.is_some() {
                let result = running(&mut self.commit).await;
                self.commit = None;
                self.committed(result).await?;
                self.turn.end();
            }
            self.start_batch().await?;
        }
        Ok(())
    }

    /// When something must happen without a message.
    fn due(&self) -> Instant {
        let housekeeping = self.last_housekeeping + self.pace.housekeeping;
        let tick = self.last_sent + limits::presence_tick(self.peers.len());
        let presence = if self.presence.is_dirty() { tick } else { housekeeping };
        let session = if self.session_dirty { tick.max(self.session_from) } else { housekeeping };
        housekeeping.min(presence).min(session)
    }

    /// Presence and session states, at most once a tick; session states less often the more there are.
    fn send_what_is_due(&mut self) {
        let session = self.session_dirty && clock::instant() >= self.session_from;
        let tick = limits::presence_tick(self.peers.len());
        if !(self.presence.is_dirty() || session) || self.last_sent.elapsed() < tick {
            return;
        }
        self.last_sent = clock::instant();
        for changed in self.presence.changed() {
            for peer in self.peers.values().filter(|peer| peer.id != changed.owner) {
                peer.outbox.presence(changed.client, changed.encoded.clone());
            }
        }
        if session {
            self.send_session();
        }
    }

    /// An update message to everyone but its only author.
    pub(super) fn broadcast(&mut self, update: &[u8], author: Option<PeerId>) {
        let message = self.join_state.push(update);
        // Nearly everybody's frames begin alike.
        let mut framed: Option<(&Head, Bytes)> = None;
        for peer in self.peers.values().filter(|peer| Some(peer.id) != author) {
            let head = peer.outbox.head();
            let frame = match &framed {
                Some((known, frame)) if *known == head => frame.clone(),
                _ => framed.insert((head, head.frame(&message))).1.clone(),
            };
            peer.outbox.frame(frame);
        }
    }
}

/// The commit on its way; never, when there is none.
async fn running(commit: &mut Option<BoxFuture<'static, Result<(), StoreError>>>) -> Result<(), StoreError> {
    match commit {
        Some(commit) => commit.await,
        None => std::future::pending().await,
    }
}

impl Drop for Actor {
    /// Also when the actor panicked: no peer is left waiting for a room that is gone.
    fn drop(&mut self) {
        self.peers.values().for_each(|peer| peer.outbox.close(CloseCode::Failed));
        self.turn.end();
        self.metrics.peers.dec_by(i64::try_from(self.peers.len()).unwrap_or_default());
        self.metrics.rooms.dec();
        if let Some(registry) = self.registry.upgrade() {
            registry.forget(self.board, &self.own_inbox);
        }
    }
}
