//! What the fuzzer runs, one function for each target: `fuzz/` calls them with what it makes up, `fuzz_corpus` with what
//! it once found. Knows no fuzzer.
//!
//! Every target takes any bytes and panics when a promise does not hold.

pub(crate) mod arena;
pub(crate) mod blocks;
pub(crate) mod dice;
pub(crate) mod mutate;
pub(crate) mod plan;
mod small;
pub(crate) mod world;

use std::sync::LazyLock;

use bytes::Bytes;
use jalostamo::gate::{Gate, Known, Verdict, splice};

use arena::{Arena, Outcome, PEOPLE};
use dice::Dice;

/// What is done with the bytes; it panics when something does not hold.
pub(crate) type Target = fn(&[u8]);

/// The targets by name; each has a folder of this name in `tests/corpus/fuzz` and a file in `fuzz/fuzz_targets`.
pub(crate) const TARGETS: [(&str, Target); 8] = [
    ("gate_parse", gate_parse),
    ("gate_apply", gate_apply),
    ("sync_step_1", small::sync_step_1),
    ("awareness", small::awareness),
    ("frames", small::frames),
    ("import", small::import),
    ("secret", small::secret),
    ("record", small::record),
];

/// A small board with a bit of everything, made from a seed: the same in every run.
fn board() -> Arena {
    let (mut arena, mut dice) = (Arena::new(), Dice::of_seed(20));
    for n in 0..40 {
        let update = arena.made_by_hand(&mut dice, n % PEOPLE);
        arena.offer(n % PEOPLE, &update);
    }
    arena
}

/// The whole state of the small board, as an update and as a state vector.
static BOARD: LazyLock<(Vec<u8>, Vec<u8>)> = LazyLock::new(|| {
    let arena = board();
    (arena.check(), arena.gate.encode_state_vector())
});

/// Bytes as an update, and as a stored document: both are walked without a panic; what is accepted enters a document.
fn gate_parse(data: &[u8]) {
    let update = Bytes::copy_from_slice(data);
    let mut empty = Arena::new();
    if let Outcome::Accepted(_) = empty.offer(0, &update) {
        empty.check();
    }
    let known = Known::default();
    let mut filled = Gate::load(&BOARD.0, known.clone()).expect("the board loads");
    if let Verdict::Accept(accepted) = filled.judge(&update, &arena::owner(1)) {
        let doc = arena::document(1);
        for update in [BOARD.0.as_slice(), &accepted.update] {
            small::apply(&doc, update);
        }
        Gate::load(&arena::whole(&doc), known.clone()).expect("the state loads");
    }
    // A stored document was judged when it came, but its bytes may be anything by now.
    let _ = Gate::load(data, known);
}

/// Bytes as choices: updates made by hand, of several people, each judged, applied, written, read and shown. Returns how
/// many were offered and how many entered.
pub(crate) fn gate_plan(data: &[u8]) -> (usize, usize) {
    let (mut arena, mut dice) = (Arena::new(), Dice::of_bytes(data));
    let (mut offered, mut entered) = (0, Vec::new());
    while !dice.spent() && offered < 64 {
        let who = dice.below(PEOPLE);
        let update = arena.made_by_hand(&mut dice, who);
        offered += 1;
        if let Outcome::Accepted(accepted) = arena.offer(who, &update) {
            entered.push(accepted);
        }
    }
    let state = arena.check();
    // Whoever hears all of it in few frames has the same document.
    let doc = arena::document(2);
    splice(&entered).iter().for_each(|frame| small::apply(&doc, frame));
    let (one, other) = (jalostamo::board::read::from_update(&state), jalostamo::board::read::from_doc(&doc));
    assert_eq!(one, Ok(other), "spliced, it is another board");
    (offered, entered.len())
}

fn gate_apply(data: &[u8]) {
    gate_plan(data);
}
