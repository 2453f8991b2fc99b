//! Updates that nobody's editor makes, but that hang together: blocks of any author at places that are there, with any
//! neighbours there. Most of them pass the gate. Knows the format and the schema's words, not the gate.

use std::collections::BTreeMap;

use super::{
    blocks::{Block, Content, Id, Item, Parent, Parts, Section, put_number, put_string},
    dice::Dice,
    world::{Place, What, World},
};

/// Root, prefix and kind of the objects that are made.
const KINDS: [(&str, &str, &str); 7] = [
    ("items", "n", "note"),
    ("items", "o", "obstacle"),
    ("items", "s", "step"),
    ("items", "z", "goal"),
    ("links", "f", "sequence"),
    ("links", "i", "pin"),
    ("comments", "c", "comment"),
];

const TEXTS: [&str; 8] = ["a", "äö", "x😀y", "pitkä pätkä", "😀", "\n", "0", "abcdefgh"];

/// Somebody who sends updates: the person's id as text, and the clients that are theirs.
pub(crate) struct Author<'a> {
    pub(crate) person: &'a str,
    pub(crate) clients: &'a [u64],
}

/// An update in the making; the world knows what is in it.
struct Draft<'a> {
    world: &'a mut World,
    parts: Parts,
}

impl Draft<'_> {
    fn push(&mut self, client: u64, block: Block) -> Id {
        let at = self.world.add(client, &block);
        match self.parts.sections.iter_mut().find(|section| section.client == client) {
            Some(section) => section.blocks.push(block),
            None => self.parts.sections.push(Section { client, clock: at.clock, blocks: vec![block] }),
        }
        at
    }

    /// A block under a key, over another of that key or beside it.
    fn under(&mut self, client: u64, parent: &Parent, key: &str, over: Option<Id>, content: Content) -> Id {
        let (parent, key) = (parent.clone(), Some(key.to_owned()));
        self.push(client, Block::Item(Item { origin: over, right: None, parent, key, content }))
    }

    fn in_text(&mut self, client: u64, text: Id, neighbours: (Option<Id>, Option<Id>), content: Content) -> Id {
        let (origin, right) = neighbours;
        self.push(client, Block::Item(Item { origin, right, parent: Parent::Type(text), key: None, content }))
    }
}

fn word(text: &str) -> Vec<u8> {
    let mut out = vec![119];
    put_string(&mut out, text);
    out
}

fn whole(number: i64) -> Vec<u8> {
    let (sign, magnitude) = (if number < 0 { 0x40 } else { 0 }, number.unsigned_abs());
    let (low, high) = ((magnitude & 0x3f) as u8, magnitude >> 6);
    let mut out = vec![125, low | sign | if high > 0 { 0x80 } else { 0 }];
    if high > 0 {
        put_number(&mut out, high);
    }
    out
}

fn pair(x: i64, y: i64) -> Vec<u8> {
    [vec![117, 2], whole(x), whole(y)].concat()
}

/// A field that every object of the root has, with a value that it takes.
fn field(root: &str, dice: &mut Dice<'_>, name: &str) -> (&'static str, Vec<u8>) {
    let number = |dice: &mut Dice<'_>| dice.below(200) as i64 - 100;
    let flag = |dice: &mut Dice<'_>| vec![120 + u8::from(dice.percent(50))];
    match (root, dice.below(6)) {
        ("items", 0) => ("at", pair(number(dice), number(dice))),
        ("items", 1) => ("color", word(["yellow", "green", "grey"][dice.below(3)])),
        ("items", 2) => ("order", word(["U", "a0", "Zz"][dice.below(3)])),
        ("items", 3) => ("parent", if dice.percent(50) { vec![126] } else { word(name) }),
        ("items", 4) => ("layer", whole(number(dice))),
        ("links", 0..=2) => ("from", word(name)),
        ("links", 3 | 4) => ("to", word(name)),
        ("comments", 0..=4) => ("target", word(name)),
        _ => ("gone", flag(dice)),
    }
}

