//! Judges a placed update: its deletions, what it creates, whose things it touches, the caps. Knows rights as a
//! value, not where they come from.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Known,
    attempt::{Attempt, Stop, Touch},
    index::{Object, Shape},
    parse::{self, Id},
    reader::limit,
    runs::{SEQUENCE, State, is_nowhere},
};
use crate::{
    board::schema::{self, Field, Root},
    error::{Refusal, RefusalCode},
    ids::PersonId,
    limits,
    rights::{Action, PartRights, Rights, Whose},
};

/// Something done to an object, or to the board's own fields, and whether only to the object's text.
type Deed = (Action, Option<u32>, bool);

/// Live blocks that an update deletes, and what dies with them.
#[derive(Debug, Default)]
pub(super) struct Removals {
    /// By client, ascending and apart.
    pub ranges: HashMap<u32, Vec<Range<u32>>>,
    /// Places whose live blocks are deleted, once for each run.
    places: Vec<(u32, Option<Id>)>,
    /// Shared types that die.
    pub dying: HashSet<u32>,
}

impl Removals {
    fn add(&mut self, client: u32, start: u32, end: u32) {
        let ranges = self.ranges.entry(client).or_default();
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }

    fn covers(&self, id: Id, len: u32) -> bool {
        let Some(ranges) = self.ranges.get(&id.client) else { return false };
        let range = ranges.get(ranges.partition_point(|range| range.end <= id.clock));
        range.is_some_and(|range| range.start <= id.clock && id.clock + len <= range.end)
    }
}

