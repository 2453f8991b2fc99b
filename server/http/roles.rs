//! Roles of people in a series: giving and taking them, moving people between teams, removing them, the lead. Knows no boards'
//! content.

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    access::{invite::LONGEST_MS, people::Runner},
    clock,
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, PersonName},
        live,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, TeamId},
    role::Role,
    store::{
        Change, Commit, PeopleChange,
        people::{Roster, Scope},
    },
};

/// A role to give or take.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// Left out: in the series, which is on all its boards.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    team: Option<TeamId>,
    /// Null takes it away. Participants belong to a team.
    #[schema(required)]
    role: Option<Role>,
    /// When it ends, milliseconds since 1970, at most two years from now; left out, never.
    #[serde(default)]
    ends: Option<i64>,
}

/// From which team to which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovePerson {
    #[schema(value_type = String)]
    from: TeamId,
    #[schema(value_type = String)]
    to: TeamId,
}

/// Who is to lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLead {
    /// An owner or facilitator in the series.
    #[schema(value_type = String)]
    person: PersonId,
}

/// Everybody in the series, as somebody who runs it sees them.
pub(super) struct Seen {
    pub(super) roster: Roster,
    runner: Runner,
    by: PersonId,
}

impl Seen {
    /// # Errors
    /// 403 for others.
    pub(super) async fn by(app: &App, on: &InSeries) -> Result<Self, Problem> {
        on.runs_the_series()?;
        let roster = app.store.roster(on.series).await?;
        let runner = Runner { role: on.role, leads: roster.lead == Some(on.caller.person) };
        Ok(Self { roster, runner, by: on.caller.person })
    }

    /// That they may change the roles of this person: somebody else whose highest role they deal with.
    ///
    /// # Errors
    /// 403 when they may not, 404 when the person has no role in the series or its teams.
    pub(super) fn may_change(&self, person: PersonId) -> Result<(), Problem> {
        let highest = self.roster.highest(person).ok_or(Code::NotFound)?;
        // Nobody changes their own, so nobody can lock themselves out.
        if person == self.by || !self.runner.deals_with(highest) { Err(Code::Forbidden.into()) } else { Ok(()) }
    }

    /// The board of a team of the series.
    fn board_of(&self, team: TeamId) -> Result<BoardId, Problem> {
        let found = self.roster.whole.teams.iter().find(|it| it.id == team);
        found.map(|team| team.board).ok_or_else(|| Code::NotFound.into())
    }

    fn boards(&self) -> Vec<BoardId> {
        self.roster.whole.teams.iter().map(|team| team.board).collect()
    }
}

pub(super) async fn commit(app: &App, changes: Vec<PeopleChange>) -> Result<(), Problem> {
    let records = changes.into_iter().map(Change::People).collect();
    Ok(app.store.commit(Commit { appends: vec![], records }).await?)
}

/// Gives somebody of the series a role in it or in a team, in the place of the one that they have there, until it ends; null takes it
/// away. Links that they redeemed and that would give them more are void; others who came by those stay.
#[utoipa::path(put, path = "/api/series/{series}/people/{person}/role", tag = "people", request_body = NewRole,
    params(("series" = String, Path, description = "The series' id"),
        ("person" = String, Path, description = "The person's id")),
    responses((status = 204, description = "Their open boards know."), answers::PeopleChanges))]
pub async fn set(
    State(app): State<App>,
    on: InSeries,
    PersonName(person): PersonName,
    Json(asked): Json<NewRole>,
) -> Result<StatusCode, Problem> {
    app.rates.command(on.caller.person)?;
    let seen = Seen::by(&app, &on).await?;
    seen.may_change(person)?;
    let NewRole { team, role, ends } = asked;
    if role.is_some_and(|role| !seen.runner.deals_with(role)) {
        return Err(Code::Forbidden.into());
    }
    let now = clock::now_ms();
    if ends.is_some_and(|end| end <= now || end > now.saturating_add(LONGEST_MS)) {
        return Err(Problem::new(Code::BadRequest).detail("ends is in the past, or more than two years away"));
    }
    let (scope, boards) = match team {
        Some(team) => (Scope::Team(team), vec![seen.board_of(team)?]),
        None if role == Some(Role::Participant) => {
            return Err(Problem::new(Code::BadRequest).detail("participants belong to a team"));
        }
        None => (Scope::Series, seen.boards()),
    };
    commit(&app, vec![PeopleChange::SetRole { series: on.series, scope, person, role, ends }]).await?;
    live::roles_changed(&app, person, &boards).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Moves somebody to another team with their role. Their sockets on the old board close with 4409; the links by which they came lead
/// them to the new board from now on.
#[utoipa::path(post, path = "/api/series/{series}/people/{person}/move", tag = "people", request_body = MovePerson,
    params(("series" = String, Path, description = "The series' id"),
        ("person" = String, Path, description = "The person's id")),
    responses((status = 204, description = "They are there."), answers::PeopleChanges))]
pub async fn move_person(
    State(app): State<App>,
    on: InSeries,
    PersonName(person): PersonName,
    Json(MovePerson { from, to }): Json<MovePerson>,
) -> Result<StatusCode, Problem> {
    app.rates.command(on.caller.person)?;
    let seen = Seen::by(&app, &on).await?;
    seen.may_change(person)?;
    let (old, new) = (seen.board_of(from)?, seen.board_of(to)?);
    commit(&app, vec![PeopleChange::Move { series: on.series, person, from, to }]).await?;
    live::moved(&app, &[person], old, new).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes somebody from the series and all its teams. Their sockets close, and links that they redeemed are void; others who came by
/// those stay. What they wrote stays.
#[utoipa::path(delete, path = "/api/series/{series}/people/{person}", tag = "people",
    params(("series" = String, Path, description = "The series' id"),
        ("person" = String, Path, description = "The person's id")),
    responses((status = 204, description = "They are out."), answers::PeopleRemovals))]
pub async fn remove(
    State(app): State<App>,
    on: InSeries,
    PersonName(person): PersonName,
) -> Result<StatusCode, Problem> {
    app.rates.command(on.caller.person)?;
    let seen = Seen::by(&app, &on).await?;
    seen.may_change(person)?;
    commit(&app, vec![PeopleChange::Remove { series: on.series, person }]).await?;
    live::roles_changed(&app, person, &seen.boards()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Hands the lead of the series over. Only by who leads, and by owners.
#[utoipa::path(post, path = "/api/series/{series}/lead", tag = "people", request_body = NewLead,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 204, description = "They lead."), answers::PeopleChanges))]
pub async fn lead(
    State(app): State<App>,
    on: InSeries,
    Json(NewLead { person }): Json<NewLead>,
) -> Result<StatusCode, Problem> {
    app.rates.command(on.caller.person)?;
    let seen = Seen::by(&app, &on).await?;
    if !seen.runner.hands_the_lead_over() {
        return Err(Code::Forbidden.into());
    }
    if !seen.roster.role(person, Scope::Series).is_some_and(Role::runs_the_board) {
        return Err(Code::NotFound.into());
    }
    commit(&app, vec![PeopleChange::SetLead { series: on.series, person }]).await?;
    Ok(StatusCode::NO_CONTENT)
}
