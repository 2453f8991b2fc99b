//! The integration tests: one module a promise, one binary for all.

mod board_demo;
mod board_import;
mod board_read;
mod board_schema;
mod export_json;
mod export_svg;
mod store_backup;
mod store_contract;
mod store_crash;
mod store_faults;
mod store_records;
mod tidy;
