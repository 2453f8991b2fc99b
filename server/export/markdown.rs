//! The board as a Markdown report: headings by area and lane, lists of what stands there, tables. Knows no document.
//!
//! Everything that people wrote is escaped; only the report's own words are markup.

mod escape;
mod tables;

use super::{
    context::Context,
    progress::{Part, Progress, Stopped, WHOLE},
    words::Words,
};
use crate::board::{
    counters::{self, Counters},
    schema::{Field, Root, Value, kind_of},
    value::{Board, Comment, FieldValue, Item, ItemKind},
};
use escape::escape;

/// The deepest heading that there is.
const DEEPEST: usize = 6;

/// Writes a board; `now` is milliseconds since 1970.
///
/// # Errors
/// [`Stopped`].
pub fn write(board: &Board, words: Words, now: i64, progress: &Progress) -> Result<Vec<u8>, Stopped> {
    let context = Context::new(board, words);
    let mut part = progress.part(0, WHOLE, 2 * board.items.len() + board.comments.len() + 2);
    let mut report = Report { context: &context, out: String::new() };
    report.head(now);
    part.step()?;
    report.counters(counters::count_while(board, || !progress.is_stopped()).ok_or(Stopped)?);
    part.step()?;
    report.map(&mut part)?;
    report.tables(&mut part)?;
    report.comments(&mut part)?;
    Ok(report.out.into_bytes())
}

struct Report<'a> {
    context: &'a Context<'a>,
    out: String,
}

