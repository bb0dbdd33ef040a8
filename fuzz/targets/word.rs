//! A Word file: of any bytes, of XML, or of paragraphs, lists and tables as the input has it.

#![no_main]

use engross_fuzz::{check, seeds, word};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: seeds::write("word"), |input: &[u8]| check(&word::file(input), "fuzz.docx"));
