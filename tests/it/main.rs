//! The integration tests: one module a promise, one binary for all.

mod board_schema;
