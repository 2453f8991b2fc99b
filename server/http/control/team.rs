//! One team in the control room: what a glance at its board means to whoever runs the workshop. Knows no rooms and no requests.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    board::value::{Board, ItemKind},
    facilitation::{Help, May, Message, Part, Run, State, Timer, Writing},
    http::votes::Progress,
    ids::{BoardId, PartId, PersonId, Seq, TeamId, VoteId, WorkshopId},
    limits,
    programme::{Names, Team},
    role::Role,
    room::{Attendee, Glance},
};

/// A team, its board, and how it stands now. Moments are milliseconds since 1970.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamNow {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub team: TeamId,
    pub name: String,
    /// The title of its challenge.
    pub challenge: String,
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub board: BoardId,
    /// Its board cannot be read: all that follows is empty.
    pub damaged: bool,
    /// The number to expect when this team alone is told something.
    pub seq: Seq,
    /// Whoever is here, and the participants who are not.
    pub people: Vec<PersonNow>,
    /// Items that were made in the last minute.
    pub made: usize,
    /// Times in the last minute that somebody changed something; what one person does within two seconds is one.
    pub edits: usize,
    /// Participants are here, and nobody has changed anything for three minutes. Never in a silent part.
    pub quiet: bool,
    #[schema(required)]
    pub script: Option<ScriptNow>,
    #[schema(required)]
    pub timer: Option<Timer>,
    pub paused: bool,
    #[schema(required)]
    pub message: Option<Message>,
    /// How many hands are up.
    pub hands: usize,
    /// How many are done with the part.
    pub done: usize,
    /// Who asks for help, in the order in which they asked.
    pub help: Vec<HelpNow>,
    /// The vote that is open.
    #[schema(required)]
    pub vote: Option<VoteNow>,
    /// The part with which the newest silent writing began that nobody has revealed yet, or thrown away.
    #[schema(required, value_type = Option<String>, example = "pt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub unrevealed: Option<PartId>,
    /// What is on the board; null until it was looked at.
    #[schema(required)]
    pub content: Option<Content>,
    /// The `ETag` of its picture; null until there is one.
    #[schema(required)]
    pub thumbnail: Option<String>,
}

/// A person on a team's board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonNow {
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    /// Connected now.
    pub here: bool,
    /// Since when they are not any more; null when they were not seen since somebody began to look.
    #[schema(required)]
    pub left: Option<i64>,
}

/// Somebody asks for help.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpNow {
    #[schema(value_type = String, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub person: PersonId,
    /// Empty of somebody who has no role any more.
    pub name: String,
    pub at: i64,
    /// May be empty.
    pub text: String,
    /// The facilitator who comes, by name; empty of one who is not known.
    #[schema(required)]
    pub coming: Option<String>,
    /// That facilitator.
    #[schema(required, value_type = Option<String>, example = "p_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub coming_by: Option<PersonId>,
}

/// An open vote, and how far it is; never who has voted, or what.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VoteNow {
    #[schema(value_type = String, example = "vt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: VoteId,
    /// May be empty; then it is the part's.
    pub title: String,
    #[serde(flatten)]
    pub progress: Progress,
}

/// Where the team is in the workshop that runs on its board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScriptNow {
    #[schema(value_type = String, example = "wk_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub workshop: WorkshopId,
    pub title: Names,
    /// Null: between parts.
    #[schema(required)]
    pub part: Option<PartNow>,
    /// What *next* begins; null after the last one.
    #[schema(required)]
    pub next: Option<PartName>,
}

/// The part that runs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartNow {
    #[serde(flatten)]
    pub part: PartName,
    pub since: i64,
    /// Which of the parts it is, from 1.
    pub number: usize,
    pub of: usize,
    pub writing: Writing,
}

/// A part by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartName {
    #[schema(value_type = String, example = "pt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: PartId,
    pub title: Names,
}

/// What is on a board, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Content {
    pub items: usize,
    pub obstacles: usize,
    /// How many obstacles are of a type; one may be of several, or of none.
    pub types: BTreeMap<String, usize>,
}

