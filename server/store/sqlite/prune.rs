//! Old entries: which of them nobody needs, and deleting those. Knows no clock and no threads.

use rusqlite::{Connection, Row, params};

use super::{
    change::ROW,
    fault::{from_stored, to_stored},
};
use crate::{
    error::StoreError,
    ids::{Epoch, Seq},
    limits,
    store::Pruned,
};

/// Entries to delete, found before the writer has its turn.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pieces: Vec<Piece>,
    entries: usize,
    bytes: usize,
    more: bool,
}

/// Entries `after + 1 ..= until` of one stream.
#[derive(Debug)]
struct Piece {
    stream: i64,
    epoch: Epoch,
    after: Seq,
    until: Seq,
}

impl Plan {
    pub(super) fn outcome(&self) -> Pruned {
        Pruned { entries: self.entries, more: self.more }
    }

    /// About how many bytes are overwritten.
    pub(super) fn weight(&self) -> usize {
        self.bytes
    }
}

/// Streams whose first entry may go, by what stands in the way of the second: the newest checkpoint's number.
const CANDIDATES: &str = "SELECT s.id, s.epoch, max(s.base, s.pruned), c.seq FROM streams s
    JOIN checkpoints c ON c.stream = s.id AND c.purpose = 'latest'
    WHERE c.seq > max(s.base, s.pruned)
        AND (SELECT e.at FROM entries e WHERE e.stream = s.id AND e.seq = max(s.base, s.pruned) + 1) < ?1
    ORDER BY s.id LIMIT ?2";

/// What is older than `before`: at most so many entries, and at most [`limits::PRUNE_BYTES`] but for one large entry.
pub(super) fn plan(connection: &Connection, before: i64, at_most: usize) -> Result<Plan, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let mut plan = Plan::default();
    let mut streams = moment.prepare_cached(CANDIDATES)?;
    // One more than can be used, so that it is known whether there is more.
    let mut rows = streams.query(params![before, to_stored(at_most as u64)?.saturating_add(1)])?;
    while !plan.more
        && let Some(row) = rows.next()?
    {
        add(&moment, &mut plan, row, before, at_most)?;
    }
    Ok(plan)
}

/// Adds what may go of one stream.
fn add(connection: &Connection, plan: &mut Plan, row: &Row<'_>, before: i64, at_most: usize) -> Result<(), StoreError> {
    let (stream, epoch, after, checkpoint): (i64, Epoch, i64, i64) =
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let after = from_stored(after)?;
    let mut until = after;
    let mut query = connection.prepare_cached(
        "SELECT seq, at, length(body) FROM entries WHERE stream = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
    )?;
    let mut rows = query.query(params![stream, to_stored(after)?, checkpoint])?;
    while let Some(row) = rows.next()? {
        let (seq, at, length): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if at >= before {
            break;
        }
        let bytes = usize::try_from(from_stored(length)?).unwrap_or(usize::MAX).saturating_add(ROW);
        let fits = plan.entries == 0 || plan.bytes.saturating_add(bytes) <= limits::PRUNE_BYTES;
        if plan.entries >= at_most || !fits {
            plan.more = true;
            break;
        }
        plan.entries += 1;
        plan.bytes = plan.bytes.saturating_add(bytes);
        until = from_stored(seq)?;
    }
    if until > after {
        plan.pieces.push(Piece { stream, epoch, after, until });
    }
    Ok(())
}

/// Deletes what was planned, unless a stream is another meanwhile.
pub(super) fn delete(connection: &Connection, plan: &Plan) -> Result<(), StoreError> {
    let mut mark = connection.prepare_cached(
        "UPDATE streams SET pruned = ?4 WHERE id = ?1 AND epoch = ?2 AND max(base, pruned) = ?3
             AND EXISTS (SELECT 1 FROM checkpoints WHERE stream = ?1 AND purpose = 'latest' AND seq >= ?4)",
    )?;
    let mut entries = connection.prepare_cached("DELETE FROM entries WHERE stream = ?1 AND seq > ?2 AND seq <= ?3")?;
    let mut quarantine = connection.prepare_cached("DELETE FROM quarantine WHERE stream = ?1 AND seq <= ?2")?;
    for Piece { stream, epoch, after, until } in &plan.pieces {
        let (from, to) = (to_stored(*after)?, to_stored(*until)?);
        if mark.execute(params![stream, epoch, from, to])? != 1 {
            return Err(StoreError::Conflict { expected: *after, found: *until });
        }
        entries.execute(params![stream, from, to])?;
        quarantine.execute(params![stream, to])?;
    }
    Ok(())
}
