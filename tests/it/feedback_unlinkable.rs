//! Feedback and the pulse: each answers once, nothing links person and answer, below five nothing is shown, and the trend is there.

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    journal_prune::anywhere,
    support::{
        Client, TestServer, eventually,
        http::Answer,
        series::{Setup, member, session},
    },
};

struct Scene {
    server: TestServer,
    owner: Client,
    setup: Setup,
    people: Vec<Client>,
}

impl Scene {
    async fn new(people: usize) -> Self {
        let server = TestServer::start().await;
        let owner = server.owner().await;
        let setup = Setup::new(&server, &owner, 2).await;
        let mut joined = Vec::new();
        for n in 0..people {
            joined.push(server.member(&owner, &setup.boards[n % 2], "participant", &format!("Jäsen {n}")).await);
        }
        Self { server, owner, setup, people: joined }
    }

    async fn say(&self, word: &str, survey: &str) -> Answer {
        let command = json!({"type": word, "workshop": self.setup.workshop, "survey": survey});
        self.setup.facilitator.post(&format!("{}/commands", self.setup.path()), command).await
    }

    fn path(&self, n: usize, survey: &str) -> String {
        format!("/api/boards/{}/surveys/{}/{survey}", self.setup.boards[n % 2], self.setup.workshop)
    }

    async fn answer(&self, n: usize, survey: &str, answer: Value) -> u16 {
        self.people[n].post(&self.path(n, survey), answer).await.status
    }

