//! Exports that take their time: asked for, watched, fetched, cancelled. Knows no formats.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    export::{Format, csv::Decimal, progress::WHOLE},
    http::{
        App, answers,
        body::Json,
        export_queue::{self, Outcome},
        exports::{Tongue, Wishes, download, file_name},
        guard::{ExportName, OnBoard},
        live,
        problem::{Code, Problem},
    },
    ids::{ExportId, SnapshotId},
};

/// An export to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExport {
    format: Format,
    /// A snapshot of the board; without it the board as it is now.
    #[schema(value_type = Option<String>, example = "sn_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    snapshot: Option<SnapshotId>,
    /// Of the words that are not on the board; without it the caller's own.
    language: Option<Tongue>,
    /// In tables: what stands before the decimals of a number. Without it a comma.
    decimal: Option<Decimal>,
}

/// What has become of an export.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum JobState {
    Running,
    Ready,
    Failed,
    Cancelled,
}

/// An export that was asked for.
#[derive(Serialize, ToSchema)]
pub struct Job {
    #[schema(value_type = String, example = "ex_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: ExportId,
    state: JobState,
    /// So much is done…
    done: u32,
    /// …of this.
    of: u32,
    /// The file's size, once it is ready.
    bytes: Option<usize>,
    /// What the file is called.
    name: String,
}

impl Job {
    fn of(job: &export_queue::Job) -> Self {
        let (state, bytes) = match job.outcome() {
            Outcome::Running => (JobState::Running, None),
            Outcome::Ready(file, _) => (JobState::Ready, Some(file.len())),
            Outcome::Failed => (JobState::Failed, None),
            Outcome::Cancelled => (JobState::Cancelled, None),
        };
        let name = file_name(job.board, job.order.format);
        Self { id: job.id, state, done: job.done(), of: WHOLE, bytes, name }
    }
}

/// Begins an export. At most three of a person are unfinished at a time; a finished one is kept for ten minutes.
#[utoipa::path(post, path = "/api/boards/{board}/exports", tag = "exports", request_body = NewExport,
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Job), answers::BoardChanges))]
pub async fn make(
    State(app): State<App>,
    on: OnBoard,
    Json(asked): Json<NewExport>,
) -> Result<axum::Json<Job>, Problem> {
    let person = on.caller.person;
    app.rates.command(person)?;
    let NewExport { format, snapshot, language, decimal } = asked;
    let order = Wishes { snapshot, language, decimal }.order(&app, person, format).await?;
    let job = app.exports.add(on.board, person, order);
    let job = job.ok_or_else(|| Problem::new(Code::TooMany).retry_after(2))?;
    // What the board is now is what was asked for, however long the export has to wait.
    let document = match live::encoded(&app, on.board, snapshot).await {
        Ok(document) => document,
        Err(problem) => {
            app.exports.forget(&job);
            return Err(problem);
        }
    };
    let answer = Job::of(&job);
    let (exports, shutdown) = (Arc::clone(&app.exports), app.shutdown.clone());
    app.tasks.spawn(async move { exports.work(&job, document, &shutdown).await });
    Ok(axum::Json(answer))
}

fn find(app: &App, on: &OnBoard, ExportName(id): &ExportName) -> Result<Arc<export_queue::Job>, Problem> {
    app.exports.find(*id, on.board, on.caller.person).ok_or_else(|| Code::NotFound.into())
}

/// How far an export is. Only whoever asked for it sees it.
#[utoipa::path(get, path = "/api/boards/{board}/exports/{export}", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), ("export" = String, Path, description = "The export's id")),
    responses((status = 200, body = Job), answers::BoardReads))]
pub async fn read(State(app): State<App>, on: OnBoard, name: ExportName) -> Result<axum::Json<Job>, Problem> {
    Ok(axum::Json(Job::of(&*find(&app, &on, &name)?)))
}

/// The file of an export that is ready; 409 while it is not, 404 when it never will be.
#[utoipa::path(get, path = "/api/boards/{board}/exports/{export}/file", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), ("export" = String, Path, description = "The export's id")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream",
        description = "With the format's own media type."), answers::ExportFiles))]
pub async fn file(State(app): State<App>, on: OnBoard, name: ExportName) -> Result<impl IntoResponse, Problem> {
    let job = find(&app, &on, &name)?;
    match job.outcome() {
        Outcome::Ready(file, _) => Ok((download(job.board, job.order.format), file)),
        Outcome::Running => Err(Code::Conflict.into()),
        Outcome::Failed | Outcome::Cancelled => Err(Code::NotFound.into()),
    }
}

/// Cancels an export that is at work, or drops one that is finished.
#[utoipa::path(delete, path = "/api/boards/{board}/exports/{export}", tag = "exports",
    params(("board" = String, Path, description = "The board's id"), ("export" = String, Path, description = "The export's id")),
    responses((status = 204), answers::BareChanges))]
pub async fn cancel(State(app): State<App>, on: OnBoard, name: ExportName) -> Result<StatusCode, Problem> {
    app.exports.cancel(&*find(&app, &on, &name)?);
    Ok(StatusCode::NO_CONTENT)
}
