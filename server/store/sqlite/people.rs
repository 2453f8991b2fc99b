//! Changes to the people of a series, as SQL. Knows no transactions: its caller makes a commit's changes all or none.

use rusqlite::{Connection, Row, params, params_from_iter};

use super::{
    reading_people::{board_of, profile},
    reading_records::{all, one, role},
    reading_series,
};
use crate::{
    error::StoreError,
    ids::{BoardId, PersonId, SeriesId, TeamId},
    programme::DetailsEdit,
    role::Role,
    store::people::{PeopleChange, Scope},
};

pub(super) fn apply(connection: &Connection, change: &PeopleChange) -> Result<(), StoreError> {
    match change {
        PeopleChange::SetRole { series, scope, person, role, ends } => {
            kept_in_order(connection, *series, *person, || {
                set_role(connection, *series, *scope, *person, role.map(|role| (role, *ends)))
            })
        }
        PeopleChange::Move { series, person, from, to } => {
            let (from, to) = (board_of(connection, *series, *from)?, board_of(connection, *series, *to)?);
            copy_roles(connection, from, to, Some(*person))?;
            moved(connection, *person, from, to)
        }
        PeopleChange::JoinAll { series, from, to } => {
            let (from, to) = (board_of(connection, *series, *from)?, board_of(connection, *series, *to)?);
            copy_roles(connection, from, to, None)
        }
        PeopleChange::Remove { series, person } => {
            kept_in_order(connection, *series, *person, || remove(connection, *series, *person))
        }
        PeopleChange::SetDetails { series, person, edit } => set_details(connection, *series, *person, edit),
        PeopleChange::Seen { series, person, day } => {
            connection
                .prepare_cached(
                    "INSERT INTO series_people (series, person, profession, perspective, seen) VALUES (?1, ?2, '', '', ?3)
                     ON CONFLICT (series, person) DO UPDATE SET seen = excluded.seen",
                )?
                .execute(params![series.to_bytes(), person.to_bytes(), day.as_str()])?;
            Ok(())
        }
        PeopleChange::SetLead { series, person } => {
            let key = params![series.to_bytes(), person.to_bytes()];
            let runs = "SELECT 1 FROM series_members WHERE series = ?1 AND person = ?2
                AND role IN ('owner', 'facilitator')";
            one(connection, runs, key, |_| Ok(()))?;
            connection.prepare_cached("UPDATE series SET lead = ?2 WHERE id = ?1")?.execute(key)?;
            Ok(())
        }
        PeopleChange::Redeemed { invite, person } => {
            connection
                .prepare_cached("INSERT OR IGNORE INTO redemptions (person, invite) VALUES (?1, ?2)")?
                .execute(params![person.to_bytes(), invite.to_bytes()])?;
            Ok(())
        }
        PeopleChange::Withdraw { series, team, at, into } => withdraw(connection, *series, *team, Some((*at, *into))),
        PeopleChange::BringBack { series, team } => withdraw(connection, *series, *team, None),
    }
}

/// Makes a change after which the series has an owner whose role has no end, if that was this person, and a lead who runs it,
/// if that is; else `Needed`.
fn kept_in_order(
    connection: &Connection,
    series: SeriesId,
    person: PersonId,
    change: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let key = params![series.to_bytes(), person.to_bytes()];
    let owned = "SELECT EXISTS (SELECT 1 FROM series_members
        WHERE series = ?1 AND person = ?2 AND role = 'owner' AND ends IS NULL)";
    let was_owner: bool = one(connection, owned, key, |row| Ok(row.get(0)?))?;
    let led = "SELECT coalesce((SELECT lead = ?2 FROM series WHERE id = ?1), 0)
        AND EXISTS (SELECT 1 FROM series_members WHERE series = ?1 AND person = ?2)";
    let was_lead: bool = one(connection, led, key, |row| Ok(row.get(0)?))?;
    change()?;
    let owners = "SELECT EXISTS (SELECT 1 FROM series_members WHERE series = ?1 AND role = 'owner' AND ends IS NULL)";
    let runs = "SELECT EXISTS (SELECT 1 FROM series_members
        WHERE series = ?1 AND person = ?2 AND role IN ('owner', 'facilitator'))";
    let has_owner: bool = one(connection, owners, [series.to_bytes()], |row| Ok(row.get(0)?))?;
    let still_runs: bool = one(connection, runs, key, |row| Ok(row.get(0)?))?;
    if was_owner && !has_owner || was_lead && !still_runs { Err(StoreError::Needed) } else { Ok(()) }
}

