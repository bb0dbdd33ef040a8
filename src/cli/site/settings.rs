//! A workspace's `book.toml`, and what mdBook is told by it.

use std::path::{Path, PathBuf};

use mdbook_driver::config::Config;
use mdbook_driver::errors::Error;
use toml::{Table, Value};

use crate::site::{PAGES, Site};
use crate::store::folder::book;

use super::super::Failure;
use super::book::{BUILT, NAME, SOURCES, THEME};

/// What a site is called whose book does not say.
const TITLE: &str = "Protocols";

/// A workspace's `book.toml`.
#[derive(Default)]
pub(super) struct Settings {
    /// What it says; nothing where there is none.
    table: Table,
    /// Whether there is one.
    given: bool,
}

impl Settings {
    /// Reads it.
    pub(super) fn load(root: &Path) -> Result<Self, Failure> {
        let Some(text) = book(root)? else { return Ok(Self { table: Table::new(), given: false }) };
        let faulty = |error: toml::de::Error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = text.get(..before).unwrap_or_default().matches('\n').count() + 1;
            Failure::BookSettings(line, error.message().to_owned())
        };
        let table = text.parse().map_err(faulty)?;
        Ok(Self { table, given: true })
    }

    /// What the site is called.
    pub(super) fn title(&self) -> String {
        let title = self.table.get("book").and_then(|book| book.get("title")).and_then(Value::as_str);
        title.unwrap_or(TITLE).to_owned()
    }

    /// The folder of the book's own chapters, if it has any.
    pub(super) fn sources(&self, root: &Path) -> Option<PathBuf> {
        let named = self.table.get("book").and_then(|book| book.get("src")).and_then(Value::as_str);
        self.given.then(|| root.join(named.unwrap_or(SOURCES)))
    }

    /// The folder of a theme of the book's own, if it has one.
    pub(super) fn theme(&self, root: &Path) -> PathBuf {
        root.join(self.html("theme").and_then(Value::as_str).unwrap_or(THEME))
    }

    /// The style sheets and scripts of the book's own.
    pub(super) fn additional(&self, root: &Path) -> Vec<PathBuf> {
        let named = ["additional-css", "additional-js"].map(|key| paths(self.html(key), root));
        named.into_iter().flatten().collect()
    }

    /// The folders that the book wants watched besides its own, for what its preprocessors read.
    pub(super) fn watched(&self, root: &Path) -> Vec<PathBuf> {
        paths(self.table.get("build").and_then(|build| build.get("extra-watch-dirs")), root)
    }

    /// Where on its web server the site is: the book may say so, or it follows from its web address.
    pub(super) fn place(&self, address: Option<&str>) -> String {
        let named = self.html("site-url").and_then(Value::as_str).map(str::to_owned);
        named.unwrap_or_else(|| {
            let path = address.and_then(|address| address.split_once("://")?.1.split_once('/')).map(|(_, path)| path);
            path.filter(|path| !path.is_empty()).map_or_else(|| "/".to_owned(), |path| format!("/{path}/"))
        })
    }

    fn html(&self, key: &str) -> Option<&Value> {
        self.table.get("output")?.get("html")?.get(key)
    }

    /// The same with what a site of ours needs that is to be at that `place`, made in that scratch folder.
    pub(super) fn config(&self, made: &Site, place: &str, scratch: &Path) -> Result<Config, Error> {
        let mut all = self.table.clone();
        let of_book = table(&mut all, "book");
        default(of_book, "title", TITLE);
        default(of_book, "language", "en-GB");
        let build = table(&mut all, "build");
        build.insert("build-dir".to_owned(), path(&scratch.join(BUILT)));
        // A chapter that is misspelt is told, and not made.
        build.insert("create-missing".to_owned(), Value::Boolean(false));
        after_mdbooks_own(table(table(&mut all, "preprocessor"), NAME));
        // One renderer: others of the book's would want folders of their own.
        let html = table(table(&mut all, "output"), "html").clone();
        all.insert("output".to_owned(), Value::Table(Table::from_iter([("html".to_owned(), Value::Table(html))])));
        let html = table(table(&mut all, "output"), "html");
        html.insert("theme".to_owned(), path(&scratch.join(THEME)));
        default(html, "smart-punctuation", false);
        default(html, "no-section-label", true);
        default(html, "site-url", place);
        default(table(html, "print"), "enable", false);
        let search = table(html, "search");
        default(search, "heading-split-level", 6);
        default(search, "use-boolean-and", true);
        let chapters = table(search, "chapter");
        for chapter in made.chapters().into_iter().filter(|chapter| !chapter.searched) {
            chapters.insert(format!("{}.md", chapter.path), hidden());
        }
        chapters.insert(format!("{PAGES}.md"), hidden());
        Ok(all.try_into()?)
    }
}

/// Has our chapters put into the book when mdBook's own preprocessors have been: they expand the book's chapters, and nothing that
/// councils wrote.
fn after_mdbooks_own(ours: &mut Table) {
    let names = |ours: &Table, key: &str| -> Vec<Value> {
        let all = ours.get(key).and_then(Value::as_array).into_iter().flatten();
        all.filter(|name| !name.as_str().is_some_and(|name| MDBOOKS_OWN.contains(&name))).cloned().collect()
    };
    let before = names(ours, "before");
    let after = [names(ours, "after"), MDBOOKS_OWN.map(Value::from).to_vec()].concat();
    ours.insert("before".to_owned(), Value::Array(before));
    ours.insert("after".to_owned(), Value::Array(after));
    // Whatever a program would be called for, this one is always.
    ours.remove("renderers");
}

/// The preprocessors that mdBook runs on every book.
const MDBOOKS_OWN: [&str; 2] = ["links", "index"];

fn hidden() -> Value {
    Value::Table(Table::from_iter([("enable".to_owned(), Value::Boolean(false))]))
}

fn table<'a>(within: &'a mut Table, key: &str) -> &'a mut Table {
    let entry = within.entry(key).or_insert_with(|| Value::Table(Table::new()));
    if !entry.is_table() {
        *entry = Value::Table(Table::new());
    }
    match entry {
        Value::Table(table) => table,
        _ => unreachable!("it was made one"),
    }
}

fn default(table: &mut Table, key: &str, value: impl Into<Value>) {
    table.entry(key).or_insert_with(|| value.into());
}

fn paths(list: Option<&Value>, root: &Path) -> Vec<PathBuf> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(|path| root.join(path)).collect()
}

fn path(path: &Path) -> Value {
    Value::String(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_site_is_follows_from_its_address() {
        let given = |toml: &str| Settings { table: toml.parse().expect("TOML"), given: true };
        for (address, place) in [
            (None, "/"),
            (Some("https://protocols.example.gov.uk"), "/"),
            (Some("https://example.gov.uk/protocols"), "/protocols/"),
            (Some("https://example.gov.uk/council/protocols"), "/council/protocols/"),
        ] {
            assert_eq!(given("").place(address), place);
        }
        let own = given("[output.html]\nsite-url = \"/ours/\"");
        assert_eq!(own.place(Some("https://example.gov.uk/protocols")), "/ours/");
    }
}
