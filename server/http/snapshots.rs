//! A board's snapshots: taking, listing, renaming, deleting; reading, comparing and copying one. Knows no documents.

use std::collections::HashMap;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    access::name,
    board::compare::Comparison,
    clock,
    error::StoreError,
    http::{
        App, answers,
        boards::BoardLine,
        body::Json,
        guard::{OnBoard, SnapshotName},
        imports, live,
        making::Wanted,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, SnapshotId},
    role::Role,
    store::{Change, Commit, Snapshot, snapshots::Kind},
};

/// A snapshot as it is listed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotLine {
    #[schema(value_type = String, example = "sn_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: SnapshotId,
    name: String,
    kind: Kind,
    /// When it was taken, milliseconds since 1970.
    at: i64,
    /// Who took it.
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    by: PersonId,
    /// The name that they have now; empty when they gave none.
    by_name: String,
}

impl SnapshotLine {
    fn new(snapshot: Snapshot, by_name: String) -> Self {
        let Snapshot { id, name, kind, at, by, .. } = snapshot;
        Self { id, name, kind, at, by, by_name }
    }
}

async fn line(app: &App, snapshot: Snapshot) -> Result<axum::Json<SnapshotLine>, Problem> {
    let name = name_of(app, snapshot.by).await?;
    Ok(axum::Json(SnapshotLine::new(snapshot, name)))
}

async fn name_of(app: &App, person: PersonId) -> Result<String, Problem> {
    match app.store.person(person).await {
        Ok(person) => Ok(person.name),
        Err(StoreError::NotFound) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

/// What a snapshot is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SnapshotName)]
pub struct Named {
    /// 1 to 80 characters.
    name: String,
}

impl Named {
    fn cleaned(&self) -> Result<String, Problem> {
        name::snapshot(&self.name).ok_or_else(|| Code::Name.into())
    }
}

/// A board to make of a snapshot.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCopyOfSnapshot)]
pub struct NewCopy {
    /// 1 to 120 characters.
    title: String,
}

/// What to compare with.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct With {
    /// Another snapshot of the board, the later state; without it the board as it is now.
    #[param(value_type = Option<String>)]
    #[serde(default)]
    with: Option<SnapshotId>,
}

/// The board's snapshots, newest first.
#[utoipa::path(get, path = "/api/boards/{board}/snapshots", tag = "snapshots",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Vec<SnapshotLine>), answers::BoardReads))]
pub async fn list(State(app): State<App>, on: OnBoard) -> Result<axum::Json<Vec<SnapshotLine>>, Problem> {
    // Few people take snapshots, and each of them many.
    let mut names: HashMap<PersonId, String> = HashMap::new();
    let mut lines = Vec::new();
    for snapshot in app.store.snapshots_of(on.board).await? {
        let by_name = match names.get(&snapshot.by) {
            Some(name) => name.clone(),
            None => {
                let name = name_of(&app, snapshot.by).await?;
                names.entry(snapshot.by).or_insert(name).clone()
            }
        };
        lines.push(SnapshotLine::new(snapshot, by_name));
    }
    Ok(axum::Json(lines))
}

/// Names the board as it is now: all that is saved, nothing that is still on its way. At most 200 a board.
#[utoipa::path(post, path = "/api/boards/{board}/snapshots", tag = "snapshots", request_body = Named,
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = SnapshotLine), answers::BoardAdditions))]
pub async fn take(
    State(app): State<App>,
    on: OnBoard,
    Json(asked): Json<Named>,
) -> Result<axum::Json<SnapshotLine>, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    let name = asked.cleaned()?;
    let (epoch, checkpoint) = live::still(&app, on.board).await?;
    let (id, at, by) = (SnapshotId::new(), clock::now_ms(), on.caller.person);
    let snapshot = Snapshot { id, board: on.board, name, kind: Kind::Manual, at, by };
    change(&app, Change::TakeSnapshot { snapshot: snapshot.clone(), epoch, checkpoint }).await?;
    line(&app, snapshot).await
}

/// Gives a snapshot another name.
#[utoipa::path(patch, path = "/api/boards/{board}/snapshots/{snapshot}", tag = "snapshots", request_body = Named,
    params(("board" = String, Path, description = "The board's id"),
        ("snapshot" = String, Path, description = "The snapshot's id")),
    responses((status = 200, body = SnapshotLine), answers::BoardChanges))]
