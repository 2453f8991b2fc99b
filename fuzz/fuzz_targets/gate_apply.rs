//! Bytes that a fuzzer makes up, for the target `gate_apply`. Knows not what it promises: see `tests/it/fuzz_targets`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| jalostamo_fuzz::run("gate_apply", data));
