//! The files that chapters have mdBook put into them.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::store::read::text;

/// What asks for a file.
pub(super) struct Include {
    /// The chapter, or a file that one asks for.
    pub(super) within: PathBuf,
    /// The line in it.
    pub(super) line: usize,
    /// How it asks.
    pub(super) words: String,
    /// The file.
    pub(super) file: PathBuf,
    /// Whether it is there, and is text.
    pub(super) found: bool,
}

/// As mdBook reads it: after a backslash it is what it says.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#(?:(include|rustdoc_include)|playground|playpen)\s+([^}\s]+)[^}]*\}\}")
        .expect("a pattern")
});

/// All that these chapters ask for, and what that asks for.
pub(super) fn included(chapters: &[PathBuf]) -> Vec<Include> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = chapters.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let asked = text(&path).map(|text| asked(&text, &path)).unwrap_or_default();
        waiting.extend(asked.iter().filter(|include| include.found).map(|include| include.file.clone()));
        all.extend(asked);
    }
    all
}

fn asked(given: &str, within: &Path) -> Vec<Include> {
    let folder = within.parent().unwrap_or(Path::new(""));
    let asked = ASKS.captures_iter(given).filter_map(|found| {
        let (words, named) = (found.get(0)?, found.get(2)?.as_str());
        // Behind the name may stand which lines of it.
        let named = if found.get(1).is_some() { named.split(':').next()? } else { named };
        let file = without_detours(&folder.join(named));
        Some(Include {
            within: within.to_owned(),
            line: given[..words.start()].matches('\n').count() + 1,
            words: words.as_str().to_owned(),
            found: text(&file).is_some(),
            file,
        })
    });
    asked.collect()
}

/// A path without `..`, so that a file goes by one name whoever asks for it.
fn without_detours(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        if part != Component::ParentDir || !matches!(tidy.components().next_back(), Some(Component::Normal(_))) {
            tidy.push(part);
        } else {
            tidy.pop();
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_found_as_mdbook_finds_it() {
        let given = "{{#include a.txt}} {{ #include ../b.txt:2:5 }}\n\\{{#include c.txt}}\n{{#playground d.rs editable}}\n\
                     {{#title E}} {{#rustdoc_include f.rs:main}}";
        let found: Vec<_> = asked(given, Path::new("src/g/h.md")).into_iter().map(|it| (it.line, it.file)).collect();
        let files = [(1, "src/g/a.txt"), (1, "src/b.txt"), (3, "src/g/d.rs"), (4, "src/g/f.rs")];
        assert_eq!(found, files.map(|(line, file)| (line, PathBuf::from(file))));
    }
}
