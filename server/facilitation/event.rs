//! What happened on a board besides edits, as its journal keeps it. Knows not what follows from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Naming, Outcome, Part, Place, Plan, Round, Timer};
use crate::{
    ids::{PartId, PersonId, RoundId, Seq, VoteId, WorkshopId},
    programme::Survey,
};

/// What happened. Moments are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Event {
    Locked {
        objects: Vec<String>,
        by: PersonId,
    },
    Unlocked {
        objects: Vec<String>,
        by: PersonId,
    },
    Paused {
        by: PersonId,
    },
    Resumed {
        by: PersonId,
    },
    /// With the agenda that the board follows from then on: what later becomes of the workshop's own changes nothing here.
    WorkshopStarted {
        workshop: WorkshopId,
        plan: Plan,
        at: i64,
        by: PersonId,
    },
    WorkshopEnded {
        at: i64,
        by: PersonId,
    },
    /// Also for a part that is repeated. Its timer begins with it.
    PartStarted {
        part: PartId,
        timer: Timer,
        /// Of a part that names its area: the frame of that title on this board, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        frame: Option<String>,
        at: i64,
        by: PersonId,
    },
    /// Its timer ends with it.
    PartEnded {
        part: PartId,
        at: i64,
        by: PersonId,
    },
    PartSkipped {
        part: PartId,
        by: PersonId,
    },
    /// All parts of the agenda in their new order.
    Reordered {
        parts: Vec<PartId>,
        by: PersonId,
    },
    /// A part is another from now on, on this board.
    PartChanged {
        part: Box<Part>,
        by: PersonId,
    },
    /// A part takes more or less time on this board; the timer, when it runs.
    MinutesSet {
        part: PartId,
        minutes: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timer: Option<Timer>,
        by: PersonId,
    },
    TimerSet {
        /// None: it is taken away.
        timer: Option<Timer>,
        by: PersonId,
    },
    /// To everybody on the board; an empty text takes away what was there.
    Said {
        text: String,
        at: i64,
        by: PersonId,
    },
    /// From now on people write in private.
    WritingBegan {
        round: RoundId,
        part: PartId,
        naming: Naming,
        /// Kinds of items; none: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kinds: Option<Arc<[String]>>,
        at: i64,
        by: PersonId,
    },
    /// What was written in private is on the board: in the entry before this one, when there was something.
    Revealed {
        round: RoundId,
        part: PartId,
        /// Where it is: x, y, width, height in board units. None when there was nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<[i64; 4]>,
        at: i64,
        by: PersonId,
    },
    /// What was written in private was thrown away.
    DraftsDiscarded {
        round: RoundId,
        part: PartId,
        at: i64,
        by: PersonId,
    },
    CountsShown {
        round: RoundId,
        shown: bool,
        by: PersonId,
    },
    /// The call of this number in the workshop's stream was carried out here; what it did here comes behind it.
    Adopted {
        workshop: WorkshopId,
        call: Seq,
        by: PersonId,
    },
    HandRaised {
        at: i64,
        by: PersonId,
    },
    /// By its owner, by a facilitator, or by the server in the name of who left.
    HandLowered {
        person: PersonId,
        by: PersonId,
    },
    /// For the first time, or in other words.
    HelpAsked {
        text: String,
        at: i64,
        by: PersonId,
    },
    HelpClaimed {
        person: PersonId,
        at: i64,
        by: PersonId,
    },
    HelpReleased {
        person: PersonId,
        by: PersonId,
    },
    /// Given, or no longer needed.
    HelpEnded {
        person: PersonId,
        at: i64,
        by: PersonId,
    },
    SaidDone {
        part: PartId,
        by: PersonId,
    },
    SaidNotDone {
        part: PartId,
        by: PersonId,
    },
    Gathered {
        place: Place,
        at: i64,
        by: PersonId,
    },
    GatherEnded {
        by: PersonId,
    },
    /// Also when who leads takes control, or gives it up and goes on leading.
    LeadStarted {
        control: bool,
        at: i64,
        by: PersonId,
    },
    LeadEnded {
        by: PersonId,
    },
    VoteOpened {
        round: Box<Round>,
        by: PersonId,
    },
    /// Its ballots are gone in the same commit; the totals are all that is left of them.
    VoteClosed {
        vote: VoteId,
        at: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Box<Outcome>>,
        by: PersonId,
    },
    SurveyOpened {
        workshop: WorkshopId,
        survey: Survey,
        by: PersonId,
    },
    SurveyClosed {
        workshop: WorkshopId,
        survey: Survey,
        by: PersonId,
    },
}

/// The newest thing that somebody did, for whoever pressed at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    pub by: PersonId,
    /// The event's `type`.
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartId>,
}

