//! The integration tests: one module a promise, one binary for all.

mod board_demo;
mod board_schema;
mod export_svg;
mod gate_differential;
mod gate_peer;
mod gate_rules;
mod http_join;
mod room_converge;
mod room_presence;
mod room_rights;
mod stock_clients;
mod store_backup;
mod store_contract;
mod store_crash;
mod store_faults;
mod store_records;
mod support;
mod tidy;
