//! What commands make of a board, in every order. Knows no journal.

#![cfg(test)]

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::facilitation::{any, apply};

const NOTE: &str = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";

fn run(state: &mut State, command: &Command, now: i64) -> Result<Vec<Event>, No> {
    let events = decide(state, command, PersonId::from_bytes([9; 16]), Role::Owner, now)?;
    events.iter().for_each(|event| apply(state, event));
    Ok(events)
}

fn words(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.deed().what).collect()
}

fn current(state: &State) -> Option<PartId> {
    state.workshop().and_then(|run| run.current).map(|current| current.part)
}

#[test]
fn a_lock_is_made_once_and_undone() {
    let (mut state, who) = (State::default(), PersonId::new());
    let lock = Command::Lock { objects: vec![NOTE.into(), NOTE.into()] };
    let events = decide(&state, &lock, who, Role::Facilitator, 0).unwrap();
    assert_eq!(events, [Event::Locked { objects: vec![NOTE.into()], by: who }]);
    events.iter().for_each(|event| apply(&mut state, event));
    assert_eq!(decide(&state, &lock, who, Role::Owner, 0), Ok(vec![]));
    run(&mut state, &Command::Unlock { objects: vec![NOTE.into()] }, 0).unwrap();
    assert!(state.locked.is_empty());
}

#[test]
fn participants_and_observers_facilitate_nothing() {
    let (state, parts) = any::started(2);
    for role in [Role::Participant, Role::Observer] {
        for command in [
            Command::Pause,
            Command::Lock { objects: vec![] },
            Command::NextPart,
            Command::StartPart { part: parts[0] },
            Command::EndWorkshop,
            Command::Say { text: "Hei".into() },
        ] {
            assert_eq!(decide(&state, &command, PersonId::new(), role, 0), Err(No::Role), "{command:?}");
        }
    }
}

#[test]
fn locks_at_the_limit_and_one_past_it() {
    let id = |n: usize| format!("n_01J{n:0>23}");
    let mut state = State::default();
    run(&mut state, &Command::Lock { objects: (0..LOCKS).map(id).collect() }, 0).unwrap();
    assert_eq!(run(&mut state, &Command::Lock { objects: vec![id(LOCKS)] }, 0), Err(No::TooMany));
    assert_eq!(run(&mut state, &Command::Lock { objects: vec!["<script>".into()] }, 0), Err(No::BadObject));
}

#[test]
fn a_workshop_goes_through_its_parts_and_ends() {
    let (mut state, parts) = any::started(3);
    assert_eq!(current(&state), None);
    assert!(state.part_rights().is_none(), "no part: what the role allows");
    assert_eq!(words(&run(&mut state, &Command::NextPart, 1_000).unwrap()), ["partStarted"]);
    assert_eq!(state.timer, Some(Timer::Running { deadline: 601_000 }));
    assert_eq!(words(&run(&mut state, &Command::NextPart, 0).unwrap()), ["partEnded", "partStarted"]);
    assert_eq!(current(&state), Some(parts[1]));
    run(&mut state, &Command::NextPart, 0).unwrap();
    assert_eq!(words(&run(&mut state, &Command::NextPart, 0).unwrap()), ["partEnded"]);
    assert_eq!((current(&state), state.timer), (None, None));
    assert!(run(&mut state, &Command::NextPart, 0).unwrap().is_empty(), "there is no further one");
    run(&mut state, &Command::RepeatPart { part: None }, 0).unwrap();
    assert_eq!(current(&state), Some(parts[2]));
    assert_eq!(words(&run(&mut state, &Command::EndWorkshop, 0).unwrap()), ["partEnded", "workshopEnded"]);
    assert_eq!(run(&mut state, &Command::NextPart, 0), Err(No::NoWorkshop));
    assert_eq!(run(&mut state, &Command::StartPart { part: parts[0] }, 0), Err(No::NoWorkshop));
}

#[test]
fn parts_are_skipped_reordered_repeated() {
    let (mut state, parts) = any::started(4);
    run(&mut state, &Command::SkipPart { part: parts[0] }, 0).unwrap();
    run(&mut state, &Command::Reorder { parts: vec![parts[0], parts[2], parts[1]] }, 0).unwrap();
    run(&mut state, &Command::NextPart, 0).unwrap();
    assert_eq!(current(&state), Some(parts[2]));
    assert_eq!(
        words(&run(&mut state, &Command::SkipPart { part: parts[2] }, 0).unwrap()),
        ["partEnded", "partSkipped"]
    );
    run(&mut state, &Command::NextPart, 0).unwrap();
    assert_eq!(current(&state), Some(parts[1]));
    run(&mut state, &Command::StartPart { part: parts[0] }, 0).unwrap();
    let run_now = state.workshop().unwrap();
    assert_eq!(
        (run_now.visited.clone(), run_now.skipped.clone()),
        (vec![parts[2], parts[1], parts[0]], vec![parts[2]])
    );
    assert_eq!(words(&run(&mut state, &Command::RepeatPart { part: None }, 0).unwrap()), ["partEnded", "partStarted"]);
    assert_eq!(run(&mut state, &Command::StartPart { part: PartId::new() }, 0), Err(No::NoPart));
    assert_eq!(run(&mut state, &Command::Reorder { parts: vec![PartId::new()] }, 0), Err(No::NoPart));
}

