//! Drafts as SQL: beginning, closing, who has one. Knows no transactions: its caller makes a commit's changes all or none.

use rusqlite::{Connection, OptionalExtension, params};

use super::{fault::from_stored, reading_records::all};
use crate::{
    crash_point::{self, Point},
    error::StoreError,
    ids::{BoardId, PersonId, RoundId, Seq},
    store::{DraftId, Stream},
};

pub(super) fn new(connection: &Connection, draft: DraftId) -> Result<(), StoreError> {
    must_be_at(connection, draft.board, draft.round, draft.number)?;
    connection
        .prepare_cached("INSERT INTO streams (name, epoch, base, seq) VALUES (?1, 1, 0, 0)")?
        .execute([Stream::draft(draft).name()])?;
    connection
        .prepare_cached("INSERT INTO drafts (stream, board, round, number, person) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            connection.last_insert_rowid(),
            draft.board.to_bytes(),
            draft.round.to_bytes(),
            draft.number,
            draft.person.to_bytes()
        ])?;
    Ok(())
}

pub(super) fn close(
    connection: &Connection,
    board: BoardId,
    round: RoundId,
    number: u32,
    drafts: &[(PersonId, Seq)],
) -> Result<(), StoreError> {
    must_be_at(connection, board, round, number)?;
    let mut expected = drafts.to_vec();
    expected.sort_unstable();
    if of(connection, board, round, number)? != expected {
        return Err(StoreError::Conflict { expected: number.into(), found: number.into() });
    }
    let streams: Vec<i64> = connection
        .prepare_cached("SELECT stream FROM drafts WHERE board = ?1 AND round = ?2 AND number = ?3")?
        .query_map(params![board.to_bytes(), round.to_bytes(), number], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for stream in streams {
        for table in ["drafts", "entries", "checkpoints", "clients", "authors", "quarantine"] {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE stream = ?1"))?.execute([stream])?;
        }
        connection.prepare_cached("DELETE FROM streams WHERE id = ?1")?.execute([stream])?;
    }
    crash_point::pass(Point::InReveal);
    connection
        .prepare_cached(
            "INSERT INTO draft_rounds (board, round, number) VALUES (?1, ?2, ?3)
             ON CONFLICT (board, round) DO UPDATE SET number = excluded.number",
        )?
        .execute(params![board.to_bytes(), round.to_bytes(), number.saturating_add(1)])?;
    Ok(())
}

/// A round of which nothing is kept is at its first number.
fn must_be_at(connection: &Connection, board: BoardId, round: RoundId, number: u32) -> Result<(), StoreError> {
    let now: Option<u32> = connection
        .prepare_cached("SELECT number FROM draft_rounds WHERE board = ?1 AND round = ?2")?
        .query_row(params![board.to_bytes(), round.to_bytes()], |row| row.get(0))
        .optional()?;
    let now = now.unwrap_or(1);
    if now == number { Ok(()) } else { Err(StoreError::Conflict { expected: number.into(), found: now.into() }) }
}

pub(super) fn of(
    connection: &Connection,
    board: BoardId,
    round: RoundId,
    number: u32,
) -> Result<Vec<(PersonId, Seq)>, StoreError> {
    let sql = "SELECT d.person, s.seq FROM drafts d JOIN streams s ON s.id = d.stream
        WHERE d.board = ?1 AND d.round = ?2 AND d.number = ?3 ORDER BY d.person";
    all(connection, sql, params![board.to_bytes(), round.to_bytes(), number], |row| {
        Ok((PersonId::from_bytes(row.get(0)?), from_stored(row.get(1)?)?))
    })
}
