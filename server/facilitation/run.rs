//! A workshop on one board: the agenda it follows there and how far it is. Knows no clock.

use serde::{Deserialize, Serialize};

use super::{Agenda, Part, Plan};
use crate::ids::{PartId, WorkshopId};

/// A workshop that runs on the board, or the last one that did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    pub workshop: WorkshopId,
    pub plan: Plan,
    /// Milliseconds since 1970.
    pub since: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<i64>,
    /// The part that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Current>,
    /// Parts that run or ran, each once, in the order in which they first did.
    #[serde(default)]
    pub visited: Vec<PartId>,
    /// Parts that *next* passes over.
    #[serde(default)]
    pub skipped: Vec<PartId>,
    /// The part that ran last, or runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<PartId>,
}

/// The part that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Current {
    #[schema(value_type = String, example = "pt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub part: PartId,
    /// Milliseconds since 1970.
    pub since: i64,
}

impl Run {
    #[must_use]
    pub fn new(workshop: WorkshopId, plan: Plan, since: i64) -> Self {
        Self { workshop, plan, since, ended: None, current: None, visited: vec![], skipped: vec![], last: None }
    }

    #[must_use]
    pub fn agenda(&self) -> &Agenda {
        &self.plan.agenda
    }

    #[must_use]
    pub fn is_on(&self) -> bool {
        self.ended.is_none()
    }

    /// The part that runs, as it is on this board.
    #[must_use]
    pub fn part(&self) -> Option<&Part> {
        self.agenda().part(self.current?.part)
    }

    /// The part that *next* begins: the first behind the last one that is not skipped.
    #[must_use]
    pub fn next(&self) -> Option<&Part> {
        let from = self.last.and_then(|part| self.agenda().place(part)).map_or(0, |place| place + 1);
        self.agenda().parts().iter().skip(from).find(|part| !self.skipped.contains(&part.id))
    }

    pub(super) fn start(&mut self, part: PartId, since: i64) {
        if self.agenda().part(part).is_none() {
            return;
        }
        self.current = Some(Current { part, since });
        self.last = Some(part);
        self.skipped.retain(|skipped| *skipped != part);
        if !self.visited.contains(&part) {
            self.visited.push(part);
        }
    }

    /// A part that names its area is in this frame from now on.
    pub(super) fn happens_in(&mut self, part: PartId, frame: Option<&String>) {
        if let Some(there) = self.agenda().part(part).filter(|part| part.area.is_some()) {
            let there = Part { frame: frame.cloned(), ..there.clone() };
            self.plan.agenda.replace(there);
        }
    }

    pub(super) fn end_part(&mut self, part: PartId) {
        self.current = self.current.filter(|current| current.part != part);
    }

    pub(super) fn skip(&mut self, part: PartId) {
        if self.agenda().part(part).is_some() && !self.skipped.contains(&part) {
            self.skipped.push(part);
        }
    }
}
