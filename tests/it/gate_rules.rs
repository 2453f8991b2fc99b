//! Promise: every rule of the gate, one by one, on updates that real documents make.

use bytes::Bytes;
use jalostamo::{error::RefusalCode, ids::PersonId, rights::Rights, role::Role};
use yrs::{Any, Map, MapPrelim, Out, Text, TextPrelim, WriteTxn, types::Attrs};

use crate::gate_peer::{Board, Peer, document, id, locked, make, object, point, rights, text, whole};

pub(crate) fn note(n: usize) -> String {
    id("n", n)
}

/// A board with Aino's note 1, and Bertta who has it too.
pub(crate) fn two() -> (Board, Peer, Peer) {
    let (mut board, aino, bertta) = (Board::new(), Peer::new(10), Peer::new(20));
    let update = aino.note(&note(1), "hei");
    board.accept(&update, &aino.participant());
    bertta.apply(&update);
    (board, aino, bertta)
}

#[test]
fn accepts_creation_and_binds_client_and_author() {
    let (mut board, aino) = (Board::new(), Peer::new(10));
    let accepted = board.accept(&aino.note(&note(1), "hei"), &aino.participant());
    assert_eq!(accepted.clients, vec![(10, aino.person)]);
    assert_eq!(accepted.created, vec![(note(1), aino.person)]);
    assert_eq!(board.gate.live_objects(), 1);
    board.check_loaded();
    assert_eq!(board.accept(&aino.insert(&note(1), 3, "!"), &aino.participant()).clients, vec![]);
}

#[test]
fn repetition_is_nothing_even_from_an_observer() {
    let (mut board, aino, bertta) = two();
    board.accept(&aino.set(&note(1), "at", point(5, 5)), &aino.participant());
    board.accept(&aino.remove_text(&note(1), 0, 1), &aino.participant());
    board.nothing(&aino.whole(), &aino.participant());
    board.nothing(&whole(&board.doc), &rights(bertta.person, Role::Observer));
    board.nothing(&Bytes::from_static(&[0, 0]), &rights(bertta.person, Role::Observer));
}

#[test]
fn concurrent_writes_leave_observers_nothing_to_say() {
    let (mut board, aino, bertta) = two();
    let (a, b) = (aino.set(&note(1), "at", point(5, 5)), bertta.set(&note(1), "at", point(6, 6)));
    board.accept(&a, &aino.participant());
    board.accept(&b, &bertta.participant());
    aino.apply(&b);
    bertta.apply(&a);
    // Each has deleted the value that lost; neither ever sent that.
    board.nothing(&aino.whole(), &rights(PersonId::new(), Role::Observer));
    board.nothing(&bertta.whole(), &rights(PersonId::new(), Role::Observer));
    board.check_loaded();
}

#[test]
fn a_partly_known_block_counts_only_its_tail() {
    let (mut board, aino) = (Board::new(), Peer::new(10));
    board.accept(&aino.note(&note(1), "a"), &aino.participant());
    board.accept(&aino.insert(&note(1), 1, "b"), &aino.participant());
    aino.insert(&note(1), 2, "c");
    aino.insert(&note(1), 3, "d😀e");
    // The whole state holds "abcd😀e" as one block.
    board.accept(&aino.whole(), &aino.participant());
    assert_eq!(board.fingerprint().2, vec![(note(1), Some(aino.person), 7)]);
    board.check_loaded();
}

#[test]
fn waits_for_gaps_and_unknown_references() {
    let (mut board, aino) = (Board::new(), Peer::new(10));
    let (first, second) = (aino.note(&note(1), "hei"), aino.insert(&note(1), 3, "!"));
    board.wait(&second, &aino.participant());
    let bertta = Peer::new(20);
    bertta.apply(&first);
    bertta.apply(&second);
    let (edit, deletion) = (bertta.insert(&note(1), 4, "?"), bertta.remove_text(&note(1), 0, 1));
    board.wait(&edit, &bertta.participant());
    board.wait(&deletion, &bertta.participant());
    board.accept(&first, &aino.participant());
    board.wait(&edit, &bertta.participant());
    board.accept(&second, &aino.participant());
    board.accept(&edit, &bertta.participant());
    board.accept(&deletion, &bertta.participant());
    board.check_loaded();
}

