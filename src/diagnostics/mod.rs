//! What is wrong with a source, where, and how to put it right; and the ways to show it.
//!
//! One renderer a file: [`full`] for reading, [`concise`] for one line each, [`json`] and [`sarif`] for programs.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::source::Source;

pub mod concise;
pub mod full;
pub mod json;
pub mod sarif;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It must be put right: the source cannot be used as it is, or says something it cannot mean.
    Error,
    /// It is very likely a fault.
    Warning,
    /// It is worth a thought.
    Advice,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        })
    }
}

/// The code of a kind of finding, and what there is to say about it in general.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// A letter for the subject and two digits, `N01`.
    pub id: &'static str,
    /// Named for the fault: `number-repeated`.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it means, in a sentence.
    pub what: &'static str,
    /// Why it matters to the council.
    pub why: &'static str,
    /// An example, as TOML or as it is printed.
    pub example: &'static str,
    /// How to put it right.
    pub remedy: &'static str,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: &'static Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where; none for something that is in no file, such as a missing folder.
    pub origin: Option<Origin>,
    /// A word or two at the place, under the caret.
    pub label: String,
    /// How to put it right.
    pub help: Option<String>,
    /// The provision's id, where it is about one.
    pub provision: Option<String>,
}

/// A stretch of a source.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The file.
    pub source: Source,
    /// The bytes meant, on character boundaries.
    pub span: Range<usize>,
}

impl Origin {
    /// Line and column of the start, both from 1.
    pub fn start(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }

    /// Line and column of the end, both from 1; the column is the first one after the stretch.
    pub fn end(&self) -> (usize, usize) {
        self.source.line_column(self.span.end)
    }
}

impl Diagnostic {
    /// A finding in no particular file.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), origin: None, label: String::new(), help: None, provision: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, source: &Source, span: Range<usize>) -> Self {
        let (start, end) = (span.start.min(source.text.len()), span.end.min(source.text.len()));
        let span = source.text.floor_char_boundary(start)..source.text.ceil_char_boundary(end.max(start));
        self.origin = Some(Origin { source: source.clone(), span });
        self
    }

    /// Says how to put it right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says a word at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
}

/// Sorts findings by file and place, then by code, so that they come in the order in which one reads.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| {
            let place = d.origin.as_ref().map(|o| (o.source.path.clone(), o.span.start));
            (place, d.code.id, d.message.clone())
        };
        key(a).cmp(&key(b))
    });
}

/// Text from a document, fit for a terminal or a log: control characters, which could move the cursor or hide words, are
/// shown as the pictures that Unicode has for them, and marks that reverse the direction of writing as U+FFFD.
pub fn printable(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The harmless likeness of a character.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}
