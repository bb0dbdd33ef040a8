//! Facts change in a file that somebody wrote, and nothing else of it.

#![allow(clippy::disallowed_methods, reason = "tests read the sources from the disk")]

mod support;

use engross::model::{Event, EventKind, Interval, Number, Numbering, PartialDate, Protocol, Review, Status};
use engross::read::{self, AmendError};
use engross::source::Source;
use proptest::prelude::*;

fn source(toml: &str) -> Source {
    Source::new("document.toml", toml)
}

fn protocol(toml: &str) -> Protocol {
    let read = read::protocol(&source(toml));
    read.unwrap_or_else(|faults| panic!("{}\n{toml}", engross::diagnostics::full::render(&faults, false))).value
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).expect("a date")
}

fn event(kind: EventKind, day: &str) -> Event {
    Event { kind, date: date(day), as_printed: None, minute: None }
}

fn readopted() -> Event {
    Event { minute: Some("12/26".to_owned()), ..event(EventKind::Readopted, "2026-05-14") }
}

/// A change of the model, by the name its cases go by.
type Change = fn(&mut Protocol);

/// The text after the change; whether it reads as wanted, [`read::amend`] has to see to itself.
fn amended(toml: &str, change: Change) -> String {
    let mut to = protocol(toml);
    change(&mut to);
    let text = read::amend(&source(toml), &to).unwrap_or_else(|error| panic!("{error}\n{toml}"));
    assert_eq!(protocol(&text), to, "{text}");
    text
}

fn check(cases: &[(&str, Change, &str, &str)]) {
    for (name, change, toml, expected) in cases {
        assert_eq!(amended(toml, *change), *expected, "{name}");
    }
}

fn adopt(protocol: &mut Protocol) {
    protocol.status = Status::Adopted;
    protocol.numbering = Numbering::AsPrinted;
}

fn readopt(protocol: &mut Protocol) {
    protocol.history.push(readopted());
}

fn first_event(protocol: &mut Protocol) {
    protocol.history.insert(0, event(EventKind::Adopted, "1999"));
}

fn second_event(protocol: &mut Protocol) {
    protocol.history.insert(1, event(EventKind::Reviewed, "2021-03"));
}

fn forget_first(protocol: &mut Protocol) {
    protocol.history.remove(0);
}

fn forget_all(protocol: &mut Protocol) {
    protocol.history.clear();
}

fn due(protocol: &mut Protocol) {
    protocol.review.get_or_insert_default().due = Some(date("2031-05"));
}

fn plan(protocol: &mut Protocol) {
    let review = protocol.review.get_or_insert_default();
    review.planned = Some(date("2027-03-01"));
    review.annual_meeting = Some(true);
}

fn every_instead(protocol: &mut Protocol) {
    let every = Some(Interval::Years(2));
    protocol.review = Some(Review { every, ..Review::default() });
}

fn no_review(protocol: &mut Protocol) {
    protocol.review = None;
}

fn bare_review(protocol: &mut Protocol) {
    protocol.review = Some(Review::default());
}

fn number(protocol: &mut Protocol) {
    for (at, section) in protocol.sections.iter_mut().enumerate() {
        section.number.get_or_insert_with(|| Number::new(&format!("{}.", at + 1)));
        for clause in &mut section.clauses {
            clause.number.get_or_insert(None);
        }
    }
}

fn reword_first(protocol: &mut Protocol) {
    protocol.history[0].as_printed = Some("Adopted \"on the day\"".to_owned());
    protocol.history[0].minute = None;
}

const HEAD: &str = "title = \"T\"\nstatus = \"draft\"\n";

#[test]
fn the_status_and_the_numbering_change_on_their_lines() {
    check(&[
        (
            "comments and spacing stay",
            adopt,
            "# head\ntitle='T'\n\t\"status\"   =\t'draft'  # for now\nnumbering = \"automatic\" # of course\n",
            "# head\ntitle='T'\n\t\"status\"   =\t\"adopted\"  # for now\n",
        ),
        (
            "no newline at the end",
            adopt,
            "title = \"T\"\nstatus = \"draft\"\nnumbering = \"automatic\"",
            "title = \"T\"\nstatus = \"adopted\"\n",
        ),
        (
            "a value of several lines",
            adopt,
            "status = \"\"\"\ndraft\"\"\" # x\ntitle = '''\nT'''\n",
            "status = \"adopted\" # x\ntitle = '''\nT'''\n",
        ),
        (
            "set where the format has it",
            |protocol| protocol.numbering = Numbering::Automatic,
            "title = \"T\"\r\nstatus = \"draft\"\r\nfront = [\r\n  \"title\",\r\n] # parts\r\nnotes = [\"n\"]\r\n",
            "title = \"T\"\r\nstatus = \"draft\"\r\nfront = [\r\n  \"title\",\r\n] # parts\r\nnumbering = \"automatic\"\r\nnotes = [\"n\"]\r\n",
        ),
        (
            "written although it is the usual",
            |protocol| protocol.numbering = Numbering::Automatic,
            "title = \"T\"\nstatus = \"draft\"\nnumbering = \"as-printed\" # n\n",
            "title = \"T\"\nstatus = \"draft\"\nnumbering = \"automatic\" # n\n",
        ),
    ]);
}

