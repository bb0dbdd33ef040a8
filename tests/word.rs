//! Word files: what is in them, and what they say with tracked changes accepted or rejected.

#[macro_use]
mod support;

use engross::compare::compare;
use engross::model::Edition;
use engross::render::difference::{Author, to_docx};
use jiff::civil::date;

use proptest::prelude::*;
use support::word::{Words, part, parts, readable};

fn file(edition: &Edition) -> Vec<u8> {
    support::rendered(edition, "docx")
}

fn tracked(left: &Edition, right: &Edition) -> Vec<u8> {
    let author = Author { name: "A. <Clerk>".to_owned(), date: date(2026, 11, 22) };
    to_docx(&compare(left, right, &[]), (left, right), &author, support::templates()).expect("rendered")
}

/// Words without marks of lists and places to fill in.
fn words(text: &str) -> Vec<String> {
    let plain = text.replace(['_', '•'], " ");
    plain.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_document_with_everything_in_it() {
    let edition = engross::store::load::file(&support::case("render/everything.toml")).expect("the case is read").value;
    let file = file(&edition);
    snapshot!("word-everything", readable(&file));
    snapshot!("word-everything-styles", part(&file, "word/styles.xml"));
    assert!(part(&file, "word/header1.xml").contains("PROPOSED: Protocol with Everything in It"));
    assert!(part(&file, "word/_rels/document.xml.rels").contains("https://www.example.gov.uk/a?b=1&amp;c=2"));
}

#[test]
fn every_document_has_the_words_and_numbers_of_its_plain_text() {
    let workspace = support::workspace();
    let everything = engross::store::load::file(&support::case("render/everything.toml")).expect("read").value;
    for edition in workspace.editions().chain([&everything]) {
        let plain = support::render(edition, "txt");
        let said = Words::of(&file(edition), true).join("\n");
        assert_eq!(words(&said), words(&plain), "{}", edition.named());
    }
}

#[test]
fn two_files_of_one_document_are_the_same_to_the_byte() {
    let workspace = support::workspace();
    for edition in workspace.editions() {
        assert_eq!(file(edition), file(edition));
    }
}

#[cfg(feature = "pdf")]
#[test]
fn the_logo_stands_at_the_top_with_its_words() {
    let workspace = support::workspace();
    let with = |file: &str, bytes: &[u8]| {
        let mut edition = workspace.editions().next().expect("a document").clone();
        let alt = "A \"hill\" & a horse".to_owned();
        edition.council.as_mut().expect("a council").logo = Some(engross::model::Logo { file: file.to_owned(), alt });
        edition.logo = Some(bytes.to_vec());
        self::file(&edition)
    };
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><image href="/etc/hostname" width="9" height="9"/><path d="M0 40 Q40 0 80 40 Z"/></svg>"#;
    let drawn = with("logo.svg", svg);
    let body = part(&drawn, "word/document.xml");
    assert!(body.contains("descr=\"A &quot;hill&quot; &amp; a horse\""), "{body}");
    // 20 mm high, and twice as wide.
    assert!(body.contains("<wp:extent cx=\"1440000\" cy=\"720000\"/>"), "{body}");
    assert!(part(&drawn, "word/_rels/document.xml.rels").contains("Target=\"media/logo.png\""));
    assert!(part(&drawn, "[Content_Types].xml").contains("<Default Extension=\"png\" ContentType=\"image/png\"/>"));
    let points = support::word::bytes(&drawn, "word/media/logo.png");
    assert!(points.starts_with(b"\x89PNG"));
    // A picture of points goes in as it is; what is none is left out.
    assert_eq!(support::word::bytes(&with("logo.PNG", &points), "word/media/logo.png"), points);
    assert!(!parts(&with("logo.png", b"no picture")).iter().any(|path| path.contains("media")));
}

#[test]
fn hostile_words_stay_words() {
    let hostile = r#"<w:p/> ]]> &amp; {{ document }} { INCLUDEPICTURE \"http://evil.example\" } \ufffe \uffff"#;
    let toml = format!(
        "title = \"{hostile}\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\ntext = \"See [a](https://a.example/?x=1&y).\"\n"
    );
    let file = file(&support::edition(&toml));
    for path in parts(&file) {
        let part = part(&file, &path);
        let mut reader = quick_xml::Reader::from_str(&part);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::DocType(_) => panic!("{path} has a DTD"),
                _ => {}
            }
        }
        assert!(!part.contains("\u{fffe}") && !part.contains("fldChar"), "{path}");
    }
    assert!(Words::of(&file, true)[0].contains("<w:p/> ]]> &amp; {{ document }}"));
}

