//! Many documents of a kind read together: which provisions of which correspond.
//!
//! Two documents are compared with the others to ask, as [`compare`](super::compare) does it, but each is read once, and what
//! any two of them have in common is worked out once. [`partners`](super::partners) says which are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Edition, Provision};

use super::align::{self, Link};
use super::classify;
use super::comparison::{Evidence, Kind, Relation, Strength};
use super::language::{Bag, Vocabulary};
use super::likeness::{Bridges, Likelihoods, MODEL, Model, Pair, measure};
use super::partners;
use super::reading::{Document, MOST_OTHERS, Reading, likelihoods, read};

/// The least likelihood that a correspondence is told.
const LEAST: f32 = 0.05;

/// A provision of a corpus: its document, and its place there, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document.
    pub document: usize,
    /// The provision.
    pub provision: usize,
}

/// Two provisions that may be the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Correspondence {
    /// In the document that comes first.
    pub left: Place,
    /// In the other.
    pub right: Place,
    /// How likely it is, from 0 to 1.
    pub score: f32,
    /// The pass that found it.
    pub pass: &'static str,
}

/// What is to be said of two provisions that correspond.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How near their words come.
    pub relation: Relation,
    /// Which binds more.
    pub strength: Strength,
    /// What is true of the second, seen from the first, the weightiest first.
    pub aspects: Vec<Kind>,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
}

/// Documents that have been read together.
pub struct Corpus {
    documents: Vec<Document>,
    vocabulary: Arc<Vocabulary>,
    model: Model,
    /// The pairs of documents that are compared, the first first.
    pairs: Vec<(usize, usize)>,
}

impl Corpus {
    /// Reads documents, and finds which are to be compared.
    pub fn new(editions: &[&Edition]) -> Self {
        let (documents, vocabulary) = read(editions);
        let pairs = partners::pairs(&documents);
        Self { documents, vocabulary, model: MODEL.clone(), pairs }
    }

    /// The same, judged with other weights.
    pub fn with_model(self, model: &Model) -> Self {
        Self { model: model.clone(), ..self }
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// The provisions of a document, in order.
    pub fn provisions(&self, document: usize) -> impl ExactSizeIterator<Item = &Provision> {
        self.documents[document].side.units.iter().map(|unit| &unit.provision)
    }

    /// The pairs of documents that are compared, in order.
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    /// Whether two documents were compared.
    pub fn compared(&self, one: usize, other: usize) -> bool {
        self.pairs.binary_search(&(one.min(other), one.max(other))).is_ok()
    }

    /// The words of a provision with the roles named, in lower case and one spelling: alike for texts that say the same in the
    /// words of two councils.
    pub fn words(&self, place: Place) -> &[String] {
        &self.documents[place.document].side.units[place.provision].named
    }

    /// How alike the words of two provisions are, wherever they stand, from 0 to 1.
    pub fn likeness(&self, left: Place, right: Place) -> f32 {
        let words = |place: Place| self.documents[place.document].space.words(place.provision);
        words(left).cosine(words(right))
    }

    /// What may be the same, in the order of the pairs of documents.
    pub fn correspondences(&self) -> Vec<Correspondence> {
        let likely: Vec<Likelihoods> = self.pairs.par_iter().map(|pair| self.likelihoods(*pair)).collect();
        let asked = Asked::new(&self.documents, &self.pairs, likely);
        let of_pair = |pair: &(usize, usize)| {
            let mut reading = self.reading(*pair, asked.bridges(*pair));
            reading.model = self.model.clone();
            let place = |document, provision| Place { document, provision };
            let link = |link: Link| Correspondence {
                left: place(pair.0, link.left),
                right: place(pair.1, link.right),
                score: link.score,
                pass: link.pass,
            };
            align::likely(&reading, LEAST).into_iter().map(link).collect::<Vec<_>>()
        };
        self.pairs.par_iter().flat_map_iter(of_pair).collect()
    }

    /// What is to be said of each of those pairs of provisions, in their order.
    pub fn verdicts(&self, pairs: &[(Place, Place)]) -> Vec<Verdict> {
        let of_pair = |(left, right): &(Place, Place)| {
            let reading = self.reading((left.document, right.document), Bridges::default());
            let classified = classify::pair(&reading, left.provision, right.provision);
            Verdict {
                relation: self.relation(*left, *right),
                strength: classified.strength,
                aspects: classified.aspects,
                evidence: classified.evidence,
            }
        };
        pairs.par_iter().map(of_pair).collect()
    }

    fn relation(&self, left: Place, right: Place) -> Relation {
        let unit = |place: Place| &self.documents[place.document].side.units[place.provision];
        if unit(left).named == unit(right).named && !unit(left).named.is_empty() {
            return Relation::Same;
        }
        let of = |place: Place| (&*self.documents[place.document].side, &*self.documents[place.document].space);
        let pair = Pair { left: of(left), right: of(right), vocabulary: &self.vocabulary };
        let measured = measure(pair, &[left.provision], &[right.provision], 1);
        measured.first().map_or(Relation::Partial, align::relation)
    }

    fn likelihoods(&self, (left, right): (usize, usize)) -> Likelihoods {
        likelihoods(&self.documents[left], &self.documents[right], &self.vocabulary, &self.model)
    }

    fn reading(&self, (left, right): (usize, usize), said: Bridges) -> Reading {
        Reading::among(&self.documents[left], &self.documents[right], &self.vocabulary, said)
    }
}

/// What any two documents that are compared have in common, to be asked about two others.
struct Asked {
    likely: BTreeMap<(usize, usize), Likelihoods>,
    beside: Vec<BTreeSet<usize>>,
    wholes: Vec<Bag>,
}

impl Asked {
    fn new(documents: &[Document], pairs: &[(usize, usize)], likely: Vec<Likelihoods>) -> Self {
        let mut beside = vec![BTreeSet::new(); documents.len()];
        for (left, right) in pairs {
            beside[*left].insert(*right);
            beside[*right].insert(*left);
        }
        let wholes = documents.par_iter().map(|document| document.space.whole()).collect();
        Self { likely: pairs.iter().copied().zip(likely).collect(), beside, wholes }
    }

    /// What the documents that are compared with both, and are most like both, say of them.
    fn bridges(&self, (left, right): (usize, usize)) -> Bridges {
        let like =
            |other: usize| [left, right].iter().map(|side| self.wholes[*side].cosine(&self.wholes[other])).product();
        let both = self.beside[left].intersection(&self.beside[right]);
        let mut others: Vec<(f32, usize)> = both.map(|other| (like(*other), *other)).collect();
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        others.truncate(MOST_OTHERS);
        let mut bridges = Bridges::default();
        for (_, other) in others {
            bridges.add(&self.between(left, other), &self.between(other, right));
        }
        bridges
    }

    fn between(&self, from: usize, to: usize) -> Likelihoods {
        match self.likely.get(&(from, to)) {
            Some(likely) => likely.clone(),
            None => self.likely[&(to, from)].iter().map(|(l, r, likelihood)| (*r, *l, *likelihood)).collect(),
        }
    }
}
