//! Whether a provision binds more or less than another.
//!
//! Texts that are much alike are compared word by word: what words of force went, came or were exchanged, and in what the words of
//! force around them bind. Texts that are worded differently throughout are compared only by the strongest words of force of
//! the sentences in which they meet; anything finer would be guessing, and a false "weakened" is worse than a missed one.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::comparison::{Evidence, Kind, Strength};
use super::quantities::{Quantity, quantities};
use super::scale::{Force, Mark, Passage};

/// What was found of the force of two texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) stronger: Vec<Evidence>,
    pub(crate) weaker: Vec<Evidence>,
}

impl Verdict {
    pub(crate) fn strength(&self) -> Strength {
        match (self.stronger.is_empty(), self.weaker.is_empty()) {
            (false, true) => Strength::Right,
            (true, false) => Strength::Left,
            _ => Strength::Equal,
        }
    }

    fn push(&mut self, stronger: bool, left: Option<String>, right: Option<String>, says: &str) {
        let shows = if stronger { Kind::Strengthened } else { Kind::Weakened };
        let evidence = Evidence { shows, left, right, says: says.to_owned() };
        let list = if stronger { &mut self.stronger } else { &mut self.weaker };
        if !list.contains(&evidence) {
            list.push(evidence);
        }
    }
}

/// Words of force that are on one side only, with how they bind.
struct Changed<'a> {
    passage: &'a Passage,
    marks: Vec<Mark>,
    /// Which words are not on the other side.
    changed: Vec<bool>,
    all: &'a [Mark],
}

/// Compares texts that are much alike.
pub(crate) fn compare_closely(left: &Passage, right: &Passage) -> Verdict {
    let (left_marks, right_marks) = (left.marks(), right.marks());
    let (left_changed, right_changed) = changed(&left.words, &right.words);
    let mut l =
        Changed { passage: left, marks: touched(&left_marks, &left_changed), changed: left_changed, all: &left_marks };
    let mut r = Changed {
        passage: right,
        marks: touched(&right_marks, &right_changed),
        changed: right_changed,
        all: &right_marks,
    };
    cancel(&mut l, &mut r);
    let mut verdict = Verdict::default();
    by_exchange(&mut l, &mut r, &mut verdict);
    by_quantities(&mut l, &mut r, &mut verdict);
    by_what_stands_alone(&l, false, &mut verdict);
    by_what_stands_alone(&r, true, &mut verdict);
    verdict
}

/// Which words of each are not matched in the other.
fn changed(left: &[String], right: &[String]) -> (Vec<bool>, Vec<bool>) {
    let (mut l, mut r) = (vec![true; left.len()], vec![true; right.len()]);
    for op in capture_diff_slices(Algorithm::Myers, left, right) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            l[old_index..old_index + len].fill(false);
            r[new_index..new_index + len].fill(false);
        }
    }
    (l, r)
}

fn touched(marks: &[Mark], changed: &[bool]) -> Vec<Mark> {
    let mut touched = marks.to_vec();
    touched.retain(|mark| {
        let end = (mark.at + mark.length + usize::from(mark.force.binds())).min(changed.len());
        changed[mark.at..end].iter().any(|changed| *changed)
    });
    touched
}

/// Takes out what both have: a synonym, or a condition that only changed its place.
fn cancel(left: &mut Changed<'_>, right: &mut Changed<'_>) {
    let mut kept = Vec::new();
    for mark in std::mem::take(&mut left.marks) {
        let same = right.marks.iter().position(|other| (other.force, other.level) == (mark.force, mark.level));
        match same {
            Some(at) => {
                right.marks.remove(at);
            }
            None => kept.push(mark),
        }
    }
    left.marks = kept;
}

/// Words that bind, exchanged for others that bind more or less.
fn by_exchange(left: &mut Changed<'_>, right: &mut Changed<'_>, verdict: &mut Verdict) {
    let binding = |marks: &mut Vec<Mark>| {
        let (binding, rest): (Vec<_>, Vec<_>) = marks.drain(..).partition(|mark| mark.force.binds());
        *marks = rest;
        binding
    };
    let (mut old, mut new) = (binding(&mut left.marks), binding(&mut right.marks));
    while !old.is_empty() && !new.is_empty() {
        let (before, after) = (old.remove(0), new.remove(0));
        let shown = |side: &Changed<'_>, mark: &Mark| Some(side.passage.shown(mark));
        let (was, is) = (shown(left, &before), shown(right, &after));
        match exchange(&before, &after) {
            Some(true) => verdict.push(true, was, is, "binds more"),
            Some(false) => verdict.push(false, was, is, "binds less"),
            None => {}
        }
    }
    left.marks.extend(old);
    right.marks.extend(new);
}

/// Whether the second binds more than the first; none where they cannot be weighed against each other.
fn exchange(before: &Mark, after: &Mark) -> Option<bool> {
    let opposite =
        matches!((before.force, after.force), (Force::Duty, Force::Prohibition) | (Force::Prohibition, Force::Duty));
    (!opposite && before.level != after.level).then_some(after.level > before.level)
}

