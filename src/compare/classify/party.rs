//! Another party owes it, is owed it or is to be turned to.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::comparison::{Evidence, Kind};
use super::super::language::ROLE_SIGN;
use super::super::side::Unit;

/// How near another role must stand for a role that came or went to be its companion: "the Clerk or the Chair".
const COMPANION: usize = 4;

/// How many words a role is with what may stand before it: "an Officer".
const WITH_ARTICLE: usize = 2;

/// Others who may be a party, beside the roles that every comparison names.
const OTHERS: &[&str] = &[
    "internal auditor",
    "external auditor",
    "auditor",
    "treasurer",
    "investigating officer",
    "independent person",
    "returning officer",
    "insurers",
    "insurer",
    "police",
    "solicitor",
    "ombudsman",
    "bank",
    "contractor",
    "applicant",
    "volunteers",
    "trade union",
    "deputy mayor",
    "panel",
    "appeal panel",
    "governing body",
    "trustees",
    "secretary",
    "caretaker",
    "town manager",
    "external adviser",
];

/// Folded words in which those are named as roles are.
pub(super) fn with_others(words: &[String]) -> Vec<String> {
    let mut named = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let here = |other: &&&str| {
            words[at..].iter().map(String::as_str).zip(other.split(' ')).filter(|(word, part)| word == part).count()
                == other.split(' ').count()
        };
        match OTHERS.iter().filter(here).max_by_key(|other| other.len()) {
            Some(other) => {
                named.push(format!("{ROLE_SIGN}{other}"));
                at += other.split(' ').count();
            }
            None => {
                named.push(words[at].clone());
                at += 1;
            }
        }
    }
    named
}

/// Texts that are much alike: roles that took the place of others, or joined or left them.
pub(super) fn closely(left: &[String], right: &[String]) -> Option<Evidence> {
    let (left, right) = (with_others(left), with_others(right));
    let (left, right) = (left.as_slice(), right.as_slice());
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, left, right) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let list = |words: &[String], range: std::ops::Range<usize>| -> Vec<usize> {
            range.filter(|at| words[*at].starts_with(ROLE_SIGN)).collect()
        };
        gone.extend(list(left, op.old_range()));
        come.extend(list(right, op.new_range()));
    }
    // A role that is named on both sides was only named once more, or in another place.
    gone.retain(|at| !right.contains(&left[*at]));
    come.retain(|at| !left.contains(&right[*at]));
    if gone.is_empty() && come.is_empty() {
        return None;
    }
    if gone.is_empty() || come.is_empty() {
        let joins = |words: &[String], list: &[usize]| {
            list.iter().any(|at| {
                let near = at.saturating_sub(COMPANION)..(at + COMPANION + 1).min(words.len());
                let words = &words[near.clone()];
                words.iter().any(|word| word == "or" || word == "and" || word == "with")
                    && words.iter().filter(|word| word.starts_with(ROLE_SIGN)).count() > 1
            })
        };
        if !joins(left, &gone) && !joins(right, &come) {
            return None;
        }
    }
    let named = |words: &[String], list: &[usize]| {
        let mut names: Vec<&str> = list.iter().map(|at| words[*at].trim_start_matches(ROLE_SIGN)).collect();
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    };
    Some(evidence(named(left, &gone), named(right, &come)))
}

/// A whole and its parts: a role that stands alone where another stood. What else came or went is that of the joints.
pub(super) fn exchanged(left: &[String], right: &[String]) -> Option<Evidence> {
    let (left, right) = (with_others(left), with_others(right));
    let alone = |words: &[String]| {
        let mut roles = words.iter().filter_map(|word| word.strip_prefix(ROLE_SIGN));
        let role = roles.next().filter(|_| roles.next().is_none() && words.len() <= WITH_ARTICLE)?;
        Some(role.to_owned())
    };
    capture_diff_slices(Algorithm::Myers, &left, &right).iter().find_map(|op| {
        let (gone, come) = alone(&left[op.old_range()]).zip(alone(&right[op.new_range()]))?;
        (gone != come).then(|| evidence(Some(gone), Some(come)))
    })
}

/// Lead-ins that say who owes or expects what follows: the roles in them, in their order.
pub(super) fn in_lead_ins(left: &[String], right: &[String]) -> Option<Evidence> {
    let roles = |words: &[String]| {
        words.iter().filter_map(|word| word.strip_prefix(ROLE_SIGN)).map(str::to_owned).collect::<Vec<_>>()
    };
    let (l, r) = (roles(left), roles(right));
    let differ =
        !l.is_empty() && !r.is_empty() && l != r && (l.len() == r.len() || !l.iter().any(|role| r.contains(role)));
    differ.then(|| evidence(Some(l.join(", ")), Some(r.join(", "))))
}

/// Kinds of council that may stand before it.
const COUNCIL_KINDS: &[&str] = &["town", "parish", "community", "city", "borough", "district", "county"];

/// Words in which a "member of the Borough Council" is a councillor too.
pub(super) fn settled(named: &[String]) -> Vec<String> {
    let (councillor, council) = (format!("{ROLE_SIGN}councillor"), format!("{ROLE_SIGN}council"));
    let mut settled = Vec::with_capacity(named.len());
    let mut at = 0;
    while at < named.len() {
        settled.push(named[at].clone());
        let of_the = named[at] == councillor && named[at + 1..].starts_with(&["of".to_owned(), "the".to_owned()]);
        let kind = usize::from(named.get(at + 3).is_some_and(|word| COUNCIL_KINDS.contains(&word.as_str())));
        let whole = of_the && named.get(at + 3 + kind) == Some(&council);
        at += if whole { 4 + kind } else { 1 };
    }
    settled
}

fn evidence(left: Option<String>, right: Option<String>) -> Evidence {
    let says = match (&left, &right) {
        (Some(_), Some(_)) => "another party",
        (None, _) => "a further party",
        (_, None) => "one party fewer",
    };
    Evidence { shows: Kind::Party, left, right, says: says.to_owned() }
}

/// Texts that are worded differently: other people owe it, or other people are to be turned to.
pub(super) fn loosely(left: &Unit, right: &Unit) -> Option<Evidence> {
    let (l, r) = (turned_to(&left.named), turned_to(&right.named));
    let differ = !l.is_empty() && !r.is_empty() && !l.iter().any(|role| r.contains(role));
    differ.then(|| evidence(Some(l.join(", ")), Some(r.join(", "))))
}

/// Words after which the one to turn to is named.
const TURNING: &[&str] = &["contact", "inform", "notify", "consult", "tell", "approach", "ask"];
const TURNING_TO: &[&str] = &[
    "raise",
    "raised",
    "report",
    "reported",
    "refer",
    "referred",
    "write",
    "addressed",
    "made",
    "directed",
    "submitted",
    "sent",
    "put",
];

/// Who is to be contacted, informed or written to.
fn turned_to(words: &[String]) -> Vec<String> {
    let mut roles = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let after = &words[at + 1..];
        let reach = if TURNING.contains(&word.as_str()) {
            &after[..after.len().min(3)]
        } else if TURNING_TO.contains(&word.as_str()) {
            match after.iter().take(8).position(|word| word == "to" || word == "with") {
                Some(to) => &after[to..after.len().min(to + 4)],
                None => continue,
            }
        } else {
            continue;
        };
        roles.extend(reach.iter().filter_map(|word| word.strip_prefix(ROLE_SIGN)).map(str::to_owned).take(1));
    }
    roles.dedup();
    roles
}
