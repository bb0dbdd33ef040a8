//! Text files, Markdown and web pages against what is read of them.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::sync::LazyLock;

use engross::import::decode::{decode, decode_html};
use engross::import::{Line, Manuscript, Marker, Piece, Table, html, markdown, text};
use engross::model::Inline;
use proptest::prelude::*;

/// A file read, in a notation of one line a piece: page and line, level, marker, flags and words.
fn shown(manuscript: &Manuscript) -> Vec<String> {
    manuscript.pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::PageEnd => "---".to_owned(),
        Piece::Table(table) => {
            let rows: Vec<String> = table.texts().iter().map(|row| row.join("|")).collect();
            let caption = table.caption.as_deref().unwrap_or_default();
            format!("table {caption}[{}] {}", table.header_rows, rows.join(" / "))
        }
        Piece::Line(line) => shown_line(line),
    }
}

fn shown_line(line: &Line) -> String {
    let mut shown = String::new();
    if line.furniture {
        shown.push('~');
    }
    if let Some(level) = line.heading {
        shown.push_str(&format!("h{level} "));
    }
    shown.push_str(&">".repeat(line.list_level.into()));
    match &line.marker {
        Some(Marker::Bullet) => shown.push_str("• "),
        Some(Marker::Label(label)) => shown.push_str(&format!("[{label}] ")),
        None => {}
    }
    if line.bold {
        shown.push('*');
    }
    if let Some(style) = &line.style {
        shown.push_str(&format!("<{style}>"));
    }
    shown + &line.text()
}

fn of_text(source: &str) -> Vec<String> {
    shown(&text::read(source).expect("text"))
}

fn of_markdown(source: &str) -> Vec<String> {
    shown(&markdown::read(source).expect("Markdown"))
}

fn of_html(source: &str) -> Vec<String> {
    shown(&html::read(source).expect("a page"))
}

fn lines(manuscript: &Manuscript) -> Vec<&Line> {
    let pieces = manuscript.pieces.iter();
    let found = pieces.filter_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        _ => None,
    });
    found.collect()
}

fn tables(manuscript: &Manuscript) -> Vec<&Table> {
    let pieces = manuscript.pieces.iter();
    let found = pieces.filter_map(|piece| match piece {
        Piece::Table(table) => Some(table),
        _ => None,
    });
    found.collect()
}

/// Every word read, markers included, in order; of furniture or of the rest.
fn words(manuscript: &Manuscript, furniture: bool) -> Vec<String> {
    let mut all = Vec::new();
    for piece in &manuscript.pieces {
        match piece {
            Piece::Line(line) if line.furniture == furniture => {
                if let Some(Marker::Label(label)) = &line.marker {
                    all.push(label.clone());
                }
                all.push(line.text());
            }
            Piece::Table(table) if !furniture => {
                all.extend(table.caption.clone());
                all.extend(table.texts().concat());
            }
            _ => {}
        }
    }
    all.iter().flat_map(|text| split(text)).collect()
}

/// The words of a text: what has letters or figures in it.
fn split(text: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned).collect()
}

fn remarks(manuscript: &Manuscript) -> String {
    manuscript.remarks.iter().map(|remark| remark.what.as_str()).collect::<Vec<_>>().join("\n")
}

mod bytes {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Option<String>) {
        let (text, remark) = decode(bytes).expect("text");
        (text, remark.map(|remark| remark.what))
    }

    #[test]
    fn byte_order_marks_tell_the_encoding() {
        assert_eq!(decoded("é".as_bytes()), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa9"), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xff\xfe\xe9\0"), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xfe\xff\0\xe9"), ("é".to_owned(), None));
        assert!(decoded(b"\xff\xfe\xe9\0a").1.expect("half a character").contains("no UTF-16LE"));
    }

    #[test]
    fn other_bytes_are_windows_1252_which_is_said() {
        let (text, remark) = decoded(b"the council\x92s \x93caf\xe9\x94");
        assert_eq!(text, "the council’s “café”");
        assert!(remark.expect("said").contains("Windows-1252"));
    }

    #[test]
    fn a_stray_byte_does_not_spoil_the_rest() {
        let (text, remark) = decoded(b"\xe2\x80\x9cyes\xe2\x80\x9d, the council\x92s");
        assert_eq!(text, "“yes”, the council’s");
        assert!(remark.expect("said").contains("some bytes are no UTF-8"));
    }

    #[test]
    fn a_page_may_say_its_encoding() {
        let page = |meta: &str| [b"<meta ", meta.as_bytes(), b">caf\xe9 \xa4"].concat();
        let (text, remark) = decode_html(&page("charset=\"iso-8859-15\"")).expect("a page");
        assert!(text.ends_with("café €") && remark.is_none());
        let of_old = "http-equiv=Content-Type content='text/html; charset=ISO-8859-15'";
        assert!(decode_html(&page(of_old)).expect("a page").0.ends_with("café €"));
        assert!(decode_html(&page("charset=utf-8")).expect("a page").1.is_some());
        assert_eq!(
            decode_html("<meta charset=latin1>é".as_bytes()).expect("UTF-8 after all").0,
            "<meta charset=latin1>é"
        );
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        for (bytes, what) in [
            (&b"\0\0\0\x01\x02\x03 rubbish \0\0\0"[..], "this is no text"),
            (b"%PDF-1.7 and so on", "a PDF file"),
            (b"PK\x03\x04\x14\0", "a zip file"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old version of Word"),
            (b"{\\rtf1\\ansi", "Rich Text"),
            (b"\xff\xfe\0\0a\0\0\0b\0\0\0", "this is no text"),
        ] {
            let error = decode(bytes).expect_err("no text").to_string();
            assert!(error.contains(what), "{error}");
        }
        assert!(decode(b"one stray \x07 in a text").is_ok());
        assert!(decode(b"").is_ok());
    }
}

