//! Texts that people were writing when a part ended: theirs to write for a minute more. Knows no documents.
//!
//! The rule: a text that somebody changed in the last minute of a part stays writable for that person for a minute
//! after it. It is kept in memory: after a restart of the server nobody has an open editor that it knows of.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Instant,
};

use crate::{ids::PersonId, limits};

/// Who wrote which texts in the last minute, and which of them are still theirs.
#[derive(Debug, Default)]
pub struct Grace {
    written: HashMap<PersonId, Vec<(Arc<str>, Instant)>>,
    left: HashMap<PersonId, (Instant, Arc<HashSet<String>>)>,
}

impl Grace {
    /// Somebody changed these objects' texts. Many at once are a paste, not somebody who types.
    pub fn wrote(&mut self, person: PersonId, objects: &[Arc<str>], now: Instant) {
        if objects.is_empty() || objects.len() > limits::TEXT_GRACE_TEXTS {
            return;
        }
        let written = self.written.entry(person).or_default();
        for object in objects {
            written.retain(|(there, _)| there != object);
            written.push((Arc::clone(object), now));
        }
        let extra = written.len().saturating_sub(limits::TEXT_GRACE_TEXTS);
        written.drain(..extra);
    }

    /// A part ended: what was written in its last minute stays open.
    pub fn part_ended(&mut self, now: Instant) {
        let young = |since: &Instant| now.saturating_duration_since(*since) < limits::TEXT_GRACE;
        for (person, written) in self.written.drain() {
            let texts: HashSet<String> =
                written.into_iter().filter(|(_, at)| young(at)).map(|(object, _)| object.to_string()).collect();
            if !texts.is_empty() {
                self.left.insert(person, (now, Arc::new(texts)));
            }
        }
        self.left.retain(|_, (since, _)| young(since));
    }

    /// The objects whose text this person may go on writing.
    #[must_use]
    pub fn texts(&self, person: PersonId, now: Instant) -> Option<Arc<HashSet<String>>> {
        let (since, texts) = self.left.get(&person)?;
        (now.saturating_duration_since(*since) < limits::TEXT_GRACE).then(|| Arc::clone(texts))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn of(grace: &Grace, person: PersonId, now: Instant) -> Vec<String> {
        let mut texts: Vec<String> = grace.texts(person, now).iter().flat_map(|texts| texts.iter().cloned()).collect();
        texts.sort();
        texts
    }

    #[test]
    fn what_was_written_in_the_last_minute_stays_open_for_a_minute() {
        let (mut grace, start, aino, otto) = (Grace::default(), Instant::now(), PersonId::new(), PersonId::new());
        grace.wrote(aino, &["early".into()], start);
        grace.wrote(aino, &["late".into()], start + 30 * SECOND);
        assert!(grace.texts(aino, start + 30 * SECOND).is_none(), "the part runs");
        let end = start + limits::TEXT_GRACE;
        grace.part_ended(end);
        assert_eq!(of(&grace, aino, end), ["late"]);
        assert!(grace.texts(otto, end).is_none());
        assert_eq!(of(&grace, aino, end + limits::TEXT_GRACE - SECOND), ["late"]);
        assert!(grace.texts(aino, end + limits::TEXT_GRACE).is_none());
        // The next part ends too: what nobody wrote in it is not opened again.
        grace.part_ended(end + 2 * limits::TEXT_GRACE);
        assert!(grace.texts(aino, end + 2 * limits::TEXT_GRACE).is_none());
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        let (mut grace, now, aino) = (Grace::default(), Instant::now(), PersonId::new());
        let names = |n: usize| (0..n).map(|n| n.to_string().into()).collect::<Vec<Arc<str>>>();
        grace.wrote(aino, &names(limits::TEXT_GRACE_TEXTS + 1), now);
        grace.part_ended(now);
        assert!(grace.texts(aino, now).is_none(), "a paste");
        grace.wrote(aino, &names(limits::TEXT_GRACE_TEXTS), now);
        grace.wrote(aino, &["one more".into()], now);
        grace.part_ended(now);
        let texts = grace.texts(aino, now).unwrap();
        assert!(texts.len() == limits::TEXT_GRACE_TEXTS && texts.contains("one more") && !texts.contains("0"));
    }
}
