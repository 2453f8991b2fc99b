//! The bytes of an update as a list of blocks and deletions, bounded and walked to the end.
//! Knows the lib0-v1 format, not what is on a board.

use std::{collections::HashSet, ops::Range};

use super::{
    reader::{Reader, limit, malformed},
    value::{self, Plain},
};
use crate::{
    error::{Refusal, RefusalCode},
    limits,
};

/// One unit of a document: the clock of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub client: u32,
    pub clock: u32,
}

/// Where a block says it belongs; it says nothing when it has a neighbour.
#[derive(Debug, Clone, Copy)]
pub(super) enum Parent<'a> {
    Inherited,
    Root(&'a str),
    Type(Id),
}

#[derive(Debug, Clone)]
pub(super) enum Content<'a> {
    Deleted,
    Text(&'a str),
    /// Plain values: a range of [`Update::values`].
    Values(Range<usize>),
    NewMap,
    NewText,
}

#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub origin: Option<Id>,
    pub right: Option<Id>,
    pub parent: Parent<'a>,
    pub key: Option<&'a str>,
    pub content: Content<'a>,
}

/// A run of clocks that came as one.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub clock: u32,
    pub len: u32,
    /// Its size on the wire, and how much of that stands before its content.
    pub bytes: usize,
    pub head: usize,
    /// None: collected garbage, which belongs nowhere.
    pub item: Option<Item<'a>>,
}

/// The blocks of one client: contiguous clocks.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub client: u32,
    /// Those that reach past what is known, in order.
    pub blocks: Vec<Block<'a>>,
    pub span: Span,
}

/// Where a section's blocks are in the update's bytes.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub client: u32,
    pub start: u32,
    pub end: u32,
    pub count: usize,
    pub bytes: Range<usize>,
}

/// Values that are new in one update, for each block that may be new.
const VALUES_PER_STRUCT: usize = 16;

#[derive(Debug)]
pub(super) struct Update<'a> {
    pub sections: Vec<Section<'a>>,
    pub values: Vec<Plain<'a>>,
    /// The deletions' place in the bytes; read again by [`deletions`].
    pub deletions: usize,
}

/// Parses an update. `known` tells the clock up to which a client's blocks are known: those are walked but
/// not kept, so that a peer that repeats a whole board costs no memory. At most `cap` others.
pub(super) fn update<'a>(bytes: &'a [u8], cap: usize, known: impl Fn(u32) -> u32) -> Result<Update<'a>, Refusal> {
    let mut reader = Reader::new(bytes);
    let mut parsed = Update { sections: Vec::new(), values: Vec::new(), deletions: 0 };
    let mut seen = HashSet::new();
    let mut kept = 0;
    for _ in 0..reader.count()? {
        let count = reader.count()?;
        let client = reader.client()?;
        let start = reader.clock()?;
        if count == 0 || !seen.insert(client) {
            return Err(malformed("sections"));
        }
        let horizon = known(client);
        let mut blocks = Vec::new();
        let (mut clock, from) = (start, reader.position());
        for _ in 0..count {
            let (mark, before) = (parsed.values.len(), reader.position());
            let (len, item, head) = block(&mut reader, &mut parsed.values)?;
            // A block can hold many values in few bytes.
            if parsed.values.len() > cap.saturating_mul(VALUES_PER_STRUCT) {
                return Err(limit("structs"));
            }
            let end = clock.checked_add(len).filter(|end| u64::from(*end) < limits::CLOCK);
            let end = end.ok_or_else(|| limit("clock"))?;
            if end > horizon {
                kept += 1;
                if kept > cap {
                    return Err(limit("structs"));
                }
                blocks.push(Block { clock, len, bytes: reader.position() - before, head: head - before, item });
            } else {
                parsed.values.truncate(mark);
            }
            clock = end;
        }
        let span = Span { client, start, end: clock, count, bytes: from..reader.position() };
        parsed.sections.push(Section { client, blocks, span });
    }
    parsed.deletions = reader.position();
    deletions(bytes.get(parsed.deletions..).unwrap_or_default(), |_, _, _| Ok(()))?;
    Ok(parsed)
}

