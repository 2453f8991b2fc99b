//! Request bodies: plain JSON, of a limited size, in a limited time. Knows no routes.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::{
    http::{
        App,
        problem::{Code, Problem},
    },
    limits,
};

/// A JSON body of at most [`limits::BODY_BYTES`].
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let bytes = read(request, app, limits::BODY_BYTES).await?;
        serde_json::from_slice(&bytes).map(Json).map_err(|error| Problem::new(Code::BadRequest).detail(error))
    }
}

/// A board file as it came, at most [`limits::IMPORT_BYTES`].
pub struct File(pub Bytes);

impl FromRequest<App> for File {
    type Rejection = Problem;
    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        read(request, app, limits::IMPORT_BYTES).await.map(File)
    }
}

async fn read(request: Request, app: &App, most: usize) -> Result<Bytes, Problem> {
    if !is_plain_json(request.headers()) {
        return Err(Code::UnsupportedMedia.into());
    }
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > most as u64) {
        return Err(Code::TooBig.into());
    }
    let whole = Limited::new(request.into_body(), most).collect();
    match tokio::time::timeout(app.config.body_time, whole).await {
        Err(_) => Err(Code::TooSlow.into()),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Code::TooBig.into()),
        Ok(Err(_)) => Err(Code::BadRequest.into()),
    }
}

/// `application/json`, and not compressed: nothing here unpacks anything.
fn is_plain_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") && !headers.contains_key(header::CONTENT_ENCODING)
}
