//! A comparison as it is shown and published. The published forms go by way of a [`Document`].

mod json;
mod terminal;

use crate::document::Document;

use super::{TemplateError, Templates, html, markdown};

pub use json::json;
pub use terminal::{Style, terminal};

/// The comparison as Markdown.
///
/// # Errors
/// When a template does not fit.
pub fn to_markdown(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    markdown::render(document, templates)
}

/// The comparison as a web page.
///
/// # Errors
/// When a template does not fit.
pub fn to_html(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    html::render(document, templates)
}
