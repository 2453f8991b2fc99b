//! The demo series, made in one go: six teams, each with a board that is full. Knows not what is on them.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    board::{demo as boards, edit, import},
    clock,
    http::{
        App, answers,
        auth::ServerOwner,
        body::Json,
        making::{self, Wanted},
        problem::{Code, Problem},
        series::View,
    },
    ids::{PersonId, SeriesId},
    programme::{
        SeriesEdit,
        demo::{self, Demo, DemoTeam},
    },
    role::Role,
    store::{Change, Commit, records::SeriesMember},
};

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Makes the series Jalostamo 2020 with its six teams and their boards. Only for owners of the server.
#[utoipa::path(post, path = "/api/series/demo", tag = "series", request_body = Nothing,
    responses((status = 200, body = View), answers::Changes))]
pub async fn make(
    State(app): State<App>,
    ServerOwner(caller): ServerOwner,
    Json(Nothing {}): Json<Nothing>,
) -> Result<axum::Json<View>, Problem> {
    let (series, commit) = making::apart(move || draft(caller.person)).await?;
    app.store.commit(commit).await?;
    Ok(axum::Json(View::read(&app, series, Role::Owner).await?))
}

/// The whole series as one commit.
fn draft(person: PersonId) -> Result<(SeriesId, Commit), Problem> {
    let Demo { mut series, organisations, teams } = demo::demo(person, clock::now_ms()).map_err(damaged)?;
    let id = series.id;
    // The owners are organisations, which have to be there before.
    let owners = SeriesEdit { owners: Some(std::mem::take(&mut series.owners)), ..SeriesEdit::default() };
    let mut all = Commit::default();
    all.records.push(Change::NewSeries(series));
    all.records
        .extend(organisations.into_iter().map(|organisation| Change::NewOrganisation { series: id, organisation }));
    all.records.push(Change::EditSeries { series: id, edit: owners });
    all.records.push(Change::PutSeriesMember(SeriesMember { series: id, person, role: Role::Owner, invite: None }));
    for DemoTeam { team, content } in teams {
        let new = Wanted { id: team.board, person, series: Some(id) };
        let title = team.challenge.title.clone();
        let fill = |client| {
            let json = boards::named(&content).ok_or_else(|| damaged(&content))?;
            let file = import::read(json).map_err(damaged)?.titled(&title);
            Ok((title, edit::import(&file, person, client, clock::now_ms())))
        };
        let (_, commit) = making::draft(new, fill)?;
        all.records.extend(commit.records);
        all.records.push(Change::NewTeam { series: id, team });
        all.appends.extend(commit.appends);
    }
    Ok((id, all))
}

/// What is built in is under test; should it be damaged all the same, nothing is made.
fn damaged(what: impl std::fmt::Display) -> Problem {
    tracing::error!(%what, "the demo series is damaged");
    Code::Internal.into()
}
