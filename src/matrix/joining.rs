//! Groups of what corresponds across documents.
//!
//! Groups grow by joining. Two are joined as long as their members correspond on average: all pairs of members count of which the
//! documents were compared, and a pair without a correspondence counts as nothing. So what is like one member only does not come
//! in, however like it is, and near matches never make a chain that ends elsewhere than it began. A pair of which the documents were
//! not compared says nothing, neither for nor against; but large groups are not joined on the word of a few pairs: as many must
//! have been compared as the smaller group has members.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

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
struct Growing {
    least: f32,
    /// The members of each; none, where it has become a part of another.
    members: Vec<Vec<usize>>,
    /// How many members each has of each document.
    documents: Vec<FxHashMap<usize, usize>>,
    /// With how many members of each the provisions of a document were compared.
    reach: Vec<FxHashMap<usize, usize>>,
    /// For each, the others that it corresponds with, and the sum of the likelihoods.
    links: Vec<FxHashMap<usize, f32>>,
    /// How often each has changed.
    changes: Vec<u32>,
    queue: BinaryHeap<Joint>,
    /// How many there were in the queue when it was last cleared of what no longer holds.
    cleared: usize,
}

/// Two groups that could be joined, as they were when this was noted.
struct Joint {
    likelihood: f32,
    groups: (usize, usize),
    changes: (u32, u32),
}

impl Growing {
    /// Each alone.
    fn new(items: &Items, least: f32) -> Self {
        let count = items.documents.len();
        let mut links = vec![FxHashMap::default(); count];
        for (left, right, likelihood) in items.links {
            links[*left].insert(*right, *likelihood);
            links[*right].insert(*left, *likelihood);
        }
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
            changes: vec![0; count],
            links,
            queue: BinaryHeap::new(),
            cleared: 0,
        };
        (0..count).for_each(|group| growing.note(group, |other| group < other));
        growing.cleared = growing.queue.len();
        growing
    }

    fn grow(&mut self) {
        while let Some(Joint { groups: (into, from), changes, .. }) = self.queue.pop() {
            if (self.changes[into], self.changes[from]) == changes {
                self.join(into, from);
                self.clear();
            }
        }
    }

    /// Takes out of the queue what no longer holds, when it has become most of it: each joint is noted again with every change of either
    /// group, and of thousands of documents those together would be many times the memory of all else.
    fn clear(&mut self) {
        if self.queue.len() / 2 > self.cleared {
            let changes = &self.changes;
            self.queue.retain(|joint| (changes[joint.groups.0], changes[joint.groups.1]) == joint.changes);
            self.cleared = self.queue.len();
        }
    }

    fn join(&mut self, into: usize, from: usize) {
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        add(&mut self.documents, into, from);
        add(&mut self.reach, into, from);
        for (other, likelihood) in std::mem::take(&mut self.links[from]) {
            self.links[other].remove(&from);
            if other != into {
                *self.links[into].entry(other).or_default() += likelihood;
                *self.links[other].entry(into).or_default() += likelihood;
            }
        }
        self.changes[into] += 1;
        self.changes[from] += 1;
        self.note(into, |_| true);
    }

    /// Notes which others a group could be joined with.
    fn note(&mut self, group: usize, with: impl Fn(usize) -> bool) {
        for (other, sum) in self.links[group].iter().filter(|(other, _)| with(**other)) {
            let pairs = self.pairs(group, *other);
            let enough = self.members[group].len().min(self.members[*other].len());
            #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2²³ pairs but in the largest groups")]
            let likelihood = sum / pairs as f32;
            if likelihood >= self.least && pairs >= enough {
                let groups = (group.min(*other), group.max(*other));
                let changes = (self.changes[groups.0], self.changes[groups.1]);
                self.queue.push(Joint { likelihood, groups, changes });
            }
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
        self.likelihood.total_cmp(&other.likelihood).then_with(|| other.groups.cmp(&self.groups))
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
}
