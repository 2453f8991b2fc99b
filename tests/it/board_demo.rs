//! The demo board holds what a team leaves after its second workshop, laid out so that nothing covers a step.

use std::collections::{BTreeSet, HashSet};

use jalostamo::board::{Item, ItemKind, LinkKind, demo};

#[test]
fn the_demo_has_what_it_promises() {
    let file = demo::file().unwrap();
    let board = file.board();
    assert!(board.oddities.is_empty(), "{:?}", board.oddities);
    let of = |kind: ItemKind| board.items.iter().filter(move |item| item.kind == kind);
    assert_eq!(of(ItemKind::Lane).count(), 4);
    assert_eq!(of(ItemKind::Lane).next().unwrap().word("laneKind"), "customer");
    assert!((18..=26).contains(&of(ItemKind::Step).count()));
    let kinds: BTreeSet<&str> = of(ItemKind::Step).map(|step| step.word("stepKind")).collect();
    assert!(kinds.is_superset(&BTreeSet::from(["task", "start", "end", "decision", "wait"])));
    assert!((5..=6).contains(&of(ItemKind::Obstacle).count()));
    assert!(of(ItemKind::Obstacle).all(|obstacle| !obstacle.set("types").is_empty()));
    assert_eq!(of(ItemKind::Cooperation).count(), 3);
    assert!((4..=5).contains(&of(ItemKind::NextStep).count()));
    for next in of(ItemKind::NextStep) {
        assert!(("2020-09-01"..="2020-12-31").contains(&next.word("due")) && !next.word("ownerOrg").is_empty());
    }
    assert!(of(ItemKind::Note).count() >= 5);
    let decisions: HashSet<&str> =
        of(ItemKind::Step).filter(|step| step.word("stepKind") == "decision").map(|step| step.id.as_str()).collect();
    for id in decisions {
        let out: Vec<_> = board.links.iter().filter(|link| link.from == id).collect();
        assert!(out.len() == 2 && out.iter().all(|link| !link.text.is_empty()), "each way of a decision has its word");
    }
    let pinned: HashSet<&str> =
        board.links.iter().filter(|link| link.kind == LinkKind::Pin).map(|link| link.from.as_str()).collect();
    assert!(of(ItemKind::Obstacle).chain(of(ItemKind::Cooperation)).all(|item| pinned.contains(item.id.as_str())));
}

#[test]
fn nothing_covers_anything_but_its_lane() {
    let file = demo::file().unwrap();
    let placed: Vec<&Item> = file.board().items.iter().collect();
    for (at, one) in placed.iter().enumerate() {
        for other in &placed[at + 1..] {
            let lanes = [one, other].iter().filter(|item| item.kind == ItemKind::Lane).count();
            if lanes != 1 {
                assert!(!one.rect().overlaps(other.rect()), "{:?} and {:?}", one.text, other.text);
            }
        }
    }
    let by_id = file.board().by_id();
    for item in placed {
        let Some(lane) = item.parent.as_deref().map(|id| by_id[id].rect()) else { continue };
        let rect = item.rect();
        assert!(rect.x >= lane.x && rect.y >= lane.y && rect.right() <= lane.right() && rect.bottom() <= lane.bottom());
    }
}
