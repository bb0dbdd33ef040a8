//! A pair among its rivals and neighbours, and what other protocols say of it.

use rustc_hash::FxHashMap;

use super::super::side::Side;
use super::signals::{Measured, Rivals, Signal, speaks_against, speaks_for};
use super::weights::Model;

/// How many signals of context there are.
pub(super) const COUNT: usize = 16;

/// The signals of context, in the order of their values.
pub const CONTEXT: [Signal; COUNT] = [
    speaks_for("alone", "the likelihood of the pair by itself, as log odds"),
    speaks_against("rank-left", "how many rivals of the left one are likelier"),
    speaks_against("rank-right", "how many rivals of the right one are likelier"),
    speaks_for("lead-left", "by how much the pair leads the left one's best rival, in log odds"),
    speaks_for("lead-right", "by how much the pair leads the right one's best rival, in log odds"),
    speaks_against("rivals-left", "how likely all rivals of the left one are together"),
    speaks_against("rivals-right", "how likely all rivals of the right one are together"),
    speaks_for("neighbours", "how likely the likeliest pair of neighbours is"),
    speaks_for("sequence", "how likely the pairs before and after are, in the same order"),
    speaks_for("lead-ins", "how likely the provisions they complete are the same"),
    speaks_for("best-item", "how likely the likeliest pair of their items is"),
    speaks_for("items", "how likely the three likeliest pairs of their items are together"),
    speaks_for("bridge", "how likely both are the same as one clause of another protocol"),
    speaks_for("bridges", "the same for all other protocols together, as log odds"),
    speaks_for(
        "documents",
        "how alike the two documents are: how likely the best pair of each provision is on average, as log odds",
    ),
    speaks_for("no-bridges", "there is no other protocol to ask"),
];

/// What other protocols say: how likely two provisions are both the same as a clause of theirs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bridges {
    /// Whether any other protocol was asked.
    asked: bool,
    /// The best, and all together.
    found: FxHashMap<(usize, usize), [f32; 2]>,
}

/// The likelihoods of pairs, by places on the left and right.
pub(crate) type Likelihoods = Vec<(usize, usize, f32)>;

/// Less likely links than this are not followed over another protocol.
const WORTH_FOLLOWING: f32 = 0.08;

impl Bridges {
    /// Adds another protocol: the pairs of the left side with it, and its pairs with the right side.
    pub(crate) fn add(&mut self, from_left: &Likelihoods, to_right: &Likelihoods) {
        self.asked = true;
        let mut onward: FxHashMap<usize, Vec<(usize, f32)>> = FxHashMap::default();
        for (middle, right, likelihood) in to_right.iter().filter(|link| link.2 > WORTH_FOLLOWING) {
            onward.entry(*middle).or_default().push((*right, *likelihood));
        }
        for (left, middle, likelihood) in from_left.iter().filter(|link| link.2 > WORTH_FOLLOWING) {
            for (right, further) in onward.get(middle).into_iter().flatten() {
                let both = likelihood * further;
                let [best, all] = self.found.entry((*left, *right)).or_default();
                *best = best.max(both);
                *all = 1.0 - (1.0 - *all) * (1.0 - both);
            }
        }
    }
}

/// The likelihood of each pair by itself.
pub(crate) fn alone(measured: &[Measured], model: &Model) -> Likelihoods {
    measured.iter().map(|m| (m.left, m.right, model.alone.likelihood(&m.values))).collect()
}

fn log_odds(likelihood: f32) -> f32 {
    ((likelihood + 1e-3) / (1.0 - likelihood + 1e-3)).ln()
}

/// The signals of context for each pair, in the order of the pairs.
pub(crate) fn in_context(left: &Side, right: &Side, pairs: &Likelihoods, bridges: &Bridges) -> Vec<[f32; COUNT]> {
    let by_place: FxHashMap<(usize, usize), f32> =
        pairs.iter().map(|(l, r, likelihood)| ((*l, *r), *likelihood)).collect();
    let likelihood = |l: usize, r: usize| by_place.get(&(l, r)).copied().unwrap_or(0.0);
    let of_left = Rivals::of(pairs, |pair| pair.0, |pair| pair.2);
    let of_right = Rivals::of(pairs, |pair| pair.1, |pair| pair.2);
    let items = items(left, right, pairs);
    let odds = log_odds;
    let alike = odds((of_left.mean_best(left.units.len()) * of_right.mean_best(right.units.len())).sqrt());
    pairs
        .iter()
        .map(|&(l, r, p)| {
            let beside = |dl: isize, dr: isize| match (l.checked_add_signed(dl), r.checked_add_signed(dr)) {
                (Some(l), Some(r)) => likelihood(l, r),
                _ => 0.0,
            };
            let neighbours = [beside(-1, -1), beside(-1, 1), beside(1, -1), beside(1, 1)];
            let sequence = beside(-2, -2) + beside(-1, -1) + beside(1, 1) + beside(2, 2);
            let lead_ins = left.units[l].parent.zip(right.units[r].parent).map_or(0.0, |(l, r)| likelihood(l, r));
            let [best_item, items] = items.get(&(l, r)).copied().unwrap_or_default();
            let [bridge, all_bridges] = bridges.found.get(&(l, r)).copied().unwrap_or_default();
            let (rank_left, rival_left, sum_left) = of_left.among(l, p);
            let (rank_right, rival_right, sum_right) = of_right.among(r, p);
            [
                odds(p),
                rank_left,
                rank_right,
                odds(p) - odds(rival_left),
                odds(p) - odds(rival_right),
                sum_left,
                sum_right,
                neighbours.into_iter().fold(0.0, f32::max),
                sequence,
                lead_ins,
                best_item,
                items,
                bridge,
                if bridges.asked { odds(all_bridges) } else { 0.0 },
                alike,
                f32::from(u8::from(!bridges.asked)),
            ]
        })
        .collect()
}

/// For each pair of provisions with items, the likelihoods of the likeliest pair of items and of the likeliest three.
fn items(left: &Side, right: &Side, pairs: &Likelihoods) -> FxHashMap<(usize, usize), [f32; 2]> {
    let mut by_parents: FxHashMap<(usize, usize), Vec<f32>> = FxHashMap::default();
    for (l, r, likelihood) in pairs {
        if let Some(parents) = left.units[*l].parent.zip(right.units[*r].parent) {
            by_parents.entry(parents).or_default().push(*likelihood);
        }
    }
    let best = |mut likelihoods: Vec<f32>| {
        likelihoods.sort_unstable_by(|a, b| b.total_cmp(a));
        [likelihoods[0], likelihoods.iter().take(3).sum()]
    };
    by_parents.into_iter().map(|(parents, likelihoods)| (parents, best(likelihoods))).collect()
}
