//! An adopted document that does not say when it is reviewed.

use crate::diagnostics::{Code, Severity};
use crate::model::{Place, Status};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D02",
        name: "review-missing",
        severity: Severity::Warning,
        what: "An adopted document states neither a review date nor an interval, and its council has set none.",
        why: "What nobody has to review by a date is reviewed by nobody.",
        example: "a document without [review], of a council without [review]",
        remedy: "Add `due` or `every` under [review], if the document or a minute states it; else set the council's own interval in council.toml.",
    },
    check,
    flagged: &["", "[review]\nas_printed = \"To be reviewed\""],
    clean: &["[review]\ndue = \"2999-01\"", "[review]\nevery = \"1 year\"", "title = \"T\"\nstatus = \"proposed\""],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let council = subject.edition.council.as_ref().and_then(|council| council.review_every);
    let stated = subject.protocol.review.as_ref().is_some_and(|review| review.due.is_some() || review.every.is_some());
    if subject.protocol.status == Status::Adopted && !stated && council.is_none() {
        findings.add(&RULE, Place::key("title"), "the document does not say when it is reviewed");
    }
}
