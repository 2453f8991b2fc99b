//! One object out of a document, by the schema. Knows no other objects.

use serde_json::{Value as Json, json};
use yrs::{Any, GetString, Map, MapRef, Out, ReadTxn};

use crate::{
    board::{
        check,
        schema::{self, Field, Kind, Root, Value},
        value::{FieldValue, Fields, ODDITIES, Odd, Oddity, default_value, kind_by_id},
    },
    ids::PersonId,
    limits,
};

/// What was odd so far.
#[derive(Debug, Default)]
pub(super) struct Odds(Vec<Oddity>);

/// Enough of a key to find it by, also when somebody made it a megabyte long.
const KEY_SHOWN: usize = 64;

impl Odds {
    pub(super) fn add(&mut self, object: &str, field: &'static str, what: Odd) {
        if self.0.len() < ODDITIES {
            self.0.push(Oddity { object: check::cut(object, KEY_SHOWN).to_owned(), field, what });
        }
    }

    /// In an order that does not depend on how the maps were hashed.
    pub(super) fn into_found(mut self) -> Vec<Oddity> {
        self.0.sort_by(|a, b| (&a.object, a.field).cmp(&(&b.object, b.field)));
        self.0
    }
}

/// An object with all fields of its root and kind, complete; `text`, `author` and `made` are among them.
#[derive(Debug)]
pub(in crate::board) struct Object {
    pub(in crate::board) id: String,
    pub(in crate::board) kind: &'static Kind,
    pub(in crate::board) text: String,
    pub(in crate::board) author: Option<PersonId>,
    pub(in crate::board) made: i64,
    pub(in crate::board) gone: bool,
    pub(in crate::board) fields: Fields,
}

impl Object {
    /// A reference, if there is one.
    pub(in crate::board) fn reference(&self, name: &str) -> Option<&str> {
        match self.fields.get(name) {
            Some(FieldValue::Text(id)) => Some(id),
            _ => None,
        }
    }

    pub(in crate::board) fn pair(&self, name: &str) -> (i64, i64) {
        match self.fields.get(name) {
            Some(FieldValue::Pair(pair)) => *pair,
            _ => (0, 0),
        }
    }
}

/// Every object of a root, gone ones too: they may still place others.
pub(super) fn all<T: ReadTxn>(txn: &T, root: Root, odds: &mut Odds) -> Vec<Object> {
    let Some(map) = txn.get_map(root.name()) else { return Vec::new() };
    let mut out = Vec::new();
    for key in map.keys(txn) {
        if !schema::is_object_id(root, key) {
            odds.add(key, "", Odd::Key);
            continue;
        }
        match map.get(txn, key) {
            Some(Out::YMap(object)) => out.extend(one(txn, root, key, &object, odds)),
            _ => odds.add(key, "", Odd::Object),
        }
    }
    out
}

fn one<T: ReadTxn>(txn: &T, root: Root, id: &str, map: &MapRef, odds: &mut Odds) -> Option<Object> {
    let written = match map.get(txn, "kind") {
        Some(Out::Any(Any::String(name))) => schema::kind_of(root, &name),
        _ => None,
    };
    if written.is_none() {
        odds.add(id, "kind", Odd::Object);
    }
    let kind = written.or_else(|| kind_by_id(root, id))?;
    let step_kind = match map.get(txn, "stepKind") {
        Some(Out::Any(Any::String(word))) => word.to_string(),
        _ => String::new(),
    };
    let mut object = Object {
        id: id.to_owned(),
        kind,
        text: String::new(),
        author: None,
        made: 0,
        gone: false,
        fields: Fields::new(),
    };
    for field in schema::common_fields(root).iter().chain(kind.fields) {
        let value = match map.get(txn, field.name) {
            None => None,
            Some(out) => {
                let value = taken(txn, field, &out);
                match &value {
                    None => odds.add(id, field.name, Odd::Value),
                    Some(FieldValue::Text(text)) if field.value == Value::Text && longer(text) => {
                        odds.add(id, field.name, Odd::Long);
                    }
                    Some(_) => {}
                }
                value
            }
        };
        let value = value.unwrap_or_else(|| default_value(field, kind, &step_kind));
        match (field.name, value) {
            ("kind", _) => {}
            ("text", FieldValue::Text(text)) => check::cut(&text, limits::TEXT_UNITS).clone_into(&mut object.text),
            ("author", FieldValue::Text(person)) => object.author = person.parse().ok(),
            ("made", FieldValue::Number(made)) => object.made = made,
            ("gone", value) => object.gone = value == FieldValue::Flag(true),
            ("text" | "author" | "made", _) => {}
            (name, value) => {
                object.fields.insert(name, value);
            }
        }
    }
    for key in map.keys(txn) {
        let known = schema::common_fields(root).iter().chain(kind.fields).any(|field| field.name == key);
        if !known {
            // The name is somebody's bytes; the schema's own spelling, if it has one, is enough to find it.
            odds.add(id, schema::field_of(root, key).map_or("?", |field| field.name), Odd::Unknown);
        }
    }
    Some(object)
}

fn longer(text: &str) -> bool {
    check::units(text) > limits::TEXT_UNITS
}

/// The value in the document, if the field takes it.
fn taken<T: ReadTxn>(txn: &T, field: &Field, out: &Out) -> Option<FieldValue> {
    match (field.value, out) {
        // Also one that concurrent typing made too long: it is cut, not dropped.
        (Value::Text, Out::YText(text)) => Some(FieldValue::Text(text.get_string(txn))),
        (Value::Set(words), Out::YMap(set)) => {
            let held = |key: &&str| {
                matches!(set.get(txn, key), Some(Out::Any(Any::Bool(true)))) && check::is_element(words, key)
            };
            let mut elements: Vec<String> = set.keys(txn).filter(held).map(str::to_owned).collect();
            elements.sort_unstable();
            elements.truncate(limits::VALUE_ENTRIES);
            Some(FieldValue::Set(elements))
        }
        (Value::Text | Value::Set(_), _) => None,
        (value, Out::Any(any)) => check::value(value, &plain(any)?),
        _ => None,
    }
}

/// A plain value as JSON: scalars and pairs, which is all that fields are made of.
fn plain(any: &Any) -> Option<Json> {
    match any {
        Any::Array(pair) if pair.len() == 2 => pair.iter().map(scalar).collect::<Option<Vec<Json>>>().map(Json::Array),
        other => scalar(other),
    }
}

fn scalar(any: &Any) -> Option<Json> {
    match any {
        Any::Null => Some(Json::Null),
        Any::Bool(flag) => Some(json!(flag)),
        Any::Number(number) => Some(number.as_i64().map_or_else(|| json!(number.as_f64()), |whole| json!(whole))),
        Any::String(text) => Some(json!(text.as_ref())),
        Any::Undefined | Any::Buffer(_) | Any::Array(_) | Any::Map(_) => None,
    }
}
