//! The command as users run it: arguments, streams, exit statuses, and what is on the disk afterwards.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engross::render::FORMATS;
use tempfile::TempDir;

use support::command::{engross, fails, files, stderr, stdout, succeeds};

/// A workspace with one council and one document of that TOML.
fn workspace(toml: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let council = folder.path().join("protocols/test");
    fs::create_dir_all(council.join("protocol")).expect("folders");
    fs::write(council.join("council.toml"), "name = \"Test Council\"\nkind = \"parish\"\n").expect("written");
    fs::write(council.join("protocol/draft.toml"), toml).expect("written");
    folder
}

const DRAFT: &str = "title = \"Protocol\"\nstatus = \"draft\"\n[[section]]\n[[section.clause]]\ntext = \"Words.\"\n";

fn built(workspace: &Path, extension: &str) -> String {
    let path = workspace.join("out/test/protocol/draft").with_extension(extension);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn build_writes_every_document_in_every_published_format() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("out");
    let report = succeeds(support::root(), &["build", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(report.lines().count(), 5 * FORMATS.len());
    let written = files(&out);
    assert_eq!(written.len(), 5 * FORMATS.len());
    assert!(written.contains_key(&out.join("kings-hill/member-officer/2024-05-30.html")));
    succeeds(support::root(), &["build", "--out", folder.path().join("again").to_str().expect("UTF-8")]);
    let again = files(&folder.path().join("again"));
    assert!(written.values().eq(again.values()), "two builds are alike to the byte");
}

#[test]
fn an_address_names_one_version_and_format_chooses() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().to_str().expect("UTF-8");
    succeeds(support::root(), &["build", "battle@2020-01", "thanet", "--format", "txt,md", "--out", out]);
    let written: Vec<_> = files(folder.path()).into_keys().collect();
    assert_eq!(written.len(), 4, "{written:?}");
    assert!(written.iter().all(|path| path.extension().is_some_and(|e| e == "txt" || e == "md")));
}

#[test]
fn a_file_outside_a_workspace_builds() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("My Draft.toml"), DRAFT).expect("written");
    let report = succeeds(folder.path(), &["build", "My Draft.toml", "--format", "txt"]);
    assert!(report.contains("my-draft.txt"), "{report}");
    assert_eq!(
        fs::read_to_string(folder.path().join("out/my-draft.txt")).expect("built"),
        "Protocol\n\nDraft\n\nWords.\n"
    );
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let root = support::root();
    assert!(fails(root, &["build", "kings-hil"]).contains("did you mean `kings-hill`?"));
    assert!(fails(root, &["build", "battle@2021"]).contains("2020-01"));
    assert!(fails(root, &["build", "../battle"]).contains("is not an address"));
    assert!(fails(root, &["build", "--format", "odt"]).contains("md (Markdown)"));
    assert!(fails(root, &["build", "absent.toml"]).contains("absent.toml cannot be read"));
    assert!(fails(root, &["explain", "Z99"]).contains("lists them all"));
    assert!(fails(root, &["check", "--as-of", "tomorrow"]).contains("--as-of"));
    let empty = TempDir::new().expect("a folder");
    assert!(fails(empty.path(), &["build"]).contains("there is no workspace here"));
}

#[test]
fn nothing_is_written_when_a_source_is_faulty() {
    let folder = workspace("tittle = \"Protocol\"\nstatus = \"draft\"\n");
    let message = fails(folder.path(), &["build"]);
    assert!(message.contains("protocols/test/protocol/draft.toml:1:1"), "{message}");
    assert!(message.contains("did you mean `title`?"), "{message}");
    assert!(!folder.path().join("out").exists());
    let output = engross(folder.path(), &["check", "--message-format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[S03]"));
}

#[test]
fn unreadable_sources_give_one_clear_error() {
    let faulty = |bytes: &[u8], expected: &str| {
        let folder = workspace(DRAFT);
        fs::write(folder.path().join("protocols/test/protocol/draft.toml"), bytes).expect("written");
        let message = fails(folder.path(), &["build"]);
        assert!(message.contains("error[S01]") && message.contains(expected), "{message}");
        assert_eq!(message.matches("error[").count(), 1, "{message}");
    };
    faulty(b"", "is empty");
    faulty(b" \n\n", "is empty");
    faulty(b"title = \"\xff\"", "draft.toml:1:10");
    faulty(&vec![b'#'; 5 << 20], "larger than 4 MiB");
}