#[test]
fn accepted_it_is_the_right_document_and_rejected_the_left() {
    let workspace = support::workspace();
    let editions: Vec<&Edition> = workspace.editions().collect();
    for left in &editions {
        for right in &editions {
            let tracked = tracked(left, right);
            let pair = format!("{} and {}", left.named(), right.named());
            assert_eq!(Words::of(&tracked, true), Words::of(&file(right), true), "accepted: {pair}");
            assert_eq!(Words::of(&tracked, false), Words::of(&file(left), true), "rejected: {pair}");
        }
    }
}

#[test]
fn tables_lists_and_signatures_are_tracked_too() {
    let everything = engross::store::load::file(&support::case("render/everything.toml")).expect("read").value;
    let bare = support::edition(
        "title = \"Other\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\ntext = \"Words.\"\n",
    );
    for (left, right) in [(&everything, &bare), (&bare, &everything)] {
        let tracked = tracked(left, right);
        assert_eq!(Words::of(&tracked, true), Words::of(&file(right), true));
        assert_eq!(Words::of(&tracked, false), Words::of(&file(left), true));
    }
}

#[test]
fn changes_are_the_authors_and_reasons_are_remarked() {
    let version = |clauses: &str| {
        support::edition(&format!(
            "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\nheading = \"One\"\n{clauses}"
        ))
    };
    let clause = |number: &str, text: &str| format!("[[section.clause]]\nnumber = \"{number}\"\ntext = \"{text}\"\n");
    let (a, b, c) = (
        "The Clerk must send every councillor the agenda.",
        "Questions are answered within ten days of the meeting.",
        "Members declare their interests in the register.",
    );
    let left = version(&[clause("1.1", a), clause("1.2", b), clause("1.3", c)].concat());
    let should = a.replace("must", "should");
    let right = version(&[clause("1.1", c), clause("1.2", &should), clause("1.3", b)].concat());
    let tracked = tracked(&left, &right);
    snapshot!("word-tracked", readable(&tracked));
    snapshot!("word-tracked-comments", part(&tracked, "word/comments.xml"));
}

#[test]
fn a_paragraph_before_a_new_one_ends_in_what_stays_or_goes() {
    let version = |clauses: &[(&str, &str)]| {
        let clause =
            |(number, text): &(&str, &str)| format!("[[section.clause]]\nnumber = \"{number}\"\ntext = \"{text}\"\n");
        let clauses: String = clauses.iter().map(clause).collect();
        support::edition(&format!("title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\n{clauses}"))
    };
    let (new, last) =
        (("1a", "Something entirely new is said here about cats."), ("2", "Members declare their interests."));
    let old = [("1", "The Clerk sends the agenda to all members."), last];
    for longer in
        ["The Clerk sends the agenda to all officers", "The Clerk sends the agenda to all members. It is short."]
    {
        let tracked = tracked(&version(&old), &version(&[("1", longer), new, last]));
        let main = readable(&tracked);
        let paragraph = main.lines().find(|line| line.contains("The Clerk sends")).expect("the paragraph");
        let last_mark = paragraph.rfind("<w:del ").expect("words that go");
        assert!(paragraph.rfind("<w:ins ").is_none_or(|come| come < last_mark), "{paragraph}");
    }
}

