//! A book of somebody's own: what `engross site` makes of it, and that `mdbook` makes the same with `engross mdbook`.

#![cfg(feature = "site")]
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use support::command::{copy, fails, files, succeeds};
use support::site::{DAY, PLAIN, all, made, named, page, words, workspace};

/// What only mdBook's site has, since nothing on ours asks for it: each name without the sum in it.
const UNASKED: [&str; 15] = [
    "ayu-highlight.css",
    "book.js",
    "clipboard.min.js",
    "css/chrome.css",
    "css/general.css",
    "css/variables.css",
    "favicon.png",
    "favicon.svg",
    "highlight.css",
    "highlight.js",
    "mark.min.js",
    "searcher.js",
    "toc.html",
    "toc.js",
    "tomorrow-night.css",
];

fn are_alike(ours: &Path, theirs: &Path) {
    let (mut ours, mut theirs) = (named(ours), named(theirs));
    let sum = regex::Regex::new("-[0-9a-f]{8}\\.").expect("a pattern");
    let plain = |path: &Path| sum.replace(path.to_str().expect("UTF-8"), ".").into_owned();
    let texts: Vec<&str> = ours.values().filter_map(|bytes| std::str::from_utf8(bytes).ok()).collect();
    let asked = |path: &Path| {
        let name = path.file_name().expect("a file").to_str().expect("UTF-8");
        let asks = ['"', '\'', ')'].map(|end| format!("{name}{end}"));
        texts.iter().any(|text| asks.iter().any(|asks| text.contains(asks)))
    };
    let own: Vec<_> = theirs.keys().filter(|path| UNASKED.contains(&&*plain(path)) && !asked(path)).cloned().collect();
    for path in own.iter().filter(|path| !ours.contains_key(*path)) {
        theirs.remove(path);
    }
    ours.retain(|path, _| !path.ends_with(".made-by-engross"));
    theirs.retain(|path, _| !path.ends_with(".made-by-engross"));
    let names: Vec<_> = ours.keys().filter(|it| !theirs.contains_key(*it)).collect();
    let others: Vec<_> = theirs.keys().filter(|it| !ours.contains_key(*it)).collect();
    assert!(names.is_empty() && others.is_empty(), "{names:?} {others:?}");
    let differ: Vec<_> = ours.iter().filter(|(path, bytes)| theirs[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn chapters_of_ones_own_are_in_it_and_take_the_place_of_others() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::create_dir_all(folder.path().join("src")).expect("a folder");
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n").expect("written");
    let summary = "# Summary\n\n- [Our tour](tour.md)\n  - [Importing](importing.md)\n- [About us](about.md)\n";
    fs::write(folder.path().join("src/SUMMARY.md"), summary).expect("written");
    fs::write(folder.path().join("src/tour.md"), "# Our tour\n\nCome in.\n").expect("written");
    fs::write(folder.path().join("src/importing.md"), "# Importing\n\nAsk us.\n").expect("written");
    fs::write(folder.path().join("src/about.md"), "# About us\n\n\"We\" are few.\n").expect("written");
    let site = folder.path().join("site");
    made(folder.path(), &site);
    assert!(words(all(&page(&site, "tour.html"), "main")[0]).contains("Come in."));
    assert!(words(all(&page(&site, "about.html"), "main")[0]).contains("\"We\" are few."), "no word is changed");
    let listed: Vec<String> = all(&page(&site, "pages.html"), ".all a").into_iter().map(words).collect();
    for name in ["Our tour", "Importing"] {
        assert_eq!(listed.iter().filter(|listed| *listed == name).count(), 1, "{name}");
    }
    assert!(!listed.iter().any(|name| name == "Importing documents"), "{listed:?}");
    assert_eq!(listed[..3], ["Start", "All pages", "About us"]);
    assert!(words(all(&page(&site, "index.html"), "h1")[0]).contains("Ours"));
}

/// `mdbook build`, by the library that it is made of, which calls the program as `mdbook` does.
fn by_mdbook(root: &Path) {
    let mut config = fs::read_to_string(root.join("book.toml")).expect("there");
    let command = format!("command = {:?}", format!("{} mdbook --as-of {DAY}", env!("CARGO_BIN_EXE_engross")));
    config = config.replace("command = \"engross mdbook\"", &command);
    fs::write(root.join("book.toml"), config).expect("written");
    mdbook_driver::MDBook::load(root).expect("a book").build().expect("built");
}

#[test]
fn mdbook_makes_the_same_site() {
    let folder = TempDir::new().expect("a folder");
    let (root, site) = (folder.path().join("root"), folder.path().join("site"));
    for part in ["protocols", "templates/site", "docs"] {
        copy(&support::root().join(part), &root.join(part));
    }
    fs::copy(support::root().join("book.toml"), root.join("book.toml")).expect("copied");
    made(&root, &site);
    by_mdbook(&root);
    by_mdbook(&root);
    are_alike(&site, &root.join("site"));
}

/// A book of one's own with all that mdBook's preprocessors change, and a document that says the same in words.
fn book_of_ones_own() -> TempDir {
    let words = PLAIN.replace("civil.", "civil, \\\\{\\\\{#include ../notes.txt}}.");
    let folder = workspace("Test Parish Council {{#include notes.txt}}", &words);
    let root = folder.path();
    copy(&support::root().join("templates/site"), &root.join("theme"));
    let config = fs::read_to_string(support::root().join("book.toml")).expect("there");
    let config = config.replace("src = \"docs\"\n", "").replace("\"templates/site\"", "\"theme\"");
    fs::write(root.join("book.toml"), config).expect("written");
    let pages = [
        (
            "SUMMARY.md",
            "# Summary\n\n[Welcome](README.md)\n\n- [Guide](guide/README.md)\n  - [About us](guide/about.md)\n",
        ),
        ("README.md", "# Welcome\n\n{{#title Welcome to ours}}{{#include notes.txt}}\n"),
        ("guide/README.md", "# Guide\n\nLOUD words, and `\\{{#include notes.txt}}`.\n"),
        ("guide/about.md", "# About us\n\n{{#include ../notes.txt}}\n\n{{#include none.txt}}\n"),
        ("notes.txt", "Noted at the parish hall.\n"),
    ];
    for (name, text) in pages {
        let path = root.join("src").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

#[test]
fn what_mdbook_does_to_chapters_is_done_to_a_books_own_and_to_no_document() {
    let folder = book_of_ones_own();
    let (root, site) = (folder.path(), folder.path().join("out"));
    let ran = support::command::engross(root, &["site", "--out", "out", "--as-of", DAY]);
    assert!(ran.status.success(), "{ran:?}");
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    let missing =
        "src/guide/about.md, line 5: `{{#include none.txt}}` asks for src/guide/none.txt, which is not there.";
    assert!(told.contains(missing) && !told.contains("mdBook") && !told.contains("Caused"), "{told}");
    let of = |name: &str| words(all(&page(&site, name), "main")[0]);
    assert_eq!(of("index.html"), "Welcome Noted at the parish hall.", "it takes the place of the first page");
    assert_eq!(words(all(&page(&site, "index.html"), "title")[0]), "Welcome to ours");
    assert_eq!(of("guide/index.html"), "Guide LOUD words, and {{#include notes.txt}} .");
    assert_eq!(of("guide/about.html"), "About us Noted at the parish hall. {{#include none.txt}}");
    assert!(of("test/protocol/2024-05-01.html").contains("civil, {{#include ../notes.txt}}."));
    assert!(of("test/index.html").contains("Test Parish Council {{#include notes.txt}}"));
    assert!(of("mdbook.html").contains("{{#include}} puts another file"), "and the manual shows what it tells of");
    by_mdbook(root);
    are_alike(&site, &root.join("site"));
}

/// A program of somebody's own, in the words of the shell.
#[cfg(unix)]
#[test]
fn what_a_book_names_is_run_in_its_order() {
    let folder = book_of_ones_own();
    let (root, site) = (folder.path(), folder.path().join("out"));
    // It is given what there is to know and the book, as a list of two, and gives back the book.
    let script = "[ \"$1\" = supports ] || sed -e 's/^.*,{\"items\":/{\"items\":/' -e 's/]$//' -e 's/parish hall/village hall/g'";
    fs::write(root.join("halls.sh"), script).expect("written");
    let config = fs::read_to_string(root.join("book.toml")).expect("there");
    let run = |order: &str| {
        let halls = format!("[preprocessor.halls]\ncommand = \"sh halls.sh\"\n{order}\n");
        fs::write(root.join("book.toml"), format!("{config}\n{halls}")).expect("written");
        made(root, &site);
        by_mdbook(root);
        are_alike(&site, &root.join("site"));
        words(all(&page(&site, "guide/about.html"), "main")[0]).contains("village hall")
    };
    assert!(!run("before = [\"links\"]"), "what is included comes later");
    assert!(run("after = [\"links\"]"));
    assert!(run("after = [\"engross\"]"));

    fs::write(root.join("halls.sh"), "[ \"$1\" = supports ] || exit 3").expect("written");
    let out = site.to_str().expect("UTF-8");
    let said = fails(root, &["site", "--out", out]);
    assert!(said.contains("halls"), "{said}");
}

#[test]
fn files_of_ones_own_where_engross_puts_its_own_are_never_lost() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::create_dir_all(folder.path().join("src/files")).expect("a folder");
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n").expect("written");
    fs::write(folder.path().join("src/SUMMARY.md"), "# Summary\n").expect("written");
    fs::write(folder.path().join("src/files/map.png"), "a map").expect("written");
    let said = fails(folder.path(), &["site"]);
    assert!(said.contains("src/files holds files of your own") && said.contains("another name"), "{said}");
    assert!(!folder.path().join("site").exists());
    fs::rename(folder.path().join("src/files"), folder.path().join("src/pictures")).expect("moved");
    succeeds(folder.path(), &["site"]);
    assert_eq!(fs::read_to_string(folder.path().join("site/pictures/map.png")).expect("there"), "a map");
}

#[test]
fn other_renderers_of_mdbook_are_refused() {
    let supports =
        |renderer| support::command::engross(support::root(), &["mdbook", "supports", renderer]).status.code();
    assert_eq!(supports("html"), Some(0));
    assert_eq!(supports("epub"), Some(1));
}

#[test]
fn a_theme_of_the_books_own_comes_over_ours_file_by_file() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n").expect("written");
    fs::create_dir_all(folder.path().join("theme")).expect("made");
    fs::write(folder.path().join("theme/favicon.svg"), "<svg/>").expect("written");
    let site = folder.path().join("site");
    made(folder.path(), &site);
    assert!(!all(&page(&site, "index.html"), "#find-words").is_empty(), "the pages look as ours");
    let home = fs::read_to_string(site.join("index.html")).expect("there");
    assert!(home.contains("elasticlunr-") && home.contains("searchindex-"), "{home}");
    let favicon = files(&site).into_iter().any(|(_, bytes)| bytes == b"<svg/>");
    assert!(favicon, "and have what is the book's own");
}

#[test]
fn a_book_that_cannot_be_read_is_told() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::write(folder.path().join("book.toml"), "[output.html]\nfoo = 1\n").expect("written");
    let said = fails(folder.path(), &["site"]);
    assert!(said.contains("[output.html]") && said.contains("foo"), "{said}");
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\ntheme = 1\n").expect("written");
    let said = fails(folder.path(), &["site"]);
    assert!(said.contains("error: book.toml, line 2: "), "{said}");

    let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
        .arg("mdbook")
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let old =
        r#"[{"root":"/","config":{"book":{"src":"src"}},"renderer":"html","mdbook_version":"0.4.40"},{"sections":[]}]"#;
    child.stdin.take().expect("piped").write_all(old.as_bytes()).expect("sent");
    let ended = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2));
    assert!(said.contains("the book that mdBook 0.4.40 hands over") && said.contains("mdBook 0.5"), "{said}");
}