#[test]
fn deep_nesting_gives_an_error_and_no_crash() {
    for toml in [
        format!("title = {}", "[".repeat(100_000)),
        format!("title = {}1{}", "{a=".repeat(50_000), "}".repeat(50_000)),
        format!(
            "title = \"T\"\nstatus = \"draft\"\n[[section]]\n[[section.clause]]\ntext = \"{}\"",
            "- ".repeat(100_000)
        ),
        format!(
            "title = \"T\"\nstatus = \"draft\"\n[[section]]\n[[section.clause]]\ntext = \"{}\"",
            "[".repeat(100_000)
        ),
    ] {
        let folder = workspace(&toml);
        let output = engross(folder.path(), &["build"]);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{:?}", output.status);
    }
}

#[test]
fn misplaced_files_are_not_passed_over() {
    for path in [
        "protocols/Kings Hill/council.toml",
        "protocols/stray.toml",
        "protocols/test/stray.toml",
        "protocols/test/protocol/A B.toml",
    ] {
        let folder = workspace(DRAFT);
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, DRAFT).expect("written");
        assert!(fails(folder.path(), &["build"]).contains("error[S14]"));
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_neither_out_of_the_workspace_nor_out_of_the_output() {
    use std::os::unix::fs::symlink;
    let outside = TempDir::new().expect("a folder");
    fs::write(outside.path().join("secret.toml"), DRAFT).expect("written");

    let folder = workspace(DRAFT);
    symlink(outside.path().join("secret.toml"), folder.path().join("protocols/test/protocol/linked.toml"))
        .expect("linked");
    assert!(fails(folder.path(), &["build"]).contains("leads out of the workspace"));

    let folder = workspace(DRAFT);
    fs::create_dir(folder.path().join("out")).expect("made");
    symlink(outside.path(), folder.path().join("out/test")).expect("linked");
    assert!(fails(folder.path(), &["build"]).contains("out of the output folder"));
    assert_eq!(files(outside.path()).len(), 1, "nothing was written there");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_out_of_the_workspace_when_named_by_path_either() {
    use std::os::unix::fs::symlink;
    let outside = TempDir::new().expect("a folder");
    fs::write(outside.path().join("secret.toml"), DRAFT).expect("written");
    fs::write(outside.path().join("secret.png"), b"secret").expect("written");

    let folder = workspace(DRAFT);
    let linked = "protocols/test/protocol/linked.toml";
    symlink(outside.path().join("secret.toml"), folder.path().join(linked)).expect("linked");
    assert!(fails(folder.path(), &["build", linked]).contains("leads out of the workspace"));

    let folder = workspace(DRAFT);
    let council = "name = \"T\"\nkind = \"town\"\n[logo]\nfile = \"logo.png\"\nalt = \"A horse\"\n";
    fs::write(folder.path().join("protocols/test/council.toml"), council).expect("written");
    symlink(outside.path().join("secret.png"), folder.path().join("protocols/test/logo.png")).expect("linked");
    assert!(
        fails(folder.path(), &["build", "protocols/test/protocol/draft.toml"]).contains("leads out of the workspace")
    );

    let folder = workspace(DRAFT);
    symlink(outside.path(), folder.path().join("protocols/linked")).expect("linked");
    let message = fails(folder.path(), &["build"]);
    assert!(message.contains("protocols/linked leads out of the workspace"), "{message}");
    assert_eq!(message.matches("error[").count(), 1, "{message}");
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_tidies_up() {
    let folder = TempDir::new().expect("a folder");
    let whole = folder.path().join("whole");
    let out = folder.path().join("out");
    succeeds(support::root(), &["build", "--out", whole.to_str().expect("UTF-8")]);
    let expected = files(&whole);
    let program = assert_cmd::cargo::cargo_bin("engross");
    let mut killed = 0;
    for delay in 0..40 {
        let mut build = std::process::Command::new(&program)
            .current_dir(support::root())
            .args(["build", "--out", out.to_str().expect("UTF-8")])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(delay));
        build.kill().expect("killed or ended");
        killed += usize::from(!build.wait().expect("ended").success());
        for (path, bytes) in if out.exists() { files(&out) } else { Default::default() } {
            let inside = path.strip_prefix(&out).expect("inside");
            let finished = !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".engross-"));
            assert!(!finished || expected[&whole.join(inside)] == bytes, "{}", path.display());
        }
    }
    assert!(killed > 0, "no build was killed in time");
    let left = out.join("battle/member-officer/.engross-left.tmp");
    fs::create_dir_all(left.parent().expect("a folder")).expect("made");
    fs::write(&left, "half").expect("written");
    succeeds(support::root(), &["build", "--out", out.to_str().expect("UTF-8")]);
    assert!(files(&out).values().eq(expected.values()), "the next build is whole, and nothing is left over");
}

