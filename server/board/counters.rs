//! What is counted on a board: where work and customers go from one organisation to another, what waits and what
//! is left open (`docs/counters.md`). Knows no document and no words. The browser's twin is `web/src/model/counters.ts`.

use std::collections::{HashMap, HashSet, VecDeque};

use super::value::{Board, Item, ItemKind, LinkKind};

/// Arrows and pairs that are listed; the counts go on. A view shows far fewer.
pub const LISTED: usize = 1_000;

/// The counts, and what the first two are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counters {
    /// Arrows from one organisation's lane to another's.
    pub org_crossings: usize,
    /// Pairs of contact steps between which the organisation that serves the customer changes.
    pub customer_handovers: usize,
    /// Steps of the kind `wait`.
    pub waits: usize,
    pub obstacles: usize,
    /// Obstacles without an answer.
    pub open_obstacles: usize,
    /// Steps that no sequence or customer's move leads to or from.
    pub unconnected_steps: usize,
    /// Lanes in which there is no step.
    pub empty_lanes: usize,
    /// Network lanes without an organisation.
    pub lanes_without_owner: usize,
    /// The arrows of `org_crossings`, by id; the first [`LISTED`].
    pub crossing_arrows: Vec<String>,
    /// The pairs of `customer_handovers`, from and to, by ids; the first [`LISTED`].
    pub handover_pairs: Vec<(String, String)>,
}

/// An organisation as it is compared: by name, or a lane that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Organisation<'a> {
    Named(String),
    Lane(&'a str),
}

/// Counts a board.
#[must_use]
pub fn count(board: &Board) -> Counters {
    count_while(board, || true).unwrap_or_default()
}

/// Counts a board while somebody wants to know: thousands of steps that all lead to thousands take their time.
#[must_use]
pub fn count_while(board: &Board, wanted: impl Fn() -> bool) -> Option<Counters> {
    let items = board.by_id();
    let organisations: HashMap<&str, Organisation<'_>> = board
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Lane)
        .filter_map(|lane| Some((lane.id.as_str(), organisation(lane)?)))
        .collect();
    let of = |id: &str| lanes(&items, id).next().and_then(|lane| organisations.get(lane.id.as_str()));

    let mut counters = Counters::default();
    let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut connected: HashSet<&str> = HashSet::new();
    for link in board.links.iter().filter(|link| is_arrow(link.kind)) {
        let (from, to) = (link.from.as_str(), link.to.as_str());
        if !items.contains_key(from) || !items.contains_key(to) {
            continue;
        }
        if let (Some(one), Some(other)) = (of(from), of(to))
            && one != other
        {
            counters.org_crossings += 1;
            if counters.crossing_arrows.len() < LISTED {
                counters.crossing_arrows.push(link.id.clone());
            }
        }
        if link.kind != LinkKind::Information {
            next.entry(from).or_default().push(to);
            connected.extend([from, to]);
        }
    }

    let mut walked_in: HashSet<&str> = HashSet::new();
    let mut serving: HashMap<&str, &Organisation<'_>> = HashMap::new();
    for item in &board.items {
        match item.kind {
            ItemKind::Step => {
                counters.waits += usize::from(item.word("stepKind") == "wait");
                counters.unconnected_steps += usize::from(!connected.contains(item.id.as_str()));
                walked_in.extend(lanes(&items, &item.id).map(|lane| lane.id.as_str()));
                if let Some(organisation) = of(&item.id).filter(|_| item.flag("customerContact")) {
                    serving.insert(&item.id, organisation);
                }
            }
            ItemKind::Obstacle => {
                counters.obstacles += 1;
                counters.open_obstacles += usize::from(item.word("resolution") == "open");
            }
            ItemKind::Lane => {
                let ownerless = item.word("laneKind") == "network" && trimmed(item.word("org")).is_empty();
                counters.lanes_without_owner += usize::from(ownerless);
            }
            _ => {}
        }
    }
    let is_lane = |item: &&Item| item.kind == ItemKind::Lane;
    let empty = |item: &&Item| !walked_in.contains(item.id.as_str());
    counters.empty_lanes = board.items.iter().filter(is_lane).filter(empty).count();
    handovers(&serving, &next, &mut counters, wanted)?;
    Some(counters)
}

const fn is_arrow(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Sequence | LinkKind::Information | LinkKind::CustomerMove)
}

/// From each serving step to those that are reached with no other between, where the organisation differs.
fn handovers<'a>(
    serving: &HashMap<&'a str, &Organisation<'_>>,
    next: &HashMap<&'a str, Vec<&'a str>>,
    counters: &mut Counters,
    wanted: impl Fn() -> bool,
) -> Option<()> {
    let mut sources: Vec<&str> = serving.keys().copied().collect();
    sources.sort_unstable();
    for source in sources {
        if !wanted() {
            return None;
        }
        let mut seen: HashSet<&str> = HashSet::from([source]);
        let mut waiting: VecDeque<&str> = VecDeque::from([source]);
        let mut reached: Vec<&str> = Vec::new();
        while let Some(id) = waiting.pop_front() {
            for &to in next.get(id).into_iter().flatten() {
                if !seen.insert(to) {
                    continue;
                }
                match serving.get(to) {
                    Some(other) if serving.get(source) != Some(other) => reached.push(to),
                    Some(_) => {}
                    None => waiting.push_back(to),
                }
            }
        }
        reached.sort_unstable();
        counters.customer_handovers += reached.len();
        let room = LISTED.saturating_sub(counters.handover_pairs.len());
        counters.handover_pairs.extend(reached.iter().take(room).map(|to| (source.to_owned(), (*to).to_owned())));
    }
    Some(())
}

