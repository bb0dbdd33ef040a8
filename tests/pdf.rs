//! PDF files: what is on their pages, what a validator says of them, and what is said where none can be made.
#![cfg(feature = "pdf")]

#[macro_use]
mod support;

use std::collections::BTreeMap;

use engross::compare::compare;
use engross::document::{changes, document};
use engross::model::Edition;
use engross::render::difference::to_pdf;
use engross::render::{Format, Templates};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use support::pdf::{letters, pages};

fn file(edition: &Edition) -> Vec<u8> {
    support::rendered(edition, "pdf")
}

fn everything() -> Edition {
    engross::store::load::file(&support::case("render/everything.toml")).expect("the case is read").value
}

fn redline(left: &Edition, right: &Edition) -> Vec<u8> {
    let comparison = compare(left, right, &[]);
    let changes = changes(&comparison, left, right, |_| true);
    to_pdf(&changes, &comparison, (left, right), support::templates()).expect("rendered")
}

/// The letters of a plain text, without its spaces and what it draws.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect()
}

/// Taken for broken where the last byte of what is packed happens to be a carriage return: the validator counts it to the line end
/// after it. veraPDF, which runs in CI, checks the same rule.
const LENGTH_OF_A_STREAM: &str = "ISO 19005-2:2011:6.1.7.1:1";

fn assert_valid(file: &[u8], what: &str) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let report = validate_pdf_bytes(file, &ValidationOptions::default().profile(profile)).expect("a PDF");
        let failures: Vec<_> = report.failures.iter().filter(|f| f.rule_id != LENGTH_OF_A_STREAM).collect();
        assert!(failures.is_empty(), "{what}, {profile:?}: {failures:#?}");
    }
}

#[test]
fn a_document_with_everything_in_it() {
    let file = file(&everything());
    let pages: Vec<String> = pages(&file)
        .iter()
        .map(|page| format!("=== {}\n{}\n", page.furniture.replace('\n', " | "), page.words))
        .collect();
    snapshot!("pdf-everything", pages.concat());
    assert_valid(&file, "everything");
}

#[test]
fn every_document_has_the_letters_of_its_plain_text_and_is_valid() {
    let workspace = support::workspace();
    let everything = everything();
    for edition in workspace.editions().chain([&everything]) {
        let file = file(edition);
        assert_eq!(plain(&letters(&file)), plain(&support::render(edition, "txt")), "{}", edition.named());
        assert_valid(&file, &edition.named());
    }
}

#[test]
fn two_files_of_one_document_are_the_same_to_the_byte() {
    let edition = everything();
    assert!(file(&edition) == file(&edition));
}

#[test]
fn every_page_says_whose_it_is_and_what_is_not_adopted() {
    let long = "1. A clause. ".repeat(1200);
    for (status, said) in [("adopted", "Long"), ("proposed", "PROPOSED: Long"), ("draft", "DRAFT: Long")] {
        let edition = support::edition(&format!(
            "title = \"Long\"\nstatus = \"{status}\"\ncouncil_as_printed = \"Ŵŷ Town\"\n[[section]]\n[[section.clause]]\ntext = \"{long}\"\n"
        ));
        let pages = pages(&file(&edition));
        assert!(pages.len() > 2);
        for (at, page) in pages.iter().enumerate() {
            let count = format!("Page {} of {}", at + 1, pages.len());
            assert!(page.furniture.starts_with(&format!("Ŵŷ Town{said}")), "{}", page.furniture);
            assert!(page.furniture.ends_with(&count), "{}", page.furniture);
            // The word across the page is a drawing.
            assert!(!page.words.contains(&status.to_uppercase()));
        }
    }
}

#[test]
fn the_redline_is_valid_and_says_what_went_and_came() {
    let version = |text: &str| {
        support::edition(&format!(
            "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\nheading = \"One\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"{text}\"\n"
        ))
    };
    let old = version("The Clerk must send every councillor the agenda.");
    let new = version("The Clerk should send every councillor the agenda.");
    let file = redline(&old, &new);
    assert_valid(&file, "a redline");
    let words: Vec<String> = pages(&file).into_iter().map(|page| page.words.replace('\n', " ")).collect();
    let words = words.join(" ");
    assert!(words.contains("Schedule of changes"));
    let words = words.replace('\u{a0}', " ");
    assert!(words.contains("The Clerk removed must added should send every councillor the agenda."), "{words}");
    assert!(words.contains("“must” → “should”"), "{words}");
}

