//! The layers of ARCHITECTURE.md against the source: each part uses only those before it.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::path::{Path, PathBuf};

/// The layer table of ARCHITECTURE.md: the part and the parts it may use.
fn layers() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(support::root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let table = text.lines().skip_while(|line| *line != "| part | may use |").skip(2);
    let rows = table.take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let cells: Vec<&str> = row.split('|').collect();
        (names(cells[1]).remove(0), names(cells[2]))
    })
    .collect()
}

fn rust_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.flat_map(|entry| rust_files(&entry)).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files
}

#[test]
fn each_part_uses_only_those_before_it() {
    let layers = layers();
    let src = support::root().join("src");
    let mut parts: Vec<String> = std::fs::read_dir(&src)
        .expect("src")
        .map(|entry| entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|part| !["lib", "main"].contains(&part.as_str()))
        .collect();
    parts.sort();
    let mut named: Vec<String> = layers.iter().map(|(part, _)| part.clone()).collect();
    named.sort();
    assert_eq!(named, parts, "ARCHITECTURE.md names the parts of src, each once");

    let used = regex::Regex::new(r"\bcrate::([a-z_]+)").expect("a pattern");
    let mut crossings = 0;
    for (part, may_use) in &layers {
        let path = src.join(part);
        let path = if path.is_dir() { path } else { src.join(format!("{part}.rs")) };
        for file in rust_files(&path) {
            let text = std::fs::read_to_string(&file).expect("readable");
            assert!(!text.contains("crate::{"), "{}: one part a line, so that this test sees it", file.display());
            for found in used.captures_iter(&text) {
                let other = &found[1];
                crossings += usize::from(other != part);
                assert!(other == part || may_use.iter().any(|name| name == other), "{} uses {other}", file.display());
            }
        }
    }
    assert!(crossings > 50, "only {crossings} uses found: the pattern no longer fits the code");
}
