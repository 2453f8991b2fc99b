//! The document's schema: roots, kinds, fields and the types of their values. Knows no bytes and no CRDT.
//!
//! The browser's twin is `web/src/model/schema.ts`; `tests/golden/schema.json` holds the two equal, and
//! both test suites read it. A kind or field is added here, there, and in the golden file.
//!
//! A document has four root maps. `items`, `links` and `comments` map an object id to the object, itself a
//! shared map whose key `text` (if its kind has text) is a shared text, whose sets are shared maps from
//! element to `true`, and whose other fields are plain values, last writer wins. `meta` holds plain values.

mod kinds;
mod words;

use crate::rights::Action;
use kinds::{COMMENTS, ITEMS, LINKS};
pub use words::*;

/// The root maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Root {
    Items,
    Links,
    Comments,
    Meta,
}

impl Root {
    pub const ALL: [Root; 4] = [Root::Items, Root::Links, Root::Comments, Root::Meta];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Root::Items => "items",
            Root::Links => "links",
            Root::Comments => "comments",
            Root::Meta => "meta",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Root> {
        Root::ALL.into_iter().find(|root| root.name() == name)
    }

    /// The kinds of object that this root holds; none for `meta`, which holds plain fields.
    #[must_use]
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Root::Items => ITEMS,
            Root::Links => LINKS,
            Root::Comments => COMMENTS,
            Root::Meta => &[],
        }
    }
}

/// A kind of object and what is special about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The value of the field `kind`.
    pub name: &'static str,
    /// The letters before `_` in an id of this kind.
    pub prefix: &'static str,
    /// Default size, width and height, of an item that has none; links and comments have no size.
    pub size: Option<(i64, i64)>,
    /// Default colour of an item that has none.
    pub color: Option<&'static str>,
    /// Fields beyond the common ones of its root.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub value: Value,
    /// What changing it counts as.
    pub action: Action,
}

/// What a field holds in an object that lacks it, or has something else there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// Nothing: no reference, no day, no person, no elements.
    Nothing,
    /// The kind's own: `Kind::size`, `Kind::color`, the kind's name.
    OfKind,
    /// A word, a line or an order.
    Text(&'static str),
    Number(i64),
    Flag(bool),
    /// `[0, 0]`.
    Origin,
}

impl Field {
    /// The value that an object without this field has.
    #[must_use]
    pub fn default(&self) -> Default {
        match (self.name, self.value) {
            ("kind" | "color", _) | (_, Value::Size) => Default::OfKind,
            ("laneKind", _) => Default::Text("organisation"),
            ("cooperationKind", _) => Default::Text("coDevelopment"),
            ("stepType", _) => Default::Text("other"),
            ("severity" | "confidence", _) => Default::Number(2),
            ("layer", _) => Default::Number(0),
            (_, Value::Word(words)) => words.first().map_or(Default::Nothing, |word| Default::Text(word)),
            (_, Value::Text | Value::Line(_)) => Default::Text(""),
            (_, Value::Order) => Default::Text("U"),
            (_, Value::Number(least, _)) => Default::Number(least),
            (_, Value::Time) => Default::Number(0),
            (_, Value::Flag) => Default::Flag(false),
            (_, Value::Point) => Default::Origin,
            (_, Value::Reference | Value::Person | Value::Day | Value::Set(_)) => Default::Nothing,
        }
    }
}

/// Steps of these kinds have this default size instead of their kind's.
pub const STEP_SIZES: &[(&str, (i64, i64))] = &[("start", (60, 60)), ("end", (60, 60)), ("decision", (160, 100))];

/// The default size of an item: by kind, and for a step by its step kind.
#[must_use]
pub fn default_size(kind: &Kind, step_kind: &str) -> (i64, i64) {
    let by_step = STEP_SIZES.iter().find(|(name, _)| kind.name == "step" && *name == step_kind).map(|(_, size)| *size);
    by_step.or(kind.size).unwrap_or((160, 80))
}

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A shared text (Y.Text), at most `limits::TEXT_UNITS` long.
    Text,
    /// A shared map from element to `true`; elements from the list, or any id (`[a-zA-Z0-9_]{1,32}`) where it is empty.
    Set(&'static [&'static str]),
    /// `[x, y]`: two whole numbers within ±`REACH`. Written as one value so that two movers never mix.
    Point,
    /// `[w, h]`: two whole numbers from 1 to `REACH`.
    Size,
    /// The id of an object, or null.
    Reference,
    /// A fractional index: 1 to 128 characters of `0-9A-Za-z`.
    Order,
    /// One word of a fixed list.
    Word(&'static [&'static str]),
    /// A person's id; only `author` has it, and it is written once.
    Person,
    /// Milliseconds since 1970, a whole number from 0 to 2^53.
    Time,
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// One line of plain text, at most so many UTF-16 units.
    Line(usize),
    /// A calendar day, `yyyy-mm-dd`, or null.
    Day,
}

/// How far from the origin anything can be.
pub const REACH: i64 = 1_000_000;

