//! Promise: undo and redo in browsers pass the gate. `tests/corpus` holds what Yjs 13.6 and its undo manager sent in
//! scenes of two people, each update in the order in which it came, and at the end both whole documents.

use std::{fs, path::Path};

use jalostamo::{gate::Verdict, ids::PersonId, role::Role};
use serde::Deserialize;

use crate::gate_peer::{Board, rights};

#[derive(Deserialize)]
struct Scene {
    people: Vec<PersonId>,
    live: usize,
    updates: Vec<Sent>,
}

#[derive(Deserialize)]
struct Sent {
    person: usize,
    hex: String,
}

fn scenes() -> Vec<(String, Scene)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut scenes: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let scene = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), scene)
        })
        .collect();
    scenes.sort_by(|a, b| a.0.cmp(&b.0));
    scenes
}

#[test]
fn undo_and_redo_pass() {
    let scenes = scenes();
    assert!(scenes.len() > 9);
    for (name, scene) in scenes {
        let mut board = Board::new();
        for (number, sent) in scene.updates.iter().enumerate() {
            let bytes = data_encoding::HEXLOWER.decode(sent.hex.as_bytes()).unwrap().into();
            let verdict = board.judge(&bytes, &rights(scene.people[sent.person], Role::Participant));
            let passed = matches!(verdict, Verdict::Accept(_) | Verdict::Nothing);
            assert!(passed, "{name}, update {number}: {verdict:?}");
            // The last two are the whole documents, which say nothing new.
            assert!(number + 2 < scene.updates.len() || matches!(verdict, Verdict::Nothing), "{name}: {verdict:?}");
            board.check_loaded();
        }
        assert_eq!(board.gate.live_objects(), scene.live, "{name}");
    }
}
