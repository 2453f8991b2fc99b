//! A board, or what a snapshot of it holds, as a file to download. Knows no formats: those are `export`.

use axum::{
    extract::{FromRequestParts, Query, State},
    http::{HeaderName, header, request::Parts},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    clock,
    export::{Failure, Format, Order, csv::Decimal, words::Words},
    http::{
        App, answers,
        guard::OnBoard,
        live,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, SnapshotId},
};

/// What a downloaded file may do should a browser open it: nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A language of the exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    Fi,
    Sv,
    En,
}

/// What a file is made of, and how.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wishes {
    /// A snapshot of the board; without it the board as it is now.
    #[schema(value_type = Option<String>, example = "sn_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    #[param(value_type = Option<String>)]
    pub snapshot: Option<SnapshotId>,
    /// Of the words that are not on the board; without it the caller's own.
    pub language: Option<Tongue>,
    /// In tables: what stands before the decimals of a number. Without it a comma.
    pub decimal: Option<Decimal>,
}

impl FromRequestParts<App> for Wishes {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let query = Query::<Self>::from_request_parts(parts, app).await;
        query.map(|Query(wishes)| wishes).map_err(|error| Problem::new(Code::BadRequest).detail(error.body_text()))
    }
}

impl Wishes {
    /// As an order for a format, by a person.
    ///
    /// # Errors
    /// The store's.
    pub async fn order(self, app: &App, person: PersonId, format: Format) -> Result<Order, Problem> {
        let words = match self.language {
            Some(Tongue::Fi) => Words::of("fi"),
            Some(Tongue::Sv) => Words::of("sv"),
            Some(Tongue::En) => Words::of("en"),
            None => Words::of(&app.store.person(person).await?.language),
        };
        Ok(Order { format, words, decimal: self.decimal.unwrap_or_default(), now: clock::now_ms() })
    }
}

/// The headers of a file. Its name is the board's id: a title can hold anything.
#[must_use]
pub fn download(board: BoardId, format: Format) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(board, format))),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ]
}

/// What a file is called.
#[must_use]
pub fn file_name(board: BoardId, format: Format) -> String {
    format!("{board}.{}", format.ending())
}

async fn direct(app: App, on: OnBoard, wishes: Wishes, format: Format) -> Result<impl IntoResponse, Problem> {
    let order = wishes.order(&app, on.caller.person, format).await?;
    match app.exports.now(live::encoded(&app, on.board, wishes.snapshot), order).await? {
        Ok(file) => Ok((download(on.board, format), file)),
        Err(Failure::Stopped(_)) => Err(Code::Unavailable.into()),
        Err(Failure::Broken(error)) => {
            tracing::error!(%error, board = %on.board, "an export failed");
            Err(Code::Internal.into())
        }
    }
}

/// The board as JSON, which another server can import.
#[utoipa::path(get, path = "/api/boards/{board}/export.json", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = Object, content_type = "application/json",
        description = "The format of docs/board-format.md."), answers::Exports))]
pub async fn json(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::Json).await
}

/// The board as a picture that can be scaled.
#[utoipa::path(get, path = "/api/boards/{board}/export.svg", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = String, content_type = "image/svg+xml"), answers::Exports))]
pub async fn svg(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::Svg).await
}

/// The board as a report: headings, lists, tables.
#[utoipa::path(get, path = "/api/boards/{board}/export.md", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = String, content_type = "text/markdown"), answers::Exports))]
pub async fn markdown(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::Markdown).await
}

/// The board as a painted picture, at most 16,384 pixels a side.
#[utoipa::path(get, path = "/api/boards/{board}/export.png", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = Vec<u8>, content_type = "image/png"), answers::Exports))]
pub async fn png(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::Png).await
}

/// The next steps as a table.
#[utoipa::path(get, path = "/api/boards/{board}/export-next-steps.csv", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = String, content_type = "text/csv"), answers::Exports))]
pub async fn next_steps(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::NextStepsCsv).await
}

/// The obstacles as a table.
#[utoipa::path(get, path = "/api/boards/{board}/export-obstacles.csv", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = String, content_type = "text/csv"), answers::Exports))]
pub async fn obstacles(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::ObstaclesCsv).await
}

/// The process steps as a table.
#[utoipa::path(get, path = "/api/boards/{board}/export-steps.csv", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), Wishes),
    responses((status = 200, body = String, content_type = "text/csv"), answers::Exports))]
pub async fn steps(State(app): State<App>, on: OnBoard, wishes: Wishes) -> Result<impl IntoResponse, Problem> {
    direct(app, on, wishes, Format::StepsCsv).await
}
