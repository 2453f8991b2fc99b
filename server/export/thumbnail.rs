//! A board as a small picture to recognise it by: shapes and colours, no readable word. Knows no document and no I/O.
//!
//! Sixteen colours and no text: it is painted in a few milliseconds, and never takes more than [`limits::THUMBNAIL_BYTES`].

mod raster;

use std::collections::HashMap;

use super::Failure;
use crate::{
    board::value::{Board, Item, ItemKind, LinkKind, Rect},
    limits,
};
use raster::{Area, Ink, Raster};

/// Width and height in pixels: the sharp one, and one that fits whatever is on the board.
const SIZES: [(usize, usize); 2] = [(320, 200), (160, 100)];
/// Room around everything, in pixels.
const MARGIN: i128 = 6;
/// A line of writing and the space below it.
const LEADING: usize = 4;

/// Paints a board as PNG.
///
/// # Errors
/// [`Failure::Broken`].
pub fn write(board: &Board) -> Result<Vec<u8>, Failure> {
    let mut made = Vec::new();
    for (width, height) in SIZES {
        made = paint(board, width, height).png().map_err(|error| Failure::Broken(error.to_string()))?;
        if made.len() <= limits::THUMBNAIL_BYTES {
            break;
        }
    }
    Ok(made)
}

fn paint(board: &Board, width: usize, height: usize) -> Raster {
    let mut raster = Raster::new(width, height);
    let Some(view) = View::of(board, &raster) else { return raster };
    let (containers, mut cards): (Vec<&Item>, Vec<&Item>) =
        board.items.iter().partition(|item| item.kind.is_container());
    for sort in [ItemKind::Frame, ItemKind::Lane, ItemKind::Group] {
        containers.iter().filter(|item| item.kind == sort).for_each(|item| container(&mut raster, &view, item));
    }
    let places: HashMap<&str, &Item> = board.by_id();
    // Relations would cover everything else.
    for link in board.links.iter().filter(|link| !matches!(link.kind, LinkKind::Pin | LinkKind::Relation)) {
        if let (Some(from), Some(to)) = (places.get(link.from.as_str()), places.get(link.to.as_str())) {
            raster.line(view.middle(from.rect()), view.middle(to.rect()), Ink::Line);
        }
    }
    cards.sort_by_key(|item| item.layer);
    cards.iter().for_each(|item| card(&mut raster, &view, item));
    raster
}

fn container(raster: &mut Raster, view: &View, item: &Item) {
    let area = view.area(item.rect());
    let ground = match (item.kind, item.word("laneKind")) {
        (ItemKind::Lane, "customer") => Ink::Customer,
        (ItemKind::Lane, _) => Ink::Lane,
        _ => Ink::Paper,
    };
    raster.fill(area, ground);
    raster.edge(area, Ink::Edge);
}

fn card(raster: &mut Raster, view: &View, item: &Item) {
    let area = view.area(item.rect());
    let step = item.kind == ItemKind::Step;
    raster.fill(area, if step { Ink::Paper } else { ground(item) });
    if step {
        raster.edge(area, Ink::Step);
    }
    // As much writing as there is, as bars.
    let inner = area.within(3);
    let mut left = item.text.chars().count() * 2;
    let mut top = inner.top;
    while left > 0 && inner.wide() > 2 && top + 2 <= inner.bottom {
        let long = left.min(inner.wide());
        raster.fill(Area { right: inner.left + long, top, bottom: top + 2, ..inner }, Ink::Writing);
        left -= long;
        top += LEADING;
    }
}

/// The ground of a card: its colour, stronger than on the board, since there is little of it.
fn ground(item: &Item) -> Ink {
    match item.color {
        "yellow" => Ink::Yellow,
        "green" => Ink::Green,
        "blue" => Ink::Blue,
        "pink" => Ink::Pink,
        "violet" => Ink::Violet,
        "orange" => Ink::Orange,
        _ => Ink::Grey,
    }
}

/// Where the board's places are in the picture: everything in its middle, as large as it fits.
struct View {
    left: i128,
    top: i128,
    /// So many pixels are so many units.
    scale: (i128, i128),
    shift: (i128, i128),
    size: (i128, i128),
}

