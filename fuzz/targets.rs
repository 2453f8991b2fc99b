//! The targets by name, as the normal test run replays them. Knows no fuzzer and no promises.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

#[path = "../tests/it/fuzz_targets/mod.rs"]
mod fuzz_targets;

/// Gives bytes to a target.
///
/// # Panics
/// When a promise does not hold; when there is no such target.
pub fn run(target: &str, data: &[u8]) {
    let found = fuzz_targets::TARGETS.iter().find(|(name, _)| *name == target);
    let (_, run) = found.expect("a target of this name");
    run(data);
}
