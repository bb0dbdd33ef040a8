//! Families: the provisions, one or more a council, that say the same thing.
//!
//! Every provision has one family that it belongs to. One that says more than one thing, such as a long clause, may say what
//! another family says too: it is a guest there.

use rustc_hash::FxHashMap;

use crate::compare::{Corpus, Correspondence, Place};

use super::joining::{Items, joined};

/// The least likelihood, on average, with which members of two families correspond for the two to be one.
const LEAST: f32 = 0.3;
/// The same for a guest and the members of a family.
const LEAST_OF_A_GUEST: f32 = 0.4;

/// Provisions that say the same thing, in the order of their documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Family {
    pub(super) members: Vec<Place>,
    pub(super) guests: Vec<Place>,
}

impl Family {
    /// Members and guests, in order.
    pub(super) fn all(&self) -> Vec<Place> {
        let mut all = [&*self.members, &*self.guests].concat();
        all.sort_unstable();
        all
    }
}

/// The families, in the order of their first members.
pub(super) fn families(corpus: &Corpus, correspondences: &[Correspondence]) -> Vec<Family> {
    let place = |document| (0..corpus.provisions(document).len()).map(move |provision| Place { document, provision });
    let places: Vec<Place> = (0..corpus.documents()).flat_map(place).collect();
    let at: FxHashMap<Place, usize> = places.iter().enumerate().map(|(at, place)| (*place, at)).collect();
    let links: Vec<(usize, usize, f32)> =
        correspondences.iter().map(|both| (at[&both.left], at[&both.right], both.score)).collect();
    let documents: Vec<usize> = places.iter().map(|place| place.document).collect();
    let items = Items { documents: &documents, links: &links, compared: corpus.pairs() };
    let groups = joined(&items, LEAST);
    let mut families: Vec<Family> = groups
        .iter()
        .map(|group| Family { members: group.iter().map(|item| places[*item]).collect(), guests: Vec::new() })
        .collect();
    for (item, family) in guests(&groups, &items) {
        families[family].guests.push(places[item]);
    }
    families
}

/// The items that correspond with the members of another group than their own, and that group, in order.
fn guests(groups: &[Vec<usize>], items: &Items) -> Vec<(usize, usize)> {
    let mut group_of = vec![0; items.documents.len()];
    groups.iter().enumerate().for_each(|(at, group)| group.iter().for_each(|item| group_of[*item] = at));
    let mut sums: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for (left, right, likelihood) in items.links.iter().filter(|link| group_of[link.0] != group_of[link.1]) {
        *sums.entry((*left, group_of[*right])).or_default() += likelihood;
        *sums.entry((*right, group_of[*left])).or_default() += likelihood;
    }
    let compared = Compared::new(groups, items);
    let comes = |((item, group), sum): ((usize, usize), f32)| {
        let others = compared.members(items.documents[item], group);
        #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2²³ members")]
        let likely = others > 0 && sum / others as f32 >= LEAST_OF_A_GUEST;
        likely.then_some((item, group))
    };
    let mut guests: Vec<(usize, usize)> = sums.into_iter().filter_map(comes).collect();
    guests.sort_unstable();
    guests
}

/// With which members of which groups a document was compared.
struct Compared {
    /// For each document, those it was compared with.
    with: Vec<Vec<usize>>,
    /// For each group, how many members it has of each document.
    members: Vec<FxHashMap<usize, usize>>,
}

impl Compared {
    fn new(groups: &[Vec<usize>], items: &Items) -> Self {
        let mut with = vec![Vec::new(); items.documents.iter().max().map_or(0, |last| last + 1)];
        for (left, right) in items.compared {
            with[*left].push(*right);
            if left != right {
                with[*right].push(*left);
            }
        }
        let count = |group: &Vec<usize>| {
            let mut members: FxHashMap<usize, usize> = FxHashMap::default();
            group.iter().for_each(|item| *members.entry(items.documents[*item]).or_default() += 1);
            members
        };
        Self { with, members: groups.iter().map(count).collect() }
    }

    /// How many members of a group are of documents with which that one was compared.
    fn members(&self, document: usize, group: usize) -> usize {
        self.with[document].iter().filter_map(|other| self.members[group].get(other)).sum()
    }
}
