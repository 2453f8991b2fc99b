//! Jalostamo: a real-time collaborative workshop board. Assembly only; see the README's code map.

pub mod access;
pub mod board;
pub mod clock;
pub mod config;
pub mod crash_point;
pub mod error;
pub mod export;
pub mod facilitation;
pub mod gate;
pub mod http;
pub mod ids;
pub mod limits;
pub mod metrics;
pub mod programme;
pub mod rights;
pub mod role;
pub mod room;
pub mod serve;
pub mod store;
pub mod text;
pub mod wire;

pub use serve::{Running, StartError, serve};
