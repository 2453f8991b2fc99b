//! A board as plain values: what every export and report reads. Knows no CRDT and no file format.

use std::collections::{BTreeMap, HashMap};

use super::schema::{self, Field, Kind, Root};
use crate::ids::PersonId;

/// `[x, y]` or `[width, height]`, in board units (one is a pixel at zoom 1).
pub type Pair = (i64, i64);

/// A field's value that the schema takes; what a document lacks is the field's default. As JSON it is what a board file
/// says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Null: no reference, no day.
    Nothing,
    /// A text, line, word, day, order or reference.
    Text(String),
    Number(i64),
    Flag(bool),
    Pair(Pair),
    /// Sorted, each element once.
    Set(Vec<String>),
}

/// Field names and values, those of one object's kind and no others.
pub type Fields = BTreeMap<&'static str, FieldValue>;

/// A rectangle in board coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

impl Rect {
    #[must_use]
    pub const fn right(self) -> i64 {
        self.x + self.w
    }

    #[must_use]
    pub const fn bottom(self) -> i64 {
        self.y + self.h
    }

    /// The smallest that has both in it.
    #[must_use]
    pub fn around(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub const fn overlaps(self, other: Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The value of the field `kind`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

kinds!(
    /// The kinds of item.
    ItemKind {
        Note = "note", Lane = "lane", Step = "step", Obstacle = "obstacle",
        Cooperation = "cooperation", NextStep = "nextStep", Frame = "frame", Group = "group",
        Bottleneck = "bottleneck", PainPoint = "painPoint", Question = "question", Idea = "idea",
        Insight = "insight", Evidence = "evidence", Term = "term", Goal = "goal", Commitment = "commitment"
    }
);
kinds!(
    /// The kinds of link: arrows, pins, which place an item on another, and relations.
    LinkKind {
        Sequence = "sequence", Information = "information", CustomerMove = "customerMove", Pin = "pin",
        Relation = "relation"
    }
);

/// An object of the root `items` that is not deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    pub kind: ItemKind,
    pub text: String,
    /// Top left corner, measured from the parent's; without a parent from the origin.
    pub at: Pair,
    pub size: Pair,
    /// A live container.
    pub parent: Option<String>,
    /// It names a parent that is no live container, or is its own ancestor: it is kept, and drawn where it was.
    pub unplaced: bool,
    /// Fractional index, compared as bytes.
    pub order: String,
    /// Above (more) or below others of its sort in the picture.
    pub layer: i64,
    pub color: &'static str,
    pub author: Option<PersonId>,
    /// Milliseconds since 1970.
    pub made: i64,
    /// Its author wrote it down for somebody in the room or on the phone.
    pub entered: bool,
    /// The fields of its kind, complete.
    pub fields: Fields,
    /// Where its top left corner is drawn, in board coordinates: parents and pins taken into account.
    pub place: Pair,
}

impl ItemKind {
    /// Whether other items can stand in it.
    #[must_use]
    pub fn is_container(self) -> bool {
        schema::CONTAINERS.contains(&self.name())
    }
}

impl LinkKind {
    /// Whether it is drawn as an arrow.
    #[must_use]
    pub fn is_arrow(self) -> bool {
        schema::FLOWS.contains(&self.name())
    }
}

/// An object of the root `links` whose ends are both live. The ends are items; of a pin, `to` may be an arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: String,
    pub kind: LinkKind,
    pub text: String,
    pub from: String,
    pub to: String,
    pub author: Option<PersonId>,
    pub made: i64,
    /// Sides, condition and data of an arrow, or a pin's `offset`.
    pub fields: Fields,
}

/// A comment on a live object, or on the board itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: String,
    pub text: String,
    pub target: Option<String>,
    pub author: Option<PersonId>,
    pub made: i64,
}

/// Something in a document that no browser of ours writes; the board is read without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// The key of the object, cut to a length fit for a log; empty for the board's own fields.
    pub object: String,
    pub field: &'static str,
    pub what: Odd,
}

/// What is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Odd {
    /// The key is no object id of its root: left out.
    Key,
    /// Not a shared map, or a kind that the schema does not have: left out, or read by its id.
    Object,
    /// A value that the schema does not take: read as the default.
    Value,
    /// A field that this kind does not have: left out.
    Unknown,
    /// Longer than allowed: read up to the limit.
    Long,
    /// Refers to something that was never there, or is not of the right kind.
    Dangling,
    /// Its own ancestor, or pinned to itself in a ring.
    Cycle,
}

