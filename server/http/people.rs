//! The people of a series: who is where, who is missing, and what they say about themselves. Knows no sockets.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        auth::SignedIn,
        body::Json,
        guard::{InSeries, PersonName, SeriesName},
        live,
        problem::{Code, Problem},
        roles::Seen,
    },
    ids::{PersonId, SeriesId, TeamId},
    programme::{Day, Details, DetailsEdit, Representation, representation},
    role::Role,
    store::{
        Change, Commit, PeopleChange,
        people::{Grant, Profile, Roster, Scope},
        records::Person,
    },
};

/// Everyone with a role in a series or one of its teams.
#[derive(Serialize, ToSchema)]
pub struct People {
    /// Who leads; null when nobody does who has a role in the series still.
    #[schema(value_type = Option<String>, required)]
    lead: Option<PersonId>,
    people: Vec<PersonLine>,
    /// Who is in each team that works, and who is missing there, beside the whole series.
    teams: Vec<Representation>,
}

/// A person of a series.
#[derive(Serialize, ToSchema)]
pub struct PersonLine {
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    person: PersonId,
    /// Empty when they gave none.
    name: String,
    /// Their role in the series, which is one on all its boards.
    #[schema(required)]
    role: Option<Role>,
    /// When that ends, milliseconds since 1970; null without end.
    #[schema(required)]
    ends: Option<i64>,
    teams: Vec<TeamRole>,
    #[serde(flatten)]
    details: Details,
    /// The last day, in UTC, on which they had a board of the series open, `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    seen: Option<Day>,
    /// They have a board of the series open now.
    here: bool,
    /// Whether the caller may change their roles, move and remove them.
    changeable: bool,
}

/// A role of one's own in a team.
#[derive(Serialize, ToSchema)]
struct TeamRole {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    team: TeamId,
    role: Role,
    /// When it ends, milliseconds since 1970; null without end.
    #[schema(required)]
    ends: Option<i64>,
    /// They have the team's board open now.
    here: bool,
}

/// The people of a series: roles, teams, what they say about themselves, who is here, who is missing.
#[utoipa::path(get, path = "/api/series/{series}/people", tag = "people",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = People), answers::SeriesReads))]
pub async fn list(State(app): State<App>, on: InSeries) -> Result<axum::Json<People>, Problem> {
    let seen = Seen::by(&app, &on).await?;
    let roster = &seen.roster;
    let here = live::here(&app, &roster.whole.teams).await;
    let line = |(person, profile): &(Person, Profile)| {
        PersonLine::new(roster, &here, person, profile, seen.may_change(person.id).is_ok())
    };
    let lead = roster.lead.filter(|lead| roster.role(*lead, Scope::Series).is_some_and(Role::runs_the_board));
    let (people, teams) = (roster.people.iter().map(line).collect(), made_up(roster));
    Ok(axum::Json(People { lead, people, teams }))
}

impl PersonLine {
    fn new(
        roster: &Roster,
        here: &HashMap<TeamId, HashSet<PersonId>>,
        person: &Person,
        profile: &Profile,
        changeable: bool,
    ) -> Self {
        let own = || roster.grants.iter().filter(|grant| grant.person == person.id);
        let in_series = own().find(|grant| grant.scope == Scope::Series);
        let is_in = |team: &TeamId| here.get(team).is_some_and(|people| people.contains(&person.id));
        let team = |grant: &Grant| match grant.scope {
            Scope::Series => None,
            Scope::Team(team) => Some(TeamRole { team, role: grant.role, ends: grant.ends, here: is_in(&team) }),
        };
        Self {
            person: person.id,
            name: person.name.clone(),
            role: in_series.map(|grant| grant.role),
            ends: in_series.and_then(|grant| grant.ends),
            teams: own().filter_map(team).collect(),
            details: profile.details.clone(),
            seen: profile.seen.clone(),
            here: here.keys().any(is_in),
            changeable,
        }
    }
}

/// How the teams that work are made up of their participants.
fn made_up(roster: &Roster) -> Vec<Representation> {
    let details: HashMap<PersonId, &Details> =
        roster.people.iter().map(|(person, profile)| (person.id, &profile.details)).collect();
    let members = |team: TeamId| {
        let of_team = roster.grants.iter().filter(|it| it.scope == Scope::Team(team) && it.role == Role::Participant);
        (team, of_team.filter_map(|grant| details.get(&grant.person).copied()).collect())
    };
    let teams = roster.whole.teams.iter().filter(|team| team.withdrawn.is_none());
    let teams: Vec<(TeamId, Vec<&Details>)> = teams.map(|team| members(team.id)).collect();
    representation(&roster.whole.organisations, &teams)
}

/// What the caller says about themselves in a series in which they have a role, if only on one board of it.
#[utoipa::path(get, path = "/api/series/{series}/me", tag = "people",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Details), answers::SeriesReads))]
pub async fn me(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    SeriesName(series): SeriesName,
) -> Result<axum::Json<Details>, Problem> {
    Ok(axum::Json(app.store.profile(series, caller.person).await?.details))
}

/// Changes it; what is left out stays.
#[utoipa::path(patch, path = "/api/series/{series}/me", tag = "people", request_body = DetailsEdit,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Details), answers::SeriesChanges))]
pub async fn change_me(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    SeriesName(series): SeriesName,
    Json(asked): Json<DetailsEdit>,
) -> Result<axum::Json<Details>, Problem> {
    app.rates.command(caller.person)?;
    changed(&app, series, caller.person, asked).await
}

/// Changes what is known of somebody else of the series; what is left out stays.
#[utoipa::path(patch, path = "/api/series/{series}/people/{person}", tag = "people", request_body = DetailsEdit,
    params(("series" = String, Path, description = "The series' id"),
        ("person" = String, Path, description = "The person's id")),
    responses((status = 200, body = Details), answers::SeriesChanges))]
pub async fn change(
    State(app): State<App>,
    on: InSeries,
    PersonName(person): PersonName,
    Json(asked): Json<DetailsEdit>,
) -> Result<axum::Json<Details>, Problem> {
    on.runs_the_series()?;
    changed(&app, on.series, person, asked).await
}

async fn changed(
    app: &App,
    series: SeriesId,
    person: PersonId,
    asked: DetailsEdit,
) -> Result<axum::Json<Details>, Problem> {
    let edit = asked.cleaned()?;
    // Also that they have a role there.
    let mut details = app.store.profile(series, person).await?.details;
    if let Some(organisation) = edit.organisation.flatten()
        && !app.store.whole_series(series).await?.knows(std::iter::once(organisation))
    {
        return Err(Problem::new(Code::BadRequest).detail("no such organisation in the series"));
    }
    edit.apply(&mut details);
    let records = vec![Change::People(PeopleChange::SetDetails { series, person, edit })];
    app.store.commit(Commit { appends: vec![], records }).await?;
    Ok(axum::Json(details))
}
