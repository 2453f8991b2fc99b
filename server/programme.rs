//! Workshop series: their organisations, teams and challenges as plain values, and what may be written in them.
//! Knows no I/O.

pub mod day;
pub mod demo;
pub mod missing;
pub mod names;
pub mod organisation;
pub mod person;
pub mod series;
pub mod survey;
pub mod team;
pub mod time;
mod words;
pub mod workshop;

pub use day::Day;
pub use missing::{Representation, representation};
pub use names::{Language, Names};
pub use organisation::{Organisation, OrganisationEdit, Sector};
pub use person::{Details, DetailsEdit};
pub use series::{Series, SeriesEdit, WholeSeries};
pub use survey::{Answer, Question, Survey};
pub use team::{Challenge, ChallengeEdit, NeedType, Team, TeamEdit};
pub use time::{TimeOfDay, Zone};
pub use workshop::{AgendaEdit, Setting, Workshop, WorkshopEdit, WorkshopKind};

use serde::{Deserialize, Deserializer};

/// Why a value is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A name or title is empty or too long.
    #[error("a name is empty or too long")]
    Name,
    /// Another field; says which and what was expected.
    #[error("{0}")]
    Field(&'static str),
}

/// For fields that can be left out (`None`) or taken away (`Some(None)`, null in JSON).
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(d).map(Some)
}
