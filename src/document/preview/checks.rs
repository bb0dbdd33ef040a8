//! What somebody should look at, numbered, and what can be said of the whole.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::import::Report;

use super::super::{Mark, count};
use super::in_words;
use super::left_out::inside_a_page;
use super::original::at;
use super::rows::{Original, Row, Sides, Tag};
use super::words::Run;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its number in the list, from 1.
    pub number: usize,
    /// What kind of thing it is, in a word or two.
    pub kind: &'static str,
    /// What there is to look at.
    pub what: String,
    /// Where in the file.
    pub place: String,
    /// Whether it is marked at its place; otherwise it is about the whole file.
    pub placed: bool,
}

/// A sentence about the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it is as it should be.
    pub good: bool,
    /// The sentence.
    pub text: String,
}

/// Everything to look at, in the order of the rows; each is put at its place as well.
pub(super) fn checks(rows: &mut [Row], sides: &Sides, report: &Report) -> Vec<Check> {
    let mut all = Vec::new();
    let mut placed: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for doubt in &report.doubts {
        match doubt.place.and_then(|place| at(&sides.sources, place)) {
            Some(piece) => placed.entry(piece).or_default().push(&doubt.what),
            None => all.push(check(&all, "Doubt", doubt.what.clone(), String::new(), false)),
        }
    }
    let inside = inside_a_page(&sides.sources);
    for row in rows {
        for original in &mut row.original {
            for piece in original.sources.clone() {
                let place = in_words(sides.sources[piece].place);
                let doubts = placed.get(&piece).into_iter().flatten().map(|what| ("Doubt", (*what).to_owned()));
                let out = inside.contains(&piece).then(|| {
                    ("Left out", format!("{} was left out between lines of the text", quoted(original.runs())))
                });
                for (kind, what) in doubts.chain(out) {
                    let doubt = check(&all, kind, what, place.clone(), true);
                    original.doubts.push(doubt.clone());
                    all.push(doubt);
                }
            }
        }
        if let Some(found) = of_row(row, &all) {
            row.checks.push(found.clone());
            all.push(found);
        }
    }
    all
}

fn check(before: &[Check], kind: &'static str, what: String, place: String, placed: bool) -> Check {
    Check { number: before.len() + 1, kind, what, place, placed }
}

/// What is to be looked at because the two sides differ.
fn of_row(row: &Row, before: &[Check]) -> Option<Check> {
    let tag = row.tag?;
    let left = || row.original.iter().flat_map(Original::runs);
    let right = || row.result.iter().flat_map(|piece| piece.content.texts()).flatten();
    let only =
        [("only in the original", only(left(), Mark::Deleted)), ("only in the result", only(right(), Mark::Inserted))];
    let told = only.into_iter().filter(|(_, words)| !words.is_empty());
    let differences: Vec<String> = told.map(|(side, words)| format!("{} {side}", words.join(", "))).collect();
    let what = match tag {
        Tag::NotInResult => quoted(left()),
        Tag::NotInOriginal => quoted(right()),
        // Of the two rows the one of the original is listed; the other only for what differs.
        Tag::Elsewhere if row.original.is_empty() && differences.is_empty() => return None,
        Tag::Elsewhere if row.original.is_empty() => differences.join("; "),
        Tag::Elsewhere => {
            let moved = format!("{} is printed in another place", quoted(left()));
            std::iter::once(moved).chain(differences).collect::<Vec<_>>().join("; ")
        }
        Tag::WordsDiffer | Tag::SignsDiffer => differences.join("; "),
        Tag::LeftOut | Tag::PageEnd => return None,
    };
    Some(check(before, tag.word(), what, row.place.clone(), true))
}

impl Tag {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotInResult => "Not in the result",
            Self::NotInOriginal => "Not in the original",
            Self::WordsDiffer => "Words differ",
            Self::SignsDiffer => "Signs differ",
            Self::Elsewhere => "Another place",
            Self::LeftOut => "Left out",
            Self::PageEnd => "Page end",
        }
    }
}

/// As many words as tell what is meant.
const FIRST_WORDS: usize = 12;

/// As many places of one row as are listed.
const MOST_PLACES: usize = 4;

fn quoted<'a>(runs: impl Iterator<Item = &'a Run>) -> String {
    let text: Vec<&str> = runs.map(|run| run.text.as_str()).collect();
    shortened(&text.join(" "))
}

fn only<'a>(runs: impl Iterator<Item = &'a Run>, mark: Mark) -> Vec<String> {
    let mut all: Vec<String> = runs.filter(|run| run.mark == mark).map(|run| shortened(&run.text)).collect();
    let more = all.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        all.truncate(MOST_PLACES);
        all.push(format!("and {more} more"));
    }
    all
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > FIRST_WORDS { " …" } else { "" };
    format!("“{}{more}”", words[..words.len().min(FIRST_WORDS)].join(" "))
}

/// Whether each side has all words of the other.
pub(super) fn verdicts(sides: &Sides) -> Vec<Verdict> {
    let [left, right] = sides.words();
    let left_out = sides.sources.iter().any(|piece| piece.left_out.is_some());
    let but = if left_out { ", but for what was left out" } else { "" };
    vec![verdict(left, "original", "result", but), verdict(right, "result", "original", "")]
}

fn verdict((words, only): (usize, usize), of: &str, on: &str, but: &str) -> Verdict {
    let text = match only {
        0 => format!("All {} of the {of} stand in the {on}{but}.", count(words, "word")),
        1 => format!("1 word of the {of} does not stand in the {on}."),
        _ => format!("{only} words of the {of} do not stand in the {on}."),
    };
    Verdict { good: only == 0, text }
}
