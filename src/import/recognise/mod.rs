//! A manuscript → a protocol: what each line and paragraph of it is.
//!
//! `furniture` takes out what stands on every page, `joiner` joins printed lines to `paragraphs`, which split off the
//! numbers that `label` knows; `front` and `back` tell title, council, tables and places to sign from the text, and what lines say
//! was done with the document (`facts`, `said`, `dates`); `structure` makes sections, clauses and lists of the rest, with
//! `headings`. What is left out, and what is doubtful, is told; `proof` looks at the end whether every word came through, in its
//! place.

mod back;
mod bare;
mod content;
mod contents;
mod control;
mod dates;
mod facts;
mod front;
mod furniture;
mod glued;
mod headings;
mod itself;
mod joiner;
mod joints;
mod label;
mod links;
mod paragraphs;
mod proof;
mod said;
mod sentences;
mod soft_lines;
mod stacked;
mod structure;
mod table;

pub use furniture::but_for_numbers;

use crate::model::{PartialDate, Protocol};

use super::manuscript::{Manuscript, Place, Remark};

/// What a file became.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The document.
    pub protocol: Protocol,
    /// What somebody should look at.
    pub report: Report,
}

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// What was left out as no part of the text, in order.
    pub left_out: Vec<LeftOut>,
    /// What is uncertain.
    pub doubts: Vec<Remark>,
    /// The dates found, and what they were taken for.
    pub dates: Vec<DateFound>,
    /// The council, where only what stands on every page names it, and is left out.
    pub council: Option<String>,
}

/// Words that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The words.
    pub text: String,
    /// Why.
    pub why: &'static str,
    /// Where they stood.
    pub place: Place,
}

/// Why words were left out that nobody meant to leave out.
pub const NO_PLACE: &str = "found no place in the source; see whether it belongs there";

/// A date and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFound {
    /// The line it stands in.
    pub text: String,
    /// The date.
    pub date: Option<PartialDate>,
    /// What it was taken for.
    pub taken_for: String,
    /// Where it stands.
    pub place: Place,
}

/// Makes a protocol of a manuscript.
pub fn recognise(manuscript: Manuscript) -> Imported {
    let Manuscript { pieces, remarks } = manuscript;
    let (kept, left_out) = furniture::without(pieces.clone());
    let (blocks, joined) = joiner::paragraphs(&kept);
    // What stands at the head or foot of the pages tells of the document; what is turned, or cut off with the page's edge, may not.
    let running: Vec<furniture::LeftOut> =
        left_out.iter().filter(|left| left.line.left_out.is_none()).cloned().collect();
    let mut parts = front::parts(blocks, &running);
    let body = structure::body(std::mem::take(&mut parts.body));
    let mut report = Report { doubts: remarks, ..Report::default() };
    report.doubts.extend(joined);
    report.doubts.append(&mut parts.doubts);
    report.doubts.extend(body.doubts);
    report.doubts.extend(furniture::margins::doubts(&kept, &left_out));
    report.doubts.extend(facts::unread(&kept));
    report.dates = parts.dates;
    report.council = parts.council;
    report.left_out = left_out
        .iter()
        .filter(|left| left.again || !parts.taken.contains(&left.line.text()))
        .map(|left| LeftOut { text: left.line.labelled(), why: left.why, place: left.line.place })
        .collect();
    let mut protocol = Protocol { sections: body.sections, ..parts.protocol };
    report.doubts.extend(links::cut(&mut protocol));
    proof::complete(&mut report, &pieces, &protocol);
    Imported { protocol, report }
}
