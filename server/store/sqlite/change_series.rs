//! Changes to workshop series, as SQL. Knows no transactions: its caller makes a commit's changes all or none.

use rusqlite::{Connection, params};

use super::{reading_records::one, reading_series as read};
use crate::{
    error::StoreError,
    ids::{InviteId, OrganisationId, SeriesId, TeamId},
    limits,
    programme::{
        Challenge, Day, Language, NeedType, Organisation, OrganisationEdit, Series, SeriesEdit, Team, TeamEdit,
    },
    store::records::SeriesMember,
};

pub(super) fn new(connection: &Connection, series: &Series) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO series (id, name_fi, name_sv, name_en, purpose, starts, ends, languages, made, made_by,
                 lead)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
        )?
        .execute(params![
            series.id.to_bytes(),
            series.name.fi,
            series.name.sv,
            series.name.en,
            series.purpose,
            series.starts.as_ref().map(Day::as_str),
            series.ends.as_ref().map(Day::as_str),
            words(&series.languages, |language| Language::word(*language)),
            series.made,
            series.made_by.to_bytes()
        ])?;
    put_owners(connection, series)
}

pub(super) fn edit(connection: &Connection, id: SeriesId, edit: &SeriesEdit) -> Result<(), StoreError> {
    let mut series = read::series(connection, id)?;
    edit.apply(&mut series);
    connection
        .prepare_cached(
            "UPDATE series SET name_fi = ?2, name_sv = ?3, name_en = ?4, purpose = ?5, starts = ?6, ends = ?7,
                 languages = ?8 WHERE id = ?1",
        )?
        .execute(params![
            id.to_bytes(),
            series.name.fi,
            series.name.sv,
            series.name.en,
            series.purpose,
            series.starts.as_ref().map(Day::as_str),
            series.ends.as_ref().map(Day::as_str),
            words(&series.languages, |language| Language::word(*language))
        ])?;
    put_owners(connection, &series)
}

fn put_owners(connection: &Connection, series: &Series) -> Result<(), StoreError> {
    let id = series.id.to_bytes();
    connection.prepare_cached("DELETE FROM series_owners WHERE series = ?1")?.execute([id])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO series_owners (series, organisation, place) VALUES (?1, ?2, ?3)")?;
    for (place, owner) in (1i64..).zip(&series.owners) {
        insert.execute(params![id, owner.to_bytes(), place])?;
    }
    Ok(())
}

pub(super) fn new_organisation(
    connection: &Connection,
    series: SeriesId,
    organisation: &Organisation,
) -> Result<(), StoreError> {
    let place = next_place(connection, "organisations", series, limits::ORGANISATIONS_PER_SERIES)?;
    let Organisation { id, name, abbreviation, sector } = organisation;
    connection
        .prepare_cached(
            "INSERT INTO organisations (id, series, place, name_fi, name_sv, name_en, abbreviation, sector)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            id.to_bytes(),
            series.to_bytes(),
            place,
            name.fi,
            name.sv,
            name.en,
            abbreviation,
            sector.word()
        ])?;
    Ok(())
}

pub(super) fn edit_organisation(
    connection: &Connection,
    series: SeriesId,
    id: OrganisationId,
    edit: &OrganisationEdit,
) -> Result<(), StoreError> {
    let mut organisation = read::organisation(connection, series, id)?;
    edit.apply(&mut organisation);
    let Organisation { name, abbreviation, sector, .. } = organisation;
    connection
        .prepare_cached(
            "UPDATE organisations SET name_fi = ?2, name_sv = ?3, name_en = ?4, abbreviation = ?5, sector = ?6
             WHERE id = ?1",
        )?
        .execute(params![id.to_bytes(), name.fi, name.sv, name.en, abbreviation, sector.word()])?;
    Ok(())
}

