//! The board as a picture for a report: SVG from a closed list of elements. Knows no document and no I/O.
//!
//! Nothing in the picture runs, loads or links; every text is escaped. It says what it shows in `title` and
//! `desc`, and every item has its whole text as its own `title`, also where the drawn one had to be cut.

mod arrows;
mod cards;
mod containers;
mod draw;
mod palette;
pub mod pen;
mod relations;
mod route;
mod signs;
mod steps;
mod text;

use std::collections::HashSet;

use super::{
    progress::{Part, Progress, Stopped, WHOLE},
    words::Words,
};
use crate::board::value::{Board, Item, ItemKind, LinkKind, Rect};
use draw::{Draw, Weight};
use pen::{Attr, Pen, Tag};

/// Room around everything.
const MARGIN: i64 = 40;
/// Room for the board's title.
const HEADING: i64 = 56;
const FONTS: &str = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', 'Segoe UI', 'Helvetica Neue', Arial, \
    'Liberation Sans', sans-serif";

/// A drawn board.
#[derive(Debug)]
pub struct Picture {
    text: String,
    cuts: Vec<usize>,
    frame: Rect,
}

impl Picture {
    /// Width and height at scale 1; whole numbers above 0.
    #[must_use]
    pub const fn size(&self) -> (i64, i64) {
        (self.frame.w, self.frame.h)
    }

    /// The file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// The picture as many pictures of the same frame, to be laid over each other in this order; each holds at most
    /// so many elements of the whole.
    pub fn layers(&self, elements: usize) -> impl Iterator<Item = String> {
        let starts = self.cuts.iter().copied().step_by(elements.max(1));
        let ends = starts.clone().skip(1).chain(self.cuts.last().copied());
        starts.zip(ends).filter(|(from, to)| from < to).map(|(from, to)| {
            let mut pen = Pen::default();
            open(&mut pen, self.frame, Words::of("en"));
            let (root, _) = pen.finish();
            let head = root.strip_suffix("</svg>\n").unwrap_or(&root);
            [head, self.text.get(from..to).unwrap_or_default(), "</svg>\n"].concat()
        })
    }
}

/// Draws a board.
#[must_use]
pub fn write(board: &Board, words: Words) -> Vec<u8> {
    let progress = Progress::default();
    draw(board, words, &mut progress.part(0, WHOLE, steps(board))).map(Picture::into_bytes).unwrap_or_default()
}

/// How many steps [`draw`] takes.
#[must_use]
pub fn steps(board: &Board) -> usize {
    board.items.len() + board.links.len() + 1
}

/// Draws a board.
///
/// # Errors
/// [`Stopped`].
pub fn draw(board: &Board, words: Words, part: &mut Part<'_>) -> Result<Picture, Stopped> {
    let mut pen = Pen::default();
    let frame = frame(board);
    let title = if board.title.trim().is_empty() { words.get("board", "untitled") } else { board.title.trim() };
    open(&mut pen, frame, words);
    pen.words(Tag::Title, &[(Attr::Id, "board-title")], title);
    pen.words(Tag::Desc, &[(Attr::Id, "board-summary")], &summary(board, words));
    let mut draw = Draw { pen: &mut pen, words };
    draw.rect(frame, 0, palette::PAPER, "none", "0");
    let (x, y, w, _) = Draw::floats(frame);
    let heading = text::set(title, w - 80.0, 34.0, &[26.0, 22.0, 18.0]);
    draw.lines(&heading, x + 40.0, y + 30.0, palette::INK, Weight::Bold, false);
    part.step()?;

    let items = board.by_id();
    let (below, above) = in_drawing_order(board);
    for item in below {
        part.step()?;
        let shape = match item.kind {
            ItemKind::Frame => containers::frame,
            ItemKind::Lane => containers::lane,
            _ => containers::group,
        };
        named(&mut draw, item, shape);
    }
    relations::all(&mut draw, board, &items, part)?;
    arrows::all(&mut draw, board, &items, part)?;
    for item in above {
        part.step()?;
        let shape = match item.kind {
            ItemKind::Step => steps::step,
            ItemKind::Note => cards::note,
            _ => cards::card,
        };
        named(&mut draw, item, shape);
    }
    let (text, cuts) = pen.finish();
    Ok(Picture { text, cuts, frame })
}

