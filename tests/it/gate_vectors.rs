//! Promise: bytes that harmed others who run yrs or Yjs do no harm here. Each is what the reports tell, or built as they
//! tell it; the rest of the hand-made ones is in `gate_hostile`.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use jalostamo::{
    error::RefusalCode,
    gate::{Gate, Known, Verdict, read_state_vector},
    limits,
    role::Role,
    wire::{Bad, awareness},
};

use crate::{
    gate_hostile::{code, number, refused, title, under_root, update, value},
    gate_peer::{Board, Peer, id, point, rights},
};

/// Refused as an update, and no stored document either.
fn never(bytes: &[u8], wanted: RefusalCode) {
    assert_eq!(code(bytes.to_vec()), wanted);
    assert!(Gate::load(bytes, Known::default()).is_err());
}

#[test]
fn strings_that_are_not_utf_8() {
    // Both made yrs before 0.28 read text that is none: a fault of the process.
    never(&HEXLOWER.decode(b"0101ca0100c4010a010b0620746865e56500").unwrap(), RefusalCode::Malformed);
    let longer =
        b"f57896ad4347334444c9c5120f84ab25d6931623ee3bb630718b6cfe6eb9c32627ae9275d7e99125bbe2602f46854dbabeed2d";
    never(&HEXLOWER.decode(longer).unwrap(), RefusalCode::Malformed);
}

#[test]
fn counts_of_terabytes() {
    let huge = number((1 << 47) + 5);
    // An array and an object of values, each in an update of about 21 bytes.
    for tag in [117, 118] {
        never(&title(&value(&[vec![tag], huge.clone()].concat())), RefusalCode::Malformed);
    }
    // Clients, blocks, deletions, and what sync step 1 and presence count.
    never(&[huge.clone(), vec![0]].concat(), RefusalCode::Malformed);
    never(&[vec![1], huge.clone(), vec![5, 0, 0]].concat(), RefusalCode::Malformed);
    never(&[vec![0], huge.clone(), vec![5, 1, 0, 1]].concat(), RefusalCode::Malformed);
    never(&[vec![0, 1, 5], huge.clone(), vec![0, 1]].concat(), RefusalCode::Malformed);
    assert!(read_state_vector(&[huge.clone(), vec![5, 1]].concat(), 5).is_err());
    assert_eq!(awareness::read([huge.clone(), vec![7, 1, 0]].concat().into()), Err(Bad::Malformed));
    assert_eq!(awareness::read([vec![1, 7, 1], huge].concat().into()), Err(Bad::Malformed));
    // 250 million of what takes no room, said in four bytes.
    assert!(read_state_vector(&[255, 255, 255, 122], 5).is_err());
    assert_eq!(awareness::read(Bytes::from_static(&[255, 255, 255, 122])), Err(Bad::Malformed));
}

/// Two bytes a level: a stack has not nearly as many.
#[test]
fn a_whole_message_of_nesting() {
    let levels = (limits::MESSAGE_BYTES - 64) / 2;
    for opening in [[117, 1], [118, 1]] {
        let mut content: Vec<u8> = Vec::with_capacity(limits::MESSAGE_BYTES);
        content.extend(opening.repeat(levels));
        assert_eq!(code(title(&value(&content))), RefusalCode::Limit);
    }
    // 6,000 levels are applied by Yjs and then cannot be written as JSON; 12,000 are not even applied.
    for levels in [6_000, 12_000] {
        let content = [[117, 1].repeat(levels), vec![126]].concat();
        assert_eq!(refused(title(&value(&content))).detail.as_deref(), Some("value depth"));
    }
}

/// Each builds on one that never comes. Readers keep such blocks and look through all of them for each new one.
#[test]
fn messages_that_wait_for_each_other() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    board.accept(&peer.note(&id("n", 1), "hei"), &peer.participant());
    let before = (board.fingerprint(), board.gate.bytes());
    for n in 0..2_000 {
        let waits = update(20, 1 + 2 * n, &[vec![0, 1]]);
        assert!(matches!(board.judge(&waits.into(), &peer.participant()), Verdict::Wait));
    }
    assert_eq!((board.fingerprint(), board.gate.bytes()), before);
    board.check_loaded();
}

