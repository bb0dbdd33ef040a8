//! Reviews and adoptions as users record them: what becomes of the files, also when something goes wrong in between.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use engross::store::journal::{Change, apply};
use tempfile::TempDir;

use support::command::{engross, fails, files, stderr, stdout, succeeds};

/// A version as a clerk has written it, with remarks and a layout of their own.
const IN_FORCE: &str = r#"# Our protocol. Ask Jo before changing this!
title  =  "Member/Officer Protocol"
status = "adopted"   # since 2015

[[history]]          # from the minute book
event = "adopted"
date = 2015-05-15
minute = "15/23"

# The council meets in May.
[review]
as_printed = "Review Date May 2025"
due = "2025-05"      # see minute 24/11

[[section]]
number = "1."
heading = 'Introduction'

  [[section.clause]]
  number = "1.1"
  text = """
Members and Officers respect one another."""
"#;

const PROPOSED: &str = r#"title = "Member/Officer Protocol"
status = "proposed"
numbering = "automatic"

[[section]]
heading = "Introduction"

[[section.clause]]
# as the working party wrote it
text = "Members and Officers must respect one another."

[[section]]
heading = "Meetings"

[[section.clause]]
text = "The Chair decides."
"#;

const FOLDER: &str = "protocols/test/member-officer";

/// A workspace of one council with a version in force and one that waits.
fn workspace() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir_all(folder.path().join(FOLDER)).expect("folders");
    fs::write(folder.path().join("protocols/test/council.toml"), "name = \"Test Council\"\nkind = \"parish\"\n")
        .expect("written");
    write(&folder, "2015-05-15", IN_FORCE);
    write(&folder, "proposed", PROPOSED);
    folder
}

fn write(folder: &TempDir, version: &str, text: &str) {
    fs::write(folder.path().join(FOLDER).join(version).with_extension("toml"), text).expect("written");
}

fn read(folder: &TempDir, version: &str) -> String {
    fs::read_to_string(folder.path().join(FOLDER).join(version).with_extension("toml")).expect("readable")
}

fn versions(folder: &TempDir) -> Vec<String> {
    let all = files(&folder.path().join(FOLDER)).into_keys();
    all.map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
}

/// What is different between two texts, line by line.
fn changes(old: &str, new: &str) -> Vec<String> {
    let diff = similar::TextDiff::from_lines(old, new);
    let changed = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changed.map(|change| format!("{}{}", change.tag(), change.value().trim_end_matches('\n'))).collect()
}

const RECORD: [&str; 9] =
    ["review", "record", "test", "--date", "2026-11-12", "--minute", "26/98", "--as-of", "2026-11-22"];

const ADOPT: [&str; 9] =
    ["adopt", "test", "--date", "2026-11-12", "--minute", "26/98", "--as-of", "2026-11-22", "--next=1 year"];

#[test]
fn recording_a_review_changes_nothing_else_of_the_file() {
    let folder = workspace();
    let mut arguments = RECORD.to_vec();
    arguments.extend(["--event", "readopted", "--next", "2027-05"]);
    let output = engross(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        changes(IN_FORCE, &read(&folder, "2015-05-15")),
        [
            "+[[history]]",
            "+event = \"readopted\"",
            "+date = 2026-11-12",
            "+minute = \"26/98\"",
            "+",
            "-as_printed = \"Review Date May 2025\"",
            "-due = \"2025-05\"      # see minute 24/11",
            "+due = \"2027-05\"      # see minute 24/11",
        ]
    );
    let told = stderr(&output);
    assert!(told.contains("The next review is due May 2027; it was May 2025."), "{told}");
    assert!(told.contains("Where “Review Date May 2025” was printed, “Review due May 2027” is now"), "{told}");
    assert!(fails(folder.path(), &arguments).contains("recorded already"));
    let register = succeeds(folder.path(), &["review", "--as-of", "2026-11-22", "--format", "csv"]);
    assert!(register.contains("readopted,2026-11-12,2027-05-31,,no,current,0"), "{register}");
}

