//! Whatever is in a document, it is read as a board: never a panic, always values that the schema takes.

use std::collections::HashMap;

use jalostamo::board::{
    Board, ItemKind, check,
    place::{Anchor, places},
    read::{from_doc, from_update},
    schema::{self, Root, Value},
    value::{FieldValue, Odd},
};
use proptest::prelude::*;
use serde_json::json;
use yrs::{
    Any, Array, ArrayPrelim, Doc, Map, MapPrelim, MapRef, ReadTxn, StateVector, TextPrelim, Transact, TransactionMut,
};

fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}_01EAHC00000000000000000{:03}", number % 1000)
}

fn object(txn: &mut TransactionMut<'_>, root: &MapRef, id: &str, kind: &str) -> MapRef {
    let map = root.insert(txn, id, MapPrelim::default());
    map.insert(txn, "kind", kind);
    map
}

fn point(x: i64, y: i64) -> Any {
    Any::from(vec![Any::from(x), Any::from(y)])
}

/// Everything that a board must be, whatever it was read from.
fn is_whole(board: &Board) {
    let mut live = HashMap::new();
    for item in &board.items {
        assert!(schema::is_object_id(Root::Items, &item.id));
        assert!(live.insert(item.id.as_str(), item).is_none(), "{} twice", item.id);
        let kind = schema::kind_of(Root::Items, item.kind.name()).unwrap();
        assert_eq!(item.fields.len(), kind.fields.len());
        for field in kind.fields {
            let value = match &item.fields[field.name] {
                FieldValue::Nothing => json!(null),
                FieldValue::Text(text) => json!(text),
                FieldValue::Number(number) => json!(number),
                FieldValue::Flag(flag) => json!(flag),
                FieldValue::Pair(pair) => json!([pair.0, pair.1]),
                FieldValue::Set(elements) => json!(elements),
            };
            assert!(check::value(field.value, &value).is_some(), "{}: {value}", field.name);
        }
        assert!(check::value(Value::Order, &json!(item.order)).is_some());
        assert!(check::value(Value::Size, &json!([item.size.0, item.size.1])).is_some());
        assert!(check::units(&item.text) <= jalostamo::limits::TEXT_UNITS);
    }
    for item in &board.items {
        if let Some(parent) = &item.parent {
            assert!(!item.unplaced && live[parent.as_str()].kind == ItemKind::Lane);
        }
    }
    for link in &board.links {
        assert!(live.contains_key(link.from.as_str()) && live.contains_key(link.to.as_str()) && link.from != link.to);
    }
    let order =
        |at: usize| (&board.items[at].order, board.items[at].place.1, board.items[at].place.0, &board.items[at].id);
    assert!((1..board.items.len()).all(|at| order(at - 1) <= order(at)));
}

#[test]
fn a_document_of_our_own_reads_without_oddities() {
    let doc = Doc::new();
    let items = doc.get_or_insert_map("items");
    let links = doc.get_or_insert_map("links");
    let mut txn = doc.transact_mut();
    let lane = object(&mut txn, &items, &id("l", 1), "lane");
    lane.insert(&mut txn, "at", point(100, 200));
    let step = object(&mut txn, &items, &id("s", 2), "step");
    step.insert(&mut txn, "parent", id("l", 1));
    step.insert(&mut txn, "at", point(10, 20));
    step.insert(&mut txn, "stepKind", "end");
    step.insert(&mut txn, "text", TextPrelim::new("Päätös 😀"));
    let obstacle = object(&mut txn, &items, &id("o", 3), "obstacle");
    let types = obstacle.insert(&mut txn, "types", MapPrelim::default());
    for word in ["practice", "boundary"] {
        types.insert(&mut txn, word, true);
    }
    let pin = object(&mut txn, &links, &id("i", 4), "pin");
    pin.insert(&mut txn, "from", id("o", 3));
    pin.insert(&mut txn, "to", id("s", 2));
    pin.insert(&mut txn, "offset", point(-5, 30));
    drop(txn);
    let board = from_doc(&doc);
    assert!(board.oddities.is_empty(), "{:?}", board.oddities);
    is_whole(&board);
    let by_id = board.by_id();
    let (step, obstacle) = (by_id[id("s", 2).as_str()], by_id[id("o", 3).as_str()]);
    assert_eq!((step.place, step.size, step.text.as_str()), ((110, 220), (60, 60), "Päätös 😀"));
    assert_eq!((obstacle.place, obstacle.number("severity")), ((105, 250), 2));
    assert_eq!(obstacle.set("types"), ["boundary", "practice"]);
}

