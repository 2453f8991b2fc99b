//! Commands at the limit of a second and one past it, each person for themselves.

use jalostamo::{http::rate::Rates, ids::PersonId, limits};

/// More than any quota, so that somebody is refused though a place comes free meanwhile.
const MANY: usize = 100_000;

#[test]
fn commands_are_counted_a_second_and_a_person() {
    let (rates, person) = (Rates::new(1), PersonId::new());
    for n in 0..limits::COMMANDS_PER_SECOND {
        assert!(rates.command(person).is_ok(), "command {n} at once");
    }
    assert!((0..MANY).any(|_| rates.command(person).is_err()), "one past it, before a tenth of a second has gone");
    assert!(rates.command(PersonId::new()).is_ok(), "others are counted for themselves");
}
