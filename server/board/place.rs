//! Where things are drawn, from parents and pins. Knows no document: it works on ids and pairs. The browser's
//! twin is `web/src/model/layout.ts`.
//!
//! An item is placed by the first live pin (by link id) that it is the `from` of: at the carrier's place plus
//! the pin's `offset`; otherwise at its parent's place plus `at`; otherwise at `at`. Rings are cut. An item that
//! is its own ancestor counts as having no parent, and stands where the whole ring's `at` add up to. Of a ring
//! with pins, the last pin seen from the ring's smallest id does not place.

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

/// Every item that is its own ancestor, with the sum of `at` over its ring.
#[must_use]
pub fn ancestors_of_themselves(anchors: &BTreeMap<String, Anchor>) -> HashMap<String, Pair> {
    let mut rings = HashMap::new();
    let mut done: HashSet<&str> = HashSet::new();
    for start in anchors.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: HashMap<&str, usize> = HashMap::new();
        let mut next = Some(start.as_str());
        while let Some(id) = next {
            if let Some(from) = on_path.get(id) {
                let ring = || path.iter().skip(*from);
                let corners = ring().filter_map(|id| anchors.get(*id)).map(|anchor| anchor.at);
                let sum = corners.fold((0, 0), plus);
                rings.extend(ring().map(|id| ((*id).to_owned(), sum)));
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

fn plus(a: Pair, b: Pair) -> Pair {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
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
            let base = match onto.map(|onto| (onto, places.get(onto))) {
                None => (0, 0),
                Some((_, Some(place))) => *place,
                Some((onto, None)) if on_path.insert(onto) => {
                    path.push(onto);
                    continue;
                }
                Some((onto, None)) => {
                    let ring = path.iter().position(|id| *id == onto).unwrap_or_default();
                    match closing(anchors, &cut, path.get(ring..).unwrap_or_default()) {
                        Some(closing) => {
                            cut.insert(closing);
                            while path.last().is_some_and(|id| *id != closing) {
                                path.pop().map(|id| on_path.remove(id));
                            }
                            continue;
                        }
                        // Without pins there is no ring: parents were freed of theirs.
                        None => (0, 0),
                    }
                }
            };
            places.insert(id, plus(base, by));
            path.pop();
            on_path.remove(id);
        }
    }
    let owned = places.into_iter().map(|(id, place)| (id.to_owned(), place)).collect();
    (owned, cut.into_iter().map(str::to_owned).collect())
}

/// The pin of a ring to leave out.
fn closing<'a>(anchors: &BTreeMap<String, Anchor>, cut: &HashSet<&str>, ring: &[&'a str]) -> Option<&'a str> {
    let smallest = ring.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(at, _)| at);
    let (before, from) = ring.split_at(smallest);
    let pinned = |id: &&&str| {
        let pin = anchors.get(**id).and_then(|anchor| anchor.pin.as_ref());
        !cut.contains(**id) && pin.is_some_and(|(to, _)| anchors.contains_key(to))
    };
    from.iter().chain(before).rev().find(pinned).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Id, `at`, parent, and carrier with offset.
    type Row<'a> = (&'a str, Pair, Option<&'a str>, Option<(&'a str, Pair)>);

    fn board(items: &[Row<'_>]) -> BTreeMap<String, Anchor> {
        let anchor = |(id, at, parent, pin): &Row<'_>| {
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
            ("a", (1, 0), Some("b"), None),
            ("b", (10, 0), Some("a"), None),
            ("c", (0, 0), Some("a"), None),
            ("d", (0, 5), Some("d"), None),
        ]);
        let rings = ancestors_of_themselves(&anchors);
        let expected = [("a", (11, 0)), ("b", (11, 0)), ("d", (0, 5))].map(|(id, sum)| (id.to_owned(), sum));
        assert_eq!(rings, HashMap::from(expected));
    }

    #[test]
    fn a_ring_of_pins_is_cut_once() {
        let (places, cut) =
            places(&board(&[("a", (1, 1), None, Some(("b", (10, 0)))), ("b", (2, 2), None, Some(("a", (100, 0))))]));
        assert_eq!(cut, HashSet::from(["b".to_owned()]));
        assert_eq!((places["b"], places["a"]), ((2, 2), (12, 2)));
    }

    #[test]
    fn which_pin_is_cut_does_not_depend_on_where_one_enters_the_ring() {
        let (places, cut) = places(&board(&[
            ("a", (0, 0), None, Some(("c", (1, 0)))),
            ("b", (0, 2), None, Some(("c", (1, 0)))),
            ("c", (0, 3), None, Some(("b", (1, 0)))),
        ]));
        assert_eq!(cut, HashSet::from(["c".to_owned()]));
        assert_eq!((places["a"], places["b"], places["c"]), ((1, 3), (1, 3), (0, 3)));
    }

    #[test]
    fn a_lane_pinned_to_what_it_holds_is_cut() {
        let (places, cut) =
            places(&board(&[("lane", (50, 50), None, Some(("step", (5, 5)))), ("step", (3, 4), Some("lane"), None)]));
        assert_eq!(cut, HashSet::from(["lane".to_owned()]));
        assert_eq!((places["lane"], places["step"]), ((50, 50), (53, 54)));
    }
}
