//! Checksums of entries and checkpoints: CRC-32C over everything that a row says. Knows no SQL.
//!
//! SQLite has no checksums of its own: a bit that the disk turned over would be read as if it had been written.

use crc32c::crc32c_append;

use crate::{
    ids::{Epoch, Seq},
    store::{Checkpoint, Stream},
};

/// Which row a checksum belongs to: a row that was copied to another place does not fit there.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) stream: &'a Stream,
    pub(super) epoch: Epoch,
    pub(super) seq: Seq,
}

pub(super) fn entry(place: Place<'_>, at: i64, kind: i64, body: &[u8]) -> i64 {
    let sum = begin(b'e', place);
    let sum = crc32c_append(sum, &at.to_le_bytes());
    let sum = crc32c_append(sum, &kind.to_le_bytes());
    i64::from(crc32c_append(sum, body))
}

pub(super) fn checkpoint(stream: &Stream, epoch: Epoch, checkpoint: &Checkpoint) -> i64 {
    let sum = begin(b'c', Place { stream, epoch, seq: checkpoint.seq });
    let sum = part(sum, &checkpoint.document);
    i64::from(crc32c_append(sum, checkpoint.facilitation.as_bytes()))
}

fn begin(what: u8, place: Place<'_>) -> u32 {
    let sum = crc32c_append(0, &[what]);
    let sum = part(sum, place.stream.name().as_bytes());
    let sum = crc32c_append(sum, &place.epoch.to_le_bytes());
    crc32c_append(sum, &place.seq.to_le_bytes())
}

/// A part with its length before it, so that no byte can move to the next part unseen.
fn part(sum: u32, bytes: &[u8]) -> u32 {
    crc32c_append(crc32c_append(sum, &(bytes.len() as u64).to_le_bytes()), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::BoardId;

    /// The sums that are on the disks of those who run this: another one would call every board damaged.
    #[test]
    fn sums_are_what_they_were() {
        let stream = Stream::board(BoardId::from_bytes([1; 16]));
        let place = Place { stream: &stream, epoch: 2, seq: 3 };
        let kept = Checkpoint { seq: 3, document: vec![1, 2, 3].into(), facilitation: "{}".into() };
        assert_eq!(entry(place, 4, 1, b"body"), 4_190_894_731);
        assert_eq!(checkpoint(&stream, 2, &kept), 2_483_753_484);
    }

    #[test]
    fn every_part_counts() {
        let (stream, other) = (Stream::board(BoardId::new()), Stream::board(BoardId::new()));
        let place = Place { stream: &stream, epoch: 2, seq: 3 };
        let sum = entry(place, 4, 1, b"body");
        for changed in [
            entry(Place { stream: &other, ..place }, 4, 1, b"body"),
            entry(Place { epoch: 3, ..place }, 4, 1, b"body"),
            entry(Place { seq: 4, ..place }, 4, 1, b"body"),
            entry(place, 5, 1, b"body"),
            entry(place, 4, 2, b"body"),
            entry(place, 4, 1, b"bodz"),
        ] {
            assert_ne!(changed, sum);
        }
    }
}
