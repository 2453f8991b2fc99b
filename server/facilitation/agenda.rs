//! An agenda: parts in their order, and when each begins. Knows not which of them runs.

use serde::{Deserialize, Serialize};

use super::Part;
use crate::{ids::PartId, limits, programme::Wrong};

/// Parts in the order in which they are planned; each id is there once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Agenda(Vec<Part>);

/// A part, and when it is to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartWithTime {
    #[serde(flatten)]
    pub part: Part,
    /// Minutes after the beginning: those of all parts between. Below zero for parts that run before it.
    pub starts: i64,
}

impl Agenda {
    /// An agenda as it may be kept.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn cleaned(parts: Vec<Part>) -> Result<Self, Wrong> {
        if parts.is_empty() || parts.len() > limits::AGENDA_PARTS {
            return Err(Wrong::Field("an agenda has 1 to 40 parts"));
        }
        let parts = parts.into_iter().map(Part::cleaned).collect::<Result<Vec<_>, _>>()?;
        let mut ids: Vec<PartId> = parts.iter().map(|part| part.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != parts.len() {
            return Err(Wrong::Field("each part of an agenda is there once"));
        }
        let agenda = Self(parts);
        if agenda.fits() { Ok(agenda) } else { Err(Wrong::Field("an agenda has at most 56 KiB")) }
    }

    /// Whether it is as small as it must be, as JSON.
    #[must_use]
    pub fn fits(&self) -> bool {
        serde_json::to_string(self).is_ok_and(|json| json.len() <= limits::AGENDA_BYTES)
    }

    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.0.iter().find(|part| part.id == id)
    }

    /// Where a part stands, from 0.
    #[must_use]
    pub fn place(&self, id: PartId) -> Option<usize> {
        self.0.iter().position(|part| part.id == id)
    }

    /// How many minutes before the beginning the first part is to begin: those of the first parts that run before it.
    #[must_use]
    pub fn opens(&self) -> i64 {
        self.0.iter().take_while(|part| part.early).map(|part| i64::from(part.minutes)).sum()
    }

    /// From the beginning to the end of the last part, in minutes.
    #[must_use]
    pub fn lasts(&self) -> i64 {
        self.0.iter().map(|part| i64::from(part.minutes)).sum::<i64>() - self.opens()
    }

    /// The parts, each with when it is to begin: a part that is shortened brings the rest forward, or what runs before the
    /// beginning nearer to it.
    #[must_use]
    pub fn timed(&self) -> Vec<PartWithTime> {
        let mut starts = -self.opens();
        let with_time = |part: &Part| {
            let timed = PartWithTime { part: part.clone(), starts };
            starts += i64::from(part.minutes);
            timed
        };
        self.0.iter().map(with_time).collect()
    }

    /// In this order; parts that are not named keep theirs, after those.
    #[must_use]
    pub fn reordered(&self, order: &[PartId]) -> Self {
        let mut parts = self.0.clone();
        let rank = |part: &Part| order.iter().position(|id| *id == part.id).unwrap_or(order.len());
        parts.sort_by_key(rank);
        Self(parts)
    }

    /// Puts a part in the place of the one of its id. Whether there was one.
    pub fn replace(&mut self, part: Part) -> bool {
        let there = self.0.iter_mut().find(|there| there.id == part.id);
        there.map(|there| *there = part).is_some()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(minutes: u32) -> Part {
        serde_json::from_value(json!({"title": {"fi": "Osa"}, "minutes": minutes})).unwrap()
    }

    #[test]
    fn a_shortened_part_brings_the_rest_forward() {
        let mut agenda = Agenda::cleaned(vec![part(10), part(8), part(9), part(33)]).unwrap();
        let starts = |agenda: &Agenda| agenda.timed().iter().map(|part| part.starts).collect::<Vec<_>>();
        assert_eq!(starts(&agenda), [0, 10, 18, 27]);
        let shorter = Part { minutes: 3, ..agenda.parts()[1].clone() };
        assert!(agenda.replace(shorter));
        assert_eq!(starts(&agenda), [0, 10, 13, 22]);
        assert!(!agenda.replace(part(1)));
    }

    #[test]
    fn what_runs_before_the_beginning_moves_nothing_behind_it() {
        let early = |minutes| Part { early: true, ..part(minutes) };
        let starts = |parts| {
            let agenda = Agenda::cleaned(parts).unwrap();
            let starts = agenda.timed().iter().map(|part| part.starts).collect::<Vec<_>>();
            (starts, agenda.opens(), agenda.lasts())
        };
        assert_eq!(starts(vec![early(15), part(10), part(8)]), (vec![-15, 0, 10], 15, 18));
        assert_eq!(starts(vec![early(5), part(10), part(8)]), (vec![-5, 0, 10], 5, 18), "the door opens later");
        assert_eq!(starts(vec![early(15), early(5), part(3)]), (vec![-20, -5, 0], 20, 3));
        assert_eq!(starts(vec![early(15), part(7), early(5), part(3)]), (vec![-15, 0, 7, 12], 15, 15));
        assert_eq!(starts(vec![early(15)]), (vec![-15], 15, 0));
        // Agendas that were kept before parts could say so.
        let old = json!({"title": {"fi": "Avoimet ovet"}, "minutes": 15, "writing": "open"});
        assert!(!serde_json::from_value::<Part>(old).unwrap().early);
        assert!(!serde_json::to_string(&part(1)).unwrap().contains("early"), "what old programs read stays as it was");
    }

    #[test]
    fn what_the_order_does_not_name_stays_behind_it() {
        let agenda = Agenda::cleaned(vec![part(1), part(2), part(3), part(4)]).unwrap();
        let ids: Vec<PartId> = agenda.parts().iter().map(|part| part.id).collect();
        let order = agenda.reordered(&[ids[2], PartId::new(), ids[0]]);
        assert_eq!(order.parts().iter().map(|part| part.minutes).collect::<Vec<_>>(), [3, 1, 2, 4]);
    }

    #[test]
    fn at_the_limits_and_one_past_them() {
        assert!(Agenda::cleaned((0..limits::AGENDA_PARTS).map(|_| part(1)).collect()).is_ok());
        assert!(Agenda::cleaned((0..=limits::AGENDA_PARTS).map(|_| part(1)).collect()).is_err());
        assert!(Agenda::cleaned(vec![]).is_err());
        let one = part(1);
        assert!(Agenda::cleaned(vec![one.clone(), one]).is_err());
        let mut parts: Vec<Part> = (0..limits::AGENDA_PARTS).map(|_| part(1)).collect();
        let bytes = |parts: &[Part]| serde_json::to_string(parts).unwrap().len();
        let mut left = limits::AGENDA_BYTES - bytes(&parts);
        for part in &mut parts {
            for text in [&mut part.instruction.fi, &mut part.instruction.sv, &mut part.instruction.en] {
                *text = "x".repeat(left.min(limits::INSTRUCTION_CHARS));
                left -= text.len();
            }
        }
        assert_eq!(bytes(&parts), limits::AGENDA_BYTES);
        assert!(Agenda::cleaned(parts.clone()).is_ok());
        parts[0].title.fi.push('x');
        assert!(Agenda::cleaned(parts).is_err());
    }
}
