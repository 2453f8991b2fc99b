//! Every answer, whatever its status, carries the headers that protect the pages.

use hyper::{Method, header};
use jalostamo::http::headers::{CSP, FIXED};
use serde_json::json;

use crate::support::{TestServer, http::Answer};

fn check(what: &str, answer: &Answer) {
    for (name, value) in FIXED {
        assert_eq!(answer.header(name), *value, "{what}: {name}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy == CSP || policy.contains("sandbox"), "{what}: {policy}");
    for weak in ["script-src 'unsafe", "unsafe-eval", "*", "http:", "https:"] {
        assert!(!policy.contains(weak), "{what}: {policy}");
    }
    for leak in ["server", "x-powered-by"] {
        assert_eq!(answer.header(leak), "", "{what}");
    }
    if what.contains("/api") {
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
    assert_eq!(answer.header("strict-transport-security"), "", "{what}: plain http");
}

#[tokio::test]
async fn on_every_status() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let at = |path: &str| path.replace("{board}", &board);
    for (path, status) in [
        ("/", 200),
        ("/board/{board}", 200),
        ("/board/anything", 200),
        ("/board/a/b", 404),
        ("/nothing", 404),
        ("/assets/nothing.js", 404),
        ("/.stamp", 404),
        ("/index.html.br", 404),
        ("/../Cargo.toml", 404),
        ("/%2e%2e/Cargo.toml", 404),
        ("/api", 404),
        ("/api/", 404),
        ("/api/nothing", 404),
        ("/api/me", 200),
        ("/api/boards/{board}", 200),
        ("/api/boards/{board}/export.json", 200),
        ("/api/boards/{board}/export.svg", 200),
        ("/api/boards/b_x", 404),
        ("/api/openapi.json", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 404),
        ("/api/join", 405),
    ] {
        let answer = owner.get(&at(path)).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        check(&format!("GET {path}"), &answer);
        if status >= 400 {
            let code = if status == 405 { "methodNotAllowed" } else { "notFound" };
            assert_eq!(answer.code(), code, "{path}");
        }
    }
    for (method, path, status) in [
        (Method::DELETE, "/", 405),
        (Method::PUT, "/api/me", 405),
        (Method::POST, "/nothing", 404),
        (Method::POST, "/api/nothing", 404),
        (Method::OPTIONS, "/api/me", 405),
        (Method::TRACE, "/api/me", 405),
        (Method::HEAD, "/api/me", 200),
    ] {
        let answer = owner.request(method.clone(), path).send().await;
        assert_eq!(answer.status, status, "{method} {path}");
        check(&format!("{method} {path}"), &answer);
    }
    let refused = server.stranger().get("/api/me").await;
    assert_eq!(refused.status, 401);
    check("/api 401", &refused);
    let large = owner.post("/api/boards", json!({"title": "a".repeat(70_000), "content": "empty"})).await;
    assert_eq!(large.status, 413);
    check("/api 413", &large);
}

#[tokio::test]
async fn a_panic_is_a_problem_with_the_headers_too() {
    let server = TestServer::start().await;
    let app = server.running().app().clone();
    async fn fails() {
        panic!("inside words");
    }
    let routes = axum::Router::new().route("/fails", axum::routing::get(fails));
    let response = tower::ServiceExt::oneshot(
        jalostamo::http::router::protected(routes, app),
        axum::http::Request::get("/fails").body(axum::body::Body::empty()).unwrap(),
    )
    .await
    .unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let answer = Answer { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap(), bytes };
    assert_eq!((answer.status, answer.code().as_str()), (500, "internal"));
    assert!(!answer.text.contains("inside"));
    check("500", &answer);
}

#[tokio::test]
async fn downloads_are_files_and_do_nothing() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    for ending in ["json", "svg"] {
        let answer = owner.get(&format!("/api/boards/{board}/export.{ending}")).await;
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{board}.{ending}\""));
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
    }
}

#[tokio::test]
async fn files_of_the_app_are_kept_by_their_names() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    let page = browser.get("/").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-cache");
    let again = browser.request(Method::GET, "/").header(header::IF_NONE_MATCH, page.header("etag"));
    let again = again.send().await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    check("304", &again);

    let begin = page.text.find("/assets/").expect("the page loads a script");
    let script = page.text[begin..].split('"').next().unwrap();
    let plain = browser.get(script).await;
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    let packed = browser.request(Method::GET, script).header(header::ACCEPT_ENCODING, "gzip, br");
    let packed = packed.send().await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.header("content-type"), plain.header("content-type"));
    assert_ne!(packed.text.len(), plain.text.len());
}
