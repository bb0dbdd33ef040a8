//! The order of the rows, and what they are grouped under: topics, taken from the headings of the documents.
//!
//! Two documents rarely have the same headings, nor the same ones in the same order. Sections whose provisions are in the same
//! families are about one topic, whatever they are called; the topic is called as the section is that has most in common with
//! the others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use crate::compare::{Corpus, Place};
use crate::model::Edition;

use super::families::Family;
use super::joining::{Items, joined};

/// Families of one topic, in order.
pub(super) struct Topic {
    /// What it is called; none where its documents have no headings.
    pub(super) heading: Option<String>,
    /// The places of its families.
    pub(super) families: Vec<usize>,
}

/// A section: its document, and its place there.
type Section = (usize, usize);

/// How much the sections of two topics must have in common, on average, for the two to be one.
const LEAST: f32 = 0.2;

/// The topics, in the order in which the documents have them on average, with the families in theirs.
pub(super) fn topics(editions: &[&Edition], corpus: &Corpus, families: &[Family]) -> Vec<Topic> {
    let sections = Sections::new(editions, corpus);
    let groups = grouped(&sections, corpus, families);
    let group_of: BTreeMap<Section, usize> =
        groups.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |section| (*section, at))).collect();
    let mut topics: Vec<(f32, Topic)> = groups.iter().map(|group| (0.0, sections.topic(group, families))).collect();
    for (at, family) in families.iter().enumerate() {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        family.members.iter().for_each(|place| *votes.entry(group_of[&sections.of(*place)]).or_default() += 1);
        let most = votes.iter().max_by_key(|(group, votes)| (**votes, std::cmp::Reverse(**group)));
        if let Some((group, _)) = most {
            topics[*group].1.families.push(at);
        }
    }
    topics.retain(|(_, topic)| !topic.families.is_empty());
    for (place, topic) in &mut topics {
        let positions: Vec<f32> = topic.families.iter().map(|at| sections.position(&families[*at].members)).collect();
        *place = mean(&positions);
        let mut ordered: Vec<(f32, usize)> = positions.into_iter().zip(topic.families.iter().copied()).collect();
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        topic.families = ordered.into_iter().map(|(_, at)| at).collect();
    }
    topics.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.families[0].cmp(&b.1.families[0])));
    topics.into_iter().map(|(_, topic)| topic).collect()
}

/// The sections of all documents.
struct Sections<'a> {
    editions: &'a [&'a Edition],
    /// For each document, the section of each provision.
    of: Vec<Vec<usize>>,
}

impl<'a> Sections<'a> {
    fn new(editions: &'a [&'a Edition], corpus: &Corpus) -> Self {
        let of = |document| corpus.provisions(document).map(|provision| provision.section).collect();
        Self { editions, of: (0..editions.len()).map(of).collect() }
    }

    fn of(&self, place: Place) -> Section {
        (place.document, self.of[place.document][place.provision])
    }

    /// Where a family stands in its documents on average, from 0, the beginning, to 1.
    #[expect(clippy::cast_precision_loss, reason = "documents have fewer than 2²³ provisions")]
    fn position(&self, family: &[Place]) -> f32 {
        let at = |place: &Place| place.provision as f32 / self.of[place.document].len() as f32;
        mean(&family.iter().map(at).collect::<Vec<_>>())
    }

    /// A topic without its families, called as the one of its sections is that has most in common with the others.
    fn topic(&self, group: &[Section], families: &[Family]) -> Topic {
        let mut shared: BTreeMap<Section, usize> = BTreeMap::new();
        for family in families {
            let inside: Vec<Section> =
                family.members.iter().map(|place| self.of(*place)).filter(|section| group.contains(section)).collect();
            inside.iter().for_each(|section| *shared.entry(*section).or_default() += inside.len());
        }
        let heading = |section: &Section| self.editions[section.0].protocol.sections[section.1].heading.clone();
        let mut headed: Vec<(usize, Section)> = group
            .iter()
            .filter(|at| heading(at).is_some())
            .map(|at| (shared.get(at).copied().unwrap_or(0), *at))
            .collect();
        headed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Topic { heading: headed.first().and_then(|(_, section)| heading(section)), families: Vec::new() }
    }
}

/// Sections in groups that are about one topic: two correspond as much as the one with fewer families has them in common with the
/// other.
fn grouped(sections: &Sections, corpus: &Corpus, families: &[Family]) -> Vec<Vec<Section>> {
    let mut in_section: BTreeMap<Section, usize> = BTreeMap::new();
    let mut shared: BTreeMap<(Section, Section), usize> = BTreeMap::new();
    for family in families {
        let of: BTreeSet<Section> = family.members.iter().map(|place| sections.of(*place)).collect();
        of.iter().for_each(|section| *in_section.entry(*section).or_default() += 1);
        let pairs = of.iter().flat_map(|one| of.range((Excluded(*one), Unbounded)).map(move |other| (*one, *other)));
        pairs.filter(|(one, other)| one.0 != other.0).for_each(|pair| *shared.entry(pair).or_default() += 1);
    }
    let all: Vec<Section> = in_section.keys().copied().collect();
    let at = |section: &Section| all.binary_search(section).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "counts of families are small")]
    let link = |((one, other), shared): (&(Section, Section), &usize)| {
        (at(one), at(other), *shared as f32 / in_section[one].min(in_section[other]) as f32)
    };
    let links: Vec<(usize, usize, f32)> = shared.iter().map(link).collect();
    let documents: Vec<usize> = all.iter().map(|section| section.0).collect();
    let groups = joined(&Items { documents: &documents, links: &links, compared: corpus.pairs() }, LEAST);
    groups.into_iter().map(|group| group.into_iter().map(|section| all[section]).collect()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}
