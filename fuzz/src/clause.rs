//! Any text as the words of a clause: refused with a reason, or written and read again unchanged.

use engross::model::{Protocol, Text};
use engross::read::markdown::{parse, write};

/// Reads a text, writes it and reads that.
pub fn check(input: &[u8]) {
    let typed = String::from_utf8_lossy(input);
    let text = match parse(&typed) {
        Ok(text) => text,
        Err(faults) => {
            assert!(!faults.is_empty(), "it was refused without a word");
            for fault in faults {
                assert!(!fault.message.is_empty(), "{fault:?}");
                assert!(typed.contains(&fault.words), "words that are not there: {fault:?}");
            }
            return;
        }
    };
    let written = write(&text);
    match parse(&written) {
        Ok(again) => assert_eq!(again, text, "written as {written:?}"),
        Err(faults) => panic!("{faults:?}\nwritten as {written:?}"),
    }
    let control = |c: char| c.is_control() && c != '\n';
    assert!(!text.plain().contains(control), "{text:?}");
}

/// The words of all clauses of a document, as they are written.
pub fn written(protocol: &Protocol) -> Vec<String> {
    let texts = protocol.sections.iter().flat_map(|section| &section.clauses).map(|clause| &clause.text);
    texts.filter(|text| !Text::is_empty(text)).map(write).collect()
}
