//! Promise: the caps of the gate that are counted in what an update brings hold exactly, through whole updates. The
//! others are in `gate_limits`.

use bytes::Bytes;
use jalostamo::{error::RefusalCode, gate::Verdict, limits, role::Role};

use crate::{
    gate_hostile::{code, number, refused, title, under_root, update, value, word},
    gate_peer::{Board, Peer, id, point, rights},
};

/// What the gate says to bytes on an empty board, as (fits, detail).
fn said(bytes: Vec<u8>) -> (bool, Option<String>) {
    let (mut board, peer) = (Board::new(), Peer::new(9));
    match board.judge(&bytes.into(), &rights(peer.person, Role::Owner)) {
        Verdict::Refuse(refusal) => (false, refusal.detail),
        Verdict::Accept(_) => (true, None),
        other => panic!("{other:?}"),
    }
}

/// A block may hold many values in few bytes: sixteen for each block that an update may bring.
#[test]
fn values_of_an_update() {
    let most = 16 * limits::STRUCTS_PER_UPDATE;
    for (count, detail) in [(most, "title"), (most + 1, "structs")] {
        let content = [number(count as u64), vec![126; count]].concat();
        let refusal = refused(title(&content));
        assert_eq!(refusal.detail.as_deref(), Some(detail), "{count} values");
    }
}

#[test]
fn entries_of_a_value() {
    for (count, wanted) in
        [(limits::VALUE_ENTRIES, RefusalCode::Schema), (limits::VALUE_ENTRIES + 1, RefusalCode::Limit)]
    {
        let array = [vec![117], number(count as u64), vec![126; count]].concat();
        assert_eq!(code(title(&value(&array))), wanted);
        let entries = [vec![118], number(count as u64), [1, b'a', 126].repeat(count)].concat();
        assert_eq!(code(title(&value(&entries))), wanted);
    }
}

#[test]
fn bytes_of_a_key() {
    for (length, wanted) in [(limits::KEY_BYTES, RefusalCode::Schema), (limits::KEY_BYTES + 1, RefusalCode::Limit)] {
        let key = "a".repeat(length);
        assert_eq!(code(update(5, 0, &[under_root("meta", &key, 8, &word("x"))])), wanted);
        let inside = [vec![118, 1, length as u8], key.into_bytes(), vec![126]].concat();
        assert_eq!(code(title(&value(&inside))), wanted);
    }
}

#[test]
fn bytes_of_a_string_in_a_value() {
    for (length, wanted) in
        [(limits::STRING_BYTES, RefusalCode::Schema), (limits::STRING_BYTES + 1, RefusalCode::Limit)]
    {
        assert_eq!(code(title(&word(&"a".repeat(length)))), wanted);
    }
}

#[test]
fn the_last_clock_there_is() {
    let last = limits::CLOCK - 1;
    assert_eq!(said(update(5, 0, &[[vec![0], number(last)].concat()])), (true, None));
    assert_eq!(said(update(5, 0, &[[vec![0], number(last)].concat(), vec![0, 1]])), (false, Some("clock".into())));
    assert_eq!(said(update(5, 0, &[[vec![0], number(limits::CLOCK)].concat()])), (false, Some("clock".into())));
}

/// Values over an old one are held against every newer one: so many steps may an update take, and not one more.
#[test]
fn steps_to_find_an_order_exactly() {
    const CHAIN: usize = 1_000;
    let (mut board, peer) = (Board::new(), Peer::new(10));
    let tabs = [peer.tab(11), peer.tab(12)];
    let first = peer.note(&id("n", 1), "");
    board.accept(&first, &peer.participant());
    tabs.iter().for_each(|tab| tab.apply(&first));
    for n in 0..CHAIN {
        let (one, other) = (&tabs[n % 2], &tabs[(n + 1) % 2]);
        let update = one.set(&id("n", 1), "at", point(n as i64, 0));
        other.apply(&update);
        board.accept(&update, &peer.participant());
    }
    // Each over the value of the creation, the note's fifth block; its rival is the first of the chain, `CHAIN` steps down.
    let old = |client: u64, count: usize| {
        let block = [0xa8, 10, 4, 1, 117, 2, 125, 1, 125, 1];
        let head = [vec![1], number(count as u64), number(client), vec![0]].concat();
        Bytes::from([head, block.repeat(count), vec![0]].concat())
    };
    // The step after which none is left is one too many.
    let fits = (limits::ORDER_STEPS - 1) / CHAIN;
    let refusal = board.refuse(&old(5, fits + 1), &peer.participant(), RefusalCode::Limit);
    assert_eq!(refusal.detail.as_deref(), Some("order"));
    board.accept(&old(5, fits), &peer.participant());
    board.check_loaded();
}
