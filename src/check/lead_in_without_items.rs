//! A clause that announces a list which does not come.

use crate::diagnostics::{Code, Severity};
use crate::model::{Block, Clause, Number, Place, Section};

use super::words::enumerated;
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N07",
        name: "lead-in-without-items",
        severity: Severity::Warning,
        what: "A clause ends in a colon, and nothing stands under it.",
        why: "Its items are missing, or have been numbered as clauses in their own right, where they make no sense.",
        example: "1.1 This guide seeks to:\n1.2 Promote trust;",
        remedy: "Compare with the adopted copy. If the following clauses are really its items, say so with `under`; note the numbers for the next readoption.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"This guide seeks to:\"\n[[section.clause]]\nnumber = \"1.2\"\ntext = \"Promote trust;\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Councillors must not:-\"\n[[section]]\nnumber = \"2.\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"This guide seeks to:\"\n[[section.clause]]\nnumber = \"1.1.1\"\ntext = \"Promote trust;\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nThis guide seeks to:\n\n- promote trust\n\"\"\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"The guidance is here:\"\n[[section.clause]]\ntext = \"<https://www.example.gov.uk>\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (at, section) in subject.sections() {
        for (nth, clause) in section.clauses.iter().enumerate() {
            if announces(clause) && !followed(section, nth) {
                let id = subject.clause_id(at, nth);
                let message = match numbered_as_clauses(section, nth) {
                    Some(items) => format!("{id} announces a list whose items are numbered as clauses: {items}"),
                    None => format!("{id} ends in a colon, and nothing stands under it"),
                };
                findings.add(&RULE, Place::clause(at, nth).then("text"), message).provision(id);
            }
        }
    }
}

/// The numbers of the clauses that say they are `under` the n-th.
fn numbered_as_clauses(section: &Section, nth: usize) -> Option<String> {
    let own = section.clauses[nth].number()?;
    let names = |under: &String| under == own.as_str() || *under == own.id();
    let items = section.clauses.iter().filter(|clause| clause.under.as_ref().is_some_and(names));
    let numbers: Vec<String> = items.filter_map(|item| item.number().map(Number::id)).collect();
    (!numbers.is_empty()).then(|| enumerated(&numbers))
}

/// Whether the last thing in a clause is a paragraph that ends in a colon.
fn announces(clause: &Clause) -> bool {
    let last_is_paragraph = matches!(clause.text.blocks.last(), Some(Block::Paragraph(_)));
    last_is_paragraph && clause.text.plain().trim_end_matches(['-', '–', ' ']).ends_with(':')
}

/// Whether what comes next can be what was announced: sub-clauses, or anything without a number.
fn followed(section: &Section, nth: usize) -> bool {
    let Some(next) = section.clauses.get(nth + 1) else { return false };
    let own = section.clauses[nth].number();
    match (own, next.number()) {
        (_, None) => !next.is_heading(),
        (Some(own), Some(number)) => number.is_under(own) || Number::parts(number).is_none(),
        (None, Some(_)) => true,
    }
}
