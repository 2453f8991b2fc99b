//! Presence entries as y-protocols writes them: client id, clock, JSON or null. Knows not what the JSON says.

use bytes::Bytes;

use super::{
    Bad,
    lib0::{Reader, put_bytes, put_uint},
};

/// Entries that one message may hold; y-websocket repeats those of everyone it knows.
pub const ENTRIES: u64 = 4_096;

/// One client's presence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub client: u64,
    pub clock: u64,
    /// The JSON text; `None` when it was `null`: the client left.
    pub state: Option<Bytes>,
}

/// Reads the payload of a presence message.
///
/// # Errors
/// When it is malformed or claims more than [`ENTRIES`].
pub fn read(payload: Bytes) -> Result<Vec<Entry>, Bad> {
    let mut reader = Reader::new(payload);
    let count = reader.uint()?;
    if count > ENTRIES {
        return Err(Bad::Malformed);
    }
    let mut entries = Vec::new();
    for _ in 0..count {
        let (client, clock) = (reader.uint()?, reader.uint()?);
        let state = reader.bytes()?;
        let state = (state.as_ref() != b"null").then_some(state);
        entries.push(Entry { client, clock, state });
    }
    Ok(entries)
}

/// One entry, encoded; several of them make a payload by [`write`].
#[must_use]
pub fn entry(client: u64, clock: u64, state: Option<&str>) -> Bytes {
    let state = state.unwrap_or("null");
    let mut out = Vec::with_capacity(state.len() + 20);
    put_uint(&mut out, client);
    put_uint(&mut out, clock);
    put_bytes(&mut out, state.as_bytes());
    out.into()
}

/// The payload of a presence message from encoded entries.
#[must_use]
pub fn write<'a>(entries: impl ExactSizeIterator<Item = &'a Bytes>) -> Bytes {
    let mut out = Vec::with_capacity(64 * entries.len() + 4);
    put_uint(&mut out, entries.len() as u64);
    entries.for_each(|entry| out.extend_from_slice(entry));
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back() {
        let encoded = [entry(7, 1, Some("{}")), entry(8, 2, None)];
        let entries = read(write(encoded.iter())).unwrap();
        assert_eq!(entries[0], Entry { client: 7, clock: 1, state: Some(Bytes::from_static(b"{}")) });
        assert_eq!(entries[1], Entry { client: 8, clock: 2, state: None });
    }

    #[test]
    fn at_the_count_and_one_past_it() {
        let one = entry(1, 1, None);
        let full = vec![one; usize::try_from(ENTRIES).unwrap() + 1];
        assert_eq!(read(write(full[1..].iter())).unwrap().len(), full.len() - 1);
        assert_eq!(read(write(full.iter())), Err(Bad::Malformed));
    }
}
