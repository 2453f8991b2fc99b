//! A vote from its opening to its result: what is voted on, how, and what the ballots add up to. Knows no people.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Cast, Mark, Stance, Vote, Voter};
use crate::{
    board::schema::{self, Root},
    ids::{PartId, PersonId, VoteId, WorkshopId},
    limits,
    programme::{Survey, Wrong},
};

/// A vote on one board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VoteRound)]
pub struct Round {
    #[schema(value_type = String, example = "vt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: VoteId,
    pub vote: Vote,
    pub scope: Scope,
    /// May be empty; then it is the part's.
    #[serde(default)]
    pub title: String,
    /// In which it was opened.
    #[serde(default)]
    #[schema(value_type = Option<String>, required)]
    pub part: Option<PartId>,
    /// Milliseconds since 1970.
    pub opened: i64,
    /// Null while it is open.
    #[serde(default)]
    #[schema(required)]
    pub outcome: Option<Outcome>,
}

/// What is voted on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VoteScope)]
pub struct Scope {
    /// Only what is in this frame, at any depth; null: the whole board.
    #[serde(default)]
    #[schema(required)]
    pub frame: Option<String>,
    /// Only items of these kinds; none named: every kind that is no container.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub kinds: Arc<[String]>,
}

/// A closed vote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = VoteOutcome)]
pub struct Outcome {
    /// Milliseconds since 1970.
    pub closed: i64,
    /// People's own ballots.
    pub ballots: u32,
    /// Ballots that facilitators entered.
    pub entered: u32,
    /// How many could have voted themselves.
    pub of: u32,
    /// Those with most first; null when there were so few ballots that they would tell who gave what.
    #[schema(required)]
    pub totals: Option<Vec<Tally>>,
}

/// What an object got. It may have been deleted since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = VoteTally)]
pub struct Tally {
    pub object: String,
    pub count: Count,
}

/// By the way of voting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
#[schema(as = VoteCount)]
pub enum Count {
    Dots {
        dots: u32,
    },
    Rating {
        /// How many gave 1, 2, 3, 4 and 5.
        ratings: [u32; 5],
    },
    YesNo {
        yes: u32,
        no: u32,
        abstain: u32,
    },
}

/// Why somebody may not vote now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    Role,
    Paused,
    Part(PartId),
}

/// A survey that people are asked to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub workshop: WorkshopId,
    pub survey: Survey,
}

/// The votes of a board in the order in which they were opened; at most one is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rounds(Vec<Round>);

impl Scope {
    /// The scope as it may be kept.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let is_frame = |id: &String| id.starts_with("r_") && schema::is_object_id(Root::Items, id);
        if !self.frame.iter().all(is_frame) {
            return Err(Wrong::Field("frame is the id of a frame"));
        }
        Ok(Self { frame: self.frame, kinds: kinds(&self.kinds)? })
    }
}

/// Kinds of items, each once.
pub(super) fn kinds(named: &[String]) -> Result<Arc<[String]>, Wrong> {
    let mut kinds = named.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.iter().all(|kind| schema::kind_of(Root::Items, kind).is_some()) {
        Ok(kinds.into())
    } else {
        Err(Wrong::Field("kinds are kinds of items"))
    }
}

impl Rounds {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn all(&self) -> &[Round] {
        &self.0
    }

    #[must_use]
    pub fn get(&self, id: VoteId) -> Option<&Round> {
        self.0.iter().find(|round| round.id == id)
    }

    /// The one in which people can vote.
    #[must_use]
    pub fn open(&self) -> Option<&Round> {
        self.0.iter().find(|round| round.outcome.is_none())
    }

    /// How many have a result.
    #[must_use]
    pub fn closed(&self) -> usize {
        self.0.iter().filter(|round| round.outcome.is_some()).count()
    }

    pub(super) fn add(&mut self, round: &Round) {
        if self.get(round.id).is_none() {
            self.0.push(round.clone());
        }
    }

    pub(super) fn close(&mut self, id: VoteId, outcome: Outcome) {
        if let Some(round) = self.0.iter_mut().find(|round| round.id == id && round.outcome.is_none()) {
            round.outcome = Some(outcome);
        }
    }
}