mod limits {
    use super::*;
    use engross::import::import;

    fn refused(text: &str, name: &str) -> String {
        let why = import(text.as_bytes(), name).expect_err("refused");
        assert!(why.remedy.contains("divide it"), "{why}");
        why.what
    }

    #[test]
    fn a_file_is_no_larger_than_a_document() {
        for name in ["a.txt", "a.md", "a.html"] {
            assert!(refused(&"words ".repeat(3 << 20), name).contains("larger than 16 MiB"));
        }
        assert!(refused(&"words ".repeat(2 << 20), "a.txt").contains("more than 8 MiB of words"));
    }

    #[test]
    fn a_document_has_no_more_lines_than_a_thousand_pages() {
        for end in ["\n", "\r", "\r\n", "\u{c}"] {
            assert!(refused(&end.repeat(1_000_001), "a.txt").contains("more than 1000000 lines"));
        }
        for line in ["x\n", "x\r", "x\u{c}"] {
            assert!(refused(&line.repeat(200_001), "a.txt").contains("more than 200000 lines"));
        }
        assert!(refused(&"x\n\n".repeat(200_001), "a.md").contains("more than 200000 lines"));
        assert!(refused(&"Minutes\tClerk\tMonday\n".repeat(70_000), "a.txt").contains("more than 200000 lines"));
    }

    #[test]
    fn wide_gaps_are_no_work() {
        let line = format!("a{}", " ".repeat(1_000)).repeat(3_000);
        assert!(tables(&text::read(&line).expect("text")).is_empty());
    }
}

mod plain {
    use super::*;

    #[test]
    fn every_line_is_one_with_its_place() {
        let read = text::read("TITLE\r\n\r\n1. Introduction\r  indented\tby two\n\tby a tab").expect("text");
        let read: Vec<_> =
            lines(&read).into_iter().map(|line| (line.text(), line.apart, line.indent, line.place.line)).collect();
        let line = |words: &str, apart, indent, line| (words.to_owned(), apart, indent, line);
        assert_eq!(
            read,
            [
                line("TITLE", false, 0.0, 1),
                line("1. Introduction", true, 0.0, 3),
                line("indented by two", false, 12.0, 4),
                line("by a tab", false, 24.0, 5)
            ]
        );
    }

    #[test]
    fn form_feeds_end_pages() {
        let read = text::read("one\n\u{c}two\nthree\u{c}four\n\u{c}").expect("text");
        assert_eq!(shown(&read), ["one", "---", "two", "three", "---", "four", "---"]);
        let pages: Vec<_> = lines(&read).iter().map(|line| (line.place.page, line.place.line)).collect();
        assert_eq!(pages, [(Some(1), 1), (Some(2), 2), (Some(2), 3), (Some(3), 3)]);
        assert_eq!(lines(&text::read("one").expect("text"))[0].place.page, None);
    }

    #[test]
    fn bullets_are_markers_and_labels_after_them_words() {
        let source =
            "- dash\n• dot\n•dot\n▪ square\n* star\n– dash\n\u{f0b7}\u{a0}glyph\n- 2.1 Text\n- (a) text\n•\n- ";
        let read = [
            "• dash",
            "• dot",
            "• dot",
            "• square",
            "* star",
            "– dash",
            "• glyph",
            "• 2.1 Text",
            "• (a) text",
            "• ",
            "• ",
        ];
        assert_eq!(of_text(source), read);
        for words in ["-dash", "o", "of all", "2.1 Text", "(a) text", "*A note", "£5 - not more"] {
            assert_eq!(of_text(words), [words]);
        }
    }

    #[test]
    fn cells_in_several_lines_are_a_table() {
        let control = "Document Control\t\nVersion Number\t2\nAdopted on\t21-06-23\nReview Date\tJune 2024\n\nAfter";
        assert_eq!(
            of_text(control),
            ["table Document Control[0] Version Number|2 / Adopted on|21-06-23 / Review Date|June 2024", "After"]
        );
        assert_eq!(of_text("Version      Date\n1.0          May 2020"), ["table [0] Version|Date / 1.0|May 2020"]);
        assert_eq!(of_text("Aa\t\tBb\nCc\tDd\nEe\t\t\tFf"), ["table [0] Aa|Bb / Cc|Dd / Ee|Ff"]);
        assert_eq!(of_text("Aa\t\tBb\nCc\tDd\tEe"), ["table [0] Aa||Bb / Cc|Dd|Ee"]);
        assert_eq!(
            of_text("1\tMay 2020\tMinute 4\n2\tMay 2021\tMinute 7"),
            ["table [0] 1|May 2020|Minute 4 / 2|May 2021|Minute 7"]
        );
    }

