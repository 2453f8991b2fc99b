//! Whether a value is one that a field takes. Knows neither where it came from nor where it goes.

use serde_json::Value as Json;

use super::{
    schema::{REACH, Value, is_any_object_id},
    value::{FieldValue, Pair},
};
use crate::limits;

/// Times end where a browser's whole numbers do.
pub const LAST_TIME: i64 = 1 << 53;
/// Characters of a fractional index.
pub const ORDER_LENGTH: usize = 128;

/// The value as the field's type has it, or nothing if the field does not take it.
/// Texts and sets are taken as strings and arrays of strings.
#[must_use]
pub fn value(field: Value, json: &Json) -> Option<FieldValue> {
    match field {
        Value::Text => text(json).filter(|text| units(text) <= limits::TEXT_UNITS).map(FieldValue::Text),
        Value::Set(words) => set(words, json),
        Value::Point => pair(json).filter(|(x, y)| x.abs() <= REACH && y.abs() <= REACH).map(FieldValue::Pair),
        Value::Size => {
            pair(json).filter(|(w, h)| (1..=REACH).contains(w) && (1..=REACH).contains(h)).map(FieldValue::Pair)
        }
        Value::Reference if json.is_null() => Some(FieldValue::Nothing),
        Value::Reference => text(json).filter(|id| is_any_object_id(id)).map(FieldValue::Text),
        Value::Order => text(json).filter(|order| is_order(order)).map(FieldValue::Text),
        Value::Word(words) => text(json).filter(|word| words.contains(&word.as_str())).map(FieldValue::Text),
        Value::Person => text(json).filter(|id| id.parse::<crate::ids::PersonId>().is_ok()).map(FieldValue::Text),
        Value::Time => whole(json).filter(|time| (0..=LAST_TIME).contains(time)).map(FieldValue::Number),
        Value::Flag => json.as_bool().map(FieldValue::Flag),
        Value::Number(least, most) => whole(json).filter(|n| (least..=most).contains(n)).map(FieldValue::Number),
        Value::Line(most) => {
            text(json).filter(|line| units(line) <= most && !line.chars().any(char::is_control)).map(FieldValue::Text)
        }
        Value::Day if json.is_null() => Some(FieldValue::Nothing),
        Value::Day => text(json).filter(|day| is_day(day)).map(FieldValue::Text),
    }
}

/// Length in UTF-16 code units, as Yjs counts.
#[must_use]
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The longest start of a text that has at most so many UTF-16 units.
#[must_use]
pub fn cut(text: &str, most: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > most {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

/// A whole number; `2.0` is one, as in a browser.
fn whole(json: &Json) -> Option<i64> {
    json.as_i64().or_else(|| {
        let number = json.as_f64()?;
        // 2^53: beyond it a float no longer tells whole numbers apart.
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
        (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
    })
}

fn pair(json: &Json) -> Option<Pair> {
    match json.as_array().map(Vec::as_slice) {
        Some([first, second]) => Some((whole(first)?, whole(second)?)),
        _ => None,
    }
}

fn set(words: &[&str], json: &Json) -> Option<FieldValue> {
    let elements = json.as_array().filter(|elements| elements.len() <= limits::VALUE_ENTRIES)?;
    let mut out = elements.iter().map(text).collect::<Option<Vec<String>>>()?;
    out.sort_unstable();
    let distinct = out.windows(2).all(|pair| matches!(pair, [a, b] if a != b));
    (distinct && out.iter().all(|element| is_element(words, element))).then_some(FieldValue::Set(out))
}

/// Whether a set takes this element.
#[must_use]
pub fn is_element(words: &[&str], element: &str) -> bool {
    if words.is_empty() {
        (1..=limits::KEY_BYTES).contains(&element.len())
            && element.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    } else {
        words.contains(&element)
    }
}

fn is_order(order: &str) -> bool {
    (1..=ORDER_LENGTH).contains(&order.len()) && order.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A day that the calendar has, written `yyyy-mm-dd`.
fn is_day(day: &str) -> bool {
    let shape = day.len() == 10
        && day.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape && day.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn at_the_limit_and_one_past() {
        let takes = |field, json: Json| value(field, &json).is_some();
        assert!(takes(Value::Text, json!("😀".repeat(limits::TEXT_UNITS / 2))));
        assert!(!takes(Value::Text, json!("😀".repeat(limits::TEXT_UNITS / 2) + "a")));
        assert!(takes(Value::Point, json!([-REACH, REACH])));
        assert!(!takes(Value::Point, json!([0, REACH + 1])));
        assert!(takes(Value::Size, json!([1, REACH])));
        assert!(!takes(Value::Size, json!([0, 1])));
        assert!(takes(Value::Order, json!("z".repeat(ORDER_LENGTH))));
        assert!(!takes(Value::Order, json!("z".repeat(ORDER_LENGTH + 1))));
        assert!(!takes(Value::Order, json!("")));
        assert!(takes(Value::Line(3), json!("äää")));
        assert!(!takes(Value::Line(3), json!("ääää")));
        assert!(!takes(Value::Line(3), json!("a\nb")));
        assert!(takes(Value::Number(1, 4), json!(4.0)));
        assert!(!takes(Value::Number(1, 4), json!(5)));
        assert!(!takes(Value::Number(1, 4), json!(1.5)));
        assert!(takes(Value::Time, json!(LAST_TIME)));
        assert!(!takes(Value::Time, json!(LAST_TIME + 1)));
        assert!(!takes(Value::Time, json!(-1)));
    }

    #[test]
    fn days_of_the_calendar_only() {
        let takes = |text: &str| value(Value::Day, &json!(text)).is_some();
        assert!(takes("2020-02-29"));
        assert!(!takes("2021-02-29"));
        assert!(!takes("2020-2-9"));
        assert!(!takes("+020-02-09"));
        assert!(value(Value::Day, &Json::Null) == Some(FieldValue::Nothing));
    }

    #[test]
    fn sets_are_sorted_and_have_each_element_once() {
        let words = &["b", "a", "c"];
        let taken = value(Value::Set(words), &json!(["c", "a"]));
        assert_eq!(taken, Some(FieldValue::Set(vec!["a".into(), "c".into()])));
        assert!(value(Value::Set(words), &json!(["a", "a"])).is_none());
        assert!(value(Value::Set(words), &json!(["d"])).is_none());
    }

    #[test]
    fn cutting_never_splits_a_character() {
        assert_eq!(cut("a😀b", 2), "a");
        assert_eq!(cut("a😀b", 3), "a😀");
        assert_eq!(cut("ab", 2), "ab");
    }
}
