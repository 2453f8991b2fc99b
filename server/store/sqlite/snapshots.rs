//! Snapshots as SQL: taking, renaming, deleting, reading with every checksum and number looked at. Knows no threads.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::{
    SqliteStore,
    fault::{from_stored, to_stored},
    sum,
    work::{SNAPSHOT, StreamRow, insert_checkpoint},
};
use crate::{
    error::StoreError,
    ids::{BoardId, Epoch, PersonId, SnapshotId},
    limits,
    store::{Checkpoint, Snapshot, Snapshots, Stream, snapshots::Kind},
};

pub(super) fn take(
    connection: &Connection,
    snapshot: &Snapshot,
    epoch: Epoch,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    let stream = Stream::board(snapshot.board);
    let row = StreamRow::in_epoch(connection, &stream, epoch)?;
    row.must_reach(checkpoint.seq)?;
    let there: i64 = connection
        .prepare_cached("SELECT count(*) FROM snapshots WHERE stream = ?1")?
        .query_row([row.id], |row| row.get(0))?;
    if from_stored(there)? >= limits::SNAPSHOTS_PER_BOARD as u64 {
        return Err(StoreError::TooMany);
    }
    let document = insert_checkpoint(connection, row.id, SNAPSHOT, &stream, epoch, checkpoint)?;
    connection
        .prepare_cached(
            "INSERT INTO snapshots (id, stream, name, kind, taken, taken_by, epoch, seq, checkpoint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            snapshot.id.to_bytes(),
            row.id,
            snapshot.name,
            snapshot.kind.word(),
            snapshot.at,
            snapshot.by.to_bytes(),
            epoch,
            to_stored(checkpoint.seq)?,
            document
        ])?;
    Ok(())
}

pub(super) fn rename(
    connection: &Connection,
    board: BoardId,
    snapshot: SnapshotId,
    name: &str,
) -> Result<(), StoreError> {
    let row = StreamRow::find(connection, &Stream::board(board))?;
    let changed = connection
        .prepare_cached("UPDATE snapshots SET name = ?3 WHERE id = ?1 AND stream = ?2")?
        .execute(params![snapshot.to_bytes(), row.id, name])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

pub(super) fn delete(connection: &Connection, board: BoardId, snapshot: SnapshotId) -> Result<(), StoreError> {
    let row = StreamRow::find(connection, &Stream::board(board))?;
    let document: i64 = connection
        .prepare_cached("DELETE FROM snapshots WHERE id = ?1 AND stream = ?2 RETURNING checkpoint")?
        .query_row(params![snapshot.to_bytes(), row.id], |row| row.get(0))?;
    // Never a checkpoint that has another purpose, whatever a damaged row refers to.
    connection
        .prepare_cached("DELETE FROM checkpoints WHERE id = ?1 AND stream = ?2 AND purpose = ?3")?
        .execute(params![document, row.id, SNAPSHOT])?;
    Ok(())
}

const COLUMNS: &str = "SELECT snapshots.id, snapshots.name, kind, taken, taken_by FROM snapshots
    JOIN streams ON streams.id = snapshots.stream WHERE streams.name = ?1";

fn snapshot(row: &Row<'_>, board: BoardId) -> Result<Snapshot, StoreError> {
    let kind: String = row.get(2)?;
    let kind = Kind::from_word(&kind).ok_or_else(|| StoreError::Corrupt(format!("a snapshot is of kind {kind:?}")))?;
    Ok(Snapshot {
        id: SnapshotId::from_bytes(row.get(0)?),
        board,
        name: row.get(1)?,
        kind,
        at: row.get(3)?,
        by: PersonId::from_bytes(row.get(4)?),
    })
}

/// The document of a snapshot of this stream, which is in this epoch.
fn state(connection: &Connection, stream: &Stream, id: SnapshotId) -> Result<Checkpoint, StoreError> {
    let moment = connection.unchecked_transaction()?;
    let row = StreamRow::find(&moment, stream)?;
    let mut query = moment.prepare_cached(
        "SELECT snapshots.epoch, snapshots.seq, checkpoints.epoch, checkpoints.seq, document, facilitation, sum
         FROM snapshots LEFT JOIN checkpoints ON checkpoints.id = snapshots.checkpoint
             AND checkpoints.stream = snapshots.stream AND checkpoints.purpose = ?3
         WHERE snapshots.id = ?1 AND snapshots.stream = ?2",
    )?;
    let found = query.query_row(params![id.to_bytes(), row.id, SNAPSHOT], |row| {
        let named: (i64, i64) = (row.get(0)?, row.get(1)?);
        let kept: (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let document: Option<Vec<u8>> = row.get(4)?;
        Ok((named, kept, document, row.get::<_, Option<String>>(5)?, row.get::<_, Option<i64>>(6)?))
    })?;
    let corrupt = |what: &str| StoreError::Corrupt(format!("{stream}: the document of snapshot {id} {what}"));
    let ((epoch, seq), kept, document, facilitation, sum) = found;
    let (Some(document), Some(facilitation)) = (document, facilitation) else { return Err(corrupt("is missing")) };
    let checkpoint = Checkpoint { seq: from_stored(seq)?, document: document.into(), facilitation };
    let fits = kept == (Some(epoch), Some(seq))
        && epoch == i64::from(row.epoch)
        && row.must_reach(checkpoint.seq).is_ok()
        && sum == Some(sum::checkpoint(stream, row.epoch, &checkpoint));
    if fits { Ok(checkpoint) } else { Err(corrupt("is not what was written")) }
}

/// Looks at the documents of all snapshots of a stream.
pub(super) fn verify(connection: &Connection, stream: &Stream) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT snapshots.id FROM snapshots JOIN streams ON streams.id = snapshots.stream WHERE streams.name = ?1",
    )?;
    let ids: Vec<[u8; 16]> = query.query_map([stream.name()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().try_for_each(|id| state(connection, stream, SnapshotId::from_bytes(id)).map(|_| ()))
}

#[async_trait]
impl Snapshots for SqliteStore {
    async fn snapshots_of(&self, board: BoardId) -> Result<Vec<Snapshot>, StoreError> {
        let newest_first = format!("{COLUMNS} ORDER BY taken DESC, snapshots.id DESC");
        self.pool
            .read(move |connection| {
                let mut query = connection.prepare_cached(&newest_first)?;
                let mut rows = query.query([Stream::board(board).name()])?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(snapshot(row, board)?);
                }
                Ok(found)
            })
            .await
    }

    async fn snapshot(&self, board: BoardId, id: SnapshotId) -> Result<Snapshot, StoreError> {
        let sql = format!("{COLUMNS} AND snapshots.id = ?2");
        self.pool
            .read(move |connection| {
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query(params![Stream::board(board).name(), id.to_bytes()])?;
                snapshot(rows.next()?.ok_or(StoreError::NotFound)?, board)
            })
            .await
    }

    async fn snapshot_state(&self, board: BoardId, id: SnapshotId) -> Result<Checkpoint, StoreError> {
        self.pool.read(move |connection| state(connection, &Stream::board(board), id)).await
    }
}
