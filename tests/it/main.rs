//! The integration tests: one module a promise, one binary for all.

mod board_schema;
mod http_join;
mod store_contract;
mod store_records;
mod support;
