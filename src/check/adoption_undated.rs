//! An adopted document that does not say when it was adopted.

use crate::diagnostics::{Code, Severity};
use crate::model::{Place, Status};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D01",
        name: "adoption-undated",
        severity: Severity::Warning,
        what: "An adopted document has no date of adoption in its history.",
        why: "Whether it was in force on a given day cannot be shown.",
        example: "status = \"adopted\"      # and no [[history]] with event = \"adopted\" or \"readopted\"",
        remedy: "Look up the minute and add the event to [[history]]; `as_printed = \"\"` if the document does not print it.",
    },
    check,
    flagged: &["", "[[history]]\nevent = \"reviewed\"\ndate = 2024-05-15"],
    clean: &["[[history]]\nevent = \"readopted\"\ndate = \"2024\"", "title = \"T\"\nstatus = \"draft\""],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let adopted = subject.protocol.history.iter().any(|event| event.kind.is_adoption());
    if subject.protocol.status == Status::Adopted && !adopted {
        findings.add(&RULE, Place::key("status"), "the document is adopted, but does not say when");
    }
}
