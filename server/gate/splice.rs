//! Several accepted updates as few updates as possible, by joining slices of their bytes. Knows nothing of what
//! they say.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use bytes::Bytes;

use super::{Accepted, parse, reader::write_number};
use crate::error::Refusal;

/// Accepted updates, in order, as few updates as possible with the same effect: a batch is one frame for
/// everyone. Two join when each client's blocks in the later begin where those in the earlier end.
#[must_use]
pub fn splice(accepted: &[Accepted]) -> Vec<Bytes> {
    let mut spliced = Vec::new();
    let mut group = Group::default();
    for one in accepted {
        // Deletions stand at the end of an update. Told together with the deletion, what was written into the deleted would
        // be read as if it had been there before: Yjs fails where that is more than one value of a key.
        if one.buried || !group.takes(one) {
            spliced.extend(group.encode());
            group = Group::default();
        }
        group.add(one);
    }
    spliced.extend(group.encode());
    spliced
}

#[derive(Default)]
struct Group<'a> {
    members: Vec<&'a Accepted>,
    /// Sections in the order in which clients first came.
    sections: Vec<Joined<'a>>,
    by_client: HashMap<u32, usize>,
}

struct Joined<'a> {
    client: u32,
    start: u32,
    end: u32,
    count: usize,
    slices: Vec<&'a [u8]>,
}

impl<'a> Group<'a> {
    fn takes(&self, one: &Accepted) -> bool {
        one.spans.iter().all(|span| {
            let joined = self.by_client.get(&span.client).and_then(|number| self.sections.get(*number));
            joined.is_none_or(|joined| joined.end == span.start)
        })
    }

    fn add(&mut self, one: &'a Accepted) {
        self.members.push(one);
        for span in &one.spans {
            let slice = one.update.get(span.bytes.clone()).unwrap_or_default();
            let new = self.sections.len();
            let number = *self.by_client.entry(span.client).or_insert(new);
            match self.sections.get_mut(number) {
                Some(joined) => {
                    joined.end = span.end;
                    joined.count += span.count;
                    joined.slices.push(slice);
                }
                None => self.sections.push(Joined {
                    client: span.client,
                    start: span.start,
                    end: span.end,
                    count: span.count,
                    slices: vec![slice],
                }),
            }
        }
    }

    fn encode(&self) -> Option<Bytes> {
        if let [only] = self.members.as_slice() {
            return Some(only.update.clone());
        }
        if self.members.is_empty() {
            return None;
        }
        let mut out = Vec::with_capacity(self.members.iter().map(|one| one.update.len()).sum());
        write_number(&mut out, self.sections.len() as u64);
        for joined in &self.sections {
            write_number(&mut out, joined.count as u64);
            write_number(&mut out, u64::from(joined.client));
            write_number(&mut out, u64::from(joined.start));
            joined.slices.iter().for_each(|slice| out.extend_from_slice(slice));
        }
        let deletions = self.deletions();
        write_number(&mut out, deletions.len() as u64);
        for (client, ranges) in deletions {
            write_number(&mut out, u64::from(client));
            write_number(&mut out, ranges.len() as u64);
            for range in ranges {
                write_number(&mut out, u64::from(range.start));
                write_number(&mut out, u64::from(range.end - range.start));
            }
        }
        Some(out.into())
    }

    fn deletions(&self) -> BTreeMap<u32, Vec<Range<u32>>> {
        let mut all: BTreeMap<u32, Vec<Range<u32>>> = BTreeMap::new();
        for one in &self.members {
            let bytes = one.update.get(one.deletions..).unwrap_or_default();
            let read = parse::deletions(bytes, |client, start, end| {
                all.entry(client).or_default().push(start..end);
                Ok::<_, Refusal>(())
            });
            debug_assert!(read.is_ok(), "an accepted update was walked to its end");
        }
        for ranges in all.values_mut() {
            ranges.sort_by_key(|range| range.start);
            let mut merged: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
            for range in ranges.drain(..) {
                match merged.last_mut() {
                    Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                    _ => merged.push(range),
                }
            }
            *ranges = merged;
        }
        all
    }
}
