//! Who a request comes from: cookie or bearer token, and the origin it must come from. Knows no routes.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
};

use crate::{
    access::session::{self, By, Caller},
    http::{
        App,
        problem::{Code, Problem},
    },
};

/// The session cookie's name under http.
const COOKIE: &str = "jalostamo";
/// Its name under https: the prefix makes browsers refuse one that another host or a plain page has set.
const COOKIE_HTTPS: &str = "__Host-jalostamo";

/// The session secret in the cookie; under both names, since the public URL may have changed to https.
#[must_use]
pub fn cookie_secret(headers: &HeaderMap) -> Option<String> {
    let found = |name: &str| {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    };
    found(COOKIE_HTTPS).or_else(|| found(COOKIE))
}

/// The token of `Authorization: Bearer`.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// Whether the request comes from one of the server's own pages or, with a bearer token, from no page at all.
#[must_use]
pub fn origin_ok(app: &App, headers: &HeaderMap, by: By) -> bool {
    let mut sent = headers.get_all(header::ORIGIN).iter();
    match (sent.next(), sent.next()) {
        (Some(origin), None) => app.origins.iter().any(|own| origin.as_bytes() == own.as_bytes()),
        (Some(_), Some(_)) => false,
        (None, _) => match by {
            By::Bearer => true,
            // Browsers write this header themselves; no page can set it.
            By::Cookie => headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin"),
        },
    }
}

/// The `Set-Cookie` that gives a browser its session.
#[must_use]
pub fn set_cookie(app: &App, secret: &str) -> Option<HeaderValue> {
    cookie(app, secret, session::LIFE_MS / 1000)
}

/// The `Set-Cookie` that takes it away.
#[must_use]
pub fn clear_cookie(app: &App) -> Option<HeaderValue> {
    cookie(app, "", 0)
}

fn cookie(app: &App, secret: &str, seconds: i64) -> Option<HeaderValue> {
    let (name, secure) = if app.is_https() { (COOKIE_HTTPS, "; Secure") } else { (COOKIE, "") };
    let text = format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The caller, when there is one; a change by cookie from elsewhere is refused.
async fn authorise(app: &App, parts: &Parts) -> Result<Option<Caller>, Problem> {
    let headers = &parts.headers;
    let found = match bearer(headers) {
        Some(token) => session::caller(app.store.as_ref(), &token).await?.map(Caller::by_bearer),
        None => match cookie_secret(headers) {
            Some(secret) => session::caller(app.store.as_ref(), &secret).await?,
            None => None,
        },
    };
    let by = found.as_ref().map_or(By::Bearer, |caller| caller.by);
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    if changes && !origin_ok(app, headers, by) {
        return Err(Code::Origin.into());
    }
    Ok(found)
}

/// Anyone; who it is, where they have a session.
pub struct Anyone(pub Option<Caller>);

impl FromRequestParts<App> for Anyone {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        authorise(app, parts).await.map(Anyone)
    }
}

/// Somebody with a session; otherwise 401.
pub struct SignedIn(pub Caller);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        authorise(app, parts).await?.map(SignedIn).ok_or_else(|| Code::Unauthorized.into())
    }
}

/// An owner of the server; for others with a session 403.
pub struct ServerOwner(pub Caller);

impl FromRequestParts<App> for ServerOwner {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, app).await?;
        if caller.server_owner { Ok(Self(caller)) } else { Err(Code::Forbidden.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_static(value));
        }
        map
    }

    #[test]
    fn secrets_in_headers() {
        let found = |pairs: &[(&'static str, &'static str)]| cookie_secret(&headers(pairs));
        assert_eq!(found(&[("cookie", "a=b; jalostamo=one")]).as_deref(), Some("one"));
        assert_eq!(found(&[("cookie", "jalostamo=one; __Host-jalostamo=two")]).as_deref(), Some("two"));
        assert_eq!(found(&[("cookie", "a=b"), ("cookie", "jalostamo=one")]).as_deref(), Some("one"));
        assert_eq!(found(&[("cookie", "xjalostamo=one")]), None);
        assert_eq!(bearer(&headers(&[("authorization", "bearer abc ")])).as_deref(), Some("abc"));
        assert_eq!(bearer(&headers(&[("authorization", "Basic abc")])), None);
    }
}
