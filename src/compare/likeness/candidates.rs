//! The pairs worth a look.

use rustc_hash::FxHashMap;

use super::super::language::Symbol;
use super::space::Space;

/// How many of the other side each provision is looked at beside.
pub(crate) const NEAREST: usize = 18;

/// The same where only what is likely matters, in asking other protocols.
pub(crate) const NEAREST_OF_OTHERS: usize = 8;

/// The pairs, by place on the left and right, in which one is among the nearest of the other by shared rare words and sets.
/// `left` and `right` say which provisions take part.
pub(crate) fn candidates(
    left: &Space,
    right: &Space,
    in_left: &[usize],
    in_right: &[usize],
    nearest: usize,
) -> Vec<(usize, usize)> {
    let mut postings: FxHashMap<Symbol, Vec<(u32, f32)>> = FxHashMap::default();
    for (at, place) in in_right.iter().enumerate() {
        let bag = &right.points[*place].concepts;
        for (symbol, weight) in &bag.entries {
            #[expect(clippy::cast_possible_truncation, reason = "a document has fewer than 2³² provisions")]
            postings.entry(*symbol).or_default().push((at as u32, weight / bag.length()));
        }
    }
    let mut pairs = Vec::new();
    let mut best_of_right: Vec<Vec<(f32, usize)>> = vec![Vec::new(); in_right.len()];
    let mut likeness = vec![0.0_f32; in_right.len()];
    for place in in_left {
        likeness.fill(0.0);
        let bag = &left.points[*place].concepts;
        for (symbol, weight) in &bag.entries {
            for (at, other) in postings.get(symbol).into_iter().flatten() {
                likeness[*at as usize] += weight * other;
            }
        }
        let length = bag.length();
        let mut row: Vec<(f32, usize)> = likeness
            .iter()
            .enumerate()
            .filter(|(_, like)| **like > 0.0)
            .map(|(at, like)| (like / length, at))
            .collect();
        for (like, at) in &row {
            keep(&mut best_of_right[*at], (*like, *place), nearest);
        }
        shorten(&mut row, nearest);
        pairs.extend(row.into_iter().map(|(_, at)| (*place, in_right[at])));
    }
    for (at, mut best) in best_of_right.into_iter().enumerate() {
        shorten(&mut best, nearest);
        pairs.extend(best.into_iter().map(|(_, place)| (place, in_right[at])));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Adds to a list that is cut back now and then, so that it never grows with the size of the other side.
fn keep(best: &mut Vec<(f32, usize)>, entry: (f32, usize), nearest: usize) {
    best.push(entry);
    if best.len() >= 4 * nearest {
        shorten(best, nearest);
    }
}

fn shorten(best: &mut Vec<(f32, usize)>, nearest: usize) {
    best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    best.truncate(nearest);
}
