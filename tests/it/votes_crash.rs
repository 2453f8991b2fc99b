//! The server dies while a vote closes, or a ballot comes in: after the restart all of it happened, or none.

use std::path::Path;

use hyper::Method;
use jalostamo::{
    crash_point::{CrashAt, Point},
    ids::{BoardId, VoteId},
    role::Role,
};
use serde_json::{Value, json};

use crate::{
    journal_prune::anywhere,
    support::{
        eventually,
        http::{Answer, Asking},
        program::{Program, Who, new_board},
    },
};

fn asking(program: &Program, board: BoardId, who: &Who, method: Method, path: &str) -> Asking {
    Asking::new(method, &format!("http://{}/api/boards/{board}{path}", program.address)).bearer_auth(&who.token)
}

async fn get(program: &Program, board: BoardId, who: &Who, path: &str) -> Answer {
    asking(program, board, who, Method::GET, path).send().await
}

async fn command(program: &Program, board: BoardId, who: &Who, command: Value) -> Answer {
    asking(program, board, who, Method::POST, "/commands").json(&command).send().await
}

async fn cast(program: &Program, board: BoardId, who: &Who, vote: VoteId, marks: &Value) -> Answer {
    let path = format!("/votes/{vote}/ballot");
    asking(program, board, who, Method::PUT, &path).json(&json!({ "marks": marks })).send().await
}

async fn dying(data: &Path, armed: &Path, point: Point) -> Program {
    let at = CrashAt { point, passing: 1, once: Some(armed.to_owned()) };
    Program::start_with(data, &["--log", "error", "--crash-at", &at.to_string()]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let roles = [Role::Facilitator, Role::Participant, Role::Participant, Role::Participant];
    let (board, people) = new_board(data, &roles).await;
    let (fanni, team) = (&people[0], &people[1..]);
    let program = Program::start(data).await;
    let writer = program.client(board, fanni).await;
    let note = writer.note("yksi").await;
    writer.until("saved", |heard| heard.durable == heard.sent).await;
    program.kill().await;
    let deaths = [(Point::InRecords, false), (Point::BeforeCommit, false), (Point::AfterCommit, true)];
    for (round, (point, happens)) in deaths.into_iter().enumerate() {
        let (vote, what) = (VoteId::new(), format!("dead at {point:?}"));
        let program = Program::start(data).await;
        let open = json!({"type": "openVote", "id": vote, "vote": {"method": "dots", "votes": 9, "most": 9}});
        assert_eq!(command(&program, board, fanni, open).await.status, 200);
        for who in team {
            assert_eq!(cast(&program, board, who, vote, &json!({&note: 2})).await.status, 204);
        }
        program.kill().await;

        // A ballot that is changed.
        let armed = data.join(format!("armed-{round}-ballot"));
        let program = dying(data, &armed, point).await;
        assert_eq!(
            get(&program, board, &team[0], &format!("/votes/{vote}/ballot")).await.json()["marks"],
            json!({&note: 2})
        );
        std::fs::write(&armed, "").unwrap();
        let path = format!("/votes/{vote}/ballot");
        let change = asking(&program, board, &team[0], Method::PUT, &path).json(&json!({"marks": {&note: 7}}));
        assert!(change.try_send().await.is_err(), "nobody was told");
        program.crashed(point).await;

        // The vote that closes.
        let armed = data.join(format!("armed-{round}-close"));
        let program = dying(data, &armed, point).await;
        let marks = get(&program, board, &team[0], &path).await.json()["marks"][&note].clone();
        assert_eq!(marks, if happens { json!(7) } else { json!(2) }, "{what}");
        std::fs::write(&armed, "").unwrap();
        let close = json!({"type": "closeVote", "id": vote});
        let press = asking(&program, board, fanni, Method::POST, "/commands").json(&close);
        assert!(press.try_send().await.is_err(), "nobody was told");
        program.crashed(point).await;

        let program = Program::start(data).await;
        let now = get(&program, board, fanni, "/votes").await.json()[round].clone();
        assert_eq!(now["id"], json!(vote), "{what}");
        assert_eq!(!now["outcome"].is_null(), happens, "{what}");
        for who in team {
            let own = get(&program, board, who, &path).await;
            assert_eq!(own.status, if happens { 404 } else { 200 }, "with the totals the ballots go, {what}");
        }
        let progress = get(&program, board, fanni, &format!("/votes/{vote}/progress")).await;
        assert_eq!(progress.status, if happens { 404 } else { 200 }, "{what}");
        // Pressed again it is closed, whatever had happened, and nothing was counted twice.
        assert_eq!(command(&program, board, fanni, close).await.status, 200);
        let outcome = get(&program, board, fanni, "/votes").await.json()[round]["outcome"].clone();
        let dots = if happens { 11 } else { 6 };
        assert_eq!(outcome["totals"], json!([{"object": note, "count": {"dots": dots}}]), "{what}");
        eventually("no ballot is left", async || !anywhere(data, r#"{"marks""#)).await;
        program.kill().await;
    }
}