    #[test]
    fn what_only_looks_like_a_table_is_none() {
        for source in [
            "1.1\tThe council\n1.2\tThe clerk",
            "(a)    The council\n(b)    The clerk",
            "•\t1.1\tThe council\n•\t1.2\tThe clerk",
            "One line\twith a tab",
            "Introduction\t1\nRoles\t2\nComplaints\t3",
            "Introduction ..... 1   a\nRoles .........    2",
            "Not under      each other\nas cells of a     table are",
        ] {
            let read = text::read(source).expect("text");
            assert!(tables(&read).is_empty(), "{source}: {:?}", shown(&read));
            assert_eq!(words(&read, false), split(source));
        }
    }

    #[test]
    fn rules_are_dropped_and_underlined_lines_bold() {
        let source = "HEADING\n=======\nwords\n\nSmaller\n-------\n____\n* * *\nmore";
        assert_eq!(of_text(source), ["*HEADING", "words", "*Smaller", "more"]);
        assert!(lines(&text::read(source).expect("text"))[3].apart);
        assert_eq!(of_text("a paragraph\nof two lines\n----\nnext"), ["a paragraph", "of two lines", "next"]);
        assert_eq!(of_text("Signed ______\n--"), ["Signed ______", "--"]);
    }

    #[test]
    fn no_word_of_the_adopted_documents_is_lost() {
        let mut documents = 0;
        for entry in std::fs::read_dir(support::case("adopted")).expect("the adopted documents") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            documents += 1;
            let (source, remark) = decode(&std::fs::read(&path).expect("a document")).expect("text");
            assert_eq!(remark, None);
            assert_eq!(words(&text::read(&source).expect("text"), false), split(&source), "{}", path.display());
        }
        assert_eq!(documents, 5);
    }

    #[test]
    fn the_document_control_of_kingsthorpe_is_a_table() {
        let source = std::fs::read_to_string(support::case("adopted/kingsthorpe.txt")).expect("a document");
        let read = text::read(&source).expect("text");
        let captions: Vec<_> = tables(&read).iter().map(|table| table.caption.as_deref()).collect();
        assert_eq!(captions, [Some("Document Control")]);
        assert_eq!(tables(&read)[0].rows.len(), 4);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_word_is_lost(source in r"([a-n]{1,3}[0-9.]?|[ \t]{1,4}|\t|\n{1,2}|\n- |\u{c}|1\.1|===|\(a\)|•|\r){0,40}") {
            let read = text::read(&source).unwrap();
            prop_assert_eq!(joined(&words(&read, false)), joined(&split(&source)));
        }

        #[test]
        fn anything_is_read(source in any::<String>(), bytes in any::<Vec<u8>>()) {
            text::read(&source).unwrap();
            if let Ok((source, _)) = decode(&bytes) {
                text::read(&source).unwrap();
            }
        }
    }
}

/// The letters and figures of words, where a sign in the source may stand for a space or for nothing.
fn joined(words: &[String]) -> String {
    words.concat().chars().filter(|c| c.is_alphanumeric()).collect()
}

mod in_markdown {
    use super::*;

    #[test]
    fn paragraphs_and_headings() {
        let source = "# Title\n\nOne\ntwo  \nthree\n\nHeading\n---\n### Third\n**All bold**\n\n> quoted";
        let read = markdown::read(source).expect("Markdown");
        assert_eq!(shown(&read), ["h1 Title", "One two three", "h2 Heading", "h3 Third", "*All bold", "quoted"]);
        assert_eq!(lines(&read).iter().map(|line| line.place.line).collect::<Vec<_>>(), [1, 3, 7, 9, 10, 12]);
        assert_eq!(
            lines(&read).iter().map(|line| line.apart).collect::<Vec<_>>(),
            [false, true, true, false, false, true]
        );
        assert_eq!(lines(&read)[1].content, [Inline::words("One two"), Inline::Break, Inline::words("three")]);
        assert!(lines(&read).iter().all(|line| line.whole));
    }

    #[test]
    fn numbers_of_lists_stay_as_typed() {
        assert_eq!(of_markdown("2) two\n2) two again\n7) seven"), [">[2)] two", ">[2)] two again", ">[7)] seven"]);
        assert_eq!(
            of_markdown("1. a\n   - b\n     1. c\n\n   d\n2. e"),
            [">[1.] a", ">>• b", ">>>[1.] c", ">d", ">[2.] e"]
        );
        assert_eq!(
            of_markdown("- a. text\n- (i) text\n* 2.1 text\n- a\\. text"),
            [">• a. text", ">• (i) text", ">• 2.1 text", ">• a. text"]
        );
        assert_eq!(of_markdown("1\\. no list\n\n2.1 nor this"), ["1. no list", "2.1 nor this"]);
        assert_eq!(of_markdown("1.\n2. two\n-\n- three"), [">[1.] ", ">[2.] two", ">• three"]);
        assert_eq!(of_markdown("3. - nested"), [">[3.] ", ">>• nested"]);
    }

