//! Words that are something else to whoever reads what is made of them, and a workspace of them.
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

use std::fs;
use std::path::Path;

/// Each attack: what it is called, and its words.
pub(crate) const ATTACKS: &[(&str, &str)] = &[
    ("script", "<script>alert(1)</script>"),
    ("event handler", "<img src=x onerror=alert(1)> <svg/onload=alert(1)>"),
    ("end of an attribute", r#"" onmouseover="alert(1) ' onfocus='alert(1)"#),
    ("end of an element", "</style></title></textarea></script></td></main> <iframe src=//evil.example>"),
    ("comment", "<!-- --!> ]]> <![CDATA[ <?php ?> -->"),
    ("entity", "&lt;script&gt; &#60;b&#62; &xxe; %file;"),
    ("document type", r#"<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>"#),
    ("template", "{{ title }} {% raw %} {# x #} {{{body}}} ${1+1} <%= 1 %>"),
    ("include of mdBook", "{{#include /etc/passwd}} {{#playground x.rs}} {{#title x}}"),
    ("include of Typst", r#"#read("/etc/passwd") #import "x": * #eval("1") $x$ *b* _e_ <label> @ref"#),
    (
        "link of Markdown",
        "[a](javascript:alert(1)) ![b](http://evil.example/b.png) <javascript:alert(1)> [c]: //evil.example",
    ),
    ("signs of Markdown", "# h > q - l 1. n | a | *b* _e_ ~~s~~ `c` ``` \\ [^1] ***"),
    (
        "field of Word",
        r#"{ INCLUDEPICTURE "http://evil.example" } { DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" }"#,
    ),
    ("element of Word", r#"<w:p><w:r><w:instrText>INCLUDETEXT</w:instrText></w:r></w:p>"#),
    ("formula", r#"=HYPERLINK("http://evil.example","x")"#),
    ("formula with plus", "+44 1234|cmd"),
    ("formula with minus", "-2+3+cmd|' /C calc'!A0"),
    ("formula with at", "@SUM(1+1)*cmd"),
    ("formula in full width", "\u{ff1d}1+1"),
    ("separator", "a;b,c:d \"q\" 'r' \\n \\; \\, ^n"),
    (
        "line of a calendar",
        "Long words so that the line is folded inside of them: END:VEVENT BEGIN:VEVENT ATTACH:file:///etc/passwd \u{e9}\u{e9}\u{1d49c}",
    ),
    ("JSON in a script", "\\u003c/script\\u003e \",\"x\":\"</script><script>alert(1)</script> \u{2028}\u{2029}"),
    ("path", "../../../etc/passwd ..\\..\\x /etc/passwd %2e%2e%2f file:///etc/passwd C:\\x"),
    // From here on not all of the words are let through.
    ("code of a terminal", "\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J\u{8}\u{7f}"),
    ("direction of writing", "\u{202e}fdp.exe\u{202c} \u{2066}x\u{2069}"),
];

/// The last ones, of which not all is let through.
pub(crate) const CUT: usize = 2;

/// An attack in a text that is Markdown, where signs are typed with a backslash.
fn typed(words: &str) -> String {
    words.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect()
}

/// A value of TOML.
fn quoted(words: &str) -> String {
    toml::Value::from(words).to_string()
}

/// A document with that title in every place for one, and those attacks in every place of a section.
fn document(title: &str, status: &str, verb: &str, attacks: &[(&str, &str)]) -> String {
    let mut toml = format!(
        "title = {title}\nstatus = \"{status}\"\ncouncil_as_printed = {title}\nnotes = [{}]\n\
         [review]\nas_printed = {title}\ndue = \"2025\"\n[[signature]]\nrole = {title}\nname = {title}\n",
        quoted(&typed(title)),
        title = quoted(title),
    );
    if status == "adopted" {
        toml += &format!(
            "[[history]]\nevent = \"adopted\"\ndate = 2024-05-01\nas_printed = {0}\nminute = {0}\n",
            quoted(title)
        );
    }
    toml += &format!("[[control]]\ncaption = {0}\nheader = [{0}]\nrows = [[{0}]]\n", quoted(title));
    for (nth, (_, words)) in attacks.iter().enumerate() {
        let text =
            format!("{0} Members {verb} be civil. {0}\n\n- {0}\n\n| {0} | b |\n|---|---|\n| {0} | c |\n", typed(words));
        toml += &format!(
            "[[section]]\nnumber = \"{}.\"\nheading = {heading}\n[[section.clause]]\nheading = {heading}\nnumber = {heading}\ntext = {}\n",
            nth + 1,
            quoted(&text),
            heading = quoted(words),
        );
    }
    toml
}

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4" onload="alert(1)"><script>alert(1)</script><image href="http://evil.example/x.png" width="9" height="9"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject><path d="M0 4 Q4 0 8 4 Z"/></svg>"#;

/// Puts a workspace there: the council `one` has a document of each attack alone, so that it begins a cell, a line and a title; `all`
/// of both councils has all of them in each place.
pub(crate) fn workspace(folder: &Path) {
    let put = |path: String, text: &str| {
        let path = folder.join("protocols").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    let all: String = ATTACKS.iter().map(|(_, words)| format!("{words} ")).collect();
    for (council, first) in [("one", "=1+1 "), ("other", "@1+1 ")] {
        let name = quoted(&format!("{first}{all}"));
        let more =
            format!("kind = \"parish\"\naddress = {name}\nprincipal_authority = {name}\n[terms]\nclerk = [{name}]\n");
        let logo = format!("[logo]\nfile = \"logo.svg\"\nalt = {name}\n");
        put(format!("{council}/council.toml"), &format!("name = {name}\n{more}{logo}"));
        put(format!("{council}/logo.svg"), LOGO);
        put(format!("{council}/all/2024-05-01.toml"), &document(&all, "adopted", "must", ATTACKS));
    }
    put("one/all/proposed.toml".to_owned(), &document(&all, "proposed", "should", ATTACKS));
    for (nth, (_, words)) in ATTACKS.iter().enumerate() {
        put(format!("one/attack-{nth}/2024-05-01.toml"), &document(words, "adopted", "must", &ATTACKS[nth..=nth]));
    }
}
