//! Where somebody is now who was moved from a board to another team's. Knows no documents.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::session,
    error::StoreError,
    http::{
        App, answers,
        auth::SignedIn,
        guard::BoardName,
        problem::{Code, Problem},
    },
    ids::BoardId,
    programme::Team,
};

/// The board that somebody was moved to.
#[derive(Serialize, ToSchema)]
pub struct Moved {
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    board: BoardId,
    title: String,
    /// The name of its team.
    #[schema(required)]
    team: Option<String>,
}

/// Where the caller was moved from this board; 404 for everybody else.
#[utoipa::path(get, path = "/api/boards/{board}/moved", tag = "boards",
    params(("board" = String, Path, description = "The id of the board that they had")),
    responses((status = 200, body = Moved), answers::BoardReads))]
pub async fn read(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    BoardName(old): BoardName,
) -> Result<axum::Json<Moved>, Problem> {
    let new = app.store.moved(old, caller.person).await?;
    session::role(app.store.as_ref(), &caller, new).await?.ok_or(Code::NotFound)?;
    let board = app.store.board(new).await?;
    let team = match app.store.team_on(new).await {
        Ok(Team { name, .. }) => Some(name),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(axum::Json(Moved { board: board.id, title: board.title, team }))
}
