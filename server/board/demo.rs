//! The demo boards: what the six teams of the Jalostamo of 2020 could have left behind; the first of them, on client
//! fees and social assistance, is the demo of a single board. Knows no CRDT and no stores.

use super::import::{File, ImportError, read};

/// The file of the single demo board as it is built into the program.
pub const JSON: &[u8] = include_bytes!("demo/asiakasmaksut.json");

/// The single demo's content with new ids.
///
/// # Errors
/// None, for the file that is built in: a test reads it. The type says so rather than a panic.
pub fn file() -> Result<File, ImportError> {
    read(JSON)
}

/// The boards of the demo series by the names that `programme/demo.json` gives them.
pub const NAMED: &[(&str, &[u8])] = &[
    ("asiakasmaksut", JSON),
    ("ymparisto", include_bytes!("demo/ymparisto.json")),
    ("yritys", include_bytes!("demo/yritys.json")),
    ("laheinen", include_bytes!("demo/laheinen.json")),
    ("tilat", include_bytes!("demo/tilat.json")),
    ("nuoret", include_bytes!("demo/nuoret.json")),
];

/// A board of the demo series, to be read by [`read`]; `None` when none has this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static [u8]> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, json)| *json)
}
