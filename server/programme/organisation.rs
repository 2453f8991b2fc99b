//! An organisation as a series knows it. Knows no teams.

use serde::{Deserialize, Serialize};

use super::{Names, Wrong, words::words};
use crate::{ids::OrganisationId, limits, text};

words!(
/// The part of society that an organisation belongs to.
Sector {
    Ministry = "ministry",
    Agency = "agency",
    Municipality = "municipality",
    WellbeingCounty = "wellbeingCounty",
    Kela = "kela",
    Association = "association",
    Company = "company",
    Resident = "resident",
    Other = "other",
});

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Organisation {
    #[schema(value_type = String, example = "org_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: OrganisationId,
    pub name: Names,
    /// At most 20 characters; empty when there is none.
    pub abbreviation: String,
    pub sector: Sector,
}

/// What to change about an organisation; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationEdit {
    #[serde(default)]
    pub name: Option<Names>,
    #[serde(default)]
    pub abbreviation: Option<String>,
    #[serde(default)]
    pub sector: Option<Sector>,
}

impl OrganisationEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let short = |text: String| {
            text::line_or_nothing(&text, limits::ABBREVIATION_CHARS)
                .ok_or(Wrong::Field("abbreviation has at most 20 characters"))
        };
        Ok(Self {
            name: self.name.map(|name| name.cleaned()).transpose()?,
            abbreviation: self.abbreviation.map(short).transpose()?,
            sector: self.sector,
        })
    }

    /// Makes the change.
    pub fn apply(&self, organisation: &mut Organisation) {
        if let Some(name) = &self.name {
            organisation.name.clone_from(name);
        }
        if let Some(abbreviation) = &self.abbreviation {
            organisation.abbreviation.clone_from(abbreviation);
        }
        organisation.sector = self.sector.unwrap_or(organisation.sector);
    }
}

impl Organisation {
    /// A new organisation from what somebody wrote about it.
    ///
    /// # Errors
    /// The first field that is wrong; [`Wrong::Name`] without a name.
    pub fn new(wanted: OrganisationEdit) -> Result<Self, Wrong> {
        let wanted = wanted.cleaned()?;
        let name = wanted.name.ok_or(Wrong::Name)?;
        let sector = wanted.sector.ok_or(Wrong::Field("sector is missing"))?;
        let abbreviation = wanted.abbreviation.unwrap_or_default();
        Ok(Self { id: OrganisationId::new(), name, abbreviation, sector })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_and_one_past_it() {
        let edit = |n: usize| OrganisationEdit { abbreviation: Some("Ä".repeat(n)), ..OrganisationEdit::default() };
        assert!(edit(limits::ABBREVIATION_CHARS).cleaned().is_ok());
        assert!(edit(limits::ABBREVIATION_CHARS + 1).cleaned().is_err());
    }

    #[test]
    fn sectors_are_their_words() {
        for sector in Sector::ALL {
            assert_eq!(serde_json::to_value(sector).unwrap(), sector.word());
            assert_eq!(Sector::from_word(sector.word()), Some(*sector));
        }
        assert_eq!(Sector::from_word("Ministry"), None);
    }
}
