//! Somebody sets the machine's clock an hour forward or back while a part runs. No part ends by that, nothing is added to the
//! journal, the numbers of the journal stay in order, nobody is put out whose role had longer than the jump, and whoever had less is
//! back when the clock is. A timer is a moment of that clock: a jump shows too little or too much, the jump back shows what was
//! there, and one command sets it right meanwhile, also after kill -9.

use jalostamo::clock;
use serde_json::{Value, json};
use yrs::Doc;

use crate::support::{
    Client, TestServer,
    collab::{self, options},
    jumping::Jumping,
    program::Program,
    series::{Setup, command, member, session},
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 3_600;

fn timer(session: &Value) -> (Value, i64) {
    let timer = &session["state"]["timer"];
    (timer["deadline"].clone(), timer["left"].as_i64().unwrap())
}

/// What must not change by itself.
fn stands(session: &Value) -> [Value; 4] {
    let state = &session["state"];
    [&session["seq"], &state["script"]["part"], &state["allowed"], &state["timer"]["deadline"]].map(Value::clone)
}

async fn sit_down(program: &Program, who: &Client, board: &str) -> collab::Client {
    let (token, person) = (who.bearer.as_deref().unwrap(), who.person.parse().unwrap());
    let (doc, name) = (Doc::with_options(options()), format!("board.{board}.1"));
    let line = collab::Client::dial_address(program.address, person, token, doc, &name).await;
    line.until("in step", |heard| heard.synced && heard.session.is_some()).await;
    line
}

/// Whether a link lets people in, as a status.
async fn lets_in(by: &Client, secret: &str) -> u16 {
    by.post("/api/invites/look", json!({"secret": secret})).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_forward_and_back() {
    let server = TestServer::start().await;
    let owner = server.owner().await;
    let setup = Setup::new(&server, &owner, 1).await;
    let board = setup.boards[0].clone();
    let aino = server.member(&owner, &board, "observer", "Aino").await;
    // Two whose roles end, and two links: before an hour is over, and after it.
    let (soon, later) = (clock::now_ms() + 30 * MINUTE, clock::now_ms() + 180 * MINUTE);
    let (mut helpers, mut links) = (Vec::new(), Vec::new());
    for ends in [soon, later] {
        let helper = member(&server, &owner, &setup.series, "facilitator", "Firma").await;
        let role = json!({"role": "facilitator", "ends": ends});
        let path = format!("/api/series/{}/people/{}/role", setup.series, helper.person);
        assert_eq!(owner.put(&path, role).await.status, 204);
        helpers.push(helper);
        links.push(owner.invite(&board, json!({"role": "observer", "expires": ends})).await);
    }
    let data = server.stop().await;

    let wall = Jumping::new();
    let program = wall.start(data.path()).await;
    let browser = setup.facilitator.clone();
    let setup = Setup { facilitator: browser.at(program.address), ..setup };
    let (fanni, aino) = (&setup.facilitator, aino.at(program.address));
    let helpers: Vec<Client> = helpers.iter().map(|helper| helper.at(program.address)).collect();
    let line = sit_down(&program, &aino, &board).await;
    let writer = sit_down(&program, fanni, &board).await;
    setup.start().await;
    setup.call(json!({"type": "nextPart"})).await;
    let before = session(fanni, &board).await;
    let (deadline, left) = timer(&before);
    assert!(left > 14 * MINUTE && left <= 15 * MINUTE, "{left}");
    let roles = async || {
        let path = format!("/api/boards/{board}");
        [helpers[0].get(&path).await.status, helpers[1].get(&path).await.status]
    };
    let doors = async || [lets_in(fanni, &links[0]).await, lets_in(fanni, &links[1]).await];
    assert_eq!((roles().await, doors().await), ([200, 200], [200, 200]));

    for (ahead, expected, texts) in
        [(HOUR, 0, &["1"][..]), (-HOUR, left + HOUR * 1_000, &["1", "2"]), (0, left, &["1", "2", "3"])]
    {
        wall.ahead(ahead);
        // Something goes through the room after the jump: whatever it makes of the jump, it has made.
        writer.note(texts.last().unwrap()).await;
        line.until_texts(texts).await;
        let now = session(fanni, &board).await;
        assert_eq!(stands(&now), stands(&before), "{ahead} s ahead");
        let (_, shown) = timer(&now);
        assert!((expected - MINUTE..=expected).contains(&shown), "{ahead} s ahead, {shown} ms left");
        let moment = now["state"]["timer"]["now"].as_i64().unwrap() - clock::now_ms();
        assert!((moment - ahead * 1_000).abs() < MINUTE, "the program's clock did not jump");
        let is = |over: bool| if over { [404, 200] } else { [200, 200] };
        assert_eq!((roles().await, doors().await), (is(ahead == HOUR), is(ahead == HOUR)), "{ahead} s ahead");
        assert_eq!(aino.get("/api/me").await.status, 200, "{ahead} s ahead");
    }
    assert_eq!((timer(&session(fanni, &board).await).0, line.has(|heard| heard.closed)), (deadline, None));

    // With a clock that jumps, facilitators go on: each command is the next in the journal.
    let mut seq = session(fanni, &board).await["seq"].as_u64().unwrap();
    for (ahead, asked, at_most) in [
        (HOUR, json!({"type": "addMinutes", "minutes": 5}), 5),
        (-HOUR, json!({"type": "startTimer", "minutes": 9}), 9),
    ] {
        wall.ahead(ahead);
        assert_eq!(command(fanni, &board, asked).await.status, 200);
        let now = session(fanni, &board).await;
        let (_, left) = timer(&now);
        assert!(left <= at_most * MINUTE && left > (at_most - 1) * MINUTE, "{ahead} s ahead, {left} ms left");
        let newest = now["seq"].as_u64().unwrap();
        assert!(newest > seq);
        seq = newest;
    }
    // Back an hour, a part ends after it began in the future, and is kept as it was; then the program dies.
    setup.call(json!({"type": "nextPart"})).await;
    assert_eq!(command(fanni, &board, json!({"type": "pauseTimer"})).await.status, 200);
    let last = session(fanni, &board).await;
    drop((line, writer));
    program.kill().await;
    wall.ahead(HOUR);
    let program = wall.start(data.path()).await;
    let fanni = browser.at(program.address);
    let again = session(&fanni, &board).await;
    assert_eq!(stands(&again), stands(&last));
    assert_eq!(again["state"]["timer"]["remaining"], last["state"]["timer"]["remaining"], "what stands loses nothing");
    let line = sit_down(&program, &fanni, &board).await;
    assert_eq!(line.texts(), ["1", "2", "3"]);
    assert_eq!(command(&fanni, &board, json!({"type": "resumeTimer"})).await.status, 200);
    assert!(timer(&session(&fanni, &board).await).1 > MINUTE);
}
