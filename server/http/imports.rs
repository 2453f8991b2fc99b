//! New boards of one's own: empty, the worked example, from a file, or a copy. Knows no sockets.

use axum::extract::State;
use bytes::Bytes;

use crate::{
    access::name,
    board::{demo, edit, import, read},
    clock,
    export::json,
    http::{
        App, answers,
        auth::ServerOwner,
        boards::{BoardLine, Content},
        body,
        making::{self, Wanted},
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId},
    role::Role,
    store::records::Board,
};

/// Makes a board from a board file. Only for owners of the server.
#[utoipa::path(post, path = "/api/boards/import", tag = "boards",
    request_body(content = Object, description = "The format of docs/board-format.md, at most 50 MB"),
    responses((status = 200, body = BoardLine), answers::Imports))]
pub async fn import(
    State(app): State<App>,
    ServerOwner(caller): ServerOwner,
    body::File(file): body::File,
) -> Result<axum::Json<BoardLine>, Problem> {
    let person = caller.person;
    let content = move |client| {
        let file = import::read(&file).map_err(|error| Problem::new(Code::BadFile).detail(error))?;
        let title = name::title(&file.board().title).ok_or(Code::Name)?;
        let file = file.titled(&title);
        Ok((title, edit::import(&file, person, client, clock::now_ms())))
    };
    let board = making::create(&app, alone(person), content).await?;
    Ok(axum::Json(BoardLine::of(&app, board, Role::Owner).await?))
}

/// Makes a board with a title, empty or with the worked example.
///
/// # Errors
/// The store's.
pub async fn make(app: &App, person: PersonId, title: String, content: Content) -> Result<Board, Problem> {
    let content = move |client| match content {
        Content::Empty => making::empty(title, client),
        Content::Demo => {
            let file = demo::file().map_err(|error| {
                tracing::error!(%error, "the worked example is damaged");
                Code::Internal
            })?;
            let updates = edit::import(&file.titled(&title), person, client, clock::now_ms());
            Ok((title, updates))
        }
    };
    making::create(app, alone(person), content).await
}

/// Makes a board with the content of a document, one lib0-v1 update, under another title. Its objects are new ones by who
/// makes it: a copy in some browser of the board that the document is of has no part in it.
///
/// # Errors
/// The store's, or 500 for a document that cannot be read.
pub async fn copy(app: &App, new: Wanted, title: String, document: Bytes) -> Result<Board, Problem> {
    making::create(app, new, copied(new.person, title, document)).await
}

/// The content of such a copy.
pub fn copied(person: PersonId, title: String, document: Bytes) -> impl FnOnce(u64) -> making::Made + Send + 'static {
    move |client| {
        let unreadable = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a board cannot be copied");
            Code::Internal
        };
        let board = read::from_update(&document).map_err(|error| unreadable(&error))?;
        let now = clock::now_ms();
        let file = import::read(&json::write(&board, now)).map_err(|error| unreadable(&error))?;
        let updates = edit::import(&file.titled(&title), person, client, now);
        Ok((title, updates))
    }
}

/// A board of no series.
fn alone(person: PersonId) -> Wanted {
    Wanted { id: BoardId::new(), person, series: None }
}
