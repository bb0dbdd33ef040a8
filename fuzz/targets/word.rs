//! A Word file: of any bytes, of XML, or of paragraphs, lists and tables as the input has it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    engross_fuzz::seeds::write("word");
    engross_fuzz::begin("word");
}, |input: &[u8]| engross_fuzz::take("word", input));
