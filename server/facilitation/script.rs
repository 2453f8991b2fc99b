//! The default agenda: a working day of three hours for several teams, in three languages. Knows not when.
//!
//! It begins with an open door, which lies before the workshop's beginning. The texts are in `fi`, `sv` and `en`, in the order of the parts here.

mod en;
mod fi;
mod sv;

use super::{Agenda, May, Naming, Part, Texts, Vote, Writing};
use crate::{ids::PartId, programme::Names};

/// A part's title and instruction in one language.
type Words = (&'static str, &'static str);

/// How many parts it has.
pub const PARTS: usize = 23;

/// What everybody does in a part besides being told.
#[derive(Clone, Copy)]
struct Sketch {
    minutes: u32,
    /// It runs before the beginning.
    early: bool,
    /// To how many it may shrink.
    least: Option<u32>,
    add: &'static [&'static str],
    may: Deeds,
    writing: Writing,
    vote: Option<Vote>,
    /// Kinds that it is about.
    on: &'static [&'static str],
}

/// Beyond adding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deeds {
    /// What the role allows.
    Everything,
    Nothing,
    /// Edit and delete their own.
    Own,
    /// The same, and move.
    Practice,
    /// Edit and move everything, connect, delete their own.
    Together,
    /// The same, and comment.
    TogetherAndComment,
    Comment,
    Vote,
    /// Edit and move everything, connect, delete their own, vote.
    TogetherAndVote,
}

const fn part(minutes: u32, may: Deeds, add: &'static [&'static str]) -> Sketch {
    Sketch { minutes, early: false, least: None, add, may, writing: Writing::Open, vote: None, on: &[] }
}

const fn silent(minutes: u32, add: &'static [&'static str]) -> Sketch {
    Sketch { writing: Writing::Silent, ..part(minutes, Deeds::Own, add) }
}

impl Sketch {
    const fn early(self) -> Self {
        Self { early: true, ..self }
    }

    const fn least(self, least: u32) -> Self {
        Self { least: Some(least), ..self }
    }

    const fn vote(self, vote: Vote, on: &'static [&'static str]) -> Self {
        Self { vote: Some(vote), on, ..self }
    }
}

const SKETCHES: [Sketch; PARTS] = [
    // Open door, opening, check-in.
    part(15, Deeds::Practice, &["note"]).early(),
    part(10, Deeds::Nothing, &[]),
    part(8, Deeds::Together, &["lane", "note", "step"]),
    // The shared goal.
    silent(3, &["note"]),
    part(6, Deeds::TogetherAndVote, &["goal", "note"]).vote(Vote::Rating, &["goal"]),
    // The process.
    silent(5, &["step"]),
    part(15, Deeds::Together, &["lane", "note", "step"]),
    part(10, Deeds::TogetherAndComment, &["evidence", "note", "painPoint", "question"]),
    part(3, Deeds::Together, &["note", "step"]),
    // Obstacles, bottlenecks, places to work together.
    silent(6, &["bottleneck", "cooperation", "obstacle"]),
    part(10, Deeds::Together, &["bottleneck", "cooperation", "group", "obstacle"]),
    part(6, Deeds::Vote, &[]).vote(Vote::Dots { votes: 5, most: 2 }, &["bottleneck", "obstacle"]),
    // Break, gallery walk, how might we.
    part(10, Deeds::Everything, &[]),
    part(8, Deeds::Comment, &[]).least(4),
    part(12, Deeds::Together, &["note", "question"]).least(6),
    // Ideas.
    silent(6, &["idea"]),
    part(8, Deeds::TogetherAndComment, &["idea", "note"]),
    part(6, Deeds::Together, &["group", "idea"]),
    // Choice, next steps, reading back, feedback, close.
    part(13, Deeds::TogetherAndComment, &[]).least(8),
    part(18, Deeds::TogetherAndComment, &["nextStep", "note"]),
    part(9, Deeds::Nothing, &[]),
    // The survey that asks for feedback is no vote.
    part(5, Deeds::Nothing, &[]),
    part(3, Deeds::Nothing, &[]),
];

impl Sketch {
    fn may(&self) -> Option<May> {
        let add = self.add.iter().map(|kind| (*kind).to_owned()).collect();
        let together = matches!(self.may, Deeds::Together | Deeds::TogetherAndComment | Deeds::TogetherAndVote);
        let own = together || matches!(self.may, Deeds::Own | Deeds::Practice);
        let may = May {
            add,
            edit_own: own,
            edit_all: together,
            r#move: together || self.may == Deeds::Practice,
            connect: together,
            delete_own: own,
            comment: matches!(self.may, Deeds::Comment | Deeds::TogetherAndComment),
            vote: matches!(self.may, Deeds::Vote | Deeds::TogetherAndVote),
        };
        (self.may != Deeds::Everything).then_some(may)
    }
}

/// A copy of its own, with new ids.
#[must_use]
pub fn default_agenda() -> Agenda {
    let words = fi::WORDS.iter().zip(&sv::WORDS).zip(&en::WORDS);
    let parts = SKETCHES.iter().zip(words).map(|(sketch, ((fi, sv), en))| Part {
        id: PartId::new(),
        title: Names { fi: fi.0.into(), sv: sv.0.into(), en: en.0.into() },
        instruction: Texts { fi: fi.1.into(), sv: sv.1.into(), en: en.1.into() },
        minutes: sketch.minutes,
        early: sketch.early,
        least: sketch.least,
        frame: None,
        area: None,
        may: sketch.may(),
        writing: sketch.writing,
        naming: Naming::Named,
        vote: sketch.vote,
        vote_on: sketch.on.iter().map(|kind| (*kind).to_owned()).collect(),
    });
    // A test holds that it is one that may be kept.
    Agenda::cleaned(parts.collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Language;

    #[test]
    fn it_is_whole_and_lasts_three_hours_behind_an_open_door() {
        let agenda = default_agenda();
        assert_eq!(agenda.parts().len(), PARTS);
        let timed = agenda.timed();
        assert_eq!((timed[0].starts, timed[1].starts, agenda.lasts()), (-15, 0, 180));
        assert_ne!(default_agenda().parts()[0].id, agenda.parts()[0].id, "a copy of its own");
    }

    #[test]
    fn everything_is_said_in_every_language() {
        for part in default_agenda().parts() {
            assert_eq!(part.title.languages(), Language::ALL);
            let Texts { fi, sv, en } = &part.instruction;
            for instruction in [fi, sv, en] {
                assert!(
                    instruction.len() > 40 && instruction.ends_with(['.', '?']),
                    "{}: {instruction}",
                    part.title.fi
                );
            }
            assert_ne!(part.instruction.fi, part.instruction.sv);
        }
    }

    #[test]
    fn it_is_as_it_would_be_kept() {
        for part in default_agenda().parts() {
            assert_eq!(part.clone().cleaned().unwrap(), *part);
        }
    }
}
