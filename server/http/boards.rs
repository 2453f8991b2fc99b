//! Boards as records: listing, making, reading one's line. Knows no documents.

use std::collections::HashMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::name,
    http::{
        App, answers,
        auth::{ServerOwner, SignedIn},
        body::Json,
        guard::OnBoard,
        imports,
        problem::{Code, Problem},
    },
    ids::{BoardId, Epoch, SeriesId},
    programme::{Names, Team, WholeSeries},
    role::Role,
    store::records::Board,
};

/// A series by its name.
#[derive(Clone, Serialize, ToSchema)]
pub struct SeriesName {
    #[schema(value_type = String, example = "ws_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: SeriesId,
    pub name: Names,
}

/// A board as its members see it in a list.
#[derive(Serialize, ToSchema)]
pub struct BoardLine {
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: BoardId,
    /// The document's epoch: its name on the sockets is `board.<id>.<epoch>`.
    epoch: Epoch,
    /// The title it has now.
    title: String,
    /// The caller's role.
    role: Role,
    /// Milliseconds since 1970.
    made: i64,
    /// The name of the team whose board it is.
    #[schema(required)]
    team: Option<String>,
    /// The series that it belongs to.
    #[schema(required)]
    series: Option<SeriesName>,
}

impl BoardLine {
    /// The line of a board of the caller's.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(app: &App, board: Board, role: Role) -> Result<Self, Problem> {
        let whole = match board.series {
            Some(series) => Some(app.store.whole_series(series).await?),
            None => None,
        };
        Ok(Self::new(board, role, whole.as_ref()))
    }

    fn new(board: Board, role: Role, whole: Option<&WholeSeries>) -> Self {
        let Board { id, epoch, title, made, .. } = board;
        let of_board = |team: &&Team| team.board == id;
        let team = whole.and_then(|whole| whole.teams.iter().find(of_board)).map(|team| team.name.clone());
        let series = whole.map(|whole| SeriesName { id: whole.series.id, name: whole.series.name.clone() });
        Self { id, epoch, title, role, made, team, series }
    }
}

/// What a new board holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    Empty,
    /// A worked example of a service process.
    Demo,
}

/// A board to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBoard {
    /// 1 to 120 characters.
    title: String,
    content: Content,
}

/// The boards on which the caller has a role, newest first.
#[utoipa::path(get, path = "/api/boards", tag = "boards",
    responses((status = 200, body = Vec<BoardLine>), answers::Reads))]
pub async fn list(State(app): State<App>, SignedIn(caller): SignedIn) -> Result<axum::Json<Vec<BoardLine>>, Problem> {
    let boards = app.store.boards_of(caller.person).await?;
    // Few series have many boards.
    let mut series = HashMap::new();
    for id in boards.iter().filter_map(|(board, _)| board.series) {
        if let std::collections::hash_map::Entry::Vacant(place) = series.entry(id) {
            place.insert(app.store.whole_series(id).await?);
        }
    }
    let line = |(board, role): (Board, Role)| {
        let whole = board.series.and_then(|id| series.get(&id));
        BoardLine::new(board, role, whole)
    };
    Ok(axum::Json(boards.into_iter().map(line).collect()))
}

/// Makes a board. Only for owners of the server.
#[utoipa::path(post, path = "/api/boards", tag = "boards", request_body = NewBoard,
    responses((status = 200, body = BoardLine), answers::Changes))]
pub async fn make(
    State(app): State<App>,
    ServerOwner(caller): ServerOwner,
    Json(asked): Json<NewBoard>,
) -> Result<axum::Json<BoardLine>, Problem> {
    let title = name::title(&asked.title).ok_or(Code::Name)?;
    let board = imports::make(&app, caller.person, title, asked.content).await?;
    Ok(axum::Json(BoardLine::of(&app, board, Role::Owner).await?))
}

/// One board's line.
#[utoipa::path(get, path = "/api/boards/{board}", tag = "boards",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = BoardLine), answers::BoardReads))]
pub async fn read(State(app): State<App>, on: OnBoard) -> Result<axum::Json<BoardLine>, Problem> {
    let board = app.store.board(on.board).await?;
    Ok(axum::Json(BoardLine::of(&app, board, on.role).await?))
}
