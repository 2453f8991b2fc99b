//! The integration tests: one module a promise, one binary for all.

mod board_demo;
mod board_schema;
mod export_svg;
