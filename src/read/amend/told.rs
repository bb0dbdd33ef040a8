//! What is to be changed, in words.

use crate::model::{Clause, Protocol, Section};

use super::facts::{braces, event_facts, number_facts, review_facts, root_facts};
use super::history::{Change, changes};
use super::table::Facts;

/// What is to be changed, for somebody who changes it by hand.
pub(super) fn told(from: &Protocol, to: &Protocol) -> Vec<String> {
    let mut told = told_facts("", &root_facts(from), &root_facts(to));
    let events = |protocol: &Protocol| protocol.history.iter().map(event_facts).collect::<Vec<_>>();
    let (old, new) = (events(from), events(to));
    told.extend(changes(&old, &new).into_iter().flat_map(|change| match change {
        Change::Keep(was, is) => told_facts(&format!("the {} in `[[history]]`: ", nth(was)), &old[was], &new[is]),
        Change::Remove(was) => vec![format!("take out the {} `[[history]]`", nth(was))],
        Change::Add(is) => vec![format!("a new `[[history]]`, as the {}: {}", nth(is), braces(&new[is]))],
    }));
    told.extend(match (&from.review, &to.review) {
        (Some(_), None) => vec!["take out `[review]`".to_owned()],
        (old, new) => told_facts("in `[review]`: ", &review_facts(old.as_ref()), &review_facts(new.as_ref())),
    });
    told.extend(
        from.sections.iter().zip(&to.sections).enumerate().flat_map(|(at, (old, new))| told_numbers(at, old, new)),
    );
    told.extend((from.title != to.title).then(|| "the title".to_owned()));
    if told.is_empty() {
        told.push("the text, or another key".to_owned());
    }
    told
}

fn told_numbers(at: usize, old: &Section, new: &Section) -> Vec<String> {
    let place = format!("in the {} `[[section]]`: ", nth(at));
    let mut told = told_facts(&place, &number_facts(&old.number), &number_facts(&new.number));
    let clauses = old.clauses.iter().zip(&new.clauses).enumerate();
    told.extend(clauses.flat_map(|(nth_clause, (old, new)): (usize, (&Clause, &Clause))| {
        let place = format!("in the {} clause of the {} `[[section]]`: ", nth(nth_clause), nth(at));
        told_facts(&place, &number_facts(&old.number), &number_facts(&new.number))
    }));
    told
}

fn told_facts(place: &str, old: &Facts, new: &Facts) -> Vec<String> {
    let set = new.iter().filter(|fact| !old.contains(fact)).map(|(name, value)| format!("{place}{name} = {value}"));
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    set.chain(gone.map(|(name, _)| format!("{place}take out `{name}`"))).collect()
}

/// Which one, counted from one, as words count: `1st`, `2nd`.
fn nth(at: usize) -> String {
    let count = at + 1;
    let ending = match (count % 10, count % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{count}{ending}")
}
