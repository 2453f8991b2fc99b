//! A page of another site can do nothing with somebody's cookie.

use hyper::{Method, header};
use serde_json::json;

use crate::support::{Client, TestServer};

/// Origins that are not the server's, made from its own.
fn foreign(own: &str) -> Vec<String> {
    let (host, port) = own.strip_prefix("http://").unwrap().split_once(':').unwrap();
    let next = port.parse::<u16>().unwrap().wrapping_sub(1);
    vec![
        "null".into(),
        String::new(),
        " ".into(),
        "*".into(),
        "https://evil.example".into(),
        format!("https://{host}:{port}"),
        format!("http://{host}"),
        format!("http://{host}:{next}"),
        format!("http://{host}:0{port}"),
        format!("http://{host}:{port}/"),
        format!("http://{host}:{port}/board"),
        format!("http://{host}:{port}#"),
        format!("http://{host}:{port}?"),
        format!("http://evil.{host}:{port}"),
        format!("http://{host}.evil.example:{port}"),
        format!("http://evil{host}:{port}"),
        format!("http://{host}evil:{port}"),
        format!("http://{host}.:{port}"),
        format!("http://user@{host}:{port}"),
        format!("http://{host}:{port}@evil.example"),
        format!("HTTP://{host}:{port}"),
        format!("http://{}:{port}", host.to_uppercase()),
        format!("{host}:{port}"),
        format!("//{host}:{port}"),
        format!("ws://{host}:{port}"),
        format!("file://{host}:{port}"),
        format!("http://127.0.0.2:{port}"),
        format!("http://0.0.0.0:{port}"),
        format!("http://[::]:{port}"),
        format!("http://127.1:{port}"),
        format!("http://lоcalhost:{port}"),
        format!("{own} {own}"),
        format!("{own}, https://evil.example"),
    ]
}

async fn rename(client: &Client, origins: &[&str]) -> u16 {
    let mut from = client.clone();
    from.origin = None;
    let mut request = from.request(Method::PATCH, "/api/me").json(&json!({"name": "Aino"}));
    for origin in origins {
        request = request.header(header::ORIGIN, *origin);
    }
    request.send().await.status
}

#[tokio::test]
async fn changes_by_cookie_come_from_the_servers_own_pages() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let own = server.origin().to_owned();
    assert!(foreign(&own).len() >= 30);
    for origin in foreign(&own) {
        assert_eq!(rename(&owner, &[&origin]).await, 403, "{origin:?}");
    }
    assert_eq!(rename(&owner, &[]).await, 403, "no origin at all");
    assert_eq!(rename(&owner, &[&own, &own]).await, 403, "two origins");
    for origin in [own.clone(), own.replace("localhost", "127.0.0.1"), own.replace("localhost", "[::1]")] {
        assert_eq!(rename(&owner, &[&origin]).await, 200, "{origin:?}");
    }
    assert_eq!(owner.get("/api/me").await.status, 200, "reading needs no origin");
}

#[tokio::test]
async fn browsers_that_leave_the_origin_out_say_same_origin() {
    let server = TestServer::start().await;
    let mut owner = server.owner().await;
    owner.origin = None;
    for (site, status) in [("same-origin", 204), ("same-site", 403), ("cross-site", 403), ("none", 403)] {
        let fresh = server.owner().await;
        owner.cookie = fresh.cookie;
        let request = owner.request(Method::POST, "/api/leave").header("sec-fetch-site", site);
        assert_eq!(request.send().await.status, status, "{site}");
    }
}

#[tokio::test]
async fn a_link_is_not_redeemed_for_another_site() {
    let server = TestServer::start().await;
    let mut page = server.stranger();
    page.origin = Some("https://evil.example".into());
    let refused = page.try_join(&server.owner_secret(), "A").await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "origin"));
    let form = server.stranger();
    let request = form.request(Method::POST, "/api/join").header(header::CONTENT_TYPE, "text/plain");
    let refused = request.body(format!(r#"{{"secret":"{}"}}"#, server.owner_secret())).send().await;
    assert_eq!((refused.status, refused.code().as_str()), (415, "unsupportedMedia"));
}

#[tokio::test]
async fn a_public_url_is_the_only_origin() {
    let server = TestServer::with(|config| config.public_url = Some("https://board.example.fi".parse().unwrap())).await;
    let owner = server.owner().await;
    assert_eq!(rename(&owner, &["https://board.example.fi"]).await, 200);
    for origin in ["http://board.example.fi", "https://example.fi", "https://a.board.example.fi", "http://localhost"] {
        assert_eq!(rename(&owner, &[origin]).await, 403, "{origin}");
    }
}

#[tokio::test]
async fn no_answer_lets_other_sites_read() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    for path in ["/", "/api/me", "/api/openapi.json", "/healthz", "/api/none"] {
        let mut page = owner.clone();
        page.origin = Some("https://evil.example".into());
        let answer = page.get(path).await;
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}");
        let options = page.request(Method::OPTIONS, path).send().await;
        assert!(!options.headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}");
    }
}

async fn upgrade(client: &Client, path: &str, origins: &[String]) -> u16 {
    let mut from = client.clone();
    from.origin = None;
    let mut request = from
        .request(Method::GET, path)
        .header(header::CONNECTION, "upgrade")
        .header(header::UPGRADE, "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    for origin in origins {
        request = request.header(header::ORIGIN, origin);
    }
    // An open socket has no body to read.
    request.send().await.status
}

#[tokio::test]
async fn sockets_open_from_the_servers_own_pages() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let own = server.origin().to_owned();
    for path in ["/collab".to_owned(), format!("/sync/board.{board}")] {
        for origin in foreign(&own) {
            assert_eq!(upgrade(&owner, &path, std::slice::from_ref(&origin)).await, 403, "{path} {origin:?}");
        }
        assert_eq!(upgrade(&owner, &path, &[own.clone(), own.clone()]).await, 403, "{path}: two origins");
        assert_eq!(upgrade(&owner, &path, std::slice::from_ref(&own)).await, 101, "{path}");
    }
}
