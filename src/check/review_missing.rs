//! An adopted document that does not say when it is reviewed.

use crate::diagnostics::{Code, Severity};
use crate::model::{Basis, Place, Status};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D02",
        name: "review-missing",
        severity: Severity::Warning,
        what: "An adopted document states neither a review date nor an interval, and neither its council nor the workspace has set one.",
        why: "What nobody has to review by a date is reviewed by nobody.",
        example: "a document without [review], of a council without [review]",
        remedy: "Add `due` or `every` under [review], if the document or a minute states it; else set the council's own interval in council.toml, or one for all in engross.toml.",
    },
    check,
    flagged: &["", "[review]\nas_printed = \"To be reviewed\""],
    clean: &["[review]\ndue = \"2999-01\"", "[review]\nevery = \"1 year\"", "title = \"T\"\nstatus = \"proposed\""],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let due = subject.protocol.review.as_ref().and_then(|review| review.due);
    let nobody_says = due.is_none() && matches!(subject.edition.interval(), Basis::Assumed(_));
    if subject.protocol.status == Status::Adopted && nobody_says {
        findings.add(&RULE, Place::key("title"), "the document does not say when it is reviewed");
    }
}