#[test]
fn what_loses_its_lane_stays_where_it_was_drawn() {
    let doc = Doc::new();
    let items = doc.get_or_insert_map("items");
    let mut txn = doc.transact_mut();
    let outer = object(&mut txn, &items, &id("l", 1), "lane");
    outer.insert(&mut txn, "at", point(1_000, 0));
    let lane = object(&mut txn, &items, &id("l", 2), "lane");
    lane.insert(&mut txn, "at", point(100, 0));
    lane.insert(&mut txn, "parent", id("l", 1));
    lane.insert(&mut txn, "gone", true);
    let note = object(&mut txn, &items, &id("n", 3), "note");
    note.insert(&mut txn, "at", point(10, 0));
    note.insert(&mut txn, "parent", id("l", 2));
    for (own, other) in [(5, 6), (6, 5)] {
        let ring = object(&mut txn, &items, &id("l", own), "lane");
        ring.insert(&mut txn, "parent", id("l", other));
        ring.insert(&mut txn, "at", point(7, 0));
    }
    drop(txn);
    let board = from_doc(&doc);
    is_whole(&board);
    let by_id = board.by_id();
    let note = by_id[id("n", 3).as_str()];
    assert_eq!((note.place, note.at, note.unplaced, note.parent.as_deref()), ((1_110, 0), (1_110, 0), true, None));
    assert!(!by_id.contains_key(id("l", 2).as_str()));
    assert!(by_id[id("l", 5).as_str()].unplaced && by_id[id("l", 5).as_str()].place == (14, 0));
    assert_eq!(board.oddities.iter().filter(|odd| odd.what == Odd::Cycle).count(), 2);
}

#[test]
fn the_first_live_pin_places_and_links_to_what_is_gone_are_left_out() {
    let doc = Doc::new();
    let items = doc.get_or_insert_map("items");
    let links = doc.get_or_insert_map("links");
    let comments = doc.get_or_insert_map("comments");
    let mut txn = doc.transact_mut();
    for (number, gone) in [(1, true), (2, false), (3, false), (4, false)] {
        let note = object(&mut txn, &items, &id("n", number), "note");
        note.insert(&mut txn, "at", point(100 * i64::try_from(number).unwrap(), 0));
        note.insert(&mut txn, "gone", gone);
    }
    for (number, to) in [(1, 1), (2, 2), (3, 3)] {
        let pin = object(&mut txn, &links, &id("i", number), "pin");
        pin.insert(&mut txn, "from", id("n", 4));
        pin.insert(&mut txn, "to", id("n", to));
        let comment = object(&mut txn, &comments, &id("c", number), "comment");
        comment.insert(&mut txn, "target", id("n", to));
    }
    drop(txn);
    let board = from_doc(&doc);
    is_whole(&board);
    assert_eq!(board.by_id()[id("n", 4).as_str()].place, (200, 0));
    assert_eq!((board.links.len(), board.comments.len(), board.oddities.len()), (2, 2, 0));
}

#[test]
fn a_text_at_the_limit_is_whole_and_one_past_is_cut() {
    for (units, odd) in [(jalostamo::limits::TEXT_UNITS, 0), (jalostamo::limits::TEXT_UNITS + 1, 1)] {
        let doc = Doc::new();
        let items = doc.get_or_insert_map("items");
        let note = object(&mut doc.transact_mut(), &items, &id("n", 1), "note");
        note.insert(&mut doc.transact_mut(), "text", TextPrelim::new("ä".repeat(units)));
        let board = from_doc(&doc);
        assert_eq!(check::units(&board.items[0].text), jalostamo::limits::TEXT_UNITS);
        assert_eq!(board.oddities.len(), odd);
    }
}

#[test]
fn bytes_that_are_no_document_are_an_error() {
    assert!(from_update(b"").is_err());
    assert!(from_update(&[255; 40]).is_err());
    assert!(from_update(&[0, 0]).unwrap().items.is_empty());
}

