//! Surveys of workshops and their answers as SQL. Knows no transactions: its caller makes a commit's changes all or none.

use rusqlite::{Connection, params};

use super::reading_records::{all, one};
use crate::{
    error::StoreError,
    ids::{PersonId, WorkshopId},
    limits,
    programme::{Answer, Survey},
    store::ballots::SurveyState,
};

fn state(connection: &Connection, workshop: WorkshopId, survey: Survey) -> Result<SurveyState, StoreError> {
    let sql = "SELECT open FROM surveys WHERE workshop = ?1 AND survey = ?2";
    match one(connection, sql, params![workshop.to_bytes(), survey.word()], |row| Ok(row.get(0)?)) {
        Ok(true) => Ok(SurveyState::Open),
        Ok(false) => Ok(SurveyState::Closed),
        Err(StoreError::NotFound) => Ok(SurveyState::Unopened),
        Err(error) => Err(error),
    }
}

/// Whether it has answers enough to be shown.
fn is_shown(connection: &Connection, workshop: WorkshopId, survey: Survey) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) >= ?3 FROM answers WHERE workshop = ?1 AND survey = ?2";
    let least = i64::try_from(limits::SURVEY_LEAST).unwrap_or(i64::MAX);
    one(connection, sql, params![workshop.to_bytes(), survey.word(), least], |row| Ok(row.get(0)?))
}

pub(super) fn open(connection: &Connection, workshop: WorkshopId, survey: Survey) -> Result<(), StoreError> {
    // One answer more would show itself as the difference between two results.
    if state(connection, workshop, survey)? == SurveyState::Closed && is_shown(connection, workshop, survey)? {
        return Err(StoreError::Exists);
    }
    connection
        .prepare_cached(
            "INSERT INTO surveys (workshop, survey, open) VALUES (?1, ?2, 1)
             ON CONFLICT (workshop, survey) DO UPDATE SET open = 1",
        )?
        .execute(params![workshop.to_bytes(), survey.word()])?;
    Ok(())
}

pub(super) fn close(connection: &Connection, workshop: WorkshopId, survey: Survey) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE surveys SET open = 0 WHERE workshop = ?1 AND survey = ?2")?
        .execute(params![workshop.to_bytes(), survey.word()])?;
    if is_shown(connection, workshop, survey)? {
        connection
            .prepare_cached("DELETE FROM answered WHERE workshop = ?1 AND survey = ?2")?
            .execute(params![workshop.to_bytes(), survey.word()])?;
    }
    Ok(())
}

pub(super) fn answer(
    connection: &Connection,
    workshop: WorkshopId,
    survey: Survey,
    person: PersonId,
    answer: &Answer,
) -> Result<(), StoreError> {
    if state(connection, workshop, survey)? != SurveyState::Open {
        return Err(StoreError::NotFound);
    }
    let first = connection
        .prepare_cached("INSERT OR IGNORE INTO answered (workshop, survey, person) VALUES (?1, ?2, ?3)")?
        .execute(params![workshop.to_bytes(), survey.word(), person.to_bytes()])?;
    if first == 0 {
        return Err(StoreError::Exists);
    }
    let json = serde_json::to_string(answer).map_err(|error| StoreError::Other(error.to_string()))?;
    connection
        .prepare_cached("INSERT INTO answers (workshop, survey, key, answer) VALUES (?1, ?2, randomblob(16), ?3)")?
        .execute(params![workshop.to_bytes(), survey.word(), json])?;
    Ok(())
}

pub(super) fn answers(
    connection: &Connection,
    workshop: WorkshopId,
    survey: Survey,
) -> Result<(SurveyState, Vec<Answer>), StoreError> {
    let sql = "SELECT answer FROM answers WHERE workshop = ?1 AND survey = ?2 ORDER BY key";
    let answers = all(connection, sql, params![workshop.to_bytes(), survey.word()], |row| {
        let json: String = row.get(0)?;
        serde_json::from_str(&json).map_err(|error| StoreError::Corrupt(format!("an answer: {error}")))
    })?;
    Ok((state(connection, workshop, survey)?, answers))
}

pub(super) fn has_answered(
    connection: &Connection,
    workshop: WorkshopId,
    survey: Survey,
    person: PersonId,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM answered WHERE workshop = ?1 AND survey = ?2 AND person = ?3)";
    one(connection, sql, params![workshop.to_bytes(), survey.word(), person.to_bytes()], |row| Ok(row.get(0)?))
}
