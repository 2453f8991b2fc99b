//! How fast a socket is read, and how often a person opens documents: past it they wait, nothing is dropped. Knows no frames.
//!
//! The wait is before the next read, so what is sent too fast stays in the network and with its sender. A person's sockets
//! share one allowance beside their own; an address has none, because a whole ministry can have one address.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use dashmap::DashMap;
use tokio::time::{Instant, sleep_until};

use crate::{
    clock,
    ids::PersonId,
    limits::{self, Quota},
};

/// So many a second, and so many at once after a rest.
#[derive(Debug)]
struct Bucket {
    a_second: f64,
    at_once: f64,
    /// Below nothing when more was taken than there was.
    left: f64,
    since: Instant,
}

impl Bucket {
    fn new(a_second: u32, at_once: u32) -> Self {
        let (a_second, at_once) = (f64::from(a_second), f64::from(at_once));
        Self { a_second, at_once, left: at_once, since: clock::instant() }
    }

    /// Takes so much; how long to wait before anything more is taken.
    fn take(&mut self, amount: f64, now: Instant) -> Duration {
        self.fill(now);
        self.left -= amount;
        if self.left >= 0.0 { Duration::ZERO } else { Duration::from_secs_f64(-self.left / self.a_second) }
    }

    fn fill(&mut self, now: Instant) {
        let came = now.saturating_duration_since(self.since).as_secs_f64() * self.a_second;
        (self.left, self.since) = ((self.left + came).min(self.at_once), now);
    }

    fn is_full(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.left >= self.at_once
    }
}

/// Messages and their bytes.
#[derive(Debug)]
struct Flow {
    messages: Bucket,
    bytes: Bucket,
}

impl Flow {
    fn new(quota: &Quota) -> Self {
        Self {
            messages: Bucket::new(quota.messages, quota.message_burst),
            bytes: Bucket::new(quota.bytes, quota.byte_burst),
        }
    }

    fn take(&mut self, bytes: usize, now: Instant) -> Duration {
        self.messages.take(1.0, now).max(self.bytes.take(bytes as f64, now))
    }
}

/// What is remembered of a person over all their sockets.
pub struct Visitor(Mutex<Visits>);

struct Visits {
    flow: Flow,
    openings: Bucket,
    /// Connections that ended because of garbage, one after the other, and when the last one did.
    strikes: u32,
    struck: Instant,
    garbage_rest: Duration,
}

impl Visitor {
    fn new(pace: &limits::Pace) -> Self {
        Self(Mutex::new(Visits {
            flow: Flow::new(&pace.person),
            openings: Bucket::new(limits::OPENINGS_PER_SECOND, limits::OPENING_BURST),
            strikes: 0,
            struck: clock::instant(),
            garbage_rest: pace.garbage_rest,
        }))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Visits) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a document that is about to be opened; how long that waits.
    #[must_use]
    pub fn opening(&self) -> Duration {
        let now = clock::instant();
        self.with(|visits| {
            let often = visits.openings.take(1.0, now);
            often.max((visits.struck + visits.rest(now)).saturating_duration_since(now))
        })
    }

    /// One of this person's connections was closed because of garbage.
    pub fn strike(&self) {
        let now = clock::instant();
        self.with(|visits| (visits.strikes, visits.struck) = (visits.strikes_at(now) + 1, now));
    }

    fn take(&self, bytes: usize, now: Instant) -> Duration {
        self.with(|visits| visits.flow.take(bytes, now))
    }

    /// Whether there is nothing about this person that a new visitor would not have.
    fn is_new(&self, now: Instant) -> bool {
        self.with(|visits| {
            let Visits { flow, openings, .. } = visits;
            let full = flow.messages.is_full(now) && flow.bytes.is_full(now) && openings.is_full(now);
            full && visits.strikes_at(now) == 0
        })
    }
}

impl Visits {
    /// Those that are not forgotten yet.
    fn strikes_at(&self, now: Instant) -> u32 {
        let forgotten = now.saturating_duration_since(self.struck) >= self.garbage_rest * limits::GARBAGE_FORGOTTEN;
        if forgotten { 0 } else { self.strikes }
    }

    /// How long after the last one the next connection waits: twice as long each time.
    fn rest(&self, now: Instant) -> Duration {
        match self.strikes_at(now) {
            0 => Duration::ZERO,
            strikes => self.garbage_rest * (1 << (strikes - 1).min(limits::GARBAGE_DOUBLINGS)),
        }
    }
}

/// Everyone who has sockets, or had a moment ago. In memory only.
#[derive(Default)]
pub struct Visitors(DashMap<PersonId, Arc<Visitor>>);

impl Visitors {
    /// What is remembered of a person.
    #[must_use]
    pub fn get(&self, person: PersonId, pace: &limits::Pace) -> Arc<Visitor> {
        Arc::clone(&self.0.entry(person).or_insert_with(|| Arc::new(Visitor::new(pace))))
    }

    /// Forgets who has no socket and their full allowance.
    pub fn sweep(&self) {
        let now = clock::instant();
        self.0.retain(|_, visitor| Arc::strong_count(visitor) > 1 || !visitor.is_new(now));
    }
}

