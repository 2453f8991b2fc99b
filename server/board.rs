//! What is on a board: its schema, the plain value read from a document, server-side edits, the demo.
//! Knows no tokio and no I/O.

pub mod schema;
