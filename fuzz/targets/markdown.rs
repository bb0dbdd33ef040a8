//! Any bytes as Markdown.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("markdown");
    engross_fuzz::begin("markdown");
}, |input: &[u8]| engross_fuzz::take("markdown", input));
