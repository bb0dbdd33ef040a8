//! The register: which day a review is due, what state that makes, and how it is shown, planned and recorded.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

#[macro_use]
mod support;

use engross::document;
use engross::model::{Address, Council, DocumentEntry, Edition, EventKind, Interval, PartialDate, Settings, Status};
use engross::render::Templates;
use engross::render::register::{self, Style};
use engross::review::{Next, Outcome, RecordError, Recording, Register, State, Why, adopt, plan, record};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);

/// Ninety days on.
const SOON: Date = date(2027, 2, 20);

/// A version of a document of the council `test`, from the facts it states.
fn version(document: &str, name: &str, facts: &str) -> Edition {
    let titled = if facts.contains("title =") { facts.to_owned() } else { format!("title = \"{document}\"\n{facts}") };
    let stated = if facts.contains("status =") { titled } else { format!("status = \"adopted\"\n{titled}") };
    let address = Address { council: "test".to_owned(), document: document.to_owned(), version: name.to_owned() };
    Edition { address: Some(address), ..support::edition(&stated) }
}

fn entry(document: &str, facts: &str) -> DocumentEntry {
    DocumentEntry { id: document.to_owned(), editions: vec![version(document, "v1", facts)] }
}

fn register(documents: &[DocumentEntry]) -> Register<'_> {
    Register::new(documents.iter().map(|document| (document, None)), TODAY, SOON)
}

/// The state of one document of those facts, and the day it is due.
fn state(facts: &str) -> (State, Option<String>) {
    let documents = [entry("one", facts)];
    let register = register(&documents);
    (register.entries[0].state, register.entries[0].due.map(|due| due.last_day().to_string()))
}

fn partial(text: &str) -> PartialDate {
    PartialDate::parse(text).expect("a date")
}

/// The five documents, counted by hand from what they print.
#[test]
fn the_five_on_22_november_2026() {
    let workspace = support::workspace();
    let documents: Vec<_> = workspace.councils.iter().flat_map(|council| &council.documents).collect();
    let register = Register::new(documents.into_iter().map(|document| (document, None)), TODAY, SOON);
    let told: Vec<String> = register
        .entries
        .iter()
        .map(|entry| {
            let due =
                entry.due.map(|due| format!("{}{}", due.last_day(), if due.is_assumed() { " assumed" } else { "" }));
            let council = entry.edition.council_name().expect("a council");
            format!("{council}: {} {} {}", entry.state.name(), due.unwrap_or_default(), entry.days_overdue())
        })
        .collect();
    assert_eq!(
        told,
        [
            "Battle Town Council: overdue 2024-01-31 1026",
            "Kingsthorpe Parish Council: overdue 2024-06-30 875",
            "Swanscombe and Greenhithe Town Council: overdue 2025-05-15 assumed 556",
            "Kings Hill Parish Council: overdue 2025-05-31 540",
            "Thanet District Council: not-in-force  0",
        ]
    );
}

#[test]
fn the_date_is_the_one_stated_or_follows_from_the_nearest_interval() {
    let adopted = "[[history]]\nevent = \"adopted\"\ndate = 2024-02-29\n";
    let due = |facts: &str, council: Option<&str>, workspace: Option<&str>| {
        let mut edition = version("one", "v1", facts);
        let interval = |text: &str| Interval::parse(text).expect("an interval");
        edition.settings = Settings { review_every: workspace.map(interval), site: None };
        edition.council = Some(Council { review_every: council.map(interval), ..council_of("Test Council") });
        edition.due().map(|due| format!("{} {}", due.last_day(), due.basis.name()))
    };
    let of = |facts: &str, council, workspace| due(facts, council, workspace).expect("a date");
    let document = format!("{adopted}[review]\nevery = \"18 months\"");
    assert_eq!(
        of(&format!("{adopted}[review]\ndue = \"2026-02\"\nevery = \"1 year\""), None, None),
        "2026-02-28 stated"
    );
    assert_eq!(of(&document, Some("2 years"), Some("3 years")), "2025-08-29 document");
    assert_eq!(of(adopted, Some("2 years"), Some("3 years")), "2026-02-28 council");
    assert_eq!(of(adopted, None, Some("4 years")), "2028-02-29 workspace");
    assert_eq!(of(adopted, None, None), "2025-02-28 assumed");
    assert_eq!(due("", Some("2 years"), None), None);
    // The latest event counts, wherever it stands and whatever it was.
    let events =
        "[[history]]\nevent = \"amended\"\ndate = \"2025-02\"\n[[history]]\nevent = \"adopted\"\ndate = \"2015\"\n";
    assert_eq!(of(events, None, None), "2026-02-28 assumed");
}

