//! Names of things: newtypes over ULIDs with a type prefix. Knows nothing of what they name.
//!
//! The text form is an XML NCName (`b_01J…`: BPMN export needs ids that begin with a letter), and the
//! only form that leaves the process. A ULID carries 80 random bits, so an id cannot be guessed, but
//! an id is never a secret: rights come from sessions, not from knowing a name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ulid::Ulid;

/// Why a text is not an id: the prefix or the 26 Crockford letters are wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {0}_<ULID>")]
pub struct BadId(pub &'static str);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Ulid);

        impl $name {
            /// The letters before `_`.
            pub const PREFIX: &'static str = $prefix;

            /// A new id: now, and 80 random bits.
            #[must_use]
            pub fn new() -> Self {
                Self(Ulid::generate())
            }

            /// The 16 bytes of the ULID, for the store.
            #[must_use]
            pub fn to_bytes(self) -> [u8; 16] {
                self.0.to_bytes()
            }

            /// From the 16 bytes that [`Self::to_bytes`] gave.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Ulid::from_bytes(bytes))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = BadId($prefix);
                let rest = text.strip_prefix($prefix).and_then(|t| t.strip_prefix('_')).ok_or(bad.clone())?;
                let id = Ulid::from_string(rest).map_err(|_| bad.clone())?;
                // One id has one text: lower case, or a first letter past 7, is not taken.
                if id.to_string() == rest { Ok(Self(id)) } else { Err(bad) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// A board: one team's shared document and its journal.
    BoardId, "b");
id!(
    /// A person, for as long as the browser's session lasts; the only thing about a person that a document holds.
    PersonId, "p");
id!(
    /// An invite: the public name of a link, by which it is listed and revoked (never its secret).
    InviteId, "v");
id!(
    /// An export that was asked for and is fetched later.
    ExportId, "ex");
id!(
    /// A snapshot: a name for what a board was at one moment.
    SnapshotId, "sn");
id!(
    /// A workshop series: what its teams, organisations and boards belong to.
    SeriesId, "ws");
id!(
    /// An organisation as one series knows it.
    OrganisationId, "org");
id!(
    /// A team of a series, with its board and its challenge.
    TeamId, "tm");
id!(
    /// What a team works on.
    ChallengeId, "ch");
id!(
    /// A workshop of a series; its stream holds what concerns all its boards.
    WorkshopId, "wk");
id!(
    /// A part of a workshop's agenda.
    PartId, "pt");
id!(
    /// A vote on one board or on all boards of a workshop.
    VoteId, "vt");
id!(
    /// A ballot that a facilitator enters for somebody.
    BallotId, "bl");

id!(
    /// A round of silent writing: a part, from one of its beginnings on.
    RoundId, "rd");

impl RoundId {
    /// The round that a part begins at a moment, milliseconds since 1970: the same on every board that begins it by one call.
    #[must_use]
    pub fn of(part: PartId, at: i64) -> Self {
        let mut bytes = part.to_bytes();
        let moment = at.max(0).to_be_bytes();
        for (byte, of_moment) in bytes.iter_mut().zip(moment.iter().skip(2)) {
            *byte = *of_moment;
        }
        Self::from_bytes(bytes)
    }
}

/// A new id for an object on a board, of the kind with this prefix.
#[must_use]
pub fn new_object(prefix: &str) -> String {
    format!("{prefix}_{}", Ulid::generate())
}

/// A board's document changes its epoch when it is rewritten (erasure, repair); the first is 1.
pub type Epoch = u32;

/// The number of an entry in a stream: 1, 2, 3… without holes; 0 is "before the first".
pub type Seq = u64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip_and_nothing_else() {
        let id = BoardId::new();
        assert_eq!(id.to_string().parse::<BoardId>().unwrap(), id);
        assert!(id.to_string().to_lowercase().parse::<BoardId>().is_err());
        assert!(PersonId::new().to_string().parse::<BoardId>().is_err());
        assert!("b_".parse::<BoardId>().is_err());
        let (part, other) = (PartId::new(), PartId::new());
        assert_eq!(RoundId::of(part, 7), RoundId::of(part, 7));
        assert_ne!(RoundId::of(part, 7), RoundId::of(part, 8));
        assert_ne!(RoundId::of(part, 7), RoundId::of(other, 7));
        assert!(ChallengeId::new().to_string().parse::<SeriesId>().is_err());
        assert!("b_8ZZZZZZZZZZZZZZZZZZZZZZZZZ".parse::<BoardId>().is_err());
    }
}
