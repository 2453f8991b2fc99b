//! Draws the arrows of a board: ways with round corners, heads and labels. Knows no document.

use std::collections::HashMap;

use super::{
    draw::{Draw, Weight},
    palette,
    pen::{Attr, Tag},
    relations::tether,
    route::Router,
    text,
};
use crate::{
    board::value::{Board, Item, Link, LinkKind, Pair, Rect},
    export::progress::{Part, Stopped},
};

/// Radius of a corner.
const CORNER: i64 = 8;
/// Length of an arrow's head.
const HEAD: i64 = 10;

/// Arrows, then all labels, so that no arrow runs over one; last the threads of what is pinned to an arrow.
pub(super) fn all(
    draw: &mut Draw<'_>,
    board: &Board,
    items: &HashMap<&str, &Item>,
    part: &mut Part<'_>,
) -> Result<(), Stopped> {
    let mut router = Router::new(board.items.iter().filter(|item| !item.kind.is_container()).flat_map(shapes));
    let mut ways: Vec<(&Link, Vec<Pair>)> = Vec::new();
    let mut middles: HashMap<&str, Pair> = HashMap::new();
    for link in board.links.iter().filter(|link| link.kind.is_arrow()) {
        part.step()?;
        let (Some(from), Some(to)) = (items.get(link.from.as_str()), items.get(link.to.as_str())) else { continue };
        let way = router.way(from.rect(), link.side("fromSide"), to.rect(), link.side("toSide"));
        draw.pen.open(Tag::Group, &[]);
        draw.pen.words(Tag::Title, &[], &[&from.text, " → ", &to.text].concat());
        line(draw, link.kind, &way);
        draw.pen.close();
        middles.insert(&link.id, halfway(&way));
        ways.push((link, way));
    }
    for (link, way) in ways {
        label(draw, link, &way);
    }
    for link in board.links.iter().filter(|link| link.kind == LinkKind::Pin) {
        if let (Some(pinned), Some(middle)) = (items.get(link.from.as_str()), middles.get(link.to.as_str())) {
            part.step()?;
            tether(draw, pinned, *middle);
        }
    }
    Ok(())
}

/// The point at half the length of a way.
fn halfway(way: &[Pair]) -> Pair {
    let long = |pair: &[Pair]| match pair {
        [a, b] => length(*a, *b),
        _ => 0,
    };
    let mut left = way.windows(2).map(long).sum::<i64>() / 2;
    for pair in way.windows(2) {
        let [a, b] = *pair else { continue };
        if left <= length(a, b) {
            return towards(a, b, left);
        }
        left -= length(a, b);
    }
    way.last().copied().unwrap_or_default()
}

/// What arrows go around: items, and the words below the ring of a start or end.
fn shapes(item: &Item) -> impl Iterator<Item = Rect> {
    let rect = item.rect();
    let ring = matches!(item.word("stepKind"), "start" | "end");
    let words = Rect { x: rect.x - 30, y: rect.bottom() + 9, w: rect.w + 60, h: 24 };
    std::iter::once(rect).chain(ring.then_some(words))
}

fn line(draw: &mut Draw<'_>, kind: LinkKind, way: &[Pair]) {
    let (color, width, dashes) = match kind {
        LinkKind::Information => (palette::INFORMATION, "1.75", "6 5"),
        LinkKind::CustomerMove => (palette::CUSTOMER, "3", ""),
        _ => (palette::LINE, "1.75", ""),
    };
    let [.., before, end] = way else { return };
    let back = ((before.0 - end.0).signum(), (before.1 - end.1).signum());
    // The line ends under the head, so that a wide one does not show at its tip.
    let mut drawn = way.to_vec();
    if let Some(last) = drawn.last_mut() {
        *last = (end.0 + back.0 * (HEAD - 2), end.1 + back.1 * (HEAD - 2));
    }
    draw.stroke(&path(&drawn), color, width, dashes);
    let half = HEAD / 2;
    let base = (end.0 + back.0 * HEAD, end.1 + back.1 * HEAD);
    let side = (back.1 * half, back.0 * half);
    let corners = [*end, (base.0 + side.0, base.1 + side.1), (base.0 - side.0, base.1 - side.1)];
    let corners = corners.map(|(x, y)| format!("{x},{y}")).join(" ");
    let fill = if kind == LinkKind::Information { palette::PAPER } else { color };
    draw.pen.shape(
        Tag::Polygon,
        &[
            (Attr::Points, &corners),
            (Attr::Fill, fill),
            (Attr::Stroke, color),
            (Attr::StrokeWidth, "1.5"),
            (Attr::Join, "round"),
        ],
    );
}

