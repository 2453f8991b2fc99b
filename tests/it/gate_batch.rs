//! Promise: a batch of accepted updates is one frame with the same effect, where their blocks follow on.

use jalostamo::gate::splice;

use crate::{
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
fn what_is_not_contiguous_stays_apart() {
    let (mut board, aino, _) = two();
    let first = board.accept(&aino.insert(&note(1), 0, "a"), &aino.participant());
    aino.insert(&note(1), 0, "b");
    // The second repeats what the first brought.
    let second = board.accept(&aino.whole(), &aino.participant());
    assert_eq!(splice(&[first.clone(), second.clone()]), vec![first.update, second.update]);
}
