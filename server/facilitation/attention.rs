//! Who asks for attention on a board, who is done with the part, and where facilitators lead: what each of their events
//! makes of it. Knows no clock and not who is here.
//!
//! A request for help stays until somebody ends it, also when who asked has left: their line may be what the trouble is. A
//! hand, a place to come to and a lead are of somebody who is there, so `left` takes them away.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Event;
use crate::{
    board::schema::{self, Root},
    ids::PersonId,
};

/// What asks for attention. Moments are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Attention {
    /// Hands that are up, and since when.
    pub hands: BTreeMap<PersonId, i64>,
    /// In the order in which they asked; one of each person.
    pub help: Vec<Help>,
    /// Who is done with the part that runs.
    pub done: BTreeSet<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gather: Option<Gather>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
}

/// Somebody asks for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    pub person: PersonId,
    pub at: i64,
    /// May be empty.
    pub text: String,
    /// The facilitator who comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coming: Option<PersonId>,
}

/// A facilitator asks everybody to come somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gather {
    pub place: Place,
    pub at: i64,
    pub by: PersonId,
}

/// A place on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The id of a frame.
    Frame(String),
    /// Left, top, width, height in units of the board; width and height are at least 1.
    Rect([i32; 4]),
}

impl Place {
    /// Whether it can be somewhere.
    #[must_use]
    pub fn is_one(&self) -> bool {
        match self {
            Place::Frame(id) => id.starts_with("r_") && schema::is_object_id(Root::Items, id),
            Place::Rect([_, _, width, height]) => *width >= 1 && *height >= 1,
        }
    }
}

/// A facilitator shows others around.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    pub by: PersonId,
    /// Since they lead, or took control.
    pub at: i64,
    /// Everybody's view follows. Otherwise it is an offer.
    pub control: bool,
}

impl Attention {
    /// Nothing asks for any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    #[must_use]
    pub fn help_of(&self, person: PersonId) -> Option<&Help> {
        self.help.iter().find(|help| help.person == person)
    }

    /// What ends when somebody is no longer here.
    #[must_use]
    pub fn left(&self, person: PersonId) -> Vec<Event> {
        let by = person;
        let hand = self.hands.contains_key(&person).then_some(Event::HandLowered { person, by });
        let gather = self.gather.as_ref().filter(|gather| gather.by == person);
        let lead = self.lead.as_ref().filter(|lead| lead.by == person);
        let ends = [hand, gather.map(|_| Event::GatherEnded { by }), lead.map(|_| Event::LeadEnded { by })];
        ends.into_iter().flatten().collect()
    }

    /// Those of whom something ends when they leave.
    pub fn present(&self) -> impl Iterator<Item = PersonId> {
        let leading = self.gather.iter().map(|gather| gather.by).chain(self.lead.iter().map(|lead| lead.by));
        self.hands.keys().copied().chain(leading)
    }

    /// Whether the event changes this. Total: any event applies.
    pub(super) fn is_changed_by(event: &Event) -> bool {
        matches!(event, Event::Gathered { .. } | Event::GatherEnded { .. })
            || matches!(event, Event::LeadStarted { .. } | Event::LeadEnded { .. })
            || matches!(event, Event::PartStarted { .. } | Event::PartEnded { .. })
            || matches!(event, Event::WorkshopStarted { .. } | Event::WorkshopEnded { .. })
            || !event.steers()
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::HandRaised { at, by } => _ = self.hands.entry(*by).or_insert(*at),
            Event::HandLowered { person, .. } => _ = self.hands.remove(person),
            Event::HelpAsked { text, at, by } => match self.help.iter_mut().find(|help| help.person == *by) {
                Some(help) => help.text.clone_from(text),
                None => self.help.push(Help { person: *by, at: *at, text: text.clone(), coming: None }),
            },
            Event::HelpClaimed { person, by, .. } => self.coming(*person, Some(*by)),
            Event::HelpReleased { person, .. } => self.coming(*person, None),
            Event::HelpEnded { person, .. } => self.help.retain(|help| help.person != *person),
            Event::SaidDone { by, .. } => _ = self.done.insert(*by),
            Event::SaidNotDone { by, .. } => _ = self.done.remove(by),
            Event::Gathered { place, at, by } => {
                self.gather = Some(Gather { place: place.clone(), at: *at, by: *by });
            }
            Event::GatherEnded { .. } => self.gather = None,
            Event::LeadStarted { control, at, by } => self.lead = Some(Lead { by: *by, at: *at, control: *control }),
            Event::LeadEnded { .. } => self.lead = None,
            // A part has a place and ends of its own.
            Event::PartStarted { .. } => (self.gather, self.done) = (None, BTreeSet::new()),
            Event::PartEnded { .. } | Event::WorkshopStarted { .. } => self.done.clear(),
            // People go home; who still needs help is still to be answered.
            Event::WorkshopEnded { .. } => *self = Self { help: std::mem::take(&mut self.help), ..Self::default() },
            _ => {}
        }
    }

    fn coming(&mut self, person: PersonId, by: Option<PersonId>) {
        if let Some(help) = self.help.iter_mut().find(|help| help.person == person) {
            help.coming = by;
        }
    }
}