const NEW: &str = "[[history]]\nevent = \"readopted\"\ndate = 2026-05-14\nminute = \"12/26\"\n";
const ADOPTED: &str = "[[history]] # first\nevent = 'adopted'\ndate = 2020-01-01 # day\n";
const AMENDED: &str = "# the change\n[[history]]\nevent = \"amended\"\ndate = 2022\n";

#[test]
fn a_new_event_goes_among_the_tables() {
    let cases: &[(&str, Change, &[&str], &[&str])] = &[
        (
            "after the last",
            readopt,
            &[HEAD, "\n", ADOPTED, "\n# r\n[review]\n"],
            &[HEAD, "\n", ADOPTED, "\n", NEW, "\n# r\n[review]\n"],
        ),
        (
            "before what stands close",
            readopt,
            &[HEAD, ADOPTED, "# r\n[review]\n"],
            &[HEAD, ADOPTED, "\n", NEW, "\n# r\n[review]\n"],
        ),
        (
            "after a remark on the last",
            readopt,
            &[HEAD, ADOPTED, "# seen\n\n\n[review]\n"],
            &[HEAD, ADOPTED, "# seen\n\n", NEW, "\n\n[review]\n"],
        ),
        (
            "between two",
            second_event,
            &[HEAD, ADOPTED, "\n", AMENDED],
            &[HEAD, ADOPTED, "\n[[history]]\nevent = \"reviewed\"\ndate = \"2021-03\"\n\n", AMENDED],
        ),
        (
            "before the first",
            first_event,
            &[HEAD, "\n", AMENDED],
            &[HEAD, "\n[[history]]\nevent = \"adopted\"\ndate = \"1999\"\n\n", AMENDED],
        ),
        (
            "no history",
            readopt,
            &[HEAD, "\n# about\n\n# r\n[ review ]\n\n[[section]]\n"],
            &[HEAD, "\n# about\n\n", NEW, "\n# r\n[ review ]\n\n[[section]]\n"],
        ),
        (
            "no history, no review",
            readopt,
            &[HEAD, "\n[[control]]\nrows = [[\"a\"]]\n\n[[section]]\n"],
            &[HEAD, "\n", NEW, "\n[[control]]\nrows = [[\"a\"]]\n\n[[section]]\n"],
        ),
        (
            "no history, the review at the end",
            readopt,
            &[HEAD, "\n# s\n[[section]]\n\n[review]\n"],
            &[HEAD, "\n", NEW, "\n# s\n[[section]]\n\n[review]\n"],
        ),
        (
            "no history, keys for the review",
            readopt,
            &[HEAD, "review.due = \"2030\"\n\n[[section]]\n"],
            &[HEAD, "review.due = \"2030\"\n\n", NEW, "\n[[section]]\n"],
        ),
        ("no table at all", readopt, &[HEAD], &[HEAD, "\n", NEW]),
        (
            "history after the sections",
            readopt,
            &[HEAD, "[[section]]\n\n", ADOPTED],
            &[HEAD, "[[section]]\n\n", ADOPTED, "\n", NEW],
        ),
        (
            "what looks like a comment ends a value",
            readopt,
            &[HEAD, "council_as_printed = \"\"\"\n# m\"\"\"\n[[section]]\n"],
            &[HEAD, "council_as_printed = \"\"\"\n# m\"\"\"\n\n", NEW, "\n[[section]]\n"],
        ),
    ];
    for (name, change, toml, expected) in cases {
        assert_eq!(amended(&toml.concat(), *change), expected.concat(), "{name}");
        // The same with long line endings, and without the last.
        let long = |parts: &[&str]| parts.concat().replace('\n', "\r\n");
        assert_eq!(amended(&long(toml), *change), long(expected), "{name}, CRLF");
        let unended = |parts: &[&str]| parts.concat().trim_end().to_owned();
        assert_eq!(amended(&unended(toml), *change), unended(expected), "{name}, no newline at the end");
    }
}

