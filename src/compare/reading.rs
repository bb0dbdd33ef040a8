//! What a comparison starts from: both documents read, and others of their kind beside them.

use crate::model::Edition;

use super::language::{Bag, Vocabulary};
use super::likeness::{
    Bridges, Likelihoods, MODEL, Measured, Model, NEAREST, NEAREST_OF_OTHERS, Pair, Space, alone, candidates,
    in_context, measure,
};
use super::side::Side;

/// Two documents as they are compared, and other protocols to ask about them.
pub struct Reading {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) left: Side,
    pub(crate) right: Side,
    left_space: Space,
    right_space: Space,
    others: Vec<(Side, Space)>,
    /// Whether they are two versions of one document.
    pub(crate) versions: bool,
    /// The weights that judge pairs.
    pub(crate) model: Model,
}

/// How many other protocols are asked at most: those most like both sides. More add time and little else.
const MOST_OTHERS: usize = 6;

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
        use rayon::prelude::*;
        let others = if versions { &[] } else { others };
        let sides = || rayon::join(|| Side::read(left), || Side::read(right));
        let further = || rayon::join(|| others.par_iter().map(|other| Side::read(other)).collect(), Vocabulary::new);
        let ((mut left, mut right), (mut others, mut vocabulary)): (_, (Vec<Side>, _)) = rayon::join(sides, further);
        [&mut left, &mut right].into_iter().chain(&mut others).for_each(|side| side.learn(&mut vocabulary));
        let space = |side: &Side| Space::new(side, &vocabulary);
        let ((left_space, right_space), spaces) = rayon::join(
            || rayon::join(|| space(&left), || space(&right)),
            || others.par_iter().map(space).collect::<Vec<Space>>(),
        );
        let others = nearest(others, spaces, [&left_space, &right_space]);
        Self { left_space, right_space, others, vocabulary, left, right, versions, model: MODEL.clone() }
    }

    /// The signals of every pair among those provisions that is worth a look.
    pub(crate) fn measured(&self, in_left: &[usize], in_right: &[usize]) -> Vec<Measured> {
        let (left, right) = ((&self.left, &self.left_space), (&self.right, &self.right_space));
        measure(Pair { left, right, vocabulary: &self.vocabulary }, in_left, in_right, NEAREST)
    }

    /// The pairs among those provisions that share words enough to be looked at.
    pub(crate) fn candidates(&self, in_left: &[usize], in_right: &[usize]) -> Vec<(usize, usize)> {
        candidates(&self.left_space, &self.right_space, in_left, in_right, NEAREST)
    }

    /// What the other protocols say.
    fn bridges(&self, model: &Model) -> Bridges {
        use rayon::prelude::*;
        let (left, right, vocabulary) =
            ((&self.left, &self.left_space), (&self.right, &self.right_space), &self.vocabulary);
        let found: Vec<(Likelihoods, Likelihoods)> = self
            .others
            .par_iter()
            .map(|(side, space)| {
                let other = (side, space);
                let between = |left, right| {
                    measure(Pair { left, right, vocabulary }, &every(left), &every(right), NEAREST_OF_OTHERS)
                };
                rayon::join(|| alone(&between(left, other), model), || alone(&between(other, right), model))
            })
            .collect();
        let mut bridges = Bridges::default();
        for (from_left, to_right) in &found {
            bridges.add(from_left, to_right);
        }
        bridges
    }

    /// How likely each pair among those provisions is the same provision.
    pub(crate) fn judged(&self, in_left: &[usize], in_right: &[usize]) -> Vec<Judged> {
        let model = &self.model;
        let (measured, bridges) = rayon::join(|| self.measured(in_left, in_right), || self.bridges(model));
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

fn every(side: (&Side, &Space)) -> Vec<usize> {
    (0..side.0.units.len()).collect()
}

/// The documents most like both sides, in the order given.
fn nearest(others: Vec<Side>, spaces: Vec<Space>, sides: [&Space; 2]) -> Vec<(Side, Space)> {
    let wholes: [Bag; 2] = sides.map(Space::whole);
    let like = |space: &Space| wholes.iter().map(|whole| space.whole().cosine(whole)).product::<f32>();
    let mut both: Vec<(usize, f32, Side, Space)> =
        others.into_iter().zip(spaces).enumerate().map(|(at, (side, space))| (at, like(&space), side, space)).collect();
    both.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    both.truncate(MOST_OTHERS);
    both.sort_by_key(|(at, ..)| *at);
    both.into_iter().map(|(_, _, side, space)| (side, space)).collect()
}
