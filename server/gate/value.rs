//! Plain values: a walk of lib0's `Any` without recursion, and the schema's types of them. Knows no documents.

use super::reader::{Reader, limit, malformed};
use crate::{
    board::schema::{self, REACH, Value},
    error::{Refusal, RefusalCode},
    ids::PersonId,
    limits,
};

/// What the gate needs to know of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plain<'a> {
    Null,
    Flag(bool),
    Number(f64),
    Text(&'a str),
    /// An array of exactly two numbers.
    Pair(f64, f64),
    /// Anything that no field takes.
    Other,
}

/// Walks one value to its end. Arrays and objects nest at most `VALUE_DEPTH` deep.
pub(super) fn read<'a>(reader: &mut Reader<'a>) -> Result<Plain<'a>, Refusal> {
    let mut open: Vec<Open> = Vec::new();
    let mut whole = Plain::Other;
    let mut pair = [0.0; 2];
    let mut numbers = 0;
    loop {
        if open.last().is_some_and(|open| open.keyed) {
            key(reader)?;
        }
        let tag = reader.byte()?;
        if let 117 | 118 = tag {
            let count = reader.count()?;
            if count > limits::VALUE_ENTRIES {
                return Err(limit("value entries"));
            }
            if open.len() == limits::VALUE_DEPTH {
                return Err(limit("value depth"));
            }
            let pair_like = open.is_empty() && tag == 117 && count == 2;
            open.push(Open { left: count, keyed: tag == 118, pair: pair_like });
        } else {
            let plain = scalar(reader, tag)?;
            match open.last() {
                None => whole = plain,
                Some(Open { pair: true, .. }) => {
                    if let (Plain::Number(number), Some(place)) = (plain, pair.get_mut(numbers)) {
                        *place = number;
                        numbers += 1;
                    }
                }
                Some(_) => {}
            }
            if let Some(open) = open.last_mut() {
                open.left -= 1;
            }
        }
        // An array that is full is one entry of the array around it.
        while open.last().is_some_and(|open| open.left == 0) {
            if open.pop().is_some_and(|closed| closed.pair && numbers == 2) {
                whole = Plain::Pair(pair[0], pair[1]);
            }
            if let Some(outer) = open.last_mut() {
                outer.left -= 1;
            }
        }
        if open.is_empty() {
            return Ok(whole);
        }
    }
}

struct Open {
    left: usize,
    keyed: bool,
    pair: bool,
}

fn key(reader: &mut Reader<'_>) -> Result<(), Refusal> {
    if reader.string()?.len() > limits::KEY_BYTES { Err(limit("key")) } else { Ok(()) }
}

fn scalar<'a>(reader: &mut Reader<'a>, tag: u8) -> Result<Plain<'a>, Refusal> {
    Ok(match tag {
        127 => Plain::Other,
        126 => Plain::Null,
        125 => {
            let (negative, magnitude) = reader.signed()?;
            #[expect(clippy::cast_precision_loss, reason = "numbers on the wire are below 2^53")]
            let number = magnitude as f64;
            Plain::Number(if negative { -number } else { number })
        }
        124 => Plain::Number(f64::from(reader.float32()?)),
        123 => Plain::Number(reader.float64()?),
        // A BigInt: browsers cannot turn it into JSON, so no field takes it.
        122 => {
            reader.take(8)?;
            Plain::Other
        }
        121 => Plain::Flag(false),
        120 => Plain::Flag(true),
        119 => {
            let text = reader.string()?;
            if text.len() > limits::STRING_BYTES {
                return Err(limit("string"));
            }
            Plain::Text(text)
        }
        116 => {
            let count = reader.count()?;
            reader.take(count)?;
            return Err(Refusal::new(RefusalCode::Unsupported).detail("binary"));
        }
        _ => return Err(malformed("value")),
    })
}

