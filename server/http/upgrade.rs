//! A request that becomes a WebSocket (RFC 6455, section 4.2). Knows nothing of what is said on it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::http::{
    accept::Counted,
    problem::{Code, Problem},
};

/// A request for a WebSocket that can be one.
pub(crate) struct Upgrade {
    accept: HeaderValue,
    /// Whether the client offered the subprotocol it was asked about.
    offers: bool,
    becoming: OnUpgrade,
}

/// The WebSocket subprotocol; beside it a client may offer `bearer.<token>`.
const PROTOCOL: &str = "jalostamo";

/// Whether a header that is a list holds a word.
fn says(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|there| there.trim().eq_ignore_ascii_case(word))
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let wrong = |what: &str| Problem::from(Code::BadRequest).detail(what).into_response();
        let headers = &parts.headers;
        if !says(headers, header::CONNECTION, "upgrade") || !says(headers, header::UPGRADE, "websocket") {
            return Err(wrong("this address is a WebSocket"));
        }
        if !says(headers, header::SEC_WEBSOCKET_VERSION, "13") {
            let version = [(header::SEC_WEBSOCKET_VERSION, "13")];
            return Err((StatusCode::UPGRADE_REQUIRED, version).into_response());
        }
        let Some(key) = headers.get(header::SEC_WEBSOCKET_KEY) else {
            return Err(wrong("Sec-WebSocket-Key is missing"));
        };
        let Ok(accept) = HeaderValue::try_from(derive_accept_key(key.as_bytes())) else {
            return Err(wrong("Sec-WebSocket-Key is odd"));
        };
        let offers = says(headers, header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        let Some(becoming) = parts.extensions.remove::<OnUpgrade>() else {
            return Err(wrong("there is no connection that could become a socket"));
        };
        Ok(Self { accept, offers, becoming })
    }
}

/// A connection that speaks WebSocket from now on.
pub(super) struct Upgraded {
    pub(super) connection: Counted,
    /// What the client sent before it had the answer.
    pub(super) early: Bytes,
}

impl Upgrade {
    /// The answer that makes the request a socket; then `serve` runs.
    pub(super) fn answer<F>(self, serve: impl FnOnce(Upgraded) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let becoming = self.becoming;
        tokio::spawn(async move {
            let upgraded = match becoming.await {
                Ok(upgraded) => upgraded,
                Err(error) => return tracing::debug!(%error, "the connection ended before it became a socket"),
            };
            // Every connection that is accepted is of this type.
            let Ok(parts) = upgraded.downcast::<TokioIo<Counted>>() else {
                return tracing::error!("a socket on a connection of another kind");
            };
            // Boxed, or the task would be as large again for having handed it on.
            Box::pin(serve(Upgraded { connection: parts.io.into_inner(), early: parts.read_buf })).await;
        });
        let mut answer = StatusCode::SWITCHING_PROTOCOLS.into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, self.accept);
        if self.offers {
            headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
        }
        answer
    }
}
