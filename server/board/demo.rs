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
