//! One live board: an actor that owns the document, presence, facilitation and peers. Knows no axum and no SQL.
//!
//! An edit's way: a [`Seat`] puts it in the inbox; `actor` queues it; `batch` has the gate judge it, hands what may
//! enter to the journal as one entry, and only when that is durable applies it, puts it in every peer's [`Outbox`],
//! and acknowledges it. While one batch is on its way the room goes on receiving.

mod acks;
mod activity;
mod actor;
mod area;
mod aside;
mod ask;
mod ballots;
mod batch;
mod document;
mod draft;
mod glance;
mod handle;
mod join_state;
mod live;
mod load;
mod orders;
mod outbox;
mod palette;
mod peer;
mod peers;
mod people;
mod presence;
mod purge;
mod refused;
mod registry;
mod reveal;
mod sending;
mod session;
mod upkeep;
mod work;

pub use activity::Minute;
pub use ballots::{CastError, Casting, Put};
pub use glance::{Attendee, Glance, Version};
pub use handle::{Closed, CommandError, Join, JoinError, Late, Room, Seat};
pub use outbox::{Outbox, Taken, Wake};
pub use peer::Dialect;
pub use registry::{OpenError, Rooms, SeatError};
