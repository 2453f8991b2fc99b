//! Promise: every cap of the gate holds at the limit and one past it, and counts only what is new.

use bytes::Bytes;
use jalostamo::{
    error::RefusalCode,
    gate::{Gate, Known, Verdict},
    limits,
    role::Role,
};
use yrs::{Map, MapPrelim, Text, WriteTxn};

use crate::{
    gate_hostile::number,
    gate_peer::{Board, Peer, id, make, object, point, rights, text},
};

fn note(n: usize) -> String {
    id("n", n)
}

/// Accepted at the limit, refused one past it.
fn limit(board: &mut Board, peer: &Peer, update: &Bytes, detail: &str) {
    let refusal = board.refuse(update, &peer.participant(), RefusalCode::Limit);
    assert_eq!(refusal.detail.as_deref(), Some(detail));
}

#[test]
fn units_of_a_text() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    board.accept(&peer.note(&note(1), &"a".repeat(limits::TEXT_UNITS - 2)), &peer.participant());
    let other = peer.tab(11);
    other.apply(&peer.whole());
    limit(&mut board, &peer, &other.insert(&note(1), 0, "b😀"), "text");
    board.accept(&peer.insert(&note(1), 0, "😀"), &peer.participant());
    // A full text can be shortened, and written again in one step.
    let swap = peer.edit(|txn| {
        let text = text(txn, "items", &note(1));
        text.remove_range(txn, 0, 2);
        text.insert(txn, 0, "xy");
    });
    board.accept(&swap, &peer.participant());
    let other = peer.tab(12);
    other.apply(&peer.whole());
    limit(&mut board, &peer, &other.insert(&note(1), 0, "z"), "text");
    board.accept(&peer.remove_text(&note(1), 0, 10), &peer.participant());
}

#[test]
fn bytes_of_a_string() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    board.accept(&peer.note(&note(1), ""), &peer.participant());
    let other = peer.tab(11);
    other.apply(&peer.whole());
    // Three bytes a unit: as many as a whole text can have, and one unit more.
    limit(&mut board, &peer, &other.insert(&note(1), 0, &"€".repeat(limits::STRING_BYTES / 3 + 1)), "string");
    board.accept(&peer.insert(&note(1), 0, &"€".repeat(limits::STRING_BYTES / 3)), &peer.participant());
    let other = peer.tab(12);
    other.apply(&peer.whole());
    let long = "a".repeat(limits::STRING_BYTES + 1);
    limit(&mut board, &peer, &other.set(&note(1), "color", long.clone()), "string");
    let refusal = board.refuse(&peer.set(&note(1), "color", &long[1..]), &peer.participant(), RefusalCode::Schema);
    assert_eq!(refusal.detail.as_deref(), Some("color"));
}

#[test]
fn structs_of_an_update() {
    for (count, fits) in [(limits::STRUCTS_PER_UPDATE, true), (limits::STRUCTS_PER_UPDATE + 1, false)] {
        let peer = Peer::new(77);
        let mut bytes = [vec![1], number(count as u64), vec![77, 0]].concat();
        bytes.extend([0, 1].repeat(count));
        bytes.push(0);
        let (mut board, update) = (Board::new(), Bytes::from(bytes));
        if fits {
            board.accept(&update, &peer.participant());
            board.nothing(&update, &peer.participant());
        } else {
            limit(&mut board, &peer, &update, "structs");
        }
    }
}

