//! The demo boards hold what six teams leave after their workshops, laid out so that nothing covers anything.

use std::collections::{BTreeSet, HashMap, HashSet};

use jalostamo::{
    board::{
        Board, Item, ItemKind, Link, LinkKind, demo, import,
        schema::{CHANNELS, LANE_KINDS, NEXT_STEP_TYPES, OBSTACLE_TYPES, STEP_KINDS},
        value::Rect,
    },
    export::json::{same_content, write},
};

/// Every demo board with its name.
fn boards() -> Vec<(&'static str, Board)> {
    let read = |(name, json): &(&'static str, &[u8])| {
        let file = import::read(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        (*name, file.board().clone())
    };
    demo::NAMED.iter().map(read).collect()
}

fn of(board: &Board, kind: ItemKind) -> impl Iterator<Item = &Item> {
    board.items.iter().filter(move |item| item.kind == kind)
}

fn links(board: &Board, kind: LinkKind) -> impl Iterator<Item = &Link> {
    board.links.iter().filter(move |link| link.kind == kind)
}

#[test]
fn six_boards_are_complete_and_in_reading_order() {
    assert_eq!(boards().len(), 6);
    for (name, json) in demo::NAMED {
        let board = import::read(json).unwrap().board().clone();
        assert!(same_content(json, &write(&board, 0)), "{name} lacks a field or is not in order");
        assert!(board.oddities.is_empty(), "{name}: {:?}", board.oddities);
    }
    let single = demo::file().unwrap();
    assert_eq!(single.board().title, boards()[0].1.title);
}

#[test]
fn every_kind_is_on_every_board() {
    for (name, board) in boards() {
        assert!((60..=110).contains(&board.items.len()), "{name}: {} items", board.items.len());
        let kinds: HashSet<ItemKind> = board.items.iter().map(|item| item.kind).collect();
        let missing: Vec<_> = ItemKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
        assert!(missing.is_empty(), "{name} has no {missing:?}");
        for kind in LinkKind::ALL {
            assert!(links(&board, *kind).count() > 0, "{name} has no {kind:?}");
        }
        assert!((4..=6).contains(&of(&board, ItemKind::Lane).count()), "{name}");
        assert_eq!(of(&board, ItemKind::Lane).next().unwrap().word("laneKind"), "customer", "{name}");
        assert!((12..=30).contains(&of(&board, ItemKind::Step).count()), "{name}");
        assert_eq!(of(&board, ItemKind::Goal).count(), 1, "{name}");
        assert!(
            of(&board, ItemKind::Lane).any(|lane| lane.word("laneKind") == "network" && lane.word("org").is_empty())
        );
        let frames: BTreeSet<&str> = of(&board, ItemKind::Frame).map(|frame| frame.text.as_str()).collect();
        for frame in ["Rajaus", "Yhteinen tavoite", "Sanasto", "Prosessi: nykytila", "Kyseenalaistukset", "Ideat"] {
            assert!(frames.contains(frame), "{name} has no {frame}");
        }
    }
}

#[test]
fn the_words_of_every_list_that_teams_fill_are_used() {
    let boards = boards();
    let used = |kind: ItemKind, field: &'static str| -> BTreeSet<&str> {
        boards.iter().flat_map(|(_, board)| of(board, kind)).map(|item| item.word(field)).collect()
    };
    let all = |words: &[&'static str]| words.iter().copied().collect::<BTreeSet<&str>>();
    assert_eq!(used(ItemKind::Step, "stepKind"), all(STEP_KINDS));
    assert_eq!(used(ItemKind::NextStep, "stepType"), all(NEXT_STEP_TYPES));
    assert_eq!(used(ItemKind::Lane, "laneKind"), all(LANE_KINDS));
    assert_eq!(used(ItemKind::Step, "channel").len(), CHANNELS.len() - 1, "all but `other`");
    let types: BTreeSet<&str> = boards
        .iter()
        .flat_map(|(_, board)| of(board, ItemKind::Obstacle))
        .flat_map(|obstacle| obstacle.set("types"))
        .map(String::as_str)
        .collect();
    let missing: Vec<_> = OBSTACLE_TYPES.iter().filter(|kind| !types.contains(*kind)).collect();
    assert!(missing.len() <= 2, "no obstacle is of {missing:?}");
}

#[test]
fn what_is_pinned_tells_what_it_is() {
    let mut on_arrows = 0;
    for (name, board) in boards() {
        let arrows: HashSet<&str> =
            board.links.iter().filter(|link| link.kind.is_arrow()).map(|link| link.id.as_str()).collect();
        let pins: HashMap<&str, &str> =
            links(&board, LinkKind::Pin).map(|pin| (pin.from.as_str(), pin.to.as_str())).collect();
        let pinned = [ItemKind::Obstacle, ItemKind::Bottleneck, ItemKind::PainPoint, ItemKind::Cooperation];
        for item in board.items.iter().filter(|item| pinned.contains(&item.kind)) {
            assert!(pins.contains_key(item.id.as_str()), "{name}: {:?} is pinned to nothing", item.text);
        }
        on_arrows += of(&board, ItemKind::Obstacle).filter(|item| arrows.contains(pins[item.id.as_str()])).count();
        assert!(of(&board, ItemKind::Obstacle).all(|obstacle| !obstacle.set("types").is_empty()), "{name}");
        assert!(of(&board, ItemKind::Bottleneck).all(|item| !item.word("waitTime").is_empty()), "{name}");
        assert!(of(&board, ItemKind::Cooperation).all(|item| item.word("orgs").contains(", ")), "{name}");
        assert!(of(&board, ItemKind::Evidence).all(|item| !item.word("source").is_empty()), "{name}");
        for next in of(&board, ItemKind::NextStep) {
            assert!(("2020-08-01"..="2021-12-31").contains(&next.word("due")), "{name}: {:?}", next.text);
            assert!(!next.word("ownerOrg").is_empty() && !next.word("firstAction").is_empty(), "{name}");
        }
    }
    assert_eq!(on_arrows, 6, "one on each board");
}

#[test]
fn each_way_of_a_decision_has_its_word() {
    for (name, board) in boards() {
        for decision in of(&board, ItemKind::Step).filter(|step| step.word("stepKind") == "decision") {
            let ways: Vec<_> =
                board.links.iter().filter(|link| link.kind.is_arrow() && link.from == decision.id).collect();
            let worded = ways.iter().all(|link| !link.text.is_empty());
            assert!(ways.len() == 2 && worded, "{name}: {:?}", decision.text);
        }
        let ends = |link: &&Link| [link.from.clone(), link.to.clone()];
        let joined: HashSet<String> =
            board.links.iter().filter(|link| link.kind.is_arrow()).flat_map(|l| ends(&l)).collect();
        for step in of(&board, ItemKind::Step) {
            assert!(joined.contains(&step.id), "{name}: no arrow at {:?}", step.text);
        }
    }
}

#[test]
fn obstacles_lead_on_and_causes_are_named() {
    for (name, board) in boards() {
        let by_id = board.by_id();
        let ends = |link: &Link| (by_id[link.from.as_str()].kind, by_id[link.to.as_str()].kind);
        let pairs: HashSet<(ItemKind, ItemKind)> = links(&board, LinkKind::Relation).map(ends).collect();
        for pair in [
            (ItemKind::Obstacle, ItemKind::NextStep),
            (ItemKind::PainPoint, ItemKind::Obstacle),
            (ItemKind::Evidence, ItemKind::Obstacle),
            (ItemKind::Idea, ItemKind::Obstacle),
            (ItemKind::Question, ItemKind::Step),
            (ItemKind::Obstacle, ItemKind::Lane),
        ] {
            assert!(pairs.contains(&pair), "{name} has no relation {pair:?}");
        }
        // An obstacle says that it leads to a next step exactly when it does.
        let answered: HashSet<&str> = links(&board, LinkKind::Relation)
            .filter(|link| by_id[link.to.as_str()].kind == ItemKind::NextStep)
            .map(|link| link.from.as_str())
            .collect();
        for obstacle in of(&board, ItemKind::Obstacle) {
            let said = obstacle.word("resolution") == "nextStep";
            assert_eq!(said, answered.contains(obstacle.id.as_str()), "{name}: {:?}", obstacle.text);
        }
    }
}

#[test]
fn nothing_covers_anything_but_what_it_stands_in() {
    for (name, board) in boards() {
        let by_id = board.by_id();
        let stands_in = |item: &Item, other: &Item| {
            let mut parent = item.parent.as_deref();
            while let Some(id) = parent {
                if id == other.id {
                    return true;
                }
                parent = by_id[id].parent.as_deref();
            }
            false
        };
        for (at, one) in board.items.iter().enumerate() {
            for other in &board.items[at + 1..] {
                if !stands_in(one, other) && !stands_in(other, one) {
                    assert!(!one.rect().overlaps(other.rect()), "{name}: {:?} and {:?}", one.text, other.text);
                }
            }
            let Some(parent) = one.parent.as_deref().map(|id| by_id[id].rect()) else { continue };
            assert!(within(one.rect(), parent), "{name}: {:?} sticks out", one.text);
        }
    }
}

fn within(rect: Rect, of: Rect) -> bool {
    rect.x >= of.x && rect.y >= of.y && rect.right() <= of.right() && rect.bottom() <= of.bottom()
}
