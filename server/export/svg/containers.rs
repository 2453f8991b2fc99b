//! Draws what other things stand in: areas, lanes, groups. Knows no document and not what is in them.

use super::{
    draw::{Draw, Weight},
    palette::{self, INK, MUTED},
    text,
};
use crate::board::value::{Item, Rect};

/// Width of the band with a lane's name.
const LANE_HEAD: i64 = 190;

/// An area: a sheet with its title and, below that, what it is for.
pub(super) fn frame(draw: &mut Draw<'_>, item: &Item) {
    let look = palette::own(item, palette::FRAME);
    let rect = item.rect();
    draw.rect(rect, 10, look.ground, look.edge, "2");
    let (x, y, w, h) = Draw::floats(rect);
    let title = text::set(&item.text, (w - 36.0).max(1.0), 30.0_f64.min(h), &[22.0, 19.0, 17.0, 15.0, 13.0]);
    draw.lines(&title, x + 18.0, y + 10.0, INK, Weight::Bold, false);
    let purpose = text::set(item.word("purpose"), (w - 36.0).max(1.0), 18.0, &[13.5, 12.5, 11.5]);
    if h > 80.0 {
        draw.lines(&purpose, x + 18.0, y + 12.0 + title.height(), MUTED, Weight::Normal, false);
    }
}

pub(super) fn lane(draw: &mut Draw<'_>, item: &Item) {
    let kind = item.word("laneKind");
    let (body, head) = match kind {
        "customer" => (palette::CUSTOMER_LANE, palette::CUSTOMER_HEAD),
        _ => (palette::LANE, palette::LANE_HEAD),
    };
    // Lanes are grey or white unless somebody chose a colour, which the band then has.
    let head = if matches!(item.color, "grey" | "white") { head } else { palette::own(item, head) };
    let ownerless = kind == "network" && item.word("org").trim().is_empty();
    let rect = item.rect();
    let band = Rect { w: LANE_HEAD.min(rect.w), ..rect };
    draw.rect(rect, 6, body.ground, "none", "0");
    draw.rect(band, 6, head.ground, "none", "0");
    draw.outline(rect, 6, if ownerless { MUTED } else { body.edge }, "1.25", if ownerless { "7 5" } else { "" });
    let (x, y, w, h) = Draw::floats(band);
    let name = text::set(&item.text, w - 24.0, h * 0.6, &[16.0, 15.0, 14.0, 13.0, 12.0, 11.0]);
    // The kind of lane, unless its name says the same or it goes without saying.
    let said = match kind {
        "network" if !ownerless => draw.words.get("report", "network"),
        "organisation" => "",
        kind => draw.words.get("laneKind", kind),
    };
    let said = if item.text.trim() == said { "" } else { said };
    let below = [item.word("org"), said].into_iter().filter(|part| !part.trim().is_empty());
    let below = text::set(
        &below.collect::<Vec<_>>().join(" · "),
        w - 24.0,
        (h - name.height() - 20.0).max(14.0),
        &[12.5, 11.5, 10.5],
    );
    let top = y + (h - name.height() - below.height() - 6.0) / 2.0;
    draw.lines(&name, x + 12.0, top, INK, Weight::Bold, false);
    let weight = if ownerless { Weight::Bold } else { Weight::Normal };
    draw.lines(&below, x + 12.0, top + name.height() + 6.0, MUTED, weight, false);
}

/// A group: things that belong together, within a dashed line.
pub(super) fn group(draw: &mut Draw<'_>, item: &Item) {
    let look = palette::own(item, palette::GROUP);
    let rect = item.rect();
    draw.rect(rect, 14, look.ground, "none", "0");
    draw.outline(rect, 14, look.edge, "1.5", "8 5");
    let (x, y, w, h) = Draw::floats(rect);
    let title = text::set(&item.text, (w - 28.0).max(1.0), 24.0_f64.min(h), &[15.0, 14.0, 13.0, 12.0, 11.0]);
    draw.lines(&title, x + 14.0, y + 8.0, INK, Weight::Bold, false);
}
