//! The provisions of a side as bags of weighted symbols.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::language::{Bag, Symbol, Vocabulary};
use super::super::side::{Side, Unit};

/// What is compared of each provision of a side.
pub(crate) struct Space {
    pub(super) points: Vec<Point>,
}

/// One provision.
pub(super) struct Point {
    /// Its own words.
    pub(super) words: Bag,
    /// Its words and, less, those of its lead-in.
    pub(super) context: Bag,
    /// The same with the sets of the thesaurus.
    pub(super) concepts: Bag,
    /// Its own words and sets.
    pub(super) own_concepts: Bag,
    /// Runs of four letters.
    pub(super) grams: Bag,
    /// Pairs of neighbouring stems.
    pub(super) pairs: Bag,
    pub(super) lead_in: Bag,
    pub(super) heading: Bag,
    /// Each sentence, if there are several.
    pub(super) sentences: Vec<Bag>,
    /// Numbers and names: what is written with a digit.
    pub(super) figures: Vec<String>,
    /// Whether it says that something is not to be done or not so.
    pub(super) denies: bool,
}

/// The weight of a lead-in's words beside an item's own.
const LEAD_IN: f32 = 0.4;
/// The weight of a set of the thesaurus beside the word itself.
const SET: f32 = 0.6;

impl Point {
    /// Its sentences; itself, where it is one.
    pub(super) fn parts(&self) -> &[Bag] {
        if self.sentences.is_empty() { std::slice::from_ref(&self.own_concepts) } else { &self.sentences }
    }
}

impl Space {
    pub(crate) fn new(side: &Side, vocabulary: &Vocabulary) -> Self {
        Self { points: side.units.iter().map(|unit| point(unit, vocabulary)).collect() }
    }

    /// The words of a provision.
    pub(crate) fn words(&self, at: usize) -> &Bag {
        &self.points[at].words
    }

    /// The words and sets of a provision, those of its lead-in with them.
    pub(crate) fn concepts(&self, at: usize) -> &Bag {
        &self.points[at].concepts
    }

    /// The words of the whole document.
    pub(crate) fn whole(&self) -> Bag {
        Bag::new(self.points.iter().flat_map(|point| point.words.entries.iter().copied()).collect())
    }
}

fn point(unit: &Unit, vocabulary: &Vocabulary) -> Point {
    let own = vocabulary.concepts(&unit.stems);
    let lead_in = vocabulary.concepts(&unit.lead_in_stems);
    let bag = |parts: &[(&[Symbol], f32)]| weighted(parts, vocabulary);
    Point {
        words: bag(&[(&unit.stems, 1.0)]),
        context: bag(&[(&unit.stems, 1.0), (&unit.lead_in_stems, LEAD_IN)]),
        concepts: bag(&[(&own, 1.0), (&lead_in, LEAD_IN)]),
        own_concepts: bag(&[(&own, 1.0)]),
        grams: grams(&unit.named),
        pairs: pairs(&unit.stems, vocabulary),
        lead_in: bag(&[(&lead_in, 1.0)]),
        heading: bag(&[(&vocabulary.concepts(&unit.heading_stems), 1.0)]),
        sentences: if unit.sentences.len() < 2 {
            Vec::new()
        } else {
            unit.sentences.iter().map(|stems| bag(&[(&vocabulary.concepts(stems), 1.0)])).collect()
        },
        figures: unit.folded.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).cloned().collect(),
        denies: denies(unit),
    }
}

fn denies(unit: &Unit) -> bool {
    let mut words = unit.lead_in.iter().chain(&unit.folded);
    words.any(|word| matches!(word.as_str(), "not" | "never" | "no" | "cannot" | "nor" | "without"))
}

/// Each symbol weighs as it is rare, and more, but not twice as much, where it is there twice.
fn weighted(parts: &[(&[Symbol], f32)], vocabulary: &Vocabulary) -> Bag {
    let mut counts: FxHashMap<Symbol, f32> = FxHashMap::default();
    for (symbols, weight) in parts {
        let mut within: FxHashMap<Symbol, f32> = FxHashMap::default();
        for symbol in *symbols {
            *within.entry(*symbol).or_default() += 1.0;
        }
        for (symbol, count) in within {
            *counts.entry(symbol).or_default() += weight * (1.0 + count.ln());
        }
    }
    let entries = counts.into_iter().map(|(symbol, count)| {
        let set = if vocabulary.is_set(symbol) { SET } else { 1.0 };
        (symbol, count * set * vocabulary.rarity(symbol))
    });
    Bag::new(entries.collect())
}

fn grams(words: &[String]) -> Bag {
    let letters: Vec<char> = words.join(" ").chars().collect();
    let entries = letters.windows(4).filter(|gram| !gram[1..3].contains(&' ')).map(|gram| (hashed(&gram), 1.0));
    let mut bag: Vec<(Symbol, f32)> = entries.collect();
    bag.sort_unstable_by_key(|(symbol, _)| *symbol);
    let counted = Bag::new(bag);
    Bag::new(counted.entries.iter().map(|(symbol, count)| (*symbol, 1.0 + count.ln())).collect())
}

fn pairs(stems: &[Symbol], vocabulary: &Vocabulary) -> Bag {
    let weight = |pair: &[Symbol]| vocabulary.rarity(pair[0]) + vocabulary.rarity(pair[1]);
    Bag::new(stems.windows(2).map(|pair| (hashed(&pair), weight(pair))).collect())
}

/// A symbol for a run of letters or stems, the same in every run of the program.
fn hashed(run: &impl std::hash::Hash) -> Symbol {
    (FxBuildHasher.hash_one(run) >> 32) as Symbol
}
