//! People of a series: their roles with the ends of them, what they say about themselves, moves between teams. Plain values
//! and the changes to them. Knows no SQL.

use async_trait::async_trait;

use crate::{
    error::StoreError,
    ids::{BoardId, InviteId, PersonId, SeriesId, TeamId},
    programme::{Day, Details, DetailsEdit, WholeSeries},
    role::Role,
    store::records::Person,
};

/// Where in a series somebody has a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// On every board; never as participant.
    Series,
    Team(TeamId),
}

/// A role that somebody has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub person: PersonId,
    pub scope: Scope,
    pub role: Role,
    /// When it ends, milliseconds since 1970.
    pub ends: Option<i64>,
}

/// What is kept of a person in a series beside their roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub details: Details,
    /// The last day, in UTC, on which they had a board of the series open.
    pub seen: Option<Day>,
}

/// Everyone with a role in a series or one of its teams, as of one moment.
#[derive(Debug, Clone)]
pub struct Roster {
    pub whole: WholeSeries,
    /// Who leads, whether or not they have a role still.
    pub lead: Option<PersonId>,
    pub grants: Vec<Grant>,
    /// Those of the grants, each once, in the order in which they first came to this server.
    pub people: Vec<(Person, Profile)>,
}

impl Roster {
    /// The person's role in a scope.
    #[must_use]
    pub fn role(&self, person: PersonId, scope: Scope) -> Option<Role> {
        self.grants.iter().find(|grant| grant.person == person && grant.scope == scope).map(|grant| grant.role)
    }

    /// The highest of a person's roles, in the series and its teams.
    #[must_use]
    pub fn highest(&self, person: PersonId) -> Option<Role> {
        // Roles are ordered from most to least.
        self.grants.iter().filter(|grant| grant.person == person).map(|grant| grant.role).min()
    }
}

/// What a room has to know of its board beside its people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Around {
    /// The team of the board works no more.
    pub withdrawn: bool,
    /// The next end of anybody's role on it, milliseconds since 1970.
    pub role_ends: Option<i64>,
}

/// A change to the people of a series, for [`super::Change::People`]. A team or organisation that is named is one of the
/// series; else `NotFound`.
#[derive(Debug, Clone)]
pub enum PeopleChange {
    /// Gives somebody a role until it ends, in the place of the one that they have in this scope; `None` takes it away, and is
    /// `NotFound` when there is none. The role comes from no link any more. Links which the person has redeemed and that would
    /// give more than what they have now for good are void; others who came by them stay. `Needed` when the series would be
    /// without an owner whose role has no end, or its lead would run it no more.
    SetRole {
        series: SeriesId,
        scope: Scope,
        person: PersonId,
        role: Option<Role>,
        ends: Option<i64>,
    },
    /// Takes somebody from one team to another with their role, or the higher one that they have there; links to the old board
    /// lead them to the new one from now on. `NotFound` when they have no role of their own in the old team.
    Move {
        series: SeriesId,
        person: PersonId,
        from: TeamId,
        to: TeamId,
    },
    /// The participants and observers of a team are that in another one too, or have the higher role that they have there.
    JoinAll {
        series: SeriesId,
        from: TeamId,
        to: TeamId,
    },
    /// Takes away every role in the series and its teams, and what the person said about themselves. Links that they redeemed are
    /// void; others who came by them stay. `Needed` as above.
    Remove {
        series: SeriesId,
        person: PersonId,
    },
    SetDetails {
        series: SeriesId,
        person: PersonId,
        edit: DetailsEdit,
    },
    Seen {
        series: SeriesId,
        person: PersonId,
        day: Day,
    },
    /// `NotFound` unless the person is an owner or facilitator in the series.
    SetLead {
        series: SeriesId,
        person: PersonId,
    },
    /// The person has redeemed the link.
    Redeemed {
        invite: InviteId,
        person: PersonId,
    },
    /// A team works no more, or again; `into` is the team that took it in. `Conflict` when it is so already, and when that team
    /// works no more itself.
    Withdraw {
        series: SeriesId,
        team: TeamId,
        at: i64,
        into: Option<TeamId>,
    },
    BringBack {
        series: SeriesId,
        team: TeamId,
    },
}

/// Reading them. Roles that have ended are none.
#[async_trait]
pub trait People: Send + Sync + 'static {
    async fn roster(&self, series: SeriesId) -> Result<Roster, StoreError>;
    /// What is kept of a person who has a role in the series or one of its teams; else `NotFound`.
    async fn profile(&self, series: SeriesId, person: PersonId) -> Result<Profile, StoreError>;
    /// What a board's room has to know.
    async fn around(&self, board: BoardId) -> Result<Around, StoreError>;
    /// Where the person was moved from this board; `NotFound` when they were not.
    async fn moved(&self, board: BoardId, person: PersonId) -> Result<BoardId, StoreError>;
    /// Whether the person has redeemed this link.
    async fn has_redeemed(&self, invite: InviteId, person: PersonId) -> Result<bool, StoreError>;
}
