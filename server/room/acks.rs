//! Which of a peer's updates are settled. Knows not why.

use std::collections::VecDeque;

/// What became of one update message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    /// Not kept (no storage): a later sync step 2 of the same peer brings it again. An edit is counted then, a step 2 is not.
    Dropped {
        edit: bool,
    },
    Settled,
}

/// Counts the update messages of one connection and document, from 1.
#[derive(Debug, Default)]
pub(super) struct Acks {
    /// All up to this number are settled.
    settled: u64,
    /// Those after it.
    later: VecDeque<Fate>,
}

impl Acks {
    /// The number of the next message.
    pub(super) fn next(&mut self) -> u64 {
        self.later.push_back(Fate::Open);
        self.settled + self.later.len() as u64
    }

    fn at(&mut self, n: u64) -> Option<&mut Fate> {
        let place = n.checked_sub(self.settled + 1)?;
        self.later.get_mut(usize::try_from(place).ok()?)
    }

    /// Message `n` is durable, changed nothing, or was refused.
    pub(super) fn settle(&mut self, n: u64) {
        if let Some(fate) = self.at(n) {
            *fate = Fate::Settled;
        }
    }

    /// Message `n` was not kept.
    pub(super) fn drop_one(&mut self, n: u64, step_2: bool) {
        if let Some(fate) = self.at(n) {
            *fate = Fate::Dropped { edit: !step_2 };
        }
    }

    /// Everything before message `n` that was dropped is in `n`: a sync step 2 that was settled. Gives how many edits.
    pub(super) fn cover(&mut self, n: u64) -> usize {
        let before = usize::try_from(n.saturating_sub(self.settled + 1)).unwrap_or(usize::MAX);
        let mut edits = 0;
        for fate in self.later.iter_mut().take(before) {
            if let Fate::Dropped { edit } = *fate {
                edits += usize::from(edit);
                *fate = Fate::Settled;
            }
        }
        edits
    }

    /// How many from the first are settled and were given out by [`Acks::advance`].
    pub(super) fn settled(&self) -> u64 {
        self.settled
    }

    /// How many from the first are settled, if that grew since the last call.
    pub(super) fn advance(&mut self) -> Option<u64> {
        let ready = self.later.iter().take_while(|fate| **fate == Fate::Settled).count();
        if ready == 0 {
            return None;
        }
        self.later.drain(..ready);
        self.settled += ready as u64;
        Some(self.settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_without_a_gap_count() {
        let mut acks = Acks::default();
        assert_eq!((acks.next(), acks.next(), acks.next()), (1, 2, 3));
        acks.settle(2);
        assert_eq!(acks.advance(), None);
        acks.settle(1);
        assert_eq!(acks.advance(), Some(2));
        acks.settle(3);
        assert_eq!((acks.advance(), acks.advance()), (Some(3), None));
    }

    #[test]
    fn what_was_dropped_is_covered_by_a_later_step_2_only() {
        let mut acks = Acks::default();
        for _ in 0..4 {
            acks.next();
        }
        acks.drop_one(1, false);
        acks.drop_one(3, false);
        acks.settle(2);
        assert_eq!(acks.cover(2), 1);
        assert_eq!(acks.advance(), Some(2));
        acks.settle(4);
        assert_eq!(acks.advance(), None);
        assert_eq!(acks.cover(4), 1);
        assert_eq!(acks.advance(), Some(4));
    }
    #[test]
    fn a_step_2_that_was_dropped_is_covered_and_no_edit() {
        let mut acks = Acks::default();
        for _ in 0..3 {
            acks.next();
        }
        acks.drop_one(1, true);
        acks.drop_one(2, false);
        acks.settle(3);
        assert_eq!((acks.cover(3), acks.advance()), (1, Some(3)));
    }
}
