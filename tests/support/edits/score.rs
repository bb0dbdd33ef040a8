//! How well a comparison tells what became of each provision.

use std::collections::{BTreeMap, BTreeSet};

use engross::compare::{Change, Comparison, Kind};

use super::Fate;

/// Counts over any number of comparisons.
#[derive(Default)]
pub(crate) struct Score {
    /// Pairs that correspond and were found, that were found only, and that correspond only.
    pub(crate) pairs: [usize; 3],
    /// By edit: how many provisions were edited so, how many have a right kind, and how many show that they moved as they should.
    pub(crate) edits: BTreeMap<&'static str, [usize; 3]>,
    /// Provisions that were not edited, and what is said of those of which something else than that is said.
    pub(crate) untouched: usize,
    pub(crate) disturbed: Vec<String>,
    /// What went wrong, in words.
    pub(crate) wrong: Vec<String>,
}

impl Score {
    pub(crate) fn add(&mut self, name: &str, comparison: &Comparison, fates: &[Fate]) {
        self.add_pairs(name, comparison, fates);
        for fate in fates {
            let change = change_of(comparison, fate);
            let right = change.is_some_and(|change| fate.kinds.contains(&change.kind));
            let moved = change
                .is_some_and(|change| fate.moved.is_none_or(|moved| moved == change.aspects.contains(&Kind::Moved)));
            let told = || told(name, comparison, change, fate);
            if let Some(edit) = fate.edit {
                let counts = self.edits.entry(edit).or_default();
                *counts = [counts[0] + 1, counts[1] + usize::from(right), counts[2] + usize::from(moved)];
                if !right || !moved {
                    self.wrong.push(format!("{edit}: {}", told()));
                }
            } else {
                self.untouched += 1;
                if !right || !moved {
                    self.disturbed.push(told());
                }
            }
        }
    }

    fn add_pairs(&mut self, name: &str, comparison: &Comparison, fates: &[Fate]) {
        let pairs = |left: &[usize], right: &[usize]| -> Vec<(usize, usize)> {
            left.iter().flat_map(|l| right.iter().map(|r| (*l, *r))).collect()
        };
        let truth: BTreeSet<_> = fates.iter().flat_map(|fate| pairs(&fate.left, &fate.right)).collect();
        let found: BTreeSet<_> =
            comparison.changes.iter().flat_map(|change| pairs(&change.left, &change.right)).collect();
        let both = truth.intersection(&found).count();
        self.pairs = [self.pairs[0] + both, self.pairs[1] + found.len() - both, self.pairs[2] + truth.len() - both];
        let shown = |(l, r): &(usize, usize)| {
            let (left, right) = (&comparison.left[*l], &comparison.right[*r]);
            format!("{name}: {} {:?}\n      {} {:?}", left.id, left.text, right.id, right.text)
        };
        self.wrong.extend(found.difference(&truth).map(|pair| format!("FALSE PAIR {}", shown(pair))));
        self.wrong.extend(truth.difference(&found).map(|pair| format!("MISSED PAIR {}", shown(pair))));
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn f1(&self) -> f64 {
        let [both, found, truth] = self.pairs.map(|count| count as f64);
        2.0 * both / (2.0 * both + found + truth)
    }

    /// The share of edited provisions with a right kind.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn kinds_right(&self) -> f64 {
        let (all, right) =
            self.edits.values().fold((0, 0), |(all, right), counts| (all + counts[0], right + counts[1]));
        right as f64 / all.max(1) as f64
    }

    /// The figures, a line for each edit.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "correspondence F1 {:.4} (found {}, false {}, missed {}); kinds of edited provisions right {:.4}; {} of {} untouched disturbed\n",
            self.f1(),
            self.pairs[0],
            self.pairs[1],
            self.pairs[2],
            self.kinds_right(),
            self.disturbed.len(),
            self.untouched
        );
        for (edit, [all, right, moved]) in &self.edits {
            table.push_str(&format!("  {edit:<18} {all:>5}  kind right {right:>5}  place right {moved:>5}\n"));
        }
        table
    }
}

/// The change that says most of what became of those provisions.
fn change_of<'a>(comparison: &'a Comparison, fate: &Fate) -> Option<&'a Change> {
    let exact = comparison.changes.iter().find(|change| (&change.left, &change.right) == (&fate.left, &fate.right));
    let part = || {
        comparison.changes.iter().find(|change| {
            let meets = |own: &[usize], other: &[usize]| {
                own.is_empty() && other.is_empty() || own.iter().any(|at| other.contains(at))
            };
            meets(&fate.left, &change.left) && meets(&fate.right, &change.right)
        })
    };
    exact.or_else(part)
}

fn told(name: &str, comparison: &Comparison, change: Option<&Change>, fate: &Fate) -> String {
    let left: Vec<String> =
        fate.left.iter().map(|at| format!("{} {:?}", comparison.left[*at].id, comparison.left[*at].text)).collect();
    let right: Vec<String> =
        fate.right.iter().map(|at| format!("{} {:?}", comparison.right[*at].id, comparison.right[*at].text)).collect();
    let said = change.map(|change| (&change.aspects, change.why.pass, &change.evidence));
    format!(
        "{name}: wanted {:?} moved {:?}, got {said:?}\n    - {}\n    + {}",
        fate.kinds,
        fate.moved,
        left.join(" ‖ "),
        right.join(" ‖ ")
    )
}
