//! Changes to an update that was right: to its blocks, then perhaps to its bytes. Knows the format, not the gate.

use super::{
    blocks::{Block, Content, Id, Item, Parent, Parts, Section},
    dice::Dice,
    world::World,
};

/// Blocks of another client than those that the update was made by, after what is there of it: `from` is read as `to`.
pub(crate) fn rebase(parts: &mut Parts, world: &World, from: u64, to: u64) {
    let Some(began) = parts.sections.iter().find(|section| section.client == from).map(|section| section.clock) else {
        return;
    };
    let next = world.next(to);
    let moved = |id: &mut Id| {
        if id.client == from && id.clock >= began {
            *id = Id { client: to, clock: id.clock - began + next };
        }
    };
    for section in &mut parts.sections {
        for item in section.blocks.iter_mut().filter_map(as_item) {
            item.origin.iter_mut().chain(&mut item.right).for_each(moved);
            if let Parent::Type(id) = &mut item.parent {
                moved(id);
            }
        }
        if section.client == from {
            (section.client, section.clock) = (to, next);
        }
    }
    let mut own = Vec::new();
    for (client, ranges) in &mut parts.deletions {
        if *client == from {
            let (new, old) = ranges.iter().partition(|(clock, _)| *clock >= began);
            *ranges = old;
            own = new;
        }
    }
    parts.deletions.retain(|(_, ranges)| !ranges.is_empty());
    let own: Vec<_> = own.into_iter().map(|(clock, len): (u64, u64)| (clock - began + next, len)).collect();
    if !own.is_empty() && !parts.deletions.iter().any(|(client, _)| *client == to) {
        parts.deletions.push((to, own));
    }
}

fn as_item(block: &mut Block) -> Option<&mut Item> {
    if let Block::Item(item) = block { Some(item) } else { None }
}

fn any_id(dice: &mut Dice<'_>, world: &World) -> Id {
    let id = world.any(dice).map_or(Id { client: 1, clock: 0 }, |known| known.unit(dice));
    match dice.below(16) {
        0 => Id { clock: id.clock + 1, ..id },
        1 => Id { clock: id.clock.saturating_sub(1), ..id },
        2 => Id { clock: world.next(id.client), ..id },
        _ => id,
    }
}

/// One to three changes.
pub(crate) fn parts(parts: &mut Parts, dice: &mut Dice<'_>, world: &World) {
    for _ in 0..1 + dice.below(3) {
        change(parts, dice, world);
    }
}

fn change(parts: &mut Parts, dice: &mut Dice<'_>, world: &World) {
    let what = dice.below(24);
    if what >= 18 || parts.sections.is_empty() {
        return change_deletions(parts, dice, world);
    }
    let which = dice.below(parts.sections.len());
    let Some(section) = parts.sections.get_mut(which) else { return };
    if what < 5 {
        return change_section(section, what, dice, world);
    }
    let at = dice.below(section.blocks.len());
    let Some(block) = section.blocks.get_mut(at) else { return };
    let len = block.len();
    let Some(item) = as_item(block) else {
        *block = Block::Garbage(len + dice.below(2) as u64);
        return;
    };
    match what {
        5 | 6 => item.origin = if dice.percent(25) { None } else { Some(any_id(dice, world)) },
        7 | 8 => item.right = if dice.percent(25) { None } else { Some(any_id(dice, world)) },
        9 => std::mem::swap(&mut item.origin, &mut item.right),
        10 => item.parent = Parent::Type(any_id(dice, world)),
        11 => {
            let names = ["at", "text", "types", "kind", "author", "gone", "title", "funding", "__proto__"];
            item.key = if dice.percent(20) { None } else { Some(names[dice.below(names.len())].into()) };
        }
        12 => item.content = Content::Deleted(len),
        13 => *block = Block::Garbage(len),
        14 => change_content(&mut item.content, dice),
        15 => {
            item.content = match dice.below(5) {
                0 => Content::Type(1),
                1 => Content::Type(2),
                2 => Content::Values(vec![vec![120 + dice.below(8) as u8]; 1 + dice.below(2)]),
                3 => Content::Text("muu".into()),
                _ => Content::Raw(dice.below(32) as u8, vec![dice.below(256) as u8; dice.below(4)]),
            }
        }
        16 => item.parent = Parent::Root(["items", "links", "comments", "meta", "x"][dice.below(5)].into()),
        _ => *block = Block::Skip(len),
    }
}

