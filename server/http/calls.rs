//! Commands to all boards of a workshop, and where it stands by them. Knows no documents.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock,
    error::StoreError,
    facilitation::{Call, Calls, Command, Plan},
    http::{
        App, answers,
        body::Json,
        commands::{Asked, SessionState},
        guard::{InSeries, WorkshopName},
        live,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, Seq, SeriesId, TeamId, WorkshopId},
    programme::Language,
    role::Role,
    store::{Append, Body, Change, Commit, Stream},
};

/// How often a call that expects nothing is made again when another came between.
const TRIES: usize = 8;

/// A command that was said to all boards.
#[derive(Serialize, ToSchema)]
pub struct Called {
    /// The number of the call in the workshop; it is durable.
    seq: Seq,
    /// The boards that have done it already: those that are open. Others do it before anybody sees them.
    boards: Vec<CalledBoard>,
}

/// A board that was open.
#[derive(Serialize, ToSchema)]
struct CalledBoard {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    team: TeamId,
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    board: BoardId,
    /// The number of its newest facilitation event; null when it could not do it now and will do it later.
    #[schema(required)]
    seq: Option<Seq>,
}

/// Says a command to all boards of the workshop: each does it once, also one that opens later. With `expected`, only when the last
/// call has this number; else 409 `conflict`, with who was first.
#[utoipa::path(post, path = "/api/series/{series}/workshops/{workshop}/commands", tag = "facilitation",
    request_body = Asked,
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = Called), answers::Calls))]
pub async fn command(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
    Json(Asked { expected, command }): Json<Asked>,
) -> Result<axum::Json<Called>, Problem> {
    on.runs_the_series()?;
    app.rates.command(on.caller.person)?;
    if !command.is_for_all() {
        return Err(Problem::new(Code::BadRequest).detail("objects are one board's"));
    }
    if matches!(&command, Command::StartWorkshop { workshop: named, .. } if *named != workshop) {
        return Err(Problem::new(Code::BadRequest).detail("another workshop"));
    }
    let asking = match &command {
        Command::OpenSurvey { workshop: named, .. } | Command::CloseSurvey { workshop: named, .. } => Some(*named),
        _ => None,
    };
    if asking.is_some_and(|named| named != workshop) {
        return Err(Problem::new(Code::BadRequest).detail("another workshop"));
    }
    // Also when nothing is to be started: a workshop of another series is none.
    app.store.workshop(on.series, workshop).await?;
    let command = with_plan(&app, Some(on.series), command).await?;
    let caller = (on.caller.person, on.role);
    let seq = call(&app, workshop, caller, command, expected).await?;
    let boards = tell(&app, on.series).await?;
    Ok(axum::Json(Called { seq, boards }))
}

/// Where the workshop stands by what was said to all its boards; a board that was told something else is elsewhere.
#[utoipa::path(get, path = "/api/series/{series}/workshops/{workshop}/session", tag = "facilitation",
    params(("series" = String, Path, description = "The series' id"),
        ("workshop" = String, Path, description = "The workshop's id")),
    responses((status = 200, body = SessionState), answers::SeriesReads))]
pub async fn session(
    State(app): State<App>,
    on: InSeries,
    WorkshopName(workshop): WorkshopName,
) -> Result<axum::Json<SessionState>, Problem> {
    app.store.workshop(on.series, workshop).await?;
    let calls = read(&app, workshop).await?;
    let view = calls.state().visible_to(on.role, clock::now_ms());
    let state = serde_json::to_value(view).map_err(|_| Code::Internal)?;
    Ok(axum::Json(SessionState::new(calls.seq(), state)))
}

/// The command with what the server knows of the workshop that it begins.
///
/// # Errors
/// 404 when the series, if there is one, has no such workshop.
pub async fn with_plan(app: &App, series: Option<SeriesId>, command: Command) -> Result<Command, Problem> {
    let Command::StartWorkshop { workshop, plan } = command else { return Ok(command) };
    if plan.is_some() {
        return Err(Problem::new(Code::BadRequest).detail("the plan is the workshop's"));
    }
    let series = series.ok_or(Code::NotFound)?;
    let found = app.store.workshop(series, workshop).await?;
    let language = app.store.series(series).await?.languages.first().copied().unwrap_or(Language::Fi);
    let plan = Plan { title: found.title, language, agenda: found.agenda };
    Ok(Command::StartWorkshop { workshop, plan: Some(plan.into()) })
}

async fn read(app: &App, workshop: WorkshopId) -> Result<Calls, Problem> {
    let stream = Stream::workshop(workshop);
    let mut calls = Calls::default();
    for stored in app.store.load(&stream).await?.tail {
        let damaged = |error: &dyn std::fmt::Display| StoreError::Corrupt(format!("{stream}: {error}"));
        let Body::Event(json) = stored.body else { return Err(damaged(&"an entry that is no call").into()) };
        let call: Call = serde_json::from_str(&json).map_err(|error| damaged(&error))?;
        calls.take(stored.seq, &call, stored.at);
    }
    Ok(calls)
}

/// Puts a call into the workshop's stream: from then on it is made. Gives its number.
async fn call(
    app: &App,
    workshop: WorkshopId,
    (by, role): (PersonId, Role),
    command: Command,
    expected: Option<Seq>,
) -> Result<Seq, Problem> {
    for _ in 0..TRIES {
        let calls = read(app, workshop).await?;
        if expected.is_some_and(|expected| expected != calls.seq()) {
            return Err(live::late(app, calls.seq(), calls.last()).await);
        }
        let at = clock::now_ms();
        let command = calls.resolved(command.clone(), by, role, at)?;
        let records = changes(&command);
        let json = serde_json::to_string(&Call { by, command }).map_err(|_| Code::Internal)?;
        let stream = Stream::workshop(workshop);
        let append = Append { stream, epoch: 1, expected: calls.seq(), at, body: Body::Event(json) };
        match app.store.commit(Commit { appends: vec![append], records }).await {
            Ok(()) => return Ok(calls.seq() + 1),
            // Whoever expects something learns at the next look who was first.
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Code::Conflict.into())
}

/// What is changed in the records with a call: whether answers to a survey are taken is so for all boards at once.
fn changes(command: &Command) -> Vec<Change> {
    match *command {
        Command::OpenSurvey { workshop, survey } => vec![Change::OpenSurvey { workshop, survey }],
        Command::CloseSurvey { workshop, survey } => vec![Change::CloseSurvey { workshop, survey }],
        _ => vec![],
    }
}

/// Lets the open boards of all teams do what was said. One that is closed does it when it opens.
async fn tell(app: &App, series: SeriesId) -> Result<Vec<CalledBoard>, Problem> {
    let teams = app.store.whole_series(series).await?.teams;
    let told = teams.into_iter().filter(|team| team.withdrawn.is_none()).map(|team| async move {
        let room = app.rooms.if_open_or_opening(team.board).await?;
        let seq = room.adopt().await.ok();
        Some(CalledBoard { team: team.id, board: team.board, seq })
    });
    Ok(futures_util::future::join_all(told).await.into_iter().flatten().collect())
}