fn junk() -> impl Strategy<Value = Any> {
    let leaf = prop_oneof![
        Just(Any::Null),
        Just(Any::Undefined),
        any::<bool>().prop_map(Any::from),
        any::<i64>().prop_map(Any::from),
        any::<f64>().prop_map(Any::from),
        (-3_i64..5).prop_map(Any::from),
        ".{0,12}".prop_map(|text: String| Any::from(text.as_str())),
        prop::sample::select(vec!["note", "lane", "step", "pin", "sequence", "end", "V1", "2020-02-30", "yellow"])
            .prop_map(Any::from),
        (0_usize..8, prop::sample::select(vec!["n", "l", "s", "o", "f", "i", "c"]))
            .prop_map(|(n, p)| Any::from(id(p, n))),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(|bytes| Any::Buffer(bytes.into())),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| prop::collection::vec(inner, 0..4).prop_map(Any::from))
}

fn field_name() -> impl Strategy<Value = String> {
    let names: Vec<&str> = Root::ALL
        .into_iter()
        .flat_map(|root| schema::common_fields(root).iter().chain(root.kinds().iter().flat_map(|kind| kind.fields)))
        .map(|field| field.name)
        .chain(["__proto__", "", "x"])
        .collect();
    prop::sample::select(names).prop_map(str::to_owned)
}

/// What is written: root, object, field, and a plain value or a shared type in its place.
type Write = (usize, (usize, usize), String, u8, Any);

fn writes() -> impl Strategy<Value = Vec<Write>> {
    prop::collection::vec((0_usize..4, (0_usize..9, 0_usize..8), field_name(), 0_u8..12, junk()), 0..80)
}

fn build(writes: &[Write]) -> Doc {
    let doc = Doc::new();
    let roots = ["items", "links", "comments", "meta"].map(|name| doc.get_or_insert_map(name));
    let prefixes = ["n", "l", "s", "o", "f", "i", "c", "a", "__proto__"];
    let mut txn = doc.transact_mut();
    for (root, (prefix, number), field, shape, value) in writes {
        let key = id(prefixes[*prefix], *number);
        let root = &roots[*root];
        if *shape == 0 {
            root.insert(&mut txn, key, value.clone());
            continue;
        }
        let map = match root.get(&txn, &key) {
            Some(yrs::Out::YMap(map)) => map,
            _ => root.insert(&mut txn, key, MapPrelim::default()),
        };
        match shape {
            1 => {
                map.insert(&mut txn, field.as_str(), TextPrelim::new("teksti"));
            }
            2 => {
                let set = map.insert(&mut txn, field.as_str(), MapPrelim::default());
                set.insert(&mut txn, "practice", value.clone());
                set.insert(&mut txn, "funding", true);
            }
            3 => {
                let array = map.insert(&mut txn, field.as_str(), ArrayPrelim::default());
                array.push_back(&mut txn, value.clone());
            }
            4 => {
                map.remove(&mut txn, field);
            }
            _ => {
                map.insert(&mut txn, field.as_str(), value.clone());
            }
        }
    }
    drop(txn);
    doc
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_document_is_read_as_a_whole_board(writes in writes()) {
        let doc = build(&writes);
        let board = from_doc(&doc);
        is_whole(&board);
        let state = doc.transact().encode_state_as_update_v1(&StateVector::default());
        prop_assert_eq!(from_update(&state).unwrap(), board);
    }

    #[test]
    fn any_bytes_are_read_or_refused(writes in writes(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut state = build(&writes).transact().encode_state_as_update_v1(&StateVector::default());
        let at = at.index(state.len());
        state[at] = byte;
        if let Ok(board) = from_update(&state) {
            is_whole(&board);
        }
    }

    #[test]
    fn every_item_has_a_place(pins in prop::collection::vec((0_usize..8, 0_usize..8), 8), parents in prop::collection::vec(prop::option::of(0_usize..8), 8)) {
        // Parents point to smaller numbers only: rings of parents are cut before.
        let anchors = (0..8_usize).map(|n| {
            let parent = parents[n].filter(|parent| *parent < n).map(|parent| format!("{parent}"));
            let pin = pins.iter().find(|(from, _)| *from == n).map(|(_, to)| (format!("{to}"), (1, 1)));
            (format!("{n}"), Anchor { at: (10, 10), parent, pin })
        });
        let (found, _) = places(&anchors.collect());
        prop_assert_eq!(found.len(), 8);
    }
}
