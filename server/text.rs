//! Text as people may write it outside boards: normalised, nothing invisible, of limited length. Knows not what it is for.

use icu_normalizer::ComposingNormalizerBorrowed;

/// One line of 1 to `most` characters, in normalisation form C: runs of white space are one space, and characters that
/// show nothing or turn the direction of writing are gone, so that two names that look alike are more often alike.
/// Otherwise `None`.
#[must_use]
pub fn line(text: &str, most: usize) -> Option<String> {
    line_or_nothing(text, most).filter(|cleaned| !cleaned.is_empty())
}

/// As [`line()`], but it may be empty.
#[must_use]
pub fn line_or_nothing(text: &str, most: usize) -> Option<String> {
    let cleaned = visible(text, most)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (cleaned.chars().count() <= most).then_some(cleaned)
}

/// Lines of at most `most` characters together, cleaned as [`line()`] does each; white space around them is gone. It may
/// be empty. `None` when it is longer.
#[must_use]
pub fn lines(text: &str, most: usize) -> Option<String> {
    let visible = visible(text, most)?;
    let each = visible.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let cleaned = each.collect::<Vec<_>>().join("\n").trim().to_owned();
    (cleaned.chars().count() <= most).then_some(cleaned)
}

fn visible(text: &str, most: usize) -> Option<String> {
    // Normalisation can make a text three times as long, not more: what is far too long is not worth it.
    if text.len() > most * 16 {
        return None;
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    Some(composed.chars().filter(|c| !is_invisible(*c)).collect())
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
    fn lines_keep_their_ends_and_nothing_invisible() {
        assert_eq!(lines(" Ma\u{308}ki \r\n\r\n  toinen\u{202E}  rivi \n", 30).as_deref(), Some("Mäki\n\ntoinen rivi"));
        assert_eq!(lines(" \u{200B}\n", 1).as_deref(), Some(""));
        assert_eq!(line_or_nothing(" \u{200B}\n", 1).as_deref(), Some(""));
        assert_eq!(line(" \u{200B}\n", 1), None);
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        for clean in [line, line_or_nothing, lines] {
            assert!(clean(&"ä".repeat(7), 7).is_some());
            assert!(clean(&"ä".repeat(8), 7).is_none());
            assert!(clean(&"\u{200B}".repeat(1_000), 7).is_none(), "not worth cleaning");
        }
    }
}
