//! Takes out what is no part of the text: running heads and feet, page numbers, lists of contents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Marker, Piece};
use super::super::text::bullet;
use super::bare;
use super::contents;
use super::dates::dates;
use super::joiner::ends_a_sentence;
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

/// `Section 4 – Conduct   Page 3`, `Page 3 | Standing Orders`
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static PAGED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Page|PAGE) (?<first>\d{1,4})\b|\b(?:Page|PAGE) ?(?<last>\d{1,4})$").unwrap());

/// A running head or foot with the number of its page is no longer than this.
const LONGEST_FOOT: usize = 120;

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

/// The words of a line, with its numbers made alike: they count pages. Those of a date do not, nor those of a label of so many
/// bytes: `Stage 1` and `Stage 2` are two headings.
fn key(line: &Line, label: usize) -> String {
    let text = line.text();
    let dates = dates(&text);
    let counts = |at: usize| at >= label && !dates.iter().any(|date| date.at.contains(&at));
    let alike = |(at, c): (usize, char)| if c.is_ascii_digit() && counts(at) { '#' } else { c };
    let alike: String = text.char_indices().map(alike).collect();
    // Files differ in the spaces of their running heads.
    alike.split_whitespace().collect::<Vec<_>>().concat().replace("##", "#").replace("##", "#")
}

/// How many bytes of a line are a label that names its kind, `Section 4`, or one that counts on from another, `Q4.`.
fn label_of(text: &str, bare: Option<usize>) -> usize {
    let named = || Label::split(text).filter(|(label, _)| label.kind == Kind::Named).map(|(label, _)| label.text.len());
    bare.or_else(named).unwrap_or(0)
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
    let numbers = page_numbers(pieces, &edges);
    let bare = bare::labels(pieces);
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
        let counted =
            line.marker.is_none() && near && !goes_on(*at, pieces) && PAGE_COUNT.is_match(&text) && text.len() < 90;
        if counted || numbers.contains(at) {
            reasons[*at] = Some("a page number");
            continue;
        }
        let label = label_of(&text, bare[*at]);
        let may_be = label < text.len() && can_be_furniture(line, &text);
        if may_be && if paged { edges[*at] } else { stands_alone(&text) } {
            times.entry(key(line, label)).or_default().push(*at);
        }
    }
    if paged {
        repeated_on_pages(pieces, &times).into_iter().for_each(|at| reasons[at] = Some(REPEATED));
    } else {
        times.values().for_each(|places| reasons_beside_numbers(pieces, places, &mut reasons));
        let start = lines.get(NEAR_THE_EDGE).map_or(usize::MAX, |(at, _)| *at);
        repeated_without_pages(pieces, &times, start).into_iter().for_each(|at| reasons[at] = Some(REPEATED));
    }
    reasons
}

/// The lines that repeat themselves near the edges of pages. `times` has where each stands.
fn repeated_on_pages(pieces: &[Piece], times: &HashMap<String, Vec<usize>>) -> Vec<usize> {
    let pages = pieces.iter().filter(|piece| **piece == Piece::PageEnd).count() + 1;
    let repeated = |places: &&Vec<usize>| {
        // Twice may be chance, for what can be a part of a sentence, and for what stands elsewhere on the other page.
        let part = |at: &usize| match &pieces[*at] {
            Piece::Line(line) => !stands_alone(&line.text()) || goes_on(*at, pieces),
            _ => false,
        };
        let printed = places.iter().all(|at| matches!(&pieces[*at], Piece::Line(line) if line.fit.is_some()));
        let elsewhere = || printed && !places.windows(2).all(|two| level(two, pieces));
        let chance = places.len() < 3 && (places.iter().any(part) || elsewhere());
        // Where each line is a printed one, what is said again on the same page is no running head.
        let apart = |two: &&[usize]| pieces[two[0]..two[1]].contains(&Piece::PageEnd);
        let on = if printed { places.windows(2).filter(apart).count() + 1 } else { places.len() };
        on >= 2 && on * 2 >= pages.min(6) && !chance
    };
    times.values().filter(repeated).flatten().copied().collect()
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

/// Marks the lines of the same words that have a number alone above or below them, one that counts up, and those numbers.
fn reasons_beside_numbers(pieces: &[Piece], places: &[usize], reasons: &mut [Option<&'static str>]) {
    for beside in [|at: usize| at.wrapping_sub(1), |at: usize| at + 1] {
        let number = |at: &usize| Some((*at, beside(*at), number_alone(pieces.get(beside(*at))?)?));
        let found: Vec<(usize, usize, u32)> = places.iter().filter_map(number).collect();
        if found.len() >= 2 && found.windows(2).all(|pair| pair[0].2 < pair[1].2) {
            for (line, number, _) in found {
                reasons[line] = Some(REPEATED);
                reasons[number] = Some("a page number");
            }
        }
    }
}

/// Whether the last numbers of lines, of which there are three or more, go up by one: `4C-1`, `4C-2`, `4C-3`.
fn count_up(pieces: &[Piece], places: &[usize]) -> bool {
    let last = |at: &usize| match &pieces[*at] {
        Piece::Line(line) => {
            line.text().rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()
        }
        _ => None,
    };
    let numbers: Option<Vec<u32>> = places.iter().map(last).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    })
}

