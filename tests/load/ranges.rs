//! Which edits an update brings: a walk over the lib0-v1 format that builds nothing. Knows no documents.

/// The front of some bytes in lib0 encoding. A number or a slice past the end is `None`.
pub(crate) struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for (at, byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// A byte array or a string behind its length.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = self.number()?;
        self.take(usize::try_from(count).ok()?)
    }

    fn id(&mut self) -> Option<()> {
        self.number()?;
        self.number()?;
        Some(())
    }

    /// A plain value.
    fn value(&mut self) -> Option<()> {
        match self.byte()? {
            127 | 126 | 121 | 120 => {}
            // A signed number: its first byte goes on like the others.
            125 => _ = self.number()?,
            124 => _ = self.take(4)?,
            123 | 122 => _ = self.take(8)?,
            119 | 116 => _ = self.bytes()?,
            118 => {
                for _ in 0..self.number()? {
                    self.bytes()?;
                    self.value()?;
                }
            }
            117 => {
                for _ in 0..self.number()? {
                    self.value()?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// The content of a block; gives its length in clocks.
    fn content(&mut self, kind: u8) -> Option<u64> {
        Some(match kind {
            1 => self.number()?,
            2 => {
                let count = self.number()?;
                for _ in 0..count {
                    self.bytes()?;
                }
                count
            }
            3 | 5 => {
                self.bytes()?;
                1
            }
            4 => {
                let text = self.bytes()?;
                // UTF-16 units: one for every character, a second for those of four bytes.
                let first = text.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
                (first + text.iter().filter(|byte| **byte >= 0xf0).count()) as u64
            }
            6 => {
                self.bytes()?;
                self.bytes()?;
                1
            }
            7 => {
                if matches!(self.byte()?, 3 | 5) {
                    self.bytes()?;
                }
                1
            }
            8 => {
                let count = self.number()?;
                for _ in 0..count {
                    self.value()?;
                }
                count
            }
            9 => {
                self.bytes()?;
                self.value()?;
                1
            }
            _ => return None,
        })
    }

    /// A block: whether it brings anything, and its length in clocks.
    fn block(&mut self) -> Option<(bool, u64)> {
        let info = self.byte()?;
        match info & 0x1f {
            0 => return Some((true, self.number()?)),
            10 => return Some((false, self.number()?)),
            _ => {}
        }
        if info & 0x80 != 0 {
            self.id()?;
        }
        if info & 0x40 != 0 {
            self.id()?;
        }
        if info & 0xc0 == 0 {
            if self.number()? == 1 {
                self.bytes()?;
            } else {
                self.id()?;
            }
            if info & 0x20 != 0 {
                self.bytes()?;
            }
        }
        Some((true, self.content(info & 0x1f)?))
    }
}

/// Calls `each` with every run of blocks in an update: client, first clock, the clock after the last. `None` when the
/// bytes are no update. What it deletes is not looked at.
pub(crate) fn walk(update: &[u8], mut each: impl FnMut(u64, u64, u64)) -> Option<()> {
    let mut walk = Walk::new(update);
    for _ in 0..walk.number()? {
        let (blocks, client, mut clock) = (walk.number()?, walk.number()?, walk.number()?);
        let mut from = clock;
        for _ in 0..blocks {
            let (brings, length) = walk.block()?;
            if !brings {
                if from < clock {
                    each(client, from, clock);
                }
                from = clock + length;
            }
            clock += length;
        }
        if from < clock {
            each(client, from, clock);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use yrs::{
        Any, ArrayPrelim, ClientID, Doc, Map as _, MapPrelim, OffsetKind, Options, ReadTxn, StateVector, Text as _,
        TextPrelim, Transact, XmlElementPrelim, XmlFragment, merge_updates_v1,
    };

    use super::*;

    fn doc(client: u64) -> Doc {
        let client_id = ClientID::new(client);
        Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, ..Options::default() })
    }

    fn found(update: &[u8]) -> Vec<(u64, u64, u64)> {
        let mut found = Vec::new();
        walk(update, |client, from, to| found.push((client, from, to))).unwrap();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_kind_of_content_is_walked_to_the_end() {
        let doc = doc(7);
        let (map, text) = (doc.get_or_insert_map("items"), doc.get_or_insert_text("t"));
        let xml = doc.get_or_insert_xml_fragment("x");
        let mut txn = doc.transact_mut();
        let inner = map.insert(&mut txn, "note", MapPrelim::default());
        inner.insert(&mut txn, "text", TextPrelim::new("åä𝄞 x"));
        inner.insert(&mut txn, "list", ArrayPrelim::from([1, 2, 3]));
        for value in [Any::Null, Any::Bool(true), Any::from(1.5), Any::from(-70_000), Any::from(1_i64 << 60)] {
            inner.insert(&mut txn, "value", value);
        }
        inner.insert(&mut txn, "at", Any::from(vec![Any::from(3), Any::from("x"), Any::from(vec![1_u8, 2])]));
        inner.insert(&mut txn, "object", Any::from_json(r#"{"a":[1,{"b":null}]}"#).unwrap());
        text.insert(&mut txn, 0, "hello 𝄞");
        text.format(&mut txn, 1, 2, [("bold".into(), Any::Bool(true))].into());
        text.remove_range(&mut txn, 3, 2);
        xml.push_back(&mut txn, XmlElementPrelim::empty("p"));
        drop(txn);
        let txn = doc.transact();
        let update = txn.encode_state_as_update_v1(&StateVector::default());
        let all = u64::from(txn.state_vector().get(&ClientID::new(7)));
        assert_eq!(found(&update), [(7, 0, all)]);
        for end in 0..update.len() / 2 {
            // A cut update has no end: no panic, and never more than there is.
            let _ = walk(&update[..end], |_, _, to| assert!(to <= all));
        }
    }

    #[test]
    fn merged_updates_give_the_runs_of_all_and_gaps_are_seen() {
        let (a, b) = (doc(1), doc(2));
        let write = |doc: &Doc, n: i32| {
            let map = doc.get_or_insert_map("items");
            let mut txn = doc.transact_mut();
            map.insert(&mut txn, "k", n);
            txn.encode_update_v1()
        };
        let (first, second, third) = (write(&a, 1), write(&a, 2), write(&a, 3));
        let other = write(&b, 4);
        assert_eq!(found(&second), [(1, 1, 2)]);
        let merged = merge_updates_v1([&first, &second, &other]).unwrap();
        assert_eq!(found(&merged), [(1, 0, 2), (2, 0, 1)]);
        let gap = merge_updates_v1([&first, &third]).unwrap();
        assert_eq!(found(&gap), [(1, 0, 1), (1, 2, 3)]);
    }

    #[test]
    fn nonsense_is_no_update() {
        assert_eq!(walk(&[], |_, _, _| ()), None);
        assert_eq!(walk(&[1, 1, 7, 0, 0x1f], |_, _, _| ()), None);
        assert_eq!(walk(&[0, 0], |_, _, _| ()), Some(()));
    }
}