const fn field(name: &'static str, value: Value, action: Action) -> Field {
    Field { name, value, action }
}

const ITEM_KINDS: &[&str] = &[
    "note",
    "lane",
    "step",
    "obstacle",
    "cooperation",
    "nextStep",
    "frame",
    "group",
    "bottleneck",
    "painPoint",
    "question",
    "idea",
    "insight",
    "evidence",
    "term",
    "goal",
    "commitment",
];

/// Fields of every object under `items`.
pub const ITEM_FIELDS: &[Field] = &[
    field("kind", Value::Word(ITEM_KINDS), Action::Edit),
    field("text", Value::Text, Action::Edit),
    field("at", Value::Point, Action::Move),
    field("size", Value::Size, Action::Move),
    field("parent", Value::Reference, Action::Move),
    field("order", Value::Order, Action::Move),
    // Above (more) or below others of its sort in the picture; says nothing of the reading order.
    field("layer", Value::Number(-LAYERS, LAYERS), Action::Move),
    field("color", Value::Word(COLORS), Action::Edit),
    field("author", Value::Person, Action::Edit),
    field("made", Value::Time, Action::Edit),
    field("gone", Value::Flag, Action::Delete),
    // Its author wrote it down for somebody in the room or on the phone.
    field("entered", Value::Flag, Action::Enter),
];

/// Fields of every object under `links`.
pub const LINK_FIELDS: &[Field] = &[
    field("kind", Value::Word(&["sequence", "information", "customerMove", "pin", "relation"]), Action::Edit),
    field("text", Value::Text, Action::Edit),
    field("from", Value::Reference, Action::Connect),
    field("to", Value::Reference, Action::Connect),
    field("author", Value::Person, Action::Edit),
    field("made", Value::Time, Action::Edit),
    field("gone", Value::Flag, Action::Delete),
];

/// Fields of every object under `comments`.
pub const COMMENT_FIELDS: &[Field] = &[
    field("kind", Value::Word(&["comment"]), Action::Comment),
    field("text", Value::Text, Action::Comment),
    field("target", Value::Reference, Action::Comment),
    field("author", Value::Person, Action::Comment),
    field("made", Value::Time, Action::Comment),
    field("gone", Value::Flag, Action::Delete),
];

/// Plain fields of the root `meta`.
pub const META_FIELDS: &[Field] = &[field("title", Value::Line(120), Action::Meta)];

/// The common fields of a root's objects; for `meta` its plain fields.
#[must_use]
pub const fn common_fields(root: Root) -> &'static [Field] {
    match root {
        Root::Items => ITEM_FIELDS,
        Root::Links => LINK_FIELDS,
        Root::Comments => COMMENT_FIELDS,
        Root::Meta => META_FIELDS,
    }
}

/// A field by name, common or of any kind of the root: what the gate can tell without knowing the kind.
/// Names are unique within a root (a test holds that), so the answer is one.
#[must_use]
pub fn field_of(root: Root, name: &str) -> Option<&'static Field> {
    common_fields(root).iter().chain(root.kinds().iter().flat_map(|kind| kind.fields)).find(|field| field.name == name)
}

/// A kind by name.
#[must_use]
pub fn kind_of(root: Root, name: &str) -> Option<&'static Kind> {
    root.kinds().iter().find(|kind| kind.name == name)
}

/// Whether `id` is a well-formed object id for this root: a known prefix, `_`, 26 Crockford letters.
#[must_use]
pub fn is_object_id(root: Root, id: &str) -> bool {
    let Some((prefix, ulid)) = id.split_once('_') else { return false };
    root.kinds().iter().any(|kind| kind.prefix == prefix) && is_ulid(ulid)
}

/// Whether `id` names an object of any root.
#[must_use]
pub fn is_any_object_id(id: &str) -> bool {
    Root::ALL.into_iter().any(|root| is_object_id(root, id))
}

fn is_ulid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 26
        && bytes[0] <= b'7'
        && bytes.iter().all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"ILOU".contains(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_have_one_meaning_in_a_root() {
        for root in Root::ALL {
            let mut seen: Vec<Field> = common_fields(root).to_vec();
            for field in root.kinds().iter().flat_map(|kind| kind.fields) {
                match seen.iter().find(|other| other.name == field.name) {
                    Some(other) => assert_eq!(other, field, "{} means two things", field.name),
                    None => seen.push(*field),
                }
            }
        }
    }

    #[test]
    fn object_ids() {
        assert!(is_object_id(Root::Items, "n_01JAAAAAAAAAAAAAAAAAAAAAAA"));
        assert!(!is_object_id(Root::Links, "n_01JAAAAAAAAAAAAAAAAAAAAAAA"));
        assert!(!is_object_id(Root::Items, "n_01JAAAAAAAAAAAAAAAAAAAAAAU"));
        assert!(!is_object_id(Root::Items, "__proto__"));
        assert!(!is_object_id(Root::Items, "n_91JAAAAAAAAAAAAAAAAAAAAAAA"));
    }
}