impl Content {
    #[must_use]
    pub fn of(board: &Board) -> Self {
        let mut content = Self { items: board.items.len(), ..Self::default() };
        for obstacle in board.items.iter().filter(|item| item.kind == ItemKind::Obstacle) {
            content.obstacles += 1;
            for kind in obstacle.set("types") {
                *content.types.entry(kind.clone()).or_default() += 1;
            }
        }
        content
    }
}

impl TeamNow {
    /// A team whose board cannot be read.
    #[must_use]
    pub fn damaged(team: &Team) -> Self {
        Self {
            team: team.id,
            name: team.name.clone(),
            challenge: team.challenge.title.clone(),
            board: team.board,
            damaged: true,
            seq: 0,
            people: vec![],
            made: 0,
            edits: 0,
            quiet: false,
            script: None,
            timer: None,
            paused: false,
            message: None,
            hands: 0,
            done: 0,
            help: vec![],
            vote: None,
            unrevealed: None,
            content: None,
            thumbnail: None,
        }
    }

    /// A team whose board stands so; `left` says since when somebody is not here any more.
    #[must_use]
    pub fn of(team: &Team, glance: &Glance, left: impl Fn(PersonId) -> Option<i64>, now: i64) -> Self {
        let Glance { seq, state, people, minute, .. } = glance;
        let told = |attendee: &&Attendee| attendee.here || attendee.role == Role::Participant;
        let person = |attendee: &Attendee| PersonNow {
            person: attendee.person,
            name: attendee.name.clone(),
            role: attendee.role,
            here: attendee.here,
            left: left(attendee.person).filter(|_| !attendee.here),
        };
        Self {
            damaged: false,
            seq: *seq,
            people: people.iter().filter(told).map(person).collect(),
            made: minute.made,
            edits: minute.edits,
            quiet: is_quiet(glance, now),
            script: state.workshop().map(script),
            timer: state.timer,
            paused: state.paused,
            message: state.message.as_deref().cloned(),
            hands: state.attention.hands.len(),
            done: state.attention.done.len(),
            help: state.attention.help.iter().map(|help| asks(help, people)).collect(),
            unrevealed: state.rounds.iter().rfind(|round| round.is_open()).map(|round| round.part),
            ..Self::damaged(team)
        }
    }
}

fn asks(help: &Help, people: &[Attendee]) -> HelpNow {
    let name = |id: PersonId| people.iter().find(|there| there.person == id).map(|there| there.name.clone());
    let Help { person, at, text, coming } = help;
    let named = |id: PersonId| name(id).unwrap_or_default();
    HelpNow {
        person: *person,
        name: named(*person),
        at: *at,
        text: text.clone(),
        coming: coming.map(named),
        coming_by: *coming,
    }
}

fn script(run: &Run) -> ScriptNow {
    let name = |part: &Part| PartName { id: part.id, title: part.title.clone() };
    let parts = run.agenda().parts();
    let part = run.current.and_then(|current| {
        let part = run.agenda().part(current.part)?;
        let number = run.agenda().place(current.part)? + 1;
        Some(PartNow { part: name(part), since: current.since, number, of: parts.len(), writing: part.writing })
    });
    ScriptNow { workshop: run.workshop, title: run.plan.title.clone(), part, next: run.next().map(name) }
}

/// Whether somebody should look why nothing happens.
fn is_quiet(glance: &Glance, now: i64) -> bool {
    let Some(open) = glance.open else { return false };
    let participants = glance.people.iter().any(|person| person.here && person.role == Role::Participant);
    let last = [Some(open), glance.edited, part_since(&glance.state)].into_iter().flatten().max().unwrap_or(now);
    let quiet = i64::try_from(limits::QUIET.as_millis()).unwrap_or(i64::MAX);
    let part = glance.state.workshop().and_then(Run::part);
    participants && !glance.state.paused && is_written(part) && now.saturating_sub(last) >= quiet
}

fn part_since(state: &State) -> Option<i64> {
    Some(state.workshop()?.current?.since)
}

