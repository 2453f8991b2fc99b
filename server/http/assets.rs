//! The browser app, embedded in the program at build time. Knows no API.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::http::problem::{Code, Problem};

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// The page: the same for the start, for every board and for every series.
pub async fn page(headers: HeaderMap) -> Response {
    file("index.html", &headers)
}

/// Any other file of the app; what is not there is a 404 like any other, and for a person's eyes the app's own page of it.
pub async fn other(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let hidden = path.is_empty() || path.ends_with(".br") || path.split('/').any(|part| part.starts_with('.'));
    if !hidden && Files::get(path).is_some() {
        return file(path, &headers);
    }
    if reads_pages(&headers) {
        return (StatusCode::NOT_FOUND, file("index.html", &HeaderMap::new())).into_response();
    }
    Problem::new(Code::NotFound).into_response()
}

/// A browser that opens an address, not a script or a program that asks for a file.
fn reads_pages(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|value| value.contains("text/html"))
}

fn file(path: &str, headers: &HeaderMap) -> Response {
    let Some(plain) = Files::get(path) else { return Problem::new(Code::NotFound).into_response() };
    let tag = etag(&plain);
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|sent| matches(sent, &tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match Files::get(&format!("{path}.br")).filter(|_| accepts_brotli(headers)) {
            Some(packed) => ([(header::CONTENT_ENCODING, "br")], Body::from(packed.data)).into_response(),
            None => Body::from(plain.data).into_response(),
        }
    };
    // Files under assets/ have a hash of their content in their name.
    let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    response
}

/// Weak: the packed and the plain file share it.
fn etag(file: &EmbeddedFile) -> String {
    let short = file.metadata.sha256_hash().first_chunk::<15>().map(|bytes| BASE64URL_NOPAD.encode(bytes));
    format!("W/\"{}\"", short.unwrap_or_default())
}

fn matches(sent: &HeaderValue, tag: &str) -> bool {
    sent.to_str().is_ok_and(|sent| sent.split(',').any(|one| one.trim() == tag))
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_only_where_it_is_accepted() {
        let accepts = |value: &'static str| {
            accepts_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(accepts("gzip, deflate, br"));
        assert!(accepts("br;q=0.5"));
        assert!(!accepts("br;q=0, gzip"));
        assert!(!accepts("brx"));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }
}
