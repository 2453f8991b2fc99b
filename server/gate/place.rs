//! Finds for every new block of an update the object and field that it belongs to, in the order in which the
//! blocks depend on each other. Knows the schema, not rights.

use std::collections::HashMap;

use super::{
    attempt::{Attempt, Stop, Touch},
    index::{Container, Object, Shape},
    news,
    order::Put,
    parse::{Block, Content, Id, Item, Parent},
    reader::{limit, malformed},
    runs::{BURIED, NOWHERE, Run, SEQUENCE, State, is_nowhere},
    value::{self, Plain},
};
use crate::{
    board::schema::{self, Field, Root, Value},
    error::{Refusal, RefusalCode},
    limits,
};

impl Attempt<'_> {
    /// Places every new block. Sections wait for each other on an explicit stack; a circle is refused.
    pub(super) fn place_all(&mut self) -> Result<(), Stop> {
        let update = self.update;
        let by_client: HashMap<u32, usize> =
            update.sections.iter().enumerate().map(|(number, section)| (section.client, number)).collect();
        let mut next = vec![0; update.sections.len()];
        let mut waiting = vec![false; update.sections.len()];
        for section in &update.sections {
            let clock = self.index.clock(section.client);
            if section.span.start > clock {
                return Err(Stop::Wait);
            }
            if !section.blocks.is_empty() {
                self.clients.insert(section.client, clock);
            }
        }
        for first in 0..update.sections.len() {
            // Each with the clock that whoever waits for it needs; the rest of it may build on the one that waits.
            let mut stack = vec![(first, u32::MAX)];
            while let Some(&(top, needed)) = stack.last() {
                let Some(section) = update.sections.get(top) else { break };
                if let Some(flag) = waiting.get_mut(top) {
                    *flag = true;
                }
                let mut before = None;
                while let Some(block) = next.get(top).and_then(|number| section.blocks.get(*number)) {
                    if self.index.clock(section.client) > needed {
                        break;
                    }
                    before = self.missing(section.client, block)?;
                    if before.is_some() {
                        break;
                    }
                    self.place(section.client, block).map_err(Stop::Refuse)?;
                    if let Some(number) = next.get_mut(top) {
                        *number += 1;
                    }
                }
                let Some(id) = before else {
                    stack.pop();
                    if let Some(flag) = waiting.get_mut(top) {
                        *flag = false;
                    }
                    continue;
                };
                let Some(&before) = by_client.get(&id.client) else { return Err(Stop::Wait) };
                if update.sections.get(before).is_none_or(|section| section.span.end <= id.clock) {
                    return Err(Stop::Wait);
                }
                if waiting.get(before).copied().unwrap_or(true) {
                    return Err(malformed("circle").into());
                }
                stack.push((before, id.clock));
            }
        }
        Ok(())
    }

    /// Something that the block names and that is not there yet.
    fn missing(&self, client: u32, block: &Block<'_>) -> Result<Option<Id>, Refusal> {
        let Some(item) = &block.item else { return Ok(None) };
        let parent = if let Parent::Type(id) = item.parent { Some(id) } else { None };
        for id in [item.origin, item.right, parent].into_iter().flatten() {
            if id.client == client && id.clock >= block.clock {
                return Err(malformed("refers to itself"));
            }
            if id.clock >= self.index.clock(id.client) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn place(&mut self, client: u32, block: &Block<'_>) -> Result<(), Refusal> {
        let clock = self.index.clock(client);
        // What is known of it already is not looked at again; the rest continues it.
        let skip = clock.saturating_sub(block.clock);
        let (len, at) = (block.len.saturating_sub(skip), Id { client, clock });
        self.structs += 1;
        self.bytes += block.bytes;
        let mut run = Run { clock, len, place: NOWHERE, state: State::Hollow, origin: None };
        if let Some(item) = &block.item {
            let mut origin = item.origin;
            run.place = self.locate(item)?;
            if skip > 0 {
                let known = Id { client, clock: clock.wrapping_sub(1) };
                if let Content::Text(text) = item.content
                    && news::after_units(text, skip as usize).is_none()
                {
                    return Err(malformed("known up to the middle of a character"));
                }
                // The same client said something else before: documents would hang the rest in two places.
                if !same_place(self.place_of(known), run.place) {
                    return Err(malformed("differs from what is known"));
                }
                origin = Some(known);
            }
            if run.place & SEQUENCE != 0 {
                self.count_steps(run.place, item)?;
            }
            if run.place & SEQUENCE == 0 {
                run.origin = origin;
                run.state = self.write(at, &run, item, skip as usize)?;
            } else if !is_nowhere(run.place) {
                run.state = self.write_text(&run, item, skip as usize)?;
                self.stand(at, &run, origin, item.right)?;
            } else {
                run.state = self.bury(run.place, &item.content)?;
            }
        }
        self.index.clients.entry(client).or_default().push(client, run);
        Ok(())
    }

    /// A block that belongs nowhere. An object's text and sets hold no shared types: what nests deeper was never an
    /// object, and readers that clean it up go down as deep as it goes until their stack ends.
    fn bury(&mut self, place: u32, content: &Content<'_>) -> Result<State, Refusal> {
        self.buried |= !matches!(content, Content::Deleted);
        match content {
            Content::Deleted => Ok(State::Hollow),
            // Never a parent, not even before it is collected as garbage.
            Content::Text(_) | Content::Values(_) => Ok(State::Deleted),
            Content::NewMap | Content::NewText if place == BURIED && !self.trusted => Err(limit("type depth")),
            Content::NewMap | Content::NewText => Ok(State::Grave),
        }
    }

    /// The block's place among the units of its text.
    fn stand(&mut self, at: Id, run: &Run, origin: Option<Id>, right: Option<Id>) -> Result<(), Refusal> {
        let Some(number) = self.index.place(run.place).map(|place| place.container) else {
            return Err(malformed("parent"));
        };
        self.keep_order(number);
        let Some(text) = self.index.containers.get_mut(number as usize) else { return Err(malformed("parent")) };
        let object = text.object;
        if self.trusted {
            // A block that an older gate let in stands as well anywhere near.
            let neighbours = [(origin, right), (origin, None)];
            let _ = neighbours.into_iter().find(|beside| text.order.put(at, run.len, *beside, None) == Put::Stands);
            return Ok(());
        }
        match text.order.put(at, run.len, (origin, right), Some(&mut self.known_steps)) {
            Put::Stands => Ok(()),
            Put::Nowhere => Err(self.about(object, malformed("neighbours that never stood side by side"))),
            Put::TooFar => Err(self.about(object, limit("order"))),
        }
    }

    /// To find a block's place in its text the CRDT may walk over every part of it, here and in every browser.
    fn count_steps(&mut self, place: u32, item: &Item<'_>) -> Result<(), Refusal> {
        let steps = if !is_nowhere(place) {
            self.add_part(place)
        } else {
            // What was deleted before is garbage to the CRDT, and nothing is walked there.
            let parent = if let Parent::Type(id) = item.parent { Some(id) } else { None };
            if ![item.origin, item.right, parent].into_iter().flatten().any(|id| self.is_new(id)) {
                return Ok(());
            }
            self.strays += 1;
            self.strays
        };
        match self.text_steps.checked_sub(steps) {
            Some(left) => self.text_steps = left,
            None => {
                let container = self.index.place(place).filter(|_| !is_nowhere(place)).map(|place| place.container);
                let object = container.and_then(|container| self.index.container(container)).and_then(|c| c.object);
                return Err(self.about(object, limit("order")));
            }
        }
        Ok(())
    }

    fn locate(&mut self, item: &Item<'_>) -> Result<u32, Refusal> {
        match (item.origin.map(|id| self.place_of(id)), item.right.map(|id| self.place_of(id))) {
            (Some(left), Some(right)) if !same_place(left, right) => Err(malformed("neighbours in different places")),
            (_, Some(right)) if right & SEQUENCE == 0 => Err(malformed("right neighbour of a value")),
            // Of two that are nowhere the deeper.
            (Some(left), Some(right)) => Ok(left.min(right)),
            (Some(place), _) | (None, Some(place)) => Ok(place),
            (None, None) => match item.parent {
                Parent::Inherited => Err(malformed("parent")),
                Parent::Root(name) => match Root::from_name(name) {
                    Some(root) => self.key(self.index.root(root), item.key),
                    None => Err(schema("root")),
                },
                Parent::Type(id) => match self.index.made_by(id) {
                    Some(container) if self.index.is_dead(container) => Ok(self.grave(container)),
                    Some(container) => self.key(container, item.key),
                    None => match self.index.find(id).map(|run| (run.state, run.place)) {
                        Some((State::Grave, _) | (State::Hollow, BURIED)) => Ok(BURIED),
                        Some((State::Hollow, _)) => Ok(NOWHERE),
                        _ => Err(malformed("parent is not a shared type")),
                    },
                },
            },
        }
    }

    /// Where what is in a deleted shared type belongs.
    fn grave(&self, container: u32) -> u32 {
        let inner = self.index.container(container).is_some_and(|c| matches!(c.shape, Shape::Text | Shape::Set));
        if inner { BURIED } else { NOWHERE }
    }

    /// Where a known block belongs; nowhere when what it was in is deleted, for then it is garbage sooner or later.
    fn place_of(&self, id: Id) -> u32 {
        let place = self.index.find(id).map_or(NOWHERE, |run| run.place);
        match self.index.place(place).filter(|_| !is_nowhere(place)) {
            Some(found) if self.index.is_dead(found.container) => self.grave(found.container),
            Some(_) => place,
            None if is_nowhere(place) => place,
            None => NOWHERE,
        }
    }

    fn key(&mut self, number: u32, key: Option<&str>) -> Result<u32, Refusal> {
        let Some(container) = self.index.container(number) else { return Err(malformed("parent")) };
        let Some(key) = key else {
            return if container.shape == Shape::Text { Ok(container.sequence) } else { Err(schema("no key")) };
        };
        let (known, field) = match container.shape {
            Shape::Text => (false, None),
            Shape::Root(Root::Meta) => field_of(Root::Meta, key),
            Shape::Root(root) => (schema::is_object_id(root, key), None),
            Shape::Object => match container.object.and_then(|object| self.index.object(object)) {
                Some(object) => field_of(object.root, key),
                None => (false, None),
            },
            Shape::Set => (container.field.is_some_and(|field| is_element(field, key)), container.field),
        };
        if known || (self.trusted && container.shape != Shape::Text) {
            Ok(self.index.key(number, key, field))
        } else {
            Err(self.about(container.object, schema("key")))
        }
    }

    /// A block in a text.
    fn write_text(&mut self, run: &Run, item: &Item<'_>, skip: usize) -> Result<State, Refusal> {
        let Some(container) = self.index.place(run.place).map(|place| place.container) else {
            return Err(malformed("parent"));
        };
        let (object, field) = self.index.container(container).map_or((None, None), |c| (c.object, c.field));
        match item.content {
            Content::Deleted => Ok(State::Hollow),
            Content::Text(text) => {
                if text.len() > limits::STRING_BYTES && !self.trusted {
                    let fresh: usize = text
                        .chars()
                        .scan(0, |units, c| {
                            *units += c.len_utf16();
                            Some(if *units > skip { c.len_utf8() } else { 0 })
                        })
                        .sum();
                    if fresh > limits::STRING_BYTES {
                        return Err(self.about(object, limit("string")));
                    }
                }
                self.add_units(container, i64::from(run.len));
                self.touches.extend(field.map(|field| Touch { object, field }));
                Ok(State::Live)
            }
            _ => Err(self.about(object, schema("text"))),
        }
    }

    /// A value of a key: the write, whether it shows, and what it puts out of sight.
    fn write(&mut self, at: Id, run: &Run, item: &Item<'_>, skip: usize) -> Result<State, Refusal> {
        let Some((number, field)) = self.index.place(run.place).map(|place| (place.container, place.field)) else {
            return Err(malformed("parent"));
        };
        let Some((shape, object)) = self.index.container(number).map(|c| (c.shape, c.object)) else {
            return Err(malformed("parent"));
        };
        let wins = self.index.wins(run.place, at.client, run.origin, &mut self.steps);
        if self.steps == 0 {
            return Err(self.about(object, limit("order")));
        }
        let mut last = None;
        match &item.content {
            Content::Deleted => {}
            Content::Values(range) => {
                let values = self.update.values.get(range.start + skip..range.end).unwrap_or_default();
                if !self.trusted && !values.iter().all(|value| takes(shape, field, *value)) {
                    return Err(self.about(object, schema(field.map_or("object", |field| field.name))));
                }
                if values.len() > 1 && wins && !self.trusted {
                    self.merged.push((at, run.len));
                }
                last = values.last().copied();
            }
            Content::NewMap | Content::NewText => {
                self.make(at, run.place, !wins, matches!(item.content, Content::NewText))?;
            }
            Content::Text(_) => return Err(self.about(object, schema("text outside a text"))),
        }
        let hollow = matches!(item.content, Content::Deleted);
        let shown = self.index.place(run.place).and_then(|place| place.winner);
        if wins {
            let displaced = shown.filter(|id| !self.index.is_deleted(*id));
            self.displaced.extend(displaced);
            self.set_winner(run.place, Some(Id { client: at.client, clock: at.clock + run.len - 1 }));
            self.remember(object, shape, field, last);
            if hollow && displaced.is_none() {
                return Ok(State::Hollow);
            }
        }
        if wins || !hollow {
            self.touches.extend(field.map(|field| Touch { object, field }));
        }
        Ok(match (hollow, wins) {
            (true, _) => State::Hollow,
            (false, true) => State::Live,
            (false, false) => State::Deleted,
        })
    }

    /// The shared type that a block makes, where the schema has one.
    fn make(&mut self, at: Id, place: u32, dead: bool, text: bool) -> Result<(), Refusal> {
        let Some(place) = self.index.place(place) else { return Err(malformed("parent")) };
        let (parent, field) = (place.container, place.field);
        let name = self.index.name(place).cloned().unwrap_or_default();
        let Some(around) = self.index.container(parent) else { return Err(malformed("parent")) };
        let (shape, outer) = (around.shape, around.object);
        let (shape, object) = match (shape, field.map(|field| field.value), text) {
            (Shape::Root(root), None, false) if root != Root::Meta => {
                #[expect(clippy::cast_possible_truncation, reason = "as many as containers, at most")]
                let container = self.index.containers.len() as u32;
                let object = Object { root, name, container, author: None, kind: None, gone: false };
                (Shape::Object, Some(self.index.add_object(object)))
            }
            (Shape::Object, Some(Value::Text), true) => (Shape::Text, outer),
            (Shape::Object, Some(Value::Set(_)), false) => (Shape::Set, outer),
            _ => return Err(self.about(outer, schema(field.map_or("object", |field| field.name)))),
        };
        let (block, parent) = (Some(at), Some(parent));
        self.index.add_container(Container { block, parent, object, field, dead, ..Container::new(shape) });
        Ok(())
    }
}

/// What is nowhere is alike, however deep.
const fn same_place(one: u32, other: u32) -> bool {
    one == other || (is_nowhere(one) && is_nowhere(other))
}

fn schema(detail: &str) -> Refusal {
    Refusal::new(RefusalCode::Schema).detail(detail)
}

fn field_of(root: Root, name: &str) -> (bool, Option<&'static Field>) {
    let field = schema::field_of(root, name);
    (field.is_some(), field)
}

fn is_element(field: &Field, key: &str) -> bool {
    match field.value {
        Value::Set([]) => !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
        Value::Set(elements) => elements.contains(&key),
        _ => false,
    }
}

fn takes(shape: Shape, field: Option<&Field>, plain: Plain<'_>) -> bool {
    match (shape, field) {
        (Shape::Set, _) => plain == Plain::Flag(true),
        (_, Some(field)) => value::fits(field.value, plain),
        (_, None) => false,
    }
}
