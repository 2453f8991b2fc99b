//! Changes to the records, as SQL. Knows no transactions: its caller makes a commit's changes all or none.

use rusqlite::{Connection, OptionalExtension, params};

use super::{ballots, change_series as series, drafts, people, snapshots, surveys, work::StreamRow, workshops};
use crate::{
    error::StoreError,
    ids::{BoardId, Epoch, InviteId, PersonId, SeriesId},
    limits,
    store::{
        Change, Stream,
        records::{Board, Invite, Member, Person, Purpose, Session},
    },
};

/// What a row takes, about, in bytes.
pub(super) const ROW: usize = 256;

/// How many rows a change writes, about; a snapshot's document counts as many.
pub(super) fn rows(change: &Change) -> usize {
    match change {
        Change::BindClients { clients, .. } => clients.len(),
        Change::Authors { objects, .. } => objects.len(),
        Change::NewWorkshop { .. } | Change::SetAgenda { .. } => limits::AGENDA_BYTES / ROW,
        Change::PutBallot { cast, .. } => 1 + cast.ballot.marks.len() * 40 / ROW,
        Change::TakeSnapshot { checkpoint, .. } => 2 + checkpoint.document.len() / ROW,
        _ => 1,
    }
}

pub(super) fn apply(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::NewBoard(board) => new_board(connection, board),
        Change::SetTitle { board, title } => set_title(connection, *board, title),
        Change::PutPerson(person) => put_person(connection, person),
        Change::PutMember(member) => put_member(connection, member),
        Change::NewInvite(invite) => new_invite(connection, invite),
        Change::UseInvite { invite, at } => use_invite(connection, *invite, *at),
        Change::RevokeInvite(invite) => revoke_invite(connection, *invite),
        Change::RevokeServerInvites => {
            connection.execute("UPDATE invites SET revoked = 1 WHERE role IS NULL AND revoked = 0", [])?;
            Ok(())
        }
        Change::NewSession(session) => new_session(connection, session),
        Change::EndSession(secret) => {
            connection.prepare_cached("DELETE FROM sessions WHERE secret = ?1")?.execute([secret])?;
            Ok(())
        }
        Change::NewSeries(new) => series::new(connection, new),
        Change::EditSeries { series, edit } => series::edit(connection, *series, edit),
        Change::NewOrganisation { series, organisation } => series::new_organisation(connection, *series, organisation),
        Change::EditOrganisation { series, organisation, edit } => {
            series::edit_organisation(connection, *series, *organisation, edit)
        }
        Change::DeleteOrganisation { series, organisation } => {
            series::delete_organisation(connection, *series, *organisation)
        }
        Change::NewTeam { series, team } => series::new_team(connection, *series, team),
        Change::EditTeam { series, team, edit } => series::edit_team(connection, *series, *team, edit),
        Change::NewWorkshop { series, workshop } => workshops::new(connection, *series, workshop),
        Change::EditWorkshop { series, workshop, edit } => workshops::edit(connection, *series, *workshop, edit),
        Change::SetAgenda { series, workshop, version, agenda } => {
            workshops::set_agenda(connection, *series, *workshop, *version, agenda)
        }
        Change::OrderWorkshops { series, order } => workshops::order(connection, *series, order),
        Change::DeleteWorkshop { series, workshop } => workshops::delete(connection, *series, *workshop),
        Change::People(change) => people::apply(connection, change),
        Change::PutSeriesMember(member) => series::put_member(connection, member),
        Change::BindClients { board, epoch, clients } => bind(connection, &Stream::board(*board), *epoch, clients),
        Change::Authors { board, epoch, objects } => authors(connection, &Stream::board(*board), *epoch, objects),
        Change::NewDraft(draft) => drafts::new(connection, *draft),
        Change::CloseDrafts { board, round, number, drafts } => {
            drafts::close(connection, *board, *round, *number, drafts)
        }
        Change::TakeSnapshot { snapshot, epoch, checkpoint } => {
            snapshots::take(connection, snapshot, *epoch, checkpoint)
        }
        Change::OpenVote { board, vote } => ballots::open(connection, *board, *vote),
        Change::PutBallot { board, vote, cast } => ballots::put(connection, *board, *vote, cast),
        Change::DropBallot { board, vote, ballot, by } => ballots::withdraw(connection, *board, *vote, *ballot, *by),
        Change::CloseVote { board, vote, version } => ballots::close(connection, *board, *vote, *version),
        Change::OpenSurvey { workshop, survey } => surveys::open(connection, *workshop, *survey),
        Change::CloseSurvey { workshop, survey } => surveys::close(connection, *workshop, *survey),
        Change::PutAnswer { workshop, survey, person, answer } => {
            surveys::answer(connection, *workshop, *survey, *person, answer)
        }
        Change::RenameSnapshot { board, snapshot, name } => snapshots::rename(connection, *board, *snapshot, name),
        Change::DropSnapshot { board, snapshot } => snapshots::delete(connection, *board, *snapshot),
    }
}

