//! How one history becomes another.

use super::table::Facts;

/// What becomes of an event: places in the old and in the new history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays, or some of its keys change.
    Keep(usize, usize),
    /// It goes.
    Remove(usize),
    /// It comes.
    Add(usize),
}

/// What to add or to remove an event costs, counted in keys changed: rather change two than write a new one.
const WHOLE: usize = 3;

/// The least that makes one history the other, oldest first.
pub(super) fn changes(old: &[Facts], new: &[Facts]) -> Vec<Change> {
    let costs = costs(old, new);
    let (mut i, mut j) = (0, 0);
    let mut changes = Vec::new();
    while i < old.len() || j < new.len() {
        let kept = i < old.len() && j < new.len() && costs[i][j] == costs[i + 1][j + 1] + distance(&old[i], &new[j]);
        if kept {
            changes.push(Change::Keep(i, j));
            (i, j) = (i + 1, j + 1);
        } else if j < new.len() && costs[i][j] == costs[i][j + 1] + WHOLE {
            changes.push(Change::Add(j));
            j += 1;
        } else {
            changes.push(Change::Remove(i));
            i += 1;
        }
    }
    changes
}

/// What it costs at least to make the rest of the old history the rest of the new, from every place in both.
fn costs(old: &[Facts], new: &[Facts]) -> Vec<Vec<usize>> {
    let mut costs = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..=old.len()).rev() {
        for j in (0..=new.len()).rev() {
            let remove = (i < old.len()).then(|| costs[i + 1][j] + WHOLE);
            let add = (j < new.len()).then(|| costs[i][j + 1] + WHOLE);
            let keep = remove.and(add).map(|_| costs[i + 1][j + 1] + distance(&old[i], &new[j]));
            costs[i][j] = [remove, add, keep].into_iter().flatten().min().unwrap_or_default();
        }
    }
    costs
}

/// In how many keys two events differ.
fn distance(one: &Facts, other: &Facts) -> usize {
    let absent = |from: &Facts, fact: &(String, String)| !from.iter().any(|(name, _)| *name == fact.0);
    let changed = one.iter().filter(|fact| !other.contains(fact)).count();
    changed + other.iter().filter(|fact| absent(one, fact)).count()
}