#[test]
fn a_new_line_ends_like_most() {
    let toml = "title = \"T\"\r\nstatus = \"draft\"\n\r\n[[history]]\nevent = \"adopted\"\r\ndate = 2020-01-01\n\r\n# s\r\n[[section]]\n";
    let new = "\r\n[[history]]\r\nevent = \"readopted\"\r\ndate = 2026-05-14\r\nminute = \"12/26\"\r\n";
    let at = toml.find("\r\n# s").expect("there");
    assert_eq!(amended(toml, readopt), format!("{}{new}{}", &toml[..at], &toml[at..]));
}

#[test]
fn events_change_and_go() {
    check(&[
        (
            "some keys of one",
            reword_first,
            "title = \"T\"\nstatus = \"draft\"\n\n[[history]]\n  minute = \"1\" # m\n  # remark\n  event = 'adopted' # e\n  date = 2020 # d\n",
            "title = \"T\"\nstatus = \"draft\"\n\n[[history]]\n  # remark\n  event = 'adopted' # e\n  date = 2020 # d\n  as_printed = 'Adopted \"on the day\"'\n",
        ),
        (
            "a table goes",
            forget_first,
            "title = \"T\"\nstatus = \"draft\"\n\n[[history]] # h\nevent = \"adopted\"\n\ndate = 2020 # d\n\n[review]\n",
            "title = \"T\"\nstatus = \"draft\"\n\n[review]\n",
        ),
        (
            "its remarks stay",
            forget_first,
            "title = \"T\"\nstatus = \"draft\"\n\n# above\n[[history]] # h\n# in\nevent = \"\"\"\n\\\nadopted\"\"\"\ndate = 2020\n# below\n\n[review]\n",
            "title = \"T\"\nstatus = \"draft\"\n\n# above\n# in\n# below\n\n[review]\n",
        ),
        (
            "all tables go",
            forget_all,
            "title = \"T\"\nstatus = \"draft\"\n\n[[history]]\nevent = \"adopted\"\ndate = 2020\n\n[[history]]\nevent = \"amended\"\ndate = 2021",
            "title = \"T\"\nstatus = \"draft\"\n",
        ),
    ]);
}

/// A file with a list between brackets, and what is in them after a change.
fn check_lists(cases: &[(&str, Change, &str, &str)]) {
    for (name, change, list, expected) in cases {
        let file = |list: &str| format!("{HEAD}history = {list} # end\n\n[[section]]\n");
        assert_eq!(amended(&file(list), *change), file(expected), "{name}");
    }
}

