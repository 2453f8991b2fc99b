//! Ballots on their way into the store, judged one after the other with everything else that happens on the board, and counted when
//! a vote closes. Knows no sockets and no HTTP.
//!
//! One thing is on its way to the journal at a time, so between counting a vote's ballots and the commit in which they go no
//! other ballot comes in; the store checks that once more. Nothing here is logged or measured.

use std::collections::HashSet;

use tokio::sync::oneshot;

use super::{
    actor::{Actor, End},
    batch::InFlight,
    handle::Closed,
    work::Work,
};
use crate::{
    error::StoreError,
    facilitation::{Ballot, Barred, Cast, Event, Outcome, Voter},
    ids::{BallotId, PersonId, VoteId},
    programme::Wrong,
    role::Role,
    store::{Change, journal::Commit},
    wire::CloseCode,
};

/// What somebody wants to do with a ballot.
#[derive(Debug, Clone)]
pub enum Put {
    /// Their own, in the place of what it was.
    Own(Ballot),
    /// One for somebody in the room or on the phone.
    Enter(BallotId, Ballot),
    /// Not to have entered this one.
    Withdraw(BallotId),
}

/// Why a ballot was not put in.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CastError {
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error("no such vote on this board")]
    NoVote,
    #[error("the vote is closed")]
    VoteClosed,
    #[error("they may not vote now")]
    Barred(Barred),
    #[error(transparent)]
    Wrong(Wrong),
    /// Of these marks this object is not what the vote is about, or not there any more.
    #[error("{0} is not voted on")]
    Outside(String),
    #[error(transparent)]
    Store(StoreError),
}

pub(super) type CastReply = oneshot::Sender<Result<(), CastError>>;

/// A ballot, by whom and for which vote.
pub struct Casting {
    pub(super) person: PersonId,
    pub(super) role: Role,
    pub(super) vote: VoteId,
    pub(super) put: Put,
    pub(super) reply: CastReply,
}

impl Casting {
    /// Nothing can be written now.
    pub(super) fn turn_away(self, full: bool) {
        let error = if full { StoreError::Full } else { StoreError::Failing("the store cannot write".into()) };
        // An answer that nobody waits for any more is no error; so everywhere here.
        let _ = self.reply.send(Err(CastError::Store(error)));
    }
}

impl Actor {
    /// Judges the ballot at the front of the queue and hands it to the store.
    pub(super) async fn start_casting(&mut self) -> Result<(), End> {
        let Some(Work::Cast(casting)) = self.queue.pop_front() else { return Ok(()) };
        let Casting { person, role, vote, put, reply } = *casting;
        match self.judged(person, role, vote, put).await? {
            Ok(change) => {
                self.commit(Commit { appends: vec![], records: vec![change] });
                self.in_flight = Some(InFlight::Ballot(reply));
            }
            Err(error) => _ = reply.send(Err(error)),
        }
        Ok(())
    }

    async fn judged(
        &mut self,
        person: PersonId,
        role: Role,
        id: VoteId,
        put: Put,
    ) -> Result<Result<Change, CastError>, End> {
        let (state, board) = (self.session.state(), self.board);
        let Some(round) = state.votes.get(id) else { return Ok(Err(CastError::NoVote)) };
        let entering = !matches!(put, Put::Own(_));
        let allowed =
            if entering { role.runs_the_board().then_some(()).ok_or(Barred::Role) } else { state.may_vote(role) };
        if let Err(barred) = allowed {
            return Ok(Err(CastError::Barred(barred)));
        }
        if round.outcome.is_some() {
            return Ok(Err(CastError::VoteClosed));
        }
        let (voter, ballot) = match put {
            Put::Own(ballot) => (Voter::Person(person), ballot),
            Put::Enter(id, ballot) => (Voter::Entered { ballot: id, by: person }, ballot),
            Put::Withdraw(ballot) => return Ok(Ok(Change::DropBallot { board, vote: id, ballot, by: person })),
        };
        if let Err(wrong) = ballot.check(round.vote) {
            return Ok(Err(CastError::Wrong(wrong)));
        }
        let join_state = std::sync::Arc::clone(&self.join_state);
        let document = self.warm().await?.document(&join_state).map_err(|_| End::Failed(CloseCode::Failed))?;
        let outside = document.outside(ballot.marks.keys(), &round.scope);
        if let Some(object) = outside.map_err(|_| End::Failed(CloseCode::Failed))? {
            return Ok(Err(CastError::Outside(object)));
        }
        Ok(Ok(Change::PutBallot { board, vote: id, cast: Cast { voter, ballot } }))
    }

    /// The store has answered.
    pub(super) fn cast(&mut self, result: Result<(), StoreError>, reply: CastReply) -> Result<(), End> {
        let _ = reply.send(result.clone().map_err(CastError::Store));
        match result {
            // The disk's errors are the whole board's; others are this ballot's.
            Err(error @ (StoreError::Full | StoreError::Failing(_))) => self.failed(&error),
            _ => Ok(()),
        }
    }

    /// The changes to ballots that go with events: a vote that closes is counted, and its totals come into its event.
    pub(super) async fn count(&mut self, events: &mut [Event]) -> Result<Vec<Change>, StoreError> {
        let (board, mut changes) = (self.board, Vec::new());
        for event in events {
            match event {
                Event::VoteOpened { round, .. } => changes.push(Change::OpenVote { board, vote: round.id }),
                Event::VoteClosed { vote, at, outcome, .. } => {
                    let state = self.session.state();
                    let round = state.votes.get(*vote).ok_or(StoreError::NotFound)?;
                    let counted = self.store.ballots(board, *vote).await?;
                    *outcome = Some(Box::new(Outcome::of(round.vote, *at, &self.voters(), &counted.cast)));
                    changes.push(Change::CloseVote { board, vote: *vote, version: counted.version });
                }
                _ => {}
            }
        }
        Ok(changes)
    }

    /// Those who could vote.
    fn voters(&self) -> HashSet<PersonId> {
        let people = self.session.people.iter();
        people.filter(|(_, role)| *role == Role::Participant).map(|(person, _)| person.id).collect()
    }
}
