//! An update as a list of blocks and deletions that can be changed at will and written again, also where no editor
//! would write it. Knows the lib0-v1 format, not what is on a board.

/// One unit of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(crate) client: u64,
    pub(crate) clock: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Parts {
    pub(crate) sections: Vec<Section>,
    /// For each client ranges: first clock and length.
    pub(crate) deletions: Vec<(u64, Vec<(u64, u64)>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) client: u64,
    pub(crate) clock: u64,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Garbage(u64),
    Skip(u64),
    Item(Item),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) origin: Option<Id>,
    pub(crate) right: Option<Id>,
    /// Written only where there is neither origin nor right neighbour.
    pub(crate) parent: Parent,
    /// As for the parent; whether there is one is always written.
    pub(crate) key: Option<String>,
    pub(crate) content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Parent {
    Root(String),
    Type(Id),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Deleted(u64),
    Text(String),
    /// The number of a shared type: 1 map, 2 text.
    Type(u8),
    /// Plain values, each as its bytes.
    Values(Vec<Vec<u8>>),
    /// A kind of content and its bytes.
    Raw(u8, Vec<u8>),
}

impl Block {
    /// How many clocks it takes.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Block::Garbage(len) | Block::Skip(len) => *len,
            Block::Item(item) => item.content.len(),
        }
    }
}

impl Content {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Content::Deleted(len) => *len,
            Content::Text(text) => text.encode_utf16().count() as u64,
            Content::Values(values) => values.len() as u64,
            Content::Type(_) | Content::Raw(..) => 1,
        }
    }
}

/// Appends a number in lib0 encoding.
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

pub(crate) fn put_string(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn put_id(out: &mut Vec<u8>, id: Id) {
    put_number(out, id.client);
    put_number(out, id.clock);
}

impl Parts {
    /// The bytes of it, whatever it says.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_number(&mut out, self.sections.len() as u64);
        for section in &self.sections {
            put_number(&mut out, section.blocks.len() as u64);
            put_number(&mut out, section.client);
            put_number(&mut out, section.clock);
            section.blocks.iter().for_each(|block| put_block(&mut out, block));
        }
        put_number(&mut out, self.deletions.len() as u64);
        for (client, ranges) in &self.deletions {
            put_number(&mut out, *client);
            put_number(&mut out, ranges.len() as u64);
            for (clock, len) in ranges {
                put_number(&mut out, *clock);
                put_number(&mut out, *len);
            }
        }
        out
    }
}

fn put_block(out: &mut Vec<u8>, block: &Block) {
    let item = match block {
        Block::Garbage(len) => {
            out.push(0);
            return put_number(out, *len);
        }
        Block::Skip(len) => {
            out.push(10);
            return put_number(out, *len);
        }
        Block::Item(item) => item,
    };
    let kind = match &item.content {
        Content::Deleted(_) => 1,
        Content::Text(_) => 4,
        Content::Type(_) => 7,
        Content::Values(_) => 8,
        Content::Raw(kind, _) => kind & 0x1f,
    };
    let flag = |is: bool, bit: u8| if is { bit } else { 0 };
    out.push(
        kind | flag(item.origin.is_some(), 0x80) | flag(item.right.is_some(), 0x40) | flag(item.key.is_some(), 0x20),
    );
    item.origin.into_iter().chain(item.right).for_each(|id| put_id(out, id));
    if item.origin.is_none() && item.right.is_none() {
        match &item.parent {
            Parent::Root(name) => {
                out.push(1);
                put_string(out, name);
            }
            Parent::Type(id) => {
                out.push(0);
                put_id(out, *id);
            }
        }
        item.key.iter().for_each(|key| put_string(out, key));
    }
    match &item.content {
        Content::Deleted(len) => put_number(out, *len),
        Content::Text(text) => put_string(out, text),
        Content::Type(which) => out.push(*which),
        Content::Values(values) => {
            put_number(out, values.len() as u64);
            values.iter().for_each(|value| out.extend_from_slice(value));
        }
        Content::Raw(_, bytes) => out.extend_from_slice(bytes),
    }
}

/// Reads an update that an editor wrote; `None` for other bytes.
pub(crate) fn read(bytes: &[u8]) -> Option<Parts> {
    let mut reader = Reader(bytes);
    let mut parts = Parts::default();
    for _ in 0..reader.number()? {
        let (count, client, clock) = (reader.number()?, reader.number()?, reader.number()?);
        let blocks = (0..count).map_while(|_| reader.block()).collect::<Vec<_>>();
        if blocks.len() as u64 != count {
            return None;
        }
        parts.sections.push(Section { client, clock, blocks });
    }
    for _ in 0..reader.number()? {
        let client = reader.number()?;
        let mut ranges = Vec::new();
        for _ in 0..reader.number()? {
            ranges.push((reader.number()?, reader.number()?));
        }
        parts.deletions.push((client, ranges));
    }
    reader.0.is_empty().then_some(parts)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..56).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn string(&mut self) -> Option<String> {
        let len = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(len)?.to_vec()).ok()
    }

    fn id(&mut self) -> Option<Id> {
        Some(Id { client: self.number()?, clock: self.number()? })
    }

    fn block(&mut self) -> Option<Block> {
        let info = self.byte()?;
        match info & 0x1f {
            0 => return Some(Block::Garbage(self.number()?)),
            10 => return Some(Block::Skip(self.number()?)),
            _ => {}
        }
        let origin = if info & 0x80 != 0 { Some(self.id()?) } else { None };
        let right = if info & 0x40 != 0 { Some(self.id()?) } else { None };
        let (mut parent, mut key) = (Parent::Root(String::new()), (info & 0x20 != 0).then(String::new));
        if origin.is_none() && right.is_none() {
            parent = match self.byte()? {
                1 => Parent::Root(self.string()?),
                _ => Parent::Type(self.id()?),
            };
            if let Some(key) = &mut key {
                *key = self.string()?;
            }
        }
        let content = match info & 0x1f {
            1 => Content::Deleted(self.number()?),
            4 => Content::Text(self.string()?),
            7 => Content::Type(self.byte()?),
            8 => {
                let count = self.number()?;
                let values = (0..count).map_while(|_| self.value()).collect::<Vec<_>>();
                (values.len() as u64 == count).then_some(Content::Values(values))?
            }
            _ => return None,
        };
        Some(Block::Item(Item { origin, right, parent, key, content }))
    }

    /// The bytes of one plain value. What the gate took, or an editor wrote, is nowhere deep.
    fn value(&mut self) -> Option<Vec<u8>> {
        let before = self.0;
        match self.byte()? {
            126 | 127 | 120 | 121 => {}
            125 => while self.byte()? >= 0x80 {},
            124 => _ = self.take(4)?,
            123 | 122 => _ = self.take(8)?,
            119 => _ = self.string()?,
            117 => {
                for _ in 0..self.number()? {
                    self.value()?;
                }
            }
            118 => {
                for _ in 0..self.number()? {
                    self.string()?;
                    self.value()?;
                }
            }
            _ => return None,
        }
        before.get(..before.len() - self.0.len()).map(<[u8]>::to_vec)
    }
}
