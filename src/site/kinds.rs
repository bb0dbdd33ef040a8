//! The kinds of change, each with an example that the comparison itself classes so.

use serde::Serialize;

use crate::compare::{Change, Comparison, Kind, compare};
use crate::document::{Marked, Wording, columns};
use crate::model::{Edition, Settings};
use crate::read;
use crate::source::Source;

/// A document before and after it was amended, in which every kind of change occurs.
const BEFORE: &str = include_str!("example/before.toml");
const AFTER: &str = include_str!("example/after.toml");

/// The page of the kinds.
#[derive(Serialize)]
pub(super) struct KindPage {
    pub(super) root: String,
    pub(super) kinds: Vec<OfKind>,
}

/// A kind of change.
#[derive(Serialize)]
pub(super) struct OfKind {
    name: &'static str,
    /// What it is called in a schedule of changes.
    called: String,
    means: &'static str,
    example: Option<Example>,
}

/// A change of that kind.
#[derive(Serialize)]
struct Example {
    left: Option<Shown>,
    right: Option<Shown>,
    why: Vec<String>,
}

#[derive(Serialize)]
struct Shown {
    numbers: Vec<String>,
    words: Vec<Marked>,
}

/// All kinds, the weightiest first.
pub(super) fn kinds() -> Vec<OfKind> {
    let sides = edition("2023", BEFORE).zip(edition("2025", AFTER));
    let compared = sides.as_ref().map(|(left, right)| compare(left, right, &[]));
    let wording = sides.as_ref().zip(compared.as_ref()).map(|((left, right), it)| Wording::new(it, left, right));
    let of_kind = |kind: Kind| OfKind {
        name: kind.name(),
        called: wording.as_ref().map(|wording| wording.kind(kind)).unwrap_or_default(),
        means: means(kind),
        example: compared.as_ref().zip(wording.as_ref()).and_then(|(it, wording)| example(kind, it, wording)),
    };
    Kind::ALL.into_iter().rev().map(of_kind).collect()
}

/// The example as a version.
fn edition(version: &str, toml: &str) -> Option<Edition> {
    let source = Source::new(format!("{version}.toml"), toml);
    let protocol = read::protocol(&source).ok()?.value.numbered();
    Some(Edition { address: None, council: None, logo: None, settings: Settings::default(), protocol, source })
}

/// A change that is of this kind and of no other, if there is one; else the first that is mostly of this kind.
fn example(kind: Kind, comparison: &Comparison, wording: &Wording) -> Option<Example> {
    let of_kind = || comparison.changes.iter().filter(|change| change.kind == kind);
    let change = of_kind().find(|change| change.aspects.len() == 1).or_else(|| of_kind().next())?;
    Some(shown(change, comparison, wording))
}

fn shown(change: &Change, comparison: &Comparison, wording: &Wording) -> Example {
    let (left, right) = columns(change, comparison);
    let side = |column: crate::document::Column| Shown { numbers: column.numbers, words: column.words };
    Example { left: left.map(side), right: right.map(side), why: wording.why(change) }
}

fn means(kind: Kind) -> &'static str {
    match kind {
        Kind::Unchanged => "The same words under the same number in the same place.",
        Kind::Renumbered => "The same words under another number, because something before them came or went.",
        Kind::Moved => "The same words in another section or in another order, not merely pushed along.",
        Kind::Typographic => "Only capitals, punctuation, spaces or spelling are different.",
        Kind::Terminology => "Only the words for a role are different: Member and Councillor, Chairman and Chair.",
        Kind::Reworded => "Other words, and nothing was found that makes them bind more or less.",
        Kind::Detail => "Another number, sum of money, date, time limit, place or named document.",
        Kind::Party => "Another party owes the duty, decides, or is the one to tell.",
        Kind::Strengthened => "It binds more: must for should, an exception gone, a condition come.",
        Kind::Weakened => "It binds less: may for must, an exception come, a safeguard gone.",
        Kind::Split => "One provision became several.",
        Kind::Merged => "Several provisions became one.",
        Kind::Added => "It has no counterpart before.",
        Kind::Removed => "It has no counterpart after.",
    }
}

#[cfg(test)]
mod tests {
    use super::kinds;

    #[test]
    fn every_kind_has_an_example_that_is_classed_so() {
        let without: Vec<&str> = kinds().iter().filter(|kind| kind.example.is_none()).map(|kind| kind.name).collect();
        assert!(without.is_empty(), "no example of {without:?}");
    }
}
