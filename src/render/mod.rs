//! Documents in the formats they are published in, one file a format.

pub mod difference;
mod docx;
mod html;
mod json;
mod markdown;
pub mod register;
mod templates;
mod text;

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
}

/// Every format. To add one, add its file and a line here.
pub static FORMATS: &[Format] = &[
    Format { name: "md", what: "Markdown", published: true, render: |r| markdown::render(r.document, r.templates) },
    Format { name: "html", what: "a web page", published: true, render: |r| html::render(r.document, r.templates) },
    Format { name: "docx", what: "Word", published: true, render: |r| docx::render(r.document, r.templates) },
    Format { name: "txt", what: "plain text", published: true, render: |r| text::render(r.document, r.templates) },
    Format { name: "json", what: "the whole model, for other programs", published: true, render: json::render },
];

/// What a renderer works on: a version, the document made of it, and the templates.
struct Rendering<'a> {
    edition: &'a Edition,
    document: &'a Document,
    templates: &'a Templates,
}

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
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
