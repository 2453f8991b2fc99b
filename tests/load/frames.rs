//! WebSocket frames as cheap as they can be: a client's outgoing ones, a server's incoming ones. Knows no messages.

/// A mask that is always the same: it protects proxies from pages, and there are neither here. The server still has to
/// take it off.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

pub(crate) const CONTINUED: u8 = 0;
pub(crate) const BINARY: u8 = 2;
pub(crate) const CLOSE: u8 = 8;
pub(crate) const PING: u8 = 9;
pub(crate) const PONG: u8 = 10;

/// Appends a whole masked frame.
pub(crate) fn put(out: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    out.push(0x80 | opcode);
    match payload.len() {
        short @ 0..126 => out.push(0x80 | short as u8),
        middle @ 126..0x1_0000 => {
            out.push(0x80 | 126);
            out.extend_from_slice(&(middle as u16).to_be_bytes());
        }
        long => {
            out.push(0x80 | 127);
            out.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(&MASK);
    out.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}

/// A server's frame at the front of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    pub(crate) opcode: u8,
    pub(crate) last: bool,
    pub(crate) payload: &'a [u8],
    /// How many bytes it takes with its head.
    pub(crate) size: usize,
}

/// The first frame; `None` while it is not whole.
pub(crate) fn first(bytes: &[u8]) -> Option<Frame<'_>> {
    let (&[head, length], rest) = bytes.split_first_chunk()?;
    let (length, head_size) = match length {
        126 => (u64::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
        127 => (u64::from_be_bytes(*rest.first_chunk()?), 10),
        // A server never masks.
        short => (u64::from(short), 2),
    };
    let size = head_size + length as usize;
    let payload = bytes.get(head_size..size)?;
    Some(Frame { opcode: head & 0x0f, last: head & 0x80 != 0, payload, size })
}

/// How many bytes the first frame takes, once enough of its head is there.
pub(crate) fn size_of_first(bytes: &[u8]) -> Option<usize> {
    match *bytes.get(1)? {
        126 => Some(4 + usize::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?))),
        127 => Some(10 + u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?) as usize),
        short => Some(2 + usize::from(short)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The frame as the server would see it without the mask.
    fn unmasked(frame: &[u8], head: usize) -> Vec<u8> {
        let mut out = frame[..head].to_vec();
        out[1] &= 0x7f;
        let mask = &frame[head..head + 4];
        out.extend(frame[head + 4..].iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        out
    }

    #[test]
    fn frames_of_every_length_form_come_back() {
        for (length, head) in [(0, 2), (5, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)] {
            let payload: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let mut masked = Vec::new();
            put(&mut masked, BINARY, &payload);
            let plain = unmasked(&masked, head);
            let frame = first(&plain).unwrap();
            assert_eq!((frame.opcode, frame.last, frame.size), (BINARY, true, head + length));
            assert_eq!(frame.payload, payload);
            assert_eq!(size_of_first(&plain), Some(plain.len()));
            for end in [0, 1, head.saturating_sub(1), plain.len() - 1] {
                assert_eq!(first(&plain[..end]), None, "{length} cut at {end}");
            }
        }
    }

    #[test]
    fn the_first_of_several_is_read_alone() {
        let two = [0x82, 1, 7, 0x02, 1, 8];
        let frame = first(&two).unwrap();
        assert_eq!((frame.payload, frame.size), (&[7][..], 3));
        assert!(!first(&two[3..]).unwrap().last);
    }
}
