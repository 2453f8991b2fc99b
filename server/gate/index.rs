//! Who owns what in a document: every block's object and field, and which value of a field is the one that
//! shows. Knows no rights and no bytes.

use std::{collections::HashMap, sync::Arc};

use super::{
    order::Order,
    parse::Id,
    runs::{Run, Runs, SEQUENCE, State},
};
use crate::{
    board::schema::{Field, Kind, Root},
    ids::PersonId,
    limits,
};

/// A shared type: a root map, an object, its text or one of its sets.
#[derive(Debug)]
pub(super) struct Container {
    pub shape: Shape,
    /// The block that made it; none for roots.
    pub block: Option<Id>,
    pub parent: Option<u32>,
    pub object: Option<u32>,
    /// The field that a text or set is.
    pub field: Option<&'static Field>,
    pub dead: bool,
    /// Live UTF-16 units of a text.
    pub units: i64,
    /// Where a text's runs belong.
    pub sequence: u32,
    /// How a live text's units stand.
    pub order: Order,
}

impl Container {
    /// One that belongs to nothing yet.
    pub(super) fn new(shape: Shape) -> Self {
        Self {
            shape,
            block: None,
            parent: None,
            object: None,
            field: None,
            dead: false,
            units: 0,
            sequence: 0,
            order: Order::default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Root(Root),
    Object,
    Text,
    Set,
}

/// One key of a map, or the one sequence of a text.
#[derive(Debug)]
pub(super) struct Place {
    pub container: u32,
    pub name: u32,
    pub field: Option<&'static Field>,
    /// The last unit of the value that shows, deleted or not: the rightmost in Yjs's order.
    pub winner: Option<Id>,
    /// Blocks of a text, whatever became of them, and deletions in it: it is in about so many pieces.
    pub parts: u32,
}

/// An object as one creation made it; undo and redo of a creation make another of the same name.
#[derive(Debug)]
pub(super) struct Object {
    pub root: Root,
    pub name: Arc<str>,
    pub container: u32,
    pub author: Option<PersonId>,
    pub kind: Option<&'static Kind>,
    pub gone: bool,
}

/// What a document may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps {
    /// Objects that are not deleted.
    pub objects: usize,
    /// Of its encoded state.
    pub bytes: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { objects: limits::LIVE_OBJECTS, bytes: limits::BOARD_BYTES }
    }
}

#[derive(Debug, Default)]
pub(super) struct Index {
    pub clients: HashMap<u32, Runs>,
    pub containers: Vec<Container>,
    pub places: Vec<Place>,
    pub objects: Vec<Object>,
    types: HashMap<Id, u32>,
    names: Vec<Arc<str>>,
    name_of: HashMap<Arc<str>, u32>,
    place_of: HashMap<(u32, u32), u32>,
    /// What it may hold.
    pub caps: Caps,
    /// Objects on the board.
    pub live: usize,
    /// About the size of the encoded document.
    pub bytes: usize,
}

/// How long the index was, to forget what came after.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    containers: usize,
    places: usize,
    objects: usize,
    names: usize,
}

#[expect(clippy::cast_possible_truncation, reason = "there are fewer places than clocks, and those are below 2^31")]
fn number(len: usize) -> u32 {
    len as u32
}

impl Index {
    pub(super) fn new() -> Self {
        let mut index = Self::default();
        for root in Root::ALL {
            index.add_container(Container::new(Shape::Root(root)));
        }
        index
    }

    pub(super) fn clock(&self, client: u32) -> u32 {
        self.clients.get(&client).map_or(0, Runs::clock)
    }

    pub(super) fn find(&self, id: Id) -> Option<&Run> {
        self.clients.get(&id.client)?.find(id.clock)
    }

    pub(super) fn root(&self, root: Root) -> u32 {
        number(self.containers.iter().position(|c| c.shape == Shape::Root(root)).unwrap_or_default())
    }

    pub(super) fn container(&self, number: u32) -> Option<&Container> {
        self.containers.get(number as usize)
    }

    pub(super) fn place(&self, number: u32) -> Option<&Place> {
        self.places.get((number & !SEQUENCE) as usize)
    }