#[test]
fn blocks_may_come_in_any_order_of_clients() {
    // Two tabs of one person build on each other, back and forth; the update holds both clients.
    let (mut board, one) = (Board::new(), Peer::new(10));
    let two = one.tab(20);
    two.apply(&one.note(&note(1), "a"));
    for n in 1..40_u32 {
        let (from, to) = if n % 2 == 0 { (&one, &two) } else { (&two, &one) };
        to.apply(&from.insert(&note(1), n, "x"));
        to.apply(&from.set(&note(1), "at", point(i64::from(n), 0)));
    }
    let accepted = board.accept(&two.whole(), &one.participant());
    assert_eq!(accepted.clients.len(), 2);
    board.check_loaded();
}

#[test]
fn roles_hold() {
    let (mut board, aino, bertta) = two();
    let observer = rights(bertta.person, Role::Observer);
    board.refuse(&bertta.note(&note(2), ""), &observer, RefusalCode::Role);
    let stranger = Peer::new(30);
    stranger.apply(&aino.whole());
    let observer = rights(stranger.person, Role::Observer);
    let edit = stranger.insert(&note(1), 0, "x");
    assert_eq!(board.refuse(&edit, &observer, RefusalCode::Role).object, Some(note(1)));
    let deletion = stranger.remove_text(&note(1), 1, 1);
    let paused = Rights { read_only: true, ..stranger.participant() };
    board.refuse(&edit, &paused, RefusalCode::ReadOnly);
    board.refuse(&edit, &locked(stranger.person, Role::Participant, &[&note(1)]), RefusalCode::Locked);
    board.accept(&edit, &stranger.participant());
    board.refuse(&deletion, &observer, RefusalCode::Role);
    board.accept(&deletion, &locked(stranger.person, Role::Facilitator, &[&note(1)]));
    let title = stranger.edit(|txn| {
        txn.get_or_insert_map("meta").insert(txn, "title", "Kotihoito");
    });
    board.refuse(&title, &stranger.participant(), RefusalCode::Role);
    board.accept(&title, &rights(stranger.person, Role::Owner));
}

#[test]
fn comments_are_their_authors() {
    let (mut board, aino, bertta) = two();
    let name = id("c", 1);
    let update = aino.edit(|txn| {
        let comment = make(txn, "comments", &name, "comment", aino.person);
        comment.insert(txn, "target", note(1));
        comment.insert(txn, "text", TextPrelim::new("miksi?"));
    });
    board.accept(&update, &aino.participant());
    bertta.apply(&update);
    let edit = bertta.edit(|txn| text(txn, "comments", &name).insert(txn, 0, "x"));
    board.refuse(&edit, &bertta.participant(), RefusalCode::NotYours);
    board.accept(&aino.edit(|txn| text(txn, "comments", &name).insert(txn, 0, "no ")), &aino.participant());
}

#[test]
fn authors_are_written_once() {
    let (mut board, aino, bertta) = two();
    let (own, other) = (aino.person.to_string(), bertta.person.to_string());
    board.refuse(&bertta.set(&note(1), "author", other.clone()), &bertta.participant(), RefusalCode::Author);
    let second = Peer::new(21);
    second.apply(&aino.whole());
    board.refuse(&second.set(&note(1), "author", own), &aino.participant(), RefusalCode::Author);
    let third = aino.tab(22);
    third.apply(&aino.whole());
    let removal = third.edit(|txn| {
        object(txn, "items", &note(1)).remove(txn, "author");
    });
    board.refuse(&removal, &aino.participant(), RefusalCode::Author);
    let fourth = Peer::new(23);
    let forged = fourth.edit(|txn| {
        make(txn, "items", &note(5), "note", aino.person);
    });
    board.refuse(&forged, &fourth.participant(), RefusalCode::Author);
    let fifth = Peer::new(24);
    let nobody = fifth.edit(|txn| {
        let items = txn.get_or_insert_map("items");
        items.insert(txn, note(6), MapPrelim::from([("kind", "note")]));
    });
    board.refuse(&nobody, &fifth.participant(), RefusalCode::Author);
    board.refuse(&aino.set(&note(1), "made", 1_i64), &aino.participant(), RefusalCode::Author);
}

