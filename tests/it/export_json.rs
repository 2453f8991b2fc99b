//! A board file says all that is on a board: exported, imported and exported again it is the same.

use std::collections::HashSet;

use bytes::Bytes;
use jalostamo::{
    board::{Board, File, demo, edit, import, read, value::Odd},
    export::json::{same_content, write},
    gate::{Gate, Known, Verdict},
    ids::PersonId,
    limits,
    rights::{Action, Allowed, Rights, Whose},
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yrs::{Doc, Transact, Update, updates::decoder::Decode};

const NOW: i64 = 1_795_424_400_000;

/// Applies updates to an empty document, each judged by the gate first.
fn through_the_gate(updates: &[Bytes], author: PersonId) -> Board {
    let mut allowed = Allowed::NONE;
    for action in Action::ALL {
        for whose in Whose::ALL {
            allowed = allowed.with(action, whose);
        }
    }
    let rights = Rights { person: author, allowed, locked: Default::default(), read_only: false };
    let mut gate = Gate::new(Known::default());
    let doc = Doc::new();
    for update in updates {
        assert!(update.len() <= limits::MESSAGE_BYTES);
        match gate.judge(update, &rights) {
            Verdict::Accept(_) => {}
            other => panic!("{other:?}"),
        }
        doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
    }
    read::from_doc(&doc)
}

fn made(file: &File) -> Board {
    let author = PersonId::new();
    let board = through_the_gate(&edit::import(file, author, 4_711, NOW), author);
    // Pins may form rings, in a file as on a board; nothing else may be odd.
    assert!(board.oddities.iter().all(|odd| odd.what == Odd::Cycle && odd.field == "pin"), "{:?}", board.oddities);
    assert!(board.items.iter().all(|item| item.author == Some(author)));
    board
}

/// Export, import, through the gate into a document, export: the same, under other ids.
fn comes_back(first: &[u8]) {
    let file = import::read(first).unwrap();
    let board = made(&file);
    let second = write(&board, NOW + 1_000);
    assert!(same_content(first, &second), "{}\n{}", String::from_utf8_lossy(first), String::from_utf8_lossy(&second));
    let ids = |bytes: &[u8]| -> HashSet<String> {
        let json: Json = serde_json::from_slice(bytes).unwrap();
        let all = ["items", "links", "comments"].map(|root| json[root].as_array().unwrap().clone()).concat();
        all.iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(ids(first).is_disjoint(&ids(&second)));
    assert_eq!(ids(first).len(), ids(&second).len());
}

#[test]
fn the_demo_comes_back() {
    comes_back(&write(demo::file().unwrap().board(), NOW));
}

#[test]
fn the_comparison_can_fail() {
    let demo = write(demo::file().unwrap().board(), NOW);
    let text = String::from_utf8(demo.clone()).unwrap();
    assert!(same_content(&demo, text.replacen("2026-11-23", "2027-01-01", 1).as_bytes()));
    assert!(!same_content(&demo, text.replacen("\"severity\":3", "\"severity\":2", 1).as_bytes()));
    assert!(!same_content(&demo, text.replacen("Kela", "Vero", 1).as_bytes()));
    assert!(!same_content(b"", b""));
    // Two references swapped are another board, though the ids are the same.
    let mut json: Json = serde_json::from_slice(&demo).unwrap();
    let (from, to) = (json["links"][0]["from"].clone(), json["links"][0]["to"].clone());
    json["links"][0]["from"] = to;
    json["links"][0]["to"] = from;
    assert!(!same_content(&demo, json.to_string().as_bytes()));
}

#[test]
fn a_file_has_no_people_and_names_format_version_and_time() {
    let json: Json = serde_json::from_slice(&write(&made(&demo::file().unwrap()), NOW)).unwrap();
    assert_eq!((json["format"].as_str(), json["version"].as_i64()), (Some("jalostamo.board"), Some(1)));
    assert_eq!(json["exported"], "2026-11-23T09:00:00Z");
    let text = json.to_string();
    assert!(!text.contains("author") && !text.contains("\"p_") && !text.contains("\"b_"));
}

#[test]
fn an_empty_board_has_its_title() {
    let author = PersonId::new();
    let long = "ä".repeat(500) + "\n";
    for (title, expected) in
        [("Läheisen kuolema", "Läheisen kuolema".to_owned()), (long.as_str(), "ä".repeat(limits::TITLE_CHARS))]
    {
        let board = through_the_gate(&edit::empty(title, 7), author);
        assert_eq!((board.title, board.items.len(), board.oddities.len()), (expected, 0, 0));
    }
}

#[test]
fn what_has_no_time_gets_the_time_of_the_import() {
    let file = json!({"format": "jalostamo.board", "version": 1, "items": [
        {"id": "n_01EAHC00000000000000000001", "kind": "note"},
        {"id": "n_01EAHC00000000000000000002", "kind": "note", "made": 1_591_862_400_000_i64}]});
    let board = made(&import::read(file.to_string().as_bytes()).unwrap());
    assert_eq!(board.items.iter().map(|item| item.made).collect::<Vec<_>>(), [NOW, 1_591_862_400_000]);
}

#[test]
fn a_full_board_of_long_texts_comes_back_in_updates_that_fit() {
    let items: Vec<Json> = (0..limits::LIVE_OBJECTS)
        .map(|number| {
            let text = if number < 300 { "€".repeat(limits::TEXT_UNITS) } else { format!("lappu {number}") };
            json!({"id": format!("n_01EAHC000000000000000{number:05}"), "kind": "note", "text": text})
        })
        .collect();
    let file = json!({"format": "jalostamo.board", "version": 1, "items": items}).to_string();
    let board = made(&import::read(file.as_bytes()).unwrap());
    assert_eq!(board.items.len(), limits::LIVE_OBJECTS);
    assert_eq!(board.items.iter().filter(|item| item.text.chars().count() == limits::TEXT_UNITS).count(), 300);
}

prop_compose! {
    fn note(number: usize)(
        text in ".{0,30}", x in -1_000_000_i64..=1_000_000, y in -50_i64..50, order in "[0-9A-Za-z]{1,5}",
        kind in 0_usize..3, parent in prop::option::of(0_usize..3), flag in any::<bool>(), severity in 1..=4, made in 1_i64..1 << 53,
        types in prop::sample::subsequence(vec!["boundary", "funding", "other"], 0..=3), line in "[a-zåäö \\\\\"/]{0,20}",
    ) -> Json {
        let mut json = json!({"text": text, "at": [x, y], "size": [1 + y.abs(), 1_000_000], "order": order, "made": made});
        let more = [
            json!({"id": format!("n_01EAHC00000000000000000{number:03}"), "kind": "note", "color": "violet"}),
            json!({"id": format!("s_01EAHC00000000000000000{number:03}"), "kind": "step", "customerContact": flag, "system": line}),
            json!({"id": format!("o_01EAHC00000000000000000{number:03}"), "kind": "obstacle", "severity": severity, "types": types}),
        ];
        for (key, value) in more[kind].as_object().unwrap() {
            json[key] = value.clone();
        }
        json["parent"] = json!(parent.map(|lane| format!("l_01EAHC00000000000000000{lane:03}")));
        json
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_board_comes_back(
        title in "[^\\p{Cc}]{0,40}",
        notes in (0_usize..12).prop_flat_map(|count| (0..count).map(note).collect::<Vec<_>>()),
        links in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..4), 0..10),
    ) {
        let mut items: Vec<Json> = (0..3).map(|lane| json!({"id": format!("l_01EAHC00000000000000000{lane:03}"), "kind": "lane", "at": [0, lane * 300], "made": 1})).collect();
        items.extend(notes);
        let mut out = Vec::new();
        for (number, (from, to, kind)) in links.iter().enumerate() {
            let (from, to) = (&items[from.index(items.len())]["id"], &items[to.index(items.len())]["id"]);
            if from != to {
                let kind = ["sequence", "information", "customerMove", "pin"][*kind];
                let prefix = if kind == "pin" { "i" } else { "f" };
                out.push(json!({"id": format!("{prefix}_01EAHC0000000000000000{number:04}"), "kind": kind, "from": from, "to": to, "made": 5}));
            }
        }
        let file = json!({"format": "jalostamo.board", "version": 1, "title": title, "items": items, "links": out});
        let file = import::read(file.to_string().as_bytes()).unwrap();
        comes_back(&write(file.board(), NOW));
    }
}