fn council_of(name: &str) -> Council {
    let source = engross::source::Source::new("council.toml", format!("name = \"{name}\"\nkind = \"parish\""));
    engross::read::council(&source).expect("a council").value
}

#[test]
fn a_review_is_overdue_from_the_day_after_the_last_day_of_its_date() {
    let due = |date: &str| state(&format!("[review]\ndue = {date}")).0;
    assert_eq!(due("2026-11-21"), State::Overdue);
    assert_eq!(due("2026-11-22"), State::DueSoon);
    assert_eq!(due("\"2026-11\""), State::DueSoon);
    assert_eq!(due("\"2026-10\""), State::Overdue);
    assert_eq!(due("\"2026\""), State::DueSoon);
    assert_eq!(due("2027-02-20"), State::DueSoon);
    assert_eq!(due("2027-02-21"), State::Current);
    assert_eq!(due("\"2027-02\""), State::Current);
    assert_eq!(state(""), (State::Undated, None));
    for status in ["draft", "proposed", "superseded", "withdrawn"] {
        let facts = format!("status = \"{status}\"\n[review]\ndue = \"2020\"");
        assert_eq!(state(&facts), (State::NotInForce, None), "{status}");
    }
}

#[test]
fn what_is_planned_counts_as_due_soon_but_puts_nothing_off() {
    let planned = |due: &str, planned: &str| state(&format!("[review]\ndue = \"{due}\"\nplanned = \"{planned}\""));
    assert_eq!(planned("2027-09", "2027-01"), (State::DueSoon, Some("2027-09-30".to_owned())));
    assert_eq!(planned("2027-09", "2027-05").0, State::Current);
    assert_eq!(planned("2026-10", "2027-01").0, State::Overdue);
    assert_eq!(planned("2026-12", "2027-05").0, State::DueSoon);
    // What was planned and not done is planned no longer.
    assert_eq!(planned("2027-12", "2026-06").0, State::Current);
    let documents = [entry("one", "[review]\ndue = \"2027-12\"\nplanned = \"2026-06\"")];
    assert_eq!(register(&documents).entries[0].target, Some(date(2027, 12, 31)));
    let documents = [entry("one", "[review]\ndue = \"2027-12\"\nplanned = \"2027-01\"")];
    let register = register(&documents);
    assert_eq!(register.summary(), "Of 1 document, 1 is due or planned by 20 February 2027.");
    assert_eq!(register.entries[0].word(), "Planned for January 2027");
}

#[test]
fn only_the_version_in_force_counts_and_later_ones_wait() {
    let old = "[[history]]\nevent = \"adopted\"\ndate = \"2015\"";
    let new = "[[history]]\nevent = \"adopted\"\ndate = \"2025-03\"";
    let document = DocumentEntry {
        id: "one".to_owned(),
        editions: vec![
            version("one", "2015", &format!("status = \"superseded\"\n{old}")),
            version("one", "2018-draft", "status = \"draft\"\n[[history]]\nevent = \"reviewed\"\ndate = \"2018\""),
            version("one", "2025-03", new),
            version("one", "proposed", "status = \"proposed\""),
        ],
    };
    let documents = [document];
    let register = register(&documents);
    let [entry] = register.entries.as_slice() else { panic!("one document, one line") };
    assert_eq!(entry.address(), "test/one@2025-03");
    assert_eq!(entry.state, State::Overdue);
    let waiting: Vec<_> = entry.waiting.iter().map(|edition| edition.named()).collect();
    assert_eq!(waiting, ["test/one@proposed"]);
    let named = Register::new([(&documents[0], Some(&documents[0].editions[0]))], TODAY, SOON);
    assert_eq!(named.entries[0].state, State::NotInForce);
}

