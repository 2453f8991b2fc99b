//! Errors as `application/problem+json`: one type, stable codes. Knows not who makes them.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    access::invite::MakeError,
    error::StoreError,
    ids::{PartId, PersonId, Seq},
    programme::Wrong,
};

/// The stable word for an error; the browser shows `problem.<code>` in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// Not JSON, a missing or unknown field, or a value out of its range; `detail` says which.
    BadRequest,
    /// The display name or title is empty or too long.
    Name,
    /// The file is not a board file; `detail` says what is wrong with it.
    BadFile,
    /// No session, or it has ended: redeem a link.
    Unauthorized,
    /// The role does not allow this.
    Forbidden,
    /// The request came from a page of another site.
    Origin,
    /// No such thing, or none that you may see.
    NotFound,
    /// There is no link with this secret, or it was revoked, has expired or is used up; `detail` says which.
    Invite,
    MethodNotAllowed,
    /// The body is larger than this route takes.
    TooBig,
    /// The body did not arrive in time.
    TooSlow,
    /// A body that is not JSON, or is compressed.
    UnsupportedMedia,
    /// Something else refers to it.
    InUse,
    /// There are as many of these as there can be.
    Limit,
    /// The series would be without an owner for good, or its lead would run it no more: make another owner, or hand the lead
    /// over, first.
    Needed,
    /// Too often; wait as many seconds as `Retry-After` says.
    TooMany,
    /// A pause or the part that runs forbids it; `detail` is `paused` or the part's id.
    NotNow,
    /// The board stood elsewhere; try again.
    Conflict,
    /// The disk is full or cannot be written; nothing was changed. `detail` says which.
    Storage,
    /// The server is stopping or too busy.
    Unavailable,
    /// A fault of the server.
    Internal,
}

impl Code {
    /// The status and title that belong to a code.
    #[must_use]
    pub const fn parts(self) -> (StatusCode, &'static str) {
        match self {
            Code::BadRequest => (StatusCode::BAD_REQUEST, "The request is malformed"),
            Code::Name => (StatusCode::BAD_REQUEST, "The name is empty or too long"),
            Code::BadFile => (StatusCode::BAD_REQUEST, "The file is not a board file"),
            Code::Unauthorized => (StatusCode::UNAUTHORIZED, "Not signed in"),
            Code::Forbidden => (StatusCode::FORBIDDEN, "The role does not allow this"),
            Code::Origin => (StatusCode::FORBIDDEN, "The request came from another site"),
            Code::NotFound => (StatusCode::NOT_FOUND, "Not found"),
            Code::Invite => (StatusCode::NOT_FOUND, "The link opens nothing"),
            Code::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "The method is not allowed here"),
            Code::TooBig => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Code::TooSlow => (StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time"),
            Code::UnsupportedMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be plain JSON"),
            Code::InUse => (StatusCode::CONFLICT, "Something refers to it"),
            Code::Limit => (StatusCode::CONFLICT, "There can be no more of these"),
            Code::Needed => (StatusCode::CONFLICT, "The series needs this person"),
            Code::TooMany => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Code::NotNow => (StatusCode::CONFLICT, "A pause or the part that runs forbids it"),
            Code::Conflict => (StatusCode::CONFLICT, "Somebody else was first"),
            Code::Storage => (StatusCode::SERVICE_UNAVAILABLE, "The server cannot store anything now"),
            Code::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "The server is not available"),
            Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "The server failed"),
        }
    }
}

/// An error answer.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says what it is.
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    /// The HTTP status again.
    status: u16,
    code: Code,
    /// For developers, in English; never text of another user.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Who was first, for a command that expected another state.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Box<First>>,
    #[serde(skip)]
    #[schema(ignore)]
    retry_after: Option<u64>,
}

/// What somebody did before.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FirstToDo)]
pub struct First {
    /// The number to expect now.
    pub seq: Seq,
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub by: PersonId,
    /// The name that they have now; empty when they gave none.
    pub by_name: String,
    /// The event's type, as `partStarted`.
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub part: Option<PartId>,
}

impl Problem {
    #[must_use]
    pub fn new(code: Code) -> Self {
        let (status, title) = code.parts();
        Self { kind: "about:blank", title, status: status.as_u16(), code, detail: None, first: None, retry_after: None }
    }

    /// At most 200 characters of explanation.
    #[must_use]
    pub fn detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = Some(detail.to_string().chars().take(200).collect());
        self
    }

    /// Says who was first.
    #[must_use]
    pub fn first(mut self, first: First) -> Self {
        self.first = Some(Box::new(first));
        self
    }

    /// Says after how many seconds it is worth trying again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Problem::new(code)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound | StoreError::Pruned(_) => Code::NotFound.into(),
            StoreError::Conflict { .. } | StoreError::Exists => Code::Conflict.into(),
            StoreError::Referenced => Code::InUse.into(),
            StoreError::TooMany => Code::Limit.into(),
            StoreError::Needed => Code::Needed.into(),
            StoreError::Full => Problem::new(Code::Storage).detail("full"),
            StoreError::Failing(_) | StoreError::ReadOnly(_) => Problem::new(Code::Storage).detail("failing"),
            StoreError::Corrupt(_) | StoreError::InUse | StoreError::Other(_) => {
                // The store's words name tables and streams, no content.
                tracing::error!(%error, "the store failed");
                Code::Internal.into()
            }
        }
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::Name => Code::Name.into(),
            Wrong::Field(what) => Problem::new(Code::BadRequest).detail(what),
        }
    }
}

impl From<MakeError> for Problem {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::Store(error) => error.into(),
            MakeError::Random(error) => {
                tracing::error!(%error, "no randomness");
                Code::Internal.into()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
