//! What the gate remembers of one client's blocks: runs of clocks that belong to the same place and are in the
//! same state. Knows places by number only.

use std::ops::Range;

use super::parse::Id;

/// A place that holds a sequence (a text) has this bit: its runs join whatever they grew from.
pub(super) const SEQUENCE: u32 = 1 << 31;
/// The place of what belongs nowhere: collected garbage, and what is in a deleted object.
pub(super) const NOWHERE: u32 = u32::MAX;
/// The place of what is in a text or set that belongs nowhere. Nothing is ever below it.
pub(super) const BURIED: u32 = u32::MAX - 1;

/// Whether a place is none.
pub(super) const fn is_nowhere(place: u32) -> bool {
    place >= BURIED
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Live,
    Deleted,
    /// It came as deleted content or garbage, or belongs to something deleted: perhaps it was a shared type, so it may
    /// be named as a parent, and what names it is garbage too.
    Hollow,
    /// A shared type in a deleted object: what names it as a parent is buried.
    Grave,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub clock: u32,
    pub len: u32,
    pub place: u32,
    pub state: State,
    /// What the first unit was written over; each further unit over the one before it. None in sequences.
    pub origin: Option<Id>,
}

impl Run {
    pub(super) fn end(&self) -> u32 {
        self.clock + self.len
    }
}

/// Runs in one piece of memory: what a change in the middle of a client's runs may have to move.
const CHUNK: usize = 256;

/// One client's runs in the order of their clocks, in chunks none of which is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs(Vec<Vec<Run>>);

impl Runs {
    /// The clock after the last known.
    pub(super) fn clock(&self) -> u32 {
        self.last().map_or(0, Run::end)
    }

    fn last(&self) -> Option<&Run> {
        self.0.last()?.last()
    }

    /// The number of the chunk that holds `clock`, and of the run in it; past all of them when it is not known.
    fn index(&self, clock: u32) -> (usize, usize) {
        let chunk = self.0.partition_point(|chunk| end(chunk) <= clock);
        (chunk, self.0.get(chunk).map_or(0, |runs| runs.partition_point(|run| run.end() <= clock)))
    }

    pub(super) fn find(&self, clock: u32) -> Option<&Run> {
        // Most questions are about what was written last.
        match self.last() {
            Some(last) if last.clock <= clock => (clock < last.end()).then_some(last),
            _ => {
                let (chunk, run) = self.index(clock);
                self.0.get(chunk)?.get(run)
            }
        }
    }

    /// The runs that overlap `range`.
    pub(super) fn within(&self, range: Range<u32>) -> impl Iterator<Item = &Run> {
        let (chunk, run) = self.index(range.start);
        let first = self.0.get(chunk).and_then(|runs| runs.get(run..)).unwrap_or_default();
        let rest = self.0.get(chunk + 1..).unwrap_or_default();
        first.iter().chain(rest.iter().flatten()).take_while(move |run| run.clock < range.end)
    }

    pub(super) fn push(&mut self, client: u32, run: Run) {
        match self.0.last_mut() {
            Some(chunk) if chunk.len() < CHUNK || joins(chunk, client, &run) => push(chunk, client, run),
            _ => self.0.push(vec![run]),
        }
    }

    /// Forgets everything from `clock` on.
    pub(super) fn truncate(&mut self, clock: u32) {
        self.0.truncate(self.0.partition_point(|chunk| chunk.first().is_some_and(|run| run.clock < clock)));
        let Some(chunk) = self.0.last_mut() else { return };
        chunk.truncate(chunk.partition_point(|run| run.clock < clock));
        if let Some(last) = chunk.last_mut() {
            last.len = last.len.min(clock - last.clock);
        }
    }

