//! Display names and titles as people may write them: normalised, one line, nothing invisible. Knows no store.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::limits;

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

/// One line in normalisation form C: runs of white space are one space, and characters that show nothing or
/// turn the direction of writing are gone, so that two names that look alike are more often alike.
fn line(text: &str, most: usize) -> Option<String> {
    // Normalisation can make a text three times as long, not more: what is far too long is not worth it.
    if text.len() > most * 16 {
        return None;
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let visible: String = composed.chars().filter(|c| !is_invisible(*c)).collect();
    let cleaned = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    (1..=most).contains(&cleaned.chars().count()).then_some(cleaned)
}

/// Controls (except white space, which becomes a space), zero-width and direction characters, unassigned fillers.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
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
