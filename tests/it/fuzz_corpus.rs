//! Promise: what the fuzzer once found, and what it found worth keeping, still does no harm. Knows not how it was made:
//! see `fuzz/` and docs/durability.md.

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::fuzz_targets::{TARGETS, dice::Dice, gate_plan};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/fuzz")
}

/// Every kept input of a target, by file name.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder().join(target)).unwrap_or_else(|error| panic!("{target}: {error}"));
    let mut inputs: Vec<_> = files
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn kept_inputs_do_no_harm() {
    for (name, target) in TARGETS {
        let inputs = inputs(name);
        assert!(inputs.len() > 2, "{name} has no corpus");
        for (file, bytes) in inputs {
            // The harness keeps this of a test that panics.
            println!("{name}/{file}");
            target(&bytes);
        }
    }
}

#[test]
fn every_folder_of_the_corpus_has_a_target_and_every_target_a_fuzzer() {
    let named: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let folders = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), named);
    let fuzzers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let files = fs::read_dir(fuzzers).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(
        files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect::<BTreeSet<_>>(),
        named
    );
}

/// A fuzzer that is refused at the door fuzzes the door: half of what the plans say must get in.
#[test]
fn half_of_the_plans_updates_pass_the_gate() {
    let (mut offered, mut entered) = (0, 0);
    for (_, bytes) in inputs("gate_apply") {
        let (these, passed) = gate_plan(&bytes);
        (offered, entered) = (offered + these, entered + passed);
    }
    println!("kept plans: {entered} of {offered} updates passed");
    let mut dice = Dice::of_seed(4);
    let (mut offered, mut entered) = (0, 0);
    for _ in 0..50 {
        let bytes: Vec<u8> = (0..600).map(|_| dice.below(256) as u8).collect();
        let (these, passed) = gate_plan(&bytes);
        (offered, entered) = (offered + these, entered + passed);
    }
    println!("random plans: {entered} of {offered} updates passed");
    assert!(entered * 2 >= offered, "{entered} of {offered}");
}
