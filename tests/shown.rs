//! Every command that a page of the manual shows is run as it stands there.
#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use tempfile::TempDir;

use support::command::{copy, engross, stderr, succeeds, typed};

/// The pages that show how something is done; the README's and SECURITY's are run by the suite of the pages.
const PAGES: [&str; 8] =
    ["comparing", "importing", "matrix", "mdbook", "pdf-and-word", "reviews", "scheduled-reviews", "site"];

/// The commands that a page shows in blocks of their own, without what is remarked beside them.
fn shown(page: &str) -> Vec<String> {
    let text = fs::read_to_string(support::root().join("docs").join(page).with_extension("md")).expect(page);
    let mut block = None;
    let mut commands = Vec::new();
    for event in Parser::new(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => block = Some(String::new()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if ["", "sh", "bat"].contains(&&*language) =>
            {
                block = Some(String::new());
            }
            Event::Text(words) => block.iter_mut().for_each(|block| block.push_str(&words)),
            Event::End(TagEnd::CodeBlock) => {
                let block = block.take().unwrap_or_default();
                let lines = block.lines().filter(|line| line.starts_with("engross "));
                commands.extend(lines.map(|line| line.split("   ").next().unwrap_or(line).trim_end().to_owned()));
            }
            _ => {}
        }
    }
    commands
}

/// What is typed after the program's name.
fn arguments(command: &str) -> Vec<String> {
    typed(command.split(" #").next().unwrap_or(command).trim_start_matches("engross "))
}

/// The councils that the pages speak of, with a second version here and a proposal there, and the files that they name.
fn scene(command: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let protocols = folder.path().join("protocols");
    copy(&support::root().join("protocols"), &protocols);
    let version = |from: &str, to: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(protocols.join(from)).expect("a source");
        let to = protocols.join(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::write(to, change(text)).expect("written");
    };
    let battle = "battle/member-officer/2020-01.toml";
    version(battle, "battle/member-officer/2022-05.toml", &|text| {
        text.replace("date = \"2020-01\"", "date = \"2022-05\"").replace("should", "must")
    });
    version("kings-hill/member-officer/2024-05-30.toml", "kings-hill/member-officer/proposed.toml", &|text| {
        text.replace("status = \"adopted\"", "status = \"proposed\"")
    });
    if command.contains("battle/") {
        version(battle, "battle/media/2020-01.toml", &|text| text);
        version(battle, "battle/standing-orders/2020-01.toml", &|text| text);
    }
    if !["old", "new", "import"].iter().any(|word| command.contains(word)) {
        return folder;
    }
    fs::create_dir(folder.path().join("policies")).expect("made");
    for (file, text) in [
        (
            "old",
            "Battle Town Council\n\nLone Working Policy\n\nAdopted 8 May 2024\n\n1. Roles\n\n1.1 Officers should say where they are.\n",
        ),
        (
            "new",
            "Battle Town Council\n\nLone Working Policy\n\nAdopted 8 May 2024\n\n1. Roles\n\n1.1 Officers must say where they are.\n",
        ),
    ] {
        let source = folder.path().join(file).with_extension("txt");
        fs::write(&source, text).expect("written");
        succeeds(folder.path(), &["import", &format!("{file}.txt"), "-o", &format!("{file}.toml")]);
        let mut formats = vec!["docx"];
        if cfg!(feature = "pdf") {
            formats.push("pdf");
        }
        for format in formats {
            let out = format!("{file}.{format}");
            succeeds(folder.path(), &["build", &format!("{file}.toml"), "--format", format, "--out", "made"]);
            let made = support::command::files(&folder.path().join("made")).into_keys();
            let made = made.into_iter().find(|path| path.extension().is_some_and(|it| it == format)).expect("made");
            fs::rename(made, folder.path().join(&out)).expect("moved");
        }
        fs::remove_dir_all(folder.path().join("made")).expect("removed");
    }
    let named = |from: &str, to: &str| fs::copy(folder.path().join(from), folder.path().join(to)).expect("copied");
    named("new.docx", "Member Officer Protocol.docx");
    named("new.docx", "policies/Lone Working.docx");
    if cfg!(feature = "pdf") {
        named("new.pdf", "protocol.pdf");
    }
    folder
}

#[test]
fn every_command_of_the_manual_runs_as_it_is_shown() {
    let mut ran = 0;
    for page in PAGES {
        for command in shown(page) {
            let site = command.starts_with("engross site") || command.starts_with("engross mdbook");
            if site && !cfg!(feature = "site") || command.contains("pdf") && !cfg!(feature = "pdf") {
                continue;
            }
            let mut arguments = arguments(&command);
            if arguments.iter().any(|it| it == "--serve") {
                // It goes on until it is ended: the suite of that looks at it.
                arguments = vec!["site".to_owned(), "--help".to_owned()];
            }
            // What is recorded on a day to come is refused, whenever this is run.
            if ["review", "adopt"].contains(&&*arguments[0]) {
                arguments.extend(["--as-of", "2026-12-31"].map(str::to_owned));
            }
            let folder = scene(&command);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let output = engross(folder.path(), &arguments);
            // 1 says that there is something to do: a review is overdue.
            let wanted = if arguments.contains(&"--exit-code") { 1 } else { 0 };
            assert_eq!(output.status.code(), Some(wanted), "docs/{page}.md: {command}\n{}", stderr(&output));
            ran += 1;
        }
    }
    assert!(ran >= 20, "{ran}");
}

#[test]
fn the_tour_for_clerks_can_be_walked() {
    let folder = TempDir::new().expect("a folder");
    let mut here = folder.path().to_owned();
    let mut ran = 0;
    let text = fs::read_to_string(support::root().join("docs/tour.md")).expect("the tour");
    for line in text.lines().filter_map(|line| line.strip_prefix("    ")) {
        if let Some(to) = line.strip_prefix("cd ").filter(|to| *to != "Documents") {
            here.push(to);
        }
        if !line.starts_with("engross ") || line.contains("site") && !cfg!(feature = "site") {
            continue;
        }
        let mut arguments = arguments(line);
        match &*arguments[0] {
            "import" => {
                let printed = "Little Snoring Parish Council\n\nStanding Orders\n\nAdopted 8 May 2024\n\n1. Meetings\n\n1.1 Meetings are public.\n";
                fs::write(here.join("printed.txt"), printed).expect("written");
                succeeds(&here, &["import", "printed.txt", "-o", "printed.toml"]);
                succeeds(&here, &["build", "printed.toml", "--format", "docx", "--out", "made"]);
                let made = support::command::files(&here.join("made")).into_keys().next().expect("a Word file");
                fs::rename(made, here.join("Standing Orders.docx")).expect("moved");
            }
            "site" => arguments.retain(|it| it != "--serve"),
            "adopt" | "review" => arguments.extend(["--as-of", "2026-12-31"].map(str::to_owned)),
            _ => {}
        }
        let output = engross(&here, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(0), "{line}\n{}", stderr(&output));
        if arguments[0] == "import" {
            // Who walks on has a draft to adopt, and a version before it.
            let imported = here.join("protocols/little-snoring/standing-orders/2024-05-08.toml");
            let text = fs::read_to_string(&imported).expect("imported");
            fs::write(imported.with_file_name("2020-05-08.toml"), text.replace("2024", "2020")).expect("written");
            fs::write(&imported, text.replace("status = \"adopted\"", "status = \"draft\"")).expect("written");
        }
        ran += 1;
    }
    assert!(ran >= 8, "{ran}");
}
