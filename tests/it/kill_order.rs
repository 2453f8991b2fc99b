//! The order of a board's journal, and whether what somebody received, message by message, agrees with it. Knows blocks
//! and deletions by their numbers, no CRDT, no server.

use std::{collections::BTreeMap, ops::Range};

use crate::{kill_facts::Facts, kill_history::Fault};

/// In which entry each block and each deletion came first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    made: Index,
    deleted: Index,
    last: u64,
}

/// By client and first clock: the end, and the number of the entry.
type Index = BTreeMap<u64, BTreeMap<u32, (u32, u64)>>;

/// Notes the parts of a range that are not there yet.
fn put(index: &mut Index, client: u64, range: Range<u32>, number: u64) {
    let pieces = index.entry(client).or_default();
    let mut at = range.start;
    if let Some((_, (end, _))) = pieces.range(..=at).next_back() {
        at = at.max(*end);
    }
    let there: Vec<(u32, u32)> = pieces.range(range.clone()).map(|(start, (end, _))| (*start, *end)).collect();
    for (start, end) in there {
        if at < start {
            pieces.insert(at, (start, number));
        }
        at = at.max(end);
    }
    if at < range.end {
        pieces.insert(at, (range.end, number));
    }
}

/// The numbers of the entries that brought parts of a range, and how much of it they brought.
fn find(index: &Index, client: u64, range: &Range<u32>) -> (Vec<u64>, u32) {
    let Some(pieces) = index.get(&client) else { return (Vec::new(), 0) };
    let before = pieces.range(..range.start).next_back();
    let parts = before.into_iter().chain(pieces.range(range.clone()));
    let parts = parts.filter(|(start, (end, _))| **start < range.end && *end > range.start);
    let mut covered = 0;
    let numbers = parts.map(|(start, (end, number))| {
        covered += range.end.min(*end) - range.start.max(*start);
        *number
    });
    (numbers.collect(), covered)
}

/// What somebody was sent over one connection.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) name: String,
    /// Their own client id, when they write too: that is not sent back to them.
    pub(crate) own: Option<u64>,
    /// What they had when the record begins.
    pub(crate) had: Facts,
    /// In the order in which they came.
    pub(crate) messages: Vec<Message>,
}

#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) facts: Facts,
    /// A state, not an edit: of deletions it also says those that follow from others.
    pub(crate) is_state: bool,
}

