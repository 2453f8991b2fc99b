//! A part that names its area happens on each board in the frame of that title, from when it begins there.

use jalostamo::{
    board::read,
    facilitation::{Command, Naming, Part},
    ids::new_object,
    role::Role,
};
use serde_json::{Value, json};
use tempfile::tempdir;
use yrs::{Any, TransactionMut};

use crate::support::{
    board::Server,
    collab::Client,
    drafts::{REVEAL, begin, draft, note, silent},
    script::{attempt, command, part, put, set, start, write},
};

/// Makes a frame of this title, behind the word that every new object has here.
async fn frame(by: &Client, title: &str) -> String {
    let (id, person) = (new_object("r"), by.person);
    let make = |txn: &mut TransactionMut<'_>| {
        put(txn, "items", "frame", &id, person);
        set(txn, &id, "size", Any::from(vec![Any::from(1_200), Any::from(900)]));
        write(txn, &id, title);
    };
    assert_eq!(attempt(by, make).await, None);
    id
}

/// The frame of the part, as people are told.
async fn told(chair: &Client, seq: u64, at: usize) -> Value {
    chair.until("told", |heard| heard.session.as_ref().unwrap()["seq"].as_u64() >= Some(seq)).await;
    chair.has(|heard| heard.session.as_ref().unwrap()["state"]["script"]["parts"][at]["frame"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_board_has_a_frame_of_its_own_for_the_same_title() {
    let folders = [tempdir().unwrap(), tempdir().unwrap()];
    for (folder, title) in folders.iter().zip([" tavoite", "   TAVOITE "]) {
        let server = Server::start(folder.path()).await;
        let chair = server.client("Chair", Role::Facilitator).await;
        frame(&chair, " tavoitteet").await;
        let area = |name: &str, of: Part| Part { area: Some(name.to_owned()), ..of };
        let wanted = vec![
            area("Teksti tavoite", silent(Naming::Named)),
            area("Teksti puuttuu", part(json!({}))),
            part(json!({})),
        ];
        let parts = start(&server, chair.person, wanted).await;
        let goal = frame(&chair, title).await;

        let (round, _) = begin(&server, chair.person, parts[0]).await;
        let (person, token) = server.person("Aino", Role::Participant).await;
        note(&draft(&server, (person, &token), round).await, "ajatus").await;
        let seq = command(&server, chair.person, REVEAL).await;
        assert_eq!(told(&chair, seq, 0).await, json!(goal), "found when it began");
        let (_, document) = server.app.rooms.open(server.board).await.unwrap().encoded().await.unwrap();
        let board = read::from_update(&document).unwrap();
        let thought = board.items.iter().find(|item| item.text == "ajatus").unwrap();
        assert_eq!(thought.parent.as_ref(), Some(&goal));

        // No such frame: none. One that is made later is found when the part is begun again.
        let seq = command(&server, chair.person, Command::StartPart { part: parts[1] }).await;
        assert_eq!(told(&chair, seq, 1).await, Value::Null);
        let late = frame(&chair, " Puuttuu").await;
        let seq = command(&server, chair.person, Command::RepeatPart { part: Some(parts[1]) }).await;
        assert_eq!(told(&chair, seq, 1).await, json!(late));
        // A part that is changed while it runs is where its new area is.
        let changed = Part { id: parts[2], ..area("TEKSTI TAVOITE", part(json!({}))) };
        let seq = command(&server, chair.person, Command::ChangePart { part: Box::new(changed) }).await;
        assert_eq!(told(&chair, seq, 2).await, json!(goal));

        // It is the journal's: after a restart it is the same.
        let server = server.restart().await;
        let again = server.client("Other", Role::Facilitator).await;
        assert_eq!(told(&again, seq, 0).await, json!(goal));
    }
}
