//! The order of the rows, and what they are grouped under: topics, taken from the headings of the documents.
//!
//! Two documents rarely have the same headings, nor the same ones in the same order. Sections whose provisions are in the same
//! families are about one topic, whatever they are called; the topic is called as the section is that has most in common with
//! the others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use rustc_hash::FxHashMap;

use crate::compare::{Corpus, Place};
use crate::model::Edition;

use super::families::Family;
use super::joining::{Items, joined};
use super::order::agreed;

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

/// From how many documents the topics are taken at most: those of all others would add time and little else.
const MOST: usize = 64;

/// The topics in the order of the documents, with the families in theirs.
pub(super) fn topics(editions: &[&Edition], corpus: &Corpus, families: &[Family]) -> Vec<Topic> {
    let sections = Sections::new(editions, corpus);
    let groups = grouped(&sections, families);
    let mut topics: Vec<(f32, Topic)> = groups.iter().map(|group| (0.0, sections.topic(group, families))).collect();
    for (at, topic) in sections.topic_of_each(&groups, families).into_iter().enumerate() {
        match topic {
            Some(topic) => topics[topic].1.families.push(at),
            None => without_heading(&mut topics, groups.len()).families.push(at),
        }
    }
    topics.retain(|(_, topic)| !topic.families.is_empty());
    for (place, topic) in &mut topics {
        let positions: Vec<f32> = topic.families.iter().map(|at| sections.position(&families[*at].members)).collect();
        *place = mean(&positions);
        let places: Vec<_> = topic.families.iter().map(|at| places(&families[*at].members)).collect();
        let on_average = by(&positions, |nth| topic.families[nth]);
        topic.families = agreed(&places, on_average).into_iter().map(|nth| topic.families[nth]).collect();
    }
    let on_average: Vec<f32> = topics.iter().map(|(place, _)| *place).collect();
    let members =
        |topic: &Topic| topic.families.iter().flat_map(|at| families[*at].members.clone()).collect::<Vec<_>>();
    let places: Vec<_> = topics.iter().map(|(_, topic)| places(&members(topic))).collect();
    let order = agreed(&places, by(&on_average, |nth| topics[nth].1.families[0]));
    let mut topics: Vec<Option<Topic>> = topics.into_iter().map(|(_, topic)| Some(topic)).collect();
    order.into_iter().filter_map(|nth| topics[nth].take()).collect()
}

/// The order of things by a value of each; those with the same by another.
fn by(values: &[f32], other: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(other(*a).cmp(&other(*b))));
    order
}

/// Where provisions stand in each of their documents, on average.
#[expect(clippy::cast_precision_loss, reason = "documents have fewer than 2²³ provisions")]
fn places(provisions: &[Place]) -> BTreeMap<usize, f32> {
    let mut places: BTreeMap<usize, Vec<f32>> = BTreeMap::new();
    provisions.iter().for_each(|place| places.entry(place.document).or_default().push(place.provision as f32));
    places.into_iter().map(|(document, places)| (document, mean(&places))).collect()
}

