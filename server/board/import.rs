//! A board file, checked value by value before anything is made of it. Knows no CRDT and no stores.
//! The format is described in `docs/board-format.md`.

mod bounds;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value as Json};
use ulid::Ulid;

use super::{
    check,
    place::{Anchor, ancestors_of_themselves},
    read::{Object, assemble},
    schema::{self, Kind, META_FIELDS, Root, Value},
    value::{Board, FieldValue, Fields, default_value},
};
use crate::limits;

/// The value of the member `format`.
pub const FORMAT: &str = "jalostamo.board";
/// The version of the format that this program writes, and the only one it reads.
pub const VERSION: i64 = 1;

/// What a board file holds, complete and consistent: every value is one that its field takes, every reference
/// leads to an object of the file, and all ids are new, made when the file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File(Board);

impl File {
    /// As a board, to export, draw or count.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.0
    }

    /// The same content under another title, cut to the length that a title may have.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        self.0.title = one_line(title);
        self
    }
}

/// A title as the schema takes it: without control characters, at most its length.
#[must_use]
pub(super) fn one_line(title: &str) -> String {
    let plain: String = title.chars().filter(|c| !c.is_control()).collect();
    let most = META_FIELDS.iter().find_map(|field| match field.value {
        Value::Line(most) => Some(most),
        _ => None,
    });
    check::cut(&plain, most.unwrap_or(limits::TITLE_CHARS)).to_owned()
}

/// Why a file was not taken: the first problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[error("{code:?} at {pointer:?}: {detail}")]
pub struct ImportError {
    pub code: ImportCode,
    /// A JSON pointer (RFC 6901) into the file; empty for the file as a whole.
    pub pointer: String,
    /// For people who read logs and make files: what was expected. Never text of the file.
    pub detail: String,
}

/// The reasons, as stable words (`import.<code>` in `web/src/i18n`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ImportCode {
    /// Not JSON text in UTF-8.
    NotJson,
    /// Nested deeper than `limits::IMPORT_DEPTH`.
    TooDeep,
    /// More bytes than `limits::IMPORT_BYTES`.
    TooLarge,
    /// JSON, but no board file.
    WrongFormat,
    /// A board file of a version that this program does not read.
    ForeignVersion,
    /// A member that the object does not have, lacks, or has with a value it does not take.
    BadField,
    /// More objects than `limits::LIVE_OBJECTS`, or more values than so many objects can have.
    TooMany,
    /// Two objects with one id.
    DuplicateId,
    /// A reference to no object of the file, or to one of the wrong kind.
    DanglingReference,
}

fn bad<T>(code: ImportCode, pointer: impl Into<String>, detail: impl Into<String>) -> Result<T, ImportError> {
    Err(ImportError { code, pointer: pointer.into(), detail: detail.into() })
}

/// Reads a board file.
///
/// # Errors
/// The first problem, as an [`ImportError`].
pub fn read(bytes: &[u8]) -> Result<File, ImportError> {
    bounds::check(bytes)?;
    let json: Json = match serde_json::from_slice(bytes) {
        Ok(json) => json,
        Err(error) => return bad(ImportCode::NotJson, "", format!("line {}, column {}", error.line(), error.column())),
    };
    let Json::Object(members) = json else { return bad(ImportCode::WrongFormat, "", "an object is expected") };
    head(&members)?;
    let title = match members.get("title") {
        None => String::new(),
        Some(title) => match META_FIELDS.first().and_then(|field| check::value(field.value, title)) {
            Some(FieldValue::Text(title)) => title,
            _ => return bad(ImportCode::BadField, "/title", "one line of text is expected"),
        },
    };
    let mut roots = Vec::new();
    let mut count = 0;
    for root in [Root::Items, Root::Links, Root::Comments] {
        let list = match members.get(root.name()) {
            None => &[],
            Some(Json::Array(list)) => list.as_slice(),
            Some(_) => return bad(ImportCode::BadField, format!("/{}", root.name()), "an array is expected"),
        };
        count += list.len();
        if count > limits::LIVE_OBJECTS {
            return bad(
                ImportCode::TooMany,
                format!("/{}", root.name()),
                format!("at most {} objects", limits::LIVE_OBJECTS),
            );
        }
        let object = |(at, json): (usize, &Json)| object(root, json, &format!("/{}/{at}", root.name()));
        roots.push(list.iter().enumerate().map(object).collect::<Result<Vec<Object>, ImportError>>()?);
    }
    references(&roots)?;
    rename(&mut roots);
    let mut roots = roots.into_iter();
    let mut next = || roots.next().unwrap_or_default();
    Ok(File(assemble(title, next(), next(), next())))
}

