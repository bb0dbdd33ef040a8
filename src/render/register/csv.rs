//! The register for a spreadsheet, by RFC 4180.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::review::{Entry, Register};

const HEADER: [&str; 14] = [
    "address",
    "council",
    "title",
    "status",
    "last_event",
    "last_event_date",
    "due",
    "due_as_printed",
    "assumed",
    "state",
    "days_overdue",
    "planned",
    "waiting",
    "link",
];

/// What a spreadsheet takes for the beginning of a formula, in the widths it may be typed in.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|'];

/// The register: a line of names, then a line for each document, the most overdue first.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
#[expect(clippy::expect_used, reason = "every record has as many cells as the first, and is written to memory")]
pub fn csv(register: &Register<'_>) -> String {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Necessary).terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADER).expect("a record");
    for entry in &register.entries {
        writer.write_record(record(entry).map(harmless)).expect("a record");
    }
    let bytes = writer.into_inner().expect("all is written");
    String::from_utf8(bytes).expect("cells are text")
}

fn record(entry: &Entry<'_>) -> [String; 14] {
    let protocol = &entry.edition.protocol;
    let last = protocol.last_event();
    let waiting: Vec<String> = entry.waiting.iter().map(|edition| edition.named()).collect();
    let printed = protocol.review.as_ref().and_then(|review| review.as_printed.clone());
    [
        entry.address(),
        entry.edition.council_name().unwrap_or_default().to_owned(),
        protocol.title.clone(),
        protocol.status.word().to_lowercase(),
        last.map(|event| event.kind.word().to_lowercase()).unwrap_or_default(),
        last.map(|event| event.date.to_string()).unwrap_or_default(),
        entry.due.map(|due| due.last_day().to_string()).unwrap_or_default(),
        printed.unwrap_or_default(),
        if entry.due.is_some_and(|due| due.is_assumed()) { "yes" } else { "no" }.to_owned(),
        entry.state.name().to_owned(),
        entry.due.map(|_| entry.days_overdue().to_string()).unwrap_or_default(),
        entry.planned().map(|planned| planned.to_string()).unwrap_or_default(),
        waiting.join(" "),
        entry.link().unwrap_or_default(),
    ]
}

fn harmless(cell: String) -> String {
    if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell }
}
