//! Promise: what an update makes the CRDT walk in texts is bounded. Knows the byte format, to write what no editor does.

use bytes::Bytes;
use jalostamo::{error::RefusalCode, limits};
use yrs::Text;

use crate::{
    gate_hostile::number,
    gate_peer::{Board, Peer, apply, document, id, text, whole},
};

/// Clients of one person: the blocks of the higher stand after all of the lower at the same place.
const LOW: u64 = 20;
const HIGH: u64 = 30;

/// `low` blocks of one deleted unit right after the first unit of a text, and as many of another client as `high` says, which has
/// not heard of them: each of the latter is held against each of the former.
fn crowd(origin: (u64, u64), low: usize, high: usize) -> Bytes {
    let mut bytes = number(u64::from(low > 0) + u64::from(high > 0));
    for (client, count) in [(HIGH, high), (LOW, low)] {
        if count == 0 {
            continue;
        }
        bytes.extend([number(count as u64), number(client), vec![0]].concat());
        for n in 0..count as u64 {
            // Before the one before it.
            let right = n.checked_sub(1).map(|before| [number(client), number(before)].concat());
            let info = if right.is_some() { 0xc1 } else { 0x81 };
            let right = right.unwrap_or_default();
            bytes.extend([vec![info], number(origin.0), number(origin.1), right, vec![1]].concat());
        }
    }
    bytes.push(0);
    bytes.into()
}

/// A board with one note of one unit, and that unit's id.
fn board(peer: &Peer) -> (Board, (u64, u64)) {
    let mut board = Board::new();
    board.accept(&peer.note(&id("n", 1), ""), &peer.participant());
    let typed = peer.insert(&id("n", 1), 0, "x");
    board.accept(&typed, &peer.participant());
    let at = board.gate.state_vector().find(|(client, _)| *client == 10).unwrap().1;
    (board, (10, u64::from(at) - 1))
}

/// How many steps `count` blocks are counted as, in a text that is one block.
fn steps(count: usize) -> usize {
    (1..=count).map(|n| n + 1).sum()
}

/// The most blocks that fit into one text at once.
fn most() -> usize {
    (1..).find(|count| steps(count + 1) > limits::TEXT_STEPS).unwrap()
}

#[test]
fn blocks_of_one_text_at_the_limit_and_one_past_it() {
    let peer = Peer::new(10);
    let (mut board, origin) = board(&peer);
    let count = most();
    let refusal =
        board.refuse(&crowd(origin, count / 2, count + 1 - count / 2), &peer.participant(), RefusalCode::Limit);
    assert_eq!((refusal.detail.as_deref(), refusal.object), (Some("order"), Some(id("n", 1))));
    board.accept(&crowd(origin, count / 2, count - count / 2), &peer.participant());
    board.check_loaded();
}

#[test]
fn pieces_are_counted_across_updates_and_deletions() {
    let peer = Peer::new(10);
    let (mut board, origin) = board(&peer);
    board.accept(&crowd(origin, 1_500, 0), &peer.participant());
    // Each of these is held against the ones that are there.
    let fits = (1..).find(|count| (1..=count + 1).map(|n| n + 1_501).sum::<usize>() > limits::TEXT_STEPS).unwrap();
    board.refuse(&crowd(origin, 0, fits + 1), &peer.participant(), RefusalCode::Limit);
    board.accept(&crowd(origin, 0, fits), &peer.participant());
    board.check_loaded();

    let peer = Peer::new(10);
    let (mut board, origin) = self::board(&peer);
    board.accept(&peer.insert(&id("n", 1), 1, &"a".repeat(2_000)), &peer.participant());
    let cut = peer.edit(|txn| {
        let text = text(txn, "items", &id("n", 1));
        (0..1_000).for_each(|at| text.remove_range(txn, at + 1, 1));
    });
    board.accept(&cut, &peer.participant());
    board.refuse(&crowd(origin, 0, most()), &peer.participant(), RefusalCode::Limit);
    board.accept(&crowd(origin, 0, most() / 2), &peer.participant());
}

#[test]
fn scattered_edits_of_a_full_note_made_offline_fit() {
    let peer = Peer::new(10);
    let (mut board, _) = board(&peer);
    board.accept(&peer.insert(&id("n", 1), 0, &"a".repeat(2_500)), &peer.participant());
    let offline = peer.edit(|txn| {
        let text = text(txn, "items", &id("n", 1));
        (0..1_200).for_each(|at| text.insert(txn, at * 3, "b"));
    });
    board.accept(&offline, &peer.participant());
    board.check_loaded();
}

#[test]
fn a_text_that_loses_its_place_in_the_same_update_has_the_same_limit() {
    // An object in the place of a live one of a higher client loses it; the CRDT still hangs its blocks in.
    let count = (1..).find(|count| (1..=*count).sum::<usize>() > limits::TEXT_STEPS).unwrap();
    for (blocks, fits) in [(count - 1, true), (count, false)] {
        let peer = Peer::new(10);
        let (mut board, origin) = board(&peer);
        let low = peer.tab(5);
        let doomed = low.note(&id("n", 1), "x");
        let at = (
            5,
            u64::from(yrs::ReadTxn::state_vector(&yrs::Transact::transact(&low.doc)).get(&yrs::ClientID::new(5))) - 1,
        );
        assert!(origin.0 > at.0);
        let both = yrs::merge_updates_v1([doomed.as_ref(), crowd(at, blocks, 0).as_ref()]).unwrap();
        if fits {
            board.judge(&both.into(), &peer.participant());
        } else {
            let refusal = board.refuse(&both.into(), &peer.participant(), RefusalCode::Limit);
            assert_eq!(refusal.detail.as_deref(), Some("order"));
        }
    }
}

/// What the walk costs the documents: `cargo test --release --test it text_order -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measure_text_order() {
    for count in [1_000, 2_000, most(), 5_000, 10_000] {
        let peer = Peer::new(10);
        let (board, origin) = board(&peer);
        let doc = document(99);
        apply(&doc, &whole(&board.doc));
        // The lower client's first: a document takes the higher client's of one update first, which is cheap.
        apply(&doc, &crowd(origin, count, 0));
        let update = crowd(origin, 0, count);
        let began = std::time::Instant::now();
        apply(&doc, &update);
        println!("{count} blocks after {count} of another client, {} bytes: {:?}", update.len(), began.elapsed());
    }
}
