//! Only those who run a series watch it, only as long as they do, and only so often at once.

use hyper::Method;
use jalostamo::limits;
use serde_json::json;

use crate::support::{
    TestServer,
    events::Watcher,
    eventually,
    series::{self, Setup},
};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_put_out_is_told_no_more() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let (secret, invite) = series::link(&owner, &setup.series, json!({"role": "facilitator"})).await;
    let mut kalle = server.stranger();
    kalle.join(&secret, "Kalle").await;
    let feed = Watcher::open(&kalle, &setup.series).await;
    let stays = Watcher::open(&setup.facilitator, &setup.series).await;
    assert_eq!(owner.delete(&format!("/api/series/{}/invites/{invite}", setup.series)).await.status, 204);
    feed.end().await;
    let path = format!("/api/series/{}/control/feed", setup.series);
    assert_eq!(kalle.get(&path).await.status, 404);

    // Whoever signs out has no page open any more.
    let gone = Watcher::open(&setup.facilitator, &setup.series).await;
    assert_eq!(setup.facilitator.post("/api/leave", json!({})).await.status, 204);
    gone.end().await;
    stays.end().await;
    assert_eq!(setup.facilitator.get(&path).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_watches_a_series_so_many_times_at_once() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let mut feeds = Vec::new();
    for _ in 0..limits::CONTROL_FEEDS_PER_PERSON {
        feeds.push(Watcher::open(&owner, &setup.series).await);
    }
    let path = format!("/api/series/{}/control/feed", setup.series);
    let refused = owner.get(&path).await;
    assert_eq!((refused.status, refused.code().as_str(), refused.header("retry-after")), (429, "tooMany", "1"));
    // Another person's, and another series', are others.
    Watcher::open(&setup.facilitator, &setup.series).await;
    let other = series::series(&owner).await;
    Watcher::open(&owner, &other).await;
    feeds.pop();
    eventually("a place is free again", async || owner.request(Method::GET, &path).status().await == 200).await;
}

#[tokio::test]
async fn a_team_of_another_series_has_no_picture_here() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let (setup, other) = (Setup::new(&server, &owner, 1).await, Setup::new(&server, &owner, 1).await);
    let team = |room: &serde_json::Value| room["teams"][0]["team"].as_str().unwrap().to_owned();
    let theirs = team(&owner.get(&format!("/api/series/{}/control", other.series)).await.json());
    let path = |series: &str| format!("/api/series/{series}/teams/{theirs}/thumbnail");
    assert_eq!(setup.facilitator.get(&path(&setup.series)).await.status, 404);
    assert_eq!(setup.facilitator.get(&path(&other.series)).await.status, 404);
    assert_eq!(other.facilitator.get(&path(&other.series)).await.status, 200);
}
