//! `engross site`: what the site says, that it stays whole, and that nobody's words become anything else.

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
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use scraper::Html;
    use tempfile::TempDir;

    use super::support;
    use support::command::{fails, files, succeeds};
    use support::site::{DAY, PLAIN, all, made, named, page, words, workspace};

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
        assert!(said.starts_with("wrote 43 pages"), "{said}");
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
            "404.html",
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
        for start in ["index.html", "test/index.html"] {
            let waits = words(all(&page(&site, start), ".waits")[0]);
            assert_eq!(waits, "Proposed, not adopted: version 2026-01-01 , and what would change", "{start}");
        }
        // What a search finds in a version that is not the one to go by comes after the others.
        let beside: Vec<_> = list(&site).into_iter().filter(|entry| entry["beside"] == true).collect();
        assert_eq!(beside.len(), 1);
        assert_eq!(beside[0]["path"], "test/protocol/2026-01-01");
    }

    #[test]
    fn a_proposal_is_compared_with_what_is_in_force_whatever_history_it_has_copied() {
        let dated = |status: &str, day: &str| {
            PLAIN.replace("\"adopted\"", &format!("{status:?}\n[[history]]\nevent = \"adopted\"\ndate = {day}"))
        };
        let folder = workspace("Test Parish Council", &dated("adopted", "2024-05-01"));
        let place = folder.path().join("protocols/test/protocol");
        fs::write(place.join("2020-01.toml"), dated("adopted", "2020-01-10").replace("must", "may")).expect("written");
        // Begun from the words of 2020, before those of 2024 were adopted.
        fs::write(place.join("proposed.toml"), dated("proposed", "2020-01-10").replace("must", "may"))
            .expect("written");
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let changes = page(&site, "compared/changes/test/protocol/proposed.html");
        assert!(words(all(&changes, "main")[0]).contains("1 provision weakened"));
        let versions =
            all(&page(&site, "test/index.html"), ".versions tbody tr").into_iter().map(words).collect::<Vec<_>>();
        let of = |version: &str| versions.iter().find(|row| row.starts_with(version)).cloned().unwrap_or_default();
        assert!(of("2024-05-01").starts_with("2024-05-01 In force"), "{versions:?}");
        assert!(of("2020-01").starts_with("2020-01 No longer in force"), "{versions:?}");
        assert!(of("proposed").ends_with("since 2024-05-01"), "{versions:?}");
    }

    fn list(site: &Path) -> Vec<serde_json::Value> {
        let list = fs::read_to_string(site.join("files/contents.js")).expect("there");
        serde_json::from_str(list.strip_prefix("window.engrossPages = ").expect("a list")).expect("JSON")
    }

    #[test]
    fn what_is_not_in_force_is_said_wherever_it_is_laid_beside_others() {
        let folder = workspace("Test Parish Council", PLAIN);
        let other = folder.path().join("protocols/other");
        fs::create_dir_all(other.join("protocol")).expect("made");
        fs::write(other.join("council.toml"), "name = \"Other Town Council\"\nkind = \"town\"\n").expect("written");
        fs::write(other.join("protocol/draft.toml"), PLAIN.replace("adopted", "draft")).expect("written");
        let proposed = PLAIN.replace("adopted", "proposed");
        fs::write(folder.path().join("protocols/test/protocol/2026-01-01.toml"), proposed).expect("written");
        let site = folder.path().join("site");
        made(folder.path(), &site);
        let notices = |name: &str| all(&page(&site, name), ".notice").into_iter().map(words).collect::<Vec<_>>();
        let said = "Other Town Council: draft, not adopted";
        assert_eq!(notices("compared/pairs/protocol/other--test.html"), [said]);
        // The matrix has the version in force, and so says nothing of the proposal.
        let about = |name: &str| words(all(&page(&site, name), ".about")[0]);
        assert!(about("test/protocol/2024-05-01.html").contains("Beside other councils"));
        assert!(!about("test/protocol/2026-01-01.html").contains("Beside other councils"));
    }

    #[test]
    fn states_of_reviews_say_their_day_and_findings_are_in_words() {
        let dated = PLAIN.replace("[[section]]", "[review]\ndue = 2024-01-31\n[[section]]");
        let twice = format!("{dated}[[section]]\nnumber = \"1.\"\nheading = \"Again\"\n");
        let folder = workspace("Test Parish Council", &twice);
        let site = folder.path().join("site");
        made(folder.path(), &site);
        for (name, part) in
            [("index.html", ".card"), ("test/index.html", "main"), ("test/protocol/2024-05-01.html", ".about")]
        {
            let said = words(all(&page(&site, name), part)[0]);
            assert!(said.contains("Review overdue since 31 January 2024"), "{name}: {said}");
            assert!(words(all(&page(&site, name), "main")[0]).to_lowercase().contains("as of "), "{name}");
        }
        let findings = page(&site, "findings.html");
        let said = words(all(&findings, "main")[0]);
        assert!(said.contains("the review was due by 31 January 2024") && !said.contains('`'), "{said}");
        let numbers: Vec<String> = all(&findings, ".number").into_iter().map(words).collect();
        assert!(numbers.iter().all(|number| !number.contains('~')) && !numbers.is_empty(), "{numbers:?}");
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
        for (inside, why) in [("protocols/site", "holds what it is made of"), ("src/site", "the chapters of your book")]
        {
            let out = folder.path().join(inside);
            let said = fails(support::root(), &["site", "--workspace", root, "--out", out.to_str().expect("UTF-8")]);
            assert!(said.contains(why), "{said}");
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

        let list = list(&site);
        assert!(list.iter().any(|entry| entry["name"] == HOSTILE), "{list:?}");
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
    fn files_of_ones_own_in_the_site_are_never_lost() {
        let folder = workspace("Test Parish Council", PLAIN);
        let site = folder.path().join("site");
        made(folder.path(), &site);
        fs::write(site.join("robots.txt"), "mine").expect("written");
        fs::write(site.join("test/photo.jpg"), "mine").expect("written");
        let before = named(&site);
        let said = fails(folder.path(), &["site"]);
        assert!(said.contains("would be lost: robots.txt, test/photo.jpg. Nothing was changed"), "{said}");
        assert_eq!(named(&site), before);
        for own in ["robots.txt", "test/photo.jpg"] {
            fs::remove_file(site.join(own)).expect("removed");
        }
        // What systems put there is nobody's, and a page that is there no more was made here.
        fs::write(site.join("test/.DS_Store"), "").expect("written");
        let old = folder.path().join("protocols/test/protocol/2024-05-01.toml");
        fs::rename(&old, old.with_file_name("2024-06-01.toml")).expect("renamed");
        made(folder.path(), &site);
        assert!(
            !site.join("test/protocol/2024-05-01.html").exists() && site.join("test/protocol/2024-06-01.html").exists()
        );
    }

    #[test]
    fn a_site_is_never_made_among_the_chapters_of_a_book() {
        let folder = workspace("Test Parish Council", PLAIN);
        fs::write(folder.path().join("book.toml"), "[book]\nsrc = \".\"\n").expect("written");
        fs::write(folder.path().join("SUMMARY.md"), "# Summary\n").expect("written");
        let said = fails(folder.path(), &["site"]);
        assert!(
            said.contains("`src` in book.toml") && said.contains("each site would hold the one before it"),
            "{said}"
        );
        assert!(!folder.path().join("site").exists());
        let elsewhere = TempDir::new().expect("a folder");
        made(folder.path(), &elsewhere.path().join("site"));
    }

    #[test]
    fn a_council_whose_folder_is_one_of_the_sites_is_told_of_before_a_site_is_made() {
        let folder = workspace("Test Parish Council", PLAIN);
        let warned = |arguments: &[&str]| {
            let ran = support::command::engross(folder.path(), arguments);
            assert!(ran.status.success(), "{ran:?}");
            String::from_utf8_lossy(&ran.stderr).contains("warning: the folder `compared` of a council has the name")
        };
        assert!(!warned(&["check"]));
        assert!(warned(&["new", "council", "Compared Parish Council"]));
        assert!(warned(&["check"]));
    }

    #[test]
    fn a_page_that_is_not_there_leads_on_wherever_it_was_looked_for() {
        let folder = workspace("Test Parish Council", PLAIN);
        let site = folder.path().join("site");
        let links = || {
            made(folder.path(), &site);
            let lost = page(&site, "404.html");
            assert_eq!(words(all(&lost, "h1")[0]), "There is no such page");
            assert!(all(&lost, "link, script").is_empty(), "nothing that would have to be found from there");
            let hrefs = all(&lost, "main a").into_iter().filter_map(|link| link.attr("href").map(str::to_owned));
            hrefs.collect::<Vec<_>>()
        };
        assert_eq!(links(), ["/index.html", "/pages.html"]);
        fs::write(folder.path().join("engross.toml"), "[site]\nurl = \"https://example.gov.uk/protocols\"\n")
            .expect("written");
        assert_eq!(links(), ["/protocols/index.html", "/protocols/pages.html"]);
    }
}
