//! A board as reports read it: what is in what, what leads where, what is pinned to what. Knows no format.

use std::{borrow::Cow, collections::HashMap};

use super::{svg::pen::is_plain, words::Words};
use crate::board::{
    schema::{self, Field, Value},
    value::{Board, FieldValue, Item, ItemKind, Link, LinkKind},
};

type Lists<'a, T> = HashMap<&'a str, Vec<T>>;

/// What a pin leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Carrier<'a> {
    Item(&'a Item),
    Arrow(&'a Link),
}

/// The index.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) board: &'a Board,
    pub(super) words: Words,
    items: HashMap<&'a str, &'a Item>,
    arrows: HashMap<&'a str, &'a Link>,
    leaving: Lists<'a, &'a Link>,
    coming: Lists<'a, &'a Link>,
    pinned: Lists<'a, &'a Item>,
    carriers: Lists<'a, Carrier<'a>>,
    relations: Lists<'a, (&'a Item, bool)>,
    children: Lists<'a, &'a Item>,
}

impl<'a> Context<'a> {
    pub(super) fn new(board: &'a Board, words: Words) -> Self {
        let items = board.by_id();
        let arrows: HashMap<&str, &Link> =
            board.links.iter().filter(|link| link.kind.is_arrow()).map(|link| (link.id.as_str(), link)).collect();
        let mut context = Self {
            board,
            words,
            items,
            arrows,
            leaving: HashMap::new(),
            coming: HashMap::new(),
            pinned: HashMap::new(),
            carriers: HashMap::new(),
            relations: HashMap::new(),
            children: HashMap::new(),
        };
        for link in &board.links {
            let Some(from) = context.items.get(link.from.as_str()).copied() else { continue };
            let to = context.items.get(link.to.as_str()).copied();
            match (link.kind, to) {
                (LinkKind::Pin, _) => {
                    let carrier = to.map(Carrier::Item);
                    let carrier = carrier.or_else(|| context.arrows.get(link.to.as_str()).copied().map(Carrier::Arrow));
                    if let Some(carrier) = carrier {
                        context.carriers.entry(&link.from).or_default().push(carrier);
                        context.pinned.entry(&link.to).or_default().push(from);
                    }
                }
                (LinkKind::Relation, Some(to)) => {
                    context.relations.entry(&link.from).or_default().push((to, true));
                    context.relations.entry(&link.to).or_default().push((from, false));
                }
                (_, Some(_)) => {
                    context.leaving.entry(&link.from).or_default().push(link);
                    context.coming.entry(&link.to).or_default().push(link);
                }
                (_, None) => {}
            }
        }
        for item in &board.items {
            if let Some(parent) = item.parent.as_deref() {
                context.children.entry(parent).or_default().push(item);
            }
        }
        context
    }

