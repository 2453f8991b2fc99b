//! Where things go that many people made apart from each other: tidily into their containers, or below all there is. Knows no
//! document and no people.

use std::collections::HashMap;

use super::{
    check::ORDER_LENGTH,
    schema::REACH,
    value::{Board, Item, Pair, Rect},
};

/// Between two things, and around them.
const GAP: i64 = 24;
/// What a container's title takes at its top, and a lane's at its left.
const HEAD: i64 = 72;
const LANE_HEAD: i64 = 160;
/// Columns below the board, when there is no frame to be as wide as.
const COLUMNS: i64 = 6;

/// Something that is to get a place.
#[derive(Debug, Clone)]
pub struct Loose {
    pub size: Pair,
    /// Where its author put it: a container of the board.
    pub parent: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub parent: Option<String>,
    /// From the parent's corner.
    pub at: Pair,
    /// Behind everything that is there.
    pub order: String,
}

/// A place for each, in their order: in the container where it was put, else in the frame, and what finds no room there below
/// everything. Nothing is put onto anything.
#[must_use]
pub fn gather(board: &Board, frame: Option<&str>, things: &[Loose]) -> Vec<Spot> {
    let live = board.by_id();
    let container = |id: &str| live.get(id).copied().filter(|item| item.kind.is_container());
    let frame = frame.and_then(container);
    let mut rooms: HashMap<&str, Room> = HashMap::new();
    let mut rest = Vec::new();
    let mut places: Vec<(Option<String>, Pair)> = Vec::with_capacity(things.len());
    for (at, thing) in things.iter().enumerate() {
        let into = thing.parent.as_deref().and_then(container).or(frame);
        let found = into.and_then(|into| {
            let room = rooms.entry(&into.id).or_insert_with(|| Room::of(board, into));
            room.take(thing.size).map(|at| (Some(into.id.clone()), at))
        });
        if found.is_none() {
            rest.push(at);
        }
        places.push(found.unwrap_or_default());
    }
    let sizes: Vec<Pair> = rest.iter().filter_map(|at| things.get(*at)).map(|thing| thing.size).collect();
    for (at, place) in rest.into_iter().zip(below(board, frame, &sizes)) {
        if let Some(there) = places.get_mut(at) {
            *there = (None, place);
        }
    }
    let orders = orders_behind(board, things.len());
    places.into_iter().zip(orders).map(|((parent, at), order)| Spot { parent, at, order }).collect()
}

/// What is free in a container.
struct Room {
    inside: Rect,
    taken: Vec<Rect>,
}

impl Room {
    fn of(board: &Board, container: &Item) -> Self {
        let is_lane = container.kind.name() == "lane";
        let (left, top) = if is_lane { (LANE_HEAD, GAP / 2) } else { (GAP, HEAD) };
        let inside = Rect { x: left, y: top, w: container.size.0 - left, h: container.size.1 - top };
        let children = board.items.iter().filter(|item| item.parent.as_deref() == Some(&*container.id));
        let taken = children.map(|item| Rect { x: item.at.0, y: item.at.1, w: item.size.0, h: item.size.1 }).collect();
        Self { inside, taken }
    }

    /// The first place, row by row, that nothing overlaps.
    fn take(&mut self, (w, h): Pair) -> Option<Pair> {
        let Rect { x: left, y: top, .. } = self.inside;
        let mut y = top;
        while y + h <= self.inside.bottom() {
            let mut x = left;
            let mut lowest: Option<i64> = None;
            while x + w <= self.inside.right() {
                let wanted = Rect { x, y, w, h };
                match self.taken.iter().find(|taken| taken.overlaps(wanted)) {
                    None => {
                        self.taken.push(Rect { w: w + GAP, h: h + GAP, ..wanted });
                        return Some((x, y));
                    }
                    Some(taken) => {
                        lowest = Some(lowest.map_or(taken.bottom(), |lowest| lowest.min(taken.bottom())));
                        x = taken.right().max(x + 1);
                    }
                }
            }
            // Below what ends first of all that is in the way.
            y = lowest?.max(y + 1);
        }
        None
    }
}

/// Rows below all that is on the board, as wide as the frame.
fn below(board: &Board, frame: Option<&Item>, sizes: &[Pair]) -> Vec<Pair> {
    let rects = || board.items.iter().map(Item::rect);
    let left =
        frame.map(Item::rect).map_or_else(|| rects().map(|rect| rect.x).min().unwrap_or_default(), |rect| rect.x);
    let bottom = rects().map(Rect::bottom).max();
    let width = sizes.iter().map(|(w, _)| w + GAP).max().unwrap_or(GAP);
    let height = sizes.iter().map(|(_, h)| h + GAP).max().unwrap_or(GAP);
    let columns = frame.map_or(COLUMNS, |frame| (frame.size.0 / width).max(1));
    let top = bottom.map_or(0, |bottom| bottom + 2 * GAP);
    let place = |n: i64| {
        let (x, y) = (left + n % columns * width, top + n / columns * height);
        (x.clamp(-REACH, REACH), y.clamp(-REACH, REACH))
    };
    (0..).take(sizes.len()).map(place).collect()
}