/// An update of this author. What it makes known to `world` is in no document yet: the caller takes it back.
pub(crate) fn update(dice: &mut Dice<'_>, world: &mut World, author: &Author<'_>) -> Parts {
    let mut draft = Draft { world, parts: Parts::default() };
    let steps = 1 + dice.below(4);
    for _ in 0..steps {
        let client =
            if dice.percent(85) { author.clients[0] } else { author.clients[dice.below(author.clients.len())] };
        step(&mut draft, dice, author, client);
    }
    let mut chosen: BTreeMap<u64, Vec<(u64, u64)>> = BTreeMap::new();
    for (client, ranges) in std::mem::take(&mut draft.parts.deletions) {
        chosen.entry(client).or_default().extend(ranges);
    }
    if dice.percent(40) {
        deletions(dice, draft.world, &mut chosen);
    }
    draft.parts.deletions = apart(chosen);
    draft.parts
}

fn step(draft: &mut Draft<'_>, dice: &mut Dice<'_>, author: &Author<'_>, client: u64) {
    let what = dice.below(20);
    if draft.world.is_empty() || what < 4 {
        let (root, prefix, kind) = KINDS[dice.below(KINDS.len())];
        let number = if dice.percent(92) { 100 * draft.world.mark() + dice.below(100) } else { dice.below(8) };
        let name = format!("{prefix}_01J{number:023}");
        return create(draft, dice, author, client, (root, kind), &name, None);
    }
    match what {
        4..=8 => type_text(draft, dice, client),
        9..=12 => set_field(draft, dice, client),
        13 => set_element(draft, dice, client),
        14 => {
            let Some(object) = draft.world.one_of(What::Object, dice).map(|known| known.at) else { return };
            let old = draft.world.at(&Place::Key(Parent::Type(object), "text".into()), dice).map(|known| known.at);
            let old = old.filter(|_| dice.percent(60));
            let text = draft.under(client, &Parent::Type(object), "text", old, Content::Type(2));
            draft.in_text(client, text, (None, None), Content::Text(TEXTS[dice.below(8)].into()));
        }
        15 => _ = draft.push(client, Block::Garbage(1 + dice.below(3) as u64)),
        16 => {
            let over = draft.world.at(&Place::Key(Parent::Root("meta".into()), "title".into()), dice);
            let over = over.map(|known| known.unit(dice)).filter(|_| dice.percent(60));
            let title = Content::Values(vec![word(TEXTS[dice.below(5)])]);
            draft.under(client, &Parent::Root("meta".into()), "title", over, title);
        }
        17 => {
            // An object again, over itself: what undo and redo of a creation are.
            let Some(old) = draft.world.one_of(What::Object, dice).cloned() else { return };
            let Place::Key(Parent::Root(root), name) = old.place else { return };
            let kind = KINDS.iter().find(|kind| name.starts_with(kind.1)).map_or("note", |kind| kind.2);
            create(draft, dice, author, client, (&root, kind), &name, Some(old.at));
            draft.parts.deletions.push((old.at.client, vec![(old.at.clock, 1)]));
        }
        _ => anything(draft, dice, client),
    }
}

fn create(
    draft: &mut Draft<'_>,
    dice: &mut Dice<'_>,
    author: &Author<'_>,
    client: u64,
    (root, kind): (&str, &str),
    name: &str,
    over: Option<Id>,
) {
    let object = draft.under(client, &Parent::Root(root.to_owned()), name, over, Content::Type(1));
    let object = Parent::Type(object);
    draft.under(client, &object, "kind", None, Content::Values(vec![word(kind)]));
    draft.under(client, &object, "author", None, Content::Values(vec![word(author.person)]));
    if dice.percent(30) {
        let (key, value) = field(root, dice, name);
        draft.under(client, &object, key, None, Content::Values(vec![value]));
    }
    if dice.percent(60) {
        let text = draft.under(client, &object, "text", None, Content::Type(2));
        draft.in_text(client, text, (None, None), Content::Text(TEXTS[dice.below(8)].into()));
    }
    if kind == "obstacle" {
        let set = draft.under(client, &object, "types", None, Content::Type(1));
        draft.under(client, &Parent::Type(set), "funding", None, Content::Values(vec![vec![120]]));
    }
}

