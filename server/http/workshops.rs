//! The workshops of a series: making, changing, ordering, taking away, and their agendas. Knows not how far one is.

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    facilitation::{Agenda, PartWithTime},
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, WorkshopName},
        problem::Problem,
    },
    ids::{SeriesId, WorkshopId},
    programme::{AgendaEdit, Day, Names, Setting, TimeOfDay, Workshop, WorkshopEdit, WorkshopKind, Zone},
    store::{Change, Commit},
};

/// A workshop in a list.
#[derive(Serialize, ToSchema)]
pub struct WorkshopLine {
    #[schema(value_type = String, example = "wk_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: WorkshopId,
    title: Names,
    kind: WorkshopKind,
    setting: Setting,
    /// `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    date: Option<Day>,
    /// `hh:mm`.
    #[schema(value_type = Option<String>, required)]
    begins: Option<TimeOfDay>,
    #[schema(value_type = String, example = "Europe/Helsinki")]
    zone: Zone,
    /// How many minutes before the beginning the first part of the agenda begins, as an open door does.
    opens: i64,
    /// From the beginning to the end of the last part.
    minutes: i64,
}

/// A workshop with its agenda.
#[derive(Serialize, ToSchema)]
#[schema(as = Workshop)]
pub struct View {
    #[serde(flatten)]
    line: WorkshopLine,
    /// Of the agenda.
    version: u32,
    agenda: Vec<PartWithTime>,
}

impl From<Workshop> for View {
    fn from(workshop: Workshop) -> Self {
        let Workshop { id, title, kind, setting, date, begins, zone, agenda, version } = workshop;
        let (opens, minutes) = (agenda.opens(), agenda.lasts());
        let line = WorkshopLine { id, title, kind, setting, date, begins, zone, opens, minutes };
        Self { line, version, agenda: agenda.timed() }
    }
}

impl View {
    async fn read(app: &App, series: SeriesId, id: WorkshopId) -> Result<axum::Json<Self>, Problem> {
        Ok(axum::Json(app.store.workshop(series, id).await?.into()))
    }
}

/// A workshop to make, with the default agenda.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWorkshop {
    title: Names,
    /// Without it a working one.
    #[serde(default)]
    kind: Option<WorkshopKind>,
    /// Without it virtual.
    #[serde(default)]
    setting: Option<Setting>,
    /// `yyyy-mm-dd`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    date: Option<Day>,
    /// `hh:mm`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    begins: Option<TimeOfDay>,
    /// Without it `Europe/Helsinki`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    zone: Option<Zone>,
}

/// The order in which workshops are to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkshopOrder {
    /// Every workshop of the series once.
    #[schema(value_type = Vec<String>)]
    workshops: Vec<WorkshopId>,
}

/// The workshops of a series, in their order.
///
/// # Errors
/// The store's.
pub async fn all(app: &App, series: SeriesId) -> Result<Vec<WorkshopLine>, Problem> {
    let workshops = app.store.workshops_of(series).await?;
    Ok(workshops.into_iter().map(|workshop| View::from(workshop).line).collect())
}

async fn lines(app: &App, series: SeriesId) -> Result<axum::Json<Vec<WorkshopLine>>, Problem> {
    all(app, series).await.map(axum::Json)
}

/// The workshops of a series, in their order.
#[utoipa::path(get, path = "/api/series/{series}/workshops", tag = "workshops",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Vec<WorkshopLine>), answers::SeriesReads))]
pub async fn list(State(app): State<App>, on: InSeries) -> Result<axum::Json<Vec<WorkshopLine>>, Problem> {
    lines(&app, on.series).await
}

/// Makes a workshop with the default agenda, behind the others; at most 20 in a series.
#[utoipa::path(post, path = "/api/series/{series}/workshops", tag = "workshops", request_body = NewWorkshop,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = View), answers::SeriesChanges))]
pub async fn make(
    State(app): State<App>,
    on: InSeries,
    Json(asked): Json<NewWorkshop>,
) -> Result<axum::Json<View>, Problem> {
    on.runs_the_series()?;
    let NewWorkshop { title, kind, setting, date, begins, zone } = asked;
    let wanted = WorkshopEdit { title: Some(title), kind, setting, date: Some(date), begins: Some(begins), zone };
    let workshop = Workshop::new(wanted)?;
    commit(&app, Change::NewWorkshop { series: on.series, workshop: Box::new(workshop.clone()) }).await?;
    Ok(axum::Json(workshop.into()))
}

/// A workshop with its agenda.
#[utoipa::path(get, path = "/api/series/{series}/workshops/{workshop}", tag = "workshops",
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = View), answers::SeriesReads))]
pub async fn read(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(id): WorkshopName,
) -> Result<axum::Json<View>, Problem> {
    View::read(&app, on.series, id).await
}

/// Changes a workshop, but not its agenda; what is left out stays.
#[utoipa::path(patch, path = "/api/series/{series}/workshops/{workshop}", tag = "workshops", request_body = WorkshopEdit,
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = View), answers::SeriesChanges))]
pub async fn change(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
    Json(asked): Json<WorkshopEdit>,
) -> Result<axum::Json<View>, Problem> {
    on.runs_the_series()?;
    commit(&app, Change::EditWorkshop { series: on.series, workshop, edit: asked.cleaned()? }).await?;
    View::read(&app, on.series, workshop).await
}

/// Puts another agenda in the place of the one of this version; 409 `conflict` when somebody changed it meanwhile. Boards on which
/// the workshop has begun keep theirs.
#[utoipa::path(put, path = "/api/series/{series}/workshops/{workshop}/agenda", tag = "workshops", request_body = AgendaEdit,
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = View), answers::SeriesChanges))]
pub async fn agenda(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
    Json(AgendaEdit { version, parts }): Json<AgendaEdit>,
) -> Result<axum::Json<View>, Problem> {
    on.runs_the_series()?;
    let agenda = Agenda::cleaned(parts)?;
    commit(&app, Change::SetAgenda { series: on.series, workshop, version, agenda }).await?;
    View::read(&app, on.series, workshop).await
}

/// Takes a workshop away; 409 `inUse` once anything was said to its boards.
#[utoipa::path(delete, path = "/api/series/{series}/workshops/{workshop}", tag = "workshops",
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 204, description = "It is gone."), answers::Removals))]
pub async fn delete(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
) -> Result<StatusCode, Problem> {
    on.runs_the_series()?;
    commit(&app, Change::DeleteWorkshop { series: on.series, workshop }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts the workshops of a series in an order; 409 `conflict` when there are others by now.
#[utoipa::path(post, path = "/api/series/{series}/workshop-order", tag = "workshops", request_body = WorkshopOrder,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Vec<WorkshopLine>), answers::SeriesChanges))]
pub async fn order(
    State(app): State<App>,
    on: InSeries,
    Json(WorkshopOrder { workshops }): Json<WorkshopOrder>,
) -> Result<axum::Json<Vec<WorkshopLine>>, Problem> {
    on.runs_the_series()?;
    commit(&app, Change::OrderWorkshops { series: on.series, order: workshops }).await?;
    lines(&app, on.series).await
}

async fn commit(app: &App, change: Change) -> Result<(), Problem> {
    Ok(app.store.commit(Commit { appends: vec![], records: vec![change] }).await?)
}