fn new_board(connection: &Connection, board: &Board) -> Result<(), StoreError> {
    let stream = Stream::board(board.id);
    // A board begins at epoch 1, number 0, whatever the value says.
    connection
        .prepare_cached("INSERT INTO streams (name, epoch, base, seq) VALUES (?1, 1, 0, 0)")?
        .execute([stream.name()])?;
    connection
        .prepare_cached(
            "INSERT INTO boards (id, stream, title, made, made_by, series) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            board.id.to_bytes(),
            connection.last_insert_rowid(),
            board.title,
            board.made,
            board.made_by.to_bytes(),
            board.series.map(SeriesId::to_bytes)
        ])?;
    Ok(())
}

fn set_title(connection: &Connection, board: BoardId, title: &str) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached("UPDATE boards SET title = ?2 WHERE id = ?1")?
        .execute(params![board.to_bytes(), title])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

fn put_person(connection: &Connection, person: &Person) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO people (id, name, language, made, server_owner) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language,
                 made = excluded.made, server_owner = excluded.server_owner",
        )?
        .execute(params![person.id.to_bytes(), person.name, person.language, person.made, person.server_owner])?;
    Ok(())
}

fn put_member(connection: &Connection, member: &Member) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO members (board, person, role, invite) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (board, person) DO UPDATE SET role = excluded.role, invite = excluded.invite, ends = NULL",
        )?
        .execute(params![
            member.board.to_bytes(),
            member.person.to_bytes(),
            member.role.word(),
            member.invite.map(InviteId::to_bytes)
        ])?;
    Ok(())
}

fn new_invite(connection: &Connection, invite: &Invite) -> Result<(), StoreError> {
    let (board, series, role) = match invite.purpose {
        Purpose::Server => (None, None, None),
        Purpose::Board(board, role) => (Some(board.to_bytes()), None, Some(role.word())),
        Purpose::Series(series, role) => (None, Some(series.to_bytes()), Some(role.word())),
    };
    connection
        .prepare_cached(
            "INSERT INTO invites (id, board, series, role, secret, made, made_by, expires, uses_left, revoked)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            invite.id.to_bytes(),
            board,
            series,
            role,
            invite.secret,
            invite.made,
            invite.made_by.map(PersonId::to_bytes),
            invite.expires,
            invite.uses_left,
            invite.revoked
        ])?;
    Ok(())
}

fn use_invite(connection: &Connection, invite: InviteId, at: i64) -> Result<(), StoreError> {
    // Without a limit `uses_left` is NULL, and stays it.
    let used = connection
        .prepare_cached(
            "UPDATE invites SET uses_left = uses_left - 1 WHERE id = ?1 AND revoked = 0
                 AND (expires IS NULL OR expires > ?2) AND (uses_left IS NULL OR uses_left > 0)",
        )?
        .execute(params![invite.to_bytes(), at])?;
    if used == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

fn revoke_invite(connection: &Connection, invite: InviteId) -> Result<(), StoreError> {
    let id = invite.to_bytes();
    if connection.prepare_cached("UPDATE invites SET revoked = 1 WHERE id = ?1")?.execute([id])? == 0 {
        return Err(StoreError::NotFound);
    }
    connection.prepare_cached("DELETE FROM members WHERE invite = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM series_members WHERE invite = ?1")?.execute([id])?;
    Ok(())
}

fn new_session(connection: &Connection, session: &Session) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO sessions (secret, person, made, expires) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![session.secret, session.person.to_bytes(), session.made, session.expires])?;
    Ok(())
}

fn bind(connection: &Connection, stream: &Stream, epoch: Epoch, clients: &[(u64, PersonId)]) -> Result<(), StoreError> {
    let row = StreamRow::in_epoch(connection, stream, epoch)?;
    let mut owner = connection.prepare_cached("SELECT person FROM clients WHERE stream = ?1 AND client = ?2")?;
    let mut insert = connection.prepare_cached("INSERT INTO clients (stream, client, person) VALUES (?1, ?2, ?3)")?;
    for (client, person) in clients {
        let client = client.cast_signed();
        let bound: Option<[u8; 16]> = owner.query_row(params![row.id, client], |row| row.get(0)).optional()?;
        match bound {
            None => insert.execute(params![row.id, client, person.to_bytes()])?,
            Some(other) if other == person.to_bytes() => 0,
            Some(_) => return Err(StoreError::Conflict { expected: row.seq, found: row.seq }),
        };
    }
    Ok(())
}

fn authors(
    connection: &Connection,
    stream: &Stream,
    epoch: Epoch,
    objects: &[(String, PersonId)],
) -> Result<(), StoreError> {
    let row = StreamRow::in_epoch(connection, stream, epoch)?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO authors (stream, object, person) VALUES (?1, ?2, ?3)")?;
    for (object, person) in objects {
        insert.execute(params![row.id, object, person.to_bytes()])?;
    }
    Ok(())
}
