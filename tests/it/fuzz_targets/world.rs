//! What blocks a document has, as far as somebody must know it who writes updates by hand. Knows no rules of the gate.

use std::collections::HashMap;

use super::{
    blocks::{Block, Content, Id, Item, Parent, Parts},
    dice::Dice,
};

/// Where a block belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Key(Parent, String),
    Text(Id),
    Nowhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Object,
    Set,
    Text,
    Value,
    Run,
    Hollow,
}

/// One block of the document.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) at: Id,
    pub(crate) len: u64,
    pub(crate) place: Place,
    pub(crate) what: What,
}

impl Known {
    /// One of its units.
    pub(crate) fn unit(&self, dice: &mut Dice<'_>) -> Id {
        let offset = dice.below(usize::try_from(self.len).unwrap_or(usize::MAX)) as u64;
        Id { client: self.at.client, clock: self.at.clock + offset }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    all: Vec<Known>,
    /// For each client the numbers of its blocks, contiguous from clock 0.
    clients: HashMap<u64, Vec<usize>>,
}

impl World {
    /// The clock of a client's next block.
    pub(crate) fn next(&self, client: u64) -> u64 {
        let last = self.clients.get(&client).and_then(|numbers| numbers.last());
        last.and_then(|number| self.all.get(*number)).map_or(0, |last| last.at.clock + last.len)
    }

    pub(crate) fn find(&self, id: Id) -> Option<&Known> {
        let numbers = self.clients.get(&id.client)?;
        let after = numbers.partition_point(|number| self.all[*number].at.clock <= id.clock);
        let known = self.all.get(*numbers.get(after.checked_sub(1)?)?)?;
        (id.clock < known.at.clock + known.len).then_some(known)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many blocks there are, to forget what comes after.
    pub(crate) fn mark(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn reset(&mut self, mark: usize) {
        self.all.truncate(mark);
        for numbers in self.clients.values_mut() {
            numbers.truncate(numbers.partition_point(|number| *number < mark));
        }
    }

    /// Any block, rather a late one.
    pub(crate) fn any(&self, dice: &mut Dice<'_>) -> Option<&Known> {
        let recent = self.all.len().saturating_sub(24);
        if dice.percent(50) { dice.pick(self.all.get(recent..)?) } else { dice.pick(&self.all) }
    }

    /// A block of this sort.
    pub(crate) fn one_of(&self, what: What, dice: &mut Dice<'_>) -> Option<&Known> {
        let found: Vec<&Known> = self.all.iter().filter(|known| known.what == what).collect();
        dice.pick(&found).copied()
    }

    /// A block at this place.
    pub(crate) fn at(&self, place: &Place, dice: &mut Dice<'_>) -> Option<&Known> {
        let found: Vec<&Known> = self.all.iter().filter(|known| known.place == *place).collect();
        dice.pick(&found).copied()
    }

    fn place(&self, item: &Item) -> Place {
        if let Some(neighbour) = item.origin.or(item.right) {
            return self.find(neighbour).map_or(Place::Nowhere, |known| known.place.clone());
        }
        match (&item.key, &item.parent) {
            (Some(key), parent) => Place::Key(parent.clone(), key.clone()),
            (None, Parent::Type(text)) => Place::Text(*text),
            (None, Parent::Root(_)) => Place::Nowhere,
        }
    }

    /// Takes up a block that follows what is known of its client.
    pub(crate) fn add(&mut self, client: u64, block: &Block) -> Id {
        let at = Id { client, clock: self.next(client) };
        let (place, what) = match block {
            Block::Garbage(_) | Block::Skip(_) => (Place::Nowhere, What::Hollow),
            Block::Item(item) => {
                let place = self.place(item);
                let what = match (&item.content, &place) {
                    (Content::Text(_), _) => What::Run,
                    (Content::Type(2), _) => What::Text,
                    (Content::Type(_), Place::Key(Parent::Root(_), _)) => What::Object,
                    (Content::Type(_), _) => What::Set,
                    (Content::Values(_), _) => What::Value,
                    (Content::Deleted(_) | Content::Raw(..), _) => What::Hollow,
                };
                (place, what)
            }
        };
        self.clients.entry(client).or_default().push(self.all.len());
        self.all.push(Known { at, len: block.len(), place, what });
        at
    }

    /// Takes up what of an update is new: the gate has accepted it.
    pub(crate) fn learn(&mut self, parts: &Parts) {
        let mut unplaced = Vec::new();
        for section in &parts.sections {
            let mut clock = section.clock;
            for block in &section.blocks {
                let end = clock + block.len();
                let next = self.next(section.client);
                if clock >= next {
                    let number = self.all.len();
                    self.add(section.client, block);
                    unplaced.push((number, block));
                } else if end > next {
                    // It was known in part: the rest continues it.
                    let before = self.find(Id { client: section.client, clock: next - 1 }).cloned();
                    let (number, len) = (self.all.len(), end - next);
                    self.add(section.client, &Block::Garbage(len));
                    if let (Some(before), Some(added)) = (before, self.all.get_mut(number)) {
                        (added.place, added.what) = (before.place, before.what);
                    }
                }
                clock = end;
            }
        }
        // A block may stand before the one it builds on, in another client's section.
        for _ in 0..3 {
            for (number, block) in &unplaced {
                if let Block::Item(item) = block
                    && self.all[*number].place == Place::Nowhere
                {
                    self.all[*number].place = self.place(item);
                }
            }
        }
    }
}
