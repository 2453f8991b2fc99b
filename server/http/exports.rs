//! The live board as a file to download. Knows no formats: those are `export`.

use axum::{
    extract::State,
    http::{HeaderName, header},
    response::IntoResponse,
};

use crate::{
    clock,
    export::{self, words::Words},
    http::{App, answers, guard::OnBoard, live, problem::Problem},
    ids::BoardId,
};

/// What a downloaded file may do should a browser open it: nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The board as JSON, which another server can import.
#[utoipa::path(get, path = "/api/boards/{board}/export.json", tag = "boards",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Object, content_type = "application/json",
        description = "The format of docs/board-format.md."), answers::BoardReads))]
pub async fn json(State(app): State<App>, on: OnBoard) -> Result<impl IntoResponse, Problem> {
    let bytes = live::read_board(&app, on.board, None, |board| export::json::write(&board, clock::now_ms())).await?;
    Ok((download(on.board, "json", "application/json"), bytes))
}

/// The board as a picture, its words in the caller's language.
#[utoipa::path(get, path = "/api/boards/{board}/export.svg", tag = "boards",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = String, content_type = "image/svg+xml"), answers::BoardReads))]
pub async fn svg(State(app): State<App>, on: OnBoard) -> Result<impl IntoResponse, Problem> {
    let words = Words::of(&app.store.person(on.caller.person).await?.language);
    let bytes = live::read_board(&app, on.board, None, move |board| export::svg::write(&board, words)).await?;
    Ok((download(on.board, "svg", "image/svg+xml"), bytes))
}

/// The file's name is the board's id: a title can hold anything.
fn download(board: BoardId, ending: &str, kind: &'static str) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{board}.{ending}\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ]
}
