//! Word: a document as a clerk would have typed it with styles.
//!
//! [`mod@flow`] lays the blocks out as paragraphs and tables, one after the other, as Word has them; [`mod@redline`] brings two such
//! layouts together, with [`mod@marks`] for what comes and goes; [`mod@body`] writes them as WordprocessingML (ECMA-376), [`mod@package`] puts the parts into a file. Numbers are words, laid out with hanging indents: nothing
//! in the file renumbers what was adopted. How everything looks is in one template, `docx/styles.xml`.

mod body;
mod flow;
mod marks;
mod package;
mod redline;

use crate::compare::Comparison;
use crate::document::{self, Document, Genre};
use crate::model::Edition;

use super::{TemplateError, Templates};

pub use marks::Author;

pub(super) fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let flow = flow::flow(&document.blocks);
    package::package(document, &flow, templates)
}

/// The right document with what changed since the left one as tracked changes, made by `author`.
pub(super) fn tracked(
    comparison: &Comparison,
    (left, right): (&Edition, &Edition),
    author: &Author,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    let parts = redline::redline(comparison, left, right);
    let wording = document::Wording::new(comparison, left, right);
    let version = format!("Changes from {} to {}", wording.left, wording.right);
    let document = Document { genre: Genre::Comparison, version, ..document::document(right) };
    package::assembled(&document, &parts, Some(author), templates)
}