impl Order {
    /// Takes the journal's next entries, by their numbers.
    pub(crate) fn read(&mut self, entries: &[(u64, Facts)]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (number, facts) in entries {
            if *number != self.last + 1 {
                faults.push(Fault::Numbering { after: self.last, found: *number });
            }
            self.last = *number;
            facts.blocks().for_each(|(client, range)| put(&mut self.made, client, range, *number));
            facts.deletions().for_each(|(client, range)| put(&mut self.deleted, client, range, *number));
        }
        faults
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// What is wrong with what somebody received: something that the journal does not have, two edits in another order
    /// than the journal's, an edit without one before it.
    pub(crate) fn faults(&self, received: &Received) -> Vec<Fault> {
        let name = || received.name.clone();
        let mine = |facts: &Facts| match received.own {
            Some(client) => facts.blocks_of_others(client),
            None => facts.clone(),
        };
        let mut had = received.had.clone();
        let mut faults = Vec::new();
        let mut high = had.blocks().flat_map(|(client, range)| find(&self.made, client, &range).0).max().unwrap_or(0);
        let mut is_ordered = true;
        for message in &received.messages {
            let new = mine(&message.facts.without(&had));
            let mut numbers = Vec::new();
            for (client, range) in new.blocks() {
                let (found, covered) = find(&self.made, client, &range);
                if covered < range.end - range.start {
                    faults.push(Fault::SeenNotKept(name()));
                }
                numbers.extend(found);
            }
            if !message.is_state {
                new.deletions().for_each(|(client, range)| numbers.extend(find(&self.deleted, client, &range).0));
            }
            is_ordered &= numbers.iter().all(|number| *number >= high);
            high = numbers.into_iter().fold(high, u64::max);
            had.join(&message.facts);
        }
        if !is_ordered {
            faults.push(Fault::OtherOrder(name()));
        }
        if !had.contains(&mine(&self.before(high))) {
            faults.push(Fault::Skipped(name()));
        }
        faults.dedup();
        faults
    }

    /// All that came before an entry.
    fn before(&self, number: u64) -> Facts {
        let mut facts = Facts::default();
        let parts = |index: &Index, add: &mut dyn FnMut(u64, Range<u32>)| {
            for (client, pieces) in index {
                let earlier = pieces.iter().filter(|(_, (_, of))| *of < number);
                earlier.for_each(|(start, (end, _))| add(*client, *start..*end));
            }
        };
        parts(&self.made, &mut |client, range| facts.made(client, range));
        parts(&self.deleted, &mut |client, range| facts.deleted(client, range));
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(client: u64, range: Range<u32>) -> Facts {
        let mut facts = Facts::default();
        facts.made(client, range);
        facts
    }

    fn order() -> Order {
        let mut order = Order::default();
        let mut third = made(1, 4..6);
        third.deleted(2, 0..2);
        assert_eq!(order.read(&[(1, made(1, 0..4)), (2, made(2, 0..3)), (3, third), (4, made(2, 2..6))]), []);
        order
    }

    fn received(messages: Vec<Facts>) -> Received {
        let message = |facts| Message { facts, is_state: false };
        let messages = messages.into_iter().map(message).collect();
        Received { name: "a reader".into(), own: None, had: Facts::default(), messages }
    }

    #[test]
    fn a_block_belongs_to_the_entry_that_brought_it_first() {
        let order = order();
        assert_eq!(find(&order.made, 2, &(2..3)), (vec![2], 1));
        assert_eq!(find(&order.made, 2, &(0..9)), (vec![2, 4], 6));
        assert_eq!(find(&order.made, 3, &(0..9)), (vec![], 0));
        let mut overlapping = Order::default();
        overlapping.read(&[(1, made(1, 2..4)), (2, made(1, 6..8)), (3, made(1, 0..9))]);
        assert_eq!(find(&overlapping.made, 1, &(0..9)), (vec![3, 1, 3, 2, 3], 9));
    }

    #[test]
    fn the_journals_order_whole_or_in_parts_is_no_fault() {
        let mut third = made(1, 4..6);
        third.deleted(2, 0..2);
        let all = vec![made(1, 0..4), made(2, 0..1), made(2, 1..3), third, made(2, 3..6)];
        assert_eq!(order().faults(&received(all.clone())), []);
        let mut merged = all[0].clone();
        all[1..].iter().for_each(|facts| merged.join(facts));
        assert_eq!(order().faults(&received(vec![merged])), []);
        assert_eq!(order().faults(&received(all[..2].to_vec())), [], "killed in the middle of an entry");
    }

    #[test]
    fn another_order_a_hole_and_what_is_not_kept_are_faults() {
        let order = order();
        let name = || "a reader".to_owned();
        let swapped = received(vec![made(2, 0..3), made(1, 0..4)]);
        assert_eq!(order.faults(&swapped), [Fault::OtherOrder(name())]);
        let hole = received(vec![made(1, 0..4), made(1, 4..6)]);
        assert_eq!(order.faults(&hole), [Fault::Skipped(name())]);
        let lost_deletion = received(vec![made(1, 0..4), made(2, 0..3), made(1, 4..6), made(2, 3..6)]);
        assert_eq!(order.faults(&lost_deletion), [Fault::Skipped(name())]);
        let more = received(vec![made(1, 0..4), made(7, 0..1)]);
        assert_eq!(order.faults(&more), [Fault::SeenNotKept(name())]);
    }

    #[test]
    fn a_writer_is_not_sent_their_own() {
        let writer = Received { own: Some(2), ..received(vec![made(1, 0..4), made(1, 4..6)]) };
        assert_eq!(order().faults(&writer), []);
    }

    #[test]
    fn a_hole_in_the_numbers_is_a_fault() {
        let mut order = order();
        assert_eq!(order.read(&[(6, made(1, 6..7))]), [Fault::Numbering { after: 4, found: 6 }]);
        assert_eq!(order.last(), 6);
    }
}