/// Deadlines, notice and limits with another number, and those that came or went.
fn by_quantities(left: &mut Changed<'_>, right: &mut Changed<'_>, verdict: &mut Verdict) {
    let list = |side: &Changed<'_>| -> Vec<Quantity> {
        let mut quantities = quantities(&side.passage.words);
        quantities
            .retain(|quantity| side.changed[quantity.at..quantity.at + quantity.length].iter().any(|changed| *changed));
        quantities
    };
    let (mut old, mut new) = (list(left), list(right));
    let words = |side: &Changed<'_>, quantity: &Quantity| {
        Some(side.passage.words[quantity.at..quantity.at + quantity.length].join(" "))
    };
    while !old.is_empty() && !new.is_empty() {
        let (before, after) = (old.remove(0), new.remove(0));
        if before.unit.is_some() == after.unit.is_some() && before.bound == after.bound && before.amount != after.amount
        {
            let more = after.amount > before.amount;
            let permits = permits(right, after.at);
            if let Some(stronger) = before.bound.map(|bound| bound.binds_more(more, permits)) {
                verdict.push(
                    stronger,
                    words(left, &before),
                    words(right, &after),
                    if stronger { "asks more" } else { "asks less" },
                );
            }
        }
    }
    let vague = |side: &mut Changed<'_>| {
        let at = side.marks.iter().position(|mark| mark.force == Force::Prompt);
        at.map(|at| side.marks.remove(at)).map(|mark| side.passage.shown(&mark))
    };
    for quantity in new.into_iter().filter(Quantity::is_deadline) {
        let was = vague(left);
        verdict.push(true, was, words(right, &quantity), "sets a time that can be checked");
    }
    for quantity in old.into_iter().filter(Quantity::is_deadline) {
        let is = vague(right);
        verdict.push(false, words(left, &quantity), is, "no longer sets a time that can be checked");
    }
}

/// Whether what governs the words there is a permission.
fn permits(side: &Changed<'_>, at: usize) -> bool {
    let sentence = side.passage.sentences[at];
    let governing = side.all.iter().filter(|mark| mark.force.binds() && mark.sentence == sentence);
    let nearest = governing.min_by_key(|mark| (mark.at > at, mark.at.abs_diff(at)));
    nearest.is_some_and(|mark| matches!(mark.force, Force::Permission | Force::Freedom))
}

/// A new or dropped passage with fewer words besides its word of duty says no new duty.
const NEW_DUTY: usize = 4;

/// Words of force that came or went. `came`: they are on the right.
fn by_what_stands_alone(side: &Changed<'_>, came: bool, verdict: &mut Verdict) {
    for mark in &side.marks {
        let Some((came_binds_more, says)) = alone(side, mark) else { continue };
        let shown = Some(side.passage.shown(mark));
        let (left, right) = if came { (None, shown) } else { (shown, None) };
        verdict.push(
            came_binds_more == came,
            left,
            right,
            &format!("{says} {}", if came { "added" } else { "removed" }),
        );
    }
}

/// Whether it binds more that a mark came, and what it is.
fn alone(side: &Changed<'_>, mark: &Mark) -> Option<(bool, &'static str)> {
    let permits = permits(side, mark.at);
    match mark.force {
        Force::Duty | Force::Prohibition if mark.level == 3 => Some((true, "a duty")),
        Force::Duty | Force::Prohibition if mark.level == 2 && says_something_new(side, mark) => Some((true, "a duty")),
        Force::Exception => Some((permits, "a condition or exception")),
        Force::Softening => Some((permits, "a softening")),
        Force::Insistence => Some((!permits, "an insistence")),
        Force::Limit => Some((true, "a limit")),
        Force::Prompt => Some((true, "a call to be prompt")),
        _ => None,
    }
}

/// Whether the run of changed words around a mark is long enough to be a duty of its own.
fn says_something_new(side: &Changed<'_>, mark: &Mark) -> bool {
    let before = side.changed[..mark.at].iter().rev().take_while(|changed| **changed).count();
    let after = side.changed[mark.at..].iter().take_while(|changed| **changed).count();
    before + after >= mark.length + NEW_DUTY
}

/// Compares texts that are worded differently throughout, by the sentences given.
pub(crate) fn compare_loosely(left: &Passage, right: &Passage) -> Verdict {
    let strongest = |passage: &Passage| {
        let marks = passage.marks().into_iter().filter(|mark| mark.force.binds());
        marks.max_by_key(|mark| (mark.level, std::cmp::Reverse(mark.at)))
    };
    let (l, r) = (strongest(left), strongest(right));
    let mut verdict = Verdict::default();
    let level = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark.level);
    let shown = |passage: &Passage, mark: &Option<Mark>| mark.as_ref().map(|mark| passage.shown(mark));
    let stronger = match (level(&l), level(&r)) {
        (Some(l), Some(r)) if l != r => Some(r > l),
        // Beside a plain statement only the strongest words are surely more than it.
        (Some(3), None) => Some(false),
        (None, Some(3)) => Some(true),
        _ => None,
    };
    if let Some(stronger) = stronger {
        verdict.push(stronger, shown(left, &l), shown(right, &r), if stronger { "binds more" } else { "binds less" });
    }
    verdict
}
