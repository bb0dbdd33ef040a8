//! A clause whose number belongs to another section.

use crate::diagnostics::{Code, Severity};
use crate::model::{Number, Place};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N03",
        name: "number-out-of-section",
        severity: Severity::Warning,
        what: "A clause's number belongs to another section than the one it stands in.",
        why: "“Clause 9.1” is looked for in section 9, and there is none, or another.",
        example: "8. CORRESPONDENCE\n9.1 Official correspondence …",
        remedy: "An adopted document keeps its numbers until it is readopted: note it for then. In a draft, renumber the section or its clauses.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"8.\"\n[[section.clause]]\nnumber = \"9.1\"\ntext = \"One.\"",
        "[[section]]\nnumber = \"8.\"\n[[section.clause]]\nnumber = \"8.1\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"7.2\"\ntext = \"Two.\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"8.\"\n[[section.clause]]\nnumber = \"8.1.\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"8.1.1\"\ntext = \"Two.\"",
        "[[section]]\nnumber = \"8.\"\n[[section.clause]]\nnumber = \"1.\"\ntext = \"One.\"",
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nnumber = \"9.1\"\ntext = \"One.\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (at, section) in subject.sections() {
        let Some(&[own]) = section.number().and_then(Number::parts).as_deref() else { continue };
        let stray = |number: &Number| number.parts().is_some_and(|parts| parts.len() > 1 && parts[0] != own);
        // One finding for a run of them: they have one cause.
        let mut run: Vec<(usize, &Number)> = Vec::new();
        for (nth, clause) in section.clauses.iter().enumerate() {
            match clause.number().filter(|number| stray(number)) {
                Some(number) => run.push((nth, number)),
                None => report(subject, at, &mut run, findings),
            }
        }
        report(subject, at, &mut run, findings);
    }
}

fn report(subject: &Subject<'_>, at: usize, run: &mut Vec<(usize, &Number)>, findings: &mut Findings) {
    let section = subject.protocol.sections[at].number().map(Number::id).unwrap_or_default();
    let message = match run.as_slice() {
        [] => return,
        [(_, only)] => format!("clause {} stands in section {section}", only.id()),
        [(_, first), .., (_, last)] => format!("clauses {} to {} stand in section {section}", first.id(), last.id()),
    };
    let nth = run[0].0;
    let finding = findings.add(&RULE, Place::clause(at, nth).then("number"), message);
    finding.provision(subject.clause_id(at, nth));
    run.clear();
}
