//! What is on a board: its schema, the plain value read from a document, server-side edits, the demo.
//! Knows no tokio and no I/O.

pub mod check;
pub mod compare;
pub mod counters;
pub mod demo;
pub mod edit;
pub mod gather;
pub mod import;
pub mod place;
pub mod purge;
pub mod read;
pub mod reveal;
pub mod schema;
pub mod scope;
pub mod value;

pub use import::{File, ImportCode, ImportError};
pub use value::{Board, Comment, Item, ItemKind, Link, LinkKind, Oddity};
