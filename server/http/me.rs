//! The caller's own record: reading it, changing name and language, leaving. Knows no boards.

use axum::{
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    http::{
        App, answers,
        auth::{self, SignedIn},
        body::Json,
        join::{clean_language, clean_name},
        live,
        problem::Problem,
    },
    ids::PersonId,
    store::{Change, Commit, records::Person},
};

/// The caller as themselves.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    person: PersonId,
    /// Empty until they gave one.
    name: String,
    /// `fi`, `sv` or `en`.
    language: String,
    /// May make boards, and is owner of every board.
    server_owner: bool,
}

impl From<Person> for Me {
    fn from(person: Person) -> Self {
        let Person { id, name, language, server_owner, .. } = person;
        Self { person: id, name, language, server_owner }
    }
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeChange {
    /// 1 to 40 characters.
    #[serde(default)]
    name: Option<String>,
    /// `fi`, `sv` or `en`.
    #[serde(default)]
    language: Option<String>,
}

/// Who the caller is.
#[utoipa::path(get, path = "/api/me", tag = "signing in",
    responses((status = 200, body = Me), answers::Reads))]
pub async fn read(State(app): State<App>, SignedIn(caller): SignedIn) -> Result<axum::Json<Me>, Problem> {
    Ok(axum::Json(app.store.person(caller.person).await?.into()))
}

/// Changes the caller's name or language; open boards show the new name at once.
#[utoipa::path(patch, path = "/api/me", tag = "signing in", request_body = MeChange,
    responses((status = 200, body = Me), answers::Changes))]
pub async fn change(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(asked): Json<MeChange>,
) -> Result<axum::Json<Me>, Problem> {
    app.rates.command(caller.person)?;
    let before = app.store.person(caller.person).await?;
    let mut person = before.clone();
    if let Some(name) = &asked.name {
        person.name = clean_name(name)?;
    }
    if let Some(language) = &asked.language {
        person.language = clean_language(language)?;
    }
    if person != before {
        let records = vec![Change::PutPerson(person.clone())];
        app.store.commit(Commit { appends: vec![], records }).await?;
        live::person_changed(&app, person.id).await;
    }
    Ok(axum::Json(person.into()))
}

/// Ends the caller's session, and the sockets that live by it; the person and what they wrote stay.
#[utoipa::path(post, path = "/api/leave", tag = "signing in",
    responses((status = 204, description = "The session has ended."), answers::BareChanges))]
pub async fn leave(State(app): State<App>, SignedIn(caller): SignedIn) -> Result<impl IntoResponse, Problem> {
    let records = vec![Change::EndSession(caller.session)];
    app.store.commit(Commit { appends: vec![], records }).await?;
    app.sessions.end(&caller.session);
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = auth::clear_cookie(&app) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
