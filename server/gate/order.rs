//! In which order the units of one text stand: where a block goes, by the rule that Yjs and every other reader of the
//! document goes by. Knows neither what is written there nor what of it is deleted.
//!
//! An editor puts a block between two units that stand side by side in what it knows. A block between others is no editor's: readers
//! would put it in different places, by the order in which they hear of everything. What an editor knows is at least what its
//! client wrote before, the two neighbours, what their clients wrote before them, and what all that was written beside.

use std::collections::{BTreeMap, HashMap};

use super::parse::Id;

/// Units of one client that follow each other and came as if they were one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    id: Id,
    len: u32,
    /// What the first unit was written after; each further one after the one before it.
    origin: Option<Id>,
    right: Option<Id>,
}

impl Piece {
    fn last(&self) -> Id {
        Id { clock: self.id.clock + self.len - 1, ..self.id }
    }

    fn holds(&self, id: Id) -> bool {
        id.client == self.id.client && (self.id.clock..self.id.clock + self.len).contains(&id.clock)
    }
}

/// What became of a block that was to be put somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    Stands,
    /// Its neighbours never stood side by side for whoever wrote it.
    Nowhere,
    /// To see whether they did took more steps than there were.
    TooFar,
}

/// The pieces of a text, from left to right, deleted ones too.
#[derive(Debug, Clone, Default)]
pub(super) struct Order(Vec<Piece>);

impl Order {
    /// The number of the piece that holds a unit. Most edits are near the last one.
    fn find(&self, id: Id) -> Option<usize> {
        self.0.iter().rposition(|piece| piece.holds(id))
    }

    /// Cuts a piece so that `id` is the first unit of the second half; gives whether there was something to cut.
    fn cut(&mut self, number: usize, id: Id) -> bool {
        let Some(piece) = self.0.get_mut(number).filter(|piece| id.clock > piece.id.clock) else { return false };
        let kept = id.clock - piece.id.clock;
        if kept >= piece.len {
            return false;
        }
        let rest =
            Piece { id, len: piece.len - kept, origin: Some(Id { clock: id.clock - 1, ..id }), right: piece.right };
        piece.len = kept;
        self.0.insert(number + 1, rest);
        true
    }

    /// Puts a block where it belongs, between its left and its right neighbour; else nothing is put. Takes from `steps`; none are
    /// needed for a block of which it is known that its neighbours stood side by side.
    pub(super) fn put(
        &mut self,
        id: Id,
        len: u32,
        (origin, right): (Option<Id>, Option<Id>),
        steps: Option<&mut usize>,
    ) -> Put {
        let left = origin.and_then(|origin| self.find(origin));
        let after = right.and_then(|right| self.find(right));
        if let (Some(left), Some(after), Some(origin), Some(right)) = (left, after, origin, right)
            && (after < left || (after == left && right.clock <= origin.clock))
        {
            return Put::Nowhere;
        }
        let mut end = self.0.len();
        if let (Some(number), Some(right)) = (after, right) {
            end = number + usize::from(self.cut(number, right));
        }
        let mut from = 0;
        if let (Some(number), Some(origin)) = (left, origin) {
            let cut = self.cut(number, Id { clock: origin.clock + 1, ..origin });
            end = if right.is_none() { self.0.len() } else { end + usize::from(cut) };
            from = number + 1;
        }
        if let Some(steps) = steps.filter(|_| from < end) {
            let Some(known) = self.known(id, [origin, right], steps) else { return Put::TooFar };
            let between = self.0.get(from..end).unwrap_or_default();
            if between.iter().any(|piece| known.get(&piece.id.client).is_some_and(|clock| piece.id.clock < *clock)) {
                return Put::Nowhere;
            }
        }
        let at = self.among_rivals(from, end, id, origin, right);
        self.insert(at, Piece { id, len, origin, right });
        Put::Stands
    }

    /// What the author of a block knew of this text at least: for each client the first clock that they perhaps did not. `None`
    /// when finding it takes more than `steps`.
    fn known(&self, id: Id, beside: [Option<Id>; 2], steps: &mut usize) -> Option<HashMap<u32, u32>> {
        let mut known = HashMap::from([(id.client, id.clock)]);
        let know = |known: &mut HashMap<u32, u32>, unit: Id| {
            let clock = known.entry(unit.client).or_default();
            let more = *clock <= unit.clock;
            *clock = (*clock).max(unit.clock + 1);
            more
        };
        beside.into_iter().flatten().for_each(|unit| _ = know(&mut known, unit));
        let mut more = true;
        while more {
            more = false;
            *steps = steps.checked_sub(self.0.len())?;
            for piece in &self.0 {
                if known.get(&piece.id.client).is_some_and(|clock| piece.id.clock < *clock) {
                    for unit in [piece.origin, piece.right].into_iter().flatten() {
                        more |= know(&mut known, unit);
                    }
                }
            }
        }
        Some(known)
    }

