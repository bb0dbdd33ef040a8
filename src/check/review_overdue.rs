//! A review date that has passed.

use crate::diagnostics::{Code, Severity};
use crate::model::{Place, Status};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D03",
        name: "review-overdue",
        severity: Severity::Warning,
        what: "The review date that the document states has passed.",
        why: "The council has undertaken to look at it by then; an auditor will ask.",
        example: "[review]\ndue = \"2024-01\"",
        remedy: "Put the review on the agenda of the next meeting, and record it when it is done.",
    },
    check,
    flagged: &["[review]\ndue = 2020-01-31", "[review]\ndue = \"2020\""],
    clean: &["[review]\ndue = \"2999-01\"", "title = \"T\"\nstatus = \"superseded\"\n[review]\ndue = \"2020-01\""],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.protocol.status != Status::Adopted {
        return;
    }
    let Some(due) = subject.protocol.review.as_ref().and_then(|review| review.due) else { return };
    // A month or a year is due by its last day.
    let last = due.last_day();
    if last < subject.as_of {
        let days = (subject.as_of - last).get_days();
        let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let message = format!("the review was due by {last}: {days} ago, as of {}", subject.as_of);
        findings.add(&RULE, Place::key("review").then("due"), message);
    }
}
