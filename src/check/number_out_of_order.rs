//! A number that comes after a higher one.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Code, Severity};
use crate::model::{Number, Place};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N04",
        name: "number-out-of-order",
        severity: Severity::Warning,
        what: "A clause or section comes after one with a higher number.",
        why: "A reader who looks for 3.4 between 3.3 and 3.5 takes it for missing.",
        example: "3.3 …\n3.5 …\n3.4 …",
        remedy: "Compare with the adopted copy; in a draft, put the clause in its place or renumber.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"3.\"\n[[section.clause]]\nnumber = \"3.1\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"3.3\"\ntext = \"Three.\"\n[[section.clause]]\nnumber = \"3.2\"\ntext = \"Two.\"",
        "[[section]]\nnumber = \"2.\"\nheading = \"B\"\n[[section]]\nnumber = \"1.\"\nheading = \"A\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"3.\"\n[[section.clause]]\nnumber = \"3.9\"\ntext = \"Nine.\"\n[[section.clause]]\nnumber = \"3.10\"\ntext = \"Ten.\"",
        // The same number again is a fault of its own.
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"2.8\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"Three.\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let numbers = subject.sections().filter_map(|(at, section)| Some((at, section.number()?)));
    for (at, message) in out_of_order(numbers) {
        let place = Place::section(at).then("number");
        findings.add(&RULE, place, format!("section {message}")).provision(subject.section_id(at));
    }
    for (at, section) in subject.sections() {
        let numbers = section.clauses.iter().enumerate().filter_map(|(nth, clause)| Some((nth, clause.number()?)));
        for (nth, message) in out_of_order(numbers) {
            let place = Place::clause(at, nth).then("number");
            findings.add(&RULE, place, format!("clause {message}")).provision(subject.clause_id(at, nth));
        }
    }
}

fn out_of_order<'a>(numbers: impl Iterator<Item = (usize, &'a Number)>) -> Vec<(usize, String)> {
    let mut highest: HashMap<Vec<u32>, (u32, &Number)> = HashMap::new();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (at, number) in numbers {
        let Some(parts) = number.parts() else { continue };
        let [above @ .., own] = parts.as_slice() else { continue };
        let first_time = seen.insert(parts.clone());
        match highest.get(above) {
            Some((last, before)) if own < last && first_time => {
                found.push((at, format!("{number} comes after {before}")))
            }
            Some((last, _)) if own < last => {}
            _ => {
                highest.insert(above.to_vec(), (*own, number));
            }
        }
    }
    found
}
