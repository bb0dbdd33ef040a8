//! Two clauses or two sections with one number.

use std::collections::HashMap;

use crate::diagnostics::{Code, Severity};
use crate::model::Place;

use super::words::beginning;
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N01",
        name: "number-repeated",
        severity: Severity::Warning,
        what: "Two clauses, or two sections, are printed with the same number.",
        why: "A reference to that number means either of them; at a hearing that is one too many.",
        example: "2.7 Officers are responsible for day to day decisions.\n2.7 Officers advise all Councillors.",
        remedy: "An adopted document keeps its numbers until it is readopted: note it for then. In a draft, renumber the later one.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"2.7.\"\ntext = \"Two.\"",
        "[[section]]\nnumber = \"8.\"\nheading = \"A\"\n[[section]]\nnumber = \"8\"\nheading = \"B\"",
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"Two.\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"1.11\"\ntext = \"Two.\"",
        // Numbers that begin again in each section.
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"One.\"\n[[section]]\nheading = \"B\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"One.\"",
        // Letters that begin again under each clause.
        "[[section]]\n[[section.clause]]\nnumber = \"2.1\"\ntext = \"One:\"\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"2.2\"\ntext = \"Two:\"\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"One.\"",
        // A clause numbered as its section is.
        "[[section]]\nnumber = \"1.\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"One.\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut sections: HashMap<String, String> = HashMap::new();
    for (at, section) in subject.sections() {
        let Some(number) = section.number() else { continue };
        let heading = section.heading.clone().unwrap_or_default();
        if let Some(first) = sections.get(&number.id()) {
            let message = format!("two sections are numbered {number}");
            let finding = findings.add(&RULE, Place::section(at).then("number"), message);
            finding.provision(subject.section_id(at));
            finding.help(format!("the one before is “{first}”. {}", RULE.code.remedy));
        } else {
            sections.insert(number.id(), heading);
        }
    }
    let mut clauses: HashMap<(Option<(usize, usize)>, String), String> = HashMap::new();
    let mut group = 0;
    for (at, nth, clause) in subject.clauses() {
        let deep = clause.number().is_some_and(|number| number.depth() > 1);
        // `2.7` belongs to the document; `1.` and `(a)` begin again under the next section, sub-heading or clause.
        group += usize::from(clause.is_heading() || deep);
        let Some(number) = clause.number() else { continue };
        let scope = (!deep).then_some((at, group));
        let words = clause.heading.clone().unwrap_or_else(|| beginning(&clause.text.own_words()));
        let key = (scope, number.id());
        if let Some(first) = clauses.get(&key) {
            let message = format!("two clauses are numbered {number}");
            let finding = findings.add(&RULE, Place::clause(at, nth).then("number"), message);
            finding.provision(subject.clause_id(at, nth));
            finding.help(format!("the one before begins “{first}”. {}", RULE.code.remedy));
        } else {
            clauses.insert(key, words);
        }
    }
}
