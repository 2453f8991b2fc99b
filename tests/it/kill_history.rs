//! A checker of histories: what was acknowledged or seen must be there, what was refused must not, and all copies are
//! equal. Knows blocks and deletions by their numbers, no CRDT, no server.

use std::{collections::BTreeMap, ops::Range};

/// Blocks that are there and blocks that are deleted, by client and clock: what a document holds, or what one edit
/// brought.
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
    wanted.iter().any(|(client, ranges)| {
        let there = there.get(client).map(Vec::as_slice).unwrap_or_default();
        ranges.iter().any(|range| {
            let at = there.partition_point(|there| there.end <= range.start);
            there.get(at).is_none_or(|there| there.start > range.start || there.end < range.end)
        })
    })
}

impl Facts {
    pub(crate) fn made(&mut self, client: u64, range: Range<u32>) {
        add(&mut self.made, client, range);
    }

    pub(crate) fn deleted(&mut self, client: u64, range: Range<u32>) {
        add(&mut self.deleted, client, range);
    }

    pub(crate) fn join(&mut self, other: &Facts) {
        for (client, ranges) in &other.made {
            ranges.iter().for_each(|range| add(&mut self.made, *client, range.clone()));
        }
        for (client, ranges) in &other.deleted {
            ranges.iter().for_each(|range| add(&mut self.deleted, *client, range.clone()));
        }
    }

    /// Where the blocks of each client end.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (u64, u32)> {
        self.made.iter().filter_map(|(client, ranges)| Some((*client, ranges.last()?.end)))
    }

    pub(crate) fn contains(&self, other: &Facts) -> bool {
        !lacks(&self.made, &other.made) && !lacks(&self.deleted, &other.deleted)
    }

    /// Whether a block of the other is there and shows: one that was deleted before it came has no content.
    fn meets(&self, other: &Facts) -> bool {
        let none = Vec::new();
        other.made.iter().any(|(client, ranges)| {
            let of = |all: &Ranges| all.get(client).unwrap_or(&none).clone();
            let (made, deleted) = (of(&self.made), of(&self.deleted));
            ranges.iter().any(|range| {
                let there = made.iter().map(|there| there.start.max(range.start)..there.end.min(range.end));
                there.filter(|there| !there.is_empty()).any(|there| {
                    let shows = Ranges::from([(0, vec![there])]);
                    lacks(&Ranges::from([(0, deleted.clone())]), &shows)
                })
            })
        })
    }
}

/// What happened on one board.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// Acknowledged as durable, each with words for a report.
    pub(crate) acknowledged: Vec<(String, Facts)>,
    /// What somebody else had received.
    pub(crate) seen: Vec<(String, Facts)>,
    /// What must never enter.
    pub(crate) refused: Vec<(String, Facts)>,
}

/// A copy of the board.
pub(crate) struct Copy<C> {
    pub(crate) name: String,
    pub(crate) facts: Facts,
    pub(crate) content: C,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    LostAcknowledged(String),
    LostSeen(String),
    VisibleRefused(String),
    /// Between the first copy and this one.
    Diverged(String),
}

impl History {
    /// What is wrong with a copy that was read from the server.
    pub(crate) fn faults(&self, copy: &Facts) -> Vec<Fault> {
        let lost = |(_, facts): &&(String, Facts)| !copy.contains(facts);
        let mut faults = Vec::new();
        faults.extend(self.acknowledged.iter().filter(lost).map(|(name, _)| Fault::LostAcknowledged(name.clone())));
        faults.extend(self.seen.iter().filter(lost).map(|(name, _)| Fault::LostSeen(name.clone())));
        let visible = self.refused.iter().filter(|(_, facts)| copy.meets(facts));
        faults.extend(visible.map(|(name, _)| Fault::VisibleRefused(name.clone())));
        faults
    }

    /// Forgets names, keeps facts: histories grow.
    pub(crate) fn fold(&mut self) {
        for (name, list) in [("acknowledged", &mut self.acknowledged), ("seen", &mut self.seen)] {
            let mut all = Facts::default();
            list.drain(..).for_each(|(_, facts)| all.join(&facts));
            list.push((format!("{name} before an earlier kill"), all));
        }
    }
}

