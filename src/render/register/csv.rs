//! The register for a spreadsheet, by RFC 4180.

use crate::review::{Entry, Register};

use super::super::spreadsheet;

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

/// The register: a line of names, then a line for each document, the most overdue first.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
pub fn csv(register: &Register<'_>) -> String {
    let header = HEADER.map(str::to_owned).to_vec();
    spreadsheet::table(std::iter::once(header).chain(register.entries.iter().map(|entry| record(entry).to_vec())))
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