    #[test]
    fn emphasis_and_links_are_kept() {
        let read =
            markdown::read("a *b **c*** [d](https://e.uk) <x@y.uk> [f](/g) `h` ![i](j.png) ~~k~~ l").expect("Markdown");
        let content = &lines(&read)[0].content;
        let strong = Inline::Strong { content: vec![Inline::words("c")] };
        assert_eq!(content[1], Inline::Emphasis { content: vec![Inline::words("b "), strong] });
        assert_eq!(content[3], Inline::Link { url: "https://e.uk".into(), content: vec![Inline::words("d")] });
        assert_eq!(content[5], Inline::Link { url: "mailto:x@y.uk".into(), content: vec![Inline::words("x@y.uk")] });
        assert_eq!(lines(&read)[0].text(), "a b c d x@y.uk f h l");
        let remarks = remarks(&read);
        for said in ["leads to “/g”", "a picture is left out: “i”", "struck out is left out: “k”"] {
            assert!(remarks.contains(said), "{remarks}");
        }
    }

    #[test]
    fn code_is_words() {
        assert_eq!(
            of_markdown("```\nfirst  line\nsecond\n```\n\n    1.1 indented"),
            ["first line second", "1.1 indented"]
        );
    }

    #[test]
    fn tables_have_a_heading_or_none() {
        let read = markdown::read("Before\n\n| A | B |\n|---|---|\n| *c* | d<br>e |\n").expect("Markdown");
        assert_eq!(shown(&read), ["Before", "table [1] A|B / c|d\ne"]);
        assert_eq!(tables(&read)[0].place.line, 3);
        assert_eq!(of_markdown("| | |\n|---|---|\n| c | d |"), ["table [0] c|d"]);
    }

    #[test]
    fn html_is_read_for_its_words() {
        let source = "<div class=\"box\">\n\n**Words**\n\n</div>\n<table>\n<tr><td>a</td><td>b</td></tr>\n\n<tr><td>c</td><td>d</td></tr>\n</table>\n\nin <b>bold</b><br>and\n\n<!-- hidden -->";
        assert_eq!(of_markdown(source), ["*Words", "table [0] a|b / c|d", "in bold and"]);
        assert_eq!(of_markdown("- <p>one</p>\n- two"), [">• one", ">• two"]);
    }

    #[test]
    fn front_matter_is_left_out_and_said() {
        let read = markdown::read("---\ntitle: Protocol\ntags:\n  - one\n---\n\nText").expect("Markdown");
        assert_eq!(shown(&read), ["h1 Protocol", "Text"]);
        assert_eq!(lines(&read).iter().map(|line| line.place.line).collect::<Vec<_>>(), [2, 7]);
        assert!(remarks(&read).contains("left out: tags:; - one"));
        // A heading of the text is the title.
        let read = markdown::read("---\ntitle: Protocol\ntags:\n  - one\n---\n\n<h1>Code</h1>").expect("Markdown");
        assert_eq!(shown(&read), ["h1 Code"]);
        assert!(remarks(&read).contains("title: Protocol; tags:; - one"));
        assert_eq!(of_markdown("---\n\nText of the council\n\n---"), ["Text of the council"]);
        assert_eq!(of_markdown("a\n\n---\nb: c\n\n---\nd"), ["a", "b: c", "d"]);
    }

    #[test]
    fn footnotes_and_unused_addresses() {
        let read = markdown::read("Text[^1]\n\n[^1]: The note\n\n[unused]: https://a.uk\n").expect("Markdown");
        assert_eq!(shown(&read), ["Text[1]", "<footnote>[1] The note"]);
        assert!(remarks(&read).contains("[unused]: https://a.uk"));
        assert_eq!(remarks(&markdown::read("[A]\n\n[a]: https://a.uk").expect("Markdown")), "");
    }

    #[test]
    fn the_pages_this_program_writes() {
        for edition in editions() {
            let source = support::render(&edition, "md");
            let read = markdown::read(&source).expect("Markdown");
            assert_eq!(remarks(&read), "");
        }
    }

    #[test]
    fn deep_nesting_is_read() {
        markdown::read(&"- ".repeat(2_000)).expect("Markdown");
        markdown::read(&("*a ".repeat(3_000) + &"a*".repeat(3_000))).expect("Markdown");
        markdown::read(&"> ".repeat(2_000)).expect("Markdown");
    }

    #[test]
    fn what_takes_long_elsewhere_comes_to_an_end() {
        let references: String = (0..30_000).map(|id| format!("[a{id}]: http://a.example\n")).collect();
        let uses: String = (0..30_000).map(|id| format!("[a{id}] ")).collect();
        assert_eq!(lines(&markdown::read(&format!("{references}\n{uses}")).expect("Markdown")).len(), 1);
        assert_eq!(lines(&markdown::read(&"a\\\n".repeat(50_000)).expect("Markdown")).len(), 1);
        let rows = "x|".repeat(1_000) + "\n";
        let read = markdown::read(&format!("a|b\n-|-\n{}", rows.repeat(20))).expect("Markdown");
        let rows = tables(&read)[0].texts();
        assert!(rows[1..].iter().all(|row| row.len() <= 70 && row.concat().matches('x').count() == 1_000));
    }

