//! Words that are something else to whoever reads what was made: in one workspace, through every command and format. What each is for,
//! and what keeps it harmless, is in docs/hostile.md, which this holds to the table.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Options, Parser, Tag};
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;

use support::attacks::{ATTACKS, CUT};
use support::command::{engross, files, stderr, stdout};

/// What no output may hold, for a terminal obeys it, or an eye is misled.
const SIGNS: [char; 8] = ['\u{1b}', '\u{7}', '\u{8}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{202c}', '\u{2066}'];

/// A workspace with all attacks, made once.
fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<TempDir> = OnceLock::new();
    let made = || {
        let folder = TempDir::new().expect("a folder");
        support::attacks::workspace(folder.path());
        folder
    };
    WORKSPACE.get_or_init(made).path()
}

/// Runs a command and gives what it printed; nothing that a terminal obeys is among it.
#[track_caller]
fn made(arguments: &[&str]) -> String {
    let output = engross(workspace(), arguments);
    let (result, told) = (stdout(&output), stderr(&output));
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {told}");
    is_plain(&format!("{arguments:?}"), &result);
    is_plain(&format!("{arguments:?}, messages"), &told);
    result
}

#[track_caller]
fn is_plain(name: &str, text: &str) {
    let found = text.chars().find(|c| SIGNS.contains(c));
    assert!(found.is_none(), "{name}: {found:?} is let through");
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// That a page is made of nothing but its own elements, and that words are words.
#[track_caller]
fn is_a_harmless_page(name: &str, text: &str) {
    is_plain(name, text);
    let page = Html::parse_document(text);
    for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
        let tag = element.value().name();
        assert!(!["iframe", "object", "embed", "base", "foreignobject"].contains(&tag), "{name}: <{tag}>");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{name}: <{tag} {attribute}={value}>");
            let leads = ["href", "src", "action", "srcset", "data", "xlink:href"].contains(&attribute);
            let scheme = value.trim().to_ascii_lowercase();
            let foreign =
                ["javascript:", "vbscript:", "file:", "//", "http://evil"].iter().any(|it| scheme.starts_with(it));
            assert!(!(leads && foreign), "{name}: <{tag} {attribute}={value}>");
            let picture = tag == "img" && attribute == "src";
            assert!(!picture || scheme.starts_with("data:image/"), "{name}: <{tag} {attribute}={value}>");
        }
        if tag == "script" {
            assert!(!element.text().any(|words| words.contains("alert(1)")), "{name}: a script of an attack");
        }
    }
    assert!(
        all(&page, "main").len() <= 1 && all(&page, "head > title").len() == 1,
        "{name}: an element ended too soon"
    );
}

/// The words of a page as they are read, with single blanks.
fn words(text: &str) -> String {
    let page = Html::parse_document(text);
    let main = all(&page, "main").into_iter().next().expect("a main part");
    spaced(&main.text().collect::<String>())
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That every attack whose words are let through stands there, word for word.
#[track_caller]
fn says_all(name: &str, text: &str) {
    says_all_as(name, text, str::to_owned);
}

/// The same of words that were changed so before.
#[track_caller]
fn says_all_as(name: &str, text: &str, changed: impl Fn(&str) -> String) {
    for (attack, words) in &ATTACKS[..ATTACKS.len() - CUT] {
        assert!(text.contains(&spaced(&changed(words))), "{name}: {attack} does not stand there as words: {text}");
    }
}

#[test]
fn pages_have_no_element_of_anybodys_words() {
    for arguments in [
        &["diff", "one/all@2024-05-01", "one/all@proposed", "--format", "html"][..],
        &["matrix", "--document", "all", "--format", "html"],
        &["review", "--as-of", "2026-11-22", "--format", "html"],
        &["review", "--agenda", "--as-of", "2026-11-22", "--format", "html"],
    ] {
        is_a_harmless_page(&format!("{arguments:?}"), &made(arguments));
    }
}

/// Markdown of ours has no other HTML than this.
fn is_our_html(html: &str) -> bool {
    let tags = ["<ins>", "</ins>", "<del>", "</del>", "<br>", "</a>", "<!-- -->"];
    let anchor = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
    let plain = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    tags.contains(&html.trim()) || anchor.is_some_and(plain)
}

#[track_caller]
fn is_harmless_markdown(name: &str, text: &str) {
    is_plain(name, text);
    for options in
        [Options::empty(), Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES]
    {
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => assert!(is_our_html(&html), "{name}: {html}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let known = ["https://", "mailto:", "#"].iter().any(|it| dest_url.starts_with(it));
                    assert!(known && !dest_url.contains("evil"), "{name}: a link to {dest_url}");
                }
                Event::Start(Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) | Event::Code(_) => {
                    panic!("{name}: {event:?} out of words")
                }
                _ => {}
            }
        }
    }
}

