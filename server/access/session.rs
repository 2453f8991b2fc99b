//! Who is asking, by session cookie or bearer token, and their role on a board. Knows no HTTP.

use crate::{
    access::secret,
    clock,
    error::StoreError,
    ids::{BoardId, PersonId, SeriesId},
    role::Role,
    store::{Store, records::SecretHash},
};

/// How long a session lasts, in milliseconds: 400 days, the longest that browsers keep a cookie.
pub const LIFE_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// By what a request was authorised. A browser sends a cookie by itself, so that needs the origin as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Cookie,
    Bearer,
}

/// The person who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    pub person: PersonId,
    /// May make boards, and is owner of every board.
    pub server_owner: bool,
    pub by: By,
    /// The session, to end it.
    pub session: SecretHash,
}

/// The caller that a secret stands for; `None` when it is unknown, ended or expired. It is taken for a cookie's;
/// [`Caller::by_bearer`] says otherwise.
///
/// # Errors
/// When the store cannot be read.
pub async fn caller(store: &dyn Store, text: &str) -> Result<Option<Caller>, StoreError> {
    let Some(hash) = secret::hash(text) else { return Ok(None) };
    let session = match store.session(&hash, clock::now_ms()).await {
        Ok(session) => session,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let person = match store.person(session.person).await {
        Ok(person) => person,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Caller { person: person.id, server_owner: person.server_owner, by: By::Cookie, session: hash }))
}

impl Caller {
    /// The same caller, authorised by a bearer token.
    #[must_use]
    pub fn by_bearer(mut self) -> Self {
        self.by = By::Bearer;
        self
    }
}

/// The caller's role on a board; `None` when the board is unknown or they have none: nobody can tell which.
///
/// # Errors
/// When the store cannot be read.
pub async fn role(store: &dyn Store, caller: &Caller, board: BoardId) -> Result<Option<Role>, StoreError> {
    let found = if caller.server_owner {
        store.board(board).await.map(|_| Role::Owner)
    } else {
        store.role_on(board, caller.person).await
    };
    known(found)
}

/// The caller's role in a series, as [`role`].
///
/// # Errors
/// When the store cannot be read.
pub async fn series_role(store: &dyn Store, caller: &Caller, series: SeriesId) -> Result<Option<Role>, StoreError> {
    let found = if caller.server_owner {
        store.series(series).await.map(|_| Role::Owner)
    } else {
        store.role_in(series, caller.person).await
    };
    known(found)
}

fn known(found: Result<Role, StoreError>) -> Result<Option<Role>, StoreError> {
    match found {
        Ok(role) => Ok(Some(role)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
