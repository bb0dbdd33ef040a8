//! From links and what was found of them to the changes that are reported.

mod references;

use super::align::{Alignment, Link};
use super::classify::{self, Classified};
use super::comparison::{Change, Kind, Relation, Strength, Why};
use super::reading::Reading;
use super::redline::redline;
use super::side::Side;

use references::References;

/// The changes, in the order of the right document; what is only on the left stands after what stood before it there.
pub(super) fn changes(reading: &Reading, alignment: &Alignment, classified: &[Classified]) -> Vec<Change> {
    use rayon::prelude::*;
    let grouped: std::collections::BTreeSet<usize> = alignment.groups.iter().flatten().copied().collect();
    let mut drafts: Vec<Draft> = alignment.groups.iter().map(|links| Draft::Group(links.clone())).collect();
    drafts.extend((0..alignment.links.len()).filter(|link| !grouped.contains(link)).map(Draft::One));
    drafts.extend(alignment.left_alone().into_iter().map(Draft::Removed));
    drafts.extend(alignment.right_alone().into_iter().map(Draft::Added));
    let mut changes: Vec<Change> =
        drafts.par_iter().map(|draft| change(reading, alignment, classified, draft)).collect();
    if reading.versions {
        let references = References::new(reading, alignment);
        changes.iter_mut().for_each(|change| follow(reading, &references, change));
    }
    let anchor = anchors(reading.left.units.len(), &changes);
    changes.sort_by_key(|change| match (change.right.first(), change.left.first()) {
        (Some(right), left) => (right + 1, 0, left.copied().unwrap_or(0)),
        (None, Some(left)) => (anchor[*left], 1, *left),
        (None, None) => (0, 0, 0),
    });
    changes
}

enum Draft {
    Group(Vec<usize>),
    One(usize),
    Removed(usize),
    Added(usize),
}

/// For each place on the left, how many provisions of the right stand before it: those up to the counterpart of the nearest
/// before it that has one.
fn anchors(lefts: usize, changes: &[Change]) -> Vec<usize> {
    let mut counterpart = vec![None; lefts];
    for change in changes {
        for left in &change.left {
            if let Some(right) = change.right.last() {
                counterpart[*left] = Some(right + 1);
            }
        }
    }
    let mut last = 0;
    counterpart
        .into_iter()
        .map(|right| {
            last = right.unwrap_or(last);
            last
        })
        .collect()
}

fn change(reading: &Reading, alignment: &Alignment, classified: &[Classified], draft: &Draft) -> Change {
    match draft {
        Draft::One(link) => linked(reading, &alignment.links[*link], &classified[*link]),
        Draft::Group(links) => group(reading, alignment, classified, links),
        Draft::Removed(left) => alone(reading, Some(*left), None),
        Draft::Added(right) => alone(reading, None, Some(*right)),
    }
}

fn text(side: &Side, at: &[usize]) -> String {
    at.iter().map(|at| side.units[*at].provision.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn linked(reading: &Reading, link: &Link, classified: &Classified) -> Change {
    let (left, right) = (vec![link.left], vec![link.right]);
    Change {
        kind: classified.aspects[0],
        aspects: classified.aspects.clone(),
        relation: Some(link.relation),
        score: link.score,
        strength: classified.strength,
        evidence: classified.evidence.clone(),
        words: redline(&text(&reading.left, &left), &text(&reading.right, &right)),
        why: Why { pass: Some(link.pass), signals: link.signals.clone() },
        left,
        right,
    }
}

/// Where only references followed the clauses they name, that is all there is to say of the words.
fn follow(reading: &Reading, references: &References, change: &mut Change) {
    let ([left], [right]) = (change.left.as_slice(), change.right.as_slice()) else { return };
    let (left, right) = (&reading.left.units[*left].provision.text, &reading.right.units[*right].provision.text);
    let Some(evidence) = references.followed(left, right) else { return };
    let moved = change.aspects.contains(&Kind::Moved);
    change.aspects = if moved { vec![Kind::Moved, Kind::Renumbered] } else { vec![Kind::Renumbered] };
    change.kind = change.aspects[0];
    change.relation = Some(Relation::Same);
    change.strength = Strength::Equal;
    change.evidence = evidence;
}

fn group(reading: &Reading, alignment: &Alignment, classified: &[Classified], links: &[usize]) -> Change {
    let places = |side: fn(&Link) -> usize| {
        let mut places: Vec<usize> = links.iter().map(|link| side(&alignment.links[*link])).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let (left, right) = (places(|link| link.left), places(|link| link.right));
    let kind = if right.len() > left.len() { Kind::Split } else { Kind::Merged };
    let surest = links.iter().map(|link| &alignment.links[*link]).max_by(|a, b| a.score.total_cmp(&b.score));
    let Classified { aspects: others, strength, evidence } = classify::together(reading, &left, &right);
    let mut aspects = vec![kind];
    aspects.extend(others);
    aspects.extend(links.iter().flat_map(|link| &classified[*link].aspects).filter(|aspect| **aspect == Kind::Moved));
    aspects.dedup();
    let score = links.iter().map(|link| alignment.links[*link].score).fold(1.0, f32::min);
    Change {
        kind,
        aspects,
        relation: surest.map(|link| link.relation),
        score,
        strength,
        evidence,
        words: redline(&text(&reading.left, &left), &text(&reading.right, &right)),
        why: Why { pass: Some(super::align::SPLIT_AND_MERGED), signals: Vec::new() },
        left,
        right,
    }
}

fn alone(reading: &Reading, left: Option<usize>, right: Option<usize>) -> Change {
    let kind = if left.is_some() { Kind::Removed } else { Kind::Added };
    let (left, right): (Vec<usize>, Vec<usize>) = (left.into_iter().collect(), right.into_iter().collect());
    Change {
        kind,
        aspects: vec![kind],
        relation: None,
        score: 1.0,
        strength: Strength::Equal,
        evidence: Vec::new(),
        words: redline(&text(&reading.left, &left), &text(&reading.right, &right)),
        why: Why { pass: None, signals: Vec::new() },
        left,
        right,
    }
}