#[test]
fn redlines_of_unlike_documents_are_valid() {
    let workspace = support::workspace();
    let everything = everything();
    let editions: Vec<&Edition> = workspace.editions().collect();
    for (left, right) in [(editions[0], editions[1]), (editions[2], &everything), (&everything, editions[3])] {
        assert_valid(&redline(left, right), &format!("{} and {}", left.named(), right.named()));
    }
}

#[test]
fn a_letter_that_the_typeface_lacks_is_found_at_its_place() {
    let edition = support::edition(
        "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\ntext = \"Members: 議員, ŵ ŷ → ☐ ✓ Ωя and 議 again.\"\n",
    );
    let faults = Format::named("pdf").expect("a format").faults(&edition, &document(&edition));
    let said: Vec<String> = faults
        .iter()
        .map(|fault| {
            let (line, column) = fault.origin.as_ref().expect("a place").start();
            format!("{line}:{column} {} {}", fault.code.name, fault.message)
        })
        .collect();
    assert_eq!(
        said,
        [
            "5:19 letter-without-shape the letter `員` (U+54E1) has no shape in the typeface of the PDF",
            "5:18 letter-without-shape the letter `議` (U+8B70) has no shape in the typeface of the PDF",
        ]
    );
}

#[test]
fn a_letter_that_is_not_typed_is_said_to_be_an_escape_or_the_councils() {
    let edition = support::edition(
        "# 議\ntitle = \"Protocol \\u8b70\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\ntext = \"Words.\"\n",
    );
    let faults = Format::named("pdf").expect("a format").faults(&edition, &document(&edition));
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].label, "typed as an escape, or in council.toml beside it");
}

#[test]
fn words_longer_than_a_line_stay_on_the_page() {
    let word = "W".repeat(300);
    let cell = "clerk@a-council-with-a-long-name.gov.uk";
    let edition = support::edition(&format!(
        "title = \"Protocol {word}\"\nstatus = \"adopted\"\n[[control]]\nrows = [[\"{cell}\", \"b\", \"c\", \"{word}\"]]\n\
         [[section]]\nnumber = \"{word}\"\nheading = \"{word}\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"{word}\"\n"
    ));
    let file = file(&edition);
    for page in pages(&file) {
        assert!(page.right_edge < 595.0 - 20.0, "words end at {}", page.right_edge);
    }
    assert_eq!(letters(&file).matches('W').count(), 5 * 300);
    assert!(letters(&file).contains(cell));
}

#[test]
fn a_row_higher_than_a_page_goes_on_on_the_next() {
    let long = (0..260).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let columns = (0..10).map(|n| format!("\"Column{n}\"")).collect::<Vec<_>>().join(", ");
    let cells = format!("\"{long} END\"{}", ", \"Clerk\"".repeat(9));
    let edition = support::edition(&format!(
        "title = \"Protocol\"\nstatus = \"adopted\"\n[[control]]\ncaption = \"History\"\nheader = [{columns}]\nrows = [[{cells}]]\n"
    ));
    let pages = pages(&file(&edition));
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.lowest > 50.0, "words stand {} points from the bottom", page.lowest);
    }
    assert!(pages.last().is_some_and(|page| page.words.contains("END")));
}

