//! Commands on their way into a room, and calls to all boards of a workshop: decided, handed to the journal as events with
//! the snapshots that go with them, told. Knows no sockets and no HTTP.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::{
    actor::{Actor, End},
    batch::InFlight,
    handle::{CommandError, Late},
    load,
    reveal::Closing,
    work::Work,
};
use crate::{
    clock,
    error::StoreError,
    facilitation::{self, Call, Deed, Event, No, State},
    ids::{BoardId, PersonId, Seq, SnapshotId, WorkshopId},
    limits,
    store::{
        Change, Snapshot, Store, Stored, Stream,
        journal::{Append, AuthoredUpdate, Body, Commit},
        snapshots::Kind,
    },
};

pub(super) type CommandReply = oneshot::Sender<Result<Seq, CommandError>>;

/// Events on their way to the journal.
pub(super) struct Told {
    /// The number of the last entry before them.
    pub(super) after: Seq,
    pub(super) events: Vec<Event>,
    /// What was written in private and comes with them.
    pub(super) closing: Option<Closing>,
    pub(super) reply: Option<CommandReply>,
}

/// A call that this board has not carried out.
pub(super) struct Waiting {
    workshop: WorkshopId,
    seq: Seq,
    at: i64,
    call: Call,
}

impl Waiting {
    /// What it makes of the board.
    pub(super) fn events(&self, state: &State) -> Vec<Event> {
        self.call.events(self.workshop, self.seq, state, self.at)
    }
}

impl Actor {
    /// Decides the command at the front of the queue.
    pub(super) async fn start_command(&mut self) -> Result<(), End> {
        let Some(Work::Command { person, role, command, expected, reply }) = self.queue.pop_front() else {
            return Ok(());
        };
        let (state, now) = (self.session.state(), clock::now_ms());
        // An answer that nobody waits for any more is no error.
        let seq = self.session.seq();
        let late = |last| Err(CommandError::Late(Box::new(Late { seq, last })));
        if expected.is_some_and(|expected| expected < self.session.steered() || expected > seq) {
            let _ = reply.send(late(state.last));
            return Ok(());
        }
        match facilitation::decide(&state, &command, person, role, now) {
            Err(No::Taken(by, what)) => _ = reply.send(late(Some(Deed { by, what: what.to_owned(), part: None }))),
            Err(no) => _ = reply.send(Err(no.into())),
            Ok(events) if events.is_empty() => _ = reply.send(Ok(self.session.seq())),
            Ok(events) => self.start_events(events, person, now, Some(reply)).await?,
        }
        Ok(())
    }

    /// Carries out the next call to all boards that waits; the work stays at the front of the queue until there is none.
    pub(super) async fn start_adopting(&mut self) -> Result<(), End> {
        let state = self.session.state();
        match next_call(&self.store, self.board, &state).await {
            Ok(Some(waiting)) => {
                let (events, Waiting { at, call, .. }) = (waiting.events(&state), waiting);
                return self.start_events(events, call.by, at, None).await;
            }
            Ok(None) => self.adopted(Ok(self.session.seq())),
            Err(error) => {
                tracing::error!(board = %self.board, %error, "what was said to all boards cannot be read");
                self.adopted(Err(error.into()));
            }
        }
        Ok(())
    }

    /// Decides what ends because somebody is no longer here, unless they are back.
    pub(super) async fn start_leaving(&mut self) -> Result<(), End> {
        let Some(Work::Left(person)) = self.queue.pop_front() else { return Ok(()) };
        if self.peers.values().any(|peer| peer.person == person) {
            return Ok(());
        }
        let events = self.session.state().attention.left(person);
        if events.is_empty() { Ok(()) } else { self.start_events(events, person, clock::now_ms(), None).await }
    }

    /// What was said to all boards while nobody was here, or could be written, comes before anything else.
    pub(super) fn catch_up(&mut self) {
        if self.draft.is_some() {
            return;
        }
        self.queue.push_front(Work::Adopt(None));
    }

    fn adopted(&mut self, answer: Result<Seq, CommandError>) {
        if let Some(Work::Adopt(Some(reply))) = self.queue.pop_front() {
            // As in `start_command`.
            let _ = reply.send(answer);
        }
    }

    /// Hands events to the journal, and with them the snapshots that they ask for: all or none.
    async fn start_events(
        &mut self,
        mut events: Vec<Event>,
        by: PersonId,
        now: i64,
        reply: Option<CommandReply>,
    ) -> Result<(), End> {
        self.find_areas(&mut events).await?;
        let mut records = self.snapshots(&events, by, now).await?;
        match self.count(&mut events).await {
            Ok(counted) => records.extend(counted),
            Err(error) => {
                tracing::error!(board = %self.board, %error, "a vote cannot be counted");
                match reply {
                    Some(_) => answer(reply, Err(error.into())),
                    None => self.adopted(Err(error.into())),
                }
                return Ok(());
            }
        }
        let closing = match self.close_round(&mut events).await? {
            Ok(closing) => closing,
            Err(error) if reply.is_some() => {
                answer(reply, Err(error));
                return Ok(());
            }
            Err(error @ CommandError::Store(_)) => {
                self.adopted(Err(error));
                return Ok(());
            }
            Err(error) => {
                // What all boards were told and this one cannot do is left.
                tracing::warn!(board = %self.board, %error, "what was written in private stays so");
                events.retain(|event| matches!(event, Event::Adopted { .. }));
                None
            }
        };
        let update = closing.as_ref().and_then(Closing::update);
        let entry = update.map(|update| Ok(Body::Updates(vec![AuthoredUpdate { person: by, update }])));
        let bodies = events.iter().map(|event| serde_json::to_string(event).map(Body::Event));
        let appends: Result<Vec<Append>, _> = (entry.into_iter().chain(bodies).zip(self.seq..))
            .map(|(body, after)| body.map(|body| self.append(after, body)))
            .collect();
        match appends {
            Ok(appends) => {
                records.extend(closing.iter().flat_map(|closing| closing.records(self.epoch)));
                self.commit(Commit { appends, records });
                self.in_flight = Some(InFlight::Events(Box::new(Told { after: self.seq, events, closing, reply })));
            }
            Err(error) => {
                self.release();
                answer(reply, Err(StoreError::Other(error.to_string()).into()));
            }
        }
        Ok(())
    }

