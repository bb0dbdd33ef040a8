//! Between versions: the same clause with some of its words changed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::super::comparison::Relation;
use super::super::reading::Reading;
use super::{Alignment, Link, Pass, PassExample, company};

pub(super) static PASS: Pass = Pass {
    name: "edited",
    what: "Between versions of one document only: what is left on both sides is linked one to one, the most alike first. Standing \
           under the same number, in the same company or under the same lead-in counts too, so that a clause half of whose words \
           were replaced is still found, and an unrelated clause in the place of a deleted one is not taken for it.",
    example: PassExample {
        left: "The Clerk will reply to enquiries promptly.",
        right: "The Clerk will reply to all enquiries within ten working days.",
    },
    run,
};

/// The least likeness of words (of 1) at which a provision counts as edited by its words alone.
const ALIKE: f32 = 0.55;
/// The least likeness at which its place may decide.
const SOMEWHAT_ALIKE: f32 = 0.3;
/// The least likeness and place together.
const IN_PLACE: f32 = 0.6;

fn run(reading: &Reading, alignment: &mut Alignment) {
    if !reading.versions {
        return;
    }
    let (lefts, rights) = (alignment.left_alone(), alignment.right_alone());
    let pairs = reading.candidates(&lefts, &rights).into_iter();
    let pairs = pairs.map(|(left, right)| ((left, right), alike(reading, left, right)));
    let pairs: BTreeMap<Pair, f32> = pairs.filter(|(_, like)| *like >= SOMEWHAT_ALIKE).collect();
    let items = items(reading, &pairs);
    let mut queue: BinaryHeap<Ranked> =
        pairs.iter().filter_map(|(pair, like)| rank(reading, alignment, *pair, *like)).collect();
    while let Some(Ranked { pair: Reverse(pair), .. }) = queue.pop() {
        let (left, right) = pair;
        if !alignment.links_of_left(left).is_empty() || !alignment.links_of_right(right).is_empty() {
            continue;
        }
        alignment.add(link(pair, pairs[&pair]));
        // It is company for its neighbours and items, which are looked at anew; they can only have risen.
        let company = beside(pair).chain(items.get(&pair).into_iter().flatten().copied());
        let again = company.filter_map(|pair| rank(reading, alignment, pair, *pairs.get(&pair)?));
        queue.extend(again.collect::<Vec<_>>());
    }
}

/// A provision on the left and one on the right, by place.
type Pair = (usize, usize);

/// A pair and its likeness and place together, in thousandths of a thousandth.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    score: u32,
    pair: Reverse<Pair>,
}

/// The pair among others, if it may be linked.
fn rank(reading: &Reading, alignment: &Alignment, pair: Pair, like: f32) -> Option<Ranked> {
    let score = like + place(reading, alignment, pair.0, pair.1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2")]
    let rank = Ranked { score: (score * 1e6) as u32, pair: Reverse(pair) };
    (like >= ALIKE || score >= IN_PLACE).then_some(rank)
}

fn link((left, right): Pair, like: f32) -> Link {
    let relation = if like > 0.85 { Relation::Equivalent } else { Relation::Partial };
    Link { left, right, pass: PASS.name, score: like.min(0.99), relation, signals: Vec::new() }
}

/// The pairs of provisions whose lead-ins are each pair.
fn items(reading: &Reading, pairs: &BTreeMap<Pair, f32>) -> BTreeMap<Pair, Vec<Pair>> {
    let mut items: BTreeMap<Pair, Vec<Pair>> = BTreeMap::new();
    for (left, right) in pairs.keys() {
        if let Some(parents) = reading.left.units[*left].parent.zip(reading.right.units[*right].parent) {
            items.entry(parents).or_default().push((*left, *right));
        }
    }
    items
}

/// The pairs whose company a pair is: those one or two places before and after it.
fn beside((left, right): Pair) -> impl Iterator<Item = Pair> {
    let before = [1, 2].into_iter().filter_map(move |by| left.checked_sub(by).zip(right.checked_sub(by)));
    before.chain([1, 2].map(|by| (left + by, right + by)))
}

/// What the place adds: up to 0.25.
fn place(reading: &Reading, alignment: &Alignment, left: usize, right: usize) -> f32 {
    let (l, r) = (&reading.left.units[left], &reading.right.units[right]);
    let same = |condition: bool| f32::from(u8::from(condition));
    0.07 * company(reading, alignment, left, right).min(2.5)
        + 0.04 * same(l.provision.number.is_some() && l.provision.id == r.provision.id)
        + 0.03 * same(l.heading == r.heading)
}

/// How alike the words of two provisions are: small words are in every sentence, so what the rare ones say counts as much.
fn alike(reading: &Reading, left: usize, right: usize) -> f32 {
    let words = super::alike(&reading.left.units[left].named, &reading.right.units[right].named);
    f32::midpoint(words, reading.likeness(left, right))
}
