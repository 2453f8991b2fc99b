//! Variable-length numbers, strings and byte arrays as lib0 writes them. Knows no messages.

use bytes::Bytes;

use super::Bad;

/// The largest number that JavaScript holds exactly; lib0 writes none above it.
pub const MAX_SAFE: u64 = (1 << 53) - 1;

/// Reads from the front of a frame; what it hands out shares the frame's memory.
#[derive(Debug)]
pub struct Reader {
    rest: Bytes,
}

impl Reader {
    #[must_use]
    pub fn new(frame: Bytes) -> Self {
        Self { rest: frame }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// A number of at most 53 bits.
    ///
    /// # Errors
    /// When the frame ends inside it, or it is larger.
    pub fn uint(&mut self) -> Result<u64, Bad> {
        let mut value = 0_u64;
        for (at, byte) in self.rest.iter().enumerate().take(8) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                if value > MAX_SAFE {
                    return Err(Bad::Malformed);
                }
                let _ = self.rest.split_to(at + 1);
                return Ok(value);
            }
        }
        Err(Bad::Malformed)
    }

    /// A byte array behind its length.
    ///
    /// # Errors
    /// When it claims more than the frame holds.
    pub fn bytes(&mut self) -> Result<Bytes, Bad> {
        let len = usize::try_from(self.uint()?).map_err(|_| Bad::Malformed)?;
        if len > self.rest.len() {
            return Err(Bad::Malformed);
        }
        Ok(self.rest.split_to(len))
    }

    /// A text behind its length in UTF-8 bytes.
    ///
    /// # Errors
    /// When it is cut off or not UTF-8.
    pub fn string(&mut self) -> Result<String, Bad> {
        let bytes = self.bytes()?;
        std::str::from_utf8(&bytes).map(str::to_owned).map_err(|_| Bad::Malformed)
    }
}

/// Appends a number.
pub fn put_uint(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

/// Appends a byte array behind its length.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_the_first_too_large_one_does_not() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), MAX_SAFE] {
            let mut out = Vec::new();
            put_uint(&mut out, value);
            let mut reader = Reader::new(out.into());
            assert_eq!(reader.uint(), Ok(value));
            assert!(reader.is_empty());
        }
        let mut out = Vec::new();
        put_uint(&mut out, MAX_SAFE + 1);
        assert_eq!(Reader::new(out.into()).uint(), Err(Bad::Malformed));
        assert_eq!(Reader::new(Bytes::from_static(&[0x80; 30])).uint(), Err(Bad::Malformed));
        assert_eq!(Reader::new(Bytes::new()).uint(), Err(Bad::Malformed));
    }

    #[test]
    fn a_length_past_the_end_and_bad_text_are_malformed() {
        assert_eq!(Reader::new(Bytes::from_static(&[2, 1])).bytes(), Err(Bad::Malformed));
        assert_eq!(Reader::new(Bytes::from_static(&[1, 0xff])).string(), Err(Bad::Malformed));
        assert_eq!(Reader::new(Bytes::from_static(&[2, 1, 2])).bytes(), Ok(Bytes::from_static(&[1, 2])));
    }
}