#[test]
fn live_objects() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    let many = |from: usize, to: usize| {
        peer.edit(|txn| {
            for n in from..to {
                make(txn, "items", &note(n), "note", peer.person);
            }
        })
    };
    for from in (0..limits::LIVE_OBJECTS).step_by(5_000) {
        board.accept(&many(from, from + 5_000), &peer.participant());
    }
    assert_eq!(board.gate.live_objects(), limits::LIVE_OBJECTS);
    let other = peer.tab(11);
    limit(&mut board, &peer, &other.note(&note(limits::LIVE_OBJECTS), ""), "objects");
    // A full board is still edited and emptied; and what is gone makes room.
    board.accept(&peer.set(&note(0), "at", point(1, 1)), &peer.participant());
    board.accept(&peer.set(&note(0), "gone", true), &peer.participant());
    board.accept(&many(limits::LIVE_OBJECTS, limits::LIVE_OBJECTS + 1), &peer.participant());
    limit(&mut board, &peer, &peer.set(&note(0), "gone", false), "objects");
    board.check_loaded();
}

#[test]
fn clients_of_a_person() {
    let peer = Peer::new(limits::CLIENTS_PER_PERSON as u64);
    let update = peer.note(&note(1), "");
    for (bound, fits) in [(limits::CLIENTS_PER_PERSON - 1, true), (limits::CLIENTS_PER_PERSON, false)] {
        let clients = (0..bound as u64).map(|client| (client, peer.person)).collect();
        let mut gate = Gate::new(Known { clients, ..Known::default() });
        match gate.judge(&update, &peer.participant()) {
            Verdict::Accept(_) => assert!(fits),
            Verdict::Refuse(refusal) => assert_eq!((fits, refusal.detail.as_deref()), (false, Some("clients"))),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn elements_of_a_set_are_no_values() {
    // A set's nesting is the deepest there is: root, object, set, element.
    let (mut board, peer) = (Board::new(), Peer::new(10));
    let update = peer.edit(|txn| {
        let obstacle = make(txn, "items", &id("o", 1), "obstacle", peer.person);
        obstacle.insert(txn, "types", MapPrelim::from([("other", true)]));
    });
    board.accept(&update, &peer.participant());
    let deeper = peer.edit(|txn| {
        let Some(yrs::Out::YMap(types)) = object(txn, "items", &id("o", 1)).get(txn, "types") else { panic!() };
        types.insert(txn, "funding", MapPrelim::default());
    });
    board.refuse(&deeper, &rights(peer.person, Role::Owner), RefusalCode::Schema);
}

#[test]
fn a_title_is_as_long_as_its_line() {
    let peer = Peer::new(10);
    let owner = rights(peer.person, Role::Owner);
    for (units, fits) in [(limits::TITLE_CHARS, true), (limits::TITLE_CHARS + 1, false)] {
        let mut board = Board::new();
        let tab = peer.tab(20 + units as u64);
        let update = tab.edit(|txn| {
            txn.get_or_insert_map("meta").insert(txn, "title", "ä".repeat(units));
        });
        if fits {
            board.accept(&update, &owner);
        } else {
            board.refuse(&update, &owner, RefusalCode::Schema);
        }
    }
}

#[test]
fn steps_to_find_an_order() {
    // A chain of values that two tabs wrote over each other by turns, and then values written over its first.
    let (mut board, peer) = (Board::new(), Peer::new(10));
    let tabs = [peer.tab(11), peer.tab(12)];
    let first = peer.note(&note(1), "");
    board.accept(&first, &peer.participant());
    tabs.iter().for_each(|tab| tab.apply(&first));
    for n in 0..2_000_i64 {
        let (one, other) = if n % 2 == 0 { (&tabs[0], &tabs[1]) } else { (&tabs[1], &tabs[0]) };
        let update = one.set(&note(1), "at", point(n, 0));
        other.apply(&update);
        board.accept(&update, &peer.participant());
    }
    let old = |client: u64, count: usize| {
        // Each over the value of the creation, which is the note's fifth block.
        let block = [0xa8, 10, 4, 1, 117, 2, 125, 1, 125, 1];
        let head = [vec![1], number(count as u64), number(client), vec![0]].concat();
        Bytes::from([head, block.repeat(count), vec![0]].concat())
    };
    board.accept(&old(5, 400), &peer.participant());
    limit(&mut board, &peer, &old(6, 600), "order");
    board.check_loaded();
}