impl Outcome {
    /// What the ballots add up to. `people` have a role by which they could vote.
    ///
    /// Totals of fewer than three ballots are not made. Those that were entered are known to whoever entered them, so
    /// people's own must be three as well, or none.
    #[must_use]
    pub fn of(vote: Vote, closed: i64, people: &HashSet<PersonId>, cast: &[Cast]) -> Self {
        let own = |cast: &&Cast| matches!(cast.voter, Voter::Person(_));
        let filled = |cast: &&Cast| !cast.ballot.marks.is_empty();
        let ballots = cast.iter().filter(own).count();
        let gone = |cast: &&Cast| matches!(cast.voter, Voter::Person(person) if !people.contains(&person));
        let of = people.len() + cast.iter().filter(gone).count();
        let (all_filled, own_filled) =
            (cast.iter().filter(filled).count(), cast.iter().filter(own).filter(filled).count());
        let enough = all_filled >= limits::VOTE_LEAST && (own_filled == 0 || own_filled >= limits::VOTE_LEAST);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            closed,
            ballots: number(ballots),
            entered: number(cast.len() - ballots),
            of: number(of),
            totals: enough.then(|| totals(vote, cast)),
        }
    }
}

fn totals(vote: Vote, cast: &[Cast]) -> Vec<Tally> {
    let none = match vote {
        Vote::Dots { .. } => Count::Dots { dots: 0 },
        Vote::Rating => Count::Rating { ratings: [0; 5] },
        Vote::YesNo => Count::YesNo { yes: 0, no: 0, abstain: 0 },
    };
    let mut counts: BTreeMap<&String, Count> = BTreeMap::new();
    for (object, mark) in cast.iter().flat_map(|cast| &cast.ballot.marks) {
        counts.entry(object).or_insert(none).add(*mark);
    }
    let mut totals: Vec<Tally> =
        counts.into_iter().map(|(object, count)| Tally { object: object.clone(), count }).collect();
    totals.sort_by(|one, other| other.count.weight().total_cmp(&one.count.weight()));
    totals.truncate(limits::RESULT_OBJECTS);
    totals
}

impl Count {
    fn add(&mut self, mark: Mark) {
        match (self, mark) {
            (Count::Dots { dots }, Mark::Number(given)) => *dots = dots.saturating_add(given),
            (Count::Rating { ratings }, Mark::Number(rating)) => {
                let place = usize::try_from(rating).unwrap_or_default().wrapping_sub(1);
                ratings.get_mut(place).into_iter().for_each(|n| *n += 1);
            }
            (Count::YesNo { yes, no, abstain }, Mark::Stance(stance)) => match stance {
                Stance::Yes => *yes += 1,
                Stance::No => *no += 1,
                Stance::Abstain => *abstain += 1,
            },
            // A ballot is checked before it is kept.
            _ => {}
        }
    }

