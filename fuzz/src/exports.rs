//! A register and a matrix of any words, as spreadsheets and as a calendar, read by the libraries for those.
//!
//! An input is lines: the day, the council's name, its website, where the documents are published; then seven for each document, as
//! [`paper`] takes them. What a reader of sources would refuse is left out.

use engross::compare::Relation;
use engross::document::{MatrixCell, MatrixColumn, MatrixMember, MatrixRow, MatrixTable, MatrixTopic, shortened};
use engross::matrix::Standing;
use engross::model::{
    Address, Council, DocumentEntry, Edition, Event, EventKind, PartialDate, Protocol, Review, Settings, Status,
};
use engross::read::{self, write_council, write_protocol};
use engross::render::{matrix, register};
use engross::review::{Entry, Register, State};
use engross::source::Source;
use icalendar::parser::{Component, read_calendar, unfold};
use jiff::civil::Date;

const MOST_DOCUMENTS: usize = 5;

/// The longest line of a calendar, in octets (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// The most of a title that a calendar shows.
const LONGEST_SUMMARY: usize = 200;

/// Writes what an input stands for, and reads it.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let lines: Vec<&str> = text.lines().collect();
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    let as_of = line(0).parse::<Date>().ok().filter(|day| day.year() > 0).unwrap_or(Date::constant(2026, 11, 22));
    let council = council(line(1), line(2));
    let settings = Source::new("engross.toml", format!("[site]\nurl = '{}'", line(3)));
    let settings = read::settings(&settings).map(|read| read.value).unwrap_or_default();
    let papers = lines.get(4..).unwrap_or_default().chunks(7).take(MOST_DOCUMENTS).enumerate();
    let documents: Vec<DocumentEntry> =
        papers.filter_map(|(nth, lines)| paper(nth, lines, council.as_ref(), &settings)).collect();
    let soon = as_of.saturating_add(jiff::Span::new().days(90));
    let register = Register::new(documents.iter().map(|document| (document, None)), as_of, soon);
    check_register(&register);
    check_calendar(&register);
    check_matrix(&lines);
}

fn council(name: &str, website: &str) -> Option<Council> {
    let read = |council: &Council| read::council(&Source::new("council.toml", write_council(council))).ok();
    let named = Council::named(name);
    let with_website = Council { website: Some(website.to_owned()), ..named.clone() };
    read(&with_website).or_else(|| read(&named)).map(|read| read.value)
}

/// A document of a title, a status, the date of the last event, the line that says so and its minute, the date of the review and
/// the line that says so. Every other one stands in no workspace.
fn paper(nth: usize, lines: &[&str], council: Option<&Council>, settings: &Settings) -> Option<DocumentEntry> {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default().to_owned();
    let date = |at: usize| PartialDate::parse(&line(at)).ok();
    let written = |at: usize| Some(line(at)).filter(|words| !words.is_empty());
    let statuses = [Status::Draft, Status::Proposed, Status::Superseded, Status::Withdrawn];
    let status = statuses.into_iter().find(|status| status.word() == line(1)).unwrap_or(Status::Adopted);
    let event = |date| Event { kind: EventKind::Readopted, date, as_printed: written(3), minute: written(4) };
    let protocol = Protocol {
        status,
        council_as_printed: written(3),
        history: date(2).map(event).into_iter().collect(),
        review: Some(Review { due: date(5), as_printed: written(6), ..Review::default() }),
        ..Protocol::adopted(line(0), Vec::new())
    };
    // By way of a source: nothing else reaches the writers.
    let source = Source::new(format!("={nth}.toml"), write_protocol(&protocol));
    let protocol = read::protocol(&source).ok()?.value;
    let id = format!("document-{nth}");
    let address = Address { council: "test".to_owned(), document: id.clone(), version: "2024".to_owned() };
    let edition = Edition {
        address: nth.is_multiple_of(2).then_some(address),
        council: council.cloned(),
        logo: None,
        settings: settings.clone(),
        protocol,
        source,
    };
    Some(DocumentEntry { id, editions: vec![edition] })
}

/// The cells of a file for a spreadsheet, its head first.
fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a mark that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a record with as many cells as the first"));
    let cells: Vec<Vec<String>> = records.map(|record| record.iter().map(str::to_owned).collect()).collect();
    for cell in cells.iter().flatten() {
        assert!(!is_formula(cell), "a formula: {cell:?}");
    }
    cells
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|'])
}

/// Words as a cell holds them: what would be a formula is marked as text.
fn cell(words: &str) -> String {
    if is_formula(words) { format!("'{words}") } else { words.to_owned() }
}

