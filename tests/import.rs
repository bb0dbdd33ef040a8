//! Documents in other formats become the sources they should be: the five as adopted, and what engross makes of them.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use engross::import::{Imported, Line, Manuscript, Marker, Piece, Table, import, recognise};
use engross::model::{Edition, Inline, Protocol};
use engross::read::write_protocol;
use engross::source::Source;

/// The provisions by id, with their words.
fn provisions(protocol: &Protocol) -> Vec<(String, String)> {
    protocol.provisions().into_iter().map(|provision| (provision.id, provision.text)).collect()
}

fn imported(bytes: &[u8], name: &str) -> Imported {
    let imported = import(bytes, name).unwrap_or_else(|why| panic!("{name}: {why}"));
    // What was made can be read, and says the same.
    let toml = write_protocol(&imported.protocol);
    let read = engross::read::protocol(&Source::new("imported.toml", toml.as_str()));
    let read = read.unwrap_or_else(|faults| panic!("{}\n{toml}", engross::diagnostics::full::render(&faults, false)));
    assert_eq!(provisions(&read.value), provisions(&imported.protocol), "{name}");
    imported
}

fn dates(protocol: &Protocol) -> Vec<String> {
    let events = protocol.history.iter().map(|event| format!("{} {}", event.kind, event.date));
    let due = protocol.review.iter().filter_map(|review| review.due).map(|due| format!("due {due}"));
    events.chain(due).collect()
}

#[test]
fn the_five_as_adopted_become_their_sources() {
    for edition in support::workspace().editions() {
        let council = &edition.address.as_ref().expect("an address").council;
        let adopted = std::fs::read(support::case(&format!("adopted/{council}.txt"))).expect("the adopted text");
        let Imported { protocol, .. } = imported(&adopted, &format!("{council}.txt"));
        let wanted = &edition.protocol;
        let words = |protocol: &Protocol| provisions(protocol).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(words(&protocol), words(wanted), "{council}");
        // One paragraph of Thanet's stands alone behind a bullet: here an item, in its source a paragraph.
        if council != "thanet" {
            assert_eq!(provisions(&protocol), provisions(wanted), "{council}");
        }
        assert_eq!((&protocol.title, protocol.status), (&wanted.title, wanted.status), "{council}");
        assert_eq!(dates(&protocol), dates(wanted), "{council}");
        let headings = |protocol: &Protocol| -> Vec<String> {
            protocol.sections.iter().filter_map(|section| section.heading.clone()).collect()
        };
        assert_eq!(headings(&protocol), headings(wanted), "{council}");
    }
}

#[test]
fn what_engross_makes_comes_back() {
    let workspace = support::workspace();
    for edition in workspace.editions() {
        for format in ["docx", "html"] {
            let file = support::rendered(edition, format);
            let Imported { protocol, .. } = imported(&file, &format!("x.{format}"));
            assert_eq!(provisions(&protocol), provisions(&edition.protocol), "{} as {format}", edition.named());
        }
    }
    // The plain text and the Markdown of Kingsthorpe lose where its control table ends.
    let others = |edition: &&Edition| !edition.named().contains("kingsthorpe");
    for edition in workspace.editions().filter(others) {
        for format in ["md", "txt"] {
            let file = support::rendered(edition, format);
            let Imported { protocol, .. } = imported(&file, &format!("x.{format}"));
            assert_eq!(provisions(&protocol), provisions(&edition.protocol), "{} as {format}", edition.named());
        }
    }
}

/// A document with tables in its text: with headings and without, with cells that are empty, marked up or of several lines.
fn with_tables() -> engross::model::Edition {
    support::edition(
        r#"title = "Financial Regulations"
status = "adopted"
[[section]]
number = "1."
heading = "Limits"
[[section.clause]]
number = "1.1"
text = """
These limits apply:

| Amount | Who decides | ✓ |
| --- | --- | --- |
| up to £500 | the **Clerk**, as the [scheme](https://a.example/x?y\\|z) says | ✓ |
| up to £5,000 | the *Chair* \\| or deputy |  |
|  | **nobody else** |  |

They are reviewed every year.

- (a) by the Clerk,
- (b) by the Council.

|  |  |
| --- | --- |
| Monday | 1. the office |
| Tuesday | - the hall |
"""
[[section.clause]]
number = "1.2"
text = "After that it ends."
[[section.clause]]
heading = "Forms"
[[section.clause]]
text = """
| Name |
| --- |
| <https://a.example> |
"""
[[section.clause]]
number = "1.3"
text = """
|  |  |
| --- | --- |
| Signed by | the Chair |
"""
"#,
    )
}