fn type_text(draft: &mut Draft<'_>, dice: &mut Dice<'_>, client: u64) {
    let Some(text) = draft.world.one_of(What::Text, dice).map(|known| known.at) else { return };
    let place = Place::Text(text);
    let near = |dice: &mut Dice<'_>| draft.world.at(&place, dice).map(|known| known.unit(dice));
    let neighbours = match dice.below(8) {
        0 => (None, None),
        1 => (None, near(dice)),
        2 => (near(dice), None),
        // Any two units of the text, also the later before the earlier.
        3 => (near(dice), near(dice)),
        _ => match near(dice) {
            Some(left) => {
                let right = Id { clock: left.clock + 1, ..left };
                let beside = draft.world.find(right).is_some_and(|known| known.place == place);
                (Some(left), beside.then_some(right))
            }
            None => (None, None),
        },
    };
    let content = match dice.below(8) {
        0 => Content::Deleted(1 + dice.below(4) as u64),
        _ => Content::Text(TEXTS[dice.below(8)].into()),
    };
    draft.in_text(client, text, neighbours, content);
}

fn set_field(draft: &mut Draft<'_>, dice: &mut Dice<'_>, client: u64) {
    let Some(known) = draft.world.one_of(What::Object, dice).cloned() else { return };
    let Place::Key(Parent::Root(root), name) = &known.place else { return };
    let object = Parent::Type(known.at);
    let (key, value) = field(root, dice, name);
    let old = draft.world.at(&Place::Key(object.clone(), key.to_owned()), dice).map(|known| known.unit(dice));
    let old = old.filter(|_| dice.percent(70));
    let content = match dice.below(12) {
        0 => Content::Deleted(1 + dice.below(2) as u64),
        1 => Content::Values(vec![value.clone(), value]),
        _ => Content::Values(vec![value]),
    };
    draft.under(client, &object, key, old, content);
}

fn set_element(draft: &mut Draft<'_>, dice: &mut Dice<'_>, client: u64) {
    let Some(set) = draft.world.one_of(What::Set, dice).map(|known| Parent::Type(known.at)) else { return };
    let key = ["funding", "culture", "other"][dice.below(3)];
    let old = draft.world.at(&Place::Key(set.clone(), key.to_owned()), dice).map(|known| known.at);
    draft.under(client, &set, key, old.filter(|_| dice.percent(60)), Content::Values(vec![vec![120]]));
}

/// A block whose neighbours and parent are whatever there is.
fn anything(draft: &mut Draft<'_>, dice: &mut Dice<'_>, client: u64) {
    let id = |dice: &mut Dice<'_>| draft.world.any(dice).map(|known| known.unit(dice));
    let (origin, right) = (id(dice).filter(|_| dice.percent(60)), id(dice).filter(|_| dice.percent(40)));
    let parent = id(dice).map_or(Parent::Root("items".into()), Parent::Type);
    let key = if dice.percent(50) { Some("at".to_owned()) } else { None };
    let content = match dice.below(4) {
        0 => Content::Deleted(1),
        1 => Content::Values(vec![pair(1, 2)]),
        2 => Content::Type(1 + dice.below(2) as u8),
        _ => Content::Text("?".into()),
    };
    draft.push(client, Block::Item(Item { origin, right, parent, key, content }));
}

/// Some of what is there, also what is deleted already, and what the update itself brings.
fn deletions(dice: &mut Dice<'_>, world: &World, chosen: &mut BTreeMap<u64, Vec<(u64, u64)>>) {
    for _ in 0..1 + dice.below(3) {
        let Some(known) = world.any(dice) else { break };
        let written_once =
            matches!(&known.place, Place::Key(_, key) if ["kind", "author", "made"].contains(&key.as_str()));
        if written_once && dice.percent(95) {
            continue;
        }
        let from = known.unit(dice);
        let most = known.at.clock + known.len - from.clock;
        let len = 1 + dice.below(usize::try_from(most).unwrap_or(1)) as u64;
        chosen.entry(from.client).or_default().push((from.clock, len));
    }
}

/// As encoders write them: ascending and apart.
fn apart(chosen: BTreeMap<u64, Vec<(u64, u64)>>) -> Vec<(u64, Vec<(u64, u64)>)> {
    let merged = |mut ranges: Vec<(u64, u64)>| {
        ranges.sort_unstable();
        let mut out: Vec<(u64, u64)> = Vec::new();
        for (clock, len) in ranges {
            match out.last_mut() {
                Some(last) if clock <= last.0 + last.1 => last.1 = last.1.max(clock + len - last.0),
                _ => out.push((clock, len)),
            }
        }
        out
    };
    chosen.into_iter().map(|(client, ranges)| (client, merged(ranges))).collect()
}