#[test]
fn a_dry_run_shows_and_changes_nothing() {
    for arguments in [RECORD, ADOPT] {
        let folder = workspace();
        let before = files(folder.path());
        let output = engross(folder.path(), &[&arguments[..], &["--dry-run"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains("+minute = \"26/98\""), "{}", stdout(&output));
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
fn line_endings_and_the_mark_of_windows_stay() {
    let folder = workspace();
    write(&folder, "2015-05-15", &format!("\u{feff}{}", IN_FORCE.replace('\n', "\r\n")));
    succeeds(folder.path(), &RECORD);
    let text = read(&folder, "2015-05-15");
    assert!(text.starts_with("\u{feff}# Our protocol"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("date = 2026-11-12\r\n"));
}

#[test]
fn a_file_outside_a_workspace_is_recorded_in_and_adopted_too() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("Our Protocol.toml"), PROPOSED).expect("written");
    let adopt = ["adopt", "Our Protocol.toml", "--date", "2026-11-12", "--as-of", "2026-11-22"];
    succeeds(folder.path(), &adopt);
    let record = ["review", "record", "Our Protocol.toml", "--date=2026-11-20", "--minute=x", "--as-of=2026-11-22"];
    succeeds(folder.path(), &record);
    let text = fs::read_to_string(folder.path().join("Our Protocol.toml")).expect("readable");
    assert!(text.contains("status = \"adopted\"") && text.contains("date = 2026-11-20"), "{text}");
    assert!(succeeds(folder.path(), &["review", "Our Protocol.toml", "--as-of=2026-11-22"]).contains("Current"));
}

#[test]
fn adopting_supersedes_the_version_in_force_in_one_step() {
    let folder = workspace();
    let output = engross(folder.path(), &ADOPT);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(versions(&folder), ["2015-05-15.toml", "2026-11-12.toml"]);
    let superseded = ["-status = \"adopted\"   # since 2015", "+status = \"superseded\"   # since 2015"];
    assert_eq!(changes(IN_FORCE, &read(&folder, "2015-05-15")), superseded);
    assert_eq!(
        changes(PROPOSED, &read(&folder, "2026-11-12")),
        [
            "-status = \"proposed\"",
            "-numbering = \"automatic\"",
            "+status = \"adopted\"",
            "+",
            "+[[history]]",
            "+event = \"adopted\"",
            "+date = 2026-11-12",
            "+minute = \"26/98\"",
            "+[review]",
            "+due = 2027-11-12",
            "+",
            "+number = \"1.\"",
            "+number = \"1.1\"",
            "+number = \"2.\"",
            "+number = \"2.1\"",
        ]
    );
    assert!(stderr(&output).contains("test/member-officer@2015-05-15 is superseded."), "{}", stderr(&output));
    succeeds(folder.path(), &["check"]);
}

#[test]
fn what_cannot_be_adopted_is_left_as_it_is() {
    let folder = workspace();
    let with = |more: &[&'static str]| [&ADOPT[..8], more].concat();
    let before = files(folder.path());
    assert!(fails(folder.path(), &with(&["--version", "2015-05-15"])).contains("already"));
    assert!(fails(folder.path(), &with(&["--version", "../x"])).contains("cannot name a version"));
    assert!(fails(folder.path(), &with(&["--next", "2026-10"])).contains("after the day it is counted from"));
    assert!(fails(folder.path(), &with(&["--event", "reviewed"])).contains("--event adopted"));
    let early = ["adopt", "test", "--date", "2015-05-14", "--as-of", "2026-11-22"];
    assert!(fails(folder.path(), &early).contains("before the last event of the version in force"));
    let old = ["adopt", "test@2015-05-15", "--date", "2026-11-12", "--as-of", "2026-11-22"];
    assert!(fails(folder.path(), &old).contains("only a draft or a proposal is adopted"));
    let future = ["adopt", "test", "--date", "2026-11-23", "--as-of", "2026-11-22"];
    assert!(fails(folder.path(), &future).contains("in the future"));
    assert_eq!(files(folder.path()), before);
    write(&folder, "draft", PROPOSED);
    assert!(
        fails(folder.path(), &ADOPT).contains("say which (test/member-officer@draft, test/member-officer@proposed)")
    );
}

#[test]
fn bad_arguments_are_named() {
    let folder = workspace();
    let record = |more: &[&str]| fails(folder.path(), &[&["review", "record", "test", "--minute", "1"], more].concat());
    assert!(record(&["--date", "2026-02-30"]).contains("there is no such date as 2026-02-30"));
    assert!(record(&["--date", "12/11/2026"]).contains("write a day as 2027-05-14"));
    assert!(record(&["--date=2026-11-12", "--event", "readoptd"]).contains("readopted"));
    assert!(record(&["--date=2026-11-12", "--next", "0 years"]).contains("an interval of 1 month to 100 years"));
    assert!(record(&["--date=2026-11-12", "--minute", " "]).contains("--minute"));
    let review = |more: &[&str]| fails(folder.path(), &[&["review"], more].concat());
    assert!(review(&["--within", "5h"]).contains("60d"));
    assert!(review(&["--within=-5d"]).contains("60d"));
    assert!(review(&["--as-of", "2026-11"]).contains("a whole day"));
    assert!(review(&["--apply"]).contains("--plan"));
    assert!(review(&["--agenda", "--format", "ics"]).contains("text, md, html"));
    assert!(review(&["tset"]).contains("did you mean `test`?"));
    assert!(
        fails(folder.path(), &["review", "record", "test@proposed", "--date=2020", "--minute=1"])
            .contains("engross adopt")
    );
}

#[test]
fn faults_of_the_sources_are_told_at_their_place() {
    let folder = workspace();
    fs::write(folder.path().join("engross.toml"), "[review]\nevery = \"0 years\"\n[site]\nurl = \"javascript:x\"\n")
        .expect("written");
    write(
        &folder,
        "2015-05-15",
        &IN_FORCE.replace("event = \"adopted\"", "event = \"adoptd\"").replace("\"2025-05\"", "\"2014-05\""),
    );
    let told = fails(folder.path(), &["review"]);
    for expected in ["engross.toml:2:9", "engross.toml:4:7", "2015-05-15.toml:6:9", "did you mean `adopted`"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    write(&folder, "2015-05-15", &IN_FORCE.replace("\"2025-05\"", "\"2014-05\""));
    assert!(fails(folder.path(), &["review"]).contains("2015-05-15.toml:13:7"));
}

#[test]
fn the_exit_status_says_whether_a_review_is_overdue() {
    let folder = workspace();
    let status = |day: &str| engross(folder.path(), &["review", "--exit-code", "--as-of", day]).status.code();
    assert_eq!(status("2025-05-31"), Some(0));
    assert_eq!(status("2025-06-01"), Some(1));
    let state = |within: &str| {
        succeeds(folder.path(), &["review", "--as-of", "2025-05-01", "--within", within, "--format", "csv"])
    };
    assert!(
        state("30d").contains("due-soon")
            && state("4 weeks").contains("current")
            && state("1 month").contains("due-soon")
    );
}

#[test]
fn the_interval_of_the_workspace_is_used_where_nobody_else_has_said() {
    let folder = workspace();
    write(&folder, "2015-05-15", &IN_FORCE.replace("due = \"2025-05\"", ""));
    fs::write(folder.path().join("engross.toml"), "[review]\nevery = \"12 years\"\n").expect("written");
    let register = succeeds(folder.path(), &["review", "--as-of", "2026-11-22", "--format", "json"]);
    assert!(
        register.contains("\"due\": \"2027-05-15\"") && register.contains("\"basis\": \"workspace\""),
        "{register}"
    );
}

#[test]
fn an_agenda_says_what_a_waiting_revision_changes_in_the_councils_own_words() {
    let folder = workspace();
    write(&folder, "proposed", &PROPOSED.replace("title = \"Member", "title = \"*Revised* <b>Member"));
    let agenda = succeeds(folder.path(), &["review", "--agenda", "--as-of", "2026-11-22", "--format", "md"]);
    for expected in [
        "**Agenda item:** To consider the proposed revision of the Member/Officer Protocol",
        "is 540 days overdue",
        "\\*Revised\\* \\<b>Member/Officer Protocol",
        "1 provision strengthened, 1 new",
        "- 1.1: Strengthened (“must” is new",
        "- 2.1: New (“The Chair decides.”)",
        "in place of the version adopted on 15 May 2015",
    ] {
        assert!(agenda.contains(expected), "{expected}: {agenda}");
    }
    let template = folder.path().join("templates/agenda/item.md");
    fs::create_dir_all(template.parent().expect("a folder")).expect("folders");
    fs::write(&template, "Resolved to look at {{ item.title }} \\[{{ item.overdue }}\\].").expect("written");
    let agenda = succeeds(folder.path(), &["review", "--agenda", "--as-of", "2026-11-22"]);
    assert!(agenda.contains("Resolved to look at Member/Officer Protocol [540 days]."), "{agenda}");
    fs::write(&template, "<b>{{ item.title }}</b>").expect("written");
    assert!(
        fails(folder.path(), &["review", "--agenda"])
            .contains("templates/agenda/item.md gives what an agenda is not made of")
    );
    fs::write(&template, "\n{{ item.titel }}").expect("written");
    assert!(fails(folder.path(), &["review", "--agenda"]).contains("templates/agenda/item.md:2:"));
}

#[test]
fn a_plan_is_written_only_when_it_is_applied_and_is_done_with_by_a_review() {
    let folder = workspace();
    let before = files(folder.path());
    let plan = ["review", "--plan", "--as-of", "2026-11-22"];
    assert!(succeeds(folder.path(), &plan).contains("December 2026"));
    assert_eq!(files(folder.path()), before);
    succeeds(folder.path(), &[&plan[..], &["--apply"]].concat());
    assert_eq!(changes(IN_FORCE, &read(&folder, "2015-05-15")), ["+planned = \"2026-12\""]);
    assert!(succeeds(folder.path(), &plan).contains("planned already"));
    // It is as overdue as it was.
    assert!(succeeds(folder.path(), &["review", "--as-of", "2026-11-22"]).contains("Overdue by 540 days"));
    succeeds(folder.path(), &[&RECORD[..], &["--next", "2027-05"]].concat());
    assert!(!read(&folder, "2015-05-15").contains("planned"));
}

// ---- what goes wrong in between ----

fn change(version: &str, from: Option<&str>, to: Option<&str>) -> Change {
    let path = Path::new(FOLDER).join(version).with_extension("toml");
    Change { path, from: from.map(str::to_owned), to: to.map(str::to_owned) }
}

/// What adopting the proposal changes, in short.
fn adoption() -> Vec<Change> {
    let (adopted, superseded) = (
        PROPOSED.replace("proposed", "adopted").replace("numbering = \"automatic\"\n", ""),
        IN_FORCE.replace("\"adopted\"   #", "\"superseded\" #"),
    );
    vec![
        change("proposed", Some(PROPOSED), None),
        change("2026-11-12", None, Some(&adopted)),
        change("2015-05-15", Some(IN_FORCE), Some(&superseded)),
    ]
}

fn journal(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("protocols/.engross-journal")
}

fn interrupted(changes: &[Change], done: usize) -> TempDir {
    let folder = workspace();
    for change in &changes[..done] {
        let path = folder.path().join(&change.path);
        match &change.to {
            Some(text) => fs::write(path, text).expect("written"),
            None => fs::remove_file(path).expect("removed"),
        }
    }
    fs::write(journal(&folder), serde_json::to_string(changes).expect("JSON")).expect("written");
    folder
}

#[test]
fn a_change_that_was_interrupted_is_completed_by_the_next_run() {
    let changes = adoption();
    for done in 0..=changes.len() {
        let folder = interrupted(&changes, done);
        succeeds(folder.path(), &["list"]);
        assert_eq!(versions(&folder), ["2015-05-15.toml", "2026-11-12.toml"], "after {done}");
        assert!(read(&folder, "2015-05-15").contains("superseded"), "after {done}");
        assert!(!journal(&folder).exists());
    }
}

#[test]
fn what_was_changed_by_hand_since_is_not_overwritten() {
    let changes = adoption();
    let folder = interrupted(&changes, 1);
    write(&folder, "2015-05-15", "title = \"By hand\"\nstatus = \"adopted\"\n");
    assert!(fails(folder.path(), &["list"]).contains("can neither be completed nor taken back"));
    assert!(read(&folder, "2015-05-15").contains("By hand"));
    // Where nothing was done yet, there is nothing to complete.
    let folder = interrupted(&changes, 0);
    write(&folder, "2015-05-15", "title = \"By hand\"\nstatus = \"adopted\"\n");
    succeeds(folder.path(), &["list"]);
    assert_eq!(versions(&folder), ["2015-05-15.toml", "proposed.toml"]);
    assert!(!journal(&folder).exists());
}

#[test]
fn a_journal_from_elsewhere_writes_nothing_but_sources() {
    for path in [
        "/tmp/engross-evil.toml",
        "../evil.toml",
        "protocols/test/../../../evil.toml",
        "evil.toml",
        "protocols/a/b/c.sh",
    ] {
        let changes = [Change { path: path.into(), from: None, to: Some("evil".to_owned()) }];
        let folder = interrupted(&changes, 0);
        let before = files(folder.path());
        assert!(fails(folder.path(), &["list"]).contains("interrupted"), "{path}");
        assert_eq!(files(folder.path()), before, "{path}");
        assert!(!Path::new("/tmp/engross-evil.toml").exists());
    }
}

#[test]
#[cfg(unix)]
fn a_journal_from_elsewhere_follows_no_link_out_of_the_workspace() {
    let (folder, elsewhere) = (workspace(), TempDir::new().expect("a folder"));
    let victim = elsewhere.path().join("victim.toml");
    fs::write(&victim, "hello").expect("written");
    std::os::unix::fs::symlink(&victim, folder.path().join(FOLDER).join("x.toml")).expect("a link");
    let changes = [change("x", Some("hello"), Some("evil"))];
    fs::write(journal(&folder), serde_json::to_string(&changes).expect("JSON")).expect("written");
    assert!(fails(folder.path(), &["list"]).contains("interrupted"));
    assert_eq!(fs::read_to_string(&victim).expect("readable"), "hello");
}

#[test]
fn a_document_named_in_several_ways_stands_once() {
    let folder = workspace();
    let named = ["review", "test", "test/member-officer@2015-05-15", "protocols/test/member-officer/2015-05-15.toml"];
    let csv = succeeds(folder.path(), &[&named[..], &["--as-of=2026-11-22", "--format=csv"]].concat());
    assert_eq!(csv.lines().count(), 2, "{csv}");
}

#[test]
fn an_agenda_item_without_history_reads_as_a_sentence() {
    let folder = workspace();
    write(&folder, "2015-05-15", "title = \"Protocol\"\nstatus = \"adopted\"\n");
    let agenda = succeeds(folder.path(), &["review", "--agenda", "--format", "md", "--as-of", "2026-11-22"]);
    assert!(agenda.contains("in place of the version in force, and reviews it again within \\[1 year\\]."), "{agenda}");
}

#[test]
fn if_one_file_cannot_be_written_none_is_changed() {
    let folder = workspace();
    let before = files(folder.path());
    let mut changes = adoption();
    // There is no such folder, so the last of the changes fails.
    changes.push(Change { path: "protocols/test/absent/x.toml".into(), from: None, to: Some(String::new()) });
    assert!(apply(folder.path(), &changes).is_err());
    assert_eq!(files(folder.path()), before);
    // A file that is not as it was read.
    let stale =
        [change("proposed", Some("something else"), Some("x")), change("2015-05-15", Some(IN_FORCE), Some("x"))];
    assert!(apply(folder.path(), &stale).is_err());
    assert_eq!(files(folder.path()), before);
}

/// An adoption begun, and killed after a while unless it has come to its end.
fn adopt_for(folder: &TempDir, while_: Option<Duration>) {
    let program = assert_cmd::cargo::cargo_bin("engross");
    let mut command = Command::new(program);
    command.current_dir(folder.path()).args(ADOPT).stdout(Stdio::null()).stderr(Stdio::null());
    let mut running = command.spawn().expect("it runs");
    if let Some(while_) = while_ {
        std::thread::sleep(while_);
        let _ = running.kill();
    }
    let _ = running.wait();
}

#[test]
fn a_run_killed_at_any_time_leaves_all_or_nothing() {
    const RUNS: u32 = 60;
    let begun = std::time::Instant::now();
    adopt_for(&workspace(), None);
    let whole = begun.elapsed();
    let mut adopted = 0;
    for nth in 0..RUNS {
        let folder = workspace();
        // The last is not killed.
        adopt_for(&folder, (nth + 1 < RUNS).then(|| whole * nth / RUNS));
        let register = succeeds(folder.path(), &["review", "--as-of", "2026-11-22", "--format", "csv"]);
        let is_new = register.contains("test/member-officer@2026-11-12");
        adopted += usize::from(is_new);
        if is_new {
            assert_eq!(versions(&folder), ["2015-05-15.toml", "2026-11-12.toml"]);
            assert!(read(&folder, "2015-05-15").contains("superseded"));
        } else {
            assert_eq!(
                (read(&folder, "2015-05-15"), read(&folder, "proposed")),
                (IN_FORCE.to_owned(), PROPOSED.to_owned())
            );
        }
        assert!(!journal(&folder).exists());
    }
    assert!((1..RUNS as usize).contains(&adopted), "some runs come to their end, and some do not: {adopted}");
}

#[test]
fn runs_at_the_same_time_lose_nothing() {
    let folder = workspace();
    let program = assert_cmd::cargo::cargo_bin("engross");
    let running: Vec<_> = (1..=9)
        .map(|day| {
            let date = format!("2026-11-{day:02}");
            let arguments = ["review", "record", "test", "--date", &date, "--minute", "x", "--as-of", "2026-11-22"];
            let child =
                Command::new(&program).current_dir(folder.path()).args(arguments).stderr(Stdio::piped()).spawn();
            (date, child.expect("it runs"))
        })
        .collect();
    let mut recorded = 0;
    for (date, child) in running {
        let output = child.wait_with_output().expect("it ends");
        let written = read(&folder, "2015-05-15").contains(&format!("date = {date}"));
        assert_eq!(output.status.success(), written, "{date}: {}", stderr(&output));
        assert!(written || stderr(&output).contains("has been changed in the meantime"), "{}", stderr(&output));
        recorded += usize::from(written);
    }
    assert!(recorded > 0);
    assert!(!journal(&folder).exists());
}
