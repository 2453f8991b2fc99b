//! Records: boards, people, invites, sessions, workshop series. Plain rows and the changes to them. Knows no SQL.
//!
//! Secrets are stored as SHA-256 only ([`SecretHash`]): they are 128 bits or more of randomness, so a slow hash
//! would protect nothing.

use async_trait::async_trait;

use crate::{
    error::StoreError,
    facilitation::{Agenda, Cast},
    ids::{
        BallotId, BoardId, Epoch, InviteId, OrganisationId, PersonId, RoundId, Seq, SeriesId, SnapshotId, TeamId,
        VoteId, WorkshopId,
    },
    programme::{
        Answer, Organisation, OrganisationEdit, Series, SeriesEdit, Survey, Team, TeamEdit, WholeSeries, Workshop,
        WorkshopEdit,
    },
    role::Role,
    store::{Checkpoint, DraftId, Snapshot, people::PeopleChange},
};

/// The SHA-256 of a secret.
pub type SecretHash = [u8; 32];

/// A board's row. Its stream is [`super::Stream::board`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    pub id: BoardId,
    pub epoch: Epoch,
    /// What the document's `meta` says, kept here too for whoever has not opened it.
    pub title: String,
    /// Milliseconds since 1970.
    pub made: i64,
    pub made_by: PersonId,
    /// The series that it belongs to; people with a role there have it here.
    pub series: Option<SeriesId>,
}

/// A person: whoever redeemed a link in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// The display name; empty until they gave one.
    pub name: String,
    /// `fi`, `sv` or `en`.
    pub language: String,
    pub made: i64,
    /// May make boards and invite owners: came by the owner link.
    pub server_owner: bool,
}

/// What an invite leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The owner link of the whole server.
    Server,
    Board(BoardId, Role),
    /// A role in a series, never participant: those belong to a team.
    Series(SeriesId, Role),
}

/// An invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub id: InviteId,
    pub purpose: Purpose,
    pub secret: SecretHash,
    pub made: i64,
    /// `None` for the server's own.
    pub made_by: Option<PersonId>,
    pub expires: Option<i64>,
    /// How many more people may use it; `None` is without limit.
    pub uses_left: Option<u32>,
    pub revoked: bool,
}

/// A browser's session (cookie) or a program's (bearer token).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub secret: SecretHash,
    pub person: PersonId,
    pub made: i64,
    pub expires: Option<i64>,
}

/// A person's place on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub board: BoardId,
    pub person: PersonId,
    pub role: Role,
    /// The invite it came from: revoking that ends the membership.
    pub invite: Option<InviteId>,
}

/// A person's role in a series, which is theirs on all its boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesMember {
    pub series: SeriesId,
    pub person: PersonId,
    /// Never participant.
    pub role: Role,
    /// As [`Member::invite`].
    pub invite: Option<InviteId>,
}

/// A line in somebody's list of series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesLine {
    pub series: Series,
    pub role: Role,
    /// How many teams it has.
    pub teams: u32,
}

