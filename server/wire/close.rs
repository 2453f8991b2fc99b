//! The close codes by name, each with the sentence that travels in the close frame. Knows no sockets.

/// Why the server closes a socket, or a document on it. `docs/protocol.md` section 5 says what a browser does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// Malformed frames.
    Policy,
    TooBig,
    /// The server failed.
    Failed,
    /// Orderly shutdown, or a room that reloads.
    Restart,
    /// Too many connections.
    Busy,
    /// Took no byte for too long, or fell silent.
    Stalled,
    NotSignedIn,
    Forbidden,
    /// No such board, or none that the caller may see: the two look alike.
    Unknown,
    /// The person is on another team's board now.
    Moved,
    /// The document's epoch is over.
    Retired,
    /// What is kept of the board is damaged: nothing of it is served.
    Damaged,
}

impl CloseCode {
    pub const ALL: [CloseCode; 12] = [
        CloseCode::Policy,
        CloseCode::TooBig,
        CloseCode::Failed,
        CloseCode::Restart,
        CloseCode::Busy,
        CloseCode::Stalled,
        CloseCode::NotSignedIn,
        CloseCode::Forbidden,
        CloseCode::Unknown,
        CloseCode::Moved,
        CloseCode::Retired,
        CloseCode::Damaged,
    ];

    /// The number in the close frame. 4400 to 4499 tell y-websocket never to come back.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            CloseCode::Policy => 1008,
            CloseCode::TooBig => 1009,
            CloseCode::Failed => 1011,
            CloseCode::Restart => 1012,
            CloseCode::Busy => 1013,
            CloseCode::Stalled => 4008,
            CloseCode::NotSignedIn => 4401,
            CloseCode::Forbidden => 4403,
            CloseCode::Unknown => 4404,
            CloseCode::Moved => 4409,
            CloseCode::Retired => 4410,
            CloseCode::Damaged => 4422,
        }
    }

    /// Whether the other documents of a socket go on.
    #[must_use]
    pub const fn is_about_one_document(self) -> bool {
        matches!(
            self,
            CloseCode::Forbidden | CloseCode::Unknown | CloseCode::Moved | CloseCode::Retired | CloseCode::Damaged
        )
    }

    /// The sentence in the close frame, for whoever reads logs; browsers show their own by the number.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            CloseCode::Policy => "The server could not read a frame.",
            CloseCode::TooBig => "A message was larger than the server takes.",
            CloseCode::Failed => "The server failed; connect again.",
            CloseCode::Restart => "The board restarts; connect again.",
            CloseCode::Busy => "Too many connections; connect again later.",
            CloseCode::Stalled => "Nothing moved on this connection for too long; connect again.",
            CloseCode::NotSignedIn => "Sign in first.",
            CloseCode::Forbidden => "You have no right on this board.",
            CloseCode::Unknown => "There is no such board.",
            CloseCode::Moved => "You were moved to another team: its board is yours now.",
            CloseCode::Retired => "This document was replaced; load the board anew.",
            CloseCode::Damaged => "What the server keeps of this board is damaged.",
        }
    }

    /// The word for one document on `/collab`: the reason of Auth denied and of Close.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            CloseCode::Policy => "policy",
            CloseCode::TooBig => "tooBig",
            CloseCode::Failed => "error",
            CloseCode::Restart => "restart",
            CloseCode::Busy => "busy",
            CloseCode::Stalled => "stalled",
            CloseCode::NotSignedIn => "unauthorized",
            CloseCode::Forbidden => "forbidden",
            CloseCode::Unknown => "unknown",
            CloseCode::Moved => "moved",
            CloseCode::Retired => "retired",
            CloseCode::Damaged => "damaged",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_every_sentence_fits_a_close_frame() {
        let mut codes: Vec<u16> = CloseCode::ALL.iter().map(|close| close.code()).collect();
        codes.dedup();
        assert_eq!(codes.len(), CloseCode::ALL.len());
        assert!(CloseCode::ALL.iter().all(|close| close.sentence().len() <= 123));
    }

    #[test]
    fn only_what_no_return_can_mend_keeps_stock_clients_away() {
        let final_ones = CloseCode::ALL.into_iter().filter(|close| (4400..4500).contains(&close.code()));
        let expected = [
            CloseCode::NotSignedIn,
            CloseCode::Forbidden,
            CloseCode::Unknown,
            CloseCode::Moved,
            CloseCode::Retired,
            CloseCode::Damaged,
        ];
        assert_eq!(final_ones.collect::<Vec<_>>(), expected);
    }
}
