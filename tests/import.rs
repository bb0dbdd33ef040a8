//! Documents in other formats become the sources they should be: the five as adopted, and what engross makes of them.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use engross::import::{Imported, Line, Manuscript, Marker, Piece, Table, import, recognise};
use engross::model::{Block, Edition, Inline, Protocol, Text};
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
fn what_repeats_itself_without_pages_is_furniture_only_where_a_page_would_end() {
    let clauses = |from: usize, to: usize| -> String {
        (from..=to).map(|nth| format!("1.{nth} The Clerk keeps book {nth}.\n\n")).collect()
    };
    let left_out = |text: &str| {
        let report = imported(text.as_bytes(), "books.txt").report;
        report.left_out.into_iter().map(|left| left.text).collect::<Vec<_>>()
    };
    let foot = |number: usize| format!("Books Policy\nFile ref {number}\n\n");
    let head = "Example Parish Council\n\nPolicy on Books\n\n1. Books\n\n";
    let paged =
        [head, &clauses(1, 20), &foot(1), &clauses(21, 40), &foot(2), &clauses(41, 60), &foot(3), "1.61 The end.\n"];
    assert_eq!(
        left_out(&paged.concat()),
        ["Books Policy", "File ref 1", "Books Policy", "File ref 2", "Books Policy", "File ref 3"]
    );
    // Forms ask for the same things.
    let form = |name: &str| format!("Form {name}\n\nFull name\n\nPost held\n\nSigned by\n\n");
    let forms: String = ["A", "B", "C", "D"].map(form).concat();
    assert_eq!(left_out(&[head, &clauses(1, 20), &forms].concat()), [""; 0]);
    let far = [head, &clauses(1, 80), &form("A"), &clauses(81, 240), &form("B"), "1.241 The end.\n"];
    assert_eq!(left_out(&far.concat()), [""; 0]);
    // The end of a sentence may be the same in many clauses.
    let ends: String = (1..=90).map(|nth| format!("1.{nth} Book {nth} is kept by the\nParish Council.\n\n")).collect();
    assert_eq!(left_out(&(head.to_owned() + &ends)), [""; 0]);
    let far: String =
        (1..=6).map(|nth| clauses(nth * 20, nth * 20 + 19) + "2.1 It is kept by the\nParish Council.\n\n").collect();
    assert_eq!(left_out(&(head.to_owned() + &far)), [""; 0]);
}

#[test]
fn lines_that_differ_only_in_their_dates_are_all_kept() {
    let text = "Media Policy\n\n1. Aim\n\n1.1 Members speak for themselves.\n\nAdopted 15 May 2015\n\nAdopted 9 May 2024\n\nReview May 2025\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "media.txt");
    assert_eq!(dates(&protocol), ["Adopted 2015-05-15", "Adopted 2024-05-09", "due 2025-05"]);
    assert_eq!(report.left_out, []);
}