/// A change to the records, for [`super::Journal::commit`]. What it refers to (a member's board, person and invite,
/// a session's person, an invite's board) is there already or comes earlier in the commit; else `NotFound`.
#[derive(Debug, Clone)]
pub enum Change {
    /// A board and its stream at epoch 1, number 0; `Exists` when the id is taken.
    NewBoard(Board),
    /// The title that the board's document has now; `NotFound` when there is no such board.
    SetTitle {
        board: BoardId,
        title: String,
    },
    PutPerson(Person),
    PutMember(Member),
    NewInvite(Invite),
    /// One use of an invite: fails with `NotFound` when it is revoked, expired at `at`, or used up.
    UseInvite {
        invite: InviteId,
        at: i64,
    },
    /// Revokes an invite and ends the memberships that came from it, on boards and in series.
    RevokeInvite(InviteId),
    /// Revokes every unrevoked server invite (the owner link before this start).
    RevokeServerInvites,
    NewSession(Session),
    EndSession(SecretHash),
    /// A series; its owners are organisations that have to be there, so a new one begins without.
    NewSeries(Series),
    /// Changes a series as it stands then.
    EditSeries {
        series: SeriesId,
        edit: SeriesEdit,
    },
    /// `TooMany` past [`crate::limits::ORGANISATIONS_PER_SERIES`].
    NewOrganisation {
        series: SeriesId,
        organisation: Organisation,
    },
    EditOrganisation {
        series: SeriesId,
        organisation: OrganisationId,
        edit: OrganisationEdit,
    },
    /// `Referenced` while an owner of the series, or a proposer or owner of a challenge, is this one.
    DeleteOrganisation {
        series: SeriesId,
        organisation: OrganisationId,
    },
    /// A team with its challenge, on a board of the series; `TooMany` past [`crate::limits::TEAMS_PER_SERIES`].
    NewTeam {
        series: SeriesId,
        team: Team,
    },
    EditTeam {
        series: SeriesId,
        team: TeamId,
        edit: TeamEdit,
    },
    /// A workshop at the end of the series', and its stream at epoch 1, number 0; `TooMany` past
    /// [`crate::limits::WORKSHOPS_PER_SERIES`].
    NewWorkshop {
        series: SeriesId,
        workshop: Box<Workshop>,
    },
    EditWorkshop {
        series: SeriesId,
        workshop: WorkshopId,
        edit: WorkshopEdit,
    },
    /// Another agenda, of the next version; `Conflict` when its version is not this one.
    SetAgenda {
        series: SeriesId,
        workshop: WorkshopId,
        version: u32,
        agenda: Agenda,
    },
    /// `Conflict` unless all workshops of the series are named once.
    OrderWorkshops {
        series: SeriesId,
        order: Vec<WorkshopId>,
    },
    /// A workshop and its stream; `Referenced` once there is an entry in that.
    DeleteWorkshop {
        series: SeriesId,
        workshop: WorkshopId,
    },
    PutSeriesMember(SeriesMember),
    /// A role, a move, what somebody said about themselves; a team withdrawn.
    People(PeopleChange),
    /// Binds client ids of a board's epoch to people; a client bound to somebody else is a `Conflict`.
    BindClients {
        board: BoardId,
        epoch: Epoch,
        clients: Vec<(u64, PersonId)>,
    },
    /// Remembers who first made objects; ids already there keep their author.
    Authors {
        board: BoardId,
        epoch: Epoch,
        objects: Vec<(String, PersonId)>,
    },
    /// A draft's stream at epoch 1, number 0. `Conflict` when the round is at another number.
    NewDraft(DraftId),
    /// Ends a number of a round: its drafts are deleted and their bytes overwritten, and the next number begins. `Conflict` unless these
    /// are its drafts and stand at these entries.
    CloseDrafts {
        board: BoardId,
        round: RoundId,
        number: u32,
        drafts: Vec<(PersonId, Seq)>,
    },
    /// A snapshot and its document, which no later checkpoint replaces. `Conflict` when the board's stream is in another
    /// epoch or has no entry `checkpoint.seq` in it, `TooMany` when the board has [`crate::limits::SNAPSHOTS_PER_BOARD`] already.
    TakeSnapshot {
        snapshot: Snapshot,
        epoch: Epoch,
        checkpoint: Checkpoint,
    },
    /// Ballots of this vote are taken from now on.
    OpenVote {
        board: BoardId,
        vote: VoteId,
    },
    /// A whole ballot, in the place of the voter's last one. `NotFound` when the vote is not open, `TooMany` past
    /// [`crate::limits::ENTERED_BALLOTS`], `Exists` when another facilitator entered one of this id.
    PutBallot {
        board: BoardId,
        vote: VoteId,
        cast: Cast,
    },
    /// Takes an entered ballot away; `NotFound` when this facilitator entered none of this id.
    DropBallot {
        board: BoardId,
        vote: VoteId,
        ballot: BallotId,
        by: PersonId,
    },
    /// Erases all ballots of a vote. `Conflict` when one has changed since they were counted, `NotFound` when the vote is
    /// not open.
    CloseVote {
        board: BoardId,
        vote: VoteId,
        /// As of [`super::Counted`].
        version: u64,
    },
    /// Answers to a survey are taken; `Exists` once it was closed with enough answers to be shown.
    OpenSurvey {
        workshop: WorkshopId,
        survey: Survey,
    },
    /// No more answers are taken. With enough to be shown, who answered is erased.
    CloseSurvey {
        workshop: WorkshopId,
        survey: Survey,
    },
    /// `NotFound` when the survey is not open, `Exists` when this person has answered.
    PutAnswer {
        workshop: WorkshopId,
        survey: Survey,
        person: PersonId,
        answer: Answer,
    },
    /// Another name; `NotFound` when the board has no such snapshot.
    RenameSnapshot {
        board: BoardId,
        snapshot: SnapshotId,
        name: String,
    },
    /// Deletes a snapshot and its document; `NotFound` when the board has no such snapshot.
    DropSnapshot {
        board: BoardId,
        snapshot: SnapshotId,
    },
}

