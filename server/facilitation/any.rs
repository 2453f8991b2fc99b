//! Any command, event and moment, for tests that try them all. Knows not what they do.

#![cfg(test)]

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::{
    Agenda, Command, Count, Event, Naming, Outcome, Part, Place, Plan, Round, Scope, State, Tally, Timer, Vote,
    Writing, apply, decide,
};
use crate::{
    ids::{PartId, PersonId, RoundId, VoteId, WorkshopId},
    programme::{Language, Names, Survey},
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

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![any::<[i32; 4]>().prop_map(Place::Rect), "[nr]_01JA{23}".prop_map(Place::Frame)]
}

fn attention_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::RaiseHand),
        prop::option::of(person()).prop_map(|person| Command::LowerHand { person }),
        "[a-zåäö ]{0,20}".prop_map(|text| Command::AskHelp { text }),
        prop::option::of(person()).prop_map(|person| Command::EndHelp { person }),
        person().prop_map(|person| Command::ClaimHelp { person }),
        person().prop_map(|person| Command::ReleaseHelp { person }),
        part_id().prop_map(|part| Command::SayDone { part }),
        part_id().prop_map(|part| Command::SayNotDone { part }),
        place().prop_map(|place| Command::Gather { place }),
        Just(Command::EndGather),
        any::<bool>().prop_map(|control| Command::Lead { control }),
        Just(Command::EndLead),
    ]
}

fn attention_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (moment(), person()).prop_map(|(at, by)| Event::HandRaised { at, by }),
        (person(), person()).prop_map(|(person, by)| Event::HandLowered { person, by }),
        ("[a-z]{0,5}", moment(), person()).prop_map(|(text, at, by)| Event::HelpAsked { text, at, by }),
        (person(), moment(), person()).prop_map(|(person, at, by)| Event::HelpClaimed { person, at, by }),
        (person(), person()).prop_map(|(person, by)| Event::HelpReleased { person, by }),
        (person(), moment(), person()).prop_map(|(person, at, by)| Event::HelpEnded { person, at, by }),
        (part_id(), person()).prop_map(|(part, by)| Event::SaidDone { part, by }),
        (part_id(), person()).prop_map(|(part, by)| Event::SaidNotDone { part, by }),
        (place(), moment(), person()).prop_map(|(place, at, by)| Event::Gathered { place, at, by }),
        person().prop_map(|by| Event::GatherEnded { by }),
        (any::<bool>(), moment(), person()).prop_map(|(control, at, by)| Event::LeadStarted { control, at, by }),
        person().prop_map(|by| Event::LeadEnded { by }),
    ]
}

pub(super) fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        8 => attention_command(),
        20 => facilitators_command(),
    ]
}

fn facilitators_command() -> impl Strategy<Value = Command> {
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
        (vote_id(), prop::option::of(way()), prop::option::of(scope()))
            .prop_map(|(id, vote, scope)| Command::OpenVote { id, vote, scope, title: "Valinta".into() }),
        prop::option::of(vote_id()).prop_map(|id| Command::CloseVote { id }),
        (workshop_id(), survey()).prop_map(|(workshop, survey)| Command::OpenSurvey { workshop, survey }),
        (workshop_id(), survey()).prop_map(|(workshop, survey)| Command::CloseSurvey { workshop, survey }),
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
        (round(), moment(), person()).prop_map(|((round, part), at, by)| Event::Revealed {
            round,
            part,
            area: (at % 2 == 0).then_some([at, -at, 176, 104]),
            at,
            by
        }),
        (round(), moment(), person()).prop_map(|((round, part), at, by)| Event::DraftsDiscarded {
            round,
            part,
            at,
            by
        }),
        (round(), any::<bool>(), person()).prop_map(|((round, _), shown, by)| Event::CountsShown { round, shown, by }),
    ]
}

fn vote_id() -> impl Strategy<Value = VoteId> {
    (0u8..4).prop_map(|n| VoteId::from_bytes([n; 16]))
}

fn survey() -> impl Strategy<Value = Survey> {
    prop_oneof![Just(Survey::Start), Just(Survey::End)]
}

fn way() -> impl Strategy<Value = Vote> {
    let dots = (0u32..120, 0u32..9).prop_map(|(votes, most)| Vote::Dots { votes, most });
    prop_oneof![dots, Just(Vote::Rating), Just(Vote::YesNo)]
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![Just(vec!["obstacle"]), Just(vec![]), Just(vec!["nonsense"])]
        .prop_map(|kinds| Scope { frame: None, kinds: kinds.into_iter().map(str::to_owned).collect() })
}

fn outcome() -> impl Strategy<Value = Box<Outcome>> {
    (moment(), 0u32..9, objects()).prop_map(|(closed, ballots, objects)| {
        let totals = objects.into_iter().map(|object| Tally { object, count: Count::Dots { dots: 2 } }).collect();
        Box::new(Outcome { closed, ballots, entered: 1, of: 9, totals: (ballots > 3).then_some(totals) })
    })
}

fn round() -> impl Strategy<Value = Box<Round>> {
    (vote_id(), way(), scope(), prop::option::of(part_id()), moment(), prop::option::of(outcome())).prop_map(
        |(id, vote, scope, part, opened, outcome)| {
            let outcome = outcome.map(|outcome| *outcome);
            Box::new(Round { id, vote, scope, title: String::new(), part, opened, outcome })
        },
    )
}

fn event_of_votes() -> impl Strategy<Value = Event> {
    prop_oneof![
        (round(), person()).prop_map(|(round, by)| Event::VoteOpened { round, by }),
        (vote_id(), moment(), prop::option::of(outcome()), person())
            .prop_map(|(vote, at, outcome, by)| Event::VoteClosed { vote, at, outcome, by }),
        (workshop_id(), survey(), person()).prop_map(|(workshop, survey, by)| Event::SurveyOpened {
            workshop,
            survey,
            by
        }),
        (workshop_id(), survey(), person()).prop_map(|(workshop, survey, by)| Event::SurveyClosed {
            workshop,
            survey,
            by
        }),
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
                frame: (at % 2 == 0).then(|| "r_01JAAAAAAAAAAAAAAAAAAAAAAA".to_owned()),
                at,
                by
            }),
        ];
    prop_oneof![
        first,
        attention_event(),
        event_of_votes(),
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
