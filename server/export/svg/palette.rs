//! The picture's colours: calm grounds, dark writing. Knows no shapes. A test holds the contrast.

use crate::board::{
    schema::{Root, kind_of},
    value::Item,
};

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
pub(super) const BOTTLENECK: Look = Look { ground: "#fdebd6", edge: "#8a4b0f" };
pub(super) const PAIN_POINT: Look = Look { ground: "#fbe3ec", edge: "#962457" };
pub(super) const QUESTION: Look = Look { ground: "#ece6f7", edge: "#5a4291" };
pub(super) const IDEA: Look = Look { ground: "#fff4cc", edge: "#755a0a" };
pub(super) const INSIGHT: Look = Look { ground: "#e0f3f0", edge: "#0b5c58" };
pub(super) const EVIDENCE: Look = Look { ground: "#edf0f2", edge: "#3d4f5c" };
pub(super) const TERM: Look = Look { ground: "#ffffff", edge: "#4a5c6b" };
pub(super) const GOAL: Look = Look { ground: "#e2f2e4", edge: "#1f5c38" };
pub(super) const COMMITMENT: Look = Look { ground: "#d3f0dd", edge: "#1a6a3c" };
pub(super) const FRAME: Look = Look { ground: "#ffffff", edge: "#7b8894" };
pub(super) const GROUP: Look = Look { ground: "#f0f3f5", edge: "#7b8894" };
pub(super) const RELATION: &str = "#6a4f86";

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

/// The look of a kind, unless somebody gave the item another colour than its kind's own.
#[must_use]
pub(super) fn own(item: &Item, look: Look) -> Look {
    let kind = kind_of(Root::Items, item.kind.name());
    let by_kind = kind.and_then(|kind| kind.color).is_none_or(|color| color == item.color);
    if by_kind { look } else { Look { ground: token(item.color).ground, ..look } }
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
            FRAME,
            GROUP,
        ];
        let tokens = COLORS.iter().map(|name| token(name));
        for look in fixed.into_iter().chain(tokens) {
            for writing in [INK, MUTED] {
                assert!(contrast(writing, look.ground) >= 4.5, "{writing} on {}", look.ground);
            }
        }
        let steps = [TASK, START, END, DECISION, WAIT];
        let cards = [
            OBSTACLE,
            COOPERATION,
            NEXT_STEP,
            BOTTLENECK,
            PAIN_POINT,
            QUESTION,
            IDEA,
            INSIGHT,
            EVIDENCE,
            TERM,
            GOAL,
            COMMITMENT,
        ];
        for look in steps.into_iter().chain(cards) {
            for writing in [INK, MUTED] {
                assert!(contrast(writing, look.ground) >= 4.5, "{writing} on {}", look.ground);
            }
            // Also on the ground of another colour, which anybody can give it: the edge of a card writes its heading.
            let least = if cards.contains(&look) { 4.5 } else { 3.0 };
            for name in COLORS {
                assert!(contrast(look.edge, token(name).ground) >= least, "{} on {name}", look.edge);
            }
            for ground in [LANE.ground, CUSTOMER_LANE.ground, GROUP.ground, PAPER] {
                assert!(contrast(look.edge, ground) >= 3.0, "{} on {ground}", look.edge);
            }
            // Edges also colour the headings of cards.
            assert!(contrast(look.edge, look.ground) >= 4.5, "{} on {}", look.edge, look.ground);
        }
        for line in [LINE, INFORMATION, CUSTOMER, RELATION] {
            assert!(contrast(line, LANE.ground) >= 3.0);
        }
    }
}
