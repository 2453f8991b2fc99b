//! Blocks and deletions by their numbers: what a document holds, or what one edit brings. Knows no CRDT and no server.

use std::{collections::BTreeMap, ops::Range};

/// Blocks that are there and blocks that are deleted, by client and clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    made: Ranges,
    deleted: Ranges,
}

/// By client: ascending and apart.
type Ranges = BTreeMap<u64, Vec<Range<u32>>>;

fn add(to: &mut Ranges, client: u64, range: Range<u32>) {
    if range.is_empty() {
        return;
    }
    let ranges = to.entry(client).or_default();
    let from = ranges.partition_point(|there| there.end < range.start);
    let until = ranges.partition_point(|there| there.start <= range.end);
    let joined = ranges[from..until].iter().fold(range, |a, b| a.start.min(b.start)..a.end.max(b.end));
    ranges.splice(from..until, [joined]);
}

fn lacks(there: &Ranges, wanted: &Ranges) -> bool {
    pieces(wanted).any(|(client, range)| !left(there, client, range).is_empty())
}

fn pieces(of: &Ranges) -> impl Iterator<Item = (u64, Range<u32>)> {
    of.iter().flat_map(|(client, ranges)| ranges.iter().map(|range| (*client, range.clone())))
}

/// The parts of a range that are not there.
fn left(there: &Ranges, client: u64, range: Range<u32>) -> Vec<Range<u32>> {
    let there = there.get(&client).map(Vec::as_slice).unwrap_or_default();
    let mut at = range.start;
    let mut parts = Vec::new();
    for piece in &there[there.partition_point(|there| there.end <= range.start)..] {
        if piece.start >= range.end {
            break;
        }
        if at < piece.start {
            parts.push(at..piece.start);
        }
        at = at.max(piece.end);
    }
    if at < range.end {
        parts.push(at..range.end);
    }
    parts
}

fn without(of: &Ranges, other: &Ranges) -> Ranges {
    let mut rest = Ranges::new();
    for (client, range) in pieces(of) {
        left(other, client, range).into_iter().for_each(|part| add(&mut rest, client, part));
    }
    rest
}

impl Facts {
    pub(crate) fn made(&mut self, client: u64, range: Range<u32>) {
        add(&mut self.made, client, range);
    }

    pub(crate) fn deleted(&mut self, client: u64, range: Range<u32>) {
        add(&mut self.deleted, client, range);
    }

    pub(crate) fn join(&mut self, other: &Facts) {
        pieces(&other.made).for_each(|(client, range)| add(&mut self.made, client, range));
        pieces(&other.deleted).for_each(|(client, range)| add(&mut self.deleted, client, range));
    }

    pub(crate) fn contains(&self, other: &Facts) -> bool {
        !lacks(&self.made, &other.made) && !lacks(&self.deleted, &other.deleted)
    }

    /// Whether every block of the other is there, whatever is deleted.
    pub(crate) fn has_blocks_of(&self, other: &Facts) -> bool {
        !lacks(&self.made, &other.made)
    }

    /// Where the blocks of each client end.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (u64, u32)> {
        self.made.iter().filter_map(|(client, ranges)| Some((*client, ranges.last()?.end)))
    }

    /// Whether a block of the other is there and shows: one that was deleted before it came has no content.
    pub(crate) fn meets(&self, other: &Facts) -> bool {
        let there = without(&other.made, &without(&other.made, &self.made));
        lacks(&self.deleted, &there)
    }

    /// What the other does not have.
    pub(crate) fn without(&self, other: &Facts) -> Facts {
        Facts { made: without(&self.made, &other.made), deleted: without(&self.deleted, &other.deleted) }
    }

    /// This client's blocks only.
    pub(crate) fn blocks_of(&self, client: u64) -> Facts {
        self.blocks_where(|of| of == client)
    }

    /// The same without this client's blocks and without all deletions.
    pub(crate) fn blocks_of_others(&self, client: u64) -> Facts {
        self.blocks_where(|of| of != client)
    }

    fn blocks_where(&self, is_wanted: impl Fn(u64) -> bool) -> Facts {
        let made = self.made.iter().filter(|(of, _)| is_wanted(**of));
        Facts { made: made.map(|(of, ranges)| (*of, ranges.clone())).collect(), deleted: Ranges::new() }
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = (u64, Range<u32>)> {
        pieces(&self.made)
    }

    pub(crate) fn deletions(&self) -> impl Iterator<Item = (u64, Range<u32>)> {
        pieces(&self.deleted)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.deleted.is_empty()
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one range is as good a case as several")]
mod tests {
    use super::*;

    fn made(ranges: &[Range<u32>]) -> Facts {
        let mut facts = Facts::default();
        ranges.iter().for_each(|range| facts.made(1, range.clone()));
        facts
    }

    #[test]
    fn ranges_join_in_any_order() {
        assert_eq!(made(&[4..6, 0..2, 8..9, 2..4, 6..8]), made(&[0..9]));
    }

    #[test]
    fn what_is_left_is_what_the_other_lacks() {
        let some = made(&[2..4, 6..7]);
        assert_eq!(made(&[0..9]).without(&some), made(&[0..2, 4..6, 7..9]));
        assert!(some.without(&made(&[0..9])).is_empty());
        assert!(made(&[0..9]).contains(&some) && !some.contains(&made(&[3..5])));
        assert!(some.meets(&made(&[3..5])) && !some.meets(&made(&[4..6])));
        let mut erased = some.clone();
        erased.deleted(1, 3..4);
        assert!(!erased.meets(&made(&[3..5])) && erased.meets(&made(&[2..5])));
        assert!(!made(&[]).meets(&some) && made(&[]).blocks_of_others(2).is_empty());
    }
}
