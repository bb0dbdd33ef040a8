//! `engross matrix`: which documents it takes, what it calls them, and what it says of those not in force.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use support::command::{engross, fails, stdout, succeeds};

const RESPECT: &str = "Members must treat officers with respect and courtesy at all times.";
const PRESS: &str = "The Clerk speaks to the press on behalf of the Council.";
const KEYS: &str = "The keys of the pavilion are kept by the caretaker.";

#[test]
fn the_command_takes_councils_a_kind_and_a_model() {
    let root = support::root();
    let all = succeeds(root, &["matrix", "--format", "json"]);
    let table: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    assert_eq!(table["columns"].as_array().map(Vec::len), Some(5));
    assert!(table["model"].is_null());
    let two = succeeds(root, &["matrix", "battle", "kings-hill", "--format", "json"]);
    let two: serde_json::Value = serde_json::from_str(&two).expect("JSON");
    assert_eq!(two["columns"].as_array().map(Vec::len), Some(2));
    let with_model = succeeds(root, &["matrix", "battle", "thanet", "--model", "kings-hill", "--format", "json"]);
    let with_model: serde_json::Value = serde_json::from_str(&with_model).expect("JSON");
    assert_eq!((with_model["model"].as_u64(), with_model["columns"].as_array().map(Vec::len)), (Some(0), Some(3)));
    assert_eq!(with_model["columns"][0]["council"], "Kings Hill Parish Council");
    assert!(fails(root, &["matrix", "battle"]).contains("two councils"));
    assert!(fails(root, &["matrix", "--document", "media"]).contains("there are member-officer"));
    let text = engross(root, &["matrix", "battle", "kings-hill"]);
    assert!(stdout(&text).contains("A: Battle Town Council, 36 provisions"), "{}", stdout(&text));
}

/// A workspace in which one council has two documents, of which one has been replaced, and the other has only proposed its own.
fn uneven() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    let write = |place: &str, status: &str, day: &str, words: &str| {
        let path = folder.path().join("protocols").join(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let history =
            if day.is_empty() { String::new() } else { format!("[[history]]\nevent = \"adopted\"\ndate = {day}\n") };
        let section =
            format!("[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"{words}\"\n");
        std::fs::write(path, format!("title = \"Protocol\"\nstatus = \"{status}\"\n{history}{section}"))
            .expect("written");
    };
    write("aldbury/protocol/2019-05-01.toml", "adopted", "2019-05-01", KEYS);
    write("aldbury/protocol/2024-05-01.toml", "adopted", "2024-05-01", RESPECT);
    write("aldbury/media/2024-05-01.toml", "adopted", "2024-05-01", PRESS);
    write("birch/protocol/draft.toml", "proposed", "", RESPECT);
    write("cole/protocol/2020-05-01.toml", "withdrawn", "2020-05-01", RESPECT);
    for council in ["aldbury", "birch", "cole"] {
        let path = folder.path().join("protocols").join(council).join("council.toml");
        std::fs::write(path, format!("name = \"{council} Parish Council\"\nkind = \"parish\"\n")).expect("written");
    }
    folder
}

#[test]
fn the_heading_of_a_column_says_what_is_not_in_force() {
    let folder = uneven();
    let made = |format: &str, more: &[&str]| succeeds(folder.path(), &[&["matrix", "--format", format], more].concat());
    let text = made("text", &["--document", "protocol"]);
    assert!(text.contains("B: birch Parish Council, 1 provision: proposed, not adopted"), "{text}");
    assert!(text.contains("C: cole Parish Council, 1 provision: withdrawn, not in force"), "{text}");
    assert!(text.contains("A: aldbury Parish Council, 1 provision\n"), "{text}");
    let head = text.lines().find(|line| line.trim_start().starts_with("row")).expect("a head");
    assert!(head.contains("(proposed"), "{text}");
    let csv = made("csv", &["--document", "protocol"]);
    assert!(csv.contains("birch Parish Council (proposed, not adopted)"), "{csv}");
    let page = made("html", &["--document", "protocol"]);
    assert!(page.contains("<span class=\"caution\">withdrawn, not in force</span>"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&made("json", &["--document", "protocol"])).expect("JSON");
    assert_eq!((&json["columns"][1]["status"], &json["columns"][0]["caution"]), (&"proposed".into(), &().into()));

    let old = made("text", &["aldbury/protocol@2019-05-01", "birch"]);
    assert!(old.contains("A: aldbury Parish Council, 1 provision: version 2019-05-01, not the one in force"), "{old}");
    let model = made("text", &["--model", "aldbury/protocol@2019-05-01"]);
    assert_eq!(
        model.matches("aldbury Parish Council, 1 provision, the model: version 2019-05-01").count(),
        1,
        "{model}"
    );
    assert_eq!(model.matches(": aldbury").count(), 1, "the model stands for its council: {model}");
}

#[test]
fn versions_of_one_document_and_all_of_a_council_make_no_matrix() {
    let folder = uneven();
    let said = fails(folder.path(), &["matrix", "aldbury/protocol", "aldbury/protocol@2019-05-01", "birch"]);
    assert!(said.contains("versions of one document") && said.contains("engross diff"), "{said}");
    let said = fails(folder.path(), &["matrix", "aldbury", "birch"]);
    assert!(said.contains("several documents: say which (aldbury/media, aldbury/protocol)"), "{said}");
    let ran = engross(folder.path(), &["matrix", "aldbury/media", "birch"]);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success() && told.contains("laid side by side: media, protocol"), "{told}");
}