/// The lanes that an item is in, nearest first; a lane is in itself.
fn lanes<'a>(items: &HashMap<&str, &'a Item>, id: &str) -> impl Iterator<Item = &'a Item> {
    let start = items.get(id).copied();
    // Parents have no rings once a board is read; the bound is for one that was made otherwise.
    std::iter::successors(start, |item| item.parent.as_deref().and_then(|parent| items.get(parent).copied()))
        .take(items.len())
        .filter(|item| item.kind == ItemKind::Lane)
}

/// The organisation that works in a lane: none in the customer's, and in a system's only the one that is named.
fn organisation(lane: &Item) -> Option<Organisation<'_>> {
    let kind = lane.word("laneKind");
    let org = trimmed(lane.word("org"));
    let name = match (kind, org) {
        ("customer", _) | ("system", "") => return None,
        (_, "") => trimmed(&lane.text),
        (_, org) => org,
    };
    Some(if name.is_empty() { Organisation::Lane(&lane.id) } else { Organisation::Named(name.to_lowercase()) })
}

/// Without the space around it, as JavaScript's `trim` means it: the byte order mark is space, U+0085 is none.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{import, value::Link};
    use std::collections::BTreeMap;

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        board: serde_json::Value,
        expected: serde_json::Value,
    }

    fn cases() -> Vec<Case> {
        serde_json::from_str(include_str!("../../tests/golden/counters.json")).unwrap()
    }

    fn board(file: &serde_json::Value) -> Board {
        import::read(file.to_string().as_bytes()).unwrap().board().clone()
    }

    /// Import gives new ids in the order of the old: each new one by its old one.
    fn renamed(file: &serde_json::Value, board: &Board) -> BTreeMap<String, String> {
        let objects = ["items", "links"].map(|root| file[root].as_array().unwrap().clone()).concat();
        let mut old: Vec<String> = objects.iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect();
        let ids = board.items.iter().map(|item| &item.id).chain(board.links.iter().map(|link| &link.id));
        let mut new: Vec<String> = ids.cloned().collect();
        old.sort();
        new.sort();
        assert_eq!(old.len(), new.len());
        new.into_iter().zip(old).collect()
    }

    #[test]
    fn the_golden_cases() {
        let cases = cases();
        assert!(cases.len() >= 14);
        for Case { name, board: file, expected } in cases {
            let board = board(&file);
            assert_eq!(board.oddities, [], "{name}");
            let names = renamed(&file, &board);
            let mut counted = count(&board);
            for id in counted.handover_pairs.iter_mut().flat_map(|(from, to)| [from, to]) {
                names[id].clone_into(id);
            }
            for id in &mut counted.crossing_arrows {
                names[id].clone_into(id);
            }
            assert_eq!(serde_json::to_value(&counted).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn what_is_listed_ends_and_the_counts_go_on() {
        let case = cases().into_iter().find(|case| case.name == "two lanes").unwrap();
        let mut board = board(&case.board);
        let link = board.links[0].clone();
        for more in [LISTED - 1, LISTED] {
            let copies = (0..=more).map(|number| Link { id: format!("f_{number:05}"), ..link.clone() });
            board.links = copies.collect();
            let counted = count(&board);
            assert_eq!((counted.org_crossings, counted.crossing_arrows.len()), (more + 1, LISTED));
        }
        // A star: forty steps of one organisation, each handing over to forty of another.
        let (from, to) = (board.links[0].from.clone(), board.links[0].to.clone());
        let hub = Item { id: "s_hub".to_owned(), parent: None, ..board.by_id()[from.as_str()].clone() };
        let (from, to) = (board.by_id()[from.as_str()].clone(), board.by_id()[to.as_str()].clone());
        board.items.push(hub);
        board.links.clear();
        for number in 0..40 {
            for (item, outwards) in [(&from, false), (&to, true)] {
                let id = format!("{}{number:02}", item.id);
                let ends = if outwards { ("s_hub".to_owned(), id.clone()) } else { (id.clone(), "s_hub".to_owned()) };
                board.links.push(Link { id: id.clone(), from: ends.0, to: ends.1, ..link.clone() });
                board.items.push(Item { id, ..item.clone() });
            }
        }
        let counted = count(&board);
        assert_eq!((counted.customer_handovers, counted.handover_pairs.len()), (1_600, LISTED));
        assert_eq!(count_while(&board, || false), None);
    }

    #[test]
    fn rings_of_parents_and_arrows_to_nothing_end() {
        let case = cases().into_iter().find(|case| case.name == "two lanes").unwrap();
        let mut board = board(&case.board);
        let (first, second) = (board.items[0].id.clone(), board.items[1].id.clone());
        board.items[0].parent = Some(second.clone());
        board.items[1].parent = Some(first);
        board.links[0].to = "s_nowhere".to_owned();
        assert!(count(&board).org_crossings <= 1);
    }
}
