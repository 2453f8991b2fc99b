//! What a board belongs to: its series, team, challenge and the organisations around it. Knows no other team.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::session,
    http::{
        App, answers,
        boards::SeriesName,
        guard::OnBoard,
        problem::Problem,
        workshops::{self, WorkshopLine},
    },
    ids::{BoardId, TeamId},
    programme::{Challenge, Day, Organisation, Team},
};

/// What a board belongs to.
#[derive(Serialize, ToSchema)]
pub struct Context {
    #[schema(required)]
    series: Option<InSeries>,
    #[schema(required)]
    team: Option<TeamName>,
    #[schema(required)]
    challenge: Option<Challenge>,
    /// Those of the series, whichever team works with them.
    organisations: Vec<Organisation>,
    /// Those of the series in their order: when people meet.
    workshops: Vec<WorkshopLine>,
}

/// The series of a board.
#[derive(Serialize, ToSchema)]
struct InSeries {
    #[serde(flatten)]
    name: SeriesName,
    /// `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    starts: Option<Day>,
    #[schema(value_type = Option<String>, required)]
    ends: Option<Day>,
}

/// A team by its name.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TeamName {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: TeamId,
    name: String,
    /// The team that took it in, when the caller has a role on that one's board.
    #[schema(required)]
    merged_into: Option<OtherTeam>,
}

/// Another team, by its name and board.
#[derive(Serialize, ToSchema)]
struct OtherTeam {
    name: String,
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    board: BoardId,
}

/// The board's series, team and challenge, and the organisations that can be named on it.
#[utoipa::path(get, path = "/api/boards/{board}/context", tag = "series",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Context), answers::BoardReads))]
pub async fn read(State(app): State<App>, on: OnBoard) -> Result<axum::Json<Context>, Problem> {
    let mut context = Context { series: None, team: None, challenge: None, organisations: vec![], workshops: vec![] };
    if let Some(series) = app.store.board(on.board).await?.series {
        let whole = app.store.whole_series(series).await?;
        let name = SeriesName { id: series, name: whole.series.name };
        context.series = Some(InSeries { name, starts: whole.series.starts, ends: whole.series.ends });
        context.organisations = whole.organisations;
        context.workshops = workshops::all(&app, series).await?;
        if let Some(team) = whole.teams.iter().find(|team| team.board == on.board).cloned() {
            let other = whole.teams.into_iter().find(|other| team.merged_into == Some(other.id));
            let mut merged_into = None;
            if let Some(Team { name, board, .. }) = other
                && session::role(app.store.as_ref(), &on.caller, board).await?.is_some()
            {
                merged_into = Some(OtherTeam { name, board });
            }
            context.team = Some(TeamName { id: team.id, name: team.name, merged_into });
            context.challenge = Some(team.challenge);
        }
    }
    Ok(axum::Json(context))
}
