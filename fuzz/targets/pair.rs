//! Two documents of any lines, compared.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("pair");
    engross_fuzz::begin("pair");
}, |input: &[u8]| engross_fuzz::take("pair", input));
