//! A workshop of a series: when and how people meet, and its agenda. Knows not who, nor how far it is.

use serde::Deserialize;

use super::{Day, Names, TimeOfDay, Wrong, Zone, present, words::words};
use crate::{
    facilitation::{Agenda, Part, script},
    ids::WorkshopId,
};

words!(
/// What a workshop is for.
WorkshopKind {
    Kickoff = "kickoff",
    Working = "working",
    Visit = "visit",
    Gala = "gala",
});

words!(
/// How people meet.
Setting {
    Virtual = "virtual",
    Hybrid = "hybrid",
    InPerson = "inPerson",
});

/// A workshop. What its boards follow is a copy of the agenda that they take when it begins there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    pub id: WorkshopId,
    pub title: Names,
    pub kind: WorkshopKind,
    pub setting: Setting,
    pub date: Option<Day>,
    pub begins: Option<TimeOfDay>,
    pub zone: Zone,
    pub agenda: Agenda,
    /// Of the agenda: from 1, one more with each change.
    pub version: u32,
}

/// What to change about a workshop; what is left out stays. The agenda has a change of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkshopEdit {
    #[serde(default)]
    pub title: Option<Names>,
    #[serde(default)]
    pub kind: Option<WorkshopKind>,
    #[serde(default)]
    pub setting: Option<Setting>,
    /// `yyyy-mm-dd`, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub date: Option<Option<Day>>,
    /// `hh:mm`, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub begins: Option<Option<TimeOfDay>>,
    /// A name as `Europe/Helsinki`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub zone: Option<Zone>,
}

impl WorkshopEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        Ok(Self { title: self.title.map(|title| title.cleaned()).transpose()?, ..self })
    }

    /// Makes the change.
    pub fn apply(&self, workshop: &mut Workshop) {
        if let Some(title) = &self.title {
            workshop.title.clone_from(title);
        }
        workshop.kind = self.kind.unwrap_or(workshop.kind);
        workshop.setting = self.setting.unwrap_or(workshop.setting);
        if let Some(date) = &self.date {
            workshop.date.clone_from(date);
        }
        if let Some(begins) = &self.begins {
            workshop.begins.clone_from(begins);
        }
        if let Some(zone) = &self.zone {
            workshop.zone.clone_from(zone);
        }
    }
}

/// An agenda to put in the place of another.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AgendaEdit)]
pub struct AgendaEdit {
    /// Of the agenda that was changed: when it is another's by now, nothing is kept.
    pub version: u32,
    /// 1 to 40 in their order; parts without an id are new.
    pub parts: Vec<Part>,
}

impl Workshop {
    /// A new workshop with the default agenda, from what somebody wrote about it: a working one where people meet online,
    /// unless it says otherwise.
    ///
    /// # Errors
    /// The first field that is wrong; [`Wrong::Name`] without a title.
    pub fn new(wanted: WorkshopEdit) -> Result<Self, Wrong> {
        let wanted = wanted.cleaned()?;
        let mut workshop = Self {
            id: WorkshopId::new(),
            title: wanted.title.clone().ok_or(Wrong::Name)?,
            kind: WorkshopKind::Working,
            setting: Setting::Virtual,
            date: None,
            begins: None,
            zone: Zone::default(),
            agenda: script::default_agenda(),
            version: 1,
        };
        wanted.apply(&mut workshop);
        Ok(workshop)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_new_one_has_a_title_and_the_default_agenda() {
        let made = |json| Workshop::new(serde_json::from_value(json).unwrap());
        let workshop = made(json!({"title": {"fi": "Työpaja 2"}, "kind": "gala", "begins": "09:00"})).unwrap();
        assert_eq!((workshop.kind, workshop.setting, workshop.version), (WorkshopKind::Gala, Setting::Virtual, 1));
        assert_eq!(workshop.agenda.parts().len(), script::PARTS);
        assert_eq!((workshop.zone.as_str(), workshop.begins.unwrap().as_str()), ("Europe/Helsinki", "09:00"));
        assert_eq!(made(json!({})), Err(Wrong::Name));
        assert_eq!(made(json!({"title": {"fi": "ö".repeat(121)}})), Err(Wrong::Name));
    }

    #[test]
    fn a_day_can_be_taken_away_and_left_alone() {
        let wanted = json!({"title": {"fi": "T"}, "date": "2026-09-23", "begins": "09:00"});
        let mut workshop = Workshop::new(serde_json::from_value(wanted).unwrap()).unwrap();
        let edit: WorkshopEdit = serde_json::from_value(json!({"date": null, "setting": "hybrid"})).unwrap();
        edit.apply(&mut workshop);
        assert_eq!((workshop.date, workshop.setting), (None, Setting::Hybrid));
        assert!(workshop.begins.is_some());
    }
}
