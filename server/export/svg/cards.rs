//! Draws notes and cards: a sheet, a sign with its word, the text, what else is known. Knows no document and no
//! other items.

use super::{
    draw::{Draw, Weight},
    palette::{self, INK, Look, MUTED},
    signs::sign,
    text,
};
use crate::{
    board::value::{Item, ItemKind, Rect},
    export::words::Words,
};

/// Sizes at which a card's text is tried, from the best down.
const SIZES: &[f64] = &[15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
/// A note is a sheet of its own: words fill it.
const NOTE_SIZES: &[f64] = &[21.0, 19.5, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
const GOAL_SIZES: &[f64] = &[22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0];
const MARGIN: f64 = 10.0;
/// Height of the line with the sign.
const HEAD: f64 = 28.0;

pub(super) fn note(draw: &mut Draw<'_>, item: &Item) {
    let look = palette::token(item.color);
    sheet(draw, item.rect(), look, 4);
    draw.text_in(item.rect(), &item.text, NOTE_SIZES, INK, 14.0);
}

/// What stands on a card besides its text.
struct Card {
    look: Look,
    /// Beside the kind's word in the head.
    second: String,
    /// Below the text.
    foot: String,
    /// How much of the card's height the foot may take.
    share: f64,
    sizes: &'static [f64],
}

fn of(item: &Item, words: Words) -> Card {
    let word = |field: &str| words.get(field, item.word(field)).to_owned();
    let number = |field: &str| words.get(field, &item.number(field).to_string()).to_owned();
    let named = |field: &str, value: &str| {
        if value.trim().is_empty() { String::new() } else { format!("{}: {value}", words.get("field", field)) }
    };
    let lines = |fields: &[&str]| joined(fields.iter().map(|field| named(field, item.word(field))));
    let judged = |field: &str| if item.number(field) == 0 { String::new() } else { named(field, &number(field)) };
    let (look, second, foot) = match item.kind {
        ItemKind::Obstacle => {
            let types = joined(item.set("types").iter().map(|kind| words.get("types", kind).to_owned()));
            (palette::OBSTACLE, number("severity"), types)
        }
        ItemKind::Cooperation => (palette::COOPERATION, word("cooperationKind"), item.word("orgs").to_owned()),
        ItemKind::NextStep => {
            let due = words.day(item.word("due"));
            let parts = [item.word("ownerOrg"), item.word("ownerName"), &due].map(str::to_owned);
            (palette::NEXT_STEP, word("stepType"), joined(parts.into_iter().chain([word("status")])))
        }
        ItemKind::Bottleneck => (palette::BOTTLENECK, String::new(), lines(&["waitTime", "queue", "cause"])),
        ItemKind::PainPoint => (palette::PAIN_POINT, number("severity"), String::new()),
        ItemKind::Question => (palette::QUESTION, word("questionState"), lines(&["assumption", "answer"])),
        ItemKind::Idea => (palette::IDEA, word("ideaState"), joined([judged("impact"), judged("effort")])),
        ItemKind::Insight => (palette::INSIGHT, String::new(), String::new()),
        ItemKind::Evidence => {
            let parts = [item.word("source").to_owned(), words.day(item.word("date")), number("confidence")];
            (palette::EVIDENCE, word("evidenceKind"), joined(parts))
        }
        ItemKind::Commitment => {
            let parts = ["org", "byRole"].map(|name| item.word(name).to_owned());
            (palette::COMMITMENT, String::new(), joined(parts))
        }
        ItemKind::Term => {
            let agreed = if item.flag("agreed") { words.get("field", "agreed") } else { "" };
            let parts = [item.word("meaning").to_owned(), lines(&["synonyms"])];
            (palette::TERM, agreed.to_owned(), joined(parts))
        }
        _ => {
            let (version, agreed) = (item.number("version"), item.set("agreedBy").len());
            let version = if version > 1 { named("version", &version.to_string()) } else { String::new() };
            let agreed = if agreed > 0 { named("agreedBy", &agreed.to_string()) } else { String::new() };
            (palette::GOAL, version, agreed)
        }
    };
    let share = if item.kind == ItemKind::Term { 0.55 } else { 0.35 };
    let sizes = if item.kind == ItemKind::Goal { GOAL_SIZES } else { SIZES };
    Card { look: palette::own(item, look), second, foot, share, sizes }
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A card with a head line (sign and words), a text and a foot.
pub(super) fn card(draw: &mut Draw<'_>, item: &Item) {
    let words = draw.words;
    let Card { look, second, foot, share, sizes } = of(item, words);
    let rect = item.rect();
    sheet(draw, rect, look, 8);
    let (x, y, w, h) = Draw::floats(rect);
    sign(draw, item.kind, look, x + MARGIN, y + 8.0);
    // The second word stands beside the first where there is room, else in the foot.
    let kind = words.get("kind", item.kind.name());
    let both = joined([kind.to_owned(), second.clone()]);
    let room = (w - 2.0 * MARGIN - 22.0).max(1.0);
    let fits = text::width(&both, 12.0) * 1.06 <= room;
    let head = text::set(if fits { &both } else { kind }, room, 15.0, &[12.0, 11.0, 10.0]);
    let foot = if fits { foot } else { joined([second, foot]) };
    draw.lines(&head, x + MARGIN + 22.0, y + 8.0 + (16.0 - head.height()) / 2.0, look.edge, Weight::Bold, false);
    let wide = (w - 2.0 * MARGIN).max(1.0);
    let foot = text::set(&foot, wide, (h * share).max(14.0), &[11.0, 10.0, 9.5]);
    let foot_height = foot.height();
    let body = text::set(&item.text, wide, (h - HEAD - foot_height - 8.0).max(1.0), sizes);
    // A card too low for both shows its text; the picture's title has the rest.
    if HEAD + body.height() + foot_height <= h + 2.0 {
        draw.lines(&foot, x + MARGIN, y + h - foot_height - 6.0, MUTED, Weight::Normal, false);
    }
    draw.lines(&body, x + MARGIN, y + HEAD, INK, Weight::Normal, false);
}

fn sheet(draw: &mut Draw<'_>, rect: Rect, look: Look, corner: i64) {
    draw.rect(rect, corner, look.ground, look.edge, "1.25");
}
