//! What every store promises of ballots and answers: whole, one a person, gone with the vote, and no person beside an answer. Knows
//! no SQL.

use std::sync::Arc;

use jalostamo::{
    error::StoreError,
    facilitation::{Ballot, Cast, Voter},
    ids::{BallotId, BoardId, PersonId, SeriesId, VoteId, WorkshopId},
    limits,
    programme::{Answer, Names, Series, SeriesEdit, Survey, Workshop, WorkshopEdit},
    store::{Change, Store, ballots::SurveyState},
};
use serde_json::json;

use crate::store_contract::{against_sqlite, new_board, records};

const NOTE: &str = "n_01JAAAAAAAAAAAAAAAAAAAAAAA";

async fn put(store: &dyn Store, change: Change) {
    store.commit(records(vec![change])).await.unwrap();
}

/// What an error is, without what it says.
fn word(error: StoreError) -> &'static str {
    match error {
        StoreError::NotFound => "NotFound",
        StoreError::Exists => "Exists",
        StoreError::TooMany => "TooMany",
        StoreError::Conflict { .. } => "Conflict",
        other => panic!("{other}"),
    }
}

async fn refused(store: &dyn Store, change: Change) -> &'static str {
    word(store.commit(records(vec![change])).await.unwrap_err())
}

fn ballot(dots: u32) -> Ballot {
    serde_json::from_value(json!({"marks": {NOTE: dots}})).unwrap()
}

fn own(board: BoardId, vote: VoteId, person: PersonId, dots: u32) -> Change {
    Change::PutBallot { board, vote, cast: Cast { voter: Voter::Person(person), ballot: ballot(dots) } }
}

fn entered(board: BoardId, vote: VoteId, ballot_id: BallotId, by: PersonId) -> Change {
    let cast = Cast { voter: Voter::Entered { ballot: ballot_id, by }, ballot: ballot(1) };
    Change::PutBallot { board, vote, cast }
}

async fn a_ballot_is_replaced_and_goes_with_its_vote(store: Arc<dyn Store>) {
    let (board, vote, other, aino) = (new_board(&*store).await, VoteId::new(), VoteId::new(), PersonId::new());
    assert_eq!(refused(&*store, own(board, vote, aino, 1)).await, "NotFound");
    put(&*store, Change::OpenVote { board, vote }).await;
    put(&*store, Change::OpenVote { board, vote: other }).await;
    assert_eq!(store.ballot(board, vote, aino).await.unwrap(), Ballot::default());
    for dots in 1..4 {
        put(&*store, own(board, vote, aino, dots)).await;
    }
    put(&*store, own(board, other, aino, 9)).await;
    let counted = store.ballots(board, vote).await.unwrap();
    assert_eq!(counted.cast, [Cast { voter: Voter::Person(aino), ballot: ballot(3) }]);
    put(&*store, own(board, vote, PersonId::new(), 1)).await;
    let late = refused(&*store, Change::CloseVote { board, vote, version: counted.version }).await;
    assert_eq!(late, "Conflict", "a ballot came after the counting");
    let version = store.ballots(board, vote).await.unwrap().version;
    put(&*store, Change::CloseVote { board, vote, version }).await;
    assert_eq!(word(store.ballots(board, vote).await.unwrap_err()), "NotFound");
    assert_eq!(word(store.ballot(board, vote, aino).await.unwrap_err()), "NotFound");
    assert_eq!(refused(&*store, own(board, vote, aino, 1)).await, "NotFound");
    assert_eq!(refused(&*store, Change::CloseVote { board, vote, version }).await, "NotFound");
    assert_eq!(store.ballot(board, other, aino).await.unwrap(), ballot(9), "another vote's stay");
}

