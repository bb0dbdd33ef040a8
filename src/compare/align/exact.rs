//! What the passes that look for equal texts have in common.

use std::collections::BTreeMap;

use super::super::comparison::Relation;
use super::super::reading::Reading;
use super::super::side::Unit;
use super::{Alignment, Link, company};

/// Above so many pairs of equal texts, they are taken in order: nobody repeats a clause that often and means it.
const MOST_PAIRS: usize = 4096;

/// Links provisions whose `key` is the same. Where several have the same, those that stand alike are linked first.
pub(super) fn link_equal(reading: &Reading, alignment: &mut Alignment, pass: &'static str, key: fn(&Unit) -> String) {
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    let keyed = |unit: &Unit| {
        let key = key(unit);
        // An item that only holds a list has no words to go by.
        if unit.folded.is_empty() { format!("#{} {key}", unit.provision.id) } else { key }
    };
    for left in alignment.left_alone() {
        groups.entry(keyed(&reading.left.units[left])).or_default().0.push(left);
    }
    for right in alignment.right_alone() {
        if let Some(group) = groups.get_mut(&keyed(&reading.right.units[right])) {
            group.1.push(right);
        }
    }
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = groups.into_values().filter(|group| !group.1.is_empty()).collect();
    // What stands only once tells where the others belong, so it goes first; and lead-ins before their items.
    groups.sort_by_key(|group| (group.0.len() * group.1.len(), group.0[0]));
    for (lefts, rights) in groups {
        if lefts.len() * rights.len() > MOST_PAIRS {
            for (left, right) in lefts.into_iter().zip(rights) {
                alignment.add(link(left, right, pass));
            }
        } else {
            link_group(reading, alignment, pass, &lefts, &rights);
        }
    }
}

fn link(left: usize, right: usize, pass: &'static str) -> Link {
    Link { left, right, pass, score: 1.0, relation: Relation::Same, signals: Vec::new() }
}

fn link_group(reading: &Reading, alignment: &mut Alignment, pass: &'static str, lefts: &[usize], rights: &[usize]) {
    let mut open: Vec<(usize, usize)> =
        lefts.iter().flat_map(|left| rights.iter().map(|right| (*left, *right))).collect();
    if !reading.versions {
        open.retain(|(left, right)| !means_another(&reading.left.units[*left], &reading.right.units[*right]));
    }
    let mut free = open.clone();
    while !free.is_empty() {
        let best = free.iter().copied().max_by(|a, b| {
            let standing = |pair: &(usize, usize)| standing(reading, alignment, pair.0, pair.1);
            standing(a).total_cmp(&standing(b)).then(b.cmp(a))
        });
        let Some((left, right)) = best else { break };
        alignment.add(link(left, right, pass));
        free.retain(|pair| pair.0 != left && pair.1 != right);
    }
    if !reading.versions {
        // "Councillors and officers can expect from each other" may be said once here and twice there.
        for (left, right) in open {
            if alignment.links_of_left(left).is_empty() || alignment.links_of_right(right).is_empty() {
                alignment.add(link(left, right, pass));
            }
        }
    }
}

/// Whether the same words mean another thing: other people owe it, or other people may expect it.
fn means_another(left: &Unit, right: &Unit) -> bool {
    let (mine, theirs) = (left.parties, right.parties);
    let differ = |a: super::super::language::Roles, b: super::super::language::Roles| {
        !a.is_empty() && !b.is_empty() && !a.meets(b)
    };
    (left.completes() || right.completes())
        && (differ(mine.expecting, theirs.expecting) || differ(mine.owing, theirs.owing) || mine.reversed(theirs))
}

/// How much two provisions of the same words stand alike.
#[expect(clippy::cast_precision_loss, reason = "places are small numbers")]
fn standing(reading: &Reading, alignment: &Alignment, left: usize, right: usize) -> f32 {
    let (l, r) = (&reading.left.units[left], &reading.right.units[right]);
    let when = |condition: bool, weight: f32| if condition { weight } else { 0.0 };
    let share = |at: usize, of: usize| at as f32 / of.max(1) as f32;
    let distance = share(left, reading.left.units.len()) - share(right, reading.right.units.len());
    2.0 * company(reading, alignment, left, right)
        + when(l.lead_in == r.lead_in, 3.0)
        + when(l.heading == r.heading, 1.0)
        + when(l.provision.id == r.provision.id, 1.5)
        - distance.abs()
}
