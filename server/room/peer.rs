//! One connection to the board, as the room keeps it. Knows no sockets.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::time::Instant;

use super::{acks::Acks, outbox::Outbox};
use crate::{
    clock,
    error::Refusal,
    ids::{PersonId, Seq},
    limits,
    role::Role,
};

/// The number of a connection within its room.
pub(super) type PeerId = u64;

/// Which framing a peer speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Hocuspocus,
    YWebsocket,
}

/// An update that waits for what it builds on.
pub(super) struct Parked {
    pub(super) n: u64,
    pub(super) step_2: bool,
    pub(super) update: Bytes,
}

pub(super) struct Peer {
    pub(super) id: PeerId,
    pub(super) person: PersonId,
    pub(super) role: Role,
    /// The role comes from a membership; when that ends, so does the connection.
    pub(super) member: bool,
    pub(super) name: String,
    pub(super) dialect: Dialect,
    /// The project's own provider: it gets `durable` and `refused`.
    pub(super) own_provider: bool,
    pub(super) outbox: Arc<Outbox>,
    pub(super) acks: Acks,
    pub(super) parked: VecDeque<Parked>,
    /// The newest session state that it confirmed.
    pub(super) seen: Seq,
    /// The client id of its presence.
    pub(super) client: Option<u64>,
    /// When it last said anything.
    pub(super) heard: Instant,
    /// Sync steps 1 that it still has coming.
    pub(super) resyncs: Throttle,
    /// It was told what it lacks. What comes before that is in the answer: sent by itself it would leave a hole, and
    /// not every CRDT library forgives one.
    pub(super) in_step: bool,
    /// Its newest sync step 1, not yet answered because it asks too often.
    pub(super) unanswered: Option<Bytes>,
    /// The room wants a sync step 2 from it and has not yet asked because it asks too often.
    pub(super) to_ask: bool,
    /// Sync step 1 messages that it has sent.
    pub(super) steps_1: u64,
    /// When it was last given everybody's presence.
    pub(super) presence_told: Instant,
    /// Messages of it that are none.
    pub(super) malformed: u32,
    /// Sync steps 2 that a stock Hocuspocus provider counts as one of its changes.
    pub(super) counted_steps_2: u64,
}

impl Peer {
    fn stock_hocuspocus(&self) -> bool {
        self.dialect == Dialect::Hocuspocus && !self.own_provider
    }

    /// Message `n` is durable or changed nothing; a sync step 2 brings all that was dropped before it.
    pub(super) fn settle(&mut self, n: u64, step_2: bool) {
        self.acks.settle(n);
        let mut counted = usize::from(!step_2);
        if step_2 {
            counted += self.acks.cover(n);
            if self.counted_steps_2 > 0 {
                self.counted_steps_2 -= 1;
                counted += 1;
            }
        }
        if self.stock_hocuspocus() {
            (0..counted).for_each(|_| self.outbox.status(true));
        }
        self.tell_durable();
    }

    /// Message `n` did not enter and never will.
    pub(super) fn refuse(&mut self, n: u64, reason: Refusal) {
        self.acks.settle(n);
        if self.own_provider {
            self.outbox.refused(n, reason);
        } else if self.stock_hocuspocus() {
            self.outbox.status(false);
        }
        self.tell_durable();
    }

    fn tell_durable(&mut self) {
        if let Some(n) = self.acks.advance()
            && self.own_provider
        {
            self.outbox.durable(n);
        }
    }

    /// Keeps an update until the gap before it is filled; gives it back when there is no room for it.
    pub(super) fn park(&mut self, parked: Parked) -> Result<(), Parked> {
        let bytes: usize = self.parked.iter().map(|parked| parked.update.len()).sum();
        if bytes + parked.update.len() > limits::PARKED_BYTES {
            return Err(parked);
        }
        self.parked.push_back(parked);
        Ok(())
    }

    /// Says nothing although every provider speaks every 15 seconds: its socket is as good as gone.
    pub(super) fn is_silent(&self, stalled: Duration) -> bool {
        clock::instant() - self.heard > stalled
    }
}

/// Lets something happen so many times in a time.
pub(super) struct Throttle {
    left: u32,
    since: Instant,
    minute: Duration,
}

impl Throttle {
    pub(super) fn new(minute: Duration) -> Self {
        Self { left: limits::RESYNCS_PER_MINUTE, since: clock::instant(), minute }
    }

    /// Whether it may happen now; counts it if so.
    pub(super) fn allow(&mut self) -> bool {
        let now = clock::instant();
        if now - self.since >= self.minute {
            *self = Self { left: limits::RESYNCS_PER_MINUTE, since: now, minute: self.minute };
        }
        let allowed = self.left > 0;
        self.left = self.left.saturating_sub(1);
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn at_the_rate_and_one_past_it_and_again_after_a_minute() {
        let mut throttle = Throttle::new(Duration::from_secs(60));
        assert!((0..limits::RESYNCS_PER_MINUTE).all(|_| throttle.allow()));
        assert!(!throttle.allow());
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!(throttle.allow());
    }
}
