//! Invite links: who may make which, what they are worth now, the owner link. Knows no HTTP.

use crate::{
    access::{secret::Secret, session},
    clock,
    error::StoreError,
    ids::{BoardId, InviteId, PersonId, SeriesId},
    role::Role,
    store::{
        Change, Commit, Store,
        records::{Invite, Member, Person, Purpose, Session},
    },
};

/// How long an owner link lasts, in milliseconds: long enough to set a server up, short in a terminal's history.
pub const OWNER_LINK_MS: i64 = 24 * 60 * 60 * 1000;
/// The longest life of any other link: two years.
pub const LONGEST_MS: i64 = 2 * 366 * 24 * 60 * 60 * 1000;
/// The most people one link can be made for.
pub const MOST_USES: u32 = 10_000;

/// To what people hand out links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Board(BoardId),
    Series(SeriesId),
}

impl Place {
    /// What a link that gives this role here is for; `None` for a participant of a series: those belong to a team.
    #[must_use]
    pub const fn purpose(self, role: Role) -> Option<Purpose> {
        match (self, role) {
            (Place::Board(board), role) => Some(Purpose::Board(board, role)),
            (Place::Series(_), Role::Participant) => None,
            (Place::Series(series), role) => Some(Purpose::Series(series, role)),
        }
    }
}

/// Whether somebody with role `own` may make, see and revoke links that give `given`.
#[must_use]
pub const fn may_invite(own: Role, given: Role) -> bool {
    match own {
        Role::Owner => true,
        Role::Facilitator => matches!(given, Role::Participant | Role::Observer),
        Role::Participant | Role::Observer => false,
    }
}

/// Why a link opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Void {
    Revoked,
    Expired,
    UsedUp,
}

/// Whether a link can be redeemed at `now`.
///
/// # Errors
/// Says why it cannot.
pub fn check(invite: &Invite, now: i64) -> Result<(), Void> {
    if invite.revoked {
        return Err(Void::Revoked);
    }
    if invite.expires.is_some_and(|end| end <= now) {
        return Err(Void::Expired);
    }
    if invite.uses_left == Some(0) {
        return Err(Void::UsedUp);
    }
    Ok(())
}

/// What could go wrong while making a secret and keeping it.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the operating system gave no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

/// What somebody asks a new link to be.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub purpose: Purpose,
    pub expires: Option<i64>,
    pub uses: Option<u32>,
}

/// Makes a link. Whether the maker may is judged before, by [`may_invite`].
///
/// # Errors
/// When it could not be stored.
pub async fn make(store: &dyn Store, by: PersonId, wanted: Wanted) -> Result<(Invite, Secret), MakeError> {
    let secret = Secret::new()?;
    let invite = Invite {
        id: InviteId::new(),
        purpose: wanted.purpose,
        secret: secret.hash(),
        made: clock::now_ms(),
        made_by: Some(by),
        expires: wanted.expires,
        uses_left: wanted.uses,
        revoked: false,
    };
    store.commit(Commit { appends: vec![], records: vec![Change::NewInvite(invite.clone())] }).await?;
    Ok((invite, secret))
}

/// A new owner link of the server; every earlier one is void.
///
/// # Errors
/// When it could not be stored.
pub async fn owner_link(store: &dyn Store) -> Result<Secret, MakeError> {
    let secret = Secret::new()?;
    let now = clock::now_ms();
    let invite = Invite {
        id: InviteId::new(),
        purpose: Purpose::Server,
        secret: secret.hash(),
        made: now,
        made_by: None,
        expires: Some(now + OWNER_LINK_MS),
        uses_left: None,
        revoked: false,
    };
    let records = vec![Change::RevokeServerInvites, Change::NewInvite(invite)];
    store.commit(Commit { appends: vec![], records }).await?;
    Ok(secret)
}

/// A bearer token of a new person who is an owner of the server: for programs.
///
/// # Errors
/// When it could not be stored.
pub async fn owner_token(store: &dyn Store) -> Result<Secret, MakeError> {
    let secret = Secret::new()?;
    let made = clock::now_ms();
    let id = PersonId::new();
    let person = Person { id, name: String::new(), language: "en".to_owned(), made, server_owner: true };
    let session = Session { secret: secret.hash(), person: id, made, expires: Some(made + session::LIFE_MS) };
    let records = vec![Change::PutPerson(person), Change::NewSession(session)];
    store.commit(Commit { appends: vec![], records }).await?;
    Ok(secret)
}

/// The links to a place that somebody with this role there may see.
///
/// # Errors
/// When the store cannot be read.
pub async fn visible(store: &dyn Store, place: Place, own: Role) -> Result<Vec<Invite>, StoreError> {
    let mut invites = match place {
        Place::Board(board) => store.invites_of(board).await?,
        Place::Series(series) => store.invites_of_series(series).await?,
    };
    invites.retain(|invite| given(invite, place).is_some_and(|role| may_invite(own, role)));
    Ok(invites)
}

/// Revokes a link to a place; answers whose memberships ended by that, on which boards. `None` when there is no such
/// link for this role.
///
/// # Errors
/// When it could not be stored.
pub async fn revoke(
    store: &dyn Store,
    place: Place,
    own: Role,
    id: InviteId,
) -> Result<Option<Vec<Member>>, StoreError> {
    let invite = match store.invite(id).await {
        Ok(invite) => invite,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    if !given(&invite, place).is_some_and(|role| may_invite(own, role)) {
        return Ok(None);
    }
    let members = store.members_by_invite(id).await?;
    store.commit(Commit { appends: vec![], records: vec![Change::RevokeInvite(id)] }).await?;
    Ok(Some(members))
}

/// The role that an invite gives in this place.
fn given(invite: &Invite, place: Place) -> Option<Role> {
    match (invite.purpose, place) {
        (Purpose::Board(of, role), Place::Board(board)) if of == board => Some(role),
        (Purpose::Series(of, role), Place::Series(series)) if of == series => Some(role),
        _ => None,
    }
}
