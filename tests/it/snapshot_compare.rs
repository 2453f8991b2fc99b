//! Two states of a board are compared object by object: nothing that differs is missing, nothing else is said.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use bytes::Bytes;
use jalostamo::{
    board::{
        Board, Item, ItemKind, Link, LinkKind,
        compare::{Changed, Comparison, Line, compare},
        edit, import, read,
        value::{FieldValue, Fields},
    },
    ids::PersonId,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use yrs::{Doc, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode};

fn item(kind: ItemKind, number: usize) -> Item {
    Item {
        id: format!("{}_{number:05}", kind.name()),
        kind,
        text: format!("text {number}"),
        at: (0, 0),
        size: (200, 120),
        parent: None,
        unplaced: false,
        order: format!("a{number:05}"),
        layer: 0,
        color: "yellow",
        author: None,
        made: 0,
        entered: false,
        fields: Fields::new(),
        place: (0, 0),
    }
}

fn link(kind: LinkKind, number: usize, from: &str, to: &str) -> Link {
    let (id, text) = (format!("{}_{number:05}", kind.name()), String::new());
    Link { id, kind, text, from: from.into(), to: to.into(), author: None, made: 0, fields: Fields::new() }
}

fn board(items: Vec<Item>, links: Vec<Link>) -> Board {
    Board { items, links, ..Board::default() }
}

fn ids(board: &Board) -> BTreeSet<String> {
    board.items.iter().map(|item| item.id.clone()).chain(board.links.iter().map(|link| link.id.clone())).collect()
}

fn ids_of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<&'a str> {
    lines.into_iter().map(|line| line.id.as_str()).collect()
}

fn changes(found: &Changed) -> Vec<(&str, &Json, &Json)> {
    found.fields.iter().map(|change| (change.name, &change.before, &change.after)).collect()
}

#[test]
fn what_came_and_went_is_listed_in_reading_order() {
    let note = |number| item(ItemKind::Note, number);
    let arrow = |number, from, to| link(LinkKind::Sequence, number, from, to);
    let before = board(
        vec![note(3), note(1), note(2)],
        vec![
            arrow(1, "note_00002", "note_00001"),
            arrow(2, "note_00001", "note_00003"),
            arrow(3, "note_00003", "note_00002"),
        ],
    );
    let nothing = Board::default();
    let found = compare(&before, &nothing);
    let all = ["note_00003", "note_00001", "note_00002", "sequence_00003", "sequence_00002", "sequence_00001"];
    assert_eq!(ids_of(&found.removed), all, "items as they are read, then arrows by their beginnings");
    assert!(found.added.is_empty() && found.changed.is_empty());
    assert_eq!(ids_of(&compare(&nothing, &before).added), all);
    let line = Line { id: "note_00003".into(), kind: "note", text: "text 3".into() };
    assert_eq!(found.removed[0], line);
}

