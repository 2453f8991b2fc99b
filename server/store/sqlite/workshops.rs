//! Workshops of a series as SQL: making, changing, ordering, taking away, reading. Knows no transactions: its caller makes a
//! commit's changes all or none.

use rusqlite::{Connection, Row, params};

use super::{
    change_series::next_place,
    fault::from_stored,
    reading_records::{all, one},
    reading_series::{day, names, unknown},
    work::StreamRow,
};
use crate::{
    error::StoreError,
    facilitation::Agenda,
    ids::{BoardId, Seq, SeriesId, WorkshopId},
    limits,
    programme::{Setting, TimeOfDay, Workshop, WorkshopEdit, WorkshopKind, Zone},
    store::Stream,
};

const WORKSHOP: &str = "SELECT id, title_fi, title_sv, title_en, kind, setting, date, begins, zone, agenda, version
    FROM workshops WHERE series = ?1";

pub(super) fn new(connection: &Connection, series: SeriesId, workshop: &Workshop) -> Result<(), StoreError> {
    let place = next_place(connection, "workshops", series, limits::WORKSHOPS_PER_SERIES)?;
    connection
        .prepare_cached("INSERT INTO streams (name, epoch, base, seq) VALUES (?1, 1, 0, 0)")?
        .execute([Stream::workshop(workshop.id).name()])?;
    connection
        .prepare_cached(
            "INSERT INTO workshops (id, series, stream, place, title_fi, title_sv, title_en, kind, setting, date, begins,
                 zone, agenda, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            workshop.id.to_bytes(),
            series.to_bytes(),
            connection.last_insert_rowid(),
            place,
            workshop.title.fi,
            workshop.title.sv,
            workshop.title.en,
            workshop.kind.word(),
            workshop.setting.word(),
            workshop.date.as_ref().map(|date| date.as_str()),
            workshop.begins.as_ref().map(TimeOfDay::as_str),
            workshop.zone.as_str(),
            json(&workshop.agenda)?,
            workshop.version
        ])?;
    Ok(())
}

pub(super) fn edit(
    connection: &Connection,
    series: SeriesId,
    id: WorkshopId,
    edit: &WorkshopEdit,
) -> Result<(), StoreError> {
    let mut workshop = read(connection, series, id)?;
    edit.apply(&mut workshop);
    connection
        .prepare_cached(
            "UPDATE workshops SET title_fi = ?2, title_sv = ?3, title_en = ?4, kind = ?5, setting = ?6, date = ?7,
                 begins = ?8, zone = ?9 WHERE id = ?1",
        )?
        .execute(params![
            id.to_bytes(),
            workshop.title.fi,
            workshop.title.sv,
            workshop.title.en,
            workshop.kind.word(),
            workshop.setting.word(),
            workshop.date.as_ref().map(|date| date.as_str()),
            workshop.begins.as_ref().map(TimeOfDay::as_str),
            workshop.zone.as_str()
        ])?;
    Ok(())
}

pub(super) fn set_agenda(
    connection: &Connection,
    series: SeriesId,
    id: WorkshopId,
    version: u32,
    agenda: &Agenda,
) -> Result<(), StoreError> {
    let found = read(connection, series, id)?.version;
    if found != version {
        return Err(StoreError::Conflict { expected: version.into(), found: found.into() });
    }
    connection
        .prepare_cached("UPDATE workshops SET agenda = ?2, version = version + 1 WHERE id = ?1")?
        .execute(params![id.to_bytes(), json(agenda)?])?;
    Ok(())
}

/// `Conflict` when the order does not name each workshop of the series once: somebody made or took away one.
pub(super) fn order(connection: &Connection, series: SeriesId, order: &[WorkshopId]) -> Result<(), StoreError> {
    let sql = "SELECT id FROM workshops WHERE series = ?1";
    let mut there = all(connection, sql, [series.to_bytes()], |row: &Row<'_>| Ok(WorkshopId::from_bytes(row.get(0)?)))?;
    let mut named = order.to_vec();
    there.sort_unstable();
    named.sort_unstable();
    if there != named {
        return Err(StoreError::Conflict { expected: named.len() as Seq, found: there.len() as Seq });
    }
    let mut update = connection.prepare_cached("UPDATE workshops SET place = ?2 WHERE id = ?1")?;
    for (place, id) in (1i64..).zip(order) {
        update.execute(params![id.to_bytes(), place])?;
    }
    Ok(())
}

/// `Referenced` once anything was said to its boards: that is history.
pub(super) fn delete(connection: &Connection, series: SeriesId, id: WorkshopId) -> Result<(), StoreError> {
    read(connection, series, id)?;
    let stream = StreamRow::find(connection, &Stream::workshop(id))?;
    if stream.seq > 0 {
        return Err(StoreError::Referenced);
    }
    connection.prepare_cached("DELETE FROM workshops WHERE id = ?1")?.execute([id.to_bytes()])?;
    connection.prepare_cached("DELETE FROM streams WHERE id = ?1")?.execute([stream.id])?;
    Ok(())
}

pub(super) fn list(connection: &Connection, series: SeriesId) -> Result<Vec<Workshop>, StoreError> {
    all(connection, &format!("{WORKSHOP} ORDER BY place, id"), [series.to_bytes()], workshop)
}

pub(super) fn read(connection: &Connection, series: SeriesId, id: WorkshopId) -> Result<Workshop, StoreError> {
    one(connection, &format!("{WORKSHOP} AND id = ?2"), params![series.to_bytes(), id.to_bytes()], workshop)
}

/// Workshops in which something was said to this board, which is a team's that is not withdrawn, and how much.
pub(super) fn called(connection: &Connection, board: BoardId) -> Result<Vec<(WorkshopId, Seq)>, StoreError> {
    let sql = "SELECT workshops.id, streams.seq FROM teams JOIN workshops ON workshops.series = teams.series
        JOIN streams ON streams.id = workshops.stream
        WHERE teams.board = ?1 AND teams.withdrawn IS NULL AND streams.seq > 0 ORDER BY workshops.place, workshops.id";
    all(connection, sql, [board.to_bytes()], |row| Ok((WorkshopId::from_bytes(row.get(0)?), from_stored(row.get(1)?)?)))
}

fn json(agenda: &Agenda) -> Result<String, StoreError> {
    serde_json::to_string(agenda).map_err(|error| StoreError::Other(error.to_string()))
}

fn workshop(row: &Row<'_>) -> Result<Workshop, StoreError> {
    let (kind, setting, zone): (String, String, String) = (row.get(4)?, row.get(5)?, row.get(8)?);
    let (begins, agenda): (Option<String>, String) = (row.get(7)?, row.get(9)?);
    let time = |text: String| TimeOfDay::try_from(text.clone()).map_err(|_| unknown("time", &text));
    Ok(Workshop {
        id: WorkshopId::from_bytes(row.get(0)?),
        title: names(row, 1)?,
        kind: WorkshopKind::from_word(&kind).ok_or_else(|| unknown("kind of workshop", &kind))?,
        setting: Setting::from_word(&setting).ok_or_else(|| unknown("setting", &setting))?,
        date: day(row, 6)?,
        begins: begins.map(time).transpose()?,
        zone: Zone::try_from(zone.clone()).map_err(|_| unknown("zone", &zone))?,
        agenda: serde_json::from_str(&agenda).map_err(|error| StoreError::Corrupt(format!("an agenda: {error}")))?,
        version: row.get(10)?,
    })
}