/// Keys behind every one that is on the board.
fn orders_behind(board: &Board, many: usize) -> impl Iterator<Item = String> {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let last = board.items.iter().map(|item| item.order.as_str()).max().unwrap_or("T");
    // The shortest that is behind it: its beginning up to the first digit that has one after it.
    let full = last.bytes().take_while(|digit| *digit == b'z').count();
    let next = last.as_bytes().get(full).copied().and_then(|digit| DIGITS.iter().position(|there| *there == digit));
    let next = next.and_then(|place| DIGITS.get(place + 1)).copied().unwrap_or(b'V');
    let full = full.min(ORDER_LENGTH - 6);
    let start = format!("{}{}", "z".repeat(full), char::from(next));
    (0..many).map(move |n| {
        let digit = |place: usize| DIGITS.get(n / place % 62).copied().map_or('0', char::from);
        format!("{start}{}{}{}V", digit(62 * 62), digit(62), digit(1))
    })
}

#[cfg(test)]
mod tests {
    use yrs::{Any, Doc, Map, MapPrelim, Transact};

    use super::*;
    use crate::board::read;

    /// Id, kind, `at`, size, parent, order.
    type Row<'a> = (&'a str, &'a str, Pair, Pair, Option<&'a str>, &'a str);

    fn board(rows: &[Row<'_>]) -> Board {
        let doc = Doc::new();
        let items = doc.get_or_insert_map("items");
        let mut txn = doc.transact_mut();
        let pair = |(x, y): Pair| Any::from(vec![Any::from(x), Any::from(y)]);
        for (id, kind, at, size, parent, order) in rows {
            let item = items.insert(&mut txn, *id, MapPrelim::default());
            item.insert(&mut txn, "kind", *kind);
            item.insert(&mut txn, "at", pair(*at));
            item.insert(&mut txn, "size", pair(*size));
            item.insert(&mut txn, "order", *order);
            if let Some(parent) = parent {
                item.insert(&mut txn, "parent", *parent);
            }
        }
        drop(txn);
        read::from_doc(&doc)
    }

    fn loose(many: usize, parent: Option<&str>) -> Vec<Loose> {
        vec![Loose { size: (200, 120), parent: parent.map(str::to_owned) }; many]
    }

    const FRAME: &str = "r_01JAAAAAAAAAAAAAAAAAAAAAAA";
    const LANE: &str = "l_01JAAAAAAAAAAAAAAAAAAAAAAA";
    const NOTE: &str = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";

    /// A frame with a note in the middle, a lane below it.
    fn there() -> Board {
        board(&[
            (FRAME, "frame", (100, 100), (800, 500), None, "U"),
            (NOTE, "note", (260, 90), (200, 120), Some(FRAME), "zzV"),
            (LANE, "lane", (100, 700), (800, 200), None, "a"),
        ])
    }

    fn rects(board: &Board, spots: &[Spot]) -> Vec<Rect> {
        let corner = |spot: &Spot| match spot.parent.as_deref() {
            Some(parent) => board.by_id()[parent].place,
            None => (0, 0),
        };
        spots
            .iter()
            .map(|spot| Rect { x: corner(spot).0 + spot.at.0, y: corner(spot).1 + spot.at.1, w: 200, h: 120 })
            .collect()
    }

    #[test]
    fn nothing_is_put_onto_anything() {
        let board = there();
        let mut things = loose(9, None);
        things.extend(loose(6, Some(LANE)));
        things.extend(loose(2, Some("l_01JAAAAAAAAAAAAAAAAAAAAAAB")));
        let spots = gather(&board, Some(FRAME), &things);
        let new = rects(&board, &spots);
        let notes = board.items.iter().filter(|item| !item.kind.is_container()).map(Item::rect);
        let all: Vec<Rect> = new.iter().copied().chain(notes).collect();
        for (n, one) in all.iter().enumerate() {
            assert!(all[n + 1..].iter().all(|other| !one.overlaps(*other)), "{one:?}");
        }
        for (spot, rect) in spots.iter().zip(&new) {
            match spot.parent.as_deref() {
                Some(parent) => {
                    let outer = board.by_id()[parent].rect();
                    assert!(rect.x >= outer.x && rect.y >= outer.y);
                    assert!(rect.right() <= outer.right() && rect.bottom() <= outer.bottom(), "{rect:?} in {outer:?}");
                }
                None => assert!(rect.y > 900, "below everything"),
            }
        }
        assert!(spots[0].parent.as_deref() == Some(FRAME) && spots[9].parent.as_deref() == Some(LANE));
        assert!(spots.iter().any(|spot| spot.parent.is_none()), "there is room for some only");
    }

    #[test]
    fn the_reading_order_goes_on_behind_everything() {
        for last in ["0", "U", "zzV", "z", "zzzz", &"z".repeat(ORDER_LENGTH)] {
            let board = board(&[(NOTE, "note", (0, 0), (200, 120), None, last)]);
            let orders: Vec<String> = orders_behind(&board, 4_000).collect();
            assert!(orders.is_sorted_by(|a, b| a < b) && orders.iter().all(|order| order.len() <= ORDER_LENGTH));
            assert!(last.len() == ORDER_LENGTH || orders[0].as_str() > last, "{last}: {}", orders[0]);
        }
        let empty = gather(&Board::default(), None, &loose(7, None));
        assert_eq!((empty[0].at, empty[6].at), ((0, 0), (0, 144)));
    }
}
