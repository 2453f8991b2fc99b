//! Tables for a Finnish Excel: next steps, obstacles, steps. Knows no document and no I/O.
//!
//! UTF-8 with a byte order mark, `;` between cells, CRLF, quotes as in RFC 4180, days as `yyyy-mm-dd`, and no `sep=` line:
//! with one Excel no longer heeds the mark. A cell that a program would take for a formula gets an apostrophe before it.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{
    context::Context,
    progress::{Progress, Stopped, WHOLE},
    words::Words,
};
use crate::board::value::{Board, Item, ItemKind};

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    NextSteps,
    Obstacles,
    Steps,
}

/// What stands between whole and part of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    #[default]
    Comma,
    Dot,
}

/// Fields in which people write how long or how many: a number there is written as the reader's Excel reads it.
const MEASURES: &[&str] = &["duration", "volume"];

/// A column of a table.
#[derive(Clone, Copy)]
enum Column {
    /// A field of the kind, under its own name.
    Field(&'static str),
    /// Group and key of the heading, and what stands there for an item.
    Said(&'static str, &'static str, for<'a> fn(&Context<'a>, &'a Item) -> String),
}

use Column::{Field, Said};

/// Writes a table.
///
/// # Errors
/// [`Stopped`].
pub fn write(
    board: &Board,
    table: Table,
    words: Words,
    decimal: Decimal,
    progress: &Progress,
) -> Result<Vec<u8>, Stopped> {
    let context = Context::new(board, words);
    let (kind, columns) = match table {
        Table::NextSteps => (ItemKind::NextStep, next_steps()),
        Table::Obstacles => (ItemKind::Obstacle, obstacles()),
        Table::Steps => (ItemKind::Step, steps()),
    };
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut part = progress.part(0, WHOLE, board.items.len() + 1);
    {
        let mut writer = WriterBuilder::new()
            .delimiter(b';')
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .from_writer(&mut out);
        let headings = columns.iter().map(|column| match column {
            Field(name) => words.get("field", name),
            Said(group, key, _) => words.get(group, key),
        });
        // Writing to memory does not fail, and every row has as many cells as there are headings.
        let _ = writer.write_record(headings);
        for item in &board.items {
            part.step()?;
            if item.kind == kind {
                let row = columns.iter().map(|column| match column {
                    Field(name) => cell(&context.field(item, name), name, decimal),
                    Said(_, key, say) => cell(&say(&context, item), key, decimal),
                });
                let _ = writer.write_record(row);
            }
        }
        let _ = writer.flush();
    }
    part.step()?;
    Ok(out)
}

fn next_steps() -> Vec<Column> {
    let mut columns = vec![TEXT];
    columns.extend(
        [
            "stepType",
            "status",
            "ownerOrg",
            "ownerName",
            "takesPart",
            "due",
            "horizon",
            "firstAction",
            "decider",
            "mandate",
            "statute",
            "section",
            "ministry",
        ]
        .map(Field),
    );
    columns.push(Said("report", "answers", |context, item| list(context.related(item, ItemKind::Obstacle))));
    columns.extend([PINNED_TO, LANE, AREA, ENTERED, ID]);
    columns
}

fn obstacles() -> Vec<Column> {
    let mut columns = vec![TEXT];
    columns.extend(["types"].map(Field));
    columns.push(Said("report", "severityNumber", |_, item| item.number("severity").to_string()));
    columns.extend(["severity", "resolution"].map(Field));
    columns.push(PINNED_TO);
    columns.push(Said("report", "between", |context, item| list(context.related(item, ItemKind::Lane))));
    columns.push(Said("report", "answeredBy", |context, item| {
        list([ItemKind::NextStep, ItemKind::Idea].iter().flat_map(|kind| context.related(item, *kind)).collect())
    }));
    columns.extend([LANE, AREA, ENTERED, ID]);
    columns
}

fn steps() -> Vec<Column> {
    let mut columns = vec![AREA, LANE];
    columns.push(Said("field", "org", |context, item| {
        context.within(item, ItemKind::Lane).map(|lane| lane.word("org").to_owned()).unwrap_or_default()
    }));
    columns.push(Said("kind", "step", |_, item| item.text.clone()));
    columns.extend(
        ["stepKind", "system", "channel", "duration", "volume", "customerContact", "proactive", "fate"].map(Field),
    );
    columns.push(Said("report", "next", |context, item| list(context.next(item))));
    columns.push(Said("report", "previous", |context, item| list(context.previous(item))));
    columns.push(Said("report", "obstacles", |context, item| {
        let obstacles = context.pinned(&item.id).iter().filter(|pinned| pinned.kind == ItemKind::Obstacle);
        list(obstacles.map(|pinned| context.name(pinned)).collect())
    }));
    columns.extend([ENTERED, ID]);
    columns
}

const TEXT: Column = Said("report", "text", |_, item| item.text.clone());
const LANE: Column = Said("report", "lane", |context, item| within(context, item, ItemKind::Lane));
const AREA: Column = Said("report", "area", |context, item| within(context, item, ItemKind::Frame));
const PINNED_TO: Column = Said("report", "pinnedTo", |context, item| {
    list(context.carriers(&item.id).iter().map(|carrier| context.carrier(*carrier)).collect())
});
const ENTERED: Column = Said("field", "entered", |context, item| {
    context.words.get("report", if item.entered { "yes" } else { "no" }).to_owned()
});
const ID: Column = Said("report", "id", |_, item| item.id.clone());

fn within<'a>(context: &Context<'a>, item: &'a Item, kind: ItemKind) -> String {
    context.within(item, kind).map(|container| context.name(container)).unwrap_or_default()
}

fn list(parts: Vec<String>) -> String {
    parts.join(", ")
}

/// A text as a cell takes it. Lines stay lines; other control characters, and those that turn the direction of
/// writing, go.
fn cell(text: &str, key: &str, decimal: Decimal) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // A tab or line break at the very beginning is kept, to be made harmless below.
    let plain: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || super::svg::pen::is_plain(*c)).collect();
    let plain = if MEASURES.contains(&key) { measured(&plain, decimal) } else { plain };
    if is_formula(&plain) { format!("'{plain}") } else { plain }
}

