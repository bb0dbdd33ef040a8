//! Tables for a spreadsheet, by RFC 4180.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// What a spreadsheet takes for the beginning of a formula, in the widths it may be typed in.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|'];

/// By this first letter Excel knows that a file is UTF-8; without it, it takes the letters of the country it is set to, and a “£” becomes
/// two others. LibreOffice and whatever reads UTF-8 with a mark (Python's `utf-8-sig`) leave it out.
const MARK: &str = "\u{feff}";

/// A line for each record, all of which have as many cells as the first.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
#[expect(clippy::expect_used, reason = "every record has as many cells as the first, and is written to memory")]
pub(super) fn table(records: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    for record in records {
        writer.write_record(record.into_iter().map(harmless)).expect("a record");
    }
    let bytes = writer.into_inner().expect("all is written");
    String::from_utf8(bytes).expect("cells are text")
}

fn harmless(cell: String) -> String {
    if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell }
}