#[test]
fn a_history_between_brackets_stays_there() {
    let middle: Change = |protocol| drop(protocol.history.remove(1));
    check_lists(&[
        (
            "on one line",
            readopt,
            "[ { event = \"adopted\", date = 2020-01-01 } ]",
            "[ { event = \"adopted\", date = 2020-01-01 }, { event = \"readopted\", date = 2026-05-14, minute = \"12/26\" } ]",
        ),
        (
            "between two, with a comma at the end",
            second_event,
            "[{event='adopted',date=2020}, {event='amended',date=2022},]",
            "[{event='adopted',date=2020}, { event = \"reviewed\", date = \"2021-03\" }, {event='amended',date=2022},]",
        ),
        (
            "before the first",
            first_event,
            "[{event='adopted',date=2020}]",
            "[{ event = \"adopted\", date = \"1999\" }, {event='adopted',date=2020}]",
        ),
        ("in an empty list", first_event, "[ ]", "[{ event = \"adopted\", date = \"1999\" }]"),
        ("in a list of remarks", first_event, "[ # none\n]", "[{ event = \"adopted\", date = \"1999\" } # none\n]"),
        (
            "two at once, over several lines",
            |protocol| {
                readopt(protocol);
                readopt(protocol);
            },
            "[\n\t{ event = \"adopted\", date = 2020-01-01 }, # one\n\t# two\n\t{ event = \"amended\", date = 2022 } # b\n]",
            "[\n\t{ event = \"adopted\", date = 2020-01-01 }, # one\n\t# two\n\t{ event = \"amended\", date = 2022 }, # b\n\t{ event = \"readopted\", date = 2026-05-14, minute = \"12/26\" },\n\t{ event = \"readopted\", date = 2026-05-14, minute = \"12/26\" }\n]",
        ),
        (
            "between lines",
            second_event,
            "[\n  { event = \"adopted\", date = 2020 }, # one\n  # two\n  { event = \"amended\", date = 2022 },\n]",
            "[\n  { event = \"adopted\", date = 2020 }, # one\n  { event = \"reviewed\", date = \"2021-03\" },\n  # two\n  { event = \"amended\", date = 2022 },\n]",
        ),
        (
            "before the first line and its remark",
            first_event,
            "[\n  # one\n  { event = \"adopted\", date = 2020 }\n]",
            "[\n  { event = \"adopted\", date = \"1999\" },\n  # one\n  { event = \"adopted\", date = 2020 }\n]",
        ),
        (
            "commas first",
            readopt,
            "[ { event = \"adopted\", date = 2020 }\n, { event = \"amended\", date = 2021 } ]",
            "[ { event = \"adopted\", date = 2020 }\n, { event = \"amended\", date = 2021 }, { event = \"readopted\", date = 2026-05-14, minute = \"12/26\" } ]",
        ),
        (
            "the first goes",
            forget_first,
            "[{ event = \"adopted\", date = 2020 }, { event = \"amended\", date = 2021 }]",
            "[{ event = \"amended\", date = 2021 }]",
        ),
        (
            "the last goes",
            middle,
            "[{ event = \"adopted\", date = 2020 }, { event = \"amended\", date = 2021 }]",
            "[{ event = \"adopted\", date = 2020 }]",
        ),
        (
            "a line goes",
            middle,
            "[\n  { event = \"adopted\", date = 2020 }, # a\n  # b\n  { event = \"amended\", date = 2021 }, # c\n]",
            "[\n  { event = \"adopted\", date = 2020 }, # a\n  # b\n]",
        ),
        ("all go", forget_all, "[{ event = \"adopted\", date = 2020 }, { event = \"amended\", date = 2021 },]", "[]"),
        (
            "keys of one change",
            reword_first,
            "[{ minute = \"1\", event = \"adopted\", date = 2020 }]",
            "[{ event = \"adopted\", date = 2020, as_printed = 'Adopted \"on the day\"' }]",
        ),
    ]);
}

#[test]
fn a_review_changes_as_it_is_written() {
    let cases: &[(&str, Change, &str, &str)] = &[
        ("a value", due, "[review] # r\ndue=2030 # d\n", "[review] # r\ndue=\"2031-05\" # d\n"),
        (
            "new keys where the format has them",
            plan,
            "[review]\n# words\nas_printed = \"x\"\n# date\ndue = \"2030\" # d\n",
            "[review]\n# words\nas_printed = \"x\"\n# date\ndue = \"2030\" # d\nplanned = 2027-03-01\nannual_meeting = true\n",
        ),
        (
            "a new first key",
            due,
            "[review]\n# words\n    as_printed = \"x\"\n",
            "[review]\n    due = \"2031-05\"\n# words\n    as_printed = \"x\"\n",
        ),
        (
            "keys go, one comes",
            every_instead,
            "[review]\n# a\ndue = \"2030\" # d\n# b\nas_printed = \"x\"",
            "[review]\n# a\nevery = \"2 years\"\n# b\n",
        ),
        (
            "in braces",
            plan,
            "review = { due = \"2030\" } # r\n",
            "review = { due = \"2030\", planned = 2027-03-01, annual_meeting = true } # r\n",
        ),
        (
            "in braces, one for another",
            every_instead,
            "review={due=2030,as_printed='x'}\n",
            "review={every = \"2 years\"}\n",
        ),
        ("in empty braces", due, "review = {}\n", "review = {due = \"2031-05\"}\n"),
        ("with dots", due, "review . due = 2030 # r\n", "review . due = \"2031-05\" # r\n"),
        (
            "with dots, more of them",
            plan,
            "\"review\".due = 2030 # r\nreview.as_printed = \"x\"\n",
            "\"review\".due = 2030 # r\n\"review\".planned = 2027-03-01\n\"review\".annual_meeting = true\nreview.as_printed = \"x\"\n",
        ),
        ("with dots, one for another", every_instead, "review.due = 2030 # r\n", "review.every = \"2 years\"\n"),
        ("dots go", no_review, "review.due = 2030 # r\n# s\nreview.as_printed = \"x\"\n", "# s\n"),
        ("braces go", no_review, "review = { due = 2030 } # r\n", ""),
        ("the table goes", no_review, "\n[review]\ndue = 2030\n\n[[section]]\n", "\n[[section]]\n"),
        (
            "the table goes from the end",
            no_review,
            "\n[[section]]\n\n# r\n[review]\n# s\ndue = 2030\n",
            "\n[[section]]\n\n# r\n# s\n",
        ),
        ("nothing is left", bare_review, "[review]\ndue = 2030\n", "[review]\n"),
        ("nothing is left with dots", bare_review, "review.due = 2030\n", "\n[review]\n"),
        ("it is new", due, "\n# s\n[[section]]\n", "\n[review]\ndue = \"2031-05\"\n\n# s\n[[section]]\n"),
        (
            "it is new, after the history",
            due,
            "\n[[section]]\n\n[[history]]\nevent = \"adopted\"\ndate = 2020\n",
            "\n[[section]]\n\n[[history]]\nevent = \"adopted\"\ndate = 2020\n\n[review]\ndue = \"2031-05\"\n",
        ),
        (
            "it is new, with a history",
            |protocol| {
                due(protocol);
                readopt(protocol);
            },
            "[[signature]]\nrole = \"Chair\"\n",
            "\n[[history]]\nevent = \"readopted\"\ndate = 2026-05-14\nminute = \"12/26\"\n\n[review]\ndue = \"2031-05\"\n\n[[signature]]\nrole = \"Chair\"\n",
        ),
        (
            "all is in braces",
            |protocol| {
                due(protocol);
                first_event(protocol);
            },
            "# s\nsection = [{ heading = \"H\" }]\n[[signature]]\nrole = \"Chair\"\n",
            "history = [{ event = \"adopted\", date = \"1999\" }]\nreview = { due = \"2031-05\" }\n# s\nsection = [{ heading = \"H\" }]\n[[signature]]\nrole = \"Chair\"\n",
        ),
    ];
    for (name, change, rest, expected) in cases {
        assert_eq!(amended(&format!("{HEAD}{rest}"), *change), format!("{HEAD}{expected}"), "{name}");
    }
}

