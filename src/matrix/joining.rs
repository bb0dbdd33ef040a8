//! Groups of what corresponds across documents.
//!
//! Groups grow by joining. Two are joined as long as their members correspond on average: all pairs of members count of which the
//! documents were compared, and a pair without a correspondence counts as nothing. So what is like one member only does not come
//! in, however like it is, and near matches never make a chain that ends elsewhere than it began.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::{FxHashMap, FxHashSet};

/// What corresponds across documents, and how much.
pub(super) struct Items<'a> {
    /// The document of each.
    pub(super) documents: &'a [usize],
    /// How much two of them correspond, from 0 to 1. Each pair is there once.
    pub(super) links: &'a [(usize, usize, f32)],
    /// The pairs of documents that were compared.
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
    documents: Vec<BTreeMap<usize, u32>>,
    /// For each, the others that it corresponds with, and the sum of the likelihoods.
    links: Vec<FxHashMap<usize, f32>>,
    /// How often each has changed.
    changes: Vec<u32>,
    compared: Vec<FxHashSet<usize>>,
    queue: BinaryHeap<Joint>,
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
        let mut compared = vec![FxHashSet::default(); items.documents.iter().max().map_or(0, |last| last + 1)];
        for (left, right) in items.compared {
            compared[*left].insert(*right);
            compared[*right].insert(*left);
        }
        let mut growing = Self {
            least,
            members: (0..count).map(|item| vec![item]).collect(),
            documents: items.documents.iter().map(|document| BTreeMap::from([(*document, 1)])).collect(),
            changes: vec![0; count],
            links,
            compared,
            queue: BinaryHeap::new(),
        };
        (0..count).for_each(|group| growing.note(group, |other| group < other));
        growing
    }

    fn grow(&mut self) {
        while let Some(Joint { groups: (into, from), changes, .. }) = self.queue.pop() {
            if (self.changes[into], self.changes[from]) == changes {
                self.join(into, from);
            }
        }
    }

    fn join(&mut self, into: usize, from: usize) {
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        for (document, count) in std::mem::take(&mut self.documents[from]) {
            *self.documents[into].entry(document).or_default() += count;
        }
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
            let likelihood = sum / self.pairs(group, *other);
            if likelihood >= self.least {
                let groups = (group.min(*other), group.max(*other));
                let changes = (self.changes[groups.0], self.changes[groups.1]);
                self.queue.push(Joint { likelihood, groups, changes });
            }
        }
    }

    /// How many pairs of members of two groups there are of which the documents were compared.
    #[expect(clippy::cast_precision_loss, reason = "groups are small")]
    fn pairs(&self, left: usize, right: usize) -> f32 {
        let (left, right) = (&self.documents[left], &self.documents[right]);
        let pairs = left.iter().flat_map(|(document, count)| {
            let compared = &self.compared[*document];
            right.iter().filter(|(other, _)| compared.contains(other)).map(move |(_, others)| count * others)
        });
        pairs.sum::<u32>() as f32
    }

    fn groups(self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.into_iter().filter(|members| !members.is_empty()).collect();
        groups.iter_mut().for_each(|members| members.sort_unstable());
        groups.sort_unstable();
        groups
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
