//! What the program writes reads back as the same model.

mod support;

use engross::model::{
    Block, Cell, Clause, Colour, ControlTable, Council, CouncilKind, Event, EventKind, Inline, Interval, Logo, Number,
    Numbering, Part, PartialDate, Protocol, Review, Role, Section, Signature, Silence, Status, Table, Text,
};
use engross::read::{self, markdown};
use engross::source::Source;
use proptest::prelude::*;

fn read_back(toml: &str) -> Result<Protocol, String> {
    let source = Source::new("written.toml", toml);
    match read::protocol(&source) {
        Ok(read) => Ok(read.value),
        Err(faults) => Err(engross::diagnostics::full::render(&faults, false)),
    }
}

#[test]
fn the_shipped_sources_are_written_back_the_same() {
    let workspace = support::workspace();
    for edition in workspace.editions() {
        let written = read::write_protocol(&edition.protocol);
        assert_eq!(read_back(&written).as_ref(), Ok(&edition.protocol));
        assert_eq!(read::write_protocol(&read_back(&written).expect("read")), written, "canonical text is stable");
    }
    for entry in &workspace.councils {
        let written = read::write_council(&entry.council);
        let source = Source::new("council.toml", written);
        assert_eq!(read::council(&source).expect("read").value, entry.council);
    }
}

/// Words as a document prints them, with characters that mean something to TOML, Markdown, HTML or templates.
fn line() -> impl Strategy<Value = String> {
    r#"[A-Za-z0-9éŵ'"“”(){}\[\]<>&#*_\\/.,;:%$@!?~|^=+`-]{1,8}( [A-Za-z0-9éŵ'"“”(){}\[\]<>&#*_\\/.,;:%$@!?~|^=+`-]{1,8}){0,5}"#
}

