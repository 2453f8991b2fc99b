//! What is written in a silent part is its author's alone: who may open what, what may be written, and where else it is found, on the
//! bytes of raw sockets and of the disk.

use jalostamo::{
    facilitation::{Command, Naming},
    ids::{BoardId, RoundId},
    role::Role,
    store::{Journal, Stream},
};
use serde_json::json;
use tempfile::tempdir;
use tokio::sync::oneshot;
use yrs::{Any, Doc};

use crate::support::{
    board::Server,
    collab::options,
    drafts::{self, REVEAL, begin, dial, draft, name, note, silent},
    eventually,
    raw::{Raw, auth},
    script::{attempt, command, confirm, put, set, start},
};

fn id(prefix: &str) -> String {
    BoardId::new().to_string().replacen("b_", prefix, 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_participants_have_drafts_and_only_their_own() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let (aino, otto) = (server.person("Aino", Role::Participant).await, server.person("Otto", Role::Participant).await);
    let eye = server.person("Eye", Role::Observer).await;
    let facilitator = server.person("Fanni", Role::Facilitator).await;
    let elsewhere = server.add_board().await;
    let stranger = server.client_on(elsewhere, "Stranger", Role::Participant).await;
    let stranger = (stranger.person, "no token");
    let parts = start(&server, chair.person, vec![silent(Naming::Named), silent(Naming::Anonymous)]).await;
    let (round, _) = begin(&server, chair.person, parts[0]).await;
    let ainos = draft(&server, (aino.0, &aino.1), round).await;
    note(&ainos, "ainon salaisuus").await;
    // The same name is another document for another person.
    let ottos = draft(&server, (otto.0, &otto.1), round).await;
    assert!(ottos.texts().is_empty());
    note(&ottos, "oton salaisuus").await;
    assert_eq!((ainos.texts(), ottos.texts()), (vec!["ainon salaisuus".into()], vec!["oton salaisuus".into()]));
    let (now, next) = (name(&server, round, 1), name(&server, round, 2));
    let unknown = name(&server, RoundId::new(), 1);
    let denied = async |who: (_, &str), name: &str, code: u16| {
        let client = dial(&server, who, name, Doc::with_options(options())).await;
        client.until(&format!("{name} closed with {code}"), |heard| heard.closed == Some(code)).await;
        assert!(client.texts().is_empty() && !client.has(|heard| heard.synced));
    };
    denied((eye.0, &eye.1), &now, 4403).await;
    denied((facilitator.0, &facilitator.1), &now, 4403).await;
    denied(stranger, &now, 4401).await;
    denied((otto.0, &otto.1), &unknown, 4404).await;
    denied((otto.0, &otto.1), &next, 4410).await;
    denied((otto.0, &otto.1), &now.replace(&server.board.to_string(), &elsewhere.to_string()), 4404).await;
    denied((otto.0, &otto.1), &format!("{now}.{}", aino.0), 4404).await;
    // After closing the old name is nobody's, and the open one is closed.
    command(&server, chair.person, REVEAL).await;
    ainos.until("closed", |heard| heard.closed == Some(4410)).await;
    denied((otto.0, &otto.1), &now, 4410).await;
    let late = dial(&server, (otto.0, &otto.1), &next, Doc::with_options(options())).await;
    late.until("in step", |heard| heard.synced).await;
    assert!(late.texts().is_empty(), "what was revealed is not in it");
    // Whoever is out is out of their draft too.
    let removed = server.app.rooms.open(server.board).await.unwrap();
    removed.expel(otto.0).await.unwrap();
    assert!(!late.has(|heard| heard.closed == Some(4403)), "still a member");
    let revoke = rusqlite::Connection::open(folder.path().join("jalostamo.db")).unwrap();
    revoke.execute("DELETE FROM members WHERE person = ?1", [otto.0.to_bytes()]).unwrap();
    removed.people_changed().await.unwrap();
    late.until("out", |heard| heard.closed == Some(4403)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_takes_ones_own_things_of_the_parts_kinds_and_nothing_else() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let aino = server.connect(person, &token).await;
    let parts = start(&server, chair.person, vec![silent(Naming::Named)]).await;
    let (round, seq) = begin(&server, chair.person, parts[0]).await;
    confirm(&aino, seq).await;
    let part = Some(parts[0].to_string());
    let refused = |code: &str, part: &Option<String>| Some((code.to_owned(), part.clone()));
    // On the board nobody of the team adds now; who runs the board may.
    assert_eq!(attempt(&aino, |txn| put(txn, "items", "note", &id("n_"), person)).await, refused("part", &part));
    let chairs = chair.person;
    assert_eq!(attempt(&chair, |txn| put(txn, "items", "note", &id("n_"), chairs)).await, None);
    let draft = draft(&server, (person, &token), round).await;
    let own = note(&draft, "oma").await;
    assert_eq!(attempt(&draft, |txn| set(txn, &own, "color", Any::from("pink"))).await, None);
    assert_eq!(attempt(&draft, |txn| set(txn, &own, "at", Any::from(vec![Any::from(9), Any::from(9)]))).await, None);
    assert_eq!(attempt(&draft, |txn| set(txn, &own, "gone", Any::from(true))).await, None);
    assert_eq!(attempt(&draft, |txn| put(txn, "items", "step", &id("s_"), person)).await, refused("part", &part));
    assert_eq!(attempt(&draft, |txn| put(txn, "links", "relation", &id("x_"), person)).await, refused("role", &None));
    assert_eq!(attempt(&draft, |txn| put(txn, "comments", "comment", &id("c_"), person)).await, refused("role", &None));
    assert_eq!(attempt(&draft, |txn| put(txn, "items", "note", &id("n_"), chairs)).await, refused("author", &None));
    // Who entered something for whom is for those to say who run the board.
    assert_eq!(attempt(&draft, |txn| set(txn, &own, "entered", Any::from(true))).await, refused("role", &None));
    // A pause is meant for what nobody sees too.
    command(&server, chair.person, Command::Pause).await;
    eventually("the pause binds", async || {
        let answer = attempt(&draft, |txn| set(txn, &own, "gone", Any::from(false))).await;
        answer == refused("readOnly", &None)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_takes_as_much_as_it_may_and_not_one_thing_more() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let (person, token) = server.person("Aino", Role::Participant).await;
    let parts = start(&server, chair.person, vec![silent(Naming::Named)]).await;
    let (round, _) = begin(&server, chair.person, parts[0]).await;
    let draft = draft(&server, (person, &token), round).await;
    let many = |n: usize| {
        move |txn: &mut yrs::TransactionMut<'_>| (0..n).for_each(|_| put(txn, "items", "note", &id("n_"), person))
    };
    assert_eq!(attempt(&draft, many(jalostamo::limits::DRAFT_OBJECTS)).await, None);
    assert_eq!(attempt(&draft, many(1)).await, Some(("limit".to_owned(), None)));
}

/// Everything that a person's socket is sent, until it is asked for.
struct Ear {
    stop: oneshot::Sender<()>,
    heard: tokio::task::JoinHandle<Vec<u8>>,
}

impl Ear {
    async fn new(server: &Server, token: &str, names: Vec<String>) -> Self {
        let mut raw = Raw::open(server.address, "/collab", None).await;
        for name in &names {
            raw.about(name, auth(token)).await;
            raw.about(name, vec![0, 0, 1, 0]).await;
        }
        let (stop, mut stopped) = oneshot::channel();
        let heard = tokio::spawn(async move {
            let mut heard = Vec::new();
            loop {
                tokio::select! {
                    frame = raw.frame() => match frame {
                        Some(frame) => heard.extend(frame),
                        None => return heard,
                    },
                    _ = &mut stopped => return heard,
                }
            }
        });
        Self { stop, heard }
    }

    async fn all(self) -> Vec<u8> {
        self.stop.send(()).unwrap();
        self.heard.await.unwrap()
    }
}

fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_byte_of_a_draft_is_on_anybody_elses_line_nor_in_what_leaves_the_board() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let (aino, aino_token) = server.person("Aino", Role::Participant).await;
    let (_, otto_token) = server.person("Otto", Role::Participant).await;
    let (_, eye_token) = server.person("Eye", Role::Observer).await;
    let (_, chair_token) = server.person("Second", Role::Facilitator).await;
    let parts = start(&server, chair.person, vec![silent(Naming::Anonymous)]).await;
    let (round, _) = begin(&server, chair.person, parts[0]).await;
    let board = format!("board.{}", server.board);
    let mut ears = Vec::new();
    for token in [&otto_token, &eye_token, &chair_token] {
        ears.push(Ear::new(&server, token, vec![board.clone(), name(&server, round, 1)]).await);
    }
    let draft = draft(&server, (aino, &aino_token), round).await;
    let canary = "KANARIA-7f3a9c55";
    let note = note(&draft, canary).await;
    draft.presence(77, 1, Some(&json!({"editing": note, "typing": canary}).to_string())).await;
    let refused = attempt(&draft, |txn| put(txn, "items", "step", &id("s_"), aino)).await;
    assert!(refused.is_some());
    // What happens afterwards on the board has reached them all, so all that was before has too.
    let sign = "MERKKI-11";
    chair.note(sign).await;
    let watcher = server.connect(chair.person, &chair_token).await;
    watcher.until_texts(&[sign]).await;
    assert!(!holds(server.app.metrics.encode().as_bytes(), canary));
    let accepted = |metrics: &str| metrics.lines().find(|line| line.contains("updates_accepted")).map(str::to_owned);
    let before = accepted(&server.app.metrics.encode());
    drafts::note(&draft, "toinen").await;
    assert_eq!(accepted(&server.app.metrics.encode()), before, "in nobody's numbers");
    let room = server.app.rooms.open(server.board).await.unwrap();
    let whole = room.checkpoint().await.unwrap();
    assert!(!holds(&whole.document, canary) && !holds(whole.facilitation.as_bytes(), canary));
    let client = draft.doc.client_id().get();
    for ear in ears {
        let heard = ear.all().await;
        assert!(holds(&heard, sign), "it does hear the board");
        for secret in [canary, &note, "toinen"] {
            assert!(!holds(&heard, secret), "{secret} on another's line");
        }
    }
    // Thrown away is gone from the disk too, and the journal of the board never had it.
    let entries = server.store.entries(&Stream::board(server.board), 0, 1_000).await.unwrap();
    assert!(!holds(format!("{entries:?}").as_bytes(), canary) && client > 0);
    command(&server, chair.person, Command::DiscardDrafts { part: parts[0] }).await;
    draft.until("closed", |heard| heard.closed == Some(4410)).await;
    server.app.rooms.shutdown().await;
    server.store.real.close().await;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        assert!(!holds(&std::fs::read(&path).unwrap(), canary), "{}", path.display());
    }
}
