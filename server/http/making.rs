//! New boards: their first content judged by the gate, and the changes that make them. Knows no requests.

use bytes::Bytes;

use crate::{
    access::table,
    board::edit,
    clock, facilitation,
    gate::{Gate, Known, Verdict},
    http::{
        App,
        problem::{Code, Problem},
    },
    ids::{BoardId, PersonId, SeriesId},
    limits,
    role::Role,
    store::{
        AuthoredUpdate, Body, Change, Commit, Stream,
        journal::Append,
        records::{Board, Member},
    },
};

/// A board's first content: its title and the updates that make it, written under a client id.
pub type Made = Result<(String, Vec<Bytes>), Problem>;

/// A board to make.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub id: BoardId,
    /// Who makes it, and wrote what is on it.
    pub person: PersonId,
    /// The series that it belongs to.
    pub series: Option<SeriesId>,
}

/// An empty board with a title.
///
/// # Errors
/// None; the type is that of every content.
pub fn empty(title: String, client: u64) -> Made {
    let updates = edit::empty(&title, client);
    Ok((title, updates))
}

/// Makes a board, its first entries, who wrote them and its owner: all or nothing.
///
/// # Errors
/// The content's, the gate's or the store's.
pub async fn create(
    app: &App,
    new: Wanted,
    content: impl FnOnce(u64) -> Made + Send + 'static,
) -> Result<Board, Problem> {
    let (board, mut commit) = apart(move || draft(new, content)).await?;
    let owner = Member { board: board.id, person: new.person, role: Role::Owner, invite: None };
    commit.records.push(Change::PutMember(owner));
    app.store.commit(commit).await?;
    Ok(board)
}

/// Runs what takes its time (reading, writing and judging a large file) on a thread that does not serve others.
///
/// # Errors
/// The work's own, or 500 when it stopped.
pub async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "making a board failed");
        Code::Internal
    })?
}

/// A board and what makes it, without any member. Takes its time.
///
/// # Errors
/// The content's or the gate's.
pub fn draft(new: Wanted, content: impl FnOnce(u64) -> Made) -> Result<(Board, Commit), Problem> {
    let client = client_id()?;
    let (title, updates) = content(client)?;
    let Wanted { id, person, series } = new;
    let made = clock::now_ms();
    let board = Board { id, epoch: 1, title, made, made_by: person, series };
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
