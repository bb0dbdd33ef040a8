//! Any text as a source, a `council.toml` or an `engross.toml`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("source");
    engross_fuzz::begin("source");
}, |input: &[u8]| engross_fuzz::take("source", input));
