//! The integration tests: one module a promise, one binary for all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod board_demo;
mod board_import;
mod board_read;
mod board_schema;
mod export_json;
mod export_svg;
mod gate_batch;
mod gate_differential;
mod gate_hostile;
mod gate_limits;
mod gate_peer;
mod gate_rules;
mod gate_undo;
mod http_boards;
mod http_headers;
mod http_join;
mod http_limits;
mod http_live;
mod http_openapi;
mod http_origin;
mod http_process;
mod http_roles;
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
