//! Workshop series: listing, making, reading, changing. Knows no boards' content.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock,
    http::{
        App, answers,
        auth::{ServerOwner, SignedIn},
        body::Json,
        guard::InSeries,
        problem::{Code, Problem},
    },
    ids::{OrganisationId, SeriesId},
    programme::{Day, Language, Names, Organisation, Series, SeriesEdit, Team, WholeSeries},
    role::Role,
    store::{Change, Commit, records::SeriesMember},
};

/// A series in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = SeriesLine)]
pub struct Line {
    #[schema(value_type = String, example = "ws_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: SeriesId,
    name: Names,
    /// `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    starts: Option<Day>,
    #[schema(value_type = Option<String>, required)]
    ends: Option<Day>,
    /// The caller's role.
    role: Role,
    /// How many teams it has.
    teams: u32,
}

/// A series with everything that belongs to it.
#[derive(Serialize, ToSchema)]
#[schema(as = Series)]
pub struct View {
    #[schema(value_type = String, example = "ws_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: SeriesId,
    /// The caller's role.
    role: Role,
    name: Names,
    purpose: String,
    /// `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    starts: Option<Day>,
    #[schema(value_type = Option<String>, required)]
    ends: Option<Day>,
    languages: Vec<Language>,
    /// Organisations of the series.
    #[schema(value_type = Vec<String>)]
    owners: Vec<OrganisationId>,
    organisations: Vec<Organisation>,
    teams: Vec<Team>,
}

impl View {
    /// The series as it stands now.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn read(app: &App, series: SeriesId, role: Role) -> Result<Self, Problem> {
        let WholeSeries { series, organisations, teams } = app.store.whole_series(series).await?;
        let Series { id, name, purpose, starts, ends, languages, owners, .. } = series;
        Ok(Self { id, role, name, purpose, starts, ends, languages, owners, organisations, teams })
    }
}

/// A series to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeries {
    name: Names,
    /// At most 2,000 characters.
    #[serde(default)]
    purpose: Option<String>,
    /// `yyyy-mm-dd`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    starts: Option<Day>,
    /// `yyyy-mm-dd`, not before the start.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    ends: Option<Day>,
    /// Without them those of the name.
    #[serde(default)]
    languages: Option<Vec<Language>>,
}

/// The series in which the caller has a role, newest first.
#[utoipa::path(get, path = "/api/series", tag = "series",
    responses((status = 200, body = Vec<Line>), answers::Reads))]
pub async fn list(State(app): State<App>, SignedIn(caller): SignedIn) -> Result<axum::Json<Vec<Line>>, Problem> {
    let lines = app.store.series_of(caller.person).await?.into_iter().map(|line| {
        let Series { id, name, starts, ends, .. } = line.series;
        Line { id, name, starts, ends, role: line.role, teams: line.teams }
    });
    Ok(axum::Json(lines.collect()))
}

/// Makes a series without teams. Only for owners of the server.
#[utoipa::path(post, path = "/api/series", tag = "series", request_body = NewSeries,
    responses((status = 200, body = View), answers::Changes))]
pub async fn make(
    State(app): State<App>,
    ServerOwner(caller): ServerOwner,
    Json(asked): Json<NewSeries>,
) -> Result<axum::Json<View>, Problem> {
    let NewSeries { name, purpose, starts, ends, languages } = asked;
    let (starts, ends) = (Some(starts), Some(ends));
    let wanted = SeriesEdit { name: Some(name), purpose, starts, ends, languages, owners: None };
    let series = Series::new(wanted, caller.person, clock::now_ms())?;
    let id = series.id;
    let owner = SeriesMember { series: id, person: caller.person, role: Role::Owner, invite: None };
    let records = vec![Change::NewSeries(series), Change::PutSeriesMember(owner)];
    app.store.commit(Commit { appends: vec![], records }).await?;
    Ok(axum::Json(View::read(&app, id, Role::Owner).await?))
}

/// A series with its organisations and teams.
#[utoipa::path(get, path = "/api/series/{series}", tag = "series",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = View), answers::SeriesReads))]
pub async fn read(State(app): State<App>, on: InSeries) -> Result<axum::Json<View>, Problem> {
    Ok(axum::Json(View::read(&app, on.series, on.role).await?))
}

/// Changes a series; what is left out stays.
#[utoipa::path(patch, path = "/api/series/{series}", tag = "series", request_body = SeriesEdit,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = View), answers::SeriesChanges))]
pub async fn change(
    State(app): State<App>,
    on: InSeries,
    Json(asked): Json<SeriesEdit>,
) -> Result<axum::Json<View>, Problem> {
    on.runs_the_series()?;
    let edit = asked.cleaned()?;
    let mut whole = app.store.whole_series(on.series).await?;
    known(&whole, edit.owners.iter().flatten().copied())?;
    edit.apply(&mut whole.series);
    whole.series.check()?;
    let records = vec![Change::EditSeries { series: on.series, edit }];
    app.store.commit(Commit { appends: vec![], records }).await?;
    Ok(axum::Json(View::read(&app, on.series, on.role).await?))
}

/// That all of these are organisations of the series.
pub(super) fn known(whole: &WholeSeries, organisations: impl Iterator<Item = OrganisationId>) -> Result<(), Problem> {
    if whole.knows(organisations) {
        Ok(())
    } else {
        Err(Problem::new(Code::BadRequest).detail("no such organisation in the series"))
    }
}