pub async fn rename(
    State(app): State<App>,
    on: OnBoard,
    SnapshotName(id): SnapshotName,
    Json(asked): Json<Named>,
) -> Result<axum::Json<SnapshotLine>, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    change(&app, Change::RenameSnapshot { board: on.board, snapshot: id, name: asked.cleaned()? }).await?;
    let snapshot = app.store.snapshot(on.board, id).await?;
    line(&app, snapshot).await
}

/// Deletes a snapshot and its document. The board stays as it is.
#[utoipa::path(delete, path = "/api/boards/{board}/snapshots/{snapshot}", tag = "snapshots",
    params(("board" = String, Path, description = "The board's id"),
        ("snapshot" = String, Path, description = "The snapshot's id")),
    responses((status = 204, description = "It is gone."), answers::RatedChanges))]
pub async fn delete(
    State(app): State<App>,
    on: OnBoard,
    SnapshotName(id): SnapshotName,
) -> Result<StatusCode, Problem> {
    on.runs_the_board()?;
    app.rates.command(on.caller.person)?;
    change(&app, Change::DropSnapshot { board: on.board, snapshot: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The board as the snapshot holds it: one lib0-v1 update of a Yjs document, to be looked at and never to be edited.
#[utoipa::path(get, path = "/api/boards/{board}/snapshots/{snapshot}/document", tag = "snapshots",
    params(("board" = String, Path, description = "The board's id"),
        ("snapshot" = String, Path, description = "The snapshot's id")),
    responses((status = 200, body = [u8], content_type = "application/octet-stream",
        description = "As large as the board was."), answers::RatedReads))]
pub async fn document(
    State(app): State<App>,
    on: OnBoard,
    SnapshotName(id): SnapshotName,
) -> Result<impl IntoResponse, Problem> {
    app.rates.command(on.caller.person)?;
    let document = live::encoded(&app, on.board, Some(id)).await?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], document))
}

/// What came, went and changed between the snapshot and another, or the board as it is now: items and links.
#[utoipa::path(get, path = "/api/boards/{board}/snapshots/{snapshot}/compare", tag = "snapshots",
    params(("board" = String, Path, description = "The board's id"),
        ("snapshot" = String, Path, description = "The snapshot's id, the earlier state"), With),
    responses((status = 200, body = Comparison), answers::Comparisons))]
pub async fn compare(
    State(app): State<App>,
    on: OnBoard,
    SnapshotName(id): SnapshotName,
    asked: Result<Query<With>, QueryRejection>,
) -> Result<axum::Json<Comparison>, Problem> {
    let Query(With { with }) = asked.map_err(|error| Problem::new(Code::BadRequest).detail(error.body_text()))?;
    app.rates.command(on.caller.person)?;
    // The semaphore lives as long as the server; whoever goes away while waiting gives up their place.
    let _place = app.heavy_work.acquire().await.map_err(|_| Code::Unavailable)?;
    live::compare(&app, on.board, Some(id), with).await.map(axum::Json)
}

/// Makes a board with the content of a snapshot, in the same series. The caller is its owner.
#[utoipa::path(post, path = "/api/boards/{board}/snapshots/{snapshot}/copy", tag = "snapshots", request_body = NewCopy,
    params(("board" = String, Path, description = "The board's id"),
        ("snapshot" = String, Path, description = "The snapshot's id")),
    responses((status = 200, body = BoardLine), answers::BoardChanges))]
pub async fn copy(
    State(app): State<App>,
    on: OnBoard,
    SnapshotName(id): SnapshotName,
    Json(asked): Json<NewCopy>,
) -> Result<axum::Json<BoardLine>, Problem> {
    on.owns_the_board()?;
    app.rates.command(on.caller.person)?;
    let title = name::title(&asked.title).ok_or(Code::Name)?;
    let _place = app.heavy_work.acquire().await.map_err(|_| Code::Unavailable)?;
    let document = live::encoded(&app, on.board, Some(id)).await?;
    let series = app.store.board(on.board).await?.series;
    let new = Wanted { id: BoardId::new(), person: on.caller.person, series };
    let board = imports::copy(&app, new, title, document).await?;
    Ok(axum::Json(BoardLine::of(&app, board, Role::Owner).await?))
}

async fn change(app: &App, change: Change) -> Result<(), Problem> {
    Ok(app.store.commit(Commit { appends: Vec::new(), records: vec![change] }).await?)
}
