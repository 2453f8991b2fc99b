//! From a command about votes and surveys to its events. Knows no ballots: who closes a vote has it counted.

use super::{super::Barred, Asker, Command, Event, No};
use crate::{
    facilitation::{Asking, Round, Run, Scope, Vote},
    ids::VoteId,
    limits,
    programme::Wrong,
    role::Role,
    text,
};

impl Asker<'_> {
    /// The events of a command about votes or surveys; none for another.
    pub(super) fn vote(&self, command: &Command) -> Result<Vec<Event>, No> {
        match command {
            Command::OpenVote { id, vote, scope, title } => self.open(*id, *vote, scope.as_ref(), title),
            Command::CloseVote { id } => self.close(*id),
            Command::OpenSurvey { workshop, survey } => {
                let asking = Asking { workshop: *workshop, survey: *survey };
                match self.state.survey {
                    Some(there) if there == asking => Ok(vec![]),
                    Some(there) if there.workshop == *workshop => Err(No::SurveyOpen),
                    // Another workshop's: its answers are not asked for any more.
                    _ => Ok(vec![Event::SurveyOpened { workshop: *workshop, survey: *survey, by: self.by }]),
                }
            }
            Command::CloseSurvey { workshop, survey } => {
                let open = self.state.survey == Some(Asking { workshop: *workshop, survey: *survey });
                let closed = || Event::SurveyClosed { workshop: *workshop, survey: *survey, by: self.by };
                Ok(open.then(closed).into_iter().collect())
            }
            _ => Ok(vec![]),
        }
    }

    fn open(&self, id: VoteId, vote: Option<Vote>, scope: Option<&Scope>, title: &str) -> Result<Vec<Event>, No> {
        let votes = &self.state.votes;
        if votes.get(id).is_some() {
            return Ok(vec![]);
        }
        if votes.open().is_some() {
            return Err(No::VoteOpen);
        }
        if votes.all().len() >= limits::VOTES_PER_BOARD {
            return Err(No::TooManyVotes);
        }
        if matches!(self.state.may_vote(Role::Participant), Err(Barred::Part(_))) {
            return Err(No::NotInPart);
        }
        let part = self.state.workshop().and_then(Run::part);
        let vote = vote.or(part.and_then(|part| part.vote)).ok_or(No::NoWay)?;
        vote.check().map_err(No::Wrong)?;
        let of_part = || part.map(|part| Scope { frame: part.frame.clone(), kinds: part.vote_on.clone() });
        let scope = scope.cloned().or_else(of_part).unwrap_or_default().cleaned().map_err(No::Wrong)?;
        let title = text::line_or_nothing(title, limits::VOTE_TITLE_CHARS)
            .ok_or(No::Wrong(Wrong::Field("a vote's title has at most 120 characters")))?;
        let part = part.map(|part| part.id);
        let round = Round { id, vote, scope, title, part, opened: self.now, outcome: None };
        Ok(vec![Event::VoteOpened { round: Box::new(round), by: self.by }])
    }

    fn close(&self, id: Option<VoteId>) -> Result<Vec<Event>, No> {
        let votes = &self.state.votes;
        let round = match id {
            Some(id) => Some(votes.get(id).ok_or(No::NoVote)?),
            None => votes.open(),
        };
        let open = round.filter(|round| round.outcome.is_none());
        let closed = |round: &Round| Event::VoteClosed { vote: round.id, at: self.now, outcome: None, by: self.by };
        Ok(open.map(closed).into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        facilitation::{State, any, apply, decide},
        ids::{PersonId, WorkshopId},
        programme::Survey,
    };

    fn tried(state: &mut State, command: Value) -> Result<usize, No> {
        let command: Command = serde_json::from_value(command).unwrap();
        let events = decide(state, &command, PersonId::new(), Role::Facilitator, 5)?;
        events.iter().for_each(|event| apply(state, event));
        Ok(events.len())
    }

    #[test]
    fn one_vote_is_open_at_a_time_and_opens_once() {
        let (mut state, id) = (State::default(), VoteId::new());
        let open = json!({"type": "openVote", "id": id, "vote": {"method": "rating"}, "title": " Tavoite "});
        assert_eq!(tried(&mut state, json!({"type": "openVote"})), Err(No::NoWay));
        assert_eq!(tried(&mut state, open.clone()), Ok(1));
        assert_eq!(tried(&mut state, open.clone()), Ok(0), "sent twice");
        assert_eq!(state.votes.open().unwrap().title, "Tavoite");
        let other = json!({"type": "openVote", "vote": {"method": "yesNo"}});
        assert_eq!(tried(&mut state, other.clone()), Err(No::VoteOpen));
        assert_eq!(tried(&mut state, json!({"type": "closeVote", "id": VoteId::new()})), Err(No::NoVote));
        assert_eq!(tried(&mut state, json!({"type": "closeVote", "id": id})), Ok(1));
        assert_eq!(tried(&mut state, json!({"type": "closeVote", "id": id})), Ok(0));
        assert_eq!(tried(&mut state, json!({"type": "closeVote"})), Ok(0), "none is open");
        assert_eq!(tried(&mut state, open), Ok(0), "closed is not opened again");
        assert_eq!(tried(&mut state, other), Ok(1));
        assert_eq!((state.votes.all().len(), state.votes.closed()), (2, 1));
    }

    #[test]
    fn a_vote_is_as_the_part_says_and_not_in_one_that_forbids_it() {
        let (mut state, parts) = any::started(2);
        let may = |state: &mut State, change: Value| {
            let mut part = serde_json::to_value(any::part(parts[0])).unwrap();
            part.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            tried(state, json!({"type": "changePart", "part": part})).unwrap();
        };
        tried(&mut state, json!({"type": "nextPart"})).unwrap();
        may(&mut state, json!({"may": {}}));
        let own = json!({"type": "openVote", "vote": {"method": "rating"}});
        assert_eq!(tried(&mut state, own), Err(No::NotInPart));
        assert_eq!(state.may_vote(Role::Participant), Err(Barred::Part(parts[0])));
        let frame = "r_01JAAAAAAAAAAAAAAAAAAAAAAA";
        let dots = json!({"method": "dots", "votes": 5, "most": 2});
        may(&mut state, json!({"may": {"vote": true}, "vote": dots, "voteOn": ["obstacle"], "frame": frame}));
        assert_eq!(tried(&mut state, json!({"type": "openVote"})), Ok(1));
        let round = serde_json::to_value(state.votes.open().unwrap()).unwrap();
        let expected = (&dots, &json!({"frame": frame, "kinds": ["obstacle"]}), &json!(parts[0]));
        assert_eq!((&round["vote"], &round["scope"], &round["part"]), expected);
        assert_eq!(Role::ALL.map(|role| state.may_vote(role).is_ok()), [false, false, true, false]);
        tried(&mut state, json!({"type": "pause"})).unwrap();
        assert_eq!(state.may_vote(Role::Participant), Err(Barred::Paused));
    }

    #[test]
    fn at_the_limits_and_one_past_them() {
        let mut state = State::default();
        let open = |title: usize, votes: u32| {
            json!({"type": "openVote", "title": "ö".repeat(title),
            "vote": {"method": "dots", "votes": votes, "most": 1}})
        };
        assert!(matches!(tried(&mut state, open(limits::VOTE_TITLE_CHARS + 1, 1)), Err(No::Wrong(_))));
        assert!(matches!(tried(&mut state, open(1, limits::VOTES + 1)), Err(No::Wrong(_))));
        for _ in 0..limits::VOTES_PER_BOARD {
            assert_eq!(tried(&mut state, open(limits::VOTE_TITLE_CHARS, limits::VOTES)), Ok(1));
            tried(&mut state, json!({"type": "closeVote"})).unwrap();
        }
        assert_eq!(tried(&mut state, open(1, 1)), Err(No::TooManyVotes));
    }

    #[test]
    fn one_survey_of_a_workshop_is_open_at_a_time() {
        let (mut state, workshop) = (State::default(), WorkshopId::new());
        let command = |word: &str, survey| json!({"type": word, "workshop": workshop, "survey": survey});
        assert_eq!(tried(&mut state, command("openSurvey", "start")), Ok(1));
        assert_eq!(tried(&mut state, command("openSurvey", "start")), Ok(0));
        assert_eq!(tried(&mut state, command("openSurvey", "end")), Err(No::SurveyOpen));
        assert_eq!(tried(&mut state, command("closeSurvey", "end")), Ok(0));
        assert_eq!(state.survey, Some(Asking { workshop, survey: Survey::Start }));
        assert_eq!(tried(&mut state, command("closeSurvey", "start")), Ok(1));
        assert_eq!(state.survey, None);
    }
}
