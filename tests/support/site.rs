//! A site, and what its suites look at.
#![allow(dead_code, reason = "each suite uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "tests look at what is on the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{ElementRef, Html, Node, Selector};
use tempfile::TempDir;

use super::command::{files, succeeds};

pub(crate) const DAY: &str = "2026-11-22";

pub(crate) fn made(workspace: &Path, out: &Path) -> String {
    let (workspace, out) = (workspace.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    succeeds(super::root(), &["site", "--workspace", workspace, "--out", out, "--as-of", DAY])
}

pub(crate) fn named(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let named =
        files(folder).into_iter().map(|(path, bytes)| (path.strip_prefix(folder).expect("inside").to_owned(), bytes));
    named.collect()
}

pub(crate) fn page(site: &Path, name: &str) -> Html {
    let text = fs::read_to_string(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    Html::parse_document(&text)
}

pub(crate) fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// What a reader reads of an element, without what only leads to a clause.
pub(crate) fn words(element: ElementRef<'_>) -> String {
    fn read(element: ElementRef<'_>, text: &mut String) {
        let own = element.value();
        if own.attr("hidden").is_some() || own.classes().any(|class| class == "permalink") {
            return;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(words) => text.push_str(words),
                _ => {
                    text.push(' ');
                    if let Some(element) = ElementRef::wrap(child) {
                        read(element, text);
                    }
                    text.push(' ');
                }
            }
        }
    }
    let mut text = String::new();
    read(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A workspace of one council with that name, and one document of that TOML.
pub(crate) fn workspace(council: &str, toml: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let place = folder.path().join("protocols/test");
    fs::create_dir_all(place.join("protocol")).expect("folders");
    let name = toml::Value::from(council);
    fs::write(place.join("council.toml"), format!("name = {name}\nkind = \"parish\"\n")).expect("written");
    fs::write(place.join("protocol/2024-05-01.toml"), toml).expect("written");
    folder
}

pub(crate) const PLAIN: &str = "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1.\"\nheading = \"Conduct\"\n\
                     [[section.clause]]\nnumber = \"1.1\"\ntext = \"Officers must be civil.\"\n";
