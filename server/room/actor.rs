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
    draft::{self, Draft, Facts},
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
    wire::CloseCode,
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
    /// The room is not the board's, but of what one person writes in private.
    pub(super) draft: Option<Draft>,
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
    pub(super) registry: Weak<registry::Inner>,
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
    /// What drafts hear of this board.
    pub(super) facts: watch::Sender<Facts>,
    /// How many have written in private may have changed.
    pub(super) count_due: bool,
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
    pub(super) last_sent: Instant,
    pub(super) last_housekeeping: Instant,
}

impl Actor {
    pub(super) fn new(
        row: Board,
        opened: Opened,
        people: Vec<(Person, Role)>,
        registry: &Arc<registry::Inner>,
    ) -> (Room, Self) {
        let (room, mut actor) = Self::of(row, opened, None, registry);
        actor.session.people = people;
        (room, actor)
    }

    /// The room of a board, or of a draft.
    pub(super) fn of(
        row: Board,
        opened: Opened,
        draft: Option<Draft>,
        registry: &Arc<registry::Inner>,
    ) -> (Room, Self) {
        let Board { id: board, title, made, .. } = row;
        let store = Arc::clone(&registry.store);
        // What is written in private is in nobody's numbers.
        let metrics = Arc::clone(if draft.is_some() { &registry.unseen } else { &registry.metrics });
        let (sender, inbox) = mpsc::channel(limits::INBOX);
        let (seq, state) = draft.as_ref().map_or_else(|| opened.facilitation.clone(), Draft::facilitation);
        let facts = watch::Sender::new(Facts { seq, state: state.clone(), ..Facts::default() });
        let departures = Arc::new(Departures::default());
        let now = clock::instant();
        metrics.rooms.inc();
        let mut actor = Self {
            board,
            made,
            stream: draft.as_ref().map_or_else(|| Stream::board(board), |draft| Stream::draft(draft.id)),
            draft,
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
            session: Session::new(seq, state),
            facts,
            count_due: true,
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
        actor.adopt(opened);
        actor.session.storage = *actor.health.borrow();
        let weights = Arc::new(Semaphore::new(limits::INBOX_BYTES / WEIGHT));
        let facts = actor.facts.subscribe();
        let room = Room { board, epoch: actor.epoch, inbox: sender, weights, departures, facts, store };
        (room, actor)
    }

    /// Takes over what was read from the journal.
    pub(super) fn adopt(&mut self, opened: Opened) {
        self.seq = opened.seq;
        self.vector = opened.vector;
        self.join_state.reset(&opened.encoded);
        if self.draft.is_none() {
            self.session.replace(opened.facilitation.0, opened.facilitation.1);
            self.tell_drafts();
        }
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
            let has_room = has_room || self.is_held();
            tokio::select! {
                biased;
                result = running(&mut self.commit) => {
                    self.commit = None;
                    self.committed(result).await?;
                }
                // What lies in the inbox goes first, so they too wait while nothing more can be taken in.
                () = self.departures.notify.notified(), if has_room => self.departed().await?,
                heard = draft::news(&mut self.draft) => Box::pin(self.heard(heard)).await?,
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
            Ask::Hold(reply) => {
                self.land().await?;
                let _ = reply.send(());
            }
            Ask::Drafted => self.count_due = true,
            Ask::ShutDown(reply) => {
                Box::pin(self.finish()).await?;
                return Err(End::ShutDown(reply));
            }
        }
        Ok(())
    }

    /// Makes durable what was taken in.
    pub(super) async fn finish(&mut self) -> Result<(), End> {
        while self.commit.is_some() || !(self.queue.is_empty() || self.is_held()) {
            self.land().await?;
            self.start_batch().await?;
        }
        Ok(())
    }

    /// Waits for what is on its way to the journal.
    async fn land(&mut self) -> Result<(), End> {
        if self.commit.is_some() {
            let result = running(&mut self.commit).await;
            self.commit = None;
            self.committed(result).await?;
            self.turn.end();
        }
        Ok(())
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
            registry.forget(self.key(), &self.own_inbox);
        }
    }
}
