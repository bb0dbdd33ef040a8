//! What changed, in plain English.

use crate::compare::{Change, Comparison, Kind};

use super::{Wording, number};

/// One sentence: what matters most.
pub fn headline(comparison: &Comparison, wording: &Wording) -> String {
    if wording.versions() { of_versions(comparison) } else { of_councils(comparison, wording) }
}

/// That only some of the changes are shown, where a filter is on.
pub fn filtered(comparison: &Comparison, shown: &[&Change], wording: &Wording) -> Option<String> {
    let all = comparison.changes.iter().filter(|change| wording.is_change(change)).count();
    let told = shown.iter().filter(|change| wording.is_change(change)).count();
    (told < all).then(|| format!("Of the {all} changes, {told} are shown below: those that were asked for."))
}

fn with(changes: &[Change], aspect: Kind) -> usize {
    changes.iter().filter(|change| change.aspects.contains(&aspect)).count()
}

fn of_versions(comparison: &Comparison) -> String {
    let changes = &comparison.changes;
    // That the one before is superseded when the other is adopted, or the other a draft, is said where the two are named.
    let beside = !comparison.headings.is_empty() || comparison.facts.iter().any(|fact| fact.fact != "status");
    let told = [
        (Kind::Weakened, "provision weakened", "provisions weakened"),
        (Kind::Strengthened, "strengthened", "strengthened"),
        (Kind::Party, "with another party", "with another party"),
        (Kind::Detail, "with another number, date or name", "with another number, date or name"),
        (Kind::Reworded, "reworded", "reworded"),
        (Kind::Split, "split", "split"),
        (Kind::Merged, "merged", "merged"),
        (Kind::Moved, "moved", "moved"),
        (Kind::Added, "new", "new"),
        (Kind::Removed, "removed", "removed"),
    ];
    let parts: Vec<String> = told
        .into_iter()
        .map(|(kind, one, several)| (with(changes, kind), one, several))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect();
    match parts.split_first() {
        None if changes.iter().all(|change| change.kind == Kind::Unchanged) && beside => {
            "No provision changed; what stands around them did.".to_owned()
        }
        None if changes.iter().all(|change| change.kind == Kind::Unchanged) => "Nothing changed.".to_owned(),
        None => "Nothing of substance changed.".to_owned(),
        Some((first, rest)) if first.contains("provision") => sentence(first, rest),
        Some((first, rest)) => {
            let (count, what) = first.split_once(' ').unwrap_or((first, ""));
            let noun = if count == "1" { "provision" } else { "provisions" };
            sentence(&format!("{count} {noun} {what}"), rest)
        }
    }
}

fn sentence(first: &str, rest: &[String]) -> String {
    std::iter::once(first).chain(rest.iter().map(String::as_str)).collect::<Vec<_>>().join(", ") + "."
}

fn of_councils(comparison: &Comparison, wording: &Wording) -> String {
    let changes = &comparison.changes;
    let sides = |of: fn(&Change) -> &Vec<usize>, linked: bool| {
        let of_kind = changes.iter().filter(|change| !linked || !change.left.is_empty() && !change.right.is_empty());
        let places: std::collections::BTreeSet<usize> = of_kind.flat_map(&of).copied().collect();
        places.len()
    };
    let (here, of_left) = (sides(|change| &change.left, true), sides(|change| &change.left, false));
    let (there, of_right) = (sides(|change| &change.right, true), sides(|change| &change.right, false));
    let (left, right) = (&wording.left, &wording.right);
    let has = |number: usize| if number == 1 { "has" } else { "have" };
    let first = match (here, of_left) {
        (0, 1) => format!("The one provision of {left} has no counterpart at {right}"),
        (_, 1) => format!("The one provision of {left} has a counterpart at {right}"),
        _ => format!("{here} of the {of_left} provisions of {left} {} a counterpart at {right}", has(here)),
    };
    let second = match (there, of_right) {
        (0, 1) => "the one there has none here".to_owned(),
        (_, 1) => "the one there has one here".to_owned(),
        _ => format!("{there} of the {of_right} there {} one here", has(there)),
    };
    format!("{first}, and {second}.")
}

