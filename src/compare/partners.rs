//! Which documents of a corpus are compared with which.
//!
//! Of a few documents each is compared with each. Of many that would be more than anybody waits for, so each is compared with
//! some: with the **hubs**, the same for all, which between them have what most documents say, so that two documents that are
//! not compared with each other are both compared with a third; and with its **partners**, chosen so that each of its provisions
//! is compared with some of those most like it, wherever they stand, though most of the document is like others.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::language::{Bag, Symbol};
use super::reading::Document;

/// So many documents are compared each with each.
const FEW: usize = 14;
/// How many are compared with all others, where there are more.
const HUBS: usize = 8;
/// With how many others each is compared, beside the hubs.
const PARTNERS: usize = 8;
/// How many places of a word are looked at.
const PLACES_OF_A_WORD: usize = 256;
/// How many documents that are like a provision are remembered.
const LIKE_A_PROVISION: usize = 24;

/// The pairs of documents that are compared, the first first, in order.
pub(super) fn pairs(documents: &[Document]) -> Vec<(usize, usize)> {
    let count = documents.len();
    if count <= FEW {
        return (0..count).flat_map(|left| (left + 1..count).map(move |right| (left, right))).collect();
    }
    let postings = postings(documents, |_| true);
    let alike: Vec<Vec<Alike>> = documents
        .par_iter()
        .enumerate()
        .map(|(at, document)| bags(document).map(|bag| nearest(&postings, bag, at)).collect())
        .collect();
    let mut cover = Cover::new(&alike);
    for _ in 0..HUBS {
        let hub = cover.best_hub();
        cover.add_hub(documents, hub);
    }
    let partners: Vec<Vec<usize>> = (0..count).into_par_iter().map(|at| cover.partners(at)).collect();
    let of_hubs = cover.hubs.iter().flat_map(|hub| (0..count).map(move |other| (*hub, other)));
    let of_partners = partners.iter().enumerate().flat_map(|(at, others)| others.iter().map(move |other| (at, *other)));
    let both = of_hubs.chain(of_partners).filter(|(one, other)| one != other);
    both.map(|(one, other)| (one.min(other), one.max(other))).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Documents with how like a provision the one of theirs is that is most like it, from 0 to 1, the most first.
type Alike = Vec<(usize, f32)>;

/// How well what each document says is compared already.
struct Cover<'a> {
    alike: &'a [Vec<Alike>],
    hubs: Vec<usize>,
    /// For each provision, how much of it no hub says: 1, where none says anything like it.
    open: Vec<Vec<f32>>,
}

impl<'a> Cover<'a> {
    fn new(alike: &'a [Vec<Alike>]) -> Self {
        Self { alike, hubs: Vec::new(), open: alike.iter().map(|document| vec![1.0; document.len()]).collect() }
    }

    /// The document with the most that others say and no hub does.
    fn best_hub(&self) -> usize {
        let worth = |at: usize| -> f32 {
            let said = |alike: &Alike| alike.iter().map(|(_, like)| like).sum::<f32>();
            self.alike[at].iter().zip(&self.open[at]).map(|(alike, open)| said(alike) * open).sum()
        };
        let worths: Vec<f32> = (0..self.alike.len()).into_par_iter().map(worth).collect();
        let all = (0..worths.len()).filter(|at| !self.hubs.contains(at));
        all.max_by(|a, b| worths[*a].total_cmp(&worths[*b]).then(b.cmp(a))).unwrap_or_default()
    }

    fn add_hub(&mut self, documents: &[Document], hub: usize) {
        self.hubs.push(hub);
        let postings = postings(documents, |document| document == hub);
        self.open.par_iter_mut().enumerate().for_each(|(at, open)| {
            for (open, bag) in open.iter_mut().zip(bags(&documents[at])) {
                let like = nearest(&postings, bag, usize::MAX).first().map_or(0.0, |(_, like)| *like);
                *open = open.min(1.0 - like);
            }
        });
    }

    /// Those that say most of what a document says and is not compared yet. What is compared once counts half, what is compared
    /// twice a quarter, and so on.
    fn partners(&self, document: usize) -> Vec<usize> {
        let mut open = self.open[document].clone();
        let mut partners: Vec<usize> = Vec::new();
        while partners.len() < PARTNERS {
            let mut gains: FxHashMap<usize, f32> = FxHashMap::default();
            for (alike, open) in self.alike[document].iter().zip(&open) {
                alike.iter().for_each(|(other, like)| *gains.entry(*other).or_default() += like * open);
            }
            gains.retain(|other, _| !partners.contains(other) && !self.hubs.contains(other));
            let best = gains.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((best, _)) = best else { break };
            partners.push(best);
            for (alike, open) in self.alike[document].iter().zip(&mut open) {
                let like = alike.iter().find(|(other, _)| *other == best).map_or(0.0, |(_, like)| *like);
                *open *= 1.0 - like / 2.0;
            }
        }
        partners
    }
}

fn bags(document: &Document) -> impl Iterator<Item = &Bag> {
    (0..document.side.units.len()).map(|provision| document.space.concepts(provision))
}

/// Where each word and set of the thesaurus stands: the document, which of all provisions, and how much it weighs there.
type Postings = FxHashMap<Symbol, Vec<(usize, usize, f32)>>;

/// The postings of those documents. Of a word that stands in very many places, those in every second document are kept, or every
/// fourth, and so on: so what is kept of two words is of the same documents, and likeness to these comes out whole.
fn postings(documents: &[Document], of: impl Fn(usize) -> bool) -> Postings {
    let mut postings = Postings::default();
    let mut provision = 0;
    for (at, document) in documents.iter().enumerate().filter(|(at, _)| of(*at)) {
        for bag in bags(document) {
            for (symbol, weight) in &bag.entries {
                postings.entry(*symbol).or_default().push((at, provision, weight / bag.length()));
            }
            provision += 1;
        }
    }
    for places in postings.values_mut() {
        let mut every = 2;
        while places.len() > PLACES_OF_A_WORD && every < documents.len() {
            places.retain(|(document, ..)| document % every == 0);
            every *= 2;
        }
    }
    postings
}

/// The other documents that have something like a provision.
fn nearest(postings: &Postings, bag: &Bag, own: usize) -> Alike {
    let mut of_provision: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for (symbol, weight) in &bag.entries {
        for (document, provision, other) in postings.get(symbol).into_iter().flatten() {
            *of_provision.entry((*document, *provision)).or_default() += weight / bag.length() * other;
        }
    }
    let mut best: FxHashMap<usize, f32> = FxHashMap::default();
    for ((document, _), like) in of_provision {
        let most = best.entry(document).or_default();
        *most = most.max(like);
    }
    best.remove(&own);
    let mut alike: Alike = best.into_iter().collect();
    alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    alike.truncate(LIKE_A_PROVISION);
    alike
}
