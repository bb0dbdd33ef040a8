//! Groups of what corresponds across documents.
//!
//! Groups grow by joining. Two are joined as long as their members correspond on average: all pairs of members count of which the
//! documents were compared, and a pair without a correspondence counts as nothing. So what is like one member only does not come
//! in, however like it is, and near matches never make a chain that ends elsewhere than it began. A pair of which the documents were
//! not compared says nothing, neither for nor against; but large groups are not joined on the word of a few pairs: as many must
//! have been compared as the smaller group has members.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

/// What corresponds across documents, and how much.
pub(super) struct Items<'a> {
    /// The document of each.
    pub(super) documents: &'a [usize],
    /// How much two of them correspond, from 0 to 1. Each pair is there once.
    pub(super) links: &'a [(usize, usize, f32)],
    /// The pairs of documents that were compared; of a document with itself, where its items are known to be apart.
    pub(super) compared: &'a [(usize, usize)],
}

/// Items in groups whose members correspond at least that much on average, in the order of their first members. Each is in one.
pub(super) fn joined(items: &Items, least: f32) -> Vec<Vec<usize>> {
    let mut growing = Growing::new(items, least);
    growing.grow();
    growing.groups()
}

/// Groups that are being joined.
///
/// A group that was joined from two is never likelier to be one with a third than the likelier of the two was: its likelihood is the
/// mean of theirs, weighed by their pairs. So what was noted of two groups before either grew is a bound for them now, and is looked at again
/// only when its turn comes. To weigh a group anew against all that are like it, whenever it grows, would be the square of the documents.
struct Growing {
    least: f32,
    /// The members of each; none, where it has become a part of another.
    members: Vec<Vec<usize>>,
    /// How many members each has of each document.
    documents: Vec<FxHashMap<usize, usize>>,
    /// With how many members of each the provisions of a document were compared.
    reach: Vec<FxHashMap<usize, usize>>,
    /// For each, the others that it corresponds with.
    links: Vec<FxHashMap<usize, Link>>,
    /// The others that it is likely enough the same as, though too few pairs were compared. They wait until either grows.
    waiting: Vec<FxHashSet<usize>>,
    queue: BinaryHeap<Joint>,
}

/// How two groups correspond.
#[derive(Clone, Copy, Default)]
struct Link {
    /// The likelihoods of all their pairs together.
    sum: f32,
    /// The mean of these is at most that: what the queue has of them.
    most: f32,
}

/// Two groups that could be joined.
struct Joint {
    most: f32,
    groups: (usize, usize),
}

impl Growing {
    /// Each alone.
    fn new(items: &Items, least: f32) -> Self {
        let count = items.documents.len();
        let mut compared = vec![FxHashMap::default(); items.documents.iter().max().map_or(0, |last| last + 1)];
        for (left, right) in items.compared {
            compared[*left].insert(*right, 1);
            compared[*right].insert(*left, 1);
        }
        let mut growing = Self {
            least,
            members: (0..count).map(|item| vec![item]).collect(),
            documents: items.documents.iter().map(|document| FxHashMap::from_iter([(*document, 1)])).collect(),
            reach: items.documents.iter().map(|document| compared[*document].clone()).collect(),
            links: vec![FxHashMap::default(); count],
            waiting: vec![FxHashSet::default(); count],
            queue: BinaryHeap::new(),
        };
        for (left, right, likelihood) in items.links {
            growing.link(*left, *right, Link { sum: *likelihood, most: *likelihood });
            growing.note(*left, *right);
        }
        growing
    }

    fn grow(&mut self) {
        while let Some(Joint { most, groups: (into, from) }) = self.queue.pop() {
            // What was noted of a group that is gone, or has since been noted otherwise, no longer holds.
            let Some(link) = self.links[into].get(&from).copied().filter(|link| link.most.total_cmp(&most).is_eq())
            else {
                continue;
            };
            let pairs = self.pairs(into, from);
            #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2²³ pairs but in the largest groups")]
            let likelihood = link.sum / pairs as f32;
            if likelihood < most {
                self.link(into, from, Link { most: likelihood, ..link });
                self.note(into, from);
            } else if pairs >= self.members[into].len().min(self.members[from].len()) {
                self.join(into, from);
            } else {
                self.waiting[into].insert(from);
                self.waiting[from].insert(into);
            }
        }
    }

    fn join(&mut self, into: usize, from: usize) {
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        add(&mut self.documents, into, from);
        add(&mut self.reach, into, from);
        self.release(from);
        for (other, theirs) in std::mem::take(&mut self.links[from]) {
            self.links[other].remove(&from);
            if other != into {
                let ours = self.links[into].get(&other).copied().unwrap_or_default();
                self.link(into, other, Link { sum: ours.sum + theirs.sum, most: ours.most.max(theirs.most) });
                if theirs.most > ours.most {
                    self.note(into, other);
                }
            }
        }
        for other in self.release(into) {
            self.note(into, other);
        }
    }

    /// Those that wait for a group to grow. They wait no longer.
    fn release(&mut self, group: usize) -> FxHashSet<usize> {
        let waiting = std::mem::take(&mut self.waiting[group]);
        for other in &waiting {
            self.waiting[*other].remove(&group);
        }
        waiting
    }

    fn link(&mut self, one: usize, other: usize, link: Link) {
        self.links[one].insert(other, link);
        self.links[other].insert(one, link);
    }

