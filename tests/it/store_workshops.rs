//! What every store promises of workshops: their records, their agendas, the streams of what is said to their boards. Knows no SQL.

use std::sync::Arc;

use jalostamo::{
    error::StoreError,
    facilitation::{Agenda, Part},
    ids::{BoardId, Seq, SeriesId, WorkshopId},
    limits,
    programme::{ChallengeEdit, Names, Series, SeriesEdit, Setting, Team, TeamEdit, Workshop, WorkshopEdit},
    store::{Append, Body, Change, Commit, Store, Stream, records::Board},
};
use serde_json::json;

use crate::store_contract::{against_sqlite, board, records};

fn names(name: &str) -> Names {
    Names { fi: name.into(), ..Names::default() }
}

fn workshop(title: &str) -> Workshop {
    Workshop::new(WorkshopEdit { title: Some(names(title)), ..WorkshopEdit::default() }).unwrap()
}

async fn put(store: &dyn Store, changes: Vec<Change>) {
    store.commit(records(changes)).await.unwrap();
}

async fn refused(store: &dyn Store, change: Change) -> StoreError {
    store.commit(records(vec![change])).await.unwrap_err()
}

async fn series(store: &dyn Store) -> SeriesId {
    let wanted = SeriesEdit { name: Some(names("Sarja")), ..SeriesEdit::default() };
    let series = Series::new(wanted, jalostamo::ids::PersonId::new(), 1).unwrap();
    put(store, vec![Change::NewSeries(series.clone())]).await;
    series.id
}

/// A new workshop in the series.
async fn added(store: &dyn Store, series: SeriesId, title: &str) -> Workshop {
    let new = workshop(title);
    put(store, vec![Change::NewWorkshop { series, workshop: Box::new(new.clone()) }]).await;
    new
}

/// A team's board in the series.
async fn team(store: &dyn Store, series: SeriesId) -> BoardId {
    let id = BoardId::new();
    let challenge = ChallengeEdit { title: Some("Haaste".into()), ..ChallengeEdit::default() };
    let team = Team::new(TeamEdit { name: Some("Tiimi".into()), challenge: Some(challenge) }, id).unwrap();
    let of_series = Board { series: Some(series), ..board(id) };
    put(store, vec![Change::NewBoard(of_series), Change::NewTeam { series, team }]).await;
    id
}

fn call(workshop: WorkshopId, expected: Seq) -> Commit {
    let stream = Stream::workshop(workshop);
    let append = Append { stream, epoch: 1, expected, at: 9, body: Body::Event("{}".into()) };
    Commit { appends: vec![append], records: vec![] }
}

async fn workshops_are_read_back_and_changed(store: Arc<dyn Store>) {
    let (mine, other) = (series(&*store).await, series(&*store).await);
    let (mut first, second) = (added(&*store, mine, "Eka").await, added(&*store, mine, "Toka").await);
    assert_eq!(store.workshops_of(mine).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(store.workshop(mine, second.id).await.unwrap(), second);
    assert!(store.workshops_of(other).await.unwrap().is_empty());
    assert!(matches!(store.workshop(other, first.id).await, Err(StoreError::NotFound)));
    let edit: WorkshopEdit =
        serde_json::from_value(json!({"setting": "hybrid", "date": "2026-05-27", "begins": "09:00",
        "zone": "UTC"}))
        .unwrap();
    edit.apply(&mut first);
    assert_eq!(first.setting, Setting::Hybrid);
    put(&*store, vec![Change::EditWorkshop { series: mine, workshop: first.id, edit: edit.clone() }]).await;
    assert_eq!(store.workshop(mine, first.id).await.unwrap(), first);
    let elsewhere = Change::EditWorkshop { series: other, workshop: first.id, edit };
    assert!(matches!(refused(&*store, elsewhere).await, StoreError::NotFound));
    put(&*store, vec![Change::OrderWorkshops { series: mine, order: vec![second.id, first.id] }]).await;
    assert_eq!(store.workshops_of(mine).await.unwrap(), [second.clone(), first.clone()]);
    for order in [vec![first.id], vec![first.id, first.id], vec![first.id, second.id, WorkshopId::new()]] {
        let wrong = Change::OrderWorkshops { series: mine, order };
        assert!(matches!(refused(&*store, wrong).await, StoreError::Conflict { .. }));
    }
}

async fn an_agenda_has_a_version(store: Arc<dyn Store>) {
    let series = series(&*store).await;
    let made = added(&*store, series, "Eka").await;
    let part: Part = serde_json::from_value(json!({"title": {"fi": "Osa"}, "minutes": 5})).unwrap();
    let agenda = Agenda::cleaned(vec![part]).unwrap();
    let set = |version| Change::SetAgenda { series, workshop: made.id, version, agenda: agenda.clone() };
    assert!(matches!(refused(&*store, set(2)).await, StoreError::Conflict { .. }));
    put(&*store, vec![set(1)]).await;
    assert!(matches!(refused(&*store, set(1)).await, StoreError::Conflict { .. }));
    let now = store.workshop(series, made.id).await.unwrap();
    assert_eq!((now.version, now.agenda), (2, agenda));
}

async fn what_is_said_to_boards_is_counted_and_stays(store: Arc<dyn Store>) {
    let series = series(&*store).await;
    let (said, silent) = (added(&*store, series, "Eka").await, added(&*store, series, "Toka").await);
    let of_team = team(&*store, series).await;
    let alone = BoardId::new();
    put(&*store, vec![Change::NewBoard(Board { series: Some(series), ..board(alone) })]).await;
    assert!(store.called(of_team).await.unwrap().is_empty());
    store.commit(call(said.id, 0)).await.unwrap();
    store.commit(call(said.id, 1)).await.unwrap();
    assert!(matches!(store.commit(call(said.id, 1)).await, Err(StoreError::Conflict { .. })));
    assert_eq!(store.called(of_team).await.unwrap(), [(said.id, 2)]);
    assert!(store.called(alone).await.unwrap().is_empty(), "no team's");
    let entries = store.entries(&Stream::workshop(said.id), 1, 9).await.unwrap();
    assert_eq!(entries.iter().map(|entry| (entry.seq, entry.at)).collect::<Vec<_>>(), [(2, 9)]);
    let delete = |id| Change::DeleteWorkshop { series, workshop: id };
    assert!(matches!(refused(&*store, delete(said.id)).await, StoreError::Referenced));
    put(&*store, vec![delete(silent.id)]).await;
    assert!(matches!(refused(&*store, delete(silent.id)).await, StoreError::NotFound));
    assert!(matches!(store.load(&Stream::workshop(silent.id)).await, Err(StoreError::NotFound)));
    assert_eq!(store.workshops_of(series).await.unwrap(), [said]);
}

async fn a_series_is_full_of_workshops_at_the_limit(store: Arc<dyn Store>) {
    let series = series(&*store).await;
    for n in 0..limits::WORKSHOPS_PER_SERIES {
        added(&*store, series, &format!("T{n}")).await;
    }
    let more = Change::NewWorkshop { series, workshop: Box::new(workshop("Yli")) };
    assert!(matches!(refused(&*store, more).await, StoreError::TooMany));
}

against_sqlite! {
    workshops_are_read_back_and_changed
    an_agenda_has_a_version
    what_is_said_to_boards_is_counted_and_stays
    a_series_is_full_of_workshops_at_the_limit
}