/// The topic of what stands under no heading, which comes after the headed ones.
fn without_heading(topics: &mut Vec<(f32, Topic)>, headed: usize) -> &mut Topic {
    if topics.len() == headed {
        topics.push((0.0, Topic { heading: None, families: Vec::new() }));
    }
    &mut topics[headed].1
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

    fn heading(&self, section: Section) -> Option<&str> {
        self.editions[section.0].protocol.sections[section.1].heading.as_deref()
    }

    /// Whether the topics are taken from a section: it has a heading, and its document is one of those that are looked at, which
    /// are spread over all.
    fn counts(&self, section: Section) -> bool {
        let every = self.editions.len().div_ceil(MOST);
        section.0.is_multiple_of(every) && self.heading(section).is_some()
    }

    /// The topic of each family: the one that most of its members stand under, as far as they stand under any; else the one of
    /// what stands before it in its documents.
    fn topic_of_each(&self, groups: &[Vec<Section>], families: &[Family]) -> Vec<Option<usize>> {
        let group_of: BTreeMap<Section, usize> =
            groups.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |section| (*section, at))).collect();
        let by_heading =
            |family: &Family| most(family.members.iter().filter_map(|place| group_of.get(&self.of(*place)).copied()));
        let mut topics: Vec<Option<usize>> = families.iter().map(by_heading).collect();
        let mut family_of: Vec<Vec<usize>> = self.of.iter().map(|sections| vec![0; sections.len()]).collect();
        for (at, family) in families.iter().enumerate() {
            family.members.iter().for_each(|place| family_of[place.document][place.provision] = at);
        }
        let before = |place: &Place| {
            let others = &family_of[place.document];
            let (before, after) = others.split_at(place.provision);
            before.iter().rev().chain(after).find_map(|family| topics[*family])
        };
        let beside: Vec<(usize, Option<usize>)> = (0..families.len())
            .filter(|at| topics[*at].is_none())
            .map(|at| (at, most(families[at].members.iter().filter_map(before))))
            .collect();
        beside.into_iter().for_each(|(at, topic)| topics[at] = topic);
        topics
    }

    /// A topic without its families, called as the one of its sections is that has most in common with the others.
    fn topic(&self, group: &[Section], families: &[Family]) -> Topic {
        let mut shared: BTreeMap<Section, usize> = BTreeMap::new();
        for family in families {
            let inside: Vec<Section> =
                family.members.iter().map(|place| self.of(*place)).filter(|section| group.contains(section)).collect();
            inside.iter().for_each(|section| *shared.entry(*section).or_default() += inside.len());
        }
        let most = group.iter().max_by_key(|at| (shared.get(at).copied().unwrap_or(0), std::cmp::Reverse(**at)));
        Topic { heading: most.and_then(|at| self.heading(*at)).map(str::to_owned), families: Vec::new() }
    }
}

/// The one that comes most often, of several the first.
fn most(all: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_iter().max_by_key(|(one, count)| (*count, std::cmp::Reverse(*one))).map(|(one, _)| one)
}

/// Sections in groups that are about one topic: two correspond as far as they have the same families. Two of one document do not,
/// for their council has given them two headings; so a document with one heading over everything does not make one topic of all
/// sections of the others.
fn grouped(sections: &Sections, families: &[Family]) -> Vec<Vec<Section>> {
    let mut in_section: BTreeMap<Section, usize> = BTreeMap::new();
    let mut shared: FxHashMap<(Section, Section), usize> = FxHashMap::default();
    for family in families {
        let counting =
            family.members.iter().map(|place| sections.of(*place)).filter(|section| sections.counts(*section));
        let of: BTreeSet<Section> = counting.collect();
        of.iter().for_each(|section| *in_section.entry(*section).or_default() += 1);
        let pairs = of.iter().flat_map(|one| of.range((Excluded(*one), Unbounded)).map(move |other| (*one, *other)));
        pairs.filter(|(one, other)| one.0 != other.0).for_each(|pair| *shared.entry(pair).or_default() += 1);
    }
    let all: Vec<Section> = in_section.keys().copied().collect();
    let at = |section: &Section| all.binary_search(section).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "counts of families are small")]
    let link = |((one, other), shared): (&(Section, Section), &usize)| {
        (at(one), at(other), *shared as f32 / ((in_section[one] * in_section[other]) as f32).sqrt())
    };
    let links: Vec<(usize, usize, f32)> = shared.iter().map(link).collect();
    let documents: Vec<usize> = all.iter().map(|section| section.0).collect();
    let looked_at: BTreeSet<usize> = documents.iter().copied().collect();
    let compared: Vec<(usize, usize)> =
        looked_at.iter().flat_map(|one| looked_at.range(one..).map(move |other| (*one, *other))).collect();
    let groups = joined(&Items { documents: &documents, links: &links, compared: &compared }, LEAST);
    groups.into_iter().map(|group| group.into_iter().map(|section| all[section]).collect()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}