/// Containers from the lowest up: frames, lanes, groups; then the rest. Of each sort by layer, a pinned item above
/// what carries it, then in reading order.
fn in_drawing_order(board: &Board) -> (Vec<&Item>, Vec<&Item>) {
    let pins = board.links.iter().filter(|link| link.kind == LinkKind::Pin);
    let pinned: HashSet<&str> = pins.map(|link| link.from.as_str()).collect();
    let (mut below, mut above): (Vec<&Item>, Vec<&Item>) =
        board.items.iter().partition(|item| item.kind.is_container());
    let sort = |item: &&Item| match item.kind {
        ItemKind::Frame => 0,
        ItemKind::Lane => 1,
        _ => 2,
    };
    below.sort_by_key(|item| (sort(item), item.layer));
    above.sort_by_key(|item| (item.layer, pinned.contains(item.id.as_str())));
    (below, above)
}

fn open(pen: &mut Pen, frame: Rect, words: Words) {
    let [w, h] = [frame.w, frame.h].map(|number| number.to_string());
    let view = format!("{} {} {} {}", frame.x, frame.y, frame.w, frame.h);
    pen.open(
        Tag::Svg,
        &[
            (Attr::Xmlns, "http://www.w3.org/2000/svg"),
            (Attr::ViewBox, &view),
            (Attr::Width, &w),
            (Attr::Height, &h),
            (Attr::Role, "img"),
            (Attr::LabelledBy, "board-title board-summary"),
            (Attr::Lang, words.code()),
            (Attr::Family, FONTS),
        ],
    );
}

/// An item as a group with its name.
fn named(draw: &mut Draw<'_>, item: &Item, shape: impl Fn(&mut Draw<'_>, &Item)) {
    let kind = match item.kind {
        ItemKind::Step => draw.words.get("stepKind", item.word("stepKind")),
        kind => draw.words.get("kind", kind.name()),
    };
    draw.pen.open(Tag::Group, &[]);
    let entered = if item.entered { format!(" ({})", draw.words.get("field", "entered")) } else { String::new() };
    draw.pen.words(Tag::Title, &[], &format!("{kind}: {}{entered}", item.text));
    shape(draw, item);
    if item.entered {
        signs::entered(draw, item.rect());
    }
    draw.pen.close();
}

/// What there is, in numbers.
fn summary(board: &Board, words: Words) -> String {
    let count = |kind: &ItemKind| board.items.iter().filter(|item| item.kind == *kind).count();
    let counts = ItemKind::ALL.iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0);
    counts.map(|(kind, count)| words.count(kind.name(), count)).collect::<Vec<_>>().join(", ")
}

/// Everything, with room around it and for the title.
fn frame(board: &Board) -> Rect {
    let mut rects = board.items.iter().map(|item| {
        // The words of a start or end stand below its ring and may be wider than it.
        let words = matches!(item.word("stepKind"), "start" | "end");
        let rect = item.rect();
        if words { Rect { x: rect.x - 40, w: rect.w + 80, h: rect.h + 66, ..rect } } else { rect }
    });
    let first = rects.next().unwrap_or(Rect { x: 0, y: 0, w: 800, h: 200 });
    let (x, y, right, bottom) = rects.fold((first.x, first.y, first.right(), first.bottom()), |all, rect| {
        (all.0.min(rect.x), all.1.min(rect.y), all.2.max(rect.right()), all.3.max(rect.bottom()))
    });
    let width = (right - x).max(400);
    Rect { x: x - MARGIN, y: y - MARGIN - HEADING, w: width + 2 * MARGIN, h: bottom - y + 2 * MARGIN + HEADING }
}
