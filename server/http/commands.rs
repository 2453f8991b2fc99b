//! Facilitation by command: locks and the pause, and the session state that they change. Knows no sockets.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    facilitation::{Command, No},
    http::{
        App, answers,
        body::Json,
        guard::OnBoard,
        live,
        problem::{Code, Problem},
    },
    ids::Seq,
};

/// A command that was carried out, or had nothing to change.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// The journal number of the newest facilitation event; it is durable.
    seq: Seq,
}

/// What everyone on the board is told, as the caller is told it.
#[derive(Serialize, ToSchema)]
pub struct SessionState {
    /// The journal number of the newest facilitation event.
    seq: Seq,
    /// See docs/protocol.md, section 3.2.
    state: serde_json::Value,
}

impl From<No> for Problem {
    fn from(no: No) -> Self {
        match no {
            No::Role => Code::Forbidden.into(),
            No::BadObject | No::TooMany => Problem::new(Code::BadRequest).detail(no),
            No::NoWorkshop | No::NoPart | No::NoTimer => Problem::new(Code::Conflict).detail(no),
            No::Wrong(wrong) => wrong.into(),
        }
    }
}

/// Locks or unlocks objects, pauses or resumes the board. Doing what is done already is no error.
#[utoipa::path(post, path = "/api/boards/{board}/commands", tag = "facilitation", request_body = Command,
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Done), answers::BoardChanges))]
pub async fn command(
    State(app): State<App>,
    on: OnBoard,
    Json(asked): Json<Command>,
) -> Result<axum::Json<Done>, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    let seq = live::command(&app, on.board, on.caller.person, on.role, asked).await?;
    Ok(axum::Json(Done { seq }))
}

/// The session state as the sockets send it: who is here, locks, the pause, what the caller may do.
#[utoipa::path(get, path = "/api/boards/{board}/session", tag = "facilitation",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = SessionState),
        answers::BoardReads))]
pub async fn session(State(app): State<App>, on: OnBoard) -> Result<axum::Json<SessionState>, Problem> {
    let (seq, state) = live::session(&app, on.board, on.caller.person, on.role).await?;
    Ok(axum::Json(SessionState { seq, state }))
}
