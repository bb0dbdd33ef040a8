//! Faulty sources and the messages they give, one case a file in `tests/cases/faults` and `tests/cases/council-faults`.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

#[macro_use]
mod support;

use engross::diagnostics::{full, sort};
use engross::read;
use engross::source::Source;

#[test]
fn every_fault_of_a_document_is_reported_at_its_place() {
    insta::glob!("cases/faults/*.toml", |path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).expect("readable");
        let source = Source::new(format!("{name}.toml"), text);
        let mut found = match read::protocol(&source) {
            Ok(read) => read.warnings,
            Err(faults) => faults,
        };
        assert!(!found.is_empty(), "{name}: no fault found");
        sort(&mut found);
        snapshot!("fault", full::render(&found, false));
    });
}

#[test]
fn every_fault_of_a_council_is_reported_at_its_place() {
    insta::glob!("cases/council-faults/*.toml", |path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).expect("readable");
        let source = Source::new(format!("{name}.toml"), text);
        let mut found = read::council(&source).expect_err(&name);
        sort(&mut found);
        snapshot!("council-fault", full::render(&found, false));
    });
}

/// The settings of a workspace have a format, too, and a file that states this one says the same as one that states none.
#[test]
fn settings_have_a_format() {
    let settings = |text: &str| read::settings(&Source::new("engross.toml", text));
    let text = "[review]\nevery = \"1 year\"\n";
    let of_this = settings(&format!("format = 1\n{text}")).expect("of this format").value;
    assert_eq!(of_this, settings(text).expect("of this format").value);
    let newer = settings(&format!("format = 2\nreviews = 3\n{text}")).expect_err("newer");
    let said = full::render(&newer, false);
    assert_eq!(newer.len(), 1, "{said}");
    assert!(said.starts_with("error[S20]: this file is made for a newer engross"), "{said}");
    assert!(said.contains("engross.toml:1:10"), "{said}");
}

/// Every code of a fault in a source's text is in some case.
#[test]
fn every_code_has_a_case() {
    let mut seen = std::collections::HashSet::new();
    for folder in ["faults", "council-faults"] {
        for entry in std::fs::read_dir(support::case(folder)).expect("cases") {
            let source =
                Source::new("case.toml", std::fs::read_to_string(entry.expect("a case").path()).expect("readable"));
            let found = if folder == "faults" {
                read::protocol(&source).map_or_else(|faults| faults, |read| read.warnings)
            } else {
                read::council(&source).map_or_else(|faults| faults, |read| read.warnings)
            };
            seen.extend(found.into_iter().map(|finding| finding.code.id));
        }
    }
    // S01 and S14 are about files, not about what is in them: the suite `commands` has them; `pdf` has S19.
    for code in read::codes::ALL.iter().filter(|code| !["S01", "S14", "S19"].contains(&code.id)) {
        assert!(seen.contains(code.id), "no case shows {}", code.id);
    }
}
