//! What became of each provision that has a counterpart: one file for what is looked at, each with its evidence.

mod detail;
mod force;
mod order;
mod party;
mod quantities;
mod scale;

use super::align::Link;
use super::comparison::{Evidence, Kind, Relation, Strength};
use super::language::{Terms, fold};
use super::reading::Reading;
use super::side::Unit;

use scale::Passage;

/// What was found of a pair.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classified {
    /// The weightiest first; never empty.
    pub(crate) aspects: Vec<Kind>,
    pub(crate) strength: Strength,
    pub(crate) evidence: Vec<Evidence>,
}

/// Classifies every link.
pub(crate) fn classify(reading: &Reading, links: &[Link]) -> Vec<Classified> {
    use rayon::prelude::*;
    let moved = order::moved(&reading.left, &reading.right, links);
    links.par_iter().zip(moved).map(|(link, moved)| one(reading, link, moved)).collect()
}

fn one(reading: &Reading, link: &Link, moved: bool) -> Classified {
    let (left, right) = (&reading.left.units[link.left], &reading.right.units[link.right]);
    let mut classified = words(reading, left, right);
    if moved {
        classified.aspects.push(Kind::Moved);
    }
    if order::renumbered(left, right) {
        classified.aspects.push(Kind::Renumbered);
    }
    if classified.aspects.is_empty() {
        classified.aspects.push(Kind::Unchanged);
    }
    classified.aspects.sort_unstable_by(|a, b| b.cmp(a));
    classified
}

/// The share of words in common from which two texts are compared word by word.
const CLOSE: f32 = 0.5;

fn words(reading: &Reading, left: &Unit, right: &Unit) -> Classified {
    let (l, r) = (&left.provision, &right.provision);
    // Between versions a change of the lead-in is reported where it stands, not again at every item under it.
    let lead_ins = (l.lead_in.as_deref(), if reading.versions { l.lead_in.as_deref() } else { r.lead_in.as_deref() });
    if l.text == r.text && (reading.versions || left.lead_in == right.lead_in) {
        return Classified { aspects: Vec::new(), strength: Strength::Equal, evidence: Vec::new() };
    }
    let alike = super::align::alike(&left.named, &right.named);
    let texts = Texts { left, right, lead_ins, close: alike >= CLOSE };
    texts.classified()
}

/// Two texts whose words differ.
struct Texts<'a> {
    left: &'a Unit,
    right: &'a Unit,
    lead_ins: (Option<&'a str>, Option<&'a str>),
    /// Whether they are much alike.
    close: bool,
}

impl Texts<'_> {
    fn classified(&self) -> Classified {
        let (left, right) = (self.left, self.right);
        let (l, r) = (&left.provision.text, &right.provision.text);
        let (passage, other) = if self.close {
            (Passage::new(self.lead_ins.0, l), Passage::new(self.lead_ins.1, r))
        } else {
            let (mine, theirs) = meeting(left, right);
            (Passage::new(self.lead_ins.0, mine), Passage::new(self.lead_ins.1, theirs))
        };
        let same_words = left.named == right.named;
        let verdict = if self.close {
            force::compare_closely(&passage, &other)
        } else {
            force::compare_loosely(&passage, &other)
        };
        let verdict = if same_words && left.lead_in == right.lead_in { force::Verdict::default() } else { verdict };
        let strength = verdict.strength();
        let mut aspects = Vec::new();
        let mut evidence = verdict.stronger;
        if !evidence.is_empty() {
            aspects.push(Kind::Strengthened);
        }
        if !verdict.weaker.is_empty() {
            aspects.push(Kind::Weakened);
        }
        evidence.extend(verdict.weaker);
        if !same_words {
            let found = if self.close {
                [party::closely(&left.named, &right.named), detail::closely(l, r)]
            } else {
                [party::loosely(left, right), detail::loosely(l, r)]
            };
            for found in found.into_iter().flatten() {
                aspects.push(found.shows);
                evidence.push(found);
            }
        }
        if aspects.is_empty() {
            aspects.extend(wording(left, right));
        }
        Classified { aspects, strength, evidence }
    }
}

/// What differs in words that bind alike and name the same.
fn wording(left: &Unit, right: &Unit) -> Option<Kind> {
    if left.provision.text == right.provision.text {
        None
    } else if left.folded == right.folded {
        Some(Kind::Typographic)
    } else if left.named == right.named {
        Some(Kind::Terminology)
    } else {
        Some(Kind::Reworded)
    }
}

/// The sentences in which two texts have most in common.
fn meeting<'a>(left: &'a Unit, right: &'a Unit) -> (&'a str, &'a str) {
    let of = |unit: &'a Unit, other: &Unit| -> &'a str {
        let shared =
            |stems: &Vec<super::language::Symbol>| stems.iter().filter(|stem| other.stems.contains(stem)).count();
        let best = unit.sentences.iter().enumerate().max_by_key(|(at, stems)| (shared(stems), std::cmp::Reverse(*at)));
        best.map_or(&unit.provision.text, |(at, _)| &unit.provision.text[unit.sentence_ranges[at].clone()])
    };
    (of(left, right), of(right, left))
}
