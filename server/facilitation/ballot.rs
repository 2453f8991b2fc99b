//! A ballot: what one person gives to which objects, and whether the way of voting allows it. Knows not who that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Vote;
use crate::{
    board::schema::{self, Root},
    ids::{BallotId, PersonId},
    limits,
    programme::Wrong,
};

/// A whole ballot. It is always sent and kept whole, so that one can never hold more than its budget.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// By the id of an item.
    #[serde(default)]
    pub marks: BTreeMap<String, Mark>,
    /// Its voter is ready; it can still be changed.
    #[serde(default)]
    pub done: bool,
}

/// What an object is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Mark {
    /// Dots, or a rating of 1 to 5.
    Number(u32),
    /// With `yesNo`.
    Stance(Stance),
}

/// For, against, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Stance {
    Yes,
    No,
    Abstain,
}

/// Whose ballot it is, as long as the vote is open; afterwards nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voter {
    Person(PersonId),
    /// Somebody in the room or on the phone, entered by a facilitator.
    Entered {
        ballot: BallotId,
        by: PersonId,
    },
}

/// A ballot that was cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    pub voter: Voter,
    pub ballot: Ballot,
}

impl Ballot {
    /// Whether it is one that this way of voting allows. An empty one always is.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn check(&self, vote: Vote) -> Result<(), Wrong> {
        if self.marks.len() > limits::BALLOT_MARKS {
            return Err(Wrong::Field("a ballot marks at most 300 objects"));
        }
        if !self.marks.keys().all(|id| schema::is_object_id(Root::Items, id)) {
            return Err(Wrong::Field("marks are by the id of an item"));
        }
        let mut given = 0_u32;
        for mark in self.marks.values() {
            match (vote, mark) {
                (Vote::Dots { most, .. }, Mark::Number(dots)) if (1..=most).contains(dots) => {
                    given = given.saturating_add(*dots);
                }
                (Vote::Rating, Mark::Number(1..=5)) | (Vote::YesNo, Mark::Stance(_)) => {}
                (Vote::Dots { .. }, _) => {
                    return Err(Wrong::Field("an object is given 1 dot or more, up to the vote's most"));
                }
                (Vote::Rating, _) => return Err(Wrong::Field("an object is rated 1 to 5")),
                (Vote::YesNo, _) => return Err(Wrong::Field("an object is given yes, no or abstain")),
            }
        }
        match vote {
            Vote::Dots { votes, .. } if given > votes => Err(Wrong::Field("more dots than a person has")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(n: usize) -> String {
        format!("n_01J{n:0>23}")
    }

    fn check(vote: Vote, marks: &[(usize, serde_json::Value)]) -> bool {
        let marks: serde_json::Map<_, _> = marks.iter().map(|(n, mark)| (id(*n), mark.clone())).collect();
        serde_json::from_value::<Ballot>(json!({ "marks": marks })).is_ok_and(|ballot| ballot.check(vote).is_ok())
    }

    #[test]
    fn a_budget_at_its_limits_and_one_past_them() {
        let dots = Vote::Dots { votes: 5, most: 2 };
        assert!(check(dots, &[]));
        assert!(check(dots, &[(1, json!(2)), (2, json!(2)), (3, json!(1))]));
        assert!(!check(dots, &[(1, json!(2)), (2, json!(2)), (3, json!(2))]), "six of five");
        assert!(!check(dots, &[(1, json!(3))]), "three to one");
        assert!(!check(dots, &[(1, json!(0))]));
        assert!(!check(dots, &[(1, json!(-1)), (2, json!(2)), (3, json!(2)), (4, json!(2))]));
        assert!(!check(dots, &[(1, json!("yes"))]));
        assert!(!check(Vote::Dots { votes: 99, most: 99 }, &[(1, json!(u32::MAX)), (2, json!(1))]));
    }

    #[test]
    fn each_way_of_voting_takes_its_own_marks() {
        for (vote, good, bad) in [
            (Vote::Rating, json!([1, 5]), json!([0, 6, "yes", 2.5, null])),
            (Vote::YesNo, json!(["yes", "no", "abstain"]), json!([1, "maybe", null, true])),
        ] {
            for mark in good.as_array().unwrap() {
                assert!(check(vote, &[(1, mark.clone())]), "{vote:?} {mark}");
            }
            for mark in bad.as_array().unwrap() {
                assert!(!check(vote, &[(1, mark.clone())]), "{vote:?} {mark}");
            }
        }
    }

    #[test]
    fn at_most_so_many_objects_and_only_items() {
        let marks = |n: usize| (0..n).map(|n| (n, json!(3))).collect::<Vec<_>>();
        assert!(check(Vote::Rating, &marks(limits::BALLOT_MARKS)));
        assert!(!check(Vote::Rating, &marks(limits::BALLOT_MARKS + 1)));
        let odd: Ballot = serde_json::from_value(json!({"marks": {"x_01JAAAAAAAAAAAAAAAAAAAAAAA": 3}})).unwrap();
        assert!(odd.check(Vote::Rating).is_err());
    }
}