fn check_register(register: &Register<'_>) {
    let csv = register::csv(register);
    let records = cells(&csv);
    assert_eq!(records.len(), register.entries.len() + 1, "{csv}");
    for (entry, record) in register.entries.iter().zip(&records[1..]) {
        let protocol = &entry.edition.protocol;
        let printed = protocol.review.as_ref().and_then(|review| review.as_printed.as_deref());
        assert_eq!(record[0], cell(&entry.address()));
        assert_eq!(record[1], cell(entry.edition.council_name().unwrap_or_default()));
        assert_eq!(record[2], cell(&protocol.title));
        assert_eq!(record[7], cell(printed.unwrap_or_default()));
        assert_eq!(record[13], cell(&entry.link().unwrap_or_default()));
    }
}

fn check_calendar(register: &Register<'_>) {
    let text = register::calendar(register, &[90, 7]);
    let lines = text.strip_suffix("\r\n").expect("the last line has an end");
    for line in lines.split("\r\n") {
        assert!(!line.is_empty() && line.len() <= LONGEST_LINE && !line.contains(['\r', '\n']), "{line:?}\n{text}");
    }
    let unfolded = unfold(&text);
    let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let entries: Vec<&Entry<'_>> = register.entries.iter().filter(|entry| entry.state != State::NotInForce).collect();
    assert_eq!(calendar.components.len(), entries.len(), "{text}");
    for (entry, component) in entries.into_iter().zip(&calendar.components) {
        check_component(entry, component, &text);
    }
}

fn check_component(entry: &Entry<'_>, component: &Component<'_>, text: &str) {
    let value = |name: &str| component.find_prop(name).map(|property| property.val.to_string());
    let words = |name: &str| value(name).unwrap_or_else(|| panic!("no {name}\n{text}"));
    let council = entry.edition.council_name().map(|name| format!("{name}, ")).unwrap_or_default();
    let title = shortened(&format!("{council}{}", entry.edition.protocol.title), LONGEST_SUMMARY);
    assert!(words("SUMMARY").ends_with(&format!(": {title}")), "{title:?} is not in\n{text}");
    let description = words("DESCRIPTION");
    assert!(description.ends_with(&format!("Version: {}", entry.address())), "{description:?}\n{text}");
    let website = entry.edition.council.as_ref().and_then(|council| council.website.clone());
    assert_eq!(value("URL"), entry.link().or(website), "{text}");
}

/// A matrix whose every word is of the input.
fn check_matrix(lines: &[&str]) {
    let mut words = lines.iter().map(|line| line.replace("\\n", "\n")).cycle();
    if lines.is_empty() {
        return;
    }
    let mut next = || words.next().unwrap_or_default();
    let column = |name: String, caution: String| MatrixColumn {
        council: name.clone(),
        title: name.clone(),
        name,
        address: None,
        status: Status::Adopted,
        caution: Some(caution).filter(|words| !words.is_empty()),
        provisions: 1,
        lacks: Vec::new(),
        only: Vec::new(),
        stronger: Vec::new(),
        weaker: Vec::new(),
    };
    let cell_of = |number: String, text: String, standing| MatrixCell {
        relation: Relation::Same,
        standing,
        members: vec![MatrixMember {
            id: number.clone(),
            number,
            clause: 0,
            is_base: false,
            also: false,
            relation: Relation::Partial,
            standing,
            lead_in: None,
            text,
            words: Vec::new(),
            evidence: Vec::new(),
            because: None,
        }],
    };
    let row = MatrixRow {
        id: 1,
        name: next(),
        lead_in: Some(next()),
        base: 0,
        held_by: 2,
        cells: vec![Some(cell_of(next(), next(), Standing::Stronger)), None],
    };
    let table = MatrixTable {
        title: next(),
        columns: vec![column(next(), next()), column(next(), String::new())],
        model: None,
        topics: vec![MatrixTopic { heading: Some(next()), rows: vec![row] }],
    };
    let row = &table.topics[0].rows[0];
    let text = &row.cells[0].as_ref().expect("a cell").members[0].text;
    let records = cells(&matrix::csv(&table));
    assert_eq!(records.len(), 2);
    assert_eq!(records[1][1], cell(table.topics[0].heading.as_deref().unwrap_or_default()));
    assert_eq!(records[1][2], cell(row.lead_in.as_deref().unwrap_or_default()));
    assert_eq!(records[1][3], cell(&row.name));
    assert_eq!(records[1][6], cell(text));
    assert_eq!(records[0][7], cell(&table.columns[1].name));
}
