//! Draws notes, obstacles, cooperation spots and next steps: a sheet, a sign with its word, the text.
//! Knows no document and no other items.

use super::{
    draw::{Draw, Weight},
    palette::{self, INK, Look, MUTED},
    pen::{Attr, Tag},
    text,
};
use crate::board::value::{Item, ItemKind, Rect};

/// Sizes at which a card's text is tried, from the best down.
const SIZES: &[f64] = &[15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
/// A note is a sheet of its own: words fill it.
const NOTE_SIZES: &[f64] = &[21.0, 19.5, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
const MARGIN: f64 = 10.0;

pub(super) fn note(draw: &mut Draw<'_>, item: &Item) {
    let look = palette::token(item.color);
    sheet(draw, item.rect(), look, 4);
    draw.text_in(item.rect(), &item.text, NOTE_SIZES, INK, 14.0);
}

/// A card with a head line (sign and words), a text and a foot line.
pub(super) fn card(draw: &mut Draw<'_>, item: &Item) {
    let words = draw.words;
    let (look, second, foot) = match item.kind {
        ItemKind::Obstacle => {
            let types = item.set("types").iter().map(|kind| words.get("types", kind)).collect::<Vec<_>>().join(" · ");
            (palette::OBSTACLE, words.get("severity", &item.number("severity").to_string()).to_owned(), types)
        }
        ItemKind::Cooperation => {
            let kind = words.get("cooperationKind", item.word("cooperationKind"));
            (palette::COOPERATION, kind.to_owned(), item.word("orgs").to_owned())
        }
        _ => {
            let due = words.day(item.word("due"));
            let parts = [item.word("ownerOrg"), item.word("ownerName"), &due, words.get("status", item.word("status"))];
            let foot = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            (palette::NEXT_STEP, words.get("stepType", item.word("stepType")).to_owned(), foot)
        }
    };
    let rect = item.rect();
    sheet(draw, rect, look, 8);
    let (x, y, w, h) = Draw::floats(rect);
    sign(draw, item.kind, look, x + MARGIN, y + 8.0);
    // The second word stands beside the first where there is room, else in the foot.
    let kind = words.get("kind", item.kind.name());
    let joined = format!("{kind} · {second}");
    let room = w - 2.0 * MARGIN - 22.0;
    let fits = text::width(&joined, 12.0) * 1.06 <= room;
    let head = text::set(if fits { &joined } else { kind }, room, 15.0, &[12.0, 11.0, 10.0]);
    let foot = if fits || foot.is_empty() { foot } else { format!("{second} · {foot}") };
    draw.lines(&head, x + MARGIN + 22.0, y + 8.0 + (16.0 - head.height()) / 2.0, look.edge, Weight::Bold, false);
    let foot = text::set(&foot, w - 2.0 * MARGIN, 28.0, &[11.0, 10.0, 9.5]);
    let foot_height = foot.height();
    draw.lines(&foot, x + MARGIN, y + h - foot_height - 6.0, MUTED, Weight::Normal, false);
    let body = text::set(&item.text, w - 2.0 * MARGIN, h - 28.0 - foot_height - 10.0, SIZES);
    draw.lines(&body, x + MARGIN, y + 28.0, INK, Weight::Normal, false);
}

fn sheet(draw: &mut Draw<'_>, rect: Rect, look: Look, corner: i64) {
    draw.rect(rect, corner, look.ground, look.edge, "1.25");
}

/// A sign of 16 by 16 that says the kind without colour.
fn sign(draw: &mut Draw<'_>, kind: ItemKind, look: Look, x: f64, y: f64) {
    let at = |dx: f64, dy: f64| format!("{:.1} {:.1}", x + dx, y + dy);
    match kind {
        // A warning triangle.
        ItemKind::Obstacle => {
            let corners = [at(8.0, 0.5), at(15.7, 15.0), at(0.3, 15.0)].join(" ");
            draw.pen.shape(Tag::Polygon, &[(Attr::Points, &corners), (Attr::Fill, look.edge)]);
            draw.stroke(&format!("M {} L {}", at(8.0, 5.6), at(8.0, 10.2)), palette::PAPER, "1.8", "");
            draw.stroke(&format!("M {} L {}", at(8.0, 12.6), at(8.0, 12.7)), palette::PAPER, "1.8", "");
        }
        // Two rings that meet.
        ItemKind::Cooperation => {
            for dx in [5.4, 10.6] {
                let (cx, cy) = (format!("{:.1}", x + dx), format!("{:.1}", y + 8.0));
                draw.pen.shape(
                    Tag::Circle,
                    &[
                        (Attr::Cx, &cx),
                        (Attr::Cy, &cy),
                        (Attr::R, "4.6"),
                        (Attr::Fill, "none"),
                        (Attr::Stroke, look.edge),
                        (Attr::StrokeWidth, "1.8"),
                    ],
                );
            }
        }
        // A flag.
        _ => {
            let flag = [at(3.6, 1.6), at(14.4, 4.6), at(3.6, 8.4)].join(" ");
            draw.pen.shape(Tag::Polygon, &[(Attr::Points, &flag), (Attr::Fill, look.edge)]);
            draw.stroke(&format!("M {} L {}", at(3.0, 0.8), at(3.0, 15.2)), look.edge, "1.8", "");
        }
    }
}
