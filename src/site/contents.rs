//! All pages of a site, as a list at the side of each and as a page of its own. A book may have chapters besides ours.

use serde::Serialize;

use crate::render::{TemplateError, Templates, site as pages};

use super::{Chapter, File, paths};

/// The page that lists them.
pub const PAGES: &str = "pages";

/// The file in [`FILES`](super::FILES) that lists them.
pub const LIST: &str = "contents.js";

/// A page in the list, or the title of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// The title of a part.
    Part {
        /// What it is called.
        part: String,
        /// Whether it is about the councils' documents.
        about_documents: bool,
    },
    /// A page.
    Page {
        /// What it is called.
        name: String,
        /// Where it is, without an extension.
        path: String,
        /// How deep it lies: 1 for a page under none.
        level: usize,
        /// Whether it has a version that is not the one to go by: what is found there comes after the others.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        beside: bool,
    },
}

#[derive(Serialize)]
struct Page<'a> {
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    title: Option<&'a str>,
    pages: Vec<Listed<'a>>,
}

/// A page in the list.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    level: usize,
    /// Where it is, as a link says it.
    link: String,
}

/// The page that lists all pages.
///
/// # Errors
/// When its template does not fit.
pub fn all_pages(entries: &[Entry], templates: &Templates) -> Result<Chapter, TemplateError> {
    let mut parts = vec![Part { title: None, pages: Vec::new() }];
    for entry in entries {
        match (entry, parts.last_mut()) {
            (Entry::Part { part, .. }, _) => parts.push(Part { title: Some(part), pages: Vec::new() }),
            (Entry::Page { name, path, level, .. }, Some(last)) => {
                last.pages.push(Listed { name, level: *level, link: paths::link(path) });
            }
            (Entry::Page { .. }, None) => {}
        }
    }
    let html = pages::page(templates, "site/pages.html", &Page { parts })?;
    Ok(Chapter::page("All pages", PAGES, &html).unsearched())
}

/// The same as a script, for the list at the side of every page.
pub fn list_of_pages(entries: &[Entry]) -> File {
    let list = serde_json::to_string(entries).unwrap_or_default();
    File::text(paths::file(LIST), format!("window.engrossPages = {list}\n"))
}