    pub(super) fn place_mut(&mut self, number: u32) -> Option<&mut Place> {
        self.places.get_mut((number & !SEQUENCE) as usize)
    }

    pub(super) fn object(&self, number: u32) -> Option<&Object> {
        self.objects.get(number as usize)
    }

    /// The container that a block made.
    pub(super) fn made_by(&self, block: Id) -> Option<u32> {
        self.types.get(&block).copied()
    }

    /// Whether a container or one around it is deleted.
    pub(super) fn is_dead(&self, number: u32) -> bool {
        let mut next = Some(number);
        while let Some(container) = next.and_then(|number| self.container(number)) {
            if container.dead {
                return true;
            }
            next = container.parent;
        }
        false
    }

    pub(super) fn is_live(&self, object: &Object) -> bool {
        !object.gone && !self.is_dead(object.container)
    }

    pub(super) fn name(&self, place: &Place) -> Option<&Arc<str>> {
        self.names.get(place.name as usize)
    }

    pub(super) fn add_container(&mut self, mut container: Container) -> u32 {
        let new = number(self.containers.len());
        if container.shape == Shape::Text {
            container.sequence = number(self.places.len()) | SEQUENCE;
            self.places.push(Place { container: new, name: u32::MAX, field: container.field, winner: None, parts: 0 });
        }
        if let Some(block) = container.block {
            self.types.insert(block, new);
        }
        self.containers.push(container);
        new
    }

    /// The place of a key, made when it is new.
    pub(super) fn key(&mut self, container: u32, name: &str, field: Option<&'static Field>) -> u32 {
        let name = match self.name_of.get(name) {
            Some(known) => *known,
            None => {
                let (new, text) = (number(self.names.len()), Arc::<str>::from(name));
                self.names.push(Arc::clone(&text));
                self.name_of.insert(text, new);
                new
            }
        };
        if let Some(place) = self.place_of.get(&(container, name)) {
            return *place;
        }
        let new = number(self.places.len());
        self.places.push(Place { container, name, field, winner: None, parts: 0 });
        self.place_of.insert((container, name), new);
        new
    }

    pub(super) fn add_object(&mut self, object: Object) -> u32 {
        let new = number(self.objects.len());
        self.objects.push(object);
        new
    }

    /// Whether a block of `client` written over `origin` shows, in Yjs's order of the values of one key: a value
    /// follows its origin, and of those with one origin the higher client's is last. Takes from `steps`, and gives up
    /// at none.
    pub(super) fn wins(&self, place: u32, client: u32, origin: Option<Id>, steps: &mut usize) -> bool {
        let mut at = match self.place(place).and_then(|place| place.winner) {
            None => return true,
            Some(winner) if Some(winner) == origin => return true,
            Some(winner) => winner,
        };
        // Walks from what shows down to the origin: the step before it is the rival.
        while let Some(run) = self.find(at).filter(|_| *steps > 0) {
            *steps -= 1;
            match origin {
                Some(o) if o.client == at.client && run.clock <= o.clock && o.clock < at.clock => {
                    return at.client < client;
                }
                _ if run.origin == origin => return at.client < client,
                _ => {}
            }
            match run.origin {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            containers: self.containers.len(),
            places: self.places.len(),
            objects: self.objects.len(),
            names: self.names.len(),
        }
    }

    /// Whether a container was made since the mark.
    pub(super) fn is_after(&self, mark: Mark, container: u32) -> bool {
        container as usize >= mark.containers
    }

    /// Forgets containers, places, objects and names made since the mark.
    pub(super) fn reset(&mut self, mark: Mark) {
        for container in self.containers.drain(mark.containers..) {
            container.block.map(|block| self.types.remove(&block));
        }
        for place in self.places.drain(mark.places..) {
            self.place_of.remove(&(place.container, place.name));
        }
        for name in self.names.drain(mark.names..) {
            self.name_of.remove(&name);
        }
        self.objects.truncate(mark.objects);
    }

    pub(super) fn is_deleted(&self, id: Id) -> bool {
        self.find(id).is_none_or(|run| run.state != State::Live)
    }
}
