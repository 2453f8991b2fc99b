//! What routes ask of live boards: the few calls into `room`. Knows no requests.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use bytes::Bytes;

use crate::{
    board::{
        compare::{self, Comparison},
        read::{self, BadState},
    },
    facilitation::{Deed, Rounds},
    http::{
        App,
        commands::Asked,
        problem::{Code, First, Problem},
    },
    ids::{BoardId, Epoch, PersonId, Seq, SnapshotId, TeamId, VoteId},
    programme::Team,
    role::Role,
    room::{CastError, Closed, CommandError, OpenError, Put, Room},
    store::{Checkpoint, records::Member},
    wire::CloseCode,
};

/// How often a room that closes just now is opened again.
const TRIES: usize = 3;

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::ShuttingDown => Code::Unavailable.into(),
            OpenError::Store(error) => error.into(),
        }
    }
}

/// Asks the board's room; a room that closes in between is opened again.
async fn ask<T, F>(app: &App, board: BoardId, question: impl Fn(Room) -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Closed>>,
{
    for _ in 0..TRIES {
        let room = app.rooms.open(board).await?;
        if let Ok(answer) = question(room).await {
            return Ok(answer);
        }
    }
    Err(Code::Unavailable.into())
}

/// A person's name or role changed: the open boards they are on show it at once.
pub async fn person_changed(app: &App, person: PersonId) {
    let boards = match app.store.boards_of(person).await {
        Ok(boards) => boards,
        Err(error) => {
            // The record is changed; boards show it when they open next.
            tracing::warn!(%error, "a person's boards could not be read");
            return;
        }
    };
    for (board, _) in boards {
        if let Some(room) = app.rooms.if_open(board.id) {
            // A room that closes reads the records anew when it opens.
            let _ = room.people_changed().await;
        }
    }
}

/// These memberships have ended: whoever has no other role on the board is out, with their sockets closed before this
/// returns, at what they write in private too; others go on with the role that is left to them.
pub async fn ended(app: &App, memberships: &[Member]) {
    let mut boards: Vec<BoardId> = memberships.iter().map(|member| member.board).collect();
    boards.sort_unstable();
    boards.dedup();
    for board in boards {
        let Some(room) = app.rooms.if_open_or_opening(board).await else { continue };
        for member in memberships.iter().filter(|member| member.board == board) {
            if !stays(app, board, member.person).await {
                app.rooms.put_out(board, member.person, CloseCode::Forbidden).await;
            }
        }
        let _ = room.people_changed().await;
    }
}

/// A person's roles on these boards are others now, or none: as [`ended`].
pub async fn roles_changed(app: &App, person: PersonId, boards: &[BoardId]) {
    for board in boards {
        let Some(room) = app.rooms.if_open_or_opening(*board).await else { continue };
        if !stays(app, *board, person).await {
            app.rooms.put_out(*board, person, CloseCode::Forbidden).await;
        }
        let _ = room.people_changed().await;
    }
}

/// These people were moved from one board to another: their sockets on the old one are closed before this returns, with the code that
/// says so.
pub async fn moved(app: &App, people: &[PersonId], old: BoardId, new: BoardId) {
    if let Some(room) = app.rooms.if_open_or_opening(old).await {
        for person in people {
            if !stays(app, old, *person).await {
                app.rooms.put_out(old, *person, CloseCode::Moved).await;
            }
        }
        let _ = room.people_changed().await;
    }
    people_changed(app, new).await;
}

/// Who is on a board, with which role, or whether its team works, is to be read anew.
pub async fn people_changed(app: &App, board: BoardId) {
    if let Some(room) = app.rooms.if_open_or_opening(board).await {
        // A room that closes reads the records anew when it opens.
        let _ = room.people_changed().await;
    }
}

/// Who has the board of each team open.
pub async fn here(app: &App, teams: &[Team]) -> HashMap<TeamId, HashSet<PersonId>> {
    let mut here = HashMap::new();
    for team in teams {
        if let Some(room) = app.rooms.if_open(team.board) {
            here.insert(team.id, room.here().await.unwrap_or_default());
        }
    }
    here
}

/// Whether somebody has a role on the board still. When that cannot be read they have not: who was to be out is out.
async fn stays(app: &App, board: BoardId, person: PersonId) -> bool {
    let owns_the_server = app.store.person(person).await.is_ok_and(|person| person.server_owner);
    owns_the_server || app.store.role_on(board, person).await.is_ok()
}

/// Runs a facilitation command; the answer is the number of the newest event, which is durable.
///
/// # Errors
/// The machine's refusal, or the store's.
pub async fn command(app: &App, board: BoardId, who: PersonId, role: Role, asked: Asked) -> Result<Seq, Problem> {
    let Asked { expected, command } = asked;
    let run = |room: Room| {
        let command = command.clone();
        async move {
            match room.command_at(who, role, command, expected).await {
                Ok(seq) => Ok(Ok(seq)),
                Err(CommandError::Closed(closed)) => Err(closed),
                Err(CommandError::Late(it)) => Ok(Err(late(app, it.seq, it.last.as_ref()).await)),
                Err(CommandError::TooMuch) => Ok(Err(Code::Limit.into())),
                Err(CommandError::No(no)) => Ok(Err(no.into())),
                Err(CommandError::Store(error)) => Ok(Err(error.into())),
            }
        }
    };
    ask(app, board, run).await?
}

/// Somebody pressed before: 409 with who, and what.
pub async fn late(app: &App, seq: Seq, last: Option<&Deed>) -> Problem {
    let problem = Problem::new(Code::Conflict);
    let Some(Deed { by, what, part }) = last.cloned() else { return problem };
    // Whoever is not there any more has no name.
    let by_name = app.store.person(by).await.map(|person| person.name).unwrap_or_default();
    problem.first(First { seq, by, by_name, what, part })
}

/// The board's votes.
///
/// # Errors
/// The store's.
pub async fn rounds(app: &App, board: BoardId) -> Result<Arc<Rounds>, Problem> {
    ask(app, board, |room| async move { room.rounds().await }).await
}

/// Puts a ballot in, changes or withdraws one; it is durable then.
///
/// # Errors
/// The room's refusal, or the store's.
pub async fn cast(app: &App, board: BoardId, who: PersonId, role: Role, vote: VoteId, put: Put) -> Result<(), Problem> {
    let cast = |room: Room| {
        let put = put.clone();
        async move {
            match room.cast(who, role, vote, put).await {
                Err(CastError::Closed(closed)) => Err(closed),
                other => Ok(other),
            }
        }
    };
    ask(app, board, cast).await?.map_err(Problem::from)
}

/// Rewrites the board without what was deleted; how many objects went.
///
/// # Errors
/// The store's; everything is as it was then.
pub async fn purge(app: &App, board: BoardId) -> Result<usize, Problem> {
    Ok(ask(app, board, |room| async move { room.purge().await }).await??)
}

/// The session state as this person's sockets get it, and its number.
///
/// # Errors
/// The store's.
pub async fn session(
    app: &App,
    board: BoardId,
    who: PersonId,
    role: Role,
) -> Result<(Seq, serde_json::Value), Problem> {
    ask(app, board, |room| async move { room.session(who, role).await }).await
}

/// The live board's document, or the one that a snapshot of this board holds, as one lib0-v1 update. All of it is durable.
///
/// # Errors
/// The store's; 404 when the board has no such snapshot.
pub async fn encoded(app: &App, board: BoardId, snapshot: Option<SnapshotId>) -> Result<Bytes, Problem> {
    match snapshot {
        Some(id) => Ok(app.store.snapshot_state(board, id).await?.document),
        None => Ok(still(app, board).await?.1.document),
    }
}

/// The live board at the number of its newest entry, and its epoch.
///
/// # Errors
/// The store's.
pub async fn still(app: &App, board: BoardId) -> Result<(Epoch, Checkpoint), Problem> {
    ask(app, board, |room| async move { Ok((room.epoch(), room.checkpoint().await?)) }).await
}

/// What differs between the board at two moments: `None` is as it is now.
///
/// # Errors
/// As [`encoded`], or 500 for a document that cannot be read.
pub async fn compare(
    app: &App,
    board: BoardId,
    before: Option<SnapshotId>,
    after: Option<SnapshotId>,
) -> Result<Comparison, Problem> {
    let (before, after) = (encoded(app, board, before).await?, encoded(app, board, after).await?);
    aside(board, move || Ok(compare::compare(&read::from_update(&before)?, &read::from_update(&after)?))).await
}

/// Reading a large board takes its time: not on a thread that serves others.
async fn aside<T: Send + 'static>(
    board: BoardId,
    work: impl FnOnce() -> Result<T, BadState> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => {
            tracing::error!(%error, %board, "a board cannot be read");
            Err(Code::Internal.into())
        }
        Err(error) => {
            tracing::error!(%error, %board, "work on a board failed");
            Err(Code::Internal.into())
        }
    }
}
