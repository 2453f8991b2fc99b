//! Display names and titles as people may write them: cleaned, and of a length that fits. Knows no store.

use crate::{limits, text::line};

/// The languages that the browser app speaks.
pub const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

/// A person's display name: 1 to [`limits::NAME_CHARS`] characters after cleaning; otherwise `None`.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    line(text, limits::NAME_CHARS)
}

/// A board's title: 1 to [`limits::TITLE_CHARS`] characters after cleaning; otherwise `None`.
#[must_use]
pub fn title(text: &str) -> Option<String> {
    line(text, limits::TITLE_CHARS)
}

/// A snapshot's name: 1 to [`limits::SNAPSHOT_NAME_CHARS`] characters after cleaning; otherwise `None`.
#[must_use]
pub fn snapshot(text: &str) -> Option<String> {
    line(text, limits::SNAPSHOT_NAME_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed_trimmed_and_visible() {
        assert_eq!(name("  A\u{308}iti\t Ma\u{308}ki ").as_deref(), Some("Äiti Mäki"));
        assert_eq!(name("Ai\u{200B}no\u{202E}\u{2066}\u{FEFF}\u{7}").as_deref(), Some("Aino"));
        assert_eq!(name("A\nB\u{2028}C").as_deref(), Some("A B C"));
        assert_eq!(name("<b>Åsa</b>").as_deref(), Some("<b>Åsa</b>"), "text stays text");
        for nothing in ["", "   ", "\u{200D}\u{E0041}", "\n"] {
            assert_eq!(name(nothing), None);
        }
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        assert!(name(&"ä".repeat(limits::NAME_CHARS)).is_some());
        assert!(name(&"ä".repeat(limits::NAME_CHARS + 1)).is_none());
        assert!(title(&"🙂".repeat(limits::TITLE_CHARS)).is_some());
        assert!(title(&"🙂".repeat(limits::TITLE_CHARS + 1)).is_none());
        assert!(snapshot(&"ö".repeat(limits::SNAPSHOT_NAME_CHARS)).is_some());
        assert!(snapshot(&"ö".repeat(limits::SNAPSHOT_NAME_CHARS + 1)).is_none());
        assert!(name(&"\u{200B}".repeat(1_000_000)).is_none());
    }
}
