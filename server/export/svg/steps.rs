//! Draws the steps of a process by their kinds. Knows no document and no other items.

use super::{
    draw::{Draw, Weight},
    palette::{self, INK, Look, MUTED, PAPER},
    pen::{Attr, Tag},
    text,
};
use crate::board::value::{Item, Rect};

const SIZES: &[f64] = &[15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
/// Height of the words below a start or end.
pub(super) const WORDS_BELOW: f64 = 62.0;

pub(super) fn step(draw: &mut Draw<'_>, item: &Item) {
    let rect = item.rect();
    match item.word("stepKind") {
        "start" => event(draw, item, palette::START, "2"),
        "end" => event(draw, item, palette::END, "4.5"),
        "decision" => decision(draw, item),
        "wait" => {
            let look = palette::own(item, palette::WAIT);
            draw.rect(rect, 8, look.ground, look.edge, "1.75");
            clock(draw, rect.x + 16, rect.y + 16, look);
            inside(draw, item, 22.0);
        }
        kind => {
            let look = palette::own(item, palette::TASK);
            draw.rect(rect, 8, look.ground, look.edge, "1.75");
            if kind == "subprocess" && rect.w > 24 && rect.h > 24 {
                // A frame within the frame: there is a whole process in it.
                draw.rect(
                    Rect { x: rect.x + 4, y: rect.y + 4, w: rect.w - 8, h: rect.h - 8 },
                    5,
                    "none",
                    look.edge,
                    "1",
                );
            }
            inside(draw, item, 0.0);
        }
    }
}

/// Text and, below it, how the step is done: in which system, where, how long, and what becomes of it. `sign` is the room that a sign takes at the left.
fn inside(draw: &mut Draw<'_>, item: &Item, sign: f64) {
    let (x, y, w, h) = Draw::floats(item.rect());
    let mut room = h - 12.0;
    let chosen = |field: &str| match item.word(field) {
        "none" | "undecided" => "",
        word => draw.words.get(field, word),
    };
    let facts = [item.word("system"), chosen("channel"), item.word("duration"), chosen("fate")];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    if !facts.is_empty() {
        let line = text::set(&facts, w - 20.0, 14.0, &[11.0, 10.0, 9.0]);
        draw.lines(&line, x + w / 2.0, y + h - 6.0 - line.height(), MUTED, Weight::Normal, true);
        room -= line.height() + 2.0;
    }
    if item.flag("customerContact") {
        person(draw, x + w - 13.0, y + 5.0);
    }
    let side = if item.flag("customerContact") { sign.max(12.0) } else { sign };
    let body = text::set(&item.text, w - 16.0 - 2.0 * side, room, SIZES);
    let top = y + 6.0 + (room - body.height()) / 2.0;
    draw.lines(&body, x + w / 2.0, top, INK, Weight::Normal, true);
}

/// A ring with its words below.
fn event(draw: &mut Draw<'_>, item: &Item, look: Look, edge: &str) {
    let (x, y, w, h) = Draw::floats(item.rect());
    let (cx, cy) = (format!("{:.1}", x + w / 2.0), format!("{:.1}", y + h / 2.0));
    let r = format!("{:.1}", w.min(h) / 2.0 - 2.0);
    let look = palette::own(item, look);
    draw.pen.shape(
        Tag::Circle,
        &[
            (Attr::Cx, &cx),
            (Attr::Cy, &cy),
            (Attr::R, &r),
            (Attr::Fill, look.ground),
            (Attr::Stroke, look.edge),
            (Attr::StrokeWidth, edge),
        ],
    );
    let body = text::set(&item.text, 140.0_f64.max(w), WORDS_BELOW, &[13.5, 12.5, 11.5, 10.5]);
    draw.lines(&body, x + w / 2.0, y + h + 4.0, INK, Weight::Normal, true);
}

fn decision(draw: &mut Draw<'_>, item: &Item) {
    let look = palette::own(item, palette::DECISION);
    let (x, y, w, h) = Draw::floats(item.rect());
    let corners = [(x + w / 2.0, y), (x + w, y + h / 2.0), (x + w / 2.0, y + h), (x, y + h / 2.0)];
    let corners = corners.map(|(x, y)| format!("{x:.1},{y:.1}")).join(" ");
    draw.pen.shape(
        Tag::Polygon,
        &[
            (Attr::Points, &corners),
            (Attr::Fill, look.ground),
            (Attr::Stroke, look.edge),
            (Attr::StrokeWidth, "1.75"),
            (Attr::Join, "round"),
        ],
    );
    let body = text::set(&item.text, w * 0.62, h * 0.56, &[14.0, 13.0, 12.0, 11.0, 10.0]);
    draw.lines(&body, x + w / 2.0, y + (h - body.height()) / 2.0, INK, Weight::Normal, true);
}

/// A clock face, middle at `x`, `y`.
fn clock(draw: &mut Draw<'_>, x: i64, y: i64, look: Look) {
    let (cx, cy) = (x.to_string(), y.to_string());
    draw.pen.shape(
        Tag::Circle,
        &[
            (Attr::Cx, &cx),
            (Attr::Cy, &cy),
            (Attr::R, "8.5"),
            (Attr::Fill, PAPER),
            (Attr::Stroke, look.edge),
            (Attr::StrokeWidth, "1.75"),
        ],
    );
    draw.stroke(&format!("M {x} {} L {x} {y} L {} {}", y - 5, x + 4, y + 2), look.edge, "1.75", "");
}

/// Head and shoulders: the customer takes part in this step. `x` is the middle, `y` the top.
fn person(draw: &mut Draw<'_>, x: f64, y: f64) {
    let (cx, cy) = (format!("{x:.1}"), format!("{:.1}", y + 3.2));
    draw.pen.shape(Tag::Circle, &[(Attr::Cx, &cx), (Attr::Cy, &cy), (Attr::R, "3"), (Attr::Fill, palette::CUSTOMER)]);
    let shoulders = format!(
        "M {:.1} {:.1} C {:.1} {:.1} {:.1} {:.1} {:.1} {:.1} Z",
        x - 5.5,
        y + 13.0,
        x - 5.5,
        y + 5.6,
        x + 5.5,
        y + 5.6,
        x + 5.5,
        y + 13.0
    );
    draw.pen.shape(Tag::Path, &[(Attr::D, &shoulders), (Attr::Fill, palette::CUSTOMER)]);
}
