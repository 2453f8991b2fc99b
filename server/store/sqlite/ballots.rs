//! Open votes and their ballots as SQL, and the trait over them and over surveys. Knows no transactions: its caller makes a
//! commit's changes all or none.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::{
    SqliteStore,
    fault::{from_stored, to_stored},
    reading_records::{all, one},
    surveys,
};
use crate::{
    error::StoreError,
    facilitation::{Ballot, Cast, Voter},
    ids::{BallotId, BoardId, PersonId, VoteId, WorkshopId},
    limits,
    programme::{Answer, Survey},
    store::{
        Ballots,
        ballots::{Counted, SurveyState},
    },
};

#[async_trait]
impl Ballots for SqliteStore {
    async fn ballots(&self, board: BoardId, vote: VoteId) -> Result<Counted, StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                let version = version(&moment, board, vote)?;
                let sql = "SELECT voter, entered_by, ballot FROM ballots WHERE board = ?1 AND vote = ?2 ORDER BY voter";
                let cast = all(&moment, sql, params![board.to_bytes(), vote.to_bytes()], |row| {
                    Ok(Cast { voter: voter(row)?, ballot: ballot_of(row, 2)? })
                })?;
                Ok(Counted { version, cast })
            })
            .await
    }

    async fn ballot(&self, board: BoardId, vote: VoteId, person: PersonId) -> Result<Ballot, StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                version(&moment, board, vote)?;
                let sql = "SELECT ballot FROM ballots
                    WHERE board = ?1 AND vote = ?2 AND voter = ?3 AND entered_by IS NULL";
                let key = params![board.to_bytes(), vote.to_bytes(), person.to_bytes()];
                match one(&moment, sql, key, |row| ballot_of(row, 0)) {
                    Err(StoreError::NotFound) => Ok(Ballot::default()),
                    other => other,
                }
            })
            .await
    }

    async fn entered(&self, board: BoardId, vote: VoteId, by: PersonId) -> Result<Vec<(BallotId, Ballot)>, StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                version(&moment, board, vote)?;
                let sql = "SELECT voter, ballot FROM ballots WHERE board = ?1 AND vote = ?2 AND entered_by = ?3
                    ORDER BY voter";
                all(&moment, sql, params![board.to_bytes(), vote.to_bytes(), by.to_bytes()], |row| {
                    Ok((BallotId::from_bytes(row.get(0)?), ballot_of(row, 1)?))
                })
            })
            .await
    }

    async fn answers(&self, workshop: WorkshopId, survey: Survey) -> Result<(SurveyState, Vec<Answer>), StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                surveys::answers(&moment, workshop, survey)
            })
            .await
    }

    async fn has_answered(&self, workshop: WorkshopId, survey: Survey, person: PersonId) -> Result<bool, StoreError> {
        self.pool.read(move |c| surveys::has_answered(c, workshop, survey, person)).await
    }
}

/// `NotFound` when the vote is not open.
fn version(connection: &Connection, board: BoardId, vote: VoteId) -> Result<u64, StoreError> {
    let sql = "SELECT version FROM votes WHERE board = ?1 AND id = ?2";
    one(connection, sql, params![board.to_bytes(), vote.to_bytes()], |row| from_stored(row.get(0)?))
}

fn voter(row: &Row<'_>) -> Result<Voter, StoreError> {
    let id = row.get(0)?;
    Ok(match row.get(1)? {
        None => Voter::Person(PersonId::from_bytes(id)),
        Some(by) => Voter::Entered { ballot: BallotId::from_bytes(id), by: PersonId::from_bytes(by) },
    })
}

fn ballot_of(row: &Row<'_>, column: usize) -> Result<Ballot, StoreError> {
    let json: String = row.get(column)?;
    serde_json::from_str(&json).map_err(|error| StoreError::Corrupt(format!("a ballot: {error}")))
}

pub(super) fn open(connection: &Connection, board: BoardId, vote: VoteId) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO votes (board, id, version) VALUES (?1, ?2, 0)")?
        .execute(params![board.to_bytes(), vote.to_bytes()])?;
    Ok(())
}

/// The vote's ballots are others now.
fn changed(connection: &Connection, board: BoardId, vote: VoteId) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached("UPDATE votes SET version = version + 1 WHERE board = ?1 AND id = ?2")?
        .execute(params![board.to_bytes(), vote.to_bytes()])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

pub(super) fn put(connection: &Connection, board: BoardId, vote: VoteId, cast: &Cast) -> Result<(), StoreError> {
    changed(connection, board, vote)?;
    let (voter, by) = match cast.voter {
        Voter::Person(person) => (person.to_bytes(), None),
        Voter::Entered { ballot, by } => (ballot.to_bytes(), Some(by.to_bytes())),
    };
    let json = serde_json::to_string(&cast.ballot).map_err(|error| StoreError::Other(error.to_string()))?;
    let put = connection
        .prepare_cached(
            "INSERT INTO ballots (board, vote, voter, entered_by, ballot) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (board, vote, voter) DO UPDATE SET ballot = excluded.ballot
                 WHERE entered_by IS excluded.entered_by",
        )?
        .execute(params![board.to_bytes(), vote.to_bytes(), voter, by, json])?;
    if put == 0 {
        return Err(StoreError::Exists);
    }
    let sql = "SELECT count(*) FROM ballots WHERE board = ?1 AND vote = ?2 AND entered_by IS NOT NULL";
    let entered: i64 = one(connection, sql, params![board.to_bytes(), vote.to_bytes()], |row| Ok(row.get(0)?))?;
    if by.is_some() && entered > to_stored(limits::ENTERED_BALLOTS as u64)? {
        return Err(StoreError::TooMany);
    }
    Ok(())
}

pub(super) fn withdraw(
    connection: &Connection,
    board: BoardId,
    vote: VoteId,
    ballot: BallotId,
    by: PersonId,
) -> Result<(), StoreError> {
    changed(connection, board, vote)?;
    let gone = connection
        .prepare_cached("DELETE FROM ballots WHERE board = ?1 AND vote = ?2 AND voter = ?3 AND entered_by = ?4")?
        .execute(params![board.to_bytes(), vote.to_bytes(), ballot.to_bytes(), by.to_bytes()])?;
    if gone == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

pub(super) fn close(connection: &Connection, board: BoardId, vote: VoteId, counted: u64) -> Result<(), StoreError> {
    let found = version(connection, board, vote)?;
    if found != counted {
        return Err(StoreError::Conflict { expected: counted, found });
    }
    // The ballots go with it.
    connection
        .prepare_cached("DELETE FROM votes WHERE board = ?1 AND id = ?2")?
        .execute(params![board.to_bytes(), vote.to_bytes()])?;
    Ok(())
}
