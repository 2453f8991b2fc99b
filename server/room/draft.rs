//! The room of what one person writes in private: what it hears of its board, who may write in it, and how it stands still while
//! it is put together with others. Knows no other draft and no sockets.
//!
//! Nothing that happens here changes anything of the board's room but the count that a facilitator asked for.

use tokio::sync::{mpsc, watch};

use super::{
    actor::{Actor, End},
    ask::Ask,
    handle::JoinError,
    registry::Key,
};
use crate::{
    error::StoreError,
    facilitation::State,
    ids::{PersonId, RoundId, Seq},
    rights::Rights,
    role::Role,
    store::{Change, DraftId},
    wire::CloseCode,
};

/// What drafts hear of their board.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) seq: Seq,
    pub(super) state: State,
    /// Grows when somebody's role may be another.
    pub(super) people: u64,
    /// The board's team works no more.
    pub(super) withdrawn: bool,
    /// The drafts of this round stand still.
    pub(super) held: Option<RoundId>,
}

/// Whose draft a room is of.
pub(super) struct Draft {
    pub(super) id: DraftId,
    /// Its stream is there.
    begun: bool,
    facts: watch::Receiver<Facts>,
    people: u64,
    board: mpsc::WeakSender<Ask>,
}

impl Draft {
    pub(super) fn new(id: DraftId, begun: bool, facts: watch::Receiver<Facts>, board: mpsc::WeakSender<Ask>) -> Self {
        let people = facts.borrow().people;
        Self { id, begun, facts, people, board }
    }

    pub(super) fn facilitation(&self) -> (Seq, State) {
        let facts = self.facts.borrow();
        (facts.seq, facts.state.clone())
    }

    /// What comes with its first entry. All of it is one person's: that need not be written down for each object.
    pub(super) fn beginning(&self) -> Option<Change> {
        (!self.begun).then_some(Change::NewDraft(self.id))
    }

    /// Something of it is durable.
    pub(super) fn written(&mut self) {
        if !std::mem::replace(&mut self.begun, true)
            && let Some(board) = self.board.upgrade()
        {
            // A board that has no room for it counts when it next counts.
            let _ = board.try_send(Ask::Drafted);
        }
    }
}

/// Why nobody writes in a draft, or no more.
pub(super) fn over(draft: DraftId, state: &State) -> Option<CloseCode> {
    match state.round(draft.round) {
        None => Some(CloseCode::Unknown),
        Some(round) if round.discarded || round.number() != draft.number => Some(CloseCode::Retired),
        Some(_) => None,
    }
}

/// Whether there is news of the board; never, when the room is a board's.
pub(super) async fn news(draft: &mut Option<Draft>) -> bool {
    match draft {
        Some(draft) => draft.facts.changed().await.is_ok(),
        None => std::future::pending().await,
    }
}

impl Actor {
    pub(super) fn key(&self) -> Key {
        self.draft.as_ref().map_or(Key::Board(self.board), |draft| Key::Draft(draft.id))
    }

    /// The rights by which this person's updates are judged here; see [`super::session::Session::rights`].
    pub(super) fn rights(&self, person: PersonId, role: Role, seen: Seq) -> Vec<Rights> {
        match &self.draft {
            Some(draft) => self.session.draft_rights(person, role, seen, draft.id.round),
            None => self.session.rights(person, role, seen),
        }
    }

    /// Nothing goes to the journal now.
    pub(super) fn is_held(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.facts.borrow().held == Some(draft.id.round))
    }

    /// The board has news, or is gone: then whoever comes back opens it again.
    pub(super) async fn heard(&mut self, is_there: bool) -> Result<(), End> {
        let Some(draft) = &mut self.draft else { return Ok(()) };
        if !is_there {
            self.finish().await?;
            return Err(End::Failed(CloseCode::Restart));
        }
        let Facts { seq, state, people, withdrawn, .. } = draft.facts.borrow_and_update().clone();
        if let Some(code) = over(draft.id, &state) {
            return Err(End::Failed(code));
        }
        let others = std::mem::replace(&mut draft.people, people) != people;
        let person = draft.id.person;
        self.session.replace(seq, state);
        self.session.around.withdrawn = withdrawn;
        if others {
            match self.store.role_on(self.board, person).await {
                Ok(Role::Participant) => {}
                Ok(_) | Err(StoreError::NotFound) => return Err(End::Failed(CloseCode::Forbidden)),
                Err(error) => tracing::warn!(board = %self.board, %error, "a role cannot be read"),
            }
        }
        Ok(())
    }

    /// Whether this person may write here still: the role was looked up a moment ago, and whoever was put out since has none.
    pub(super) async fn still_writes(&mut self, person: PersonId) -> Result<(), JoinError> {
        match self.store.role_on(self.board, person).await {
            Ok(Role::Participant) => Ok(()),
            Ok(_) | Err(StoreError::NotFound) => Err(JoinError::NoDraft(CloseCode::Forbidden)),
            Err(error) => Err(error.into()),
        }
    }

    /// The draft of a round that was closed meanwhile has no place in the journal.
    pub(super) fn is_closed_by(&self, error: &StoreError) -> bool {
        self.draft.is_some() && matches!(error, StoreError::Conflict { .. } | StoreError::NotFound)
    }

    /// Tells drafts what is so now.
    pub(super) fn tell_drafts(&self) {
        let (seq, state) = (self.session.seq(), self.session.state());
        self.facts.send_modify(|facts| (facts.seq, facts.state) = (seq, state));
    }

    /// Tells drafts that roles may be others, and whether the team works.
    pub(super) fn tell_drafts_of_people(&self) {
        let withdrawn = self.session.around.withdrawn;
        self.facts.send_modify(|facts| (facts.people, facts.withdrawn) = (facts.people + 1, withdrawn));
    }

    /// What a checkpoint keeps of the facilitation: drafts have none of their own.
    pub(super) fn facilitation(&self) -> (Seq, State) {
        match self.draft {
            Some(_) => (0, State::default()),
            None => (self.session.seq(), self.session.state()),
        }
    }
}
