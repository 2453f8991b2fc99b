//! Any command, event and moment, for tests that try them all. Knows not what they do.

#![cfg(test)]

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::{Agenda, Command, Event, Naming, Part, Plan, State, Timer, Writing, apply, decide};
use crate::{
    ids::{PartId, PersonId, RoundId, WorkshopId},
    programme::{Language, Names},
    role::Role,
};

/// One of a few ids, so that commands meet.
pub(super) fn part_id() -> impl Strategy<Value = PartId> {
    (0u8..8).prop_map(|n| PartId::from_bytes([n; 16]))
}

fn workshop_id() -> impl Strategy<Value = WorkshopId> {
    (0u8..2).prop_map(|n| WorkshopId::from_bytes([n; 16]))
}

fn person() -> impl Strategy<Value = PersonId> {
    (0u8..3).prop_map(|n| PersonId::from_bytes([n; 16]))
}

/// A part of ten minutes.
pub(super) fn part(id: PartId) -> Part {
    serde_json::from_value(json!({"id": id, "title": {"fi": "Osa"}, "minutes": 10})).unwrap()
}

pub(super) fn plan(parts: impl IntoIterator<Item = Part>) -> Plan {
    let title = Names { fi: "Työpaja".into(), ..Names::default() };
    Plan { title, language: Language::Fi, agenda: Agenda::cleaned(parts.into_iter().collect()).unwrap() }
}

/// A board on which a workshop of so many parts has begun, at moment 0.
pub(super) fn started(parts: u8) -> (State, Vec<PartId>) {
    let ids: Vec<PartId> = (0..parts).map(|n| PartId::from_bytes([n; 16])).collect();
    let plan = Some(Arc::new(plan(ids.iter().map(|id| part(*id)))));
    let mut state = State::default();
    let start = Command::StartWorkshop { workshop: WorkshopId::new(), plan };
    let events = decide(&state, &start, PersonId::new(), Role::Owner, 0).unwrap();
    events.iter().for_each(|event| apply(&mut state, event));
    (state, ids)
}

fn objects() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((0u8..5).prop_map(|n| format!("n_01J{n:0>23}")), 0..4)
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (1u8..6).prop_map(|parts| plan((0..parts).map(|n| part(PartId::from_bytes([n; 16])))))
}

fn a_part() -> impl Strategy<Value = Box<Part>> {
    let writing = prop_oneof![Just(Writing::Open), Just(Writing::Silent)];
    (part_id(), 0u32..500, writing).prop_map(|(id, minutes, writing)| Box::new(Part { minutes, writing, ..part(id) }))
}

pub(super) fn moment() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0i64..100_000_000, 1 => any::<i64>()]
}

fn timer() -> impl Strategy<Value = Timer> {
    prop_oneof![
        moment().prop_map(|deadline| Timer::Running { deadline }),
        any::<i64>().prop_map(|remaining| Timer::Paused { remaining })
    ]
}

pub(super) fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        objects().prop_map(|objects| Command::Lock { objects }),
        objects().prop_map(|objects| Command::Unlock { objects }),
        Just(Command::Pause),
        Just(Command::Resume),
        (workshop_id(), prop::option::of(any_plan().prop_map(Arc::new)))
            .prop_map(|(workshop, plan)| Command::StartWorkshop { workshop, plan }),
        Just(Command::EndWorkshop),
        part_id().prop_map(|part| Command::StartPart { part }),
        Just(Command::NextPart),
        Just(Command::EndPart),
        part_id().prop_map(|part| Command::SkipPart { part }),
        prop::option::of(part_id()).prop_map(|part| Command::RepeatPart { part }),
        prop::collection::vec(part_id(), 0..6).prop_map(|parts| Command::Reorder { parts }),
        a_part().prop_map(|part| Command::ChangePart { part }),
        (part_id(), 0u32..500).prop_map(|(part, minutes)| Command::SetMinutes { part, minutes }),
        prop::option::of(any::<u32>()).prop_map(|minutes| Command::StartTimer { minutes }),
        Just(Command::PauseTimer),
        Just(Command::ResumeTimer),
        prop_oneof![-500i32..500, any::<i32>()].prop_map(|minutes| Command::AddMinutes { minutes }),
        Just(Command::StopTimer),
        prop_oneof![Just(String::new()), "[a-zåäö ]{0,20}"].prop_map(|text| Command::Say { text }),
        (prop::option::of(part_id()), any::<bool>()).prop_map(|(part, late)| Command::Reveal { part, late }),
        part_id().prop_map(|part| Command::DiscardDrafts { part }),
        (prop::option::of(part_id()), any::<bool>()).prop_map(|(part, shown)| Command::ShowCounts { part, shown }),
    ]
}

fn of_drafts() -> impl Strategy<Value = Event> {
    let round = || (part_id(), 0i64..4).prop_map(|(part, at)| (RoundId::of(part, at), part));
    let kinds = || prop::option::of(Just(vec!["note".to_owned()].into()));
    prop_oneof![
        (round(), kinds(), moment(), person()).prop_map(|((round, part), kinds, at, by)| Event::WritingBegan {
            round,
            part,
            naming: Naming::Named,
            kinds,
            at,
            by
        }),
        (round(), moment(), person()).prop_map(|((round, part), at, by)| Event::Revealed { round, part, at, by }),
        (round(), moment(), person()).prop_map(|((round, part), at, by)| Event::DraftsDiscarded {
            round,
            part,
            at,
            by
        }),
        (round(), any::<bool>(), person()).prop_map(|((round, _), shown, by)| Event::CountsShown { round, shown, by }),
    ]
}

/// Any event at all, also one that no command makes of any state.
pub(super) fn event() -> impl Strategy<Value = Event> {
    let first =
        prop_oneof![
            (objects(), person()).prop_map(|(objects, by)| Event::Locked { objects, by }),
            (objects(), person()).prop_map(|(objects, by)| Event::Unlocked { objects, by }),
            person().prop_map(|by| Event::Paused { by }),
            person().prop_map(|by| Event::Resumed { by }),
            (workshop_id(), any_plan(), moment(), person())
                .prop_map(|(workshop, plan, at, by)| Event::WorkshopStarted { workshop, plan, at, by }),
            (moment(), person()).prop_map(|(at, by)| Event::WorkshopEnded { at, by }),
            (part_id(), timer(), moment(), person()).prop_map(|(part, timer, at, by)| Event::PartStarted {
                part,
                timer,
                at,
                by
            }),
        ];
    prop_oneof![
        first,
        (part_id(), moment(), person()).prop_map(|(part, at, by)| Event::PartEnded { part, at, by }),
        (part_id(), person()).prop_map(|(part, by)| Event::PartSkipped { part, by }),
        (prop::collection::vec(part_id(), 0..6), person()).prop_map(|(parts, by)| Event::Reordered { parts, by }),
        (a_part(), person()).prop_map(|(part, by)| Event::PartChanged { part, by }),
        (part_id(), any::<u32>(), prop::option::of(timer()), person())
            .prop_map(|(part, minutes, timer, by)| Event::MinutesSet { part, minutes, timer, by }),
        (prop::option::of(timer()), person()).prop_map(|(timer, by)| Event::TimerSet { timer, by }),
        ("[a-z]{0,5}", moment(), person()).prop_map(|(text, at, by)| Event::Said { text, at, by }),
        (workshop_id(), any::<u64>(), person()).prop_map(|(workshop, call, by)| Event::Adopted { workshop, call, by }),
        of_drafts(),
    ]
}
