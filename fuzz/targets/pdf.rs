//! A PDF file of any bytes, or one whose pages draw what they say.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("pdf");
    engross_fuzz::begin("pdf");
}, |input: &[u8]| engross_fuzz::take("pdf", input));
