//! Whether a provision binds more or less than another, where the two are much alike.
//!
//! They are compared word by word: what words of force went, came or were exchanged, and in what the words of force around them
//! bind. Texts that are worded differently throughout are another matter: see [`loose`](super::loose).

use super::super::comparison::{Evidence, Kind, Strength};
use super::amounts;
use super::changed::Changed;
use super::quantifiers;
use super::scale::{Force, Mark, Passage};

/// What was found of the force of two texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) stronger: Vec<Evidence>,
    pub(super) weaker: Vec<Evidence>,
}

impl Verdict {
    /// Which side binds more, if all that was found says the same.
    pub(super) fn strength(&self) -> Strength {
        match (self.stronger.is_empty(), self.weaker.is_empty()) {
            (false, true) => Strength::Right,
            (true, false) => Strength::Left,
            _ => Strength::Equal,
        }
    }

    pub(super) fn push(&mut self, stronger: bool, left: Option<String>, right: Option<String>, says: &str) {
        // The same words on both sides show nothing: what binds them differently was misread.
        if left.is_some() && left == right {
            return;
        }
        let shows = if stronger { Kind::Strengthened } else { Kind::Weakened };
        let evidence = Evidence { shows, left, right, says: says.to_owned() };
        let list = if stronger { &mut self.stronger } else { &mut self.weaker };
        if !list.contains(&evidence) {
            list.push(evidence);
        }
    }
}

/// How finely two texts can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Words of duty and permission that were exchanged for others, and deadlines.
    Exchanges,
    /// Of a whole and its parts: whatever was exchanged for something else, and nothing that only came or went.
    Parts,
    /// Also every other word of force and every amount.
    All,
}

/// Compares texts that are much alike.
pub(super) fn compare_closely(left: &Passage, right: &Passage, detail: Detail) -> Verdict {
    let (mut l, mut r) = Changed::between(left, right);
    let mut verdict = Verdict::default();
    cancel_restrictions(&mut l, &mut r);
    by_exchange_in_place(&mut l, &mut r, &mut verdict);
    cancel(&mut l, &mut r);
    by_exchange(&mut l, &mut r, &mut verdict);
    amounts::compare(&mut l, &mut r, detail, &mut verdict);
    if detail == Detail::All {
        quantifiers::compare(&l, &r, &mut verdict);
        by_what_stands_alone(&l, &r, false, &mut verdict);
        by_what_stands_alone(&r, &l, true, &mut verdict);
    }
    verdict
}

/// Takes out what both have: a synonym, or a condition that only changed its place.
fn cancel(left: &mut Changed<'_>, right: &mut Changed<'_>) {
    left.marks.retain(|mark| {
        let same = right.marks.iter().position(|other| (other.force, other.level) == (mark.force, mark.level));
        same.map(|at| right.marks.remove(at)).is_none()
    });
    left.drop_conditions_that_begin_otherwise(right);
    right.drop_conditions_that_begin_otherwise(left);
    cancel_promptness(left, right);
    cancel_promptness(right, left);
}

/// "As soon as possible" and "without delay" call for the same.
fn cancel_promptness(side: &mut Changed<'_>, other: &mut Changed<'_>) {
    let prompt = side.marks.iter().position(|mark| mark.force == Force::Prompt);
    let soon = |mark: &Mark| mark.force == Force::Insistence && other.passage.is_soon(mark);
    if let Some((prompt, soon)) = prompt.zip(other.marks.iter().position(soon)) {
        side.marks.remove(prompt);
        other.marks.remove(soon);
    }
}

/// "Shall not … unless" and "shall … only if", "cannot … except" and "may … only", restrict alike.
fn cancel_restrictions(left: &mut Changed<'_>, right: &mut Changed<'_>) {
    let left_denies = || left.prohibition_with_exceptions().zip(right.restricted_permission());
    let right_denies = || left.restricted_permission().zip(right.prohibition_with_exceptions());
    let found = left_denies().or_else(right_denies);
    if let Some((l, r)) = found {
        left.drop_restricted(&l);
        right.drop_restricted(&r);
    }
}

/// A word that binds with nothing but another in its place: "must" here and "should" there may have changed places in a sentence, and
/// both then say something else.
fn by_exchange_in_place(left: &mut Changed<'_>, right: &mut Changed<'_>, verdict: &mut Verdict) {
    let binding =
        |side: &Changed<'_>| -> Vec<Mark> { side.marks.iter().filter(|mark| mark.force.binds()).cloned().collect() };
    for before in binding(left) {
        let in_place =
            |after: &Mark| left.alone_in_run(&before).is_some_and(|place| right.alone_in_run(after) == Some(place));
        let Some(after) = binding(right).into_iter().find(in_place) else { continue };
        if let Some(stronger) = exchange(&before, &after) {
            let (was, is) = (left.passage.shown(&before), right.passage.shown(&after));
            verdict.push(stronger, Some(was), Some(is), if stronger { "binds more" } else { "binds less" });
            left.marks.retain(|mark| *mark != before);
            right.marks.retain(|mark| *mark != after);
        }
    }
}

