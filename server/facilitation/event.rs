//! What happened on a board besides edits, as its journal keeps it. Knows not what follows from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Naming, Part, Plan, Timer};
use crate::ids::{PartId, PersonId, RoundId, Seq, WorkshopId};

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
        };
        Deed { by: *by, what: what.to_owned(), part }
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

    proptest! {
        #[test]
        fn what_is_written_is_read_and_names_itself(event in any::event()) {
            let json = serde_json::to_value(&event).unwrap();
            prop_assert_eq!(&json["type"], &json!(event.deed().what));
            prop_assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
        }
    }
}
