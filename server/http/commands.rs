//! Facilitation of one board by command, and the session state that it changes. Knows no sockets.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    facilitation::{Command, No},
    http::{
        App, answers,
        body::Json,
        calls,
        guard::OnBoard,
        live,
        problem::{Code, Problem},
    },
    ids::Seq,
};

/// A command, and the state it is meant for.
#[derive(Deserialize, ToSchema)]
#[schema(as = FacilitationCommand)]
pub struct Asked {
    /// The number of the newest facilitation event (for all boards: of the last call) that the caller has seen. When there is a newer
    /// one, nothing is done and the answer says whose it is. What people say of themselves (hands, help, done) does not count.
    #[serde(default)]
    pub expected: Option<Seq>,
    #[serde(flatten)]
    pub command: Command,
}

/// A command that was carried out, or had nothing to change.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// The journal number of the newest facilitation event; it is durable.
    seq: Seq,
}

/// What everyone on the board is told, as the caller is told it.
#[derive(Serialize, ToSchema)]
pub struct SessionState {
    /// The journal number of the newest facilitation event; of a workshop, of its last call.
    seq: Seq,
    /// See docs/protocol.md, section 3.2.
    state: serde_json::Value,
}

impl SessionState {
    pub(super) fn new(seq: Seq, state: serde_json::Value) -> Self {
        Self { seq, state }
    }
}

impl From<No> for Problem {
    fn from(no: No) -> Self {
        match no {
            No::Role => Code::Forbidden.into(),
            No::BadObject | No::TooMany => Problem::new(Code::BadRequest).detail(no),
            No::NoWorkshop
            | No::NoPart
            | No::NoTimer
            | No::NoRound
            | No::NoVote
            | No::NoWay
            | No::NotInPart
            | No::VoteOpen
            | No::SurveyOpen
            | No::NoHelp
            | No::Full
            | No::Taken(..) => Problem::new(Code::Conflict).detail(no),
            No::TooManyVotes => Code::Limit.into(),
            No::Wrong(wrong) => wrong.into(),
        }
    }
}

/// Runs the board: locks, the pause, a workshop's script, the timer, a message, who leads. Of these, everybody may raise a hand, ask for
/// help and say that they are done. Doing what is done already is no error. With `expected`,
/// only when no newer event steers the board; else 409 `conflict`, with who was first.
#[utoipa::path(post, path = "/api/boards/{board}/commands", tag = "facilitation", request_body = Asked,
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Done), answers::BoardAdditions))]
pub async fn command(
    State(app): State<App>,
    on: OnBoard,
    Json(mut asked): Json<Asked>,
) -> Result<axum::Json<Done>, Problem> {
    if !asked.command.is_everybodys() {
        on.runs_the_board()?;
    }
    app.rates.command(on.caller.person)?;
    if asked.command.is_for_all_only() {
        return Err(Problem::new(Code::BadRequest).detail("a survey is a whole workshop's"));
    }
    if matches!(asked.command, Command::StartWorkshop { .. }) {
        let series = app.store.board(on.board).await?.series;
        asked.command = calls::with_plan(&app, series, asked.command).await?;
    }
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
    Ok(axum::Json(SessionState::new(seq, state)))
}
