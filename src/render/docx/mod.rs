//! Word: a document as a clerk would have typed it with styles.
//!
//! [`mod@body`] writes paragraphs and tables as WordprocessingML (ECMA-376), [`mod@package`] puts the parts into a file. Numbers are
//! words, laid out with hanging indents: nothing in the file renumbers what was adopted. How everything looks is in one template,
//! `docx/styles.xml`.

mod body;
mod logo;
mod package;

use crate::compare::Comparison;
use crate::document::{self, Document, Genre};
use crate::model::Edition;

use super::flow::marks::Author;
use super::flow::{self, redline};
use super::{TemplateError, Templates};

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
    let mut parts = redline::redline(comparison, left, right);
    redline::part_insertions(&mut parts);
    let wording = document::Wording::new(comparison, left, right);
    let version = format!("Changes from {} to {}", wording.left, wording.right);
    let document = Document { genre: Genre::Comparison, version, ..document::document(right) };
    package::assembled(&document, &parts, Some(author), templates)
}
