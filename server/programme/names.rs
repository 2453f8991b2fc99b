//! A name in the languages of a series. Knows not whose.

use serde::{Deserialize, Serialize};

use super::{Wrong, words::words};
use crate::{limits, text};

words!(
    /// A language of the app.
    Language { Fi = "fi", Sv = "sv", En = "en" });

/// A name in each language; at least one is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// At most 120 characters each.
    #[serde(default)]
    pub fi: String,
    #[serde(default)]
    pub sv: String,
    #[serde(default)]
    pub en: String,
}

impl Names {
    /// The names as they may be kept.
    ///
    /// # Errors
    /// When all are empty, or one is too long.
    pub fn cleaned(&self) -> Result<Self, Wrong> {
        let clean = |name: &str| text::line_or_nothing(name, limits::NAMES_CHARS).ok_or(Wrong::Name);
        let cleaned = Self { fi: clean(&self.fi)?, sv: clean(&self.sv)?, en: clean(&self.en)? };
        if cleaned.languages().is_empty() { Err(Wrong::Name) } else { Ok(cleaned) }
    }

    /// The name in a language; empty when there is none.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Fi => &self.fi,
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }

    /// The languages that have a name.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        Language::ALL.iter().copied().filter(|language| !self.of(*language).is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_enough_and_none_is_not() {
        let names = |fi: &str, sv: &str| Names { fi: fi.into(), sv: sv.into(), en: String::new() }.cleaned();
        assert_eq!(names(" Ja\u{200B}lostamo ", "").unwrap(), names("Jalostamo", " ").unwrap());
        assert_eq!(names("", "Förädling").unwrap().languages(), [Language::Sv]);
        assert_eq!(names("\u{200B}", " "), Err(Wrong::Name));
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        let names = |n: usize| Names { en: "ö".repeat(n), ..Names::default() }.cleaned();
        assert!(names(limits::NAMES_CHARS).is_ok());
        assert_eq!(names(limits::NAMES_CHARS + 1), Err(Wrong::Name));
    }
}