impl Attempt<'_> {
    /// Reads the deletions: what of them is new.
    pub(super) fn removals(&mut self, deletions: &[u8]) -> Result<Removals, Stop> {
        let mut removals = Removals::default();
        let index = &*self.index;
        parse::deletions(deletions, |client, start, end| {
            if end > index.clock(client) {
                return Err(Stop::Wait);
            }
            for run in index.clients.get(&client).into_iter().flat_map(|runs| runs.within(start..end)) {
                let Some(place) = index.place(run.place).filter(|_| !is_nowhere(run.place)) else { continue };
                if run.state != State::Live || index.is_dead(place.container) {
                    continue;
                }
                let (from, to) = (start.max(run.clock), end.min(run.end()));
                removals.add(client, from, to);
                if run.place & SEQUENCE != 0 {
                    removals.places.push((run.place, None));
                    continue;
                }
                for clock in from..to {
                    let id = Id { client, clock };
                    removals.dying.extend(index.made_by(id));
                    removals.places.push((run.place, Some(id)));
                }
            }
            Ok(())
        })?;
        // A value that others were written over is deleted with them, whoever says so.
        removals.dying.extend(self.displaced.iter().filter_map(|id| self.index.made_by(*id)));
        self.count_deleted_text(&removals);
        for (place, _) in removals.places.iter().filter(|(place, _)| place & SEQUENCE != 0) {
            self.add_part(*place);
        }
        self.clear_flags(&removals);
        Ok(removals)
    }

    fn count_deleted_text(&mut self, removals: &Removals) {
        let mut gone = Vec::new();
        for (client, ranges) in &removals.ranges {
            let Some(runs) = self.index.clients.get(client) else { continue };
            for range in ranges {
                for run in runs.within(range.clone()).filter(|run| run.place & SEQUENCE != 0) {
                    let units = range.end.min(run.end()) - range.start.max(run.clock);
                    gone.extend(self.index.place(run.place).map(|place| (place.container, i64::from(units))));
                }
            }
        }
        for (container, units) in gone {
            self.add_units(container, -units);
        }
    }

    /// An object whose `gone` was deleted is on the board again.
    fn clear_flags(&mut self, removals: &Removals) {
        for (number, id) in &removals.places {
            let Some(place) = self.index.place(*number) else { continue };
            let Some(container) = self.index.container(place.container) else { continue };
            let gone = place.field.is_some_and(|field| field.name == "gone") && container.shape == Shape::Object;
            if let (true, true, Some(object)) = (gone, place.winner == *id, container.object) {
                self.not_gone(object);
            }
        }
    }

    /// Judges what was placed and removed.
    pub(super) fn judge(&self, removals: &Removals, known: &Known, rights: &Rights) -> Result<(), Refusal> {
        for (id, len) in &self.merged {
            if !removals.covers(*id, *len) {
                return Err(Refusal::new(RefusalCode::Malformed).detail("several live values of one key"));
            }
        }
        // In order: of several reasons to refuse it is always the same one that is named.
        let mut actions: BTreeSet<Deed> = BTreeSet::new();
        self.displaced_objects(removals, rights.person)?;
        self.removed(removals, rights.person, &mut actions)?;
        self.written(removals, &mut actions)?;
        let mut only_deletes = true;
        for (action, object, text) in &actions {
            only_deletes &= *action == Action::Delete;
            let object = object.and_then(|object| self.index.object(object));
            let by = self.permit(*action, object, None, rights)?;
            by_part(*action, object, by, *text, rights)?;
        }
        for number in self.first_object..self.index.objects.len() {
            only_deletes &= !self.created(number, removals, known, rights)?;
        }
        // What has no effect still takes room, so it is for those who may write at all.
        if self.structs > 0 {
            self.may_write(rights)?;
        }
        self.caps(removals, only_deletes)
    }

    /// A live object is not replaced, but by its author, who could as well remove it and make it anew: undo and redo
    /// of a creation may arrive as one update.
    fn displaced_objects(&self, removals: &Removals, person: PersonId) -> Result<(), Refusal> {
        for id in &self.displaced {
            let container = self.index.made_by(*id).and_then(|container| self.index.container(container));
            let object = container.filter(|c| c.shape == Shape::Object).and_then(|c| c.object);
            let Some(number) = object.filter(|object| (*object as usize) < self.first_object) else { continue };
            let Some(object) = self.index.object(number) else { continue };
            if object.author != Some(person) || !removals.covers(*id, 1) {
                return Err(Refusal::new(RefusalCode::Replaced).on(&*object.name));
            }
        }
        Ok(())
    }

    fn removed(&self, removals: &Removals, person: PersonId, actions: &mut BTreeSet<Deed>) -> Result<(), Refusal> {
        for (number, id) in &removals.places {
            let Some(place) = self.index.place(*number) else { continue };
            let Some(container) = self.index.container(place.container) else { continue };
            if self.dies(place.container, removals) {
                continue;
            }
            let object = container.object;
            if let Some(field) = place.field {
                if object.is_some_and(|object| (object as usize) < self.first_object) {
                    match field.name {
                        "author" | "made" => return Err(self.about(object, refusal(RefusalCode::Author, field.name))),
                        "kind" => return Err(self.about(object, refusal(RefusalCode::Schema, field.name))),
                        _ => {}
                    }
                    actions.insert((field.action, object, is_text(field)));
                } else if object.is_none() {
                    actions.insert((field.action, None, false));
                }
                continue;
            }
            let made = id.and_then(|id| self.index.made_by(id)).and_then(|made| self.index.container(made));
            let Some(number) = made.and_then(|made| made.object) else {
                actions.insert((Action::Edit, object, false));
                continue;
            };
            if (number as usize) < self.first_object {
                let object = self.index.object(number);
                if object.is_some_and(|object| object.author != Some(person)) {
                    return Err(self.about(Some(number), refusal(RefusalCode::NotYours, "key")));
                }
                actions.insert((Action::Delete, Some(number), false));
            }
        }
        Ok(())
    }

    fn written(&self, removals: &Removals, actions: &mut BTreeSet<Deed>) -> Result<(), Refusal> {
        for Touch { object: number, field } in &self.touches {
            let Some(object) = number.and_then(|number| self.index.object(number)) else {
                actions.insert((field.action, None, false));
                continue;
            };
            if self.dies(object.container, removals) {
                continue;
            }
            let fresh = number.is_some_and(|number| number as usize >= self.first_object);
            let of_kind = object.kind.is_some_and(|kind| kind.fields.contains(field));
            if !of_kind && !schema::common_fields(object.root).contains(field) {
                return Err(refusal(RefusalCode::Schema, field.name).on(&*object.name));
            }
            // What comes with an object is part of making it, but the mark, which not all who make objects may set.
            if fresh && field.action != Action::Enter {
                continue;
            }
            match field.name {
                "author" | "made" => return Err(refusal(RefusalCode::Author, field.name).on(&*object.name)),
                "kind" => return Err(refusal(RefusalCode::Schema, field.name).on(&*object.name)),
                _ => actions.insert((field.action, *number, is_text(field))),
            };
        }
        Ok(())
    }

    /// Whether an object made by the update stays; then it must be whole.
    fn created(&self, number: usize, removals: &Removals, known: &Known, rights: &Rights) -> Result<bool, Refusal> {
        let Some(object) = self.index.objects.get(number) else { return Ok(false) };
        if self.dies(object.container, removals) {
            return Ok(false);
        }
        let Some(kind) = object.kind else { return Err(refusal(RefusalCode::Schema, "kind").on(&*object.name)) };
        if object.name.split_once('_').is_none_or(|(prefix, _)| prefix != kind.prefix) {
            return Err(refusal(RefusalCode::Schema, "prefix").on(&*object.name));
        }
        let first = known.authors.get(&*object.name).copied().unwrap_or(rights.person);
        if object.author != Some(first) {
            return Err(refusal(RefusalCode::Author, "author").on(&*object.name));
        }
        let action = match object.root {
            Root::Links => Action::Connect,
            Root::Comments => Action::Comment,
            Root::Items | Root::Meta => Action::Create,
        };
        let by = self.permit(action, Some(object), Some(first), rights)?;
        by_part(action, Some(object), by, false, rights)?;
        Ok(true)
    }

    /// By role, lock and pause; gives whose the object is.
    fn permit(
        &self,
        action: Action,
        object: Option<&Object>,
        author: Option<PersonId>,
        rights: &Rights,
    ) -> Result<Whose, Refusal> {
        let name = |refusal: Refusal| match object {
            Some(object) => refusal.on(&*object.name),
            None => refusal,
        };
        if rights.read_only {
            return Err(name(Refusal::new(RefusalCode::ReadOnly)));
        }
        let author = author.or_else(|| object.and_then(|object| object.author));
        let by = if author == Some(rights.person) { Whose::Own } else { Whose::Others };
        let locked = object.is_some_and(|object| rights.locked.contains(&*object.name));
        if rights.allowed.has(action, if locked { Whose::Locked } else { by }) {
            return Ok(by);
        }
        Err(name(Refusal::new(match by {
            _ if locked && rights.allowed.has(action, by) => RefusalCode::Locked,
            Whose::Others if rights.allowed.has(action, Whose::Own) => RefusalCode::NotYours,
            _ => RefusalCode::Role,
        })))
    }

    fn may_write(&self, rights: &Rights) -> Result<(), Refusal> {
        match (rights.read_only, rights.allowed.is_empty()) {
            (true, _) => Err(Refusal::new(RefusalCode::ReadOnly)),
            (_, true) => Err(Refusal::new(RefusalCode::Role)),
            _ => match &rights.part {
                Some(part) if part.allowed.is_empty() && part.texts.is_none() => {
                    Err(Refusal::new(RefusalCode::Part).by_part(part.part))
                }
                _ => Ok(()),
            },
        }
    }

    /// Objects whose text it writes or shortens: a few, for those who want to know who types where.
    pub(super) fn texts(&self, removals: &Removals) -> Vec<Arc<str>> {
        let written = self.touches.iter().filter(|touch| is_text(touch.field)).filter_map(|touch| touch.object);
        let shortened = removals.places.iter().filter_map(|(place, _)| {
            let place = self.index.place(*place).filter(|place| place.field.is_some_and(is_text))?;
            self.index.container(place.container)?.object
        });
        let mut found: Vec<Arc<str>> = Vec::new();
        for number in written.chain(shortened) {
            let Some(object) = self.index.object(number) else { continue };
            if found.len() <= limits::TEXT_GRACE_TEXTS && !found.contains(&object.name) {
                found.push(Arc::clone(&object.name));
            }
        }
        found
    }

    fn caps(&self, removals: &Removals, only_deletes: bool) -> Result<(), Refusal> {
        for (number, growth) in self.growth() {
            let Some(text) = self.index.container(number) else { continue };
            let too_long = usize::try_from(text.units).is_ok_and(|units| units > limits::TEXT_UNITS);
            if too_long && growth > 0 && !self.dies(number, removals) {
                return Err(self.about(text.object, limit("text")));
            }
        }
        let (before, after) = (self.index.live, self.live_after(removals));
        if after > before && after > self.index.caps.objects {
            return Err(limit("objects"));
        }
        if self.structs > 0 && !only_deletes && self.index.bytes + self.bytes > self.index.caps.bytes {
            return Err(limit("board"));
        }
        Ok(())
    }

    /// How many objects are on the board once the update is in.
    pub(super) fn live_after(&self, removals: &Removals) -> usize {
        let mut affected: HashMap<u32, bool> = HashMap::new();
        for container in &removals.dying {
            let container = self.index.container(*container).filter(|container| container.shape == Shape::Object);
            if let Some(number) = container.and_then(|container| container.object) {
                affected.insert(number, self.index.object(number).is_some_and(|object| !object.gone));
            }
        }
        // Only the first change of a flag tells what it was before the update.
        let mut flags: HashMap<u32, bool> = HashMap::new();
        for (number, was) in self.flagged() {
            flags.entry(number).or_insert(was);
        }
        for (number, was) in flags {
            affected.insert(number, !was);
        }
        let fresh = self.first_object..self.index.objects.len();
        affected.extend(fresh.filter_map(|number| u32::try_from(number).ok()).map(|number| (number, false)));
        let mut live = self.index.live;
        for (number, before) in affected {
            let Some(object) = self.index.object(number) else { continue };
            let before = before && !self.index.is_dead(object.container);
            let after = !object.gone && !self.dies(object.container, removals);
            live = live + usize::from(after) - usize::from(before);
        }
        live
    }

    /// Whether a shared type is deleted once the update is in.
    pub(super) fn dies(&self, number: u32, removals: &Removals) -> bool {
        let mut next = Some(number);
        while let Some((number, container)) = next.and_then(|n| self.index.container(n).map(|c| (n, c))) {
            if container.dead || removals.dying.contains(&number) {
                return true;
            }
            next = container.parent;
        }
        false
    }
}

fn is_text(field: &Field) -> bool {
    field.name == "text"
}

/// By the running part of the script. A text that somebody was writing when it began is theirs to write on.
fn by_part(action: Action, object: Option<&Object>, by: Whose, text: bool, rights: &Rights) -> Result<(), Refusal> {
    let Some(PartRights { part, allowed, kinds, texts }) = &rights.part else { return Ok(()) };
    let kind = object.and_then(|object| object.kind).filter(|_| action == Action::Create);
    let detail = match kind {
        _ if !allowed.has(action, by) => action.word(),
        Some(kind) if kinds.iter().all(|there| there != kind.name) => kind.name,
        _ => return Ok(()),
    };
    let goes_on = |object: &Object| texts.as_ref().is_some_and(|texts| texts.contains(&*object.name));
    if text && object.is_some_and(goes_on) {
        return Ok(());
    }
    let refusal = Refusal::new(RefusalCode::Part).by_part(*part).detail(detail);
    Err(match object {
        Some(object) => refusal.on(&*object.name),
        None => refusal,
    })
}

fn refusal(code: RefusalCode, detail: &str) -> Refusal {
    Refusal::new(code).detail(detail)
}
