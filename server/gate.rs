//! The gate: decides on decoded bytes whether an update may enter a board. Knows no yrs, no tokio, no I/O.

use std::collections::HashMap;

use bytes::Bytes;

use crate::{error::Refusal, ids::PersonId, rights::Rights};

/// What the store remembers beside the document and the gate needs to judge.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub clients: HashMap<u64, PersonId>,
    pub authors: HashMap<String, PersonId>,
}

/// The gate's answer to one update.
#[derive(Debug)]
pub enum Verdict {
    /// It may enter, once it is durable.
    Accept(Accepted),
    /// It changes nothing: everything in it is known already.
    Nothing,
    /// Something before it is missing: park it, ask for what is missing, judge again.
    Wait,
    Refuse(Refusal),
}

/// An update that may enter, and what the store must remember with it.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The bytes as they came: every one of them was walked.
    pub update: Bytes,
    /// Client ids that this update binds to its sender.
    pub clients: Vec<(u64, PersonId)>,
    /// Objects it makes for the first time.
    pub created: Vec<(String, PersonId)>,
}
