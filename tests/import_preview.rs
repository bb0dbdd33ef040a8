//! The page on which an import is checked by eye: what it shows of both sides, and what leaps to the eye.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

#[macro_use]
mod support;

use engross::document::preview;
use engross::import::recognise::{LeftOut, NO_PLACE};
use engross::import::{self, Imported, Manuscript, Marker, Piece, Place, Remark, Report};
use engross::model::{Block, Clause, Edition, Inline, Item, Number, Protocol, Section, Text};
use engross::read::write_protocol;
use engross::render::preview as page;
use scraper::{ElementRef, Html, Selector};
use support::command::{fails, files, succeeds};
use tempfile::TempDir;

/// A page, read by a parser that is not ours, with what it was made of.
struct Page {
    manuscript: Manuscript,
    report: Report,
    edition: Edition,
    bytes: Vec<u8>,
    html: Html,
}

/// The page for a file of which something else was made, or told, than is so.
fn page_with(bytes: &[u8], name: &str, change: impl FnOnce(&mut Protocol, &mut Report)) -> Page {
    let manuscript = import::read(bytes, name).unwrap_or_else(|why| panic!("{name}: {why}"));
    let Imported { mut protocol, mut report } = import::recognise(manuscript.clone());
    change(&mut protocol, &mut report);
    let edition = support::edition(&write_protocol(&protocol));
    let preview = preview(&manuscript, &report, &edition, name);
    let bytes = page::to_html(&preview, support::templates()).expect("rendered");
    let html = Html::parse_document(std::str::from_utf8(&bytes).expect("UTF-8"));
    Page { manuscript, report, edition, bytes, html }
}

fn page_of(bytes: &[u8], name: &str) -> Page {
    page_with(bytes, name, |_, _| ())
}

/// What engross says itself on the sides of the page.
const OF_THE_PAGE: [&str; 7] = ["side", "none", "why", "doubt", "steps", "page-end", "line-end"];

impl Page {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    /// All words in the cells of a side, one after the other.
    fn side(&self, side: &str) -> Vec<String> {
        self.all(&format!(".preview > tbody > tr > td.{side}"))
            .into_iter()
            .flat_map(|cell| words(&text(cell)))
            .collect()
    }

    /// The row that an element stands in.
    fn row_of(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        let element = found.first().unwrap_or_else(|| panic!("{selector} is nowhere"));
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.find(|above| above.attr("id").is_some_and(|id| id.starts_with("row-"))).expect("it is in a row")
    }

    fn verdicts(&self) -> Vec<String> {
        self.texts(".verdicts > li")
    }
}