/// A workspace in which these councils have these documents, each of one clause, under these titles.
fn with_documents(documents: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    for (council, document, title) in documents {
        let place = folder.path().join("protocols").join(council);
        std::fs::create_dir_all(place.join(document)).expect("made");
        std::fs::write(place.join("council.toml"), format!("name = \"{council} Council\"\nkind = \"parish\"\n"))
            .expect("written");
        let section =
            format!("[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"{PRESS}\"\n");
        let history = "[[history]]\nevent = \"adopted\"\ndate = 2024-05-01\n";
        let source = format!("title = \"{title}\"\nstatus = \"adopted\"\n{history}{section}");
        std::fs::write(place.join(document).join("2024-05-01.toml"), source).expect("written");
    }
    folder
}

#[test]
fn two_documents_of_one_council_are_told_apart_in_every_format() {
    let folder = with_documents(&[("battle", "media", "Media Policy"), ("battle", "orders", "Standing Orders")]);
    let names = ["battle Council (Media Policy)", "battle Council (Standing Orders)"];
    let made = |format| succeeds(folder.path(), &["matrix", "battle/media", "battle/orders", "--format", format]);
    for format in ["text", "csv", "html", "json"] {
        let made = made(format);
        assert!(names.iter().all(|name| made.contains(name)), "{format}: {made}");
    }
    let head = made("csv").lines().next().expect("a head").to_owned();
    assert_eq!(names.map(|name| head.matches(name).count()), [2, 2], "{head}");
    let text = made("text");
    assert!(text.contains("A: battle Council (Media Policy), 1 provision"), "{text}");
    assert!(text.contains("battle Council (Media Policy) lacks rows that most have: none;"), "{text}");
    assert!(made("html").contains("2 documents side by side"), "two documents are not two councils");
    let json: serde_json::Value = serde_json::from_str(&made("json")).expect("JSON");
    assert_eq!(
        (&json["columns"][0]["name"], &json["columns"][0]["council"]),
        (&names[0].into(), &"battle Council".into())
    );
    // By its address, where the title is the same; and alone by its council.
    let same = with_documents(&[("a", "one", "Rules"), ("a", "two", "Rules"), ("b", "one", "Rules")]);
    let text = succeeds(same.path(), &["matrix", "a/one", "a/two", "b/one"]);
    assert!(text.contains("A: a Council (a/one@2024-05-01), ") && text.contains("C: b Council, "), "{text}");
}

#[test]
fn the_model_is_the_document_of_the_kind_asked_for_and_another_kind_is_told() {
    let folder = with_documents(&[
        ("a", "media", "Media"),
        ("a", "media-2", "Media"),
        ("b", "media", "Media"),
        ("b", "media-2", "Media"),
        ("c", "press", "Press"),
    ]);
    let ran = |arguments: &[&str]| {
        let ran = engross(folder.path(), &[&["matrix", "--format", "json"], arguments].concat());
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{arguments:?}: {told}");
        let table: serde_json::Value = serde_json::from_str(&stdout(&ran)).expect("JSON");
        let of_model = table["columns"][table["model"].as_u64().expect("a model") as usize]["address"].to_string();
        (of_model, told)
    };
    for arguments in [&["--document", "media", "--model", "b"][..], &["a/media", "--model", "b"]] {
        let (model, told) = ran(arguments);
        assert!(model.contains("b/media@") && !told.contains("note"), "{arguments:?}: {model} {told}");
    }
    assert!(ran(&["--document", "media-2", "--model", "b"]).0.contains("b/media-2@"));
    for arguments in [&["--document", "media", "--model", "c"][..], &["a/media", "b/media", "--model", "b/media-2"]] {
        let told = ran(arguments).1;
        assert!(told.contains("documents of several kinds are laid side by side: media, "), "{arguments:?}: {told}");
    }
    let said = fails(folder.path(), &["matrix", "--document", "press", "--model", "b"]);
    assert!(said.contains("`b` has several documents: name one of b/media@2024-05-01, b/media-2@2024-05-01"), "{said}");
}
