//! A review date that has passed.

use crate::diagnostics::{Code, Severity};
use crate::model::{Basis, PartialDate, Place, Status};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D03",
        name: "review-overdue",
        severity: Severity::Warning,
        what: "The review date has passed that the document states, or that follows from the interval it, its council or the workspace sets.",
        why: "The council has undertaken to look at it by then; an auditor will ask.",
        example: "[review]\ndue = \"2024-01\"",
        remedy: "Put the review on the agenda of the next meeting, and record it when it is done.",
    },
    check,
    flagged: &[
        "[review]\ndue = 2020-01-31",
        "[review]\ndue = \"2020\"",
        "[[history]]\nevent = \"adopted\"\ndate = \"2010\"\n[review]\nevery = \"1 year\"",
    ],
    clean: &["[review]\ndue = \"2999-01\"", "title = \"T\"\nstatus = \"superseded\"\n[review]\ndue = \"2020-01\""],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.protocol.status != Status::Adopted {
        return;
    }
    // Where nobody has said how often, `review-missing` says that; only the register counts on a year.
    let Some(due) = subject.edition.due().filter(|due| !due.is_assumed()) else { return };
    let place = Place::key("review").then(if due.basis == Basis::Stated { "due" } else { "every" });
    let last = due.last_day();
    if last < subject.as_of {
        let days = (subject.as_of - last).get_days();
        let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let day = |day| PartialDate::Day(day).in_words();
        findings.add(
            &RULE,
            place,
            format!("the review was due by {}: {days} ago, as of {}", day(last), day(subject.as_of)),
        );
    }
}
