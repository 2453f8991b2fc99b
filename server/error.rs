//! What can go wrong, as the layers tell each other. Knows nothing of HTTP status codes or languages.

use crate::ids::{PartId, Seq};

/// Why the store did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Somebody else appended first: the stream stands at `found`.
    #[error("the stream stands at {found}, not at {expected}")]
    Conflict { expected: Seq, found: Seq },
    /// What is on disk is not what was written: it is reported and never served.
    #[error("stored data is damaged: {0}")]
    Corrupt(String),
    /// The disk is full; nothing was written. Reading goes on; writing resumes by itself once there is room.
    #[error("the disk is full")]
    Full,
    /// Writing or syncing failed; this process writes no more until it is restarted. Reading goes on.
    #[error("the store cannot write: {0}")]
    Failing(String),
    /// No such stream or record.
    #[error("not found")]
    NotFound,
    /// The entries up to this number have been deleted: they were older than what is kept.
    #[error("entries up to {0} are kept no longer")]
    Pruned(Seq),
    /// A record with that key is there already.
    #[error("already there")]
    Exists,
    /// Something else refers to the record that was to go.
    #[error("something refers to it")]
    Referenced,
    /// There are as many records of this kind as `limits.rs` allows.
    #[error("there can be no more of these")]
    TooMany,
    /// The series would be without an owner for good, or its lead would not run it any more.
    #[error("the series needs this person")]
    Needed,
    /// Another server holds the data folder.
    #[error("another server uses this data folder")]
    InUse,
    /// The data folder, or a place for a backup, cannot be made or written; says which and why.
    #[error("cannot write to {0}")]
    ReadOnly(String),
    /// Anything else the database said.
    #[error("store: {0}")]
    Other(String),
}

/// Why an edit may not enter, in a form the browser can put in the user's language.
///
/// `code` is a stable word (`refused.<code>` in `web/src/i18n`); `object` is the object it is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    pub code: RefusalCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The part of the script that does not allow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartId>,
    /// The field or limit, for people who read logs; never user text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Refusal {
    #[must_use]
    pub fn new(code: RefusalCode) -> Self {
        Self { code, object: None, part: None, detail: None }
    }

    #[must_use]
    pub fn on(mut self, object: impl Into<String>) -> Self {
        self.object = Some(object.into());
        self
    }

    #[must_use]
    pub fn by_part(mut self, part: PartId) -> Self {
        self.part = Some(part);
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// The reasons for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RefusalCode {
    /// The bytes are not a lib0-v1 update.
    Malformed,
    /// An update of a kind the server never takes: skip, subdocument, formatting, embed, XML, weak link, move.
    Unsupported,
    /// A root, kind, field or key that the schema does not have, or a value of another type than the field's.
    Schema,
    /// A cap of `limits.rs`; `detail` names it.
    Limit,
    /// The role may not do this at all (an observer edits).
    Role,
    /// The object is another person's and the role may only change its own.
    NotYours,
    /// A facilitator has locked the object.
    Locked,
    /// The whole board is paused or read-only.
    ReadOnly,
    /// The running part of the script does not allow it: facilitators and owners can change the part or end it.
    Part,
    /// `author` is not the sender, is missing, or is written a second time.
    Author,
    /// A live object's key was replaced.
    Replaced,
    /// Blocks of a client id that belongs to another person.
    Client,
    /// The update made the CRDT fail; it is kept aside for its developers.
    Quarantined,
}