#[test]
fn tables_in_the_text_come_back() {
    let edition = with_tables();
    for format in ["md", "html", "docx"] {
        let Imported { protocol, .. } = imported(&support::rendered(&edition, format), &format!("x.{format}"));
        assert_eq!(protocol.sections, edition.protocol.sections, "{format}");
    }
}

#[test]
fn lines_inside_a_cell_come_back_where_the_format_has_them() {
    let text = "text = \"\"\"\n| Duty | Who |\n| --- | --- |\n| Bank<br>Cash | Clerk<br>Chair |\n\"\"\"";
    let document = |text: &str| {
        support::edition(&format!(
            "title = \"Duties\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1.\"\nheading = \"Who does what\"\n[[section.clause]]\nnumber = \"1.1\"\n{text}\n"
        ))
    };
    let (lines, one_line) = (document(text), document(&text.replace("<br>", " ")));
    for (format, wanted) in [("html", &lines), ("docx", &lines), ("md", &one_line)] {
        let Imported { protocol, .. } = imported(&support::rendered(&lines, format), &format!("x.{format}"));
        assert_eq!(protocol.sections, wanted.protocol.sections, "{format}");
    }
}

#[test]
fn tables_that_only_lay_words_out_become_paragraphs_and_others_stay() {
    let read = |html: &str| {
        let page = format!("<h1>Standing Orders</h1><h2>1. Meetings</h2>{html}");
        imported(page.as_bytes(), "x.html").protocol
    };
    let laid_out = read(
        "<table><tr><td>1.1<td>Meetings are public.<tr><td><td>They are on Mondays.<tr><td>1.2<td>They end at ten.</table><table><tr><td>A box.<tr><td>(a) Smoking.</table>",
    );
    assert_eq!(
        provisions(&laid_out),
        [
            ("1.1", "Meetings are public.\nThey are on Mondays."),
            ("1.2", "They end at ten.\nA box."),
            ("1.2/a", "Smoking.")
        ]
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
    );
    let table = read(
        "<p>1.1 The limits:</p><table><caption>Limits</caption><tr><td><b>Sum</b><td><b>Who</b><tr><td>£500<td>Clerk<tr><td>£1,000</table><p>1.2 That is all.</p>",
    );
    let said: Vec<String> = provisions(&table).into_iter().map(|(id, text)| format!("{id} {text}")).collect();
    assert_eq!(said, ["1.1 The limits:\nLimits\nSum | Who\n£500 | Clerk\n£1,000 | ", "1.2 That is all."]);
}

#[test]
fn what_stands_on_every_page_is_left_out_and_told() {
    let page = |number: usize, text: &str| format!("Example Parish Council\n\n{text}\n\nPage {number} of 3\n\u{c}\n");
    let text = [
        page(
            1,
            "Media Protocol\n\nAdopted 9 May 2022\n\n1. Aim\n\n1.1 This says who speaks to the press, and when they may",
        ),
        page(2, "do so.\n\n1.2 The Clerk speaks for the Council."),
        page(3, "1.3 Others ask first."),
    ];
    let Imported { protocol, report } = imported(text.concat().as_bytes(), "media.txt");
    let said: Vec<String> = provisions(&protocol).into_iter().map(|(id, text)| format!("{id} {text}")).collect();
    assert_eq!(
        said,
        [
            "1.1 This says who speaks to the press, and when they may do so.",
            "1.2 The Clerk speaks for the Council.",
            "1.3 Others ask first."
        ]
    );
    assert_eq!(dates(&protocol), ["Adopted 2022-05-09"]);
    assert_eq!(report.left_out.iter().filter(|left| left.text.starts_with("Page")).count(), 3);
    assert!(report.left_out.iter().filter(|left| left.text == "Example Parish Council").count() >= 2);
}

