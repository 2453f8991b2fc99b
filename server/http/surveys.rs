//! Feedback and the pulse of a workshop: answering, what the answers come to, their trend over workshops. Knows not who answered
//! what, and nobody can.

use std::collections::{BTreeMap, HashSet};

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::StoreError,
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, OnBoard, SurveyName, WorkshopName},
        problem::{Code, Problem},
    },
    ids::{SeriesId, WorkshopId},
    programme::{
        Answer, Day, Names, Question, Survey,
        survey::{self, Summary},
    },
    role::Role,
    store::{Change, Commit, ballots::SurveyState},
};

/// A survey as the caller meets it.
#[derive(Serialize, ToSchema)]
pub struct MySurvey {
    state: SurveyState,
    /// In their order.
    questions: Vec<Question>,
    /// Whether the caller has answered; each answers once, and what is sent cannot be found again to be changed.
    answered: bool,
}

/// One person's answers; a question may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswer {
    /// 1 to 5 by question.
    #[serde(default)]
    scores: BTreeMap<Question, u8>,
    /// With `end`; at most 1,000 characters.
    #[serde(default)]
    text: String,
}

/// What the answers to a survey come to.
#[derive(Serialize, ToSchema)]
pub struct SurveyResult {
    survey: Survey,
    state: SurveyState,
    /// How many could answer: the participants of all the series' teams.
    of: u32,
    #[serde(flatten)]
    summary: Summary,
    /// Open answers in the order of the alphabet; null as `questions` are, and to those who do not run the series.
    #[schema(required)]
    texts: Option<Vec<String>>,
}

/// A workshop with what its surveys came to.
#[derive(Serialize, ToSchema)]
pub struct WorkshopSurveys {
    #[schema(value_type = String, example = "wk_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    workshop: WorkshopId,
    title: Names,
    /// `yyyy-mm-dd`.
    #[schema(value_type = Option<String>, required)]
    date: Option<Day>,
    surveys: Vec<SurveyResult>,
}

/// A survey of a workshop of the board's series.
#[utoipa::path(get, path = "/api/boards/{board}/surveys/{workshop}/{survey}", tag = "surveys",
    params(("board" = String, Path, description = "The board's id"),
        ("workshop" = String, Path, description = "The workshop's id"),
        ("survey" = String, Path, description = "`start` or `end`")),
    responses((status = 200, body = MySurvey), answers::BoardReads))]
pub async fn read(
    State(app): State<App>,
    on: OnBoard,
    WorkshopName(workshop): WorkshopName,
    SurveyName(survey): SurveyName,
) -> Result<axum::Json<MySurvey>, Problem> {
    of_board(&app, &on, workshop).await?;
    let (state, _) = app.store.answers(workshop, survey).await?;
    let answered = app.store.has_answered(workshop, survey, on.caller.person).await?;
    Ok(axum::Json(MySurvey { state, questions: survey.questions().to_vec(), answered }))
}

/// Answers an open survey, once. What is kept has no person and no time, and cannot be found again.
#[utoipa::path(post, path = "/api/boards/{board}/surveys/{workshop}/{survey}", tag = "surveys", request_body = SurveyAnswer,
    params(("board" = String, Path, description = "The board's id"),
        ("workshop" = String, Path, description = "The workshop's id"),
        ("survey" = String, Path, description = "`start` or `end`")),
    responses((status = 204, description = "The answer is kept."), answers::SurveyAnswers))]
pub async fn answer(
    State(app): State<App>,
    on: OnBoard,
    WorkshopName(workshop): WorkshopName,
    SurveyName(survey): SurveyName,
    Json(SurveyAnswer { scores, text }): Json<SurveyAnswer>,
) -> Result<StatusCode, Problem> {
    if on.role != Role::Participant {
        return Err(Code::Forbidden.into());
    }
    app.rates.command(on.caller.person)?;
    of_board(&app, &on, workshop).await?;
    let answer = Answer { scores, text }.cleaned(survey)?;
    let change = Change::PutAnswer { workshop, survey, person: on.caller.person, answer };
    match app.store.commit(Commit { appends: vec![], records: vec![change] }).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::NotFound) => Err(Problem::new(Code::Conflict).detail("the survey is not open")),
        Err(StoreError::Exists) => Err(Problem::new(Code::Conflict).detail("answered already")),
        Err(error) => Err(error.into()),
    }
}

/// What the surveys of a workshop came to, open answers too. Nothing but numbers of answers before a survey is closed, or with
/// fewer than five.
#[utoipa::path(get, path = "/api/series/{series}/workshops/{workshop}/surveys", tag = "surveys",
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = Vec<SurveyResult>), answers::SeriesReads))]
pub async fn of_workshop(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
) -> Result<axum::Json<Vec<SurveyResult>>, Problem> {
    on.runs_the_series()?;
    app.store.workshop(on.series, workshop).await?;
    let of = could_answer(&app, on.series).await?;
    Ok(axum::Json(results(&app, workshop, of, true).await?))
}

/// What the surveys of all workshops came to, in the workshops' order: the trend.
#[utoipa::path(get, path = "/api/series/{series}/surveys", tag = "surveys",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Vec<WorkshopSurveys>), answers::SeriesReads))]
pub async fn of_series(State(app): State<App>, on: InSeries) -> Result<axum::Json<Vec<WorkshopSurveys>>, Problem> {
    let of = could_answer(&app, on.series).await?;
    let mut lines = Vec::new();
    for workshop in app.store.workshops_of(on.series).await? {
        let surveys = results(&app, workshop.id, of, false).await?;
        lines.push(WorkshopSurveys { workshop: workshop.id, title: workshop.title, date: workshop.date, surveys });
    }
    Ok(axum::Json(lines))
}

/// 404 unless the workshop is one of the series that the board belongs to.
async fn of_board(app: &App, on: &OnBoard, workshop: WorkshopId) -> Result<(), Problem> {
    let series = app.store.board(on.board).await?.series.ok_or(Code::NotFound)?;
    app.store.workshop(series, workshop).await?;
    Ok(())
}

async fn could_answer(app: &App, series: SeriesId) -> Result<u32, Problem> {
    let mut people = HashSet::new();
    // Whoever is in a team that another took in is in that one too.
    for team in app.store.whole_series(series).await?.teams.iter().filter(|team| team.withdrawn.is_none()) {
        let members = app.store.people_on(team.board).await?;
        people.extend(members.into_iter().filter(|(_, role)| *role == Role::Participant).map(|(person, _)| person.id));
    }
    Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
}

async fn results(app: &App, workshop: WorkshopId, of: u32, with_texts: bool) -> Result<Vec<SurveyResult>, Problem> {
    let mut results = Vec::new();
    for survey in Survey::ALL {
        let (state, answers) = app.store.answers(workshop, *survey).await?;
        let closed = state == SurveyState::Closed;
        let mut summary = survey::summary(*survey, &answers);
        // While answers come in, each would be the difference between two looks.
        summary.questions = summary.questions.filter(|_| closed);
        let texts = if closed && with_texts { survey::texts(&answers) } else { None };
        // Whoever left the teams since may have answered.
        results.push(SurveyResult { survey: *survey, state, of: of.max(summary.answers), summary, texts });
    }
    Ok(results)
}
