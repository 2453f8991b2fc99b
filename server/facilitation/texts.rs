//! A text of several lines in the languages of the app. Knows not what it says.

use serde::{Deserialize, Serialize};

use crate::{limits, programme::Wrong, text};

/// A text in each language; any may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// At most 600 characters each.
    #[serde(default)]
    pub fi: String,
    #[serde(default)]
    pub sv: String,
    #[serde(default)]
    pub en: String,
}

impl Texts {
    /// The text as it may be kept.
    ///
    /// # Errors
    /// When one is too long.
    pub fn cleaned(&self) -> Result<Self, Wrong> {
        let clean = |text: &str| {
            text::lines(text, limits::INSTRUCTION_CHARS).ok_or(Wrong::Field("instruction has at most 600 characters"))
        };
        Ok(Self { fi: clean(&self.fi)?, sv: clean(&self.sv)?, en: clean(&self.en)? })
    }
}
