//! A clause without a number among numbered ones.

use crate::diagnostics::{Code, Severity};
use crate::model::{Clause, Number, Place};

use super::words::beginning;
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N05",
        name: "unnumbered-clause",
        severity: Severity::Warning,
        what: "A clause without a number stands among numbered ones.",
        why: "It cannot be cited, and a number seems to be missing.",
        example: "6. REPORTS\nOfficers' reports should contain clear advice.\n6.2 The Director is responsible for the report.",
        remedy: "An adopted document is printed as adopted: note it for the next readoption. In a draft, give it a number, or make it a paragraph of the clause before.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\ntext = \"One.\"\n[[section.clause]]\nnumber = \"6.2\"\ntext = \"Two.\"",
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\nnumber = \"6.1\"\ntext = \"One.\"\n[[section.clause]]\ntext = \"Between.\"\n[[section.clause]]\nnumber = \"6.2\"\ntext = \"Two.\"",
    ],
    clean: &[
        // Words that introduce the section, and words that close it.
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\ntext = \"This section is about reports.\"\n[[section.clause]]\nnumber = \"6.1\"\ntext = \"One.\"",
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\nnumber = \"6.1\"\ntext = \"One.\"\n[[section.clause]]\ntext = \"A closing word.\"",
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\nnumber = \"6.1\"\ntext = \"One.\"\n[[section.clause]]\nheading = \"Officers\"\n[[section.clause]]\nnumber = \"6.2\"\ntext = \"Two.\"",
        "[[section]]\n[[section.clause]]\ntext = \"A preamble.\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (at, section) in subject.sections() {
        for (nth, clause) in section.clauses.iter().enumerate() {
            let plain = clause.number().is_none() && clause.heading.is_none() && !clause.text.is_empty();
            let between = numbered_before(&section.clauses[..nth]) && numbered_after(&section.clauses[nth + 1..]);
            let stands_in = fills_gap(section.number(), &section.clauses, nth);
            if plain && (between || stands_in) {
                let message = format!("“{}” has no number", beginning(&clause.text.own_words()));
                let finding = findings.add(&RULE, Place::clause(at, nth).then("text"), message);
                finding.provision(subject.clause_id(at, nth));
            }
        }
    }
}

fn numbered_before(clauses: &[Clause]) -> bool {
    let under_heading = clauses.iter().rev().take_while(|clause| !clause.is_heading());
    under_heading.into_iter().any(|clause| clause.number().is_some())
}

fn numbered_after(clauses: &[Clause]) -> bool {
    let mut under_heading = clauses.iter().take_while(|clause| !clause.is_heading());
    under_heading.any(|clause| clause.number().is_some())
}

/// Whether the next number is higher by one than it would be if this clause had none to take.
fn fills_gap(section: Option<&Number>, clauses: &[Clause], nth: usize) -> bool {
    let parts = |clause: &Clause| clause.number().and_then(Number::parts);
    let next = clauses[nth + 1..].iter().find_map(parts);
    let before = clauses[..nth].iter().rev().find_map(parts);
    let Some([above @ .., next]) = next.as_deref() else { return false };
    match before.as_deref() {
        Some([before_above @ .., before]) => before_above == above && *next >= before + 2,
        _ => section.and_then(Number::parts).as_deref() == Some(above) && *next >= 2,
    }
}
