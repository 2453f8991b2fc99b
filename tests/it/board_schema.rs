//! The schema is the same in both languages: `tests/golden/schema.json` says what `server/board/schema.rs` says.

use jalostamo::{
    board::schema::{self, Default, Field, Kind, Root, Value},
    limits,
};
use serde_json::{Map, Value as Json, json};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/schema.json");

fn value(value: Value) -> Json {
    match value {
        Value::Text => json!({"type": "text", "units": limits::TEXT_UNITS}),
        Value::Set(words) => json!({"type": "set", "words": words}),
        Value::Point => json!({"type": "point"}),
        Value::Size => json!({"type": "size"}),
        Value::Reference => json!({"type": "reference"}),
        Value::Order => json!({"type": "order", "length": 128}),
        Value::Word(words) => json!({"type": "word", "words": words}),
        Value::Person => json!({"type": "person"}),
        Value::Time => json!({"type": "time", "max": 1_i64 << 53}),
        Value::Flag => json!({"type": "flag"}),
        Value::Number(min, max) => json!({"type": "number", "min": min, "max": max}),
        Value::Line(units) => json!({"type": "line", "units": units}),
        Value::Day => json!({"type": "day"}),
    }
}

/// The default of a field, or no member where the kind decides.
fn default(field: &Field) -> Option<Json> {
    Some(match field.default() {
        Default::OfKind => return None,
        Default::Nothing => match field.value {
            Value::Set(_) => json!([]),
            _ => Json::Null,
        },
        Default::Text(text) => json!(text),
        Default::Number(number) => json!(number),
        Default::Flag(flag) => json!(flag),
        Default::Origin => json!([0, 0]),
    })
}

fn fields(fields: &[Field]) -> Json {
    let one = |field: &Field| {
        let mut out = Map::new();
        out.insert("name".into(), json!(field.name));
        out.insert("value".into(), value(field.value));
        out.insert("action".into(), serde_json::to_value(field.action).unwrap());
        if let Some(default) = default(field) {
            out.insert("default".into(), default);
        }
        Json::Object(out)
    };
    Json::Array(fields.iter().map(one).collect())
}

fn kind(kind: &Kind) -> Json {
    let mut out = Map::new();
    out.insert("name".into(), json!(kind.name));
    out.insert("prefix".into(), json!(kind.prefix));
    if let Some((width, height)) = kind.size {
        out.insert("size".into(), json!([width, height]));
    }
    if let Some(color) = kind.color {
        out.insert("color".into(), json!(color));
    }
    out.insert("fields".into(), fields(kind.fields));
    Json::Object(out)
}

fn described() -> Json {
    let mut out = Map::new();
    out.insert("roots".into(), json!(Root::ALL.map(Root::name)));
    for root in Root::ALL {
        let kinds: Vec<Json> = root.kinds().iter().map(kind).collect();
        out.insert(root.name().into(), json!({"common": fields(schema::common_fields(root)), "kinds": kinds}));
    }
    let by_step = schema::STEP_SIZES.iter().map(|(name, (w, h))| ((*name).to_owned(), json!([w, h])));
    out.insert("stepSizes".into(), Json::Object(by_step.collect()));
    out.insert("reach".into(), json!(schema::REACH));
    Json::Object(out)
}

/// Run with `WRITE_GOLDEN=1` after a change of the schema.
#[test]
fn the_golden_file_is_the_schema() {
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, format!("{:#}\n", described())).unwrap();
    }
    let golden: Json = serde_json::from_str(&std::fs::read_to_string(GOLDEN).unwrap()).unwrap();
    assert_eq!(
        golden,
        described(),
        "schema.rs has changed: run once with WRITE_GOLDEN=1 and change the browser's twin"
    );
}

#[test]
fn defaults_are_values_of_their_field() {
    for root in Root::ALL {
        for field in schema::common_fields(root).iter().chain(root.kinds().iter().flat_map(|kind| kind.fields)) {
            match (field.default(), field.value) {
                (Default::Text(word), Value::Word(words)) => assert!(words.contains(&word), "{}", field.name),
                (Default::Number(number), Value::Number(least, most)) => assert!((least..=most).contains(&number)),
                _ => {}
            }
        }
        for color in root.kinds().iter().filter_map(|kind| kind.color) {
            assert!(schema::COLORS.contains(&color));
        }
    }
}
