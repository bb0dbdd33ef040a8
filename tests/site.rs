//! `engross site` and `engross mdbook`: what the site says, that it stays whole, and that nobody's words become anything else.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

#[cfg(not(feature = "site"))]
#[test]
fn a_program_without_the_site_says_so() {
    let said = support::command::fails(support::root(), &["site"]);
    assert!(said.contains("built without the site"), "{said}");
}

#[cfg(feature = "site")]
mod with_the_site {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpStream;
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use scraper::{ElementRef, Html, Node, Selector};
    use tempfile::TempDir;

    use super::support;
    use support::command::{fails, files, succeeds};

    const DAY: &str = "2026-11-22";

    fn made(workspace: &Path, out: &Path) -> String {
        let (workspace, out) = (workspace.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
        succeeds(support::root(), &["site", "--workspace", workspace, "--out", out, "--as-of", DAY])
    }

    fn named(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let named = files(folder)
            .into_iter()
            .map(|(path, bytes)| (path.strip_prefix(folder).expect("inside").to_owned(), bytes));
        named.collect()
    }

    fn page(site: &Path, name: &str) -> Html {
        let text = fs::read_to_string(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        Html::parse_document(&text)
    }

    fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
        page.select(&Selector::parse(selector).expect("a selector")).collect()
    }

    /// What a reader reads of an element, without what only leads to a clause.
    fn words(element: ElementRef<'_>) -> String {
        fn read(element: ElementRef<'_>, text: &mut String) {
            let own = element.value();
            if own.attr("hidden").is_some() || own.classes().any(|class| class == "permalink") {
                return;
            }
            for child in element.children() {
                match child.value() {
                    Node::Text(words) => text.push_str(words),
                    _ => {
                        text.push(' ');
                        if let Some(element) = ElementRef::wrap(child) {
                            read(element, text);
                        }
                        text.push(' ');
                    }
                }
            }
        }
        let mut text = String::new();
        read(element, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A workspace of one council with that name, and one document of that TOML.
    fn workspace(council: &str, toml: &str) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        let place = folder.path().join("protocols/test");
        fs::create_dir_all(place.join("protocol")).expect("folders");
        let name = toml::Value::from(council);
        fs::write(place.join("council.toml"), format!("name = {name}\nkind = \"parish\"\n")).expect("written");
        fs::write(place.join("protocol/2024-05-01.toml"), toml).expect("written");
        folder
    }

    const PLAIN: &str = "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1.\"\nheading = \"Conduct\"\n\
                         [[section.clause]]\nnumber = \"1.1\"\ntext = \"Officers must be civil.\"\n";

    #[test]
    fn a_version_says_on_the_site_what_its_own_page_says() {
        let folder = TempDir::new().expect("a folder");
        let site = folder.path().join("site");
        made(support::root(), &site);
        let versions =
            files(&site.join("files")).into_keys().filter(|path| path.extension().is_some_and(|it| it == "html"));
        let mut compared = 0;
        for own in versions {
            let name = own.strip_prefix(site.join("files")).expect("inside").to_owned();
            let name = name.to_str().expect("UTF-8");
            let (own, here) = (page(&site, &format!("files/{name}")), page(&site, name));
            assert_eq!(words(all(&here, ".sheet")[0]), words(all(&own, "main")[0]), "{name}");
            let ids = |page: &Html, within: &str| -> Vec<String> {
                let found = all(page, &format!("{within} [id]")).into_iter().filter_map(|it| it.value().id());
                found.filter(|id| id.contains('-')).map(str::to_owned).collect()
            };
            assert_eq!(ids(&here, ".sheet"), ids(&own, "main"), "{name}: the address of every clause");
            compared += 1;
        }
        assert_eq!(compared, 5);
    }

    #[test]
    fn it_has_every_page_and_is_alike_each_time() {
        let folder = TempDir::new().expect("a folder");
        let (site, again) = (folder.path().join("site"), folder.path().join("again"));
        let said = made(support::root(), &site);
        made(support::root(), &again);
        let (one, other) = (named(&site), named(&again));
        assert!(one.keys().eq(other.keys()));
        let differ: Vec<_> = one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
        assert!(differ.is_empty(), "{differ:?}");
        assert!(said.starts_with("wrote 39 pages"), "{said}");
        for name in [
            "index.html",
            "pages.html",
            "kings-hill/index.html",
            "kings-hill/member-officer/2024-05-30.html",
            "compared/what.changed.html",
            "compared/member-officer.html",
            "compared/pairs/member-officer/battle--kings-hill.html",
            "register.html",
            "findings.html",
            "tour.html",
            "rules.html",
            "kinds-of-change.html",
            "commands.html",
            "files/reviews.ics",
            "files/matrix/member-officer.csv",
            "files/kings-hill/member-officer/2024-05-30.docx",
            "files/kings-hill/member-officer/2024-05-30.markdown",
        ] {
            assert!(one.contains_key(Path::new(name)), "{name}");
        }
        let commands = String::from_utf8_lossy(&one[Path::new("commands.html")]).into_owned();
        assert!(commands.contains("engross review record") && commands.contains("--as-of"));
    }

    #[test]
    fn versions_are_compared_and_a_proposal_is_marked() {
        let folder = workspace("Test Parish Council", PLAIN);
        let place = folder.path().join("protocols/test/protocol");
        let dated = |status: &str, day: &str, words: &str| {
            PLAIN
                .replace("\"adopted\"", &format!("{status:?}\n[[history]]\nevent = \"adopted\"\ndate = {day}"))
                .replace("civil", words)
        };
        fs::write(place.join("2024-05-01.toml"), dated("adopted", "2024-05-01", "civil")).expect("written");
        let proposed = PLAIN.replace("\"adopted\"", "\"proposed\"").replace("must", "may");
        fs::write(place.join("2026-01-01.toml"), proposed).expect("written");
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let changes = page(&site, "compared/changes/test/protocol/2026-01-01.html");
        assert!(words(all(&changes, "main")[0]).contains("Not adopted. This is what would change."));
        assert!(all(&changes, "del").iter().any(|gone| words(*gone) == "must"));
        let proposal = page(&site, "test/protocol/2026-01-01.html");
        assert!(words(all(&proposal, "main")[0]).contains("Proposed: not adopted."));
        let what = page(&site, "compared/what.changed.html");
        assert!(words(all(&what, "main")[0]).contains("What would change with 2026-01-01 since 2024-05-01"));

        let title = |page: &Html| words(all(page, "title")[0]);
        assert_eq!(title(&proposal), "Test Parish Council: Protocol, 2026-01-01 (proposed, not adopted) - Protocols");
        assert_eq!(title(&changes), "Test Parish Council: Protocol, what would change with 2026-01-01 - Protocols");
        let listed: Vec<String> = all(&page(&site, "pages.html"), ".all a").into_iter().map(words).collect();
        let under = ["Test Parish Council", "Protocol", "2026-01-01 (proposed)", "What would change with 2026-01-01"];
        assert!(under.iter().all(|name| listed.iter().any(|listed| listed == name)), "{listed:?}");
    }

    /// Words that are something else to HTML, Markdown, mdBook, Handlebars, Tera, JavaScript.
    const HOSTILE: &str = "A | <b>b</b> `c` {{#include /etc/passwd}} {{#playground x.rs}} {{ title }} {% raw %} \\u0 \\' </script> <img src=x> &amp; # [x](y.md) *z*";

    #[test]
    fn a_draft_without_a_date_is_compared_with_what_is_in_force() {
        let dated = PLAIN.replace("[[section]]", "[[history]]\nevent = \"adopted\"\ndate = 2024-05-01\n[[section]]");
        let folder = workspace("Test Parish Council", &dated);
        let draft = PLAIN.replace("adopted", "draft").replace("civil", "courteous and civil");
        fs::write(folder.path().join("protocols/test/protocol/draft.toml"), draft).expect("written");
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let own = page(&site, "test/protocol/draft.html");
        assert_eq!(words(all(&own, ".notice")[0]), "Draft: not adopted. Version 2024-05-01 is in force.");
        assert!(words(all(&page(&site, "compared/changes/test/protocol/draft.html"), "main")[0]).contains("courteous"));
        assert!(all(&page(&site, "test/protocol/2024-05-01.html"), ".notice").is_empty());
    }

    #[test]
    fn what_is_withdrawn_is_not_shown_as_in_force() {
        let folder = workspace("Test Parish Council", &PLAIN.replace("adopted", "withdrawn"));
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let notice = words(all(&page(&site, "test/protocol/2024-05-01.html"), ".notice")[0]);
        assert_eq!(notice, "Withdrawn: not in force. No version is in force.");
        assert!(words(all(&page(&site, "index.html"), ".card")[0]).contains("Withdrawn"));
    }

    #[test]
    fn it_is_never_made_among_what_it_is_made_of() {
        let folder = workspace("Test Parish Council", PLAIN);
        let root = folder.path().to_str().expect("UTF-8");
        fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Ours\"\n[output.html]\ntheme = \"none\"\n")
            .expect("written");
        for inside in ["protocols/site", "src/site"] {
            let out = folder.path().join(inside);
            let said = fails(support::root(), &["site", "--workspace", root, "--out", out.to_str().expect("UTF-8")]);
            assert!(said.contains("holds what it is made of"), "{said}");
        }
        // A book without chapters and without a theme of its own is one all the same.
        let site = folder.path().join("site");
        made(folder.path(), &site);
        assert_eq!(words(all(&page(&site, "index.html"), "h1")[0]), "Ours");
        fs::rename(folder.path().join("protocols/test"), folder.path().join("protocols/files")).expect("moved");
        let said = fails(support::root(), &["site", "--workspace", root]);
        assert!(said.contains("the folder `files` of a council has the name of one of the site's own"), "{said}");
    }

    #[test]
    fn nobodys_words_become_anything_else() {
        // In the text of a clause there is Markdown, so what is a sign there is escaped as its reader wants it.
        let text: String =
            HOSTILE.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect();
        let toml = format!(
            "title = {title}\nstatus = \"draft\"\n[[section]]\nnumber = \"1.\"\nheading = {title}\n\
             [[section.clause]]\nnumber = \"1.1\"\ntext = {text}\n",
            title = toml::Value::from(HOSTILE),
            text = toml::Value::from(text)
        );
        let folder = workspace(HOSTILE, &toml);
        let other = folder.path().join("protocols/other/protocol");
        fs::create_dir_all(&other).expect("a folder");
        fs::write(other.with_file_name("council.toml"), "name = \"Other Town Council\"\nkind = \"town\"\n")
            .expect("written");
        fs::write(other.join("draft.toml"), &toml).expect("written");
        let empty = folder.path().join("protocols/empty");
        fs::create_dir_all(&empty).expect("a folder");
        fs::write(empty.join("council.toml"), "name = \"Empty Parish Council\"\nkind = \"parish\"\n").expect("written");
        let site = folder.path().join("site");
        made(folder.path(), &site);

        let of = |name: &str| words(all(&page(&site, name), "main")[0]);
        for name in [
            "index.html",
            "pages.html",
            "test/index.html",
            "test/protocol/2024-05-01.html",
            "compared/protocol.html",
            "compared/pairs/protocol/other--test.html",
            "register.html",
            "findings.html",
        ] {
            assert!(of(name).contains(HOSTILE), "{name}: {}", of(name));
            let here = page(&site, name);
            assert!(all(&here, "main img, main b").is_empty(), "{name}");
        }
        assert_eq!(
            of("test/protocol/2024-05-01.html").matches(HOSTILE).count(),
            5,
            "the way there, the council, the title, a heading, a clause"
        );
        let pair = of("compared/pairs/protocol/other--test.html");
        assert!(pair.contains("The one provision of Other Town Council has a counterpart at"), "{pair}");
        assert!(of("empty/index.html").contains("This council has no documents here yet."));

        let list = fs::read_to_string(site.join("files/contents.js")).expect("there");
        let list = list.strip_prefix("window.engrossPages = ").expect("a list");
        let list: serde_json::Value = serde_json::from_str(list).expect("JSON");
        assert!(list.as_array().expect("a list").iter().any(|entry| entry["name"] == HOSTILE), "{list}");
    }

    #[test]
    fn a_fault_leaves_the_site_as_it_was() {
        let folder = workspace("Test Parish Council", PLAIN);
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let before = named(&site);
        fs::write(folder.path().join("protocols/test/protocol/2024-05-01.toml"), "title = 3\n").expect("written");
        let (workspace, out) = (folder.path().to_str().expect("UTF-8"), site.to_str().expect("UTF-8"));
        let said = fails(support::root(), &["site", "--workspace", workspace, "--out", out]);
        assert!(said.contains("2024-05-01.toml"), "{said}");
        assert_eq!(named(&site), before);
        let beside: Vec<_> =
            fs::read_dir(folder.path()).expect("there").map(|entry| entry.expect("one").file_name()).collect();
        assert_eq!(beside.len(), 2, "nothing is left beside it: {beside:?}");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_left_alone() {
        let folder = workspace("Test Parish Council", PLAIN);
        let desk = folder.path().join("desk");
        fs::create_dir_all(&desk).expect("a folder");
        fs::write(desk.join("index.html"), "mine").expect("written");
        let (workspace, out) = (folder.path().to_str().expect("UTF-8"), desk.to_str().expect("UTF-8"));
        let said = fails(support::root(), &["site", "--workspace", workspace, "--out", out]);
        assert!(said.contains("is left as it is"), "{said}");
        assert_eq!(fs::read_to_string(desk.join("index.html")).expect("there"), "mine");
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

    fn copy(from: &Path, to: &Path) {
        for (path, bytes) in named(from) {
            let path = to.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
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

    fn are_alike(ours: &Path, theirs: &Path) {
        let (ours, theirs) = (named(ours), named(theirs));
        let names: Vec<_> = ours.keys().filter(|it| !theirs.contains_key(*it)).collect();
        assert!(ours.keys().eq(theirs.keys()), "{names:?}");
        let differ: Vec<_> =
            ours.iter().filter(|(path, bytes)| theirs[*path] != **bytes).map(|(path, _)| path).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }

    #[test]
    fn what_mdbook_does_to_chapters_is_done_to_a_books_own_and_to_no_document() {
        let folder = book_of_ones_own();
        let (root, site) = (folder.path(), folder.path().join("out"));
        let ran = support::command::engross(root, &["site", "--out", "out", "--as-of", DAY]);
        assert!(ran.status.success(), "{ran:?}");
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(told.contains("mdBook: Error updating \"{{#include none.txt}}\""), "{told}");
        let of = |name: &str| words(all(&page(&site, name), "main")[0]);
        assert_eq!(of("index.html"), "Welcome Noted at the parish hall.", "it takes the place of the first page");
        assert_eq!(words(all(&page(&site, "index.html"), "title")[0]), "Welcome to ours");
        assert_eq!(of("guide/index.html"), "Guide LOUD words, and {{#include notes.txt}} .");
        assert_eq!(of("guide/about.html"), "About us Noted at the parish hall. {{#include none.txt}}");
        assert!(of("test/protocol/2024-05-01.html").contains("civil, {{#include ../notes.txt}}."));
        assert!(of("test/index.html").contains("Test Parish Council {{#include notes.txt}}"));
        assert!(of("site.html").contains("{{#include}} puts another file"), "and the manual shows what it tells of");
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

    /// The program as it shows a site, ended when the test is.
    struct Served {
        child: Child,
        port: u16,
    }

    impl Served {
        fn of(workspace: &Path) -> Self {
            Self::at(workspace, "0")
        }

        fn at(workspace: &Path, port: &str) -> Self {
            let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
                .args(["site", "--serve", "--port", port, "--as-of", DAY])
                .current_dir(workspace)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("it runs");
            let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
            let said = lines.find(|line| line.contains("localhost:")).expect("it says where it is");
            let port = said.split("localhost:").nth(1).and_then(|rest| rest.split(' ').next()).expect("a port");
            Self { child, port: port.parse().expect("a number") }
        }

        fn asked(&self, method: &str, path: &str, host: &str) -> String {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
            write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            answer
        }

        fn page(&self, path: &str) -> String {
            self.asked("GET", path, &format!("localhost:{}", self.port))
        }

        /// Waits until a page says something.
        fn until(&self, path: &str, words: &str) -> bool {
            (0..150).any(|_| {
                sleep(Duration::from_millis(200));
                self.page(path).contains(words)
            })
        }
    }

    impl Drop for Served {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    #[test]
    fn a_site_that_is_shown_follows_what_is_saved_and_shows_nothing_else() {
        let folder = workspace("Test Parish Council", PLAIN);
        fs::write(folder.path().join("secret.txt"), "secret").expect("written");
        let served = Served::of(folder.path());
        let home = served.page("/");
        assert!(
            home.starts_with("HTTP/1.1 200") && home.contains("Test Parish Council") && home.contains("/.times"),
            "{home}"
        );
        assert!(served.page("/test/").contains("Protocol"), "a folder is its first page");
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/files/../../secret.txt", "//etc/passwd", "/none.html"] {
            let answer = served.page(path);
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
        assert!(served.asked("GET", "/", "evil.example").starts_with("HTTP/1.1 403"));
        assert!(served.asked("POST", "/", &format!("localhost:{}", served.port)).starts_with("HTTP/1.1 405"));

        let source = folder.path().join("protocols/test/protocol/2024-05-01.toml");
        let address = "/test/protocol/2024-05-01.html";
        fs::write(&source, PLAIN.replace("civil", "courteous and civil")).expect("written");
        assert!(served.until(address, "courteous and civil"), "what is saved is shown");
        fs::write(&source, "title = 3\n").expect("written");
        sleep(Duration::from_secs(2));
        assert!(served.page(address).contains("courteous and civil"), "a fault leaves what was last whole");
        fs::write(&source, PLAIN).expect("written");
        assert!(served.until("/.times", "\r\n\r\n2"), "and it goes on when the fault is gone");
    }

    #[test]
    fn a_site_is_shown_even_if_a_source_has_a_fault_at_first() {
        let folder = workspace("Test Parish Council", "title = 3\n");
        let served = Served::of(folder.path());
        let waiting = served.page("/");
        assert!(waiting.starts_with("HTTP/1.1 503") && waiting.contains("A source has a fault"), "{waiting}");
        assert!(waiting.contains("/.times"), "it shows the site by itself: {waiting}");
        fs::write(folder.path().join("protocols/test/protocol/2024-05-01.toml"), PLAIN).expect("written");
        assert!(served.until("/", "Test Parish Council"));
        assert!(served.page("/none.html").starts_with("HTTP/1.1 404"));

        let taken = fails(folder.path(), &["site", "--serve", "--port", &served.port.to_string()]);
        assert!(taken.contains("choose another with --port"), "{taken}");
    }

    #[test]
    fn a_chapter_may_be_called_anything() {
        let folder = workspace("Test Parish Council", PLAIN);
        copy(&support::root().join("tests/cases/book"), folder.path());
        let served = Served::of(folder.path());
        let links: Vec<String> = all(&Html::parse_document(&served.page("/pages.html")), "main a")
            .into_iter()
            .filter_map(|link| link.attr("href").map(str::to_owned))
            .collect();
        assert!(links.iter().any(|link| link == "%C3%BCber%20uns/wer%20wir%20sind.html"), "{links:?}");
        for link in links {
            assert!(served.page(&format!("/{link}")).starts_with("HTTP/1.1 200"), "{link}");
        }
        assert!(served.page("/%ff.html").starts_with("HTTP/1.1 404"));
    }

    #[cfg(unix)]
    #[test]
    fn a_site_can_be_made_where_a_link_leads() {
        let folder = workspace("Test Parish Council", PLAIN);
        let web = folder.path().join("web");
        fs::create_dir_all(&web).expect("made");
        std::os::unix::fs::symlink(&web, folder.path().join("link")).expect("linked");
        for out in ["link/", "link", "link/"] {
            succeeds(folder.path(), &["site", "--out", out]);
            assert!(web.join("index.html").is_file());
            assert!(folder.path().join("link").is_symlink());
        }
        std::os::unix::fs::symlink(folder.path().join("protocols"), folder.path().join("sources")).expect("linked");
        let said = fails(folder.path(), &["site", "--out", "sources/site"]);
        assert!(said.contains("holds what it is made of"), "{said}");
    }

    /// However far a run has come when it is ended, what is there is whole, and the next run clears what it left.
    #[test]
    fn a_run_that_is_ended_leaves_a_whole_site_and_the_next_clears_up() {
        let folder = workspace("Test Parish Council", PLAIN);
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let whole = named(&site);
        let beside = || fs::read_dir(folder.path()).expect("there").count();
        let mut most = 0;
        for nth in 0..16 {
            let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
                .args(["site", "--as-of", DAY])
                .current_dir(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("it runs");
            sleep(Duration::from_millis(nth * 60));
            let _ = child.kill();
            let _ = child.wait();
            most = most.max(beside());
            // Where a system cannot put one folder in the place of another in one step, the next run does the rest.
            if site.exists() {
                assert_eq!(named(&site), whole);
            }
        }
        assert!(most > 2, "no run was ended while it was at work");
        made(folder.path(), &site);
        assert_eq!(named(&site), whole);
        assert_eq!(beside(), 2, "the sources and the site");
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
        let old = r#"[{"root":"/","config":{"book":{"src":"src"}},"renderer":"html","mdbook_version":"0.4.40"},{"sections":[]}]"#;
        child.stdin.take().expect("piped").write_all(old.as_bytes()).expect("sent");
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2));
        assert!(said.contains("the book that mdBook 0.4.40 hands over") && said.contains("mdBook 0.5"), "{said}");
    }
}
