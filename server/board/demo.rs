//! The demo board: what one team of the Jalostamo of 2020 could have left after its second workshop, on client
//! fees and social assistance. Knows no CRDT and no stores.

use super::import::{File, ImportError, read};

/// The file as it is built into the program.
pub const JSON: &[u8] = include_bytes!("demo.json");

/// The demo's content with new ids.
///
/// # Errors
/// None, for the file that is built in: a test reads it. The type says so rather than a panic.
pub fn file() -> Result<File, ImportError> {
    read(JSON)
}

/// The boards of the demo series by the names that `programme/demo.json` gives them.
const NAMED: &[(&str, &[u8])] = &[("asiakasmaksut", JSON)];

/// A board of the demo series, to be read by [`read`]; `None` when none has this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static [u8]> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, json)| *json)
}
