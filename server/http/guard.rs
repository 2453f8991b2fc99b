//! A board or a series in a path, seen by a caller with a role there. Knows no bodies.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

use crate::{
    access::session::{self, Caller},
    http::{
        App,
        auth::SignedIn,
        problem::{Code, Problem},
    },
    ids::{
        BallotId, BoardId, ExportId, InviteId, OrganisationId, PersonId, SeriesId, SnapshotId, TeamId, VoteId,
        WorkshopId,
    },
    programme::Survey,
    role::Role,
};

/// The board of `{board}`, on which the caller has a role. A board that is unknown, malformed or not theirs
/// is the same 404.
pub struct OnBoard {
    pub board: BoardId,
    pub caller: Caller,
    pub role: Role,
}

impl FromRequestParts<App> for OnBoard {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, app).await?;
        let board = parameter::<BoardId>(parts, app, "board").await?;
        let role = session::role(app.store.as_ref(), &caller, board).await?.ok_or(Code::NotFound)?;
        Ok(Self { board, caller, role })
    }
}

impl OnBoard {
    /// Only for owners and facilitators; for others 403, since they know of the board.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn runs_the_board(&self) -> Result<(), Problem> {
        if self.role.runs_the_board() { Ok(()) } else { Err(Code::Forbidden.into()) }
    }

    /// Only for owners; for others 403.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn owns_the_board(&self) -> Result<(), Problem> {
        if self.role == Role::Owner { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
}

/// The series of `{series}`, in which the caller has a role. A series that is unknown, malformed or not theirs is the
/// same 404, also to those who have a role on one of its boards only.
pub struct InSeries {
    pub series: SeriesId,
    pub caller: Caller,
    pub role: Role,
}

impl FromRequestParts<App> for InSeries {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, app).await?;
        let series = parameter::<SeriesId>(parts, app, "series").await?;
        let role = session::series_role(app.store.as_ref(), &caller, series).await?.ok_or(Code::NotFound)?;
        Ok(Self { series, caller, role })
    }
}

impl InSeries {
    /// As [`OnBoard::runs_the_board`].
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn runs_the_series(&self) -> Result<(), Problem> {
        if self.role.runs_the_board() { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $id:ty, $parameter:literal) => {
        $(#[$doc])*
        pub struct $name(pub $id);

        impl FromRequestParts<App> for $name {
            type Rejection = Problem;
            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                parameter(parts, app, $parameter).await.map($name)
            }
        }
    };
}

name!(
    /// The board of `{board}`, whoever asks; malformed is 404.
    BoardName, BoardId, "board");
name!(
    /// The series of `{series}`, whoever asks; malformed is 404.
    SeriesName, SeriesId, "series");
name!(
    /// The person of `{person}`; malformed is 404.
    PersonName, PersonId, "person");
name!(
    /// The invite of `{invite}`; malformed is 404.
    InviteName, InviteId, "invite");
name!(
    /// The organisation of `{organisation}`; malformed is 404.
    OrganisationName, OrganisationId, "organisation");
name!(
    /// The team of `{team}`; malformed is 404.
    TeamName, TeamId, "team");
name!(
    /// The workshop of `{workshop}`; malformed is 404.
    WorkshopName, WorkshopId, "workshop");
name!(
    /// The vote of `{vote}`; malformed is 404.
    VoteName, VoteId, "vote");
name!(
    /// The entered ballot of `{ballot}`; malformed is 404.
    BallotName, BallotId, "ballot");
name!(
    /// The survey of `{survey}`; another word is 404.
    SurveyName, Survey, "survey");
name!(
    /// The snapshot of `{snapshot}`; malformed is 404.
    SnapshotName, SnapshotId, "snapshot");
name!(
    /// The export of `{export}`; malformed is 404.
    ExportName, ExportId, "export");

async fn parameter<T: std::str::FromStr>(parts: &mut Parts, app: &App, name: &str) -> Result<T, Problem> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Code::NotFound)?;
    let text = params.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Code::NotFound.into())
}
