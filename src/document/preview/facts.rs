//! What the file was found to say about the document as a whole.

use serde::Serialize;

use crate::import::{Place, Report};
use crate::model::Status;

use super::content::Content;
use super::in_words;
use super::original::at;
use super::result::Role;
use super::rows::Sides;

/// A fact and where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The words that say it; none where it was assumed.
    pub found: Option<String>,
    /// What they were taken for.
    pub taken_for: String,
    /// Where they stand in the file.
    pub place: String,
    /// The anchor of their row.
    pub anchor: Option<String>,
}

/// Title, council, status, and what was done or is to be done when.
pub(super) fn facts(sides: &Sides, report: &Report, status: Status) -> Vec<Fact> {
    let mut facts = vec![
        printed(sides, Role::Title, "the title", "no title: write one"),
        printed(sides, Role::Council, "the council", "no council's name"),
        printed(
            sides,
            Role::Status,
            &format!("the status: {}", status.word().to_lowercase()),
            &format!("the status: {}, for nothing says otherwise", status.word().to_lowercase()),
        ),
    ];
    facts.extend(report.dates.iter().map(|date| {
        let day = date.date.map(|day| format!(": {}", day.in_words())).unwrap_or_default();
        let taken_for = format!("{}{day}", date.taken_for);
        let piece = at(&sides.sources, date.place).or_else(|| saying(sides, &date.text));
        let place = piece.map(|at| sides.sources[at].place).unwrap_or_default();
        fact(sides, Some(date.text.clone()), taken_for, piece, place)
    }));
    facts
}

/// The line of those words, for what was taken from a running head comes without its place.
fn saying(sides: &Sides, text: &str) -> Option<usize> {
    sides.sources.iter().position(|piece| matches!(&piece.content, Content::Line { words, .. } if words.text() == text))
}

/// What a piece of the result of that role says.
fn printed(sides: &Sides, role: Role, taken_for: &str, without: &str) -> Fact {
    let found = sides.printed.iter().position(|piece| piece.role == role);
    let text = found.map(|at| match &sides.printed[at].content {
        Content::Line { words, .. } => words.text().to_owned(),
        _ => String::new(),
    });
    let origin = found.and_then(|at| sides.origin(at));
    let place = origin.map(|at| sides.sources[at].place).unwrap_or_default();
    let taken_for = if origin.is_some() { taken_for } else { without };
    fact(sides, text.filter(|_| origin.is_some()), taken_for.to_owned(), origin, place)
}

fn fact(sides: &Sides, found: Option<String>, taken_for: String, piece: Option<usize>, place: Place) -> Fact {
    let row = piece.and_then(|piece| sides.row_of(piece));
    Fact { found, taken_for, place: in_words(place), anchor: row.map(super::rows::anchor) }
}
