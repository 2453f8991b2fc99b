//! Totals are hidden from everybody until a vote closes, and afterwards nothing says who voted for what: of two runs in which two
//! people's ballots are swapped, everything that is kept or logged is the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use hyper::Method;
use jalostamo::{
    ids::{BallotId, VoteId},
    role::Role,
};
use rusqlite::{Connection, types::Value as Cell};
use serde_json::{Value, json};

use crate::{
    journal_prune::anywhere,
    support::{
        eventually,
        http::Asking,
        program::{Program, Who, new_board},
        votes::{self, Hall},
    },
};

/// All rows of all tables, without moments and what is made of them.
fn dump(data: &Path) -> BTreeMap<String, Vec<String>> {
    let database = Connection::open(data.join("jalostamo.db")).unwrap();
    let mut tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut found = BTreeMap::new();
    for name in names {
        let mut rows = database.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let lines = rows.query_map([], |row| {
            let cell = |(n, column): (usize, &String)| {
                let cell: Cell = row.get_unwrap(n);
                let text = match cell {
                    Cell::Blob(bytes) => String::from_utf8_lossy(&bytes).into_owned() + &format!("{bytes:?}"),
                    other => format!("{other:?}"),
                };
                (column.clone(), text)
            };
            Ok(columns.iter().enumerate().map(cell).collect::<Vec<_>>())
        });
        found.insert(name.clone(), lines.unwrap().map(|line| without_moments(&name, line.unwrap())).collect());
    }
    found
}

/// When something was, and checksums over that, differ between any two runs. All else is kept as it is.
fn without_moments(table: &str, row: Vec<(String, String)>) -> String {
    let cell = |(column, text): (String, String)| match (table, column.as_str()) {
        ("entries", "at" | "sum") | ("checkpoints", "sum") => String::new(),
        // The owner link and its time are made anew by every start.
        ("invites", _) => String::new(),
        ("entries", "body") | ("checkpoints", "facilitation") => {
            // The bytes again would have the moments too.
            let json = text.split_once("}[").map_or(text.clone(), |(json, _)| format!("{json}}}"));
            numbers_out(&json)
        }
        _ => text,
    };
    row.into_iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// A text without its numbers of twelve digits and more: moments in milliseconds.
fn numbers_out(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            if digits.len() < 12 {
                out.push_str(&digits);
            }
            digits.clear();
            out.push(c);
        }
    }
    out
}

