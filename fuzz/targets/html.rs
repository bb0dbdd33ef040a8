//! Any bytes as a web page.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: engross_fuzz::seeds::write("html"), |input: &[u8]| {
    engross_fuzz::check(input, "fuzz.html");
});
