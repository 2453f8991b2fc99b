//! What was refused of one connection stays refused on it. Knows no peers and no documents.
//!
//! A provider that is told of a refusal puts its old copy aside. What it had sent before it heard of that can hold the same blocks, and
//! by then nothing forbidden any more (the forbidden part was undone meanwhile): if that entered, words that somebody is shown as *not
//! saved* would be on the board.

use std::collections::HashMap;

use crate::error::Refusal;

/// So many client ids of one connection are told apart; an honest one has one or two.
const CLIENTS: usize = 256;

/// The client ids whose new blocks were refused, and why.
#[derive(Debug, Default)]
pub(super) struct Refused {
    clients: HashMap<u64, Refusal>,
    /// Too many to tell apart: nothing new enters.
    all: Option<Refusal>,
}

impl Refused {
    pub(super) fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }

    /// New blocks of these clients did not enter.
    pub(super) fn remember(&mut self, clients: Vec<u64>, reason: &Refusal) {
        for client in clients {
            if self.clients.len() < CLIENTS {
                self.clients.entry(client).or_insert_with(|| reason.clone());
            } else if !self.clients.contains_key(&client) {
                self.all.get_or_insert_with(|| reason.clone());
            }
        }
    }

    /// Why new blocks of these clients do not enter.
    pub(super) fn reason(&self, clients: &[u64]) -> Option<&Refusal> {
        let of = clients.iter().find_map(|client| self.clients.get(client));
        of.or(self.all.as_ref().filter(|_| !clients.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::RefusalCode;

    #[test]
    fn only_what_was_refused_stays_out_until_there_is_too_much_of_it() {
        let (locked, other) = (Refusal::new(RefusalCode::Locked), Refusal::new(RefusalCode::Role));
        let mut refused = Refused::default();
        assert!(refused.is_empty() && refused.reason(&[1]).is_none());
        refused.remember((0..CLIENTS as u64).collect(), &locked);
        refused.remember(vec![1], &other);
        assert_eq!(refused.reason(&[999, 1]).map(|reason| reason.code), Some(RefusalCode::Locked));
        assert!(refused.reason(&[999]).is_none());
        refused.remember(vec![1_000], &other);
        assert_eq!(refused.reason(&[999]).map(|reason| reason.code), Some(RefusalCode::Role));
        assert!(refused.reason(&[]).is_none(), "deletions and what is known");
    }
}
