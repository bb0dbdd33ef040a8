//! The site as values: the chapters of a book, and the files beside its pages. Nothing here touches the disk; mdBook makes the
//! pages of the chapters.
//!
//! 1. `councils`: who adopted what, and every version of it.
//! 2. `comparing`: what changed between versions, councils side by side two by two and all at once.
//! 3. `reviews`: the register, and what the rules found.
//! 4. `manual`: how to use engross, of which some pages are made from the program itself.
//! 5. `contents`: the list of all pages.
//! 6. `fragment` makes a chapter of a page, `paths` says where everything is.

mod comparing;
mod contents;
mod councils;
mod fragment;
mod kinds;
mod manual;
mod paths;
mod reviews;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Edition, Workspace};
use crate::render::{TemplateError, Templates, site as pages};
use crate::review::Register;

pub use contents::{Entry, LIST, PAGES, all_pages, list_of_pages};
pub use manual::CommandHelp;
pub use paths::{FILES, RESERVED, downloads};

/// What a site is made of.
#[derive(Debug)]
pub struct Input<'a> {
    /// The councils and their documents.
    pub workspace: &'a Workspace,
    /// The templates.
    pub templates: &'a Templates,
    /// What the site is called.
    pub title: &'a str,
    /// The day that the register and the findings are of.
    pub as_of: Date,
    /// Up to this day a review counts as due soon.
    pub soon: Date,
    /// How many days before a review the calendar reminds of it.
    pub remind: &'a [i32],
    /// The commands, for the manual.
    pub commands: &'a [CommandHelp],
}

/// A site: the parts of a book in order, and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The first page.
    pub home: Chapter,
    /// Its parts.
    pub parts: Vec<Part>,
    /// The files beside the pages, without the documents to download: those are [`downloads`].
    pub files: Vec<File>,
}

/// A part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub title: &'static str,
    /// Whether it is about the councils' documents: what is found there comes first.
    pub about_documents: bool,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

/// A chapter: a page, and the pages under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// What it is called in the list of pages, where it stands below what it is of.
    pub name: String,
    /// What it is called where it stands alone: in the tab of a browser, among what a search found.
    pub title: String,
    /// Where it is, without an extension, such as `kings-hill/member-officer/2024-05-30`.
    pub path: String,
    /// What mdBook makes the page of: Markdown, or one block of HTML.
    pub content: String,
    /// Whether its words are found by searching. Of a comparison they are not: they are found in the documents.
    pub searched: bool,
    /// Whether it has a version that is not the one to go by.
    pub beside: bool,
    /// The chapters under it.
    pub under: Vec<Chapter>,
}

/// A file that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Chapter {
    /// A page of ours, of the HTML of its middle.
    fn page(name: impl Into<String>, path: impl Into<String>, html: &str) -> Self {
        Self::written(name, path, fragment::chapter(html))
    }

    /// A page of that Markdown.
    fn written(name: impl Into<String>, path: impl Into<String>, content: String) -> Self {
        let name = name.into();
        Self { title: name.clone(), name, path: path.into(), content, searched: true, beside: false, under: Vec::new() }
    }

    /// What it is called where it stands alone.
    fn titled(self, title: String) -> Self {
        Self { title, ..self }
    }

    /// That it has a version that is not the one to go by.
    fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// That its words are not found by searching.
    fn unsearched(self) -> Self {
        Self { searched: false, ..self }
    }

    fn with(self, under: Vec<Self>) -> Self {
        Self { under, ..self }
    }
}

impl File {
    fn text(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), bytes: text.into_bytes() }
    }
}

impl Site {
    /// Makes the site.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn new(input: &Input<'_>) -> Result<Self, TemplateError> {
        let documents = input.workspace.councils.iter().flat_map(|council| &council.documents);
        let register = Register::new(documents.map(|document| (document, None)), input.as_of, input.soon);
        let kinds = kinds_of(input.workspace);
        let shared = Shared { input, register: &register, kinds: &kinds };
        let (side_by_side, matrices) = comparing::side_by_side(&shared)?;
        let findings = reviews::findings(&shared)?;
        let part = |title, about_documents, chapters| Part { title, about_documents, chapters };
        let compared = [vec![comparing::what_changed(&shared)?], side_by_side].concat();
        let parts = vec![
            part("Councils", true, councils::councils(&shared)?),
            part("Comparisons", true, compared),
            part("Reviews and findings", true, vec![reviews::register(&shared)?, findings]),
            part("Manual", false, manual::manual(&shared)?),
        ];
        let files = [matrices, reviews::files(&shared), furniture(input.templates)?].concat();
        let parts = parts.into_iter().filter(|part| !part.chapters.is_empty()).collect();
        Ok(Self { home: councils::home(&shared)?, parts, files })
    }

    /// Every chapter, in order.
    pub fn chapters(&self) -> Vec<&Chapter> {
        fn with_those_under(chapter: &Chapter) -> Vec<&Chapter> {
            std::iter::once(chapter).chain(chapter.under.iter().flat_map(with_those_under)).collect()
        }
        let all = self.parts.iter().flat_map(|part| &part.chapters);
        std::iter::once(&self.home).chain(all).flat_map(with_those_under).collect()
    }
}

/// What several parts of the site look at.
struct Shared<'a> {
    input: &'a Input<'a>,
    register: &'a Register<'a>,
    /// The documents of which several councils have one, by kind: of each council the version in force.
    kinds: &'a BTreeMap<&'a str, Vec<&'a Edition>>,
}

fn kinds_of(workspace: &Workspace) -> BTreeMap<&str, Vec<&Edition>> {
    let mut kinds: BTreeMap<&str, Vec<&Edition>> = BTreeMap::new();
    for document in workspace.councils.iter().flat_map(|council| &council.documents) {
        kinds.entry(&document.id).or_default().push(document.in_force_or_latest());
    }
    kinds.retain(|_, editions| editions.len() > 1);
    kinds
}

/// The style and the script of all pages.
fn furniture(templates: &Templates) -> Result<Vec<File>, TemplateError> {
    let icon = include_str!("../../templates/site/icon.svg").to_owned();
    Ok(vec![
        File::text(paths::file("site.css"), pages::file(templates, "site/style.css")?),
        File::text(paths::file("site.js"), pages::file(templates, "site/site.js")?),
        File::text(paths::file("matrix.css"), pages::file(templates, "html/matrix.css")?),
        File::text(paths::file("matrix.js"), pages::file(templates, "html/matrix.js")?),
        File::text(paths::file("icon.svg"), icon),
    ])
}
