//! The order of a board's journal, and whether what somebody received, message by message, agrees with it. Knows blocks
//! and deletions by their numbers, no CRDT, no server.
//!
//! Not every deletion is said: of two values that are given to a field at the same time one is deleted by nobody, and a state
//! has it, in which order it may have come to somebody earlier than an entry that says it.

use std::{collections::BTreeMap, ops::Range};

use crate::{kill_facts::Facts, kill_history::Fault};

/// An entry of the journal.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    /// What it says.
    pub(crate) said: Facts,
    /// What it did to the document: of deletions also those that follow from it.
    pub(crate) done: Facts,
}

/// In which entry each block and each deletion came first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    made: Index,
    /// Deletions that are said.
    deleted: Index,
    /// Deletions when they happened.
    gone: Index,
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

/// The parts of a range that are there, with the numbers of the entries that brought them; not by their place.
fn find(index: &Index, client: u64, range: &Range<u32>) -> Vec<(Range<u32>, u64)> {
    let Some(pieces) = index.get(&client) else { return Vec::new() };
    let before = pieces.range(..range.start).next_back();
    let parts = before.into_iter().chain(pieces.range(range.clone()));
    let parts = parts.filter(|(start, (end, _))| **start < range.end && *end > range.start);
    parts.map(|(start, (end, number))| (range.start.max(*start)..range.end.min(*end), *number)).collect()
}

fn numbers(parts: Vec<(Range<u32>, u64)>) -> impl Iterator<Item = u64> {
    parts.into_iter().map(|(_, number)| number)
}

/// What somebody was sent over one connection.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) name: String,
    /// Their own client id, when they write too: that is not sent back to them.
    pub(crate) own: Option<u64>,
    /// What they had when the record begins.
    pub(crate) had: Facts,
    /// Edits and states, in the order in which they came.
    pub(crate) messages: Vec<Facts>,
}

impl Order {
    /// Takes the journal's next entries, by their numbers.
    pub(crate) fn read(&mut self, entries: &[Entry]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for Entry { number, said, done } in entries {
            if *number != self.last + 1 {
                faults.push(Fault::Numbering { after: self.last, found: *number });
            }
            self.last = *number;
            said.blocks().for_each(|(client, range)| put(&mut self.made, client, range, *number));
            said.deletions().for_each(|(client, range)| put(&mut self.deleted, client, range, *number));
            done.deletions().for_each(|(client, range)| put(&mut self.gone, client, range, *number));
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
        let mut high =
            had.blocks().flat_map(|(client, range)| numbers(find(&self.made, client, &range))).max().unwrap_or(0);
        let mut is_ordered = true;
        for message in &received.messages {
            let new = mine(&message.without(&had));
            let mut brought_by = self.deleters(&new, high);
            for (client, range) in new.blocks() {
                let found = find(&self.made, client, &range);
                if found.iter().map(|(part, _)| part.len()).sum::<usize>() < range.len() {
                    faults.push(Fault::SeenNotKept(name()));
                }
                brought_by.extend(numbers(found));
            }
            is_ordered &= brought_by.iter().all(|number| *number >= high);
            high = brought_by.into_iter().fold(high, u64::max);
            had.join(message);
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

    /// The numbers of the entries that deleted. What follows from entries up to `high` is no news to whoever has those.
    fn deleters(&self, facts: &Facts, high: u64) -> Vec<u64> {
        let parts = facts.deletions().flat_map(|(client, range)| {
            let gone = find(&self.gone, client, &range);
            gone.into_iter().map(move |(part, number)| (client, part, number))
        });
        let is_said = |client, part: &Range<u32>, by| numbers(find(&self.deleted, client, part)).any(|said| said == by);
        let counted = parts.filter(|(client, part, by)| *by > high || is_said(*client, part, *by));
        counted.map(|(.., by)| by).collect()
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

    /// One from which nothing follows.
    fn entry(number: u64, said: Facts) -> Entry {
        Entry { number, done: said.clone(), said }
    }

    fn entries<const N: usize>(said: [Facts; N]) -> [Entry; N] {
        let mut numbers = 1..;
        said.map(|said| entry(numbers.next().unwrap(), said))
    }

    fn order() -> Order {
        let mut order = Order::default();
        let mut third = made(1, 4..6);
        third.deleted(2, 0..2);
        assert_eq!(order.read(&entries([made(1, 0..4), made(2, 0..3), third, made(2, 2..6)])), []);
        order
    }

    fn received(messages: Vec<Facts>) -> Received {
        Received { name: "a reader".into(), own: None, had: Facts::default(), messages }
    }

    #[test]
    fn a_block_belongs_to_the_entry_that_brought_it_first() {
        let order = order();
        assert_eq!(find(&order.made, 2, &(2..3)), [(2..3, 2)]);
        assert_eq!(find(&order.made, 2, &(0..9)), [(0..3, 2), (3..6, 4)]);
        assert_eq!(find(&order.made, 3, &(0..9)), []);
        let mut overlapping = Order::default();
        overlapping.read(&entries([made(1, 2..4), made(1, 6..8), made(1, 0..9)]));
        assert!(numbers(find(&overlapping.made, 1, &(0..9))).eq([3, 1, 3, 2, 3]));
        assert_eq!(find(&overlapping.made, 1, &(3..7)), [(3..4, 1), (4..6, 3), (6..7, 2)]);
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
    fn a_state_may_tell_of_a_deletion_before_an_entry_says_it() {
        let [first, second, third, fourth] = [made(1, 0..1), made(2, 0..1), made(3, 0..1), {
            let mut fourth = made(4, 0..1);
            fourth.deleted(1, 0..1);
            fourth
        }];
        let mut journal = entries([first.clone(), second.clone(), third.clone(), fourth.clone()]);
        // The second gave another value to the same field.
        journal[1].done.deleted(1, 0..1);
        let mut order = Order::default();
        assert_eq!(order.read(&journal), []);
        let mut state = first.clone();
        state.join(&journal[1].done);
        let after_a_state = received(vec![state.clone(), third.clone(), fourth.clone()]);
        assert_eq!(order.faults(&after_a_state), []);
        let later_state = received(vec![first.clone(), second.clone(), third.clone(), state.clone(), fourth.clone()]);
        assert_eq!(order.faults(&later_state), []);
        let only_edits = received(vec![first, second, third.clone(), fourth.clone()]);
        assert_eq!(order.faults(&only_edits), []);
        let too_early = received(vec![state, fourth, third]);
        assert_eq!(order.faults(&too_early), [Fault::OtherOrder("a reader".into())]);
    }

    #[test]
    fn a_deletion_that_is_said_has_its_place() {
        let mut gone = Facts::default();
        gone.deleted(1, 0..1);
        let mut order = Order::default();
        assert_eq!(order.read(&entries([made(1, 0..2), gone.clone(), made(2, 0..1)])), []);
        let late = received(vec![made(1, 0..2), made(2, 0..1), gone]);
        assert_eq!(order.faults(&late), [Fault::OtherOrder("a reader".into())]);
    }

    #[test]
    fn a_writer_is_not_sent_their_own() {
        let writer = Received { own: Some(2), ..received(vec![made(1, 0..4), made(1, 4..6)]) };
        assert_eq!(order().faults(&writer), []);
    }

    #[test]
    fn a_hole_in_the_numbers_is_a_fault() {
        let mut order = order();
        assert_eq!(order.read(&[entry(6, made(1, 6..7))]), [Fault::Numbering { after: 4, found: 6 }]);
        assert_eq!(order.last(), 6);
    }
}
