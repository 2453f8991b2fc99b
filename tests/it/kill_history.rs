//! A checker of histories: what was acknowledged or seen must be there, what was refused must not be anywhere, everyone
//! receives one order, all copies are equal. Knows no CRDT and no server.

use std::collections::BTreeSet;

use crate::{
    kill_facts::Facts,
    kill_order::{Entry, Order, Received},
};

/// What happened on one board.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// Acknowledged as durable, each with words for a report.
    pub(crate) acknowledged: Vec<(String, Facts)>,
    /// What somebody else had received.
    pub(crate) seen: Vec<(String, Facts)>,
    /// What must never enter.
    pub(crate) refused: Vec<(String, Facts)>,
    /// All blocks that anybody ever made, refused ones apart; nothing when that is not known.
    pub(crate) written: Option<Facts>,
    /// Message by message, since the last look.
    pub(crate) received: Vec<Received>,
    /// Records that were acknowledged, by their ids.
    pub(crate) records: BTreeSet<String>,
    order: Order,
}

/// A copy of the board.
pub(crate) struct Copy<C> {
    pub(crate) name: String,
    pub(crate) facts: Facts,
    pub(crate) content: C,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    LostAcknowledged(String),
    LostSeen(String),
    LostRecord(String),
    VisibleRefused(String),
    /// A block that nobody made.
    Invented,
    /// Somebody received what the journal does not have.
    SeenNotKept(String),
    /// Somebody received two edits in another order than the journal's.
    OtherOrder(String),
    /// Somebody received an edit and not one before it.
    Skipped(String),
    /// Entries are not numbered one after the other.
    Numbering {
        after: u64,
        found: u64,
    },
    /// Between the first copy and this one.
    Diverged(String),
    /// A word that was written once is there twice.
    Twice(String),
}

impl History {
    /// What is wrong with a copy that was read from the server.
    pub(crate) fn faults(&self, copy: &Facts) -> Vec<Fault> {
        let lost = |(_, facts): &&(String, Facts)| !copy.contains(facts);
        let mut faults = Vec::new();
        faults.extend(self.acknowledged.iter().filter(lost).map(|(name, _)| Fault::LostAcknowledged(name.clone())));
        faults.extend(self.seen.iter().filter(lost).map(|(name, _)| Fault::LostSeen(name.clone())));
        faults.extend(self.visible_in(copy));
        if self.written.as_ref().is_some_and(|written| !written.has_blocks_of(copy)) {
            faults.push(Fault::Invented);
        }
        faults
    }

    fn visible_in(&self, facts: &Facts) -> impl Iterator<Item = Fault> {
        let visible = self.refused.iter().filter(|(_, refused)| facts.meets(refused));
        visible.map(|(name, _)| Fault::VisibleRefused(name.clone()))
    }

    /// Takes the journal's entries after the last look, and holds against them what everybody received since.
    pub(crate) fn read_journal(&mut self, entries: &[Entry]) -> Vec<Fault> {
        let mut faults = self.order.read(entries);
        entries.iter().for_each(|entry| faults.extend(self.visible_in(&entry.said)));
        for received in &self.received {
            faults.extend(self.order.faults(received));
            received.messages.iter().for_each(|message| faults.extend(self.visible_in(message)));
        }
        self.received.clear();
        faults
    }

    /// The number of the last entry that was looked at.
    pub(crate) fn entries(&self) -> u64 {
        self.order.last()
    }

    /// What is wrong with the records that the server lists.
    pub(crate) fn record_faults(&self, listed: &BTreeSet<String>) -> Vec<Fault> {
        self.records.difference(listed).map(|id| Fault::LostRecord(id.clone())).collect()
    }

    /// Forgets names, keeps facts: histories grow.
    pub(crate) fn fold(&mut self) {
        let lists =
            [("acknowledged", &mut self.acknowledged), ("seen", &mut self.seen), ("refused", &mut self.refused)];
        for (name, list) in lists {
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

/// Words of a kind that nobody writes twice: what stands between `<` and `>`.
pub(crate) fn twice<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Fault> {
    let mut found = BTreeSet::new();
    let words = texts.into_iter().flat_map(|text| text.split('<').skip(1));
    let words = words.filter_map(|rest| rest.split_once('>').map(|(word, _)| word));
    words.filter(|word| !found.insert(*word)).map(|word| Fault::Twice(word.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn edit(client: u64, made: Range<u32>, deleted: Option<Range<u32>>) -> Facts {
        let mut facts = Facts::default();
        facts.made(client, made);
        deleted.into_iter().for_each(|range| facts.deleted(client, range));
        facts
    }

    /// Everything that the history below allows.
    fn whole() -> Facts {
        let mut facts = edit(1, 0..9, Some(2..3));
        facts.join(&edit(2, 0..6, None));
        facts
    }

    fn history() -> History {
        let mut written = whole();
        written.made(3, 4..9);
        History {
            acknowledged: vec![("one".into(), edit(1, 0..5, None)), ("two".into(), edit(1, 5..9, Some(2..3)))],
            seen: vec![("three".into(), edit(2, 4..6, None))],
            refused: vec![("four".into(), edit(3, 0..4, None))],
            written: Some(written),
            ..History::default()
        }
    }

    #[test]
    fn a_whole_copy_has_no_fault_also_with_more_in_it_and_after_folding() {
        assert_eq!(history().faults(&whole()), []);
        let mut more = whole();
        more.made(3, 4..9);
        assert_eq!(history().faults(&more), []);
        let mut folded = history();
        folded.fold();
        assert_eq!(folded.faults(&whole()), []);
        more.made(3, 3..4);
        assert_eq!(folded.faults(&more).len(), 2, "refused, and made by nobody");
    }

    #[test]
    fn a_lost_acknowledged_edit_is_caught_wherever_it_is_lost() {
        let mut end = edit(1, 0..8, Some(2..3));
        end.join(&edit(2, 0..6, None));
        assert_eq!(history().faults(&end), [Fault::LostAcknowledged("two".into())]);
        let mut beginning = edit(1, 1..9, Some(2..3));
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
    fn a_visible_refused_edit_is_caught_also_a_part_of_it_unless_it_came_deleted() {
        let history = History { written: None, ..history() };
        let mut copy = whole();
        copy.made(3, 3..4);
        assert_eq!(history.faults(&copy), [Fault::VisibleRefused("four".into())]);
        copy.deleted(3, 3..4);
        assert_eq!(history.faults(&copy), []);
        copy.made(3, 2..4);
        assert_eq!(history.faults(&copy), [Fault::VisibleRefused("four".into())]);
        let mut later = whole();
        later.made(3, 4..9);
        assert_eq!(history.faults(&later), []);
    }

    #[test]
    fn what_nobody_made_is_caught() {
        let mut copy = whole();
        copy.made(7, 0..1);
        assert_eq!(history().faults(&copy), [Fault::Invented]);
    }

    #[test]
    fn a_lost_record_is_caught() {
        let history = History { records: ["a", "b"].map(String::from).into(), ..History::default() };
        assert_eq!(history.record_faults(&["b", "c"].map(String::from).into()), [Fault::LostRecord("a".into())]);
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
    fn a_word_that_is_there_twice_is_caught() {
        assert_eq!(twice(["<1.1>a<1.2>", "b < c <1.3>"]), []);
        assert_eq!(twice(["<1.1>a<1.2>", "<1.1>"]), [Fault::Twice("1.1".into())]);
    }
}
