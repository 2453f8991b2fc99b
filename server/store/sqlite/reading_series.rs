//! Reading workshop series, their organisations and teams. Knows no people but by their roles.

use rusqlite::{Connection, Row, params};

use super::reading_records::{all, one, role};
use crate::{
    error::StoreError,
    ids::{BoardId, ChallengeId, OrganisationId, PersonId, SeriesId, TeamId},
    programme::{Challenge, Day, Language, Names, NeedType, Organisation, Sector, Series, Team, WholeSeries},
    role::Role,
    store::records::SeriesLine,
};

const SERIES: &str =
    "SELECT id, name_fi, name_sv, name_en, purpose, starts, ends, languages, made, made_by FROM series";
const TEAM: &str = "SELECT teams.id, teams.name, teams.board, challenges.id, challenges.title, challenges.theme,
        challenges.problem, challenges.customer_group, challenges.need_types, challenges.proposer, challenges.owner,
        teams.withdrawn, teams.merged_into, teams.split_from
    FROM teams JOIN challenges ON challenges.id = teams.challenge";

pub(super) fn series(connection: &Connection, id: SeriesId) -> Result<Series, StoreError> {
    let found = one(connection, &format!("{SERIES} WHERE id = ?1"), [id.to_bytes()], read_series)?;
    with_owners(connection, found)
}

pub(super) fn whole(connection: &Connection, id: SeriesId) -> Result<WholeSeries, StoreError> {
    Ok(WholeSeries {
        series: series(connection, id)?,
        organisations: all(
            connection,
            "SELECT id, name_fi, name_sv, name_en, abbreviation, sector FROM organisations WHERE series = ?1
             ORDER BY place",
            [id.to_bytes()],
            read_organisation,
        )?,
        teams: all(
            connection,
            &format!("{TEAM} WHERE teams.series = ?1 ORDER BY teams.place"),
            [id.to_bytes()],
            read_team,
        )?,
    })
}

/// The series in which this person has a role at this moment; without a person every one, as `Owner`.
pub(super) fn lines(
    connection: &Connection,
    person: Option<PersonId>,
    now: i64,
) -> Result<Vec<SeriesLine>, StoreError> {
    let newest_first = "ORDER BY made DESC, id DESC";
    let found: Vec<(Series, Role)> = match person {
        None => all(connection, &format!("{SERIES} {newest_first}"), [], |row| Ok((read_series(row)?, Role::Owner)))?,
        Some(person) => all(
            connection,
            "SELECT series.id, name_fi, name_sv, name_en, purpose, starts, series.ends, languages, made, made_by,
                 series_members.role
             FROM series JOIN series_members ON series_members.series = series.id WHERE series_members.person = ?1
                 AND (series_members.ends IS NULL OR series_members.ends > ?2)
             ORDER BY made DESC, series.id DESC",
            params![person.to_bytes(), now],
            |row| Ok((read_series(row)?, role(row, 10)?)),
        )?,
    };
    let line = |(series, role): (Series, Role)| {
        let count = "SELECT count(*) FROM teams WHERE series = ?1 AND withdrawn IS NULL";
        let teams = one(connection, count, [series.id.to_bytes()], |row| Ok(row.get(0)?))?;
        Ok(SeriesLine { series: with_owners(connection, series)?, role, teams })
    };
    found.into_iter().map(line).collect()
}

pub(super) fn organisation(
    connection: &Connection,
    series: SeriesId,
    id: OrganisationId,
) -> Result<Organisation, StoreError> {
    let sql = "SELECT id, name_fi, name_sv, name_en, abbreviation, sector FROM organisations
        WHERE series = ?1 AND id = ?2";
    one(connection, sql, params![series.to_bytes(), id.to_bytes()], read_organisation)
}

pub(super) fn team(connection: &Connection, series: SeriesId, id: TeamId) -> Result<Team, StoreError> {
    let sql = format!("{TEAM} WHERE teams.series = ?1 AND teams.id = ?2");
    one(connection, &sql, params![series.to_bytes(), id.to_bytes()], read_team)
}

pub(super) fn team_on(connection: &Connection, board: BoardId) -> Result<Team, StoreError> {
    one(connection, &format!("{TEAM} WHERE teams.board = ?1"), [board.to_bytes()], read_team)
}

fn with_owners(connection: &Connection, mut series: Series) -> Result<Series, StoreError> {
    let sql = "SELECT organisation FROM series_owners WHERE series = ?1 ORDER BY place";
    series.owners = all(connection, sql, [series.id.to_bytes()], |row| Ok(OrganisationId::from_bytes(row.get(0)?)))?;
    Ok(series)
}

fn read_series(row: &Row<'_>) -> Result<Series, StoreError> {
    Ok(Series {
        id: SeriesId::from_bytes(row.get(0)?),
        name: names(row, 1)?,
        purpose: row.get(4)?,
        starts: day(row, 5)?,
        ends: day(row, 6)?,
        languages: words(row, 7, Language::from_word)?,
        owners: vec![],
        made: row.get(8)?,
        made_by: PersonId::from_bytes(row.get(9)?),
    })
}

fn read_organisation(row: &Row<'_>) -> Result<Organisation, StoreError> {
    let sector: String = row.get(5)?;
    Ok(Organisation {
        id: OrganisationId::from_bytes(row.get(0)?),
        name: names(row, 1)?,
        abbreviation: row.get(4)?,
        sector: Sector::from_word(&sector).ok_or_else(|| unknown("sector", &sector))?,
    })
}

fn read_team(row: &Row<'_>) -> Result<Team, StoreError> {
    let challenge = Challenge {
        id: ChallengeId::from_bytes(row.get(3)?),
        title: row.get(4)?,
        theme: row.get(5)?,
        problem: row.get(6)?,
        customer_group: row.get(7)?,
        need_types: words(row, 8, NeedType::from_word)?,
        proposer_org: row.get::<_, Option<_>>(9)?.map(OrganisationId::from_bytes),
        owner_org: row.get::<_, Option<_>>(10)?.map(OrganisationId::from_bytes),
    };
    Ok(Team {
        id: TeamId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        board: BoardId::from_bytes(row.get(2)?),
        challenge,
        withdrawn: row.get(11)?,
        merged_into: row.get::<_, Option<_>>(12)?.map(TeamId::from_bytes),
        split_from: row.get::<_, Option<_>>(13)?.map(TeamId::from_bytes),
    })
}

pub(super) fn names(row: &Row<'_>, first: usize) -> Result<Names, StoreError> {
    Ok(Names { fi: row.get(first)?, sv: row.get(first + 1)?, en: row.get(first + 2)? })
}

pub(super) fn day(row: &Row<'_>, column: usize) -> Result<Option<Day>, StoreError> {
    let read = |text: String| Day::try_from(text.clone()).map_err(|_| unknown("day", &text));
    row.get::<_, Option<String>>(column)?.map(read).transpose()
}

/// A set of words with spaces between them.
fn words<T>(row: &Row<'_>, column: usize, from_word: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError> {
    let text: String = row.get(column)?;
    text.split_whitespace().map(|word| from_word(word).ok_or_else(|| unknown("word", word))).collect()
}

pub(super) fn unknown(what: &str, found: &str) -> StoreError {
    StoreError::Corrupt(format!("a {what} is {found:?}"))
}
