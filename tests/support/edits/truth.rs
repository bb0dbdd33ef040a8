//! What became of each provision, read off an edited draft.

use std::collections::BTreeMap;

use engross::compare::Kind;
use engross::model::{Clause, Protocol, Provision, ProvisionKind, Section};

use super::{Draft, generated};

/// Two versions and what became of each provision.
pub(crate) struct Case {
    pub(crate) left: Protocol,
    pub(crate) right: Protocol,
    pub(crate) fates: Vec<Fate>,
}

/// Provisions that correspond, or one that has no counterpart, by their places.
#[derive(Debug, Clone)]
pub(crate) struct Fate {
    pub(crate) left: Vec<usize>,
    pub(crate) right: Vec<usize>,
    /// The kinds that are right for it; honest people may differ.
    pub(crate) kinds: Vec<Kind>,
    /// Whether it was put elsewhere; none where nobody can say.
    pub(crate) moved: Option<bool>,
    /// The edit made, if any.
    pub(crate) edit: Option<&'static str>,
}

/// How many provisions a clause is.
pub(crate) fn count(clause: &Clause) -> usize {
    let section = Section { clauses: vec![clause.clone()], ..Section::default() };
    generated::of_sections(vec![section]).provisions().len()
}

/// A provision of the edited draft.
struct Placed {
    left: Vec<usize>,
    kinds: Vec<Kind>,
    edit: Option<&'static str>,
    moved: bool,
}

impl Draft {
    /// The edited protocol and what became of each provision of `left`, from which the draft was made.
    pub(crate) fn finish(self, left: &Protocol) -> Case {
        let mut right = self.frame;
        let mut placed = Vec::new();
        for part in self.parts {
            let units = part.pieces.iter().flat_map(|piece| piece.units.iter().map(|unit| (unit.clone(), piece.moved)));
            placed.extend(units.map(|(unit, moved)| Placed {
                moved: unit.moved || moved,
                left: unit.from,
                kinds: unit.kinds,
                edit: unit.edit,
            }));
            right
                .sections
                .push(Section { clauses: part.pieces.into_iter().map(|piece| piece.clause).collect(), ..part.head });
        }
        let (old, new) = (left.provisions(), right.provisions());
        assert_eq!(placed.len(), new.len(), "a draft knows all its provisions");
        let open = undecided(&placed, &old, &new);
        let mut fates = fates(&placed, &old, &new, &open);
        fates.extend(self.removed.iter().map(|(left, edit)| Fate {
            left: vec![*left],
            right: vec![],
            kinds: vec![Kind::Removed],
            moved: Some(false),
            edit: Some(edit),
        }));
        Case { left: left.clone(), right, fates }
    }
}

fn fates(placed: &[Placed], old: &[Provision], new: &[Provision], open: &[bool]) -> Vec<Fate> {
    let mut fates: Vec<Fate> = Vec::new();
    for (at, place) in placed.iter().enumerate() {
        if place.kinds == [Kind::Split]
            && let Some(first) = fates.iter_mut().find(|fate| fate.left == place.left)
        {
            first.right.push(at);
            continue;
        }
        let moved = if open[at] { None } else { Some(place.moved) };
        let mut kinds = place.kinds.clone();
        if kinds.is_empty() {
            kinds = match place.left.as_slice() {
                [] => vec![Kind::Added],
                [left] => plain_kinds(&old[*left], &new[at], moved),
                _ => vec![Kind::Merged],
            };
        }
        fates.push(Fate { left: place.left.clone(), right: vec![at], kinds, moved, edit: place.edit });
    }
    fates
}

/// The kinds that are right for a provision whose words were left alone. An item that keeps its label under a clause that has
/// another number may be called either.
fn plain_kinds(old: &Provision, new: &Provision, moved: Option<bool>) -> Vec<Kind> {
    let bare = |number: &Option<String>| number.as_deref().unwrap_or_default().trim_matches(['.', '(', ')']).to_owned();
    let mut kinds = Vec::new();
    if moved != Some(false) {
        kinds.push(Kind::Moved);
    }
    if moved != Some(true) {
        let same = bare(&old.number) == bare(&new.number);
        let of_clause = |provision: &Provision| provision.id.split('/').next().map(str::to_owned);
        let either = same && old.kind == ProvisionKind::Item && of_clause(old) != of_clause(new);
        kinds.extend(same.then_some(Kind::Unchanged));
        kinds.extend((!same || either).then_some(Kind::Renumbered));
    }
    kinds
}

/// For each provision of the right, whether nobody can say if it was moved: those that were moved past only one of those
/// that stayed, and those they passed.
fn undecided(placed: &[Placed], old: &[Provision], new: &[Provision]) -> Vec<bool> {
    let mut lists: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, place) in placed.iter().enumerate() {
        let [left] = place.left.as_slice() else { continue };
        let (l, r) = (&old[*left], &new[at]);
        // A clause stands for its items; items are looked at among those of their clause.
        lists
            .entry((l.section, usize::MAX))
            .or_default()
            .extend((l.section == r.section && first_of_clause(new, at)).then_some(at));
        if !first_of_clause(new, at) {
            lists.entry((r.section, r.clause)).or_default().push(at);
        }
    }
    let mut open = vec![false; placed.len()];
    for list in lists.into_values() {
        let unsure: Vec<usize> = unsure(&list, placed);
        for at in unsure {
            let mates = (at..new.len())
                .take_while(|mate| (new[*mate].section, new[*mate].clause) == (new[at].section, new[at].clause));
            mates.take(if first_of_clause(new, at) { usize::MAX } else { 1 }).for_each(|mate| open[mate] = true);
        }
    }
    open
}

fn first_of_clause(provisions: &[Provision], at: usize) -> bool {
    at == 0
        || (provisions[at - 1].section, provisions[at - 1].clause) != (provisions[at].section, provisions[at].clause)
}

/// Which of a list are in no order that all longest rising runs agree on.
fn unsure(list: &[usize], placed: &[Placed]) -> Vec<usize> {
    let mut list = list.to_vec();
    list.dedup_by_key(|at| placed[*at].left[0]);
    let values: Vec<usize> = list.iter().map(|at| placed[*at].left[0]).collect();
    let (ending, starting) = (longest(&values), longest_back(&values));
    let through = |at: usize| ending[at] + starting[at] - 1;
    let longest = (0..list.len()).map(through).max().unwrap_or(0);
    let stays: Vec<usize> = (0..list.len()).filter(|at| !placed[list[*at]].moved).collect();
    // A longest run that is not the one of those that stayed, or another as long or nearly so beside it.
    let rivals: Vec<usize> =
        (0..list.len()).filter(|at| placed[list[*at]].moved && through(*at) >= stays.len()).collect();
    if longest > stays.len() || !rivals.is_empty() { list } else { Vec::new() }
}

fn longest(values: &[usize]) -> Vec<usize> {
    let mut lengths = vec![1; values.len()];
    for at in 0..values.len() {
        lengths[at] =
            1 + (0..at).filter(|before| values[*before] < values[at]).map(|before| lengths[before]).max().unwrap_or(0);
    }
    lengths
}

fn longest_back(values: &[usize]) -> Vec<usize> {
    let mut lengths = vec![1; values.len()];
    for at in (0..values.len()).rev() {
        lengths[at] = 1
            + (at + 1..values.len())
                .filter(|after| values[*after] > values[at])
                .map(|after| lengths[after])
                .max()
                .unwrap_or(0);
    }
    lengths
}
