//! Silent parts and what people write in them, as tests of privacy need it. Knows no promise.

use jalostamo::{
    facilitation::{Command, Naming, Part, Writing},
    ids::{PartId, PersonId, RoundId, Seq},
};
use serde_json::json;
use yrs::Doc;

use crate::support::{
    board::Server,
    collab::{Client, options},
    script::{self, command},
};

/// Reveals the newest round.
pub(crate) const REVEAL: Command = Command::Reveal { part: None, late: false };

/// A silent part in which people write notes.
pub(crate) fn silent(naming: Naming) -> Part {
    let part = script::part(json!({"add": ["note"], "editOwn": true, "deleteOwn": true}));
    Part { writing: Writing::Silent, naming, ..part }
}

/// Begins a part; the round that it begins, and the number of the newest event.
pub(crate) async fn begin(server: &Server, chair: PersonId, part: PartId) -> (RoundId, Seq) {
    let seq = command(server, chair, Command::StartPart { part }).await;
    (round(server, chair).await, seq)
}

/// The newest round.
pub(crate) async fn round(server: &Server, chair: PersonId) -> RoundId {
    let room = server.app.rooms.open(server.board).await.unwrap();
    let (_, state) = room.session(chair, jalostamo::role::Role::Facilitator).await.unwrap();
    state["rounds"].as_array().unwrap().last().unwrap()["round"].as_str().unwrap().parse().unwrap()
}

/// A draft's name on a socket.
pub(crate) fn name(server: &Server, round: RoundId, number: u32) -> String {
    format!("draft.{}.{round}.{number}", server.board)
}

/// Somebody's draft, in step with the server.
pub(crate) async fn draft(server: &Server, who: (PersonId, &str), round: RoundId) -> Client {
    let client = dial(server, who, &name(server, round, 1), Doc::with_options(options())).await;
    client.until("in step", |heard| heard.synced).await;
    client
}

/// As [`draft`], by name, with a document of one's own, and without waiting.
pub(crate) async fn dial(server: &Server, (person, token): (PersonId, &str), name: &str, doc: Doc) -> Client {
    Client::dial(server, person, token, doc, name).await
}

/// Writes a note and waits until it is durable.
pub(crate) async fn note(draft: &Client, text: &str) -> String {
    let (id, update) = draft.write_note(text);
    let n = draft.sync(2, &update).await;
    draft.until("durable", |heard| heard.durable >= n).await;
    assert!(draft.has(|heard| !heard.reasons.contains_key(&n)));
    id
}