#[test]
fn builds_into_one_folder_at_once_do_not_disturb_each_other() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("out");
    let arguments = ["build", "--out", out.to_str().expect("UTF-8")];
    for _ in 0..5 {
        let builds: Vec<_> = (0..3)
            .map(|_| {
                let arguments = arguments.map(str::to_owned);
                std::thread::spawn(move || {
                    engross(support::root(), &arguments.each_ref().map(String::as_str)).status.code()
                })
            })
            .collect();
        let ended: Vec<_> = builds.into_iter().map(|build| build.join().expect("ran")).collect();
        assert_eq!(ended, [Some(0); 3]);
        assert_eq!(files(&out).len(), 5 * FORMATS.len());
        fs::remove_dir_all(&out).expect("removed");
    }
}

#[test]
fn two_files_that_would_be_written_as_one_are_refused() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("b")).expect("made");
    fs::write(folder.path().join("a.toml"), DRAFT).expect("written");
    fs::write(folder.path().join("b/a.toml"), DRAFT).expect("written");
    assert!(fails(folder.path(), &["build", "a.toml", "b/a.toml"]).contains("would both be written"));
}

#[test]
fn misnamed_and_unreadable_templates_are_not_passed_over() {
    let folder = workspace(DRAFT);
    let templates = folder.path().join("templates/html");
    fs::create_dir_all(&templates).expect("made");
    fs::write(templates.join("pag.html"), "x").expect("written");
    assert!(fails(folder.path(), &["build"]).contains("templates/html/pag.html takes the place of no template"));
    fs::rename(templates.join("pag.html"), templates.join("page.html")).expect("renamed");
    fs::write(templates.join("page.html"), b"\xff").expect("written");
    assert!(fails(folder.path(), &["build"]).contains("error[S01]"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_a_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let program = assert_cmd::cargo::cargo_bin("engross");
    let mut list = std::process::Command::new(program);
    let status = list.arg("schema").arg("council").stdout(full).stderr(std::process::Stdio::null()).status();
    assert_eq!(status.expect("it runs").code(), Some(2));
}

#[test]
fn hostile_text_comes_out_as_harmless_text() {
    let attack =
        r#"\u001b[31m\u009b31m\u202e<script>alert(1)</script>{{ title }}{% raw %}</style></title>\"onload=\"x"#;
    let escaped = r"\\<script\\>alert(1)\\</script\\> {{ title }} {% raw %} \u001b[31m\u202e";
    let toml = format!(
        "title = \"{attack}\"\nstatus = \"draft\"\ncouncil_as_printed = \"{attack}\"\nnotes = [\"{escaped}\"]\n\
         [[history]]\nevent = \"reviewed\"\ndate = \"2024\"\nas_printed = \"{attack}\"\nminute = \"{attack}\"\n\
         [[control]]\ncaption = \"{attack}\"\nheader = [\"{attack}\"]\nrows = [[\"{attack}\"]]\n\
         [[signature]]\nrole = \"{attack}\"\nname = \"{attack}\"\n\
         [[section]]\nnumber = \"{attack}\"\nheading = \"{attack}\"\n\
         [[section.clause]]\nnumber = \"{attack}\"\nheading = \"{attack}\"\n\
         [[section.clause]]\nnumber = \"{attack}\"\ntext = \"{escaped}\"\n"
    );
    let folder = workspace(&toml);
    let council = format!(
        "name = \"{attack}\"\nkind = \"parish\"\naddress = \"{attack}\"\nprincipal_authority = \"{attack}\"\n\
         email = \"o'a&b@c.uk\"\nwebsite = \"https://x.uk/'onclick='x\"\n[terms]\nclerk = [\"{attack}\"]\n"
    );
    fs::write(folder.path().join("protocols/test/council.toml"), council).expect("written");
    let output = engross(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let clean = |text: &str| !text.contains(['\u{1b}', '\u{9b}', '\u{202e}']);
    assert!(clean(&stderr(&output)) && clean(&stdout(&output)));
    for extension in ["md", "html", "txt", "json"] {
        let text = built(folder.path(), extension);
        assert!(clean(&text), "{extension}");
        assert!(text.contains("{{ title }}") || extension == "md", "{extension}: template marks are printed");
    }
    let html = built(folder.path(), "html");
    assert!(!html.contains("<script") && !html.contains("\"onload") && !html.contains("\"onclick"), "{html}");
    assert_eq!(html.matches("</style>").count(), 1);
    let markdown = built(folder.path(), "md");
    let events = pulldown_cmark::Parser::new(&markdown);
    let html_events =
        events.filter(|event| matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)));
    assert_eq!(html_events.count(), 0, "{markdown}");
    let listed = succeeds(folder.path(), &["list"]);
    assert!(clean(&listed));
}

#[test]
fn templates_are_replaced_by_files_of_the_workspace_and_faults_in_them_named() {
    let folder = workspace(DRAFT);
    let template = folder.path().join("templates/text/document.txt");
    fs::create_dir_all(template.parent().expect("a folder")).expect("made");
    fs::write(&template, "{{ title }}, {{ status }}\n").expect("written");
    succeeds(folder.path(), &["build"]);
    assert_eq!(built(folder.path(), "txt"), "Protocol, Draft\n");
    for fault in ["one\n{{ titel }}\n", "one\n{{ title \n", "one\n{{ title | shout }}\n"] {
        fs::write(&template, fault).expect("written");
        let message = fails(folder.path(), &["build"]);
        assert!(message.contains("text/document.txt:2"), "{message}");
    }
}

#[test]
fn new_makes_what_builds_and_checks_at_once_and_changes_nothing_that_is_there() {
    let folder = TempDir::new().expect("a folder");
    succeeds(folder.path(), &["new", "workspace", "ours", "--council", "Little \"Snoring\" Parish Council"]);
    let ours = folder.path().join("ours");
    succeeds(&ours, &["build"]);
    let text = fs::read_to_string(ours.join("out/little-snoring/member-officer/draft.txt")).expect("built");
    assert!(text.contains("1.1   This protocol guides"), "{text}");
    assert_eq!(engross(&ours, &["check"]).status.code(), Some(0));
    succeeds(&ours, &["new", "council", "Little \"Snoring\" Parish Council", "--document", "media"]);
    let before = files(&ours);
    assert!(
        fails(&ours, &["new", "council", "Little Snoring Parish Council", "--document", "media"])
            .contains("is there already")
    );
    let told = fails(folder.path(), &["new", "workspace", "ours"]);
    assert!(told.contains("ours is a workspace already") && told.contains("engross new council"), "{told}");
    let told = fails(folder.path(), &["new", "workspace", "ours", "--council", "Little Snoring Parish Council"]);
    assert!(told.contains("is there already"), "{told}");
    assert_eq!(before, files(&ours));
    let told = stderr(&engross(folder.path(), &["new", "workspace", "my \u{1b}[31mfolder"]));
    assert!(told.contains("Now: cd \"my ␛[31mfolder\" and engross build"), "{told:?}");
    assert!(fails(&ours, &["new", "council", "—"]).contains("--id"));
    assert!(fails(&ours, &["new", "council", "X", "--id", "../x"]).contains("cannot name the folder of a council"));
}

#[test]
fn a_logo_and_colours_become_a_part_of_the_page() {
    let folder = workspace(DRAFT);
    let council = "name = \"Test Council\"\nkind = \"parish\"\n[logo]\nfile = \"logo.png\"\nalt = \"A horse\"\n[colours]\naccent = \"#7a1f3d\"\n";
    fs::write(folder.path().join("protocols/test/council.toml"), council).expect("written");
    assert!(fails(folder.path(), &["build"]).contains("logo.png"));
    fs::write(folder.path().join("protocols/test/logo.png"), b"\x89PNG").expect("written");
    #[cfg(feature = "pdf")]
    assert!(
        fails(folder.path(), &["build"])
            .contains("the logo of Test Council, protocols/test/logo.png, cannot be put into a PDF")
    );
    assert!(!folder.path().join("out").exists());
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOokrcFAAHtANcH0N3hAAAAAElFTkSuQmCC";
    fs::write(folder.path().join("protocols/test/logo.png"), STANDARD.decode(pixel).expect("base64")).expect("written");
    succeeds(folder.path(), &["build"]);
    let html = built(folder.path(), "html");
    assert!(html.contains(&format!("src=\"data:image/png;base64,{pixel}\" alt=\"A horse\"")), "{html}");
    assert!(html.contains("--accent: #7a1f3d"));
}

#[test]
fn every_message_format_and_shell_works() {
    let root = support::root();
    for format in ["full", "concise", "json", "sarif"] {
        let report = succeeds(root, &["check", "--as-of", "2026-11-22", "--message-format", format]);
        assert!(report.contains("N01"), "{format}");
        if format == "json" || format == "sarif" {
            serde_json::from_str::<serde_json::Value>(&report).expect("JSON");
        }
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(succeeds(root, &["completions", shell]).contains("engross"));
    }
    assert!(succeeds(root, &["list", "--format", "json"]).contains("\"thanet/member-officer@proposed\""));
    assert!(succeeds(root, &["explain"]).contains("N01  number-repeated"));
    assert!(succeeds(root, &["explain", "unfilled-blank"]).contains("How to put it right"));
}

#[test]
fn a_result_goes_into_the_file_named() {
    let folder = workspace(DRAFT);
    let printed = succeeds(folder.path(), &["list", "--format", "json"]);
    assert_eq!(succeeds(folder.path(), &["list", "--format", "json", "-o", "list.json"]), "");
    assert_eq!(fs::read_to_string(folder.path().join("list.json")).expect("written"), printed);
    assert!(fails(folder.path(), &["schema", "council", "-o", "absent/schema.json"]).contains("cannot be written"));
}

#[test]
fn many_findings_in_one_text_are_cut_short_and_said_to_be() {
    let folder = workspace(&DRAFT.replace("Words.", &"Write to XXXX. ".repeat(500)));
    let report = succeeds(folder.path(), &["check", "--message-format", "concise"]);
    assert_eq!(report.matches("[T01]").count(), 20);
    assert_eq!(report.matches("there are more like it in this text").count(), 1);
}

#[test]
fn every_help_text_has_examples() {
    for command in [
        "build",
        "check",
        "diff",
        "matrix",
        "import",
        "review",
        "adopt",
        "explain",
        "list",
        "new",
        "schema",
        "completions",
        "site",
    ] {
        let help = succeeds(support::root(), &[command, "--help"]);
        assert!(help.contains("Examples:\n  engross "), "{command}:\n{help}");
    }
}

/// A document of one clause, in a section with that heading.
fn one_clause(heading: &str, words: &str) -> String {
    format!(
        "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\nheading = {heading:?}\n\
         [[section.clause]]\nnumber = \"1.1\"\ntext = {}\n",
        toml::Value::from(words)
    )
}

#[test]
fn diff_tells_by_its_exit_status_whether_there_are_differences() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("written");
    write("old.toml", one_clause("Roles", "Councillors must treat officers with respect at all times."));
    write("new.toml", one_clause("Roles", "Councillors should treat officers with respect at all times."));
    write("case.toml", one_clause("Roles", "councillors must treat Officers with respect, at all times"));
    write("heading.toml", one_clause("Duties", "Councillors must treat officers with respect at all times."));
    let status = |arguments: &[&str]| {
        let all = [&["diff", "--exit-code"], arguments].concat();
        engross(folder.path(), &all).status.code()
    };
    assert_eq!(status(&["old.toml", "old.toml"]), Some(0));
    assert_eq!(status(&["old.toml", "new.toml"]), Some(1));
    assert_eq!(status(&["old.toml", "case.toml"]), Some(1));
    assert_eq!(status(&["old.toml", "case.toml", "--ignore", "typographic"]), Some(0));
    assert_eq!(status(&["old.toml", "new.toml", "--kind", "removed"]), Some(0));
    assert_eq!(status(&["old.toml", "absent.toml"]), Some(2));
    assert_eq!(status(&["old.toml"]), Some(2), "a file by itself has no version before");
    let shown = succeeds(folder.path(), &["diff", "old.toml", "new.toml"]);
    assert!(shown.contains("1 provision weakened") && shown.contains("[-must-]{+should+}"), "{shown}");
    let none = succeeds(folder.path(), &["diff", "old.toml", "new.toml", "--kind", "moved"]);
    assert!(none.contains("1 provision weakened") && none.contains("Of the 1 changes, 0 are shown"), "{none}");
}

