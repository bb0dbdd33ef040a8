//! PDF: a document fit to print, sign and publish, set by Typst in this process.
//!
//! [`mod@data`] says what the templates are given, [`mod@world`] what they may read, [`mod@faults`] what cannot be set. Words reach
//! Typst as data, never as markup, so that nothing in them is an instruction and no quotation mark is turned. The files are
//! tagged for screen readers (PDF/UA-1, ISO 14289-1) and fit for the archive (PDF/A-2a, ISO 19005-2).

mod data;
mod faults;
mod watermark;
mod world;

use serde::Serialize;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::compare::Comparison;
use crate::document::{self, Document};
use crate::model::Edition;

use super::flow::redline;
use super::{TemplateError, Templates};

use data::{Page, Redlined};
use world::Files;

pub(crate) use faults::{faults, letters};
pub(super) use world::{FAMILY, FONT_FILES};

/// The templates, the one to begin with first.
const TEMPLATES: [&str; 3] = ["pdf/document.typ", "pdf/blocks.typ", "pdf/redline.typ"];

/// Results of Typst's steps are kept for the documents that come next, unless so many passed without asking for them.
const KEPT_FOR: usize = 10;

pub(super) fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    set(&Page::new(document), document, templates)
}

/// What changed, and the right document with what came and what went marked in it.
pub(super) fn tracked(
    changes: &Document,
    comparison: &Comparison,
    (left, right): (&Edition, &Edition),
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    let parts = redline::redline(comparison, left, right);
    let right = document::document(right);
    let page = Page::new(changes).with_status_of(&right);
    set(&Page { redline: Some(Redlined::new(&parts)), ..page }, changes, templates)
}

fn set(page: &Page<'_>, document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let mut files = Files::new(TEMPLATES.map(|name| (name, templates.text(name))));
    files.add("data.json", json(page)?);
    if let Some(logo) = document.council.as_ref().and_then(|council| council.logo.as_ref()) {
        files.add("logo", logo.bytes.clone());
    }
    if let Some(watermark) = &page.watermark {
        files.add("watermark.svg", watermark::svg(watermark).into_bytes());
    }
    let set =
        typst::compile::<PagedDocument>(&files).output.and_then(|pages| typst_pdf::pdf(&pages, &options(document)));
    comemo::evict(KEPT_FOR);
    set.map_err(|errors| faults::explain(&errors, &files, &document.title))
}

/// Tagged and for the archive; the same bytes for the same document.
fn options(document: &Document) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    let council = document.council.as_ref().map_or("", |council| council.name.as_str());
    PdfOptions {
        // Two versions of a document are two files.
        ident: Smart::Custom(format!("{council}/{}/{}", document.title, document.version)),
        creator: Smart::Custom(Some("engross".to_owned())),
        standards: standards.unwrap_or_else(|_| unreachable!("both are kinds of PDF 1.7")),
        ..PdfOptions::default()
    }
}

fn json(page: &impl Serialize) -> Result<Vec<u8>, TemplateError> {
    let json = serde_json::to_string(page).map_err(|error| TemplateError::new(error.to_string()))?;
    Ok(faults::printed(&json).into_bytes())
}