#[test]
fn markdown_has_no_html_and_no_link_of_anybodys_words() {
    for arguments in [
        &["diff", "one/all@2024-05-01", "one/all@proposed", "--format", "md"][..],
        &["review", "--as-of", "2026-11-22", "--format", "md"],
        &["review", "--agenda", "--as-of", "2026-11-22", "--format", "md"],
    ] {
        is_harmless_markdown(&format!("{arguments:?}"), &made(arguments));
    }
}

#[test]
fn what_is_built_says_every_attack_as_words() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().to_str().expect("UTF-8");
    made(&["build", "--format", "md,html,docx,txt,json", "--out", out]);
    let built = files(folder.path());
    assert_eq!(built.len(), (3 + ATTACKS.len()) * 5);
    for (path, bytes) in &built {
        let name = path.strip_prefix(folder.path()).expect("inside").display().to_string();
        let whole = name.starts_with("one/all");
        if name.ends_with(".docx") {
            is_a_harmless_word_file(&name, bytes);
            if whole {
                says_all(&name, &spaced(&support::word::Words::of(bytes, true).join(" ")));
            }
            continue;
        }
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        match name.rsplit('.').next() {
            Some("html") => {
                is_a_harmless_page(&name, &text);
                let page = Html::parse_document(&text);
                assert_eq!(all(&page, "svg").len(), 0, "{name}: the logo is a picture, in which no script runs");
                if whole {
                    says_all(&name, &words(&text));
                }
            }
            Some("md") => {
                is_harmless_markdown(&name, &text);
                if whole {
                    let mut html = String::new();
                    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(&text, Options::ENABLE_TABLES));
                    says_all(&name, &words(&format!("<main>{html}</main>")));
                }
            }
            Some("txt") => {
                is_plain(&name, &text);
            }
            _ => {
                is_plain(&name, &text);
                let _: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
            }
        }
    }
}

/// Well-formed parts, without types, fields and links that lead out.
#[track_caller]
fn is_a_harmless_word_file(name: &str, file: &[u8]) {
    for path in support::word::parts(file).into_iter().filter(|path| !path.ends_with(".png")) {
        let part = support::word::part(file, &path);
        is_plain(&path, &part);
        let mut reader = quick_xml::Reader::from_str(&part);
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {path}: {error}")) {
                Event::Eof => break,
                Event::DocType(_) | Event::CData(_) | Event::Comment(_) => panic!("{name}: {path}: more than elements"),
                Event::Start(element) | Event::Empty(element) => {
                    let tag = element.name().as_ref().to_owned();
                    // The numbers of pages are the only fields.
                    let field = ["w:instrText", "w:fldChar", "w:object"].contains(&tag.as_str());
                    let instructions = element.attributes().flatten().filter(|it| it.key.as_ref() == "w:instr");
                    let pages = instructions.into_iter().all(|it| ["PAGE", "NUMPAGES"].contains(&&*it.value));
                    assert!(!field && pages, "{name}: {path}: {tag}");
                    assert!(tag != "Relationship" || !part.contains("evil.example"), "{name}: {path} leads out");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_comparison_in_word_has_no_field() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("diff.docx");
    made(&["diff", "one/all@2024-05-01", "one/all@proposed", "--format", "docx", "-o", file.to_str().expect("UTF-8")]);
    is_a_harmless_word_file("diff", &fs::read(file).expect("made"));
}

#[test]
fn cells_are_no_formulas() {
    for arguments in [
        &["matrix", "--document", "all", "--format", "csv"][..],
        &["review", "--as-of", "2026-11-22", "--format", "csv"],
    ] {
        let text = made(arguments);
        let mut cells = 0;
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
            for cell in record.expect("as many cells as the first").iter() {
                let first = cell.trim_start().chars().next();
                let formula = first.is_some_and(|first| "=+-@|\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first));
                assert!(!formula, "{arguments:?}: {cell}");
                cells += 1;
            }
        }
        assert!(cells > 20, "{arguments:?}: {text}");
    }
}

#[test]
fn a_calendar_has_its_own_lines_and_no_others() {
    let text = made(&["review", "--as-of", "2026-11-22", "--format", "ics"]);
    let lines: Vec<&str> = text.strip_suffix("\r\n").expect("ended").split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").filter(|line| !line.is_empty()).collect();
    let documents = 2 + ATTACKS.len();
    assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VTODO").count(), documents);
    assert_eq!(lines.iter().filter(|line| **line == "END:VTODO").count(), documents);
    for line in lines {
        let name = line.split([':', ';']).next().unwrap_or_default();
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '-') && name != "ATTACH", "{line}");
        // In the words a sign that parts values has a backslash before it.
        if let Some(words) = line.strip_prefix("SUMMARY:") {
            let bare = words.replace("\\\\", "").replace("\\;", "").replace("\\,", "");
            assert!(!bare.contains([';', ',']), "{line}");
        }
    }
}

