//! The picture's colours: calm grounds, dark writing. Knows no shapes. A test holds the contrast.

/// Ground, edge of one look; writing on it is [`INK`] or [`MUTED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) ground: &'static str,
    pub(super) edge: &'static str,
}

/// Writing.
pub(super) const INK: &str = "#1b2a38";
/// Second-rank writing.
pub(super) const MUTED: &str = "#43535f";
/// The paper.
pub(super) const PAPER: &str = "#ffffff";
/// Arrows.
pub(super) const LINE: &str = "#4a5c6b";
pub(super) const INFORMATION: &str = "#2a6a9e";
pub(super) const CUSTOMER: &str = "#0b5c58";

pub(super) const LANE: Look = Look { ground: "#f4f7f9", edge: "#b9c6d1" };
pub(super) const LANE_HEAD: Look = Look { ground: "#e0e8ee", edge: "#b9c6d1" };
pub(super) const CUSTOMER_LANE: Look = Look { ground: "#eff7f5", edge: "#9cc4bd" };
pub(super) const CUSTOMER_HEAD: Look = Look { ground: "#cfe6e1", edge: "#9cc4bd" };
pub(super) const TASK: Look = Look { ground: "#ffffff", edge: "#35647f" };
pub(super) const START: Look = Look { ground: "#dff0e3", edge: "#2f6b45" };
pub(super) const END: Look = Look { ground: "#e3e8ec", edge: "#33434f" };
pub(super) const DECISION: Look = Look { ground: "#fff6dd", edge: "#86661a" };
pub(super) const WAIT: Look = Look { ground: "#efedf8", edge: "#5d5090" };
pub(super) const OBSTACLE: Look = Look { ground: "#fce8e6", edge: "#a8362f" };
pub(super) const COOPERATION: Look = Look { ground: "#e2f2e4", edge: "#2f6b45" };
pub(super) const NEXT_STEP: Look = Look { ground: "#e3eefb", edge: "#26588f" };

/// The look of a colour token of the schema.
#[must_use]
pub(super) fn token(name: &str) -> Look {
    match name {
        "yellow" => Look { ground: "#fff2c2", edge: "#a4832a" },
        "green" => Look { ground: "#dcefdc", edge: "#4f8757" },
        "blue" => Look { ground: "#dbeaf6", edge: "#4a7ea8" },
        "pink" => Look { ground: "#fae0e4", edge: "#b0617a" },
        "violet" => Look { ground: "#e8e2f4", edge: "#7c66a8" },
        "orange" => Look { ground: "#fde5cd", edge: "#b0753c" },
        "grey" => Look { ground: "#e9edf0", edge: "#7b8894" },
        _ => Look { ground: "#ffffff", edge: "#7b8894" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::schema::COLORS;

    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn writing_has_contrast_aa_on_every_ground_and_edges_are_seen() {
        let fixed = [
            LANE,
            LANE_HEAD,
            CUSTOMER_LANE,
            CUSTOMER_HEAD,
            TASK,
            START,
            END,
            DECISION,
            WAIT,
            OBSTACLE,
            COOPERATION,
            NEXT_STEP,
        ];
        let tokens = COLORS.iter().map(|name| token(name));
        for look in fixed.into_iter().chain(tokens) {
            for writing in [INK, MUTED] {
                assert!(contrast(writing, look.ground) >= 4.5, "{writing} on {}", look.ground);
            }
        }
        for look in [TASK, START, END, DECISION, WAIT, OBSTACLE, COOPERATION, NEXT_STEP] {
            for ground in [LANE.ground, CUSTOMER_LANE.ground, PAPER] {
                assert!(contrast(look.edge, ground) >= 3.0, "{} on {ground}", look.edge);
            }
            // Edges also colour the headings of cards.
            assert!(contrast(look.edge, look.ground) >= 4.5, "{} on {}", look.edge, look.ground);
        }
        for line in [LINE, INFORMATION, CUSTOMER] {
            assert!(contrast(line, LANE.ground) >= 3.0);
        }
    }
}
