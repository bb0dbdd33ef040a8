//! For the programs that make the data files: what they may see of documents and pairs.

use crate::model::Edition;

use super::align::align;
use super::language::Vocabulary;
use super::likeness::Model;
use super::reading::Reading;
use super::side::{Side, Unit};

pub use super::likeness::{CONTEXT, MODEL, SIGNALS, Signal, Speaks, Weights};

/// A pair of provisions and its signals.
pub struct Example {
    /// The left one's id.
    pub left: String,
    /// The right one's id.
    pub right: String,
    /// The signals of the pair alone, in the order of [`SIGNALS`].
    pub alone: [f32; SIGNALS.len()],
    /// Its signals in context, in the order of [`CONTEXT`].
    pub context: [f32; CONTEXT.len()],
}

/// Two documents and all their pairs that are worth a look, with other protocols to ask.
pub struct Examples(Reading);

impl Examples {
    /// Reads both documents and the others.
    pub fn new(left: &Edition, right: &Edition, others: &[&Edition]) -> Self {
        Self(Reading::new(left, right, others, false))
    }

    /// The pairs as that model sees them.
    pub fn judged(&mut self, model: &Model) -> Vec<Example> {
        self.0.model = model.clone();
        let reading = &self.0;
        let all = |count: usize| (0..count).collect::<Vec<_>>();
        let judged = reading.judged(&all(reading.left.units.len()), &all(reading.right.units.len()));
        let id = |side: &Side, at: usize| side.units[at].provision.id.clone();
        judged
            .into_iter()
            .map(|judged| Example {
                left: id(&reading.left, judged.left),
                right: id(&reading.right, judged.right),
                alone: judged.alone.values,
                context: judged.context,
            })
            .collect()
    }

    /// The pairs of ids that a comparison with that model reports.
    pub fn reported(&mut self, model: &Model) -> Vec<(String, String)> {
        self.0.model = model.clone();
        let links = align(&self.0).links;
        let id = |side: &Side, at: usize| side.units[at].provision.id.clone();
        links.iter().map(|link| (id(&self.0.left, link.left), id(&self.0.right, link.right))).collect()
    }

    /// The ids of all provisions of the left side and of the right one.
    pub fn ids(&self) -> [Vec<String>; 2] {
        [&self.0.left, &self.0.right].map(|side| side.units.iter().map(|unit| unit.provision.id.clone()).collect())
    }
}

/// The stems of each provision, its lead-in's with them, each once: what the background is counted from.
pub fn stems(edition: &Edition) -> Vec<Vec<String>> {
    let mut vocabulary = Vocabulary::new();
    let mut side = Side::read(edition);
    side.learn(&mut vocabulary);
    let named = |unit: &Unit| {
        let symbols = unit.stems.iter().chain(&unit.lead_in_stems);
        let mut names: Vec<String> = symbols.map(|symbol| vocabulary.name(*symbol).to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    side.units.iter().map(named).collect()
}
