//! Which sessions sockets live by, so that they end with them. Knows no sockets and no store.

use std::sync::Arc;

use dashmap::{DashMap, Entry};
use tokio_util::sync::CancellationToken;

use crate::store::records::SecretHash;

/// The sessions that sockets of this process live by.
#[derive(Default)]
pub struct Sessions {
    held: DashMap<SecretHash, Held>,
}

#[derive(Default)]
struct Held {
    by: usize,
    ended: CancellationToken,
}

/// One socket's interest in its session; dropping it gives that up.
pub struct Hold {
    sessions: Arc<Sessions>,
    session: SecretHash,
    ended: CancellationToken,
}

impl Sessions {
    /// Says that a socket lives by this session.
    #[must_use]
    pub fn hold(self: &Arc<Self>, session: SecretHash) -> Hold {
        let mut held = self.held.entry(session).or_default();
        held.by += 1;
        Hold { sessions: Arc::clone(self), session, ended: held.ended.clone() }
    }

    /// The session is no more: whoever lives by it hears it. To be called once the store knows it.
    pub fn end(&self, session: &SecretHash) {
        if let Some(held) = self.held.get(session) {
            held.ended.cancel();
        }
    }
}

impl Hold {
    /// Returns when the session was ended in this process.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Entry::Occupied(mut held) = self.sessions.held.entry(self.session) {
            held.get_mut().by -= 1;
            if held.get().by == 0 {
                held.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_holds_a_session_hears_its_end_and_nothing_stays_behind() {
        let sessions = Arc::new(Sessions::default());
        let (first, second, other) = (sessions.hold([1; 32]), sessions.hold([1; 32]), sessions.hold([2; 32]));
        sessions.end(&[1; 32]);
        first.ended().await;
        second.ended().await;
        assert!(!other.ended.is_cancelled());
        drop((first, second, other));
        assert!(sessions.held.is_empty());
    }
}
