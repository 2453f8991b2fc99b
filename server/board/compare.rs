//! What differs between two states of a board: items and links that came, went or changed. Knows no document and no
//! snapshots.
//!
//! Authors, times and comments are not compared; the order is the reading order, items before links.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

use super::value::{Board, Fields, Item, Link};

/// An item or link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedLine)]
pub struct Line {
    pub id: String,
    /// The value of its field `kind`.
    pub kind: &'static str,
    pub text: String,
}

/// One field that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldChange)]
pub struct Change {
    /// The field's name. `place` is what decides where an item stands, as one object: `at`, `size`, `parent`, `order` and
    /// `layer`, of a pin `offset`.
    pub name: &'static str,
    /// Null where the kind does not have the field.
    pub before: Json,
    pub after: Json,
}

/// An item or link that is on both, and differs. The line is as it is on the later one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ChangedLine)]
pub struct Changed {
    #[serde(flatten)]
    pub line: Line,
    /// Never empty.
    pub fields: Vec<Change>,
}

/// How one state of a board comes from another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
pub struct Comparison {
    pub added: Vec<Line>,
    pub removed: Vec<Line>,
    pub changed: Vec<Changed>,
}

/// Compares an earlier state of a board with a later one, in time about proportional to their size.
#[must_use]
pub fn compare(before: &Board, after: &Board) -> Comparison {
    let mut found = Comparison::default();
    found.add(&before.items.iter().collect::<Vec<_>>(), &after.items.iter().collect::<Vec<_>>());
    found.add(&links_in_reading_order(before), &links_in_reading_order(after));
    found
}

impl Comparison {
    fn add<T: Comparable>(&mut self, before: &[&T], after: &[&T]) {
        let earlier: HashMap<&str, &T> = before.iter().map(|object| (object.id(), *object)).collect();
        let later: HashMap<&str, &T> = after.iter().map(|object| (object.id(), *object)).collect();
        let gone = before.iter().filter(|object| !later.contains_key(object.id()));
        self.removed.extend(gone.map(|object| object.line()));
        for object in after {
            match earlier.get(object.id()) {
                None => self.added.push(object.line()),
                Some(earlier) => {
                    let fields = object.changes_since(earlier);
                    if !fields.is_empty() {
                        self.changed.push(Changed { line: object.line(), fields });
                    }
                }
            }
        }
    }
}

/// By where they begin, then by where they lead.
fn links_in_reading_order(board: &Board) -> Vec<&Link> {
    let places: HashMap<&str, usize> = board.items.iter().map(|item| item.id.as_str()).zip(0..).collect();
    let place = |id: &str| places.get(id).copied().unwrap_or(usize::MAX);
    let mut links: Vec<&Link> = board.links.iter().collect();
    links.sort_by_cached_key(|link| (place(&link.from), place(&link.to), link.id.clone()));
    links
}

trait Comparable {
    fn id(&self) -> &str;
    fn line(&self) -> Line;
    fn changes_since(&self, earlier: &Self) -> Vec<Change>;
}

impl Comparable for Item {
    fn id(&self) -> &str {
        &self.id
    }

    fn line(&self) -> Line {
        Line { id: self.id.clone(), kind: self.kind.name(), text: self.text.clone() }
    }

    fn changes_since(&self, earlier: &Self) -> Vec<Change> {
        let mut found = Vec::new();
        change(&mut found, "kind", earlier.kind.name(), self.kind.name());
        change(&mut found, "text", &earlier.text, &self.text);
        change(&mut found, "color", earlier.color, self.color);
        change(&mut found, "entered", earlier.entered, self.entered);
        fields(&mut found, &earlier.fields, &self.fields);
        let place = |item: &Self| {
            let Self { at, size, parent, order, layer, .. } = item;
            json!({"at": at, "size": size, "parent": parent, "order": order, "layer": layer})
        };
        let stays = |earlier: &Self| {
            (self.at, self.size, self.layer) == (earlier.at, earlier.size, earlier.layer)
                && (&self.parent, &self.order) == (&earlier.parent, &earlier.order)
        };
        if !stays(earlier) {
            change(&mut found, "place", place(earlier), place(self));
        }
        found
    }
}

impl Comparable for Link {
    fn id(&self) -> &str {
        &self.id
    }

    fn line(&self) -> Line {
        Line { id: self.id.clone(), kind: self.kind.name(), text: self.text.clone() }
    }

    fn changes_since(&self, earlier: &Self) -> Vec<Change> {
        let mut found = Vec::new();
        change(&mut found, "kind", earlier.kind.name(), self.kind.name());
        change(&mut found, "text", &earlier.text, &self.text);
        change(&mut found, "from", &earlier.from, &self.from);
        change(&mut found, "to", &earlier.to, &self.to);
        fields(&mut found, &earlier.fields, &self.fields);
        // Where a pin holds its item is a place, too.
        if let Some(change) = found.iter_mut().find(|change| change.name == "offset") {
            let offset = |value: &Json| json!({"offset": value});
            *change = Change { name: "place", before: offset(&change.before), after: offset(&change.after) };
        }
        found
    }
}

fn change<T: PartialEq + Serialize>(found: &mut Vec<Change>, name: &'static str, before: T, after: T) {
    if before != after {
        found.push(Change { name, before: json!(before), after: json!(after) });
    }
}

fn fields(found: &mut Vec<Change>, before: &Fields, after: &Fields) {
    if before == after {
        return;
    }
    let names: BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        change(found, name, before.get(name), after.get(name));
    }
}
