//! Promise: that something was entered for somebody in the room or on the phone is for those to say who run the board.

use jalostamo::{error::RefusalCode, rights::Rights, role::Role};
use yrs::Map;

use crate::{
    gate_peer::{Peer, make, object, rights},
    gate_rules::{note, two},
};

#[test]
fn who_runs_the_board_says_what_was_entered_for_somebody() {
    let entered = |peer: &Peer, flag: bool| {
        peer.edit(|txn| {
            let note = make(txn, "items", &note(2), "note", peer.person);
            note.insert(txn, "entered", flag);
        })
    };
    for role in [Role::Participant, Role::Observer] {
        let (mut board, aino, bertta) = two();
        let rights = rights(bertta.person, role);
        assert_eq!(board.refuse(&entered(&bertta, true), &rights, RefusalCode::Role).object, Some(note(2)));
        // Not even that it was not: nothing of it is theirs to write.
        let own = Rights { person: aino.person, ..rights };
        board.refuse(&entered(&aino.tab(11), false), &own, RefusalCode::Role);
        let tab = aino.tab(12);
        tab.apply(&aino.whole());
        board.refuse(&tab.set(&note(1), "entered", true), &own, RefusalCode::Role);
    }
    for role in [Role::Facilitator, Role::Owner] {
        let (mut board, aino, _) = two();
        let chair = Peer::new(30);
        chair.apply(&aino.whole());
        let rights = rights(chair.person, role);
        let created = board.accept(&entered(&chair, true), &rights).created;
        assert_eq!(created, vec![(note(2), chair.person)], "its author is who entered it");
        board.accept(&chair.set(&note(1), "entered", true), &rights);
        board.check_loaded();
        // Taking it off again, also by deleting what was written, is for the same people.
        for name in [note(1), note(2)] {
            let tab = aino.tab(40);
            tab.apply(&chair.whole());
            let removal = tab.edit(|txn| {
                object(txn, "items", &name).remove(txn, "entered");
            });
            board.refuse(&removal, &aino.participant(), RefusalCode::Role);
            let tab = aino.tab(41);
            tab.apply(&chair.whole());
            board.refuse(&tab.set(&name, "entered", false), &aino.participant(), RefusalCode::Role);
        }
        let removal = chair.edit(|txn| {
            object(txn, "items", &note(1)).remove(txn, "entered");
        });
        board.accept(&removal, &rights);
        board.accept(&chair.set(&note(2), "entered", false), &rights);
        let wrong = chair.set(&note(2), "entered", "Maija");
        board.refuse(&wrong, &rights, RefusalCode::Schema);
    }
}