/// All that is on a board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    pub title: String,
    /// In reading order.
    pub items: Vec<Item>,
    /// By id.
    pub links: Vec<Link>,
    /// By time, then id.
    pub comments: Vec<Comment>,
    /// What was odd, at most [`ODDITIES`].
    pub oddities: Vec<Oddity>,
}

/// How many oddities are kept: enough to see what is wrong.
pub const ODDITIES: usize = 1_000;

impl Board {
    /// Items by id, to follow references with.
    #[must_use]
    pub fn by_id(&self) -> HashMap<&str, &Item> {
        self.items.iter().map(|item| (item.id.as_str(), item)).collect()
    }
}

impl Item {
    /// Where it is drawn.
    #[must_use]
    pub const fn rect(&self) -> Rect {
        Rect { x: self.place.0, y: self.place.1, w: self.size.0, h: self.size.1 }
    }

    /// The word, line or day in a field of its kind; empty where there is none.
    #[must_use]
    pub fn word(&self, name: &str) -> &str {
        match self.fields.get(name) {
            Some(FieldValue::Text(text)) => text,
            _ => "",
        }
    }

    /// The number in a field of its kind.
    #[must_use]
    pub fn number(&self, name: &str) -> i64 {
        match self.fields.get(name) {
            Some(FieldValue::Number(number)) => *number,
            _ => 0,
        }
    }

    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.fields.get(name), Some(FieldValue::Flag(true)))
    }

    #[must_use]
    pub fn set(&self, name: &str) -> &[String] {
        match self.fields.get(name) {
            Some(FieldValue::Set(elements)) => elements,
            _ => &[],
        }
    }
}

impl Link {
    /// The side of an end: a word of `schema::SIDES`.
    #[must_use]
    pub fn side(&self, name: &str) -> &str {
        match self.fields.get(name) {
            Some(FieldValue::Text(text)) => text,
            _ => "auto",
        }
    }

    /// The line in a field of its kind; empty where there is none.
    #[must_use]
    pub fn word(&self, name: &str) -> &str {
        match self.fields.get(name) {
            Some(FieldValue::Text(text)) => text,
            _ => "",
        }
    }

    /// Of a pin: where `from` is drawn, measured from the corner of `to`.
    #[must_use]
    pub fn offset(&self) -> Pair {
        match self.fields.get("offset") {
            Some(FieldValue::Pair(pair)) => *pair,
            _ => (0, 0),
        }
    }
}

/// The value of a field in an object that does not have it. `kind` and `step_kind` decide size and colour.
#[must_use]
pub fn default_value(field: &Field, kind: &Kind, step_kind: &str) -> FieldValue {
    use schema::{Default, Value};
    match (field.default(), field.value) {
        (Default::OfKind, Value::Size) => FieldValue::Pair(schema::default_size(kind, step_kind)),
        (Default::OfKind, _) if field.name == "color" => FieldValue::Text(kind.color.unwrap_or("white").to_owned()),
        (Default::OfKind, _) => FieldValue::Text(kind.name.to_owned()),
        (Default::Nothing, Value::Set(_)) => FieldValue::Set(Vec::new()),
        (Default::Nothing, _) => FieldValue::Nothing,
        (Default::Text(text), _) => FieldValue::Text(text.to_owned()),
        (Default::Number(number), _) => FieldValue::Number(number),
        (Default::Flag(flag), _) => FieldValue::Flag(flag),
        (Default::Origin, _) => FieldValue::Pair((0, 0)),
    }
}

/// A colour token as the schema spells it; the first for a word it does not have.
#[must_use]
pub fn color_token(word: &str) -> &'static str {
    schema::COLORS.iter().copied().find(|color| *color == word).unwrap_or(schema::COLORS[0])
}

/// The kind of an object by its id's prefix, where the prefix says it.
#[must_use]
pub fn kind_by_id(root: Root, id: &str) -> Option<&'static Kind> {
    let (prefix, _) = id.split_once('_')?;
    root.kinds().iter().find(|kind| kind.prefix == prefix)
}
