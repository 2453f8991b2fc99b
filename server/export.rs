//! One file per export format: a board in, bytes out. Knows no I/O and no rooms.

pub mod json;
pub mod svg;
pub mod words;