/// Words that bind, exchanged for others that bind more or less.
fn by_exchange(left: &mut Changed<'_>, right: &mut Changed<'_>, verdict: &mut Verdict) {
    let (mut old, mut new) = (left.take_binding(), right.take_binding());
    while !old.is_empty() && !new.is_empty() {
        let (before, after) = (old.remove(0), new.remove(0));
        if let Some(stronger) = exchange(&before, &after) {
            let (was, is) = (left.passage.shown(&before), right.passage.shown(&after));
            verdict.push(stronger, Some(was), Some(is), if stronger { "binds more" } else { "binds less" });
        }
        // Where what was forbidden is now allowed, or the other way round, its conditions are not those of before.
        if before.force.allows() != after.force.allows() {
            left.marks.retain(|mark| mark.sentence != before.sentence);
            right.marks.retain(|mark| mark.sentence != after.sentence);
        }
    }
    left.marks.extend(old);
    right.marks.extend(new);
}

/// Whether the second binds more than the first; none where they cannot be weighed against each other.
fn exchange(before: &Mark, after: &Mark) -> Option<bool> {
    let opposite =
        matches!((before.force, after.force), (Force::Duty, Force::Prohibition) | (Force::Prohibition, Force::Duty));
    let both_allow = before.force.allows() && after.force.allows();
    (!opposite && !both_allow && before.level != after.level).then_some(after.level > before.level)
}

/// A new or dropped passage with fewer words besides its word of duty says no new duty.
const NEW_DUTY: usize = 4;

/// What may be done may be done as one wishes; to say so adds nothing.
const WHIM: &[&str] = &["discretion", "see fit", "sees fit", "wish"];

/// Words of force that came or went. `came`: they are on the right.
fn by_what_stands_alone(side: &Changed<'_>, other: &Changed<'_>, came: bool, verdict: &mut Verdict) {
    let happened = if came { "added" } else { "removed" };
    let place = |shown: String| if came { (None, Some(shown)) } else { (Some(shown), None) };
    for mark in side.marks.iter().filter(|mark| !side.is_part_of_condition(mark)) {
        let permits = side.permits(mark.at);
        let of_its_own = !mark.force.binds() && side.is_new_sentence(mark, other);
        if of_its_own
            || side.only_states(mark, other)
            || side.is_untaken_effort(mark)
            || side.is_said_with_another(mark)
            || side.passage.said(mark.at, mark.length) == "as soon as"
            || permits && WHIM.iter().any(|word| side.run_of(mark).contains(word))
        {
            continue;
        }
        let Some((came_binds_more, what)) = alone(side, mark, permits) else { continue };
        let (left, right) = place(side.passage.shown(mark));
        let forbidden = mark.force == Force::Limit && side.limits_what_is_forbidden(mark);
        let of_what = match (permits && !mark.force.binds(), forbidden, came) {
            (true, _, true) => " to what is allowed",
            (true, _, false) => " from what is allowed",
            (_, true, true) => " to what is forbidden",
            (_, true, false) => " from what is forbidden",
            _ => "",
        };
        verdict.push(came_binds_more == came, left, right, &format!("{what} {happened}{of_what}"));
    }
    for (at, length, permits) in side.narrowings(other) {
        let (left, right) = place(side.passage.said(at, length));
        verdict.push(permits == came, left, right, if came { "holds for fewer cases" } else { "holds for more cases" });
    }
    for (at, length) in side.further_acts(other) {
        let (left, right) = place(side.passage.said(at, length));
        verdict.push(came, left, right, &format!("a duty {happened}"));
    }
}

/// Whether it binds more that a mark came, and what it is.
fn alone(side: &Changed<'_>, mark: &Mark, permits: bool) -> Option<(bool, &'static str)> {
    let new = mark.level == 3 || mark.level == 2 && side.run_around(mark) >= mark.length + NEW_DUTY;
    match mark.force {
        Force::Duty if new => Some((true, "a duty")),
        Force::Prohibition if new => Some((true, "a prohibition")),
        Force::Exception => Some((permits, "a condition or exception")),
        Force::Softening => Some((permits, "a qualification")),
        Force::Insistence => Some((!permits, "a word of insistence")),
        // "Must not enter alone" leaves more free than "must not enter".
        Force::Limit if side.limits_what_is_forbidden(mark) => Some((false, "a limit")),
        Force::Limit => Some((true, "a limit")),
        Force::Form => Some((true, "a requirement of form")),
        Force::Prompt => Some((true, "a call to be prompt")),
        _ => None,
    }
}
