//! What somebody asks of a board's facilitation, and why they may not get it. Knows not what becomes of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Agenda, Part};
use crate::{
    ids::{PartId, WorkshopId},
    programme::{Language, Names, Wrong},
};

/// What a board follows: a copy of what the workshop said when it began there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The workshop's.
    pub title: Names,
    /// In which the server writes what it writes by itself: names of snapshots.
    pub language: Language,
    pub agenda: Agenda,
}

impl Plan {
    /// A name in the plan's language, or in another when it has none in that.
    #[must_use]
    pub fn name<'a>(&self, names: &'a Names) -> &'a str {
        let all = std::iter::once(&self.language).chain(Language::ALL);
        all.map(|language| names.of(*language)).find(|name| !name.is_empty()).unwrap_or_default()
    }
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Lock objects: only owners and facilitators can change them.
    Lock {
        objects: Vec<String>,
    },
    Unlock {
        objects: Vec<String>,
    },
    /// Pause the board: participants read only.
    Pause,
    Resume,
    /// Begin a workshop of the board's series: the board follows a copy of its agenda.
    StartWorkshop {
        #[schema(value_type = String)]
        workshop: WorkshopId,
        /// What the server knows of the workshop; nobody sends it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(ignore)]
        plan: Option<Arc<Plan>>,
    },
    /// End the workshop, and the part that runs.
    EndWorkshop,
    /// Begin a part, wherever the board is; the part that runs ends.
    StartPart {
        #[schema(value_type = String)]
        part: PartId,
    },
    /// Go to the next part that is not skipped; behind the last one only end it.
    NextPart,
    /// End the part that runs; with none running everyone may do what the role allows.
    EndPart,
    /// Pass over a part; when it runs, it ends.
    SkipPart {
        #[schema(value_type = String)]
        part: PartId,
    },
    /// Begin a part anew: without an id the one that runs or ran last.
    RepeatPart {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        part: Option<PartId>,
    },
    /// Put parts in this order; those that are not named stay behind them.
    Reorder {
        #[schema(value_type = Vec<String>)]
        parts: Vec<PartId>,
    },
    /// Make a part of the board's agenda another; only here, when it is for one board.
    ChangePart {
        part: Box<Part>,
    },
    /// Give a part other minutes; when it runs, its timer goes with it.
    SetMinutes {
        #[schema(value_type = String)]
        part: PartId,
        /// 1 to 480.
        minutes: u32,
    },
    /// Begin the timer anew: without minutes with those of the part that runs.
    StartTimer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    PauseTimer,
    ResumeTimer,
    /// More minutes, or less (-480 to 480).
    AddMinutes {
        minutes: i32,
    },
    StopTimer,
    /// Put on the board what everybody wrote in a silent part: without `part` in the newest one that is not revealed.
    Reveal {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        part: Option<PartId>,
        /// What came after it was revealed, too.
        #[serde(default)]
        late: bool,
    },
    /// Throw away what everybody wrote in a silent part, unseen.
    DiscardDrafts {
        #[schema(value_type = String)]
        part: PartId,
    },
    /// Show everybody how many people have written something in a silent part, or no more.
    ShowCounts {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        part: Option<PartId>,
        shown: bool,
    },
    /// Tell everybody on the board; an empty text takes away what was told.
    Say {
        /// At most 500 characters.
        text: String,
    },
}

impl Command {
    /// Whether it can be for all boards of a workshop: objects are one board's.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        !matches!(self, Command::Lock { .. } | Command::Unlock { .. })
    }

    /// Whether it is about the workshop that runs, so that another's has no say in it.
    #[must_use]
    pub fn is_of_the_script(&self) -> bool {
        match self {
            Command::EndWorkshop
            | Command::StartPart { .. }
            | Command::NextPart
            | Command::EndPart
            | Command::SkipPart { .. }
            | Command::RepeatPart { .. }
            | Command::Reorder { .. }
            | Command::ChangePart { .. }
            | Command::SetMinutes { .. }
            | Command::Reveal { .. }
            | Command::DiscardDrafts { .. }
            | Command::ShowCounts { .. } => true,
            Command::Lock { .. }
            | Command::Unlock { .. }
            | Command::Pause
            | Command::Resume
            | Command::StartWorkshop { .. }
            | Command::StartTimer { .. }
            | Command::PauseTimer
            | Command::ResumeTimer
            | Command::AddMinutes { .. }
            | Command::StopTimer
            | Command::Say { .. } => false,
        }
    }
}

impl Command {
    /// Whether it is about what was written in private: each board knows what that is, whatever all of them were told.
    #[must_use]
    pub fn is_of_drafts(&self) -> bool {
        matches!(self, Command::Reveal { .. } | Command::DiscardDrafts { .. } | Command::ShowCounts { .. })
    }
}

/// Why a command was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum No {
    #[error("only facilitators and owners may do this")]
    Role,
    #[error("not the id of an object")]
    BadObject,
    #[error("too many locked objects")]
    TooMany,
    #[error("no workshop runs on this board")]
    NoWorkshop,
    #[error("no such part on this board's agenda")]
    NoPart,
    #[error("no timer is set")]
    NoTimer,
    #[error("nothing was written in private there")]
    NoRound,
    #[error(transparent)]
    Wrong(Wrong),
}
