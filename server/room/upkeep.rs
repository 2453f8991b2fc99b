//! What a room does for itself: growing cold and warm, checkpoints, reloading, the store's health. Knows no sockets.

use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
};

use bytes::Bytes;

use super::{
    actor::{Actor, End},
    ask::Still,
    document::Document,
    live::Live,
    load,
    work::Work,
};
use crate::{clock, error::StoreError, ids::PersonId, store::Health, wire::CloseCode};

impl Actor {
    /// Every second or so.
    pub(super) async fn keep_house(&mut self) -> Result<(), End> {
        self.presence.expire(self.pace.presence_life);
        self.catch_up_on_steps_1().await?;
        if self.session.storage != *self.health.borrow() {
            Box::pin(self.storage_changed()).await?;
        }
        if self.session.around.role_ends.is_some_and(|end| end <= clock::now_ms()) {
            Box::pin(self.read_people()).await;
        }
        if std::mem::take(&mut self.count_due) {
            Box::pin(self.count_writers()).await;
        }
        let alone = self.peers.is_empty() && self.last_peer_left.elapsed() >= self.pace.room_idle;
        self.see_who_left(alone);
        let busy = self.commit.is_some() || !self.queue.is_empty();
        if !busy && !self.refused.is_empty() {
            let here: HashSet<PersonId> = self.peers.values().map(|peer| peer.person).collect();
            self.refused.retain(|person, _| here.contains(person));
        }
        if !self.peers.is_empty() {
            self.last_peer_left = clock::instant();
        } else if !busy && self.last_peer_left.elapsed() >= self.pace.room_idle && self.inbox.is_empty() {
            return Err(End::Idle);
        }
        if let Some(live) = self.live.as_mut().filter(|_| !busy) {
            let quiet = self.last_edit.elapsed();
            if quiet >= self.pace.room_cold {
                Box::pin(self.keep_checkpoint()).await;
                self.live = None;
            } else if quiet >= self.pace.document_rest {
                live.rest(&self.join_state);
            }
        }
        Ok(())
    }

    /// Whether the board's team works still, and when the next role ends. What cannot be read stays as it was.
    pub(super) async fn read_around(&mut self) {
        match self.store.around(self.board).await {
            Ok(around) => {
                if around.withdrawn != self.session.around.withdrawn {
                    // Rights are others now.
                    (self.session_dirty, self.session_from) = (true, clock::instant());
                }
                self.session.around = around;
            }
            Err(error) => tracing::warn!(board = %self.board, %error, "the board's team cannot be read"),
        }
    }

    /// Whoever has a hand up or leads and is away for long has left; when the room is about to close, everybody has.
    fn see_who_left(&mut self, closing: bool) {
        if self.draft.is_some() {
            // Who is on the board is the board's to see.
            return;
        }
        let now = clock::instant();
        let here: HashSet<PersonId> = self.peers.values().map(|peer| peer.person).collect();
        let attention = self.session.state().attention;
        let present: HashSet<PersonId> = attention.present().filter(|person| !here.contains(person)).collect();
        self.away.retain(|person, _| present.contains(person));
        for person in present {
            let since = *self.away.entry(person).or_insert(now);
            if (closing || now - since >= self.pace.away) && self.session.storage == Health::Good {
                self.away.remove(&person);
                self.queue.push_back(Work::Left(person));
            }
        }
    }

    /// The document, read from the journal again if the room is cold.
    pub(super) async fn warm(&mut self) -> Result<&mut Live, End> {
        if self.live.is_none() {
            // Boxed here and elsewhere: what a room seldom does takes no room in it while it does not.
            Box::pin(self.reload()).await?;
        }
        self.live.as_mut().ok_or(End::Failed(CloseCode::Failed))
    }

    /// Reads the board anew; peers stay. What is on its way to the journal is waited for, so that the gate and the
    /// document have it too; it is told when its turn comes.
    pub(super) async fn reload(&mut self) -> Result<(), End> {
        if let Some(commit) = &mut self.commit {
            let landed = commit.await;
            self.commit = Some(Box::pin(std::future::ready(landed)));
        }
        let author = self.draft.as_ref().map(|draft| draft.id.person);
        match load::open(&self.store, &self.stream, author).await {
            Ok(opened) if opened.epoch != self.epoch => Err(End::Failed(CloseCode::Retired)),
            Ok(opened) => {
                self.adopt(opened);
                self.last_edit = clock::instant();
                Ok(())
            }
            Err(error) => {
                tracing::error!(board = %self.board, %error, "the board cannot be read again");
                let is_damaged = matches!(error, StoreError::Corrupt(_));
                Err(End::Failed(if is_damaged { CloseCode::Damaged } else { CloseCode::Failed }))
            }
        }
    }

