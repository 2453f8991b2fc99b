//! Deterministic simulation: rooms, gate, facilitation and presence as they are, on a simulated disk and simulated lines,
//! where a seed alone decides what happens in which order. Knows no sockets and no real time.
//!
//! `JALOSTAMO_SEEDS` sets how many seeds (300), `JALOSTAMO_FIRST_SEED` from which on (1); `JALOSTAMO_SEED` replays one and prints its steps;
//! see docs/durability.md.

mod act;
mod book;
mod bug;
mod calm;
mod disk;
mod frame;
mod hear;
mod line;
mod plan;
mod records;
mod run;
mod socket;
mod store;
mod tab;
mod trace;
mod world;

use std::time::Instant;

use crate::support::random::setting;
use bug::Bug;
use plan::Plan;
use run::{Figures, Outcome, run};

/// Every so many seeds one is run twice: the same must happen.
const TWICE: u64 = 10;
/// Within so many seeds a bug must be found.
const FOUND_WITHIN: u64 = 60;
/// Seeds that once failed, each with what it had found; they are always run first.
const PINNED: &str = include_str!("../corpus/seeds/simulation.txt");

fn pinned() -> Vec<u64> {
    let lines = PINNED.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(|line| line.parse().unwrap()).collect()
}

/// Fails with the seed, what was wrong, and how to see it again.
fn must_be_right(seed: u64, outcome: &Outcome) {
    assert!(
        outcome.findings.is_empty(),
        "seed {seed}: {:#?}\nto see its steps: JALOSTAMO_SEED={seed} cargo test --release --test it simulation::seeds -- --nocapture\n\
         to keep it: add it to tests/corpus/seeds/simulation.txt",
        outcome.findings
    );
}

#[test]
fn seeds() {
    if let Ok(seed) = std::env::var("JALOSTAMO_SEED") {
        let seed = seed.parse().unwrap();
        let plan = Plan::new(seed);
        println!("{plan}");
        let outcome = run(plan, None, true);
        println!("{:?}", outcome.figures);
        return must_be_right(seed, &outcome);
    }
    let (count, first) = (setting("JALOSTAMO_SEEDS", 300), setting("JALOSTAMO_FIRST_SEED", 1));
    let (began, mut all) = (Instant::now(), Figures::default());
    let mut failed = Vec::new();
    for (number, seed) in pinned().into_iter().chain(first..first + count).enumerate() {
        let outcome = run(Plan::new(seed), None, false);
        if !outcome.findings.is_empty() {
            println!("seed {seed}: {:?}", outcome.findings);
            failed.push((seed, outcome));
            continue;
        }
        all.add(&outcome.figures);
        if seed % TWICE == 0 {
            let again = run(Plan::new(seed), None, false);
            assert_eq!(outcome.trace, again.trace, "seed {seed} does not decide everything");
        }
        if (number + 1) % 1_000 == 0 {
            println!("{} seeds, {:?}, {:?}", number + 1, began.elapsed(), all);
        }
    }
    println!("simulation: {count} seeds from {first}, {} failed, {:?}, {all:?}", failed.len(), began.elapsed());
    if let Some((seed, outcome)) = failed.first() {
        must_be_right(*seed, outcome);
    }
    assert!(all.crashes > count && all.acknowledged > 10 * count, "too little was going on: {all:?}");
}

/// The number of the seed by which a bug is found.
fn found(bug: Bug) -> Option<u64> {
    (1..=FOUND_WITHIN).find(|seed| {
        let outcome = run(Plan::new(*seed), Some(bug), false);
        let again = bug == Bug::NotDecided && run(Plan::new(*seed), Some(bug), false).trace != outcome.trace;
        again || !outcome.findings.is_empty()
    })
}

#[test]
fn every_bug_that_is_put_in_is_found() {
    let missed: Vec<Bug> = Bug::ALL
        .into_iter()
        .filter(|bug| {
            let seed = found(*bug);
            println!("{bug:?}: found by seed {seed:?}");
            seed.is_none()
        })
        .collect();
    assert!(missed.is_empty(), "not found within {FOUND_WITHIN} seeds: {missed:?}");
}
