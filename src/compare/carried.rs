//! The ids that a source gives for good, carried from one version to the next.

use crate::model::{Edition, Protocol, ProvisionKind, slug};

use super::{Comparison, compare};

/// What became of the ids of the version before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// Those that were carried.
    pub kept: Vec<String>,
    /// Those whose place in the new version is not certain.
    pub lost: Vec<String>,
}

/// From how sure it is that two clauses correspond that the one gets the id of the other.
const SURE: f32 = 0.8;

/// Gives the clauses of a version the ids that their counterparts in the version before have for good; `after` says what corresponds
/// where there are such ids.
pub fn carry_ids(before: &Edition, after: &mut Edition) -> Carried {
    let sections = before.protocol.sections.iter();
    let any = sections.clone().any(|section| section.id.is_some() || section.clauses.iter().any(|c| c.id.is_some()));
    let mut carried = Carried::default();
    if !any {
        return carried;
    }
    let comparison = compare(before, after, &[]);
    for (at, section) in sections.enumerate() {
        if let Some(id) = &section.id {
            let kept = section.heading.as_deref().and_then(|heading| section_called(&after.protocol, heading));
            if let Some(kept) = kept {
                after.protocol.sections[kept].id = Some(id.clone());
            }
            carried.note(id, kept.is_some());
        }
        for (nth, clause) in section.clauses.iter().enumerate() {
            let Some(id) = &clause.id else { continue };
            let kept = counterpart(&comparison, (at, nth));
            if let Some((section, clause)) = kept {
                after.protocol.sections[section].clauses[clause].id = Some(id.clone());
            }
            carried.note(id, kept.is_some());
        }
    }
    carried
}

impl Carried {
    fn note(&mut self, id: &str, kept: bool) {
        let list = if kept { &mut self.kept } else { &mut self.lost };
        list.push(id.to_owned());
    }
}

/// The only section with that heading.
fn section_called(protocol: &Protocol, heading: &str) -> Option<usize> {
    let called = |at: &usize| protocol.sections[*at].heading.as_deref().map(slug) == Some(slug(heading));
    let all: Vec<usize> = (0..protocol.sections.len()).filter(called).collect();
    match all.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The section and the clause on the right that a clause on the left has surely become.
fn counterpart(comparison: &Comparison, (section, clause): (usize, usize)) -> Option<(usize, usize)> {
    let own = |provision: &crate::model::Provision| provision.kind == ProvisionKind::Clause;
    let left = comparison.left.iter().position(|one| (one.section, one.clause) == (section, clause) && own(one))?;
    let change = comparison.changes.iter().find(|change| change.left == [left])?;
    let [right] = change.right.as_slice() else { return None };
    let right = &comparison.right[*right];
    (change.score >= SURE && own(right)).then_some((right.section, right.clause))
}
