//! What routes ask of live boards: the few calls into `room`. Knows no requests.

use bytes::Bytes;

use crate::{
    board::{read, value::Board},
    facilitation::Command,
    http::{
        App,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, Seq},
    role::Role,
};

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
            room.people_changed().await;
        }
    }
}

/// These people are out: their sockets on the board close.
pub async fn expel(app: &App, board: BoardId, people: &[PersonId]) {
    if let Some(room) = app.rooms.if_open(board) {
        for person in people {
            room.expel(*person).await;
        }
        room.people_changed().await;
    }
}

/// Runs a facilitation command; the answer is the number of the newest event, which is durable.
///
/// # Errors
/// The machine's refusal, or the store's.
pub async fn command(app: &App, board: BoardId, who: PersonId, role: Role, asked: Command) -> Result<Seq, Problem> {
    let room = app.rooms.open(board).await?;
    Ok(room.command(who, role, asked).await?)
}

/// The session state as this person's sockets get it.
///
/// # Errors
/// The store's.
pub async fn session(app: &App, board: BoardId, who: PersonId, role: Role) -> Result<serde_json::Value, Problem> {
    let room = app.rooms.open(board).await?;
    Ok(room.session(who, role).await?)
}

/// Hands the live board, as a plain value, to a function that may take its time.
///
/// # Errors
/// The store's, or 500 for a document that cannot be read.
pub async fn read_board<F>(app: &App, board: BoardId, then: F) -> Result<Vec<u8>, Problem>
where
    F: FnOnce(Board) -> Vec<u8> + Send + 'static,
{
    let room = app.rooms.open(board).await?;
    let encoded: Bytes = room.encoded().await?;
    let read = tokio::task::spawn_blocking(move || read::from_update(&encoded).map(then)).await;
    match read {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            tracing::error!(%error, %board, "a board cannot be read");
            Err(Code::Internal.into())
        }
        Err(error) => {
            tracing::error!(%error, %board, "an export failed");
            Err(Code::Internal.into())
        }
    }
}
