//! A series takes as many teams and organisations as its limits say, and not one more.

use jalostamo::limits;
use serde_json::json;

use crate::support::{TestServer, series};

#[tokio::test]
async fn teams_and_organisations_at_the_limit_and_one_past_it() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    for n in 0..limits::TEAMS_PER_SERIES {
        series::team(&root, &id, &format!("T{n}")).await;
    }
    let wanted = json!({"name": "Yli", "challenge": {"title": "Yli"}});
    let refused = root.post(&format!("/api/series/{id}/teams"), wanted).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "limit"));
    let boards = root.get("/api/boards").await.json();
    assert_eq!(boards.as_array().unwrap().len(), limits::TEAMS_PER_SERIES, "nor is a board left of it");
    let mut last = String::new();
    for n in 0..limits::ORGANISATIONS_PER_SERIES {
        last = series::organisation(&root, &id, &format!("O{n}")).await;
    }
    let path = format!("/api/series/{id}/organisations");
    let one_more = json!({"name": {"fi": "Yli"}, "sector": "other"});
    let refused = root.post(&path, one_more.clone()).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "limit"));
    assert_eq!(root.delete(&format!("{path}/{last}")).await.status, 204);
    assert_eq!(root.post(&path, one_more).await.status, 200);
}
