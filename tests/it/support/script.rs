//! A workshop on a board, as tests of its script need it. Knows no promise.

use std::sync::Arc;

use jalostamo::{
    facilitation::{Agenda, Command, Part, Plan},
    ids::{PartId, PersonId, Seq, WorkshopId},
    programme::{Language, Names},
    role::Role,
};
use serde_json::{Value, json};
use yrs::{Any, Doc, Map, MapPrelim, ReadTxn, TextPrelim, Transact, TransactionMut, Update, updates::decoder::Decode};

use crate::support::{
    board::Server,
    collab::{Client, options},
};

/// A part of five minutes in which participants may do this.
pub(crate) fn part(may: Value) -> Part {
    serde_json::from_value(json!({"title": {"fi": "Osa"}, "minutes": 5, "may": may})).unwrap()
}

/// Begins a workshop of these parts on the server's board; their ids.
pub(crate) async fn start(server: &Server, chair: PersonId, parts: Vec<Part>) -> Vec<PartId> {
    let agenda = Agenda::cleaned(parts).unwrap();
    let ids = agenda.parts().iter().map(|part| part.id).collect();
    let title = Names { fi: "Työpaja".into(), ..Names::default() };
    let plan = Some(Arc::new(Plan { title, language: Language::Fi, agenda }));
    command(server, chair, Command::StartWorkshop { workshop: WorkshopId::new(), plan }).await;
    ids
}

/// Carries out a facilitator's command on the server's board.
pub(crate) async fn command(server: &Server, chair: PersonId, command: Command) -> Seq {
    let room = server.app.rooms.open(server.board).await.unwrap();
    room.command(chair, Role::Facilitator, command).await.unwrap()
}

/// Begins a part; returns when everybody has it on the screen and said so.
pub(crate) async fn begin(server: &Server, chair: PersonId, part: PartId, everybody: &[&Client]) {
    let seq = command(server, chair, Command::StartPart { part }).await;
    for client in everybody {
        confirm(client, seq).await;
    }
}

/// Has the session state of this number on the screen, and says so.
pub(crate) async fn confirm(client: &Client, seq: Seq) {
    client.until("the session state", |heard| heard.session.as_ref().is_some_and(|it| it["seq"] == seq)).await;
    client.stateless(&format!(r#"{{"type":"seen","seq":{seq}}}"#)).await;
}

/// An edit made on a copy of what the client has, so that nothing stays behind when it is refused. Gives its answer: `None` when
/// it is durable, else the code and the part that the refusal names.
pub(crate) async fn attempt(
    client: &Client,
    edit: impl FnOnce(&mut TransactionMut<'_>),
) -> Option<(String, Option<String>)> {
    let copy = Doc::with_options(options());
    for root in ["items", "links", "comments", "meta"] {
        copy.get_or_insert_map(root);
    }
    let whole = client.has(|_| client.doc.transact().encode_state_as_update_v1(&yrs::StateVector::default()));
    copy.transact_mut().apply_update(Update::decode_v1(&whole).unwrap()).unwrap();
    let update = {
        let mut txn = copy.transact_mut();
        edit(&mut txn);
        txn.encode_update_v1()
    };
    let n = client.sync(2, &update).await;
    client.until("an answer", |heard| heard.durable >= n).await;
    client.has(|heard| {
        heard.reasons.get(&n).map(|reason| {
            let word = |name: &str| reason[name].as_str().map(str::to_owned);
            (word("code").unwrap(), word("part"))
        })
    })
}

/// The fields that a browser writes for a new object.
pub(crate) fn put(txn: &mut TransactionMut<'_>, root: &str, kind: &str, id: &str, author: PersonId) {
    let root = txn.get_map(root).unwrap();
    let object = root.insert(txn, id, MapPrelim::default());
    object.insert(txn, "kind", kind);
    object.insert(txn, "author", author.to_string());
    object.insert(txn, "made", 1_790_000_000_000_i64);
    object.insert(txn, "text", TextPrelim::new("Teksti"));
}

/// Writes a plain field of an item.
pub(crate) fn set(txn: &mut TransactionMut<'_>, item: &str, field: &str, value: Any) {
    let items = txn.get_map("items").unwrap();
    let Some(yrs::Out::YMap(item)) = items.get(txn, item) else { panic!("no item") };
    item.insert(txn, field, value);
}

/// Writes at the end of an item's text.
pub(crate) fn write(txn: &mut TransactionMut<'_>, item: &str, text: &str) {
    use yrs::Text as _;
    let items = txn.get_map("items").unwrap();
    let Some(yrs::Out::YMap(item)) = items.get(txn, item) else { panic!("no item") };
    let Some(yrs::Out::YText(y)) = item.get(txn, "text") else { panic!("no text") };
    let end = y.len(txn);
    y.insert(txn, end, text);
}
