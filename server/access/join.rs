//! Redeeming a link: who comes in, as whom, with which role. Knows no HTTP.

use crate::{
    access::{
        invite::{self, MakeError, Void},
        secret::{self, Secret},
        session::{self, Caller},
    },
    clock,
    error::StoreError,
    ids::{BoardId, PersonId},
    role::Role,
    store::{
        Change, Commit, Store,
        records::{Invite, Member, Person, Purpose, Session},
    },
};

/// Why nobody came in.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// No link with this secret.
    #[error("unknown link")]
    Unknown,
    #[error("void link")]
    Void(Void),
    #[error(transparent)]
    Make(#[from] MakeError),
}

impl From<StoreError> for JoinError {
    fn from(error: StoreError) -> Self {
        JoinError::Make(error.into())
    }
}

/// Who came in.
pub struct Joined {
    pub person: Person,
    /// The board the link leads to, and the role there.
    pub board: Option<(BoardId, Role)>,
    /// A new session; `None` when the browser keeps the one it has.
    pub session: Option<Secret>,
    /// The role on the board or the name changed: people who are there should see it.
    pub changed: bool,
}

/// What a person says about themselves when they join; already cleaned.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub name: Option<String>,
    pub language: Option<String>,
}

/// The link that a secret opens.
///
/// # Errors
/// [`JoinError::Unknown`], [`JoinError::Void`], or the store's.
pub async fn look(store: &dyn Store, text: &str) -> Result<Invite, JoinError> {
    let hash = secret::hash(text).ok_or(JoinError::Unknown)?;
    let invite = match store.invite_by_secret(&hash).await {
        Ok(invite) => invite,
        Err(StoreError::NotFound) => return Err(JoinError::Unknown),
        Err(error) => return Err(error.into()),
    };
    invite::check(&invite, clock::now_ms()).map_err(JoinError::Void)?;
    Ok(invite)
}

/// Redeems a link. Whoever has a session stays the same person and gains the role; a higher role wins. A
/// link that gives nothing new is not used.
///
/// # Errors
/// As [`look`], and when it could not be stored.
pub async fn redeem(store: &dyn Store, text: &str, caller: Option<&Caller>, about: About) -> Result<Joined, JoinError> {
    // A link that was good when looked at can be used up a moment later; the commit decides.
    let invite = look(store, text).await?;
    let now = clock::now_ms();
    let mut person = match caller {
        Some(caller) => store.person(caller.person).await?,
        None => Person {
            id: PersonId::new(),
            name: String::new(),
            language: "en".to_owned(),
            made: now,
            server_owner: false,
        },
    };
    let before = caller.map(|_| person.clone());
    person.name = about.name.unwrap_or(person.name);
    person.language = about.language.unwrap_or(person.language);

    let mut records = Vec::new();
    let (board, gained) = match invite.purpose {
        Purpose::Server => {
            let gained = !person.server_owner;
            person.server_owner = true;
            (None, gained)
        }
        Purpose::Board(board, role) => {
            let had = match &before {
                Some(person) => standing(store, person, board).await?,
                None => None,
            };
            // Roles are ordered from most to least.
            let gained = had.is_none_or(|had| role < had);
            if gained {
                let member = Member { board, person: person.id, role, invite: Some(invite.id) };
                records.push(Change::PutMember(member));
            }
            (Some((board, if gained { role } else { had.unwrap_or(role) })), gained)
        }
    };
    let named = before.as_ref() != Some(&person);
    if named {
        records.insert(0, Change::PutPerson(person.clone()));
    }
    if gained {
        records.push(Change::UseInvite { invite: invite.id, at: now });
    }
    // A new session whenever what it is worth has changed: an earlier one that leaked gains nothing.
    let session = if gained || caller.is_none() { Some(Secret::new().map_err(MakeError::from)?) } else { None };
    if let Some(secret) = &session {
        records.extend(caller.map(|caller| Change::EndSession(caller.session)));
        records.push(Change::NewSession(Session {
            secret: secret.hash(),
            person: person.id,
            made: now,
            expires: Some(now + session::LIFE_MS),
        }));
    }
    if !records.is_empty() {
        store.commit(Commit { appends: vec![], records }).await.map_err(|error| match error {
            StoreError::NotFound => JoinError::Void(Void::UsedUp),
            other => other.into(),
        })?;
    }
    Ok(Joined { person, board, session, changed: gained || named })
}

/// The role that somebody has on a board before they redeem a link.
async fn standing(store: &dyn Store, person: &Person, board: BoardId) -> Result<Option<Role>, StoreError> {
    if person.server_owner {
        return Ok(Some(Role::Owner));
    }
    match store.role_on(board, person.id).await {
        Ok(role) => Ok(Some(role)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
