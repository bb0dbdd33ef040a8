//! The README and the manual say what is so: their commands run, their sources are read, their links lead somewhere.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;

use assert_cmd::Command;
use engross::read;
use engross::source::Source;
use tempfile::TempDir;

use support::command::typed;

const PAGES: &[&str] = &[
    "README.md",
    "SECURITY.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/source-format.md",
    "docs/importing.md",
    "docs/pdf-and-word.md",
    "docs/comparing.md",
    "docs/compared-with.md",
    "docs/growth.md",
    "docs/matrix.md",
    "docs/matrix-measured.md",
    "docs/mdbook.md",
    "docs/reviews.md",
    "docs/scheduled-reviews.md",
    "docs/site.md",
    "docs/hostile.md",
    "docs/tour.md",
];

fn page(path: &str) -> String {
    fs::read_to_string(support::root().join(path)).expect(path)
}

/// The fenced blocks of a language, in order.
fn fenced(text: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    let blocks = text.split(&open).skip(1);
    blocks.map(|block| block.split("\n```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_tour_of_the_readme_runs_as_written() {
    let folder = TempDir::new().expect("a folder");
    let mut here = folder.path().to_owned();
    let mut ran = 0;
    for line in fenced(&page("README.md"), "sh").iter().flat_map(|block| block.lines()) {
        if let Some(to) = line.strip_prefix("cd ") {
            here.push(to);
            continue;
        }
        let Some(arguments) = line.strip_prefix("engross ") else {
            assert!(["cargo run --release -- build", "cargo test"].contains(&line), "{line} is not run by this test");
            continue;
        };
        if arguments == "site" && !cfg!(feature = "site") {
            continue;
        }
        let arguments = typed(arguments);
        let mut command = Command::cargo_bin("engross").expect("the program is built");
        command.current_dir(&here).args(&arguments).assert().success();
        ran += 1;
    }
    assert_eq!(ran, if cfg!(feature = "site") { 9 } else { 8 });
    assert!(here.join("out/little-snoring/member-officer/draft.html").is_file());
    assert!(here.join("protocols/little-snoring/member-officer/2025-05-14.toml").is_file());
}

#[test]
fn the_sources_shown_are_read() {
    let mut read_as_a_whole = 0;
    for block in PAGES.iter().flat_map(|path| fenced(&page(path), "toml")) {
        let source = Source::new("shown.toml", block.clone());
        if block.starts_with("name") {
            assert!(read::council(&source).is_ok(), "{block}");
            read_as_a_whole += 1;
        } else if block.starts_with("title") {
            assert!(read::protocol(&source).is_ok(), "{block}");
            read_as_a_whole += 1;
        } else if block.starts_with("# engross.toml") || block.contains("[site]") {
            assert!(read::settings(&source).is_ok(), "{block}");
            read_as_a_whole += 1;
        } else {
            // A part of a source: at least it is TOML.
            toml::from_str::<toml::Table>(&block).unwrap_or_else(|error| panic!("{block}\n{error}"));
        }
    }
    assert_eq!(read_as_a_whole, 5);
}

#[test]
fn every_command_is_in_the_table_of_the_readme() {
    let help = Command::cargo_bin("engross").expect("built").arg("--help").output().expect("it runs").stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Continuation lines are indented further.
    let names = listed.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let commands: Vec<&str> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(commands.len() >= 7, "{commands:?}");
    for command in commands {
        assert!(page("README.md").contains(&format!("| `engross {command}` |")), "{command}");
    }
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let mut followed = 0;
    for path in PAGES {
        let text = page(path);
        let folder = support::root().join(path).parent().expect("a folder").to_owned();
        for event in pulldown_cmark::Parser::new(&text) {
            let target = match event {
                pulldown_cmark::Event::Start(
                    pulldown_cmark::Tag::Link { dest_url, .. } | pulldown_cmark::Tag::Image { dest_url, .. },
                ) => dest_url,
                _ => continue,
            };
            if !target.contains("://") && !target.starts_with('#') {
                let file = target.split_once('#').map_or(&*target, |(file, _)| file);
                assert!(folder.join(file).exists(), "{path}: {target}");
                followed += 1;
            }
        }
    }
    assert!(followed > 4);
}

#[test]
fn every_snapshot_is_of_some_test() {
    let tests: String = fs::read_dir(support::root().join("tests"))
        .expect("tests")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| fs::read_to_string(path).expect("readable"))
        .collect();
    let mut seen = 0;
    for entry in fs::read_dir(support::root().join("snapshots")).expect("snapshots") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let name = name.strip_suffix(".snap").unwrap_or_else(|| panic!("{name} waits for review"));
        let known = match name.split_once('@') {
            Some((suite, case)) => {
                let folder = if suite == "fault" { "faults" } else { "council-faults" };
                support::case(folder).join(case).is_file()
            }
            None => {
                let stem = name.split_once('-').map_or(name, |(stem, _)| stem);
                tests.contains(&format!("\"{name}\""))
                    || tests.contains(&format!("\"{stem}-{{}}\""))
                    || support::case("render").join(format!("{stem}.toml")).is_file()
            }
        };
        assert!(known, "snapshots/{name}.snap is of no test");
        seen += 1;
    }
    assert!(seen > 15);
}
