//! Promise: no bytes that anybody can send harm the gate or the document behind it. Hand-made updates, each named.

use bytes::Bytes;
use jalostamo::{
    error::{Refusal, RefusalCode},
    gate::Verdict,
    limits,
    role::Role,
};
use yrs::{Map, Transact, WriteTxn};

use crate::gate_peer::{Board, Peer, id, make, point, rights, survives};

/// Numbers in lib0 encoding.
pub(crate) fn number(mut n: u64) -> Vec<u8> {
    let mut out = vec![];
    while n > 0x7f {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
    out
}

pub(crate) fn string(text: &str) -> Vec<u8> {
    [number(text.len() as u64), text.as_bytes().to_vec()].concat()
}

/// Blocks of one client, and no deletions.
pub(crate) fn update(client: u64, clock: u64, blocks: &[Vec<u8>]) -> Vec<u8> {
    [vec![1], number(blocks.len() as u64), number(client), number(clock), blocks.concat(), vec![0]].concat()
}

/// A block under a root key.
pub(crate) fn under_root(root: &str, key: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    [vec![0x20 | kind, 1], string(root), string(key), content.to_vec()].concat()
}

/// A block under a key of the shared type that a block made.
pub(crate) fn under(client: u64, clock: u64, key: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    [vec![0x20 | kind, 0], number(client), number(clock), string(key), content.to_vec()].concat()
}

pub(crate) fn after(client: u64, clock: u64, kind: u8, content: &[u8]) -> Vec<u8> {
    [vec![0x80 | kind], number(client), number(clock), content.to_vec()].concat()
}

/// The one plain value of a block.
pub(crate) fn value(bytes: &[u8]) -> Vec<u8> {
    [vec![1], bytes.to_vec()].concat()
}

pub(crate) fn word(text: &str) -> Vec<u8> {
    value(&[vec![119], string(text)].concat())
}

const MAP: &[u8] = &[1];

/// Judges on an empty board, as the owner.
pub(crate) fn judge(bytes: Vec<u8>) -> Verdict {
    let (mut board, peer) = (Board::new(), Peer::new(9));
    board.judge(&bytes.into(), &rights(peer.person, Role::Owner))
}

pub(crate) fn refused(bytes: Vec<u8>) -> Refusal {
    match judge(bytes) {
        Verdict::Refuse(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn code(bytes: Vec<u8>) -> RefusalCode {
    refused(bytes).code
}

/// A board with one note; a title's block can be hung on it.
pub(crate) fn title(content: &[u8]) -> Vec<u8> {
    update(5, 0, &[under_root("meta", "title", 8, content)])
}

#[test]
fn hand_made_bytes_that_are_right_are_taken() {
    assert!(matches!(judge(title(&word("Kotihoito"))), Verdict::Accept(_)));
    let peer = Peer::new(5);
    let blocks = [
        under_root("items", &id("n", 1), 7, MAP),
        under(5, 0, "kind", 8, &word("note")),
        under(5, 0, "author", 8, &word(&peer.person.to_string())),
        under(5, 0, "text", 7, &[2]),
        [vec![4, 0], number(5), number(3), string("hei")].concat(),
    ];
    let bytes = update(5, 0, &blocks).into();
    Board::new().accept(&bytes, &peer.participant());
}

#[test]
fn nesting() {
    for depth in [limits::VALUE_DEPTH + 1, 1_000, 100_000] {
        let nested = [[117, 1].repeat(depth), vec![126]].concat();
        assert_eq!(code(title(&value(&nested))), RefusalCode::Limit);
    }
    let nested = [[117, 1].repeat(limits::VALUE_DEPTH), vec![126]].concat();
    assert_eq!(code(title(&value(&nested))), RefusalCode::Schema);
    let objects = [[118, 1, 1, b'a'].repeat(100_000), vec![126]].concat();
    assert_eq!(code(title(&value(&objects))), RefusalCode::Limit);
}

#[test]
fn counts_past_the_end() {
    let huge = number(u64::from(u32::MAX));
    assert_eq!(code(huge.clone()), RefusalCode::Malformed);
    assert_eq!(code([vec![1], huge.clone(), vec![5, 0]].concat()), RefusalCode::Malformed);
    assert_eq!(code([vec![0], huge.clone()].concat()), RefusalCode::Malformed);
    assert_eq!(code([vec![0, 1, 5], huge.clone()].concat()), RefusalCode::Malformed);
    for tag in [116, 117, 118, 119] {
        assert_eq!(code(title(&value(&[vec![tag], huge.clone()].concat()))), RefusalCode::Malformed);
    }
    assert_eq!(code(title(&huge)), RefusalCode::Malformed);
}

#[test]
fn text_that_is_not_utf_8() {
    assert_eq!(code(title(&value(&[119, 2, 0xc3, 0x28]))), RefusalCode::Malformed);
    assert_eq!(code(title(&value(&[119, 3, 0xed, 0xa0, 0x80]))), RefusalCode::Malformed);
    let root = [vec![0x28, 1, 2, 0xff, 0xff], string("title"), word("x")].concat();
    assert_eq!(code(update(5, 0, &[root])), RefusalCode::Malformed);
}

#[test]
fn clocks_and_clients_that_cannot_be() {
    for clock in [1 << 31, 1 << 32, (1 << 53) - 1] {
        assert_eq!(code(update(5, clock, &[vec![0, 1]])), RefusalCode::Limit);
        assert_eq!(code(update(5, 0, &[[vec![0], number(clock)].concat()])), RefusalCode::Limit);
    }
    assert_eq!(code(update(5, (1 << 31) - 1, &[vec![0, 1]])), RefusalCode::Limit);
    assert!(matches!(judge(update(5, (1 << 31) - 2, &[vec![0, 1]])), Verdict::Wait));
    assert_eq!(code(update(1 << 32, 0, &[vec![0, 1]])), RefusalCode::Limit);
    assert_eq!(code(update(1 << 53, 0, &[vec![0, 1]])), RefusalCode::Malformed);
    assert_eq!(code(update(1 << 63, 0, &[vec![0, 1]])), RefusalCode::Malformed);
    assert!(matches!(judge(update((1 << 32) - 1, 0, &[vec![0, 1]])), Verdict::Accept(_)));
    let deletion = |start: u64, len: u64| [vec![0, 1, 5, 1], number(start), number(len)].concat();
    assert_eq!(code(deletion((1 << 31) - 1, 1)), RefusalCode::Limit);
    assert!(matches!(judge(deletion((1 << 31) - 2, 1)), Verdict::Wait));
}

#[test]
fn holes_and_unknown_parents_wait() {
    assert!(matches!(judge(update(5, 3, &[vec![0, 1]])), Verdict::Wait));
    assert!(matches!(judge(update(5, 0, &[under(6, 0, "kind", 8, &word("note"))])), Verdict::Wait));
    assert!(matches!(judge(update(5, 0, &[after(6, 7, 4, &string("x"))])), Verdict::Wait));
    assert!(matches!(judge(vec![0, 1, 5, 1, 0, 1]), Verdict::Wait));
}

#[test]
fn empty_and_skipping_blocks() {
    assert_eq!(code(update(5, 0, &[vec![0, 0]])), RefusalCode::Malformed);
    assert_eq!(code(update(5, 0, &[vec![10, 0]])), RefusalCode::Unsupported);
    assert_eq!(code(update(5, 0, &[vec![10, 4]])), RefusalCode::Unsupported);
    assert_eq!(code(title(&[0])), RefusalCode::Malformed);
    assert_eq!(code(update(5, 0, &[under_root("meta", "title", 1, &[0])])), RefusalCode::Malformed);
    assert_eq!(code(update(5, 0, &[])), RefusalCode::Malformed);
    assert_eq!(code(vec![0, 1, 5, 1, 0, 0]), RefusalCode::Malformed);
    let twice = [vec![2], [vec![1, 5, 0], vec![0, 1]].concat().repeat(2), vec![0]].concat();
    assert_eq!(code(twice), RefusalCode::Malformed);
    assert_eq!(code(vec![0, 2, 5, 1, 0, 1, 5, 1, 0, 1]), RefusalCode::Malformed);
    assert_eq!(code(vec![0, 0, 0]), RefusalCode::Malformed);
}

#[test]
fn names_that_are_traps() {
    for name in ["__proto__", "constructor", "prototype", "toString", "", "a b", "Ä"] {
        assert_eq!(code(update(5, 0, &[under_root("items", name, 7, MAP)])), RefusalCode::Schema);
        assert_eq!(code(update(5, 0, &[under_root("meta", name, 8, &word("x"))])), RefusalCode::Schema);
        assert_eq!(code(update(5, 0, &[under_root(name, &id("n", 1), 7, MAP)])), RefusalCode::Schema);
    }
    let long = "a".repeat(limits::KEY_BYTES + 1);
    assert_eq!(code(update(5, 0, &[under_root("meta", &long, 8, &word("x"))])), RefusalCode::Limit);
    let longest = "a".repeat(limits::KEY_BYTES);
    assert_eq!(code(update(5, 0, &[under_root("meta", &longest, 8, &word("x"))])), RefusalCode::Schema);
}

#[test]
fn twenty_thousand_roots() {
    let blocks: Vec<_> = (0..20_000).map(|n| under_root(&format!("r{n}"), "x", 8, &word("x"))).collect();
    assert_eq!(code(update(5, 0, &blocks)), RefusalCode::Schema);
}

#[test]
fn circles() {
    assert_eq!(code(update(5, 0, &[after(5, 0, 4, &string("x"))])), RefusalCode::Malformed);
    assert_eq!(code(update(5, 0, &[under(5, 0, "kind", 8, &word("note"))])), RefusalCode::Malformed);
    assert_eq!(code(update(5, 0, &[under(5, 1, "kind", 7, MAP), vec![0, 1]])), RefusalCode::Malformed);
    // Two clients whose first blocks are each other's parents, or origins.
    for (one, other) in [
        (under(6, 0, "kind", 7, MAP), under(5, 0, "kind", 7, MAP)),
        (after(6, 0, 4, &string("x")), after(5, 0, 4, &string("x"))),
    ] {
        let bytes = [vec![2, 1, 5, 0], one, vec![1, 6, 0], other, vec![0]].concat();
        assert_eq!(code(bytes), RefusalCode::Malformed);
    }
}

#[test]
fn kinds_of_content_that_never_enter() {
    for (kind, content) in [
        (2, [vec![1], string("1")].concat()),
        (3, string("bytes")),
        (5, string("{}")),
        (6, [string("b"), string("true")].concat()),
        (7, vec![0]),
        (7, [vec![3], string("p")].concat()),
        (7, vec![4]),
        (7, vec![6]),
        (7, vec![7, 0, 5, 0]),
        (9, [string("guid"), vec![118, 0]].concat()),
        (11, vec![0, 0, 0]),
    ] {
        let bytes = update(5, 0, &[under_root("items", &id("n", 1), kind, &content)]);
        assert_eq!(code(bytes), RefusalCode::Unsupported, "content {kind}");
    }
    for kind in 12..32 {
        assert_eq!(code(update(5, 0, &[under_root("meta", "title", kind, &[0])])), RefusalCode::Malformed);
    }
}

#[test]
fn types_in_the_wrong_place() {
    assert_eq!(code(update(5, 0, &[under_root("items", &id("n", 1), 7, &[2])])), RefusalCode::Schema);
    assert_eq!(code(update(5, 0, &[under_root("items", &id("n", 1), 8, &word("x"))])), RefusalCode::Schema);
    assert_eq!(code(update(5, 0, &[under_root("meta", "title", 7, MAP)])), RefusalCode::Schema);
    // A sequence in a root, and text in a map.
    assert_eq!(code(update(5, 0, &[[vec![4, 1], string("items"), string("x")].concat()])), RefusalCode::Schema);
    assert_eq!(code(update(5, 0, &[under_root("meta", "title", 4, &string("x"))])), RefusalCode::Schema);
    let object = under_root("items", &id("n", 1), 7, MAP);
    for (key, kind, content) in [("at", 7, vec![1]), ("text", 7, vec![1]), ("types", 7, vec![2]), ("kind", 7, vec![1])]
    {
        assert_eq!(code(update(5, 0, &[object.clone(), under(5, 0, key, kind, &content)])), RefusalCode::Schema);
    }
    // The parent is a plain value.
    let kind = under(5, 0, "kind", 8, &word("note"));
    let child = under(5, 1, "kind", 8, &word("note"));
    assert_eq!(code(update(5, 0, &[object, kind, child])), RefusalCode::Malformed);
}

/// A board with a note of client 900, and maps in each other, the first in a note of client 5 that loses its place to it:
/// `depth` counts the root and that note.
fn nested_in_what_loses(depth: usize) -> Verdict {
    let (mut board, other, peer) = (Board::new(), Peer::new(900), Peer::new(5));
    board.accept(&other.note(&id("n", 1), ""), &other.participant());
    let mut blocks = vec![under_root("items", &id("n", 1), 7, MAP)];
    blocks.extend((0..depth as u64 - 2).map(|clock| under(5, clock, "a", 7, MAP)));
    board.judge(&update(5, 0, &blocks).into(), &peer.participant())
}

/// Readers clean up a deleted type with all that is in it, each going down on its stack: 50,000 levels end the server, and
/// some 10,000 make the board unreadable in every browser.
#[test]
fn types_in_what_is_deleted_at_the_limit_and_past_it() {
    assert!(matches!(nested_in_what_loses(limits::TYPE_DEPTH), Verdict::Accept(_)));
    for depth in [limits::TYPE_DEPTH + 1, 1_000, limits::STRUCTS_PER_UPDATE] {
        match nested_in_what_loses(depth) {
            Verdict::Refuse(refusal) => assert_eq!(refusal.detail.as_deref(), Some("type depth")),
            other => panic!("{depth}: {other:?}"),
        }
    }
    // Not in several updates either, in what was deleted before, and not by way of a neighbour.
    let (mut board, peer) = (Board::new(), Peer::new(10));
    board.accept(&peer.note(&id("n", 1), "hei"), &peer.participant());
    board.accept(&peer.uncreate(&id("n", 1)), &peer.participant());
    board.accept(&update(5, 0, &[under(10, 0, "types", 7, MAP)]).into(), &peer.participant());
    let deeper = [under(5, 0, "a", 7, MAP), under(10, 5, "a", 7, MAP)];
    for block in deeper {
        board.refuse(&update(6, 0, &[block]).into(), &peer.participant(), RefusalCode::Limit);
    }
    board.accept(&update(5, 1, &[under(5, 0, "funding", 8, &value(&[120]))]).into(), &peer.participant());
    let beside = update(6, 0, &[after(5, 1, 7, MAP)]).into();
    board.refuse(&beside, &peer.participant(), RefusalCode::Limit);
    board.check_loaded();
}

/// Readers would put such a block in different places, by what else they have heard of.
#[test]
fn neighbours_that_never_stood_side_by_side() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    board.accept(&peer.note(&id("n", 1), "abcd"), &peer.participant());
    let first = board.gate.state_vector().next().unwrap().1 - 4;
    let between = |left: u32, right: u32| {
        let mut block = vec![0xc4];
        for clock in [left, right] {
            block.extend([number(10), number(u64::from(first + clock))].concat());
        }
        Bytes::from(update(6, 0, &[[block, string("x")].concat()]))
    };
    // The wrong way round, and with something between them that whoever knows the right one knows too.
    for (left, right) in [(2, 1), (1, 1), (3, 0), (0, 2), (0, 3)] {
        board.refuse(&between(left, right), &peer.participant(), RefusalCode::Malformed);
    }
    board.accept(&between(0, 1), &peer.participant());
    board.check_loaded();
}

#[test]
fn neighbours_in_different_places() {
    let blocks = [
        under_root("meta", "title", 8, &word("a")),
        under_root("items", &id("n", 1), 7, MAP),
        [vec![0xc8, 5, 0, 5, 1], word("b")].concat(),
    ];
    assert_eq!(code(update(5, 0, &blocks)), RefusalCode::Malformed);
    let right = [vec![0x48, 5, 0], word("b")].concat();
    assert_eq!(code(update(5, 0, &[blocks[0].clone(), right])), RefusalCode::Malformed);
    // Several values of one key at once, that nobody deletes.
    let two = [vec![2], vec![119], string("a"), vec![119], string("b")].concat();
    assert_eq!(code(title(&two)), RefusalCode::Malformed);
}

#[test]
fn version_2_bytes() {
    let peer = Peer::new(5);
    let v2 = {
        let mut txn = peer.doc.transact_mut();
        txn.get_or_insert_map("items");
        make(&mut txn, "items", &id("n", 2), "note", peer.person).insert(&mut txn, "at", point(1, 2));
        txn.encode_update_v2()
    };
    assert_eq!(code(v2), RefusalCode::Malformed);
    assert_eq!(code(vec![0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]), RefusalCode::Malformed);
}

/// A valid update with a bit of everything, and the board before it.
fn sample() -> (Peer, Board, Vec<u8>) {
    let (mut board, peer) = (Board::new(), Peer::new(200));
    board.accept(&peer.note(&id("n", 1), "ensin 😀"), &peer.participant());
    peer.note(&id("n", 2), "sitten");
    peer.insert(&id("n", 1), 2, "ä😀");
    peer.remove_text(&id("n", 1), 0, 3);
    peer.set(&id("n", 1), "at", point(-7, 300));
    let bytes = peer.whole().to_vec();
    (peer, board, bytes)
}

#[test]
fn cut_at_every_byte() {
    let (peer, mut board, bytes) = sample();
    for end in 0..bytes.len() {
        let accepted = survives(&mut board, bytes[..end].to_vec(), &peer.participant());
        assert!(!accepted, "half an update entered");
    }
    assert!(survives(&mut board, bytes, &peer.participant()));
}

#[test]
fn every_byte_changed() {
    let (peer, _, bytes) = sample();
    let first = peer_first(&peer);
    for place in 0..bytes.len() {
        for flip in [1_u8, 2, 4, 8, 16, 32, 64, 128, 0xff] {
            let mut board = Board::new();
            board.accept(&first.clone().into(), &peer.participant());
            let mut changed = bytes.clone();
            changed[place] ^= flip;
            if survives(&mut board, changed, &peer.participant()) {
                board.check_loaded();
            }
        }
    }
}

/// The first note of the sample, as its own update.
fn peer_first(peer: &Peer) -> Vec<u8> {
    let tab = peer.tab(300);
    tab.note(&id("n", 1), "ensin 😀").to_vec()
}

#[test]
fn a_client_that_says_something_else_than_before() {
    let peer = Peer::new(5);
    let mut board = Board::new();
    let object = under_root("items", &id("n", 1), 7, MAP);
    let author = under(5, 0, "author", 8, &word(&peer.person.to_string()));
    let kind = under(5, 0, "kind", 8, &word("note"));
    let text = under(5, 0, "text", 7, &[2]);
    let line = [vec![4, 0], number(5), number(3), string("hei")].concat();
    let first = update(5, 0, &[object.clone(), author.clone(), kind.clone(), text, line]);
    board.accept(&first.into(), &peer.participant());
    // Its clocks 3 to 6 were a text and three letters; now they are deleted values of another key, and go on.
    let values = under(5, 0, "at", 1, &number(9));
    let second = update(5, 0, &[object, author, kind, values]);
    board.refuse(&second.into(), &peer.participant(), RefusalCode::Malformed);
}