#[test]
fn numbers_go_first() {
    check(&[
        (
            "in tables",
            number,
            "title = \"T\"\nstatus = \"draft\"\n[[section]] # one\n\n# h\n  heading = \"H\"\n[[section.clause]]\ntext = '''\n#x\n'''\n[[section.clause]]\nnumber = \"9\"\ntext = \"y\"\n[[section]]",
            "title = \"T\"\nstatus = \"draft\"\n[[section]] # one\n  number = \"1.\"\n\n# h\n  heading = \"H\"\n[[section.clause]]\nnumber = \"\"\ntext = '''\n#x\n'''\n[[section.clause]]\nnumber = \"9\"\ntext = \"y\"\n[[section]]\nnumber = \"2.\"",
        ),
        (
            "in braces",
            number,
            "title = \"T\"\nstatus = \"draft\"\nsection = [\n  { heading = \"H\", clause = [{text=\"x\"}] }, # one\n  {},\n]\n",
            "title = \"T\"\nstatus = \"draft\"\nsection = [\n  { number = \"1.\", heading = \"H\", clause = [{number = \"\", text=\"x\"}] }, # one\n  {number = \"2.\"},\n]\n",
        ),
        (
            "clauses in braces in a table",
            number,
            "title = \"T\"\nstatus = \"draft\"\n[[section]]\nclause = [\n  {text = \"x\"},\n]\n",
            "title = \"T\"\nstatus = \"draft\"\n[[section]]\nnumber = \"1.\"\nclause = [\n  {number = \"\", text = \"x\"},\n]\n",
        ),
    ]);
}

#[test]
fn what_is_no_change_changes_nothing() {
    for toml in sources() {
        assert_eq!(amended(&toml, |_| ()), toml);
    }
}

#[test]
fn what_cannot_be_changed_is_told() {
    let refused = |toml: &str, change: Change| {
        let mut to = protocol(toml);
        change(&mut to);
        read::amend(&source(toml), &to).expect_err("refused")
    };
    let error = refused(&format!("{HEAD}\n[review]\ndue = 2025\n"), readopt);
    assert!(
        matches!(&error, AmendError::Refused { fault, .. } if fault.contains("before the document was adopted")),
        "{error}"
    );
    // A title is not amended; what else is to be changed is told all the same.
    let error = refused(HEAD, |protocol| {
        protocol.title = "Other".to_owned();
        adopt(protocol);
        readopt(protocol);
        due(protocol);
    });
    assert_eq!(
        error.to_string(),
        "document.toml is written in a way that engross cannot change by itself; change by hand: status = \"adopted\"; \
         a new `[[history]]`, as the 1st: { event = \"readopted\", date = 2026-05-14, minute = \"12/26\" }; \
         in `[review]`: due = \"2031-05\"; the title"
    );
    let error = read::amend(&source("title = "), &protocol(HEAD)).expect_err("no TOML");
    assert!(matches!(error, AmendError::Faulty { .. }), "{error}");
}