#[test]
fn every_change_has_its_name_and_both_values() {
    let earlier = item(ItemKind::Obstacle, 1);
    let mut later = earlier.clone();
    later.text = "Tietoa ei siirry".into();
    (later.color, later.at, later.size, later.layer) = ("pink", (5, -7), (10, 20), 3);
    (later.parent, later.order) = (Some("lane_00009".into()), "b".into());
    later.fields.insert("severity", FieldValue::Number(4));
    later.fields.insert("types", FieldValue::Set(vec!["culture".into()]));
    // Said by nobody, or drawn from other things: no change of this object.
    (later.made, later.place, later.unplaced) = (5, (9, 9), true);
    let mut with_fields = earlier.clone();
    with_fields.fields.insert("severity", FieldValue::Number(2));
    with_fields.fields.insert("types", FieldValue::Set(vec![]));
    let found = compare(&board(vec![with_fields], vec![]), &board(vec![later], vec![]));
    assert!(found.added.is_empty() && found.removed.is_empty());
    let place = |at: [i64; 2], size: [i64; 2], parent, order: &str, layer: i64| json!({"at": at, "size": size, "parent": parent, "order": order, "layer": layer});
    assert_eq!(found.changed[0].line.text, "Tietoa ei siirry", "as it is later");
    assert_eq!(
        changes(&found.changed[0]),
        [
            ("text", &json!("text 1"), &json!("Tietoa ei siirry")),
            ("color", &json!("yellow"), &json!("pink")),
            ("severity", &json!(2), &json!(4)),
            ("types", &json!([]), &json!(["culture"])),
            (
                "place",
                &place([0, 0], [200, 120], Json::Null, "a00001", 0),
                &place([5, -7], [10, 20], json!("lane_00009"), "b", 3)
            ),
        ]
    );

    let mut pin = link(LinkKind::Pin, 1, "a", "b");
    pin.fields.insert("offset", FieldValue::Pair((1, 2)));
    let mut moved = pin.clone();
    (moved.from, moved.to) = ("c".into(), "d".into());
    moved.fields.insert("offset", FieldValue::Pair((3, 4)));
    let found = compare(&board(vec![], vec![pin]), &board(vec![], vec![moved]));
    assert_eq!(
        changes(&found.changed[0]),
        [
            ("from", &json!("a"), &json!("c")),
            ("to", &json!("b"), &json!("d")),
            ("place", &json!({"offset": [1, 2]}), &json!({"offset": [3, 4]})),
        ]
    );
}

#[test]
fn each_part_of_a_place_is_noticed() {
    let earlier = item(ItemKind::Step, 1);
    for change in [
        (|item: &mut Item| item.at.0 = 1) as fn(&mut Item),
        |item| item.size.1 = 1,
        |item| item.parent = Some("l".into()),
        |item| item.order = "Z".into(),
        |item| item.layer = 1,
    ] {
        let mut later = earlier.clone();
        change(&mut later);
        let found = compare(&board(vec![earlier.clone()], vec![]), &board(vec![later], vec![]));
        assert_eq!(found.changed.len(), 1);
        assert_eq!(found.changed[0].fields.iter().map(|change| change.name).collect::<Vec<_>>(), ["place"]);
    }
}

fn some_item() -> impl Strategy<Value = Item> {
    let kind = prop::sample::select(vec![ItemKind::Note, ItemKind::Step, ItemKind::Lane]);
    (kind, 0usize..12, 0u8..3, 0i64..3, prop::option::of(0u8..2), 0i64..3).prop_map(
        |(kind, number, text, at, parent, severity)| {
            let mut item = item(kind, number);
            item.text = format!("text {text}");
            item.at = (at, 0);
            item.parent = parent.map(|number| format!("lane_{number:05}"));
            item.fields.insert("severity", FieldValue::Number(severity));
            item
        },
    )
}

fn some_link() -> impl Strategy<Value = Link> {
    let kind = prop::sample::select(vec![LinkKind::Sequence, LinkKind::Pin]);
    (kind, 0usize..8, 0usize..12, 0usize..12)
        .prop_map(|(kind, number, from, to)| link(kind, number, &format!("note_{from:05}"), &format!("step_{to:05}")))
}

/// Every id once.
fn some_board() -> impl Strategy<Value = Board> {
    (prop::collection::vec(some_item(), 0..20), prop::collection::vec(some_link(), 0..12)).prop_map(|(items, links)| {
        let items: BTreeMap<String, Item> = items.into_iter().map(|item| (item.id.clone(), item)).collect();
        let links: BTreeMap<String, Link> = links.into_iter().map(|link| (link.id.clone(), link)).collect();
        board(items.into_values().collect(), links.into_values().collect())
    })
}

/// What is compared of each object.
fn said(board: &Board) -> BTreeMap<&str, Json> {
    let item = |item: &Item| {
        json!([
            item.kind.name(),
            item.text,
            item.at,
            item.size,
            item.parent,
            item.order,
            item.layer,
            item.color,
            item.fields
        ])
    };
    let link = |link: &Link| json!([link.kind.name(), link.text, link.from, link.to, link.fields]);
    let items = board.items.iter().map(|one| (one.id.as_str(), item(one)));
    items.chain(board.links.iter().map(|one| (one.id.as_str(), link(one)))).collect()
}

