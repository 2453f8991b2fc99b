//! Promise: a batch of accepted updates is one frame with the same effect, where their blocks follow on.

use jalostamo::{error::RefusalCode, gate::splice};

use crate::{
    gate_hostile::number,
    gate_peer::Peer,
    gate_rules::{note, two},
};

#[test]
fn a_batch_is_one_update() {
    let (mut board, aino, bertta) = two();
    let updates = [
        aino.insert(&note(1), 0, "a"),
        aino.insert(&note(1), 1, "b"),
        aino.remove_text(&note(1), 0, 1),
        aino.note(&note(2), "x"),
    ];
    let mut accepted: Vec<_> = updates.iter().map(|update| board.accept(update, &aino.participant())).collect();
    accepted.push(board.accept(&bertta.insert(&note(1), 0, "q"), &bertta.participant()));
    let spliced = splice(&accepted);
    assert_eq!(spliced.len(), 1);
    bertta.apply(&spliced[0]);
    let server = Peer { doc: board.doc.clone(), person: aino.person };
    assert_eq!(bertta.text(&note(1)), server.text(&note(1)));
    assert_eq!(bertta.text(&note(2)), "x");
    assert_eq!(splice(&accepted[..1]), vec![updates[0].clone()]);
    assert!(splice(&[]).is_empty());
}

#[test]
fn what_was_known_is_left_out() {
    let (mut board, aino, bertta) = two();
    let first = board.accept(&aino.insert(&note(1), 0, "a"), &aino.participant());
    let alone = aino.insert(&note(1), 0, "b");
    // The second repeats what the first brought; what is new of it follows on.
    let second = board.accept(&aino.whole(), &aino.participant());
    assert_eq!(second.update, alone);
    let spliced = splice(&[first, second]);
    assert_eq!(spliced.len(), 1);
    bertta.apply(&spliced[0]);
    assert_eq!(bertta.text(&note(1)), aino.text(&note(1)));
}

/// Yjs looks for what a block refers to before it sees that it has the block.
#[test]
fn a_known_block_that_says_something_else_reaches_nobody() {
    let (mut board, aino, _) = two();
    let honest = aino.insert(&note(1), 0, "a");
    let clock = board.gate.state_vector().next().unwrap().1;
    // The note's first block hangs on an unknown one now, and a new deletion makes the update worth telling.
    let lie = [vec![1, 1, 10, 0, 0x27, 0], number(10), number(9_999), vec![1, b'x', 1]].concat();
    let deletion = [vec![1, 10, 1], number(u64::from(clock) - 1), vec![1]].concat();
    let accepted = board.accept(&[lie, deletion.clone()].concat().into(), &aino.participant());
    assert_eq!(accepted.update, [vec![0], deletion].concat());
    board.accept(&honest, &aino.participant());
    board.check_loaded();
}

#[test]
fn of_a_block_that_is_known_in_part_the_rest_is_left() {
    let (mut board, aino, bertta) = two();
    let first = board.accept(&aino.insert(&note(1), 3, "a"), &aino.participant());
    let alone = aino.insert(&note(1), 4, "b😀");
    let second = board.accept(&aino.whole(), &aino.participant());
    assert_eq!(second.update, alone);
    // Garbage likewise.
    let garbage = |len: u8| vec![1, 1, 30, 0, 0, len, 0];
    board.accept(&garbage(2).into(), &aino.participant());
    let more = board.accept(&garbage(5).into(), &aino.participant());
    assert_eq!(more.update, vec![1, 1, 30, 2, 0, 3, 0]);
    let spliced = splice(&[first, second]);
    assert_eq!(spliced.len(), 1);
    bertta.apply(&spliced[0]);
    assert_eq!(bertta.text(&note(1)), "heiab😀");
}

/// The rest of a text is never half a character.
#[test]
fn a_block_that_is_known_up_to_the_middle_of_a_character() {
    let (mut board, aino, _) = two();
    let clock = board.gate.state_vector().next().unwrap().1;
    let typed = |text: &str| {
        let origin = [number(10), number(u64::from(clock) - 1)].concat();
        let text = [number(text.len() as u64), text.as_bytes().to_vec()].concat();
        [vec![1, 1], number(10), number(u64::from(clock)), vec![0x84], origin, text, vec![0]].concat()
    };
    board.accept(&typed("ab").into(), &aino.participant());
    board.refuse(&typed("a😀c").into(), &aino.participant(), RefusalCode::Malformed);
    board.accept(&typed("ab😀c").into(), &aino.participant());
}
