//! Who is asking, which role they have on a board, and what the role may do. Knows no rooms and no HTTP.

pub mod invite;
pub mod join;
pub mod name;
pub mod people;
pub mod secret;
pub mod session;
pub mod table;
