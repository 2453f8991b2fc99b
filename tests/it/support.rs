//! What several tests need. Knows no promise.

pub(crate) mod collab;
pub(crate) mod faulty;
