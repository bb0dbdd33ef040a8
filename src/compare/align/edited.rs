//! Between versions: the same clause with some of its words changed.

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
    let mut pairs: Vec<(usize, usize, f32)> = reading
        .candidates(&lefts, &rights)
        .into_iter()
        .map(|(left, right)| (left, right, alike(reading, left, right)))
        .filter(|(_, _, like)| *like >= SOMEWHAT_ALIKE)
        .collect();
    // Each link is company for others, so the place of those left is looked at anew.
    loop {
        let open = |pair: &(usize, usize, f32)| {
            alignment.links_of_left(pair.0).is_empty() && alignment.links_of_right(pair.1).is_empty()
        };
        pairs.retain(open);
        let best = pairs
            .iter()
            .map(|(left, right, like)| (*left, *right, *like, like + place(reading, alignment, *left, *right)))
            .filter(|(_, _, like, score)| *like >= ALIKE || *score >= IN_PLACE)
            .max_by(|a, b| a.3.total_cmp(&b.3).then((b.0, b.1).cmp(&(a.0, a.1))));
        let Some((left, right, like, _)) = best else { break };
        alignment.add(Link {
            left,
            right,
            pass: PASS.name,
            score: like.min(0.99),
            relation: if like > 0.85 { Relation::Equivalent } else { Relation::Partial },
            signals: Vec::new(),
        });
    }
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
