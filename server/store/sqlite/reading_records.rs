//! Reading the records. Knows no streams' contents.

use async_trait::async_trait;
use rusqlite::{Connection, Params, Row, params};

use super::SqliteStore;
use crate::{
    error::StoreError,
    ids::{BoardId, InviteId, PersonId},
    role::Role,
    store::{
        Records,
        records::{Board, Invite, Member, Person, Purpose, SecretHash, Session},
    },
};

const BOARD: &str = "SELECT boards.id, streams.epoch, boards.title, boards.made, boards.made_by
    FROM boards JOIN streams ON streams.id = boards.stream";
const PERSON: &str = "SELECT people.id, people.name, people.language, people.made, people.server_owner FROM people";
const INVITE: &str = "SELECT id, board, role, secret, made, made_by, expires, uses_left, revoked FROM invites";

#[async_trait]
impl Records for SqliteStore {
    async fn board(&self, id: BoardId) -> Result<Board, StoreError> {
        self.pool.read(move |c| one(c, &format!("{BOARD} WHERE boards.id = ?1"), [id.to_bytes()], board)).await
    }

    async fn boards_of(&self, person: PersonId) -> Result<Vec<(Board, Role)>, StoreError> {
        let newest_first = "ORDER BY boards.made DESC, boards.id DESC";
        self.pool
            .read(move |c| {
                let id = person.to_bytes();
                let moment = c.unchecked_transaction()?;
                let owner = "SELECT EXISTS (SELECT 1 FROM people WHERE id = ?1 AND server_owner = 1)";
                if one(&moment, owner, [id], |row| Ok(row.get::<_, bool>(0)?))? {
                    let every = format!("{BOARD} {newest_first}");
                    return all(&moment, &every, [], |row| Ok((board(row)?, Role::Owner)));
                }
                let own = format!(
                    "SELECT boards.id, streams.epoch, boards.title, boards.made, boards.made_by, members.role
                     FROM boards JOIN streams ON streams.id = boards.stream JOIN members ON members.board = boards.id
                     WHERE members.person = ?1 {newest_first}"
                );
                all(&moment, &own, [id], |row| Ok((board(row)?, role(row, 5)?)))
            })
            .await
    }

    async fn person(&self, id: PersonId) -> Result<Person, StoreError> {
        self.pool.read(move |c| one(c, &format!("{PERSON} WHERE id = ?1"), [id.to_bytes()], person)).await
    }

    async fn people_on(&self, board: BoardId) -> Result<Vec<(Person, Role)>, StoreError> {
        let sql = "SELECT people.id, people.name, people.language, people.made, people.server_owner, members.role
            FROM people JOIN members ON members.person = people.id WHERE members.board = ?1
            ORDER BY people.made, people.id";
        self.pool.read(move |c| all(c, sql, [board.to_bytes()], |row| Ok((person(row)?, role(row, 5)?)))).await
    }

    async fn role_on(&self, board: BoardId, person: PersonId) -> Result<Role, StoreError> {
        let sql = "SELECT role FROM members WHERE board = ?1 AND person = ?2";
        self.pool.read(move |c| one(c, sql, params![board.to_bytes(), person.to_bytes()], |row| role(row, 0))).await
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

    async fn members_by_invite(&self, invite: InviteId) -> Result<Vec<Member>, StoreError> {
        let sql = "SELECT board, person, role, invite FROM members WHERE invite = ?1 ORDER BY person";
        self.pool.read(move |c| all(c, sql, [invite.to_bytes()], member)).await
    }

    async fn session(&self, secret: &SecretHash, at: i64) -> Result<Session, StoreError> {
        let secret = *secret;
        let sql = "SELECT secret, person, made, expires FROM sessions
            WHERE secret = ?1 AND (expires IS NULL OR expires > ?2)";
        self.pool.read(move |c| one(c, sql, params![secret, at], session)).await
    }
}

fn one<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(values)?;
    read(rows.next()?.ok_or(StoreError::NotFound)?)
}

fn all<T>(
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

fn role(row: &Row<'_>, column: usize) -> Result<Role, StoreError> {
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
    })
}

fn person(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        language: row.get(2)?,
        made: row.get(3)?,
        server_owner: row.get(4)?,
    })
}

fn invite(row: &Row<'_>) -> Result<Invite, StoreError> {
    let purpose = match row.get(1)? {
        None => Purpose::Server,
        Some(board) => Purpose::Board(BoardId::from_bytes(board), role(row, 2)?),
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