/// Reading the records.
///
/// A role on a board is the higher of two: the person's own there, and theirs in the board's series. One that has ended is none.
#[async_trait]
pub trait Records: Send + Sync + 'static {
    async fn board(&self, id: BoardId) -> Result<Board, StoreError>;
    /// Boards on which the person has a role, newest first; for server owners every board, as `Owner`.
    async fn boards_of(&self, person: PersonId) -> Result<Vec<(Board, Role)>, StoreError>;
    async fn person(&self, id: PersonId) -> Result<Person, StoreError>;
    /// Everyone with a role on a board, with that role.
    async fn people_on(&self, board: BoardId) -> Result<Vec<(Person, Role)>, StoreError>;
    /// The person's role on a board; `NotFound` when none. Server ownership is not looked at.
    async fn role_on(&self, board: BoardId, person: PersonId) -> Result<Role, StoreError>;
    async fn invite_by_secret(&self, secret: &SecretHash) -> Result<Invite, StoreError>;
    async fn invite(&self, id: InviteId) -> Result<Invite, StoreError>;
    /// A board's invites, newest first, revoked ones too.
    async fn invites_of(&self, board: BoardId) -> Result<Vec<Invite>, StoreError>;
    /// A series' invites, as [`Records::invites_of`].
    async fn invites_of_series(&self, series: SeriesId) -> Result<Vec<Invite>, StoreError>;
    /// The memberships that came from an invite; one of a series counts on each of the series' boards.
    async fn members_by_invite(&self, invite: InviteId) -> Result<Vec<Member>, StoreError>;
    /// A session that has not expired at `at`.
    async fn session(&self, secret: &SecretHash, at: i64) -> Result<Session, StoreError>;
    async fn series(&self, id: SeriesId) -> Result<Series, StoreError>;
    /// A series with its organisations and teams, in the order in which they came, as of one moment.
    async fn whole_series(&self, id: SeriesId) -> Result<WholeSeries, StoreError>;
    /// Series in which the person has a role, newest first; for server owners every series, as `Owner`.
    async fn series_of(&self, person: PersonId) -> Result<Vec<SeriesLine>, StoreError>;
    /// The person's role in a series; `NotFound` when none. Server ownership is not looked at.
    async fn role_in(&self, series: SeriesId, person: PersonId) -> Result<Role, StoreError>;
    /// The team whose board this is; `NotFound` when it is no team's.
    async fn team_on(&self, board: BoardId) -> Result<Team, StoreError>;
    /// The workshops of a series in their order; none for an unknown series.
    async fn workshops_of(&self, series: SeriesId) -> Result<Vec<Workshop>, StoreError>;
    /// A workshop of this series.
    async fn workshop(&self, series: SeriesId, id: WorkshopId) -> Result<Workshop, StoreError>;
    /// The workshops of the series of a team's board whose stream has entries, and the number of the last one; none for a
    /// board that is no team's.
    async fn called(&self, board: BoardId) -> Result<Vec<(WorkshopId, Seq)>, StoreError>;
    /// Who has written something in private in a round since the number began, by person, and at which entry it stands.
    async fn drafts_of(&self, board: BoardId, round: RoundId, number: u32) -> Result<Vec<(PersonId, Seq)>, StoreError>;
}
