//! The board as a picture for a report: SVG from a closed list of elements. Knows no document and no I/O.
//!
//! Nothing in the picture runs, loads or links; every text is escaped. It says what it shows in `title` and
//! `desc`, and every item has its whole text as its own `title`, also where the drawn one had to be cut.

mod arrows;
mod cards;
mod draw;
mod palette;
pub mod pen;
mod route;
mod steps;
mod text;

use super::words::Words;
use crate::board::value::{Board, Item, ItemKind, Rect};
use draw::{Draw, Weight};
use pen::{Attr, Pen, Tag};

/// Room around everything.
const MARGIN: i64 = 40;
/// Room for the board's title.
const HEADING: i64 = 56;
const FONTS: &str = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// Draws a board.
#[must_use]
pub fn write(board: &Board, words: Words) -> Vec<u8> {
    let mut pen = Pen::default();
    let frame = frame(board);
    let title = if board.title.trim().is_empty() { words.get("board", "untitled") } else { board.title.trim() };
    open(&mut pen, frame, title, &summary(board, words), words);
    let mut draw = Draw { pen: &mut pen, words };
    draw.rect(frame, 0, palette::PAPER, "none", "0");
    let (x, y, w, _) = Draw::floats(frame);
    let heading = text::set(title, w - 80.0, 34.0, &[26.0, 22.0, 18.0]);
    draw.lines(&heading, x + 40.0, y + 30.0, palette::INK, Weight::Bold, false);

    let items = board.by_id();
    let pinned: std::collections::HashSet<&str> =
        board.links.iter().filter(|link| link.kind.name() == "pin").map(|link| link.from.as_str()).collect();
    for item in board.items.iter().filter(|item| item.kind.is_container()) {
        named(&mut draw, item, steps::lane);
    }
    arrows::all(&mut draw, board, &items);
    let (pins, others): (Vec<&Item>, Vec<&Item>) =
        board.items.iter().filter(|item| !item.kind.is_container()).partition(|item| pinned.contains(item.id.as_str()));
    for item in others.into_iter().chain(pins) {
        named(
            &mut draw,
            item,
            match item.kind {
                ItemKind::Step => steps::step,
                ItemKind::Note => cards::note,
                _ => cards::card,
            },
        );
    }
    pen.finish()
}

fn open(pen: &mut Pen, frame: Rect, title: &str, summary: &str, words: Words) {
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
    pen.words(Tag::Title, &[(Attr::Id, "board-title")], title);
    pen.words(Tag::Desc, &[(Attr::Id, "board-summary")], summary);
}

/// An item as a group with its name.
fn named(draw: &mut Draw<'_>, item: &Item, shape: impl Fn(&mut Draw<'_>, &Item)) {
    let kind = match item.kind {
        ItemKind::Step => draw.words.get("stepKind", item.word("stepKind")),
        kind => draw.words.get("kind", kind.name()),
    };
    draw.pen.open(Tag::Group, &[]);
    draw.pen.words(Tag::Title, &[], &format!("{kind}: {}", item.text));
    shape(draw, item);
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
