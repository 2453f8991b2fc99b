//! Every team has a timer: it begins with a part, stands and goes on, takes more and less, and at zero does nothing.

use serde_json::{Value, json};

use crate::support::{
    TestServer,
    series::{Setup, command, session},
};

const MINUTE: i64 = 60_000;

fn left(session: &Value) -> i64 {
    session["state"]["timer"]["left"].as_i64().unwrap()
}

#[tokio::test]
async fn it_begins_with_a_part_and_is_moved() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 2).await;
    let (board, fanni) = (&setup.boards[0], &setup.facilitator);
    setup.start().await;
    assert_eq!(session(fanni, board).await["state"]["timer"], Value::Null);
    setup.call(json!({"type": "nextPart"})).await;
    let now = session(fanni, board).await;
    let timer = &now["state"]["timer"];
    assert_eq!(timer["state"], "running");
    let (deadline, at) = (timer["deadline"].as_i64().unwrap(), timer["now"].as_i64().unwrap());
    assert!(left(&now) == deadline - at && left(&now) <= 15 * MINUTE && left(&now) > 14 * MINUTE, "{timer}");
    assert_eq!(session(fanni, &setup.boards[1]).await["state"]["timer"]["deadline"], deadline, "the same for all");
    // One team takes longer.
    assert_eq!(command(fanni, board, json!({"type": "addMinutes", "minutes": 3})).await.status, 200);
    assert!(left(&session(fanni, board).await) > 17 * MINUTE);
    assert!(left(&session(fanni, &setup.boards[1]).await) <= 15 * MINUTE);
    // Stands, and goes on with what was left.
    assert_eq!(command(fanni, board, json!({"type": "pauseTimer"})).await.status, 200);
    let stands = session(fanni, board).await["state"]["timer"].clone();
    assert_eq!(stands["state"], "paused");
    let server = server.restart().await;
    let owner = server.owner().await;
    let again = session(&owner, board).await["state"]["timer"].clone();
    assert_eq!((&again["state"], &again["remaining"]), (&stands["state"], &stands["remaining"]));
    assert_eq!(session(&owner, &setup.boards[1]).await["state"]["timer"]["deadline"], deadline, "also after a restart");
    assert_eq!(command(&owner, board, json!({"type": "resumeTimer"})).await.status, 200);
    let resumed = session(&owner, board).await;
    assert!(left(&resumed) <= stands["remaining"].as_i64().unwrap() && left(&resumed) > 17 * MINUTE);
    for wrong in [
        json!({"type": "addMinutes", "minutes": 481}),
        json!({"type": "startTimer", "minutes": 0}),
        json!({"type": "startTimer", "minutes": 481}),
        json!({"type": "startTimer", "seconds": 3}),
    ] {
        assert_eq!(command(&owner, board, wrong.clone()).await.status, 400, "{wrong}");
    }
    assert_eq!(command(&owner, board, json!({"type": "stopTimer"})).await.status, 200);
    assert_eq!(command(&owner, board, json!({"type": "pauseTimer"})).await.code(), "conflict");
}

#[tokio::test]
async fn at_zero_nothing_happens_by_itself() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let (board, fanni) = (&setup.boards[0], &setup.facilitator);
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    let before = session(fanni, board).await;
    assert_eq!(command(fanni, board, json!({"type": "addMinutes", "minutes": -480})).await.status, 200);
    let over = session(fanni, board).await;
    assert_eq!(left(&over), 0);
    assert_eq!(over["state"]["script"]["part"], before["state"]["script"]["part"]);
    assert_eq!(over["state"]["allowed"], before["state"]["allowed"]);
    assert_eq!(over["seq"].as_u64().unwrap(), before["seq"].as_u64().unwrap() + 1, "nothing but the minutes");
    // And what is added then is added to nothing, not to less.
    assert_eq!(command(fanni, board, json!({"type": "addMinutes", "minutes": 2})).await.status, 200);
    let more = left(&session(fanni, board).await);
    assert!(more <= 2 * MINUTE && more > MINUTE, "{more}");
    // A timer needs no part.
    setup.call(json!({"type": "endPart"})).await;
    assert_eq!(command(fanni, board, json!({"type": "startTimer"})).await.code(), "conflict");
    assert_eq!(command(fanni, board, json!({"type": "startTimer", "minutes": 7})).await.status, 200);
    assert!(left(&session(fanni, board).await) > 6 * MINUTE);
}