/// What a page repeats is no part of the document, and may hold no link.
#[test]
fn a_table_with_a_link_in_its_first_row_goes_over_pages() {
    let version = |header: &str| {
        let rows = "| Row | Words |\n".repeat(90);
        support::edition(&format!(
            "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\nheading = \"Rates\"\n[[section.clause]]\n\
             number = \"1.1\"\ntext = \"\"\"\nThus:\n\n| {header} |\n| --- | --- |\n{rows}\"\"\"\n"
        ))
    };
    let plain = version("Headed | Second");
    let linked = version("**[Headed](https://a.uk)** | Second");
    for (edition, repeated) in [(&plain, true), (&linked, false)] {
        let file = file(edition);
        let pages = pages(&file);
        assert!(pages.len() >= 3);
        assert!(pages[0].words.contains("Headed"));
        assert_eq!(pages[1].furniture.contains("Headed"), repeated);
        assert_valid(&file, "a long table");
    }
    for (left, right) in [(&plain, &linked), (&linked, &plain), (&linked, &version("[Headed](https://a.uk) | Third"))] {
        assert_valid(&redline(left, right), "the changes of a long table");
    }
}

/// Word needs such words to go and come again; nobody else does.
#[test]
fn the_redline_marks_nothing_that_stays() {
    let clause = |number: &str, text: &str| format!("[[section.clause]]\nnumber = \"{number}\"\ntext = \"{text}\"\n");
    let head = "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\nheading = \"One\"\n";
    let old = clause("1.1", "The Clerk keeps the register of gifts at the council office");
    let new = clause("1.1", "The Clerk keeps the register of gifts at the council office and on the website");
    let new = new + &clause("1.2", "Gifts over £50 are refused.");
    let file = redline(&support::edition(&(head.to_owned() + &old)), &support::edition(&(head.to_owned() + &new)));
    let words: String = pages(&file).into_iter().map(|page| page.words).collect();
    assert!(words.contains("added") && !words.contains("removed"), "{words}");
}

/// What the check of letters lets pass, Typst sets.
#[test]
fn letters_without_a_shape_of_their_own_are_no_fault() {
    let edition = support::edition(
        "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\n[[section.clause]]\ntext = \"Co\u{ad}operate, e\u{301}, zero\u{200b}width, em\u{2003}space, a\u{2060}b, hard\u{a0}space, non\u{2011}breaking, ﬁ, ½, £, €, •, …, “quoted”.\"\n",
    );
    assert!(Format::named("pdf").expect("a format").faults(&edition, &document(&edition)).is_empty());
    assert_valid(&file(&edition), "unseen letters");
}

#[test]
fn hostile_words_stay_words() {
    let hostile = r#"#import "x"; #panic() $x$ *b* _e_ `r` <label> @ref // /* \\u{41} {{ document }} #read(\"/etc/passwd\") -- --- ... ~ 'q'"#;
    let toml = format!(
        "title = {0:?}\nstatus = \"draft\"\ncouncil_as_printed = {0:?}\n[[section]]\nheading = {0:?}\n",
        hostile.replace('\\', "")
    );
    let edition = support::edition(&toml);
    let file = file(&edition);
    assert_valid(&file, "hostile words");
    assert_eq!(plain(&letters(&file)), plain(&support::render(&edition, "txt")));
}

#[test]
fn a_template_that_does_not_fit_is_an_error_with_its_line() {
    let edition = everything();
    let cases = [
        ("pdf/blocks.typ", "#let x = 1\n", "templates/pdf/document.typ:2:23: unresolved import"),
        ("pdf/document.typ", "#let f() = {\n  (1,).nothing()\n}\n#f()\n", "templates/pdf/document.typ:2:"),
        ("pdf/document.typ", "= Title\n#let x = (\n", "templates/pdf/document.typ:2:"),
        ("pdf/document.typ", "#read(\"/etc/passwd\")\n", "templates/pdf/document.typ:1:7: file not found"),
        ("pdf/document.typ", "#import \"@preview/x:1.0.0\": y\n", "templates/pdf/document.typ:1:"),
        ("pdf/document.typ", "#set document(date: none)\nWords\n", "cannot be set as PDF"),
    ];
    for (name, text, said) in cases {
        let templates = Templates::new(&BTreeMap::from([(name.to_owned(), text.to_owned())])).expect("taken as it is");
        let format = Format::named("pdf").expect("a format");
        let error = format.render(&edition, &document(&edition), &templates).expect_err("does not fit").to_string();
        assert!(error.contains(said), "{name}: {error}");
    }
}
