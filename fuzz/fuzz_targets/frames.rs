//! Bytes that a fuzzer makes up, for the target `frames`. Knows not what it promises: see `tests/it/fuzz_targets`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| jalostamo_fuzz::run("frames", data));
