//! A person has so many votes and no more: across tabs, replays, reconnects and restarts, until the vote is closed, and latecomers too.

use hyper::Method;
use jalostamo::{ids::BallotId, role::Role};
use serde_json::{Value, json};

use crate::support::votes::Hall;

fn dots() -> Value {
    json!({"method": "dots", "votes": 5, "most": 2})
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_budget_and_one_past_it() {
    let hall = Hall::new().await;
    let aino = &hall.team(1).await[0];
    let vote = hall.open(dots()).await;
    let [a, b, c] = [0, 1, 2].map(|n| hall.notes[n].clone());
    for (marks, status) in [
        (json!({&a: 2, &b: 2, &c: 1}), 204),
        (json!({&a: 2, &b: 2, &c: 2}), 400),
        (json!({&a: 3}), 400),
        (json!({&a: 0}), 400),
        (json!({&a: -1}), 400),
        (json!({&a: "yes"}), 400),
        (json!({}), 204),
        (json!({&a: 2, &b: 1}), 204),
    ] {
        let answer = hall.cast(aino, vote, marks.clone()).await;
        assert_eq!(answer.status, status, "{marks}: {}", answer.text);
    }
    let own = hall.get(aino, &format!("/votes/{vote}/ballot")).await.json();
    assert_eq!(own, json!({"marks": {&a: 2, &b: 1}, "done": false}), "what was refused left the last one as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_and_what_is_sent_again_have_one_ballot() {
    let hall = Hall::new().await;
    let team = hall.team(3).await;
    let vote = hall.open(dots()).await;
    let (a, b) = (&hall.notes[0], &hall.notes[1]);
    // Two tabs of one person at once, each with a whole ballot, over and over.
    let whole = [json!({a: 2, b: 2}), json!({b: 2, &hall.notes[2]: 2})];
    for _ in 0..4 {
        let (one, other) =
            tokio::join!(hall.cast(&team[0], vote, whole[0].clone()), hall.cast(&team[0], vote, whole[1].clone()));
        assert_eq!((one.status, other.status), (204, 204));
    }
    let own = hall.get(&team[0], &format!("/votes/{vote}/ballot")).await.json();
    assert!(whole.contains(&own["marks"]), "one of the two, whole: {own}");
    hall.cast(&team[0], vote, json!({a: 2})).await;
    hall.cast(&team[1], vote, json!({a: 1})).await;
    let hall = hall.restart().await;
    let own = hall.get(&team[0], &format!("/votes/{vote}/ballot")).await.json();
    assert_eq!(own["marks"], json!({&hall.notes[0]: 2}), "it is there after a restart");
    // Somebody who comes late votes as everybody.
    let late = hall.somebody("Myöhä", Role::Participant).await;
    assert_eq!(hall.cast(&late, vote, json!({&hall.notes[0]: 2})).await.status, 204);
    let progress = hall.get(&hall.fanni, &format!("/votes/{vote}/progress")).await.json();
    assert_eq!((&progress["ballots"], &progress["of"]), (&json!(3), &json!(4)));
    let outcome = hall.close(vote).await;
    assert_eq!(outcome["totals"], json!([{"object": hall.notes[0], "count": {"dots": 5}}]));
    assert_eq!((&outcome["ballots"], &outcome["of"]), (&json!(3), &json!(4)));
    let answer = hall.cast(&late, vote, json!({})).await;
    assert_eq!((answer.status, answer.code()), (409, "conflict".to_owned()), "closed is closed");
    assert_eq!(hall.get(&late, &format!("/votes/{vote}/ballot")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_there_and_what_the_vote_is_about() {
    let hall = Hall::new().await;
    let team = hall.team(3).await;
    let vote = hall.open(json!({"method": "yesNo"})).await;
    let (a, b) = (hall.notes[0].clone(), hall.notes[1].clone());
    for who in &team {
        assert_eq!(hall.cast(who, vote, json!({&a: "yes", &b: "no"})).await.status, 204);
    }
    let unknown = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";
    let answer = hall.cast(&team[0], vote, json!({&a: "yes", unknown: "no"})).await;
    assert_eq!((answer.status, answer.code()), (409, "conflict".to_owned()));
    assert!(answer.text.contains(unknown));
    // Somebody deletes a note that has votes: they stay in the result, and nobody can give it more.
    let writer = hall.server.connect(hall.fanni.person, &hall.fanni.token).await;
    writer.until_texts(&["kaksi", "kolme", "yksi"]).await;
    let update = writer.write(|txn, items| {
        use yrs::{Map, Out};
        let Some(Out::YMap(item)) = items.get(txn, &b) else { panic!("no note") };
        item.insert(txn, "gone", true);
    });
    writer.sync(2, &update).await;
    writer.until("saved", |heard| heard.durable == heard.sent).await;
    assert_eq!(hall.cast(&team[0], vote, json!({&a: "yes", &b: "no"})).await.status, 409);
    assert_eq!(hall.cast(&team[0], vote, json!({&a: "abstain"})).await.status, 204);
    let totals = hall.close(vote).await["totals"].clone();
    let expected = json!([{"object": a, "count": {"yes": 2, "no": 0, "abstain": 1}},
        {"object": b, "count": {"yes": 0, "no": 2, "abstain": 0}}]);
    assert_eq!(totals, expected);
    // A vote about other kinds is not about notes.
    let command = json!({"type": "openVote", "vote": {"method": "rating"}, "scope": {"kinds": ["obstacle"]}});
    assert_eq!(hall.command(&hall.fanni, command).await.status, 200);
    let open = hall.get(&hall.fanni, "/votes").await.json()[1]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(hall.cast(&team[0], open, json!({&a: 3})).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn ballots_for_those_in_the_room_are_marked_as_such() {
    let hall = Hall::new().await;
    let team = hall.team(3).await;
    let other = hall.somebody("Maija", Role::Facilitator).await;
    let vote = hall.open(dots()).await;
    let a = &hall.notes[0];
    for who in &team {
        hall.cast(who, vote, json!({a: 1})).await;
    }
    let (one, two) = (BallotId::new(), BallotId::new());
    let path = |id: BallotId| format!("/votes/{vote}/entered/{id}");
    for (id, marks, status) in [
        (one, json!({a: 2}), 204),
        // Sent again it is the same one; changed it is another.
        (one, json!({a: 2}), 204),
        (two, json!({a: 3}), 400),
        (two, json!({a: 2}), 204),
    ] {
        let answer = hall.ask(&hall.fanni, Method::PUT, &path(id), Some(json!({ "marks": marks }))).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    // Another facilitator neither sees nor changes them.
    assert_eq!(hall.get(&other, &format!("/votes/{vote}/entered")).await.json(), json!([]));
    assert_eq!(hall.ask(&other, Method::PUT, &path(one), Some(json!({}))).await.status, 409);
    assert_eq!(hall.ask(&other, Method::DELETE, &path(one), None).await.status, 404);
    assert_eq!(hall.ask(&hall.fanni, Method::DELETE, &path(two), None).await.status, 204);
    let entered = hall.get(&hall.fanni, &format!("/votes/{vote}/entered")).await.json();
    assert_eq!(entered, json!([{"id": one, "marks": {a: 2}, "done": false}]));
    let progress = hall.get(&other, &format!("/votes/{vote}/progress")).await.json();
    assert_eq!((&progress["ballots"], &progress["of"], &progress["entered"]), (&json!(3), &json!(3), &json!(1)));
    let outcome = hall.close(vote).await;
    assert_eq!((&outcome["ballots"], &outcome["entered"], &outcome["of"]), (&json!(3), &json!(1), &json!(3)));
    assert_eq!(outcome["totals"], json!([{"object": a, "count": {"dots": 5}}]));
}
