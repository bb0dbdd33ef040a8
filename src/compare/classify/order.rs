//! Moved and renumbered: what stands elsewhere, and what is only pushed along.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::align::Link;
use super::super::side::{Side, Unit};

/// A section or clause by its place: a clause's section and its place in that.
type Place = (usize, usize);

/// Which links lead to another place: another section, or another order among what corresponds.
///
/// Order is looked at among sections first, so that clauses move with their section, then among the clauses of a section, so
/// that items move with their clause, and then among the items of a clause.
pub(super) fn moved(left: &Side, right: &Side, links: &[Link]) -> Vec<bool> {
    let votes = votes(left, right, links);
    let sections = Sections::new(left, right, &one_to_one(votes.clone()));
    let stays = clauses_that_stay(&votes, &sections);
    let mut within: BTreeMap<(Place, Place), Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        let pair = (clause(&left.units[link.left]), clause(&right.units[link.right]));
        if stays.contains(&pair) {
            within.entry(pair).or_default().push(at);
        }
    }
    let mut moved = vec![true; links.len()];
    for mut list in within.into_values() {
        list.sort_by_key(|at| (links[*at].left, links[*at].right));
        let rights: Vec<(usize, usize)> = list.iter().map(|at| (links[*at].right, 1)).collect();
        for stays in heaviest_rising(&rights) {
            moved[list[stays]] = false;
        }
    }
    moved
}

fn clause(unit: &Unit) -> Place {
    (unit.provision.section, unit.provision.clause)
}

/// How much speaks for each pair of clauses: the links of their provisions, their own words counting most.
fn votes(left: &Side, right: &Side, links: &[Link]) -> BTreeMap<(Place, Place), u32> {
    let mut votes: BTreeMap<(Place, Place), u32> = BTreeMap::new();
    for link in links {
        let (l, r) = (&left.units[link.left], &right.units[link.right]);
        *votes.entry((clause(l), clause(r))).or_default() += if l.is_item() || r.is_item() { 2 } else { 3 };
    }
    votes
}

/// Pairs, the most votes first, each place in one.
fn one_to_one<T: Ord + Copy>(votes: BTreeMap<(T, T), u32>) -> BTreeMap<T, T> {
    let mut sorted: Vec<((T, T), u32)> = votes.into_iter().collect();
    sorted.sort_by_key(|(pair, votes)| (Reverse(*votes), *pair));
    let mut taken = BTreeSet::new();
    let mut pairs = BTreeMap::new();
    for ((l, r), _) in sorted {
        if !pairs.contains_key(&l) && taken.insert(r) {
            pairs.insert(l, r);
        }
    }
    pairs
}

/// Which sections correspond.
struct Sections {
    /// The counterpart of each section on the left that stands in order.
    stay: BTreeMap<usize, usize>,
    /// Sections that lost their heading to another one, or got one of their own: left and right.
    joined: BTreeSet<(usize, usize)>,
}

/// What the same heading counts, in clauses.
const SAME_HEADING: u32 = 2;

/// Farther apart than this many sections, distance counts no more.
const FARTHEST: u32 = 1000;

impl Sections {
    fn new(left: &Side, right: &Side, pairs: &BTreeMap<Place, Place>) -> Self {
        let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for (l, r) in pairs {
            *shared.entry((l.0, r.0)).or_default() += 1;
        }
        let mut votes = shared.clone();
        for pair in alike_headings(left, right) {
            *votes.entry(pair).or_default() += SAME_HEADING;
        }
        // Of sections that have as much to do with each other, those in like places.
        for ((l, r), votes) in &mut votes {
            let distance = u32::try_from(l.abs_diff(*r)).unwrap_or(u32::MAX);
            *votes = *votes * FARTHEST + FARTHEST.saturating_sub(distance + 1);
        }
        let counterparts = one_to_one(votes);
        let in_order: Vec<(usize, usize)> = counterparts.into_iter().collect();
        let weigh = |pair: &(usize, usize)| (pair.1, shared.get(pair).map_or(0, |count| *count as usize));
        let weighed: Vec<(usize, usize)> = in_order.iter().map(weigh).collect();
        let stay = heaviest_rising(&weighed).into_iter().map(|at| in_order[at]).collect();
        Self { stay, joined: joined(left, right, &shared, &in_order) }
    }

    fn correspond(&self, left: usize, right: usize) -> bool {
        self.stay.get(&left) == Some(&right) || self.joined.contains(&(left, right))
    }
}

/// The sections whose headings have the same words.
fn alike_headings(left: &Side, right: &Side) -> Vec<(usize, usize)> {
    let headed = |side: &Side| -> BTreeMap<usize, Vec<String>> {
        let headed = side.units.iter().map(|unit| (unit.provision.section, unit.heading.clone()));
        headed.rev().filter(|(_, heading)| !heading.is_empty()).collect()
    };
    let mut by_heading: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (section, heading) in headed(right) {
        by_heading.entry(heading).or_default().push(section);
    }
    let with = |(section, heading): (usize, Vec<String>)| {
        let others = by_heading.get(&heading).cloned().unwrap_or_default();
        others.into_iter().map(move |other| (section, other))
    };
    headed(left).into_iter().flat_map(with).collect()
}

