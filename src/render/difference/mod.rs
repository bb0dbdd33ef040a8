//! A comparison as it is shown and published. The published forms go by way of a [`Document`].

mod json;
mod terminal;

use crate::compare::Comparison;
#[cfg(feature = "pdf")]
use crate::diagnostics::Diagnostic;
use crate::document::Document;
#[cfg(feature = "pdf")]
use crate::document::document;
use crate::model::Edition;

#[cfg(feature = "pdf")]
use super::pdf;
use super::{TemplateError, Templates, docx, html, markdown};

pub use super::flow::marks::Author;

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

/// The right document as a Word file with tracked changes against the left one.
///
/// # Errors
/// When a template does not fit.
pub fn to_docx(
    comparison: &Comparison,
    sides: (&Edition, &Edition),
    author: &Author,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    docx::tracked(comparison, sides, author, templates)
}

/// What of a side cannot be set as PDF.
#[cfg(feature = "pdf")]
pub fn pdf_faults(edition: &Edition) -> Vec<Diagnostic> {
    pdf::letters(edition, &document(edition))
}

/// What changed, and the right document with its changes marked, as PDF; `changes` is what [`crate::document::changes`] gives.
///
/// # Errors
/// When a template does not fit, or a letter has no shape in the typeface.
#[cfg(feature = "pdf")]
pub fn to_pdf(
    changes: &Document,
    comparison: &Comparison,
    sides: (&Edition, &Edition),
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    pdf::tracked(changes, comparison, sides, templates)
}
