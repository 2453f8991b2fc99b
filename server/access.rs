//! Who is asking, which role they have on a board, and what the role may do. Knows no rooms and no HTTP.

pub mod table;