#[test]
fn a_team_has_a_part_of_its_own() {
    let (mut state, parts) = any::started(2);
    let mut other = any::part(parts[1]);
    other.may = serde_json::from_value(json!({"add": ["note"]})).unwrap();
    run(&mut state, &Command::ChangePart { part: Box::new(other.clone()) }, 0).unwrap();
    run(&mut state, &Command::StartPart { part: parts[1] }, 0).unwrap();
    assert_eq!(state.part_rights().unwrap().part, parts[1]);
    run(&mut state, &Command::SetMinutes { part: parts[1], minutes: 13 }, 60_000).unwrap();
    assert_eq!(state.timer, Some(Timer::Running { deadline: 13 * 60_000 }));
    other.id = PartId::new();
    assert_eq!(run(&mut state, &Command::ChangePart { part: Box::new(other) }, 0), Err(No::NoPart));
}

#[test]
fn minutes_and_messages_at_their_limits_and_one_past_them() {
    let (mut state, parts) = any::started(1);
    run(&mut state, &Command::NextPart, 0).unwrap();
    let wrong = |answer: Result<Vec<Event>, No>| matches!(answer, Err(No::Wrong(_)));
    for (good, bad) in [(480, 481), (-480, -481)] {
        assert!(run(&mut state, &Command::AddMinutes { minutes: good }, 0).is_ok());
        assert!(wrong(run(&mut state, &Command::AddMinutes { minutes: bad }, 0)));
    }
    for (good, bad) in [(480, 481), (1, 0)] {
        assert!(run(&mut state, &Command::SetMinutes { part: parts[0], minutes: good }, 0).is_ok());
        assert!(wrong(run(&mut state, &Command::SetMinutes { part: parts[0], minutes: bad }, 0)));
        assert!(run(&mut state, &Command::StartTimer { minutes: Some(good) }, 0).is_ok());
        assert!(wrong(run(&mut state, &Command::StartTimer { minutes: Some(bad) }, 0)));
    }
    assert!(run(&mut state, &Command::Say { text: "ö".repeat(500) }, 0).is_ok());
    assert!(wrong(run(&mut state, &Command::Say { text: "ö".repeat(501) }, 0)));
    run(&mut state, &Command::Say { text: " ".into() }, 0).unwrap();
    assert_eq!(state.message, None);
    run(&mut state, &Command::StopTimer, 0).unwrap();
    assert_eq!(run(&mut state, &Command::PauseTimer, 0), Err(No::NoTimer));
}

#[test]
fn another_workshop_ends_the_one_that_runs() {
    let (mut state, _) = any::started(1);
    run(&mut state, &Command::NextPart, 0).unwrap();
    let plan = Some(std::sync::Arc::new(any::plan([any::part(PartId::new())])));
    let start = Command::StartWorkshop { workshop: crate::ids::WorkshopId::new(), plan };
    assert_eq!(words(&run(&mut state, &start, 0).unwrap()), ["partEnded", "workshopEnded", "workshopStarted"]);
    assert!(run(&mut state, &start, 0).unwrap().is_empty());
}

/// Whether doing it twice is doing it once.
fn is_idempotent(command: &Command) -> bool {
    !matches!(
        command,
        Command::NextPart
            | Command::RepeatPart { .. }
            | Command::AddMinutes { .. }
            | Command::Say { .. }
            | Command::StartTimer { .. }
            | Command::Reveal { part: None, .. }
            | Command::Reveal { late: true, .. }
            | Command::Gather { .. }
    )
}

proptest! {
    /// In any order, at any time: nothing panics, what a command made is not made again, and the events as the journal
    /// keeps them, from the beginning or from any checkpoint, give the same state.
    #[test]
    fn any_commands_in_any_order(commands in prop::collection::vec((any::command(), any::moment()), 0..60), cut in 0usize..60) {
        let mut state = State::default();
        let mut replayed = State::default();
        for (at, (command, now)) in commands.iter().enumerate() {
            let Ok(events) = run(&mut state, command, *now) else { continue };
            for event in &events {
                let json = serde_json::to_string(event).unwrap();
                apply(&mut replayed, &serde_json::from_str(&json).unwrap());
            }
            if at == cut {
                replayed = serde_json::from_str(&serde_json::to_string(&replayed).unwrap()).unwrap();
            }
            prop_assert_eq!(&replayed, &state);
            if is_idempotent(command) {
                prop_assert_eq!(decide(&state, command, PersonId::from_bytes([9; 16]), Role::Owner, *now), Ok(vec![]));
            }
            for role in Role::ALL {
                serde_json::to_string(&state.visible_to(role, *now)).unwrap();
            }
            if let Some(run) = state.workshop() {
                prop_assert!(run.current.is_none_or(|current| run.visited.contains(&current.part)));
                prop_assert!(run.current.is_none_or(|current| run.agenda().part(current.part).is_some()));
            }
        }
    }

    #[test]
    fn any_events_apply(events in prop::collection::vec(any::event(), 0..60)) {
        let mut state = State::default();
        for event in &events {
            apply(&mut state, event);
            prop_assert!(serde_json::to_string(&state.visible_to(Role::Participant, i64::MAX)).is_ok());
        }
    }
}