async fn so_many_are_entered_and_no_more(store: Arc<dyn Store>) {
    let (board, vote, by) = (new_board(&*store).await, VoteId::new(), PersonId::new());
    put(&*store, Change::OpenVote { board, vote }).await;
    let all: Vec<Change> = (0..limits::ENTERED_BALLOTS).map(|_| entered(board, vote, BallotId::new(), by)).collect();
    store.commit(records(all)).await.unwrap();
    assert_eq!(refused(&*store, entered(board, vote, BallotId::new(), by)).await, "TooMany");
    put(&*store, own(board, vote, by, 1)).await;
    let mine = store.entered(board, vote, by).await.unwrap();
    assert_eq!(mine.len(), limits::ENTERED_BALLOTS);
    put(&*store, entered(board, vote, mine[0].0, by)).await;
    let other = PersonId::new();
    assert_eq!(refused(&*store, entered(board, vote, mine[0].0, other)).await, "Exists");
    let drop = |by| Change::DropBallot { board, vote, ballot: mine[0].0, by };
    assert_eq!(refused(&*store, drop(other)).await, "NotFound");
    put(&*store, drop(by)).await;
    assert_eq!(refused(&*store, drop(by)).await, "NotFound");
    put(&*store, entered(board, vote, BallotId::new(), by)).await;
}

async fn workshop(store: &dyn Store) -> WorkshopId {
    let name = Names { fi: "Sarja".into(), ..Names::default() };
    let wanted = SeriesEdit { name: Some(name.clone()), ..SeriesEdit::default() };
    let series: SeriesId = {
        let series = Series::new(wanted, PersonId::new(), 1).unwrap();
        put(store, Change::NewSeries(series.clone())).await;
        series.id
    };
    let workshop = Workshop::new(WorkshopEdit { title: Some(name), ..WorkshopEdit::default() }).unwrap();
    let id = workshop.id;
    put(store, Change::NewWorkshop { series, workshop: Box::new(workshop) }).await;
    id
}

async fn one_answer_a_person_until_it_is_shown(store: Arc<dyn Store>) {
    let (workshop, survey) = (workshop(&*store).await, Survey::Start);
    let people: Vec<PersonId> = (0..limits::SURVEY_LEAST).map(|_| PersonId::new()).collect();
    let answer = |person| {
        let answer: Answer = serde_json::from_value(json!({"scores": {"pulse": 4}, "text": ""})).unwrap();
        Change::PutAnswer { workshop, survey, person, answer }
    };
    let (open, close) = (Change::OpenSurvey { workshop, survey }, Change::CloseSurvey { workshop, survey });
    assert_eq!(refused(&*store, answer(people[0])).await, "NotFound");
    put(&*store, open.clone()).await;
    for person in &people[1..] {
        put(&*store, answer(*person)).await;
    }
    assert_eq!(refused(&*store, answer(people[1])).await, "Exists");
    put(&*store, close.clone()).await;
    assert_eq!(refused(&*store, answer(people[0])).await, "NotFound");
    // Too few to be shown: it can go on, and nobody answers again.
    put(&*store, open.clone()).await;
    assert_eq!(refused(&*store, answer(people[1])).await, "Exists");
    put(&*store, answer(people[0])).await;
    assert!(store.has_answered(workshop, survey, people[0]).await.unwrap());
    put(&*store, close).await;
    let (state, answers) = store.answers(workshop, survey).await.unwrap();
    assert_eq!((state, answers.len()), (SurveyState::Closed, limits::SURVEY_LEAST));
    assert_eq!(refused(&*store, open).await, "Exists", "what was shown is not added to");
    assert!(!store.has_answered(workshop, survey, people[0]).await.unwrap(), "nobody knows any more who answered");
    let (state, answers) = store.answers(workshop, Survey::End).await.unwrap();
    assert_eq!((state, answers.len()), (SurveyState::Unopened, 0));
}

against_sqlite! {
    a_ballot_is_replaced_and_goes_with_its_vote
    so_many_are_entered_and_no_more
    one_answer_a_person_until_it_is_shown
}
