//! Links behind one address: a whole ministry gets in while somebody there guesses; one link makes only so many people.

use jalostamo::limits;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn a_ministry_behind_one_address_gets_in_and_one_link_makes_so_many_people() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let board = server.board(&owner).await;
    let link = owner.invite(&board, json!({"role": "participant"})).await;
    // Somebody at this address guesses until they may not any more.
    let mut guesses = 0;
    while server.stranger().try_join("guess", "A").await.status == 404 {
        guesses += 1;
    }
    // One comes back every half second meanwhile.
    assert!((limits::REDEEM_PER_MINUTE..limits::REDEEM_PER_MINUTE + 60).contains(&guesses), "{guesses}");
    let mut joins = JoinSet::new();
    for part in 0..8 {
        let (stranger, link) = (server.stranger(), link.clone());
        joins.spawn(async move {
            for number in 0..limits::NEWCOMERS_PER_MINUTE / 8 {
                let (mut browser, name) = (stranger.clone(), format!("Aino {part}-{number}"));
                let looked = browser.post("/api/invites/look", json!({"secret": link})).await;
                assert_eq!(looked.status, 200, "{}", looked.text);
                browser.join(&link, &name).await;
            }
        });
    }
    let mut member = server.stranger();
    for joined in joins.join_all().await {
        let () = joined;
    }
    // Those that come back a second cannot fill it for ever.
    let mut more = 0;
    let refused = loop {
        let answer = member.try_join(&link, "One more").await;
        if answer.status != 200 {
            break answer;
        }
        more += 1;
        assert!(more < 600, "it never ends");
        member.cookie = None;
    };
    assert_eq!((refused.status, refused.code().as_str()), (429, "tooMany"));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    // Who is signed in is nobody new, and another link is another link.
    let mut known = owner.clone();
    assert_eq!(known.try_join(&link, "Omistaja").await.status, 200);
    let another = owner.invite(&board, json!({"role": "observer"})).await;
    server.stranger().join(&another, "Eero").await;
}
