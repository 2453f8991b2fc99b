//! Reading streams back, with every checksum and number looked at. Knows no threads.
//!
//! Whatever is on disk, the answer is what was written or [`StoreError::Corrupt`]: never less of it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    body,
    fault::{from_stored, to_stored},
    snapshots,
    sum::{self, Place},
    work::StreamRow,
};
use crate::{
    error::StoreError,
    ids::{PersonId, Seq},
    store::{Checkpoint, Loaded, Stored, Stream},
};

/// Everything that opening a stream needs, as of one moment.
pub(super) fn load(connection: &Connection, stream: &Stream) -> Result<Loaded, StoreError> {
    // One read transaction, so that all parts are of the same moment.
    let moment = connection.unchecked_transaction()?;
    let row = StreamRow::find(&moment, stream)?;
    let checkpoint = latest_checkpoint(&moment, stream, &row)?;
    let after = match &checkpoint {
        Some(checkpoint) => checkpoint.seq,
        None if needs_checkpoint(&row) => return Err(corrupt(stream, MISSING)),
        None => 0,
    };
    let tail = numbered(&moment, stream, &row, after, row.seq)?;
    let clients = clients(&moment, row.id)?;
    let authors = authors(&moment, row.id)?;
    let quarantined = quarantined(&moment, row.id)?;
    Ok(Loaded { epoch: row.epoch, seq: row.seq, checkpoint, tail, clients, authors, quarantined })
}

/// Whether the entries that are there do not tell everything: an epoch began, or old ones were deleted.
fn needs_checkpoint(row: &StreamRow) -> bool {
    row.epoch > 1 || row.kept() > 0
}

const MISSING: &str = "the checkpoint before its first entry is missing";

/// At most `limit` entries of the present epoch after `after`.
pub(super) fn entries(
    connection: &Connection,
    stream: &Stream,
    after: Seq,
    limit: usize,
) -> Result<Vec<Stored>, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let row = StreamRow::find(&moment, stream)?;
    if after < row.kept() && row.kept() > row.base {
        return Err(StoreError::Pruned(row.kept()));
    }
    let after = after.clamp(row.kept(), row.seq.max(row.kept()));
    let until = after.saturating_add(limit as u64).min(row.seq);
    numbered(&moment, stream, &row, after, until)
}

/// Looks at everything that streams hold; the first damage is the error.
pub(super) fn verify(connection: &Connection) -> Result<(), StoreError> {
    // Few enough at a time that a board of any age fits into memory.
    const STEP: u64 = 1_000;
    let names: Vec<String> = connection
        .prepare("SELECT name FROM streams ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        let stream = Stream::named(&name);
        let row = StreamRow::find(connection, &stream)?;
        if latest_checkpoint(connection, &stream, &row)?.is_none() && needs_checkpoint(&row) {
            return Err(corrupt(&stream, MISSING));
        }
        let mut after = row.kept();
        while after < row.seq {
            let until = after.saturating_add(STEP).min(row.seq);
            numbered(connection, &stream, &row, after, until)?;
            after = until;
        }
        snapshots::verify(connection, &stream)?;
    }
    Ok(())
}

fn latest_checkpoint(
    connection: &Connection,
    stream: &Stream,
    row: &StreamRow,
) -> Result<Option<Checkpoint>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT seq, document, facilitation, sum, epoch FROM checkpoints WHERE stream = ?1 AND purpose = 'latest'",
    )?;
    let found = query
        .query_row([row.id], |row| {
            let document: Vec<u8> = row.get(1)?;
            Ok((row.get(0)?, document, row.get(2)?, row.get::<_, i64>(3)?, row.get::<_, i64>(4)?))
        })
        .optional()?;
    let Some((seq, document, facilitation, sum, epoch)) = found else { return Ok(None) };
    let checkpoint = Checkpoint { seq: from_stored(seq)?, document: document.into(), facilitation };
    let fits = epoch == i64::from(row.epoch)
        && (row.kept()..=row.seq).contains(&checkpoint.seq)
        && sum == sum::checkpoint(stream, row.epoch, &checkpoint);
    if fits { Ok(Some(checkpoint)) } else { Err(corrupt(stream, "its checkpoint is not what was written")) }
}

/// The entries `after + 1 ..= until`, all of them.
fn numbered(
    connection: &Connection,
    stream: &Stream,
    row: &StreamRow,
    after: Seq,
    until: Seq,
) -> Result<Vec<Stored>, StoreError> {
    // When the stream ends at `until`, nothing may lie past it: that would be a number gone back.
    let last = if until == row.seq { i64::MAX } else { to_stored(until)? };
    let mut query = connection.prepare_cached(
        "SELECT seq, epoch, at, kind, body, sum FROM entries WHERE stream = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
    )?;
    let mut rows = query.query(params![row.id, to_stored(after)?, last])?;
    let mut entries = Vec::new();
    let mut next = after;
    while let Some(found) = rows.next()? {
        next = next.saturating_add(1);
        let seq = from_stored(found.get(0)?)?;
        if seq != next || seq > until {
            return Err(corrupt(stream, &format!("entry {next} is wanted, {seq} is there")));
        }
        let (epoch, at, kind, sum): (i64, i64, i64, i64) = (found.get(1)?, found.get(2)?, found.get(3)?, found.get(5)?);
        let bytes: Vec<u8> = found.get(4)?;
        let place = Place { stream, epoch: row.epoch, seq };
        if epoch != i64::from(row.epoch) || sum != sum::entry(place, at, kind, &bytes) {
            return Err(corrupt(stream, &format!("entry {seq} is not what was written")));
        }
        let body = body::decode(kind, bytes).map_err(|why| corrupt(stream, &format!("entry {seq}: {why}")))?;
        entries.push(Stored { seq, at, body });
    }
    if next < until {
        return Err(corrupt(stream, &format!("entries {} to {until} are missing", next + 1)));
    }
    Ok(entries)
}

fn clients(connection: &Connection, id: i64) -> Result<HashMap<u64, PersonId>, StoreError> {
    let mut query = connection.prepare_cached("SELECT client, person FROM clients WHERE stream = ?1")?;
    let rows =
        query.query_map([id], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), PersonId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn authors(connection: &Connection, id: i64) -> Result<HashMap<String, PersonId>, StoreError> {
    let mut query = connection.prepare_cached("SELECT object, person FROM authors WHERE stream = ?1")?;
    let rows = query.query_map([id], |row| Ok((row.get(0)?, PersonId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn quarantined(connection: &Connection, id: i64) -> Result<Vec<(Seq, usize)>, StoreError> {
    let mut query =
        connection.prepare_cached("SELECT seq, place FROM quarantine WHERE stream = ?1 ORDER BY seq, place")?;
    let rows: Vec<(i64, i64)> =
        query.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    rows.into_iter().map(|(seq, place)| Ok((from_stored(seq)?, from_stored(place)? as usize))).collect()
}

fn corrupt(stream: &Stream, what: &str) -> StoreError {
    StoreError::Corrupt(format!("{stream}: {what}"))
}