    /// Marks live units in `ranges` (ascending, apart) as deleted: one pass over the runs of each chunk that they are in.
    pub(super) fn delete(&mut self, client: u32, ranges: &[Range<u32>]) {
        let (mut ranges, mut over) = (ranges, None);
        loop {
            let mine = over.as_ref().map_or(ranges, std::slice::from_ref);
            let Some(first) = mine.first() else { return };
            let (number, _) = self.index(first.start);
            let Some(chunk) = self.0.get_mut(number) else { return };
            let end = end(chunk);
            let begun = mine.partition_point(|range: &Range<u32>| range.start < end);
            let mine = mine.get(..begun).unwrap_or_default();
            delete_in(chunk, client, mine);
            // One that reaches into the next chunk goes on there.
            let rest = mine.last().filter(|range| range.end > end).map(|range| end..range.end);
            if over.is_none() {
                ranges = ranges.get(begun.max(1)..).unwrap_or_default();
            }
            over = rest;
            if chunk.len() > 2 * CHUNK {
                let half = chunk.split_off(CHUNK);
                self.0.insert(number + 1, half);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

fn end(runs: &[Run]) -> u32 {
    runs.last().map_or(0, Run::end)
}

/// Whether a run is one with the last of these.
fn joins(runs: &[Run], client: u32, run: &Run) -> bool {
    let before = Id { client, clock: run.clock.wrapping_sub(1) };
    let chained = run.place & SEQUENCE != 0 || run.origin == Some(before);
    runs.last().is_some_and(|last| chained && last.place == run.place && last.state == run.state)
}

fn push(runs: &mut Vec<Run>, client: u32, run: Run) {
    let joins = joins(runs, client, &run);
    match runs.last_mut() {
        Some(last) if joins => last.len += run.len,
        _ => runs.push(run),
    }
}

/// Marks live units in `ranges` as deleted; what of the ranges is past the runs is not looked at.
fn delete_in(runs: &mut Vec<Run>, client: u32, ranges: &[Range<u32>]) {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
    let from = runs.partition_point(|run| run.end() <= first.start).saturating_sub(1);
    let to = runs.partition_point(|run| run.clock < last.end).saturating_add(1).min(runs.len());
    let mut rebuilt = Vec::with_capacity(to.saturating_sub(from) + 2);
    let mut ranges = ranges.iter().peekable();
    for run in runs.get(from..to).unwrap_or_default() {
        let mut at = run.clock;
        while at < run.end() {
            while ranges.next_if(|range| range.end <= at).is_some() {}
            let (until, state) = match ranges.peek() {
                Some(range) if range.start <= at => (range.end.min(run.end()), State::Deleted),
                Some(range) => (range.start.min(run.end()), run.state),
                None => (run.end(), run.state),
            };
            let state = if run.state == State::Live { state } else { run.state };
            let origin = match run.place & SEQUENCE {
                0 if at > run.clock => Some(Id { client, clock: at - 1 }),
                _ => run.origin,
            };
            push(&mut rebuilt, client, Run { clock: at, len: until - at, place: run.place, state, origin });
            at = until;
        }
    }
    runs.splice(from..to, rebuilt);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(clock: u32, len: u32) -> Run {
        Run { clock, len, place: SEQUENCE, state: State::Live, origin: None }
    }

    #[test]
    fn typing_is_one_run() {
        let mut runs = Runs::default();
        for clock in 0..1000 {
            runs.push(7, text(clock, 1));
        }
        assert_eq!((runs.len(), runs.clock()), (1, 1000));
        runs.delete(7, &[10..20, 30..31, 999..1000]);
        assert_eq!(runs.len(), 6);
        assert_eq!(runs.find(19).unwrap().state, State::Deleted);
        assert_eq!(runs.find(20).unwrap().state, State::Live);
        let all = 0..1000;
        runs.delete(7, std::slice::from_ref(&all));
        assert_eq!((runs.len(), runs.clock()), (1, 1000));
        runs.truncate(500);
        assert_eq!(runs.clock(), 500);
        assert_eq!(runs.find(500), None);
    }

    #[test]
    fn deletions_reach_over_chunks() {
        let mut runs = Runs::default();
        let of = |n: u32| Run { clock: 2 * n, len: 2, place: SEQUENCE | (n % 2), state: State::Live, origin: None };
        let many = 3 * CHUNK as u32;
        (0..many).for_each(|n| runs.push(7, of(n)));
        assert_eq!((runs.0.len(), runs.len()), (3, 3 * CHUNK));
        let before = runs.clone();
        // Every second unit: a chunk grows until it is cut.
        let odd: Vec<Range<u32>> = (0..many).map(|n| 2 * n + 1..2 * n + 2).collect();
        runs.delete(7, &odd);
        assert!(runs.0.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= 2 * CHUNK));
        let state = |runs: &Runs, clock: u32| runs.find(clock).map(|run| run.state);
        for clock in 0..2 * many {
            let wanted = if clock % 2 == 1 { State::Deleted } else { State::Live };
            assert_eq!(state(&runs, clock), Some(wanted), "{clock}");
        }
        assert_eq!(runs.within(0..2 * many).count(), 2 * 3 * CHUNK);
        // One range over all chunks, from inside the first into the last.
        let (mut runs, all) = (before, 3..2 * many - 3);
        runs.delete(7, std::slice::from_ref(&all));
        let live: Vec<u32> = (0..2 * many).filter(|clock| state(&runs, *clock) == Some(State::Live)).collect();
        assert_eq!(live, [0, 1, 2, 2 * many - 3, 2 * many - 2, 2 * many - 1]);
        runs.truncate(CHUNK as u32 * 2);
        assert_eq!((runs.clock(), runs.0.len()), (CHUNK as u32 * 2, 1));
        runs.truncate(0);
        assert_eq!((runs.clock(), runs.len()), (0, 0));
    }

    #[test]
    fn writes_over_each_other_keep_their_chain() {
        let mut runs = Runs::default();
        let write = |clock, origin| Run { clock, len: 1, place: 4, state: State::Live, origin };
        runs.push(7, write(0, None));
        runs.push(7, write(1, Some(Id { client: 7, clock: 0 })));
        runs.push(7, write(2, Some(Id { client: 9, clock: 0 })));
        assert_eq!(runs.len(), 2);
        let (first, second) = (0..1, 1..2);
        runs.delete(7, std::slice::from_ref(&first));
        assert_eq!(runs.find(1).unwrap().origin, Some(Id { client: 7, clock: 0 }));
        assert_eq!(runs.find(0).unwrap().origin, None);
        runs.delete(7, std::slice::from_ref(&second));
        // Both are deleted now, and one continues the other.
        assert_eq!(runs.find(0).map(|run| run.len), Some(2));
    }
}