impl Report<'_> {
    fn word(&self, group: &str, key: &str) -> &'static str {
        self.context.words.get(group, key)
    }

    /// A heading; `text` is markup already.
    fn heading(&mut self, level: usize, text: &str) {
        let marks = "#".repeat(level.clamp(1, DEEPEST));
        self.out += &format!("\n{marks} {text}\n\n");
    }

    fn head(&mut self, now: i64) {
        let board = self.context.board;
        let title = escape(&board.title);
        let title = if title.is_empty() { self.word("board", "untitled").to_owned() } else { title };
        self.out += &format!("# {title}\n\n");
        let day = jiff::Timestamp::from_second(now.div_euclid(1_000)).unwrap_or_default().to_string();
        let day = self.context.words.day(day.get(..10).unwrap_or_default());
        let count = |kind: &ItemKind| board.items.iter().filter(|item| item.kind == *kind).count();
        let counts = ItemKind::ALL.iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(kind, count)| self.context.words.count(kind.name(), count)).collect();
        let counts = if counts.is_empty() { self.word("report", "empty").to_owned() } else { counts.join(", ") };
        self.out += &format!("{} {day}. {counts}\n", self.word("report", "exported"));
    }

    fn counters(&mut self, counted: Counters) {
        let rows = [
            ("orgCrossings", counted.org_crossings),
            ("customerHandovers", counted.customer_handovers),
            ("waits", counted.waits),
            ("obstacles", counted.obstacles),
            ("openObstacles", counted.open_obstacles),
            ("unconnectedSteps", counted.unconnected_steps),
            ("emptyLanes", counted.empty_lanes),
            ("lanesWithoutOwner", counted.lanes_without_owner),
        ];
        self.heading(2, self.word("section", "counters"));
        self.out += &format!("| {} | {} |\n|---|---:|\n", self.word("report", "figure"), self.word("report", "count"));
        for (name, count) in rows {
            self.out += &format!("| {} | {count} |\n", self.word("counter", name));
        }
    }

    /// Areas, then what is outside them, then what has lost its place.
    fn map(&mut self, part: &mut Part<'_>) -> Result<(), Stopped> {
        let top = || self.context.board.items.iter().filter(|item| item.parent.is_none());
        let (frames, outside): (Vec<&Item>, Vec<&Item>) = top().partition(|item| item.kind == ItemKind::Frame);
        let (lost, outside): (Vec<&Item>, Vec<&Item>) =
            outside.into_iter().partition(|item| item.unplaced && !item.kind.is_container());
        for frame in &frames {
            self.container(frame, 2, part)?;
        }
        if !outside.is_empty() {
            let heading = if frames.is_empty() { "board" } else { "outside" };
            self.heading(2, self.word("section", heading));
            self.inside(&outside, part)?;
            for container in outside.iter().filter(|item| item.kind.is_container()) {
                self.container(container, 3, part)?;
            }
        }
        if !lost.is_empty() {
            self.heading(2, self.word("section", "unplaced"));
            self.inside(&lost, part)?;
        }
        Ok(())
    }

    /// A container, what stands in it, and the containers in it: by a list of what is still to do, since they may be
    /// in each other thousands deep.
    fn container(&mut self, top: &Item, level: usize, part: &mut Part<'_>) -> Result<(), Stopped> {
        let mut to_do = vec![(top, level)];
        while let Some((item, level)) = to_do.pop() {
            part.step()?;
            let mut heading = format!("{}: {}", self.context.kind(item), escape(&self.context.name(item)));
            if item.kind == ItemKind::Lane {
                let more: Vec<String> = self.context.lane(item).iter().map(|part| escape(part)).collect();
                if !more.is_empty() {
                    heading += &format!(" ({})", more.join(" · "));
                }
            }
            self.heading(level, &heading);
            if item.kind != ItemKind::Lane {
                for said in self.fields(item) {
                    self.out += &format!("{said}\n\n");
                }
            }
            let before = self.out.len();
            self.around(item, "");
            if self.out.len() > before {
                self.out.push('\n');
            }
            let children = self.context.children(&item.id);
            self.inside(children, part)?;
            let containers = children.iter().rev().filter(|child| child.kind.is_container());
            to_do.extend(containers.map(|child| (*child, level + 1)));
        }
        Ok(())
    }

    /// A numbered list of what is no container.
    fn inside(&mut self, items: &[&Item], part: &mut Part<'_>) -> Result<(), Stopped> {
        let items = items.iter().filter(|item| !item.kind.is_container());
        for (item, number) in items.zip(1_usize..) {
            part.step()?;
            let marker = format!("{number}. ");
            let name = escape(&self.context.name(item));
            self.out += &format!("{marker}**{}:** {name}\n", self.context.kind(item));
            let indent = " ".repeat(marker.len());
            let fields = self.fields(item).join(" · ");
            if !fields.is_empty() {
                self.out += &format!("{indent}- {fields}\n");
            }
            self.around(item, &indent);
        }
        Ok(())
    }

    /// The fields that say something, each with its name.
    fn fields(&self, item: &Item) -> Vec<String> {
        let kind = kind_of(Root::Items, item.kind.name());
        let fields = kind.map_or(&[][..], |kind| kind.fields);
        let said = fields.iter().filter_map(|field| {
            let value = self.value(item, field);
            let silent = value.is_empty() || ["stepKind", "layout"].contains(&field.name);
            (!silent).then(|| format!("{}: {}", self.word("field", field.name), escape(&value)))
        });
        said.chain(item.entered.then(|| self.word("field", "entered").to_owned())).collect()
    }

    /// A value as the report writes it: days as the language has them, nothing for what is not so.
    fn value(&self, item: &Item, field: &Field) -> String {
        match (field.value, item.fields.get(field.name)) {
            (_, Some(FieldValue::Flag(false))) => String::new(),
            (Value::Day, _) => self.context.words.day(item.word(field.name)),
            _ => self.context.value(item, field).into_owned(),
        }
    }

    /// What leads where, what is pinned and what is related, a line each.
    fn around(&mut self, item: &Item, indent: &str) {
        let context = self.context;
        let mut lines: Vec<(String, Vec<String>)> = vec![
            (self.word("report", "previous").to_owned(), context.previous(item)),
            (self.word("report", "next").to_owned(), context.next(item)),
            (
                self.word("report", "pinnedTo").to_owned(),
                context.carriers(&item.id).iter().map(|carrier| context.carrier(*carrier)).collect(),
            ),
            (
                self.word("report", "pinned").to_owned(),
                context
                    .pinned(&item.id)
                    .iter()
                    .map(|pinned| format!("{}: {}", context.kind(pinned), context.name(pinned)))
                    .collect(),
            ),
        ];
        for (said, others) in self.related(item) {
            lines.push((said.to_owned(), others));
        }
        for link in context.leaving(&item.id) {
            let pinned = context.pinned(&link.id).iter();
            let pinned = pinned.map(|pinned| format!("{}: {}", context.kind(pinned), context.name(pinned)));
            let arrow = format!("{} {}", self.word("kind", link.kind.name()), escape(&context.arrow(link)));
            lines.push((arrow, pinned.collect()));
        }
        for (said, others) in lines.iter().filter(|(_, others)| !others.is_empty()) {
            let others: Vec<String> = others.iter().map(|other| escape(other)).collect();
            self.out += &format!("{indent}- {said}: {}\n", others.join(", "));
        }
    }

    /// Related items by what the relation says.
    fn related(&self, item: &Item) -> Vec<(&'static str, Vec<String>)> {
        let mut said: Vec<(&'static str, Vec<String>)> = Vec::new();
        for (other, from_it) in self.context.relations(&item.id) {
            let words = self.context.words.relation(item.kind.name(), other.kind.name(), *from_it);
            let name = self.context.name(other);
            match said.iter_mut().find(|(known, _)| *known == words) {
                Some((_, names)) => names.push(name),
                None => said.push((words, vec![name])),
            }
        }
        said
    }

    fn comments(&mut self, part: &mut Part<'_>) -> Result<(), Stopped> {
        let comments = &self.context.board.comments;
        if comments.is_empty() {
            return Ok(());
        }
        self.heading(2, self.word("section", "comments"));
        for Comment { text, target, .. } in comments {
            part.step()?;
            let about = match target.as_deref() {
                None => self.word("report", "wholeBoard").to_owned(),
                Some(id) => self.context.any(id).unwrap_or_default(),
            };
            self.out += &format!("- {}: {}\n", escape(&about), escape(text));
        }
        Ok(())
    }
}
