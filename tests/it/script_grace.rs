//! When a part ends, whoever is in the middle of a sentence finishes it: their text, for a minute, and nothing else.

use jalostamo::{facilitation::Command, role::Role};
use serde_json::json;
use tempfile::tempdir;
use yrs::Any;

use crate::support::{
    board::Server,
    script::{attempt, begin, command, part, set, start, write},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_being_written_stays_its_writers() {
    let folder = tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let chair = server.client("Chair", Role::Facilitator).await;
    let aino = server.client("Aino", Role::Participant).await;
    let otto = server.client("Otto", Role::Participant).await;
    let parts =
        start(&server, chair.person, vec![part(json!({"add": ["note"], "editAll": true})), part(json!({}))]).await;
    let untouched = chair.note("puheenjohtajan").await;
    begin(&server, chair.person, parts[0], &[&aino, &otto]).await;
    let note = aino.note("kesken").await;
    for client in [&aino, &otto, &chair] {
        client.until_texts(&["kesken", "puheenjohtajan"]).await;
    }
    begin(&server, chair.person, parts[1], &[&aino, &otto]).await;
    let by_part = Some(("part".to_owned(), Some(parts[1].to_string())));
    assert_eq!(attempt(&aino, |txn| write(txn, &note, " loppuun")).await, None, "the sentence is finished");
    assert_eq!(attempt(&aino, |txn| write(txn, &untouched, "!")).await, by_part, "not another text");
    assert_eq!(attempt(&aino, |txn| set(txn, &note, "color", Any::from("pink"))).await, by_part, "only the text");
    assert_eq!(attempt(&otto, |txn| write(txn, &note, "!")).await, by_part, "nobody else");
    chair.until_texts(&["kesken loppuun", "puheenjohtajan"]).await;
    // A lock and a pause are meant now.
    let seq = command(&server, chair.person, Command::Lock { objects: vec![note.clone()] }).await;
    crate::support::script::confirm(&aino, seq).await;
    assert_eq!(attempt(&aino, |txn| write(txn, &note, "!")).await, Some(("locked".to_owned(), None)));
    command(&server, chair.person, Command::Unlock { objects: vec![note.clone()] }).await;
    let seq = command(&server, chair.person, Command::Pause).await;
    crate::support::script::confirm(&aino, seq).await;
    assert_eq!(attempt(&aino, |txn| write(txn, &note, "!")).await, Some(("readOnly".to_owned(), None)));
}