    fn markdown_source() -> impl Strategy<Value = String> {
        r"([a-z]{1,4}|[ \n]|\n\n|\n\n- |\n  - |\n\n1\. |\n\n## |\*\*|\*|_|> |\n\n\| a \| b \|\n\|-\|-\|\n\| c \| d \||<b>|</b>|<br>|`|\[\^1\]|\n\n    |[0-9]\) ){0,40}"
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_word_is_lost(source in markdown_source()) {
            let read = markdown::read(&source).unwrap();
            let bare = source.replace("<b>", "").replace("</b>", "").replace("<br>", " ");
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            let kept: String = words(&read, false).concat();
            // In code, tags are words.
            if !source.contains('`') && !source.contains("    ") {
                prop_assert_eq!(letters(&kept), letters(&bare));
            }
        }

        #[test]
        fn anything_is_read(source in r#"([ -~\n\t]|\n\n|\n- |<[a-z]{1,5}|</|[|]---[|]|\[x\]: |~~|!\[|\PC){0,80}"#) {
            let _ = markdown::read(&source);
        }
    }
}

/// The documents the project ships.
fn editions() -> Vec<engross::model::Edition> {
    support::workspace().into_editions()
}

mod in_html {
    use super::*;

    #[test]
    fn blocks_are_paragraphs() {
        let source = "<h1>Title</h1>loose<p class=x>One&nbsp;&amp;  t\u{ad}wo<br>three</p><div>four<p>five</p>six</div>
            <blockquote>seven</blockquote><address>eight</address><dl><dt>nine<dd>ten</dl>
            <figure><figcaption>eleven</figcaption></figure><p><b>twelve</b></p>old<br><br>style";
        let read = html::read(source).expect("a page");
        assert_eq!(
            shown(&read),
            [
                "h1 Title",
                "loose",
                "<x>One & two three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "*twelve",
                "old",
                "style"
            ]
        );
        assert!(lines(&read).iter().all(|line| line.whole));
        assert_eq!(lines(&read)[2].content[1], Inline::Break);
        assert_eq!(lines(&read)[2].place.line, 3);
    }

    #[test]
    fn emphasis_and_links_are_kept() {
        let source = "<p>a<strong> b <i>c</i></strong><a href='tel:1'>d</a><a href='/e'>e</a> <a href=#f><em>f</em></a> <del>g</del></p>";
        let read = html::read(source).expect("a page");
        let words = Inline::words;
        assert_eq!(
            lines(&read)[0].content,
            [
                words("a "),
                Inline::Strong { content: vec![words("b "), Inline::Emphasis { content: vec![words("c")] }] },
                Inline::Link { url: "tel:1".into(), content: vec![words("d")] },
                words("e "),
                Inline::Link { url: "#f".into(), content: vec![Inline::Emphasis { content: vec![words("f")] }] },
            ]
        );
        assert_eq!(
            remarks(&read),
            "what is struck out is left out: “g”\na link leads to another place of the site: its words are kept"
        );
    }

    #[test]
    fn the_main_part_is_the_document() {
        let head =
            "<title>Window</title><style>p { color: red }</style><header>Banner</header><nav><a href=/>Home</a></nav>";
        let foot = "<aside>Aside</aside><footer>Foot</footer><script>alert(1)</script>";
        let around = |document: &str| of_html(&format!("{head}{document}{foot}"));
        assert_eq!(
            around("skip<main>a<nav>b</nav><header>c</header></main>"),
            ["~<title>Window", "~Banner", "~Home", "~skip", "a", "~b", "c", "~Aside", "~Foot"]
        );
        assert_eq!(
            around("<article>a</article>b<article>c</article>"),
            ["~<title>Window", "~Banner", "~Home", "a", "~b", "c", "~Aside", "~Foot"]
        );
        assert_eq!(around("<main></main><p>a"), ["~<title>Window", "~Banner", "~Home", "a", "~Aside", "~Foot"]);
        assert_eq!(of_html("<body role=main>a"), ["a"]);
    }

    #[test]
    fn what_is_hidden_is_furniture() {
        assert_eq!(
            of_html(
                "<p>a <span hidden>b</span><i aria-hidden=true>c</i> d</p><div style='color: red; display: none'>e</div>"
            ),
            ["a d", "~b", "~c", "~e"]
        );
        assert_eq!(
            of_html("<p data-furniture>a</p><template>b</template><noscript><p>c</p></noscript>d"),
            ["~a", "~b", "~c", "d"]
        );
        assert_eq!(of_html("<nav><ol><li>a</ol><table><tr><td>b<td>c</table></nav>d"), ["~>[1.] a", "~b c", "d"]);
    }

