//! The integration tests: one module a promise, one binary for all.

mod board_demo;
mod board_schema;
mod export_svg;
mod gate_differential;
mod gate_peer;
mod gate_rules;
mod http_boards;
mod http_headers;
mod http_join;
mod http_limits;
mod http_openapi;
mod http_origin;
mod http_process;
mod http_roles;
mod room_converge;
mod store_backup;
mod store_contract;
mod store_crash;
mod store_faults;
mod store_records;
mod support;
mod tidy;
