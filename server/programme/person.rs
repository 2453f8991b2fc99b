//! What a person says about themselves in a series: organisation, profession, perspective. Knows no names and no roles.

use serde::{Deserialize, Serialize};

use super::{Wrong, present};
use crate::{ids::OrganisationId, limits, text};

/// Where somebody comes from, and what they look at things from; everything can be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Details {
    /// An organisation of the series.
    #[schema(value_type = Option<String>, required)]
    pub organisation: Option<OrganisationId>,
    pub profession: String,
    pub perspective: String,
}

/// What to change about it; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailsEdit {
    /// An organisation of the series, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub organisation: Option<Option<OrganisationId>>,
    /// At most 80 characters.
    #[serde(default)]
    pub profession: Option<String>,
    /// At most 120 characters.
    #[serde(default)]
    pub perspective: Option<String>,
}

impl DetailsEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is too long.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let clean = |text: Option<String>, most, why| {
            text.map(|text| text::line_or_nothing(&text, most).ok_or(Wrong::Field(why))).transpose()
        };
        Ok(Self {
            organisation: self.organisation,
            profession: clean(self.profession, limits::PROFESSION_CHARS, "profession has at most 80 characters")?,
            perspective: clean(self.perspective, limits::PERSPECTIVE_CHARS, "perspective has at most 120 characters")?,
        })
    }

    /// Makes the change.
    pub fn apply(&self, details: &mut Details) {
        details.organisation = self.organisation.unwrap_or(details.organisation);
        if let Some(profession) = &self.profession {
            details.profession.clone_from(profession);
        }
        if let Some(perspective) = &self.perspective {
            details.perspective.clone_from(perspective);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_and_one_past_it() {
        let profession =
            |n: usize| DetailsEdit { profession: Some("ä".repeat(n)), ..DetailsEdit::default() }.cleaned().is_ok();
        let perspective =
            |n: usize| DetailsEdit { perspective: Some("ä".repeat(n)), ..DetailsEdit::default() }.cleaned().is_ok();
        assert!(profession(limits::PROFESSION_CHARS) && !profession(limits::PROFESSION_CHARS + 1));
        assert!(perspective(limits::PERSPECTIVE_CHARS) && !perspective(limits::PERSPECTIVE_CHARS + 1));
    }

    #[test]
    fn what_is_left_out_stays_and_null_takes_away() {
        let id = OrganisationId::new();
        let mut details =
            Details { organisation: Some(id), profession: "Sairaanhoitaja".into(), perspective: String::new() };
        let edit = |json: &str| serde_json::from_str::<DetailsEdit>(json).unwrap().cleaned().unwrap();
        edit(r#"{"perspective":" Asiakkaan\narki "}"#).apply(&mut details);
        assert_eq!((details.organisation, details.perspective.as_str()), (Some(id), "Asiakkaan arki"));
        edit(r#"{"organisation":null,"profession":""}"#).apply(&mut details);
        assert_eq!(details, Details { perspective: "Asiakkaan arki".into(), ..Details::default() });
    }
}