/// Whether a spreadsheet may take a cell for a formula: by its first character, also behind what is not seen, and in its
/// full-width form.
fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let seen = text.chars().find(|c| !c.is_whitespace() && !super::context::is_unseen(*c));
    seen.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

/// A number with its decimals in the form that was asked for; other text as it is.
fn measured(text: &str, decimal: Decimal) -> String {
    let trimmed = text.trim();
    let Some((whole, part)) = trimmed.split_once(['.', ',']) else { return text.to_owned() };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return text.to_owned();
    }
    match decimal {
        Decimal::Comma => format!("{whole},{part}"),
        Decimal::Dot => format!("{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_made_harmless() {
        for bad in ["=1+1", "+358", "-asia", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u{200b}=1", "\u{feff}=1", "＝1"]
        {
            assert!(cell(bad, "", Decimal::Comma).starts_with('\''), "{bad:?}");
        }
        for good in ["asia", "1-2", "a=b", "'=1", "", "😀 =", "ä"] {
            assert_eq!(cell(good, "", Decimal::Comma), good);
        }
    }

    #[test]
    fn numbers_among_the_measures_have_the_decimals_asked_for() {
        for (written, comma, dot) in [
            ("22.5", "22,5", "22.5"),
            (" 1,25 ", "1,25", "1.25"),
            ("3", "3", "3"),
            ("2.5 pv", "2.5 pv", "2.5 pv"),
            ("1.2.2020", "1.2.2020", "1.2.2020"),
            (".5", ".5", ".5"),
        ] {
            assert_eq!(cell(written, "duration", Decimal::Comma), comma);
            assert_eq!(cell(written, "volume", Decimal::Dot), dot);
            assert_eq!(cell(written, "text", Decimal::Comma), written);
        }
    }
}
