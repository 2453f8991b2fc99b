//! The teams of a series: making one with its board and challenge, changing it. Knows no people.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, TeamName},
        making::{self, Wanted},
        problem::{Code, Problem},
        series::known,
    },
    ids::BoardId,
    programme::{ChallengeEdit, Team, TeamEdit},
    store::{Change, Commit},
};

/// A team to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// 1 to 80 characters.
    name: String,
    /// Its title is not left out, and is the new board's too.
    challenge: ChallengeEdit,
}

/// Makes a team with its challenge and its empty board; at most 50 in a series.
#[utoipa::path(post, path = "/api/series/{series}/teams", tag = "series", request_body = NewTeam,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Team), answers::SeriesChanges))]
pub async fn make(
    State(app): State<App>,
    on: InSeries,
    Json(asked): Json<NewTeam>,
) -> Result<axum::Json<Team>, Problem> {
    on.runs_the_series()?;
    known(&app.store.whole_series(on.series).await?, asked.challenge.organisations())?;
    let new = Wanted { id: BoardId::new(), person: on.caller.person, series: Some(on.series) };
    let team = Team::new(TeamEdit { name: Some(asked.name), challenge: Some(asked.challenge) }, new.id)?;
    let title = team.challenge.title.clone();
    let (_, mut commit) = making::apart(move || making::draft(new, |client| making::empty(title, client))).await?;
    commit.records.push(Change::NewTeam { series: on.series, team: team.clone() });
    app.store.commit(commit).await?;
    Ok(axum::Json(team))
}

/// Changes a team or its challenge; what is left out stays. The board keeps its own title.
#[utoipa::path(patch, path = "/api/series/{series}/teams/{team}", tag = "series", request_body = TeamEdit,
    params(("series" = String, Path, description = "The series' id"),
        ("team" = String, Path, description = "The team's id")),
    responses((status = 200, body = Team), answers::SeriesChanges))]
pub async fn change(
    State(app): State<App>,
    on: InSeries,
    TeamName(id): TeamName,
    Json(asked): Json<TeamEdit>,
) -> Result<axum::Json<Team>, Problem> {
    on.runs_the_series()?;
    let edit = asked.cleaned()?;
    let whole = app.store.whole_series(on.series).await?;
    known(&whole, edit.challenge.iter().flat_map(ChallengeEdit::organisations))?;
    let records = vec![Change::EditTeam { series: on.series, team: id, edit }];
    app.store.commit(Commit { appends: vec![], records }).await?;
    let whole = app.store.whole_series(on.series).await?;
    let changed = whole.teams.into_iter().find(|team| team.id == id);
    Ok(axum::Json(changed.ok_or(Code::NotFound)?))
}