/// Whether a value is of the field's type. Shared types are not plain values: always false for them.
pub(super) fn fits(kind: Value, plain: Plain<'_>) -> bool {
    match (kind, plain) {
        (Value::Reference | Value::Day, Plain::Null) => true,
        (Value::Point, Plain::Pair(x, y)) => whole(x, -REACH, REACH) && whole(y, -REACH, REACH),
        (Value::Size, Plain::Pair(w, h)) => whole(w, 1, REACH) && whole(h, 1, REACH),
        (Value::Reference, Plain::Text(text)) => schema::is_any_object_id(text),
        (Value::Order, Plain::Text(text)) => {
            (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
        }
        (Value::Word(words), Plain::Text(text)) => words.contains(&text),
        (Value::Person, Plain::Text(text)) => text.parse::<PersonId>().is_ok(),
        (Value::Time, Plain::Number(n)) => whole(n, 0, 1 << 53),
        (Value::Flag, Plain::Flag(_)) => true,
        (Value::Number(low, high), Plain::Number(n)) => whole(n, low, high),
        (Value::Line(units), Plain::Text(text)) => {
            text.encode_utf16().count() <= units
                && !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        }
        (Value::Day, Plain::Text(text)) => is_day(text),
        _ => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "bounds are at most 2^53")]
fn whole(number: f64, low: i64, high: i64) -> bool {
    number.fract() == 0.0 && number >= low as f64 && number <= high as f64
}

fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u32>().ok());
    let (true, Some(year), Some(month), Some(day)) = (shape, part(0..4), part(5..7), part(8..10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nest(depth: usize) -> Vec<u8> {
        let mut bytes = [117, 1].repeat(depth);
        bytes.push(126);
        bytes
    }

    #[test]
    fn depth_at_the_limit_and_past_it() {
        assert_eq!(read(&mut Reader::new(&nest(limits::VALUE_DEPTH))).unwrap(), Plain::Other);
        assert_eq!(read(&mut Reader::new(&nest(limits::VALUE_DEPTH + 1))).unwrap_err().code, RefusalCode::Limit);
        assert_eq!(read(&mut Reader::new(&nest(100_000))).unwrap_err().code, RefusalCode::Limit);
    }

    #[test]
    fn entries_at_the_limit_and_past_it() {
        for (entries, ok) in [(limits::VALUE_ENTRIES, true), (limits::VALUE_ENTRIES + 1, false)] {
            let mut bytes = vec![117];
            super::super::reader::write_number(&mut bytes, entries as u64);
            bytes.extend(vec![126; entries]);
            assert_eq!(read(&mut Reader::new(&bytes)).is_ok(), ok);
        }
    }

    #[test]
    fn reads_exactly_one_value() {
        // {"a": [1, 2], "b": true} and a byte that belongs to the next.
        let bytes = [118, 2, 1, b'a', 117, 2, 125, 1, 125, 2, 1, b'b', 120, 99];
        let mut reader = Reader::new(&bytes);
        assert_eq!(read(&mut reader).unwrap(), Plain::Other);
        assert_eq!(reader.remaining(), 1);
        let mut reader = Reader::new(&[117, 0, 99]);
        assert_eq!(read(&mut reader).unwrap(), Plain::Other);
        assert_eq!(reader.remaining(), 1);
        assert_eq!(read(&mut Reader::new(&[117, 2, 125, 3, 125, 0x44])).unwrap(), Plain::Pair(3.0, -4.0));
        assert_eq!(read(&mut Reader::new(&[117, 2, 125, 3, 117, 0])).unwrap(), Plain::Other);
        assert_eq!(read(&mut Reader::new(&[117, 2, 117, 1, 125, 3, 125, 3])).unwrap(), Plain::Other);
    }

    #[test]
    fn values_fit_their_types_only() {
        assert!(fits(Value::Point, Plain::Pair(-5.0, REACH as f64)));
        assert!(!fits(Value::Point, Plain::Pair(0.5, 0.0)));
        assert!(!fits(Value::Point, Plain::Pair(f64::NAN, 0.0)));
        assert!(!fits(Value::Point, Plain::Pair(REACH as f64 + 1.0, 0.0)));
        assert!(!fits(Value::Size, Plain::Pair(0.0, 5.0)));
        assert!(fits(Value::Reference, Plain::Null));
        assert!(!fits(Value::Reference, Plain::Text("n_x")));
        assert!(fits(Value::Time, Plain::Number(1.7e12)));
        assert!(fits(Value::Line(3), Plain::Text("a😀")));
        assert!(!fits(Value::Line(2), Plain::Text("a😀")));
        assert!(!fits(Value::Line(9), Plain::Text("a\nb")));
        assert!(fits(Value::Day, Plain::Text("2028-02-29")));
        assert!(!fits(Value::Day, Plain::Text("2027-02-29")));
        assert!(!fits(Value::Day, Plain::Text("2027-2-029")));
        assert!(!fits(Value::Flag, Plain::Null));
        assert!(!fits(Value::Text, Plain::Text("x")));
    }
}
