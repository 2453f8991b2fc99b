//! What the gate remembers of one client's blocks: runs of clocks that belong to the same place and are in the
//! same state. Knows places by number only.

use std::ops::Range;

use super::parse::Id;

/// A place that holds a sequence (a text) has this bit: its runs join whatever they grew from.
pub(super) const SEQUENCE: u32 = 1 << 31;
/// The place of what belongs nowhere: collected garbage.
pub(super) const NOWHERE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Live,
    Deleted,
    /// It came as deleted content or garbage, or belongs to something deleted: perhaps it was a shared type, so it may
    /// be named as a parent, and what names it is garbage too.
    Hollow,
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

#[derive(Debug, Clone, Default)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    /// The clock after the last known.
    pub(super) fn clock(&self) -> u32 {
        self.0.last().map_or(0, Run::end)
    }

    /// How many runs end at `clock` or before. On a board with a long past there are a million, most as long as the next:
    /// so it is looked for from where the clock stands among all clocks, in steps that double.
    fn index(&self, clock: u32) -> usize {
        let runs = &self.0;
        let is_before = |at: usize| runs.get(at).is_some_and(|run| run.end() <= clock);
        let guess = u64::from(clock) * runs.len() as u64 / u64::from(self.clock().max(1));
        let guess = usize::try_from(guess).unwrap_or(usize::MAX).min(runs.len());
        // The answer is never before `from` and never after `to`.
        let mut step = 1;
        let (from, to) = if is_before(guess) {
            let mut from = guess + 1;
            while from + step < runs.len() && is_before(from + step) {
                from += step + 1;
                step *= 2;
            }
            (from, runs.len().min(from + step))
        } else {
            let mut to = guess;
            while step <= to && !is_before(to - step) {
                to -= step;
                step *= 2;
            }
            (to.saturating_sub(step), to)
        };
        from + runs.get(from..to).unwrap_or_default().partition_point(|run| run.end() <= clock)
    }

    pub(super) fn find(&self, clock: u32) -> Option<&Run> {
        // Most questions are about what was written last.
        match self.0.last() {
            Some(last) if last.clock <= clock => (clock < last.end()).then_some(last),
            _ => self.0.get(self.index(clock)),
        }
    }

    /// The runs that overlap `range`.
    pub(super) fn within(&self, range: Range<u32>) -> impl Iterator<Item = &Run> {
        let from = self.index(range.start);
        self.0.iter().skip(from).take_while(move |run| run.clock < range.end)
    }

    pub(super) fn push(&mut self, client: u32, run: Run) {
        if let Some(last) = self.0.last_mut() {
            let before = Id { client, clock: run.clock.wrapping_sub(1) };
            let chained = run.place & SEQUENCE != 0 || run.origin == Some(before);
            if chained && last.place == run.place && last.state == run.state {
                last.len += run.len;
                return;
            }
        }
        self.0.push(run);
    }

    /// Forgets everything from `clock` on.
    pub(super) fn truncate(&mut self, clock: u32) {
        let keep = self.0.partition_point(|run| run.clock < clock);
        self.0.truncate(keep);
        if let Some(last) = self.0.last_mut() {
            last.len = last.len.min(clock - last.clock);
        }
    }

    /// Marks live units in `ranges` (ascending, apart) as deleted: one pass over the runs between the first and
    /// the last, however many ranges there are.
    pub(super) fn delete(&mut self, client: u32, ranges: &[Range<u32>]) {
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
        let from = self.index(first.start).saturating_sub(1);
        let to = self.0.partition_point(|run| run.clock < last.end).saturating_add(1).min(self.0.len());
        let mut rebuilt = Runs(Vec::with_capacity(to.saturating_sub(from) + 2));
        let mut ranges = ranges.iter().peekable();
        for run in self.0.get(from..to).unwrap_or_default() {
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
                rebuilt.push(client, Run { clock: at, len: until - at, place: run.place, state, origin });
                at = until;
            }
        }
        self.0.splice(from..to, rebuilt.0);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(clock: u32, len: u32) -> Run {
        Run { clock, len, place: SEQUENCE, state: State::Live, origin: None }
    }

    proptest! {
        #[test]
        fn a_run_is_found_wherever_it_stands(lengths in prop::collection::vec(1u32..60, 0..300), asked in 0u32..20_000) {
            let mut runs = Runs::default();
            for (place, len) in (0..).zip(lengths) {
                let clock = runs.clock();
                // Each in a place of its own, so that none joins the one before it.
                runs.push(7, Run { clock, len, place, state: State::Live, origin: None });
            }
            for clock in [asked, 0, runs.clock(), runs.clock().saturating_sub(1)] {
                prop_assert_eq!(runs.index(clock), runs.0.partition_point(|run| run.end() <= clock));
            }
        }
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
