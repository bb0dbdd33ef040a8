//! The same provision in other words.

use super::super::comparison::{Relation, Weighed};
use super::super::likeness::{CONTEXT, Measured, Model, SIGNALS};
use super::super::reading::{Judged, Reading};
use super::{Alignment, Link, Pass, PassExample};

pub(super) static PASS: Pass = Pass {
    name: "meaning",
    what: "The same provision in other words, by all signals together (see “How likeness is judged”). Between councils a \
           provision may have several counterparts; between versions only what is left is looked at, and it has one.",
    example: PassExample {
        left: "Officers must not be pressed to change their professional advice.",
        right: "Members should not put an employee under pressure to alter the advice they give as a professional.",
    },
    run,
};

/// The least likelihood reported, however little the documents have in common.
const LEAST: f32 = 0.25;
/// The least between versions, where nearly everything has been found before.
const LEAST_BETWEEN_VERSIONS: f32 = 0.9;

fn run(reading: &Reading, alignment: &mut Alignment) {
    if reading.versions {
        between_versions(reading, alignment);
    } else {
        between_councils(reading, alignment);
    }
}

fn between_councils(reading: &Reading, alignment: &mut Alignment) {
    let judged = all(reading);
    let likelihoods: Vec<f32> = judged.iter().map(|judged| judged.likelihood).collect();
    let least = reported(&likelihoods).max(LEAST);
    for judged in judged.iter().filter(|judged| judged.likelihood >= least) {
        alignment.add(link(judged, signals(judged, &reading.model)));
    }
}

/// Links whatever is as likely as that, without the signals that say why.
pub(super) fn down_to(least: f32, reading: &Reading, alignment: &mut Alignment) {
    for judged in all(reading).iter().filter(|judged| judged.likelihood >= least) {
        alignment.add(link(judged, Vec::new()));
    }
}

fn all(reading: &Reading) -> Vec<Judged> {
    let every = |count: usize| (0..count).collect::<Vec<_>>();
    reading.judged(&every(reading.left.units.len()), &every(reading.right.units.len()))
}

fn between_versions(reading: &Reading, alignment: &mut Alignment) {
    let (lefts, rights) = (alignment.left_alone(), alignment.right_alone());
    let mut judged = reading.judged(&lefts, &rights);
    judged.retain(|judged| judged.likelihood >= LEAST_BETWEEN_VERSIONS);
    judged.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood));
    for judged in judged {
        if alignment.links_of_left(judged.left).is_empty() && alignment.links_of_right(judged.right).is_empty() {
            alignment.add(link(&judged, signals(&judged, &reading.model)));
        }
    }
}

/// How much of each must be in the other for two texts to say the same.
const EQUIVALENT: f32 = 0.7;
/// The place of the signal that says so.
const COVERED_LEAST: usize = 6;

/// How near two texts that are not in the same words come.
pub(crate) fn relation(alone: &Measured) -> Relation {
    if alone.values[COVERED_LEAST] >= EQUIVALENT { Relation::Equivalent } else { Relation::Partial }
}

fn link(judged: &Judged, signals: Vec<Weighed>) -> Link {
    Link {
        left: judged.left,
        right: judged.right,
        pass: PASS.name,
        score: judged.likelihood,
        relation: relation(&judged.alone),
        signals,
    }
}

/// The signals that weighed most, of the pair alone and in context.
fn signals(judged: &Judged, model: &Model) -> Vec<Weighed> {
    let alone = SIGNALS.iter().zip(judged.alone.values).zip(model.alone.weights);
    let context = CONTEXT.iter().zip(judged.context).zip(model.in_context.weights);
    let mut weighed: Vec<Weighed> = alone
        .chain(context)
        .map(|((signal, value), weight)| Weighed {
            name: signal.name,
            what: signal.what,
            value,
            weight: value * weight,
        })
        .filter(|weighed| weighed.weight.abs() >= 0.05)
        .collect();
    weighed.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.name.cmp(b.name)));
    weighed
}

/// The least likelihood that is reported: the one for which, if the likelihoods are right, precision and recall together (F1)
/// come out best.
fn reported(likelihoods: &[f32]) -> f32 {
    let mut sorted = likelihoods.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let all: f32 = sorted.iter().sum();
    let (mut sum, mut count, mut best, mut least) = (0.0, 0.0, 0.0, 1.0);
    for likelihood in sorted {
        sum += likelihood;
        count += 1.0;
        let expected = 2.0 * sum / (count + all);
        if expected > best {
            (best, least) = (expected, likelihood);
        }
    }
    least
}