fn set_role(
    connection: &Connection,
    series: SeriesId,
    scope: Scope,
    person: PersonId,
    role: Option<(Role, Option<i64>)>,
) -> Result<(), StoreError> {
    let (table, place, id) = match scope {
        Scope::Series => ("series_members", "series", series.to_bytes()),
        Scope::Team(team) => ("members", "board", board_of(connection, series, team)?.to_bytes()),
    };
    let changed = match role {
        Some((role, ends)) => connection
            .prepare_cached(&format!(
                "INSERT INTO {table} ({place}, person, role, ends) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT ({place}, person) DO UPDATE SET role = excluded.role, ends = excluded.ends, invite = NULL"
            ))?
            .execute(params![id, person.to_bytes(), role.word(), ends])?,
        None => connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE {place} = ?1 AND person = ?2"))?
            .execute(params![id, person.to_bytes()])?,
    };
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    if role.is_none() {
        // Who was moved here and is out now is led nowhere.
        connection
            .prepare_cached("DELETE FROM moves WHERE person = ?1 AND new = ?2")?
            .execute(params![person.to_bytes(), id])?;
    }
    void_links(connection, series, person)
}

/// The links of the series that this person redeemed and that would give them more than they have for good. One to a board that
/// they were moved from gives them nothing.
fn void_links(connection: &Connection, series: SeriesId, person: PersonId) -> Result<(), StoreError> {
    let links = all(
        connection,
        "SELECT invites.id, invites.role, coalesce(members.role, series_members.role)
         FROM redemptions JOIN invites ON invites.id = redemptions.invite
             LEFT JOIN boards ON boards.id = invites.board
             LEFT JOIN members ON members.board = invites.board AND members.person = ?2 AND members.ends IS NULL
             LEFT JOIN series_members ON series_members.series = ?1 AND series_members.person = ?2
                 AND series_members.ends IS NULL AND invites.series IS NOT NULL
         WHERE redemptions.person = ?2 AND invites.revoked = 0 AND coalesce(boards.series, invites.series) = ?1
             AND NOT EXISTS (SELECT 1 FROM moves WHERE moves.person = ?2 AND moves.old = invites.board)",
        params![series.to_bytes(), person.to_bytes()],
        |row: &Row<'_>| {
            let has = row.get::<_, Option<String>>(2)?.map(|_| role(row, 2)).transpose()?;
            Ok((row.get::<_, [u8; 16]>(0)?, role(row, 1)?, has))
        },
    )?;
    let mut void = connection.prepare_cached("UPDATE invites SET revoked = 1 WHERE id = ?1")?;
    // Roles are ordered from most to least.
    for (id, _, _) in links.into_iter().filter(|(_, gives, has)| has.is_none_or(|has| *gives < has)) {
        void.execute([id])?;
    }
    Ok(())
}

/// Gives the roles on one board, one person's or those of all participants and observers, on another one too. `NotFound` when the person has none.
fn copy_roles(connection: &Connection, from: BoardId, to: BoardId, person: Option<PersonId>) -> Result<(), StoreError> {
    if from == to {
        return Err(StoreError::NotFound);
    }
    let of = |board: BoardId| {
        all(
            connection,
            "SELECT person, role, ends FROM members WHERE board = ?1
                 AND (person = ?2 OR ?2 IS NULL AND role IN ('participant', 'observer'))",
            params![board.to_bytes(), person.map(PersonId::to_bytes)],
            |row: &Row<'_>| Ok((row.get::<_, [u8; 16]>(0)?, role(row, 1)?, row.get::<_, Option<i64>>(2)?)),
        )
    };
    let (leaving, there) = (of(from)?, of(to)?);
    if person.is_some() && leaving.is_empty() {
        return Err(StoreError::NotFound);
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO members (board, person, role, ends) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (board, person) DO UPDATE SET role = excluded.role, ends = excluded.ends, invite = NULL",
    )?;
    for (person, role, ends) in leaving {
        // Roles are ordered from most to least.
        if !there.iter().any(|(other, higher, _)| *other == person && *higher <= role) {
            put.execute(params![to.to_bytes(), person, role.word(), ends])?;
        }
    }
    Ok(())
}