#[test]
fn the_most_overdue_come_first_and_what_has_no_date_last() {
    let documents = [
        entry("current", "[review]\ndue = \"2028\""),
        entry("draft", "status = \"draft\""),
        entry("soon", "[review]\ndue = \"2026-12\""),
        entry("undated", ""),
        entry("late", "[review]\ndue = \"2025\""),
        entry("later", "[review]\ndue = \"2024\""),
        entry("sooner", "[review]\ndue = \"2026-11\""),
    ];
    let register = register(&documents);
    let order: Vec<_> = register.entries.iter().map(|entry| entry.edition.protocol.title.as_str()).collect();
    assert_eq!(order, ["later", "late", "sooner", "soon", "current", "undated", "draft"]);
    assert!(register.has_overdue());
}

// ---- what it looks like ----

/// Documents in every state, one of them with hostile words.
fn everything() -> Vec<DocumentEntry> {
    let hostile = r#"title = "=HYPERLINK(\"http://evil.example\") <script>alert(1)</script>, [a](javascript:b); ŵ\\n"
[[history]]
event = "adopted"
date = 2024-05-30
minute = "+1/2"
[review]
due = "2025-05"
as_printed = "@SUM(1)""#;
    let mut documents = vec![
        entry("hostile", hostile),
        entry("soon", "[[history]]\nevent = \"adopted\"\ndate = 2025-12-05\n[review]\nevery = \"1 year\""),
        entry("planned", "[review]\ndue = \"2028\"\nplanned = \"2027-06\""),
        entry("undated", ""),
        entry("draft", "status = \"draft\""),
    ];
    let waiting = version("soon", "proposed", "status = \"proposed\"");
    documents[1].editions.push(waiting);
    for edition in documents.iter_mut().flat_map(|document| &mut document.editions) {
        edition.council = Some(council_of("Test, Parish & Town Council"));
        edition.settings.site = Some("https://test.example/protocols".to_owned());
    }
    documents
}

