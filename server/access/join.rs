//! Redeeming a link: who comes in, as whom, with which role. Knows no HTTP.

use crate::{
    access::{
        invite::{self, MakeError, Void},
        secret::{self, Secret},
        session::{self, Caller},
    },
    clock,
    error::StoreError,
    ids::PersonId,
    role::Role,
    store::{
        Change, Commit, PeopleChange, Store,
        records::{Invite, Member, Person, Purpose, SeriesMember, Session},
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
    /// Where the link leads, with the role that the person has there now.
    pub to: Purpose,
    /// A new session; `None` when the browser keeps the one it has.
    pub session: Option<Secret>,
    /// A role or the name changed: people on the person's boards should see it.
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
    let led = match caller {
        Some(caller) => led_on(store, &invite, caller.person).await?,
        None => None,
    };
    let purpose = led.unwrap_or(landing(store, invite.purpose).await?);
    person.name = about.name.unwrap_or(person.name);
    person.language = about.language.unwrap_or(person.language);

    let mut records = Vec::new();
    let had = match &before {
        Some(person) => standing(store, person, purpose).await?,
        None => None,
    };
    // Roles are ordered from most to least.
    let gains = |role: Role| had.is_none_or(|had| role < had);
    let (to, gained) = match purpose {
        Purpose::Server => {
            person.server_owner = true;
            (Purpose::Server, had.is_none())
        }
        Purpose::Board(board, role) => {
            if gains(role) {
                let member = Member { board, person: person.id, role, invite: Some(invite.id) };
                records.push(Change::PutMember(member));
            }
            (Purpose::Board(board, had.unwrap_or(role).min(role)), gains(role))
        }
        Purpose::Series(series, role) => {
            if gains(role) {
                let member = SeriesMember { series, person: person.id, role, invite: Some(invite.id) };
                records.push(Change::PutSeriesMember(member));
            }
            (Purpose::Series(series, had.unwrap_or(role).min(role)), gains(role))
        }
    };
    let named = before.as_ref() != Some(&person);
    if named {
        records.insert(0, Change::PutPerson(person.clone()));
    }
    // Whoever holds the link may lose their role one day, by whichever way they have it: then it is void.
    if invite.purpose != Purpose::Server && !store.has_redeemed(invite.id, person.id).await? {
        records.push(Change::People(PeopleChange::Redeemed { invite: invite.id, person: person.id }));
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
    Ok(Joined { person, to, session, changed: gained || named })
}

/// Where a link leads that this person redeemed before they were moved to another team: to that one's board, as whatever they are there.
async fn led_on(store: &dyn Store, invite: &Invite, person: PersonId) -> Result<Option<Purpose>, StoreError> {
    let Purpose::Board(board, _) = invite.purpose else { return Ok(None) };
    if !store.has_redeemed(invite.id, person).await? {
        return Ok(None);
    }
    let new = match store.moved(board, person).await {
        Ok(new) => new,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    match store.role_on(new, person).await {
        Ok(role) => Ok(Some(Purpose::Board(new, role))),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where a link leads a newcomer: one for participants and observers of a team that another one took in, to that one.
///
/// # Errors
/// The store's.
pub async fn landing(store: &dyn Store, purpose: Purpose) -> Result<Purpose, StoreError> {
    let Purpose::Board(board, role) = purpose else { return Ok(purpose) };
    if role.runs_the_board() {
        return Ok(purpose);
    }
    let Some(series) = store.board(board).await?.series else { return Ok(purpose) };
    let teams = store.whole_series(series).await?.teams;
    let mut found = teams.iter().find(|team| team.board == board);
    // Each was taken in by one that worked then: they do not go round, and were it so, this ends.
    for _ in 0..teams.len() {
        let Some(next) = found.and_then(|team| team.merged_into) else { break };
        found = teams.iter().find(|team| team.id == next);
    }
    Ok(found.map_or(purpose, |team| Purpose::Board(team.board, role)))
}

/// The role that somebody has before they redeem a link, where it leads.
async fn standing(store: &dyn Store, person: &Person, to: Purpose) -> Result<Option<Role>, StoreError> {
    if person.server_owner {
        return Ok(Some(Role::Owner));
    }
    let found = match to {
        Purpose::Server => return Ok(None),
        Purpose::Board(board, _) => store.role_on(board, person.id).await,
        Purpose::Series(series, _) => store.role_in(series, person.id).await,
    };
    match found {
        Ok(role) => Ok(Some(role)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
