//! What rooms are told and asked about people: that roles are others, that somebody is out, who is here. Knows no sockets.

use std::collections::HashSet;

use super::{
    ask::Ask,
    handle::{Closed, Room},
    registry::Rooms,
};
use crate::{
    ids::{BoardId, PersonId},
    wire::CloseCode,
};

impl Rooms {
    /// Closes a person's seats on a board and at what they write in private there; nothing of theirs that is not yet in a journal enters
    /// any more. A draft that is only being opened looks for itself whether they may still come in.
    pub async fn put_out(&self, board: BoardId, person: PersonId, code: CloseCode) {
        let mut rooms = self.inner.drafts_by(board, person);
        // Drafts first: what they hear of the board then finds nobody there, whatever code it would close them with.
        rooms.extend(self.if_open_or_opening(board).await);
        for room in rooms {
            // In a room that is closed there is nobody.
            let _ = room.close_seats(person, code).await;
        }
    }
}

impl Room {
    /// Names or roles changed: the room reads them anew, tells everyone, and closes the seats of those whose
    /// membership ended. Returns when that is done.
    ///
    /// # Errors
    /// When the room is closed; then whoever opens it reads the new state.
    pub async fn people_changed(&self) -> Result<(), Closed> {
        self.ask(Ask::People).await
    }

    /// Closes a person's seats (4403); nothing of theirs that is not yet in the journal enters any more.
    ///
    /// # Errors
    /// When the room is closed: there is nobody in it.
    pub async fn expel(&self, person: PersonId) -> Result<(), Closed> {
        self.close_seats(person, CloseCode::Forbidden).await
    }

    async fn close_seats(&self, person: PersonId, code: CloseCode) -> Result<(), Closed> {
        self.ask(|reply| Ask::Expel { person, code, reply }).await
    }

    /// The people who are here.
    ///
    /// # Errors
    /// As [`Room::expel`].
    pub async fn here(&self) -> Result<HashSet<PersonId>, Closed> {
        self.ask(Ask::Here).await
    }
}
