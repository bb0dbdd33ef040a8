//! The comparison as JSON, for other programs: a contract that only grows.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::{Change, Comparison, Evidence, FactChange, HeadingChange, Kind, Relation, Strength, Why, Words};
use crate::model::{Edition, Provision};

#[derive(Serialize)]
struct DifferenceJson<'a> {
    left: SideJson<'a>,
    right: SideJson<'a>,
    versions: bool,
    unrelated: bool,
    changes: Vec<ChangeJson<'a>>,
    headings: &'a [HeadingChange],
    facts: &'a [FactChange],
    summary: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct SideJson<'a> {
    address: String,
    title: &'a str,
    council: Option<&'a str>,
    version: &'a str,
    provisions: &'a [Provision],
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: Kind,
    aspects: &'a [Kind],
    left: Vec<&'a str>,
    right: Vec<&'a str>,
    relation: Option<Relation>,
    score: f32,
    strength: Strength,
    evidence: &'a [Evidence],
    words: &'a [Words],
    why: &'a Why,
}

/// The comparison as JSON. `shown` says which changes are in it.
pub fn json(comparison: &Comparison, left: &Edition, right: &Edition, shown: impl Fn(&Change) -> bool) -> String {
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| shown(change)).collect();
    let mut summary: BTreeMap<&'static str, usize> = Kind::ALL.iter().map(|kind| (kind.name(), 0)).collect();
    for change in &changes {
        *summary.entry(change.kind.name()).or_default() += 1;
    }
    let (lefts, rights) = (&comparison.left, &comparison.right);
    let changes = changes.into_iter().map(|change| ChangeJson {
        kind: change.kind,
        aspects: &change.aspects,
        left: change.left.iter().map(|at| lefts[*at].id.as_str()).collect(),
        right: change.right.iter().map(|at| rights[*at].id.as_str()).collect(),
        relation: change.relation,
        score: (change.score * 1000.0).round() / 1000.0,
        strength: change.strength,
        evidence: &change.evidence,
        words: &change.words,
        why: &change.why,
    });
    let difference = DifferenceJson {
        left: side(left, &comparison.left),
        right: side(right, &comparison.right),
        versions: comparison.versions,
        unrelated: comparison.unrelated,
        changes: changes.collect(),
        headings: &comparison.headings,
        facts: &comparison.facts,
        summary,
    };
    #[expect(clippy::expect_used, reason = "all keys are strings")]
    let mut text = serde_json::to_string_pretty(&difference).expect("it has a JSON form");
    text.push('\n');
    text
}

fn side<'a>(edition: &'a Edition, provisions: &'a [Provision]) -> SideJson<'a> {
    SideJson {
        address: edition.named(),
        title: &edition.protocol.title,
        council: edition.council_name(),
        version: edition.version(),
        provisions,
    }
}
