//! The integration tests: one module a promise, one binary for all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

/// The program's: memory that is measured here is measured as it runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod board_demo;
mod board_import;
mod board_read;
mod board_schema;
mod export_absurd;
mod export_csv;
mod export_files;
mod export_golden;
mod export_json;
mod export_markdown;
mod export_svg;
mod faults;
mod gate_batch;
mod gate_differential;
mod gate_hostile;
mod gate_limits;
mod gate_peer;
mod gate_rules;
mod gate_text_order;
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
mod journal_limits;
mod journal_million;
mod journal_prune;
mod journal_purge;
mod journal_restore;
mod journal_rooms;
mod kill;
mod kill_history;
mod kill_load;
mod room_converge;
mod room_life;
mod room_limits;
mod room_load;
mod room_presence;
mod room_rights;
mod room_sessions;
mod room_stalled;
mod room_title;
mod series_demo;
mod series_invites;
mod series_isolation;
mod series_limits;
mod series_roles;
mod series_setup;
mod snapshot_compare;
mod snapshot_room;
mod snapshots;
mod stock_clients;
mod store_backup;
mod store_contract;
mod store_crash;
mod store_faults;
mod store_records;
mod store_series;
mod store_snapshots;
mod support;
mod tidy;
mod traces;
