//! The records that rooms and sockets read, from the simulated disk. Knows no journal.

use async_trait::async_trait;
use jalostamo::{
    error::StoreError,
    facilitation::Ballot,
    ids::{BallotId, BoardId, InviteId, PersonId, RoundId, Seq, SeriesId, SnapshotId, VoteId, WorkshopId},
    programme::{Answer, Series, Survey, Team, WholeSeries, Workshop},
    role::Role,
    store::{
        Ballots, Checkpoint, Counted, People, Records, Snapshot, Snapshots,
        ballots::SurveyState,
        people::{Around, Profile, Roster},
        records::{Board, Invite, Member, Person, SecretHash, SeriesLine, Session},
    },
};

use super::store::SimStore;

/// There are no series, invites, sessions, snapshots and votes here.
fn none<T>() -> Result<T, StoreError> {
    Err(StoreError::NotFound)
}

#[async_trait]
impl Records for SimStore {
    async fn board(&self, id: BoardId) -> Result<Board, StoreError> {
        self.read(Some(id), |disk| disk.board(id).map(|kept| kept.row.clone())).await
    }
    async fn boards_of(&self, _: PersonId) -> Result<Vec<(Board, Role)>, StoreError> {
        none()
    }
    async fn person(&self, id: PersonId) -> Result<Person, StoreError> {
        self.read(None, |disk| disk.people.get(&id).cloned().ok_or(StoreError::NotFound)).await
    }
    async fn people_on(&self, board: BoardId) -> Result<Vec<(Person, Role)>, StoreError> {
        self.read(Some(board), |disk| {
            let members = disk.board(board)?.members.iter();
            Ok(members.filter_map(|(id, role)| Some((disk.people.get(id)?.clone(), *role))).collect())
        })
        .await
    }
    async fn role_on(&self, board: BoardId, person: PersonId) -> Result<Role, StoreError> {
        self.read(Some(board), |disk| disk.board(board)?.members.get(&person).copied().ok_or(StoreError::NotFound))
            .await
    }
    async fn invite_by_secret(&self, _: &SecretHash) -> Result<Invite, StoreError> {
        none()
    }
    async fn invite(&self, _: InviteId) -> Result<Invite, StoreError> {
        none()
    }
    async fn invites_of(&self, _: BoardId) -> Result<Vec<Invite>, StoreError> {
        none()
    }
    async fn invites_of_series(&self, _: SeriesId) -> Result<Vec<Invite>, StoreError> {
        none()
    }
    async fn members_by_invite(&self, _: InviteId) -> Result<Vec<Member>, StoreError> {
        none()
    }
    async fn session(&self, _: &SecretHash, _: i64) -> Result<Session, StoreError> {
        none()
    }
    async fn series(&self, _: SeriesId) -> Result<Series, StoreError> {
        none()
    }
    async fn whole_series(&self, _: SeriesId) -> Result<WholeSeries, StoreError> {
        none()
    }
    async fn series_of(&self, _: PersonId) -> Result<Vec<SeriesLine>, StoreError> {
        none()
    }
    async fn role_in(&self, _: SeriesId, _: PersonId) -> Result<Role, StoreError> {
        none()
    }
    async fn team_on(&self, _: BoardId) -> Result<Team, StoreError> {
        none()
    }
    async fn workshops_of(&self, _: SeriesId) -> Result<Vec<Workshop>, StoreError> {
        none()
    }
    async fn workshop(&self, _: SeriesId, _: WorkshopId) -> Result<Workshop, StoreError> {
        none()
    }
    async fn called(&self, _: BoardId) -> Result<Vec<(WorkshopId, Seq)>, StoreError> {
        Ok(vec![])
    }
    async fn drafts_of(&self, _: BoardId, _: RoundId, _: u32) -> Result<Vec<(PersonId, Seq)>, StoreError> {
        Ok(vec![])
    }
}

#[async_trait]
impl Snapshots for SimStore {
    async fn snapshots_of(&self, _: BoardId) -> Result<Vec<Snapshot>, StoreError> {
        none()
    }
    async fn snapshot(&self, _: BoardId, _: SnapshotId) -> Result<Snapshot, StoreError> {
        none()
    }
    async fn snapshot_state(&self, _: BoardId, _: SnapshotId) -> Result<Checkpoint, StoreError> {
        none()
    }
}

#[async_trait]
impl People for SimStore {
    async fn roster(&self, _: SeriesId) -> Result<Roster, StoreError> {
        none()
    }
    async fn profile(&self, _: SeriesId, _: PersonId) -> Result<Profile, StoreError> {
        none()
    }
    async fn around(&self, _: BoardId) -> Result<Around, StoreError> {
        Ok(Around::default())
    }
    async fn moved(&self, _: BoardId, _: PersonId) -> Result<BoardId, StoreError> {
        none()
    }
    async fn has_redeemed(&self, _: InviteId, _: PersonId) -> Result<bool, StoreError> {
        Ok(false)
    }
}

#[async_trait]
impl Ballots for SimStore {
    async fn ballots(&self, _: BoardId, _: VoteId) -> Result<Counted, StoreError> {
        none()
    }
    async fn ballot(&self, _: BoardId, _: VoteId, _: PersonId) -> Result<Ballot, StoreError> {
        none()
    }
    async fn entered(&self, _: BoardId, _: VoteId, _: PersonId) -> Result<Vec<(BallotId, Ballot)>, StoreError> {
        none()
    }
    async fn answers(&self, _: WorkshopId, _: Survey) -> Result<(SurveyState, Vec<Answer>), StoreError> {
        none()
    }
    async fn has_answered(&self, _: WorkshopId, _: Survey, _: PersonId) -> Result<bool, StoreError> {
        none()
    }
}
