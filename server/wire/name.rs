//! The name of a document: `board.<id>.<epoch>`, `draft.<board>.<round>.<number>`. Knows not whether it exists.

use crate::ids::{BoardId, Epoch, RoundId};

/// The longest name that a frame may carry, session suffix included.
pub const NAME_BYTES: usize = 160;

/// A document name that can be one of this server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentName {
    pub board: BoardId,
    /// `None` in a bare `board.<id>`: the current epoch.
    pub epoch: Option<Epoch>,
}

impl DocumentName {
    /// Reads a name. A stock provider with session awareness appends `\0` and a session, which is no part of it.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let name = raw.split('\0').next()?;
        let rest = name.strip_prefix("board.")?;
        let (board, epoch) = match rest.split_once('.') {
            None => (rest, None),
            Some((board, epoch)) => {
                let number: Epoch = epoch.parse().ok()?;
                // One epoch has one text: "01" and "+1" are not names.
                if number.to_string() != epoch {
                    return None;
                }
                (board, Some(number))
            }
        };
        Some(Self { board: board.parse().ok()?, epoch })
    }
}

/// The name of what the caller writes in private in a round: `draft.<board>.<round>.<number>`. Always the caller's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftName {
    pub board: BoardId,
    pub round: RoundId,
    pub number: u32,
}

impl DraftName {
    /// Reads a name as [`DocumentName::parse`] does.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let mut parts = raw.split('\0').next()?.strip_prefix("draft.")?.split('.');
        let (board, round, written) = (parts.next()?, parts.next()?, parts.next()?);
        let number: u32 = written.parse().ok()?;
        let one_text = parts.next().is_none() && number.to_string() == written;
        Some(Self { board: board.parse().ok()?, round: round.parse().ok()?, number }).filter(|_| one_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_and_without_epoch_and_session() {
        let board = BoardId::new();
        assert_eq!(DocumentName::parse(&format!("board.{board}")), Some(DocumentName { board, epoch: None }));
        let named = Some(DocumentName { board, epoch: Some(3) });
        assert_eq!(DocumentName::parse(&format!("board.{board}.3")), named);
        assert_eq!(DocumentName::parse(&format!("board.{board}.3\0abc")), named);
        for odd in ["", "board.", "board.b_1", "x", "\0"] {
            assert_eq!(DocumentName::parse(odd), None);
        }
        for epoch in ["03", "+3", "", "-1", "4294967296"] {
            assert_eq!(DocumentName::parse(&format!("board.{board}.{epoch}")), None);
        }
        let round = RoundId::new();
        let draft = format!("draft.{board}.{round}");
        assert_eq!(DraftName::parse(&format!("{draft}.2\0abc")), Some(DraftName { board, round, number: 2 }));
        for odd in ["", ".", ".02", ".x", ".2.", ".2.3"] {
            assert_eq!(DraftName::parse(&format!("{draft}{odd}")), None);
        }
        assert_eq!(DocumentName::parse(&format!("{draft}.2")), None);
    }
}
