//! What of an update is new, as bytes: without what its receivers have already. Knows the format, not what is on a board.
//!
//! What a client says of blocks that are known need not be what it said first, and readers look at it before they see that
//! they have the blocks: Yjs waits for what a known block refers to, and fails on one whose known part is garbage.

use std::collections::HashMap;

use bytes::Bytes;

use super::{
    parse::{Block, Content, Id, Item, ORIGIN, RIGHT, Section, Span, Update},
    reader::{Reader, write_number},
    value,
};

/// An update without what was known, and where what is left stands in it.
pub(super) struct News {
    pub update: Bytes,
    pub spans: Vec<Span>,
    pub deletions: usize,
}

/// Leaves out what was known: whole blocks, which stand before the others of their client, and the first part of one. `before`
/// tells the clocks before the update of the clients that it brings blocks of.
pub(super) fn news(update: &Bytes, parsed: Update<'_>, before: &HashMap<u32, u32>) -> News {
    let clock = |section: &Section<'_>| before.get(&section.client).copied().unwrap_or_default();
    let all_new = |section: &Section<'_>| {
        section.blocks.len() == section.span.count && section.blocks.first().is_some_and(|b| b.clock == clock(section))
    };
    if parsed.sections.iter().all(all_new) {
        let spans = parsed.sections.into_iter().map(|section| section.span).collect();
        return News { update: update.clone(), spans, deletions: parsed.deletions };
    }
    let new = || parsed.sections.iter().filter_map(|section| Some((section, section.blocks.first()?)));
    let (mut out, mut spans) = (Vec::with_capacity(update.len()), Vec::new());
    write_number(&mut out, new().count() as u64);
    for (section, first) in new() {
        let (count, start) = (section.blocks.len(), clock(section).max(first.clock));
        write_number(&mut out, count as u64);
        write_number(&mut out, u64::from(section.client));
        write_number(&mut out, u64::from(start));
        let (at, end) = (out.len(), section.span.bytes.end);
        let size: usize = section.blocks.iter().map(|block| block.bytes).sum();
        let mut bytes = update.get(end.saturating_sub(size)..end).unwrap_or_default();
        if start > first.clock {
            let (cut, rest) = bytes.split_at_checked(first.bytes).unwrap_or_default();
            put_rest(&mut out, section.client, first, cut, start - first.clock);
            bytes = rest;
        }
        out.extend_from_slice(bytes);
        spans.push(Span { client: section.client, start, end: section.span.end, count, bytes: at..out.len() });
    }
    let deletions = out.len();
    out.extend_from_slice(update.get(parsed.deletions..).unwrap_or_default());
    News { update: out.into(), spans, deletions }
}

/// A block without its first `skip` units: it continues them.
fn put_rest(out: &mut Vec<u8>, client: u32, block: &Block<'_>, bytes: &[u8], skip: u32) {
    let left = u64::from(block.len - skip);
    let Some(Item { right, content, .. }) = &block.item else {
        out.push(0);
        return write_number(out, left);
    };
    let info = bytes.first().copied().unwrap_or_default() & !RIGHT;
    out.push(info | ORIGIN | if right.is_some() { RIGHT } else { 0 });
    let origin = Id { client, clock: block.clock + skip - 1 };
    for id in [Some(origin), *right].into_iter().flatten() {
        write_number(out, u64::from(id.client));
        write_number(out, u64::from(id.clock));
    }
    let written = bytes.get(block.head..).unwrap_or_default();
    match content {
        Content::Deleted => write_number(out, left),
        Content::Text(text) => {
            let rest = after_units(text, skip as usize).unwrap_or_default();
            write_number(out, rest.len() as u64);
            out.extend_from_slice(rest.as_bytes());
        }
        Content::Values(_) => {
            write_number(out, left);
            let mut reader = Reader::new(written);
            let skipped = reader.number().is_ok() && (0..skip).all(|_| value::read(&mut reader).is_ok());
            debug_assert!(skipped, "an accepted update was walked to its end");
            out.extend_from_slice(written.get(reader.position()..).unwrap_or_default());
        }
        // One unit, which is known or not.
        Content::NewMap | Content::NewText => out.extend_from_slice(written),
    }
}

/// The text after so many UTF-16 units; none when they end inside a character.
pub(super) fn after_units(text: &str, units: usize) -> Option<&str> {
    let mut left = units;
    for (at, character) in text.char_indices() {
        if left == 0 {
            return text.get(at..);
        }
        left = left.checked_sub(character.len_utf16())?;
    }
    (left == 0).then_some("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_only() {
        assert_eq!(after_units("a😀b", 0), Some("a😀b"));
        assert_eq!(after_units("a😀b", 1), Some("😀b"));
        assert_eq!(after_units("a😀b", 2), None);
        assert_eq!(after_units("a😀b", 3), Some("b"));
        assert_eq!(after_units("a😀b", 4), Some(""));
        assert_eq!(after_units("a😀b", 5), None);
    }
}