    #[test]
    fn numbers_are_those_that_browsers_print() {
        assert_eq!(
            of_html("<ol><li>a<ol type=a><li>b<li>c<ul><li>d</ul></ol>e<li value=7>f<li>g</ol>"),
            [">[1.] a", ">>[a.] b", ">>[b.] c", ">>>• d", ">e", ">[7.] f", ">[8.] g"]
        );
        assert_eq!(of_html("<ol type=I start=4><li>a<li>b</ol>"), [">[IV.] a", ">[V.] b"]);
        assert_eq!(of_html("<ol type=i start=0><li>a<li>b</ol>"), [">[0.] a", ">[i.] b"]);
        assert_eq!(of_html("<ol type=A start=26><li>a<li>b</ol>"), [">[Z.] a", ">[AA.] b"]);
        assert_eq!(of_html("<ol reversed><li>a<li>b</ol>"), [">[2.] a", ">[1.] b"]);
        assert_eq!(of_html("<ol style='list-style: lower-roman inside'><li>a</ol>"), [">[i.] a"]);
        assert_eq!(
            of_html("<style>.x > li { list-style-type: upper-alpha }</style><ol class=x><li>a</ol>"),
            ["<x>[A.] a"].map(|s| s.replace("<x>", ">"))
        );
        assert_eq!(of_html("<li>a"), [">• a"]);
    }

    #[test]
    fn an_item_may_hold_more_than_words() {
        assert_eq!(
            of_html("<ol><li><h2>a</h2><p>b</p><p>c</p><li><ol><li>d</ol><li><li><table><tr><td>e<td>f</table></ol>"),
            ["h2 >[1.] a", ">b", ">c", ">[2.] ", ">>[1.] d", ">[3.] ", ">[4.] ", "table [0] e|f"]
        );
    }

    #[test]
    fn typed_labels_stay_among_the_words() {
        assert_eq!(of_html("<ul><li>2.1 a<li>(a) b</ul>"), [">• 2.1 a", ">• (a) b"]);
        assert_eq!(of_html("<ol style='list-style-type: none'><li>2.1 a</ol>"), [">2.1 a"]);
        assert_eq!(of_html("<ol class=labelled><li>2.1 a</ol>"), [">2.1 a"].map(str::to_owned));
    }

    #[test]
    fn counters_of_the_style_sheet_are_counted() {
        let sheet = "<style>ol { counter-reset: item; list-style: none } /* { */
            @media screen { ol > li::before { content: counters(item, '.') '. '; counter-increment: item } }</style>";
        let list = "<ol><li>a<ol><li>b<li>c<ol><li>d</ol></ol><li>e</ol>";
        let read = html::read(&format!("{sheet}{list}")).expect("a page");
        assert_eq!(shown(&read), [">[1.] a", ">>[1.1.] b", ">>[1.2.] c", ">>>[1.2.1.] d", ">[2.] e"]);
        assert!(remarks(&read).contains("style sheet"));
        let sheet = "<style>li:before { content: '(' counter(n, lower-alpha) ')' }</style>";
        assert_eq!(of_html(&format!("{sheet}<ol style='counter-reset: n 2'><li>a</ol>")), [">[(c)] a"]);
    }

    #[test]
    fn tables_have_captions_headings_and_spans() {
        let source = "<table><caption>History</caption><tr><th>A<th>B<th>C<tr><td colspan=2>d<br>e<td rowspan=2>f<p>g</p><tr><td><ul><li>h</ul><td>i</table>";
        assert_eq!(of_html(source), ["table History[1] A|B|C / d\ne||f\ng / • h|i|"]);
        assert_eq!(of_html("<table><thead><tr><td>a<td>b<tbody><tr><td>c<td>d</table>"), ["table [1] a|b / c|d"]);
        assert_eq!(of_html("<table><tr><th>a<td>b<tr><th>c<td>d</table>"), ["table [0] a|b / c|d"]);
        assert_eq!(
            of_html("<table><caption data-furniture>x</caption><tr><td>a<td>b</table>"),
            ["table [0] a|b", "~x"]
        );
    }

    #[test]
    fn tables_for_layout_are_gone_through() {
        assert_eq!(of_html("<table><tr><td><p>a</p><p>b</table>"), ["a", "b"]);
        assert_eq!(of_html("<table role=presentation><tr><td>a<td>b</table>"), ["a", "b"]);
        assert_eq!(of_html("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>"), ["a", "table [0] b|c"]);
    }

    #[test]
    fn pages_that_word_wrote_keep_their_numbers() {
        let source = "<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]>
            <span style='mso-list:Ignore'>1.1<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>a</p>
            <p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>\u{b7}<span>&nbsp;</span></span>b</p>";
        let read = html::read(source).expect("a page");
        assert_eq!(shown(&read), [">>[1.1] <MsoListParagraph>a", ">• b"]);
        assert!((lines(&read)[0].indent - 36.0).abs() < 0.01);
    }

