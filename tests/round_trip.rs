//! Documents as councils write them come back from every format as the sources they were made from.

mod support;

use engross::import::import;
use engross::model::{Protocol, Provision};
use engross::read::write_protocol;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const SUBJECTS: [&str; 8] = [
    "The Clerk",
    "A councillor",
    "Members of the Council",
    "An officer",
    "The Chairman of the meeting",
    "No member",
    "The Responsible Financial Officer",
    "Every employee",
];
const DUTIES: [&str; 10] = [
    "shall keep a record of every decision and send it to all members within five working days",
    "must treat others with respect",
    "may ask for advice under section 85 of the Local Government Act 1972",
    "should not sign a payment above £500 alone",
    "is to be told in writing before the meeting, and may answer there",
    "reports to the Council (see paragraph 2.1) what has been spent",
    "will be given three clear days’ notice",
    "can expect courtesy, honesty and *timely* information",
    "shall, on behalf of the Council, write to clerk@example.gov.uk",
    "must declare any interest that **affects** the matter",
];
const HEADINGS: [&str; 10] = [
    "Introduction",
    "Roles of Councillors and Officers",
    "RULES OF DEBATE",
    "What each may expect",
    "Accounts and Audit (Annual and Quarterly)",
    "Complaints",
    "Meetings of the Council",
    "Access to Information",
    "PRESS AND MEDIA",
    "Review",
];

fn sentence() -> impl Strategy<Value = String> {
    (prop::sample::select(SUBJECTS.to_vec()), prop::sample::select(DUTIES.to_vec()))
        .prop_map(|(who, duty)| format!("{who} {duty}."))
}

fn sentences() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..4).prop_map(|sentences| sentences.join(" "))
}

/// How the items of a list are labelled.
#[derive(Debug, Clone, Copy)]
enum Labels {
    Bullets,
    Bracketed,
    Closed,
    Stopped,
    Roman,
}

impl Labels {
    fn label(self, nth: usize) -> String {
        let letter = char::from(b'a' + u8::try_from(nth).expect("few items"));
        match self {
            Self::Bullets => String::new(),
            Self::Bracketed => format!("({letter}) "),
            Self::Closed => format!("{letter}) "),
            Self::Stopped => format!("{letter}. "),
            Self::Roman => format!("({}) ", ["i", "ii", "iii", "iv", "v", "vi"][nth]),
        }
    }
}

fn labels() -> impl Strategy<Value = Labels> {
    prop::sample::select(vec![Labels::Bullets, Labels::Bracketed, Labels::Closed, Labels::Stopped, Labels::Roman])
}

/// A list in Markdown, with a list inside one of its items or not.
fn list() -> impl Strategy<Value = String> {
    let items = prop::collection::vec(prop::sample::select(DUTIES.to_vec()), 2..5);
    let inner = prop::option::of(prop::collection::vec(prop::sample::select(DUTIES.to_vec()), 2..3));
    (labels(), items, inner).prop_map(|(labels, items, inner)| {
        let inside = if matches!(labels, Labels::Roman) { Labels::Bracketed } else { Labels::Roman };
        let mut lines = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            lines.push(format!("- {}{item};", labels.label(nth)));
            for (place, words) in inner.iter().flatten().enumerate().filter(|_| nth == 0) {
                lines.push(format!("  - {}{words};", inside.label(place)));
            }
        }
        lines.join("\n")
    })
}

/// The text of a clause, in Markdown.
fn text() -> impl Strategy<Value = String> {
    let after = prop::option::weighted(0.3, sentences());
    prop_oneof![
        3 => sentences(),
        1 => (prop::sample::select(SUBJECTS.to_vec()), list(), after).prop_map(|(who, list, after)| {
            let after = after.map(|after| format!("\n\n{after}")).unwrap_or_default();
            format!("{who} shall:\n\n{list}{after}")
        }),
    ]
}