/// A line for each kind of change there is, the weightiest first, with the numbers of the provisions; then headings and facts.
pub fn summary(comparison: &Comparison, wording: &Wording) -> Vec<String> {
    let changes = &comparison.changes;
    let mut lines = Vec::new();
    let order = [
        Kind::Weakened,
        Kind::Strengthened,
        Kind::Party,
        Kind::Detail,
        Kind::Reworded,
        Kind::Split,
        Kind::Merged,
        Kind::Added,
        Kind::Removed,
        Kind::Moved,
        Kind::Terminology,
        Kind::Typographic,
    ];
    for kind in order {
        let of_kind: Vec<&Change> = changes.iter().filter(|change| change.aspects.contains(&kind)).collect();
        if of_kind.is_empty() || !wording.versions() && kind == Kind::Moved {
            continue;
        }
        let numbers: Vec<String> = of_kind.iter().map(|change| places(change, comparison)).collect();
        lines.push(format!("{}: {} ({})", wording.kind(kind), of_kind.len(), numbers.join(", ")));
    }
    let quiet = changes.iter().filter(|change| !wording.is_change(change)).count();
    if wording.versions() {
        let renumbered = changes.iter().filter(|change| change.kind == Kind::Renumbered).count();
        let under =
            if renumbered == 0 { String::new() } else { format!(", of which {renumbered} under another number") };
        lines.push(format!("Unchanged: {quiet}{under}"));
        lines.extend(comparison.headings.iter().filter(|heading| heading.kind != Kind::Renumbered).map(
            |heading| match (&heading.left, &heading.right) {
                (Some(left), Some(right)) => format!("Heading “{left}” is now “{right}”"),
                (Some(left), None) => format!("Heading “{left}” is gone"),
                (None, right) => format!("Heading “{}” is new", right.as_deref().unwrap_or_default()),
            },
        ));
        lines.extend(comparison.facts.iter().map(|fact| {
            let shown = |words: &Option<String>| {
                words.as_ref().map_or_else(|| "nothing".to_owned(), |words| format!("“{words}”"))
            };
            format!("The {}: {} → {}", fact.fact, shown(&fact.left), shown(&fact.right))
        }));
    } else if quiet > 0 {
        lines.push(format!("Same words: {quiet}"));
    }
    lines
}

/// A line for each change to report, with what shows it: of a new provision its first words.
pub fn told(comparison: &Comparison, wording: &Wording) -> Vec<String> {
    let reported = comparison.changes.iter().filter(|change| wording.is_change(change));
    let line = |change: &Change| {
        let what = format!("{}: {}", places(change, comparison), wording.kinds(change).join("; "));
        let only = match (change.left.first(), change.right.first()) {
            (None, Some(at)) => Some(&comparison.right[*at]),
            (Some(at), None) => Some(&comparison.left[*at]),
            _ => None,
        };
        let shown = only.map_or_else(|| wording.why(change), |provision| vec![first_words(&provision.text)]);
        if shown.is_empty() { what } else { format!("{what} ({})", shown.join("; ")) }
    };
    reported.map(line).collect()
}

/// As much of a provision as tells it from others.
const FIRST_WORDS: usize = 12;

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > FIRST_WORDS { " …" } else { "" };
    format!("“{}{more}”", words[..words.len().min(FIRST_WORDS)].join(" "))
}

/// `3.5 → 4.4`, `3.5` where both are the same.
pub(super) fn places(change: &Change, comparison: &Comparison) -> String {
    let named = |places: &[usize], side: &[crate::model::Provision]| {
        places.iter().map(|at| number(&side[*at])).collect::<Vec<_>>().join(" + ")
    };
    let (left, right) = (named(&change.left, &comparison.left), named(&change.right, &comparison.right));
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right,
        (_, true) => left,
        _ if left == right => left,
        _ => format!("{left} → {right}"),
    }
}