#[test]
fn diff_compares_a_version_with_the_one_before_it() {
    let workspace = support::case("compare");
    let shown = succeeds(&workspace, &["diff", "cranbrook-st-mary", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(json["left"]["address"], "cranbrook-st-mary/standing-orders@2023-05-15");
    assert_eq!(json["right"]["address"], "cranbrook-st-mary/standing-orders@2025-05-12");
    assert_eq!(json["versions"], true);
    assert!(fails(&workspace, &["diff", "penfold"]).contains("has no version before"));
    assert!(fails(&workspace, &["diff", "penfold", "aldermeer"]).contains("did you mean `aldermere`?"));
}

#[test]
fn diff_puts_hostile_words_into_no_format_unescaped() {
    let folder = TempDir::new().expect("a folder");
    let attack = "Officers \\<script\\>alert(1)\\</script\\> \\*must\\* {{ title }} \u{1b}[31m respect ~~it~~ | all.";
    fs::write(folder.path().join("a.toml"), one_clause("<b>A</b>", attack)).expect("written");
    fs::write(folder.path().join("b.toml"), one_clause("<b>A</b>", &attack.replace("all", "\\<i\\>")))
        .expect("written");
    for format in ["html", "md", "text", "json"] {
        let shown = succeeds(folder.path(), &["diff", "a.toml", "b.toml", "--format", format]);
        assert!(!shown.contains('\u{1b}'), "{format}");
        if format == "html" {
            assert!(!shown.contains("<script>alert") && !shown.contains("<i>"), "{shown}");
        }
        if format == "md" {
            assert!(shown.contains("\\<script>") && shown.contains("\\*must\\*"), "{shown}");
        }
    }
}

/// One source: what a packager installs says what `--help` says, of every command that `--help` names.
#[test]
fn every_command_has_a_manual_page() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("man");
    succeeds(support::root(), &["man", "--out", out.to_str().expect("UTF-8")]);
    let pages = files(&out);
    let page = |name: &str| {
        let page = pages.get(&out.join(name)).unwrap_or_else(|| panic!("no {name} among {:?}", pages.keys()));
        String::from_utf8(page.clone()).expect("UTF-8")
    };
    let help = succeeds(support::root(), &["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let names: Vec<_> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.len() >= 14, "{names:?}");
    for name in &names {
        assert!(page(&format!("engross-{name}.1")).contains(".SH SYNOPSIS"), "{name}");
        assert!(page("engross.1").contains(&format!("engross\\-{name}(1)")), "{name}");
    }
    assert!(page("engross-review-record.1").contains("\\-\\-date"));
    assert!(!pages.contains_key(&out.join("engross-man.1")), "for packagers only");
    let build = page("engross-build.1");
    assert!(
        build.starts_with(".TH \"engross-build\" \"1\" \"\" \"engross "),
        "no day, as pages are alike always: {build}"
    );
    assert!(build.contains("\n.SH EXAMPLES\n.nf\n  engross build"), "examples stand as they are: {build}");
}
