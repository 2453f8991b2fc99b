//! Revealing what people wrote in private, or throwing it away: the drafts stand still, are put on the board in the commit that takes
//! them away, and all of it happens or none. Knows no sockets and no SQL.

use bytes::Bytes;
use futures_util::future::join_all;

use super::{
    actor::{Actor, End},
    aside::aside,
    document::Document,
    handle::CommandError,
    live::Live,
    load,
};
use crate::{
    board::{
        reveal::{self, Draft, How, Revealed},
        value::Rect,
    },
    clock,
    crash_point::{self, Point},
    error::StoreError,
    facilitation::{Event, Naming},
    gate::{Gate, Known},
    ids::{BoardId, Epoch, PersonId, RoundId, Seq},
    store::{Change, DraftId, Stream},
    wire::CloseCode,
};

/// The end of a round's number.
pub(super) struct Closing {
    board: BoardId,
    round: RoundId,
    number: u32,
    drafts: Vec<(PersonId, Seq)>,
    /// None: nothing was written, or it is thrown away.
    pub(super) revealed: Option<Box<New>>,
}

/// The board as it is with what people wrote.
pub(super) struct New {
    revealed: Revealed,
    document: Document,
    gate: Gate,
}

impl Closing {
    /// What everybody gets.
    pub(super) fn update(&self) -> Option<Bytes> {
        self.revealed.as_ref().map(|new| new.revealed.update.clone())
    }

    pub(super) fn records(&self, epoch: Epoch) -> Vec<Change> {
        let Self { board, round, number, drafts, .. } = self;
        let (board, round, number) = (*board, *round, *number);
        let mut records = vec![Change::CloseDrafts { board, round, number, drafts: drafts.clone() }];
        if let Some(Revealed { clients, authors, .. }) = self.revealed.as_ref().map(|new| &new.revealed) {
            records.push(Change::BindClients { board, epoch, clients: clients.clone() });
            records.push(Change::Authors { board, epoch, objects: authors.clone() });
        }
        records
    }
}

impl Actor {
    /// What closes with these events, if a round does: its drafts stand still until [`Actor::release`].
    pub(super) async fn close_round(
        &mut self,
        events: &mut [Event],
    ) -> Result<Result<Option<Closing>, CommandError>, End> {
        let closed = events.iter().find_map(|event| match event {
            Event::Revealed { round, .. } => Some((*round, true)),
            Event::DraftsDiscarded { round, .. } => Some((*round, false)),
            _ => None,
        });
        let Some((round, shows)) = closed else { return Ok(Ok(None)) };
        let closing = Box::pin(self.closing(round, shows)).await;
        if !matches!(closing, Ok(Ok(_))) {
            self.release();
        }
        let closing = closing?;
        if let Some(new) = closing.as_ref().ok().and_then(|closing| closing.revealed.as_ref()) {
            let Rect { x, y, w, h } = new.revealed.area;
            for event in events {
                if let Event::Revealed { area, .. } = event {
                    *area = Some([x, y, w, h]);
                }
            }
        }
        Ok(closing.map(Some))
    }

    /// Drafts go on.
    pub(super) fn release(&self) {
        self.facts.send_modify(|facts| facts.held = None);
        self.tell_drafts();
    }

    async fn closing(&mut self, id: RoundId, shows: bool) -> Result<Result<Closing, CommandError>, End> {
        let state = self.session.state();
        let Some(round) = state.round(id) else { return Ok(Err(StoreError::NotFound.into())) };
        let Some(registry) = self.registry.upgrade() else { return Err(End::Failed(CloseCode::Restart)) };
        self.facts.send_modify(|facts| facts.held = Some(id));
        let open = registry.drafts(self.board, id);
        join_all(open.iter().map(|room| room.hold())).await;
        let (board, number) = (self.board, round.number());
        let drafts = match self.store.drafts_of(board, id, number).await {
            Ok(drafts) => drafts,
            Err(error) => return Ok(Err(error.into())),
        };
        let mut closing = Closing { board, round: id, number, drafts, revealed: None };
        if !shows {
            return Ok(Ok(closing));
        }
        let mut written = Vec::with_capacity(closing.drafts.len());
        for (person, _) in &closing.drafts {
            let stream = Stream::draft(DraftId { board, round: id, number, person: *person });
            match load::open(&self.store, &stream, Some(*person)).await {
                Ok(opened) => written.push(Draft { person: *person, document: opened.encoded }),
                Err(error) => return Ok(Err(error.into())),
            }
        }
        let frame =
            state.run.as_deref().and_then(|run| run.agenda().part(round.part)).and_then(|part| part.frame.clone());
        let how = match (getrandom::u32(), getrandom::u64()) {
            (Ok(client), Ok(seed)) => {
                How { anonymous: round.naming == Naming::Anonymous, frame, client_id: client.into(), seed }
            }
            (Err(error), _) | (_, Err(error)) => return Ok(Err(StoreError::Other(error.to_string()).into())),
        };
        match self.put_together(written, how).await? {
            Ok(revealed) => closing.revealed = revealed.map(Box::new),
            Err(error) => return Ok(Err(error)),
        }
        crash_point::pass(Point::BeforeReveal);
        Ok(Ok(closing))
    }

    /// The board with the drafts: read back as it will be read when it is opened next.
    async fn put_together(&mut self, drafts: Vec<Draft>, how: How) -> Result<Result<Option<New>, CommandError>, End> {
        let document = self.encode().await?;
        let known = self.warm().await?.gate.known().clone();
        let work = move || -> Result<Option<New>, CommandError> {
            let damaged = |error: String| StoreError::Other(format!("drafts cannot be put together: {error}"));
            let Some(revealed) = reveal::reveal(&document, drafts, &how).map_err(|error| damaged(error.to_string()))?
            else {
                return Ok(None);
            };
            let Known { mut clients, mut authors } = known;
            clients.extend(revealed.clients.iter().copied());
            authors.extend(revealed.authors.iter().cloned());
            let gate = Gate::load(&revealed.document, Known { clients, authors });
            let gate = gate.map_err(|error| damaged(error.to_string()))?;
            if !gate.fits() {
                return Err(CommandError::TooMuch);
            }
            let document = Document::of(&revealed.document, &[]).map_err(|error| damaged(error.to_string()))?;
            Ok(Some(New { revealed, document, gate }))
        };
        Ok(aside(work).await.unwrap_or_else(|error| Err(StoreError::Other(error.to_string()).into())))
    }

    /// What people wrote is durable as entry `seq`: everybody sees it.
    pub(super) fn show(&mut self, seq: Seq, new: New) {
        crash_point::pass(Point::AfterReveal);
        let New { revealed, document, gate } = new;
        self.seq = self.seq.max(seq);
        self.last_edit = clock::instant();
        self.vector = gate.encode_state_vector().into();
        self.live = Some(Live::new(document, gate, &self.metrics));
        self.tail_bytes += revealed.update.len();
        self.broadcast(&revealed.update, None);
    }

    /// How many have written something in private, where everybody is to know.
    pub(super) async fn count_writers(&mut self) {
        let state = self.session.state();
        let mut written = std::collections::BTreeMap::new();
        for round in state.rounds.iter().filter(|round| round.counted && !round.discarded) {
            match self.store.drafts_of(self.board, round.id, round.number()).await {
                Ok(drafts) => _ = written.insert(round.id, drafts.len()),
                // Told the next time.
                Err(error) => tracing::warn!(board = %self.board, %error, "drafts cannot be counted"),
            }
        }
        if self.draft.is_none() && written != self.session.written {
            self.session.written = written;
            self.session_dirty = true;
        }
    }
}
