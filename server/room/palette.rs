//! The colour of a person's cursor. Knows nothing of the person but the id.

use crate::ids::PersonId;

/// Twelve colours on which white text has a contrast of at least 4.5 : 1. The name always stands beside them.
const PALETTE: [&str; 12] = [
    "#B3261E", "#8B4A00", "#6B5900", "#3E6A00", "#006B3D", "#006A6A", "#00639A", "#2F4FB3", "#5B3FA8", "#7D2E9E",
    "#9C1F6B", "#4A5560",
];

/// The same person has the same colour everywhere.
pub(super) fn color(person: PersonId) -> &'static str {
    // The last bytes of a ULID are random; the first are time.
    let random = person.to_bytes().iter().rev().take(4).fold(0_usize, |sum, byte| sum * 7 + usize::from(*byte));
    PALETTE.get(random % PALETTE.len()).copied().unwrap_or("#4A5560")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn white_text_is_readable_on_every_colour() {
        for color in PALETTE {
            let contrast = 1.05 / (luminance(color) + 0.05);
            assert!(contrast >= 4.5, "{color}: {contrast:.2}");
        }
    }

    #[test]
    fn a_person_keeps_their_colour() {
        let person = PersonId::new();
        assert_eq!(color(person), color(PersonId::from_bytes(person.to_bytes())));
    }
}
