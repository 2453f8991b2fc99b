//! Invite links of a board, and what those of a series have in common with them. Knows no sockets but through `live`.

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::invite::{self, LONGEST_MS, MOST_USES, Place, Wanted, may_invite},
    clock,
    http::{
        App, answers,
        body::Json,
        guard::{InviteName, OnBoard},
        live,
        problem::{Code, Problem},
        qr::Qr,
    },
    ids::{InviteId, PersonId},
    role::Role,
    store::records::{Invite, Purpose},
};

/// A link as it is listed; its secret is not kept.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteLine {
    #[schema(value_type = String, example = "v_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    id: InviteId,
    role: Role,
    /// Milliseconds since 1970.
    made: i64,
    /// Milliseconds since 1970; null without end.
    #[schema(required)]
    expires: Option<i64>,
    /// How many more people can use it; null without limit.
    #[schema(required)]
    uses_left: Option<u32>,
    revoked: bool,
}

impl InviteLine {
    fn new(invite: &Invite) -> Option<Self> {
        let (Purpose::Board(_, role) | Purpose::Series(_, role)) = invite.purpose else { return None };
        let &Invite { id, made, expires, uses_left, revoked, .. } = invite;
        Some(Self { id, role, made, expires, uses_left, revoked })
    }
}

/// A link to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvite {
    role: Role,
    /// When it ends, milliseconds since 1970; at most two years from now.
    #[serde(default)]
    expires: Option<i64>,
    /// How many people can use it, 1 to 10,000; without it there is no limit.
    #[serde(default)]
    uses: Option<u32>,
}

/// A link that was made, with the only copy of its secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeInvite {
    /// What to hand on: `<public url>/#join=<secret>`.
    url: String,
    /// The same as a picture.
    qr: Qr,
    #[serde(flatten)]
    line: InviteLine,
}

/// The links to a place that somebody with this role may make and revoke.
pub(super) async fn lines(app: &App, place: Place, own: Role) -> Result<axum::Json<Vec<InviteLine>>, Problem> {
    let invites = invite::visible(app.store.as_ref(), place, own).await?;
    Ok(axum::Json(invites.iter().filter_map(InviteLine::new).collect()))
}

/// Makes a link to a place for somebody with role `own` there.
pub(super) async fn made(
    app: &App,
    place: Place,
    (own, by): (Role, PersonId),
    asked: NewInvite,
) -> Result<axum::Json<MadeInvite>, Problem> {
    let Some(purpose) = place.purpose(asked.role) else {
        return Err(Problem::new(Code::BadRequest).detail("participants belong to a team: make the link on its board"));
    };
    if !may_invite(own, asked.role) {
        return Err(Code::Forbidden.into());
    }
    let now = clock::now_ms();
    if asked.expires.is_some_and(|end| end <= now || end > now.saturating_add(LONGEST_MS)) {
        return Err(Problem::new(Code::BadRequest).detail("expires is in the past, or more than two years away"));
    }
    if asked.uses.is_some_and(|uses| !(1..=MOST_USES).contains(&uses)) {
        return Err(Problem::new(Code::BadRequest).detail("uses is 1 to 10,000"));
    }
    let wanted = Wanted { purpose, expires: asked.expires, uses: asked.uses };
    let (invite, secret) = invite::make(app.store.as_ref(), by, wanted).await?;
    let line = InviteLine::new(&invite).ok_or(Code::Internal)?;
    let url = app.link(secret.expose());
    let qr = Qr::of(&url)?;
    Ok(axum::Json(MadeInvite { url, qr, line }))
}

/// Revokes a link to a place.
pub(super) async fn revoked(app: &App, place: Place, own: Role, id: InviteId) -> Result<StatusCode, Problem> {
    let ended = invite::revoke(app.store.as_ref(), place, own, id).await?.ok_or(Code::NotFound)?;
    live::ended(app, &ended).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The board's links that the caller may make and revoke, newest first, revoked ones too.
#[utoipa::path(get, path = "/api/boards/{board}/invites", tag = "invites",
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = Vec<InviteLine>), answers::BoardReads))]
pub async fn list(State(app): State<App>, on: OnBoard) -> Result<axum::Json<Vec<InviteLine>>, Problem> {
    on.runs_the_board()?;
    lines(&app, Place::Board(on.board), on.role).await
}

/// Makes a link: owners for any role, facilitators for participants and observers.
#[utoipa::path(post, path = "/api/boards/{board}/invites", tag = "invites", request_body = NewInvite,
    params(("board" = String, Path, description = "The board's id")),
    responses((status = 200, body = MadeInvite), answers::BoardChanges))]
pub async fn make(
    State(app): State<App>,
    on: OnBoard,
    Json(asked): Json<NewInvite>,
) -> Result<axum::Json<MadeInvite>, Problem> {
    made(&app, Place::Board(on.board), (on.role, on.caller.person), asked).await
}

/// Revokes a link. Who came by it is out, and their sockets close.
#[utoipa::path(delete, path = "/api/boards/{board}/invites/{invite}", tag = "invites",
    params(("board" = String, Path, description = "The board's id"),
        ("invite" = String, Path, description = "The link's id")),
    responses((status = 204, description = "The link is void."), answers::BareChanges))]
pub async fn revoke(State(app): State<App>, on: OnBoard, name: InviteName) -> Result<StatusCode, Problem> {
    on.runs_the_board()?;
    revoked(&app, Place::Board(on.board), on.role, name.0).await
}
