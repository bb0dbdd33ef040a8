//! Any bytes as plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("text");
    engross_fuzz::begin("text");
}, |input: &[u8]| engross_fuzz::take("text", input));