/// A document with one clause, of such a text.
fn of_text(text: &str) -> Edition {
    support::edition(&format!(
        "title = \"Scheme\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\n{text}\n\"\"\"\n"
    ))
}

#[test]
fn in_a_table_rows_come_and_go_and_words_in_its_cells() {
    let table = |rows: &[&str]| {
        let rows = rows.join("\n");
        of_text(&format!("The limits are:\n\n| Amount | Who decides |\n| --- | --- |\n{rows}\n\nNobody else decides."))
    };
    let clerk = "| up to £500 | the Clerk, who reports to the next meeting |";
    let (chair, council) = ("| up to £5,000 | the Chair |", "| above that | the Council |");
    let left = table(&[clerk, chair, council]);
    let by_officer = clerk.replace("the Clerk", "the Town Clerk");
    let right = table(&[&by_officer, "| from a grant | the Finance Committee |", council]);
    let tracked = tracked(&left, &right);
    assert_eq!(Words::of(&tracked, true), Words::of(&file(&right), true));
    assert_eq!(Words::of(&tracked, false), Words::of(&file(&left), true));
    let main = readable(&tracked);
    let cell = main.lines().find(|line| line.contains("who reports")).expect("the cell");
    assert!(cell.contains("<w:ins ") && cell.contains(">Town ") && !cell.contains("<w:del "), "{cell}");
    let of_rows = main.lines().filter(|line| line.contains("<w:trPr>")).collect::<String>();
    assert_eq!((of_rows.matches("<w:ins ").count(), of_rows.matches("<w:del ").count()), (1, 1), "{of_rows}");
    assert_eq!(main.matches("<w:tbl>").count(), 1, "{main}");
}

#[test]
fn a_table_that_is_all_a_clause_says_is_tracked_and_linked_to() {
    let text = |words: &str| {
        let linked = "See [the table](#clause-1.1).";
        let table = format!("|  |  |\n| --- | --- |\n| Monday | {words} |\n| Tuesday | [the hall](#clause-1.1/p2) |");
        of_text(&format!("{table}\n\n- a. {linked}\n\n{}", table.replace("Monday", "Friday")))
    };
    let (left, right) = (text("the office"), text("the old office"));
    let tracked = tracked(&left, &right);
    assert_eq!(Words::of(&tracked, true), Words::of(&file(&right), true));
    assert_eq!(Words::of(&tracked, false), Words::of(&file(&left), true));
    let main = readable(&tracked);
    assert_eq!(main.matches("<w:tbl>").count(), 2, "{main}");
    assert_eq!(main.matches(">old ").count(), 2, "{main}");
    for anchor in main.split("w:anchor=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
        assert!(main.contains(&format!("w:name=\"{anchor}\"")), "{anchor}: {main}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_tables_are_tracked(
        left in (1..4_usize, any::<bool>(), prop::collection::vec("[a-c]", 3..15)),
        right in (1..4_usize, any::<bool>(), prop::collection::vec("([a-c] ){0,3}", 3..15)),
    ) {
        let table = |(columns, headed, cells): &(usize, bool, Vec<String>)| {
            let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
            let heading = if *headed { row(&vec!["Heading".to_owned(); *columns]) } else { row(&vec![String::new(); *columns]) };
            let rule = row(&vec!["---".to_owned(); *columns]);
            let rows: Vec<String> = cells.chunks_exact(*columns).map(row).collect();
            of_text(&format!("Words.\n\n| x |\n| --- |\n\n{heading}\n{rule}\n{}\n| x{} |", rows.join("\n"), " | x".repeat(columns - 1)))
        };
        let (left, right) = (table(&left), table(&right));
        let tracked = tracked(&left, &right);
        prop_assert_eq!(Words::of(&tracked, true), Words::of(&file(&right), true));
        prop_assert_eq!(Words::of(&tracked, false), Words::of(&file(&left), true));
    }
}
