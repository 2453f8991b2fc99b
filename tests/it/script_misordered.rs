//! Commands that come too early, too late, twice, or for something elsewhere: each is refused or has nothing to do, and the board
//! and its journal are as they were.

use jalostamo::ids::VoteId;
use serde_json::{Value, json};

use crate::support::{
    Client, TestServer,
    http::Answer,
    people::socket,
    series::{self, Setup, session},
};

/// What becomes of a command.
enum Then {
    /// It is done.
    Done,
    /// It is no error, and there is nothing to do.
    Nothing,
    /// The status and what the problem says: its `detail`, else its `code`.
    Refused(u16, &'static str),
}
use Then::{Done, Nothing, Refused};

const NO_WORKSHOP: Then = Refused(409, "no workshop runs on this board");
const NO_PART: Then = Refused(409, "no such part on this board's agenda");
const NO_TIMER: Then = Refused(409, "no timer is set");
const NO_ROUND: Then = Refused(409, "nothing was written in private there");
const NO_HELP: Then = Refused(409, "this person does not ask for help");
const NO_VOTE: Then = Refused(409, "no such vote on this board");

/// A session without what goes on by itself: time, and the count of who has written something, which follows what it is told of.
fn still(mut state: Value) -> Value {
    fn stop(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                ["now", "left", "starts", "written"].iter().for_each(|moving| _ = fields.remove(*moving));
                fields.values_mut().for_each(stop);
            }
            Value::Array(all) => all.iter_mut().for_each(stop),
            _ => {}
        }
    }
    stop(&mut state);
    state
}

/// Says it, again when it was too often.
async fn say(by: &Client, path: &str, command: &Value) -> Answer {
    loop {
        let answer = by.post(path, command.clone()).await;
        if answer.status != 429 {
            return answer;
        }
        tokio::task::yield_now().await;
    }
}

fn is_refused(answer: &Answer, status: u16, why: &str, row: &Value) {
    let code = answer.code();
    let said = answer.json()["detail"].as_str().map_or(code, str::to_owned);
    assert_eq!((answer.status, &*said), (status, why), "{row}");
}

/// Says the rows one after the other. What is done is said a second time, byte for byte: what steers the board is late then, of
/// which the answer says who was first, and what people say of themselves is so already.
async fn play(by: &Client, board: &str, rows: Vec<(Value, Then)>) {
    let path = format!("/api/boards/{board}/commands");
    for (mut row, then) in rows {
        let before = still(session(by, board).await);
        if matches!(then, Done) {
            row["expected"] = before["seq"].clone();
        }
        let answer = say(by, &path, &row).await;
        let after = still(session(by, board).await);
        match then {
            Done => {
                assert_eq!((answer.status, &answer.json()["seq"]), (200, &after["seq"]), "{row}: {}", answer.text);
                assert!(after["seq"].as_u64() > before["seq"].as_u64(), "{row}");
                let again = say(by, &path, &row).await;
                if again.status == 200 {
                    let own =
                        ["HandUp", "Help", "Done"].iter().any(|word| row["type"].as_str().unwrap().contains(word));
                    assert!(own, "{row} steers the board, and was done twice");
                } else {
                    is_refused(&again, 409, "conflict", &row);
                    let first = again.json()["first"].clone();
                    assert_eq!((&first["seq"], &first["by"]), (&after["seq"], &json!(by.person)), "{row}");
                }
                assert_eq!(still(session(by, board).await), after, "{row} was sent twice");
            }
            Nothing => {
                assert_eq!((answer.status, &answer.json()["seq"]), (200, &before["seq"]), "{row}: {}", answer.text);
                assert_eq!(after, before, "{row}");
            }
            Refused(status, why) => {
                is_refused(&answer, status, why, &row);
                assert_eq!(after, before, "{row}");
            }
        }
    }
}

/// The ids of a board's parts, the first that is written in silence, and one that another series' workshop has.
struct Parts {
    all: Vec<Value>,
    silent: Value,
    foreign: Value,
}

