//! A team's timer: running towards a moment, or standing with what is left. Knows no part.
//!
//! At zero nothing happens by itself: a timer that ran out stands at zero until somebody does something.

use serde::{Deserialize, Serialize};

use crate::limits;

const MINUTE: i64 = 60_000;
const MOST: i64 = limits::TIMER_MINUTES as i64 * MINUTE;

/// A timer. Moments are milliseconds since 1970 by the server's clock, so that every browser counts to the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Timer {
    Running {
        deadline: i64,
    },
    Paused {
        /// Milliseconds.
        remaining: i64,
    },
}

impl Timer {
    /// One that begins now.
    #[must_use]
    pub fn start(minutes: u32, now: i64) -> Self {
        Timer::Running { deadline: now.saturating_add(bounded(i64::from(minutes) * MINUTE)) }
    }

    /// Milliseconds that are left; never less than none.
    #[must_use]
    pub fn remaining(self, now: i64) -> i64 {
        match self {
            Timer::Running { deadline } => bounded(deadline.saturating_sub(now)),
            Timer::Paused { remaining } => bounded(remaining),
        }
    }

    #[must_use]
    pub fn paused(self, now: i64) -> Self {
        Timer::Paused { remaining: self.remaining(now) }
    }

    /// Goes on with what is left.
    #[must_use]
    pub fn resumed(self, now: i64) -> Self {
        match self {
            Timer::Running { .. } => self,
            Timer::Paused { remaining } => Timer::Running { deadline: now.saturating_add(bounded(remaining)) },
        }
    }

    /// With so many minutes more, or less; from zero on when the time is over.
    #[must_use]
    pub fn changed(self, minutes: i32, now: i64) -> Self {
        let left = bounded(self.remaining(now).saturating_add(i64::from(minutes) * MINUTE));
        match self {
            Timer::Running { .. } => Timer::Running { deadline: now.saturating_add(left) },
            Timer::Paused { .. } => Timer::Paused { remaining: left },
        }
    }
}

fn bounded(milliseconds: i64) -> i64 {
    milliseconds.clamp(0, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_stays_while_it_stands() {
        let timer = Timer::start(5, 1_000);
        assert_eq!(timer, Timer::Running { deadline: 301_000 });
        let paused = timer.paused(61_000);
        assert_eq!(paused, Timer::Paused { remaining: 240_000 });
        assert_eq!((paused.remaining(9_000_000), paused.paused(9_000_000)), (240_000, paused));
        assert_eq!(paused.resumed(500_000), Timer::Running { deadline: 740_000 });
        assert_eq!(timer.resumed(61_000), timer);
    }

    #[test]
    fn minutes_are_added_to_what_is_left_and_from_zero_when_none_is() {
        let timer = Timer::start(1, 0);
        assert_eq!(timer.changed(2, 30_000), Timer::Running { deadline: 180_000 });
        assert_eq!(timer.changed(2, 600_000), Timer::Running { deadline: 720_000 }, "two minutes, not less");
        assert_eq!(timer.changed(-5, 30_000).remaining(30_000), 0);
        assert_eq!(Timer::Paused { remaining: 60_000 }.changed(-1, 0), Timer::Paused { remaining: 0 });
    }

    #[test]
    fn clocks_that_jump_and_odd_numbers_only_make_odd_times() {
        for now in [i64::MIN, -1, 0, i64::MAX] {
            for timer in [Timer::start(u32::MAX, now), Timer::Paused { remaining: i64::MIN }] {
                for later in [i64::MIN, 0, i64::MAX] {
                    let changed = timer.paused(later).changed(i32::MAX, later).resumed(later).changed(i32::MIN, now);
                    assert!((0..=MOST).contains(&changed.remaining(later)));
                }
            }
        }
    }

    #[test]
    fn at_the_longest_time_and_one_past_it() {
        let full = Timer::start(limits::TIMER_MINUTES, 0);
        assert_eq!(full.remaining(0), MOST);
        assert_eq!(full.changed(1, 0), full);
    }
}