    async fn result(&self, survey: &str) -> Value {
        let results = self.setup.facilitator.get(&format!("{}/surveys", self.setup.path())).await.json();
        results.as_array().unwrap().iter().find(|result| result["survey"] == survey).unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_answers_are_hidden_and_five_are_shown() {
    let scene = Scene::new(6).await;
    assert_eq!(scene.answer(0, "end", json!({"scores": {"pulse": 5}})).await, 409, "not open");
    assert_eq!(scene.say("openSurvey", "end").await.status, 200);
    for board in &scene.setup.boards {
        let state = session(&scene.people[0], &scene.setup.boards[0]).await["state"].clone();
        let told = session(&scene.setup.facilitator, board).await["state"]["survey"].clone();
        assert_eq!(told, json!({"workshop": scene.setup.workshop, "survey": "end"}));
        assert_eq!(state["survey"], told);
    }
    for n in 0..4 {
        let text = format!("Kiitos {n}");
        assert_eq!(scene.answer(n, "end", json!({"scores": {"advanced": n + 2, "pulse": 4}, "text": text})).await, 204);
    }
    let hidden = |answers: usize, state: &str| json!({"survey": "end", "state": state, "of": 6, "answers": answers, "questions": null, "texts": null});
    assert_eq!(scene.result("end").await, hidden(4, "open"));
    scene.say("closeSurvey", "end").await;
    assert_eq!(scene.result("end").await, hidden(4, "closed"), "four of six");
    scene.say("openSurvey", "end").await;
    assert_eq!(scene.answer(4, "end", json!({"scores": {"advanced": 1}})).await, 204);
    assert_eq!(scene.result("end").await, hidden(5, "open"), "not while others answer");
    scene.say("closeSurvey", "end").await;
    let shown = scene.result("end").await;
    let line = |question: &str, answers: u32, positive: Value, mean: Value| json!({"question": question, "answers": answers, "positive": positive, "mean": mean});
    let expected = json!([
        line("advanced", 5, json!(40), json!(3.0)),
        line("tookPart", 0, Value::Null, Value::Null),
        line("knowOthers", 0, Value::Null, Value::Null),
        line("sharedGoal", 0, Value::Null, Value::Null),
        line("pulse", 4, Value::Null, Value::Null)
    ]);
    assert_eq!(shown["questions"], expected);
    assert_eq!(shown["texts"], json!(["Kiitos 0", "Kiitos 1", "Kiitos 2", "Kiitos 3"]));
    assert_eq!(scene.answer(5, "end", json!({"scores": {"advanced": 1}})).await, 409);
    assert_eq!(scene.say("openSurvey", "end").await.status, 409, "the sixth would be the difference");
    // The trend is for everybody in the series, without what people wrote.
    let oili = member(&scene.server, &scene.owner, &scene.setup.series, "observer", "Oili").await;
    let trend = oili.get(&format!("/api/series/{}/surveys", scene.setup.series)).await.json();
    assert_eq!((&trend[0]["workshop"], trend.as_array().unwrap().len()), (&json!(scene.setup.workshop), 1));
    assert_eq!(trend[0]["surveys"][1]["questions"], expected);
    assert_eq!(trend[0]["surveys"][1]["texts"], Value::Null);
    assert_eq!(oili.get(&format!("{}/surveys", scene.setup.path())).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answers_once() {
    let scene = Scene::new(2).await;
    scene.say("openSurvey", "start").await;
    let path = scene.path(0, "start");
    let mine = |answered: bool| json!({"state": "open", "questions": ["pulse"], "answered": answered});
    assert_eq!(scene.people[0].get(&path).await.json(), mine(false));
    // Two tabs at once.
    let answer = json!({"scores": {"pulse": 4}});
    let (one, other) =
        tokio::join!(scene.people[0].post(&path, answer.clone()), scene.people[0].post(&path, answer.clone()));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    assert_eq!(scene.people[0].get(&path).await.json(), mine(true));
    assert_eq!(scene.people[1].get(&scene.path(1, "start")).await.json(), mine(false));
    // Who may not, or not there, or so not.
    assert_eq!(scene.setup.facilitator.post(&path, answer.clone()).await.status, 403);
    assert_eq!(scene.people[1].post(&path, answer.clone()).await.status, 404, "another team's board");
    let unknown = format!("/api/boards/{}/surveys/wk_01JAAAAAAAAAAAAAAAAAAAAAAA/start", scene.setup.boards[1]);
    assert_eq!(scene.people[1].post(&unknown, answer.clone()).await.status, 404);
    for wrong in
        [json!({}), json!({"scores": {"pulse": 6}}), json!({"scores": {"advanced": 3}}), json!({"text": "Hei"})]
    {
        assert_eq!(scene.answer(1, "start", wrong.clone()).await, 400, "{wrong}");
    }
    // One survey at a time; and one that is closed takes none.
    assert_eq!(scene.say("openSurvey", "end").await.status, 409);
    scene.say("closeSurvey", "start").await;
    assert_eq!(scene.answer(1, "start", answer).await, 409);
    assert_eq!(scene.result("start").await["answers"], 1);
}

/// The bytes of the database, without its log.
fn rows(data: &std::path::Path, sql: &str) -> Vec<Vec<u8>> {
    let database = Connection::open(data.join("jalostamo.db")).unwrap();
    let mut query = database.prepare(sql).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_has_no_person_and_no_order() {
    let scene = Scene::new(8).await;
    scene.say("openSurvey", "end").await;
    for n in 0..8 {
        let text = format!("vastaus {n}");
        assert_eq!(scene.answer(n, "end", json!({"scores": {"advanced": 4}, "text": text})).await, 204);
    }
    let data = scene.server.stop().await;
    let texts = |data: &std::path::Path| -> Vec<String> {
        rows(data, "SELECT CAST(answer AS BLOB) FROM answers")
            .into_iter()
            .map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap()["text"].as_str().unwrap().to_owned())
            .collect()
    };
    let kept = texts(data.path());
    let arrival: Vec<String> = (0..8).map(|n| format!("vastaus {n}")).collect();
    let mut sorted = kept.clone();
    sorted.sort();
    assert_eq!(sorted, arrival);
    assert_ne!(kept, arrival, "one run in 40,320 has them so by chance");
    let keys = rows(data.path(), "SELECT key FROM answers");
    let people = rows(data.path(), "SELECT person FROM answered");
    assert!(keys.len() == 8 && people.len() == 8 && keys.iter().all(|key| !people.contains(key)));
    let columns = rows(data.path(), "SELECT CAST(group_concat(name) AS BLOB) FROM pragma_table_info('answers')");
    assert_eq!(columns, [b"workshop,survey,key,answer".to_vec()]);
    // The log, in which pages of both tables lay side by side, is empty at rest; and with enough answers nobody is listed any more.
    let log = data.path().join("jalostamo.db-wal");
    assert!(std::fs::metadata(log).map_or(0, |file| file.len()) == 0);
    let server = TestServer::on(data, |_| {}).await;
    let owner = server.owner().await;
    let close = json!({"type": "closeSurvey", "workshop": scene.setup.workshop, "survey": "end"});
    assert_eq!(owner.post(&format!("{}/commands", scene.setup.path()), close).await.status, 200);
    let data = server.stop().await;
    assert!(rows(data.path(), "SELECT person FROM answered").is_empty());
    assert!(anywhere(data.path(), "vastaus 3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_the_store_is_emptied_after_each_answer() {
    let scene = Scene::new(1).await;
    scene.say("openSurvey", "end").await;
    assert_eq!(scene.answer(0, "end", json!({"text": "yksinäinen vastaus"})).await, 204);
    let data = scene.server.folder().to_owned();
    eventually("the log is empty", async || {
        let log = std::fs::read(data.join("jalostamo.db-wal")).unwrap_or_default();
        !log.windows(7).any(|window| window == b"vastaus")
    })
    .await;
}
