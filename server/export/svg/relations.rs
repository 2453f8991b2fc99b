//! Draws what goes straight from one thing to another: relations between items, and the thread from a pin on an arrow.
//! Knows no document and no ways of arrows.

use std::collections::HashMap;

use super::{
    draw::Draw,
    palette,
    pen::{Attr, Tag},
};
use crate::{
    board::value::{Board, Item, LinkKind, Pair, Rect},
    export::progress::{Part, Stopped},
};

/// A thin dotted line for every relation, named with what it says.
pub(super) fn all(
    draw: &mut Draw<'_>,
    board: &Board,
    items: &HashMap<&str, &Item>,
    part: &mut Part<'_>,
) -> Result<(), Stopped> {
    for link in board.links.iter().filter(|link| link.kind == LinkKind::Relation) {
        part.step()?;
        let (Some(from), Some(to)) = (items.get(link.from.as_str()), items.get(link.to.as_str())) else { continue };
        let Some((a, b)) = between(from.rect(), to.rect()) else { continue };
        let said = draw.words.relation(from.kind.name(), to.kind.name(), true);
        draw.pen.open(Tag::Group, &[]);
        draw.pen.words(Tag::Title, &[], &[&from.text, ": ", said, ": ", &to.text].concat());
        draw.stroke(&straight(a, b), palette::RELATION, "1.5", "1.5 5");
        draw.pen.close();
    }
    Ok(())
}

/// The thread from something pinned to the middle of an arrow.
pub(super) fn tether(draw: &mut Draw<'_>, pinned: &Item, middle: Pair) {
    let rect = pinned.rect();
    let (cx, cy) = (middle.0.to_string(), middle.1.to_string());
    draw.pen.open(Tag::Group, &[]);
    draw.stroke(&straight(nearest(rect, middle), middle), palette::LINE, "1.25", "");
    draw.pen.shape(Tag::Circle, &[(Attr::Cx, &cx), (Attr::Cy, &cy), (Attr::R, "3.5"), (Attr::Fill, palette::LINE)]);
    draw.pen.close();
}

fn straight(a: Pair, b: Pair) -> String {
    format!("M {} {} L {} {}", a.0, a.1, b.0, b.1)
}

/// The ends of the shortest line between the middles' sides of two rectangles; none if they overlap, so that there is
/// no line to see.
fn between(from: Rect, to: Rect) -> Option<(Pair, Pair)> {
    if from.overlaps(to) {
        return None;
    }
    let start = nearest(from, middle(to));
    let end = nearest(to, start);
    let start = nearest(from, end);
    (start != end).then_some((start, end))
}

fn middle(rect: Rect) -> Pair {
    (rect.x + rect.w / 2, rect.y + rect.h / 2)
}

/// The point of a rectangle that is nearest to a point.
fn nearest(rect: Rect, to: Pair) -> Pair {
    (to.0.clamp(rect.x, rect.right()), to.1.clamp(rect.y, rect.bottom()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_on_edges_and_overlaps_have_none() {
        let one = Rect { x: 0, y: 0, w: 100, h: 50 };
        let ends = |x, y| between(one, Rect { x, y, w: 100, h: 50 });
        assert_eq!(ends(200, 0), Some(((100, 25), (200, 25))));
        assert_eq!(ends(0, 300), Some(((50, 50), (50, 300))));
        assert_eq!(ends(300, 300), Some(((100, 50), (300, 300))));
        assert_eq!(ends(50, 20), None);
        assert_eq!(ends(100, 50), None);
    }
}
