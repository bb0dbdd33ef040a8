//! A register and a matrix of any words, as spreadsheets and as a calendar.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("exports");
    engross_fuzz::begin("exports");
}, |input: &[u8]| engross_fuzz::take("exports", input));
