//! Votes of a board: their list with results, how far one is, and the caller's own ballot. Knows nobody else's ballot.

use axum::{extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::StoreError,
    facilitation::{Ballot, Cast, Round, Voter},
    http::{
        App, answers,
        body::Json,
        guard::{OnBoard, VoteName},
        live,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, VoteId},
    role::Role,
    room::{CastError, Put},
    store::records::Person,
};

/// How far an open vote is; never who gave what.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Progress {
    /// People who have said that they are ready.
    done: usize,
    /// People with a ballot, ready or not.
    ballots: usize,
    /// People who could vote: the participants of the board, whether they are here or not.
    of: usize,
    /// Ballots that facilitators entered.
    entered: usize,
}

/// Whom an open vote waits for.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    #[serde(flatten)]
    progress: Progress,
    /// Participants who have not said that they are ready, by their names.
    waiting: Vec<Named>,
}

#[derive(Serialize, ToSchema)]
struct Named {
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    person: PersonId,
    name: String,
}

impl Waiting {
    async fn of(app: &App, board: BoardId, vote: VoteId) -> Result<Self, StoreError> {
        let (cast, people) = (app.store.ballots(board, vote).await?.cast, app.store.people_on(board).await?);
        let is_done = |person| cast.iter().any(|cast| cast.voter == Voter::Person(person) && cast.ballot.done);
        let waiting = people.iter().filter(|(person, role)| *role == Role::Participant && !is_done(person.id));
        let mut waiting: Vec<Named> =
            waiting.map(|(person, _)| Named { person: person.id, name: person.name.clone() }).collect();
        waiting.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { progress: Progress::counted(&cast, &people), waiting })
    }
}

impl Progress {
    /// Of an open vote.
    ///
    /// # Errors
    /// The store's; `NotFound` when it is not open.
    pub(super) async fn of(app: &App, board: BoardId, vote: VoteId) -> Result<Self, StoreError> {
        let cast = app.store.ballots(board, vote).await?.cast;
        Ok(Self::counted(&cast, &app.store.people_on(board).await?))
    }

    fn counted(cast: &[Cast], people: &[(Person, Role)]) -> Self {
        let voters = people.iter().filter(|(_, role)| *role == Role::Participant);
        let mut of: std::collections::HashSet<_> = voters.map(|(person, _)| person.id).collect();
        let (mut done, mut ballots) = (0, 0);
        for cast in cast {
            if let Voter::Person(person) = cast.voter {
                of.insert(person);
                ballots += 1;
                done += usize::from(cast.ballot.done);
            }
        }
        Self { done, ballots, of: of.len(), entered: cast.len() - ballots }
    }
}

impl From<CastError> for Problem {
    fn from(error: CastError) -> Self {
        use crate::facilitation::Barred;
        match error {
            CastError::NoVote | CastError::Store(StoreError::NotFound) => Code::NotFound.into(),
            CastError::VoteClosed | CastError::Outside(_) => Problem::new(Code::Conflict).detail(error),
            CastError::Barred(Barred::Role) => Code::Forbidden.into(),
            CastError::Barred(Barred::Paused) => Problem::new(Code::NotNow).detail("paused"),
            CastError::Barred(Barred::Part(part)) => Problem::new(Code::NotNow).detail(part),
            CastError::Wrong(wrong) => wrong.into(),
            CastError::Closed(_) => Code::Unavailable.into(),
            CastError::Store(error) => error.into(),
        }
    }
}

/// The board's votes in the order in which they were opened, closed ones with their results.
#[utoipa::path(get, path = "/api/boards/{board}/votes", tag = "votes",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Vec<Round>), answers::BoardReads))]
pub async fn list(State(app): State<App>, on: OnBoard) -> Result<axum::Json<Vec<Round>>, Problem> {
    Ok(axum::Json(live::rounds(&app, on.board).await?.all().to_vec()))
}

/// How far an open vote is, and whom it waits for. 404 when it is not open: nobody can say then who voted.
#[utoipa::path(get, path = "/api/boards/{board}/votes/{vote}/progress", tag = "votes",
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id")),
    responses((status = 200, body = Waiting), answers::BoardReads))]
pub async fn progress(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
) -> Result<axum::Json<Waiting>, Problem> {
    on.runs_the_board()?;
    Ok(axum::Json(Waiting::of(&app, on.board, vote).await?))
}

/// The caller's own ballot in an open vote; empty when they have cast none. 404 when it is not open: nobody can say then.
#[utoipa::path(get, path = "/api/boards/{board}/votes/{vote}/ballot", tag = "votes",
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id")),
    responses((status = 200, body = Ballot), answers::BoardReads))]
pub async fn ballot(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
) -> Result<axum::Json<Ballot>, Problem> {
    votes(&on)?;
    Ok(axum::Json(app.store.ballot(on.board, vote, on.caller.person).await?))
}

/// Casts the caller's whole ballot, in the place of what it was. It counts when the vote closes, and can be changed until then.
#[utoipa::path(put, path = "/api/boards/{board}/votes/{vote}/ballot", tag = "votes", request_body = Ballot,
    params(("board" = String, Path, description = "The board's id"), ("vote" = String, Path, description = "The vote's id")),
    responses((status = 204, description = "The ballot is kept."), answers::Casts))]
pub async fn cast(
    State(app): State<App>,
    on: OnBoard,
    VoteName(vote): VoteName,
    Json(ballot): Json<Ballot>,
) -> Result<StatusCode, Problem> {
    votes(&on)?;
    app.rates.command(on.caller.person)?;
    live::cast(&app, on.board, on.caller.person, on.role, vote, Put::Own(ballot)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Participants vote; those who run the board see the totals, and enter ballots for others.
fn votes(on: &OnBoard) -> Result<(), Problem> {
    if on.role == Role::Participant { Ok(()) } else { Err(Code::Forbidden.into()) }
}
