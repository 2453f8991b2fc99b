//! What a board belongs to: its series, team, challenge and the organisations around it. Knows no other team.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        boards::SeriesName,
        guard::OnBoard,
        problem::Problem,
        workshops::{self, WorkshopLine},
    },
    ids::TeamId,
    programme::{Challenge, Day, Organisation},
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
struct TeamName {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: TeamId,
    name: String,
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
        if let Some(team) = whole.teams.into_iter().find(|team| team.board == on.board) {
            context.team = Some(TeamName { id: team.id, name: team.name });
            context.challenge = Some(team.challenge);
        }
    }
    Ok(axum::Json(context))
}
