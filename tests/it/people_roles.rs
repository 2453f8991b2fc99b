//! Who may give, take and change which role of whom in a series: the table, and that nobody locks themselves or the series out.

use serde_json::{Value, json};

use crate::support::{
    Client, TestServer,
    people::{Two, role},
    secret_of, series,
};

/// What is tried on somebody with this role, and the status for: a facilitator, the lead, another owner.
type Row = (&'static str, Value, [u16; 3]);

/// Of people whose role is in the series.
fn table() -> Vec<Row> {
    let forbidden = [403, 403, 204];
    let lead = [403, 204, 204];
    let all = [204; 3];
    vec![
        ("observer", json!({"role": null}), all),
        ("observer", json!({"role": "observer", "ends": 4_000_000_000_000_i64}), [400; 3]),
        ("observer", json!({"role": "participant"}), [400; 3]),
        ("observer", json!({"role": "facilitator"}), lead),
        ("observer", json!({"role": "owner"}), forbidden),
        ("facilitator", json!({"role": null}), lead),
        ("facilitator", json!({"role": "observer"}), lead),
        ("facilitator", json!({"role": "owner"}), forbidden),
        ("owner", json!({"role": null}), forbidden),
        ("owner", json!({"role": "observer"}), forbidden),
    ]
}

#[tokio::test]
async fn the_table_of_roles() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let runner = |role: &'static str, name: &'static str| series::member(&server, &root, &id, role, name);
    let runners =
        [runner("facilitator", "Fanni").await, runner("facilitator", "Leo").await, runner("owner", "Olli").await];
    let lead = root.post(&format!("/api/series/{id}/lead"), json!({"person": runners[1].person})).await;
    assert_eq!(lead.status, 204, "{}", lead.text);
    let mut wrong = Vec::new();
    for (theirs, wanted, statuses) in table() {
        for (by, expected) in runners.iter().zip(statuses) {
            let other = series::member(&server, &root, &id, theirs, "Muu").await;
            let answer = by.put(&format!("/api/series/{id}/people/{}/role", other.person), wanted.clone()).await;
            if answer.status != expected {
                wrong.push(format!("{theirs} {wanted}: {} and not {expected}: {}", answer.status, answer.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_facilitator_deals_with_participants_and_not_with_other_facilitators() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let fanni = &two.facilitator;
    let set = async |by: &Client, wanted: Value| two.set_role(by, &two.person, wanted).await.status;
    assert_eq!(set(fanni, json!({"team": two.teams[0], "role": "observer"})).await, 204);
    assert_eq!(role(&two.person, &two.boards[0]).await, "observer");
    assert_eq!(set(fanni, json!({"team": two.teams[1], "role": "participant"})).await, 204);
    assert_eq!(role(&two.person, &two.boards[1]).await, "participant", "in two teams");
    assert_eq!(set(fanni, json!({"team": two.teams[0], "role": "facilitator"})).await, 403);
    assert_eq!(set(&root, json!({"team": two.teams[0], "role": "facilitator"})).await, 204);
    assert_eq!(set(fanni, json!({"team": two.teams[0], "role": null})).await, 403, "runs a team's board by now");
    // Who runs one board only sees nobody of the series.
    assert_eq!(two.person.get(&two.path("people")).await.status, 404);
    assert_eq!(set(fanni, json!({"team": "tm_01JAAAAAAAAAAAAAAAAAAAAAAA", "role": "observer"})).await, 403);
    assert_eq!(set(&root, json!({"team": "tm_01JAAAAAAAAAAAAAAAAAAAAAAA", "role": "observer"})).await, 404);
    let stranger = server.stranger();
    assert_eq!(two.set_role(&root, &stranger, json!({"role": "observer"})).await.status, 404);
}

#[tokio::test]
async fn nobody_changes_their_own_role_and_the_last_owner_stays() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    assert_eq!(two.set_role(&root, &root, json!({"role": null})).await.status, 403);
    assert_eq!(root.delete(&two.path(&format!("people/{}", root.person))).await.status, 403);
    // Another owner of the server, without a role here, may do anything but leave the series without an owner.
    let mut other = server.stranger();
    other.join(&secret_of(&server.running().owner_link), "Toinen").await;
    let (people, year) = (two.path("people"), 1_000 * 60 * 60 * 24 * 365);
    let (mine, now) = (format!("{people}/{}", root.person), jalostamo::clock::now_ms());
    for (status, answer) in [
        (409, other.put(&format!("{mine}/role"), json!({"role": "observer"})).await),
        (409, other.put(&format!("{mine}/role"), json!({"role": "owner", "ends": now + year})).await),
        (409, other.delete(&mine).await),
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (status, "needed"), "{}", answer.text);
    }
    let second = series::member(&server, &root, &two.series, "owner", "Olli").await;
    assert_eq!(other.put(&format!("{mine}/role"), json!({"role": "facilitator"})).await.status, 204, "leads still");
    let refused = second.put(&format!("{mine}/role"), json!({"role": "observer"})).await;
    assert_eq!(refused.code(), "needed", "the lead is handed over first");
    assert_eq!(second.post(&two.path("lead"), json!({"person": second.person})).await.status, 204);
    assert_eq!(second.put(&format!("{mine}/role"), json!({"role": "observer"})).await.status, 204);
}

#[tokio::test]
async fn a_series_has_one_lead_who_hands_it_over() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let two = Two::new(&server, &root).await;
    let fanni = &two.facilitator;
    let co = series::member(&server, &root, &two.series, "facilitator", "Kaisa").await;
    let lead = async |by: &Client, to: &Client| by.post(&two.path("lead"), json!({"person": to.person})).await.status;
    assert_eq!(two.people().await["lead"], json!(root.person), "who made it, at first");
    assert_eq!(lead(fanni, fanni).await, 403);
    assert_eq!(lead(&root, &two.person).await, 404, "a participant runs nothing");
    assert_eq!(lead(&root, fanni).await, 204);
    assert_eq!(two.people().await["lead"], json!(fanni.person));
    assert_eq!(two.set_role(fanni, &co, json!({"role": null})).await.status, 204);
    assert_eq!(role(&co, &two.boards[0]).await, "none");
    assert_eq!(lead(fanni, &root).await, 204);
    assert_eq!(lead(fanni, fanni).await, 403, "it is another's now");
}

#[tokio::test]
async fn a_role_that_was_taken_does_not_come_back_by_the_link() {
    let server = TestServer::start().await;
    let root = server.owner().await;
    let id = series::series(&root).await;
    let board = series::board(&root, &id, "A").await;
    let (secret, _) = series::link(&root, &id, json!({"role": "facilitator"})).await;
    let (mut first, mut second) = (server.stranger(), server.stranger());
    first.join(&secret, "Eka").await;
    second.join(&secret, "Toka").await;
    let set = root.put(&format!("/api/series/{id}/people/{}/role", first.person), json!({"role": "observer"})).await;
    assert_eq!(set.status, 204);
    let again = first.try_join(&secret, "Eka").await;
    assert_eq!((again.status, &again.json()["detail"]), (404, &json!("revoked")));
    assert_eq!((role(&first, &board).await, role(&second, &board).await), ("observer".into(), "facilitator".into()));
}
