//! A time of day, written `hh:mm`, and the name of a time zone. Knows no day.

use serde::{Deserialize, Serialize};

/// A time of day by the clock on the wall. Times compare as they follow each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(String);

impl TimeOfDay {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let shape = text.len() == 5
            && text.bytes().enumerate().all(|(at, b)| if at == 2 { b == b':' } else { b.is_ascii_digit() });
        if shape && text.parse::<jiff::civil::Time>().is_ok() { Ok(Self(text)) } else { Err("a time is hh:mm") }
    }
}

/// The name of a time zone, as `Europe/Helsinki`. Whether there is one of that name is for browsers to know: they have the
/// tables, and show the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(String);

impl Zone {
    /// Longer than any name there is.
    pub const CHARS: usize = 64;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self("Europe/Helsinki".to_owned())
    }
}

impl TryFrom<String> for Zone {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_alphabetic())
                && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'))
        };
        let fits = text.len() <= Self::CHARS && text.split('/').all(is_word);
        if fits { Ok(Self(text)) } else { Err("a time zone is a name as Europe/Helsinki") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_of_a_day() {
        let time = |text: &str| TimeOfDay::try_from(text.to_owned());
        assert!(time("00:00") < time("08:45") && time("23:59").is_ok());
        for wrong in ["24:00", "9:00", "09.00", "09:60", "09:00:00", "", "0９:00"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_names_of_zones() {
        let zone = |text: &str| Zone::try_from(text.to_owned()).is_ok();
        for good in ["Europe/Helsinki", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+2"] {
            assert!(zone(good), "{good}");
        }
        for wrong in ["", "/", "Europe/", "../etc/passwd", "Europe Helsinki", "+02:00"] {
            assert!(!zone(wrong), "{wrong}");
        }
        assert!(zone(&"x".repeat(Zone::CHARS)) && !zone(&"x".repeat(Zone::CHARS + 1)));
    }
}