/// Path data with round corners.
fn path(way: &[Pair]) -> String {
    let Some((start, rest)) = way.split_first() else { return String::new() };
    let mut out = format!("M {} {}", start.0, start.1);
    for corner in way.windows(3) {
        let [a, b, c] = *corner else { continue };
        let legs = (length(a, b), length(b, c));
        let radius = CORNER.min(legs.0 / 2).min(legs.1 / 2);
        let (p, q) = (towards(b, a, radius), towards(b, c, radius));
        out += &format!(" L {} {} Q {} {} {} {}", p.0, p.1, b.0, b.1, q.0, q.1);
    }
    if let Some(end) = rest.last() {
        out += &format!(" L {} {}", end.0, end.1);
    }
    out
}

fn length(a: Pair, b: Pair) -> i64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

fn towards(from: Pair, to: Pair, by: i64) -> Pair {
    (from.0 + (to.0 - from.0).signum() * by, from.1 + (to.1 - from.1).signum() * by)
}

/// The label, near the start: that is where one decides.
fn label(draw: &mut Draw<'_>, link: &Link, way: &[Pair]) {
    // What is written at the arrow, or else when it is taken, or what goes along it.
    let said = [link.text.as_str(), link.word("condition"), link.word("data")];
    let Some(said) = said.into_iter().find(|said| !said.trim().is_empty()) else { return };
    let setting = text::set(said, 130.0, 30.0, &[12.5, 11.5, 10.5]);
    let wide = setting.lines.iter().map(|line| text::width(line, setting.size)).fold(0.0, f64::max);
    #[expect(clippy::cast_possible_truncation, reason = "at most the width asked for")]
    let (w, h) = (wide.ceil() as i64 + 8, setting.height().ceil() as i64 + 2);
    let fits = |pair: &&[Pair]| match pair {
        [a, b] if a.1 == b.1 => length(*a, *b) >= w + 20,
        [a, b] => length(*a, *b) >= h + 14,
        _ => false,
    };
    let segment = way.windows(2).find(fits).or_else(|| {
        way.windows(2).max_by_key(|pair| match pair {
            [a, b] => length(*a, *b),
            _ => 0,
        })
    });
    let Some([a, b]) = segment else { return };
    let middle = (i64::midpoint(a.0, b.0), i64::midpoint(a.1, b.1));
    let near = way.first() == Some(a);
    let (x, y) = if a.1 == b.1 {
        let x = if near { a.0 + (b.0 - a.0).signum() * (w / 2 + 8) } else { middle.0 };
        (x, middle.1)
    } else {
        let y = if near { a.1 + (b.1 - a.1).signum() * (h / 2 + 8) } else { middle.1 };
        (middle.0, y)
    };
    let rect = Rect { x: x - w / 2, y: y - h / 2, w, h };
    draw.rect(rect, 3, palette::PAPER, "none", "0");
    let (_, top, _, _) = Draw::floats(rect);
    #[expect(clippy::cast_precision_loss, reason = "board coordinates stay far below 2^52")]
    draw.lines(&setting, x as f64, top, palette::INK, Weight::Bold, true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfway_is_on_the_way() {
        assert_eq!(halfway(&[(0, 0), (10, 0), (10, 30)]), (10, 10));
        assert_eq!(halfway(&[(0, 0), (100, 0)]), (50, 0));
        assert_eq!(halfway(&[(5, 5)]), (5, 5));
        assert_eq!(halfway(&[]), (0, 0));
    }
}
