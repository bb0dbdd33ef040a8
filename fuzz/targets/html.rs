//! Any bytes as a web page.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("html");
    engross_fuzz::begin("html");
}, |input: &[u8]| engross_fuzz::take("html", input));