/// The words of an element, without those that the page itself says; a space where an element begins that is no part of a line.
fn text(element: ElementRef<'_>) -> String {
    let mut said = String::new();
    push(element, &mut said);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(element: ElementRef<'_>, said: &mut String) {
    if element.value().classes().any(|class| OF_THE_PAGE.contains(&class)) {
        return said.push(' ');
    }
    let inline = ["del", "ins", "em", "strong", "s", "a"].contains(&element.value().name());
    let part = element.value().name() == "span" && element.attr("class").is_some_and(|class| class == "link");
    let apart = if inline || part { "" } else { " " };
    said.push_str(apart);
    for child in element.children() {
        match (child.value().as_text(), ElementRef::wrap(child)) {
            (Some(text), _) => said.push_str(text),
            (_, Some(inner)) => push(inner, said),
            _ => {}
        }
    }
    said.push_str(apart);
}

/// The words and numbers of a text, without signs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// All words of a manuscript, in order.
fn words_of(manuscript: &Manuscript) -> Vec<String> {
    let of_piece = |piece: &Piece| match piece {
        Piece::Line(line) => match &line.marker {
            Some(Marker::Label(label)) => format!("{label} {}", line.text()),
            _ => line.text(),
        },
        Piece::Table(table) => {
            table.caption.iter().cloned().chain(table.texts().into_iter().flatten()).collect::<Vec<_>>().join(" ")
        }
        Piece::PageEnd => String::new(),
    };
    manuscript.pieces.iter().flat_map(|piece| words(&of_piece(piece))).collect()
}

/// Documents as they come: the five as adopted, the five as engross makes them, and some that are hard to read.
fn documents() -> Vec<(String, Vec<u8>)> {
    let workspace = support::workspace();
    let mut documents = Vec::new();
    for edition in workspace.editions() {
        let council = &edition.address.as_ref().expect("an address").council;
        let adopted = std::fs::read(support::case(&format!("adopted/{council}.txt"))).expect("the adopted text");
        documents.push((format!("{council}.txt"), adopted));
        for format in ["docx", "html", "md"] {
            documents.push((format!("{council}.{format}"), support::rendered(edition, format)));
        }
    }
    for (name, text) in [("policy.txt", POLICY), ("simple.txt", SIMPLE), ("pages.txt", PAGES), ("hostile.txt", HOSTILE)]
    {
        documents.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    for name in ["browser.pdf", "office.pdf"] {
        let bytes = std::fs::read(support::case(&format!("import/pdf/{name}"))).expect("the PDF file");
        documents.push((name.to_owned(), bytes));
    }
    documents
}

/// A table before the text, a table in it, a number that comes twice, notes, and places to sign.
const POLICY: &str = include_str!("cases/import/preview/policy.txt");

/// A protocol that nothing is doubtful about.
const SIMPLE: &str = include_str!("cases/import/preview/simple.txt");

/// Heads and feet on three pages.
const PAGES: &str = include_str!("cases/import/preview/pages.txt");

const HOSTILE: &str = include_str!("cases/import/preview/hostile.txt");

#[test]
fn all_words_of_the_file_are_left_and_all_that_is_printed_is_right() {
    for (name, bytes) in documents() {
        let page = page_of(&bytes, &name);
        assert_eq!(page.side("original"), words_of(&page.manuscript), "{name}");
        assert_eq!(page.side("result"), words(&support::render(&page.edition, "txt").replace('_', " ")), "{name}");
    }
}

#[test]
fn nothing_is_marked_where_nothing_differs() {
    for (name, bytes) in documents() {
        let page = page_of(&bytes, &name);
        let marked: Vec<String> =
            page.texts(".preview del, .preview ins").into_iter().flat_map(|text| words(&text)).collect();
        assert_eq!(marked, [""; 0], "{name}");
        assert_eq!(page.all(".verdicts > .bad").len(), 0, "{name}: {:?}", page.verdicts());
        assert_eq!(page.all(".not-in-result, .not-in-original, .words-differ").len(), 0, "{name}");
    }
}

fn clause(protocol: &mut Protocol, section: usize, nth: usize) -> &mut Clause {
    &mut protocol.sections[section].clauses[nth]
}

#[test]
fn words_that_are_lost_changed_or_invented_leap_to_the_eye() {
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |protocol, _| {
        clause(protocol, 0, 0).text = Text::paragraph("Members must speak for the Council.");
        clause(protocol, 0, 1).text = Text::paragraph("The Clerk may speak within 48 hours.");
        protocol.sections[1].clauses.pop();
        let invented = Clause { text: Text::paragraph("Officers are unpaid volunteers always."), ..Clause::default() };
        protocol.sections[1].clauses.insert(0, invented);
    });
    assert_eq!(page.texts(".words-differ del"), ["not", "24"]);
    assert_eq!(page.texts(".words-differ ins"), ["48"]);
    assert_eq!(page.texts(".not-in-result > td.original"), ["2.2 Nobody records a telephone call."]);
    assert_eq!(page.texts(".not-in-result del"), ["2.2 Nobody records a telephone call."]);
    assert_eq!(page.texts(".not-in-original > td.result"), ["Officers are unpaid volunteers always."]);
    assert_eq!(
        page.verdicts(),
        [
            "✕ 8 words of the original do not stand in the result.",
            "✕ 6 words of the result do not stand in the original."
        ]
    );
    assert_eq!(page.all(".verdicts > .bad").len(), 2);
    // Each is in the list, which leads to it.
    let listed = page.texts(".checks > li");
    for said in [
        "Words differ, line 9: “not” only in the original",
        "Words differ, line 11: “24” only in the original; “48” only in the result",
        "Not in the result, line 21: “2.2 Nobody records a telephone call.”",
        "Not in the original: “Officers are unpaid volunteers always.”",
    ] {
        assert!(listed.iter().any(|line| line.ends_with(said)), "{said}: {listed:#?}");
    }
}

#[test]
fn a_word_in_other_capitals_or_without_its_sign_is_marked() {
    let page = page_with(
        "Fees Policy\n\n1. Fees\n\n1.1 The fee is £500 for Members.\n".as_bytes(),
        "fees.txt",
        |protocol, _| {
            clause(protocol, 0, 0).text = Text::paragraph("The fee is 500 for members.");
        },
    );
    assert_eq!(
        (page.texts(".preview del"), page.texts(".preview ins")),
        (vec!["£".into(), "Members".into()], vec!["members".into()])
    );
}

#[test]
fn doubts_are_listed_and_stand_at_their_place() {
    let places = [(Some(9), "not"), (Some(17), "said"), (Some(18), "between lines"), (None, "the whole file")];
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |_, report| {
        report.doubts = places
            .map(|(line, what)| Remark { what: what.to_owned(), place: line.map(|line| Place { page: None, line }) })
            .to_vec();
    });
    assert_eq!(
        page.texts(".checks > li"),
        [
            "1 Doubt: the whole file",
            "2 Doubt, line 9: not",
            "3 Doubt, line 17: said",
            "4 Doubt, line 17: between lines"
        ]
    );
    for (check, beside) in [(2, "1.1 Members must"), (3, "(a) keep a list"), (4, "(a) keep a list")] {
        let row = page.row_of(&format!(".original > p.doubt#check-{check}"));
        assert!(text(row).contains(beside), "{check}: {}", text(row));
        let links = page.all(&format!("a[href='#check-{check}']"));
        assert!(links[0].ancestors().filter_map(ElementRef::wrap).any(|above| above.attr("class") == Some("checks")));
    }
    // What is about the whole file has no place but the list.
    assert_eq!(page.all("li#check-1").len(), 1);
    assert_eq!(page.all(".preview [id^=check]").len(), 3);
    // Every doubt of a report is on its page.
    for (name, bytes) in documents() {
        let page = page_of(&bytes, &name);
        let listed = page.texts(".checks > li").join("\n");
        for doubt in &page.report.doubts {
            let what: String = doubt.what.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(listed.contains(&what), "{name}: {what}: {listed}");
        }
    }
}