fn published(format: fn(&document::Document, &Templates) -> Result<Vec<u8>, engross::render::TemplateError>) -> String {
    let documents = everything();
    let bytes = format(&document::register(&register(&documents), None), support::templates()).expect("rendered");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_register_in_every_format() {
    let documents = everything();
    let register = register(&documents);
    snapshot!("register-text", register::terminal(&register, Style { colour: false, width: 100 }));
    snapshot!("register-json", register::json(&register));
    snapshot!("register-csv", register::csv(&register));
    snapshot!("register-ics", register::calendar(&register, &[90, 30, 7]));
    snapshot!("register-md", published(register::to_markdown));
    snapshot!("register-txt", published(register::to_text));
    let page = published(register::to_html);
    let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a page").0;
    snapshot!("register-html", main);
}

#[test]
fn nothing_in_a_cell_is_taken_for_a_formula() {
    for (cell, begins) in
        [("=1+1", "'="), (" =1", "' ="), ("-2", "'-"), ("@A", "'@"), ("+44", "'+"), ("Plain", "Plain")]
    {
        let mut documents = [entry("one", "[review]\ndue = \"2025\"")];
        documents[0].editions[0].protocol.title = cell.to_owned();
        let csv = register::csv(&register(&documents));
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let row = rows.records().next().expect("a row").expect("well-formed");
        assert!(row[2].starts_with(begins), "{cell}: {}", &row[2]);
    }
}

#[test]
fn colour_is_not_the_only_sign_of_a_state() {
    let documents = everything();
    let plain = register::terminal(&register(&documents), Style { colour: false, width: 100 });
    let colour = register::terminal(&register(&documents), Style { colour: true, width: 100 });
    assert!(!plain.contains('\u{1b}') && colour.contains('\u{1b}'));
    assert!(plain.contains("Overdue by 540 days") && plain.contains("No date"));
}

/// Unfolded lines of a calendar.
fn calendar_lines(calendar: &str) -> Vec<String> {
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{calendar}");
    calendar.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_calendar_keeps_the_identifiers_and_raises_the_sequence() {
    let documents = everything();
    let on = |as_of: Date| {
        let named = documents.iter().map(|document| (document, None));
        calendar_lines(&register::calendar(&Register::new(named, as_of, as_of), &[90]))
    };
    let (today, later) = (on(TODAY), on(date(2027, 1, 1)));
    let of = |lines: &[String], name: &str| -> Vec<String> {
        let mut found: Vec<String> = lines.iter().filter(|line| line.starts_with(name)).cloned().collect();
        found.sort();
        found
    };
    let entries =
        |lines: &[String]| of(lines, "UID:").into_iter().filter(|uid| !uid.contains(":-p") && !uid.contains(":pt"));
    let uids: Vec<String> = entries(&today).collect();
    assert_eq!(uids.len(), 4, "one for each document in force: {uids:?}");
    assert!(uids.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(uids, entries(&later).collect::<Vec<_>>());
    assert!(of(&later, "SEQUENCE:")[0] > of(&today, "SEQUENCE:")[0]);
    assert_eq!(on(TODAY), today, "no clock in it");
    // Due on 5 December 2026: an event today, a task once it is past.
    assert!(today.contains(&"DTSTART;VALUE=DATE:20261205".to_owned()));
    assert!(!later.contains(&"DTSTART;VALUE=DATE:20261205".to_owned()));
    assert_eq!(of(&later, "DUE;VALUE=DATE:").len(), 3);
}

proptest! {
    #[test]
    fn any_title_makes_a_well_formed_calendar(title in "[\\PC]{1,300}", printed in "\\PC{0,80}") {
        let mut documents = [entry("one", "[review]\ndue = \"2027-06\"")];
        documents[0].editions[0].protocol.title = title.clone();
        documents[0].editions[0].protocol.review.as_mut().expect("a review").as_printed = Some(printed);
        let lines = calendar_lines(&register::calendar(&register(&documents), &[7]));
        let summary = lines.iter().find_map(|line| line.strip_prefix("SUMMARY:Review due: ")).expect("a summary");
        let unescaped = summary.replace("\\\\", "\u{1}").replace("\\,", ",").replace("\\;", ";").replace('\u{1}', "\\");
        prop_assert!(unescaped == title || title.chars().count() > 150 && unescaped.ends_with('…'), "{}", unescaped);
    }
}

// ---- plans ----

#[test]
fn a_plan_spreads_what_falls_due_at_once() {
    let documents: Vec<_> =
        (0..18).map(|nth| entry(&format!("policy-{nth:02}"), "[review]\ndue = \"2027-10\"")).collect();
    let register = register(&documents);
    let proposals = plan(&register);
    let mut months: Vec<String> = proposals.iter().map(|proposal| proposal.month.to_string()).collect();
    months.sort();
    assert_eq!(months.len(), 18);
    assert!(months.iter().all(|month| ("2027-05"..="2027-10").contains(&month.as_str())), "{months:?}");
    let most = months.iter().map(|month| months.iter().filter(|other| *other == month).count()).max();
    assert_eq!(most, Some(4), "August is mostly left out: {months:?}");
    assert!(months.iter().filter(|month| *month == "2027-08").count() <= 2);
}

#[test]
fn a_plan_puts_nothing_off_and_leaves_alone_what_stands_alone() {
    let documents = [
        entry("alone", "[review]\ndue = \"2027-09\""),
        entry("this-month", "[review]\ndue = \"2026-11\""),
        entry("late", "[review]\ndue = \"2025-09\""),
        entry("orders", "title = \"Standing Orders of the Council\"\n[review]\ndue = \"2028-03\""),
        entry("regulations", "title = \"FINANCIAL REGULATIONS\"\n[review]\ndue = \"2027-01\""),
        entry("said", "[review]\ndue = \"2028-03\"\nannual_meeting = true"),
        entry("unsaid", "title = \"Standing orders\"\n[review]\ndue = \"2028-03\"\nannual_meeting = false"),
        entry("planned", "[review]\ndue = \"2028-03\"\nplanned = \"2027-02\""),
        entry("draft", "status = \"draft\""),
    ];
    let register = register(&documents);
    let proposals = plan(&register);
    let told = |id: &str| {
        let of = proposals.iter().find(|proposal| proposal.entry.address() == format!("test/{id}@v1"));
        of.map(|proposal| (proposal.month.to_string(), proposal.why))
    };
    let is = |month: &str, why: Why| Some((month.to_owned(), why));
    assert_eq!(told("alone"), is("2027-09", Why::Due));
    assert_eq!(told("this-month"), is("2026-11", Why::Due));
    assert_eq!(told("late"), is("2026-12", Why::Overdue));
    assert_eq!(told("orders"), is("2027-05", Why::AnnualMeeting));
    assert_eq!(told("regulations"), is("2027-01", Why::BeforeAnnualMeeting));
    assert_eq!(told("said"), is("2027-05", Why::AnnualMeeting));
    assert_eq!(told("unsaid"), is("2028-03", Why::Due));
    assert_eq!(told("planned"), is("2027-02", Why::Planned));
    assert_eq!(told("draft"), None);
}

#[test]
fn a_plan_ends_with_the_calendar() {
    let documents = [entry("one", "[review]\ndue = \"2025\"")];
    let last = Register::new(documents.iter().map(|document| (document, None)), Date::MAX, Date::MAX);
    assert_eq!(plan(&last)[0].month.to_string(), "9999-12");
}

proptest! {
    #[test]
    fn no_plan_puts_a_review_off(dues in prop::collection::vec((2026i16..2030, 1i8..13), 1..40)) {
        let documents: Vec<_> = dues.iter().enumerate()
            .map(|(nth, (year, month))| entry(&format!("policy-{nth}"), &format!("[review]\ndue = \"{year}-{month:02}\"")))
            .collect();
        let register = register(&documents);
        let proposals = plan(&register);
        prop_assert_eq!(proposals.len(), documents.len());
        for proposal in &proposals {
            let due = proposal.entry.due.expect("a date").last_day();
            prop_assert!(proposal.month.last_day() <= due || proposal.entry.state == State::Overdue);
            prop_assert!(proposal.month.last_day() >= TODAY);
        }
    }
}

// ---- what is recorded ----

fn recording(date: &str, next: Option<Next>) -> Recording {
    let minute = Some("26/98".to_owned());
    Recording { event: None, date: partial(date), minute, next, as_of: TODAY }
}

/// What the only version of a document says after a review.
fn recorded(edition: &Edition, recording: Recording) -> Result<Outcome, RecordError> {
    let document = DocumentEntry { id: "one".to_owned(), editions: vec![edition.clone()] };
    record(&document, &document.editions[0], &recording)
}

#[test]
fn a_review_sets_the_next_date() {
    let adopted = "[[history]]\nevent = \"adopted\"\ndate = 2024-05-30\n[review]\n";
    let due_after = |review: &str, next: Option<Next>| {
        let edition = version("one", "v1", &format!("{adopted}{review}"));
        let outcome = recorded(&edition, recording("2026-11-12", next)).expect("recorded");
        let due = outcome.protocol.review.as_ref().and_then(|review| review.due).map(|due| due.to_string());
        let now = Edition { protocol: outcome.protocol, ..edition };
        (due, now.due().expect("a date").last_day().to_string())
    };
    let is = |written: Option<&str>, due: &str| (written.map(str::to_owned), due.to_owned());
    let year = Next::After(Interval::parse("1 year").expect("an interval"));
    assert_eq!(due_after("due = \"2025-05\"", Some(Next::On(partial("2027-05")))), is(Some("2027-05"), "2027-05-31"));
    assert_eq!(due_after("due = \"2025-05\"", Some(year)), is(Some("2027-11-12"), "2027-11-12"));
    assert_eq!(due_after("due = \"2025-05\"\nevery = \"2 years\"", None), is(Some("2028-11-12"), "2028-11-12"));
    assert_eq!(due_after("every = \"2 years\"", None), is(None, "2028-11-12"));
    // Nothing says how often: the date that was stated is done with, and a year is assumed.
    assert_eq!(due_after("due = \"2025-05\"\nplanned = \"2026-11\"", None), is(None, "2027-11-12"));
    // What was done long ago and is only now recorded changes nothing of what comes next.
    let old = version("one", "v1", &format!("{adopted}due = \"2027-05\"\n"));
    let old = Edition { protocol: recorded(&old, recording("2026-11-12", None)).expect("recorded").protocol, ..old };
    let outcome = recorded(&old, recording("2025-06-01", None)).expect("recorded");
    let dates: Vec<_> = outcome.protocol.history.iter().map(|event| event.date.to_string()).collect();
    assert_eq!(dates, ["2024-05-30", "2025-06-01", "2026-11-12"]);
    assert_eq!(outcome.protocol.review, old.protocol.review);
}

#[test]
fn a_document_that_prints_no_history_prints_none_of_what_is_recorded() {
    let printed = |as_printed: &str| {
        let facts = format!("[[history]]\nevent = \"adopted\"\ndate = 2024-05-30\n{as_printed}");
        let outcome = recorded(&version("one", "v1", &facts), recording("2026-11-12", None)).expect("recorded");
        outcome.protocol.adoption_lines().len()
    };
    assert_eq!(printed("as_printed = \"\""), 0);
    assert_eq!(printed(""), 2);
}

#[test]
fn what_contradicts_what_is_known_is_not_recorded() {
    let adopted = version("one", "v1", "[[history]]\nevent = \"adopted\"\ndate = 2024-05-30");
    let fails = |edition: &Edition, recording: Recording| recorded(edition, recording).expect_err("refused");
    assert!(matches!(fails(&adopted, recording("2026-11-23", None)), RecordError::InFuture { .. }));
    assert!(matches!(fails(&adopted, recording("2023-11", None)), RecordError::BeforeAdoption { .. }));
    let before = Some(Next::On(partial("2026-11-12")));
    assert!(matches!(fails(&adopted, recording("2026-11-12", before)), RecordError::NextBefore { .. }));
    let again = Recording { event: Some(EventKind::Adopted), ..recording("2025", None) };
    assert!(matches!(fails(&adopted, again), RecordError::Recorded { .. }));
    let proposed = version("one", "v1", "status = \"proposed\"");
    let refused = fails(&proposed, recording("2026-11-12", None)).to_string();
    assert!(refused.contains("engross adopt test/one@v1 --date 2026-11-12"), "{refused}");
    let overlapping = Recording { event: Some(EventKind::Readopted), ..recording("2025-03", None) };
    let readopted = "[[history]]\nevent = \"readopted\"\ndate = 2025-03-04";
    assert!(matches!(fails(&version("one", "v1", readopted), overlapping), RecordError::Recorded { .. }));
    let reviewed = version("one", "v1", "[[history]]\nevent = \"reviewed\"\ndate = 2026-05-01");
    let older = recording("2026-04-01", Some(Next::On(partial("2027"))));
    assert!(matches!(fails(&reviewed, older), RecordError::NextOfOlder { .. }));
    let superseded = version("one", "v1", "status = \"superseded\"");
    assert!(matches!(fails(&superseded, recording("2026-11-12", None)), RecordError::NotInForce { .. }));
}

#[test]
fn an_adoption_gives_a_draft_its_numbers_and_supersedes_the_version_in_force() {
    let draft = "status = \"draft\"\nnumbering = \"automatic\"\n[[section]]\nheading = \"One\"\n[[section.clause]]\ntext = \"A.\"";
    let document = DocumentEntry {
        id: "one".to_owned(),
        editions: vec![
            version("one", "2024", "[[history]]\nevent = \"adopted\"\ndate = 2024-05-30\n[review]\ndue = \"2025-05\""),
            version("one", "draft", draft),
        ],
    };
    let adoption = recording("2026-11-12", None);
    let (outcome, superseded) = adopt(&document, &document.editions[1], &adoption).expect("adopted");
    assert_eq!(outcome.protocol.status, Status::Adopted);
    assert_eq!(outcome.protocol.sections[0].clauses[0].number().map(|number| number.as_str()), Some("1.1"));
    assert_eq!(outcome.protocol.history[0].kind, EventKind::Adopted);
    let [(old, protocol)] = superseded.as_slice() else { panic!("one is superseded") };
    assert_eq!((old.version(), protocol.status), ("2024", Status::Superseded));
    let early = recording("2024-05-29", None);
    assert!(matches!(adopt(&document, &document.editions[1], &early), Err(RecordError::BeforeLast { .. })));
    assert!(matches!(adopt(&document, &document.editions[0], &adoption), Err(RecordError::NotPending { .. })));
}

#[test]
fn only_the_version_in_force_is_reviewed() {
    let adopted =
        |name: &str, date: &str| version("one", name, &format!("[[history]]\nevent = \"adopted\"\ndate = {date}"));
    let editions = vec![adopted("2022", "2022-05-30"), adopted("2024", "2024-05-30")];
    let document = DocumentEntry { id: "one".to_owned(), editions };
    let refused = record(&document, &document.editions[0], &recording("2026-11-12", None)).expect_err("refused");
    assert!(
        refused.to_string().ends_with("only the version in force is reviewed, and that is test/one@2024"),
        "{refused}"
    );
    assert!(record(&document, &document.editions[1], &recording("2026-11-12", None)).is_ok());
}

#[test]
fn a_proposal_goes_on_waiting_when_the_version_in_force_is_reviewed() {
    let copied = "[[history]]\nevent = \"readopted\"\ndate = 2024-05-30";
    let mut document = DocumentEntry {
        id: "one".to_owned(),
        editions: vec![
            version("one", "2024-05-30", copied),
            version("one", "draft", "status = \"draft\""),
            version("one", "proposed", &format!("status = \"proposed\"\n{copied}")),
        ],
    };
    for event in [EventKind::Reviewed, EventKind::Readopted] {
        let done = Recording { event: Some(event), ..recording("2026-11-12", None) };
        let outcome = record(&document, &document.editions[0], &done).expect("recorded");
        document.editions[0].protocol = outcome.protocol;
        let waiting: Vec<_> = document.waiting().into_iter().map(Edition::version).collect();
        assert_eq!(waiting, ["proposed", "draft"], "proposals before drafts");
    }
}

#[test]
fn an_event_dated_ahead_is_told() {
    let documents = [entry("one", "[[history]]\nevent = \"adopted\"\ndate = \"2204-01\"")];
    let register = register(&documents);
    assert!(register.entries[0].notes().iter().any(|note| note.contains("a day to come: January 2204")));
}
