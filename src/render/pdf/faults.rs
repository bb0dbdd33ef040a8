//! What cannot be set, and why: letters without a shape, a logo that is no picture, templates that do not fit.

use std::collections::BTreeSet;

use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;

use crate::diagnostics::{Diagnostic, printable};
use crate::document::Document;
use crate::model::Edition;
use crate::read::codes;
use crate::source::Source;

use super::super::TemplateError;
use super::world::{Files, has_glyph};

/// What stands for a character that cannot be printed.
const UNPRINTED: &str = "□";

/// Whether a character stands for one that was not there to be printed: the typeface has no shape for such signs.
fn is_unprinted(c: char) -> bool {
    matches!(c, '\u{2400}'..='\u{2421}' | '\u{fffd}')
}

/// Text with a sign that the typeface has in place of those for what cannot be printed.
pub(super) fn printed(text: &str) -> String {
    text.replace(is_unprinted, UNPRINTED)
}

/// What of a version cannot be set as PDF.
pub(crate) fn faults(edition: &Edition, document: &Document) -> Vec<Diagnostic> {
    letters(edition, document).into_iter().chain(logo(document)).collect()
}

/// The letters of a document that no typeface has, each once.
fn letters(edition: &Edition, document: &Document) -> Vec<Diagnostic> {
    // Every word of the document, and keys that are plain ASCII besides.
    let Ok(words) = serde_json::to_string(document) else { return Vec::new() };
    let missing: BTreeSet<char> = words.chars().filter(|c| !c.is_ascii() && !is_unseen(*c) && !has_glyph(*c)).collect();
    missing.into_iter().map(|c| letter(c, &edition.source)).collect()
}

/// Whether a character has no shape of its own, so that Typst asks for none, or is printed as [`UNPRINTED`].
fn is_unseen(c: char) -> bool {
    is_unprinted(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn letter(c: char, source: &Source) -> Diagnostic {
    let message = format!("the letter `{c}` (U+{:04X}) has no shape in the typeface of the PDF", u32::from(c));
    let fault = Diagnostic::new(&codes::NO_SHAPE, message)
        .help("write it with a letter that the typeface has, or build the other formats with `--format md,html,docx,txt,json`");
    let typed = || source.text.match_indices(c).map(|(at, _)| at);
    match typed().find(|at| !in_comment(source, *at)) {
        Some(at) => fault.at(source, at..at + c.len_utf8()).label("not in the typeface"),
        None => fault.at(source, 0..0).label("typed as an escape, or in council.toml beside it"),
    }
}

/// Whether a place in a source is on a line that is all comment.
fn in_comment(source: &Source, at: usize) -> bool {
    let line = source.text[..at].rfind('\n').map_or(0, |end| end + 1);
    source.text[line..at].trim_start().starts_with('#')
}

/// A logo that is no picture, or of a kind that cannot be put in.
fn logo(document: &Document) -> Option<Diagnostic> {
    let council = document.council.as_ref()?;
    let logo = council.logo.as_ref()?;
    let mut files = Files::new([("logo.typ", r#"#image("logo", alt: "logo")"#)]);
    files.add("logo", logo.bytes.clone());
    let errors = typst::compile::<PagedDocument>(&files).output.err()?;
    let reason = errors.first().map_or_else(String::new, |error| format!(": {}", error.message));
    let message = format!("the logo of {} cannot be put into a PDF{reason}", printable(&council.name));
    Some(
        Diagnostic::new(&codes::BAD_DETAIL, message)
            .help("save the picture as PNG or SVG, and name that file in council.toml"),
    )
}

/// Typst's errors in one message: what is wrong with which line of which template.
pub(super) fn explain(errors: &[SourceDiagnostic], files: &Files, title: &str) -> TemplateError {
    let lines: Vec<String> = errors.iter().map(|error| line(error, files, title)).collect();
    TemplateError::new(lines.join("\n"))
}

fn line(error: &SourceDiagnostic, files: &Files, title: &str) -> String {
    let source = error.span.id().and_then(|id| files.source(id).ok());
    let place = source.as_ref().and_then(|source| {
        let start = files.range(error.span)?.start;
        let (line, column) = source.lines().byte_to_line_column(start)?;
        let path = source.id().vpath().get_without_slash().to_owned();
        Some(format!("templates/{path}:{}:{}: {}", line + 1, column + 1, error.message))
    });
    let said = place.unwrap_or_else(|| format!("“{}” cannot be set as PDF: {}", printable(title), error.message));
    error.hints.iter().fold(said, |said, hint| format!("{said}; {}", hint.v))
}
