//! Routes, sockets, embedded web assets, metrics: the only place with axum. Knows no SQL.

pub mod accept;
pub mod allowance;
pub mod answers;
mod app;
pub mod assets;
pub mod auth;
pub mod boards;
pub mod body;
pub mod collab;
pub mod commands;
pub mod context;
pub mod exports;
pub mod guard;
pub mod headers;
pub mod imports;
pub mod invites;
pub mod join;
pub mod live;
pub mod making;
pub mod me;
pub mod organisations;
pub mod probes;
pub mod problem;
pub mod qr;
pub mod rate;
pub mod router;
pub mod series;
pub mod series_demo;
pub mod series_invites;
pub mod sessions;
pub mod snapshots;
mod socket;
pub mod sync;
pub mod teams;

pub use app::App;