proptest! {
    #[test]
    fn a_board_does_not_differ_from_itself(board in some_board()) {
        prop_assert_eq!(compare(&board, &board), Comparison::default());
    }

    #[test]
    fn the_lists_lead_from_one_to_the_other(before in some_board(), after in some_board()) {
        let found = compare(&before, &after);
        let mut reached = ids(&before);
        for line in &found.removed {
            prop_assert!(reached.remove(&line.id), "{} was not there", line.id);
        }
        for line in &found.added {
            prop_assert!(reached.insert(line.id.clone()), "{} was there", line.id);
        }
        prop_assert_eq!(&reached, &ids(&after));
        // Changed is exactly what is on both and says something else.
        let (said_before, said_after) = (said(&before), said(&after));
        let differing: BTreeSet<&str> = said_before
            .iter()
            .filter(|(id, said)| said_after.get(*id).is_some_and(|after| after != *said))
            .map(|(id, _)| *id)
            .collect();
        let changed = ids_of(found.changed.iter().map(|changed| &changed.line));
        prop_assert_eq!(changed.len(), differing.len());
        prop_assert_eq!(changed.into_iter().collect::<BTreeSet<_>>(), differing);
        for change in found.changed.iter().flat_map(|changed| &changed.fields) {
            prop_assert_ne!(&change.before, &change.after);
        }
        // Backwards it says the opposite.
        let back = compare(&after, &before);
        let sorted = |lines: &[Line]| { let mut ids = ids_of(lines); ids.sort_unstable(); ids.join(" ") };
        prop_assert_eq!(sorted(&back.added), sorted(&found.removed));
        prop_assert_eq!(sorted(&back.removed), sorted(&found.added));
        prop_assert_eq!(back.changed.len(), found.changed.len());
    }
}

/// A document of 4,000 notes and 1,000 arrows.
fn document(text: &str) -> Bytes {
    let id = |prefix: &str, number: usize| format!("{prefix}_01EAHC000000000000000{number:05}");
    let items: Vec<Json> = (0..4_000)
        .map(|number| json!({"id": id("n", number), "kind": "note", "text": format!("{text} {number}"), "at": [number, 7]}))
        .collect();
    let links: Vec<Json> = (0..1_000)
        .map(|number| json!({"id": id("f", number), "kind": "sequence", "from": id("n", number), "to": id("n", number + 1)}))
        .collect();
    let file = json!({"format": "jalostamo.board", "version": 1, "title": "T", "items": items, "links": links});
    let file = import::read(file.to_string().as_bytes()).unwrap();
    let doc = Doc::new();
    for update in edit::import(&file, PersonId::new(), 4_711, 1) {
        doc.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
    }
    doc.transact().encode_state_as_update_v1(&StateVector::default()).into()
}

#[test]
fn large_boards_are_compared_fast_enough_to_wait_for() {
    let (before, after) = (document("ennen"), document("jälkeen"));
    let begin = Instant::now();
    let (before, after) = (read::from_update(&before).unwrap(), read::from_update(&after).unwrap());
    let read = begin.elapsed();
    let begin = Instant::now();
    let found = compare(&before, &after);
    println!("two boards of 5,000 objects: read in {read:?}, compared in {:?} (nothing in common)", begin.elapsed());
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (5_000, 5_000, 0));

    let mut after = before.clone();
    after.items.truncate(3_500);
    after.items.iter_mut().filter(|item| item.text.ends_with('7')).for_each(|item| item.text.push('!'));
    let begin = Instant::now();
    let found = compare(&before, &after);
    println!("two boards of 5,000 objects: compared in {:?} (much in common)", begin.elapsed());
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (0, 500, 350));
}
