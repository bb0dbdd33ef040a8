//! Takes out what is no part of the text: running heads and feet, page numbers, lists of contents.
//!
//! 1. What the format says is no part of the text, and lists of contents.
//! 2. [`pages`]: the numbers of pages.
//! 3. [`repeated`]: what the pages begin and end with.
//! 4. [`margins`]: what stands in the margins of the few pages of a short document.

pub(super) mod margins;
mod pages;
mod repeated;

pub use repeated::but_for_numbers;

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Piece};
use super::super::pattern::pattern;
use super::contents;
use repeated::key;

/// How many lines from the top or bottom of a page may be furniture.
const NEAR_THE_EDGE: usize = 5;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]+(?:[.,][0-9]+)*"));

/// What was taken out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LeftOut {
    pub(super) line: Line,
    pub(super) why: &'static str,
    /// Whether the same words were taken out before.
    pub(super) again: bool,
}

/// The pieces that remain, and what was taken out, in order.
pub(super) fn without(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<LeftOut>) {
    let reasons = reasons(&pieces);
    let mut kept = Vec::new();
    let mut out: Vec<LeftOut> = Vec::new();
    let mut keys = HashSet::new();
    for (piece, why) in pieces.into_iter().zip(reasons) {
        match (piece, why) {
            (Piece::Line(line), Some(why)) => {
                let again = !keys.insert(key(&line, 0));
                out.push(LeftOut { line, why, again });
            }
            (piece, _) => kept.push(piece),
        }
    }
    (kept, out)
}

/// Why a piece is no part of the text; none if it is one.
type Reason = Option<&'static str>;

/// For each piece, why it is no part of the text.
fn reasons(pieces: &[Piece]) -> Vec<Reason> {
    let printed = Printed::new(pieces);
    let mut reasons = known(pieces);
    for (at, reason) in reasons.iter_mut().enumerate().filter(|(_, reason)| reason.is_none()) {
        let by_a_browser = || printed.line(at).is_some_and(|line| pages::is_of_a_browser(&line.text()));
        *reason = (printed.paged && printed.edges[at] && by_a_browser()).then_some("printed by the browser");
    }
    for at in pages::numbers(&printed, &reasons) {
        reasons[at] = Some("a page number");
    }
    repeated::mark(&printed, &mut reasons);
    margins::mark(&printed, &mut reasons);
    reasons
}

/// What the format, or the numbers of pages at the ends of lines, say.
fn known(pieces: &[Piece]) -> Vec<Reason> {
    let contents = contents::lines(pieces);
    let known = |(piece, contents): (&Piece, bool)| match piece {
        Piece::Line(line) if line.furniture => {
            let window = line.whole && line.style.as_deref() == Some("title");
            let usual = if window { "the title of the browser's window" } else { "a running head or foot" };
            Some(line.left_out.unwrap_or(usual))
        }
        Piece::Line(_) if contents => Some("a list of contents"),
        _ => None,
    };
    pieces.iter().zip(contents).map(known).collect()
}

/// The pieces of a document as they stand on its pages.
struct Printed<'a> {
    pieces: &'a [Piece],
    /// Whether the ends of the pages are known.
    paged: bool,
    /// Which pieces are among the first or last of a page; of all there is, where the pages are not known.
    edges: Vec<bool>,
}

impl<'a> Printed<'a> {
    fn new(pieces: &'a [Piece]) -> Self {
        Self { pieces, paged: pieces.iter().any(is_on_a_page), edges: edges(pieces) }
    }

    /// Whether a piece may belong to the head or foot of a page.
    fn is_near_an_edge(&self, at: usize) -> bool {
        !self.paged || self.edges[at]
    }

    fn line(&self, at: usize) -> Option<&'a Line> {
        match self.pieces.get(at)? {
            Piece::Line(line) => Some(line),
            _ => None,
        }
    }

    /// Whether a piece is among the first lines of the document, which say what it is.
    fn is_in_head(&self, at: usize) -> bool {
        (0..at).filter(|before| self.line(*before).is_some()).count() <= NEAR_THE_EDGE
    }

    /// The line right above.
    fn line_above(&self, at: usize) -> Option<&'a Line> {
        self.line(at.checked_sub(1)?)
    }
}

/// Whether a piece shows where pages are: only formats that have pages say on which one something stands.
fn is_on_a_page(piece: &Piece) -> bool {
    match piece {
        Piece::Line(line) => line.place.page.is_some(),
        Piece::Table(table) => table.place.page.is_some(),
        Piece::PageEnd => true,
    }
}

fn edges(pieces: &[Piece]) -> Vec<bool> {
    let mut edges = vec![false; pieces.len()];
    let mut start = 0;
    for end in 0..=pieces.len() {
        if end < pieces.len() && pieces[end] != Piece::PageEnd {
            continue;
        }
        // Of a page of few lines, the middle is not near its edge.
        let near = ((end - start) / 3).clamp(2, NEAR_THE_EDGE);
        for (at, edge) in edges.iter_mut().enumerate().take(end).skip(start) {
            *edge = at < start + near || at + near >= end;
        }
        start = end + 1;
    }
    edges
}

/// Whether words look as if they were no part of a sentence.
fn stands_alone(text: &str) -> bool {
    let ends = text.ends_with([';', ',', ':'])
        || text.ends_with('.')
            && (text.split_whitespace().count() > 8
                || text.contains(char::is_lowercase) && !text.contains(char::is_numeric));
    !ends && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(')
}
