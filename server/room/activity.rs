//! How much was done on a board in the last minute. Knows not what it was, and no journal.

use std::{
    collections::{HashSet, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    board::{schema::Root, value},
    clock,
    ids::PersonId,
};

/// What is counted goes back so far.
const WINDOW: Duration = Duration::from_secs(60);
/// What one person does in this time counts as one edit, however many updates it came in: a word typed is some twenty.
const STEP: Duration = Duration::from_secs(2);

/// The last minute, in steps, oldest first; never longer than a minute has steps.
#[derive(Debug)]
pub(super) struct Activity {
    /// When counting began, milliseconds since 1970.
    pub(super) since: i64,
    /// The newest edit, likewise.
    pub(super) newest: Option<i64>,
    steps: VecDeque<Step>,
}

#[derive(Debug)]
struct Step {
    began: Instant,
    people: HashSet<PersonId>,
    made: usize,
}

/// What a minute held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minute {
    /// Items that were made.
    pub made: usize,
    /// Times that somebody changed something: what one person does within two seconds is one.
    pub edits: usize,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self { since: clock::now_ms(), newest: None, steps: VecDeque::new() }
    }

    /// Somebody changed something, and made these objects.
    pub(super) fn edited(&mut self, person: PersonId, created: &[(String, PersonId)], now: Instant) {
        self.newest = Some(clock::now_ms());
        if self.steps.back().is_none_or(|step| now.saturating_duration_since(step.began) >= STEP) {
            self.forget(now);
            self.steps.push_back(Step { began: now, people: HashSet::new(), made: 0 });
        }
        if let Some(step) = self.steps.back_mut() {
            step.people.insert(person);
            let is_item = |id: &str| value::kind_by_id(Root::Items, id).is_some();
            step.made += created.iter().filter(|(id, _)| is_item(id)).count();
        }
    }

    /// The minute before now.
    pub(super) fn minute(&self, now: Instant) -> Minute {
        let recent = self.steps.iter().filter(|step| now.saturating_duration_since(step.began) < WINDOW);
        recent.fold(Minute::default(), |sum, step| Minute {
            made: sum.made + step.made,
            edits: sum.edits + step.people.len(),
        })
    }

    fn forget(&mut self, now: Instant) {
        while self.steps.front().is_some_and(|step| now.saturating_duration_since(step.began) >= WINDOW) {
            self.steps.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// So many notes, and an arrow, which is no item.
    fn made(items: usize) -> Vec<(String, PersonId)> {
        let ids = std::iter::once("f_1").chain(std::iter::repeat_n("n_1", items));
        ids.map(|id| (id.to_owned(), PersonId::new())).collect()
    }

    #[test]
    fn what_a_person_does_at_once_is_one_edit_and_what_they_make_is_counted_each() {
        let (mut activity, begin) = (Activity::new(), Instant::now());
        let (aino, pekka) = (PersonId::new(), PersonId::new());
        for _ in 0..20 {
            activity.edited(aino, &made(0), begin);
        }
        activity.edited(pekka, &made(3), begin + Duration::from_millis(1_999));
        assert_eq!(activity.minute(begin + seconds(2)), Minute { made: 3, edits: 2 });
        activity.edited(aino, &made(1), begin + seconds(2));
        assert_eq!(activity.minute(begin + seconds(2)), Minute { made: 4, edits: 3 });
    }

    #[test]
    fn a_minute_later_it_is_not_counted_any_more_and_not_kept() {
        let (mut activity, begin) = (Activity::new(), Instant::now());
        let aino = PersonId::new();
        for second in 0..600 {
            activity.edited(aino, &made(1), begin + seconds(second));
        }
        assert!(activity.steps.len() <= 31);
        let last = begin + seconds(599);
        assert_eq!(activity.minute(last), Minute { made: 60, edits: 30 });
        assert_eq!(activity.minute(last + WINDOW), Minute::default());
    }

    #[test]
    fn a_clock_that_stands_or_goes_back_does_no_harm() {
        let (mut activity, begin) = (Activity::new(), Instant::now() + seconds(100));
        activity.edited(PersonId::new(), &made(1), begin);
        activity.edited(PersonId::new(), &made(1), begin.checked_sub(seconds(50)).unwrap());
        assert_eq!(activity.minute(begin), Minute { made: 2, edits: 2 });
    }
}