#[test]
fn links_lead_somewhere_and_names_are_given_once() {
    for (name, bytes) in documents() {
        let page = page_of(&bytes, &name);
        let ids: Vec<&str> = page.all("[id]").iter().filter_map(|element| element.attr("id")).collect();
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{name}");
        let links: Vec<&str> = page.all("a[href^='#']").iter().filter_map(|link| link.attr("href")).collect();
        assert!(!links.is_empty() && links.iter().all(|link| ids.contains(&&link[1..])), "{name}: {links:?}");
    }
}

#[test]
fn what_was_left_out_is_struck_with_its_reason_and_pages_end() {
    let page = page_of(PAGES.as_bytes(), "pages.txt");
    let left_out: Vec<String> = page.report.left_out.iter().map(|left| left.text.clone()).collect();
    assert!(left_out.len() >= 5, "{left_out:?}");
    assert_eq!(page.texts(".original s"), left_out);
    let all =
        |selector: &str| -> Vec<String> { page.all(selector).iter().map(|element| element.text().collect()).collect() };
    let why: Vec<String> = page.report.left_out.iter().map(|left| format!("left out: {}", left.why)).collect();
    assert_eq!(all(".left-out > .why"), why);
    assert_eq!(all(".page-end"), ["End of page 1", "End of page 2", "End of page 3"]);
    // The clause that the page's end divides is one row.
    let row = page.row_of(".page-end");
    assert_eq!(
        text(row),
        "page 1, line 9 1.1 This says who speaks to the press, and when they may Page 1 of 3 Example Parish Council do so. \
         1.1 This says who speaks to the press, and when they may do so."
    );
    let listed = page.texts("#left-out + table tbody tr");
    assert!(listed.contains(&"“Page 1 of 3” a page number 3 page 1, line 11".to_owned()), "{listed:#?}");
    assert_eq!(page.all(".original p.doubt").len(), 0, "what stands at the edge of a page is no matter of doubt");
}

