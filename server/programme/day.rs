//! A day of the calendar, written `yyyy-mm-dd`. Knows no time of day and no zone.

use serde::{Deserialize, Serialize};

/// A day that the calendar has. Days compare as they follow each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(String);

impl Day {
    /// The day in UTC of a moment, in milliseconds since 1970.
    #[must_use]
    pub fn at(now: i64) -> Self {
        let moment = jiff::Timestamp::from_millisecond(now).unwrap_or(jiff::Timestamp::MAX);
        Self(moment.strftime("%Y-%m-%d").to_string())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        if shape && text.parse::<jiff::civil::Date>().is_ok() { Ok(Self(text)) } else { Err("a day is yyyy-mm-dd") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_on_its_day_in_utc() {
        assert_eq!(Day::at(0).as_str(), "1970-01-01");
        assert_eq!(Day::at(1_790_000_000_000).as_str(), "2026-09-21");
        assert!(Day::at(i64::MAX).as_str() > "9000");
    }

    #[test]
    fn only_days_of_the_calendar() {
        let day = |text: &str| Day::try_from(text.to_owned());
        assert!(day("2020-02-29").is_ok() && day("2020-05-27") < day("2020-09-23"));
        for wrong in ["2021-02-29", "2020-13-01", "2020-5-27", "20200527", "2020-05-27T10", "", "2020-05-2７"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
