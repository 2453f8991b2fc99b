//! Teams of a series withdrawn, brought back, split and merged; what they did stays. Knows no single person's rights.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    clock,
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, TeamName},
        imports, live,
        making::{self, Wanted},
        problem::{Code, Problem},
        roles,
    },
    ids::{BoardId, PersonId, SnapshotId, TeamId},
    limits,
    programme::Team,
    store::{Change, PeopleChange},
};

/// A team to make out of another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The new team's, 1 to 80 characters.
    name: String,
    /// Of the team's board: what the new board begins with; left out, the board as it is.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    snapshot: Option<SnapshotId>,
    /// Those of the team who move to the new one, at most 500.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    people: Vec<PersonId>,
}

/// The team that takes another in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    #[schema(value_type = String)]
    into: TeamId,
}

/// A team of the series.
async fn team(app: &App, on: &InSeries, id: TeamId) -> Result<Team, Problem> {
    let teams = app.store.whole_series(on.series).await?.teams;
    teams.into_iter().find(|team| team.id == id).ok_or_else(|| Code::NotFound.into())
}

/// The team works no more: its board can be read, and only owners and facilitators change it; the commands to all boards pass it by.
#[utoipa::path(post, path = "/api/series/{series}/teams/{team}/withdraw", tag = "series",
    params(("series" = String, Path, description = "The series' id"),
        ("team" = String, Path, description = "The team's id")),
    responses((status = 200, body = Team), answers::RatedChanges))]
pub async fn withdraw(
    State(app): State<App>,
    on: InSeries,
    TeamName(id): TeamName,
) -> Result<axum::Json<Team>, Problem> {
    on.runs_the_series()?;
    app.rates.command(on.caller.person)?;
    let at = clock::now_ms();
    let change = PeopleChange::Withdraw { series: on.series, team: id, at, into: None };
    regrouped(&app, &on, id, vec![change]).await
}

/// The team works again; what was said to all boards meanwhile is done on its own when it is opened next.
#[utoipa::path(post, path = "/api/series/{series}/teams/{team}/restore", tag = "series",
    params(("series" = String, Path, description = "The series' id"),
        ("team" = String, Path, description = "The team's id")),
    responses((status = 200, body = Team), answers::RatedChanges))]
pub async fn restore(
    State(app): State<App>,
    on: InSeries,
    TeamName(id): TeamName,
) -> Result<axum::Json<Team>, Problem> {
    on.runs_the_series()?;
    app.rates.command(on.caller.person)?;
    let answer = regrouped(&app, &on, id, vec![PeopleChange::BringBack { series: on.series, team: id }]).await?;
    if let Some(room) = app.rooms.if_open_or_opening(answer.board).await {
        // A room that closes does it when it opens.
        let _ = room.adopt().await;
    }
    Ok(answer)
}

/// Takes a team into another: its participants and observers are in that one too, with its links newcomers come to that one, and it is
/// withdrawn itself. Both boards stay as they are.
#[utoipa::path(post, path = "/api/series/{series}/teams/{team}/merge", tag = "series", request_body = Merge,
    params(("series" = String, Path, description = "The series' id"),
        ("team" = String, Path, description = "The id of the team that is taken in")),
    responses((status = 200, body = Team, description = "The team that was taken in."), answers::PeopleChanges))]
pub async fn merge(
    State(app): State<App>,
    on: InSeries,
    TeamName(id): TeamName,
    Json(Merge { into }): Json<Merge>,
) -> Result<axum::Json<Team>, Problem> {
    on.runs_the_series()?;
    app.rates.command(on.caller.person)?;
    let target = team(&app, &on, into).await?;
    let (series, at) = (on.series, clock::now_ms());
    let changes = vec![
        PeopleChange::Withdraw { series, team: id, at, into: Some(into) },
        PeopleChange::JoinAll { series, from: id, to: into },
    ];
    let answer = regrouped(&app, &on, id, changes).await?;
    live::people_changed(&app, target.board).await;
    Ok(answer)
}

async fn regrouped(
    app: &App,
    on: &InSeries,
    id: TeamId,
    changes: Vec<PeopleChange>,
) -> Result<axum::Json<Team>, Problem> {
    roles::commit(app, changes).await?;
    let team = team(app, on, id).await?;
    live::people_changed(app, team.board).await;
    Ok(axum::Json(team))
}

/// Makes a team out of another: its board begins as a copy of that one's, and some of its people move there. The copied objects are new
/// ones by the caller. The challenge is the same in other words: it can be changed without changing that of the old team.
#[utoipa::path(post, path = "/api/series/{series}/teams/{team}/split", tag = "series", request_body = Split,
    params(("series" = String, Path, description = "The series' id"),
        ("team" = String, Path, description = "The id of the team that is split")),
    responses((status = 200, body = Team, description = "The new team."), answers::PeopleChanges))]
pub async fn split(
    State(app): State<App>,
    on: InSeries,
    TeamName(id): TeamName,
    Json(Split { name, snapshot, people }): Json<Split>,
) -> Result<axum::Json<Team>, Problem> {
    app.rates.command(on.caller.person)?;
    let seen = roles::Seen::by(&app, &on).await?;
    if people.len() > limits::PEOPLE_PER_BOARD {
        return Err(Problem::new(Code::BadRequest).detail("at most 500 people move"));
    }
    let old = team(&app, &on, id).await?;
    people.iter().try_for_each(|person| seen.may_change(*person))?;
    let new = Wanted { id: BoardId::new(), person: on.caller.person, series: Some(on.series) };
    let made = old.split(&name, new.id)?;
    let _place = app.heavy_work.acquire().await.map_err(|_| Code::Unavailable)?;
    let title = app.store.board(old.board).await?.title;
    let document = live::encoded(&app, old.board, snapshot).await?;
    let content = imports::copied(new.person, title, document);
    let (_, mut commit) = making::apart(move || making::draft(new, content)).await?;
    commit.records.push(Change::NewTeam { series: on.series, team: made.clone() });
    let moves = people
        .iter()
        .map(|person| Change::People(PeopleChange::Move { series: on.series, person: *person, from: id, to: made.id }));
    commit.records.extend(moves);
    app.store.commit(commit).await?;
    live::moved(&app, &people, old.board, new.id).await;
    Ok(axum::Json(made))
}