#[test]
fn a_line_left_out_of_the_middle_of_a_page_is_doubted() {
    let words = "1.2 The Clerk speaks for the Council.";
    let manuscript = import::read(PAGES.as_bytes(), "pages.txt").expect("read");
    let mut lines = manuscript.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        _ => None,
    });
    let place = lines.find(|line| line.text() == words).expect("the line").place;
    let page = page_with(PAGES.as_bytes(), "pages.txt", |protocol, report| {
        protocol.sections[0].clauses.remove(1);
        report.left_out.push(LeftOut { text: words.to_owned(), why: "repeated on every page", place });
        // The line below is text, so that the one left out does not stand at the edge.
        report.left_out.retain(|left| left.text != "Page 2 of 3");
    });
    assert!(page.texts(".original s").contains(&words.to_owned()), "{:?}", page.texts(".original s"));
    let said = format!("Left out, page 2, line {}: “{words}” was left out between lines of the text", place.line);
    assert!(page.texts(".checks > li").iter().any(|line| line.ends_with(&said)), "{:?}", page.texts(".checks > li"));
    assert!(text(page.row_of(".original p.doubt")).contains(words));
}

#[test]
fn what_is_printed_in_another_place_is_linked_both_ways() {
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |protocol, _| protocol.sections.swap(0, 1));
    assert_eq!(page.all(".not-in-result, .not-in-original").len(), 0);
    for row in page.all("tr.elsewhere") {
        let link = row.select(&Selector::parse("p.none > a").expect("a selector")).next().expect("a link");
        let there = page.row_of(&format!("{} > th", link.attr("href").expect("a target")));
        let back = there.select(&Selector::parse("p.none > a").expect("a selector")).next().expect("a link");
        assert_eq!(back.attr("href"), row.attr("id").map(|id| format!("#{id}")).as_deref());
    }
    assert!(page.all("tr.elsewhere").len() >= 4);
    assert_eq!(page.all(".verdicts > .bad").len(), 0);
}

#[test]
fn words_that_differ_in_another_place_are_marked_and_listed() {
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |protocol, _| {
        let mut moved = protocol.sections[0].clauses.remove(0);
        moved.text = Text::paragraph("Members must always speak for the Council.");
        protocol.sections[1].clauses.push(moved);
    });
    assert_eq!(
        (page.texts(".elsewhere del"), page.texts(".elsewhere ins")),
        (vec!["not".into()], vec!["always".into()])
    );
    assert_eq!(
        page.texts(".checks > li"),
        [
            "1 Another place, line 9: “1.1 Members must not speak for the Council.” is printed in another place; “not” only in the original",
            "2 Another place: “always” only in the result"
        ]
    );
}

#[test]
fn what_found_no_place_is_lost_and_not_left_out() {
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |protocol, report| {
        protocol.sections[0].heading = None;
        let place = Place { page: None, line: 7 };
        report.left_out.push(LeftOut { text: "1. Aim".to_owned(), why: NO_PLACE, place });
    });
    assert_eq!(page.texts(".words-differ del"), ["Aim"]);
    assert_eq!(page.all(".preview s, #left-out").len(), 0);
}