/// Format, version and the names of the members.
fn head(members: &Map<String, Json>) -> Result<(), ImportError> {
    if members.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return bad(ImportCode::WrongFormat, "/format", format!("{FORMAT:?} is expected"));
    }
    if members.get("version").and_then(Json::as_i64) != Some(VERSION) {
        return bad(ImportCode::ForeignVersion, "/version", format!("{VERSION} is expected"));
    }
    let known = ["format", "version", "exported", "title", "items", "links", "comments"];
    match members.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => bad(ImportCode::BadField, pointer("", key), "no such member"),
        None => Ok(()),
    }
}

/// A pointer to a member, shortened where somebody made its name long.
fn pointer(place: &str, key: &str) -> String {
    format!("{place}/{}", check::cut(key, 64).replace('~', "~0").replace('/', "~1"))
}

fn object(root: Root, json: &Json, place: &str) -> Result<Object, ImportError> {
    let Json::Object(members) = json else { return bad(ImportCode::BadField, place, "an object is expected") };
    let kind = match members.get("kind").and_then(Json::as_str).and_then(|name| schema::kind_of(root, name)) {
        Some(kind) => kind,
        None => return bad(ImportCode::BadField, format!("{place}/kind"), "a kind is expected"),
    };
    let id = match members.get("id").and_then(Json::as_str) {
        Some(id) if schema::is_object_id(root, id) && id.split('_').next() == Some(kind.prefix) => id.to_owned(),
        _ => {
            return bad(
                ImportCode::BadField,
                format!("{place}/id"),
                format!("{}_ and a ULID is expected", kind.prefix),
            );
        }
    };
    // Who wrote a thing and whether it is deleted are the server's to say, not a file's.
    let fields = || {
        let common =
            schema::common_fields(root).iter().filter(|field| !["kind", "author", "gone"].contains(&field.name));
        common.chain(kind.fields)
    };
    if let Some(key) =
        members.keys().find(|key| !["id", "kind"].contains(&key.as_str()) && !fields().any(|f| f.name == **key))
    {
        return bad(ImportCode::BadField, pointer(place, key), "no such member");
    }
    let step_kind = members.get("stepKind").and_then(Json::as_str).unwrap_or_default();
    let mut text = String::new();
    let mut made = 0;
    let mut values = Fields::new();
    for field in fields() {
        let value = match members.get(field.name) {
            None => default_value(field, kind, step_kind),
            Some(json) => match check::value(field.value, json) {
                Some(value) => value,
                None => return bad(ImportCode::BadField, pointer(place, field.name), expected(field.value)),
            },
        };
        match (field.name, value) {
            ("text", FieldValue::Text(words)) => text = words,
            ("made", FieldValue::Number(time)) => made = time,
            ("from" | "to", FieldValue::Nothing) => {
                return bad(ImportCode::BadField, pointer(place, field.name), "an id is expected");
            }
            (name, value) => {
                values.insert(name, value);
            }
        }
    }
    Ok(Object { id, kind, text, author: None, made, gone: false, fields: values })
}

