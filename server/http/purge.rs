//! Purging what was deleted from a board, for good. Knows no documents.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        guard::OnBoard,
        live,
        problem::{Code, Problem},
    },
    ids::Epoch,
};

/// A board of which nothing deleted is left.
#[derive(Serialize, ToSchema)]
#[schema(as = PurgedBoard)]
pub struct Purged {
    /// How many notes, arrows, comments and others were deleted on the board and are nowhere now.
    objects: usize,
    /// The epoch in which the board goes on.
    epoch: Epoch,
}

/// Erases what was deleted from the board: it is in no file of the server then, nor are the board's past and its snapshots,
/// which held it. What is on the board stays. Whoever has it open loads it anew. Backups made before keep it.
#[utoipa::path(post, path = "/api/boards/{board}/purge", tag = "boards",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Purged), answers::RatedCommands))]
pub async fn purge(State(app): State<App>, on: OnBoard) -> Result<axum::Json<Purged>, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    // The semaphore lives as long as the server; whoever goes away while waiting gives up their place.
    let _place = app.heavy_work.acquire().await.map_err(|_| Code::Unavailable)?;
    let objects = live::purge(&app, on.board).await?;
    let epoch = app.store.board(on.board).await?.epoch;
    Ok(axum::Json(Purged { objects, epoch }))
}