/// The texts of the shipped versions, of those for the comparison, and of one with everything in it.
fn sources() -> Vec<String> {
    let folders = [support::root().join("protocols"), support::case("compare/protocols")];
    let mut sources: Vec<String> = folders.iter().flat_map(|folder| versions(folder)).collect();
    sources.push(std::fs::read_to_string(support::case("render/everything.toml")).expect("readable"));
    assert!(sources.len() > 10);
    sources
}

fn versions(folder: &std::path::Path) -> Vec<String> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| match path.is_dir() {
        true => versions(path),
        false if path.ends_with("council.toml") => Vec::new(),
        false => vec![std::fs::read_to_string(path).expect("readable")],
    };
    paths.iter().flat_map(read).collect()
}

/// A file of the same facts with its history and its review written in another way.
fn restyled(toml: &str, style: u8) -> String {
    let mut bare = protocol(toml);
    let history: Vec<String> = std::mem::take(&mut bare.history).iter().map(event_keys).collect();
    let review = bare.review.take().map(|review| review_keys(&review));
    let text = read::write_protocol(&bare);
    let at = text.find("\n[").map_or(text.len(), |at| at + 1);
    let (mut keys, mut tables) = (String::new(), String::new());
    let braced: Vec<String> = history.iter().map(|event| format!("{{ {} }}", event.replace('\n', ", "))).collect();
    match style % 4 {
        0 => keys += &format!("history = [{}]\n", braced.join(", ")),
        1 => keys += &format!("history = [\n\t{},\n]\n", braced.join(",\n\t")).replace("\n\t,", ""),
        2 => keys += &format!("\"history\" = [\n  {} ]\n", braced.join(" # beside\n  ,")),
        _ => tables += &history.iter().map(|event| format!("[[ \"history\" ]]\n{event}\n\n")).collect::<String>(),
    }
    if let Some(review) = review {
        match style / 4 % 4 {
            0 => keys += &format!("review = {{{}}}\n", review.replace('\n', ",")),
            1 if !review.is_empty() => keys += &format!("review.{}\n", review.replace('\n', "\nreview . ")),
            2 => tables.insert_str(0, &format!("['review']\n{review}\n\n")),
            _ => tables += &format!("[review]\n{review}\n"),
        }
    }
    // The tables stand before the others, or after the sections.
    match style / 16 % 2 {
        0 => format!("{keys}{}{tables}{}", &text[..at], &text[at..]),
        _ => format!("{keys}{text}\n{tables}"),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn written_date(date: PartialDate) -> String {
    match date {
        PartialDate::Month(..) => format!("'{date}'"),
        other => other.to_string(),
    }
}

fn event_keys(event: &Event) -> String {
    let mut keys = vec![format!("date = {}", written_date(event.date))];
    keys.extend(event.minute.iter().map(|minute| format!("minute = {}", quoted(minute))));
    keys.push(format!("event='{}'", event.kind.word().to_lowercase()));
    keys.extend(event.as_printed.iter().map(|line| format!("as_printed\t= {}", quoted(line))));
    keys.join("\n")
}

fn review_keys(review: &Review) -> String {
    let mut keys: Vec<String> = review.as_printed.iter().map(|line| format!("as_printed = {}", quoted(line))).collect();
    keys.extend(review.due.map(|due| format!("due= {}", written_date(due))));
    keys.extend(review.every.map(|every| format!("every = '{every}'")));
    keys.join("\n")
}

/// The file with remarks, blank lines, odd spacing and line endings such as people leave: a byte a line says which.
fn sprinkled(toml: &str, bytes: &[u8], unended: bool) -> String {
    let (mut text, mut inside) = (String::new(), false);
    for (line, byte) in toml.lines().zip(bytes.iter().cycle()) {
        let marks = line.matches("\"\"\"").count() + line.matches("'''").count();
        // Keys and headers that begin and end on their line may be moved about; what is in a text or a list may not.
        let whole = !inside && marks % 2 == 0 && (line.starts_with('[') || line.contains('=')) && !line.ends_with('[');
        inside ^= marks % 2 == 1;
        let ending = if byte & 1 == 1 { "\r\n" } else { "\n" };
        match byte >> 1 & 7 {
            0 if whole => text += &format!("# remark {byte}{ending}{line}{ending}"),
            1 if whole => text += &format!("{line} \t# beside{ending}"),
            2 if whole => text += &format!("\t {line}  {ending}"),
            3 if whole => text += &format!("{ending}  # apart{ending}{ending}{line}{ending}"),
            4 if whole => text += &format!("{line}{ending}#{ending}{ending}"),
            5 if line.is_empty() && !inside => {}
            _ => text += &format!("{line}{ending}"),
        }
    }
    if unended { text.trim_end().to_owned() } else { text }
}

/// What is done to a model.
#[derive(Debug, Clone)]
enum Deed {
    Status(Status),
    Numbering,
    Add(usize, Event),
    Drop(usize),
    Line(usize, Option<String>),
    Review(Option<Review>),
    Due(Option<PartialDate>),
    Planned(Option<PartialDate>),
    Number(usize, Option<String>),
}

impl Deed {
    fn apply(&self, protocol: &mut Protocol) {
        let events = protocol.history.len();
        match self.clone() {
            Self::Status(status) => protocol.status = status,
            Self::Numbering => protocol.numbering = Numbering::Automatic,
            Self::Add(at, event) => protocol.history.insert(at % (events + 1), event),
            Self::Drop(at) if events > 0 => drop(protocol.history.remove(at % events)),
            Self::Line(at, line) if events > 0 => protocol.history[at % events].as_printed = line,
            Self::Drop(_) | Self::Line(..) => {}
            Self::Review(review) => protocol.review = review,
            Self::Due(due) => protocol.review.get_or_insert_default().due = due,
            Self::Planned(planned) => protocol.review.get_or_insert_default().planned = planned,
            Self::Number(at, number) => number_some(protocol, at, number.as_deref().and_then(Number::new)),
        }
    }
}

/// Gives some of what has no number one.
fn number_some(protocol: &mut Protocol, at: usize, number: Option<Number>) {
    for (nth, section) in protocol.sections.iter_mut().enumerate() {
        let clauses = section.clauses.iter_mut().map(|clause| &mut clause.number);
        let numbers = std::iter::once(&mut section.number).chain(clauses);
        for (nth_clause, slot) in numbers.enumerate().filter(|(_, slot)| slot.is_none()) {
            if (nth + nth_clause) % 3 == at % 3 {
                *slot = Some(number.clone());
            }
        }
    }
}

/// What no file may say: numbering outside a draft, a review before the adoption.
fn made_possible(protocol: &mut Protocol) {
    if !protocol.status.is_pending() {
        protocol.numbering = Numbering::AsPrinted;
    }
    let adoptions = protocol.history.iter().filter(|event| event.kind.is_adoption());
    let adopted = adoptions.map(|event| event.date.first_day()).max();
    if let Some(review) = &mut protocol.review {
        review.due = review.due.filter(|due| adopted.is_none_or(|adopted| due.last_day() >= adopted));
    }
}

fn line() -> impl Strategy<Value = String> {
    r#"[A-Za-z0-9é'"“#\\=,\[\]{}]{1,8}( [A-Za-z0-9é'"”#\\=,\[\]{}]{1,8}){0,3}"#
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    let dates = ["2024-05-30", "2024-02-29", "2020-01", "1999", "2030-12-31"];
    prop::sample::select(dates.to_vec()).prop_map(date)
}

fn any_event() -> impl Strategy<Value = Event> {
    let kinds = [EventKind::Adopted, EventKind::Readopted, EventKind::Reviewed, EventKind::Amended];
    (prop::sample::select(kinds.to_vec()), any_date(), prop::option::of(line()), prop::option::of(line()))
        .prop_map(|(kind, date, as_printed, minute)| Event { kind, date, as_printed, minute })
}

fn any_review() -> impl Strategy<Value = Review> {
    let every = prop::sample::select(vec![Interval::Years(1), Interval::Months(18)]);
    let dates = (prop::option::of(any_date()), prop::option::of(any_date()));
    (dates, prop::option::of(every), prop::option::of(any::<bool>()), prop::option::of(line())).prop_map(
        |((due, planned), every, annual_meeting, as_printed)| Review {
            due,
            every,
            planned,
            annual_meeting,
            as_printed,
        },
    )
}

fn deed() -> impl Strategy<Value = Deed> {
    let statuses = [Status::Draft, Status::Proposed, Status::Adopted, Status::Superseded, Status::Withdrawn];
    prop_oneof![
        prop::sample::select(statuses.to_vec()).prop_map(Deed::Status),
        Just(Deed::Numbering),
        (0..9usize, any_event()).prop_map(|(at, event)| Deed::Add(at, event)),
        (0..9usize).prop_map(Deed::Drop),
        (0..9usize, prop::option::of(line())).prop_map(|(at, line)| Deed::Line(at, line)),
        prop::option::of(any_review()).prop_map(Deed::Review),
        prop::option::of(any_date()).prop_map(Deed::Due),
        prop::option::of(any_date()).prop_map(Deed::Planned),
        (0..9usize, prop::option::of("[1-9]{1,2}\\.")).prop_map(|(at, number)| Deed::Number(at, number)),
    ]
}

/// The keys and headers that may go or change between two models, and whether blank lines may go with them.
fn concerned(from: &Protocol, to: &Protocol) -> (Vec<&'static str>, bool) {
    let mut keys = Vec::new();
    keys.extend((from.status != to.status).then_some("status"));
    keys.extend((from.numbering != to.numbering).then_some("numbering"));
    let mut rest = to.history.iter();
    let kept = from.history.iter().all(|event| rest.any(|other| other == event));
    let braced = from.history != to.history;
    keys.extend(braced.then_some("history"));
    if !kept {
        keys.extend(["event", "date", "as_printed", "minute"]);
    }
    if from.review != to.review {
        keys.extend(["review", "due", "every", "planned", "annual_meeting", "as_printed"]);
    }
    (keys, !kept || to.review.is_none())
}

/// What a line of a file is about: its key, without quotes and dots, or what its header names.
fn key(line: &str) -> &str {
    let start = line.trim_start_matches([' ', '\t', '[', '"', '\'', ',', '{']);
    start.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The lines of `text` that are not about `keys`: an entry of a history between brackets is about that.
fn untouched<'a>(text: &'a str, keys: &[&str], blanks: bool) -> Vec<&'a str> {
    let braced = |line: &str| keys.contains(&"history") && line.trim_start().starts_with(['{', ',']);
    let stays = |line: &&str| {
        let bare = line.trim();
        bare.starts_with('#') || !(keys.contains(&key(line)) || braced(line) || (blanks && bare.is_empty()))
    };
    text.split_inclusive('\n').filter(stays).collect()
}

/// The first of `lines` that is not there in its order. In a file without a newline at its end, the last line may be another.
fn missing<'a>(lines: &[&'a str], text: &str) -> Option<&'a str> {
    let mut there = text.split_inclusive('\n');
    let bare = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
    let unended = |line: &str, other: &str| !line.ends_with('\n') || !other.ends_with('\n');
    let same = |line: &str, other: &str| line == other || (unended(line, other) && bare(line) == bare(other));
    lines.iter().copied().find(|line| !there.any(|other| same(line, other)))
}

