//! An import laid beside its file, for somebody to check by eye.
//!
//! Nothing is decided here: the manuscript says what the file holds, the report what was left out and doubted, the document what
//! is printed. `original` and `result` take both sides apart into pieces, `align` finds which belong together, `rows` marks the words
//! that only one side has, and `checks` and `facts` list what somebody should look at.

mod align;
mod checks;
mod content;
mod facts;
mod left_out;
mod original;
mod pairing;
mod result;
mod rows;
mod words;

use serde::Serialize;

use crate::import::{Manuscript, Place, Report};
use crate::model::Edition;

use super::{count, document};

pub use checks::{Check, Verdict};
pub use content::Content;
pub use facts::Fact;
pub use left_out::LeftOut;
pub use result::Role;
pub use rows::{Original, Printed, Row, Tag};
pub use words::{Look, Run};

/// A file and what was made of it, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The file's name.
    pub file: String,
    /// The document's title.
    pub title: String,
    /// Its council's name, as it prints it.
    pub council: Option<String>,
    /// How much there is of it.
    pub extent: String,
    /// Whether all words of each side are on the other, and what was left out.
    pub verdicts: Vec<Verdict>,
    /// What somebody should look at, in the order of the rows.
    pub checks: Vec<Check>,
    /// What the file was found to say about the document.
    pub facts: Vec<Fact>,
    /// What of the file was left out.
    pub left_out: Vec<LeftOut>,
    /// The two sides, all of each.
    pub rows: Vec<Row>,
}

/// Lays what was made of a manuscript beside it. `report` says how it was made, `edition` is the result, and `file` what the
/// manuscript's file is called.
pub fn preview(manuscript: &Manuscript, report: &Report, edition: &Edition, file: &str) -> Preview {
    let protocol = &edition.protocol;
    let sides = rows::Sides::new(original::pieces(manuscript, report), result::pieces(&document(edition)));
    let mut rows = sides.rows();
    let checks = checks::checks(&mut rows, &sides, report);
    let clauses = protocol.sections.iter().map(|section| section.clauses.len()).sum();
    Preview {
        file: file.to_owned(),
        title: protocol.title.clone(),
        council: protocol.council_as_printed.clone().filter(|council| !council.is_empty()),
        extent: format!(
            "{}, {} and {}",
            count(protocol.sections.len(), "section"),
            count(clauses, "clause"),
            count(protocol.provisions().len(), "provision")
        ),
        verdicts: checks::verdicts(&sides),
        checks,
        facts: facts::facts(&sides, report, protocol.status),
        left_out: left_out::left_out(&sides),
        rows,
    }
}

/// A place in words; nothing where it is none.
fn in_words(place: Place) -> String {
    match place {
        Place { line: 0 | usize::MAX, page: None } => String::new(),
        Place { page: Some(page), line: 0 | usize::MAX } => format!("page {page}"),
        Place { page: Some(page), line } => format!("page {page}, line {line}"),
        Place { page: None, line } => format!("line {line}"),
    }
}