#[test]
fn lines_that_differ_only_in_their_dates_are_all_kept() {
    let text = "Media Policy\n\n1. Aim\n\n1.1 Members speak for themselves.\n\nAdopted 15 May 2015\n\nAdopted 9 May 2024\n\nReview May 2025\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "media.txt");
    assert_eq!(dates(&protocol), ["Adopted 2015-05-15", "Adopted 2024-05-09", "due 2025-05"]);
    assert_eq!(report.left_out, []);
}

#[test]
fn a_review_that_was_due_before_the_adoption_is_told_and_not_taken() {
    let text =
        "Media Policy\n\nAdopted 9 May 2024\n\nReview January 2024\n\n1. Aim\n\n1.1 Members speak for themselves.\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "media.txt");
    assert_eq!(dates(&protocol), ["Adopted 2024-05-09"]);
    assert_eq!(protocol.adoption_lines(), ["Adopted 9 May 2024", "Review January 2024"]);
    assert!(
        report.doubts.iter().any(|doubt| doubt.what.contains("before that of the adoption")),
        "{:?}",
        report.doubts
    );
}

#[test]
fn a_running_foot_says_when_it_was_adopted_but_not_by_its_version() {
    let page = |number: usize, text: &str| {
        format!("{text}\n\nVersion 2020-01 (adopted) Page {number} of 2\nAdopted 9 May 2022\n\u{c}\n")
    };
    let text = [
        page(1, "Media Policy\n\n1. Aim\n\n1.1 Members speak for themselves."),
        page(2, "1.2 The Clerk speaks for the Council."),
    ];
    let Imported { protocol, report } = imported(text.concat().as_bytes(), "media.txt");
    assert_eq!(dates(&protocol), ["Adopted 2022-05-09"]);
    assert_eq!(report.left_out.len(), 4);
    assert_eq!(protocol.adoption_lines(), Vec::<String>::new());
}

/// Documents that a source can only hold in another form than they have it in.
const UNUSUAL: [(&str, &str, &str); 7] = [
    (
        "a name of two lines in the text",
        "txt",
        "EXAMPLE PARISH COUNCIL\n\nMEDIA POLICY\n\nME\n\n\nCouncil\nProtocol for Members\n\nMembers listen to one another.\n",
    ),
    ("a label without words", "html", "<p>1. Members:</p><ol type=a><li>listen;</li><li></li></ol>"),
    ("a label over a list", "html", "<p>1. Members:</p><ol type=a><li><ul><li>listen</li></ul></li></ol>"),
    ("a number of another kind in a list", "txt", "Rules\n\n5. Members\n\n5.1 Members shall:\n\n2 Listen\n\n3 Speak\n"),
    ("a note", "md", "1. Members listen.[^1]\n\n[^1]: To one another.\n"),
    ("words that touch bold ones", "html", "<p>1. Members <b>listen.</b>2 or 3 (or<b>)</b> hear<b>.</b></p>"),
    (
        "rows of different lengths",
        "html",
        "<h1>Rules</h1><table><tr><th>Version<th>Date<tr><td>2<td>Adopted<br>9 May 2022<td>A<tr></table><p>1. Listen.</p>",
    ),
];

#[test]
fn what_is_made_is_read_again_as_it_is() {
    for (name, format, text) in UNUSUAL {
        is_read_again(&imported(text.as_bytes(), &format!("rules.{format}")), name);
    }
}

#[test]
fn so_is_what_only_some_formats_have() {
    let cell = |words: &str| vec![Inline::words(words)];
    let table = |rows| Piece::Table(Table { header_rows: 1, rows, ..Table::default() });
    let heading = vec![Inline::words("Aim"), Inline::Break, Inline::Break, Inline::words("and scope")];
    let marker = Some(Marker::Label("1.".to_owned()));
    let heading = Line { content: heading, marker, heading: Some(2), whole: true, ..Line::default() };
    for (name, piece) in [
        ("heads of nothing", table(vec![vec![cell("Version 2"), cell("Adopted 9 May 2022")]])),
        ("an empty table", table(vec![vec![vec![], vec![]]])),
        ("a heading of several lines", Piece::Line(heading)),
    ] {
        let line = |words, heading| Line { content: cell(words), heading, whole: true, ..Line::default() };
        let (title, words) = (line("Rules", Some(1)), line("Members listen to one another.", None));
        let pieces = vec![Piece::Line(title), piece, Piece::Line(words)];
        is_read_again(&recognise(Manuscript { pieces, ..Manuscript::default() }), name);
    }
}