impl Event {
    /// Who did what.
    #[must_use]
    pub fn deed(&self) -> Deed {
        let (what, by, part) = match self {
            Event::Locked { by, .. } => ("locked", by, None),
            Event::Unlocked { by, .. } => ("unlocked", by, None),
            Event::Paused { by } => ("paused", by, None),
            Event::Resumed { by } => ("resumed", by, None),
            Event::WorkshopStarted { by, .. } => ("workshopStarted", by, None),
            Event::WorkshopEnded { by, .. } => ("workshopEnded", by, None),
            Event::PartStarted { by, part, .. } => ("partStarted", by, Some(*part)),
            Event::PartEnded { by, part, .. } => ("partEnded", by, Some(*part)),
            Event::PartSkipped { by, part } => ("partSkipped", by, Some(*part)),
            Event::Reordered { by, .. } => ("reordered", by, None),
            Event::PartChanged { by, part } => ("partChanged", by, Some(part.id)),
            Event::MinutesSet { by, part, .. } => ("minutesSet", by, Some(*part)),
            Event::TimerSet { by, .. } => ("timerSet", by, None),
            Event::Said { by, .. } => ("said", by, None),
            Event::WritingBegan { by, part, .. } => ("writingBegan", by, Some(*part)),
            Event::Revealed { by, part, .. } => ("revealed", by, Some(*part)),
            Event::DraftsDiscarded { by, part, .. } => ("draftsDiscarded", by, Some(*part)),
            Event::CountsShown { by, .. } => ("countsShown", by, None),
            Event::Adopted { by, .. } => ("adopted", by, None),
            Event::HandRaised { by, .. } => ("handRaised", by, None),
            Event::HandLowered { by, .. } => ("handLowered", by, None),
            Event::HelpAsked { by, .. } => ("helpAsked", by, None),
            Event::HelpClaimed { by, .. } => (Self::HELP_CLAIMED, by, None),
            Event::HelpReleased { by, .. } => ("helpReleased", by, None),
            Event::HelpEnded { by, .. } => ("helpEnded", by, None),
            Event::SaidDone { by, part } => ("saidDone", by, Some(*part)),
            Event::SaidNotDone { by, part } => ("saidNotDone", by, Some(*part)),
            Event::Gathered { by, .. } => ("gathered", by, None),
            Event::GatherEnded { by } => ("gatherEnded", by, None),
            Event::LeadStarted { by, .. } => (Self::LEAD_STARTED, by, None),
            Event::LeadEnded { by } => ("leadEnded", by, None),
            Event::VoteOpened { by, .. } => ("voteOpened", by, None),
            Event::VoteClosed { by, .. } => ("voteClosed", by, None),
            Event::SurveyOpened { by, .. } => ("surveyOpened", by, None),
            Event::SurveyClosed { by, .. } => ("surveyClosed", by, None),
        };
        Deed { by: *by, what: what.to_owned(), part }
    }

    pub(super) const HELP_CLAIMED: &str = "helpClaimed";
    pub(super) const LEAD_STARTED: &str = "leadStarted";

    /// Whether it is about how the board is run. What people say of themselves is not: a hand that goes up in between does
    /// not make a facilitator's command late, nor bind anybody otherwise.
    #[must_use]
    pub fn steers(&self) -> bool {
        !matches!(
            self,
            Event::HandRaised { .. }
                | Event::HandLowered { .. }
                | Event::HelpAsked { .. }
                | Event::HelpClaimed { .. }
                | Event::HelpReleased { .. }
                | Event::HelpEnded { .. }
                | Event::SaidDone { .. }
                | Event::SaidNotDone { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::facilitation::{State, any, apply};

    /// The JSON that is on the disks of those who ran the program before there was a script.
    #[test]
    fn what_was_stored_first_is_read_as_it_was() {
        let by = PersonId::new();
        let note = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";
        let stored = [
            json!({"type": "locked", "objects": [note, "s_01JAAAAAAAAAAAAAAAAAAAAAAA"], "by": by}),
            json!({"type": "unlocked", "objects": [note], "by": by}),
            json!({"type": "paused", "by": by}),
            json!({"type": "resumed", "by": by}),
            json!({"type": "paused", "by": by}),
        ];
        let mut state = State::default();
        for json in &stored {
            let event: Event = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(&serde_json::to_value(&event).unwrap(), json);
            apply(&mut state, &event);
        }
        let kept: State =
            serde_json::from_value(json!({"locked": ["s_01JAAAAAAAAAAAAAAAAAAAAAAA"], "paused": true})).unwrap();
        assert_eq!((state.locked, state.paused, state.run), (kept.locked, kept.paused, None));
    }

    /// Nor do those of who asks for attention ever change.
    #[test]
    fn what_was_stored_of_attention_is_read_as_it_was() {
        let (by, person, part) = (PersonId::new(), PersonId::new(), PartId::new());
        let stored = [
            json!({"type": "handRaised", "at": 5, "by": by}),
            json!({"type": "handRaised", "at": 6, "by": person}),
            json!({"type": "handLowered", "person": person, "by": by}),
            json!({"type": "helpAsked", "text": "Ääni", "at": 5, "by": person}),
            json!({"type": "helpClaimed", "person": person, "at": 6, "by": by}),
            json!({"type": "saidDone", "part": part, "by": by}),
            json!({"type": "gathered", "place": {"rect": [0, -1, 2, 3]}, "at": 7, "by": by}),
            json!({"type": "gathered", "place": {"frame": "r_01JAAAAAAAAAAAAAAAAAAAAAAA"}, "at": 7, "by": by}),
            json!({"type": "leadStarted", "control": true, "at": 8, "by": by}),
        ];
        let mut state = State::default();
        for json in &stored {
            let event: Event = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(&serde_json::to_value(&event).unwrap(), json);
            apply(&mut state, &event);
        }
        let kept = json!({"hands": {by.to_string(): 5},
            "help": [{"person": person, "at": 5, "text": "Ääni", "coming": by}], "done": [by],
            "gather": {"place": {"frame": "r_01JAAAAAAAAAAAAAAAAAAAAAAA"}, "at": 7, "by": by},
            "lead": {"by": by, "at": 8, "control": true}});
        assert_eq!(serde_json::to_value(state.attention.as_ref()).unwrap(), kept);
        assert_eq!(
            serde_json::from_value::<State>(json!({"locked": [], "paused": false, "attention": kept}))
                .unwrap()
                .attention,
            state.attention
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_names_itself(event in any::event()) {
            let json = serde_json::to_value(&event).unwrap();
            prop_assert_eq!(&json["type"], &json!(event.deed().what));
            prop_assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
        }
    }
}