#[test]
fn the_schema_holds() {
    let wrong: [(&str, Any); 8] = [
        ("nonsense", Any::from(1_i64)),
        ("at", Any::from("1,2")),
        ("at", point(1, 10_000_000)),
        ("severity", Any::from(2_i64)),
        ("kind", Any::from("note")),
        ("color", Any::from("#ffffff")),
        ("text", Any::from("plain")),
        ("__proto__", Any::from(true)),
    ];
    for (key, value) in wrong {
        let (mut board, aino, _) = two();
        board.refuse(&aino.set(&note(1), key, value), &aino.participant(), RefusalCode::Schema);
    }
    let made = |root: &'static str, name: String, kind: &'static str| {
        let (mut board, aino) = (Board::new(), Peer::new(10));
        let update = aino.edit(|txn| {
            make(txn, root, &name, kind, aino.person);
        });
        board.refuse(&update, &aino.participant(), RefusalCode::Schema);
    };
    made("items", note(1), "lane");
    made("items", note(1), "hat");
    made("items", "n_1".into(), "note");
    made("links", note(1), "note");
    made("things", note(1), "note");
    let (mut board, aino) = (Board::new(), Peer::new(10));
    let kindless = aino.edit(|txn| {
        let items = txn.get_or_insert_map("items");
        items.insert(txn, note(1), MapPrelim::from([("author", aino.person.to_string())]));
    });
    board.refuse(&kindless, &aino.participant(), RefusalCode::Schema);
}

#[test]
fn sets_hold_elements_and_true() {
    let (mut board, aino) = (Board::new(), Peer::new(10));
    let name = id("o", 1);
    let update = aino.edit(|txn| {
        let obstacle = make(txn, "items", &name, "obstacle", aino.person);
        obstacle.insert(txn, "types", MapPrelim::from([("funding", true)]));
        obstacle.insert(txn, "severity", 3_i64);
    });
    board.accept(&update, &aino.participant());
    let element = |peer: &Peer, key: &str, value: Any| {
        peer.edit(|txn| match object(txn, "items", &name).get(txn, "types") {
            Some(Out::YMap(types)) => {
                types.insert(txn, key, value);
            }
            _ => panic!("no set"),
        })
    };
    board.accept(&element(&aino, "culture", Any::from(true)), &aino.participant());
    let other = aino.tab(11);
    other.apply(&aino.whole());
    board.refuse(&element(&other, "culture", Any::from(false)), &aino.participant(), RefusalCode::Schema);
    let other = aino.tab(12);
    other.apply(&aino.whole());
    board.refuse(&element(&other, "weather", Any::from(true)), &aino.participant(), RefusalCode::Schema);
    board.check_loaded();
}

#[test]
fn formatting_and_arrays_and_documents_are_refused() {
    let fresh = || {
        let (board, aino, _) = two();
        let tab = aino.tab(11);
        tab.apply(&aino.whole());
        (board, tab)
    };
    let (mut board, tab) = fresh();
    let bold = Attrs::from([("b".into(), true.into())]);
    let update = tab.edit(|txn| text(txn, "items", &note(1)).format(txn, 0, 2, bold));
    board.refuse(&update, &tab.participant(), RefusalCode::Unsupported);
    let (mut board, tab) = fresh();
    let update = tab.edit(|txn| {
        text(txn, "items", &note(1)).insert_embed(txn, 0, Any::from(true));
    });
    board.refuse(&update, &tab.participant(), RefusalCode::Unsupported);
    let (mut board, tab) = fresh();
    let update = tab.edit(|txn| {
        object(txn, "items", &note(1)).insert(txn, "at", yrs::ArrayPrelim::from([1_i64, 2]));
    });
    board.refuse(&update, &tab.participant(), RefusalCode::Unsupported);
    let (mut board, tab) = fresh();
    let update = tab.edit(|txn| {
        object(txn, "items", &note(1)).insert(txn, "at", document(99));
    });
    board.refuse(&update, &tab.participant(), RefusalCode::Unsupported);
    let (mut board, tab) = fresh();
    let update = tab.edit(|txn| {
        object(txn, "items", &note(1)).insert(txn, "at", Any::from(vec![1_u8, 2].as_slice()));
    });
    assert!(matches!(board.judge(&update, &tab.participant()), jalostamo::gate::Verdict::Refuse(_)));
}