#[test]
fn lines_that_differ_in_what_they_cost_are_all_kept() {
    let page = |text: &str| format!("Hall Charges\n\n{text}\n\nDeposit\n\n");
    let text = [page("Hire for one hour £12\n\nRebate 5%"), page("Hire for one hour £14\n\nRebate 7%")].join("\u{c}");
    assert_eq!(left_out(&text), ["Hall Charges", "Deposit", "Hall Charges", "Deposit"]);
    let said = write_protocol(&imported(text.as_bytes(), "x.txt").protocol);
    for words in ["£12", "£14", "5%", "7%"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_part_of_the_text_that_looks_like_the_number_of_a_page_is_kept() {
    let before = "Grants Policy\n\n1. Aim\n\n1.1 Grants help people.\n\n";
    for words in ["See page 3 of 7 of the Guide", "Page 3 of 4 of the form is for the Clerk", "3/4", "2024/25"] {
        assert_eq!(left_out(&format!("{before}{words}\n\u{c}1.2 Nobody gets more.\n")), [""; 0], "{words}");
    }
    let sentence = "1.2 Nobody gets more than the sum that is set out in section\n11";
    assert_eq!(left_out(&format!("{before}{sentence}\n\u{c}2. Forms\n\n2.1 The Clerk has the forms.\n")), [""; 0]);
    assert_eq!(left_out(&format!("{before}1/2\n\u{c}1.2 Nobody gets more.\n\n2/2\n")), ["1/2", "2/2"]);
}

#[test]
fn what_a_form_asks_for_on_two_pages_is_kept() {
    let form = |name: &str| {
        format!("Form {name}\n\nName of councillor\n\nThe Clerk fills in what is below.\n\nSignature\n\nThank you.\n")
    };
    assert_eq!(left_out(&[form("of interests"), form("of gifts")].join("\u{c}")), [""; 0]);
    let text = (1..=20).map(|nth| format!("1.{nth} The Clerk keeps book {nth}.\n\n")).collect::<String>();
    let part = "Please write in capitals\n\nUse black ink\n\n";
    assert_eq!(
        left_out(
            &["Forms Policy\n\n1. Books\n\n", "First\n\nSecond\n\nThird\n\nFourth\n\n", part, &text, part].concat()
        ),
        [""; 0]
    );
}

#[test]
fn each_event_has_the_minute_behind_its_date() {
    let minutes = |line: &str| {
        let text = format!("Grants Policy\n\n{line}\n\n1. Aim\n\n1.1 Grants help people.\n");
        let history = imported(text.as_bytes(), "x.txt").protocol.history;
        history.iter().map(|event| event.minute.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(minutes("Adopted 4 March 2024, minute 3. Chairman signed."), ["3"]);
    assert_eq!(minutes("Adopted 4 March 2024 (minute 24/17), amended 6 May 2025 (minute 25/3.2)"), ["24/17", "25/3.2"]);
    assert_eq!(minutes("Adopted 4 March 2024, amended 6 May 2025, minute 25/3"), ["", "25/3"]);
    assert_eq!(minutes("Minute 24/17: adopted 4 March 2024"), ["24/17"]);
}

#[test]
fn a_place_to_sign_that_has_been_filled_in_is_text() {
    let text =
        "Grants Policy\n\n1. Aim\n\n1.1 Grants help people.\n\nSigned: John May   Chairman   Date: 5 March 2024\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(protocol.signatures, []);
    let said = write_protocol(&protocol);
    assert!(said.contains("Signed: John May Chairman Date: 5 March 2024"), "{said}");
}

#[test]
fn a_sentence_without_its_full_stop_is_no_heading() {
    let text = "Complaints Policy\n\nStage one\n\nThe Clerk will acknowledge within 5 working days\n\nA reply follows as soon as the matter has been looked into by the Council.\n\nWhat will happen to my complaint then?\n\nIt goes to a committee.\n";
    let headings: Vec<String> = outline_of(text).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# Stage one", "# What will happen to my complaint then?"]);
}

#[test]
fn figures_that_stand_raised_are_not_run_together_with_those_before_them() {
    let page = "<h1>Plots</h1><p>Fees over £50.<sup>2</sup> are due<sup>3</sup>. A plot has 10<sup>2</sup> m<sup>2</sup> and 5<sup>1</sup> days, the 2<sup>nd</sup> is <sup>3</sup>/<sub>4</sub> of H<sub>2</sub>O.</p>";
    let said = write_protocol(&imported(page.as_bytes(), "x.html").protocol);
    assert!(said.contains("Fees over £50.² are due³. A plot has 10² m² and 5¹ days, the 2nd is 3/₄ of H2O."), "{said}");
}

#[test]
fn words_in_the_fields_of_a_web_form_are_kept() {
    let page = "<h1>Complaints</h1><p>Send it to <input value='The Clerk'> by <input type=date value='2024-03-05'>.</p><p>Use the form.<input type=submit value=Send><input type=hidden value=secret></p>";
    let words = write_protocol(&imported(page.as_bytes(), "x.html").protocol);
    assert!(words.contains("Send it to The Clerk by 2024-03-05"), "{words}");
    assert!(!words.contains("secret"));
}

#[test]
fn a_number_that_is_referred_to_at_the_beginning_of_a_line_begins_no_clause() {
    let text = "Financial Regulations\n\n4. Budgets\n\n4.1 Expenditure on revenue items may be authorised up to the amounts\nincluded for that class of expenditure as set out in Financial Regulation\n4.2 on page nine. This authority is for the Council for items over £2,\n500, and for the Clerk, who reports to the committee by 31 March\n2025 what there is to report.\n\n4.2 No expenditure may be authorised that will exceed the amount provided\nin the budget.\n";
    let clauses = outline_of(text);
    assert_eq!(clauses.len(), 3, "{clauses:#?}");
    assert!(clauses[1].contains("Regulation 4.2 on page nine"), "{}", clauses[1]);
    assert!(clauses[1].contains("over £2,500, and"), "{}", clauses[1]);
    assert!(clauses[1].contains("by 31 March 2025 what"), "{}", clauses[1]);
    assert!(clauses[2].starts_with("4.2 No expenditure"), "{}", clauses[2]);
}

#[test]
fn labels_within_a_sentence_begin_nothing() {
    let text = "Delegation\n\n1. Aim\n\n1.1 The members of the committee are appointed by the council from the list.\nSchedule 2 Fees and Charges is to be read with this by each of the members\nof the council.\n\n1.2 The members of the committee are appointed by the council from a list,\n(a) and (b) of which are kept by the Clerk, who shows it to all who ask it,\n(ii) being for the officers.\n\n1.3 Three things are kept by the Clerk and by nobody else in the council at\nall:\n(a) to know;\n(b) the seal.\n";
    let outline = outline_of(text);
    assert_eq!(outline.len(), 4, "{outline:#?}");
    assert!(outline[3].ends_with("2 items"), "{outline:#?}");
    assert!(outline[1].contains("list. Schedule 2 Fees and Charges is to be read"), "{outline:#?}");
    assert!(
        outline[2].contains("list, (a) and (b) of which are") && outline[2].contains("ask it, (ii) being"),
        "{outline:#?}"
    );
}

#[test]
fn a_hyphen_before_and_is_the_end_of_its_word() {
    let text = "Plots\n\n1. Aim\n\n1.1 The Clerk looks at each plot and tells the tenant of it both pre-\nand post-season, in writing.\n\n1.2 Nobody else does.\n";
    assert_eq!(
        outline_of(text)[1],
        "1.1 The Clerk looks at each plot and tells the tenant of it both pre- and post-season, in writing."
    );
    let text = "Plots\n\n1. Aim\n\n1.1 The Clerk looks after the plots in their day-\nto-day affairs and up-\nto-date lists of them.\n\n1.2 Nobody else does.\n";
    assert_eq!(
        outline_of(text)[1],
        "1.1 The Clerk looks after the plots in their day-to-day affairs and up-to-date lists of them."
    );
}

#[test]
fn what_is_said_above_and_below_the_text_happened_once() {
    let text = "Grants Policy\n\nAdopted 9 May 2022\n\n1. Aim\n\n1.1 Grants help people.\n\nAdopted 9 May 2022\n\nReviewed 8 May 2023\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(dates(&protocol), ["Adopted 2022-05-09", "Reviewed 2023-05-08"]);
}

#[test]
fn a_date_that_cannot_be_is_told() {
    let told = |line: &str| {
        let text = format!("Grants Policy\n\n{line}\n\n1. Aim\n\n1.1 Grants help people.\n");
        let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
        let doubts = report.doubts.into_iter().filter(|doubt| doubt.what.contains("not taken for a date"));
        (dates(&protocol), doubts.map(|doubt| doubt.what.split(" in ").next().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(told("Adopted 31 February 2024"), (vec![], vec!["“31 February 2024”".to_owned()]));
    assert_eq!(told("Next review: 2023/24"), (vec![], vec!["“2023/24”".to_owned()]));
    assert_eq!(told("Adopted 29 February 2024"), (vec!["Adopted 2024-02-29".to_owned()], vec![]));
}

#[test]
fn lines_that_say_when_something_was_done_stay_apart() {
    let text = "Grants Policy\n\nAdopted 3 May 2022\nReviewed 9 May 2023\nNext review May 2025\n\n1. Aim\n\n1.1 Grants help people.\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(protocol.adoption_lines(), ["Adopted 3 May 2022", "Reviewed 9 May 2023", "Next review May 2025"]);
}

#[test]
fn a_task_that_is_ticked_is_an_item_of_its_list() {
    let items = imported(b"# Grants\n\n## Aim\n\n- [x] done\n- [ ] open\n", "x.md").protocol;
    assert_eq!(outline(&items), ["# Aim", "2 items"]);
}

#[test]
fn what_a_web_page_does_not_print_says_why() {
    let page = "<title>Policies</title><nav>Home</nav><header>Little Haven</header><main><h1>Grants</h1><p>1.1 Grants help.</p><aside>See also</aside><p hidden>secret</p></main>";
    let left = imported(page.as_bytes(), "x.html").report.left_out;
    let told: Vec<String> = left.into_iter().map(|left| format!("{}: {}", left.text, left.why)).collect();
    assert_eq!(
        told,
        [
            "Policies: the title of the browser's window",
            "Home: the navigation of the page",
            "Little Haven: a running head or foot",
            "See also: beside the text of the page",
            "secret: hidden on the page"
        ]
    );
}

#[test]
fn links_within_a_file_stay_only_where_they_lead_somewhere() {
    let page = "<h1>Grants</h1><h2 id=s1>1 Aim</h2><p>1.1 See <a href='#2'>section 2</a><a href='#note'>*</a>.</p><h2>2 Forms</h2><p>2.1 Yes.</p><table><tr><th><a href='#x'>What</a><th>When<tr><td>Plot<td>May</table>";
    let Imported { protocol, report } = imported(page.as_bytes(), "x.html");
    assert!(write_protocol(&protocol).contains("See [section 2](#2)\\*."), "{}", write_protocol(&protocol));
    let texts = &protocol.sections[0].clauses[0].text.blocks;
    let run = |block: &engross::model::Block| matches!(block, engross::model::Block::Paragraph(content) if content.len() == 3);
    assert!(texts.iter().any(run), "words, the link, and what is behind it: {texts:?}");
    let said = "2 links lead to places of the file that the document does not have";
    assert!(report.doubts.iter().any(|doubt| doubt.what.starts_with(said)), "{:?}", report.doubts);
}

#[test]
fn a_dash_at_the_beginning_of_a_line_goes_on_with_its_sentence_unless_it_is_a_bullet() {
    let text = "Grants Policy\n\n1. Aim\n\n1.1 The Responsible Officer is to agree the wording with the insurers of\nthe Council – and not otherwise – before the last Friday in October\n– though not in August.\n\n1.2 The Clerk keeps\n– the book of grants;\n– the keys;\n– the seal.\n\n1.3 Reports of the grants are made each year under the Act of 1972, s.\n31(4) of which says so, and are to be laid before the Council in May.\n";
    let clauses = outline_of(text);
    assert!(clauses[1].ends_with("in October – though not in August."), "{clauses:#?}");
    assert!(clauses[2].ends_with("1.2 The Clerk keeps 3 items"), "{clauses:#?}");
    assert_eq!(clauses.len(), 4, "{clauses:#?}");
}

#[test]
fn letters_go_on_doubled_after_the_last() {
    let clauses: String = ('a'..='z').map(|letter| format!("{letter} Order {letter} binds all.\n\n")).collect();
    let text = format!("Standing Orders\n\n1. Meetings\n\n{clauses}aa The next one does.\n\nbb So does the last.\n");
    let outline = outline_of(&text);
    assert_eq!(outline[26..], ["z Order z binds all.", "aa The next one does.", "bb So does the last."]);
}

#[test]
fn words_say_what_was_done_and_what_was_not() {
    let said = |line: &str| {
        let text = format!("Grants Policy\n\n{line}\n\n1. Aim\n\n1.1 Grants help people.\n");
        let protocol = imported(text.as_bytes(), "x.txt").protocol;
        let every = protocol.review.iter().filter_map(|review| review.every).map(|every| format!("every {every}"));
        dates(&protocol).into_iter().chain(every).collect::<Vec<_>>().join(", ")
    };
    for (line, meant) in [
        ("This policy will be reviewed in May 2024.", "due 2024-05"),
        ("Adopted under section 27 of the Localism Act 2011", ""),
        ("Updated in line with the Procurement Act 2023", ""),
        ("This replaces the policy adopted on 12 May 2018", ""),
        ("Previous review: May 2022", "Reviewed 2022-05"),
        ("Date of policy: May 2022. Date for review: May 2024.", "due 2024-05"),
        ("Adopted 20 May 1997, last amended 4/5/98", "Adopted 1997-05-20, Amended 1998-05-04"),
        ("Adopted 09-May-2022, agreed by the Council on 9 May 23", "Adopted 2022-05-09, Adopted 2023-05-09"),
        ("Resolution 22/05/09 adopted 12 June 2022", "Adopted 2022-06-12"),
        ("Reviewed for 2023-24", ""),
        ("Reviewed May 2023, May 2024 and May 2025", "Reviewed 2023-05, Reviewed 2024-05, Reviewed 2025-05"),
        ("Adopted 9 May 2022. To be reviewed annually", "Adopted 2022-05-09, every 1 year"),
        ("Review period: 3 years", "every 3 years"),
        ("8 March 2021 The Clerk Approved", "Adopted 2021-03-08"),
    ] {
        assert_eq!(said(line), meant, "{line}");
    }
}

#[test]
fn what_is_still_to_be_adopted_is_a_proposal() {
    let status = |line: &str| {
        let text = format!("Grants Policy\n\n{line}\n\n1. Aim\n\n1.1 Grants help people.\n");
        let Protocol { status, history, .. } = imported(text.as_bytes(), "x.txt").protocol;
        (status.word().to_lowercase(), history.len())
    };
    assert_eq!(status("To be approved by Full Council on 20 May 2026"), ("proposed".to_owned(), 0));
    assert_eq!(status("DRAFT v2 – for consultation"), ("draft".to_owned(), 0));
    assert_eq!(status("Adopted 20 May 2024"), ("adopted".to_owned(), 1));
}

#[test]
fn a_number_that_counts_things_begins_no_section() {
    let items = "- 5 Town Councillors\n- 2 Borough Councillors\n- 1 Chairman\n";
    let text = format!(
        "Grants Policy\n\n1. Aim\n\n1.1 The committee has:\n\n{items}\n1.2 Write to:\n\nThe Clerk\n12 High Street\nBattle\nTN33 0AE\n\n1.3 The year has these ends:\n\n1 April – the year begins\n30 June – it is looked at\n\n1.4 The law is in these:\n\nSection 101 Local Government Act 1972\nSection 27 Localism Act 2011\n\n2. Forms\n\n2.1 The Clerk has the forms.\n"
    );
    let heads: Vec<String> = outline_of(&text).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# 1. Aim", "# 2. Forms"]);
    let lost = "Grants Policy\n\n1. Grants help people.\n\n2. They are paid in May.\n\n3 Nobody else is paid.\n\n4. The Clerk has the forms.\n";
    assert_eq!(outline_of(lost)[3], "3 Nobody else is paid.");
    let bare = "Grants Policy\n\n1 Aim\n\nGrants help people who live here, and nobody else.\n\n2 Forms\n\nThe Clerk has the forms.\n";
    let heads: Vec<String> = outline_of(bare).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# 1 Aim", "# 2 Forms"]);
}

#[test]
fn a_list_that_counts_like_the_sections_stays_one() {
    let page = "<h1>Complaints</h1><h2>1. Aim</h2><p>Be fair.</p><h2>2. Stages</h2><p>The stages are:</p><ol><li>Acknowledge it.<li>Look into it.<li>Answer it</ol><h2>3. Appeals</h2><p>Nobody else is heard.</p>";
    let outline_of_page = outline(&imported(page.as_bytes(), "x.html").protocol);
    assert_eq!(
        outline_of_page,
        ["# 1. Aim", "Be fair.", "# 2. Stages", "The stages are: 3 items", "# 3. Appeals", "Nobody else is heard."]
    );
    let text = "Complaints Procedure\n\n1. Aim\n\nThe council takes complaints seriously.\n\n2. Stages of a complaint\n\nThe stages are these:\n\n1. It is acknowledged.\n2. The Clerk looks into it.\n3. The Chairman is told of it.\n4. The answer is written.\n\n3. Appeals\n\nAn appeal may be made:\n\n1. in writing;\n2. in person.\n\n4. Review\n\nThe procedure is looked at every year.\n";
    let text = outline_of(text);
    let heads: Vec<&String> = text.iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# 1. Aim", "# 2. Stages of a complaint", "# 3. Appeals", "# 4. Review"]);
    assert_eq!(text[3], "The stages are these: 4 items");
}

#[test]
fn what_each_committee_has_is_no_running_head() {
    let committee = |name: &str| {
        let may: String = (1..=16).map(|nth| format!("- decide on {name} {nth}\n")).collect();
        format!(
            "{name} Committee\n\nMembership\n\nSix councillors\n\nQuorum\n\nThree members\n\nThe committee may:\n\n{may}\nThe committee meets every two months.\n\n"
        )
    };
    let committees = ["Finance", "Planning", "Amenities", "Personnel"].map(committee);
    let head = "Committee Terms of Reference\n\nAdopted 9 May 2022\n\n";
    for between in ["", "\u{c}"] {
        assert_eq!(left_out(&(head.to_owned() + &committees.join(between))), [""; 0], "{between:?}");
    }
}

#[test]
fn a_title_over_two_lines_is_one_and_prices_are_no_contents() {
    let title =
        |lines: &str| imported(format!("{lines}\n\n1. Aim\n\n1.1 It meets.\n").as_bytes(), "x.txt").protocol.title;
    assert_eq!(
        title("Battle Town Council\n\nFinance Committee\n\nTerms of Reference"),
        "Finance Committee Terms of Reference"
    );
    assert_eq!(title("Battle Town Council\n\nTerms of Reference"), "Terms of Reference");
    let prices = "Fees\n\n1. Aim\n\n1.1 A plot costs:\n\nFull plot ........ 45\nHalf plot ........ 25\nQuarter plot ..... 15\nKey .............. 10\n";
    assert_eq!(left_out(prices), [""; 0]);
}

#[test]
fn places_for_names_stay_as_they_are_printed() {
    let text = "Grants Policy\n\n1. Aim\n\n1.1 Grants help people.\n\nSigned ………………… Chairman\n\nPrint name …………………\n\nDate …………………\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(protocol.signatures, []);
    assert!(write_protocol(&protocol).contains("Print name"));
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

/// What a plain text becomes: each section's and clause's number, heading and words in a line.
fn outline(protocol: &Protocol) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &protocol.sections {
        let number = section.number.as_ref().and_then(|number| number.as_ref());
        let head = [number.map(|number| number.as_str()), section.heading.as_deref()];
        lines.push(format!("# {}", head.into_iter().flatten().collect::<Vec<_>>().join(" ")));
        for clause in &section.clauses {
            let heading = clause.heading.as_ref().map(|heading| format!("## {heading}"));
            let text = clause.text.blocks.iter().map(|block| match block {
                engross::model::Block::Paragraph(content) => {
                    engross::import::Line { content: content.clone(), ..Default::default() }.text()
                }
                engross::model::Block::List(items) => format!("{} items", items.len()),
                engross::model::Block::Table(table) => format!("table of {} rows", table.rows.len()),
            });
            let parts = clause.number().map(|number| number.as_str().to_owned()).into_iter().chain(heading).chain(text);
            lines.push(parts.collect::<Vec<_>>().join(" "));
        }
    }
    lines
}

fn outline_of(text: &str) -> Vec<String> {
    outline(&imported(text.as_bytes(), "x.txt").protocol)
}

fn left_out(text: &str) -> Vec<String> {
    imported(text.as_bytes(), "x.txt").report.left_out.into_iter().map(|left| left.text).collect()
}

#[test]
fn a_number_alone_at_the_edge_of_a_page_is_a_label_unless_it_counts_the_pages() {
    let text = "Grants Policy\n\n1\n\nAim\n\nGrants help people.\n\n1\n\u{c}2\n\nLimits\n\nNobody gets more than is asked for.\n\n2\n\u{c}3\n\nForms\n\nThe Clerk has the forms.\n\n3\n";
    assert_eq!(
        outline_of(text).iter().filter(|line| line.starts_with('#')).collect::<Vec<_>>(),
        ["# 1 Aim", "# 2 Limits", "# 3 Forms"]
    );
    assert_eq!(left_out(text), ["1", "2", "3"]);
}

#[test]
fn a_number_between_dashes_is_that_of_a_page_and_one_before_a_dash_a_label() {
    let text = "Grants Policy\n\n1 –\n\nAim\n\nGrants help people.\n\n2 –\n\nLimits\n\nNobody gets more.\n\n- 1 -\n\u{c}3 –\n\nForms\n\nThe Clerk has them.\n\n- 2 -\n";
    assert_eq!(
        outline_of(text).iter().filter(|line| line.starts_with('#')).collect::<Vec<_>>(),
        ["# 1 Aim", "# 2 Limits", "# 3 Forms"]
    );
}

#[test]
fn a_running_foot_that_begins_like_a_heading_is_known_by_its_page() {
    let page = |section: &str, page: usize, text: &str| format!("{text}\n\nSection {section}    Page {page}\n\n");
    let text = [
        "Code of Conduct\n\nSection 1 – Introduction\n\n1.1 This Code binds every councillor.\n\n".to_owned(),
        page("1 – Introduction", 1, "1.2 It applies at all times."),
        page("2 – Conduct", 2, "Section 2 – Conduct\n\n2.1 Respect is due to all."),
        page("2 – Conduct", 3, "2.2 So is courtesy."),
    ]
    .concat();
    let sections: Vec<String> = outline_of(&text).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(sections, ["# Section 1 – Introduction", "# Section 2 – Conduct"]);
    assert_eq!(left_out(&text).len(), 3);
}

#[test]
fn what_a_clause_says_of_the_document_itself_is_known() {
    let of = |clause: &str| {
        let text = format!(
            "Member/Officer Protocol\n\n1. Conduct\n\n1.1 Members shall respect officers.\n\n2. Review\n\n2.1 {clause}\n\n2.2 Officers shall respect members.\n"
        );
        let protocol = imported(text.as_bytes(), "x.txt").protocol;
        assert_eq!(protocol.status, engross::model::Status::Adopted);
        assert_eq!(protocol.sections[1].clauses[0].text.plain(), clause);
        let review = protocol.review.map(|review| {
            assert_eq!(review.as_printed.as_deref(), Some(""), "its words are printed as a clause");
            (review.due.map(|due| due.to_string()), review.every.map(|every| every.to_string()))
        });
        let history: Vec<String> =
            protocol.history.iter().map(|event| format!("{:?} {}", event.kind, event.date)).collect();
        (review, history.join(", "))
    };
    let every = |every: &str| (Some((None, Some(every.to_owned()))), String::new());
    assert_eq!(of("This Protocol will be reviewed every three years."), every("3 years"));
    assert_eq!(of("The Protocol will be reviewed annually."), every("1 year"));
    assert_eq!(
        of("This Protocol will be reviewed every three years. The next review is due in March 2028."),
        (Some((Some("2028-03".to_owned()), Some("3 years".to_owned()))), String::new())
    );
    assert_eq!(
        of("This Protocol was adopted by Northmoor Council on 27 March 2025 and has effect from 1 April 2025."),
        (None, "Adopted 2025-03-27".to_owned())
    );
    let nothing = (None, String::new());
    assert_eq!(of("The policy will be reviewed every three years."), nothing);
    assert_eq!(
        of("The Council’s complaints policy is reviewed annually. The next review is due in March 2028."),
        nothing
    );
    for said_of_another in [
        "Members shall follow the code adopted by the Council on 5 May 2021.",
        "All spending under this policy will be approved by the Council.",
        "Any expense incurred under this policy must be approved by 31 March 2026.",
        "A decision under this procedure will be reviewed every three months.",
        "This Council's complaints policy is reviewed annually.",
        "Under this scheme the allowances policy is reviewed every two years.",
        "This Protocol should be amended on 4 May 2025 if nobody objects.",
        "This Code has been adopted by the Council, which was founded on 1 April 1974.",
    ] {
        assert_eq!(of(said_of_another), nothing, "{said_of_another}");
    }
}

#[test]
fn notes_of_a_web_page_are_its_notes() {
    let page = |first: &str, notes: &str| {
        let page = format!(
            "<html><body><main><h1>Protocol</h1><h2>1. Officers</h2><p>1.1 Officers stay neutral{first}.</p><p>1.2 They are courteous since 1989.</p>{notes}</main></body></html>"
        );
        let protocol = imported(page.as_bytes(), "x.html").protocol;
        assert_eq!(outline(&protocol)[2], "1.2 They are courteous since 1989.");
        (outline(&protocol)[1].clone(), protocol.notes.iter().map(Text::plain).collect::<Vec<_>>().join(" / "))
    };
    let wanted = ("1.1 Officers stay neutral[1].".to_owned(), "[1] Section 2 of the Act.".to_owned());
    for (first, notes) in [
        // pandoc
        (
            "<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a>",
            "<section class='footnotes footnotes-end-of-document' role='doc-endnotes'><hr><ol><li id='fn1'><p>Section 2 of the Act.<a href='#fnref1' class='footnote-back' role='doc-backlink'>↩︎</a></p></li></ol></section>",
        ),
        // Written by hand, and by some makers of sites.
        (
            "<sup><a href='#fn1' id='r1'>1</a></sup>",
            "<section class='footnotes'><ol><li id='fn1'>Section 2 of the Act. <a href='#r1'>↩</a></li></ol></section>",
        ),
        // Word
        (
            "<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>",
            "<hr><div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Section 2 of the Act.</p></div>",
        ),
        // LibreOffice
        (
            "<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a>",
            "<div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>1</a> Section 2 of the Act.</p></div>",
        ),
    ] {
        assert_eq!(page(first, notes), wanted, "{notes}");
    }
    // Links to other places of the page are none, and neither is a clause whose id looks like a note's.
    assert_eq!(
        page(" (see <a href='#footnote2'>here</a>)", ""),
        ("1.1 Officers stay neutral (see here).".to_owned(), String::new())
    );
    let clause =
        imported(b"<h1>Protocol</h1><h2>1. Conduct</h2><ol><li id='note-1'>Members must be polite.</ol>", "x.html");
    assert_eq!(clause.protocol.notes, []);
    assert_eq!(
        page(" (see <a href='#s12'>12</a>)", ""),
        ("1.1 Officers stay neutral (see 12).".to_owned(), String::new())
    );
}

#[test]
fn words_that_end_the_sentence_of_an_item_belong_to_it() {
    let of = |tail: &str| {
        let text = format!(
            "MEMBER PROTOCOL\n\n1.   The Clerk shall:\n\n     (a)  issue the summons; and\n\n     (b)  report any decision, with:\n\n          (i)   the reasons for it; and\n\n          (ii)  the sum spent,\n\n{tail}unless the decision was routine.\n\n2.   Members shall respect the Clerk.\n"
        );
        imported(text.as_bytes(), "x.txt").protocol.sections[0].clauses[0].text.clone()
    };
    let ends = |blocks: &[Block]| matches!(blocks.last(), Some(Block::Paragraph(_)));
    let (inner, outer) = (of(&" ".repeat(10)), of("     "));
    let Some(Block::List(items)) = inner.blocks.last() else { panic!("{inner:?}") };
    assert!(ends(&items[1].blocks), "{inner:?}");
    assert!(ends(&outer.blocks), "{outer:?}");
}

#[test]
fn what_is_said_behind_the_name_of_a_stage_is_a_clause() {
    let text = "# Protocol\n\n## Concerns\n\nPlease follow these steps.\n\nStage 1: Speak to the person concerned.\n\nStage 2: The Clerk must reply within 15 days\n\nStage 3: Appeal\n\nWrite to the Council about it.\n\nAppendix A: Definitions\n\nA day is a working day.\n\nSchedule 1 Interests which members must declare and register\n\nThese are theirs.\n";
    assert_eq!(
        outline(&imported(text.as_bytes(), "text.md").protocol),
        [
            "# Concerns",
            "Please follow these steps.",
            "Stage 1: Speak to the person concerned.",
            "Stage 2: The Clerk must reply within 15 days",
            "# Stage 3: Appeal",
            "Write to the Council about it.",
            "# Appendix A: Definitions",
            "A day is a working day.",
            "# Schedule 1 Interests which members must declare and register",
            "These are theirs.",
        ]
    );
}

#[test]
fn headings_that_differ_in_their_number_are_not_repeated() {
    let text = "Complaints Procedure\n\nStage 1\n\nWrite to the Clerk first of all.\n\nStage 2\n\nWrite to the Chairman then.\n\nStage 3\n\nWrite to the Council after that.\n\nStage 4\n\nWrite to the Ombudsman at last.\n";
    assert_eq!(left_out(text), Vec::<String>::new());
    assert_eq!(
        outline_of(text),
        [
            "# Stage 1",
            "Write to the Clerk first of all.",
            "# Stage 2",
            "Write to the Chairman then.",
            "# Stage 3",
            "Write to the Council after that.",
            "# Stage 4",
            "Write to the Ombudsman at last."
        ]
    );
}

#[test]
fn a_foot_of_two_lines_is_known_without_page_ends() {
    let foot = |page: usize| format!("\nExample Town Council Financial Regulations\n{page}\n\n");
    let text = format!(
        "Financial Regulations\n\n1. General\n1.1. One thing is so.\n{}1.2. Another is so too.\n{}1.3. A third is so.\n",
        foot(2),
        foot(3)
    );
    let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
    assert_eq!(
        outline(&protocol),
        ["# 1. General", "1.1. One thing is so.", "1.2. Another is so too.", "1.3. A third is so."]
    );
    // The council is named nowhere else.
    assert!(report.doubts.iter().any(|doubt| doubt.what.contains("“Example Town Council”")), "{:?}", report.doubts);
    let foot = "Example Town Council Financial Regulations";
    let left: Vec<&str> = report.left_out.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, [foot, "2", foot, "3"]);
}

#[test]
fn a_council_that_stands_only_at_the_head_of_the_pages_is_printed_once() {
    let page = |number: usize, text: &str| format!("Example Town Council\n\n{text}\n\n{number}\n\u{c}");
    let text =
        [page(1, "Media Policy\n\n1. Aim\n\n1.1 One is so."), page(2, "1.2 Two is so."), page(3, "1.3 So is this.")]
            .concat();
    let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
    assert_eq!(protocol.council_as_printed.as_deref(), Some("Example Town Council"));
    assert_eq!(report.left_out.iter().filter(|left| left.text == "Example Town Council").count(), 2);
}

#[test]
fn a_council_that_is_named_only_in_a_running_head_is_known() {
    let of = |council: &str, rule: &str| {
        let page =
            |number: usize, text: &str| format!("{council} - Constitution - Part 5\n\n{text}\n\n{number}\n\u{c}");
        let text =
            [page(1, "Media Policy\n\n1. Aim\n\n1.1 One is so."), page(2, rule), page(3, "1.3 So is this.")].concat();
        imported(text.as_bytes(), "x.txt")
    };
    let one = of("Example Town Council", "1.2 Two is so.");
    assert_eq!(one.report.council.as_deref(), Some("Example Town Council"));
    assert_eq!(one.protocol.council_as_printed.as_deref(), Some(""));
    assert_eq!(of("Conduct", "1.2 Two is so.").report.council, None);
}

#[test]
fn a_list_of_contents_with_pages_but_no_dots_is_left_out() {
    let text = "Standing Orders\nContents\n1. Debate 2\n2. Conduct 3\n3. Committees 6\n1. Rules of debate\n1.1 Motions come first.\n2. Disorderly conduct\n2.1 Nobody obstructs.\n";
    assert_eq!(left_out(text), ["Contents", "1. Debate 2", "2. Conduct 3", "3. Committees 6"]);
    assert_eq!(
        outline_of(text),
        ["# 1. Rules of debate", "1.1 Motions come first.", "# 2. Disorderly conduct", "2.1 Nobody obstructs."]
    );
}

#[test]
fn cells_of_plain_text_over_several_lines_are_those_of_a_table() {
    let ruled = "Scheme\n\n1. Powers\n1.1 The following are delegated:\n\n\
        Function            Delegated to      Limit\n\
        -----------------------------------------------\n\
        Purchase of         Clerk             £500 for\n\
        goods and                             each order\n\
        services\n\
        Emergency repairs   Clerk and         £2,000\n\
        \u{20}                   Chairman\n\n1.2 All use is reported.\n";
    let made = imported(ruled.as_bytes(), "scheme.txt");
    let toml = write_protocol(&made.protocol);
    for row in [
        "| Function | Delegated to | Limit |",
        "| Purchase of goods and services | Clerk | £500 for each order |",
        "| Emergency repairs | Clerk and Chairman | £2,000 |",
    ] {
        assert!(toml.contains(row), "{row}\n{toml}");
    }
    assert!(made.report.doubts.iter().any(|doubt| doubt.what.contains("lines that stand in columns")));
    // Clauses with a number before them are none.
    let clauses = "Rules\n\n1. Order\n\nSO1     The Chairman opens the meeting and reads\n        the notice of it.\n\n\
        SO2     The Clerk keeps the minutes and sends them\n        to every member.\n";
    assert!(!write_protocol(&imported(clauses.as_bytes(), "rules.txt").protocol).contains('|'));
}

#[test]
fn a_star_before_a_line_begins_a_note_where_a_word_has_one() {
    let text = "Code\n\n1. Aim\n1.1 Members register interests* within 28 days.\n\n* as the Act defines them\n";
    let made = imported(text.as_bytes(), "code.txt").protocol;
    assert_eq!(made.notes.len(), 1);
    let text = "Code\n\n1. Aim\n1.1 A copy is sent at Actual cost *\n\n* the cost to the council\n";
    assert_eq!(imported(text.as_bytes(), "code.txt").protocol.notes.len(), 1);
    let text = "Code\n\n1. Aim\n1.1 Members register:\n* interests\n* gifts\n";
    let made = imported(text.as_bytes(), "code.txt").protocol;
    assert_eq!((made.notes.len(), provisions(&made).len()), (0, 3));
}

#[test]
fn a_form_stays_text_and_loses_no_sign() {
    let form = "Grants Policy\n\n1. Aim\n\n1.1 The Council gives grants.\n\nSchedule 1\n\nApplication form\n\n\
        Name of organisation: ____________\n\nAmount requested: £____________\n\n\
        Proposed by: __________ Seconded by: __________\n\nSigned: __________ Date: __________\n";
    let made = imported(form.as_bytes(), "grants.txt").protocol;
    assert_eq!(made.signatures, []);
    let clauses: Vec<String> = provisions(&made).into_iter().map(|(_, text)| text.replace('_', "")).collect();
    assert!(clauses.iter().any(|text| text == "Amount requested: £"), "{clauses:?}");
    let signed = form.split("Name of").next().unwrap().to_owned() + "Signed: __________ Chairman   Date: __________\n";
    assert_eq!(imported(signed.as_bytes(), "grants.txt").protocol.signatures.len(), 1);
}

#[test]
fn what_is_around_a_page_of_a_site_is_told_and_left_out() {
    let page = "<title>Petitions | Example</title><div class=cc-banner>Cookies? <button>Accept</button></div>\
        <div class=header>Example<form action=/search><label>Search</label><input></form></div>\
        <ol class=breadcrumb><li>Home<li>Petitions</ol><div id=content><h1>Petitions Scheme</h1><p>Adopted 14 May 2024</p>\
        <h3><button aria-expanded=false>Who may sign</button></h3><p>Anybody may sign.</p>\
        <p class=last-updated>Last updated: 3 March 2025</p><div class=feedback><h2>Was this helpful?</h2></div></div>\
        <div class=footer>Terms</div>";
    let Imported { protocol, report } = imported(page.as_bytes(), "petitions.html");
    assert_eq!(protocol.title, "Petitions Scheme");
    assert_eq!(dates(&protocol), ["Adopted 2024-05-14"]);
    assert_eq!(outline(&protocol), ["# Who may sign", "Anybody may sign."]);
    // The head of an article without that element is none of the site's.
    let entry = imported(
        b"<header><h1>Petitions Scheme</h1><p>Adopted 14 May 2024</p></header><p>1. Anybody may sign.</p>",
        "x.html",
    );
    assert_eq!((entry.protocol.title.as_str(), dates(&entry.protocol).len()), ("Petitions Scheme", 1));
    let told: Vec<&str> = report.left_out.iter().map(|left| left.text.as_str()).collect();
    for words in ["Cookies? Accept", "1. Home", "Last updated: 3 March 2025", "Was this helpful?", "Terms"] {
        assert!(told.contains(&words), "{words}: {told:?}");
    }
}

#[test]
fn what_a_browser_prints_around_a_page_is_left_out() {
    let page = |number: u32, text: &str| {
        format!(
            "3/11/26, 2:05 PM    Standing Orders - Example\n\n{text}\n\nhttps://www.example.gov.uk/orders    {number}/2\n"
        )
    };
    let text = page(1, "Standing Orders\n\n1. Meetings\n\n1.1 Meetings are public.")
        + "\u{c}"
        + &page(2, "1.2 They end at ten.");
    let Imported { protocol, report } = imported(text.as_bytes(), "orders.txt");
    assert_eq!(protocol.title, "Standing Orders");
    assert_eq!(provisions(&protocol).len(), 2);
    assert_eq!(report.left_out.iter().filter(|left| left.why == "printed by the browser").count(), 4);
}

#[test]
fn a_date_that_says_less_of_what_is_known_is_no_other_event() {
    let text = "Code\n\nAdopted 14 May 2024\n\n1. Aim\n\n1.1 Members listen to one another.\n\nAdopted: May 2024\n";
    assert_eq!(dates(&imported(text.as_bytes(), "code.txt").protocol), ["Adopted 2024-05-14"]);
}

#[test]
fn a_heading_that_breaks_off_goes_on_in_the_next_line_and_a_lead_in_heads_nothing() {
    let text = "Planning Code\n\n1 Aim\n\n1.1 Members listen to what is said about every application that comes before them.\n\n\
        2 Development Proposals and Interests under the\nMembers' Code\n\n2.1 Members declare what they have.\n\n\
        A vacancy occurs in two cases:\n\n1. when a member resigns;\n2. when a member dies.\n";
    let found = outline_of(text);
    assert!(found.iter().any(|line| line.contains("Interests under the Members' Code")), "{found:#?}");
    assert!(!found.iter().any(|line| line.starts_with('#') && line.contains("vacancy")), "{found:#?}");
}

#[test]
fn a_title_of_any_words_stands_where_the_file_has_it() {
    let text = "Ashcombe Town Council\n\nBusiness Continuity\n\nAdopted 14 May 2024\n\nEffective from June 2024\n\n\
        1. Aim\n\n1.1 The Council goes on with its work.\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
    assert_eq!((protocol.title.as_str(), &protocol.front), ("Business Continuity", &None));
    let told: Vec<&str> = report.doubts.iter().map(|doubt| doubt.what.as_str()).collect();
    assert!(!told.iter().any(|what| what.contains("comes to stand before")), "{told:?}");
    assert!(told.iter().any(|what| what.starts_with("“Effective from June 2024” has a date")), "{told:?}");
}

#[test]
fn one_council_in_two_languages_is_one() {
    let text = "CYNGOR CYMUNED CWM DU\nCWM DU COMMUNITY COUNCIL\n\nCOMPLAINTS POLICY\n\nMabwysiadwyd 9 Mai 2022\n\n\
        1. Aim\n\n1.1 The Council is fair.\n";
    let made = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(made.council_as_printed.as_deref(), Some("CYNGOR CYMUNED CWM DU CWM DU COMMUNITY COUNCIL"));
    assert_eq!(dates(&made), ["Adopted 2022-05-09"]);
}

#[test]
fn letters_with_a_number_count_clauses() {
    let text = "Grants\n\nA. Who\nA1. Groups of the parish apply.\nA2. They have a bank account.\n";
    let numbers = outline_of(text);
    assert!(numbers.iter().any(|line| line.starts_with("A1.")), "{numbers:?}");
    assert!(numbers.iter().any(|line| line.starts_with("A2.")), "{numbers:?}");
}

#[test]
fn a_title_below_the_address_of_the_council_is_told_to_come_first() {
    let text = "EXAMPLE PARISH COUNCIL\n1 Mill Lane, Example\n\nPLANNING PROTOCOL\n\n1. Aim\n1.1 Members listen.\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "protocol.txt");
    assert_eq!(protocol.title, "PLANNING PROTOCOL");
    let told = "“PLANNING PROTOCOL” comes to stand before the lines above it";
    assert!(report.doubts.iter().any(|doubt| doubt.what == told), "{:?}", report.doubts);
}

#[test]
fn questions_head_their_answers() {
    let text = "Complaints Procedure\n\nWhat may I complain about?\n\nYou may complain about what the Council does.\n\nHow do I complain?\n\nYou write to the Clerk.\n";
    assert_eq!(
        outline_of(text),
        [
            "# What may I complain about?",
            "You may complain about what the Council does.",
            "# How do I complain?",
            "You write to the Clerk."
        ]
    );
    let text = "Co-option\n\nQ1. What is it?\n\nIt fills a seat.\n\nQ2. Who may apply?\n\nAny elector may.\n\nQ3. When?\n\nAt any time.\n";
    assert!(outline_of(text).contains(&"Q2. ## Who may apply? Any elector may.".to_owned()), "{:?}", outline_of(text));
}

#[test]
fn headings_are_found_below_lists_and_before_the_first_text_without_blank_lines() {
    // Each paragraph is one line.
    let wish = "The Council wants to know what you think of what it does, and whether you are content with how it has done so, in every case, great or small.";
    let text = format!(
        "Complaints Procedure\nIntroduction\n{wish}\nWhat this covers\nYou may complain about these:\n• delay\n• rudeness\nWhat this does not cover\nComplaints about councillors go to the Monitoring Officer.\n"
    );
    let headings: Vec<String> = outline_of(&text).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# Introduction", "# What this covers", "# What this does not cover"]);
}

#[test]
fn a_bold_first_line_heads_the_rest_of_its_paragraph() {
    let page = "<h1>Standing Orders</h1><p><b>1. Meetings</b></p><p>1.1 The chairman presides.</p><p><strong>Voting</strong><br>Votes are by show of hands.</p>";
    let protocol = imported(page.as_bytes(), "x.html").protocol;
    assert_eq!(
        outline(&protocol),
        ["# 1. Meetings", "1.1 The chairman presides.", "## Voting", "Votes are by show of hands."]
    );
}

#[test]
fn numbers_begin_anew_below_a_lettered_heading() {
    let text = "Code of Conduct\n\nA. Respect\n\nAs a councillor:\n\n1. I treat others with respect.\n\n2. I respect officers.\n\nB. Bullying\n\nAs a councillor:\n\n1. I bully nobody.\n\n2. I harass nobody.\n";
    assert_eq!(outline_of(text)[5..], ["As a councillor:", "1. I bully nobody.", "2. I harass nobody."]);
}

#[test]
fn marks_before_a_bare_letter_are_not_the_letter() {
    let text = "Standing Orders\n\n1. Meetings\n● a Meetings are held in public.\nb Notice is given.\n● ● c The press may report.\nd A person stands to speak.\n";
    assert_eq!(
        outline_of(text)[1..],
        [
            "a Meetings are held in public.",
            "b Notice is given.",
            "c The press may report.",
            "d A person stands to speak."
        ]
    );
}

#[test]
fn a_time_at_the_beginning_of_a_printed_line_ends_no_letters() {
    let text = "Standing Orders\n\n1. Meetings\n\na\n\nThe office is open to anybody who wishes to see the papers between\n9.30 a.m. and noon.\n\nb\n\nThe hall is open to all.\n\nc\n\nThe yard is open to none.\n";
    assert_eq!(outline_of(text)[2..], ["b The hall is open to all.", "c The yard is open to none."]);
}

#[test]
fn numbers_with_their_kind_before_them_count_with_one_put_in() {
    let text = "Standing Orders\n\nSO 1\n\nMeetings\n\n(1) They are public.\n\nSO 2\n\nQuorum\n\n(1) It is three.\n\nSO 2A\n\nPetitions\n\n(1) They are read.\n\nSO 3\n\nVotes\n\n(1) They are counted.\n";
    let headings: Vec<String> = outline_of(text).into_iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# SO 1 Meetings", "# SO 2 Quorum", "# SO 2A Petitions", "# SO 3 Votes"]);
}

#[test]
fn two_labels_in_a_run_each_get_their_words_and_an_item_glued_to_its_lead_in_begins_a_line() {
    let text = "Procedure Rules\n\nRule 8\n8.1\n\nAnnual meeting\nThe Council meets once a year to see to these:(a)\n\nthe accounts; and\n\n(b)\n\nthe minutes.\n";
    assert_eq!(
        outline_of(text),
        ["# Rule 8 Annual meeting", "8.1 The Council meets once a year to see to these: 2 items"]
    );
}

#[test]
fn a_history_of_versions_in_piped_text_is_document_control() {
    let text = "Financial Regulations\n\nVersion history\nVersion | Date | Changes\n1.0 | 14/05/2018 | First issue\n2.0 | 17/05/2021 | Rewritten\n\n1. General\n\n1.1 One thing is so.\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    let [control] = protocol.control.as_slice() else { panic!("{:?}", protocol.control) };
    assert_eq!((control.caption.as_deref(), control.rows.len()), (Some("Version history"), 3));
    assert_eq!(outline(&protocol), ["# 1. General", "1.1 One thing is so."]);
}

#[test]
fn document_control_comes_back_alike_from_every_format() {
    let workspace = support::workspace();
    let mut editions = workspace.editions();
    let edition = editions.find(|edition| !edition.protocol.control.is_empty()).expect("one with a table");
    let wanted = &edition.protocol.control[0];
    let cells: Vec<String> = wanted.rows.iter().flatten().cloned().collect();
    for format in ["md", "docx", "txt", "html"] {
        let Imported { protocol, .. } = imported(&support::rendered(edition, format), &format!("x.{format}"));
        let found = protocol.control.first().unwrap_or_else(|| panic!("{format}: no table"));
        let all: Vec<String> = found.header.iter().chain(found.rows.iter().flatten()).cloned().collect();
        assert_eq!((&found.caption, &all), (&wanted.caption, &cells), "{format}");
    }
}

#[test]
fn a_review_line_above_the_adoption_is_told_to_be_printed_below_it() {
    let text =
        "Media Policy\n\nReview date: May 2027\n\nAdopted 9 May 2022\n\n1. Aim\n\n1.1 Members speak for themselves.\n";
    let Imported { protocol, report } = imported(text.as_bytes(), "x.txt");
    assert_eq!(protocol.adoption_lines(), ["Adopted 9 May 2022", "Review date: May 2027"]);
    assert!(
        report.doubts.iter().any(|doubt| doubt.what.contains("“Adopted 9 May 2022” comes to stand before")),
        "{:?}",
        report.doubts
    );
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

/// Documents that a source can only hold in another form than they have it in.
const UNUSUAL: [(&str, &str, &str); 8] = [
    ("numbers from nought", "txt", "Media Policy\n\n(0)\n\n(0) Members listen.\n\n(1)\n\n(0) Members speak.\n"),
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
    let parts = vec![Inline::words("Clerk "), Inline::words("[2]")];
    let heading = Line { content: heading, marker, heading: Some(2), whole: true, ..Line::default() };
    for (name, piece) in [
        ("heads of nothing", table(vec![vec![cell("Version 2"), cell("Adopted 9 May 2022")]])),
        ("words that touch in a cell", table(vec![vec![cell("Grade"), cell("Sum")], vec![parts, cell("£50")]])),
        ("an empty table", table(vec![vec![vec![], vec![]]])),
        ("a heading of several lines", Piece::Line(heading)),
    ] {
        let line = |words, heading| Line { content: cell(words), heading, whole: true, ..Line::default() };
        let (title, words) = (line("Rules", Some(1)), line("Members listen to one another.", None));
        // A bullet and nothing else, as a note.
        let (style, marker) = (Some("Footnote".to_owned()), Some(Marker::Bullet));
        let note = Line { style, marker, whole: true, ..Line::default() };
        let pieces = vec![Piece::Line(title), piece, Piece::Line(words), Piece::Line(note)];
        is_read_again(&recognise(Manuscript { pieces, ..Manuscript::default() }), name);
    }
}

fn is_read_again(imported: &Imported, name: &str) {
    let toml = write_protocol(&imported.protocol);
    assert_eq!(support::edition(&toml).protocol, imported.protocol, "{name}\n{toml}");
}

#[test]
fn items_on_the_lines_of_one_paragraph_are_items() {
    let clauses = |words: &str| {
        let page = format!("<h1>Media Policy</h1><h2>1. Aim</h2><p>{words}</p><h2>2. Use</h2><p>2.1 Listen.</p>");
        outline(&imported(page.as_bytes(), "x.html").protocol)
    };
    let whole = |words: &str| ["# 1. Aim", words, "# 2. Use", "2.1 Listen."].map(str::to_owned);
    for (one, other) in [("a)", "b)"), ("1.", "2."), ("•", "•")] {
        let words = format!("It covers:<br>{one} papers;<br>{other} the radio, and<br>its talks.");
        assert_eq!(clauses(&words), whole("It covers: 2 items"));
    }
    // What does not count is no list.
    assert_eq!(clauses("It covers:<br>a) papers;<br>d) radio."), whole("It covers: a) papers; d) radio."));
}

#[test]
fn what_two_labels_in_a_run_lead_in_is_below_the_second() {
    let text = "Code of Conduct\n\n1. (1) You must comply with this Code whenever you—\n\n(a) conduct business; or\n\n(b) act for the council, where—\n\n(i) you are asked; or\n\n(ii) you are sent.\n\n(2) It does not apply in private life.\n\n2. (a) You listen.\n\n(b) You speak:\n\n(i) briefly.\n";
    let section = &imported(text.as_bytes(), "x.txt").protocol.sections[0];
    let levels: Vec<String> = section.clauses.iter().map(|clause| nested(&clause.text.blocks)).collect();
    assert_eq!(levels, ["[(1) [(a) (b) [(i) (ii) ]](2) ]", "[(a) (b) [(i) ]]"]);
}

/// The labels of lists, those of a list within an item in brackets behind it.
fn nested(blocks: &[engross::model::Block]) -> String {
    let list = |block: &engross::model::Block| match block {
        engross::model::Block::List(items) => {
            let item = |item: &engross::model::Item| {
                let label = item.label.as_ref().map(|label| format!("{label} "));
                label.unwrap_or_default() + &nested(&item.blocks)
            };
            format!("[{}]", items.iter().map(item).collect::<String>())
        }
        _ => String::new(),
    };
    blocks.iter().map(list).collect()
}

#[test]
fn what_serves_the_reader_of_a_screen_is_no_text_and_told() {
    let text = r##"<h2 id="a">Scope</h2><p>Anyone may petition.</p><p><a href="#top">Back to top</a></p>
        <h2 id="b">Limits</h2><p>There are none, <a href="#a">see above</a>.</p><p><a href="#">Top</a></p>"##;
    let shares = r##"<ul><li><a href="https://www.facebook.com/sharer?u=x">Share on Facebook</a></li><li><a href="https://twitter.com/intent/tweet">Tweet</a></li></ul>
        <p><a href="javascript:window.print()">Print this page</a></p>"##;
    let links = r##"<ul><li><a href="#a">Scope</a></li><li>2. <a href="#b">Limits</a></li></ul>"##;
    let page = |contents: &str| {
        format!("<main><h1>Petitions Scheme</h1>{contents}<p>Adopted 14 May 2024</p>{text}{shares}</main>")
    };
    for title in ["", "<h2>On this page</h2>", "<p><strong>Contents:</strong></p>"] {
        let Imported { protocol, report } = imported(page(&format!("{title}{links}")).as_bytes(), "x.html");
        assert_eq!(
            outline(&protocol),
            ["# Scope", "Anyone may petition.", "# Limits", "There are none, see above."],
            "{title}"
        );
        assert_eq!(dates(&protocol), ["Adopted 2024-05-14"], "{title}");
        let told: Vec<&str> = report.left_out.iter().map(|left| left.text.as_str()).collect();
        for words in ["Scope", "Limits", "Back to top", "Top", "Share on Facebook", "Tweet", "Print this page"] {
            assert!(told.iter().any(|told| told.ends_with(words)), "{words}: {told:?}");
        }
    }
    // Links in the text are text: below a heading, led in, in a clause or beside other words.
    for kept in [
        format!("<h2>1. Related parts</h2>{links}"),
        format!("<p>Read first:</p>{links}"),
        format!("<p>1.1 The parts that apply are these</p>{links}"),
        links.replace("</a></li><li>", "</a> and what goes with it</li><li>"),
        r##"<p>Members <a href="#top">Top</a> up <a href="#b">to the top of the hill</a>.</p>"##.to_owned(),
    ] {
        let report = imported(page(&kept).as_bytes(), "x.html").report;
        let told: Vec<&str> = report.left_out.iter().map(|left| left.text.as_str()).collect();
        assert!(!told.iter().any(|told| ["Scope", "Limits", "2. Limits"].contains(told)), "{kept}: {told:?}");
    }
}

#[test]
fn a_list_counted_as_sections_are_stays_in_its_clause() {
    for (section, next) in [(1, "1.2"), (2, "2.2")] {
        let text = format!(
            "Keys Policy\n\n1. Aim\n\n{}{section}.1 The Council consults:\n\n1. the police;\n\n2. ward members.\n\n{next} It decides.\n\n{}. End\n\n{}.1 It ends.\n",
            if section == 2 { "1.1 Keys are counted.\n\n2. Keys\n\n" } else { "" },
            section + 1,
            section + 1
        );
        let found = outline_of(&text);
        assert!(found.iter().any(|line| line.contains("The Council consults: 2 items")), "{found:#?}");
        assert!(found.iter().any(|line| line.starts_with(next)), "{found:#?}");
    }
    let zeros = "Keys Policy\n\n3.0 Keys\n\n3.1 Keys are counted.\n\n3.2 The Council consults:\n1. the police;\n2. tenants; and\n3. ward members.\n3.3 It decides.\n";
    let found = outline_of(zeros);
    assert!(found.iter().any(|line| line.contains("The Council consults: 3 items")), "{found:#?}");
}

#[test]
fn a_council_right_above_a_title_is_none_of_it() {
    let text = "NETHER POPPLEFORD PARISH COUNCIL\nBONFIRE POLICY\n\n1. Aim\n\n1.1 Bonfires are small.\n";
    let made = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(
        (made.title.as_str(), made.council_as_printed.as_deref()),
        ("BONFIRE POLICY", Some("NETHER POPPLEFORD PARISH COUNCIL"))
    );
}

#[test]
fn a_file_to_download_below_the_adoption_and_opinions_on_a_page_are_none_of_the_document() {
    let page = "<h1>Noise Policy</h1><p>1. Quiet is kept.</p><p>Adopted by the Council on 15 May 2023.</p>\
        <div class=wp-block-file><a href=n.pdf>Noise Policy</a><a href=n.pdf>Download</a></div>\
        <div class=lgd-sharing><h2>Share this page</h2></div>";
    let made = imported(page.as_bytes(), "x.html").protocol;
    assert_eq!(dates(&made), ["Adopted 2023-05-15"]);
    assert_eq!(outline(&made), ["# ", "1. Quiet is kept."]);
}

#[test]
fn a_numbered_heading_over_a_list_of_contents_is_left_out_with_it() {
    let text = "Financial Regulations\n\n1. Contents\n\n2. GENERAL 2\n\n3. BANKING (AND PAYMENTS) 2\n\n4. AUDIT 3\n\n2. General\n\n2.1 They govern money.\n\n3. Banking\n\n3.1 The bank is chosen.\n\n4. Audit\n\n4.1 It is done.\n";
    assert_eq!(left_out(text), ["1. Contents", "2. GENERAL 2", "3. BANKING (AND PAYMENTS) 2", "4. AUDIT 3"]);
    // One that has text below it is a section.
    assert!(
        left_out("Financial Regulations\n\n1. Contents\n\n1.1 They govern money.\n\n2. Audit\n\n2.1 It is done.\n")
            .is_empty()
    );
}

#[test]
fn a_title_noted_before_markdown_is_that_of_a_document_without_a_heading() {
    let of = |front: &str, text: &str| {
        imported(format!("---\n{front}\nlayout: page\n---\n\n{text}## 1. Aim\n\n1.1 To listen.\n").as_bytes(), "x.md")
    };
    for front in
        ["title: Complaints Policy", "title: \"Complaints Policy\"", "date: 2024\ntitle:   'Complaints Policy'"]
    {
        let Imported { protocol, report } = of(front, "**Example Town Council**\n\n");
        assert_eq!(protocol.title, "Complaints Policy", "{front}");
        assert_eq!(protocol.council_as_printed.as_deref(), Some("Example Town Council"));
        let told = |words: &str| report.doubts.iter().any(|doubt| doubt.what.contains(words));
        assert!(
            told("noted before the text: “Complaints Policy”") && told("layout: page") && !told("left out: title"),
            "{report:?}"
        );
    }
    assert_eq!(of("title: Complaints Policy", "# Code of Conduct\n\n").protocol.title, "Code of Conduct");
    // What is more than plain words is left out, and told.
    for front in [
        "title: >",
        "title: {en: Code}",
        "title: &a Code",
        "title: Code # of 2024",
        "title: \"Code\\u0020of\"",
        "title:",
    ] {
        let Imported { protocol, report } = of(front, "");
        assert_ne!(protocol.title, front.trim_start_matches("title: "));
        assert!(report.doubts.iter().any(|doubt| doubt.what.contains(&format!("left out: {front}"))), "{report:?}");
    }
}

#[test]
fn a_council_a_title_and_a_number_on_three_lines_are_three_things() {
    let text = "Example Town Council\nCo-option Policy\nPolicy number: 14\nDate approved by Council       9th January 2024\nMinute reference               23/117\nReview frequency               Every 3 years\n\n1. Introduction\n1.1 The Council co-opts.\n";
    let protocol = imported(text.as_bytes(), "x.txt").protocol;
    assert_eq!(
        (protocol.title.as_str(), protocol.council_as_printed.as_deref()),
        ("Co-option Policy", Some("Example Town Council"))
    );
    assert!(write_protocol(&protocol).contains("Policy number: 14"));
}
