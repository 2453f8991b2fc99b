//! A cursor over bytes in lib0 encoding that checks every number against what is left. Knows no updates.

use crate::{
    error::{Refusal, RefusalCode},
    limits,
};

pub(super) fn malformed(detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Malformed).detail(detail)
}

pub(super) fn limit(detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Limit).detail(detail)
}

/// Numbers on the wire stay below this: JavaScript counts exactly up to here.
const NUMBER: u64 = 1 << 53;

pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes have been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn remaining(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Refusal> {
        let byte = self.bytes.get(self.at).copied().ok_or_else(|| malformed("ends early"))?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let end = self.at.checked_add(count).ok_or_else(|| malformed("length"))?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| malformed("ends early"))?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        self.take(N)?.try_into().map_err(|_| malformed("ends early"))
    }

    pub(super) fn float32(&mut self) -> Result<f32, Refusal> {
        Ok(f32::from_be_bytes(self.array()?))
    }

    pub(super) fn float64(&mut self) -> Result<f64, Refusal> {
        Ok(f64::from_be_bytes(self.array()?))
    }

    /// An unsigned number in its shortest form, below 2^53.
    pub(super) fn number(&mut self) -> Result<u64, Refusal> {
        let first = self.byte()?;
        self.continued(u64::from(first & 0x7f), 7, first)
    }

    /// A signed number: (negative, magnitude). Minus zero exists.
    pub(super) fn signed(&mut self) -> Result<(bool, u64), Refusal> {
        let first = self.byte()?;
        Ok((first & 0x40 != 0, self.continued(u64::from(first & 0x3f), 6, first)?))
    }

    fn continued(&mut self, low: u64, mut shift: u32, first: u8) -> Result<u64, Refusal> {
        let (mut number, mut last) = (low, first);
        while last & 0x80 != 0 {
            last = self.byte()?;
            // A last byte of zero is a longer spelling of the same number, which no encoder writes and
            // decoders with narrower integers refuse.
            if shift >= 56 || last == 0 {
                return Err(malformed("number"));
            }
            number |= u64::from(last & 0x7f) << shift;
            shift += 7;
        }
        if number < NUMBER { Ok(number) } else { Err(malformed("number")) }
    }

    /// A count of things that take at least one byte each.
    pub(super) fn count(&mut self) -> Result<usize, Refusal> {
        let count = self.number()?;
        match usize::try_from(count) {
            Ok(count) if count <= self.remaining() => Ok(count),
            _ => Err(malformed("count past the end")),
        }
    }

    /// A clock, or the length of a block.
    pub(super) fn clock(&mut self) -> Result<u32, Refusal> {
        let clock = self.number()?;
        match u32::try_from(clock) {
            Ok(narrow) if clock < limits::CLOCK => Ok(narrow),
            _ => Err(limit("clock")),
        }
    }

    /// A client id: Yjs makes 32-bit ones.
    pub(super) fn client(&mut self) -> Result<u32, Refusal> {
        u32::try_from(self.number()?).map_err(|_| limit("client id"))
    }

    pub(super) fn string(&mut self) -> Result<&'a str, Refusal> {
        let count = self.count()?;
        std::str::from_utf8(self.take(count)?).map_err(|_| malformed("UTF-8"))
    }
}

/// Appends an unsigned number in lib0 encoding.
pub(super) fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(bytes: &[u8]) -> Option<u64> {
        Reader::new(bytes).number().ok()
    }

    #[test]
    fn numbers() {
        for n in [0, 127, 128, 300, u64::from(u32::MAX), NUMBER - 1] {
            let mut bytes = vec![];
            write_number(&mut bytes, n);
            assert_eq!(number(&bytes), Some(n));
        }
        let mut bytes = vec![];
        write_number(&mut bytes, NUMBER);
        assert_eq!(number(&bytes), None);
        assert_eq!(number(&[0x80, 0]), None);
        assert_eq!(number(&[0x80]), None);
        assert_eq!(number(&[0xff; 30]), None);
    }

    #[test]
    fn signed_numbers() {
        assert_eq!(Reader::new(&[42]).signed().unwrap(), (false, 42));
        assert_eq!(Reader::new(&[0x6a]).signed().unwrap(), (true, 42));
        assert_eq!(Reader::new(&[0xbf, 0xff, 0xff, 0xff, 0x0f]).signed().unwrap(), (false, 2_147_483_647));
    }

    #[test]
    fn counts_and_strings_stay_inside() {
        assert!(Reader::new(&[3, 1, 1]).count().is_err());
        assert!(Reader::new(&[2, 1, 1]).count().is_ok());
        assert!(Reader::new(&[2, 0xff, 0xfe]).string().is_err());
        assert_eq!(Reader::new(&[2, b'a', b'b']).string().unwrap(), "ab");
    }

    #[test]
    fn clocks_and_clients_are_bounded() {
        let mut bytes = vec![];
        write_number(&mut bytes, limits::CLOCK - 1);
        assert!(Reader::new(&bytes).clock().is_ok());
        bytes.clear();
        write_number(&mut bytes, limits::CLOCK);
        assert_eq!(Reader::new(&bytes).clock().unwrap_err().code, RefusalCode::Limit);
        bytes.clear();
        write_number(&mut bytes, 1 << 32);
        assert!(Reader::new(&bytes).client().is_err());
    }
}