    /// A snapshot for each part that ends, named after it, and one for the workshop: of the board as it is at that moment.
    async fn snapshots(&mut self, events: &[Event], by: PersonId, now: i64) -> Result<Vec<Change>, End> {
        let names = names(&self.session.state(), events);
        // What a team did before it was there is nothing to keep.
        if names.is_empty() || now <= self.made {
            return Ok(vec![]);
        }
        let by_itself = |snapshot: &&Snapshot| snapshot.kind != Kind::Manual;
        let there = self.store.snapshots_of(self.board).await;
        let there = there.map(|there| (there.len(), there.iter().filter(by_itself).count()));
        let fits = there.is_ok_and(|(all, own)| {
            all + names.len() <= limits::SNAPSHOTS_PER_BOARD && own + names.len() <= limits::SNAPSHOTS_BY_ITSELF
        });
        if !fits {
            tracing::warn!(board = %self.board, "no snapshot at the end of a part: the board has as many as it can");
            return Ok(vec![]);
        }
        let document = self.encode().await?;
        let checkpoint = load::checkpoint(self.seq, document, &self.facilitation());
        let take = |(kind, name): (Kind, String)| Change::TakeSnapshot {
            snapshot: Snapshot { id: SnapshotId::new(), board: self.board, name, kind, at: now, by },
            epoch: self.epoch,
            checkpoint: checkpoint.clone(),
        };
        Ok(names.into_iter().map(take).collect())
    }

    /// The events are in the journal.
    pub(super) fn events_committed(&mut self, told: Told) {
        let Told { mut after, events, closing, reply } = told;
        if let Some(revealed) = closing.and_then(|closing| closing.revealed) {
            after += 1;
            self.show(after, *revealed);
        }
        for (seq, event) in (after + 1..).zip(&events) {
            // Unless the room was read anew since, and has it.
            if seq > self.seq {
                self.seq = seq;
                self.session.apply(seq, event);
            }
        }
        self.release();
        self.count_due = true;
        // What people say of themselves may wait for others who do so at the same time.
        self.session_dirty = true;
        if events.iter().any(Event::steers) {
            self.send_session();
        }
        self.checkpoint_if_due();
        answer(reply, Ok(self.session.seq()));
    }

    /// They are not. When only a snapshot found no room, somebody took the last place just now: nothing is lost but this try.
    pub(super) fn events_failed(&mut self, error: StoreError, reply: Option<CommandReply>) -> Result<(), End> {
        self.release();
        answer(reply, Err(error.clone().into()));
        if matches!(error, StoreError::TooMany) { Ok(()) } else { self.failed(&error) }
    }
}

/// The oldest call, of all workshops of the series, that is not done on a board that stands so.
pub(super) async fn next_call(
    store: &Arc<dyn Store>,
    board: BoardId,
    state: &State,
) -> Result<Option<Waiting>, StoreError> {
    let mut oldest: Option<Waiting> = None;
    for (workshop, newest) in store.called(board).await? {
        let done = state.adopted(workshop);
        if newest <= done {
            continue;
        }
        let stream = Stream::workshop(workshop);
        let Some(Stored { seq, at, body }) = store.entries(&stream, done, 1).await?.into_iter().next() else {
            continue;
        };
        let Body::Event(json) = body else {
            return Err(StoreError::Corrupt(format!("{stream}: an entry that is no call")));
        };
        let call = serde_json::from_str(&json).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        if oldest.as_ref().is_none_or(|oldest| at < oldest.at) {
            oldest = Some(Waiting { workshop, seq, at, call });
        }
    }
    Ok(oldest)
}

fn answer(reply: Option<CommandReply>, answer: Result<Seq, CommandError>) {
    if let Some(reply) = reply {
        // An answer that nobody waits for any more is no error.
        let _ = reply.send(answer);
    }
}

/// What the snapshots at these events are called, as the board was before them.
fn names(state: &State, events: &[Event]) -> Vec<(Kind, String)> {
    let Some(run) = state.workshop() else { return vec![] };
    let plan = &run.plan;
    let short = |name: &str| name.chars().take(limits::SNAPSHOT_NAME_CHARS).collect::<String>().trim().to_owned();
    let name = |event: &Event| match event {
        Event::PartEnded { part, .. } => {
            plan.agenda.part(*part).map(|part| (Kind::Part, short(plan.name(&part.title))))
        }
        Event::WorkshopEnded { .. } => Some((Kind::Workshop, short(plan.name(&plan.title)))),
        _ => None,
    };
    events.iter().filter_map(name).collect()
}
