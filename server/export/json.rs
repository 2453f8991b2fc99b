//! The board as a JSON file that can be imported again (`docs/board-format.md`). Knows no document and no I/O.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::progress::{Part, Progress, Stopped, WHOLE};
use crate::board::{
    import::{FORMAT, VERSION},
    schema::{self, REACH, Root},
    value::{Board, FieldValue, Fields},
};

/// Writes a board; `now` is milliseconds since 1970. One object a line, so that two files can be compared.
#[must_use]
pub fn write(board: &Board, now: i64) -> Vec<u8> {
    make(board, now, &Progress::default()).unwrap_or_default()
}

/// As [`write`], while anybody wants it.
///
/// # Errors
/// [`Stopped`].
pub fn make(board: &Board, now: i64, progress: &Progress) -> Result<Vec<u8>, Stopped> {
    let objects = board.items.len() + board.links.len() + board.comments.len();
    let mut part = progress.part(0, WHOLE, objects);
    let exported = jiff::Timestamp::from_second(now.div_euclid(1_000)).unwrap_or_default().to_string();
    let items = board.items.iter().map(|item| {
        // What lost its parent may stand beyond what `at` takes: at the sum of many.
        let at = (item.at.0.clamp(-REACH, REACH), item.at.1.clamp(-REACH, REACH));
        let mut fields = item.fields.clone();
        fields.insert("at", FieldValue::Pair(at));
        fields.insert("size", FieldValue::Pair(item.size));
        fields.insert("parent", reference(item.parent.as_deref()));
        fields.insert("order", FieldValue::Text(item.order.clone()));
        fields.insert("layer", FieldValue::Number(item.layer));
        fields.insert("color", FieldValue::Text(item.color.to_owned()));
        if item.entered {
            fields.insert("entered", FieldValue::Flag(true));
        }
        line(Root::Items, &item.id, item.kind.name(), &item.text, item.made, &fields)
    });
    let links = board.links.iter().map(|link| {
        let mut fields = link.fields.clone();
        fields.insert("from", FieldValue::Text(link.from.clone()));
        fields.insert("to", FieldValue::Text(link.to.clone()));
        line(Root::Links, &link.id, link.kind.name(), &link.text, link.made, &fields)
    });
    let comments = board.comments.iter().map(|comment| {
        let fields = Fields::from([("target", reference(comment.target.as_deref()))]);
        line(Root::Comments, &comment.id, "comment", &comment.text, comment.made, &fields)
    });
    let mut out = format!("{{\"format\":{},\"version\":{VERSION},\"exported\":{},\n", json!(FORMAT), json!(exported));
    out += &format!("\"title\":{},\n", json!(board.title));
    out += &format!("\"items\":{},\n", list(items, &mut part)?);
    out += &format!("\"links\":{},\n", list(links, &mut part)?);
    out += &format!("\"comments\":{}}}\n", list(comments, &mut part)?);
    Ok(out.into_bytes())
}

/// Whether two board files say the same: ids may differ, and when they were written.
///
/// Both are brought to one form (see [`canonical`]); bytes that are not JSON are the same as nothing.
#[must_use]
pub fn same_content(one: &[u8], other: &[u8]) -> bool {
    canonical(one).is_some_and(|one| canonical(other) == Some(one))
}

/// A board file without `exported`, its ids replaced by prefix and place of first appearance (`n_1`, `l_2`…).
#[must_use]
pub fn canonical(file: &[u8]) -> Option<Json> {
    let mut json: Json = serde_json::from_slice(file).ok()?;
    json.as_object_mut()?.remove("exported");
    let mut names: HashMap<String, String> = HashMap::new();
    for root in ["items", "links", "comments"] {
        for object in json.get(root).and_then(Json::as_array).into_iter().flatten() {
            let id = object.get("id").and_then(Json::as_str)?;
            let name = format!("{}_{}", id.split('_').next().unwrap_or_default(), names.len() + 1);
            names.insert(id.to_owned(), name);
        }
    }
    for root in ["items", "links", "comments"] {
        for object in json.get_mut(root).and_then(Json::as_array_mut).into_iter().flatten() {
            for field in ["id", "parent", "from", "to", "target"] {
                if let Some(value) = object.get_mut(field)
                    && let Some(name) = value.as_str().and_then(|id| names.get(id))
                {
                    *value = json!(name);
                }
            }
        }
    }
    Some(json)
}

fn reference(id: Option<&str>) -> FieldValue {
    id.map_or(FieldValue::Nothing, |id| FieldValue::Text(id.to_owned()))
}

fn list(lines: impl Iterator<Item = String>, part: &mut Part<'_>) -> Result<String, Stopped> {
    let lines = lines.map(|line| part.step().map(|()| line)).collect::<Result<Vec<String>, Stopped>>()?;
    Ok(if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", lines.join(",\n")) })
}

/// One object, its members in the schema's order.
fn line(root: Root, id: &str, kind: &str, text: &str, made: i64, fields: &Fields) -> String {
    let mut members = vec![format!("\"id\":{}", json!(id))];
    let of_kind = schema::kind_of(root, kind).map_or(&[][..], |kind| kind.fields);
    for field in schema::common_fields(root).iter().chain(of_kind) {
        let value = match field.name {
            "kind" => json!(kind),
            "text" => json!(text),
            "made" => json!(made),
            name => match fields.get(name) {
                Some(value) => json!(value),
                None => continue,
            },
        };
        members.push(format!("{}:{value}", json!(field.name)));
    }
    format!("{{{}}}", members.join(","))
}