    /// Of the pieces from `from` to `end`, which were written at the same place without knowledge of each other: the
    /// number of the first that stands after the block.
    fn among_rivals(&self, from: usize, end: usize, id: Id, origin: Option<Id>, right: Option<Id>) -> usize {
        let mut at = from;
        // By client and first clock the numbers of the pieces passed.
        let mut passed: HashMap<u32, BTreeMap<u32, usize>> = HashMap::new();
        for (number, rival) in self.0.iter().enumerate().take(end).skip(from) {
            passed.entry(rival.id.client).or_default().insert(rival.id.clock, number);
            if rival.origin == origin {
                if rival.id.client < id.client {
                    at = number + 1;
                } else if rival.right == right {
                    break;
                }
                continue;
            }
            let written_after = rival.origin.and_then(|unit| {
                let (_, number) = passed.get(&unit.client)?.range(..=unit.clock).next_back()?;
                self.0.get(*number).filter(|piece| piece.holds(unit)).map(|_| *number)
            });
            match written_after {
                // Its own place is before the block; so is what was written after it.
                Some(number_before) if number_before < at => at = number + 1,
                Some(_) => {}
                None => break,
            }
        }
        at
    }

    fn insert(&mut self, at: usize, piece: Piece) {
        if let Some(before) = at.checked_sub(1).and_then(|number| self.0.get_mut(number))
            && before.id.client == piece.id.client
            && before.id.clock + before.len == piece.id.clock
            && piece.origin == Some(before.last())
            && before.right == piece.right
        {
            before.len += piece.len;
            return;
        }
        if self.0.is_empty() {
            self.0.reserve_exact(1);
        }
        self.0.insert(at, piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn id(client: u32, clock: u32) -> Id {
        Id { client, clock }
    }

    /// The units from left to right.
    fn units(order: &Order) -> Vec<(u32, u32)> {
        let units = |piece: &Piece| {
            (piece.id.clock..piece.id.clock + piece.len).map(|clock| (piece.id.client, clock)).collect::<Vec<_>>()
        };
        order.0.iter().flat_map(units).collect()
    }

    fn put(order: &mut Order, id: Id, len: u32, origin: Option<Id>, right: Option<Id>) -> Put {
        order.put(id, len, (origin, right), Some(&mut 1_000))
    }

    #[test]
    fn typing_on_is_one_piece_and_typing_between_cuts_it() {
        let mut order = Order::default();
        assert_eq!(put(&mut order, id(1, 0), 3, None, None), Put::Stands);
        assert_eq!(put(&mut order, id(1, 3), 2, Some(id(1, 2)), None), Put::Stands);
        assert_eq!(order.0.len(), 1);
        assert_eq!(put(&mut order, id(2, 0), 1, Some(id(1, 1)), Some(id(1, 2))), Put::Stands);
        assert_eq!(units(&order), [(1, 0), (1, 1), (2, 0), (1, 2), (1, 3), (1, 4)]);
        assert_eq!(put(&mut order, id(2, 1), 1, None, Some(id(1, 0))), Put::Stands);
        assert_eq!(units(&order).first(), Some(&(2, 1)));
    }

    #[test]
    fn neighbours_the_wrong_way_round_are_told() {
        let mut order = Order::default();
        assert_eq!(put(&mut order, id(1, 0), 4, None, None), Put::Stands);
        let before = order.clone();
        assert_eq!(put(&mut order, id(2, 0), 1, Some(id(1, 2)), Some(id(1, 1))), Put::Nowhere);
        assert_eq!(put(&mut order, id(2, 0), 1, Some(id(1, 2)), Some(id(1, 2))), Put::Nowhere);
        assert_eq!(units(&order), units(&before));
    }

    #[test]
    fn neighbours_with_something_known_between_them_are_told() {
        let mut order = Order::default();
        assert_eq!(put(&mut order, id(1, 0), 4, None, None), Put::Stands);
        // Whoever knows the third unit knows the second; so at the begin.
        assert_eq!(put(&mut order, id(2, 0), 1, Some(id(1, 0)), Some(id(1, 2))), Put::Nowhere);
        assert_eq!(put(&mut order, id(2, 0), 1, None, Some(id(1, 1))), Put::Nowhere);
        // One's own units too; others may not have heard of the fourth.
        assert_eq!(put(&mut order, id(1, 4), 1, Some(id(1, 2)), None), Put::Nowhere);
        assert_eq!(put(&mut order, id(2, 0), 1, Some(id(1, 2)), None), Put::Stands);
        assert_eq!(units(&order), [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]);
        // Known by way of what a neighbour was written beside.
        assert_eq!(put(&mut order, id(3, 0), 1, Some(id(2, 0)), None), Put::Stands);
        assert_eq!(put(&mut order, id(4, 0), 1, Some(id(1, 1)), Some(id(3, 0))), Put::Nowhere);
        assert_eq!(order.put(id(5, 0), 1, (Some(id(1, 2)), None), Some(&mut 1)), Put::TooFar);
    }

    #[test]
    fn rivals_stand_by_their_clients_whoever_comes_first() {
        let all = |clients: [u32; 3]| {
            let mut order = Order::default();
            assert_eq!(put(&mut order, id(9, 0), 2, None, None), Put::Stands);
            for client in clients {
                assert_eq!(put(&mut order, id(client, 0), 1, Some(id(9, 0)), Some(id(9, 1))), Put::Stands);
                assert_eq!(put(&mut order, id(client, 1), 1, Some(id(client, 0)), Some(id(9, 1))), Put::Stands);
            }
            units(&order)
        };
        let one = all([1, 2, 3]);
        assert_eq!(one[1..7], [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)]);
        assert_eq!(all([3, 1, 2]), one);
        assert_eq!(all([2, 3, 1]), one);
    }
}
