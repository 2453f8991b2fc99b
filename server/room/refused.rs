//! What was refused of a person stays refused while they are here, by whichever of their connections it comes. Knows no peers and
//! no documents.
//!
//! A provider that is told of a refusal puts its old copy aside. What it had sent before it heard of that, on this connection or on one
//! that it had given up, can hold the same blocks, and by then nothing forbidden any more (the forbidden part was undone meanwhile):
//! if that entered, words that somebody is shown as *not saved* would be on the board.

use std::collections::VecDeque;

use crate::{error::Refusal, limits};

/// The client ids of one person whose new blocks were refused, the oldest first, and why.
#[derive(Debug, Default)]
pub(super) struct Refused(VecDeque<(u64, Refusal)>);

impl Refused {
    /// New blocks of these clients did not enter.
    pub(super) fn remember(&mut self, clients: Vec<u64>, reason: &Refusal) {
        for client in clients {
            if self.reason(&[client]).is_none() {
                self.0.push_back((client, reason.clone()));
            }
        }
        let too_many = self.0.len().saturating_sub(limits::REFUSED_CLIENTS);
        self.0.drain(..too_many);
    }

    /// Why new blocks of these clients do not enter.
    pub(super) fn reason(&self, clients: &[u64]) -> Option<&Refusal> {
        self.0.iter().find(|(client, _)| clients.contains(client)).map(|(_, reason)| reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::RefusalCode;

    #[test]
    fn at_the_limit_and_one_past_it_where_the_oldest_is_forgotten() {
        let (locked, other) = (Refusal::new(RefusalCode::Locked), Refusal::new(RefusalCode::Role));
        let mut refused = Refused::default();
        assert!(refused.reason(&[1]).is_none());
        let most = limits::REFUSED_CLIENTS as u64;
        refused.remember((0..most).collect(), &locked);
        refused.remember(vec![0], &other);
        assert_eq!(refused.reason(&[999, 0]).map(|reason| reason.code), Some(RefusalCode::Locked));
        assert!(refused.reason(&[999]).is_none() && refused.reason(&[]).is_none());
        refused.remember(vec![999], &other);
        assert_eq!(refused.reason(&[999]).map(|reason| reason.code), Some(RefusalCode::Role));
        assert!(refused.reason(&[0]).is_none() && refused.reason(&[1]).is_some());
    }
}
