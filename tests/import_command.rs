//! `engross import`, and documents in other formats where other commands take them, as clerks use them.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use support::command::{engross, fails, stderr, stdout, succeeds};

const PROTOCOL: &str = "\
Little Snoring Parish Council

Member/Officer Protocol

Adopted 14 May 2020

1. Roles

1.1 Members must treat officers with respect.

1.2 The Clerk answers letters within 10 days.

2. Meetings

2.1 Members may ask the Clerk for advice.
";

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).expect("written");
}

/// Writes that text as a file of Word's, by importing and publishing it.
fn write_word(folder: &TempDir, name: &str, text: &str) {
    let scratch = self::folder();
    write(&scratch, "document.txt", text);
    succeeds(scratch.path(), &["import", "document.txt", "-o", "document.toml"]);
    succeeds(scratch.path(), &["build", "document.toml", "--format", "docx"]);
    fs::copy(scratch.path().join("out/document.docx"), folder.path().join(name)).expect("copied");
}

#[test]
fn documents_are_compared_as_they_are() {
    let folder = folder();
    write(&folder, "old.txt", PROTOCOL);
    write_word(&folder, "New protocol.docx", &PROTOCOL.replace("must treat", "should treat"));
    let output = engross(folder.path(), &["diff", "old.txt", "New protocol.docx", "--exit-code"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let shown = stdout(&output);
    assert!(shown.contains("1 provision weakened") && shown.contains("[-must-]{+should+}"), "{shown}");
    assert!(shown.contains("version old.txt") && shown.contains("version New protocol.docx"), "{shown}");
}

#[test]
fn a_document_is_the_same_in_every_format() {
    let folder = folder();
    write(&folder, "same.txt", PROTOCOL);
    write(&folder, "same.md", PROTOCOL);
    write_word(&folder, "same.docx", PROTOCOL);
    succeeds(folder.path(), &["import", "same.txt", "-o", "same.toml"]);
    for left in ["same.txt", "same.md", "same.docx", "same.toml"] {
        for right in ["same.txt", "same.md", "same.docx", "same.toml"] {
            let output = engross(folder.path(), &["diff", left, right, "--exit-code"]);
            assert_eq!(output.status.code(), Some(0), "{left} {right}: {}{}", stdout(&output), stderr(&output));
            assert!(stdout(&output).contains("Nothing changed."), "{left} {right}");
        }
    }
    // The five as published, against their sources, found by their addresses.
    let out = folder.path().join("out");
    succeeds(support::root(), &["build", "battle", "--format", "docx,txt", "--out", out.to_str().expect("UTF-8")]);
    for format in ["docx", "txt"] {
        let file = out.join(format!("battle/member-officer/2020-01.{format}"));
        succeeds(support::root(), &["diff", "battle", file.to_str().expect("UTF-8"), "--exit-code"]);
    }
}

#[test]
fn doubts_of_reading_are_told_beside_the_comparison_and_never_in_it() {
    let folder = folder();
    // A table in the text, which the reading has to take apart.
    let table = "| Stage | Days |\n|---|---|\n| One | 10 |\n";
    write(&folder, "our notes.md", &format!("{PROTOCOL}\n{table}"));
    write(&folder, "same.txt", PROTOCOL);
    let output = engross(folder.path(), &["diff", "same.txt", "our notes.md", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stderr(&output);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("warning: our notes.md was read with 1 doubt"), "{told}");
    assert!(told.contains("`engross import \"our notes.md\" -o -` shows them"), "{told}");
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON and nothing else");
    assert_eq!(json["right"]["version"], "our notes.md");
    // It does as it says.
    let shown = engross(folder.path(), &["import", "our notes.md", "-o", "-"]);
    assert!(stderr(&shown).contains("Look at these") && stdout(&shown).starts_with("title"), "{}", stderr(&shown));
}

#[test]
fn what_cannot_be_compared_is_said_without_a_word_of_toml() {
    let folder = folder();
    write(&folder, "same.txt", PROTOCOL);
    write(&folder, "broken.docx", "no Word file");
    write(&folder, "minutes.ods", "PK");
    let refused = |right: &str| fails(folder.path(), &["diff", "same.txt", right]);
    assert!(refused("absent.docx").contains("absent.docx cannot be read"), "{}", refused("absent.docx"));
    assert!(refused("broken.docx").contains("broken.docx: this is no Word file"), "{}", refused("broken.docx"));
    assert!(refused("minutes.ods").contains("save it as one of these"), "{}", refused("minutes.ods"));
    assert!(refused("absent.ods").contains("is not an address"), "{}", refused("absent.ods"));
    let alone = fails(folder.path(), &["diff", "same.txt"]);
    assert!(alone.contains("name what to compare it with"), "{alone}");
}

#[cfg(feature = "pdf")]
#[test]
fn a_letter_without_a_shape_is_told_with_the_document_and_no_line() {
    let folder = folder();
    write(&folder, "same.txt", PROTOCOL);
    write(&folder, "odd.txt", &PROTOCOL.replace("respect", "敬"));
    let told = fails(folder.path(), &["diff", "same.txt", "odd.txt", "--format", "pdf", "-o", "changes.pdf"]);
    assert!(told.contains("odd.txt: the letter `敬`") && !told.contains("text ="), "{told}");
    assert!(told.contains("--format docx"), "{told}");
}

#[test]
fn an_address_is_never_taken_for_a_file() {
    let root: &Path = support::root();
    let folder = folder();
    fs::create_dir(folder.path().join("protocols")).expect("made");
    write(&folder, "battle", PROTOCOL);
    write(&folder, "same.txt", PROTOCOL);
    assert!(fails(folder.path(), &["diff", "battle", "same.txt"]).contains("there is no council `battle`"));
    assert!(succeeds(root, &["diff", "--help"]).contains(".docx"));
}