/// The number that a line is, and nothing else.
fn number_alone(piece: &Piece) -> Option<u32> {
    match piece {
        Piece::Line(line) if !matches!(line.marker, Some(Marker::Label(_))) && !line.furniture => {
            // The first dash of `- 2 -` is read as a bullet.
            let text = if line.marker.is_some() { format!("- {}", line.text()) } else { line.text() };
            let dash = |c: char| "-–—".contains(c);
            // `1 –` is the number of a heading whose words come below it.
            let half = text.ends_with(dash) && !text.starts_with(dash);
            let bare = text.trim_matches(|c: char| dash(c) || c == '|' || c == ' ');
            // What has four figures is a year.
            let bulleted = line.marker.is_some() && !line.text().ends_with(dash);
            let counts = !bulleted && PAGE_NUMBER.is_match(&text) && !half && bare.len() < 4;
            counts.then(|| bare.parse().ok()).flatten()
        }
        _ => None,
    }
}

/// The pieces that say which page they stand on.
fn page_numbers(pieces: &[Piece], edges: &[bool]) -> HashSet<usize> {
    let paged = pieces.contains(&Piece::PageEnd);
    let mut found: HashSet<usize> = HashSet::new();
    let mut alone: Vec<(usize, usize, u32)> = Vec::new();
    let mut feet: Vec<(usize, u32)> = Vec::new();
    let mut page = 1;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else {
            page += usize::from(*piece == Piece::PageEnd);
            continue;
        };
        let text = line.text();
        if line.furniture || paged && !edges[at] {
            continue;
        }
        match (number_alone(piece), PAGED.captures(&text)) {
            (Some(number), _) => alone.extend(paged.then_some((at, page, number))),
            (None, _) if line.marker.is_some() => {}
            (None, _)
                if paged && PAGE_NUMBER.is_match(&text) && text.contains(|c: char| c.is_alphabetic() || c == '/') =>
            {
                found.insert(at);
            }
            (None, Some(foot)) if text.len() <= LONGEST_FOOT && stands_alone(&text) => {
                let number = foot.name("first").or(foot.name("last")).and_then(|number| number.as_str().parse().ok());
                feet.extend(number.map(|number| (at, number)));
            }
            _ => {}
        }
    }
    // Without pages, three that count up say that they count them.
    let least = if paged { 2 } else { 3 };
    if feet.len() >= least && feet.windows(2).all(|pair| pair[0].1 < pair[1].1) {
        found.extend(feet.iter().map(|(at, _)| at));
    }
    found.extend(of_pages(pieces, &alone));
    found
}

/// Of the numbers that stand alone near a page's edge (where, on which page, which number) those that count the pages. Others are the
/// numbers of clauses, whose words come below them.
fn of_pages(pieces: &[Piece], alone: &[(usize, usize, u32)]) -> Vec<usize> {
    let offset = |(_, page, number): &(usize, usize, u32)| i64::from(*number) - *page as i64;
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    alone.iter().for_each(|one| *offsets.entry(offset(one)).or_default() += 1);
    let usual =
        offsets.into_iter().max_by_key(|(offset, times)| (*times, -offset.abs(), *offset)).map(|(offset, _)| offset);
    let outermost = |at: usize| {
        at + 1 >= pieces.len() || pieces[at + 1] == Piece::PageEnd || at == 0 || pieces[at - 1] == Piece::PageEnd
    };
    alone
        .chunk_by(|one, other| one.1 == other.1)
        .filter_map(|page| {
            let fits = |one: &&(usize, usize, u32)| Some(offset(one)) == usual;
            let ends = |one: &&(usize, usize, u32)| outermost(one.0);
            let best = page.iter().rev().filter(fits).find(|(at, ..)| outermost(*at));
            best.or_else(|| page.iter().rfind(fits)).or_else(|| page.iter().rfind(ends)).map(|(at, ..)| *at)
        })
        .collect()
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
        let with_others = || {
            let others = |lines: &usize| *lines >= 2;
            together.iter().all(others) || together.iter().any(others) && count_up(pieces, places)
        };
        if places.len() >= 4 || with_others() {
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
        && text.chars().nth(1).is_some()
        && text.len() < 160
        && bullet(&format!("{text} ")).is_none_or(|rest| !rest.trim().is_empty())
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