#[test]
fn bullets_that_are_typed_and_what_stands_between_a_number_and_its_words_are_no_loss() {
    let text = "Press Protocol\n\nAdopted 9 May 2022\n\n1.Aim\n\n1.1 – The Clerk:\n\n➢ answers\n\n➢ listens\n\n2 Scope\n\n2.1All – or none.\n";
    // Whatever is recognised, this is what it is.
    let item = |text: &str| Item { label: None, blocks: vec![Block::Paragraph(vec![Inline::words(text)])] };
    let list =
        vec![Block::Paragraph(vec![Inline::words("The Clerk:")]), Block::List(vec![item("answers"), item("listens")])];
    let section = |number: &str, heading: &str, clause: &str, text: Text| Section {
        number: Number::new(number).map(Some),
        heading: Some(heading.to_owned()),
        clauses: vec![Clause { number: Number::new(clause).map(Some), text, ..Clause::default() }],
        ..Section::default()
    };
    let page = |last: &str| {
        page_with(text.as_bytes(), "press.txt", |protocol, _| {
            protocol.sections = vec![
                section("1.", "Aim", "1.1", Text { blocks: list.clone() }),
                section("2", "Scope", "2.1", Text::paragraph(last)),
            ];
        })
    };
    assert_eq!(page("All – or none.").texts(".preview del, .preview ins"), [""; 0]);
    assert_eq!(page("All or none.").texts(".signs-differ del"), ["–"]);
}

#[test]
fn facts_say_where_they_are_from() {
    let page = page_of(POLICY.as_bytes(), "policy.txt");
    assert_eq!(
        page.all("#facts + table tbody tr").iter().map(|row| row.text().collect::<String>()).collect::<Vec<_>>(),
        [
            "“Media Policy”the titleline 3",
            "“Example Town Council”the councilline 1",
            "Nothing foundthe status: adopted, for nothing says otherwise–",
            "“Adopted 9 May 2022, minute 22/45”adopted: 9 May 2022line 5",
            "“Review date: May 2025”the next review: May 2025line 27",
        ]
    );
}

