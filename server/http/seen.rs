//! The last day on which somebody had a board of a series open. Knows no sockets and no time of day: that would say more about
//! people than anybody needs to know.

use crate::{
    clock,
    error::StoreError,
    http::App,
    ids::{BoardId, PersonId},
    programme::Day,
    store::{Change, Commit, PeopleChange},
};

/// Notes that somebody has opened a board just now. Nobody waits for it, and when it cannot be kept the next opening does it.
pub(super) fn note(app: &App, board: BoardId, person: PersonId) {
    let (store, now) = (app.store.clone(), clock::now_ms());
    app.tasks.spawn(async move {
        let noted: Result<(), StoreError> = async {
            let Some(series) = store.board(board).await?.series else { return Ok(()) };
            let (today, profile) = (Day::at(now), store.profile(series, person).await?);
            if profile.seen.is_some_and(|seen| seen >= today) {
                return Ok(());
            }
            let records = vec![Change::People(PeopleChange::Seen { series, person, day: today })];
            store.commit(Commit { appends: vec![], records }).await
        }
        .await;
        match noted {
            // An owner of the server without a role, or somebody whose role has just ended.
            Ok(()) | Err(StoreError::NotFound) => {}
            Err(error) => tracing::debug!(%error, "the day of a visit was not kept"),
        }
    });
}