fn text() -> impl Strategy<Value = Text> {
    let paragraphs = prop::collection::vec(line(), 1..3);
    let list = prop::collection::vec(
        r"(a\. |\(iv\) |)(\*[a-z]{1,6}\*|\*\*[a-z]{1,6}\*\*|<https://a\.uk/b_c>|\[[a-z]{1,6}\]\(mailto:[a-z]@?b\.uk\)|[a-z]{1,6})( [a-z]{1,6}){0,3}(\n  - i\. [a-z]{1,6}\n  - [a-z]{1,6})?",
        0..4,
    );
    (paragraphs, list, prop::option::of(table())).prop_map(|(paragraphs, items, table)| {
        let mut blocks: Vec<String> =
            paragraphs.iter().map(|words| markdown::write(&Text::paragraph(words.clone()))).collect();
        blocks.extend(table.map(|table| markdown::write(&Text { blocks: vec![table] })));
        if !items.is_empty() {
            blocks.push(items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"));
        }
        markdown::parse(&blocks.join("\n\n")).expect("written by the program")
    })
}

/// A table whose cells hold words as documents print them, marked up or not, in several lines, or nothing.
fn table() -> impl Strategy<Value = Block> {
    let words = || line().prop_map(|words| vec![Inline::words(words)]);
    let marked = || {
        let typed = r"(\*[a-z]{1,6}\*|\*\*[a-z]{1,6}\*\*|<https://a\.uk/b_c>|\[[a-z]{1,6}\]\(https://a\.uk/[a|]b\))( [a-z]{1,6}){0,3}";
        typed.prop_map(|typed| match markdown::parse(&typed).expect("typed").blocks.remove(0) {
            Block::Paragraph(words) => words,
            other => panic!("{other:?}"),
        })
    };
    let lines = (line(), line()).prop_map(|(one, two)| vec![Inline::words(one), Inline::Break, Inline::words(two)]);
    let cell = prop_oneof![2 => words(), 1 => marked(), 1 => lines, 1 => Just(Cell::new())];
    (1..4_usize, 1..4_usize, any::<bool>(), words()).prop_flat_map(move |(columns, rows, headed, first)| {
        let rows = prop::collection::vec(prop::collection::vec(cell.clone(), columns), rows);
        rows.prop_map(move |mut rows| {
            rows[0][0].clone_from(&first);
            let header = if headed { rows.remove(0) } else { Vec::new() };
            Block::Table(Table { header, rows })
        })
    })
}

fn date() -> impl Strategy<Value = PartialDate> {
    let dates = ["2024-05-30", "2024-02-29", "2020-01", "1999", "2030-12-31"];
    prop::sample::select(dates.to_vec()).prop_map(|text| PartialDate::parse(text).expect("a date"))
}

fn number() -> impl Strategy<Value = Option<Option<Number>>> {
    prop_oneof![Just(None), Just(Some(None)), line().prop_map(|text| Some(Number::new(&text)))]
}

fn clause() -> impl Strategy<Value = Clause> {
    (number(), prop::option::of(line()), prop::option::of(1u8..=4), text(), any::<bool>()).prop_map(
        |(number, heading, level, text, bare)| {
            let bare = bare && heading.is_some();
            Clause {
                id: None,
                number,
                level: level.filter(|_| heading.is_some()),
                heading,
                text: if bare { Text::default() } else { text },
                under: None,
            }
        },
    )
}

fn section() -> impl Strategy<Value = Section> {
    (number(), prop::option::of(line()), prop::collection::vec(clause(), 0..4)).prop_map(
        |(number, heading, mut clauses)| {
            for (nth, clause) in clauses.iter_mut().enumerate() {
                clause.under = (nth > 0).then(|| "first".to_owned());
                clause.id = (nth == 0).then(|| "first".to_owned());
            }
            Section { id: None, number, heading, clauses }
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let kinds = [EventKind::Adopted, EventKind::Readopted, EventKind::Reviewed, EventKind::Amended];
    (prop::sample::select(kinds.to_vec()), date(), prop::option::of(line()), prop::option::of(line()))
        .prop_map(|(kind, date, as_printed, minute)| Event { kind, date, as_printed, minute })
}

fn review() -> impl Strategy<Value = Review> {
    let every = prop::sample::select(vec!["1 year", "18 months"]);
    let every = every.prop_map(|text| Interval::parse(text).expect("an interval"));
    let stated = (prop::option::of(date()), prop::option::of(every), prop::option::of(line()));
    (stated, prop::option::of(date()), prop::option::of(any::<bool>())).prop_map(
        |((due, every, as_printed), planned, annual_meeting)| Review {
            due,
            every,
            planned,
            annual_meeting,
            as_printed,
        },
    )
}

fn control() -> impl Strategy<Value = ControlTable> {
    (prop::option::of(line()), prop::collection::vec([line(), line()], 1..4), any::<bool>()).prop_map(
        |(caption, rows, headed)| ControlTable {
            caption,
            header: if headed { vec!["Version".to_owned(), "Date".to_owned()] } else { vec![] },
            rows: rows.into_iter().map(Vec::from).collect(),
        },
    )
}

fn council() -> impl Strategy<Value = Council> {
    let optional = || prop::option::of(line());
    let accent = prop::option::of(Just(Colour::parse("#1d4f91").expect("dark")));
    let every = prop::option::of(Just(Interval::parse("2 years").expect("an interval")));
    let terms = prop::collection::btree_map(
        prop::sample::select(vec![Role::Councillor, Role::Officer, Role::Chair]),
        prop::collection::vec(line(), 1..3),
        0..3,
    );
    let kinds = prop::sample::select(vec![CouncilKind::Parish, CouncilKind::LondonBorough, CouncilKind::Other]);
    ((line(), kinds, optional(), prop::collection::vec(line(), 0..3)), (optional(), accent, terms, every)).prop_map(
        |((name, kind, principal_authority, address), (alt, accent, terms, review_every))| Council {
            name,
            kind,
            principal_authority,
            address: Some(address.join("\n")).filter(|address| !address.is_empty()),
            email: Some("clerk@example.gov.uk".to_owned()),
            website: Some("https://www.example.gov.uk/a?b=1&c='d'".to_owned()),
            logo: alt.map(|alt| Logo { file: "logo.png".to_owned(), alt }),
            accent,
            terms,
            review_every,
        },
    )
}

fn protocol() -> impl Strategy<Value = Protocol> {
    let statuses = [Status::Draft, Status::Proposed, Status::Adopted, Status::Superseded, Status::Withdrawn];
    let facts = (
        line(),
        prop::sample::select(statuses.to_vec()),
        prop::option::of(line()),
        prop::collection::vec(event(), 0..3),
        prop::option::of(review()),
        prop::collection::vec(control(), 0..2),
    );
    let rest = (
        prop::collection::vec(text(), 0..2),
        prop::collection::vec((line(), prop::option::of(line())), 0..2),
        prop::collection::vec((line(), line()), 0..2),
        prop::collection::vec(section(), 0..4),
        any::<bool>(),
    );
    (facts, rest).prop_map(|(facts, rest)| {
        let (title, status, council_as_printed, history, mut review, control) = facts;
        // None is due before it was adopted.
        let adopted = history.iter().filter(|event: &&Event| event.kind.is_adoption());
        let adopted = adopted.map(|event| event.date.first_day()).max();
        if let Some(review) = &mut review {
            review.due = review.due.filter(|due| adopted.is_none_or(|adopted| due.last_day() >= adopted));
        }
        let (notes, signatures, silences, mut sections, explicit) = rest;
        // Ids are unique in a document.
        for (nth, section) in sections.iter_mut().enumerate() {
            section.id = Some(format!("s{nth}"));
            for clause in &mut section.clauses {
                let name = |id: String| format!("{id}-{nth}");
                clause.id = clause.id.take().map(name);
                clause.under = clause.under.take().map(name);
            }
        }
        Protocol {
            title,
            status,
            council_as_printed,
            front: explicit.then(|| vec![Part::Title, Part::Council]),
            back: explicit.then(|| vec![Part::Adoption, Part::Notes]),
            numbering: if status.is_pending() { Numbering::Automatic } else { Numbering::AsPrinted },
            notes,
            history,
            review,
            control,
            signatures: signatures.into_iter().map(|(role, name)| Signature { role, name }).collect(),
            silences: silences.into_iter().map(|(rule, reason)| Silence { rule, at: None, reason }).collect(),
            sections,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_council_reads_back_the_same(council in council()) {
        let source = Source::new("council.toml", read::write_council(&council));
        let again = read::council(&source).map(|read| read.value);
        prop_assert!(again.as_ref().is_ok_and(|again| *again == council), "{}\n{again:?}", source.text);
    }

    #[test]
    fn any_protocol_reads_back_the_same(protocol in protocol()) {
        let written = read::write_protocol(&protocol);
        let again = read_back(&written);
        prop_assert_eq!(again.as_ref(), Ok(&protocol), "{}", written);
        prop_assert!(written.starts_with("format = 1\n"), "{}", written);
    }

    /// Whatever is printed, each format is made, twice alike, and every provision's words are in the text and in the JSON.
    #[test]
    fn any_protocol_builds_in_every_format(protocol in protocol()) {
        let written = read::write_protocol(&protocol);
        let edition = support::edition(&written);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let text = words(&support::render(&edition, "txt"));
        let mut from = 0;
        for provision in edition.protocol.provisions() {
            // What stands between the cells of a table is not printed.
            for word in words(&provision.text).into_iter().filter(|word| word != "|") {
                let found = text[from..].iter().position(|printed| *printed == word);
                prop_assert!(found.is_some(), "{word:?} of {} is not printed in its place", provision.id);
                from += found.unwrap_or_default() + 1;
            }
        }
        for format in engross::render::FORMATS {
            let first = support::rendered(&edition, format.name);
            prop_assert_eq!(&first, &support::rendered(&edition, format.name));
            prop_assert!(!first.is_empty());
        }
    }
}