/// How one socket is read.
pub struct Intake {
    own: Flow,
    /// Whose documents are open on it.
    visitors: Vec<Arc<Visitor>>,
    until: Option<Instant>,
}

impl Intake {
    #[must_use]
    pub fn new(pace: &limits::Pace) -> Self {
        Self { own: Flow::new(&pace.socket), visitors: Vec::new(), until: None }
    }

    /// From now on it is this person's too.
    pub fn is_of(&mut self, visitor: &Arc<Visitor>) {
        if !self.visitors.iter().any(|there| Arc::ptr_eq(there, visitor)) {
            self.visitors.push(Arc::clone(visitor));
        }
    }

    /// Counts a message that came. Returns whether the next one has to wait.
    pub fn count(&mut self, bytes: usize) -> bool {
        let now = clock::instant();
        let own = self.own.take(bytes, now);
        let wait = self.visitors.iter().map(|visitor| visitor.take(bytes, now)).fold(own, Duration::max);
        self.until = (!wait.is_zero()).then(|| now + wait);
        self.until.is_some()
    }

    /// Waits until more may be read.
    pub async fn rest(&mut self) {
        if let Some(until) = self.until {
            sleep_until(until).await;
            self.until = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> limits::Pace {
        limits::Pace::default()
    }

    #[tokio::test(start_paused = true)]
    async fn messages_at_once_at_the_limit_and_one_past_it() {
        let mut intake = Intake::new(&pace());
        assert!((0..limits::MESSAGE_BURST).all(|_| !intake.count(1)));
        assert!(intake.count(1), "one past it");
        let begin = Instant::now();
        intake.rest().await;
        let wait = begin.elapsed();
        assert!(
            wait >= Duration::from_secs(1) / limits::MESSAGES_PER_SECOND && wait < Duration::from_millis(2),
            "{wait:?}"
        );
        // Then at the rate: a second's worth takes a second.
        for _ in 0..limits::MESSAGES_PER_SECOND {
            intake.count(1);
            intake.rest().await;
        }
        let took = begin.elapsed();
        assert!(took > Duration::from_millis(990) && took < Duration::from_millis(2_100), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_at_once_at_the_limit_and_one_past_it() {
        let mut intake = Intake::new(&pace());
        assert!(!intake.count(limits::BYTE_BURST as usize));
        assert!(intake.count(1));
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!(
            !intake.count(limits::SYNC_STEP_2_BYTES) && !intake.count(limits::SYNC_STEP_2_BYTES),
            "all is there again"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_persons_sockets_share_one_allowance_and_others_have_their_own() {
        let visitors = Visitors::default();
        let (aino, otto) = (PersonId::new(), PersonId::new());
        let socket = |person| {
            let mut intake = Intake::new(&pace());
            intake.is_of(&visitors.get(person, &pace()));
            intake
        };
        let mut sockets: Vec<Intake> = (0..limits::SOCKETS_PER_PERSON).map(|_| socket(aino)).collect();
        let mut others = socket(otto);
        let most = limits::PERSON_TIMES * limits::MESSAGE_BURST;
        let mut counted = 0;
        while sockets.iter_mut().all(|intake| !intake.count(1)) {
            counted += u32::try_from(limits::SOCKETS_PER_PERSON).unwrap();
        }
        assert!(counted <= most && most - counted <= 5, "{counted}");
        assert!(!others.count(1));
        // Closing them all and coming back gives nothing anew.
        drop(sockets);
        visitors.sweep();
        assert!(socket(aino).count(1));
        tokio::time::advance(Duration::from_secs(60)).await;
        visitors.sweep();
        assert_eq!(visitors.0.len(), 1, "whose allowance is full is forgotten, who is here is not");
    }

    #[tokio::test(start_paused = true)]
    async fn openings_at_once_at_the_limit_and_one_past_it() {
        let visitor = Visitor::new(&pace());
        assert!((0..limits::OPENING_BURST).all(|_| visitor.opening().is_zero()));
        let wait = visitor.opening();
        assert!(!wait.is_zero() && wait <= Duration::from_secs(1) / limits::OPENINGS_PER_SECOND, "{wait:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_sends_garbage_waits_twice_as_long_each_time_and_is_forgiven() {
        let visitor = Visitor::new(&pace());
        assert!(visitor.opening().is_zero());
        let mut expected = limits::GARBAGE_REST;
        for _ in 0..=limits::GARBAGE_DOUBLINGS {
            visitor.strike();
            assert_eq!(visitor.opening(), expected);
            expected *= 2;
        }
        visitor.strike();
        assert_eq!(visitor.opening(), expected / 2, "not past the longest");
        tokio::time::advance(expected / 2).await;
        assert!(visitor.opening().is_zero());
        tokio::time::advance(limits::GARBAGE_REST * limits::GARBAGE_FORGOTTEN).await;
        visitor.strike();
        assert_eq!(visitor.opening(), limits::GARBAGE_REST);
    }
}