#[test]
fn texts_and_json_for_a_terminal_and_for_programs_hold_no_codes() {
    for arguments in [
        &["list"][..],
        &["diff", "one/all@2024-05-01", "one/all@proposed"],
        &["diff", "one/all@2024-05-01", "one/all@proposed", "--color", "always"],
        &["matrix", "--document", "all"],
        &["review", "--as-of", "2026-11-22"],
        &["review", "--plan", "--as-of", "2026-11-22"],
        &["review", "--agenda", "--as-of", "2026-11-22"],
        &["adopt", "one/all@proposed", "--date", "2026-11-12", "--as-of", "2026-11-22", "--next=1 year", "--dry-run"],
    ] {
        if arguments.contains(&"always") {
            let output = engross(workspace(), arguments);
            let codes = stdout(&output);
            assert!(!codes.contains("\u{1b}]") && !codes.contains('\u{202e}') && !codes.contains('\u{9b}'), "{codes}");
            continue;
        }
        made(arguments);
    }
    for arguments in [
        &["list", "--format", "json"][..],
        &["diff", "one/all@2024-05-01", "one/all@proposed", "--format", "json"],
        &["matrix", "--document", "all", "--format", "json"],
        &["review", "--as-of", "2026-11-22", "--format", "json"],
        &["check", "--message-format", "json"],
        &["check", "--message-format", "sarif"],
    ] {
        let text = made(arguments);
        serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|why| panic!("{arguments:?}: {why}"));
    }
    for format in ["full", "concise"] {
        made(&["check", "--message-format", format]);
    }
}

#[test]
fn an_import_and_its_preview_say_the_attacks_as_words() {
    let folder = TempDir::new().expect("a folder");
    let mut text = "Test Parish Council\n\nMedia Protocol\n\nAdopted 1 May 2024\n\n1. Conduct\n\n".to_owned();
    for (nth, (_, words)) in ATTACKS.iter().enumerate() {
        text += &format!("1.{} Members read: {words} and are civil.\n\n", nth + 1);
    }
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    fs::write(path("printed.txt"), text).expect("written");
    made(&["import", &path("printed.txt"), "-o", &path("made.toml"), "--preview", &path("page.html")]);
    is_a_harmless_page("preview", &fs::read_to_string(path("page.html")).expect("made"));
    made(&["build", &path("made.toml"), "--format", "html,md", "--out", &path("out")]);
    for (path, bytes) in files(&folder.path().join("out")) {
        let (name, text) = (path.display().to_string(), String::from_utf8(bytes).expect("UTF-8"));
        if name.ends_with(".md") { is_harmless_markdown(&name, &text) } else { is_a_harmless_page(&name, &text) }
    }
}

#[cfg(feature = "site")]
#[test]
fn every_page_and_list_of_the_site_is_harmless() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("site");
    // A site has every document as a PDF: its typeface lacks two of the letters, and a picture from elsewhere is refused there.
    const ELSEWHERE: &str = r#"<image href="http://evil.example/x.png" width="9" height="9"/>"#;
    let printed = |words: &str| match cfg!(feature = "pdf") {
        true => words.replace(['𝒜', '＝'], "A").replace(ELSEWHERE, ""),
        false => words.to_owned(),
    };
    for (path, bytes) in files(workspace()) {
        let own = folder.path().join(path.strip_prefix(workspace()).expect("inside"));
        fs::create_dir_all(own.parent().expect("a folder")).expect("made");
        fs::write(own, printed(&String::from_utf8(bytes).expect("UTF-8"))).expect("written");
    }
    let here = folder.path().to_str().expect("UTF-8");
    made(&["site", "--workspace", here, "--as-of", "2026-11-22", "--out", out.to_str().expect("UTF-8")]);
    let mut pages = 0;
    for (path, bytes) in files(&out) {
        let name = path.strip_prefix(&out).expect("inside").display().to_string();
        // The manual shows addresses and words of its own; what is beside the pages has been looked at above.
        if name.ends_with(".html") && !name.starts_with("files/") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            is_a_harmless_page(&name, &text);
            pages += 1;
            if name == "one/all/2024-05-01.html" {
                says_all_as(&name, &words(&text), printed);
            }
        } else if name == "files/contents.js" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let list = text.strip_prefix("window.engrossPages = ").expect("a list");
            let list: serde_json::Value = serde_json::from_str(list).expect("JSON");
            assert!(list.as_array().is_some_and(|list| list.len() > ATTACKS.len()));
        }
    }
    assert!(pages > 2 * ATTACKS.len(), "{pages}");
}