impl View {
    /// `None` of an empty board.
    fn of(board: &Board, raster: &Raster) -> Option<Self> {
        let edges = board.items.iter().map(|item| edges(item.rect()));
        let (left, top, right, bottom) =
            edges.reduce(|all, one| (all.0.min(one.0), all.1.min(one.1), all.2.max(one.2), all.3.max(one.3)))?;
        let size = (raster.wide() as i128, raster.high() as i128);
        let room = (size.0 - 2 * MARGIN, size.1 - 2 * MARGIN);
        // A single note does not fill the picture.
        let (w, h) = ((right - left).max(room.0 * 4), (bottom - top).max(room.1 * 4));
        let scale = if w * room.1 >= h * room.0 { (room.0, w) } else { (room.1, h) };
        let used = ((right - left) * scale.0 / scale.1, (bottom - top) * scale.0 / scale.1);
        Some(Self { left, top, scale, shift: ((size.0 - used.0) / 2, (size.1 - used.1) / 2), size })
    }

    fn x(&self, x: i128) -> usize {
        pixel((x - self.left) * self.scale.0 / self.scale.1 + self.shift.0, self.size.0)
    }

    fn y(&self, y: i128) -> usize {
        pixel((y - self.top) * self.scale.0 / self.scale.1 + self.shift.1, self.size.1)
    }

    /// At least two pixels each way, so that nothing is lost.
    fn area(&self, rect: Rect) -> Area {
        let (left, top, right, bottom) = edges(rect);
        let (left, top) = (self.x(left), self.y(top));
        Area { left, top, right: self.x(right).max(left + 2), bottom: self.y(bottom).max(top + 2) }
    }

    fn middle(&self, rect: Rect) -> (usize, usize) {
        let (left, top, right, bottom) = edges(rect);
        (self.x((left + right) / 2), self.y((top + bottom) / 2))
    }
}

/// Left, top, right, bottom, whatever the numbers are.
fn edges(rect: Rect) -> (i128, i128, i128, i128) {
    let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(i128::from);
    (x, y, x + w.max(0), y + h.max(0))
}

fn pixel(at: i128, most: i128) -> usize {
    usize::try_from(at.clamp(0, most)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::import;

    fn board(json: &str) -> Board {
        import::read(json.as_bytes()).unwrap().board().clone()
    }

    fn demo() -> Board {
        board(include_str!("../board/demo/laheinen.json"))
    }

    fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    #[test]
    fn a_board_of_a_workshop_is_small_and_not_blank() {
        let made = write(&demo()).unwrap();
        assert!(made.len() <= limits::THUMBNAIL_BYTES / 2, "{}", made.len());
        let (width, height, pixels) = decoded(&made);
        assert_eq!((width, height), (320, 200));
        let different: std::collections::HashSet<u8> = pixels.into_iter().collect();
        assert!(different.len() > 8);
        assert_eq!(write(&demo()).unwrap(), made, "the same board is the same picture");
    }

    #[test]
    fn an_empty_board_is_white() {
        let empty = Board { items: vec![], links: vec![], ..demo() };
        assert!(decoded(&write(&empty).unwrap()).2.iter().all(|pixel| *pixel == 0));
    }

    #[test]
    fn a_board_full_of_noise_fits_too() {
        let first = demo().items.into_iter().find(|item| !item.kind.is_container()).unwrap();
        let colors = crate::board::schema::COLORS;
        let mut random = 7_u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((random >> 33) % below).unwrap()
        };
        let items = (0..20_000).map(|n| {
            let color = colors[usize::try_from(next(8)).unwrap()];
            let place = (next(2_000), next(1_200));
            Item { id: format!("n_{n}"), kind: ItemKind::Note, place, size: (9, 9), color, ..first.clone() }
        });
        let noise = Board { items: items.collect(), links: vec![], ..demo() };
        let made = write(&noise).unwrap();
        assert!(made.len() <= limits::THUMBNAIL_BYTES, "{}", made.len());
        assert_eq!(decoded(&made).0, 160, "the sharp one is too large");
    }

    #[test]
    fn odd_places_and_sizes_are_drawn_somewhere() {
        let mut odd = demo();
        for (n, item) in odd.items.iter_mut().enumerate() {
            item.place = [(i64::MAX, i64::MIN), (0, 0), (-40_000_000_000, 1)][n % 3];
            item.size = [(i64::MAX, 1), (-5, 0), (0, i64::MAX)][n % 3];
        }
        assert!(write(&odd).unwrap().len() <= limits::THUMBNAIL_BYTES);
    }
}
