//! Closing a vote: for one team or all, by whoever is first; without totals when they would tell who voted for what.

use serde_json::{Value, json};

use crate::support::{
    TestServer,
    series::{self, Setup, command, session},
    votes::Hall,
};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_press_one_wins() {
    let hall = Hall::new().await;
    let maija = hall.somebody("Maija", jalostamo::role::Role::Facilitator).await;
    for _ in 0..3 {
        let vote = hall.open(json!({"method": "rating"})).await;
        let seq = hall.get(&maija, "/session").await.json()["seq"].clone();
        let press = json!({"type": "closeVote", "id": vote, "expected": seq});
        let (one, other) = tokio::join!(hall.command(&hall.fanni, press.clone()), hall.command(&maija, press.clone()));
        assert!(matches!((one.status, other.status), (200, 409) | (409, 200)), "{} {}", one.text, other.text);
        let (lost, name) = if one.status == 200 { (other, "Fanni") } else { (one, "Maija") };
        let first = lost.json()["first"].clone();
        assert_eq!((&first["what"], &first["byName"]), (&json!("voteClosed"), &json!(name)));
        // Without a number, and again: it is closed already.
        let again = json!({"type": "closeVote", "id": vote});
        assert_eq!(hall.command(&maija, again).await.status, 200);
    }
    let votes = hall.get(&maija, "/votes").await.json();
    assert!(votes.as_array().unwrap().iter().all(|vote| !vote["outcome"].is_null()), "rounds are kept: {votes}");
    assert_eq!(votes.as_array().unwrap().len(), 3);
    assert_eq!(hall.get(&maija, "/session").await.json()["state"]["results"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ballots_have_no_totals_and_three_have() {
    let hall = Hall::new().await;
    let team = hall.team(3).await;
    let a = &hall.notes[0];
    for (voters, shown) in [(0, false), (1, false), (2, false), (3, true)] {
        let vote = hall.open(json!({"method": "rating"})).await;
        for who in &team[..voters] {
            assert_eq!(hall.cast(who, vote, json!({a: 4})).await.status, 204);
        }
        let outcome = hall.close(vote).await;
        assert_eq!((&outcome["ballots"], outcome["totals"].is_array()), (&json!(voters), shown), "{outcome}");
    }
    let hall = hall.restart().await;
    let votes = hall.get(&hall.fanni, "/votes").await.json();
    let shown: Vec<bool> = votes.as_array().unwrap().iter().map(|vote| vote["outcome"]["totals"].is_array()).collect();
    assert_eq!(shown, [false, false, false, true], "as they were");
}

#[tokio::test(flavor = "multi_thread")]
async fn for_all_teams_at_once() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 3).await;
    setup.start().await;
    // A part of the default agenda in which people vote, with its budget and kinds.
    let agenda = setup.facilitator.get(&setup.path()).await.json()["agenda"].clone();
    let part = agenda.as_array().unwrap().iter().find(|part| part["vote"]["method"] == "dots").unwrap().clone();
    setup.call(json!({"type": "startPart", "part": part["id"]})).await;
    // One team is somewhere else, where people may not vote.
    let closed_part = agenda[1]["id"].clone();
    let elsewhere =
        command(&setup.facilitator, &setup.boards[2], json!({"type": "startPart", "part": closed_part})).await;
    assert_eq!(elsewhere.status, 200, "{}", elsewhere.text);
    setup.call(json!({"type": "openVote"})).await;
    let open = async |board: &str| session(&setup.facilitator, board).await["state"]["vote"].clone();
    let (first, second) = (open(&setup.boards[0]).await, open(&setup.boards[1]).await);
    let expected = (&json!({"method": "dots", "votes": 5, "most": 2}), &json!(["bottleneck", "obstacle"]));
    assert_eq!((&first["vote"], &first["scope"]["kinds"]), expected);
    assert_eq!((&first["id"], &first["vote"]), (&second["id"], &second["vote"]), "the same for all");
    assert_eq!(open(&setup.boards[2]).await, Value::Null, "it goes its own way");
    // Each team's ballots are its own.
    let aino = server.member(&owner, &setup.boards[0], "participant", "Aino").await;
    let path = |board: &str| format!("/api/boards/{board}/votes/{}/ballot", first["id"].as_str().unwrap());
    assert_eq!(aino.put(&path(&setup.boards[0]), json!({"done": true})).await.status, 204);
    assert_eq!(aino.put(&path(&setup.boards[1]), json!({})).await.status, 404);
    setup.call(json!({"type": "closeVote"})).await;
    for (board, ballots) in setup.boards.iter().zip([1, 0]) {
        assert_eq!(open(board).await, Value::Null);
        let votes = setup.facilitator.get(&format!("/api/boards/{board}/votes")).await.json();
        assert_eq!(votes[0]["outcome"]["ballots"], ballots);
    }
    let other = series::member(&server, &owner, &setup.series, "observer", "Oili").await;
    let refused = other.post(&format!("{}/commands", setup.path()), json!({"type": "openVote"})).await;
    assert_eq!(refused.status, 403);
}
