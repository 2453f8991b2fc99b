//! A workshop series: its name, purpose, days, languages and owners. Knows not who may change it.

use serde::Deserialize;

use super::{Day, Language, Names, Organisation, Team, Wrong, present, words::sorted};
use crate::{
    ids::{OrganisationId, PersonId, SeriesId},
    limits, text,
};

/// A workshop series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub id: SeriesId,
    pub name: Names,
    pub purpose: String,
    pub starts: Option<Day>,
    pub ends: Option<Day>,
    /// Each once, in the order of [`Language::ALL`]; never empty.
    pub languages: Vec<Language>,
    /// The organisations that own it, in their order.
    pub owners: Vec<OrganisationId>,
    /// Milliseconds since 1970.
    pub made: i64,
    pub made_by: PersonId,
}

/// A series with everything that belongs to it, as of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeSeries {
    pub series: Series,
    pub organisations: Vec<Organisation>,
    pub teams: Vec<Team>,
}

impl WholeSeries {
    /// Whether all of these are organisations of the series.
    #[must_use]
    pub fn knows(&self, mut organisations: impl Iterator<Item = OrganisationId>) -> bool {
        organisations.all(|id| self.organisations.iter().any(|organisation| organisation.id == id))
    }
}

/// What to change about a series; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesEdit {
    #[serde(default)]
    pub name: Option<Names>,
    /// At most 2,000 characters.
    #[serde(default)]
    pub purpose: Option<String>,
    /// `yyyy-mm-dd`, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub starts: Option<Option<Day>>,
    /// `yyyy-mm-dd`, or null; not before the start.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub ends: Option<Option<Day>>,
    /// At least one.
    #[serde(default)]
    pub languages: Option<Vec<Language>>,
    /// Organisations of the series.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub owners: Option<Vec<OrganisationId>>,
}

impl SeriesEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let long = |text: String| {
            text::lines(&text, limits::PURPOSE_CHARS).ok_or(Wrong::Field("purpose has at most 2,000 characters"))
        };
        let languages = self.languages.map(sorted);
        if languages.as_ref().is_some_and(Vec::is_empty) {
            return Err(Wrong::Field("languages has at least one"));
        }
        if let Some(owners) = &self.owners
            && sorted(owners.clone()).len() != owners.len()
        {
            return Err(Wrong::Field("owners has each organisation once"));
        }
        Ok(Self {
            name: self.name.map(|name| name.cleaned()).transpose()?,
            purpose: self.purpose.map(long).transpose()?,
            languages,
            ..self
        })
    }

    /// Makes the change.
    pub fn apply(&self, series: &mut Series) {
        if let Some(name) = &self.name {
            series.name.clone_from(name);
        }
        if let Some(purpose) = &self.purpose {
            series.purpose.clone_from(purpose);
        }
        if let Some(starts) = &self.starts {
            series.starts.clone_from(starts);
        }
        if let Some(ends) = &self.ends {
            series.ends.clone_from(ends);
        }
        if let Some(languages) = &self.languages {
            series.languages.clone_from(languages);
        }
        if let Some(owners) = &self.owners {
            series.owners.clone_from(owners);
        }
    }
}

impl Series {
    /// A new series from what somebody wrote about it. Without languages it has those of its name.
    ///
    /// # Errors
    /// The first field that is wrong; [`Wrong::Name`] without a name.
    pub fn new(wanted: SeriesEdit, made_by: PersonId, made: i64) -> Result<Self, Wrong> {
        let wanted = wanted.cleaned()?;
        let name = wanted.name.clone().ok_or(Wrong::Name)?;
        let mut series = Self {
            id: SeriesId::new(),
            languages: name.languages(),
            name,
            purpose: String::new(),
            starts: None,
            ends: None,
            owners: vec![],
            made,
            made_by,
        };
        wanted.apply(&mut series);
        series.check()?;
        Ok(series)
    }

    /// Looks at what several fields say together.
    ///
    /// # Errors
    /// When it ends before it starts.
    pub fn check(&self) -> Result<(), Wrong> {
        match (&self.starts, &self.ends) {
            (Some(starts), Some(ends)) if ends < starts => Err(Wrong::Field("ends is not before starts")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(json: serde_json::Value) -> Result<SeriesEdit, Wrong> {
        serde_json::from_value::<SeriesEdit>(json).unwrap().cleaned()
    }

    fn made(json: serde_json::Value) -> Result<Series, Wrong> {
        Series::new(serde_json::from_value(json).unwrap(), PersonId::new(), 1)
    }

    #[test]
    fn a_new_series_has_a_name_and_its_languages() {
        let series = made(serde_json::json!({"name": {"fi": "Sarja", "sv": "Serie"}})).unwrap();
        assert_eq!(series.languages, [Language::Fi, Language::Sv]);
        let chosen = made(serde_json::json!({"name": {"fi": "Sarja"}, "languages": ["en", "fi", "en"]})).unwrap();
        assert_eq!(chosen.languages, [Language::Fi, Language::En]);
        assert_eq!(made(serde_json::json!({})), Err(Wrong::Name));
        assert!(made(serde_json::json!({"name": {"fi": "Sarja"}, "languages": []})).is_err());
    }

    #[test]
    fn it_ends_when_it_starts_or_later() {
        let days = |starts: &str, ends: &str| {
            made(serde_json::json!({"name": {"fi": "Sarja"}, "starts": starts, "ends": ends})).is_ok()
        };
        assert!(days("2020-05-27", "2020-05-27"));
        assert!(!days("2020-05-27", "2020-05-26"));
    }

    #[test]
    fn a_day_can_be_taken_away_and_left_alone() {
        let mut series = made(serde_json::json!({"name": {"fi": "Sarja"}, "starts": "2020-05-27"})).unwrap();
        edit(serde_json::json!({"ends": "2020-09-23"})).unwrap().apply(&mut series);
        assert!(series.starts.is_some() && series.ends.is_some());
        edit(serde_json::json!({"starts": null})).unwrap().apply(&mut series);
        assert!(series.starts.is_none() && series.ends.is_some());
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        assert!(edit(serde_json::json!({"purpose": "ö".repeat(limits::PURPOSE_CHARS)})).is_ok());
        assert!(edit(serde_json::json!({"purpose": "ö".repeat(limits::PURPOSE_CHARS + 1)})).is_err());
        let id = OrganisationId::new();
        assert!(edit(serde_json::json!({"owners": [id]})).is_ok());
        assert!(edit(serde_json::json!({"owners": [id, id]})).is_err());
    }
}
