//! Finds the right-angled way of an arrow from one rectangle to another around the rest. Knows no kinds
//! and no drawing.

use std::collections::HashMap;

use crate::board::value::{Pair, Rect};

/// How far an arrow runs straight out of a side before it turns.
const STUB: i64 = 16;
/// Ports that are at most so far from being in line are brought into line.
const KINK: i64 = 24;
/// Side of a cell of the index of obstacles.
const CELL: i64 = 512;
/// Looks at rectangles and segments for all arrows together; after that each arrow takes its first way.
const BUDGET: usize = 40_000_000;

const SIDES: [(&str, Pair); 4] = [("right", (1, 0)), ("bottom", (0, 1)), ("left", (-1, 0)), ("top", (0, -1))];

/// What arrows should go around, and the arrows that are already there.
#[derive(Debug, Default)]
pub(super) struct Router {
    cells: HashMap<Pair, Vec<Rect>>,
    taken: Vec<(Pair, Pair)>,
    spent: usize,
}

impl Router {
    #[must_use]
    pub(super) fn new(obstacles: impl Iterator<Item = Rect>) -> Self {
        let mut router = Self::default();
        for rect in obstacles {
            // A rectangle as large as the board is no obstacle but a ground.
            if rect.w > 8 * CELL || rect.h > 8 * CELL {
                continue;
            }
            for x in rect.x.div_euclid(CELL)..=rect.right().div_euclid(CELL) {
                for y in rect.y.div_euclid(CELL)..=rect.bottom().div_euclid(CELL) {
                    router.cells.entry((x, y)).or_default().push(rect);
                }
            }
        }
        router
    }

    /// The corners of the best way found, from the edge of `from` to the edge of `to`. Sides are words of
    /// `schema::SIDES`; `auto` leaves the choice.
    pub(super) fn way(&mut self, from: Rect, from_side: &str, to: Rect, to_side: &str) -> Vec<Pair> {
        let mut best: Option<(i64, Vec<Pair>)> = None;
        'search: for (out_name, out) in sides(from_side) {
            for (in_name, into) in sides(to_side) {
                let (start, end) = in_line((port(from, out), port(to, into)), (out, into), from, to);
                for way in ways(start, out, end, into) {
                    if self.spent > BUDGET && best.is_some() {
                        break 'search;
                    }
                    // Reading goes from left to right and down.
                    let habit = match (out_name, in_name) {
                        ("right", "left") => 0,
                        ("bottom", "top") | ("right", "top") | ("bottom", "left") => 10,
                        ("top", "bottom") | ("right", "bottom") | ("top", "left") => 20,
                        _ => 60,
                    };
                    let cost = habit + self.cost(&way, from, to);
                    if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                        best = Some((cost, way));
                    }
                }
            }
        }
        let way = best.map(|(_, way)| way).unwrap_or_default();
        if self.taken.len() < 2_000 {
            self.taken.extend(way.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))));
        }
        way
    }

    fn cost(&mut self, way: &[Pair], from: Rect, to: Rect) -> i64 {
        let mut cost = 40 * i64::try_from(way.len()).unwrap_or(0);
        let mut before = (0, 0);
        for pair in way.windows(2) {
            let [a, b] = *pair else { continue };
            let step = ((b.0 - a.0).signum(), (b.1 - a.1).signum());
            if step == (-before.0, -before.1) {
                cost += 2_000;
            }
            before = step;
            cost += (b.0 - a.0).abs() + (b.1 - a.1).abs();
            cost += 900 * self.crossed(a, b, from, to);
            cost += 1_500 * i64::from(inside(a, b, from)) + 1_500 * i64::from(inside(a, b, to));
            for (c, d) in &self.taken {
                cost += overlap(a, b, *c, *d) * 3 + 30 * i64::from(crosses(a, b, *c, *d));
            }
            self.spent += self.taken.len();
        }
        cost
    }

    /// How many rectangles, other than the two ends, a segment runs through or close to.
    fn crossed(&mut self, a: Pair, b: Pair, from: Rect, to: Rect) -> i64 {
        let near =
            Rect { x: a.0.min(b.0) - 8, y: a.1.min(b.1) - 8, w: (a.0 - b.0).abs() + 16, h: (a.1 - b.1).abs() + 16 };
        if self.spent > BUDGET || near.w > 64 * CELL || near.h > 64 * CELL {
            return 0;
        }
        let mut seen: Vec<Rect> = Vec::new();
        for x in near.x.div_euclid(CELL)..=near.right().div_euclid(CELL) {
            for y in near.y.div_euclid(CELL)..=near.bottom().div_euclid(CELL) {
                self.spent += 8;
                let Some(cell) = self.cells.get(&(x, y)) else { continue };
                self.spent += cell.len();
                for rect in cell {
                    if seen.len() < 20 && *rect != from && *rect != to && rect.overlaps(near) && !seen.contains(rect) {
                        seen.push(*rect);
                    }
                }
            }
        }
        i64::try_from(seen.len()).unwrap_or(20)
    }
}

