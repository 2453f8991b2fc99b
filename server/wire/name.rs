//! The name of a document: `board.<id>.<epoch>`. Knows not whether it exists.

use crate::ids::{BoardId, Epoch};

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
    }
}
