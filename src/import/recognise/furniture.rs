//! Takes out what is no part of the text: running heads and feet, page numbers, lists of contents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Piece};
use super::contents;
use super::dates::dates;
use super::label::{Kind, Label};
use super::paragraphs::ends_a_sentence;

/// How many lines from the top or bottom of a page may be furniture.
const NEAR_THE_EDGE: usize = 5;

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
            reasons[*at] = line.left_out.or(Some("a running head or foot"));
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
            && !goes_on(*at, pieces)
            && (PAGE_NUMBER.is_match(&text) && paged || PAGE_COUNT.is_match(&text) && text.len() < 90)
        {
            reasons[*at] = Some("a page number");
            continue;
        }
        if can_be_furniture(line, &text) && if paged { edges[*at] } else { stands_alone(&text) } {
            times.entry(key(line)).or_default().push(*at);
        }
    }
    let pages = pieces.iter().filter(|piece| **piece == Piece::PageEnd).count() + 1;
    for places in times.values() {
        // Without pages, twice the same line alone says little: it must come with another one that is repeated beside it.
        let beside = |at: usize| [at.wrapping_sub(1), at + 1].into_iter().any(|other| repeated(other, pieces, &times));
        // Twice may be chance, for what can be a part of a sentence, and for what stands elsewhere on the other page.
        let part = |at: &usize| match &pieces[*at] {
            Piece::Line(line) => !stands_alone(&line.text()) || goes_on(*at, pieces),
            _ => false,
        };
        let printed = paged && places.iter().all(|at| matches!(&pieces[*at], Piece::Line(line) if line.fit.is_some()));
        let elsewhere = || printed && !places.windows(2).all(|two| level(two, pieces));
        let chance = places.len() < 3 && (places.iter().any(part) || elsewhere());
        // Where each line is a printed one, what is said again on the same page is no running head.
        let apart = |two: &&[usize]| pieces[two[0]..two[1]].contains(&Piece::PageEnd);
        let on = if printed { places.windows(2).filter(apart).count() + 1 } else { places.len() };
        let often = if paged { on * 2 >= pages.min(6) } else { true };
        let enough = on >= 2 && often && !chance;
        if enough && (paged || places.len() >= 4 || places.iter().all(|at| beside(*at))) {
            places.iter().for_each(|at| reasons[*at] = Some("repeated on every page"));
        } else if !paged && places.len() >= 3 && places[0] <= lines.get(NEAR_THE_EDGE).map_or(usize::MAX, |(at, _)| *at)
        {
            // What the document begins with, its council or title, and repeats.
            places[1..].iter().for_each(|at| reasons[*at] = Some("repeated on every page"));
        }
    }
    reasons
}

/// Whether two pieces are as far from the top of their pages, or from the foot.
fn level(two: &[usize], pieces: &[Piece]) -> bool {
    let line = |piece: &&Piece| **piece != Piece::PageEnd;
    let above = |at: usize| pieces[..at].iter().rev().take_while(line).count();
    let below = |at: usize| pieces[at..].iter().take_while(line).count();
    above(two[0]) == above(two[1]) || below(two[0]) == below(two[1])
}

/// Whether a line follows right below one that ends at the right margin and ends no sentence.
fn goes_on(at: usize, pieces: &[Piece]) -> bool {
    let before = at.checked_sub(1).map(|before| &pieces[before]);
    let (Some(Piece::Line(before)), Piece::Line(line)) = (before, &pieces[at]) else { return false };
    let full = before.fit.zip(line.fit).and_then(|(before, fit)| before.left_with(&fit)).is_some_and(|left| left < 0.0);
    full && !line.apart && !before.furniture && !ends_a_sentence(&before.text())
}

/// Whether words look as if they were no part of a sentence.
fn stands_alone(text: &str) -> bool {
    let ends = text.ends_with([';', ',', ':']) || text.ends_with('.') && text.split_whitespace().count() > 8;
    !ends && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(')
}

fn repeated(at: usize, pieces: &[Piece], times: &HashMap<String, Vec<usize>>) -> bool {
    match pieces.get(at) {
        Some(Piece::Line(line)) => times.get(&key(line)).is_some_and(|places| places.len() >= 2),
        _ => false,
    }
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
