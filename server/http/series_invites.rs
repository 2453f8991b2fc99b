//! The invite links of a series: a role on all its boards, later ones too. Knows no sockets.

use axum::{extract::State, http::StatusCode};

use crate::{
    access::invite::Place,
    http::{
        App, answers,
        body::Json,
        guard::{InSeries, InviteName},
        invites::{self, InviteLine, MadeInvite, NewInvite},
        problem::Problem,
    },
};

/// The series' links that the caller may make and revoke, newest first, revoked ones too.
#[utoipa::path(get, path = "/api/series/{series}/invites", tag = "invites",
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = Vec<InviteLine>), answers::SeriesReads))]
pub async fn list(State(app): State<App>, on: InSeries) -> Result<axum::Json<Vec<InviteLine>>, Problem> {
    on.runs_the_series()?;
    invites::lines(&app, Place::Series(on.series), on.role).await
}

/// Makes a link: owners for owners, facilitators and observers, facilitators for observers. Participants belong to a
/// team: their links are its board's.
#[utoipa::path(post, path = "/api/series/{series}/invites", tag = "invites", request_body = NewInvite,
    params(("series" = String, Path, description = "The series' id")),
    responses((status = 200, body = MadeInvite), answers::SeriesChanges))]
pub async fn make(
    State(app): State<App>,
    on: InSeries,
    Json(asked): Json<NewInvite>,
) -> Result<axum::Json<MadeInvite>, Problem> {
    on.runs_the_series()?;
    invites::made(&app, Place::Series(on.series), (on.role, on.caller.person), asked).await
}

/// Revokes a link. Who came by it is out of the series, and their sockets on all its boards close.
#[utoipa::path(delete, path = "/api/series/{series}/invites/{invite}", tag = "invites",
    params(("series" = String, Path, description = "The series' id"),
        ("invite" = String, Path, description = "The link's id")),
    responses((status = 204, description = "The link is void."), answers::BareChanges))]
pub async fn revoke(State(app): State<App>, on: InSeries, name: InviteName) -> Result<StatusCode, Problem> {
    on.runs_the_series()?;
    invites::revoked(&app, Place::Series(on.series), on.role, name.0).await
}