/// A log's lines without when and how long.
fn log_lines(log: &str) -> Vec<String> {
    let plain = |line: &str| {
        let words = line.split_whitespace().skip(1).filter(|word| !word.contains("ms=") && !word.contains("127.0.0.1"));
        words.collect::<Vec<_>>().join(" ")
    };
    log.lines().map(plain).collect()
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.path().is_file() {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

async fn asked(program: &Program, board: &str, who: &Who, method: Method, path: &str, body: Value) {
    let url = format!("http://{}/api/boards/{board}{path}", program.address);
    let answer = Asking::new(method, &url).bearer_auth(&who.token).json(&body).send().await;
    assert!(matches!(answer.status, 200 | 204), "{path}: {}", answer.text);
}

/// Votes by these ballots on a copy of the folder; what is left in the folder and what was logged.
async fn run(
    from: &Path,
    board: &str,
    people: &[Who],
    vote: VoteId,
    marks: &[Value],
) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    copy(from, folder.path());
    let program = Program::start_with(folder.path(), &["--log", "debug"]).await;
    let path = format!("/votes/{vote}/ballot");
    for (who, marks) in people[1..].iter().zip(marks) {
        // First something else, so that ballots are changed as well.
        asked(&program, board, who, Method::PUT, &path, json!({})).await;
        asked(&program, board, who, Method::PUT, &path, json!({"marks": marks, "done": true})).await;
    }
    let entered = format!("/votes/{vote}/entered/{}", BallotId::from_bytes([7; 16]));
    asked(&program, board, &people[0], Method::PUT, &entered, json!({"marks": marks[2]})).await;
    asked(&program, board, &people[0], Method::POST, "/commands", json!({"type": "closeVote", "id": vote})).await;
    eventually("no ballot is left", async || !anywhere(folder.path(), r#"{"marks""#)).await;
    program.signal("TERM").await;
    let (_, log) = program.ended().await;
    assert!(!anywhere(folder.path(), r#"{"marks""#));
    (dump(folder.path()), log_lines(&log))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ballots_swapped_leave_the_same_behind() {
    let folder = tempfile::tempdir().unwrap();
    let roles = [Role::Facilitator, Role::Participant, Role::Participant, Role::Participant];
    let (board, people) = new_board(folder.path(), &roles).await;
    let vote = VoteId::new();
    let program = Program::start(folder.path()).await;
    let writer = program.client(board, &people[0]).await;
    let (a, b) = (writer.note("yksi").await, writer.note("kaksi").await);
    writer.until("saved", |heard| heard.durable == heard.sent).await;
    let board = board.to_string();
    let open = json!({"type": "openVote", "id": vote, "vote": {"method": "dots", "votes": 5, "most": 3}});
    asked(&program, &board, &people[0], Method::POST, "/commands", open).await;
    program.signal("TERM").await;
    program.ended().await;
    let marks = [json!({&a: 3}), json!({&a: 1, &b: 2}), json!({&b: 1})];
    let (dump, log) = run(folder.path(), &board, &people, vote, &marks).await;
    let swapped = [marks[1].clone(), marks[0].clone(), marks[2].clone()];
    let (other_dump, other_log) = run(folder.path(), &board, &people, vote, &swapped).await;
    assert_eq!(dump, other_dump);
    assert_eq!(log, other_log);
    assert!(log.iter().any(|line| line.contains("/votes/{vote}/ballot")), "requests are in the log: {log:?}");
    assert_eq!((dump["votes"].len(), dump["ballots"].len()), (0, 0));
    assert!(dump["entries"].iter().any(|row| row.contains("voteClosed") && row.contains("\"dots\":4")), "{dump:?}");
    // The comparison sees what differs: another result is another dump.
    let another = [json!({&a: 2}), marks[1].clone(), marks[2].clone()];
    assert_ne!(run(folder.path(), &board, &people, vote, &another).await.0, dump);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_anything_before_it_closes() {
    let hall = Hall::new().await;
    let team = hall.team(3).await;
    let owner = hall.somebody("Olli", Role::Owner).await;
    let oili = hall.somebody("Oili", Role::Observer).await;
    let listener = hall.server.connect(owner.person, &owner.token).await;
    let vote = hall.open(json!({"method": "dots", "votes": 5, "most": 3})).await;
    listener.until("the vote", |heard| heard.session.as_ref().unwrap()["state"]["vote"]["id"] == json!(vote)).await;
    let before = listener.has(|heard| heard.session.clone());
    let everyone = [&owner, &hall.fanni, &oili, &team[2]];
    let paths = ["/votes", "/session", "", "/context", "/export.json", "/snapshots"];
    let mut first = Vec::new();
    for who in everyone {
        for path in paths {
            first.push(hall.get(who, path).await.text);
        }
    }
    for who in &team[..2] {
        assert_eq!(hall.cast(who, vote, json!({&hall.notes[1]: 3})).await.status, 204);
    }
    let mut now = Vec::new();
    for who in everyone {
        for path in paths {
            now.push(hall.get(who, path).await.text);
        }
    }
    let plain = |texts: Vec<String>| texts.iter().map(|text| numbers_out(&without_time(text))).collect::<Vec<_>>();
    assert_eq!(plain(first), plain(now), "ballots change nothing that anybody can ask for");
    assert_eq!(listener.has(|heard| heard.session.clone()), before, "nor what anybody is sent");
    // Their own, and to facilitators how many.
    assert_eq!(hall.get(&team[2], &format!("/votes/{vote}/ballot")).await.json(), json!({"marks": {}, "done": false}));
    let everyone_waits = team.iter().map(|who| who.person.to_string()).collect();
    assert_eq!(
        progress(&hall, &owner, vote).await,
        (json!({"done": 0, "ballots": 2, "of": 3, "entered": 0}), everyone_waits)
    );
    let ready = json!({"marks": {&hall.notes[0]: 1}, "done": true});
    assert_eq!(hall.ask(&team[2], Method::PUT, &format!("/votes/{vote}/ballot"), Some(ready)).await.status, 204);
    let two_wait = team[..2].iter().map(|who| who.person.to_string()).collect();
    assert_eq!(
        progress(&hall, &owner, vote).await,
        (json!({"done": 1, "ballots": 3, "of": 3, "entered": 0}), two_wait)
    );
    assert_eq!(hall.get(&team[2], &format!("/votes/{vote}/progress")).await.status, 403, "not for those who vote");
    hall.close(vote).await;
    assert_eq!(hall.get(&owner, &format!("/votes/{vote}/progress")).await.status, 404, "nobody can say any more");
    for who in everyone {
        let totals = hall.get(who, "/votes").await.json()[0]["outcome"]["totals"].clone();
        assert_eq!(totals[0], json!({"object": hall.notes[1], "count": {"dots": 6}}), "and then everybody sees them");
    }
}

/// How far a vote is, and whom it waits for.
async fn progress(hall: &Hall, who: &votes::Who, vote: VoteId) -> (Value, BTreeSet<String>) {
    let mut progress = hall.get(who, &format!("/votes/{vote}/progress")).await.json();
    let waiting = progress.as_object_mut().unwrap().remove("waiting").unwrap();
    let people = waiting.as_array().unwrap().iter().map(|one| one["person"].as_str().unwrap().to_owned());
    (progress, people.collect())
}

/// When a file was exported.
fn without_time(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut members)) => {
            members.remove("exported");
            Value::Object(members).to_string()
        }
        _ => text.to_owned(),
    }
}
