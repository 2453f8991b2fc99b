//! The integration tests: one module a promise, one binary for all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod gate_batch;
mod gate_differential;
mod gate_hostile;
mod gate_limits;
mod gate_peer;
mod gate_rules;
mod gate_undo;
mod store_backup;
mod store_contract;
mod store_crash;
mod store_faults;
mod store_records;
mod tidy;