pub(super) fn delete_organisation(
    connection: &Connection,
    series: SeriesId,
    id: OrganisationId,
) -> Result<(), StoreError> {
    let key = params![series.to_bytes(), id.to_bytes()];
    let referred = "SELECT EXISTS (SELECT 1 FROM series_owners WHERE series = ?1 AND organisation = ?2)
        OR EXISTS (SELECT 1 FROM challenges WHERE series = ?1 AND (proposer = ?2 OR owner = ?2))";
    if one(connection, referred, key, |row| Ok(row.get(0)?))? {
        return Err(StoreError::Referenced);
    }
    // People from it go on; they are from none that is known.
    let from = "UPDATE series_people SET organisation = NULL WHERE series = ?1 AND organisation = ?2";
    connection.prepare_cached(from)?.execute(key)?;
    let gone = connection.prepare_cached("DELETE FROM organisations WHERE series = ?1 AND id = ?2")?.execute(key)?;
    if gone == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

pub(super) fn new_team(connection: &Connection, series: SeriesId, team: &Team) -> Result<(), StoreError> {
    let place = next_place(connection, "teams", series, limits::TEAMS_PER_SERIES)?;
    let challenge = &team.challenge;
    connection
        .prepare_cached(
            "INSERT INTO challenges (id, series, title, theme, problem, customer_group, need_types, proposer, owner)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            challenge.id.to_bytes(),
            series.to_bytes(),
            challenge.title,
            challenge.theme,
            challenge.problem,
            challenge.customer_group,
            words(&challenge.need_types, |need| NeedType::word(*need)),
            challenge.proposer_org.map(OrganisationId::to_bytes),
            challenge.owner_org.map(OrganisationId::to_bytes)
        ])?;
    connection
        .prepare_cached(
            "INSERT INTO teams (id, series, place, name, board, challenge, split_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            team.id.to_bytes(),
            series.to_bytes(),
            place,
            team.name,
            team.board.to_bytes(),
            challenge.id.to_bytes(),
            team.split_from.map(TeamId::to_bytes)
        ])?;
    Ok(())
}

pub(super) fn edit_team(
    connection: &Connection,
    series: SeriesId,
    id: TeamId,
    edit: &TeamEdit,
) -> Result<(), StoreError> {
    let mut team = read::team(connection, series, id)?;
    edit.apply(&mut team);
    connection
        .prepare_cached("UPDATE teams SET name = ?2 WHERE id = ?1")?
        .execute(params![id.to_bytes(), team.name])?;
    let Challenge { id, title, theme, problem, customer_group, need_types, proposer_org, owner_org } = team.challenge;
    connection
        .prepare_cached(
            "UPDATE challenges SET title = ?2, theme = ?3, problem = ?4, customer_group = ?5, need_types = ?6,
                 proposer = ?7, owner = ?8 WHERE id = ?1",
        )?
        .execute(params![
            id.to_bytes(),
            title,
            theme,
            problem,
            customer_group,
            words(&need_types, |need| NeedType::word(*need)),
            proposer_org.map(OrganisationId::to_bytes),
            owner_org.map(OrganisationId::to_bytes)
        ])?;
    Ok(())
}

pub(super) fn put_member(connection: &Connection, member: &SeriesMember) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO series_members (series, person, role, invite) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (series, person) DO UPDATE SET role = excluded.role, invite = excluded.invite, ends = NULL",
        )?
        .execute(params![
            member.series.to_bytes(),
            member.person.to_bytes(),
            member.role.word(),
            member.invite.map(InviteId::to_bytes)
        ])?;
    Ok(())
}

/// The place after the last in a series' list; `TooMany` when the list is full.
pub(super) fn next_place(
    connection: &Connection,
    table: &str,
    series: SeriesId,
    most: usize,
) -> Result<i64, StoreError> {
    let sql = format!("SELECT count(*), coalesce(max(place), 0) + 1 FROM {table} WHERE series = ?1");
    let (count, place): (i64, i64) = one(connection, &sql, [series.to_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if usize::try_from(count).is_ok_and(|count| count < most) { Ok(place) } else { Err(StoreError::TooMany) }
}

fn words<T>(values: &[T], word: impl Fn(&T) -> &'static str) -> String {
    values.iter().map(word).collect::<Vec<_>>().join(" ")
}