    /// By which results are ordered: dots, the mean rating, yes less no.
    #[must_use]
    pub fn weight(&self) -> f64 {
        match self {
            Count::Dots { dots } => f64::from(*dots),
            Count::Rating { ratings } => {
                let given: u32 = ratings.iter().sum();
                let sum: u32 = (1..).zip(ratings).map(|(rating, n)| rating * n).sum();
                f64::from(sum) / f64::from(given.max(1))
            }
            Count::YesNo { yes, no, .. } => f64::from(*yes) - f64::from(*no),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{facilitation::Ballot, ids::BallotId};

    const A: &str = "o_01JAAAAAAAAAAAAAAAAAAAAAAA";
    const B: &str = "o_01JBBBBBBBBBBBBBBBBBBBBBBB";

    fn cast(own: bool, marks: Value) -> Cast {
        let voter = if own {
            Voter::Person(PersonId::new())
        } else {
            Voter::Entered { ballot: BallotId::new(), by: PersonId::new() }
        };
        let ballot: Ballot = serde_json::from_value(json!({ "marks": marks })).unwrap();
        Cast { voter, ballot }
    }

    fn outcome(vote: Vote, cast: &[Cast]) -> Value {
        let people = cast
            .iter()
            .filter_map(|cast| if let Voter::Person(person) = cast.voter { Some(person) } else { None })
            .chain([PersonId::new()])
            .collect();
        serde_json::to_value(Outcome::of(vote, 7, &people, cast)).unwrap()
    }

    #[test]
    fn ballots_add_up_and_those_with_most_come_first() {
        let dots = Vote::Dots { votes: 5, most: 2 };
        let three = [cast(true, json!({A: 1})), cast(true, json!({A: 1, B: 2})), cast(true, json!({B: 2}))];
        let expected = json!({"closed": 7, "ballots": 3, "entered": 0, "of": 4,
            "totals": [{"object": B, "count": {"dots": 4}}, {"object": A, "count": {"dots": 2}}]});
        assert_eq!(outcome(dots, &three), expected);
        let three = [cast(true, json!({A: 1, B: 5})), cast(true, json!({A: 5, B: 4})), cast(true, json!({A: 2}))];
        let expected = json!([{"object": B, "count": {"ratings": [0, 0, 0, 1, 1]}},
            {"object": A, "count": {"ratings": [1, 1, 0, 0, 1]}}]);
        assert_eq!(outcome(Vote::Rating, &three)["totals"], expected);
        let three =
            [cast(true, json!({A: "no", B: "abstain"})), cast(true, json!({A: "yes"})), cast(true, json!({A: "no"}))];
        let expected = json!([{"object": B, "count": {"yes": 0, "no": 0, "abstain": 1}},
            {"object": A, "count": {"yes": 1, "no": 2, "abstain": 0}}]);
        assert_eq!(outcome(Vote::YesNo, &three)["totals"], expected);
        let kept: Outcome = serde_json::from_value(outcome(Vote::YesNo, &three)).unwrap();
        assert_eq!(serde_json::to_value(kept).unwrap(), outcome(Vote::YesNo, &three));
    }

    #[test]
    fn few_ballots_have_no_totals() {
        let (own, entered, empty) =
            (|| cast(true, json!({A: 1})), || cast(false, json!({A: 1})), || cast(true, json!({})));
        let shown = |cast: &[Cast]| outcome(Vote::Rating, cast)["totals"].is_array();
        assert!(shown(&[own(), own(), own()]));
        assert!(!shown(&[own(), own()]));
        assert!(!shown(&[own(), own(), empty()]), "an empty ballot hides nobody");
        assert!(!shown(&[own(), own(), entered(), entered()]), "who entered two knows them");
        assert!(shown(&[own(), own(), own(), entered()]));
        assert!(shown(&[entered(), entered(), entered()]));
        assert!(!shown(&[entered(), entered()]));
        assert!(!shown(&[]));
        let counted = outcome(Vote::Rating, &[own(), empty(), entered()]);
        assert_eq!((&counted["ballots"], &counted["entered"], &counted["of"]), (&json!(2), &json!(1), &json!(3)));
    }

    #[test]
    fn a_result_has_so_many_objects_and_no_more() {
        let id = |n: usize| format!("n_01J{n:0>23}");
        let of = |from: usize| cast(true, (from..from + 300).map(|n| (id(n), json!(3))).collect());
        let many: Vec<Cast> = (0..4).map(|n| of(n * 300)).collect();
        let totals = outcome(Vote::Rating, &many[..3])["totals"].as_array().unwrap().len();
        assert_eq!(totals, 900);
        assert_eq!(outcome(Vote::Rating, &many)["totals"].as_array().unwrap().len(), limits::RESULT_OBJECTS);
    }

    #[test]
    fn a_scope_has_a_frame_and_kinds_of_items() {
        let scope = |json: Value| serde_json::from_value::<Scope>(json).unwrap().cleaned();
        let some = scope(json!({"frame": "r_01JAAAAAAAAAAAAAAAAAAAAAAA", "kinds": ["step", "note", "step"]})).unwrap();
        assert_eq!(*some.kinds, ["note".to_owned(), "step".to_owned()]);
        assert!(scope(json!({"frame": A})).is_err());
        assert!(scope(json!({"kinds": ["sequence"]})).is_err());
        assert!(scope(json!({})).is_ok());
    }
}