/// The TOML of a document: with numbers of two parts, with letters below headings, or without numbers.
fn document() -> impl Strategy<Value = String> {
    let title =
        prop::sample::select(vec!["Member / Officer Protocol", "STANDING ORDERS", "Code of Conduct for Members"]);
    let council = prop::option::of(prop::sample::select(vec!["Example Parish Council", "ALDERMERE TOWN COUNCIL"]));
    let lines = prop::sample::select(vec![
        "",
        "[[history]]\nevent = \"adopted\"\ndate = 2022-05-09\nas_printed = \"Adopted 9 May 2022\"\n\n",
        "[[history]]\nevent = \"readopted\"\ndate = \"2024-05\"\nas_printed = \"Readopted May 2024\"\n\n[review]\ndue = \"2025-05\"\nas_printed = \"Review date: May 2025\"\n\n",
    ]);
    let numbering = prop::sample::select(vec!["decimal", "dotted", "lettered", "unnumbered"]);
    let section = (prop::sample::select(HEADINGS.to_vec()), prop::collection::vec(text(), 1..5));
    let sections = prop::collection::vec(section, 1..5);
    let signed = prop::option::weighted(0.3, Just("Chair of the Council"));
    (title, council, lines, numbering, sections, signed).prop_map(
        |(title, council, lines, numbering, sections, signed)| {
            let mut toml = format!(
                "title = \"{title}\"\nstatus = \"adopted\"\ncouncil_as_printed = \"{}\"\n\n",
                council.unwrap_or_default()
            );
            toml.push_str(lines);
            if let Some(role) = signed {
                toml.push_str(&format!("[[signature]]\nrole = \"{role}\"\n\n"));
            }
            for (nth, (heading, clauses)) in sections.iter().enumerate() {
                toml.push_str("[[section]]\n");
                if numbering != "unnumbered" {
                    toml.push_str(&format!("number = \"{}.\"\n", nth + 1));
                }
                toml.push_str(&format!("heading = \"{heading}\"\n\n"));
                for (place, text) in clauses.iter().enumerate() {
                    toml.push_str("[[section.clause]]\n");
                    match numbering {
                        "decimal" => toml.push_str(&format!("number = \"{}.{}\"\n", nth + 1, place + 1)),
                        "dotted" => toml.push_str(&format!("number = \"{}.{}.\"\n", nth + 1, place + 1)),
                        "lettered" => toml.push_str(&format!(
                            "number = \"({})\"\n",
                            char::from(b'a' + u8::try_from(place).expect("few"))
                        )),
                        _ => {}
                    }
                    // On paper nothing tells the words after a list from the next paragraph, unless that has a number.
                    let after = text.split("\n\n").nth(2).filter(|_| numbering == "unnumbered");
                    let text = after.map_or(text.as_str(), |after| text.trim_end_matches(after).trim_end());
                    toml.push_str(&format!("text = '''\n{text}\n'''\n\n"));
                }
            }
            toml
        },
    )
}

/// What a document prints, and where; what it keeps for itself is on no page.
fn source(protocol: &Protocol) -> String {
    write_protocol(protocol)
}

/// The provisions, a line each.
fn provisions(protocol: &Protocol) -> String {
    let line = |provision: Provision| format!("{} {}\n", provision.number.unwrap_or_default(), provision.text);
    protocol.provisions().into_iter().map(line).collect()
}

/// That what came back is what was sent; else the lines that differ.
fn same(back: &str, sent: &str) -> Result<(), TestCaseError> {
    let differences = similar::TextDiff::from_lines(sent, back);
    prop_assert!(back == sent, "{}", differences.unified_diff().header("sent", "back"));
    Ok(())
}

fn hold(cases: u32, check: impl Fn(&Protocol, &str) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&document(), |toml| check(&support::edition(&toml).protocol, &toml));
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

fn imported(toml: &str, format: &str) -> Protocol {
    let file = support::rendered(&support::edition(toml), format);
    import(&file, &format!("x.{format}")).unwrap_or_else(|why| panic!("{format}: {why}")).protocol
}

#[test]
fn word_gives_back_the_source() {
    hold(60, |protocol, toml| same(&source(&imported(toml, "docx")), &source(protocol)));
}

#[test]
fn a_web_page_gives_back_the_source() {
    hold(60, |protocol, toml| same(&source(&imported(toml, "html")), &source(protocol)));
}

#[test]
fn markdown_gives_back_the_source() {
    hold(60, |protocol, toml| same(&source(&imported(toml, "md")), &source(protocol)));
}

#[test]
fn plain_text_gives_back_the_provisions() {
    hold(60, |protocol, toml| same(&provisions(&imported(toml, "txt")), &provisions(protocol)));
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_gives_back_the_provisions() {
    // Of paragraphs without numbers the PDF says only by a little space where one ends, which is not always seen.
    hold(20, |protocol, toml| {
        let numbered = toml.contains("[[section.clause]]\nnumber");
        if numbered { same(&provisions(&imported(toml, "pdf")), &provisions(protocol)) } else { Ok(()) }
    });
}