fn is_read_again(imported: &Imported, name: &str) {
    let toml = write_protocol(&imported.protocol);
    assert_eq!(support::edition(&toml).protocol, imported.protocol, "{name}\n{toml}");
}

#[test]
fn files_that_cannot_be_read_say_what_to_do() {
    for (name, bytes, said) in [
        ("a.doc", &b"\xd0\xcf\x11\xe0"[..], "save it as .docx"),
        ("a.docx", b"PK\x03\x04", ""),
        ("a.pdf", b"%PDF-1.7", ""),
        ("a", b"words", "save it as one of these"),
    ] {
        let why = import(bytes, name).expect_err(name).to_string();
        assert!(why.contains(said) && why.contains(": "), "{name}: {why}");
    }
}

/// Documents as councils have them, each word of which must be printed again or be told as left out.
const AWKWARD: [(&str, &str); 6] = [
    (
        "two review lines and signatures",
        "Example Town Council\n\nMedia Policy\n\nAdopted 9 May 2022, minute 22/45\n\nReview date: May 2025\n\nTo be reviewed annually\n\n1. Aim\n\n1.1 Members speak for themselves.\n\nSigned ______________ Chairman\n\nDate ______________\n",
    ),
    (
        "a table in the text, and notes",
        "Complaints Procedure\n\n1. Stages\n\n1.1 There are two stages:\n\nStage\tWho\tDays\nOne\tClerk\t10\nTwo\tCommittee\t20\n\n1.2 After that the Ombudsman decides.\n\n* Working days are meant.\n",
    ),
    (
        "letters below headings, and text before the first number",
        "STANDING ORDERS\n\nDraft\n\nThese orders were drawn up with the county association and apply to all committees.\n\nMeetings\n\n(a) Meetings are held in public.\n\n(b) Smoking is not permitted.\n\n(i) at meetings;\n\n(ii) in the hall.\n\nAppendix A – Forms\n\nName and address\n\nTelephone\n",
    ),
    (
        "numbers that stand alone, twice and out of order",
        "Financial Regulations\n\n1.\n\nGeneral\n\n1.1\n\nThe Council is responsible.\n\n1.1 Again the same.\n\n3. Banking\n\n3.4 Cheques bear two signatures.\n\n2.9 An earlier number.\n",
    ),
    (
        "many dates",
        "Co-option Policy\nApproved by Full Council on 12th March 2021 (Min 45/21); reviewed 03.05.2022, amended June 2023\nNext review: 31/02/2024\n\n1 Purpose\n\n1.1 To fill a vacancy under the Local Government Act 1972.\n\nLast reviewed May 2024\nNext review due May 2025\n",
    ),
    ("hardly anything", "A note to all members\n"),
];

#[test]
fn every_word_is_printed_or_told_as_left_out() {
    let adopted = ["battle", "kings-hill", "kingsthorpe", "swanscombe-and-greenhithe", "thanet"].map(|council| {
        let text = std::fs::read_to_string(support::case(&format!("adopted/{council}.txt"))).expect("the adopted text");
        (council.to_owned(), text)
    });
    let awkward = AWKWARD.map(|(name, text)| (name.to_owned(), text.to_owned()));
    for (name, text) in adopted.into_iter().chain(awkward) {
        let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
        let mut printed = support::render(&support::edition(&write_protocol(&protocol)), "txt");
        report.left_out.iter().for_each(|left| printed.push_str(&format!("\n{}", left.text)));
        let mut there = counted(&printed);
        for (word, times) in counted(&text) {
            let found = there.remove(&word).unwrap_or(0);
            assert!(
                found >= times,
                "{name}: “{word}” stands there {times} times, and is printed {found} times\n{printed}"
            );
        }
    }
}

/// How often each word stands in a text; signs around words do not count.
fn counted(text: &str) -> std::collections::BTreeMap<String, usize> {
    let mut words = std::collections::BTreeMap::new();
    for word in text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
        if !word.is_empty() {
            *words.entry(word.to_owned()).or_insert(0) += 1;
        }
    }
    words
}
