//! New boards: empty, the worked example, from a file, or a copy; judged by the gate and made in one commit.
//! Knows no sockets.

use axum::extract::State;
use bytes::Bytes;

use crate::{
    access::{name, table},
    board::{demo, edit, import, read},
    clock,
    export::json,
    facilitation,
    gate::{Gate, Known, Verdict},
    http::{
        App, answers,
        auth::ServerOwner,
        boards::{BoardLine, Content},
        body,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId},
    limits,
    role::Role,
    store::{
        AuthoredUpdate, Body, Change, Commit, Stream,
        journal::Append,
        records::{Board, Member},
    },
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
    let board = create(&app, person, content).await?;
    Ok(axum::Json(BoardLine::new(board, Role::Owner)))
}

/// Makes a board with a title, empty or with the worked example.
///
/// # Errors
/// The store's.
pub async fn make(app: &App, person: PersonId, title: String, content: Content) -> Result<Board, Problem> {
    let content = move |client| {
        let updates = match content {
            Content::Empty => edit::empty(&title, client),
            Content::Demo => {
                let file = demo::file().map_err(|error| {
                    tracing::error!(%error, "the worked example is damaged");
                    Code::Internal
                })?;
                edit::import(&file.titled(&title), person, client, clock::now_ms())
            }
        };
        Ok((title, updates))
    };
    create(app, person, content).await
}

/// Makes a board with a title of its own and the content of a document, one lib0-v1 update. Its objects are new ones, by
/// this person: a copy is nobody's old copy.
///
/// # Errors
/// The store's, or 500 for a document that cannot be read.
pub async fn copy(app: &App, person: PersonId, title: String, document: Bytes) -> Result<Board, Problem> {
    let content = move |client| {
        let unreadable = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a board cannot be copied");
            Code::Internal
        };
        let board = read::from_update(&document).map_err(|error| unreadable(&error))?;
        let now = clock::now_ms();
        let file = import::read(&json::write(&board, now)).map_err(|error| unreadable(&error))?;
        Ok((title.clone(), edit::import(&file.titled(&title), person, client, now)))
    };
    create(app, person, content).await
}

/// A board's first content: its title and the updates that make it, written under a client id.
type Made = Result<(String, Vec<Bytes>), Problem>;

/// Makes a board, its first entries, who wrote them and its owner: all or nothing.
async fn create(
    app: &App,
    person: PersonId,
    content: impl FnOnce(u64) -> Made + Send + 'static,
) -> Result<Board, Problem> {
    // Reading, writing and judging a large file takes its time: not on a thread that serves others.
    let prepared = tokio::task::spawn_blocking(move || prepare(person, content)).await;
    let (board, commit) = prepared.map_err(|error| {
        tracing::error!(%error, "making a board failed");
        Code::Internal
    })??;
    app.store.commit(commit).await?;
    Ok(board)
}

fn prepare(person: PersonId, content: impl FnOnce(u64) -> Made) -> Result<(Board, Commit), Problem> {
    let client = client_id()?;
    let (title, updates) = content(client)?;
    let (id, made) = (BoardId::new(), clock::now_ms());
    let board = Board { id, epoch: 1, title, made, made_by: person };
    let judged = judge(person, &updates)?;
    let appends = entries(person, updates).into_iter().zip(0..).map(|(body, expected)| Append {
        stream: Stream::board(id),
        epoch: board.epoch,
        expected,
        at: made,
        body,
    });
    let commit = Commit {
        appends: appends.collect(),
        records: vec![
            Change::NewBoard(board.clone()),
            Change::PutMember(Member { board: id, person, role: Role::Owner, invite: None }),
            Change::BindClients { board: id, epoch: board.epoch, clients: judged.clients },
            Change::Authors { board: id, epoch: board.epoch, objects: judged.authors },
        ],
    };
    Ok((board, commit))
}

/// Under which client id a first content is written: 32 random bits, as browsers choose theirs.
fn client_id() -> Result<u64, Problem> {
    getrandom::u32().map(u64::from).map_err(|error| {
        tracing::error!(%error, "no randomness");
        Code::Internal.into()
    })
}

/// What the gate says is bound to whom by the updates.
#[derive(Default)]
struct Judged {
    clients: Vec<(u64, PersonId)>,
    authors: Vec<(String, PersonId)>,
}

/// What the server itself writes enters by the same gate as everybody's edits.
fn judge(person: PersonId, updates: &[Bytes]) -> Result<Judged, Problem> {
    let mut gate = Gate::new(Known::default());
    let rights = table::rights(person, Role::Owner, &facilitation::State::default());
    let mut judged = Judged::default();
    for update in updates {
        match gate.judge(update, &rights) {
            Verdict::Accept(accepted) => {
                judged.clients.extend(accepted.clients);
                judged.authors.extend(accepted.created);
            }
            Verdict::Nothing => {}
            Verdict::Wait => return Err(Problem::new(Code::BadFile).detail("an update refers to nothing")),
            Verdict::Refuse(refusal) => {
                return Err(Problem::new(Code::BadFile).detail(format_args!("refused: {refusal:?}")));
            }
        }
    }
    Ok(judged)
}

/// The updates as entries of a size that a room would write too.
fn entries(person: PersonId, updates: Vec<Bytes>) -> Vec<Body> {
    let mut entries = Vec::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for update in updates {
        let full = batch.len() >= limits::BATCH_UPDATES || bytes + update.len() > limits::BATCH_BYTES;
        if full && !batch.is_empty() {
            entries.push(Body::Updates(std::mem::take(&mut batch)));
            bytes = 0;
        }
        bytes += update.len();
        batch.push(AuthoredUpdate { person, update });
    }
    if !batch.is_empty() {
        entries.push(Body::Updates(batch));
    }
    entries
}