fn sides(wanted: &str) -> Vec<(&'static str, Pair)> {
    let chosen: Vec<_> = SIDES.into_iter().filter(|(name, _)| *name == wanted).collect();
    if chosen.is_empty() { SIDES.to_vec() } else { chosen }
}

/// The middle of a side.
fn port(rect: Rect, side: Pair) -> Pair {
    let along = |start: i64, length: i64, towards: i64| match towards {
        1 => start + length,
        -1 => start,
        _ => start + length / 2,
    };
    (along(rect.x, rect.w, side.0), along(rect.y, rect.h, side.1))
}

/// Two ports that face each other nearly in line, brought into line: else the arrow would have a kink.
fn in_line(ports: (Pair, Pair), sides: (Pair, Pair), from: Rect, to: Rect) -> (Pair, Pair) {
    let (start, end) = ports;
    if (sides.0.0 + sides.1.0, sides.0.1 + sides.1.1) != (0, 0) {
        return ports;
    }
    // From where to where both sides go, a corner's room away from their ends.
    let shared = |a: (i64, i64), b: (i64, i64)| (a.0.max(b.0) + 12, (a.0 + a.1).min(b.0 + b.1) - 12);
    let meet = |one: i64, other: i64, (least, most): (i64, i64)| {
        let near = one != other && (one - other).abs() <= KINK && least <= most;
        near.then(|| i64::midpoint(one, other).clamp(least, most))
    };
    if sides.0.0 != 0 {
        let y = meet(start.1, end.1, shared((from.y, from.h), (to.y, to.h)));
        y.map_or(ports, |y| ((start.0, y), (end.0, y)))
    } else {
        let x = meet(start.0, end.0, shared((from.x, from.w), (to.x, to.w)));
        x.map_or(ports, |x| ((x, start.1), (x, end.1)))
    }
}

/// Ways with up to five segments between two ports.
fn ways(start: Pair, out: Pair, end: Pair, into: Pair) -> Vec<Vec<Pair>> {
    let a = (start.0 + out.0 * STUB, start.1 + out.1 * STUB);
    let b = (end.0 + into.0 * STUB, end.1 + into.1 * STUB);
    let mut middles: Vec<Vec<Pair>> = vec![vec![(b.0, a.1)], vec![(a.0, b.1)]];
    let xs = [i64::midpoint(a.0, b.0), a.0 + 24, b.0 - 24, a.0.min(b.0) - 24, a.0.max(b.0) + 24, a.0, b.0];
    middles.extend(xs.map(|x| vec![(x, a.1), (x, b.1)]));
    let ys = [i64::midpoint(a.1, b.1), a.1.min(b.1) - 56, a.1.max(b.1) + 56, a.1 + 48, b.1 - 48, b.1 + 48, a.1 - 48];
    middles.extend(ys.map(|y| vec![(a.0, y), (b.0, y)]));
    let whole = |middle: Vec<Pair>| {
        let mut way = vec![start, a];
        way.extend(middle);
        way.extend([b, end]);
        straightened(way)
    };
    middles.into_iter().map(whole).collect()
}