    #[test]
    fn pages_of_this_program() {
        let source = "<main><p class=council>C</p><h2 id=s><span class=\"number\">1.</span> Head</h2>
            <div class=\"clause depth-2\" id=c><a class=\"number\" href=\"#c\">1.1</a><div class=\"words\"><p>a</p>
            <ul class=\"labelled\"><li id=i><a class=\"label\" href=\"#i\">(a)</a><div class=\"words\"><p>b</p></div></li>
            <li class=bullet><a class=\"permalink\" href=\"#j\">#</a><div class=\"words\"><p>d</p></div></li></ul><p>e</p></div></div>
            <div class=notes><p>f</p></div><div class=signatures><div class=signature><p class=to-fill><span>Signed</span> <span>Date</span></p>
            <p>A. Clerk, Clerk</p></div></div></main>";
        assert_eq!(
            of_html(source),
            [
                "<council>C",
                "h2 [1.] Head",
                "[1.1] a",
                ">[(a)] b",
                ">• d",
                "e",
                "<note>f",
                "<signature>Signed Date",
                "<signatory>A. Clerk, Clerk"
            ]
        );
    }

    #[test]
    fn the_adopted_documents_as_pages_and_as_text_are_the_same_words() {
        for edition in editions() {
            let page = html::read(&support::render(&edition, "html")).expect("a page");
            let mut of_page = words(&page, false);
            let mut of_text = split(&support::render(&edition, "txt"));
            for words in [&mut of_page, &mut of_text] {
                words.retain(|word| word.contains(char::is_alphanumeric));
            }
            assert_eq!(of_page.len(), of_text.len(), "{:?}", edition.address);
            assert_eq!(remarks(&page), "");
            let clauses = lines(&page).iter().filter(|line| line.list_level == 0 && line.marker.is_some()).count();
            assert!(clauses > 10, "{clauses} clauses");
        }
    }

    #[test]
    fn what_is_too_deep_is_refused_quickly() {
        for deep in
            ["<div>".repeat(200_000), "<b id=1>".repeat(100_000), "<ol><li>".repeat(2_000), "<noscript>".repeat(400)]
        {
            let _ = html::read(&deep).map(|read| assert!(read.pieces.is_empty()));
        }
        let error = html::read(&("<div>".repeat(600) + "x")).expect_err("deep");
        assert!(error.to_string().contains("512"), "{error}");
        assert_eq!(of_html(&("<div>".repeat(400) + "x")), ["x"]);
        assert!(refused(&" ".repeat(17 << 20)).contains("larger than 16 MiB"));
    }

    fn refused(page: &str) -> String {
        let why = html::read(page).expect_err("refused");
        assert!(why.remedy.contains("save it as text") || why.remedy.contains("divide it"));
        why.what
    }

    #[test]
    fn elements_that_the_parser_makes_by_itself_are_counted() {
        // What is left open in the first paragraph is opened again in each that follows.
        let open: String = (0..400).map(|id| format!("<b id={id}>")).collect();
        let bomb = format!("<p>{open}</p>{}", "<p>x</p>".repeat(2_000));
        assert!(refused(&bomb).contains("more than 400000 elements"));
        assert!(refused(&format!("<body><noscript>{bomb}</noscript>")).contains("more than 400000 elements"));
        assert!(refused(&"<p>".repeat(500_000)).contains("more than 400000 elements"));
    }

    #[test]
    fn attributes_are_counted_for_each_is_held_against_all_others() {
        let attributes =
            |count: usize, value: &str| -> String { (0..count).map(|id| format!(" a{id}{value}")).collect() };
        for value in ["", "=1", "=\">\"", "='>'", "= \"/\""] {
            let page = format!("<p{}>x", attributes(15_000, value));
            assert!(refused(&page).contains("attributes"), "{value}");
            assert_eq!(of_html(&format!("<p{}>x", attributes(200, value))), of_html("<p>x"));
        }
        assert!(refused(&format!("<p{}>x", attributes(300, "")).repeat(3_000)).contains("attributes"));
    }

    #[test]
    fn style_sheets_come_to_an_end() {
        let items = "<li>x".repeat(2_000);
        let inside: String =
            (0..200).map(|id| format!("{}.a{id} li::before{{content:counter(x)}}", "* ".repeat(40))).collect();
        let beside: String = (2..202).map(|nth| format!("li:nth-child({nth}n+1){{list-style-type:decimal}}")).collect();
        for css in [inside, beside] {
            let page = format!("<style>{css}</style>{}<ol>{items}", "<div>".repeat(100));
            assert!(refused(&page).contains("style sheet"));
        }
        let css = format!("li::before{{content:{}}}", " counters(a,'.')".repeat(2_000));
        let page = html::read(&format!("<style>{css}</style>{}x", "<ol><li>".repeat(100))).expect("readable");
        let labels = lines(&page).into_iter().filter_map(|line| line.marker.clone());
        labels.for_each(|label| assert!(matches!(label, Marker::Label(label) if label.len() <= 255)));
    }

