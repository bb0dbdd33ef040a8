//! A number left out of a sequence.

use std::collections::HashMap;

use crate::diagnostics::{Code, Severity};
use crate::model::{Block, Item, Number, Place};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N02",
        name: "number-skipped",
        severity: Severity::Warning,
        what: "A number is missing from a sequence of sections, clauses or items.",
        why: "A reader asks what was struck out, and whether the copy is complete.",
        example: "3.1 …\n3.2 …\n3.4 …",
        remedy: "Compare with the adopted copy: if the clause is missing there too, note it for the next readoption; else put it back.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"3.\"\n[[section.clause]]\nnumber = \"3.2\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"3.4\"\ntext = \"Four.\"",
        "[[section]]\nnumber = \"1.\"\nheading = \"A\"\n[[section]]\nnumber = \"3.\"\nheading = \"B\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nList:\n\n- a. one\n- b. two\n- d. four\n\"\"\"",
    ],
    clean: &[
        // A repeated number stands where the missing one should.
        "[[section]]\nnumber = \"8.\"\nheading = \"A\"\n[[section]]\nnumber = \"8.\"\nheading = \"B\"\n[[section]]\nnumber = \"10.\"\nheading = \"C\"",
        // So does a clause without a number.
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\ntext = \"One.\"\n[[section.clause]]\nnumber = \"6.2\"\ntext = \"Two.\"",
        // An extract begins where it begins.
        "[[section]]\nnumber = \"5.\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"5.1\"\ntext = \"\"\"\nList:\n\n- (i) one\n- (ii) two\n- (iii) three\n\"\"\"",
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.1\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"2.2\"\nheading = \"Two\"\n[[section.clause]]\nnumber = \"2.2.1\"\ntext = \"Three.\"\n[[section.clause]]\nnumber = \"2.3\"\ntext = \"Four.\"",
    ],
};

/// How far a sequence has come.
#[derive(Default, Clone, Copy)]
struct Sequence {
    last: Option<u32>,
    /// Repeated or missing numbers since: each stands where one number should.
    standing_in: u32,
}

impl Sequence {
    /// Goes on to `number`; gives the numbers left out before it.
    fn next(&mut self, number: u32) -> std::ops::Range<u32> {
        let first_missing = self.last.map(|last| last + 1 + self.standing_in);
        match self.last {
            Some(last) if number == last => self.standing_in += 1,
            Some(last) if number < last => {}
            _ => *self = Self { last: Some(number), standing_in: 0 },
        }
        first_missing.unwrap_or(number)..number
    }
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut sequence = Sequence::default();
    for (at, section) in subject.sections() {
        let Some(&[own]) = section.number().and_then(Number::parts).as_deref() else { continue };
        let missing = sequence.next(own);
        if !missing.is_empty() {
            let place = Place::section(at).then("number");
            findings.add(&RULE, place, skipped("section", &[], missing));
        }
    }
    for (at, _) in subject.sections() {
        check_clauses(subject, at, findings);
    }
    for (at, nth, clause) in subject.clauses() {
        check_lists(subject, &clause.text.blocks, (at, nth), findings);
    }
}

fn check_clauses(subject: &Subject<'_>, at: usize, findings: &mut Findings) {
    let section = &subject.protocol.sections[at];
    let own = section.number().and_then(Number::parts);
    let mut sequences: HashMap<Vec<u32>, Sequence> = HashMap::new();
    if let Some(own) = own {
        sequences.insert(own, Sequence { last: Some(0), standing_in: 0 });
    }
    for (nth, clause) in section.clauses.iter().enumerate() {
        let Some(number) = clause.number() else {
            if !clause.is_heading() {
                sequences.values_mut().for_each(|sequence| sequence.standing_in += 1);
            }
            continue;
        };
        let Some(parts) = number.parts() else { continue };
        let [above @ .., own] = parts.as_slice() else { continue };
        let missing = sequences.entry(above.to_vec()).or_default().next(*own);
        sequences.insert(parts.clone(), Sequence { last: Some(0), standing_in: 0 });
        if !missing.is_empty() {
            let place = Place::clause(at, nth).then("number");
            let finding = findings.add(&RULE, place, skipped("clause", above, missing));
            finding.provision(subject.clause_id(at, nth));
        }
    }
}

fn skipped(what: &str, above: &[u32], missing: std::ops::Range<u32>) -> String {
    let number = |own: u32| {
        let parts: Vec<String> = above.iter().chain([&own]).map(u32::to_string).collect();
        parts.join(".")
    };
    if missing.len() == 1 {
        return format!("there is no {what} {}", number(missing.start));
    }
    format!("there are no {what}s {} to {}", number(missing.start), number(missing.end - 1))
}

fn check_lists(subject: &Subject<'_>, blocks: &[Block], at: (usize, usize), findings: &mut Findings) {
    for block in blocks {
        let Block::List(items) = block else { continue };
        let mut sequence = Sequence::default();
        let positions: Option<Vec<u32>> = items.iter().map(position).collect();
        for (item, position) in items.iter().zip(positions.unwrap_or_default()) {
            let missing = sequence.next(position);
            if let (false, Some(label)) = (missing.is_empty(), &item.label) {
                let clause = subject.clause_id(at.0, at.1);
                let place = Place::clause(at.0, at.1).then("text").words(label.as_str());
                let message = format!("a label is missing before {label} in the list of {clause}");
                findings.add(&RULE, place, message).provision(clause);
            }
        }
        for item in items {
            check_lists(subject, &item.blocks, at, findings);
        }
    }
}

/// Where an item's label stands in its sequence; none for a bullet or a roman numeral of several letters.
fn position(item: &Item) -> Option<u32> {
    let id = item.label.as_ref()?.id();
    let mut letters = id.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            Some(u32::from(letter.to_ascii_lowercase()) - u32::from('a'))
        }
        _ => id.parse().ok(),
    }
}
