//! What somebody asks of a board's facilitation, and why they may not get it. Knows not what becomes of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Agenda, Part, Place, Scope, Vote};
use crate::{
    ids::{PartId, PersonId, VoteId, WorkshopId},
    programme::{Language, Names, Survey, Wrong},
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
    /// Raise one's hand. Anybody may.
    RaiseHand,
    /// Lower one's hand, or a facilitator another's.
    LowerHand {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        person: Option<PersonId>,
    },
    /// Ask the facilitators for help, or say it otherwise. Anybody may.
    AskHelp {
        /// At most 200 characters; only facilitators see it.
        #[serde(default)]
        text: String,
    },
    /// It is no longer needed: one's own request, or for a facilitator anybody's.
    EndHelp {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        person: Option<PersonId>,
    },
    /// Say that one comes to help; 409 when another facilitator does.
    ClaimHelp {
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// The request waits again, whoever was to come.
    ReleaseHelp {
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// Say that one is done with the part that runs. Anybody who edits may.
    SayDone {
        #[schema(value_type = String)]
        part: PartId,
    },
    SayNotDone {
        #[schema(value_type = String)]
        part: PartId,
    },
    /// Ask everybody to come to a place: an offer.
    Gather {
        place: Place,
    },
    EndGather,
    /// Lead: others may follow, or with `control` everybody's view does until they stop it. Again with the other `control` changes
    /// that; 409 when another leads.
    Lead {
        #[serde(default)]
        control: bool,
    },
    /// Nobody leads any more, whoever did.
    EndLead,
    /// Open a vote; one at a time.
    OpenVote {
        /// Without one it is a new vote.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        id: VoteId,
        /// How people vote: without it as the part that runs says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        vote: Option<Vote>,
        /// What they vote on: without it the part's frame and kinds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Scope>,
        /// At most 120 characters.
        #[serde(default)]
        title: String,
    },
    /// Close a vote: its totals are made and its ballots are gone. Without an id the one that is open.
    CloseVote {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        id: Option<VoteId>,
    },
    /// Ask people to answer a survey of the workshop; only to all its boards.
    OpenSurvey {
        #[schema(value_type = String)]
        workshop: WorkshopId,
        survey: Survey,
    },
    /// Take no more answers; with five or more that is for good. Only to all boards.
    CloseSurvey {
        #[schema(value_type = String)]
        workshop: WorkshopId,
        survey: Survey,
    },
}

impl Command {
    /// Whether it is everybody's: what somebody says of themselves, and no facilitation. `decide` looks closer.
    #[must_use]
    pub fn is_everybodys(&self) -> bool {
        matches!(
            self,
            Command::RaiseHand
                | Command::LowerHand { .. }
                | Command::AskHelp { .. }
                | Command::EndHelp { .. }
                | Command::SayDone { .. }
                | Command::SayNotDone { .. }
        )
    }

    /// Whether it can be for all boards of a workshop: objects, places and people who ask are one board's.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        !matches!(self, Command::Lock { .. } | Command::Unlock { .. }) && !self.is_about_attention()
    }

    /// Whether it is about who asks for attention, and where facilitators lead.
    #[must_use]
    pub fn is_about_attention(&self) -> bool {
        self.is_everybodys()
            || matches!(self, Command::ClaimHelp { .. } | Command::ReleaseHelp { .. })
            || matches!(self, Command::Gather { .. } | Command::EndGather | Command::Lead { .. } | Command::EndLead)
    }

    /// Whether it is only for all boards of a workshop.
    #[must_use]
    pub fn is_for_all_only(&self) -> bool {
        matches!(self, Command::OpenSurvey { .. } | Command::CloseSurvey { .. })
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
            | Command::ShowCounts { .. }
            | Command::OpenVote { .. }
            | Command::CloseVote { .. } => true,
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
            | Command::Say { .. }
            | Command::OpenSurvey { .. }
            | Command::CloseSurvey { .. } => false,
            attention => {
                debug_assert!(attention.is_about_attention());
                false
            }
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
    #[error("this person does not ask for help")]
    NoHelp,
    #[error("as many ask already as can")]
    Full,
    /// Somebody did this (an event's type) and has not given it up.
    #[error("somebody else does this already")]
    Taken(PersonId, &'static str),
    #[error("no such vote on this board")]
    NoVote,
    #[error("the part that runs does not say how to vote")]
    NoWay,
    #[error("the part that runs does not let people vote")]
    NotInPart,
    #[error("another vote is open")]
    VoteOpen,
    #[error("too many votes on this board")]
    TooManyVotes,
    #[error("another survey is open")]
    SurveyOpen,
    #[error(transparent)]
    Wrong(Wrong),
}
