//! References, places and reading order over all objects of a board. Knows no document.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::objects::{Object, Odds};
use crate::board::{
    place::{self, Anchor},
    schema::CONTAINERS,
    value::{Comment, FieldValue, Item, ItemKind, Link, LinkKind, Odd, Pair, color_token},
};

/// The live part of what was read.
pub(super) fn board(
    items: Vec<Object>,
    links: Vec<Object>,
    comments: Vec<Object>,
    odds: &mut Odds,
) -> (Vec<Item>, Vec<Link>, Vec<Comment>) {
    let links = live_links(&items, links, odds);
    let items = placed(items, &links, odds);
    let live: HashSet<&str> =
        items.iter().map(|item| item.id.as_str()).chain(links.iter().map(|link| link.id.as_str())).collect();
    let mut comments: Vec<Comment> = comments.into_iter().filter_map(|comment| of_live(comment, &live)).collect();
    comments.sort_by(|a, b| (a.made, &a.id).cmp(&(b.made, &b.id)));
    (items, links, comments)
}

/// Links whose ends are live items, or of a pin an arrow that is live, by id.
fn live_links(items: &[Object], links: Vec<Object>, odds: &mut Odds) -> Vec<Link> {
    let (pins, others): (Vec<Object>, Vec<Object>) =
        links.into_iter().partition(|link| link.kind.name == LinkKind::Pin.name());
    let mut known: HashMap<String, bool> = items.iter().map(|item| (item.id.clone(), !item.gone)).collect();
    // What was an arrow once is known: a pin on it is not dangling, only hidden.
    let arrows: Vec<String> = others.iter().filter(|link| is_arrow(link)).map(|link| link.id.clone()).collect();
    let mut out = with_live_ends(others, &known, odds);
    known.extend(arrows.into_iter().map(|id| (id, false)));
    known.extend(out.iter().filter(|link| link.kind.is_arrow()).map(|link| (link.id.clone(), true)));
    out.extend(with_live_ends(pins, &known, odds));
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn is_arrow(link: &Object) -> bool {
    LinkKind::from_name(link.kind.name).is_some_and(LinkKind::is_arrow)
}

/// The links of which both ends are known to be live.
fn with_live_ends(links: Vec<Object>, known: &HashMap<String, bool>, odds: &mut Odds) -> Vec<Link> {
    let mut out = Vec::new();
    for mut link in links.into_iter().filter(|link| !link.gone) {
        let Some(kind) = LinkKind::from_name(link.kind.name) else { continue };
        let mut end = |name: &'static str| {
            let id = link.reference(name).map(str::to_owned);
            match id.as_deref().and_then(|id| known.get(id)) {
                Some(true) => id,
                Some(false) => None,
                None => {
                    odds.add(&link.id, name, Odd::Dangling);
                    None
                }
            }
        };
        let (Some(from), Some(to)) = (end("from"), end("to")) else { continue };
        if from == to {
            odds.add(&link.id, "to", Odd::Cycle);
            continue;
        }
        link.fields.remove("from");
        link.fields.remove("to");
        let Object { id, text, author, made, fields, .. } = link;
        out.push(Link { id, kind, text, from, to, author, made, fields });
    }
    out
}

/// Live items in reading order.
fn placed(items: Vec<Object>, links: &[Link], odds: &mut Odds) -> Vec<Item> {
    let containers: HashSet<String> = items
        .iter()
        .filter(|item| !item.gone && CONTAINERS.contains(&item.kind.name))
        .map(|item| item.id.clone())
        .collect();
    let mut written: BTreeMap<String, Anchor> = items.iter().map(|item| (item.id.clone(), anchor(item))).collect();
    let rings = place::ancestors_of_themselves(&written);
    for (id, sum) in &rings {
        odds.add(id, "parent", Odd::Cycle);
        written.insert(id.clone(), Anchor { at: *sum, parent: None, pin: None });
    }
    // Where things would be by parents alone, deleted ones too: there an item stays that lost its parent.
    let (corners, _) = place::places(&written);

    let mut live: Vec<Item> = Vec::with_capacity(items.len());
    for object in items.into_iter().filter(|item| !item.gone) {
        let parent = object.reference("parent").map(str::to_owned);
        if parent.as_ref().is_some_and(|parent| !written.contains_key(parent)) {
            odds.add(&object.id, "parent", Odd::Dangling);
        }
        let inside = parent.clone().filter(|parent| containers.contains(parent) && !rings.contains_key(&object.id));
        let unplaced = parent.is_some() && inside.is_none();
        let at = if unplaced { corners.get(&object.id).copied() } else { None };
        live.extend(item(object, unplaced, inside, at));
    }
    let mut anchors: BTreeMap<String, Anchor> = live
        .iter()
        .map(|item| (item.id.clone(), Anchor { at: item.at, parent: item.parent.clone(), pin: None }))
        .collect();
    for link in links.iter().filter(|link| link.kind == LinkKind::Pin) {
        // A pin that leads to an arrow does not place.
        if anchors.contains_key(&link.to)
            && let Some(anchor) = anchors.get_mut(&link.from)
            && anchor.pin.is_none()
        {
            anchor.pin = Some((link.to.clone(), link.offset()));
        }
    }
    let (places, cut) = place::places(&anchors);
    for id in &cut {
        odds.add(id, "pin", Odd::Cycle);
    }
    for item in &mut live {
        item.place = places.get(&item.id).copied().unwrap_or_default();
    }
    live.sort_by(|a, b| (&a.order, a.place.1, a.place.0, &a.id).cmp(&(&b.order, b.place.1, b.place.0, &b.id)));
    live
}

fn anchor(item: &Object) -> Anchor {
    Anchor { at: item.pair("at"), parent: item.reference("parent").map(str::to_owned), pin: None }
}

/// `at` replaces the written one.
fn item(object: Object, unplaced: bool, parent: Option<String>, at: Option<Pair>) -> Option<Item> {
    let kind = ItemKind::from_name(object.kind.name)?;
    let (at, size) = (at.unwrap_or_else(|| object.pair("at")), object.pair("size"));
    let Object { id, text, author, made, mut fields, .. } = object;
    fields.remove("at");
    fields.remove("size");
    fields.remove("parent");
    let order = match fields.remove("order") {
        Some(FieldValue::Text(order)) => order,
        _ => String::new(),
    };
    let layer = match fields.remove("layer") {
        Some(FieldValue::Number(layer)) => layer,
        _ => 0,
    };
    let color = match fields.remove("color") {
        Some(FieldValue::Text(word)) => color_token(&word),
        _ => color_token(""),
    };
    let entered = fields.remove("entered") == Some(FieldValue::Flag(true));
    let place = at;
    Some(Item { id, kind, text, at, size, parent, unplaced, order, layer, color, author, made, entered, fields, place })
}

/// A comment, unless it or what it is about is gone.
fn of_live(comment: Object, live: &HashSet<&str>) -> Option<Comment> {
    let target = comment.reference("target").map(str::to_owned);
    let about_gone = target.as_deref().is_some_and(|target| !live.contains(target));
    let Object { id, text, author, made, gone, .. } = comment;
    (!gone && !about_gone).then_some(Comment { id, text, target, author, made })
}
