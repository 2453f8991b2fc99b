//! Ballots of open votes and answers to surveys, as they are read. Knows no SQL.
//!
//! They are written by [`super::Change`]s, so that a vote's ballots go in the same commit in which its totals come into the
//! journal. Who voted what is only there while the vote is open, since a ballot can be changed until then.

use async_trait::async_trait;

use crate::{
    error::StoreError,
    facilitation::{Ballot, Cast},
    ids::{BallotId, BoardId, PersonId, VoteId, WorkshopId},
    programme::{Answer, Survey},
};

/// The ballots of an open vote at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Another one when a ballot has changed since.
    pub version: u64,
    pub cast: Vec<Cast>,
}

/// Where a survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum SurveyState {
    Unopened,
    Open,
    Closed,
}

/// Reading ballots and answers.
#[async_trait]
pub trait Ballots: Send + Sync + 'static {
    /// All ballots of an open vote, in no telling order.
    ///
    /// # Errors
    /// `NotFound` when the vote is not open.
    async fn ballots(&self, board: BoardId, vote: VoteId) -> Result<Counted, StoreError>;

    /// A person's own ballot; an empty one when they have cast none.
    ///
    /// # Errors
    /// `NotFound` when the vote is not open.
    async fn ballot(&self, board: BoardId, vote: VoteId, person: PersonId) -> Result<Ballot, StoreError>;

    /// The ballots that a facilitator entered.
    ///
    /// # Errors
    /// `NotFound` when the vote is not open.
    async fn entered(&self, board: BoardId, vote: VoteId, by: PersonId) -> Result<Vec<(BallotId, Ballot)>, StoreError>;

    /// Where a survey stands, and its answers in no telling order.
    ///
    /// # Errors
    /// When the store cannot be read.
    async fn answers(&self, workshop: WorkshopId, survey: Survey) -> Result<(SurveyState, Vec<Answer>), StoreError>;

    /// Whether a person has answered a survey that is open.
    ///
    /// # Errors
    /// When the store cannot be read.
    async fn has_answered(&self, workshop: WorkshopId, survey: Survey, person: PersonId) -> Result<bool, StoreError>;
}
