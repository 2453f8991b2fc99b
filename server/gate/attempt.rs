//! One update on its way into the index, and how to take it back. Knows the index, not the bytes' format.

use std::collections::{HashMap, HashSet};

use super::{
    index::{Index, Mark, Shape},
    order::Order,
    parse::{Id, Update},
    value::Plain,
};
use crate::{
    board::schema::{self, Field},
    error::Refusal,
    limits,
};

/// Why an update is not placed.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something that it builds on is not known.
    Wait,
    Refuse(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refuse(refusal)
    }
}

/// A write to a field of an object; of `meta` when there is no object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touch {
    pub object: Option<u32>,
    pub field: &'static Field,
}

/// How to take back a change of something that was there before the update.
#[derive(Debug)]
enum Undo {
    Winner(u32, Option<Id>),
    Gone(u32, bool),
    Units(u32, i64),
    Part(u32),
    Order(u32, Order),
}

/// One update on its way into the index: everything it adds is added at the end, so that it can be taken back.
pub(super) struct Attempt<'a> {
    pub index: &'a mut Index,
    pub update: &'a Update<'a>,
    /// From the store: it was judged once, and a newer schema must not lock people out of their board.
    pub trusted: bool,
    pub mark: Mark,
    /// Objects from this number on are made by the update.
    pub first_object: usize,
    pub touches: Vec<Touch>,
    /// Values that no longer show because others were written over them.
    pub displaced: Vec<Id>,
    /// Blocks of several values of one key. Only deleted ones merge, so they must come with their deletion.
    pub merged: Vec<(Id, u32)>,
    pub structs: usize,
    /// Left of `limits::ORDER_STEPS`.
    pub steps: usize,
    /// Left of `limits::TEXT_STEPS`.
    pub text_steps: usize,
    /// Left of the steps to find what whoever wrote between two others knew: four passes over all pieces of a text for each
    /// block that `limits::TEXT_STEPS` allows.
    pub known_steps: usize,
    /// Blocks that belong nowhere because of what came with them.
    pub strays: usize,
    /// Something was written into what is deleted.
    pub buried: bool,
    pub bytes: usize,
    /// Clients that got blocks, and their clocks before.
    pub clients: HashMap<u32, u32>,
    /// Texts whose order before the update is kept.
    ordered: HashSet<u32>,
    undo: Vec<Undo>,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(index: &'a mut Index, update: &'a Update<'a>, trusted: bool) -> Self {
        let (mark, first_object) = (index.mark(), index.objects.len());
        Self {
            index,
            update,
            trusted,
            mark,
            first_object,
            touches: Vec::new(),
            displaced: Vec::new(),
            merged: Vec::new(),
            structs: 0,
            steps: if trusted { usize::MAX } else { limits::ORDER_STEPS },
            text_steps: if trusted { usize::MAX } else { limits::TEXT_STEPS },
            known_steps: 4 * limits::TEXT_STEPS,
            strays: 0,
            buried: false,
            bytes: 0,
            clients: HashMap::new(),
            ordered: HashSet::new(),
            undo: Vec::new(),
        }
    }

    /// Leaves the index as it was.
    pub(super) fn take_back(self) {
        for undo in self.undo.into_iter().rev() {
            match undo {
                Undo::Winner(place, winner) => {
                    if let Some(place) = self.index.place_mut(place) {
                        place.winner = winner;
                    }
                }
                Undo::Gone(object, gone) => {
                    if let Some(object) = self.index.objects.get_mut(object as usize) {
                        object.gone = gone;
                    }
                }
                Undo::Units(container, units) => {
                    if let Some(container) = self.index.containers.get_mut(container as usize) {
                        container.units -= units;
                    }
                }
                Undo::Order(container, order) => {
                    if let Some(container) = self.index.containers.get_mut(container as usize) {
                        container.order = order;
                    }
                }
                Undo::Part(place) => {
                    if let Some(place) = self.index.place_mut(place) {
                        place.parts -= 1;
                    }
                }
            }
        }
        self.index.reset(self.mark);
        for (client, clock) in self.clients {
            if clock == 0 {
                self.index.clients.remove(&client);
            } else if let Some(runs) = self.index.clients.get_mut(&client) {
                runs.truncate(clock);
            }
        }
    }

    /// What the gate itself needs to know of an object's values.
    pub(super) fn remember(
        &mut self,
        object: Option<u32>,
        shape: Shape,
        field: Option<&Field>,
        value: Option<Plain<'_>>,
    ) {
        let (Some(number), Some(field), Shape::Object) = (object, field, shape) else { return };
        let fresh = number as usize >= self.first_object;
        let Some(found) = self.index.objects.get_mut(number as usize) else { return };
        match (field.name, value) {
            ("gone", _) => {
                self.undo.push(Undo::Gone(number, found.gone));
                found.gone = value == Some(Plain::Flag(true));
            }
            ("author", Some(Plain::Text(author))) if fresh => found.author = author.parse().ok(),
            ("kind", Some(Plain::Text(kind))) if fresh => found.kind = schema::kind_of(found.root, kind),
            _ => {}
        }
    }

    /// A value of the key `gone` was deleted: the object is on the board again.
    pub(super) fn not_gone(&mut self, number: u32) {
        if let Some(object) = self.index.objects.get_mut(number as usize) {
            self.undo.push(Undo::Gone(number, object.gone));
            object.gone = false;
        }
    }

    pub(super) fn add_units(&mut self, container: u32, units: i64) {
        if let Some(text) = self.index.containers.get_mut(container as usize) {
            text.units += units;
            self.undo.push(Undo::Units(container, units));
        }
    }

    /// Before a text's order changes for the first time: how it was, unless the text itself goes with the update.
    pub(super) fn keep_order(&mut self, number: u32) {
        if self.trusted || self.index.is_after(self.mark, number) || !self.ordered.insert(number) {
            return;
        }
        if let Some(text) = self.index.container(number) {
            self.undo.push(Undo::Order(number, text.order.clone()));
        }
    }

    /// A block or a deletion cuts a text once more: gives how often it was cut.
    pub(super) fn add_part(&mut self, number: u32) -> usize {
        let Some(place) = self.index.place_mut(number) else { return 0 };
        place.parts += 1;
        let parts = place.parts as usize;
        self.undo.push(Undo::Part(number));
        parts
    }

    /// Whether a block came with this update.
    pub(super) fn is_new(&self, id: Id) -> bool {
        self.clients.get(&id.client).is_some_and(|before| id.clock >= *before)
    }

    /// How much each text grew.
    pub(super) fn growth(&self) -> HashMap<u32, i64> {
        let mut growth = HashMap::new();
        for undo in &self.undo {
            if let Undo::Units(container, units) = undo {
                *growth.entry(*container).or_default() += units;
            }
        }
        growth
    }

    /// Objects whose `gone` was written.
    pub(super) fn flagged(&self) -> impl Iterator<Item = (u32, bool)> {
        self.undo
            .iter()
            .filter_map(|undo| if let Undo::Gone(object, was) = undo { Some((*object, *was)) } else { None })
    }

    pub(super) fn set_winner(&mut self, number: u32, winner: Option<Id>) {
        if let Some(place) = self.index.place_mut(number) {
            self.undo.push(Undo::Winner(number, place.winner));
            place.winner = winner;
        }
    }

    /// A refusal that names the object.
    pub(super) fn about(&self, object: Option<u32>, refusal: Refusal) -> Refusal {
        match object.and_then(|object| self.index.object(object)) {
            Some(object) => refusal.on(&*object.name),
            None => refusal,
        }
    }
}
