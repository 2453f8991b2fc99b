//! A board file says all that is on a board: exported, imported and exported again it is the same.

use std::collections::HashSet;

use bytes::Bytes;
use jalostamo::{
    board::{
        Board, File, demo, edit, import, read,
        schema::{self, Field, Kind, Root, Value},
        value::Odd,
    },
    export::json::{same_content, write},
    gate::{Gate, Known, Verdict},
    ids::PersonId,
    limits,
    rights::{Action, Allowed, Rights, Whose},
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yrs::{Doc, Transact, Update, updates::decoder::Decode};

use crate::support::random::Random;

const NOW: i64 = 1_795_424_400_000;

/// Applies updates to an empty document, each judged by the gate first.
fn through_the_gate(updates: &[Bytes], author: PersonId) -> Board {
    let mut allowed = Allowed::NONE;
    for action in Action::ALL {
        for whose in Whose::ALL {
            allowed = allowed.with(action, whose);
        }
    }
    let rights = Rights { person: author, allowed, locked: Default::default(), read_only: false, part: None };
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

const LETTERS: [&str; 14] = ["a", "ä", "€", "😀", " ", "\\", "\"", "/", "<", "=", "\u{200b}", "א", "\u{feff}", "Ⱥ"];
const CONTROLS: [&str; 6] = ["\0", "\t", "\r", "\n", "\u{b}", "\u{202e}"];

fn text(letters: &[&str], random: &mut Random) -> String {
    (0..random.below(24)).filter_map(|_| random.pick(letters).copied()).collect()
}

/// A value that the field takes, as a file has it; `None` where references must be chosen, or the server decides.
fn value(field: &Field, random: &mut Random) -> Option<Json> {
    Some(match field.value {
        Value::Text => json!(text(&[&LETTERS[..], &CONTROLS].concat(), random)),
        // All lines take 48 units but the shortest.
        Value::Line(most) => json!(text(&LETTERS[..if most < 48 { 3 } else { 14 }], random)),
        Value::Set([]) => {
            let count = random.below(4);
            json!((0..count).map(|number| format!("org_{number:026}")).collect::<Vec<_>>())
        }
        Value::Set(words) => {
            let mut chosen: Vec<&str> = words.iter().copied().filter(|_| random.below(3) == 0).collect();
            chosen.sort_unstable();
            json!(chosen)
        }
        Value::Word(_) if field.name == "kind" => return None,
        Value::Word(words) => json!(random.pick(words)?),
        Value::Point => json!([random.below(2_000_001) as i64 - 1_000_000, random.below(200) as i64 - 100]),
        Value::Size => json!([1 + random.below(1_000_000), 1 + random.below(300)]),
        Value::Order => json!(format!("{}{}", random.pick(&["0", "U", "z", "Vk"])?, random.below(999))),
        Value::Time => json!(1 + random.next() % ((1 << 53) - 1)),
        Value::Flag => json!(random.below(2) == 0),
        Value::Number(least, most) => json!(least + (random.next() % (most - least + 1) as u64) as i64),
        Value::Day => random.pick(&[Json::Null, json!("2020-02-29"), json!("1999-12-31")])?.clone(),
        Value::Reference | Value::Person => return None,
    })
}

fn object(root: Root, kind: &Kind, number: usize, random: &mut Random) -> Json {
    let mut json = json!({"id": format!("{}_01EAHC000000000000000{number:05}", kind.prefix), "kind": kind.name});
    for field in schema::common_fields(root).iter().chain(kind.fields).filter(|field| field.name != "gone") {
        if let Some(value) = value(field, random) {
            json[field.name] = value;
        }
    }
    json
}

/// A board with at least one object of every kind, every field with any value it takes, and references of all sorts.
fn any_board(random: &mut Random) -> Json {
    let mut items: Vec<Json> = Vec::new();
    let mut containers: Vec<Json> = Vec::new();
    let mut number = 0;
    for round in 0..1 + random.below(3) {
        for kind in Root::Items.kinds() {
            if round > 0 && random.below(2) == 0 {
                continue;
            }
            number += 1;
            let mut item = object(Root::Items, kind, number, random);
            // Only what was made before: so nothing is in itself.
            item["parent"] = if random.below(3) == 0 { Json::Null } else { json!(random.pick(&containers)) };
            if schema::CONTAINERS.contains(&kind.name) {
                containers.push(item["id"].clone());
            }
            items.push(item);
        }
    }
    let mut links: Vec<Json> = Vec::new();
    for _ in 0..3 {
        for kind in Root::Links.kinds() {
            number += 1;
            let mut link = object(Root::Links, kind, number, random);
            let from = random.below(items.len());
            link["from"] = items[from]["id"].clone();
            link["to"] = items[(from + 1 + random.below(items.len() - 1)) % items.len()]["id"].clone();
            let arrows: Vec<&Json> =
                links.iter().filter(|link| schema::FLOWS.contains(&link["kind"].as_str().unwrap())).collect();
            if kind.name == "pin" && random.below(2) == 0 {
                link["to"] = random.pick(&arrows).unwrap()["id"].clone();
            }
            links.push(link);
        }
    }
    let mut comments: Vec<Json> = Vec::new();
    for target in [Json::Null, items[random.below(items.len())]["id"].clone(), links[0]["id"].clone()] {
        number += 1;
        let mut comment = object(Root::Comments, &Root::Comments.kinds()[0], number, random);
        comment["target"] = target;
        comments.push(comment);
    }
    json!({"format": "jalostamo.board", "version": 1, "title": "Kaikki lajit", "items": items, "links": links, "comments": comments})
}

#[test]
fn every_kind_and_every_field_is_in_such_a_board() {
    let board = any_board(&mut Random::new(7));
    for (root, name) in [(Root::Items, "items"), (Root::Links, "links"), (Root::Comments, "comments")] {
        for kind in root.kinds() {
            let one = board[name].as_array().unwrap().iter().find(|object| object["kind"] == kind.name).unwrap();
            let written = schema::common_fields(root).iter().chain(kind.fields);
            for field in written.filter(|field| !["author", "gone"].contains(&field.name)) {
                assert!(one.get(field.name).is_some(), "{}.{}", kind.name, field.name);
            }
        }
    }
}

/// What the file says, word for word: not only that two exports are equal.
fn says_the_same(file: &Json, exported: &Json) {
    for root in ["items", "links", "comments"] {
        let by_made = |json: &Json| {
            let mut all: Vec<Json> = json[root].as_array().unwrap().clone();
            all.sort_by_key(|object| (object["made"].as_i64(), object["text"].to_string()));
            all
        };
        let (before, after) = (by_made(file), by_made(exported));
        assert_eq!(before.len(), after.len(), "{root}");
        for (before, after) in before.iter().zip(&after) {
            for (field, value) in before.as_object().unwrap() {
                // A mark that is not there is not written.
                let unmarked = field == "entered" && value == false && after.get(field).is_none();
                if !unmarked && !["id", "parent", "from", "to", "target"].contains(&field.as_str()) {
                    assert_eq!(value, &after[field], "{root} {field}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_board_comes_back(seed in any::<u64>()) {
        let file = any_board(&mut Random::new(seed));
        let read = import::read(file.to_string().as_bytes()).unwrap();
        let first = write(read.board(), NOW);
        says_the_same(&file, &serde_json::from_slice(&first).unwrap());
        comes_back(&first);
    }
}
