//! The report's tables: one for each kind of card, with the columns that something is said in. Knows no document.

use super::{Report, escape};
use crate::{
    board::{
        schema::{Root, kind_of},
        value::{Item, ItemKind},
    },
    export::progress::{Part, Stopped},
};

/// Kinds with a table, in the order of the report.
const KINDS: [ItemKind; 12] = [
    ItemKind::NextStep,
    ItemKind::Commitment,
    ItemKind::Obstacle,
    ItemKind::Goal,
    ItemKind::Cooperation,
    ItemKind::Bottleneck,
    ItemKind::PainPoint,
    ItemKind::Question,
    ItemKind::Idea,
    ItemKind::Insight,
    ItemKind::Evidence,
    ItemKind::Term,
];

impl Report<'_> {
    pub(super) fn tables(&mut self, part: &mut Part<'_>) -> Result<(), Stopped> {
        for kind in KINDS {
            let items: Vec<&Item> = self.context.board.items.iter().filter(|item| item.kind == kind).collect();
            if !items.is_empty() {
                self.table(kind, &items, part)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, kind: ItemKind, items: &[&Item], part: &mut Part<'_>) -> Result<(), Stopped> {
        let fields = kind_of(Root::Items, kind.name()).map_or(&[][..], |kind| kind.fields);
        let mut columns: Vec<(&str, Vec<String>)> = vec![(self.word("report", "text"), Vec::new())];
        columns.extend(fields.iter().map(|field| (self.word("field", field.name), Vec::new())));
        columns.extend(["pinnedTo", "relations", "place"].map(|key| (self.word("report", key), Vec::new())));
        columns.push((self.word("field", "entered"), Vec::new()));
        for item in items {
            part.step()?;
            let mut cells = vec![self.context.name(item)];
            cells.extend(fields.iter().map(|field| self.value(item, field)));
            let carriers = self.context.carriers(&item.id).iter();
            cells.push(carriers.map(|carrier| self.context.carrier(*carrier)).collect::<Vec<_>>().join(", "));
            let related = self.related(item).into_iter();
            cells.push(
                related.map(|(said, names)| format!("{said}: {}", names.join(", "))).collect::<Vec<_>>().join("; "),
            );
            let places = [ItemKind::Frame, ItemKind::Lane, ItemKind::Group];
            let places = places.iter().filter_map(|kind| self.context.within(item, *kind));
            cells.push(places.map(|place| self.context.name(place)).collect::<Vec<_>>().join(" / "));
            cells.push(if item.entered { self.word("report", "yes").to_owned() } else { String::new() });
            for ((_, column), cell) in columns.iter_mut().zip(cells) {
                column.push(escape(&cell));
            }
        }
        // A column in which nobody said anything says nothing.
        columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        self.heading(2, self.word("section", kind.name()));
        let row = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
        self.out += &row(columns.iter().map(|(name, _)| *name).collect());
        self.out += &row(columns.iter().map(|_| "---").collect());
        for at in 0..items.len() {
            let cells = columns.iter().map(|(_, cells)| cells.get(at).map_or("", String::as_str));
            self.out += &row(cells.collect());
        }
        Ok(())
    }
}