const WRITTEN: [&str; 14] = [
    "status",
    "numbering",
    "history",
    "event",
    "date",
    "as_printed",
    "minute",
    "review",
    "due",
    "every",
    "planned",
    "annual_meeting",
    "number",
    "",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_is_meant_changes(
        nth in any::<prop::sample::Index>(),
        style in prop::option::of(0..32u8),
        bytes in prop::collection::vec(any::<u8>(), 1..60),
        unended in any::<bool>(),
        deeds in prop::collection::vec(deed(), 1..5),
    ) {
        let sources = sources();
        let toml = &sources[nth.index(sources.len())];
        let toml = style.map_or_else(|| toml.clone(), |style| restyled(toml, style));
        let toml = sprinkled(&toml, &bytes, unended);
        let from = protocol(&toml);
        let mut to = from.clone();
        deeds.iter().for_each(|deed| deed.apply(&mut to));
        made_possible(&mut to);
        let text = read::amend(&source(&toml), &to);
        prop_assert!(text.is_ok(), "{}\n{deeds:?}\n{toml}", text.expect_err("an error"));
        let text = text.expect("amended");
        prop_assert_eq!(&protocol(&text), &to, "{}", text);
        let (keys, blanks) = concerned(&from, &to);
        let gone = missing(&untouched(&toml, &keys, blanks), &text);
        prop_assert_eq!(gone, None, "{:?}\n{}\n----\n{}", deeds, toml, text);
        // A remark beside an entry that is gone stands alone then.
        let mut ours = untouched(&text, &WRITTEN, true);
        ours.retain(|line| !(line.trim().starts_with('#') && toml.contains(line.trim())));
        let new = missing(&ours, &toml);
        prop_assert_eq!(new, None, "{:?}\n{}\n----\n{}", deeds, toml, text);
        prop_assert!(text.ends_with('\n') || !toml.ends_with('\n'));
    }
}