    /// Notes that two groups could be joined, if they could.
    fn note(&mut self, one: usize, other: usize) {
        if let Some(Link { most, .. }) = self.links[one].get(&other).copied().filter(|link| link.most >= self.least) {
            self.queue.push(Joint { most, groups: (one.min(other), one.max(other)) });
        }
    }

    /// How many pairs of members of two groups there are of which the documents were compared.
    fn pairs(&self, one: usize, other: usize) -> usize {
        let few_first = self.documents[one].len() <= self.documents[other].len();
        let (few, many) = if few_first { (one, other) } else { (other, one) };
        let of = |(document, count): (&usize, &usize)| count * self.reach[many].get(document).copied().unwrap_or(0);
        self.documents[few].iter().map(of).sum()
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.into_iter().filter(|members| !members.is_empty()).collect();
        groups.iter_mut().for_each(|members| members.sort_unstable());
        groups.sort_unstable();
        groups
    }
}

/// Adds the counts of one group to those of another, and takes them from it.
fn add(counts: &mut [FxHashMap<usize, usize>], into: usize, from: usize) {
    let mut few = std::mem::take(&mut counts[from]);
    if few.len() > counts[into].len() {
        std::mem::swap(&mut few, &mut counts[into]);
    }
    for (document, count) in few {
        *counts[into].entry(document).or_default() += count;
    }
}

impl Ord for Joint {
    /// The likeliest first, then the one that comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most).then_with(|| other.groups.cmp(&self.groups))
    }
}

impl PartialOrd for Joint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Joint {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Joint {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Two groups of three that are sure of their own, and how likely the pairs between them are of which the documents were compared.
    fn of_two_threes(between: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        let mut links = vec![(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0)];
        links.extend_from_slice(between);
        let compared: Vec<(usize, usize)> = links.iter().map(|(one, other, _)| (*one, *other)).collect();
        let links: Vec<(usize, usize, f32)> = links.into_iter().filter(|link| link.2 > 0.0).collect();
        joined(&Items { documents: &[0, 1, 2, 3, 4, 5], links: &links, compared: &compared }, 0.3)
    }

    #[test]
    fn what_was_not_compared_speaks_neither_for_nor_against() {
        let two = vec![vec![0, 1, 2], vec![3, 4, 5]];
        assert_eq!(of_two_threes(&[(0, 3, 0.9), (1, 4, 0.8), (2, 5, 0.4)]), [vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(of_two_threes(&[(0, 3, 0.8), (1, 4, 0.0), (2, 5, 0.0)]), two);
        // One pair is not enough for six, however sure it is.
        assert_eq!(of_two_threes(&[(2, 3, 0.9)]), two);
    }

    fn in_order(one: usize, other: usize) -> (usize, usize) {
        (one.min(other), one.max(other))
    }

    fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
    }

    /// What `joined` should give: the likeliest of all pairs of groups, each weighed anew, are joined until none is likely enough.
    fn joined_plainly(items: &Items, least: f32) -> Vec<Vec<usize>> {
        let likely: BTreeMap<(usize, usize), f32> =
            items.links.iter().map(|link| (in_order(link.0, link.1), link.2)).collect();
        let mut groups: Vec<Vec<usize>> = (0..items.documents.len()).map(|item| vec![item]).collect();
        loop {
            let weighed = |(one, other): (usize, usize)| {
                let both =
                    groups[one].iter().flat_map(|left| groups[other].iter().map(|right| in_order(*left, *right)));
                let compared: Vec<(usize, usize)> = both
                    .filter(|both| items.compared.contains(&in_order(items.documents[both.0], items.documents[both.1])))
                    .collect();
                let enough = compared.len() >= groups[one].len().min(groups[other].len());
                let sum: f32 = compared.iter().filter_map(|both| likely.get(both)).sum();
                #[expect(clippy::cast_precision_loss, reason = "there are a few hundred")]
                let likelihood = sum / compared.len() as f32;
                (enough && likelihood >= least).then_some((likelihood, one, other))
            };
            let weighed = pairs(groups.len()).filter_map(weighed);
            let Some((_, one, other)) = weighed.max_by(|left, right| left.0.total_cmp(&right.0)) else {
                groups.iter_mut().for_each(|group| group.sort_unstable());
                return groups;
            };
            let from = groups.remove(other);
            groups[one].extend(from);
        }
    }

    proptest! {
        #[test]
        fn the_likeliest_are_joined_first(
            documents in prop::collection::vec(0..6_usize, 2..24),
            apart in prop::collection::btree_set((0..6_usize, 0..6_usize), 0..12),
            likelihoods in prop::collection::vec(prop::option::weighted(0.4, 0.05..1.0_f32), 24 * 23 / 2),
        ) {
            let last = documents.iter().max().copied().unwrap_or(0);
            let compared: Vec<(usize, usize)> =
                (0..=last).flat_map(|one| (one..=last).map(move |other| (one, other))).filter(|both| !apart.contains(both)).collect();
            let links: Vec<(usize, usize, f32)> = pairs(documents.len())
                .zip(&likelihoods)
                .filter(|((one, other), _)| compared.contains(&in_order(documents[*one], documents[*other])))
                .filter_map(|((one, other), likelihood)| likelihood.map(|likelihood| (one, other, likelihood)))
                .collect();
            let items = Items { documents: &documents, links: &links, compared: &compared };
            prop_assert_eq!(joined(&items, 0.3), joined_plainly(&items, 0.3));
        }
    }
}
