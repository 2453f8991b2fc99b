//! Where things are drawn and in which order they are read, from parents and pins.
//! Knows no document: it works on ids and pairs. The browser's twin is in `web/src/model/`.
//!
//! An item is placed by the first live pin (by link id) that it is the `from` of: at the carrier's place plus
//! the pin's `offset`; otherwise at its parent's place plus `at`; otherwise at `at`. Rings are cut: an item that
//! is its own ancestor counts as having no parent, and of a ring with pins the pin that closes it, seen from
//! the ring's smallest id, does not place.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::value::Pair;

/// What places one item.
#[derive(Debug, Clone)]
pub struct Anchor {
    pub at: Pair,
    /// The parent as written, while the board knows it at all; also a gone one.
    pub parent: Option<String>,
    /// Carrier and offset.
    pub pin: Option<(String, Pair)>,
}

/// Every item that is its own ancestor.
#[must_use]
pub fn ancestors_of_themselves(anchors: &BTreeMap<String, Anchor>) -> HashSet<String> {
    let mut rings = HashSet::new();
    let mut done: HashSet<&str> = HashSet::new();
    for start in anchors.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: HashMap<&str, usize> = HashMap::new();
        let mut next = Some(start.as_str());
        while let Some(id) = next {
            if let Some(from) = on_path.get(id) {
                rings.extend(path.iter().skip(*from).map(|id| (*id).to_owned()));
                break;
            }
            if !done.insert(id) {
                break;
            }
            on_path.insert(id, path.len());
            path.push(id);
            next = anchors.get(id).and_then(|anchor| anchor.parent.as_deref()).filter(|id| anchors.contains_key(*id));
        }
    }
    rings
}

/// The place of every item, and the items whose pin closes a ring. Parents must be free of rings.
#[must_use]
pub fn places(anchors: &BTreeMap<String, Anchor>) -> (HashMap<String, Pair>, HashSet<String>) {
    let mut places: HashMap<&str, Pair> = HashMap::new();
    let mut cut: HashSet<&str> = HashSet::new();
    for start in anchors.keys() {
        let mut path: Vec<&str> = vec![start];
        let mut on_path: HashSet<&str> = HashSet::from([start.as_str()]);
        while let Some(&id) = path.last() {
            let Some(anchor) = anchors.get(id) else { break };
            let pin = anchor.pin.as_ref().filter(|(carrier, _)| anchors.contains_key(carrier) && !cut.contains(id));
            let (onto, by) = match (pin, &anchor.parent) {
                (Some((carrier, offset)), _) => (Some(carrier.as_str()), *offset),
                (None, Some(parent)) if anchors.contains_key(parent) => (Some(parent.as_str()), anchor.at),
                _ => (None, anchor.at),
            };
            let base = match onto {
                None => (0, 0),
                Some(onto) => match places.get(onto) {
                    Some(place) => *place,
                    // A ring: without its pin this item hangs on its parent; a ring without pins cannot be.
                    None if on_path.contains(onto) && pin.is_some() => {
                        cut.insert(id);
                        continue;
                    }
                    None if on_path.contains(onto) => {
                        match path.iter().rev().copied().find(|id| pinned(anchors, &cut, id)) {
                            Some(closing) => {
                                cut.insert(closing);
                                while path.last().is_some_and(|id| *id != closing) {
                                    if let Some(id) = path.pop() {
                                        on_path.remove(id);
                                    }
                                }
                                continue;
                            }
                            None => (0, 0),
                        }
                    }
                    None => {
                        path.push(onto);
                        on_path.insert(onto);
                        continue;
                    }
                },
            };
            places.insert(id, (base.0.saturating_add(by.0), base.1.saturating_add(by.1)));
            path.pop();
            on_path.remove(id);
        }
    }
    let owned = places.into_iter().map(|(id, place)| (id.to_owned(), place)).collect();
    (owned, cut.into_iter().map(str::to_owned).collect())
}

fn pinned(anchors: &BTreeMap<String, Anchor>, cut: &HashSet<&str>, id: &str) -> bool {
    !cut.contains(id)
        && anchors.get(id).and_then(|anchor| anchor.pin.as_ref()).is_some_and(|(to, _)| anchors.contains_key(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(items: &[(&str, Pair, Option<&str>, Option<(&str, Pair)>)]) -> BTreeMap<String, Anchor> {
        let anchor = |(id, at, parent, pin): &(&str, Pair, Option<&str>, Option<(&str, Pair)>)| {
            let pin = pin.map(|(to, by)| (to.to_owned(), by));
            ((*id).to_owned(), Anchor { at: *at, parent: parent.map(str::to_owned), pin })
        };
        items.iter().map(anchor).collect()
    }

    #[test]
    fn parents_and_pins_add_up() {
        let (places, cut) = places(&board(&[
            ("lane", (100, 200), None, None),
            ("step", (10, 20), Some("lane"), None),
            ("pin", (7, 7), None, Some(("step", (-5, 30)))),
            ("lost", (1, 1), Some("nowhere"), Some(("nobody", (9, 9)))),
        ]));
        assert_eq!(places["step"], (110, 220));
        assert_eq!(places["pin"], (105, 250));
        assert_eq!(places["lost"], (1, 1));
        assert!(cut.is_empty());
    }

    #[test]
    fn rings_are_found_but_not_what_hangs_on_them() {
        let anchors = board(&[
            ("a", (0, 0), Some("b"), None),
            ("b", (0, 0), Some("a"), None),
            ("c", (0, 0), Some("a"), None),
            ("d", (0, 0), Some("d"), None),
        ]);
        let rings = ancestors_of_themselves(&anchors);
        assert_eq!(rings, HashSet::from(["a".to_owned(), "b".to_owned(), "d".to_owned()]));
    }

    #[test]
    fn a_ring_of_pins_is_cut_once() {
        let (places, cut) =
            places(&board(&[("a", (1, 1), None, Some(("b", (10, 0)))), ("b", (2, 2), None, Some(("a", (100, 0))))]));
        assert_eq!(cut, HashSet::from(["b".to_owned()]));
        assert_eq!((places["b"], places["a"]), ((2, 2), (12, 2)));
    }

    #[test]
    fn a_lane_pinned_to_what_it_holds_is_cut() {
        let (places, cut) =
            places(&board(&[("lane", (50, 50), None, Some(("step", (5, 5)))), ("step", (3, 4), Some("lane"), None)]));
        assert_eq!(cut, HashSet::from(["lane".to_owned()]));
        assert_eq!((places["lane"], places["step"]), ((50, 50), (53, 54)));
    }
}
