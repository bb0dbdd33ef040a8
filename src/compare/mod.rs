//! What really changed between two documents: versions of one, or two councils' documents of a kind.
//!
//! 1. `reading`: both sides' provisions are read as `language` says, and others of their kind beside them.
//! 2. `align`: passes, from the surest to the most daring, link the provisions that correspond. Those that go by meaning
//!    ask `likeness` how likely a pair is.
//! 3. `classify`: what became of each: moved, reworded, stronger, weaker, another party, another detail, with the words
//!    that show it.
//! 4. [`fn@redline`]: the left words turned into the right ones.
//! 5. `assemble`: all of it in the order of the right document.
//!
//! Before two versions can be compared, [`fn@kin`] tells which of a council's documents another one is a version of, and
//! [`carry_ids`] gives it the ids that the version before has for good.

mod align;
mod assemble;
mod carried;
mod classify;
mod comparison;
mod corpus;
mod differences;
pub mod fitting;
mod kin;
mod language;
mod likeness;
mod partners;
mod reading;
mod redline;
mod side;

use crate::model::{Edition, Provision};

pub use align::{PASSES, Pass, PassExample};
pub use carried::{Carried, carry_ids};
pub use comparison::{
    Change, Comparison, Evidence, FactChange, HeadingChange, Kind, Op, Relation, Strength, Weighed, Why, Words,
};
pub use corpus::{Corpus, Correspondence, Place, Verdict};
pub use kin::{Doubt, Kin, bare_title, kin};
pub use likeness::Model;
pub use reading::Reading;
pub use redline::redline;

/// Compares two documents. `others` are further protocols of the kind, which are asked for what corresponds to both.
pub fn compare(left: &Edition, right: &Edition, others: &[&Edition]) -> Comparison {
    let versions = versions(left, right);
    let reading = Reading::new(left, right, others, versions);
    let alignment = align::align(&reading);
    let classified = classify::classify(&reading, &alignment.links);
    let changes = assemble::changes(&reading, &alignment, &classified);
    let headings = if versions {
        differences::headings(left, right, (&reading.left, &reading.right), &alignment.links)
    } else {
        vec![]
    };
    let provisions =
        |side: &side::Side| -> Vec<Provision> { side.units.iter().map(|unit| unit.provision.clone()).collect() };
    let unrelated = unrelated(&reading, &alignment);
    Comparison {
        versions,
        unrelated,
        changes,
        headings,
        facts: differences::facts(left, right),
        left: provisions(&reading.left),
        right: provisions(&reading.right),
    }
}

/// Classifies two texts, each with the words it completes, if any, as those of two versions or of two councils.
pub fn texts(
    versions: bool,
    left: &str,
    left_lead_in: Option<&str>,
    right: &str,
    right_lead_in: Option<&str>,
) -> (Vec<Kind>, Vec<Evidence>) {
    let (left, right) = (classify::edition(left, left_lead_in), classify::edition(right, right_lead_in));
    let reading = Reading::new(&left, &right, &[], versions);
    classify::last(&reading).map_or_else(Default::default, |classified| (classified.aspects, classified.evidence))
}

/// The share of equal provisions from which two documents without addresses are taken for versions of one.
pub const VERSIONS_SHARE: f32 = 0.3;

/// Whether two documents are versions of one: by their addresses, else by their council and title, else by how much of them is
/// the same.
fn versions(left: &Edition, right: &Edition) -> bool {
    if let (Some(l), Some(r)) = (&left.address, &right.address) {
        return l.council == r.council && l.document == r.document;
    }
    let council = |edition: &Edition| edition.council_name().map(language::fold);
    let other_council = council(left).zip(council(right)).is_some_and(|(l, r)| l != r);
    let title = |edition: &Edition| language::fold(&edition.protocol.title);
    if !other_council && title(left) == title(right) {
        return true;
    }
    equal_share(left, right) >= VERSIONS_SHARE
}

/// The share of the provisions of two documents that stand in both, but for case and punctuation, from 0 to 1.
pub fn equal_share(left: &Edition, right: &Edition) -> f32 {
    let folded = |edition: &Edition| -> Vec<Vec<String>> {
        let mut texts: Vec<_> =
            edition.protocol.provisions().iter().map(|provision| language::fold(&provision.text)).collect();
        texts.sort_unstable();
        texts
    };
    align::alike(&joined(folded(left)), &joined(folded(right)))
}

fn joined(texts: Vec<Vec<String>>) -> Vec<String> {
    texts.into_iter().map(|words| words.join(" ")).collect()
}

/// The share of the smaller side's provisions that must correspond for two documents to look related.
const RELATED_SHARE: f32 = 0.25;

#[expect(clippy::cast_precision_loss, reason = "counts of provisions are small")]
fn unrelated(reading: &Reading, alignment: &align::Alignment) -> bool {
    let linked = |alone: usize, all: usize| (all - alone) as f32 / all.max(1) as f32;
    let (lefts, rights) = (reading.left.units.len(), reading.right.units.len());
    let most = linked(alignment.left_alone().len(), lefts).max(linked(alignment.right_alone().len(), rights));
    lefts > 0 && rights > 0 && most < RELATED_SHARE
}
