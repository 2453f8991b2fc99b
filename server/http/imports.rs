//! New boards: empty, the worked example, or from a file; judged by the gate and made in one commit.
//! Knows no sockets.

use axum::extract::State;
use bytes::Bytes;

use crate::{
    access::{name, table},
    board::{demo, edit, import},
    clock, facilitation,
    gate::{Gate, Known, Verdict},
    http::{
        App, answers,
        auth::SignedIn,
        boards::{BoardLine, Content},
        body,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId},
    limits,
    role::Role,
    store::{
        AuthoredUpdate, Body, Change, Commit, Stream,
        journal::Append,
        records::{Board, Member},
    },
};

/// Makes a board from a board file. Only for owners of the server.
#[utoipa::path(post, path = "/api/boards/import", tag = "boards",
    request_body(content = Object, description = "The format of docs/board-format.md, at most 50 MB"),
    responses((status = 200, body = BoardLine), answers::Imports))]
pub async fn import(State(app): State<App>, request: Import) -> Result<axum::Json<BoardLine>, Problem> {
    let Import { caller, file } = request;
    let person = caller.person;
    let updates = move |client| {
        let file = import::read(&file).map_err(|error| Problem::new(Code::BadFile).detail(error))?;
        let title = name::title(&file.board().title).ok_or(Code::BadName)?;
        Ok((title, edit::import(&file, person, client, clock::now_ms())))
    };
    let board = create(&app, person, updates).await?;
    Ok(axum::Json(BoardLine::new(board, Role::Owner)))
}