#[test]
fn what_nothing_asks_for_is_not_on_the_site_unless_a_theme_asks() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::write(folder.path().join("book.toml"), "[output.html]\nadditional-js = [\"own.js\"]\n").expect("written");
    fs::write(folder.path().join("own.js"), "").expect("written");
    let site = folder.path().join("site");
    let there = || {
        made(folder.path(), &site);
        let names = named(&site).into_keys().map(|path| path.to_str().expect("UTF-8").to_owned());
        let of_mdbook = |name: &String| {
            let known =
                ["ayu", "book", "clipboard", "css/", "favicon", "highlight", "mark", "searcher", "toc", "tomorrow"];
            known.iter().any(|known| name.starts_with(known))
        };
        names.filter(of_mdbook).map(|name| name.split('-').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(there(), Vec::<String>::new());
    assert!(!site.join("css").exists());
    fs::write(folder.path().join("own.js"), "// {{ resource \"book.js\" }}").expect("written");
    assert_eq!(there(), ["book"]);
    fs::create_dir_all(folder.path().join("theme")).expect("made");
    fs::write(folder.path().join("theme/head.hbs"), "{{ resource \"mark.min.js\" }}").expect("written");
    assert_eq!(there(), ["book", "mark"]);
}

#[test]
fn a_books_own_words_for_a_page_that_is_not_there_are_shown() {
    let folder = workspace("Test Parish Council", PLAIN);
    fs::create_dir_all(folder.path().join("src")).expect("made");
    fs::write(folder.path().join("book.toml"), "[output.html]\nsite-url = \"/ours/\"\n").expect("written");
    fs::write(folder.path().join("src/SUMMARY.md"), "# Summary\n").expect("written");
    fs::write(folder.path().join("src/404.md"), "# Lost?\n\nAsk the clerk.\n").expect("written");
    let site = folder.path().join("site");
    made(folder.path(), &site);
    let lost = page(&site, "404.html");
    assert_eq!(
        words(all(&lost, "main")[0]),
        "Lost? Ask the clerk. Start , with a search for words All pages , in a list"
    );
    assert_eq!(all(&lost, "main li a")[0].attr("href"), Some("/ours/index.html"));
}

#[test]
fn what_an_included_file_asks_for_is_told_once_too() {
    let folder = book_of_ones_own();
    fs::write(folder.path().join("src/notes.txt"), "Noted. {{#include gone.txt}}\n").expect("written");
    let ran = support::command::engross(folder.path(), &["site", "--out", "out"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(told.contains("src/notes.txt, line 1: `{{#include gone.txt}}` asks for src/gone.txt"), "{told}");
    assert_eq!(told.matches("gone.txt}}").count(), 1, "{told}");
}

/// What the manual says of `book.toml` is what this project's own says, by which the sites are compared.
#[test]
fn the_manual_says_of_book_toml_what_makes_the_same_site() {
    let manual = fs::read_to_string(support::root().join("docs/mdbook.md")).expect("there");
    let mut blocks = manual.split("```toml\n").filter_map(|block| block.split("```").next());
    let shown = blocks.find(|block| block.contains("[preprocessor.engross]")).expect("it is shown");
    let mut shown: toml::Table = shown.parse().expect("TOML");
    let own = fs::read_to_string(support::root().join("book.toml")).expect("there");
    let mut own: toml::Table = own.parse().expect("TOML");
    for table in [&mut shown, &mut own] {
        table["output"]["html"].as_table_mut().expect("a table").remove("theme").expect("a folder");
    }
    assert_eq!(shown["output"], own["output"]);
    assert_eq!(shown["preprocessor"], own["preprocessor"]);
}
