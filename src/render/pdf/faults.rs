//! What cannot be set, and why: letters without a shape, a logo that is no picture, templates that do not fit.

use std::collections::BTreeSet;

use serde_json::Value;
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
use super::options;
use super::world::{Files, has_glyph};

/// What stands for a character that cannot be printed.
const UNPRINTED: &str = "□";

/// Whether a character stands for one that was not there to be printed: the typeface has no shape for such signs.
fn is_unprinted(c: char) -> bool {
    matches!(c, '\u{2400}'..='\u{2421}' | '\u{fffd}')
}

/// Whether a character is a space of a width of its own, which the typeface may lack; one that keeps words together is not.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{a0}' | '\u{2028}' | '\u{2029}')
}

/// Text with a sign that the typeface has in place of those for what cannot be printed.
pub(super) fn printed(text: &str) -> String {
    text.replace(is_unprinted, UNPRINTED).replace(is_odd_space, " ")
}

/// What of a version cannot be set as PDF.
pub(crate) fn faults(edition: &Edition, document: &Document) -> Vec<Diagnostic> {
    letters(edition, document).into_iter().chain(logo(edition, document)).collect()
}

/// The letters of a document that no typeface has, each once.
pub(crate) fn letters(edition: &Edition, document: &Document) -> Vec<Diagnostic> {
    let mut printed = String::new();
    if let Ok(blocks) = serde_json::to_value(&document.blocks) {
        push_printed(&blocks, &mut printed);
    }
    printed.push_str(&document.title);
    printed.extend(document.council.iter().map(|council| council.name.as_str()));
    let missing: BTreeSet<char> =
        printed.chars().filter(|c| !c.is_ascii() && !is_unseen(*c) && !has_glyph(*c)).collect();
    missing.into_iter().map(|c| letter(c, &edition.source)).collect()
}

/// What is in blocks and is not printed.
const UNPRINTED_KEYS: [&str; 4] = ["anchor", "id", "link", "url"];

fn push_printed(value: &Value, printed: &mut String) {
    match value {
        Value::String(text) => printed.push_str(text),
        Value::Array(values) => values.iter().for_each(|value| push_printed(value, printed)),
        Value::Object(fields) => {
            let seen = fields.iter().filter(|(key, _)| !UNPRINTED_KEYS.contains(&key.as_str()));
            seen.for_each(|(_, value)| push_printed(value, printed));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a character has no shape of its own, so that Typst asks for none, or is printed as something else.
fn is_unseen(c: char) -> bool {
    let ignorable = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    );
    ignorable || c.is_whitespace() || is_unprinted(c)
}

fn letter(c: char, source: &Source) -> Diagnostic {
    let message = format!("the letter `{c}` (U+{:04X}) has no shape in the typeface of the PDF", u32::from(c));
    if source.text.is_empty() {
        // A document that was never a source: it has no lines to show.
        let message = format!("{}: {message}", source.path);
        return Diagnostic::new(&codes::NO_SHAPE, message).help("choose another format, such as `--format docx`");
    }
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
fn logo(edition: &Edition, document: &Document) -> Option<Diagnostic> {
    let council = document.council.as_ref()?;
    let logo = council.logo.as_ref()?;
    let mut files = Files::new([("logo.typ", LOGO_ALONE)]);
    files.add("logo", logo.bytes.clone());
    let pages = typst::compile::<PagedDocument>(&files).output;
    let errors = pages.and_then(|pages| typst_pdf::pdf(&pages, &options(document))).err()?;
    let reason = errors.first().map_or_else(String::new, |error| format!(": {}", error.message));
    let file = edition.council.as_ref().and_then(|council| council.logo.as_ref()).map_or("", |logo| logo.file.as_str());
    let folder = edition.address.as_ref().map(|address| format!("protocols/{}/", address.council)).unwrap_or_default();
    let file = printable(&format!("{folder}{file}"));
    let message = format!("the logo of {}, {file}, cannot be put into a PDF{reason}", printable(&council.name));
    let help = "save the picture as PNG, or as SVG whose words are outlines, and name that file in council.toml";
    Some(Diagnostic::new(&codes::BAD_DETAIL, message).help(help))
}

/// A document of nothing but a logo.
const LOGO_ALONE: &str = r#"
#set document(title: "Logo", date: datetime(year: 2000, month: 1, day: 1))
#set text(font: ("Atkinson Hyperlegible Next", "Source Sans 3"), lang: "en", region: "GB")
#image("logo", alt: "Logo")
"#;

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