/// Whether participants write on the board now: in some parts they listen or vote, in others what they write is not seen.
fn is_written(part: Option<&Part>) -> bool {
    let Some(part) = part else { return true };
    let edits = |may: &May| !may.add.is_empty() || may.edit_own || may.edit_all || may.r#move || may.connect;
    part.writing != Writing::Silent && part.may.as_ref().is_none_or(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{board::import, room::Minute};

    const QUIET: i64 = 180_000;

    fn glance(open: Option<i64>, edited: Option<i64>, role: Role, here: bool) -> Glance {
        let person = Attendee { person: PersonId::new(), name: "Aino".into(), role, here };
        Glance {
            version: (1, 1),
            seq: 0,
            state: State::default(),
            people: vec![person],
            minute: Minute::default(),
            edited,
            open,
        }
    }

    #[test]
    fn quiet_is_three_minutes_without_an_edit_while_participants_are_here() {
        let at = |edited| glance(Some(0), edited, Role::Participant, true);
        assert!(!is_quiet(&at(None), QUIET - 1) && is_quiet(&at(None), QUIET));
        assert!(!is_quiet(&at(Some(1_000)), QUIET) && is_quiet(&at(Some(1_000)), QUIET + 1_000));
        assert!(!is_quiet(&glance(Some(0), None, Role::Participant, false), QUIET), "nobody is here");
        assert!(!is_quiet(&glance(Some(0), None, Role::Facilitator, true), QUIET), "no participant is");
        assert!(!is_quiet(&glance(None, None, Role::Participant, true), QUIET), "the board is closed");
        let mut paused = at(None);
        paused.state.paused = true;
        assert!(!is_quiet(&paused, QUIET), "nobody may");
        assert!(!is_quiet(&at(None), i64::MIN), "whatever the clock says");
    }

    #[test]
    fn nobody_is_called_quiet_who_may_not_write_or_writes_unseen() {
        let part = |more: serde_json::Value| {
            let mut part = serde_json::json!({"title": {"fi": "Osa"}, "minutes": 5});
            part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            is_written(Some(&serde_json::from_value(part).unwrap()))
        };
        assert!(is_written(None), "no part runs");
        assert!(part(serde_json::json!({})) && part(serde_json::json!({"may": {"add": ["note"]}})));
        assert!(part(serde_json::json!({"may": {"move": true}})));
        assert!(!part(serde_json::json!({"may": {}})) && !part(serde_json::json!({"may": {"vote": true}})));
        assert!(!part(serde_json::json!({"writing": "silent"})));
    }

    #[test]
    fn people_who_are_elsewhere_are_listed_when_they_are_the_teams() {
        let team = |role, here| {
            let glance = glance(Some(0), None, role, here);
            let team: Team = any_team();
            TeamNow::of(&team, &glance, |_| Some(7), 0).people.iter().map(|person| person.left).collect::<Vec<_>>()
        };
        assert_eq!(team(Role::Participant, false), [Some(7)]);
        assert_eq!(team(Role::Participant, true), [None]);
        assert_eq!(team(Role::Facilitator, true), [None]);
        assert!(team(Role::Facilitator, false).is_empty());
    }

    fn any_team() -> Team {
        use crate::{ids::ChallengeId, programme::Challenge};
        let challenge = Challenge {
            id: ChallengeId::new(),
            title: "Haaste".into(),
            theme: String::new(),
            problem: String::new(),
            customer_group: String::new(),
            need_types: vec![],
            proposer_org: None,
            owner_org: None,
        };
        let (withdrawn, merged_into, split_from) = (None, None, None);
        let name = "Tiimi".into();
        Team { id: TeamId::new(), name, board: BoardId::new(), challenge, withdrawn, merged_into, split_from }
    }

    #[test]
    fn obstacles_are_counted_by_type() {
        let demo = include_str!("../../board/demo/laheinen.json");
        let content = Content::of(import::read(demo.as_bytes()).unwrap().board());
        assert!(content.items > content.obstacles && content.obstacles >= 5);
        assert!(content.types["informationSystem"] >= 2);
        assert!(content.types.values().sum::<usize>() > content.obstacles, "some are of several types");
    }
}
