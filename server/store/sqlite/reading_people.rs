//! Reading the people of a series: roles that have not ended, what people say about themselves. Knows no boards' content.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use super::{
    SqliteStore,
    reading_records::{all, one, person, role},
    reading_series::{self, day},
};
use crate::{
    clock,
    error::StoreError,
    ids::{BoardId, InviteId, OrganisationId, PersonId, SeriesId, TeamId},
    programme::Details,
    store::{
        People,
        people::{Around, Grant, Profile, Roster, Scope},
    },
};

/// Roles in a series (`?1`) and its teams at a moment (`?2`), those in the series first.
const GRANTS: &str = "SELECT person, NULL AS team, role, ends FROM series_members
        WHERE series = ?1 AND (ends IS NULL OR ends > ?2)
    UNION ALL SELECT members.person, teams.id, members.role, members.ends
        FROM teams JOIN members ON members.board = teams.board
        WHERE teams.series = ?1 AND (members.ends IS NULL OR members.ends > ?2)";

#[async_trait]
impl People for SqliteStore {
    async fn roster(&self, series: SeriesId) -> Result<Roster, StoreError> {
        let now = clock::now_ms();
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                roster(&moment, series, now)
            })
            .await
    }

    async fn profile(&self, series: SeriesId, person: PersonId) -> Result<Profile, StoreError> {
        let belongs = format!("SELECT 1 FROM ({GRANTS}) WHERE person = ?3 LIMIT 1");
        let now = clock::now_ms();
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                one(&moment, &belongs, params![series.to_bytes(), now, person.to_bytes()], |_| Ok(()))?;
                profile(&moment, series, person)
            })
            .await
    }

    async fn around(&self, board: BoardId) -> Result<Around, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM teams WHERE board = ?1 AND withdrawn IS NOT NULL),
            (SELECT min(ends) FROM (
                SELECT ends FROM members WHERE board = ?1
                UNION ALL SELECT series_members.ends FROM series_members JOIN boards
                    ON boards.series = series_members.series WHERE boards.id = ?1
            ) WHERE ends > ?2)";
        let now = clock::now_ms();
        let around = |row: &Row<'_>| Ok(Around { withdrawn: row.get(0)?, role_ends: row.get(1)? });
        self.pool.read(move |c| one(c, sql, params![board.to_bytes(), now], around)).await
    }

    async fn moved(&self, board: BoardId, person: PersonId) -> Result<BoardId, StoreError> {
        let sql = "SELECT new FROM moves WHERE old = ?1 AND person = ?2";
        let key = (board.to_bytes(), person.to_bytes());
        self.pool.read(move |c| one(c, sql, key, |row| Ok(BoardId::from_bytes(row.get(0)?)))).await
    }

    async fn has_redeemed(&self, invite: InviteId, person: PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM redemptions WHERE invite = ?1 AND person = ?2)";
        let key = (invite.to_bytes(), person.to_bytes());
        self.pool.read(move |c| one(c, sql, key, |row| Ok(row.get(0)?))).await
    }
}

fn roster(connection: &Connection, series: SeriesId, now: i64) -> Result<Roster, StoreError> {
    let whole = reading_series::whole(connection, series)?;
    let lead = "SELECT lead FROM series WHERE id = ?1";
    let lead =
        one(connection, lead, [series.to_bytes()], |row| Ok(row.get::<_, Option<_>>(0)?.map(PersonId::from_bytes)))?;
    let key = params![series.to_bytes(), now];
    let grants = all(connection, GRANTS, key, |row| {
        let team: Option<[u8; 16]> = row.get(1)?;
        Ok(Grant {
            person: PersonId::from_bytes(row.get(0)?),
            scope: team.map_or(Scope::Series, |team| Scope::Team(TeamId::from_bytes(team))),
            role: role(row, 2)?,
            ends: row.get(3)?,
        })
    })?;
    let people = format!(
        "SELECT people.id, people.name, people.language, people.made, people.server_owner,
             organisation, coalesce(profession, ''), coalesce(perspective, ''), seen
         FROM people LEFT JOIN series_people ON series_people.person = people.id AND series_people.series = ?1
         WHERE people.id IN (SELECT person FROM ({GRANTS})) ORDER BY people.made, people.id"
    );
    let people = all(connection, &people, key, |row| Ok((person(row)?, read_profile(row, 5)?)))?;
    Ok(Roster { whole, lead, grants, people })
}

/// What is kept of a person in a series; the default when that is nothing.
pub(super) fn profile(connection: &Connection, series: SeriesId, person: PersonId) -> Result<Profile, StoreError> {
    let sql = "SELECT organisation, profession, perspective, seen FROM series_people WHERE series = ?1 AND person = ?2";
    match one(connection, sql, params![series.to_bytes(), person.to_bytes()], |row| read_profile(row, 0)) {
        Err(StoreError::NotFound) => Ok(Profile::default()),
        other => other,
    }
}

/// The board of a team of this series.
pub(super) fn board_of(connection: &Connection, series: SeriesId, team: TeamId) -> Result<BoardId, StoreError> {
    let sql = "SELECT board FROM teams WHERE series = ?1 AND id = ?2";
    let key = params![series.to_bytes(), team.to_bytes()];
    one(connection, sql, key, |row| Ok(BoardId::from_bytes(row.get(0)?)))
}

fn read_profile(row: &Row<'_>, first: usize) -> Result<Profile, StoreError> {
    Ok(Profile {
        details: Details {
            organisation: row.get::<_, Option<_>>(first)?.map(OrganisationId::from_bytes),
            profession: row.get(first + 1)?,
            perspective: row.get(first + 2)?,
        },
        seen: day(row, first + 3)?,
    })
}
