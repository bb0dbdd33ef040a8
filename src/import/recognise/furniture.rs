//! Takes out what is no part of the text: running heads and feet, page numbers, lists of contents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Piece};
use super::contents;
use super::dates::dates;
use super::label::{Kind, Label};

/// How many lines from the top or bottom of a page may be furniture.
const NEAR_THE_EDGE: usize = 5;

/// In printed lines, empty ones not counted: what a page has at least, unless it is the last, and what two have at most.
const LEAST_OF_A_PAGE: usize = 15;
const TWO_PAGES: usize = 120;
const BYTES_OF_A_ROW: usize = 80;

/// Why the heads and feet of pages are left out where only their repetition tells them.
const REPEATED: &str = "repeated on every page";

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i)(?:[-–—|\s]*)(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:[-–—|\s]*)$").unwrap()
});

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static PAGE_COUNT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\bpage\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}\b").unwrap());

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
                let again = !keys.insert(key(&line));
                out.push(LeftOut { line, why, again });
            }
            (piece, _) => kept.push(piece),
        }
    }
    (kept, out)
}

/// The words of a line, with its numbers made alike: they count pages. Those of a date do not.
fn key(line: &Line) -> String {
    let text = line.text();
    let dates = dates(&text);
    let dated = |at: usize| dates.iter().any(|date| date.at.contains(&at));
    let alike = |(at, c): (usize, char)| if c.is_ascii_digit() && !dated(at) { '#' } else { c };
    let alike: String = text.char_indices().map(alike).collect();
    // Files differ in the spaces of their running heads.
    alike.split_whitespace().collect::<Vec<_>>().concat().replace("##", "#").replace("##", "#")
}

/// For each piece, why it is no part of the text.
fn reasons(pieces: &[Piece]) -> Vec<Option<&'static str>> {
    let mut reasons: Vec<Option<&'static str>> = vec![None; pieces.len()];
    let lines: Vec<(usize, &Line)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Line(line) => Some((at, line)),
            _ => None,
        })
        .collect();
    let contents = contents::lines(pieces);
    let paged = pieces.contains(&Piece::PageEnd);
    let edges = edges(pieces);
    let mut times: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, line) in &lines {
        if line.furniture {
            reasons[*at] = Some("a running head or foot");
            continue;
        }
        if contents[*at] {
            reasons[*at] = Some("a list of contents");
            continue;
        }
        let text = line.text();
        let near = !paged || edges[*at];
        if line.marker.is_none()
            && near
            && (PAGE_NUMBER.is_match(&text) && paged || PAGE_COUNT.is_match(&text) && text.len() < 90)
        {
            reasons[*at] = Some("a page number");
            continue;
        }
        if can_be_furniture(line, &text) && if paged { edges[*at] } else { stands_alone(&text) } {
            times.entry(key(line)).or_default().push(*at);
        }
    }
    if paged {
        let pages = pieces.iter().filter(|piece| **piece == Piece::PageEnd).count() + 1;
        for places in times.values() {
            // Twice may be chance, for what can be a part of a sentence.
            let part = |at: &usize| matches!(&pieces[*at], Piece::Line(line) if !stands_alone(&line.text()));
            let chance = places.len() < 3 && places.iter().any(part);
            if places.len() >= 2 && places.len() * 2 >= pages.min(6) && !chance {
                places.iter().for_each(|at| reasons[*at] = Some(REPEATED));
            }
        }
    } else {
        let start = lines.get(NEAR_THE_EDGE).map_or(usize::MAX, |(at, _)| *at);
        repeated_without_pages(pieces, &times, start).into_iter().for_each(|at| reasons[at] = Some(REPEATED));
    }
    reasons
}

/// The lines that repeat themselves as the heads and feet of pages do, where nothing shows the pages. `times` has where each
/// stands, and the document's own head ends at `start`.
///
/// Forms and tables repeat their words too: what is furniture comes again a page or two later, and is a few lines.
fn repeated_without_pages(pieces: &[Piece], times: &HashMap<String, Vec<usize>>, start: usize) -> Vec<usize> {
    let apart = |places: &[usize]| {
        let rows: Vec<usize> = places.windows(2).map(|two| rows(&pieces[two[0]..two[1]])).collect();
        rows.iter().all(|rows| *rows >= LEAST_OF_A_PAGE) && rows.iter().any(|rows| *rows <= TWO_PAGES)
    };
    let spaced: HashSet<usize> =
        times.values().filter(|places| places.len() >= 2 && apart(places)).flatten().copied().collect();
    let few = |at: usize| {
        let before = (0..at).rev().take_while(|other| spaced.contains(other)).count();
        let after = (at + 1..pieces.len()).take_while(|other| spaced.contains(other)).count();
        (before + after < NEAR_THE_EDGE).then_some(before + after + 1)
    };
    let mut furniture = Vec::new();
    for places in times.values().filter(|places| spaced.contains(&places[0])) {
        let Some(together) = places.iter().map(|at| few(*at)).collect::<Option<Vec<_>>>() else { continue };
        // The same line alone says little, unless it comes often: it must come with another one that is repeated beside it.
        if places.len() >= 4 || together.iter().all(|lines| *lines >= 2) {
            furniture.extend(places);
        } else if places.len() == 3 && places[0] <= start {
            // What the document begins with, its council or title, and repeats.
            furniture.extend(&places[1..]);
        }
    }
    furniture
}

/// How many printed lines those pieces come to, about.
fn rows(pieces: &[Piece]) -> usize {
    let rows = pieces.iter().map(|piece| match piece {
        // Files may have a paragraph on one line.
        Piece::Line(line) => 1 + line.text().len() / BYTES_OF_A_ROW,
        Piece::Table(table) => table.rows.len(),
        Piece::PageEnd => 0,
    });
    rows.sum()
}

/// Whether words look as if they were no part of a sentence.
fn stands_alone(text: &str) -> bool {
    let ends = text.ends_with([';', ',', ':'])
        || text.ends_with('.')
            && (text.split_whitespace().count() > 8
                || text.contains(char::is_lowercase) && !text.contains(char::is_numeric));
    !ends && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(')
}

/// Clauses and items are not, however often they are repeated.
fn can_be_furniture(line: &Line, text: &str) -> bool {
    line.marker.is_none()
        && line.heading.is_none()
        && !text.is_empty()
        && text.len() < 160
        && Label::split(text).is_none_or(|(label, _)| label.kind == Kind::Named)
}

/// Whether a piece is among the first or last lines of a page.
fn edges(pieces: &[Piece]) -> Vec<bool> {
    let mut edges = vec![false; pieces.len()];
    let mut start = 0;
    for end in 0..=pieces.len() {
        if end < pieces.len() && pieces[end] != Piece::PageEnd {
            continue;
        }
        for (at, edge) in edges.iter_mut().enumerate().take(end).skip(start) {
            *edge = at < start + NEAR_THE_EDGE || at + NEAR_THE_EDGE >= end;
        }
        start = end + 1;
    }
    edges
}