    pub(super) fn item(&self, id: &str) -> Option<&'a Item> {
        self.items.get(id).copied()
    }

    /// What stands in a container, in reading order.
    pub(super) fn children(&self, id: &str) -> &[&'a Item] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    /// Arrows that lead away from an item.
    pub(super) fn leaving(&self, id: &str) -> &[&'a Link] {
        self.leaving.get(id).map_or(&[], Vec::as_slice)
    }

    /// Arrows that lead to an item.
    pub(super) fn coming(&self, id: &str) -> &[&'a Link] {
        self.coming.get(id).map_or(&[], Vec::as_slice)
    }

    /// What is pinned to an item or an arrow.
    pub(super) fn pinned(&self, id: &str) -> &[&'a Item] {
        self.pinned.get(id).map_or(&[], Vec::as_slice)
    }

    /// What an item is pinned to.
    pub(super) fn carriers(&self, id: &str) -> &[Carrier<'a>] {
        self.carriers.get(id).map_or(&[], Vec::as_slice)
    }

    /// Items related to one; `true` where the relation leads away from it.
    pub(super) fn relations(&self, id: &str) -> &[(&'a Item, bool)] {
        self.relations.get(id).map_or(&[], Vec::as_slice)
    }

    /// The nearest container of a kind that an item is in; not itself.
    pub(super) fn within(&self, item: &Item, kind: ItemKind) -> Option<&'a Item> {
        let up = |item: &Item| item.parent.as_deref().and_then(|parent| self.item(parent));
        std::iter::successors(up(item), |item| up(item)).take(self.items.len()).find(|item| item.kind == kind)
    }

    /// An item's text in one line; words in its stead if it has none.
    pub(super) fn name(&self, item: &Item) -> String {
        let line = one_line(&item.text);
        if line.is_empty() { self.words.get("report", "noText").to_owned() } else { line }
    }

    /// The kind in words: of a step, the kind of step.
    pub(super) fn kind(&self, item: &Item) -> &'static str {
        match item.kind {
            ItemKind::Step => self.words.get("stepKind", item.word("stepKind")),
            kind => self.words.get("kind", kind.name()),
        }
    }

    /// The other end of an arrow and what is written at it: `B (if yes)`.
    pub(super) fn other_end(&self, link: &Link, id: &str) -> String {
        let said = [link.text.as_str(), link.word("condition"), link.word("data")].map(one_line);
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        let name = self.item(id).map(|item| self.name(item)).unwrap_or_default();
        if said.is_empty() { name } else { format!("{name} ({})", said.join("; ")) }
    }

    /// What leads away from an item, and what leads to it.
    pub(super) fn next(&self, item: &Item) -> Vec<String> {
        self.leaving(&item.id).iter().map(|link| self.other_end(link, &link.to)).collect()
    }

    pub(super) fn previous(&self, item: &Item) -> Vec<String> {
        self.coming(&item.id).iter().map(|link| self.other_end(link, &link.from)).collect()
    }

    /// What a pin leads to, in words.
    pub(super) fn carrier(&self, carrier: Carrier<'_>) -> String {
        match carrier {
            Carrier::Item(item) => self.name(item),
            Carrier::Arrow(link) => format!("{} {}", self.words.get("report", "onArrow"), self.arrow(link)),
        }
    }

    /// An arrow by its ends.
    pub(super) fn arrow(&self, link: &Link) -> String {
        let end = |id: &str| self.item(id).map(|item| self.name(item)).unwrap_or_default();
        format!("{} → {}", end(&link.from), end(&link.to))
    }

    /// Whatever has this id, in words.
    pub(super) fn any(&self, id: &str) -> Option<String> {
        let item = self.item(id).map(|item| format!("{}: {}", self.kind(item), self.name(item)));
        item.or_else(|| self.arrows.get(id).map(|link| self.carrier(Carrier::Arrow(link))))
    }

    /// Names of the items of a kind that an item is related to.
    pub(super) fn related(&self, item: &Item, kind: ItemKind) -> Vec<String> {
        let related = self.relations(&item.id).iter().filter(|(other, _)| other.kind == kind);
        related.map(|(other, _)| self.name(other)).collect()
    }

    /// A field's value in words; empty for one that nobody has chosen or written.
    pub(super) fn value<'b>(&self, item: &'b Item, field: &Field) -> Cow<'b, str> {
        let word = |key: &str| Cow::Borrowed(self.words.get(field.name, key));
        match (item.fields.get(field.name), field.value) {
            (Some(FieldValue::Text(text)), Value::Word(_)) if ["none", "undecided"].contains(&text.as_str()) => {
                "".into()
            }
            (Some(FieldValue::Text(text)), Value::Word(_)) => word(text),
            (Some(FieldValue::Text(text)), _) => one_line(text).into(),
            (Some(FieldValue::Number(0)), _) => "".into(),
            (Some(FieldValue::Number(number)), _) => match word(&number.to_string()) {
                said if said.is_empty() => number.to_string().into(),
                said => said,
            },
            (Some(FieldValue::Flag(flag)), _) => self.words.get("report", if *flag { "yes" } else { "no" }).into(),
            // Ids of organisations say nothing to a reader; how many agree does.
            (Some(FieldValue::Set(ids)), Value::Set([])) if ids.is_empty() => "".into(),
            (Some(FieldValue::Set(ids)), Value::Set([])) => ids.len().to_string().into(),
            (Some(FieldValue::Set(elements)), _) => {
                elements.iter().map(|element| self.words.get(field.name, element)).collect::<Vec<_>>().join(", ").into()
            }
            _ => "".into(),
        }
    }

    /// As [`Context::value`], for a field by name.
    pub(super) fn field<'b>(&self, item: &'b Item, name: &str) -> Cow<'b, str> {
        schema::field_of(schema::Root::Items, name).map(|field| self.value(item, field)).unwrap_or_default()
    }

    /// What a lane is besides its name: its organisation and its kind, where they say more than the name does.
    pub(super) fn lane(&self, lane: &Item) -> Vec<String> {
        let (kind, org) = (lane.word("laneKind"), one_line(lane.word("org")));
        let said = match kind {
            "organisation" => "",
            "network" if !org.is_empty() => self.words.get("report", "network"),
            kind => self.words.get("laneKind", kind),
        };
        let name = one_line(&lane.text);
        [org, said.to_owned()].into_iter().filter(|part| !part.is_empty() && *part != name).collect()
    }
}

/// A text without line breaks, control characters and characters that only change how others look.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word: String = word.chars().filter(|c| is_plain(*c)).collect();
        if word.chars().all(is_unseen) {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    line
}

/// Whether a character takes no room of its own: a word of nothing else is no word.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
}
