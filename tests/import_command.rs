//! `engross import`, and documents in other formats where other commands take them, as clerks use them.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::fs;
use std::io::{Cursor, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use engross::import::{Form, Nature, Unreadable, nature};
use engross::store::office::{OfficeError, to_docx_by};
use tempfile::TempDir;

use support::command::{engross, fails, files, stderr, stdout, succeeds};

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
    // As published, against their sources, which are found by their addresses.
    let out = folder.path().join("out");
    let published = ["battle", "kings-hill", "swanscombe-and-greenhithe", "thanet"];
    let build = [&["build", "--format", "docx,html,md,txt", "--out", out.to_str().expect("UTF-8")], &published[..]];
    succeeds(support::root(), &build.concat());
    for council in published {
        let files = files(&out.join(council));
        assert_eq!(files.len(), 4);
        for file in files.into_keys() {
            let output = engross(support::root(), &["diff", council, file.to_str().expect("UTF-8"), "--exit-code"]);
            assert_eq!(output.status.code(), Some(0), "{}: {}", file.display(), stdout(&output));
        }
    }
}

#[test]
fn doubts_of_reading_are_told_beside_the_comparison_and_never_in_it() {
    let folder = folder();
    // Nobody knows who is to sign.
    write(&folder, "our notes.md", &format!("{PROTOCOL}\nSigned ………………………\n"));
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
    assert!(
        stderr(&shown).contains("Look at these") && stdout(&shown).starts_with("format = 1\ntitle"),
        "{}",
        stderr(&shown)
    );
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
fn what_is_on_every_page_is_told_once() {
    let folder = folder();
    let pages: Vec<String> = (1..=4)
        .map(|page| {
            let clauses: String = (1..=12).map(|nth| format!("{page}.{nth} Rule {page}.{nth} is kept.\n\n")).collect();
            format!("Little Snoring Parish Council\n\n{page}. Part {page}\n\n{clauses}Page {page} of 4\n")
        })
        .collect();
    write(&folder, "paged.txt", &pages.join("\u{c}"));
    let told = stderr(&engross(folder.path(), &["import", "paged.txt", "-o", "paged.toml"]));
    let left_out = told.split_once("Left out\n").expect("something is left out").1;
    assert_eq!(left_out.matches("Page ").count(), 1, "{told}");
    assert!(left_out.contains("“Page 1 of 4”, and 3 like it, the last on page 4, line "), "{told}");
    let json = stdout(&engross(folder.path(), &["import", "paged.txt", "-o", "again.toml", "--report", "json"]));
    assert_eq!(json.matches("of 4\"").count(), 4, "{json}");
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

/// The title and the date of the next version, and a change in it.
fn next() -> String {
    PROTOCOL
        .replace("Member/Officer Protocol", "MEMBER & OFFICER PROTOCOL (2024)")
        .replace("14 May 2020", "8 May 2024")
        .replace("must treat", "should treat")
}

/// A workspace in which the council has the document of 2020.
fn workspace() -> TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("protocols")).expect("made");
    write(&folder, "2020.txt", PROTOCOL);
    succeeds(folder.path(), &["import", "2020.txt", "--council", "little-snoring", "--document", "member-officer"]);
    folder
}

const OLD: &str = "protocols/little-snoring/member-officer/2020-05-14.toml";
const NEW: &str = "protocols/little-snoring/member-officer/2024-05-08.toml";