fn change_section(section: &mut Section, what: usize, dice: &mut Dice<'_>, world: &World) {
    if section.blocks.is_empty() {
        return;
    }
    match what {
        0 => section.client = world.any(dice).map_or(7, |known| known.at.client),
        1 => section.clock = (section.clock + dice.below(3) as u64).saturating_sub(1),
        2 => {
            let at = dice.below(section.blocks.len());
            section.blocks.remove(at);
        }
        3 => {
            let (from, to) = (dice.below(section.blocks.len()), dice.below(section.blocks.len()));
            let block = section.blocks[from].clone();
            section.blocks.insert(to, block);
        }
        _ => {
            let (one, other) = (dice.below(section.blocks.len()), dice.below(section.blocks.len()));
            section.blocks.swap(one, other);
        }
    }
}

fn change_content(content: &mut Content, dice: &mut Dice<'_>) {
    match content {
        Content::Deleted(len) => *len = (*len + dice.below(3) as u64).saturating_sub(1),
        Content::Text(text) => text.push_str(["", "x", "😀", "ä\u{0}", "\u{202e}"][dice.below(5)]),
        Content::Type(which) => *which = dice.below(9) as u8,
        Content::Values(values) => {
            let odd: [&[u8]; 8] = [
                &[126],
                &[127],
                &[125, 0x40],
                &[123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
                &[124, 0x3f, 0x80, 0, 0],
                &[117, 2, 125, 1, 123, 0x40, 0x14, 0, 0, 0, 0, 0, 0],
                &[118, 1, 1, b'a', 120],
                &[122, 0, 0, 0, 0, 0, 0, 0, 1],
            ];
            let at = dice.below(values.len());
            if let Some(value) = values.get_mut(at) {
                *value = odd[dice.below(8)].to_vec();
            }
        }
        Content::Raw(..) => {}
    }
}

fn change_deletions(parts: &mut Parts, dice: &mut Dice<'_>, world: &World) {
    let what = dice.below(5);
    let which = dice.below(parts.deletions.len());
    let Some((client, ranges)) = parts.deletions.get_mut(which).filter(|_| what > 0) else {
        let id = any_id(dice, world);
        parts.deletions.retain(|(client, _)| *client != id.client);
        return parts.deletions.push((id.client, vec![(id.clock, 1 + dice.below(6) as u64)]));
    };
    let at = dice.below(ranges.len());
    if ranges.is_empty() {
        return;
    }
    match what {
        1 => *client = world.any(dice).map_or(7, |known| known.at.client),
        2 => ranges[at].0 = (ranges[at].0 + dice.below(3) as u64).saturating_sub(1),
        3 => ranges[at].1 = (ranges[at].1 + dice.below(3) as u64).saturating_sub(1),
        _ => _ = ranges.remove(at),
    }
}

/// Changes to the bytes of an update: bits, a cut, bytes of another, bytes put in or taken out.
pub(crate) fn bytes(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice<'_>) {
    for _ in 0..1 + dice.below(2) {
        let at = dice.below(bytes.len());
        match dice.below(8) {
            0 => bytes.truncate(at),
            1 => {
                bytes.truncate(at);
                bytes.extend_from_slice(other.get(dice.below(other.len())..).unwrap_or_default());
            }
            2 => bytes.insert(at, dice.below(256) as u8),
            3 if !bytes.is_empty() => _ = bytes.remove(at),
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.below(256) as u8;
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
        }
    }
}
