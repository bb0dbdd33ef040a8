//! Moved and renumbered: what stands elsewhere, and what is only pushed along.

use std::collections::BTreeMap;

use super::super::align::Link;
use super::super::side::{Side, Unit};

/// Which links lead to another place: another section, or another order among what corresponds.
///
/// Order is looked at among whole clauses first, so that a clause moves with its list, and then among the items of a clause.
pub(super) fn moved(left: &Side, right: &Side, links: &[Link]) -> Vec<bool> {
    let clause = |unit: &Unit| (unit.provision.section, unit.provision.clause);
    // The clause that most of a clause's provisions went to, its own words counting most.
    let mut votes: BTreeMap<((usize, usize), (usize, usize)), u32> = BTreeMap::new();
    for link in links {
        let (l, r) = (&left.units[link.left], &right.units[link.right]);
        *votes.entry((clause(l), clause(r))).or_default() += if l.is_item() || r.is_item() { 2 } else { 3 };
    }
    let pairs = one_to_one(&votes);
    let mut sections: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (l, r) in &pairs {
        *sections.entry((l.0, r.0)).or_default() += 1;
    }
    let most_of_left = most(sections.iter().map(|((l, r), count)| (*l, *r, *count)));
    let most_of_right = most(sections.iter().map(|((l, r), count)| (*r, *l, *count)));
    let corresponds = |l: usize, r: usize| most_of_left.get(&l) == Some(&r) || most_of_right.get(&r) == Some(&l);
    let mut in_order: BTreeMap<(usize, usize), Vec<((usize, usize), (usize, usize))>> = BTreeMap::new();
    for (l, r) in &pairs {
        if corresponds(l.0, r.0) {
            in_order.entry((l.0, r.0)).or_default().push((*l, *r));
        }
    }
    let mut stays: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for pairs in in_order.into_values() {
        let rights: Vec<usize> = pairs.iter().map(|(_, r)| r.1).collect();
        stays.extend(longest_increasing(&rights).into_iter().map(|at| pairs[at]));
    }
    stays.sort_unstable();
    let clause_stays = |link: &Link| {
        let pair = (clause(&left.units[link.left]), clause(&right.units[link.right]));
        stays.binary_search(&pair).is_ok()
    };
    let mut within: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        if clause_stays(link) {
            within.entry(clause(&left.units[link.left])).or_default().push(at);
        }
    }
    let mut moved = vec![true; links.len()];
    for mut list in within.into_values() {
        list.sort_by_key(|at| links[*at].left);
        let rights: Vec<usize> = list.iter().map(|at| links[*at].right).collect();
        for stays in longest_increasing(&rights) {
            moved[list[stays]] = false;
        }
    }
    moved
}

type Place = (usize, usize);

/// Pairs of clauses, the most votes first, each clause in one.
fn one_to_one(votes: &BTreeMap<(Place, Place), u32>) -> Vec<(Place, Place)> {
    let mut sorted: Vec<_> = votes.iter().collect();
    sorted.sort_by_key(|(pair, votes)| (std::cmp::Reverse(**votes), **pair));
    let (mut lefts, mut rights) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut pairs: Vec<(Place, Place)> = Vec::new();
    for ((l, r), _) in sorted {
        if !lefts.contains(l) && !rights.contains(r) {
            lefts.insert(*l);
            rights.insert(*r);
            pairs.push((*l, *r));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// For each first, the second with the highest count.
fn most(counts: impl Iterator<Item = (usize, usize, u32)>) -> BTreeMap<usize, usize> {
    let mut best: BTreeMap<usize, (u32, usize)> = BTreeMap::new();
    for (first, second, count) in counts {
        let entry = best.entry(first).or_insert((0, second));
        if count > entry.0 {
            *entry = (count, second);
        }
    }
    best.into_iter().map(|(first, (_, second))| (first, second)).collect()
}

/// The places of a longest subsequence that only rises.
fn longest_increasing(values: &[usize]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; values.len()];
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut sequence = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        sequence.push(at);
        next = before[at];
    }
    sequence.reverse();
    sequence
}

/// Whether another number is printed, a closing dot or bracket aside.
pub(super) fn renumbered(left: &Unit, right: &Unit) -> bool {
    let bare = |unit: &Unit| {
        let number = unit.provision.number.as_deref().unwrap_or_default();
        number.trim_matches(|c: char| matches!(c, '.' | '(' | ')') || c.is_whitespace()).to_owned()
    };
    bare(left) != bare(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_run_stays() {
        assert_eq!(longest_increasing(&[0, 3, 1, 2]), [0, 2, 3]);
        assert!(longest_increasing(&[]).is_empty());
    }
}
