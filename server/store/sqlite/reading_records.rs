//! Reading the records. Knows no streams' contents.

use async_trait::async_trait;
use rusqlite::{Connection, Params, Row, params};

use super::{SqliteStore, drafts, reading_series as of_series, workshops};
use crate::{
    clock,
    error::StoreError,
    ids::{BoardId, InviteId, PersonId, RoundId, Seq, SeriesId, WorkshopId},
    programme::{Series, Team, WholeSeries, Workshop},
    role::Role,
    store::{
        Records,
        records::{Board, Invite, Member, Person, Purpose, SecretHash, SeriesLine, Session},
    },
};

const BOARD: &str = "SELECT boards.id, streams.epoch, boards.title, boards.made, boards.made_by,
        boards.series
    FROM boards JOIN streams ON streams.id = boards.stream";
const PERSON: &str = "SELECT people.id, people.name, people.language, people.made, people.server_owner FROM people";
const INVITE: &str = "SELECT id, board, role, secret, made, made_by, expires, uses_left, revoked, series FROM invites";
/// Everyone with a role on each board that has not ended at `?1`, once for each way they have it: see [`higher`].
const ROLES: &str = "SELECT board, person, role FROM members WHERE ends IS NULL OR ends > ?1 UNION ALL
    SELECT boards.id, series_members.person, series_members.role
    FROM series_members JOIN boards ON boards.series = series_members.series WHERE ends IS NULL OR ends > ?1";

#[async_trait]
impl Records for SqliteStore {
    async fn board(&self, id: BoardId) -> Result<Board, StoreError> {
        self.pool.read(move |c| one(c, &format!("{BOARD} WHERE boards.id = ?1"), [id.to_bytes()], board)).await
    }

    async fn boards_of(&self, person: PersonId) -> Result<Vec<(Board, Role)>, StoreError> {
        let newest_first = "ORDER BY boards.made DESC, boards.id DESC";
        let now = clock::now_ms();
        self.pool
            .read(move |c| {
                let id = person.to_bytes();
                let moment = c.unchecked_transaction()?;
                if owns_the_server(&moment, person)? {
                    let every = format!("{BOARD} {newest_first}");
                    return all(&moment, &every, [], |row| Ok((board(row)?, Role::Owner)));
                }
                let own = format!(
                    "SELECT boards.id, streams.epoch, boards.title, boards.made, boards.made_by, boards.series, roles.role
                     FROM boards JOIN streams ON streams.id = boards.stream JOIN ({ROLES}) AS roles
                         ON roles.board = boards.id
                     WHERE roles.person = ?2 {newest_first}"
                );
                Ok(higher(all(&moment, &own, params![now, id], |row| Ok((board(row)?, role(row, 6)?)))?))
            })
            .await
    }

    async fn person(&self, id: PersonId) -> Result<Person, StoreError> {
        self.pool.read(move |c| one(c, &format!("{PERSON} WHERE id = ?1"), [id.to_bytes()], person)).await
    }

    async fn people_on(&self, board: BoardId) -> Result<Vec<(Person, Role)>, StoreError> {
        let sql = format!(
            "SELECT people.id, people.name, people.language, people.made, people.server_owner, roles.role
             FROM people JOIN ({ROLES}) AS roles ON roles.person = people.id WHERE roles.board = ?2
             ORDER BY people.made, people.id"
        );
        let now = clock::now_ms();
        let known = |row: &Row<'_>| Ok((person(row)?, role(row, 5)?));
        self.pool.read(move |c| Ok(higher(all(c, &sql, params![now, board.to_bytes()], known)?))).await
    }

    async fn role_on(&self, board: BoardId, person: PersonId) -> Result<Role, StoreError> {
        let sql = format!("SELECT role FROM ({ROLES}) WHERE board = ?2 AND person = ?3");
        let now = clock::now_ms();
        self.pool
            .read(move |c| {
                let roles = all(c, &sql, params![now, board.to_bytes(), person.to_bytes()], |row| role(row, 0))?;
                // Roles are ordered from most to least.
                roles.into_iter().min().ok_or(StoreError::NotFound)
            })
            .await
    }

    async fn invite_by_secret(&self, secret: &SecretHash) -> Result<Invite, StoreError> {
        let secret = *secret;
        self.pool.read(move |c| one(c, &format!("{INVITE} WHERE secret = ?1"), [secret], invite)).await
    }

    async fn invite(&self, id: InviteId) -> Result<Invite, StoreError> {
        self.pool.read(move |c| one(c, &format!("{INVITE} WHERE id = ?1"), [id.to_bytes()], invite)).await
    }

    async fn invites_of(&self, board: BoardId) -> Result<Vec<Invite>, StoreError> {
        let sql = format!("{INVITE} WHERE board = ?1 ORDER BY made DESC, id DESC");
        self.pool.read(move |c| all(c, &sql, [board.to_bytes()], invite)).await
    }

    async fn invites_of_series(&self, series: SeriesId) -> Result<Vec<Invite>, StoreError> {
        let sql = format!("{INVITE} WHERE series = ?1 ORDER BY made DESC, id DESC");
        self.pool.read(move |c| all(c, &sql, [series.to_bytes()], invite)).await
    }

    async fn members_by_invite(&self, invite: InviteId) -> Result<Vec<Member>, StoreError> {
        let sql = "SELECT board, person, role, invite FROM members WHERE invite = ?1 UNION ALL
            SELECT boards.id, series_members.person, series_members.role, series_members.invite
            FROM series_members JOIN boards ON boards.series = series_members.series
            WHERE series_members.invite = ?1 ORDER BY 2, 1";
        self.pool.read(move |c| all(c, sql, [invite.to_bytes()], member)).await
    }