/// Walks the deletions: client, first clock and the clock after the last, ascending and apart within a client.
pub(super) fn deletions<E: From<Refusal>>(
    bytes: &[u8],
    mut each: impl FnMut(u32, u32, u32) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = Reader::new(bytes);
    let mut seen = HashSet::new();
    for _ in 0..reader.count()? {
        let client = reader.client()?;
        if !seen.insert(client) {
            return Err(malformed("deletions").into());
        }
        let mut last = 0;
        for _ in 0..reader.count()? {
            let (start, len) = (reader.clock()?, reader.clock()?);
            let end = start.checked_add(len).filter(|end| u64::from(*end) < limits::CLOCK);
            let end = end.ok_or_else(|| limit("clock"))?;
            if len == 0 || start < last {
                return Err(malformed("deletions").into());
            }
            each(client, start, end)?;
            last = end;
        }
    }
    if reader.remaining() == 0 { Ok(()) } else { Err(malformed("bytes after the end").into()) }
}

pub(super) const ORIGIN: u8 = 0x80;
pub(super) const RIGHT: u8 = 0x40;
const KEY: u8 = 0x20;

/// A block's length, what it is, and where its content begins.
fn block<'a>(reader: &mut Reader<'a>, values: &mut Vec<Plain<'a>>) -> Result<(u32, Option<Item<'a>>, usize), Refusal> {
    let info = reader.byte()?;
    if info == 0 {
        let head = reader.position();
        let len = reader.clock()?;
        return if len == 0 { Err(malformed("empty block")) } else { Ok((len, None, head)) };
    }
    if info & 0x1f == 10 {
        return Err(unsupported("skip"));
    }
    let id = |reader: &mut Reader<'a>| Ok::<_, Refusal>(Id { client: reader.client()?, clock: reader.clock()? });
    let origin = if info & ORIGIN != 0 { Some(id(reader)?) } else { None };
    let right = if info & RIGHT != 0 { Some(id(reader)?) } else { None };
    let (mut parent, mut key) = (Parent::Inherited, None);
    if origin.is_none() && right.is_none() {
        parent = match reader.number()? {
            1 => Parent::Root(reader.string()?),
            0 => Parent::Type(id(reader)?),
            _ => return Err(malformed("parent")),
        };
        if info & KEY != 0 {
            let text = reader.string()?;
            if text.len() > limits::KEY_BYTES {
                return Err(limit("key"));
            }
            key = Some(text);
        }
    }
    let head = reader.position();
    let (len, content) = content(reader, info & 0x1f, values)?;
    if len == 0 {
        return Err(malformed("empty block"));
    }
    Ok((len, Some(Item { origin, right, parent, key, content }), head))
}

fn content<'a>(reader: &mut Reader<'a>, kind: u8, values: &mut Vec<Plain<'a>>) -> Result<(u32, Content<'a>), Refusal> {
    match kind {
        1 => Ok((reader.clock()?, Content::Deleted)),
        2 => Err(unsupported("JSON content")),
        3 => Err(unsupported("binary")),
        4 => {
            let text = reader.string()?;
            let units = u32::try_from(text.encode_utf16().count()).map_err(|_| limit("clock"))?;
            Ok((units, Content::Text(text)))
        }
        5 => Err(unsupported("embed")),
        6 => Err(unsupported("format")),
        7 => match reader.byte()? {
            1 => Ok((1, Content::NewMap)),
            2 => Ok((1, Content::NewText)),
            0 => Err(unsupported("array")),
            3..=6 => Err(unsupported("XML")),
            7 => Err(unsupported("weak link")),
            _ => Err(unsupported("type")),
        },
        8 => {
            let count = reader.count()?;
            let from = values.len();
            for _ in 0..count {
                values.push(value::read(reader)?);
            }
            Ok((u32::try_from(count).map_err(|_| limit("clock"))?, Content::Values(from..values.len())))
        }
        9 => Err(unsupported("subdocument")),
        11 => Err(unsupported("move")),
        _ => Err(malformed("content")),
    }
}

fn unsupported(detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Unsupported).detail(detail)
}