/// The sections without a counterpart whose clauses are for the most part in, or from, one section on the other side.
fn joined(
    left: &Side,
    right: &Side,
    shared: &BTreeMap<(usize, usize), u32>,
    counterparts: &[(usize, usize)],
) -> BTreeSet<(usize, usize)> {
    let sizes = |side: &Side| {
        let mut sizes: BTreeMap<usize, u32> = BTreeMap::new();
        let clauses: BTreeSet<Place> = side.units.iter().map(clause).collect();
        clauses.into_iter().for_each(|(section, _)| *sizes.entry(section).or_default() += 1);
        sizes
    };
    let (lefts, rights) = (sizes(left), sizes(right));
    let alone = |place: usize, side: fn(&(usize, usize)) -> usize| counterparts.iter().all(|pair| side(pair) != place);
    let mostly = |count: u32, of: Option<&u32>| count > 1 && count * 2 > of.copied().unwrap_or(0);
    let joins = |(pair, count): (&(usize, usize), &u32)| {
        let gone = alone(pair.0, |pair| pair.0) && mostly(*count, lefts.get(&pair.0));
        let come = alone(pair.1, |pair| pair.1) && mostly(*count, rights.get(&pair.1));
        (gone || come).then_some(*pair)
    };
    shared.iter().filter_map(joins).collect()
}

/// What the first counterpart of a clause counts, and what a further one: the other part of a split.
const FIRST: usize = 2;
const FURTHER: usize = 1;

/// The clauses that are still in their section and in order, with their counterparts there.
fn clauses_that_stay(votes: &BTreeMap<(Place, Place), u32>, sections: &Sections) -> BTreeSet<(Place, Place)> {
    let first = one_to_one(votes.clone());
    let mut by_section: BTreeMap<(usize, usize), Vec<(Place, Place)>> = BTreeMap::new();
    for (l, r) in votes.keys() {
        if sections.correspond(l.0, r.0) {
            by_section.entry((l.0, r.0)).or_default().push((*l, *r));
        }
    }
    let mut stays = BTreeSet::new();
    for pairs in by_section.into_values() {
        let weigh = |(l, r): &(Place, Place)| (r.1, if first.get(l) == Some(r) { FIRST } else { FURTHER });
        let rights: Vec<(usize, usize)> = pairs.iter().map(weigh).collect();
        stays.extend(heaviest_rising(&rights).into_iter().map(|at| pairs[at]));
    }
    stays
}

/// The places of the heaviest subsequence that never falls, of values and their weights; of several, the one found first.
fn heaviest_rising(values: &[(usize, usize)]) -> Vec<usize> {
    // For each last value, the heaviest sequence known that ends there, heavier ones only: its weight and last place.
    let mut ends: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut before = vec![None; values.len()];
    for (at, (value, weight)) in values.iter().enumerate() {
        let shorter = ends.range(..=value).next_back().map(|(_, end)| *end);
        before[at] = shorter.map(|(_, place)| place);
        let total = weight + shorter.map_or(0, |(total, _)| total);
        let beaten = ends.range(value..).take_while(|(_, (known, _))| *known <= total).map(|(end, _)| *end);
        for end in beaten.collect::<Vec<_>>() {
            ends.remove(&end);
        }
        ends.insert(*value, (total, at));
    }
    let mut sequence = Vec::new();
    let mut next = ends.last_key_value().map(|(_, (_, place))| *place);
    while let Some(at) = next {
        sequence.push(at);
        next = before[at];
    }
    sequence.reverse();
    sequence
}

/// A number without the dots, brackets and dashes about it; empty where there is none.
pub(in crate::compare) fn bare_number(number: Option<&str>) -> &str {
    number.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether another number is printed, the signs about it aside. A labelled item is cited with the number of its clause.
pub(super) fn renumbered(left: &Unit, right: &Unit) -> bool {
    let labelled = |unit: &Unit| unit.is_item() && unit.provision.number.is_some();
    let both = labelled(left) && labelled(right);
    bare_number(left.provision.number.as_deref()) != bare_number(right.provision.number.as_deref())
        || both && clause_number(left).zip(clause_number(right)).is_some_and(|(l, r)| l != r)
}

/// The number of an item's clause, as it stands in the item's id; none if that clause has no number.
fn clause_number(item: &Unit) -> Option<&str> {
    let (clause, rest) = item.provision.id.split_once('/')?;
    let unnumbered = rest.strip_prefix('p').is_some_and(|nth| nth.starts_with(|c: char| c.is_ascii_digit()));
    let number = clause.split_once('~').map_or(clause, |(number, _)| number);
    (!unnumbered && number.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_rising_run_stays() {
        let rising = |values: &[usize]| heaviest_rising(&values.iter().map(|value| (*value, 1)).collect::<Vec<_>>());
        assert_eq!(rising(&[0, 3, 1, 2]), [0, 2, 3]);
        assert!(rising(&[]).is_empty());
        assert_eq!(heaviest_rising(&[(0, 1), (3, 5), (1, 2), (2, 2)]), [0, 1]);
    }
}