fn source(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Imports a text for the council, and gives what is told about it.
#[track_caller]
fn imports(folder: &TempDir, text: &str, more: &[&str]) -> String {
    write(folder, "document.txt", text);
    let output = engross(folder.path(), &[&["import", "document.txt", "--council", "little-snoring"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stderr(&output)
}

/// That a text is refused and nothing is changed; gives why.
#[track_caller]
fn refuses(folder: &TempDir, text: &str, more: &[&str]) -> String {
    write(folder, "document.txt", text);
    let before = files(folder.path());
    let why = fails(folder.path(), &[&["import", "document.txt", "--council", "little-snoring"], more].concat());
    assert_eq!(files(folder.path()), before);
    why
}

#[test]
fn a_newer_document_becomes_the_next_version_of_the_one_that_is_called_so() {
    let folder = workspace();
    let told = imports(&folder, &next(), &[]);
    assert!(told.contains("This is the next version after little-snoring/member-officer@2020-05-14"), "{told}");
    assert!(told.contains("\n1 provision weakened.\n"), "{told}");
    assert!(told.contains("little-snoring/member-officer@2020-05-14 is superseded."), "{told}");
    assert!(source(&folder, NEW).contains("status = \"adopted\""));
    assert!(source(&folder, OLD).contains("status = \"superseded\""));
    // What it says to do can be done.
    let command = told.split('`').find_map(|part| part.strip_prefix("engross diff ")).expect("a command");
    let shown = succeeds(folder.path(), &[&["diff"], command.split(' ').collect::<Vec<_>>().as_slice()].concat());
    assert!(shown.contains("[-must-]{+should+}"), "{shown}");
    assert!(succeeds(folder.path(), &["list", "--format", "json", "little-snoring"]).contains("2024-05-08"));
    assert_eq!(engross(folder.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn an_earlier_document_becomes_an_earlier_version() {
    let folder = workspace();
    let told = imports(&folder, &PROTOCOL.replace("14 May 2020", "9 May 2016"), &[]);
    assert!(told.contains("This is an earlier version than little-snoring/member-officer@2020-05-14"), "{told}");
    assert!(told.ends_with("little-snoring/member-officer@2016-05-09 is marked as superseded.\n"), "{told}");
    assert!(source(&folder, OLD).contains("status = \"adopted\""));
    let earlier = source(&folder, "protocols/little-snoring/member-officer/2016-05-09.toml");
    assert!(earlier.contains("status = \"superseded\""), "{earlier}");
}

#[test]
fn a_draft_waits_beside_the_version_in_force() {
    let folder = workspace();
    let draft = next().replace("Adopted 8 May 2024", "DRAFT");
    let told = imports(&folder, &draft, &[]);
    assert!(told.contains("This waits to take the place of little-snoring/member-officer@2020-05-14"), "{told}");
    assert!(source(&folder, "protocols/little-snoring/member-officer/draft.toml").contains("status = \"draft\""));
    assert!(source(&folder, OLD).contains("status = \"adopted\""));
    let adopt = ["adopt", "little-snoring", "--date", "2024-05-08", "--as-of", "2024-06-01"];
    succeeds(folder.path(), &adopt);
    assert!(folder.path().join(NEW).is_file());
}

#[test]
fn a_version_that_is_there_is_never_replaced() {
    let folder = workspace();
    let same = refuses(&folder, PROTOCOL, &[]);
    assert!(same.contains("it is little-snoring/member-officer@2020-05-14 already"), "{same}");
    let other = PROTOCOL.replace("10 days", "5 days");
    let why = refuses(&folder, &other, &[]);
    assert!(why.contains("it is left as it is") && why.contains("--version 2020-05-14-corrected"), "{why}");
    let reviewed = other.replace("14 May 2020\n", "14 May 2020\n\nReviewed 6 May 2022\n");
    let why = refuses(&folder, &reviewed, &[]);
    assert!(why.contains("--version 2022-05-06"), "{why}");
    assert!(refuses(&folder, &other, &["--version", "2020-05-14"]).contains("it is left as it is"));
    assert!(refuses(&folder, &other, &["--version", "../../../stray"]).contains("cannot name a version"));
    imports(&folder, &reviewed, &["--version", "2022-05-06"]);
    assert_eq!(files(&folder.path().join("protocols/little-snoring/member-officer")).len(), 2);
}

#[test]
fn a_version_without_a_day_is_named_by_the_user() {
    let folder = workspace();
    let undated = next().replace("Adopted 8 May 2024\n", "");
    assert!(refuses(&folder, &undated, &[]).contains("--version 2024-05"));
    let told = imports(&folder, &undated, &["--version", "2024-05"]);
    assert!(told.contains("This is the next version after"), "{told}");
    assert!(source(&folder, OLD).contains("status = \"superseded\""));
}

#[test]
fn what_may_be_a_version_of_a_document_is_asked_and_what_is_none_is_said() {
    let folder = workspace();
    // The same text under another title.
    let renamed = next().replace("MEMBER & OFFICER PROTOCOL (2024)", "Working Together Policy");
    let why = refuses(&folder, &renamed, &[]);
    assert!(why.contains("much of the text stands in member-officer (“Member/Officer Protocol”) as well"), "{why}");
    assert!(why.contains("--document member-officer;") && why.contains("--document working-together-policy"), "{why}");
    // A slip of the pen.
    let grants =
        "Grants Policy\n\nAdopted 8 May 2024\n\n1. Grants\n\n1.1 Clubs of the parish may ask for money once a year.\n";
    let near = grants.replace("Grants Policy", "Memebr/Officer Protocol");
    assert!(refuses(&folder, &near, &[]).contains("the title is nearly that of member-officer"));
    // The same title over something else.
    let other = GRANTS.replace("Grants Policy", "Member/Officer Protocol");
    let why = refuses(&folder, &other, &[]);
    assert!(why.contains("is called so, but hardly anything in it corresponds"), "{why}");
    // Another document, said to be one.
    let told = imports(&folder, GRANTS, &[]);
    let said = "little-snoring/grants-policy is a new document: no other of the council is called so (there are member-officer).";
    assert!(told.contains(said), "{told}");
    // Two of a title.
    imports(&folder, &next(), &["--document", "copy"]);
    assert!(
        refuses(&folder, &next(), &[])
            .contains("several documents are called so: copy (“MEMBER & OFFICER PROTOCOL (2024)”), member-officer")
    );
    // Whoever says which it is, is believed.
    let told = imports(&folder, &renamed, &["--document", "member-officer"]);
    assert!(told.contains("This is the next version after little-snoring/member-officer@2020-05-14"), "{told}");
    assert!(told.contains("`engross diff little-snoring/member-officer@2020-05-14"), "{told}");
    let untitled = "1. Grants\n\n1.1 Clubs of the parish may ask for money once a year.\n";
    assert!(refuses(&folder, untitled, &["--version", "x"]).contains("--document"));
}

#[test]
fn ids_that_clauses_have_for_good_go_with_them() {
    let folder = workspace();
    let with_ids = source(&folder, OLD)
        .replace("number = \"1.1\"", "number = \"1.1\"\nid = \"respect\"")
        .replace("number = \"2.1\"", "number = \"2.1\"\nid = \"advice\"")
        .replace("heading = \"Meetings\"", "heading = \"Meetings\"\nid = \"meetings\"");
    assert_eq!(with_ids.matches("id = \"").count(), 3, "{with_ids}");
    fs::write(folder.path().join(OLD), with_ids).expect("written");
    let moved = next().replace("1.1 Members", "1.0 Here is something new.\n\n1.1 Members");
    let moved = moved.replace("2.1 Members may ask the Clerk for advice.", "2.1 Standing orders govern every meeting.");
    let told = imports(&folder, &moved, &[]);
    assert!(told.contains("Ids that its clauses had are kept: `respect`, `meetings`."), "{told}");
    assert!(told.contains("whose clauses are not surely found: `advice`"), "{told}");
    let new = source(&folder, NEW);
    let clause =
        new.split("[[section.clause]]").find(|clause| clause.contains("id = \"respect\"")).expect("it is there");
    assert!(clause.contains("should treat officers with respect"), "{new}");
    assert!(!new.contains("advice"), "{new}");
}

#[test]
fn a_council_that_is_new_gets_its_file_by_what_the_document_prints() {
    let folder = folder();
    fs::create_dir(folder.path().join("protocols")).expect("made");
    let capitals = PROTOCOL.replace("Little Snoring Parish Council", "LITTLE SNORING PARISH COUNCIL");
    let told = imports(&folder, &capitals, &[]);
    assert!(told.contains("The council is new here, as “Little Snoring Parish Council”"), "{told}");
    let council = source(&folder, "protocols/little-snoring/council.toml");
    assert_eq!(council, "format = 1\nname = \"Little Snoring Parish Council\"\nkind = \"parish\"\n");
    assert!(told.contains("is the council's first document here"), "{told}");
    succeeds(folder.path(), &["build"]);
    // A slip of the pen makes no council.
    write(&folder, "media.txt", &PROTOCOL.replace("Member/Officer", "Media"));
    let slip = fails(folder.path(), &["import", "media.txt", "--council", "litle-snoring"]);
    assert!(slip.contains("did you mean `little-snoring`?"), "{slip}");
    // A document that does not print who it is of.
    write(&folder, "bare.txt", &PROTOCOL.replace("Little Snoring Parish Council\n", ""));
    let bare = ["import", "bare.txt", "--council", "great-snoring"];
    assert!(fails(folder.path(), &bare).contains("--council-name"));
    assert!(!folder.path().join("protocols/great-snoring").exists());
    succeeds(folder.path(), &[&bare[..], &["--council-name", "Great Snoring Parish Council"]].concat());
    let made = source(&folder, "protocols/great-snoring/council.toml");
    assert!(made.contains("Great Snoring Parish Council"), "{made}");
    let renamed = fails(folder.path(), &[&bare[..], &["--council-name", "Another Council"]].concat());
    assert!(renamed.contains("is Great Snoring Parish Council here"), "{renamed}");
}

#[test]
fn a_document_of_another_council_is_not_put_among_these_unless_somebody_says_so() {
    let folder = workspace();
    let other = next().replace("Little Snoring", "Great Snoring");
    let said = "it prints “Great Snoring Parish Council”, and `little-snoring` is Little Snoring Parish Council";
    let why = refuses(&folder, &other, &[]);
    assert!(why.contains(said) && why.ends_with("--document member-officer\n"), "{why}");
    let told = imports(&folder, &other, &["--document", "member-officer"]);
    assert!(told.contains(said), "{told}");
}

#[test]
fn other_programs_are_told_the_same() {
    let folder = workspace();
    write(&folder, "new.txt", &next());
    let report = ["import", "new.txt", "--council", "little-snoring", "--report", "json"];
    let json: serde_json::Value = serde_json::from_str(&succeeds(folder.path(), &report)).expect("JSON");
    assert_eq!(json["file"], "new.txt");
    assert_eq!(json["address"], "little-snoring/member-officer@2024-05-08");
    assert_eq!(json["sequel"]["stands"], "after");
    assert_eq!(json["sequel"]["other"], "little-snoring/member-officer@2020-05-14");
    assert_eq!(json["sequel"]["changes"], serde_json::json!({ "weakened": 1 }));
    assert!(json["made"][0].as_str().is_some_and(|path| path.ends_with("2024-05-08.toml")), "{json}");
    let shown = engross(folder.path(), &["import", "new.txt", "-o", "-", "--report", "json"]);
    assert!(stdout(&shown).starts_with("format = 1\ntitle"));
    let json: serde_json::Value = serde_json::from_str(&stderr(&shown)).expect("JSON");
    assert_eq!(json["dates"][0]["date"], "2024-05-08");
}

/// A folder as councils have them: two documents, one in two versions, and what is not for reading.
fn documents() -> TempDir {
    let documents = folder();
    write(&documents, "Member Officer Protocol 2020.txt", PROTOCOL);
    write_word(&documents, "Member Officer Protocol (May 2024).docx", &next());
    write(&documents, "grants.md", GRANTS);
    write(&documents, "~$mber Officer Protocol.docx", "");
    write(&documents, ".hidden.docx", "");
    write(&documents, "notes.xlsx", "");
    fs::create_dir(documents.path().join("Archive")).expect("made");
    write(&documents, "Archive/old.txt", PROTOCOL);
    documents
}

/// Imports a folder into a new workspace: the exit status, the table without its rules, and the messages.
fn imports_all(documents: &TempDir, more: &[&str]) -> (TempDir, Option<i32>, String, String) {
    let workspace = folder();
    fs::create_dir(workspace.path().join("protocols")).expect("made");
    let path = documents.path().to_str().expect("UTF-8");
    let output = engross(workspace.path(), &[&["import", path, "--council", "little-snoring"], more].concat());
    (workspace, output.status.code(), stdout(&output), stderr(&output))
}

/// The cells of a table's row.
fn row<'a>(table: &'a str, file: &str) -> Vec<&'a str> {
    let line =
        table.lines().find(|line| line.trim_start().starts_with(file)).unwrap_or_else(|| panic!("{file}: {table}"));
    line.trim_start()[file.len()..].split_whitespace().collect()
}

#[test]
fn a_folder_is_imported_as_a_whole() {
    let (workspace, status, table, told) = imports_all(&documents(), &[]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(row(&table, "Member Officer Protocol 2020.txt"), ["member-officer-protocol@2020-05-14", "3", "0", "0"]);
    assert_eq!(row(&table, "grants.md"), ["grants-policy@2024-05-08", "1", "0", "0"]);
    let written: Vec<_> = files(&workspace.path().join("protocols")).into_keys().collect();
    assert_eq!(written.len(), 4, "{written:?}");
    for (name, why) in [
        ("Archive", "a folder"),
        (".hidden.docx", "hidden"),
        ("~$mber", "while somebody has"),
        ("notes.xlsx", "no format"),
    ] {
        let line = told.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {told}"));
        assert!(line.contains(why), "{line}");
    }
    assert!(
        told.contains("This is an earlier version than little-snoring/member-officer-protocol@2024-05-08"),
        "{told}"
    );
    assert_eq!(engross(workspace.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn the_same_folder_again_changes_nothing_and_only_adds_what_is_new() {
    let documents = documents();
    let (workspace, ..) = imports_all(&documents, &[]);
    let before = files(workspace.path());
    let path = documents.path().to_str().expect("UTF-8");
    let again = ["import", path, "--council", "little-snoring"];
    let table = succeeds(workspace.path(), &again);
    assert_eq!(table.matches("there already").count(), 3, "{table}");
    assert_eq!(files(workspace.path()), before);
    write(&documents, "new.txt", &next().replace("8 May 2024", "7 May 2025"));
    succeeds(workspace.path(), &again);
    assert_eq!(files(workspace.path()).len(), before.len() + 1);
}

const GRANTS: &str = "\
Little Snoring Parish Council

Grants Policy

Adopted 8 May 2024

1. Grants

1.1 Clubs of the parish may ask for money once a year.
";

#[test]
fn what_is_wrong_with_one_document_stops_no_other() {
    let documents = folder();
    write(&documents, "a grants.txt", GRANTS);
    write(&documents, "b broken.docx", "PK no archive");
    write(&documents, "c grants otherwise.txt", &GRANTS.replace("once a year", "twice a year"));
    write(&documents, "d undated.txt", &PROTOCOL.replace("Adopted 14 May 2020\n", ""));
    write(&documents, "e other council.txt", &PROTOCOL.replace("Little", "Great"));
    write(&documents, "f protocol.txt", PROTOCOL);
    let (workspace, status, table, told) = imports_all(&documents, &[]);
    assert_eq!(status, Some(2), "{told}");
    assert_eq!(row(&table, "b broken.docx"), ["not", "read"]);
    assert_eq!(row(&table, "c grants otherwise.txt")[..2], ["not", "written"]);
    let both = told.lines().find(|line| line.contains("c grants otherwise.txt would be")).expect("both are named");
    assert!(both.contains("a grants.txt has become already"), "{both}");
    assert!(told.contains("nothing in it says when it was adopted"), "{told}");
    assert!(told.contains("it prints “Great Snoring Parish Council”"), "{told}");
    assert!(
        told.ends_with("error: 4 of 6 documents could not be imported: what is said of each above tells why\n"),
        "{told}"
    );
    let written = files(&workspace.path().join("protocols"));
    let names: Vec<_> = written.keys().filter_map(|path| path.file_name()).collect();
    assert_eq!(names, ["council.toml", "2024-05-08.toml", "2020-05-14.toml"], "and nothing half written");
    assert!(written.values().any(|text| String::from_utf8_lossy(text).contains("once a year")), "the first one holds");
}

#[test]
fn a_folder_is_told_to_other_programs_as_a_list() {
    let documents = documents();
    write(&documents, "broken.pdf", "no PDF");
    let (_workspace, status, list, _) = imports_all(&documents, &["--report", "json"]);
    assert_eq!(status, Some(2));
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON and nothing else");
    let with = |key: &str| list.as_array().expect("a list").iter().filter(|one| one.get(key).is_some()).count();
    assert_eq!((with("address"), with("failed"), with("passed_over")), (3, 1, 4), "{list:#}");
}

#[test]
fn what_can_be_true_of_one_document_only_is_refused_for_several() {
    let documents = documents();
    for option in [["--document", "x"], ["--version", "x"], ["-o", "x.toml"]] {
        let (_workspace, status, _, told) = imports_all(&documents, &option);
        assert_eq!(status, Some(2));
        assert!(told.contains(&format!("{} goes with one document only", option[0])), "{told}");
    }
    let workspace = folder();
    fs::create_dir(workspace.path().join("protocols")).expect("made");
    let path = |name: &str| documents.path().join(name).to_str().expect("UTF-8").to_owned();
    let (one, other) = (path("grants.md"), path("Member Officer Protocol 2020.txt"));
    assert!(fails(workspace.path(), &["import", &one, &other]).contains("--council"));
    let table = succeeds(workspace.path(), &["import", &one, &other, &one, "--council", "little-snoring"]);
    assert_eq!(table.matches("@20").count(), 2, "{table}");
    let empty = path("Archive/none");
    fs::create_dir(&empty).expect("made");
    let nothing = fails(workspace.path(), &["import", &empty, "--council", "little-snoring"]);
    assert!(nothing.contains("there is no document to be read"), "{nothing}");
}

/// An archive with those files.
fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A compound file, as far as it tells what it is, whose text begins with those flags.
fn compound(name: &str, flags: u8) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(b"\xec\xa5\xc1\x00\0\0\0\0\0\0\0");
    bytes.push(flags);
    bytes.resize(1024, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// The extension of what a file is taken for, and whether that is remarked on.
fn taken_for(bytes: &[u8], name: &str) -> Result<(&'static str, bool), Unreadable> {
    let Nature { form, remark } = nature(bytes, name)?;
    let extension = match form {
        Form::Read(format) => format.extensions[0],
        Form::Convert(format) => format.extension,
    };
    Ok((extension, remark.is_some()))
}

#[test]
fn a_file_is_read_as_what_it_is_whatever_its_name_says() {
    let word = zipped(&[("[Content_Types].xml", ""), ("word/document2.xml", "")]);
    let open_document = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")]);
    let page = b"\xef\xbb\xbf\n<?xml version=\"1.0\"?>\n<!-- saved -->\n<!DOCTYPE HTML>".to_vec();
    let old = compound("WordDocument", 0);
    for (bytes, what) in [
        (&word, "docx"),
        (&open_document, "odt"),
        (&page, "html"),
        (&b"<HTML lang=en>".to_vec(), "html"),
        (&old, "doc"),
        (&b"{\\rtf1 Words}".to_vec(), "rtf"),
        (&b"%PDF-1.7".to_vec(), "pdf"),
    ] {
        for extension in ["docx", "doc", "odt", "rtf", "pdf", "html", "md", "txt", "dotx", "DOCX", ""] {
            let same = extension.to_ascii_lowercase() == what;
            let taken = taken_for(bytes, &format!("document.{extension}"));
            assert_eq!(taken, Ok((what, !same)), "{what} as .{extension}");
        }
    }
    assert_eq!(taken_for(b"<p>Words</p>", "words.md"), Ok(("md", false)), "a page has more than a tag");
    assert_eq!(taken_for(b"The %PDF- sign", "words.txt"), Ok(("txt", false)));
    let named = nature(b"{\\rtf1 Words}", "old.docx").expect("RTF").remark.expect("a remark").what;
    assert_eq!(named, "its name ends in .docx, but this is a file in the Rich Text Format: it was read as that");
}

#[test]
fn a_file_that_cannot_be_read_is_named_for_what_it_is() {
    let books = zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]);
    let web = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n".to_vec();
    let xml = b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>".to_vec();
    for (bytes, name, why) in [
        (compound("EncryptedPackage", 0), "secret.docx", "protected with a password"),
        (compound("EncryptedPackage", 0), "secret.doc", "protected with a password"),
        (
            compound("WordDocument", 1),
            "secret.doc",
            "protected with a password: open it in Word, take the password off",
        ),
        (compound("Workbook", 0), "book.doc", "old Office program"),
        (books, "book.odt", "OpenDocument"),
        (zipped(&[("a.txt", "")]), "archive.doc", "an archive of files"),
        (web, "page.doc", "a web page saved as a single file (.mht): open it in Word"),
        (xml, "xml.doc", "a document in Word's XML"),
        (b"Just words".to_vec(), "words.doc", "this is not an old Word file, whatever its name says"),
        (Vec::new(), "nothing.rtf", "the file is empty"),
        (b"Just words".to_vec(), "words.pages", "save it as one of these: .docx, .pdf, .html, .htm, .md, .txt, .doc"),
    ] {
        let told = taken_for(&bytes, name).expect_err(name).to_string();
        assert!(told.contains(why), "{name}: {told}");
    }
}

/// LibreOffice, if it is here.
fn libreoffice() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join("soffice")).find(|program| program.is_file());
    if found.is_none() {
        support::skip("LibreOffice is not installed, so nothing was converted");
    }
    found
}

/// Has LibreOffice write a document in another format beside it.
fn converted(program: &Path, folder: &TempDir, name: &str, extension: &str) {
    let settings = self::folder();
    let done = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", settings.path().display()))
        .args(["--headless", "--convert-to", extension, "--outdir"])
        .args([folder.path(), &folder.path().join(name)])
        .output()
        .expect("it runs");
    let made = folder.path().join(name).with_extension(extension);
    assert!(made.is_file(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn older_documents_are_converted_and_that_is_said() {
    let Some(program) = libreoffice() else { return };
    let folder = workspace();
    write_word(&folder, "new.docx", &next());
    for (extension, what) in
        [("doc", "an old Word file"), ("odt", "an OpenDocument text"), ("rtf", "a file in the Rich Text Format")]
    {
        converted(&program, &folder, "new.docx", extension);
        // A name that would be an option, and one that is hard on addresses.
        let odd = format!("--help 50% é&'.{extension}");
        fs::rename(folder.path().join("new").with_extension(extension), folder.path().join(&odd)).expect("renamed");
        let odd = format!("./{odd}");
        let output = engross(folder.path(), &["diff", "new.docx", &odd, "--exit-code"]);
        assert_eq!(output.status.code(), Some(0), "{extension}: {}{}", stdout(&output), stderr(&output));
        let output = engross(folder.path(), &["import", &odd, "-o", "-"]);
        let told = stderr(&output);
        let said =
            told.lines().find(|line| line.contains("converted by LibreOffice ")).unwrap_or_else(|| panic!("{told}"));
        assert!(said.trim_start().starts_with(&format!("{what}, converted by LibreOffice ")), "{said}");
        assert!(said.contains(char::is_numeric), "{said}");
    }
    // In a folder with others, and under the name of another format.
    let documents = self::folder();
    write(&documents, "grants.md", GRANTS);
    converted(&program, &folder, "new.docx", "rtf");
    fs::copy(folder.path().join("new.rtf"), documents.path().join("new.docx")).expect("copied");
    let path = documents.path().to_str().expect("UTF-8");
    let output = engross(folder.path(), &["import", path, "--council", "little-snoring"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(row(&stdout(&output), "new.docx")[..3], ["member-officer@2024-05-08", "3", "2"]);
    assert!(stderr(&output).contains("its name ends in .docx, but this is a file in the Rich Text Format"));
}

/// An OpenDocument text that refers to a picture and a section elsewhere, and shows the date of the day.
fn reaching_out(address: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3">
<office:body><office:text><text:p>Grants Policy</text:p><text:p>1.1 Words of <text:date text:date-value="2001-02-03">3 February 2001</text:date>.</text:p>
<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="{address}/picture.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="linked"><text:section-source xlink:href="{address}/section.odt" xlink:type="simple"/><text:p>1.2 More words.</text:p></text:section>
</office:text></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ])
}

#[test]
fn a_conversion_fetches_nothing_and_tells_what_it_works_out() {
    if libreoffice().is_none() {
        return;
    }
    let folder = folder();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    fs::write(folder.path().join("policy.odt"), reaching_out(&address)).expect("written");
    let output = engross(folder.path(), &["import", "policy.odt", "-o", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("More words."), "{}", stdout(&output));
    assert!(stderr(&output).contains("worked out 1 field anew"), "{}", stderr(&output));
    assert!(listener.accept().is_err(), "it asked for a picture or a section");
}

#[test]
fn what_libreoffice_cannot_convert_is_said() {
    if libreoffice().is_none() {
        return;
    }
    let folder = folder();
    fs::write(folder.path().join("damaged.doc"), compound("WordDocument", 0)).expect("written");
    let told = fails(folder.path(), &["import", "damaged.doc", "-o", "-"]);
    assert!(told.contains("damaged.doc: this is an old Word file. LibreOffice cannot convert it"), "{told}");
    assert!(told.contains("save it as .docx"), "{told}");
}

#[test]
fn without_libreoffice_it_is_said_what_to_do() {
    let folder = folder();
    write(&folder, "old.rtf", "{\\rtf1 Words}");
    let run = |variable: &str, value: &Path| {
        let mut command = assert_cmd::Command::cargo_bin("engross").expect("the program is built");
        let output =
            command.current_dir(folder.path()).env(variable, value).args(["import", "old.rtf", "-o", "-"]).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    let absent = run("ENGROSS_SOFFICE", &folder.path().join("absent"));
    assert!(absent.contains("as ENGROSS_SOFFICE says") && absent.contains("save it as .docx"), "{absent}");
    if cfg!(target_os = "linux") {
        let missing = run("PATH", folder.path());
        assert!(missing.contains("save it as .docx in Word, or install LibreOffice"), "{missing}");
    }
}

/// A program in the place of LibreOffice.
#[cfg(unix)]
fn instead(folder: &TempDir, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let program = folder.path().join("soffice");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    program
}

#[cfg(target_os = "linux")]
#[test]
fn a_conversion_that_does_not_end_is_ended_with_all_that_it_began() {
    let folder = folder();
    let numbers = folder.path().join("numbers");
    // A script that begins a program that begins another, as LibreOffice's does.
    let script =
        format!("sh -c 'sleep 600 & echo $! >>{0}; echo $$ >>{0}; wait' &\necho $$ >>{0}\nwait", numbers.display());
    let program = instead(&folder, &script);
    let why = to_docx_by(&program, b"{\\rtf1 Words}", "rtf", Duration::from_secs(1)).expect_err("it never ends");
    assert!(matches!(why, OfficeError::TooLong(_)), "{why}");
    assert!(why.to_string().contains("after 1 seconds"), "{why}");
    let numbers = fs::read_to_string(numbers).expect("it ran");
    assert_eq!(numbers.lines().count(), 3, "{numbers}");
    for number in numbers.lines() {
        let running = || {
            let state = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
            state.split(' ').nth(2).is_some_and(|state| state != "Z")
        };
        for _ in 0..100 {
            if running() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        assert!(!running(), "{number} still runs");
    }
}

#[cfg(unix)]
#[test]
fn the_document_is_never_an_option_and_nothing_of_it_is_left_behind() {
    let folder = folder();
    let said = folder.path().join("said");
    let program =
        instead(&folder, &format!("printf '%s\\n' \"$@\" >{}; echo 'Error: out of memory' >&2", said.display()));
    let why = to_docx_by(&program, b"{\\rtf1 Words}", "rtf", Duration::from_secs(20)).expect_err("it makes nothing");
    assert!(why.to_string().contains("(it says “out of memory”)"), "{why}");
    let said = fs::read_to_string(said).expect("it ran");
    let arguments: Vec<&str> = said.lines().collect();
    let document = Path::new(arguments.last().expect("arguments"));
    assert!(document.is_absolute() && document.ends_with("document.rtf"), "{said}");
    assert!(arguments[0].starts_with("-env:UserInstallation=file:///"), "{said}");
    assert!(!document.parent().expect("a folder").exists(), "its folder is gone");
}