    #[test]
    fn cells_reach_over_no_more_columns_than_a_table_has() {
        let page = format!("<table>{}", "<tr><td colspan=64 rowspan=64>x<td colspan=64 rowspan=64>y".repeat(5_000));
        let read = html::read(&page).expect("readable");
        let cells = tables(&read)[0].rows.iter().flatten();
        assert!(cells.clone().count() <= 210_000, "{}", cells.count());
        assert_eq!(cells.filter(|cell| !cell.is_empty()).count(), 10_000);
    }

    #[test]
    fn labels_of_style_sheets_have_no_characters_that_print_nothing() {
        let page =
            "<style>li::before{content:'(\u{1}\u{202e}' counter(a) ')'}</style><ol style='counter-reset: a 3'><li>x";
        assert_eq!(of_html(page), of_html(&page.replace(['\u{1}', '\u{202e}'], "")));
    }

    /// Elements with words in them, and the words as a browser shows them, those of furniture apart.
    fn nested() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[a-z]{1,5}( [a-z]{1,5}){0,3}",
            Just("<br>".to_owned()),
            Just(" ".to_owned()),
            Just("&amp;".to_owned())
        ];
        leaf.prop_recursive(6, 60, 6, |inner| {
            let name = prop_oneof![
                Just("p"),
                Just("div"),
                Just("ul"),
                Just("ol"),
                Just("li"),
                Just("b"),
                Just("em"),
                Just("h2"),
                Just("span"),
                Just("table"),
                Just("td"),
                Just("tr"),
                Just("blockquote"),
                Just("section"),
                Just("a href='#x'"),
                Just("dl"),
                Just("dt"),
                Just("q"),
                Just("pre"),
                Just("button"),
                Just("caption"),
            ];
            (name, prop::collection::vec(inner, 0..6)).prop_map(|(name, children)| {
                let end = name.split(' ').next().unwrap_or_default();
                format!("<{name}>{}</{end}>", children.join(" "))
            })
        })
    }

    /// What stands in the source between tags. The parser moves what stands wrongly in a table, so only the letters are sure.
    fn letters(text: &str) -> Vec<char> {
        let mut letters: Vec<char> = text.chars().filter(char::is_ascii_lowercase).collect();
        letters.sort_unstable();
        letters
    }

    static PAGE: LazyLock<Vec<char>> = LazyLock::new(|| support::render(&editions()[2], "html").chars().collect());

    fn between_tags(source: &str) -> String {
        let tag = regex::Regex::new("<[^>]*>|&amp;").expect("a pattern");
        tag.replace_all(source, " ").into_owned()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn no_word_is_lost(source in nested()) {
            let read = html::read(&source).unwrap();
            let kept: Vec<String> = lines(&read).iter().map(|line| line.text()).chain(
                tables(&read).iter().flat_map(|table| table.caption.iter().cloned().chain(table.texts().concat()))
            ).collect();
            // A number in a cell is printed, so only the letters of numbers would be too many: there are none in decimal numbers.
            prop_assert_eq!(letters(&kept.concat()), letters(&between_tags(&source)));
            if !["<table", "<td", "<tr", "<caption"].iter().any(|tag| source.contains(tag)) {
                // What is no part of the document comes after the line that it stands in: each of the two is in order by itself.
                let meant = split(&between_tags(&source)).concat();
                for furniture in [false, true] {
                    let of_kind = lines(&read).into_iter().filter(|line| line.furniture == furniture);
                    let words: Vec<String> =
                        of_kind.flat_map(|line| split(&line.text().replace(['“', '”'], ""))).collect();
                    let mut left = meant.chars();
                    prop_assert!(words.concat().chars().all(|c| left.any(|other| other == c)), "in order: {words:?}");
                }
            }
        }

        #[test]
        fn furniture_loses_no_word_either(source in nested()) {
            let read = html::read(&format!("<nav>{source}</nav><aside hidden>{source}</aside>")).unwrap();
            let kept: String = lines(&read).iter().filter(|line| line.furniture).map(|line| line.text()).collect();
            let twice = between_tags(&source).repeat(2);
            // A stray end tag may let words out of the navigation; then they are content.
            let let_out: String = words(&read, false).concat();
            prop_assert_eq!(letters(&(kept + &let_out)), letters(&twice));
        }

        #[test]
        fn anything_is_read(source in r#"(<[a-z]{1,8}|</[a-z]{1,8}>|>|<(li|ol|ul|table|tr|td|p|main|nav|noscript|svg|template|style|pre|br|select)>| (type|start|value|style|class|colspan|hidden)="?[a-z0-9:(;) -]{0,12}"?|&[a-z]{1,4};|<!--|-->|[ -~]|\PC){0,60}"#) {
            let _ = html::read(&source);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn a_damaged_page_is_read(at in any::<prop::sample::Index>(), length in 0_usize..200, with in "(<[a-z]{1,5}>|\"|<!--|[a-z]){0,5}") {
            let mut damaged = PAGE.clone();
            let from = at.index(damaged.len());
            let to = (from + length).min(damaged.len());
            damaged.splice(from..to, with.chars());
            let damaged: String = damaged.into_iter().collect();
            let _ = html::read(&damaged);
            let _ = markdown::read(&damaged);
            let _ = text::read(&damaged);
        }
    }
}