/// Client ids that fall on each other in a table that does not hash them.
#[test]
fn clients_that_collide() {
    let client = |n: usize| (n as u64) << 20 & 0xffff_ffff | n as u64 >> 12;
    let vector = |count: usize| {
        let clocks = (0..count).flat_map(|n| [number(client(n)), vec![1]].concat());
        number(count as u64).into_iter().chain(clocks).collect::<Vec<u8>>()
    };
    assert!(read_state_vector(&vector(limits::UNKNOWN_CLIENTS), 0).is_ok());
    assert!(read_state_vector(&vector(limits::UNKNOWN_CLIENTS + 1), 0).is_err());
    // As many clients of blocks as one person may have, and one more.
    for (count, fits) in [(limits::CLIENTS_PER_PERSON, true), (limits::CLIENTS_PER_PERSON + 1, false)] {
        let sections = (0..count).flat_map(|n| [vec![1], number(client(n)), vec![0, 0, 1]].concat());
        let bytes: Vec<u8> = number(count as u64).into_iter().chain(sections).chain([0]).collect();
        let (mut gate, peer) = (Gate::new(Known::default()), Peer::new(9));
        match gate.judge(&bytes.into(), &peer.participant()) {
            Verdict::Accept(_) => assert!(fits),
            Verdict::Refuse(refusal) => assert_eq!((fits, refusal.detail.as_deref()), (false, Some("clients"))),
            other => panic!("{other:?}"),
        }
    }
    // Deletions of what nobody knows wait, however many clients they name.
    let count = 100_000;
    let deletions = (0..count).flat_map(|n| [number(client(n)), vec![1, 0, 1]].concat());
    let bytes: Vec<u8> = [0].into_iter().chain(number(count as u64)).chain(deletions).collect();
    let (mut gate, peer) = (Gate::new(Known::default()), Peer::new(9));
    assert!(matches!(gate.judge(&bytes.into(), &peer.participant()), Verdict::Wait));
}

#[test]
fn proto_inside_a_value() {
    let mut content = vec![118, 1, 9];
    content.extend(b"__proto__");
    content.extend([118, 1, 7]);
    content.extend(b"isAdmin");
    content.push(120);
    assert_eq!(code(title(&value(&content))), RefusalCode::Schema);
}

#[test]
fn format_on_a_map() {
    let format = [vec![1, b'b'], vec![4], b"true".to_vec()].concat();
    assert_eq!(code(update(5, 0, &[under_root("meta", "title", 6, &format)])), RefusalCode::Unsupported);
    let (mut board, peer) = (Board::new(), Peer::new(5));
    board.accept(&peer.note(&id("n", 1), "hei"), &peer.participant());
    let at = board.gate.state_vector().next().unwrap().1;
    // After the value of a key.
    let block = [vec![0x80 | 6], number(5), number(1), format].concat();
    let update = update(5, at.into(), &[block]).into();
    board.refuse(&update, &peer.participant(), RefusalCode::Unsupported);
}

#[test]
fn presence_that_cannot_be() {
    // Invented clients that left; a clock of 32 bits and more; a client past what JavaScript counts.
    let many: Vec<Bytes> = (0..awareness::ENTRIES).map(|client| awareness::entry(client, 1, None)).collect();
    let read = awareness::read(awareness::write(many.iter())).unwrap();
    assert!(read.iter().all(|entry| entry.state.is_none()));
    for clock in [u64::from(u32::MAX), u64::from(u32::MAX) + 1, (1 << 53) - 1] {
        let entries = awareness::read(awareness::write([awareness::entry(7, clock, None)].iter())).unwrap();
        assert_eq!(entries[0].clock, clock);
    }
    for past in [[number(1 << 53), vec![1]], [vec![7], number(1 << 53)]] {
        let bytes = [vec![1], past.concat(), vec![2], b"{}".to_vec()].concat();
        assert_eq!(awareness::read(bytes.into()), Err(Bad::Malformed));
    }
}

/// As sync step 2 too, and by whoever may do most: a stored document has no hole.
#[test]
fn no_hole_is_ever_stored() {
    let (mut board, peer) = (Board::new(), Peer::new(10));
    let owner = rights(peer.person, Role::Owner);
    peer.note(&id("n", 1), "hei");
    let later = peer.set(&id("n", 1), "at", point(1, 2));
    board.wait(&later, &owner);
    let skipping = [vec![1, 2, 10, 0, 10, 3], vec![0, 1, 0]].concat();
    board.refuse(&skipping.into(), &owner, RefusalCode::Unsupported);
    board.accept(&peer.whole(), &owner);
    board.nothing(&later, &owner);
    board.check_loaded();
}
