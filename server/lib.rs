//! Jalostamo: a real-time collaborative workshop board. Assembly only; see the README's code map.

pub mod access;
pub mod board;
pub mod clock;
pub mod error;
pub mod facilitation;
pub mod gate;
pub mod ids;
pub mod limits;
pub mod rights;
pub mod role;
pub mod store;
