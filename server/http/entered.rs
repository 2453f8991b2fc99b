//! Ballots that facilitators enter for people in the room or on the phone; each sees those that they entered. Knows no totals.

use axum::{extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    facilitation::Ballot,
    http::{
        App, answers,
        body::Json,
        guard::{BallotName, OnBoard, VoteName},
        live,
        problem::Problem,
    },
    ids::BallotId,
    room::Put,
};

/// A ballot that the caller entered.
#[derive(Serialize, ToSchema)]
pub struct EnteredBallot {
    #[schema(value_type = String, example = "bl_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: BallotId,
    #[serde(flatten)]
    ballot: Ballot,
}

/// The ballots that the caller entered in an open vote. 404 when it is not open.
#[utoipa::path(get, path = "/api/boards/{board}/votes/{vote}/entered", tag = "votes",
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id")),
    responses((status = 200, body = Vec<EnteredBallot>), answers::BoardReads))]
pub async fn list(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
) -> Result<axum::Json<Vec<EnteredBallot>>, Problem> {
    on.runs_the_board()?;
    let entered = app.store.entered(on.board, vote, on.caller.person).await?;
    Ok(axum::Json(entered.into_iter().map(|(id, ballot)| EnteredBallot { id, ballot }).collect()))
}

/// Enters a whole ballot for somebody, or changes one that the caller entered; the id is the caller's choice, so that one that is
/// sent twice is one. At most 200 in a vote.
#[utoipa::path(put, path = "/api/boards/{board}/votes/{vote}/entered/{ballot}", tag = "votes", request_body = Ballot,
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id"),
        ("ballot" = String, Path, description = "The ballot's id, as `bl_01J…`")),
    responses((status = 204, description = "The ballot is kept."), answers::Casts))]
pub async fn enter(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
    BallotName(id): BallotName,
    Json(ballot): Json<Ballot>,
) -> Result<StatusCode, Problem> {
    put(&app, on, vote, Put::Enter(id, ballot)).await
}

/// Takes a ballot away that the caller entered.
#[utoipa::path(delete, path = "/api/boards/{board}/votes/{vote}/entered/{ballot}", tag = "votes",
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id"),
        ("ballot" = String, Path, description = "The ballot's id")),
    responses((status = 204, description = "The ballot is gone."), answers::RatedCommands))]
pub async fn withdraw(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
    BallotName(id): BallotName,
) -> Result<StatusCode, Problem> {
    put(&app, on, vote, Put::Withdraw(id)).await
}

async fn put(app: &App, on: OnBoard, vote: crate::ids::VoteId, put: Put) -> Result<StatusCode, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    live::cast(app, on.board, on.caller.person, on.role, vote, put).await?;
    Ok(StatusCode::NO_CONTENT)
}