/// Copies that should be equal and are not.
pub(crate) fn diverged<C: PartialEq>(copies: &[Copy<C>]) -> Vec<Fault> {
    let Some((first, rest)) = copies.split_first() else { return Vec::new() };
    let other = |copy: &&Copy<C>| copy.facts != first.facts || copy.content != first.content;
    rest.iter().filter(other).map(|copy| Fault::Diverged(copy.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(client: u64, made: Range<u32>, deleted: Option<Range<u32>>) -> Facts {
        let mut facts = Facts::default();
        facts.made(client, made);
        deleted.into_iter().for_each(|range| facts.deleted(client, range));
        facts
    }

    fn history() -> History {
        History {
            acknowledged: vec![("one".into(), edit(1, 0..5, None)), ("two".into(), edit(1, 5..9, Some(2..3)))],
            seen: vec![("three".into(), edit(2, 4..6, None))],
            refused: vec![("four".into(), edit(3, 0..4, None))],
        }
    }

    fn whole() -> Facts {
        let mut copy = edit(1, 0..9, Some(0..3));
        copy.join(&edit(2, 0..6, None));
        copy
    }

    #[test]
    fn a_good_history_has_no_faults() {
        assert_eq!(history().faults(&whole()), []);
        let mut folded = history();
        folded.fold();
        assert_eq!(folded.faults(&whole()), []);
    }

    #[test]
    fn a_lost_acknowledged_edit_is_caught_wherever_it_is_lost() {
        let mut end = edit(1, 0..8, Some(0..3));
        end.join(&edit(2, 0..6, None));
        assert_eq!(history().faults(&end), [Fault::LostAcknowledged("two".into())]);
        let mut beginning = edit(1, 1..9, Some(0..3));
        beginning.join(&edit(2, 0..6, None));
        assert_eq!(history().faults(&beginning), [Fault::LostAcknowledged("one".into())]);
        let mut deletion = edit(1, 0..9, Some(0..2));
        deletion.join(&edit(2, 0..6, None));
        assert_eq!(history().faults(&deletion), [Fault::LostAcknowledged("two".into())]);
        let mut folded = history();
        folded.fold();
        assert_eq!(folded.faults(&deletion).len(), 1);
    }

    #[test]
    fn a_seen_but_missing_edit_is_caught() {
        let mut copy = edit(1, 0..9, Some(2..3));
        copy.join(&edit(2, 0..5, None));
        assert_eq!(history().faults(&copy), [Fault::LostSeen("three".into())]);
        assert_eq!(history().faults(&Facts::default()).len(), 3);
    }

    #[test]
    fn a_visible_refused_edit_is_caught_also_a_part_of_it() {
        let mut copy = whole();
        copy.made(3, 3..4);
        assert_eq!(history().faults(&copy), [Fault::VisibleRefused("four".into())]);
        copy.deleted(3, 3..4);
        assert_eq!(history().faults(&copy), []);
        copy.made(3, 2..4);
        assert_eq!(history().faults(&copy), [Fault::VisibleRefused("four".into())]);
        let mut later = whole();
        later.made(3, 4..9);
        assert_eq!(history().faults(&later), []);
    }

    #[test]
    fn divergence_is_caught_in_blocks_and_in_content() {
        let copy = |name: &str, facts, content| Copy { name: name.into(), facts, content };
        let (a, b) = (copy("a", whole(), "x"), copy("b", whole(), "x"));
        assert_eq!(diverged(&[a, b]), []);
        let (a, b, c) = (copy("a", whole(), "x"), copy("b", whole(), "y"), copy("c", edit(1, 0..9, None), "x"));
        assert_eq!(diverged(&[a, b, c]), [Fault::Diverged("b".into()), Fault::Diverged("c".into())]);
    }

    #[test]
    fn ranges_join_in_any_order() {
        let mut facts = Facts::default();
        for range in [4..6, 0..2, 8..9, 2..4, 6..8] {
            facts.made(1, range);
        }
        assert_eq!(facts, edit(1, 0..9, None));
    }
}
