//! Breaks text into lines by the approximate width of a common sans-serif face. Knows no shapes.

use super::pen::is_plain;

/// Width in units of the font size. A little too wide rather than too narrow: fonts differ.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.27,
        'f' | 't' | 'I' | ' ' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' => 0.32,
        'r' => 0.36,
        's' | 'c' | 'z' | 'k' | 'x' | 'y' | 'v' | 'J' => 0.52,
        'm' | 'M' | 'W' | '%' | '@' | '–' => 0.88,
        'w' => 0.74,
        'A'..='Z' | 'Ä' | 'Ö' | 'Å' | '…' => 0.72,
        c if u32::from(c) >= 0x1100 => 1.05,
        _ => 0.57,
    }
}

/// The width of a line in board units.
#[must_use]
pub(super) fn width(line: &str, size: f64) -> f64 {
    line.chars().map(em).sum::<f64>() * size
}

/// A text set into a box: its lines and the font size that they fit at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    pub(super) lines: Vec<String>,
    pub(super) size: f64,
}

impl Setting {
    /// From one baseline to the next.
    #[must_use]
    pub(super) fn leading(&self) -> f64 {
        leading(self.size)
    }

    #[must_use]
    pub(super) fn height(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let lines = self.lines.len() as f64;
        lines * self.leading()
    }
}

fn leading(size: f64) -> f64 {
    (size * 1.25).round()
}

/// Sets a text at the largest of the sizes at which it fits, if there is one without breaking a word; at the
/// smallest it is cut with an ellipsis. `sizes` go down and are not empty.
#[must_use]
pub(super) fn set(text: &str, max_width: f64, max_height: f64, sizes: &[f64]) -> Setting {
    let mut best = Setting { lines: Vec::new(), size: 12.0 };
    let longest = text.split_whitespace().map(|word| width(word, 1.0)).fold(0.0, f64::max);
    let whole_words = |size: &&f64| longest * **size <= max_width;
    let (whole, broken): (Vec<&f64>, Vec<&f64>) = sizes.iter().partition(whole_words);
    let smallest_last = if whole.is_empty() { broken } else { whole };
    for &size in smallest_last {
        let room = rows(max_height, size);
        // One line more than there is room for tells that it does not fit, however long the text is.
        best = Setting { lines: wrap(text, max_width, size, room + 1), size };
        if best.lines.len() <= room {
            return best;
        }
        best.lines.truncate(room);
    }
    if let Some(last) = best.lines.last_mut() {
        while !last.is_empty() && width(last, best.size) + em('…') * best.size > max_width {
            last.pop();
        }
        *last = format!("{}…", last.trim_end());
    }
    best
}

fn rows(height: f64, size: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small number")]
    let rows = (height / leading(size)).floor().clamp(1.0, 400.0) as usize;
    rows
}

/// At most `most` lines; words that are wider than a line are broken.
#[must_use]
pub(super) fn wrap(text: &str, max_width: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.trim().split(['\n', '\r']).map(str::trim) {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let word: String = word.chars().filter(|c| is_plain(*c)).collect();
            let joined = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if width(&joined, size) <= max_width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                if !line.is_empty() && width(&line, size) + em(c) * size > max_width {
                    lines.push(std::mem::take(&mut line));
                    if lines.len() >= most {
                        return lines;
                    }
                }
                line.push(c);
            }
            if lines.len() >= most {
                lines.truncate(most);
                return lines;
            }
        }
        lines.push(line);
        if lines.len() >= most {
            lines.truncate(most);
            return lines;
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_box() {
        let text = "Lähettäminen perintätoimistoonjonkanimionaivanliianpitkäyhdelleriville ja vielä\nuusi kappale";
        for size in [10.0, 13.0] {
            for line in wrap(text, 120.0, size, 50) {
                assert!(width(&line, size) <= 120.0, "{line}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        let setting = set(&"sana ".repeat(500), 100.0, 40.0, &[13.0, 10.0]);
        assert_eq!(setting.size, 10.0);
        assert!(setting.height() <= 40.0);
        assert!(setting.lines.last().is_some_and(|line| line.ends_with('…')));
        assert_eq!(set("sana", 100.0, 40.0, &[13.0, 10.0]), Setting { lines: vec!["sana".into()], size: 13.0 });
    }

    #[test]
    fn a_huge_word_costs_no_more_than_its_lines() {
        assert_eq!(wrap(&"x".repeat(4_000), 50.0, 10.0, 3).len(), 3);
    }
}