#[test]
fn hostile_text_stays_text() {
    let page = page_of(HOSTILE.as_bytes(), "<img src=x>\"{{ document }}.txt");
    assert_eq!(page.all("script, img, svg, b, [onerror], [onload], iframe, object, a[href^='javascript']").len(), 0);
    assert_eq!(page.all("main").len(), 1);
    let main = page.texts("main").concat();
    let side = |side: &str| page.texts(&format!(".preview > tbody > tr > td.{side}")).join("\n");
    for words in [
        "<script>alert(1)</script>",
        "{{ 7*7 }} {% if x %} <b>bold</b>",
        "</style></title><img src=x",
        "</td></table>;",
        "&lt;.",
    ] {
        assert!(side("original").contains(words) && side("result").contains(words), "{words}: {main}");
    }
    assert!(main.contains("Imported from <img src=x>\"{{ document }}.txt:"), "{main}");
    assert!(!main.contains(['\u{202e}', '\u{202c}']), "what turns words round is not let through");
    let policy = page.all("meta[http-equiv='Content-Security-Policy']");
    assert_eq!(
        policy[0].attr("content"),
        Some("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
    );
}

#[test]
fn a_page_is_the_same_each_time() {
    for (name, bytes) in documents().into_iter().take(3) {
        assert_eq!(page_of(&bytes, &name).bytes, page_of(&bytes, &name).bytes, "{name}");
    }
}

#[test]
fn a_small_page_reads_so() {
    let page = page_with(SIMPLE.as_bytes(), "simple.txt", |protocol, report| {
        clause(protocol, 0, 0).text = Text::paragraph("Members must speak for the Council.");
        protocol.sections[1].clauses.pop();
        let place = Some(Place { page: None, line: 17 });
        report.doubts.push(Remark { what: "(a) may be a clause".to_owned(), place });
        let place = Place { page: None, line: 1 };
        report.left_out.push(LeftOut { text: "Example Town Council".to_owned(), why: "a running head or foot", place });
    });
    let lines =
        |selector: &str| page.all(selector).into_iter().map(|element| shown(element)).collect::<Vec<_>>().join("\n");
    let rows = page.all(".preview > tbody > tr").into_iter().map(|row| {
        let cells = row.child_elements().map(shown).collect::<Vec<_>>();
        cells.join(" | ")
    });
    let all = [
        lines("h1, .adoption"),
        lines(".verdicts > li, .checks > li"),
        lines(".facts tr"),
        rows.collect::<Vec<_>>().join("\n"),
    ];
    snapshot!("import-preview", all.join("\n\n"));
}

/// An element as it reads, marks as signs.
fn shown(element: ElementRef<'_>) -> String {
    let mut html = element.inner_html();
    for (tag, sign) in
        [("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}"), ("<s>", "~~"), ("</s>", "~~")]
    {
        html = html.replace(tag, sign);
    }
    let plain: String = Html::parse_fragment(&html).root_element().text().collect::<Vec<_>>().join(" ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_alone_is_made_unless_more_is_asked_for() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    std::fs::write(here.join("policy.txt"), POLICY).expect("written");
    assert_eq!(succeeds(here, &["import", "policy.txt", "--preview", "look.html"]), "made look.html\n");
    assert_eq!(files(here).len(), 2);
    // The page may be made again, and the source beside it.
    let said = succeeds(here, &["import", "policy.txt", "--preview", "look.html", "-o", "policy.toml"]);
    assert_eq!(said, "made look.html\nmade policy.toml\n");
    let page = std::fs::read_to_string(here.join("look.html")).expect("the page");
    assert!(page.contains("Imported from policy.txt: 2 sections"), "{page}");
    let source = std::fs::read_to_string(here.join("policy.toml")).expect("the source");
    assert_eq!(succeeds(here, &["import", "policy.txt", "--preview", "look.html", "-o", "-"]), source);
    std::fs::create_dir_all(here.join("protocols")).expect("a workspace");
    let said =
        succeeds(here, &["import", "policy.txt", "--preview", "look.html", "--council", "example", "--report", "json"]);
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON and nothing else");
    assert_eq!(said["made"][0], "look.html", "{said}");
    assert!(here.join("protocols/example/media-policy/2022-05-09.toml").is_file());
}

#[test]
fn the_page_takes_the_place_of_neither_document_nor_source() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let rendered = support::rendered(
        &support::edition(&write_protocol(&page_of(POLICY.as_bytes(), "policy.txt").edition.protocol)),
        "html",
    );
    std::fs::write(here.join("policy.html"), &rendered).expect("written");
    let said = fails(here, &["import", "policy.html", "--preview", "./policy.html"]);
    assert!(said.contains("name another file"), "{said}");
    assert_eq!(std::fs::read(here.join("policy.html")).expect("the document"), rendered);
    let said = fails(here, &["import", "policy.html", "-o", "x.toml", "--preview", "x.toml"]);
    assert!(said.contains("name another file"), "{said}");
    assert!(!here.join("x.toml").exists(), "nothing is made of half a command");
}

#[test]
fn a_workspace_may_have_its_own_page() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    std::fs::create_dir_all(here.join("templates/html")).expect("a folder");
    std::fs::create_dir_all(here.join("protocols")).expect("a folder");
    std::fs::write(here.join("templates/html/preview.html"), "{{ preview.title }}").expect("written");
    std::fs::write(here.join("policy.txt"), POLICY).expect("written");
    succeeds(here, &["import", "policy.txt", "--preview", "look.html"]);
    assert_eq!(std::fs::read_to_string(here.join("look.html")).expect("the page"), "Media Policy");
}
