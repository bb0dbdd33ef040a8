//! Any text as the words of a clause.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("clause");
    engross_fuzz::begin("clause");
}, |input: &[u8]| engross_fuzz::take("clause", input));
