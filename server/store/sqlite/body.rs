//! An entry's body as bytes, and back. Knows no SQL.
//!
//! Updates, version 1: `1`, the number of people, 16 bytes for each, the number of updates, then for each the
//! index of its person, its length and its bytes. Numbers are LEB128. Reading is total: bytes that nobody wrote
//! give an error, and nothing is reserved for a count that the bytes do not hold.

use std::{borrow::Cow, collections::HashMap};

use bytes::{Buf, Bytes};

use crate::{
    ids::PersonId,
    store::{AuthoredUpdate, Body},
};

/// The number in the column `kind`.
const UPDATES: i64 = 1;
const EVENT: i64 = 2;

/// The first byte of updates.
const VERSION: u8 = 1;

/// The kind and the bytes of a body.
pub(super) fn encode(body: &Body) -> (i64, Cow<'_, [u8]>) {
    match body {
        Body::Updates(updates) => (UPDATES, Cow::Owned(encode_updates(updates))),
        Body::Event(json) => (EVENT, Cow::Borrowed(json.as_bytes())),
    }
}

/// The body of these bytes, or what is wrong with them.
///
/// # Errors
/// When nobody wrote them: bytes that a disk turned over, or another kind of entry.
pub fn decode(kind: i64, bytes: Vec<u8>) -> Result<Body, &'static str> {
    match kind {
        UPDATES => decode_updates(bytes.into()).map(Body::Updates),
        EVENT => String::from_utf8(bytes).map(Body::Event).map_err(|_| "an event that is not UTF-8"),
        _ => Err("an unknown kind"),
    }
}

fn encode_updates(updates: &[AuthoredUpdate]) -> Vec<u8> {
    let mut people: Vec<PersonId> = Vec::new();
    let mut places: HashMap<PersonId, usize> = HashMap::new();
    for update in updates {
        places.entry(update.person).or_insert_with(|| {
            people.push(update.person);
            people.len() - 1
        });
    }
    let bytes: usize = updates.iter().map(|update| update.update.len() + 6).sum();
    let mut out = Vec::with_capacity(8 + people.len() * 16 + bytes);
    out.push(VERSION);
    write_number(&mut out, people.len());
    for person in &people {
        out.extend_from_slice(&person.to_bytes());
    }
    write_number(&mut out, updates.len());
    for update in updates {
        write_number(&mut out, places.get(&update.person).copied().unwrap_or_default());
        write_number(&mut out, update.update.len());
        out.extend_from_slice(&update.update);
    }
    out
}

fn decode_updates(mut bytes: Bytes) -> Result<Vec<AuthoredUpdate>, &'static str> {
    if bytes.try_get_u8() != Ok(VERSION) {
        return Err("updates of an unknown version");
    }
    let count = read_number(&mut bytes)?;
    let mut people = Vec::new();
    for _ in 0..count {
        let mut id = [0; 16];
        bytes.try_copy_to_slice(&mut id).map_err(|_| SHORT)?;
        people.push(PersonId::from_bytes(id));
    }
    let count = read_number(&mut bytes)?;
    let mut updates = Vec::new();
    for _ in 0..count {
        let person = *people.get(read_number(&mut bytes)?).ok_or("an update of nobody")?;
        let length = read_number(&mut bytes)?;
        if length > bytes.len() {
            return Err(SHORT);
        }
        updates.push(AuthoredUpdate { person, update: bytes.split_to(length) });
    }
    if bytes.is_empty() { Ok(updates) } else { Err("updates with bytes after their end") }
}

const SHORT: &str = "updates that end too early";

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// At most five bytes: nothing here is 32 GiB long.
fn read_number(bytes: &mut Bytes) -> Result<usize, &'static str> {
    let mut number = 0u64;
    for shift in [0, 7, 14, 21, 28] {
        let byte = bytes.try_get_u8().map_err(|_| SHORT)?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return usize::try_from(number).map_err(|_| LONG);
        }
    }
    Err(LONG)
}

const LONG: &str = "updates with a number that is too long";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn updates(parts: Vec<(u8, Vec<u8>)>) -> Body {
        let person = |n: u8| PersonId::from_bytes([n; 16]);
        Body::Updates(
            parts.into_iter().map(|(n, bytes)| AuthoredUpdate { person: person(n), update: bytes.into() }).collect(),
        )
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(parts in prop::collection::vec((0u8..4, prop::collection::vec(any::<u8>(), 0..300)), 0..20)) {
            let body = updates(parts);
            let (kind, bytes) = encode(&body);
            prop_assert_eq!(decode(kind, bytes.into_owned()), Ok(body));
        }

        #[test]
        fn any_bytes_are_read_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(body) = decode(UPDATES, bytes.clone()) {
                prop_assert!(matches!(body, Body::Updates(_)));
            }
            bytes.insert(0, VERSION);
            if let Ok(Body::Updates(updates)) = decode(UPDATES, bytes.clone()) {
                prop_assert!(updates.len() <= bytes.len());
            }
        }
    }

    #[test]
    fn a_shortened_or_lengthened_body_is_refused() {
        let body = updates(vec![(1, vec![7; 200]), (2, vec![]), (1, vec![9])]);
        let (kind, bytes) = encode(&body);
        for end in 0..bytes.len() {
            assert!(decode(kind, bytes[..end].to_vec()).is_err(), "cut at {end}");
        }
        assert!(decode(kind, [&bytes[..], &[0]].concat()).is_err());
        assert!(decode(3, bytes.into_owned()).is_err());
    }

    /// The bytes that are on the disks of those who run version 1.
    #[test]
    fn version_1_is_what_it_was() {
        let body = updates(vec![(1, vec![7, 8]), (2, vec![]), (1, vec![9])]);
        let stored = [&[1, 2][..], &[1; 16], &[2; 16], &[3, 0, 2, 7, 8, 1, 0, 0, 1, 9]].concat();
        assert_eq!(encode(&body), (1, stored.clone().into()));
        assert_eq!(decode(1, stored), Ok(body));
        assert_eq!(decode(2, b"{}".to_vec()), Ok(Body::Event("{}".into())));
    }

    #[test]
    fn counts_past_the_bytes_reserve_nothing() {
        for count in [&[0xff, 0xff, 0xff, 0xff, 0x7f][..], &[0xff; 6][..]] {
            assert!(decode(UPDATES, [&[VERSION], count].concat()).is_err());
            assert!(decode(UPDATES, [&[VERSION, 0], count].concat()).is_err());
        }
    }
}
