//! What a comparison starts from: both documents read, and others of their kind beside them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::Edition;

use super::language::{Bag, Vocabulary};
use super::likeness::{
    Bridges, Likelihoods, MODEL, Measured, Model, NEAREST, NEAREST_OF_OTHERS, Pair, Space, alone, candidates,
    in_context, measure,
};
use super::side::Side;

/// A document as it is compared.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) side: Arc<Side>,
    pub(crate) space: Arc<Space>,
}

/// Two documents as they are compared, and other protocols to ask about them.
pub struct Reading {
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) left: Arc<Side>,
    pub(crate) right: Arc<Side>,
    left_space: Arc<Space>,
    right_space: Arc<Space>,
    others: Others,
    /// Whether they are two versions of one document.
    pub(crate) versions: bool,
    /// The weights that judge pairs.
    pub(crate) model: Model,
}

/// Other protocols.
enum Others {
    /// Those that are to be asked.
    ToAsk(Vec<Document>),
    /// What they said.
    Asked(Bridges),
}

/// How many other protocols are asked at most: those most like both sides. More add time and little else.
pub(crate) const MOST_OTHERS: usize = 6;

/// What the model makes of a pair.
pub(crate) struct Judged {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) likelihood: f32,
    pub(crate) alone: Measured,
    pub(crate) context: [f32; super::likeness::CONTEXT.len()],
}

impl Reading {
    /// Reads both sides, and those of `others` that are most like them. Between versions of one document no others are
    /// read.
    pub fn new(left: &Edition, right: &Edition, others: &[&Edition], versions: bool) -> Self {
        let others = if versions { &[] } else { others };
        let (mut documents, vocabulary) = read(&[&[left, right], others].concat());
        let others = documents.split_off(2);
        let [left, right] = [documents.remove(0), documents.remove(0)];
        let others = Others::ToAsk(nearest(others, [&left.space, &right.space]));
        Self::of(&left, &right, &vocabulary, others, versions)
    }

    /// Two councils' documents that have been read among others, which have been asked.
    pub(crate) fn among(left: &Document, right: &Document, vocabulary: &Arc<Vocabulary>, said: Bridges) -> Self {
        Self::of(left, right, vocabulary, Others::Asked(said), false)
    }

    fn of(left: &Document, right: &Document, vocabulary: &Arc<Vocabulary>, others: Others, versions: bool) -> Self {
        Self {
            vocabulary: vocabulary.clone(),
            left: left.side.clone(),
            right: right.side.clone(),
            left_space: left.space.clone(),
            right_space: right.space.clone(),
            others,
            versions,
            model: MODEL.clone(),
        }
    }

    /// The signals of every pair among those provisions that is worth a look.
    pub(crate) fn measured(&self, in_left: &[usize], in_right: &[usize]) -> Vec<Measured> {
        let (left, right) = ((&*self.left, &*self.left_space), (&*self.right, &*self.right_space));
        measure(Pair { left, right, vocabulary: &self.vocabulary }, in_left, in_right, NEAREST)
    }

    /// The pairs among those provisions that share words enough to be looked at.
    pub(crate) fn candidates(&self, in_left: &[usize], in_right: &[usize]) -> Vec<(usize, usize)> {
        candidates(&self.left_space, &self.right_space, in_left, in_right, NEAREST)
    }

    /// What the other protocols say.
    fn bridges(&self, others: &[Document]) -> Bridges {
        use rayon::prelude::*;
        let left = Document { side: self.left.clone(), space: self.left_space.clone() };
        let right = Document { side: self.right.clone(), space: self.right_space.clone() };
        let between = |left, right| likelihoods(left, right, &self.vocabulary, &self.model);
        let found: Vec<(Likelihoods, Likelihoods)> =
            others.par_iter().map(|other| rayon::join(|| between(&left, other), || between(other, &right))).collect();
        let mut bridges = Bridges::default();
        for (from_left, to_right) in &found {
            bridges.add(from_left, to_right);
        }
        bridges
    }

    /// How likely each pair among those provisions is the same provision.
    pub(crate) fn judged(&self, in_left: &[usize], in_right: &[usize]) -> Vec<Judged> {
        let model = &self.model;
        let asked = || match &self.others {
            Others::ToAsk(others) => Cow::Owned(self.bridges(others)),
            Others::Asked(said) => Cow::Borrowed(said),
        };
        let (measured, bridges) = rayon::join(|| self.measured(in_left, in_right), asked);
        let by_themselves = alone(&measured, model);
        let context = in_context(&self.left, &self.right, &by_themselves, &bridges);
        let judged = measured.into_iter().zip(context).map(|(alone, context)| Judged {
            left: alone.left,
            right: alone.right,
            likelihood: model.in_context.likelihood(&context),
            alone,
            context,
        });
        judged.collect()
    }

    /// How alike the words of two provisions are, wherever they stand.
    pub(crate) fn likeness(&self, left: usize, right: usize) -> f32 {
        self.left_space.words(left).cosine(self.right_space.words(right))
    }
}

/// Reads documents with one vocabulary, in which how common each word is in all of them counts.
pub(crate) fn read(editions: &[&Edition]) -> (Vec<Document>, Arc<Vocabulary>) {
    use rayon::prelude::*;
    let sides = || editions.par_iter().map(|edition| Side::read(edition)).collect();
    let (mut sides, mut vocabulary): (Vec<Side>, _) = rayon::join(sides, Vocabulary::new);
    sides.iter_mut().for_each(|side| side.learn(&mut vocabulary));
    let document = |side: Side| Document { space: Arc::new(Space::new(&side, &vocabulary)), side: Arc::new(side) };
    let documents = sides.into_par_iter().map(document).collect();
    (documents, Arc::new(vocabulary))
}

/// How likely each pair of provisions of two documents is the same by itself, where only what is likely matters.
pub(crate) fn likelihoods(left: &Document, right: &Document, vocabulary: &Vocabulary, model: &Model) -> Likelihoods {
    let every = |document: &Document| (0..document.side.units.len()).collect::<Vec<_>>();
    let pair = Pair { left: (&left.side, &left.space), right: (&right.side, &right.space), vocabulary };
    alone(&measure(pair, &every(left), &every(right), NEAREST_OF_OTHERS), model)
}

/// The documents most like both sides, in the order given.
fn nearest(others: Vec<Document>, sides: [&Space; 2]) -> Vec<Document> {
    let wholes: [Bag; 2] = sides.map(Space::whole);
    let like = |space: &Space| wholes.iter().map(|whole| space.whole().cosine(whole)).product::<f32>();
    let mut both: Vec<(usize, f32, Document)> =
        others.into_iter().enumerate().map(|(at, other)| (at, like(&other.space), other)).collect();
    both.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    both.truncate(MOST_OTHERS);
    both.sort_by_key(|(at, ..)| *at);
    both.into_iter().map(|(_, _, document)| document).collect()
}
