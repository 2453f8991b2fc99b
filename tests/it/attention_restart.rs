//! Who asked for attention before the server died asks still after it, and another facilitator goes on.

use serde_json::json;

use crate::support::{
    TestServer,
    program::Program,
    series::{self, Setup, command, session},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_is_there_after_a_kill() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = &setup.boards[0];
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    let part = session(&setup.facilitator, board).await["state"]["script"]["part"]["part"].clone();
    let aino = server.member(&owner, board, "participant", "Aino").await;
    let maija = series::member(&server, &owner, &setup.series, "facilitator", "Maija").await;
    let data = server.stop().await;

    let program = Program::start_with(data.path(), &["--log", "error"]).await;
    let (ainos, fannis) = (aino.at(program.address), setup.facilitator.at(program.address));
    let help = json!({"type": "askHelp", "text": "Lappu katosi"});
    for asked in [json!({"type": "raiseHand"}), help, json!({"type": "sayDone", "part": part})] {
        let answer = command(&ainos, board, asked).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let claim = json!({"type": "claimHelp", "person": aino.person});
    for asked in [claim.clone(), json!({"type": "lead", "control": true})] {
        assert_eq!(command(&fannis, board, asked).await.status, 200);
    }
    let before = session(&fannis, board).await;
    program.kill().await;

    let program = Program::start_with(data.path(), &["--log", "error"]).await;
    let maija = maija.at(program.address);
    let after = session(&maija, board).await;
    assert_eq!(after["seq"], before["seq"]);
    for what in ["hands", "help", "done", "lead"] {
        let (was, is) = (&before["state"]["attention"][what], &after["state"]["attention"][what]);
        assert!(was == is && !was.is_null() && *was != json!([]), "{what}: {was} {is}");
    }
    // Fanni's browser is gone too.
    let release = json!({"type": "releaseHelp", "person": aino.person});
    for asked in [json!({"type": "endLead"}), release, claim, json!({"type": "lead"})] {
        let answer = command(&maija, board, asked).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let attention = session(&maija, board).await["state"]["attention"].clone();
    assert_eq!(attention["help"][0]["coming"], json!(maija.person));
    assert_eq!((&attention["lead"]["by"], &attention["lead"]["control"]), (&json!(maija.person), &json!(false)));
    program.kill().await;
}
