//! What commands about attention make of a board. Knows no journal.

#![cfg(test)]

use serde_json::json;

use super::*;
use crate::facilitation::{Place, any, apply};

const FRAME: &str = "r_01JAAAAAAAAAAAAAAAAAAAAAAA";

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

fn ask(state: &mut State, command: &Command, who: u8, role: Role, now: i64) -> Result<Vec<String>, No> {
    let events = decide(state, command, person(who), role, now)?;
    events.iter().for_each(|event| apply(state, event));
    Ok(events.iter().map(|event| event.deed().what).collect())
}

fn one(word: &str) -> Result<Vec<String>, No> {
    Ok(vec![word.to_owned()])
}

#[test]
fn a_hand_is_raised_by_its_owner_and_lowered_by_them_or_a_facilitator() {
    let mut state = State::default();
    for who in [1, 2] {
        assert_eq!(ask(&mut state, &Command::RaiseHand, who, Role::Observer, 5), one("handRaised"));
    }
    assert_eq!(ask(&mut state, &Command::RaiseHand, 1, Role::Observer, 9), Ok(vec![]));
    let of = |who| Command::LowerHand { person: Some(person(who)) };
    assert_eq!(ask(&mut state, &of(1), 2, Role::Participant, 9), Err(No::Role));
    assert_eq!(ask(&mut state, &of(1), 3, Role::Facilitator, 9), one("handLowered"));
    assert_eq!(ask(&mut state, &Command::LowerHand { person: None }, 2, Role::Observer, 9), one("handLowered"));
    assert!(state.attention.is_empty() && state.last.is_none(), "who raised a hand did nothing to the board");
}

#[test]
fn help_waits_in_turn_is_claimed_by_one_and_ends() {
    let mut state = State::default();
    let help = |text: &str| Command::AskHelp { text: text.to_owned() };
    assert_eq!(ask(&mut state, &help(" Ääni\nei kuulu "), 1, Role::Participant, 5), one("helpAsked"));
    assert_eq!(ask(&mut state, &help(""), 2, Role::Observer, 6), one("helpAsked"));
    // In other words: the turn stays.
    assert_eq!(ask(&mut state, &help("Kuva puuttuu"), 1, Role::Participant, 7), one("helpAsked"));
    let queue: Vec<_> = state.attention.help.iter().map(|help| (help.person, help.at, help.text.as_str())).collect();
    assert_eq!(queue, [(person(1), 5, "Kuva puuttuu"), (person(2), 6, "")]);
    let claim = Command::ClaimHelp { person: person(1) };
    assert_eq!(ask(&mut state, &claim, 2, Role::Participant, 8), Err(No::Role));
    assert_eq!(ask(&mut state, &claim, 8, Role::Facilitator, 8), one("helpClaimed"));
    assert_eq!(ask(&mut state, &claim, 8, Role::Facilitator, 8), Ok(vec![]));
    assert_eq!(ask(&mut state, &claim, 9, Role::Owner, 8), Err(No::Taken(person(8), "helpClaimed")));
    // The first one's browser is dead: another facilitator goes on.
    assert_eq!(ask(&mut state, &Command::ReleaseHelp { person: person(1) }, 9, Role::Owner, 9), one("helpReleased"));
    assert_eq!(ask(&mut state, &claim, 9, Role::Owner, 9), one("helpClaimed"));
    let end = |who| Command::EndHelp { person: who };
    assert_eq!(ask(&mut state, &end(Some(person(1))), 2, Role::Participant, 9), Err(No::Role));
    assert_eq!(ask(&mut state, &end(Some(person(1))), 9, Role::Owner, 9), one("helpEnded"));
    assert_eq!(ask(&mut state, &claim, 9, Role::Owner, 9), Err(No::NoHelp));
    assert_eq!(ask(&mut state, &end(None), 2, Role::Observer, 9), one("helpEnded"));
    assert_eq!(ask(&mut state, &end(None), 2, Role::Observer, 9), Ok(vec![]));
}

#[test]
fn done_is_of_the_part_that_runs() {
    let (mut state, parts) = any::started(2);
    let done = |n: usize| Command::SayDone { part: parts[n] };
    assert_eq!(ask(&mut state, &done(0), 1, Role::Participant, 0), Err(No::NoPart));
    ask(&mut state, &Command::NextPart, 9, Role::Owner, 0).unwrap();
    assert_eq!(ask(&mut state, &done(0), 1, Role::Participant, 0), one("saidDone"));
    assert_eq!(ask(&mut state, &done(0), 2, Role::Facilitator, 0), one("saidDone"));
    assert_eq!(ask(&mut state, &done(0), 3, Role::Observer, 0), Err(No::Role));
    assert_eq!(ask(&mut state, &Command::SayNotDone { part: parts[0] }, 2, Role::Facilitator, 0), one("saidNotDone"));
    assert_eq!(state.attention.done, [person(1)].into());
    ask(&mut state, &Command::NextPart, 9, Role::Owner, 0).unwrap();
    assert!(state.attention.done.is_empty());
    assert_eq!(ask(&mut state, &done(0), 1, Role::Participant, 0), Err(No::NoPart), "it came too late");
}

