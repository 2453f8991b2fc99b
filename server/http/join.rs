//! Looking at a link and redeeming it. Knows no boards' content.

use axum::{extract::State, http::header::SET_COOKIE, response::IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::{
        invite::Void,
        join::{self, About, JoinError},
        name,
    },
    error::StoreError,
    http::{
        App, answers,
        auth::{self, Anyone},
        boards::SeriesName,
        body::Json,
        live,
        me::Me,
        problem::{Code, Problem},
        rate::Address,
    },
    ids::{BoardId, SeriesId},
    programme::Names,
    role::Role,
    store::records::{Invite, Purpose},
};

/// A link's secret, as it stands after `#join=`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Look {
    secret: String,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Leads {
    /// Owner of the whole server.
    Server,
    Board,
    /// Every board of a series.
    Series,
}

/// What a link is for, before it is used.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    purpose: Leads,
    /// The board's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The name of the team whose board it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    /// The series, or the one that the board belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Names>,
    /// The role there that the link gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    /// Who this browser is already.
    #[serde(skip_serializing_if = "Option::is_none")]
    me: Option<Me>,
}

/// Redeeming a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    secret: String,
    /// The display name, 1 to 40 characters; without it a person keeps the one they have.
    #[serde(default)]
    name: Option<String>,
    /// `fi`, `sv` or `en`.
    #[serde(default)]
    language: Option<String>,
}

/// Who came in, and where to.
#[derive(Serialize, ToSchema)]
pub struct Joined {
    me: Me,
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<SeriesPlace>,
}

/// The series that a link led to.
#[derive(Serialize, ToSchema)]
pub struct SeriesPlace {
    #[serde(flatten)]
    series: SeriesName,
    /// The caller's role there now; a higher one than the link's is kept.
    role: Role,
}

/// The board that a link led to.
#[derive(Serialize, ToSchema)]
pub struct Place {
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: BoardId,
    title: String,
    /// The caller's role there now; a higher one than the link's is kept.
    role: Role,
}

/// A cleaned display name.
///
/// # Errors
/// [`Code::Name`].
pub fn clean_name(text: &str) -> Result<String, Problem> {
    name::name(text).ok_or_else(|| Code::Name.into())
}

/// A known language.
///
/// # Errors
/// [`Code::BadRequest`].
pub fn clean_language(text: &str) -> Result<String, Problem> {
    if name::LANGUAGES.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(Problem::new(Code::BadRequest).detail("language is fi, sv or en"))
    }
}

impl From<JoinError> for Problem {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Unknown => Problem::new(Code::Invite).detail("unknown"),
            JoinError::Void(Void::Revoked) => Problem::new(Code::Invite).detail("revoked"),
            JoinError::Void(Void::Expired) => Problem::new(Code::Invite).detail("expired"),
            JoinError::Void(Void::UsedUp) => Problem::new(Code::Invite).detail("used up"),
            JoinError::Make(error) => error.into(),
        }
    }
}

/// Says what a link leads to, without using it.
#[utoipa::path(post, path = "/api/invites/look", tag = "signing in", request_body = Look,
    responses((status = 200, body = Looked), answers::Links))]
pub async fn look(
    State(app): State<App>,
    address: Address,
    Anyone(caller): Anyone,
    Json(asked): Json<Look>,
) -> Result<impl IntoResponse, Problem> {
    let store = app.store.as_ref();
    let invite = known(&app, &asked.secret, &address).await?;
    let me = match caller {
        Some(caller) => Some(Me::from(store.person(caller.person).await?)),
        None => None,
    };
    Ok(axum::Json(looked(&app, &invite, me).await?))
}

/// The link, when it is one. Only guesses are counted: good links, and those that were good, open however many people with one
/// address hold them.
async fn known(app: &App, secret: &str, address: &Address) -> Result<Invite, Problem> {
    let found = join::look(app.store.as_ref(), secret).await;
    if matches!(found, Err(JoinError::Unknown)) {
        app.rates.wrong_link(address.0)?;
    }
    Ok(found?)
}

async fn looked(app: &App, invite: &Invite, me: Option<Me>) -> Result<Looked, StoreError> {
    let nothing = Looked { purpose: Leads::Server, title: None, team: None, series: None, role: None, me };
    let name = async |series: SeriesId| app.store.series(series).await.map(|series| Some(series.name));
    match join::landing(app.store.as_ref(), invite.purpose).await? {
        Purpose::Server => Ok(nothing),
        Purpose::Series(series, role) => {
            Ok(Looked { purpose: Leads::Series, series: name(series).await?, role: Some(role), ..nothing })
        }
        Purpose::Board(id, role) => {
            let board = app.store.board(id).await?;
            let series = match board.series {
                Some(series) => name(series).await?,
                None => None,
            };
            let team = match app.store.team_on(id).await {
                Ok(team) => Some(team.name),
                Err(StoreError::NotFound) => None,
                Err(error) => return Err(error),
            };
            let title = Some(board.title);
            Ok(Looked { purpose: Leads::Board, title, team, series, role: Some(role), ..nothing })
        }
    }
}

/// Redeems a link: makes a person or, in a browser that is signed in, gives the same person the role.
#[utoipa::path(post, path = "/api/join", tag = "signing in", request_body = Join,
    responses((status = 200, body = Joined, description = "Signed in.",
        headers(("Set-Cookie" = String, description = "The session, when there is a new one"))), answers::Links))]
pub async fn join(
    State(app): State<App>,
    address: Address,
    Anyone(caller): Anyone,
    Json(asked): Json<Join>,
) -> Result<impl IntoResponse, Problem> {
    let invite = known(&app, &asked.secret, &address).await?;
    let about = About {
        name: asked.name.as_deref().map(clean_name).transpose()?,
        language: asked.language.as_deref().map(clean_language).transpose()?,
    };
    if caller.is_none() {
        app.rates.newcomer(invite.id)?;
    }
    let joined = join::redeem(app.store.as_ref(), &asked.secret, caller.as_ref(), about).await?;
    if joined.changed {
        live::person_changed(&app, joined.person.id).await;
    }
    let (mut board, mut series) = (None, None);
    match joined.to {
        Purpose::Server => {}
        Purpose::Board(id, role) => board = Some(Place { id, role, title: app.store.board(id).await?.title }),
        Purpose::Series(id, role) => {
            let name = app.store.series(id).await?.name;
            series = Some(SeriesPlace { series: SeriesName { id, name }, role });
        }
    }
    let mut response = axum::Json(Joined { me: joined.person.into(), board, series }).into_response();
    if let Some(cookie) = joined.session.and_then(|secret| auth::set_cookie(&app, secret.expose())) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