    async fn session(&self, secret: &SecretHash, at: i64) -> Result<Session, StoreError> {
        let secret = *secret;
        let sql = "SELECT secret, person, made, expires FROM sessions
            WHERE secret = ?1 AND (expires IS NULL OR expires > ?2)";
        self.pool.read(move |c| one(c, sql, params![secret, at], session)).await
    }

    async fn series(&self, id: SeriesId) -> Result<Series, StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                of_series::series(&moment, id)
            })
            .await
    }

    async fn whole_series(&self, id: SeriesId) -> Result<WholeSeries, StoreError> {
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                of_series::whole(&moment, id)
            })
            .await
    }

    async fn series_of(&self, person: PersonId) -> Result<Vec<SeriesLine>, StoreError> {
        let now = clock::now_ms();
        self.pool
            .read(move |c| {
                let moment = c.unchecked_transaction()?;
                let every = owns_the_server(&moment, person)?;
                of_series::lines(&moment, (!every).then_some(person), now)
            })
            .await
    }

    async fn role_in(&self, series: SeriesId, person: PersonId) -> Result<Role, StoreError> {
        let sql = "SELECT role FROM series_members WHERE series = ?1 AND person = ?2 AND (ends IS NULL OR ends > ?3)";
        let now = clock::now_ms();
        self.pool
            .read(move |c| one(c, sql, params![series.to_bytes(), person.to_bytes(), now], |row| role(row, 0)))
            .await
    }

    async fn team_on(&self, board: BoardId) -> Result<Team, StoreError> {
        self.pool.read(move |c| of_series::team_on(c, board)).await
    }

    async fn workshops_of(&self, series: SeriesId) -> Result<Vec<Workshop>, StoreError> {
        self.pool.read(move |c| workshops::list(c, series)).await
    }

    async fn workshop(&self, series: SeriesId, id: WorkshopId) -> Result<Workshop, StoreError> {
        self.pool.read(move |c| workshops::read(c, series, id)).await
    }

    async fn called(&self, board: BoardId) -> Result<Vec<(WorkshopId, Seq)>, StoreError> {
        self.pool.read(move |c| workshops::called(c, board)).await
    }

    async fn drafts_of(&self, board: BoardId, round: RoundId, number: u32) -> Result<Vec<(PersonId, Seq)>, StoreError> {
        self.pool.read(move |c| drafts::of(c, board, round, number)).await
    }
}

fn owns_the_server(connection: &Connection, person: PersonId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM people WHERE id = ?1 AND server_owner = 1)";
    one(connection, sql, [person.to_bytes()], |row| Ok(row.get::<_, bool>(0)?))
}

/// Of rows that follow each other and are about the same, one with the highest role.
fn higher<T: PartialEq>(rows: Vec<(T, Role)>) -> Vec<(T, Role)> {
    let mut found: Vec<(T, Role)> = Vec::with_capacity(rows.len());
    for (what, role) in rows {
        match found.last_mut() {
            // Roles are ordered from most to least.
            Some((same, highest)) if *same == what => *highest = role.min(*highest),
            _ => found.push((what, role)),
        }
    }
    found
}

pub(super) fn one<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(values)?;
    read(rows.next()?.ok_or(StoreError::NotFound)?)
}

pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

pub(super) fn role(row: &Row<'_>, column: usize) -> Result<Role, StoreError> {
    let word: String = row.get(column)?;
    Role::from_word(&word).ok_or_else(|| StoreError::Corrupt(format!("a role is {word:?}")))
}

fn board(row: &Row<'_>) -> Result<Board, StoreError> {
    Ok(Board {
        id: BoardId::from_bytes(row.get(0)?),
        epoch: row.get(1)?,
        title: row.get(2)?,
        made: row.get(3)?,
        made_by: PersonId::from_bytes(row.get(4)?),
        series: row.get::<_, Option<_>>(5)?.map(SeriesId::from_bytes),
    })
}

pub(super) fn person(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        language: row.get(2)?,
        made: row.get(3)?,
        server_owner: row.get(4)?,
    })
}

fn invite(row: &Row<'_>) -> Result<Invite, StoreError> {
    let purpose = match (row.get(1)?, row.get(9)?) {
        (None, None) => Purpose::Server,
        (Some(board), _) => Purpose::Board(BoardId::from_bytes(board), role(row, 2)?),
        (None, Some(series)) => Purpose::Series(SeriesId::from_bytes(series), role(row, 2)?),
    };
    Ok(Invite {
        id: InviteId::from_bytes(row.get(0)?),
        purpose,
        secret: row.get(3)?,
        made: row.get(4)?,
        made_by: row.get::<_, Option<_>>(5)?.map(PersonId::from_bytes),
        expires: row.get(6)?,
        uses_left: row.get(7)?,
        revoked: row.get(8)?,
    })
}

fn member(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        board: BoardId::from_bytes(row.get(0)?),
        person: PersonId::from_bytes(row.get(1)?),
        role: role(row, 2)?,
        invite: row.get::<_, Option<_>>(3)?.map(InviteId::from_bytes),
    })
}

fn session(row: &Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        secret: row.get(0)?,
        person: PersonId::from_bytes(row.get(1)?),
        made: row.get(2)?,
        expires: row.get(3)?,
    })
}