#[test]
fn one_facilitator_leads_and_any_of_them_ends_it() {
    let mut state = State::default();
    let lead = |control| Command::Lead { control };
    assert_eq!(ask(&mut state, &lead(false), 1, Role::Participant, 0), Err(No::Role));
    assert_eq!(ask(&mut state, &lead(false), 8, Role::Facilitator, 1), one("leadStarted"));
    assert_eq!(ask(&mut state, &lead(true), 9, Role::Owner, 2), Err(No::Taken(person(8), "leadStarted")));
    assert_eq!(ask(&mut state, &lead(true), 8, Role::Facilitator, 3), one("leadStarted"));
    assert!(state.attention.lead.as_ref().unwrap().control);
    assert_eq!(ask(&mut state, &lead(true), 8, Role::Facilitator, 3), Ok(vec![]));
    assert_eq!(ask(&mut state, &Command::EndLead, 9, Role::Owner, 4), one("leadEnded"));
    assert_eq!(ask(&mut state, &Command::EndLead, 9, Role::Owner, 4), Ok(vec![]));
}

#[test]
fn a_place_to_come_to_is_a_frame_or_has_a_size() {
    let mut state = State::default();
    let gather = |place: serde_json::Value| Command::Gather { place: serde_json::from_value(place).unwrap() };
    for wrong in [json!({"frame": "n_01JAAAAAAAAAAAAAAAAAAAAAAA"}), json!({"rect": [0, 0, 0, 9]})] {
        assert!(matches!(ask(&mut state, &gather(wrong), 8, Role::Owner, 0), Err(No::Wrong(_))));
    }
    assert_eq!(ask(&mut state, &gather(json!({"rect": [-5, 0, 1, 9]})), 8, Role::Owner, 0), one("gathered"));
    assert_eq!(ask(&mut state, &gather(json!({"frame": FRAME})), 8, Role::Owner, 1), one("gathered"));
    assert_eq!(state.attention.gather.as_ref().unwrap().place, Place::Frame(FRAME.into()));
    assert_eq!(ask(&mut state, &Command::EndGather, 9, Role::Facilitator, 1), one("gatherEnded"));
}

#[test]
fn who_left_has_no_hand_up_and_leads_nobody_and_is_still_helped() {
    let mut state = State::default();
    for command in [
        Command::RaiseHand,
        Command::AskHelp { text: "Yhteys pätkii".into() },
        Command::Gather { place: Place::Frame(FRAME.into()) },
        Command::Lead { control: true },
    ] {
        ask(&mut state, &command, 8, Role::Facilitator, 0).unwrap();
    }
    ask(&mut state, &Command::RaiseHand, 1, Role::Participant, 0).unwrap();
    let events = state.attention.left(person(8));
    assert_eq!(events.len(), 3);
    events.iter().for_each(|event| apply(&mut state, event));
    assert_eq!((state.attention.help.len(), state.attention.hands.len()), (1, 1));
    assert!(state.attention.lead.is_none() && state.attention.gather.is_none());
    assert!(state.attention.left(person(8)).is_empty());
}

#[test]
fn when_the_workshop_ends_everybody_is_free() {
    let (mut state, parts) = any::started(1);
    ask(&mut state, &Command::NextPart, 9, Role::Owner, 0).unwrap();
    for command in [
        Command::RaiseHand,
        Command::AskHelp { text: String::new() },
        Command::SayDone { part: parts[0] },
        Command::Lead { control: true },
    ] {
        ask(&mut state, &command, 9, Role::Owner, 0).unwrap();
    }
    ask(&mut state, &Command::EndWorkshop, 9, Role::Owner, 0).unwrap();
    let attention = &state.attention;
    assert!(attention.hands.is_empty() && attention.done.is_empty() && attention.lead.is_none());
    assert_eq!(attention.help.len(), 1, "who needs help still does");
}

#[test]
fn at_the_limits_and_one_past_them() {
    let many = |n: usize| PersonId::from_bytes(u128::try_from(n + 1).unwrap().to_be_bytes());
    let (mut state, parts) = any::started(1);
    ask(&mut state, &Command::NextPart, 9, Role::Owner, 0).unwrap();
    let mut all = |command: &Command, most: usize| {
        for n in 0..most {
            let events = decide(&state, command, many(n), Role::Participant, 0).unwrap();
            events.iter().for_each(|event| apply(&mut state, event));
        }
        decide(&state, command, many(most), Role::Participant, 0)
    };
    assert_eq!(all(&Command::RaiseHand, limits::PEOPLE_PER_BOARD), Err(No::Full));
    assert_eq!(all(&Command::SayDone { part: parts[0] }, limits::PEOPLE_PER_BOARD), Err(No::Full));
    assert_eq!(all(&Command::AskHelp { text: String::new() }, limits::HELP_PER_BOARD), Err(No::Full));
    let text = |chars| Command::AskHelp { text: "ö".repeat(chars) };
    let mut state = State::default();
    assert!(ask(&mut state, &text(limits::HELP_CHARS), 1, Role::Observer, 0).is_ok());
    assert!(matches!(ask(&mut state, &text(limits::HELP_CHARS + 1), 1, Role::Observer, 0), Err(No::Wrong(_))));
}
