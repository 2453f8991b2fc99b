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
