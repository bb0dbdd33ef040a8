//! Items of a list that slipped a level down in the numbering.

use crate::diagnostics::{Code, Severity};
use crate::model::{Clause, Number, Place};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N06",
        name: "number-too-deep",
        severity: Severity::Warning,
        what: "A clause is numbered as a part of the one before it, which is only one item of a running list.",
        why: "The number says that 2.4.1 is a part of 2.4; the sense says that it follows it, as 2.5.",
        example: "2.4. Collectively to agree the policies of the Council;\n2.4.1. To represent the Council on external bodies;",
        remedy: "An adopted document keeps its numbers until it is readopted: note it for then. In a draft, number it on from the one before.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.4.\"\ntext = \"To agree the policies;\"\n[[section.clause]]\nnumber = \"2.4.1.\"\ntext = \"To represent the Council.\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.4.\"\ntext = \"Councillors are:\"\n[[section.clause]]\nnumber = \"2.4.1.\"\ntext = \"to agree the policies;\"\n[[section.clause]]\nnumber = \"2.4.2.\"\ntext = \"to represent the Council.\"",
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.4.\"\ntext = \"The Clerk manages the staff.\"\n[[section.clause]]\nnumber = \"2.4.1.\"\ntext = \"The Clerk may delegate this.\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (at, section) in subject.sections() {
        for (nth, pair) in section.clauses.windows(2).enumerate() {
            let [before, clause] = pair else { continue };
            if let (true, Some(number), Some(above)) = (slipped(before, clause), clause.number(), before.number()) {
                let run = &section.clauses[nth + 1..];
                let last = run.iter().map_while(Clause::number).take_while(|n| n.is_under(above)).last();
                let numbers = match last.filter(|last| *last != number) {
                    Some(last) => format!("{} to {} are numbered as parts of", number.id(), last.id()),
                    None => format!("{} is numbered as a part of", number.id()),
                };
                let message = format!("{numbers} {}, which is one item of a running list", above.id());
                let finding = findings.add(&RULE, Place::clause(at, nth + 1).then("number"), message);
                finding.provision(subject.clause_id(at, nth + 1));
            }
        }
    }
}

fn slipped(before: &Clause, clause: &Clause) -> bool {
    let running_on = before.text.plain().ends_with([';', ',']);
    let under = |number: &Number| before.number().is_some_and(|above| number.is_under(above));
    running_on && clause.number().is_some_and(under)
}
