//! What a room sends to its peers, and when something is due. Knows no sockets and no journal.

use bytes::Bytes;
use tokio::time::Instant;

use super::{actor::Actor, peer::PeerId};
use crate::{clock, limits, wire::Head};

impl Actor {
    /// When something must happen without a message.
    pub(super) fn due(&self) -> Instant {
        let housekeeping = self.last_housekeeping + self.pace.housekeeping;
        let tick = self.last_sent + limits::presence_tick(self.peers.len());
        let presence = if self.presence.is_dirty() { tick } else { housekeeping };
        let session = if self.session_dirty { tick.max(self.session_from) } else { housekeeping };
        housekeeping.min(presence).min(session)
    }

    /// Presence and session states, at most once a tick; session states less often the more there are.
    pub(super) fn send_what_is_due(&mut self) {
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

    /// An update message to everyone who is in step, but its only author.
    pub(super) fn broadcast(&mut self, update: &[u8], author: Option<PeerId>) {
        let message = self.join_state.push(update);
        // Nearly everybody's frames begin alike.
        let mut framed: Option<(&Head, Bytes)> = None;
        for peer in self.peers.values().filter(|peer| peer.in_step && Some(peer.id) != author) {
            let head = peer.outbox.head();
            let frame = match &framed {
                Some((known, frame)) if *known == head => frame.clone(),
                _ => framed.insert((head, head.frame(&message))).1.clone(),
            };
            peer.outbox.frame(frame);
        }
    }
}