/// Remembers where somebody is now who has left a board, also when it is not the first that they leave.
fn moved(connection: &Connection, person: PersonId, old: BoardId, new: BoardId) -> Result<(), StoreError> {
    let (person, old, new) = (person.to_bytes(), old.to_bytes(), new.to_bytes());
    let run = |sql, values: &[[u8; 16]]| -> Result<(), StoreError> {
        connection.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    };
    run("DELETE FROM members WHERE person = ?1 AND board = ?2", &[person, old])?;
    run("UPDATE moves SET new = ?3 WHERE person = ?1 AND new = ?2", &[person, old, new])?;
    run("DELETE FROM moves WHERE person = ?1 AND old = ?2", &[person, new])?;
    run("INSERT OR REPLACE INTO moves (person, old, new) VALUES (?1, ?2, ?3)", &[person, old, new])
}

fn remove(connection: &Connection, series: SeriesId, person: PersonId) -> Result<(), StoreError> {
    let key = params![series.to_bytes(), person.to_bytes()];
    let own = "SELECT id FROM boards WHERE series = ?1";
    let mut gone = 0;
    for sql in [
        format!("DELETE FROM members WHERE person = ?2 AND board IN ({own})"),
        "DELETE FROM series_members WHERE series = ?1 AND person = ?2".to_owned(),
    ] {
        gone += connection.prepare_cached(&sql)?.execute(key)?;
    }
    if gone == 0 {
        return Err(StoreError::NotFound);
    }
    for sql in [
        "DELETE FROM series_people WHERE series = ?1 AND person = ?2".to_owned(),
        format!("DELETE FROM moves WHERE person = ?2 AND old IN ({own})"),
    ] {
        connection.prepare_cached(&sql)?.execute(key)?;
    }
    void_links(connection, series, person)
}

fn set_details(
    connection: &Connection,
    series: SeriesId,
    person: PersonId,
    edit: &DetailsEdit,
) -> Result<(), StoreError> {
    let mut details = profile(connection, series, person)?.details;
    edit.apply(&mut details);
    if let Some(organisation) = details.organisation {
        reading_series::organisation(connection, series, organisation)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO series_people (series, person, organisation, profession, perspective) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (series, person) DO UPDATE SET organisation = excluded.organisation,
                 profession = excluded.profession, perspective = excluded.perspective",
        )?
        .execute(params![
            series.to_bytes(),
            person.to_bytes(),
            details.organisation.map(|organisation| organisation.to_bytes()),
            details.profession,
            details.perspective
        ])?;
    Ok(())
}

fn withdraw(
    connection: &Connection,
    series: SeriesId,
    id: TeamId,
    wanted: Option<(i64, Option<TeamId>)>,
) -> Result<(), StoreError> {
    let team = reading_series::team(connection, series, id)?;
    let into = wanted.and_then(|(_, into)| into);
    let target = into.map(|into| reading_series::team(connection, series, into)).transpose()?;
    let works_no_more = target.is_some_and(|target| target.withdrawn.is_some() || target.id == id);
    if team.withdrawn.is_some() == wanted.is_some() || works_no_more {
        return Err(StoreError::Conflict { expected: 0, found: 0 });
    }
    connection.prepare_cached("UPDATE teams SET withdrawn = ?2, merged_into = ?3 WHERE id = ?1")?.execute(params![
        id.to_bytes(),
        wanted.map(|(at, _)| at),
        into.map(TeamId::to_bytes)
    ])?;
    Ok(())
}
