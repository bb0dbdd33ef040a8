//! Whether deadlines, notice, limits and intervals with another amount bind more or less.

use super::changed::Changed;
use super::force::{Detail, Verdict};
use super::quantities::{Bound, Quantity, is_ahead, quantities};
use super::scale::Force;

/// Compares the amounts of texts that are much alike, and the deadlines that came or went.
pub(super) fn compare(left: &mut Changed<'_>, right: &mut Changed<'_>, detail: Detail, verdict: &mut Verdict) {
    let (mut old, mut come) = (changed(left, right), changed(right, left));
    let (before, after) = (of_other_days(left, &come), of_other_days(right, &old));
    old.extend(before);
    come.extend(after);
    let mut gone = Vec::new();
    for before in old {
        let comparable = come.iter().position(|after| before.is_comparable(after));
        let Some(at) = comparable.or((!come.is_empty()).then_some(0)) else {
            gone.push(before);
            continue;
        };
        let after = come.remove(at);
        let asks_more = asks_more(&before, &after, right);
        if let Some(stronger) = asks_more.filter(|_| detail != Detail::Exchanges || before.is_deadline()) {
            let says = if stronger { "asks more" } else { "asks less" };
            verdict.push(stronger, Some(said(left, &before)), Some(said(right, &after)), says);
        }
    }
    for deadline in come.iter().filter(|quantity| is_new_deadline(right, quantity)) {
        let was = take_vague(left);
        if detail == Detail::All || was.is_some() {
            verdict.push(true, was, Some(said(right, deadline)), "sets a time that can be checked");
        }
    }
    for deadline in gone.iter().filter(|quantity| is_new_deadline(left, quantity)) {
        let is = take_vague(right);
        if detail == Detail::All || is.is_some() {
            verdict.push(false, Some(said(left, deadline)), is, "no longer sets a time that can be checked");
        }
    }
}

/// The amounts of one side that the other side has not, or not as often.
fn changed(side: &Changed<'_>, other: &Changed<'_>) -> Vec<Quantity> {
    // "Three (3)" has another word than "3".
    let kept = |side: &Changed<'_>, quantity: &Quantity| {
        let alike = |kept: &&Quantity| !is_changed(side, kept) && kept.says_the_same(quantity);
        quantities(&side.passage.words).iter().filter(alike).count()
    };
    let mut changed = quantities(&side.passage.words);
    changed.retain(|quantity| is_changed(side, quantity) && kept(other, quantity) <= kept(side, quantity));
    changed
}

/// What working days made of it, or became: "within 10 days" has no word that "within 10 working days" has not.
fn of_other_days(side: &Changed<'_>, changed: &[Quantity]) -> Vec<Quantity> {
    let mut kept = quantities(&side.passage.words);
    kept.retain(|kept| !is_changed(side, kept) && changed.iter().any(|quantity| quantity.is_of_other_days(kept)));
    kept
}

fn is_changed(side: &Changed<'_>, quantity: &Quantity) -> bool {
    side.touches(quantity.at, quantity.length)
}

fn said(side: &Changed<'_>, quantity: &Quantity) -> String {
    side.passage.said(quantity.at, quantity.length)
}

fn is_new_deadline(side: &Changed<'_>, quantity: &Quantity) -> bool {
    quantity.is_deadline() && !side.is_in_condition(quantity.at)
}

/// Takes out a call to be prompt, in the place of which a deadline came or which came in its place.
fn take_vague(side: &mut Changed<'_>) -> Option<String> {
    side.take(Force::Prompt).map(|mark| side.passage.shown(&mark))
}

/// Words after which what is forbidden within a time is not what stands before them: "must not fail to answer within".
const TURNING: &[&str] = &["fail", "unless", "until", "except", "without"];

/// What is to go on for a time.
const KEEPING: &[&str] = &["keep", "kept", "retain", "retained", "store", "stored", "preserve", "preserved"];

/// The longest unit of time, in days, of which "in" sets a deadline: "in ten years" rather says when.
const LONGEST_DEADLINE: f64 = 14.0;

const BEING: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];

const DENYING: &[&str] = &["no", "not", "nothing", "none", "nobody", "never"];

/// Whether a time tells which things something holds for, and not by when it is to be done: "complaints made within six months …",
/// "if a request is made within ten days, …".
fn tells_which(side: &Changed<'_>, at: usize) -> bool {
    let (words, sentences) = (&side.passage.words, &side.passage.sentences);
    let before: Vec<&str> =
        (0..at).filter(|other| sentences[*other] == sentences[at]).map(|at| words[at].as_str()).collect();
    let [rest @ .., last] = &before[..] else { return false };
    let done =
        last.ends_with("ed") || matches!(*last, "made" | "given" | "sent" | "put" | "brought" | "held" | "taken");
    let condition = before.first().is_some_and(|word| matches!(*word, "if" | "where" | "when"));
    let stated = rest.last().is_some_and(|word| BEING.contains(word));
    done && (condition || !stated) && !before.iter().any(|word| DENYING.contains(word))
}

/// Whether an amount asks more than the one in its place did, as it is governed in the newer text; none where that cannot be told.
fn asks_more(before: &Quantity, after: &Quantity, side: &Changed<'_>) -> Option<bool> {
    let words = &side.passage.words;
    let governing = side.governing(after.at);
    let force = governing.map(|mark| mark.force);
    let since = governing.map_or(after.at, |mark| (mark.at + mark.length).min(after.at))..after.at;
    let says = |any: &[&str]| words[since.clone()].iter().any(|word| any.contains(&word.as_str()));
    let owed = governing.is_some_and(|mark| mark.force == Force::Duty && mark.at < after.at);
    let next = &words[after.at + after.length..];
    if after.bound.is_none() {
        let greater = before.is_less(after).filter(|_| owed && before.is_comparable(after))?;
        return match (side.passage.word(after.at.checked_sub(1)), after.unit) {
            // "Kept for six years" is kept for no less.
            ("for", Some(_)) if says(KEEPING) => Some(greater),
            // "Answered in ten days" is answered within them.
            ("in", Some(days)) if days <= LONGEST_DEADLINE => Some(!greater),
            _ => None,
        };
    }
    let more = before.asks_more(after)?;
    let tells_which = governing.is_some_and(|mark| mark.at > after.at) && tells_which(side, after.at);
    let other_way_round = match after.bound {
        // More must be done where it holds for more: "complaints made within six months must be looked into".
        Some(Bound::Most) if tells_which && after.unit.is_some() => force.is_some_and(|force| !force.allows()),
        // Less is asked of those who ask, and more of those who answer.
        Some(Bound::Least | Bound::Ahead) if tells_which && after.unit.is_some() => return None,
        // "Up to five days before": nobody can tell whether that is a limit of how early or of how late.
        Some(Bound::Most) if after.unit.is_some() && is_ahead(next) && force != Some(Force::Prohibition) => {
            return None;
        }
        // What is allowed less often binds more.
        Some(Bound::Interval) => force.is_some_and(|force| force != Force::Duty),
        // So does what is forbidden for longer: "may not be reversed within six months".
        Some(Bound::Most) => force == Some(Force::Prohibition) && words[after.at] == "within" && !says(TURNING),
        // And what is to be kept for longer, or said longer before: "more than three days before the meeting".
        Some(Bound::Over) => after.unit.is_some() && owed && (says(KEEPING) || is_ahead(next)),
        _ => false,
    };
    Some(more != other_way_round)
}
