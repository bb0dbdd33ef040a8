//! Documents in the formats they are published in, one file a format.

pub mod difference;
mod docx;
mod flow;
mod html;
mod json;
mod markdown;
pub mod matrix;
#[cfg(feature = "pdf")]
mod pdf;
pub mod preview;
pub mod register;
pub mod site;
mod spreadsheet;
mod templates;
mod text;

use crate::diagnostics::Diagnostic;
use crate::document::Document;
use crate::model::Edition;

pub use templates::{OVERRIDABLE, TemplateError, Templates};

/// A format that documents are published in.
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it, and the extension of its files.
    pub name: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// Whether `build` makes it without being asked.
    pub published: bool,
    render: fn(&Rendering<'_>) -> Result<Vec<u8>, TemplateError>,
    /// What of a version it cannot show.
    faults: fn(&Edition, &Document) -> Vec<Diagnostic>,
}

/// Every format. To add one, add its file and a line here.
pub static FORMATS: &[Format] = &[
    Format::published("md", "Markdown", |r| markdown::render(r.document, r.templates)),
    Format::published("html", "web page", |r| html::render(r.document, r.templates)),
    #[cfg(feature = "pdf")]
    Format { faults: pdf::faults, ..Format::published("pdf", "PDF", |r| pdf::render(r.document, r.templates)) },
    Format::published("docx", "Word", |r| docx::render(r.document, r.templates)),
    Format::published("txt", "plain text", |r| text::render(r.document, r.templates)),
    Format::published("json", "data, for other programs", json::render),
];

/// What a renderer works on: a version, the document made of it, and the templates.
struct Rendering<'a> {
    edition: &'a Edition,
    document: &'a Document,
    templates: &'a Templates,
}

impl Format {
    /// A format that `build` makes without being asked, and that can show everything.
    const fn published(
        name: &'static str,
        what: &'static str,
        render: fn(&Rendering<'_>) -> Result<Vec<u8>, TemplateError>,
    ) -> Self {
        Self { name, what, published: true, render, faults: |_, _| Vec::new() }
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// What keeps a version from being rendered in this format, by its place in the source. Of a version without faults, only a
    /// template can still go wrong.
    pub fn faults(&self, edition: &Edition, document: &Document) -> Vec<Diagnostic> {
        (self.faults)(edition, document)
    }

    /// The version in this format, as the bytes of a file.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn render(
        &self,
        edition: &Edition,
        document: &Document,
        templates: &Templates,
    ) -> Result<Vec<u8>, TemplateError> {
        (self.render)(&Rendering { edition, document, templates })
    }
}