/// Without repeated points and points in the middle of a straight line.
fn straightened(way: Vec<Pair>) -> Vec<Pair> {
    let mut out: Vec<Pair> = Vec::with_capacity(way.len());
    for point in way {
        if out.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = out.as_slice() {
            let first = ((b.0 - a.0).signum(), (b.1 - a.1).signum());
            if first == ((point.0 - b.0).signum(), (point.1 - b.1).signum()) {
                out.pop();
            }
        }
        out.push(point);
    }
    out
}

/// Whether a segment runs through the inside of a rectangle.
fn inside(a: Pair, b: Pair, rect: Rect) -> bool {
    let (x, y) = (a.0.min(b.0), a.1.min(b.1));
    let (right, bottom) = (a.0.max(b.0), a.1.max(b.1));
    x < rect.right() - 1 && right > rect.x + 1 && y < rect.bottom() - 1 && bottom > rect.y + 1
}

/// How far two segments run on or nearly on each other.
fn overlap(a: Pair, b: Pair, c: Pair, d: Pair) -> i64 {
    let shared = |a: i64, b: i64, c: i64, d: i64| (a.max(b).min(c.max(d)) - a.min(b).max(c.min(d))).max(0);
    if a.1 == b.1 && c.1 == d.1 && (a.1 - c.1).abs() < 8 {
        shared(a.0, b.0, c.0, d.0)
    } else if a.0 == b.0 && c.0 == d.0 && (a.0 - c.0).abs() < 8 {
        shared(a.1, b.1, c.1, d.1)
    } else {
        0
    }
}

fn crosses(a: Pair, b: Pair, c: Pair, d: Pair) -> bool {
    let between = |value: i64, one: i64, other: i64| value > one.min(other) && value < one.max(other);
    if a.1 == b.1 && c.0 == d.0 {
        between(c.0, a.0, b.0) && between(a.1, c.1, d.1)
    } else if a.0 == b.0 && c.1 == d.1 {
        between(a.0, c.0, d.0) && between(c.1, a.1, b.1)
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Rect = Rect { x: 0, y: 0, w: 100, h: 60 };

    fn ends_on_edges(way: &[Pair], from: Rect, to: Rect) {
        let on_edge = |(x, y): Pair, rect: Rect| {
            let (in_x, in_y) = ((rect.x..=rect.right()).contains(&x), (rect.y..=rect.bottom()).contains(&y));
            in_x && in_y && (x == rect.x || x == rect.right() || y == rect.y || y == rect.bottom())
        };
        assert!(on_edge(way[0], from) && on_edge(way[way.len() - 1], to), "{way:?}");
        assert!(way.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1), "{way:?}");
    }

    #[test]
    fn side_by_side_is_a_straight_line() {
        let to = Rect { x: 200, ..A };
        assert_eq!(Router::default().way(A, "auto", to, "auto"), vec![(100, 30), (200, 30)]);
    }

    #[test]
    fn ports_nearly_in_line_are_joined_without_a_kink() {
        for (y, expected) in [(KINK, vec![(100, 42), (200, 42)]), (-KINK, vec![(100, 18), (200, 18)])] {
            let to = Rect { x: 200, y, ..A };
            assert_eq!(Router::default().way(A, "auto", to, "auto"), expected);
        }
        let to = Rect { x: 200, y: KINK + 1, ..A };
        assert!(Router::default().way(A, "right", to, "left").len() > 2);
    }

    #[test]
    fn a_way_goes_around_what_stands_between() {
        let (between, to) = (Rect { x: 160, ..A }, Rect { x: 320, ..A });
        let way = Router::new([A, between, to].into_iter()).way(A, "auto", to, "auto");
        ends_on_edges(&way, A, to);
        assert!(way.windows(2).all(|pair| !inside(pair[0], pair[1], between)), "{way:?}");
    }

    #[test]
    fn asked_sides_are_kept_and_ends_may_overlap() {
        let to = Rect { x: 300, y: 300, w: 61, h: 61 };
        let way = Router::default().way(A, "top", to, "bottom");
        assert_eq!((way[0], way[way.len() - 1]), ((50, 0), (330, 361)));
        for other in [A, Rect { x: 40, y: 20, ..A }] {
            ends_on_edges(&Router::default().way(A, "auto", other, "auto"), A, other);
        }
    }
}
