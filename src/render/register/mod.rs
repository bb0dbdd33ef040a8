//! The register, a plan and an agenda as they are shown and published, one file a format. Markdown, web page and plain text go
//! by way of a [`Document`].

mod agenda;
mod calendar;
mod csv;
mod json;
mod terminal;

use crate::document::Document;

use super::{TemplateError, Templates, html, markdown, text};

pub use agenda::{Revision, agenda_items};
pub use calendar::calendar;
pub use csv::csv;
pub use json::{json, plan_json};
pub use terminal::{Style, plan_terminal, terminal};

/// A register, plan or agenda as a web page.
///
/// # Errors
/// When a template does not fit.
pub fn to_html(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    html::render(document, templates)
}

/// A register, plan or agenda as Markdown.
///
/// # Errors
/// When a template does not fit.
pub fn to_markdown(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    markdown::render(document, templates)
}

/// A register, plan or agenda as plain text.
///
/// # Errors
/// When a template does not fit.
pub fn to_text(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    text::render(document, templates)
}
