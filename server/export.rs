//! One file per export format: a board in, bytes out. Knows no I/O and no rooms.

mod context;
pub mod csv;
pub mod json;
pub mod progress;
pub mod svg;
pub mod words;