#[test]
fn only_the_author_removes_a_key() {
    let (mut board, aino, bertta) = two();
    board.accept(&bertta.insert(&note(1), 0, "oi "), &bertta.participant());
    aino.apply(&bertta.whole());
    let other = bertta.tab(21);
    other.apply(&bertta.whole());
    board.refuse(&other.uncreate(&note(1)), &rights(bertta.person, Role::Owner), RefusalCode::NotYours);
    board.refuse(&aino.tab_uncreate(), &locked(aino.person, Role::Participant, &[&note(1)]), RefusalCode::Locked);
    board.accept(&aino.uncreate(&note(1)), &aino.participant());
    assert_eq!(board.gate.live_objects(), 0);
    board.check_loaded();
    // What others wrote meanwhile enters, and is dead.
    board.accept(&bertta.insert(&note(1), 0, "vielä "), &bertta.participant());
    board.check_loaded();
}

impl Peer {
    /// What removing note 1 would be, from a copy.
    fn tab_uncreate(&self) -> Bytes {
        let tab = self.tab(77);
        tab.apply(&self.whole());
        tab.uncreate(&note(1))
    }
}

#[test]
fn a_removed_key_comes_back_under_its_first_author_only() {
    let (mut board, aino, bertta) = two();
    board.accept(&aino.uncreate(&note(1)), &aino.participant());
    bertta.apply(&aino.whole());
    let stolen = bertta.edit(|txn| {
        make(txn, "items", &note(1), "note", bertta.person);
    });
    board.refuse(&stolen, &bertta.participant(), RefusalCode::Author);
    let puppet = Peer::new(21);
    puppet.apply(&aino.whole());
    let update = puppet.edit(|txn| {
        make(txn, "items", &note(1), "note", aino.person);
    });
    board.refuse(&update, &puppet.participant(), RefusalCode::NotYours);
    let accepted = board.accept(&aino.note(&note(1), "taas"), &aino.participant());
    assert_eq!(accepted.created, vec![], "it is not new");
    assert_eq!(board.gate.live_objects(), 1);
    board.check_loaded();
}

#[test]
fn a_live_key_is_not_replaced_by_others() {
    let (mut board, aino, bertta) = two();
    let update = bertta.note(&note(1), "minun");
    board.refuse(&update, &bertta.participant(), RefusalCode::Replaced);
    board.refuse(&update, &rights(bertta.person, Role::Owner), RefusalCode::Replaced);
    // For the author it is what undo and redo of the creation are when they arrive together.
    board.accept(&aino.uncreate(&note(1)), &aino.participant());
    board.check_loaded();
}

#[test]
fn a_client_is_one_persons() {
    let (mut board, aino, bertta) = two();
    let update = aino.insert(&note(1), 0, "x");
    board.refuse(&update, &bertta.participant(), RefusalCode::Client);
    board.accept(&update, &aino.participant());
}

#[test]
fn made_and_deleted_offline_owns_nothing() {
    let (mut board, aino, _) = two();
    aino.note(&note(2), "turha");
    aino.insert(&note(2), 0, "ihan ");
    aino.uncreate(&note(2));
    let update = aino.insert(&note(1), 0, "x");
    board.wait(&update, &aino.participant());
    let accepted = board.accept(&aino.whole(), &aino.participant());
    assert_eq!(accepted.created, vec![]);
    assert_eq!(board.gate.live_objects(), 1);
    board.check_loaded();
}

#[test]
fn gone_counts_as_deleting_and_takes_an_object_off_the_board() {
    let (mut board, aino, bertta) = two();
    board.accept(&bertta.set(&note(1), "gone", true), &bertta.participant());
    assert_eq!(board.gate.live_objects(), 0);
    board.check_loaded();
    let update = bertta.edit(|txn| {
        object(txn, "items", &note(1)).remove(txn, "gone");
    });
    board.accept(&update, &bertta.participant());
    assert_eq!(board.gate.live_objects(), 1);
    board.check_loaded();
    aino.apply(&bertta.whole());
    board.accept(&aino.set(&note(1), "gone", true), &aino.participant());
    board.accept(&aino.set(&note(1), "gone", false), &aino.participant());
    assert_eq!(board.gate.live_objects(), 1);
    board.check_loaded();
}

#[test]
fn halves_of_a_surrogate_pair() {
    let (mut board, aino) = (Board::new(), Peer::new(10));
    board.accept(&aino.note(&note(1), "a😀b"), &aino.participant());
    board.accept(&aino.insert(&note(1), 2, "x"), &aino.participant());
    board.accept(&aino.remove_text(&note(1), 1, 1), &aino.participant());
    assert_eq!(board.fingerprint().2, vec![(note(1), Some(aino.person), 4)]);
    board.check_loaded();
}