fn expected(value: Value) -> String {
    match value {
        Value::Text => format!("text of at most {} UTF-16 units is expected", limits::TEXT_UNITS),
        Value::Set(_) => "an array of different known words is expected".to_owned(),
        Value::Point => format!("two whole numbers within ±{} are expected", schema::REACH),
        Value::Size => format!("two whole numbers from 1 to {} are expected", schema::REACH),
        Value::Reference => "an id or null is expected".to_owned(),
        Value::Order => format!("1 to {} characters of 0-9A-Za-z are expected", check::ORDER_LENGTH),
        Value::Word(words) => format!("one of {} is expected", words.join(", ")),
        Value::Person => "a person is expected".to_owned(),
        Value::Time => "milliseconds since 1970 are expected".to_owned(),
        Value::Flag => "true or false is expected".to_owned(),
        Value::Number(least, most) => format!("a whole number from {least} to {most} is expected"),
        Value::Line(most) => format!("one line of at most {most} UTF-16 units is expected"),
        Value::Day => "yyyy-mm-dd or null is expected".to_owned(),
    }
}

/// Ids differ, references lead somewhere, and no container is in itself.
fn references(roots: &[Vec<Object>]) -> Result<(), ImportError> {
    let names = [Root::Items, Root::Links, Root::Comments].map(Root::name);
    let mut kinds: HashMap<&str, &Kind> = HashMap::new();
    for (objects, name) in roots.iter().zip(names) {
        for (at, object) in objects.iter().enumerate() {
            if kinds.insert(&object.id, object.kind).is_some() {
                return bad(ImportCode::DuplicateId, format!("/{name}/{at}/id"), "every id once");
            }
        }
    }
    let items: HashSet<&str> = roots.iter().take(1).flatten().map(|item| item.id.as_str()).collect();
    let arrows = roots.iter().skip(1).take(1).flatten().filter(|link| schema::FLOWS.contains(&link.kind.name));
    let arrows: HashSet<&str> = arrows.map(|arrow| arrow.id.as_str()).collect();
    let comments: HashSet<&str> = roots.iter().skip(2).flatten().map(|comment| comment.id.as_str()).collect();
    let mut anchors = BTreeMap::new();
    for (objects, name) in roots.iter().zip(names) {
        for (at, object) in objects.iter().enumerate() {
            for field in ["parent", "from", "to", "target"] {
                let Some(id) = object.reference(field) else { continue };
                let fits = match field {
                    "parent" => kinds.get(id).is_some_and(|kind| schema::CONTAINERS.contains(&kind.name)),
                    "target" => kinds.contains_key(id) && !comments.contains(id),
                    "to" if object.kind.name == "pin" && arrows.contains(id) => true,
                    "to" => items.contains(id) && object.reference("from") != Some(id),
                    _ => items.contains(id),
                };
                if !fits {
                    return bad(
                        ImportCode::DanglingReference,
                        format!("/{name}/{at}/{field}"),
                        "an object of this file",
                    );
                }
            }
            let parent = object.reference("parent").map(str::to_owned);
            anchors.insert(object.id.clone(), Anchor { at: (0, 0), parent, pin: None });
        }
    }
    let rings = ancestors_of_themselves(&anchors);
    match roots.iter().take(1).flatten().position(|item| rings.contains_key(&item.id)) {
        Some(at) => bad(ImportCode::DanglingReference, format!("/items/{at}/parent"), "nothing is in itself"),
        None => Ok(()),
    }
}

/// New ids in the order of the old: what is decided by comparing ids stays decided.
fn rename(roots: &mut [Vec<Object>]) {
    let mut fresh: Vec<Ulid> = roots.iter().flatten().map(|_| Ulid::generate()).collect();
    fresh.sort_unstable();
    let mut old: Vec<&str> = roots.iter().flatten().map(|object| object.id.as_str()).collect();
    old.sort_unstable();
    let with_prefix = |old: &str, ulid: Ulid| format!("{}_{ulid}", old.split('_').next().unwrap_or_default());
    let new: HashMap<String, String> =
        old.into_iter().zip(fresh).map(|(old, ulid)| (old.to_owned(), with_prefix(old, ulid))).collect();
    for object in roots.iter_mut().flatten() {
        for field in ["parent", "from", "to", "target"] {
            if let Some(FieldValue::Text(id)) = object.fields.get_mut(field)
                && let Some(renamed) = new.get(id)
            {
                renamed.clone_into(id);
            }
        }
        if let Some(renamed) = new.get(&object.id) {
            renamed.clone_into(&mut object.id);
        }
    }
}