    /// Looks whether the document has another title than the board's record.
    pub(super) fn read_title(&mut self) {
        let Some(document) = self.live.as_ref().and_then(Live::awake) else { return };
        self.new_title = document.title().filter(|title| *title != self.kept_title);
    }

    /// Makes the join state short again if it has become long.
    pub(super) async fn refresh_join_state(&mut self) -> Result<(), End> {
        if self.join_state.is_long() {
            let encoded = self.encode().await?;
            self.join_state.reset(&encoded);
        }
        Ok(())
    }

    pub(super) async fn encode(&mut self) -> Result<Bytes, End> {
        let state = Arc::clone(&self.join_state);
        let document = self.warm().await?.document(&state);
        document.and_then(Document::encode).map_err(|_| End::Failed(CloseCode::Failed))
    }

    /// The same of a room that is warm.
    fn encoded(&mut self) -> Option<Bytes> {
        self.live.as_mut()?.document(&self.join_state).and_then(Document::encode).ok()
    }

    /// All that is durable, as of the newest entry.
    pub(super) fn still(&self) -> Still {
        let (document, tail) = self.join_state.parts();
        Still { checkpoint: load::checkpoint(self.seq, document, &self.facilitation()), tail }
    }

    /// Writes a checkpoint on the side when the tail has become long.
    pub(super) fn checkpoint_if_due(&mut self) {
        let entries = self.seq - self.checkpoint.min(self.seq);
        if entries < self.pace.checkpoint_entries && self.tail_bytes < self.pace.checkpoint_bytes {
            return;
        }
        let Some(encoded) = self.encoded() else { return };
        self.join_state.reset(&encoded);
        let checkpoint = load::checkpoint(self.seq, encoded, &self.facilitation());
        (self.checkpoint, self.tail_bytes) = (self.seq, 0);
        let (store, stream, epoch) = (Arc::clone(&self.store), self.stream.clone(), self.epoch);
        let kept = Arc::clone(&self.kept_checkpoint);
        tokio::spawn(async move {
            let seq = checkpoint.seq;
            match store.checkpoint(&stream, epoch, checkpoint).await {
                Ok(()) => _ = kept.fetch_max(seq, Ordering::AcqRel),
                Err(error) => tracing::warn!(%stream, %error, "no checkpoint: the next opening reads more entries"),
            }
        });
    }

    /// Writes a checkpoint of all there is, unless there is one.
    pub(super) async fn keep_checkpoint(&mut self) {
        if self.kept_checkpoint.load(Ordering::Acquire) >= self.seq {
            return;
        }
        let Some(encoded) = self.encoded() else { return };
        self.join_state.reset(&encoded);
        let checkpoint = load::checkpoint(self.seq, encoded, &self.facilitation());
        match self.store.checkpoint(&self.stream, self.epoch, checkpoint).await {
            Ok(()) => {
                self.kept_checkpoint.fetch_max(self.seq, Ordering::AcqRel);
                (self.checkpoint, self.tail_bytes) = (self.seq, 0);
            }
            Err(error) => tracing::warn!(board = %self.board, %error, "no checkpoint at the room's close"),
        }
    }

    /// The store can write again, or no longer.
    pub(super) async fn storage_changed(&mut self) -> Result<(), End> {
        let health = *self.health.borrow_and_update();
        let before = std::mem::replace(&mut self.session.storage, health);
        if before == health {
            return Ok(());
        }
        (self.session_dirty, self.session_from) = (true, clock::instant());
        if health == Health::Good {
            // What was judged and not kept is in nobody's document but its author's: judge from the journal's
            // state, and ask everyone for what is missing.
            self.reload().await?;
            self.catch_up();
            self.ask_everyone();
        }
        Ok(())
    }

    /// Sends every peer the server's sync step 1.
    fn ask_everyone(&mut self) {
        for peer in self.peers.values_mut() {
            peer.outbox.step_1(self.vector.clone());
        }
    }
}