#[test]
fn markup_that_is_typed_into_a_source_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let source = folder.path().join("protocols/test/protocol/draft.toml");
    fs::create_dir_all(source.parent().expect("a folder")).expect("made");
    fs::write(folder.path().join("protocols/test/council.toml"), "name = \"Test Council\"\nkind = \"parish\"\n")
        .expect("written");
    for (typed, code) in [
        ("<script>alert(1)</script>", "S09"),
        ("Members <img src=x onerror=alert(1)> are civil.", "S09"),
        ("<iframe src=//evil.example></iframe>", "S09"),
        ("[Members](javascript:alert(1)) are civil.", "S11"),
        ("[Members](JavaScript:alert(1)) are civil.", "S11"),
        ("[Members](data:text/html,alert) are civil.", "S11"),
        ("[Members](file:///etc/passwd) are civil.", "S11"),
        ("[Members](//evil.example) are civil.", "S11"),
        ("<vbscript:x> are civil.", "S11"),
        ("![Members](http://evil.example/b.png) are civil.", "S10"),
    ] {
        let clause = format!("[[section]]\n\n[[section.clause]]\ntext = '{typed}'\n");
        fs::write(&source, format!("title = \"P\"\nstatus = \"draft\"\n\n{clause}")).expect("written");
        let output = engross(folder.path(), &["build", "--format", "md,html,txt,json"]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{typed}: {told}");
        assert!(told.contains(&format!("error[{code}]")), "{typed}: {told}");
        assert!(!folder.path().join("out").exists(), "{typed}");
    }
}

/// Between angle brackets the words of such a link would be an element.
#[test]
fn no_link_is_an_element_in_markdown() {
    let typed = [
        "[script](mailto:script)alert(1)[/script](mailto:/script)",
        "[svg/onload=x](mailto:svg/onload=x)",
        "[!--](mailto:!--)",
    ];
    let edition = support::edition(&format!(
        "title = \"P\"\nstatus = \"draft\"\n[[section]]\n[[section.clause]]\ntext = '{}'\n",
        typed.join(" and ")
    ));
    let markdown = support::render(&edition, "md");
    is_harmless_markdown("links", &markdown);
    assert!(markdown.contains(typed[0]), "{markdown}");
}

#[test]
fn no_name_leads_out_of_the_workspace() {
    let around = TempDir::new().expect("a folder");
    let inside = around.path().join("workspace");
    fs::create_dir_all(inside.join("protocols/test/protocol")).expect("made");
    fs::write(inside.join("protocols/test/council.toml"), "name = \"Test Council\"\nkind = \"parish\"\n")
        .expect("written");
    fs::write(inside.join("protocols/test/protocol/draft.toml"), "title = \"P\"\nstatus = \"draft\"\n")
        .expect("written");
    fs::write(inside.join("printed.txt"), "Test Council\n\nMedia Protocol\n\n1. Conduct\n\n1.1 Members are civil.\n")
        .expect("written");
    let before = files(around.path());
    for name in
        ["../evil", "..", "/evil", "a/../../evil", "a\\b", "C:evil", "%2e%2e", ".hidden", "con\u{202e}", "A", "a b", ""]
    {
        for arguments in [
            &["new", "council", "Evil Council", "--id", name][..],
            &["new", "council", "Evil Council", "--document", name],
            &["import", "printed.txt", "--council", name],
            &["import", "printed.txt", "--council", "test", "--document", name],
            &["import", "printed.txt", "--council", "test", "--document", "media", "--version", name],
            &["adopt", "test", "--date", "2026-11-12", "--as-of", "2026-11-22", "--version", name],
            &["build", &format!("{name}/protocol@draft")],
            &["build", &format!("test/protocol@{name}")],
        ] {
            let output = engross(&inside, arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stdout(&output));
            is_plain(&format!("{arguments:?}"), &stderr(&output));
            assert_eq!(files(around.path()), before, "{arguments:?}");
        }
    }
}

#[test]
fn the_table_of_the_manual_names_every_attack() {
    let page = fs::read_to_string(support::root().join("docs/hostile.md")).expect("there");
    for (attack, _) in ATTACKS {
        assert!(page.contains(&format!("| {attack} |")), "{attack} is not in the table");
    }
}