async fn parts(setup: &Setup, other: &Setup) -> Parts {
    let agenda = async |of: &Setup| of.facilitator.get(&of.path()).await.json()["agenda"].as_array().unwrap().clone();
    let (own, others) = (agenda(setup).await, agenda(other).await);
    let silent = own.iter().find(|part| part["writing"] == "silent").unwrap()["id"].clone();
    Parts { all: own.iter().map(|part| part["id"].clone()).collect(), silent, foreign: others[0]["id"].clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_one_board() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let (setup, other) = (Setup::new(&server, &owner, 2).await, Setup::new(&server, &owner, 1).await);
    let (fanni, board) = (&setup.facilitator, &*setup.boards[0]);
    let Parts { all, silent, foreign } = parts(&setup, &other).await;
    // Who leads is here, and who asks for help is not.
    let here = socket(&server, fanni, board).await;
    let aino = server.member(&owner, board, "participant", "Aino").await;
    // A vote that is open on another board.
    let foreign_vote = VoteId::new();
    let open = |id: VoteId| json!({"type": "openVote", "id": id, "vote": {"method": "rating"}});
    assert_eq!(series::command(fanni, &setup.boards[1], open(foreign_vote)).await.status, 200);

    let just = |word: &str| json!({"type": word});
    let of = |word: &str, part: &Value| json!({"type": word, "part": part});
    let about = |word: &str| json!({"type": word, "person": aino.person});
    let minutes = |word: &str, minutes: i32| json!({"type": word, "minutes": minutes});
    let set_minutes = |part: &Value| json!({"type": "setMinutes", "part": part, "minutes": 7});
    let close = |id: VoteId| json!({"type": "closeVote", "id": id});
    let begin = |setup: &Setup| json!({"type": "startWorkshop", "workshop": setup.workshop});
    let object = json!(["o_01JAAAAAAAAAAAAAAAAAAAAAAA"]);

    let before_the_workshop = vec![
        (of("startPart", &all[0]), NO_WORKSHOP),
        (just("nextPart"), NO_WORKSHOP),
        (of("skipPart", &all[0]), NO_WORKSHOP),
        (of("repeatPart", &all[0]), NO_WORKSHOP),
        (json!({"type": "reorder", "parts": [all[1]]}), NO_WORKSHOP),
        (set_minutes(&all[0]), NO_WORKSHOP),
        (just("endPart"), Nothing),
        (just("endWorkshop"), Nothing),
        (just("reveal"), NO_ROUND),
        (of("discardDrafts", &silent), NO_ROUND),
        (json!({"type": "showCounts", "shown": true}), NO_ROUND),
        (just("pauseTimer"), NO_TIMER),
        (just("resumeTimer"), NO_TIMER),
        (minutes("addMinutes", 1), NO_TIMER),
        (just("startTimer"), NO_TIMER),
        (just("stopTimer"), Nothing),
        (json!({"type": "openVote"}), Refused(409, "the part that runs does not say how to vote")),
        (just("closeVote"), Nothing),
        (close(foreign_vote), NO_VOTE),
        (about("claimHelp"), NO_HELP),
        (about("releaseHelp"), NO_HELP),
        (about("endHelp"), Nothing),
        (about("lowerHand"), Nothing),
        (of("sayDone", &all[0]), NO_PART),
        (just("endGather"), Nothing),
        (just("endLead"), Nothing),
        (just("resume"), Nothing),
        (json!({"type": "unlock", "objects": object}), Nothing),
        (json!({"type": "say", "text": ""}), Nothing),
        (begin(&other), Refused(404, "notFound")),
        (
            json!({"type": "openSurvey", "workshop": setup.workshop, "survey": "end"}),
            Refused(400, "a survey is a whole workshop's"),
        ),
    ];
    play(fanni, board, before_the_workshop).await;
    assert_eq!(session(fanni, board).await["seq"], 0, "nothing of that is in the journal");

    let script = vec![
        (begin(&setup), Done),
        (begin(&setup), Nothing),
        (of("repeatPart", &Value::Null), NO_PART),
        (of("startPart", &foreign), NO_PART),
        (of("skipPart", &foreign), NO_PART),
        (of("repeatPart", &foreign), NO_PART),
        (json!({"type": "reorder", "parts": [foreign]}), NO_PART),
        (set_minutes(&foreign), NO_PART),
        (of("reveal", &foreign), NO_ROUND),
        (just("nextPart"), Done),
        (of("startPart", &all[0]), Nothing),
        (of("sayDone", &all[1]), NO_PART),
        (of("sayDone", &all[0]), Done),
        (of("sayNotDone", &all[0]), Done),
        (set_minutes(&all[0]), Done),
        (just("resumeTimer"), Nothing),
        (just("pauseTimer"), Done),
        (just("pauseTimer"), Nothing),
        (minutes("addMinutes", 2), Done),
        (just("resumeTimer"), Done),
        (just("stopTimer"), Done),
        (just("resumeTimer"), NO_TIMER),
        (minutes("startTimer", 3), Done),
        (just("endPart"), Done),
        (just("endPart"), Nothing),
        (of("sayDone", &all[0]), NO_PART),
        (of("skipPart", &all[1]), Done),
        (of("skipPart", &all[1]), Nothing),
        (json!({"type": "reorder", "parts": [all[1]]}), Done),
        (of("repeatPart", &all[0]), Done),
        // In silence: shown, revealed, again, thrown away, each once.
        (of("reveal", &silent), NO_ROUND),
        (of("startPart", &silent), Done),
        (json!({"type": "showCounts", "shown": true}), Done),
        (json!({"type": "showCounts", "shown": true}), Nothing),
        (just("reveal"), Done),
        (just("reveal"), Nothing),
        (of("discardDrafts", &silent), NO_ROUND),
        (of("repeatPart", &silent), Done),
        (of("discardDrafts", &silent), Done),
        (of("discardDrafts", &silent), Nothing),
        (of("reveal", &silent), NO_ROUND),
        (json!({"type": "showCounts", "part": silent, "shown": true}), NO_ROUND),
        (just("endPart"), Done),
    ];
    play(fanni, board, script).await;

    let (vote, second) = (VoteId::new(), VoteId::new());
    for ask in ["raiseHand", "askHelp"] {
        assert_eq!(series::command(&aino, board, json!({"type": ask})).await.status, 200);
    }
    let the_rest = vec![
        (open(vote), Done),
        (open(vote), Nothing),
        (open(second), Refused(409, "another vote is open")),
        (close(foreign_vote), NO_VOTE),
        (close(second), NO_VOTE),
        (close(vote), Done),
        (close(vote), Nothing),
        (just("closeVote"), Nothing),
        (open(vote), Nothing),
        (about("releaseHelp"), Nothing),
        (about("claimHelp"), Done),
        (about("claimHelp"), Nothing),
        (about("releaseHelp"), Done),
        (about("endHelp"), Done),
        (about("claimHelp"), NO_HELP),
        (about("releaseHelp"), NO_HELP),
        (json!({"type": "gather", "place": {"rect": [0, 0, 800, 600]}}), Done),
        (just("endGather"), Done),
        (just("endGather"), Nothing),
        (just("lead"), Done),
        (just("lead"), Nothing),
        (just("endLead"), Done),
        (just("endLead"), Nothing),
        (json!({"type": "lock", "objects": object}), Done),
        (json!({"type": "lock", "objects": object}), Nothing),
        (json!({"type": "unlock", "objects": object}), Done),
        (just("pause"), Done),
        (just("pause"), Nothing),
        (just("resume"), Done),
        (json!({"type": "say", "text": "Kahvia"}), Done),
        (json!({"type": "say", "text": ""}), Done),
        (just("endWorkshop"), Done),
        (just("endWorkshop"), Nothing),
        (just("nextPart"), NO_WORKSHOP),
        (of("startPart", &all[0]), NO_WORKSHOP),
        (of("sayDone", &all[0]), NO_PART),
        (json!({"type": "pause", "expected": 999_999}), Refused(409, "conflict")),
    ];
    play(fanni, board, the_rest).await;
    assert_eq!(here.has(|heard| heard.closed), None);
    let vote_of_the_other = session(fanni, &setup.boards[1]).await["state"]["vote"]["id"].clone();
    assert_eq!(vote_of_the_other, json!(foreign_vote), "the other board's vote is open still");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_all_boards() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let (setup, other) = (Setup::new(&server, &owner, 2).await, Setup::new(&server, &owner, 1).await);
    let (fanni, path) = (&setup.facilitator, format!("{}/commands", setup.path()));
    let Parts { foreign, .. } = parts(&setup, &other).await;
    let survey = json!({"type": "openSurvey", "workshop": other.workshop, "survey": "end"});
    let refused = async |rows: Vec<(Value, u16, &'static str)>| {
        for (row, status, why) in rows {
            let look = async || {
                let boards = [session(fanni, &setup.boards[0]).await, session(fanni, &setup.boards[1]).await];
                (still(setup.state(fanni).await), boards.map(still))
            };
            let before = look().await;
            is_refused(&say(fanni, &path, &row).await, status, why, &row);
            assert_eq!(look().await, before, "{row}");
        }
    };
    refused(vec![
        (json!({"type": "nextPart"}), 409, "no workshop runs on this board"),
        (json!({"type": "startPart", "part": foreign}), 409, "no workshop runs on this board"),
        (json!({"type": "pauseTimer"}), 409, "no timer is set"),
        (json!({"type": "startWorkshop", "workshop": other.workshop}), 400, "another workshop"),
        (survey.clone(), 400, "another workshop"),
        (json!({"type": "lead"}), 400, "objects are one board's"),
    ])
    .await;
    setup.start().await;
    refused(vec![
        (json!({"type": "startPart", "part": foreign}), 409, "no such part on this board's agenda"),
        (json!({"type": "setMinutes", "part": foreign, "minutes": 5}), 409, "no such part on this board's agenda"),
        (json!({"type": "resumeTimer"}), 409, "no timer is set"),
        (json!({"type": "closeVote", "id": VoteId::new()}), 409, "no such vote on this board"),
    ])
    .await;
    // A workshop of another series has no such address, whoever leads there.
    let astray = format!("/api/series/{}/workshops/{}/commands", setup.series, other.workshop);
    assert_eq!(say(fanni, &astray, &json!({"type": "pause"})).await.status, 404);
    assert_eq!(say(fanni, &format!("{}/commands", other.path()), &json!({"type": "pause"})).await.status, 404);
    assert_eq!(session(fanni, &setup.boards[0]).await["state"]["paused"], false);
}
