//! The organisations of a series: making, changing, taking away. Knows no teams.

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, OrganisationName},
        problem::{Code, Problem},
    },
    programme::{Names, Organisation, OrganisationEdit, Sector},
    store::{Change, Commit},
};

/// An organisation to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganisation {
    name: Names,
    /// At most 20 characters.
    #[serde(default)]
    abbreviation: Option<String>,
    sector: Sector,
}

/// Makes an organisation; at most 200 in a series.
#[utoipa::path(post, path = "/api/series/{series}/organisations", tag = "series", request_body = NewOrganisation,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Organisation), answers::SeriesChanges))]
pub async fn make(
    State(app): State<App>,
    on: InSeries,
    Json(asked): Json<NewOrganisation>,
) -> Result<axum::Json<Organisation>, Problem> {
    on.runs_the_series()?;
    let NewOrganisation { name, abbreviation, sector } = asked;
    let organisation = Organisation::new(OrganisationEdit { name: Some(name), abbreviation, sector: Some(sector) })?;
    commit(&app, Change::NewOrganisation { series: on.series, organisation: organisation.clone() }).await?;
    Ok(axum::Json(organisation))
}

/// Changes an organisation; what is left out stays.
#[utoipa::path(patch, path = "/api/series/{series}/organisations/{organisation}", tag = "series",
    request_body = OrganisationEdit,
    params(("series" = String, Path, description = "The series' id"),
        ("organisation" = String, Path, description = "The organisation's id")),
    responses((status = 200, body = Organisation), answers::SeriesChanges))]
pub async fn change(
    State(app): State<App>,
    on: InSeries,
    OrganisationName(id): OrganisationName,
    Json(asked): Json<OrganisationEdit>,
) -> Result<axum::Json<Organisation>, Problem> {
    on.runs_the_series()?;
    commit(&app, Change::EditOrganisation { series: on.series, organisation: id, edit: asked.cleaned()? }).await?;
    let whole = app.store.whole_series(on.series).await?;
    let changed = whole.organisations.into_iter().find(|organisation| organisation.id == id);
    Ok(axum::Json(changed.ok_or(Code::NotFound)?))
}

/// Takes an organisation away; 409 `inUse` while it owns the series, or brought or owns a challenge.
#[utoipa::path(delete, path = "/api/series/{series}/organisations/{organisation}", tag = "series",
    params(("series" = String, Path, description = "The series' id"),
        ("organisation" = String, Path, description = "The organisation's id")),
    responses((status = 204, description = "It is gone."), answers::Removals))]
pub async fn delete(
    State(app): State<App>,
    on: InSeries,
    OrganisationName(id): OrganisationName,
) -> Result<StatusCode, Problem> {
    on.runs_the_series()?;
    commit(&app, Change::DeleteOrganisation { series: on.series, organisation: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn commit(app: &App, change: Change) -> Result<(), Problem> {
    Ok(app.store.commit(Commit { appends: vec![], records: vec![change] }).await?)
}
